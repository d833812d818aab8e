"""The cover as a picture: its size and weight, what is on it, and what becomes of an editor's own."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageChops

import books
from overprint import pipeline
from overprint.compose import compose, theme
from overprint.diagnostics import Exit, Stop
from overprint.model import Composed
from overprint.render import cover
from overprint.render.pdf import messages
from overprint.render.pdf.cache import Cache

LONG = (
    "On the Quiet Arts of Waiting for Nothing in Particular, "
    "and Other Consolations of the Long, Unhurried Afternoons at Home"
)
GROUNDS = {"octavo": (239, 230, 210), "plain": (15, 76, 92), "gazette": (168, 35, 26)}


def composed(root: Path, keys: str = "", title: str = "Her") -> Composed:
    root.mkdir(exist_ok=True)
    books.write(root, book=books.text("book").replace("Small Book", f'"{title}"') + keys)
    manuscript, book = pipeline.validate(root, draft=False).value
    return compose(book, manuscript.project).value


def drawn(root: Path, keys: str = "", title: str = "Her") -> Image.Image:
    made = cover.render(composed(root, keys, title), root / "cover.jpg")
    assert made.diagnostics == ()
    return opened(made.value)


def opened(path: Path) -> Image.Image:
    return Image.open(io.BytesIO(path.read_bytes()))


def near(picture: Image.Image, box: tuple[int, int, int, int], colour: tuple[int, int, int]) -> bool:
    """Tell whether a part of a picture has one colour only, but for what JPEG makes of it."""
    part = picture.crop(box)
    apart = ImageChops.difference(part, Image.new("RGB", part.size, colour))
    return max(high for _, high in apart.getextrema()) < 12  # type: ignore[misc]


@pytest.mark.parametrize("name", sorted(GROUNDS))
@pytest.mark.parametrize("title", ["Her", "The Light in the Booth", LONG[:60].strip(), LONG])
def test_a_cover_has_the_size_that_shops_ask_for_and_its_words_stay_inside(
    name: str, title: str, tmp_path: Path
) -> None:
    picture = drawn(tmp_path, f"theme: {name}\nsubtitle: An essay, with letters from those who read it\n", title)
    assert (picture.format, picture.mode, picture.size) == ("JPEG", "RGB", (1600, 2560))
    assert (tmp_path / "cover.jpg").stat().st_size < 500_000
    left, right = (0, 0, 80, 1000), (1520, 0, 1600, 900)
    assert near(picture, left, GROUNDS[name])
    assert near(picture, right, GROUNDS[name])
    title_area = picture.crop((140, 200, 1460, 1400))
    assert not near(title_area, (0, 0, *title_area.size), GROUNDS[name])


@pytest.mark.parametrize(
    ("name", "key", "face"), [("octavo", "text_face", "Newsreader"), ("gazette", "title_face", "EB Garamond")]
)
def test_a_typeface_of_your_own_is_asked_for_nothing_that_it_lacks(
    name: str, key: str, face: str, tmp_path: Path
) -> None:
    drawn(tmp_path, f"theme: {name}\nsubtitle: An essay of 1984\nlook:\n  {key}: {face}\n", "The *Light* of 1984")


def test_a_theme_of_your_own_sets_its_cover_as_the_how_to_says(tmp_path: Path) -> None:
    page = (Path(__file__).parents[2] / "docs/how-to/cover.md").read_text("utf-8")
    template, facts = re.findall(r"```(?:html|yaml)\n(.*?)```", page.partition("## The cover of a theme")[2], re.DOTALL)
    (tmp_path / "themes/round/templates").mkdir(parents=True)
    (tmp_path / "themes/round/templates/cover.xhtml").write_text(template, "utf-8")
    (tmp_path / "themes/round/theme.yaml").write_text(f"name: Round\nabout: a disc\nbase: octavo\n{facts}", "utf-8")
    (tmp_path / "styles").mkdir()
    (tmp_path / "styles/cover.css").write_text(
        ":root { --cover-ground: #fff }\n.cover-imprint { display: none }", "utf-8"
    )
    picture = drawn(tmp_path, "theme: round\n")
    assert near(picture, (760, 2250, 840, 2330), (168, 35, 26))
    assert near(picture, (200, 2200, 700, 2400), (255, 255, 255))


def test_every_theme_is_looked_at() -> None:
    assert set(GROUNDS) == set(theme.ours())


def test_a_rebuild_takes_the_cover_that_there_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = Cache(tmp_path / "cache")
    book = composed(tmp_path / "book")
    first = cover.render(book, tmp_path / "a.jpg", cache).value.read_bytes()
    again = cover.render(book, tmp_path / "b.jpg").value.read_bytes()
    assert first == again

    def no_workers(*_: object, **__: object) -> None:
        raise AssertionError("it was to be taken from what is kept")

    monkeypatch.setattr(cover, "Workers", no_workers)
    assert cover.render(book, tmp_path / "c.jpg", cache).value.read_bytes() == first
    for changed in (composed(tmp_path / "book", title="Him"), composed(tmp_path / "book", "theme: plain\n")):
        with pytest.raises(AssertionError, match="kept"):
            cover.render(changed, tmp_path / "d.jpg", cache)


def own(root: Path, picture: Image.Image, name: str, **options: Any) -> Image.Image:
    """Return what becomes of a picture of the editor's."""
    (root / "manuscript").mkdir(parents=True, exist_ok=True)
    picture.save(root / "manuscript" / name, **options)
    return drawn(root, f"cover: {name}\n")


def private() -> Image.Exif:
    exif = Image.Exif()
    exif[0x010F] = "a camera that tells where it was"
    return exif


def test_a_jpeg_is_kept_but_for_what_the_camera_knows(tmp_path: Path) -> None:
    picture = Image.linear_gradient("L").resize((160, 256)).convert("RGB")
    made = own(tmp_path, picture, "front.jpg", exif=private(), quality=80)
    assert ImageChops.difference(made, Image.open(tmp_path / "manuscript/front.jpg")).getbbox() is None
    assert b"a camera" in (tmp_path / "manuscript/front.jpg").read_bytes()
    assert b"a camera" not in (tmp_path / "cover.jpg").read_bytes()


def _see_through() -> Image.Image:
    return Image.new("RGBA", (160, 256), (255, 0, 0, 0))


def _in_four_inks() -> Image.Image:
    return Image.new("CMYK", (160, 256), (0, 0, 0, 0))


def _in_a_palette() -> Image.Image:
    return Image.new("RGB", (160, 256), "white").quantize(2)


def test_a_deep_grey_stays_as_dark_as_it_is(tmp_path: Path) -> None:
    made = own(tmp_path, Image.new("I;16", (160, 256), 32768), "front.png")
    assert near(made, (0, 0, 160, 256), (128, 128, 128))


@pytest.mark.parametrize(
    ("picture", "name"),
    [(_see_through, "front.png"), (_in_four_inks, "front.jpg"), (_in_a_palette, "front.png")],
)
def test_other_pictures_become_plain_jpegs(picture: Callable[[], Image.Image], name: str, tmp_path: Path) -> None:
    made = own(tmp_path, picture(), name)
    assert (made.format, made.mode, made.size) == ("JPEG", "RGB", (160, 256))
    assert near(made, (0, 0, 160, 256), (255, 255, 255))


def test_a_picture_that_lies_on_its_side_is_put_upright(tmp_path: Path) -> None:
    exif = private()
    exif[0x0112] = 6
    assert own(tmp_path, Image.new("RGB", (256, 160)), "front.jpg", exif=exif).size == (160, 256)
    assert b"a camera" not in (tmp_path / "cover.jpg").read_bytes()


@pytest.mark.parametrize("data", [b"", b"\xff\xd8\xff plain text", b"\x89PNG\r\n\x1a\n"])
def test_a_picture_that_is_none(data: bytes, tmp_path: Path) -> None:
    book = composed(tmp_path, "cover: front.jpg\n")
    (tmp_path / "manuscript/front.jpg").write_bytes(data)
    with pytest.raises(Stop) as caught:
        cover.render(book, tmp_path / "cover.jpg")
    assert (caught.value.diagnostics[0].code, caught.value.exit) == ("P041", Exit.CONTENT)


def test_the_cover_is_the_first_page_of_the_epub(tmp_path: Path) -> None:
    (tmp_path / "manuscript").mkdir()
    Image.new("RGB", (1600, 2560), "navy").save(tmp_path / "manuscript/front.png")
    books.write(tmp_path, book=books.text("book") + "cover: front.png\ncover_alt: the night\n")
    made = pipeline.build(tmp_path, ["epub", "cover"])
    assert made.diagnostics == ()
    by_name = {each.path.name: each.path for each in made.value}
    with zipfile.ZipFile(by_name["small-book.epub"]) as epub:
        assert epub.read("EPUB/images/cover.jpg") == by_name["small-book.cover.jpg"].read_bytes()
        package = epub.read("EPUB/package.opf").decode()
        assert "the night" in epub.read("EPUB/text/cover.xhtml").decode()
    assert package.index('idref="text-cover"') < package.index('idref="text-front-titlepage"')
    assert 'href="images/cover.jpg" id="image-1" media-type="image/jpeg" properties="cover-image"' in package


def test_an_epub_alone_is_made_without_a_cover_where_nothing_can_draw(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_pango(*_: object) -> None:
        raise Stop(messages.NO_PANGO.at(reason="no Pango", install="install Pango"), exit=Exit.CANNOT)

    monkeypatch.setattr(cover, "render", no_pango)
    books.write(tmp_path)
    made = pipeline.build(tmp_path, ["epub"])
    [said] = made.diagnostics
    assert (said.code, said.hint) == ("B116", "install Pango")
    with zipfile.ZipFile(made.value[0].path) as epub:
        assert not any("cover" in name for name in epub.namelist())
    with pytest.raises(Stop):
        pipeline.build(tmp_path, ["epub", "cover"])
