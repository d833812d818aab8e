from __future__ import annotations

import io
import struct
import zlib

import pytest
from PIL import Image, ImageFile, PngImagePlugin

from overprint.importers.pictures.clean import clean
from overprint.importers.pictures.fetch import Refused

OWNER = "Owner of This Camera"


def drawn(size: tuple[int, int] = (40, 20), mode: str = "RGB") -> Image.Image:
    image = Image.new("RGBA", size, "white")
    image.paste((0, 0, 0, 99), (0, 0, size[0] // 4, size[1]))
    return image.convert(mode)


def saved(image: Image.Image, form: str, **options: object) -> bytes:
    made = io.BytesIO()
    image.save(made, form, **options)
    return made.getvalue()


def opened(data: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def exif(turn: int = 1) -> Image.Exif:
    made = Image.Exif()
    made[0x0112], made[0x013B] = turn, OWNER
    made.get_ifd(0x8825)[1] = "N"
    return made


def noted() -> PngImagePlugin.PngInfo:
    made = PngImagePlugin.PngInfo()
    made.add_text("Author", OWNER)
    return made


@pytest.mark.parametrize(
    ("data", "suffix"),
    [
        (saved(drawn(), "JPEG", exif=exif(), comment=OWNER.encode(), xmp=OWNER.encode()), ".jpg"),
        (saved(drawn(), "JPEG", exif=exif(6)), ".jpg"),
        (saved(drawn(), "PNG", pnginfo=noted(), exif=exif()), ".png"),
        (saved(drawn(), "GIF", comment=OWNER.encode()), ".png"),
        (saved(drawn(), "WEBP", exif=exif(), lossless=True), ".jpg"),
        (saved(drawn(mode="RGBA"), "WEBP", exif=exif(), lossless=True), ".png"),
        (saved(drawn(), "MPO", save_all=True, append_images=[drawn()], exif=exif()), ".jpg"),
    ],
)
def test_nothing_stays_but_what_is_seen(data: bytes, suffix: str) -> None:
    made, kind = clean(data)
    assert kind == suffix
    assert OWNER.encode() not in made
    assert b"GPS" not in made
    image = opened(made)
    assert not image.getexif()
    assert sorted(image.size) == [20, 40]
    assert clean(data) == (made, kind)  # the same bytes each time


def test_a_picture_that_lay_on_its_side_stands() -> None:
    assert opened(clean(saved(drawn(), "JPEG", exif=exif(6)))[0]).size == (20, 40)


def test_dots_and_colours_stay() -> None:
    data = saved(drawn(), "PNG", icc_profile=b"profile")
    made, _ = clean(data)
    assert opened(made).tobytes() == opened(data).tobytes()
    assert opened(made).info["icc_profile"] == b"profile"
    seen = drawn(mode="P")
    made, _ = clean(saved(seen, "GIF", transparency=0))
    assert opened(made).convert("RGBA").getpixel((1, 1)) == opened(saved(seen, "GIF", transparency=0)).convert(
        "RGBA"
    ).getpixel((1, 1))


def bomb(width: int, height: int) -> bytes:
    head = b"IHDR" + struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    begun = b"\0\0\xff\xffIDAT"
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + head + struct.pack(">I", zlib.crc32(head)) + begun


@pytest.mark.parametrize("lenient", [False, True])  # True is what importing WeasyPrint leaves behind
@pytest.mark.parametrize(
    ("data", "why"),
    [
        (bomb(50_000, 50_000), "dots"),
        (bomb(10_500, 10_000), "105 million dots"),
        (saved(drawn((400, 400)), "JPEG")[:-200], "damaged"),
        (saved(drawn((400, 400)), "PNG")[:60], "damaged"),
        (b"\xff\xd8\xff\xe0", "damaged"),
        (b"<!DOCTYPE html><p>Not found</p>", "web page"),
        (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "SVG"),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", "not a PNG"),
        (saved(drawn(), "BMP"), "not a PNG"),
        (b"", "not a PNG"),
        (b"x" * (20 * 2**20 + 1), "20 MB"),
    ],
)
def test_what_no_book_can_show_is_refused(
    data: bytes, why: str, lenient: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", lenient)
    with pytest.raises(Refused, match=why):
        clean(data)
