"""The quicker functions make the same pages; each is pinned to the source that it was written for."""

from __future__ import annotations

import hashlib
import importlib
import inspect
import io
import struct
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader

import books
from overprint import pipeline
from overprint.compose import compose
from overprint.model import Face
from overprint.render.pdf import hot_paths
from overprint.render.pdf.hot_paths import TRIED_WITH, passable, quicken

pytestmark = pytest.mark.usefixtures("own_weasyprint")

Quickened = Callable[[], AbstractContextManager[Any]]

READ = {
    "css.ComputedStyle.__missing__": "b318d8efc8ac79d7",
    "css.functions.check_math": "4f8e6a21258e09ba",
    "draw.text.draw_first_line": "1bb8eae6d88e71b1",
    "images.RasterImage._get_png_data": "da00cfefb9795451",
    "images.RasterImage.get_x_object": "1f590111444639aa",
    "layout.percent.adjust_box_sizing": "88f3351db0280d16",
    "layout.percent.percentage": "ebe404ccd9da50bf",
    "layout.percent.resolve_one_percentage": "4cfaa9ad134e4f7b",
    "text.line_break.Layout": "681b737d1ba5e004",
    "text.line_break._font_style_cache_key": "d6b09d54b8258d58",
    "text.line_break.strut": "b57885b70dd08efe",
}
"""What was read of WeasyPrint, and the sum of its source."""

SHEET = """
@page { size: A6; margin: 12mm 10%; @top-center { content: string(title); border-bottom: 1px solid } }
:root { --wide: 12%; --gone: var(--nothing) }
html { font: 10pt/1.3 "EB Garamond", serif; text-indent: calc(1em + 2%) }
body { margin-inline: 1em; inline-size: auto } h1 { string-set: title content(); font-variant-caps: small-caps }
p { text-align: justify; hyphens: auto; orphans: 2; widows: 2; margin: 0 var(--gone) } p + p { margin-top: 1em }
.note { float: footnote; font-size: smaller } .wide { letter-spacing: .1em; word-spacing: 3px }
.box { box-sizing: border-box; width: min(80%, 40em); padding: 5%; border: thin solid; max-height: 90% }
.drop::first-letter { font-size: 2.4em; float: left } .drop::first-line { font-weight: bold }
.old { font-feature-settings: "onum", "smcp"; font-kerning: none } .tight { overflow-wrap: anywhere; width: 4em }
.high { vertical-align: super; font-size: .6em }
.under { text-decoration: underline dotted red .2ex; text-underline-offset: 3px }
.cut { white-space: nowrap; overflow: hidden; text-overflow: ellipsis; width: 30% }
pre { white-space: pre-wrap; tab-size: 4 }
.two { columns: 2; column-gap: 2ch } .flex { display: flex } .grid { display: grid; grid-template-columns: 1fr 2fr }
table { border-collapse: collapse; width: var(--wide); min-width: 50% } td { border: 1px solid; padding: 2% }
.away { position: relative; left: 5%; transform: rotate(2deg) }
.edge { padding-inline-start: 2em; border-inline-end: 2px solid }
"""
TEXT = "Bees fly off to the fluffy affine office, “AVAWA” notwithstanding: incomprehensibilities, 1234567890. "
BODY = f"""
<h1 id="top">A Title</h1><p class="drop">{TEXT * 3}<span class="note">A note, <i>{TEXT}</i></span></p>
<p lang="de" class="edge">Donaudampfschifffahrtsgesellschaft {TEXT}</p><p class="wide old">{TEXT * 2}</p>
<p dir="rtl">שלום {TEXT} עולם</p><p class="under">{TEXT}<sup class="high">2</sup> ﷽ 中文 ✨ e\u0301 \u00ad</p>
<div class="box"><p class="tight">{TEXT}</p><p class="cut">{TEXT}</p></div><pre>{TEXT}\n\tone\ttwo\n</pre>
<table><tr><th>Head<td>{TEXT}<tr><td class="away">x<td></table><ul><li>one<li value="7">two</ul>
<div class="two"><p>{TEXT * 4}</p></div><div class="flex"><p>{TEXT}</p><p>{TEXT}</p></div>
<div class="grid"><p>{TEXT}</p><a href="#top">{TEXT}</a></div><p>{TEXT * 12}</p>
<svg width="9em" height="2em"><text x="3" y="12" font-size="10" letter-spacing="1">Drawn
<tspan font-weight="bold">text</tspan></text></svg>"""


@pytest.fixture
def quickened() -> Quickened:
    """Give a context in which WeasyPrint is quickened; after it, it is as before."""

    @contextmanager
    def quick() -> Iterator[Any]:
        import weasyprint

        before = {owner: dict(vars(owner)) for owner in owners()}
        try:
            quicken(weasyprint)
            yield weasyprint
        finally:
            for owner, kept in before.items():
                for name in [name for name, value in vars(owner).items() if value is not kept.get(name)]:
                    if name in kept:
                        setattr(owner, name, kept[name])
                    else:
                        delattr(owner, name)

    return quick


def owners() -> list[Any]:
    """Return the modules and classes of WeasyPrint in which something may be replaced."""
    from weasyprint import css, images
    from weasyprint.text import line_break

    modules = [module for name, module in sys.modules.items() if name.partition(".")[0] == "weasyprint"]
    return [*modules, css.ComputedStyle, images.RasterImage, line_break.Layout]


def document(faces: tuple[Face, ...], body: str, *sheets: str) -> bytes:
    import weasyprint

    own = "".join(
        f"@font-face {{ font-family: '{face.family}'; font-weight: {face.weight:d}; font-style: {face.style};"
        f" src: url('{face.path.as_uri()}') }}"
        for face in faces
    )
    html = weasyprint.HTML(string=f'<!DOCTYPE html><html lang="en"><title>A Book</title><body>{body}</body></html>')
    config = weasyprint.text.fonts.FontConfiguration()
    styles = [weasyprint.CSS(string=sheet, font_config=config) for sheet in (own, *sheets)]
    made = html.write_pdf(stylesheets=styles, font_config=config, pdf_tags=True, pdf_identifier=b"0")
    assert isinstance(made, bytes)
    return made


def source(path: str) -> str:
    at: Any = importlib.import_module("weasyprint")
    for name in path.split("."):
        at = inspect.getattr_static(at, name) if inspect.isclass(at) else getattr(at, name)
    return inspect.getsource(getattr(at, "__func__", at))


@pytest.mark.parametrize("path", READ)
def test_the_source_is_the_one_that_was_read(path: str) -> None:
    importlib.import_module("weasyprint.pdf")
    import weasyprint

    assert weasyprint.__version__ == TRIED_WITH
    found = hashlib.sha256(source(path).encode()).hexdigest()[:16]
    assert found == READ[path], f"read {path} again, and look whether the quicker one still does the same"


def test_every_quicker_function_takes_its_place(quickened: Quickened) -> None:
    from weasyprint import css, images
    from weasyprint.draw import text
    from weasyprint.layout import inline, percent
    from weasyprint.text import line_break

    def places() -> list[Any]:
        return [
            css.ComputedStyle.__missing__,
            *(module.resolve_one_percentage for module in (percent, inline)),
            percent.adjust_box_sizing,
            line_break._font_style_cache_key,
            line_break.Layout.setup,
            text.draw_first_line,
            images.RasterImage._get_png_data,
        ]

    own = places()
    with quickened() as weasyprint:
        ours = places()
        assert not any(each is other for each, other in zip(own, ours, strict=True))
        quicken(weasyprint)
        assert all(each is other for each, other in zip(ours, places(), strict=True))
    assert all(each is other for each, other in zip(own, places(), strict=True))


def test_another_weasyprint_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    import weasyprint
    from weasyprint.text import line_break

    own = line_break.Layout.setup
    monkeypatch.setattr(weasyprint, "__version__", "99.0")
    quicken(weasyprint)
    assert line_break.Layout.setup is own


@pytest.mark.parametrize("only", [None, *hot_paths.QUICKER])
def test_the_pages_are_the_same_byte_for_byte(
    only: Callable[[], None] | None, faces: tuple[Face, ...], quickened: Quickened, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = document(faces, BODY, SHEET)
    assert len(PdfReader(io.BytesIO(own)).pages) > 2
    if only:
        monkeypatch.setattr(hot_paths, "QUICKER", (only,))
    with quickened():
        assert document(faces, BODY, SHEET) == own


def test_a_book_is_the_same_byte_for_byte(tmp_path: Path, quickened: Quickened) -> None:
    manuscript, book = pipeline.validate(books.write(tmp_path), draft=False).value
    composed = compose(book, manuscript.project).value
    body = "".join(chapter.html for chapter in composed.chapters)
    sheets = [text for _, text in composed.look.print_sheets]
    own = document(composed.look.faces, body, *sheets)
    assert "Bees are busy" in "".join(page.extract_text() for page in PdfReader(io.BytesIO(own)).pages)
    with quickened():
        assert document(composed.look.faces, body, *sheets) == own


def computed() -> dict[str, str]:
    """Return all properties of all elements."""
    import weasyprint
    from weasyprint.css import get_all_computed_styles
    from weasyprint.css.properties import INITIAL_VALUES
    from weasyprint.text.fonts import FontConfiguration

    html = weasyprint.HTML(string=f'<html lang="en">{BODY}')
    style_for = get_all_computed_styles(
        html, [weasyprint.CSS(string=SHEET)], font_config=FontConfiguration(), page_rules=[], layers=[]
    )
    return {
        f"{number} {element} {pseudo} {name}": repr(style[name])
        for number, ((element, pseudo), style) in enumerate(style_for._computed_styles.items())
        for name in INITIAL_VALUES
        if not name.startswith("size")
    }


def test_all_properties_are_the_same(quickened: Quickened) -> None:
    def told(found: dict[str, str]) -> list[str]:
        return [value.split(" at 0x")[0] for value in found.values()]

    own = computed()
    assert len(own) > 10_000
    with quickened():
        assert told(computed()) == told(own)


LENGTHS = st.one_of(
    st.just("auto"), st.tuples(st.sampled_from([0, 7, 12.5, -3, float("inf")]), st.sampled_from(["px", "%"]))
)
NAMES = (
    *(f"{kind}_{side}" for kind in ("margin", "padding") for side in ("top", "right", "bottom", "left")),
    *(f"{most}{axis}" for most in ("", "min_", "max_") for axis in ("width", "height")),
)


@given(
    st.fixed_dictionaries(dict.fromkeys(NAMES, LENGTHS)),
    st.sampled_from(["content-box", "padding-box", "border-box"]),
    st.sampled_from([(100, 80), (100, "auto"), (12.5, 0)]),
)
def test_lengths_are_resolved_the_same(values: dict[str, Any], sizing: str, around: tuple[Any, Any]) -> None:
    from weasyprint.css.properties import Dimension
    from weasyprint.layout import percent

    style = {name: each if each == "auto" else Dimension(*each) for name, each in values.items()}
    style |= {"box_sizing": sizing, "border_collapse": "separate"}
    style |= {f"border_{side}_width": 2 for side in ("top", "right", "bottom", "left")}

    def used() -> dict[str, Any] | str:
        box = type("Box", (), {"style": style})()
        try:
            percent.resolve_percentages(box, around)
        except TypeError as wrong:  # an automatic padding, which no rule can set
            return type(wrong).__name__
        return {name: value for name, value in vars(box).items() if name != "style"}

    kept = percent.resolve_one_percentage, percent.adjust_box_sizing
    own = used()
    hot_paths.resolve_only_percentages()
    try:
        assert repr(used()) == repr(own)
    finally:
        hot_paths._replace(percent.resolve_one_percentage, kept[0])
        hot_paths._replace(percent.adjust_box_sizing, kept[1])


def test_a_setting_depends_on_nothing_else(faces: tuple[Face, ...]) -> None:
    """Whatever is asked of a style while a text is set up has a share in the key of the setting."""
    from weasyprint.css import InitialStyle
    from weasyprint.text import line_break
    from weasyprint.text.fonts import FontConfiguration

    asked = set()

    class Style(InitialStyle):  # type: ignore[misc]
        def __getitem__(self, name: str) -> Any:
            asked.add(name)
            return super().__getitem__(name)

    for own in ({}, {"lang": "de"}, {"font_language_override": "DEU"}, {"text_decoration_line": {"underline"}}):
        style = Style(FontConfiguration())
        style.update({"font_family": ("serif",)} | own)
        line_break.Layout(style)
    assert asked == {*hot_paths.FONT, *hot_paths.SETTING}


def test_a_setting_gives_all_that_a_layout_has(quickened: Quickened) -> None:
    from weasyprint.css import InitialStyle
    from weasyprint.text import line_break
    from weasyprint.text.fonts import FontConfiguration

    def described(line: Any, *, again: bool) -> list[dict[str, str]]:
        style = InitialStyle(FontConfiguration())
        style.update(font_family=("serif",), text_decoration_line=line, font_feature_settings=(("smcp", 1),))
        layouts = [line_break.Layout(style), line_break.Layout(style)]
        if again:  # the first to ask for a setting may be a text that had one before
            layouts[0].set_text("a")
            layouts[0].deactivate()
            vars(style.font_config).get("settings", {}).clear()
            layouts[0].reactivate(style)
            layouts.append(line_break.Layout(style))
        hidden = ("style", "layout", "language")  # which are addresses
        return [{name: "" if name in hidden else str(value) for name, value in vars(each).items()} for each in layouts]

    def all_described() -> list[Any]:
        return [described(line, again=again) for line in ("none", {"underline"}) for again in (False, True)]

    own = all_described()
    with quickened():
        assert all_described() == own


def png(
    lines: bytes, width: int, height: int, colours: int = 2, depth: int = 8, more: bytes = b"", level: int = 6
) -> bytes:
    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack("!I", len(content)) + kind + content + struct.pack("!I", zlib.crc32(kind + content))

    head = struct.pack("!IIBBBBB", width, height, depth, colours, 0, 0, 0)
    packed = zlib.compress(lines, level)
    half = len(packed) // 2
    data = chunk(b"IDAT", packed[:half]) + chunk(b"IDAT", packed[half:])
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + more + data + chunk(b"IEND", b"")


def picture(mode: str, width: int = 40, height: int = 30) -> Image.Image:
    bands = len(Image.new(mode, (1, 1)).getbands())
    pixels = bytes(
        (x * 3 + y * 5 + band * 60) % 256 for y in range(height) for x in range(width) for band in range(bands)
    )
    return Image.frombytes(mode, (width, height), pixels)


def saved(image: Image.Image, **options: Any) -> bytes:
    made = io.BytesIO()
    image.save(made, "PNG", **options)
    return made.getvalue()


def shown(data: bytes, tmp_path: Path) -> tuple[Image.Image, bytes]:
    """Return the picture in a PDF that shows this one, and its stream."""
    import weasyprint

    path = tmp_path / "picture.png"
    path.write_bytes(data)
    pdf = weasyprint.HTML(string=f'<img src="{path.as_uri()}">').write_pdf()
    [found] = PdfReader(io.BytesIO(pdf)).pages[0].images
    assert found.image
    assert found.indirect_reference
    return found.image, found.indirect_reference.get_object()._data  # type: ignore[union-attr]


FLAT = b"".join(bytes([0, *range(30)]) for _ in range(10))
PASSED = {"RGB": saved(picture("RGB")), "L": saved(picture("L")), "best": saved(picture("RGB"), optimize=True)} | {
    f"filter {kind}": png(b"".join(bytes([kind]) + bytes(range(30)) for _ in range(10)), 10, 10) for kind in range(5)
}
OTHERS = {
    "alpha": saved(picture("RGBA")),
    "grey and alpha": saved(picture("LA")),
    "palette": saved(picture("RGB").quantize(16)),
    "one colour is clear": saved(picture("RGB"), transparency=(0, 60, 120)),
    "two bits": png(b"".join(bytes([0]) + bytes(range(10)) for _ in range(10)), 40, 10, colours=0, depth=2),
    "16 bits": png(b"".join(bytes([0]) + bytes(range(60)) for _ in range(10)), 10, 10, depth=16),
    "not compressed": png(FLAT, 10, 10, level=0),
}


@pytest.mark.parametrize("name", PASSED)
def test_a_plain_picture_passes_as_it_is(name: str, quickened: Quickened, tmp_path: Path) -> None:
    own, _ = shown(PASSED[name], tmp_path)
    with quickened():
        ours, stream = shown(PASSED[name], tmp_path)
    assert stream == passable(PASSED[name])
    original = Image.open(io.BytesIO(PASSED[name]))
    assert ours.mode == own.mode == original.mode
    assert ours.tobytes() == own.tobytes() == original.tobytes()


@pytest.mark.parametrize("name", OTHERS)
def test_other_pictures_are_left_to_weasyprint(name: str, quickened: Quickened, tmp_path: Path) -> None:
    assert passable(OTHERS[name]) is None
    own = shown(OTHERS[name], tmp_path)
    with quickened():
        assert shown(OTHERS[name], tmp_path) == own


def test_a_damaged_picture_does_not_pass() -> None:
    good = png(FLAT, 10, 10)
    assert passable(good)
    assert passable(png(FLAT[:-1], 10, 10)) is None, "too short"
    assert passable(png(FLAT + b"\0", 10, 10)) is None, "too long"
    assert passable(png(b"\5" + FLAT[1:], 10, 10)) is None, "no such filter"
    assert passable(png(FLAT, 10, 10, more=b"\0\0\0\0tRNS\0\0\0\0")) is None
    interlaced = bytearray(good)
    interlaced[28] = 1
    assert passable(bytes(interlaced)) is None
    head = good.index(b"IDAT") - 4
    for size in range(len(good) - 16):
        assert passable(good[:size]) is None, size
    for at in range(head + 8, len(good) - 16):
        broken = bytearray(good)
        broken[at] ^= 0x55
        assert passable(bytes(broken)) in (None, passable(good)), at
