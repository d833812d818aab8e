"""What shops take: each limit is found when it is passed, by its rule alone, and a good book passes all."""

from __future__ import annotations

import dataclasses
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from typer.testing import CliRunner

import books
from overprint import pipeline, preflight
from overprint.cli import app
from overprint.diagnostics import Diagnostic, Exit, Made
from overprint.preflight import shops
from overprint.preflight.opened import opened
from overprint.preflight.shops.goods import goods
from overprint.preflight.shops.shop import LIMITS, Shop, known, shop

OPF, NAV, TEXT = "EPUB/package.opf", "EPUB/nav.xhtml", "EPUB/text/bees.xhtml"
COVER, PICTURE = "EPUB/images/cover.jpg", "EPUB/images/bees/comb.png"
DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><rect width="9" height="9"/></svg>'
Parts = dict[str, bytes]
Spoil = Callable[[Parts], object]


def png(width: int = 40, height: int = 30, *, mode: str = "RGB", kind: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.new(mode, (width, height)).save(out, kind)
    return out.getvalue()


def gif() -> bytes:
    out = io.BytesIO()
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("black", "white")]
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    return out.getvalue()


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Parts:
    """Give the files of a good book with an ISBN, a cover, a picture and a drawing."""
    root = books.write(tmp_path_factory.mktemp("good"))
    settings = root / "manuscript/book.yaml"
    settings.write_text(settings.read_text("utf-8") + "isbn: 978-1-86197-876-9\n", "utf-8")
    essay = root / "manuscript/essays/01-bees/essay.md"
    (essay.parent / "images").mkdir()
    (essay.parent / "images/comb.png").write_bytes(png())
    (essay.parent / "images/cell.svg").write_text(DRAWING, "utf-8")
    pictures = "\n![A comb](images/comb.png)\n\n![A cell](images/cell.svg)\n"
    essay.write_text(essay.read_text("utf-8").replace("It is sweet.\n", f"It is sweet.\n{pictures}"), "utf-8")
    [built] = pipeline.build(root, ["epub"]).value
    with zipfile.ZipFile(built.path) as book:
        return {name: book.read(name) for name in book.namelist()}


def held(parts: Parts, target: Path, name: str, limits: Shop | None = None) -> tuple[Diagnostic, ...]:
    with zipfile.ZipFile(target, "w") as book:
        for path, data in parts.items():
            book.writestr(path, data)
    if limits is None:
        return shops.check(target, name).diagnostics
    subject = goods(target, opened(target).value, limits)
    return tuple(each for group in shops.RULES for each in group.RULES.run(subject))


@pytest.mark.parametrize("name", known())
def test_a_good_book_passes(name: str, parts: Parts, tmp_path: Path) -> None:
    assert held(parts, tmp_path / "book.epub", name) == ()


@pytest.mark.parametrize("name", known())
def test_each_shop_says_who_says_so_and_what_nobody_does(name: str) -> None:
    found = shop(name)
    assert found.sources
    assert found.unknown
    assert found.title
    assert any(getattr(found, limit) not in (None, ()) for limit in LIMITS)


def replaced(path: str, old: str, new: str) -> Spoil:
    def spoil(parts: Parts) -> None:
        text = parts[path].decode()
        assert old in text
        parts[path] = text.replace(old, new, 1).encode()

    return spoil


def put(path: str, data: bytes) -> Spoil:
    return lambda parts: parts.__setitem__(path, data)


def renamed(parts: Parts) -> None:
    parts["EPUB/images/bees/häuschen.png"] = parts.pop(PICTURE)
    for path in (OPF, TEXT):
        parts[path] = parts[path].decode().replace("comb.png", "häuschen.png").encode()


def without_isbn(parts: Parts) -> None:
    text = parts[OPF].decode()
    parts[OPF] = text.replace("9781861978769", "none").replace("978-1-86197-876-9", "none").encode()


def uncovered(parts: Parts) -> None:
    text = parts[OPF].decode().replace(' properties="cover-image"', "").replace('name="cover"', 'name="front"')
    parts[OPF] = text.encode()


def font(parts: Parts) -> None:
    path = next(path for path in parts if path.endswith(".ttf"))
    parts[path] = b"wOF2" + parts[path][4:]


def deeper(parts: Parts) -> None:
    text = parts[NAV].decode()
    head, tail = text.split("</a></li>", 1)
    last = head.rpartition("<a ")[2]
    within = f"<ol><li><a {last}</a><ol><li><a {last}</a><ol><li><a {last}</a></li></ol></li></ol></li></ol>"
    parts[NAV] = f"{head}</a>{within}</li>{tail}".encode()


TABLE = f"<table><tbody><tr>{'<td>1</td>' * 5}</tr></tbody></table>"
FAULTS: list[tuple[str, str, Spoil, dict[str, object]]] = [
    ("E121", "apple", lambda parts: None, {"file_most": 1000}),
    ("E122", "kobo", lambda parts: None, {"file_advised": 1000}),
    ("E123", "kobo", lambda parts: None, {"page_advised": 50}),
    ("E124", "kobo", renamed, {}),
    ("E125", "kobo", without_isbn, {}),
    ("E126", "kobo", font, {}),
    ("E127", "kobo", replaced(TEXT, "</body>", "<script>0</script></body>"), {}),
    ("E128", "google", uncovered, {}),
    ("E129", "google", put(COVER, png(300, 600, kind="JPEG")), {}),
    ("E130", "google", put(COVER, png(100, 7201, kind="JPEG")), {}),
    ("E131", "kindle", put(COVER, png(1000, 1600, kind="JPEG")), {}),
    ("E132", "kobo", lambda parts: None, {"cover_advised": 1000}),
    ("E133", "kobo", put(COVER, gif()), {"moving": None}),
    ("E134", "apple", put(PICTURE, png(2400, 2400)), {}),
    ("E135", "kobo", lambda parts: None, {"picture_advised": 100, "cover_advised": None}),
    ("E136", "google", put(PICTURE, png(kind="WEBP")), {}),
    ("E136", "kobo", put(PICTURE, b"no picture"), {}),
    ("E137", "kindle", put(PICTURE, gif()), {}),
    ("E138", "kindle", put(PICTURE, png(mode="RGBA")), {}),
    ("E139", "apple", put(PICTURE, png(mode="CMYK", kind="JPEG")), {}),
    ("E141", "google", replaced("EPUB/images/bees/cell.svg", 'width="10"', 'width="3201"'), {}),
    ("E142", "kindle", replaced(TEXT, "A comb", "comb " * 28), {}),
    ("E143", "kobo", deeper, {}),
    ("E144", "kobo", replaced(TEXT, "</body>", f"{TABLE}</body>"), {}),
]


@pytest.mark.parametrize(
    ("code", "name", "spoil", "limits"), FAULTS, ids=lambda each: each if isinstance(each, str) else ""
)
def test_each_fault_is_found_by_its_rule_alone(
    code: str, name: str, spoil: Spoil, limits: dict[str, object], parts: Parts, tmp_path: Path
) -> None:
    worse = dict(parts)
    spoil(worse)
    changed = dataclasses.replace(shop(name), **limits) if limits else None  # type: ignore[arg-type]
    found = held(worse, tmp_path / "book.epub", name, changed)
    assert {each.code for each in found} == {code}
    assert all(each.message and each.hint for each in found)


def test_every_limit_is_tried() -> None:
    rules = {kind.code for group in shops.RULES for kind, *_ in group.RULES._rules}
    assert {code for code, *_ in FAULTS} == rules


def test_the_command_says_how_much_was_looked_at(parts: Parts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preflight, "epubcheck", lambda path: Made(""))
    held(parts, target := tmp_path / "book.epub", "kobo")
    done = CliRunner().invoke(app, ["check", str(target), "--shop", "kobo", "--shop", "apple"])
    assert (done.exit_code, "certified" in done.output) == (0, False)
    assert "checked against 14 limits of shop kobo (2026-11)" in done.output
    assert "checked against 4 limits of shop apple (2026-11)" in done.output
    done = CliRunner().invoke(app, ["check", str(target), "--shop", "amazon"])
    assert done.exit_code == Exit.USAGE
    assert "use one of: apple, google, kindle, kobo" in done.output
