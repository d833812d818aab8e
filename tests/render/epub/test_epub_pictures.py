"""Pictures made fit: no larger than screens, upright, in a screen's colours, and otherwise untouched."""

from __future__ import annotations

import io
import math
import random
import re
import zipfile
import zlib
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from PIL import Image, ImageCms, ImageDraw

from judges import epubcheck, needs_java
from overprint.diagnostics import Stop
from overprint.model import Chapter, Composed, Resource
from overprint.render.epub import images, render
from overprint.render.epub.pictures import Picture, made_fit
from overprint.render.epub.repaint import LONGEST, MOST
from overprint.render.pdf.cache import Cache
from overprint.render.pdf.job import Limits
from overprint.render.pictures import LIMITS, remake

TYPES = {"jpg": "image/jpeg", "png": "image/png", "gif": "image/gif"}
RED = (200, 30, 40)


def fit(tmp_path: Path, *made: tuple[str, bytes], cache: Cache | None = None) -> list[Picture]:
    resources = []
    for name, content in made:
        path = tmp_path / name
        path.write_bytes(content)
        resources.append(Resource(f"images/{name}", TYPES[path.suffix[1:]], path))
    return list(made_fit(resources, partial(remake, folder=tmp_path, cache=cache)).values())


def saved(image: Image.Image, kind: str, **more: object) -> bytes:
    made = io.BytesIO()
    image.save(made, kind, **more)
    return made.getvalue()


def opened(picture: Picture) -> Image.Image:
    with Image.open(io.BytesIO(picture.content)) as image:
        image.load()
        assert Image.MIME[image.format or ""] == picture.media_type
        return image


def drawing(width: int, height: int, mode: str = "RGB") -> Image.Image:
    """Draw a red bar across the top of a white sheet."""
    sheet = Image.new("RGB", (width, height), "white")
    ImageDraw.Draw(sheet).rectangle((0, 0, width, height // 4), fill=RED)
    return sheet.convert(mode)


def photograph(width: int, height: int) -> Image.Image:
    """Return waves of colour with the grain of a camera."""
    dice = random.Random(1)  # noqa: S311 - grain, not a secret
    waves = [int(128 + 100 * math.sin(x / 40) * math.cos(y / 30)) for y in range(height) for x in range(width)]
    bands = [Image.new("L", (width, height)) for _ in range(3)]
    for band in bands:
        band.putdata([wave + dice.randint(-9, 9) for wave in waves])
    return Image.merge("RGB", bands)


def near(image: Image.Image, at: tuple[int, int], colour: tuple[int, ...]) -> bool:
    found = image.getpixel(at)
    assert isinstance(found, tuple)
    return all(abs(a - b) <= 12 for a, b in zip(found, colour, strict=True))


@pytest.mark.parametrize("kind", ["jpg", "png"])
def test_leaves_what_is_fit(tmp_path: Path, kind: str) -> None:
    content = saved(drawing(900, 600), Image.registered_extensions()[f".{kind}"])
    (picture,) = fit(tmp_path, (f"bee.{kind}", content))
    assert picture.content == images.clean(Resource("bee", TYPES[kind], tmp_path / f"bee.{kind}"))


@pytest.mark.parametrize(
    ("size", "kind"),
    [((5200, 200), "jpg"), ((200, 5200), "png"), ((2560, 2560), "png"), ((3000, 2400), "jpg"), ((3000, 40), "gif")],
)
def test_makes_large_ones_as_large_as_screens(tmp_path: Path, size: tuple[int, int], kind: str) -> None:
    content = saved(drawing(*size), Image.registered_extensions()[f".{kind}"])
    (picture,) = fit(tmp_path, (f"bee.{kind}", content))
    image = opened(picture)
    assert max(image.size) <= LONGEST
    assert MOST * 0.99 < image.width * image.height <= MOST or max(image.size) == LONGEST
    assert image.width / image.height == pytest.approx(size[0] / size[1], rel=0.07)
    assert near(image.convert("RGB"), (image.width // 2, 1), RED)
    assert picture.name == f"images/bee.{'png' if kind == 'gif' else kind}"


@pytest.mark.parametrize("turn", range(2, 9))
def test_turns_what_lies_on_its_side_and_forgets_where_it_was_taken(tmp_path: Path, turn: int) -> None:
    back = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = turn, "SECRET"
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 31.0, 12.0)})
    content = saved(drawing(300, 200).transpose(back[turn]), "JPEG", exif=exif, quality=95)
    assert b"SECRET" in content
    image = opened(*fit(tmp_path, ("bee.jpg", content)))
    assert image.size == (300, 200)
    assert near(image, (150, 5), RED)
    assert near(image, (150, 190), (255, 255, 255))
    assert not dict(image.getexif())


def test_makes_printers_colours_those_of_screens(tmp_path: Path) -> None:
    content = saved(drawing(300, 200, "CMYK"), "JPEG", quality=95)
    image = opened(*fit(tmp_path, ("bee.jpg", content)))
    assert image.mode == "RGB"
    assert near(image, (150, 5), RED)


def test_makes_the_colours_of_a_profile_those_of_screens(tmp_path: Path) -> None:
    """In the other profile the same colour has other numbers."""
    other = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    assert other.tobytes()
    wide = wide_gamut()
    srgb = ImageCms.createProfile("sRGB")
    told = ImageCms.profileToProfile(drawing(300, 200), srgb, ImageCms.ImageCmsProfile(io.BytesIO(wide)))
    assert told is not None
    assert not near(told, (150, 5), RED)
    for kind in ("JPEG", "PNG"):
        name = f"bee.{'jpg' if kind == 'JPEG' else 'png'}"
        image = opened(*fit(tmp_path, (name, saved(told, kind, icc_profile=wide))))
        assert "icc_profile" not in image.info
        assert near(image, (150, 5), RED)


def wide_gamut() -> bytes:
    """Return the profile of sRGB with red and green exchanged, which is a profile like any other."""
    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    names = {data[at : at + 4].decode("latin-1"): at for at in range(132, 132 + 12 * data[131], 12)}
    red, green = names["rXYZ"], names["gXYZ"]
    data[red : red + 4], data[green : green + 4] = b"gXYZ", b"rXYZ"
    return bytes(data).replace("sRGB".encode("utf-16-be"), "Mine".encode("utf-16-be")).replace(b"sRGB", b"Mine")


def test_makes_sixteen_bits_eight(tmp_path: Path) -> None:
    grey = Image.new("I;16", (300, 200), 40_000)
    image = opened(*fit(tmp_path, ("bee.png", saved(grey, "PNG"))))
    assert image.mode == "L"
    assert image.getpixel((9, 9)) == 40_000 // 256


@pytest.mark.parametrize(
    ("mode", "colour", "more", "seen"),
    [
        ("RGBA", (9, 8, 7, 0), {}, (255, 255, 255)),
        ("RGBA", (0, 0, 0, 51), {}, (204, 204, 204)),
        ("RGBA", (1, 2, 3, 255), {}, (1, 2, 3)),
        ("LA", (0, 51), {}, (204,)),
        ("L", 7, {"transparency": 7}, (255,)),
        ("P", 1, {"transparency": 1}, (255, 255, 255)),
    ],
)
@pytest.mark.parametrize("width", [300, 3000])
def test_lays_what_is_transparent_on_white_paper(
    tmp_path: Path, mode: str, colour: float | tuple[int, ...], more: dict[str, int], seen: tuple[int, ...], width: int
) -> None:
    sheet = Image.new(mode, (width, 20), colour)
    if mode == "P":
        sheet.putpalette(bytes(768))
    content = saved(sheet, "PNG", **more)
    image = opened(*fit(tmp_path, ("bee.png", content)))
    assert not image.has_transparency_data
    found = image.getpixel((9, 9))
    assert (found if isinstance(found, tuple) else (found,)) == seen


def test_a_photograph_becomes_a_jpeg_of_a_free_name(tmp_path: Path) -> None:
    noisy = photograph(400, 300)
    pictures = fit(tmp_path, ("bee.png", saved(noisy, "PNG")), ("bee.jpg", saved(drawing(90, 60), "JPEG")))
    assert [each.name for each in pictures] == ["images/bee-2.jpg", "images/bee.jpg"]
    assert len(pictures[0].content) * 2 < len(saved(noisy, "PNG"))
    assert near(opened(pictures[0]), (200, 150), noisy.getpixel((200, 150)))  # type: ignore[arg-type]


def test_drawings_stay_as_they_are(tmp_path: Path) -> None:
    sheet = drawing(400, 300)
    assert opened(*fit(tmp_path, ("bee.png", saved(sheet, "PNG")))).tobytes() == sheet.tobytes()


def test_what_moves_stays_as_it_is(tmp_path: Path) -> None:
    frames = [drawing(3000, 20, "P"), Image.new("P", (3000, 20))]
    content = saved(frames[0], "GIF", save_all=True, append_images=frames[1:], loop=0, comment=b"SECRET")
    (picture,) = fit(tmp_path, ("bee.gif", content))
    assert b"SECRET" in content
    assert b"SECRET" not in picture.content
    image = opened(picture)
    assert image.n_frames == 2  # type: ignore[attr-defined]
    assert image.info["loop"] == 0


def test_is_made_once_and_the_same_each_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = saved(drawing(3000, 200), "PNG")
    cache = Cache(tmp_path / "cache")
    first = fit(tmp_path, ("bee.png", content), cache=cache)
    assert fit(tmp_path, ("bee.png", content)) == first
    monkeypatch.setattr("overprint.render.pictures.Workers", None)
    assert fit(tmp_path, ("bee.png", content), cache=cache) == first


def bomb(width: int, height: int) -> bytes:
    """Return the head of a PNG of so many pixels, with nothing in it."""
    small = saved(Image.new("1", (1, 1)), "PNG")
    size = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    head = b"IHDR" + size + small[24:29]
    return small[:12] + head + zlib.crc32(head).to_bytes(4, "big") + small[33:]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("bee.png", bomb(20_000, 6_000), "million dots"),
        ("bee.png", bomb(60_000, 60_000), "million dots"),
        ("bee.png", bomb(9_000, 6_000), "damaged"),
    ],
)
def test_names_what_cannot_be_made_fit(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    with pytest.raises(Stop) as stop:
        fit(tmp_path, (name, content))
    found = stop.value.diagnostics[0]
    assert found.code == "E017"
    assert reason in found.message
    assert name in found.message
    assert found.place.path == str(tmp_path / name)


@pytest.mark.parametrize(
    ("limits", "reason"),
    [
        (replace(LIMITS, memory=250 << 20), "it takes too much memory"),
        (replace(LIMITS, wall=0.001), "it takes too long"),
    ],
)
def test_says_which_limit_a_picture_breaks(tmp_path: Path, limits: Limits, reason: str) -> None:
    vast = saved(Image.new("1", (10_000, 9_900)), "PNG")
    assert remake([vast], folder=tmp_path, limits=limits) == [reason]


def test_says_so_of_every_picture(tmp_path: Path) -> None:
    with pytest.raises(Stop) as stop:
        fit(tmp_path, ("a.png", bomb(9_000, 6_000)), ("b.png", bomb(9_000, 6_000)))
    assert [each.code for each in stop.value.diagnostics] == ["E017", "E017"]


@needs_java
def test_chapters_and_cover_show_what_was_made(composed: Composed, tmp_path: Path) -> None:
    (tmp_path / "bee.png").write_bytes(saved(photograph(400, 300), "PNG"))
    (tmp_path / "wide.gif").write_bytes(saved(drawing(3000, 40), "GIF"))
    shown = '<section><h1>Bees</h1><p><img src="../images/a/bee.png" alt="A bee"/></p></section>'
    cover = '<section><img src="../images/wide.gif" alt="A cover"/></section>'
    chapters = (Chapter("cover", "Cover", cover, "front", "en"), Chapter("bees", "Bees", shown, "body", "en"))
    resources = (
        Resource("images/a/bee.png", "image/png", tmp_path / "bee.png"),
        Resource("images/wide.gif", "image/gif", tmp_path / "wide.gif"),
    )
    book = replace(composed.book, images=resources)
    target = tmp_path / "book.epub"
    whole = replace(composed, book=book, chapters=chapters, contents=(), look=replace(composed.look, faces=()))
    render(whole, target, remake=partial(remake, folder=tmp_path))
    with zipfile.ZipFile(target) as made:
        assert b'src="../images/a/bee.jpg"' in made.read("EPUB/text/bees.xhtml")
        assert b'src="../images/wide.png"' in made.read("EPUB/text/cover.xhtml")
        assert {"EPUB/images/a/bee.jpg", "EPUB/images/wide.png"} <= set(made.namelist())
        package = made.read("EPUB/package.opf")
        stored = {entry.filename for entry in made.infolist() if entry.compress_type == zipfile.ZIP_STORED}
    # Packed ones depend on the library that packs.
    assert stored == {"mimetype", "EPUB/images/a/bee.jpg", "EPUB/images/wide.png"}
    assert re.search(rb'<item href="images/wide.png"[^>]*properties="cover-image"', package)
    assert not epubcheck(target)
