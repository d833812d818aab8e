"""Pictures of all kinds look as they did, in the printer's colours; what cannot be is named."""

from __future__ import annotations

import dataclasses
import io
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageChops, ImageCms, ImageStat

from judges import _needs
from press.pages import MONO, a_page, a_picture, cmyk, good, made

ACROSS, DOWN = Image.linear_gradient("L").rotate(90).resize((64, 48)), Image.linear_gradient("L").resize((64, 48))
PHOTOGRAPH = Image.merge("RGB", (ACROSS, DOWN, ImageChops.invert(ACROSS)))
PLACED = "q 160 0 0 120 20 100 cm /a Do Q"
SRGB = ImageCms.createProfile("sRGB")


@pytest.fixture
def pdf() -> pikepdf.Pdf:
    return pikepdf.new()


def holding(pdf: pikepdf.Pdf, image: Image.Image = PHOTOGRAPH, **more: Any) -> Any:
    picture = a_picture(pdf, image)
    for key, value in more.items():
        picture[f"/{key}"] = value
    return picture


def inked(pdf: pikepdf.Pdf, **more: Any) -> Any:
    """Return a JPEG of four inks, as Photoshop and Pillow write it: paper where it seems to hold ink."""
    written = io.BytesIO()
    PHOTOGRAPH.convert("CMYK").save(written, "JPEG", quality=95)
    picture = holding(pdf, PHOTOGRAPH.convert("CMYK"), **more)
    picture.write(written.getvalue(), filter=Name.DCTDecode)
    return picture


def of_lab(pdf: pikepdf.Pdf) -> Any:
    turned = ImageCms.profileToProfile(PHOTOGRAPH, SRGB, ImageCms.createProfile("LAB"), outputMode="LAB")
    assert turned
    signed = bytes(value ^ 128 if at % 3 else value for at, value in enumerate(turned.tobytes()))
    space = Array([Name.Lab, Dictionary(WhitePoint=[0.9642, 1, 0.8251], Range=[-128, 127, -128, 127])])
    picture = holding(pdf, ColorSpace=space)
    picture.write(signed)
    return picture


def of_palette(pdf: pikepdf.Pdf) -> Any:
    few = PHOTOGRAPH.quantize(16)
    table = pikepdf.String(bytes(few.getpalette() or [])[:48])
    picture = holding(pdf, few.convert("L"), ColorSpace=Array([Name.Indexed, Name.DeviceRGB, 15, table]))
    picture.write(few.tobytes())
    return picture


def of_sixteen_bits(pdf: pikepdf.Pdf) -> Any:
    picture = holding(pdf, BitsPerComponent=16)
    picture.write(bytes(byte for value in PHOTOGRAPH.tobytes() for byte in (value, value)))
    return picture


def of_its_own_profile(pdf: pikepdf.Pdf) -> Any:
    profile = pdf.make_stream(ImageCms.ImageCmsProfile(SRGB).tobytes(), N=3)
    return holding(pdf, ColorSpace=Array([Name.ICCBased, profile]))


def behind_a_stencil(pdf: pikepdf.Pdf) -> Any:
    stencil = pdf.make_stream(b"\xaa", Subtype=Name.Image, ImageMask=True, Width=8, Height=1, BitsPerComponent=1)
    return holding(pdf, Mask=stencil)


KINDS: dict[str, Callable[[pikepdf.Pdf], Any]] = {
    "light": holding,
    "light turned round": lambda pdf: holding(pdf, Decode=[1, 0] * 3),
    "grey": lambda pdf: holding(pdf, ACROSS),
    "inks": lambda pdf: inked(pdf, Decode=[1, 0] * 4),
    "inks turned round": inked,
    "L*a*b*": of_lab,
    "palette": of_palette,
    "16 bits": of_sixteen_bits,
    "profile": of_its_own_profile,
    "stencil": behind_a_stencil,
    "mask": lambda pdf: holding(pdf, SMask=a_picture(pdf, DOWN)),
}


@pytest.mark.parametrize("kind", KINDS)
def test_pictures_look_as_they_did(pdf: pikepdf.Pdf, tmp_path: Path, kind: str) -> None:
    a_page(pdf, PLACED, XObject={"/a": KINDS[kind](pdf)})
    done = good(pdf, tmp_path, MONO)
    assert done.pages[0].resources.XObject["/a"].ColorSpace == Name.DeviceGray
    before, after = (
        pypdfium2.PdfDocument(tmp_path / name)[0].render().to_pil().convert("L")
        for name in ("laid-out.pdf", "made.pdf")
    )
    # The reader of PDFs has rules of its own for inks on a screen.
    assert ImageStat.Stat(ImageChops.difference(before, after)).mean[0] < (8 if "inks" in kind else 1.5)
    assert ImageStat.Stat(after).stddev[0] > 20


@pytest.mark.parametrize("standard", ["x1a", "x4"])
def test_inks_stay_as_they_are(pdf: pikepdf.Pdf, tmp_path: Path, standard: str) -> None:
    jpeg = inked(pdf)
    tint = Dictionary(FunctionType=2, Domain=[0, 1], N=1, C0=[0, 0, 0, 0], C1=[0, 0.3, 0.9, 0.1])
    gold = holding(pdf, ACROSS, ColorSpace=Array([Name.Separation, Name.Gold, Name.DeviceCMYK, tint]))
    a_page(pdf, "/a Do /b Do", XObject={"/a": jpeg, "/b": gold})
    kept = [jpeg.read_raw_bytes(), gold.read_bytes()]
    done = good(pdf, tmp_path, cmyk(tmp_path, standard, ink_limit=350))
    drawn = done.pages[0].resources.XObject
    assert [drawn["/a"].read_raw_bytes(), drawn["/b"].read_bytes()] == kept
    assert str(drawn["/b"].ColorSpace[1]) == "/Gold"


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"Mask": Array([0, 90, 0, 255, 0, 255])}, "one colour is transparent"),
        ({"BitsPerComponent": 2}, "cannot be read"),
        ({"Filter": Name.DCTDecode}, "cannot be read"),
    ],
)
def test_what_cannot_be_turned_is_named(pdf: pikepdf.Pdf, tmp_path: Path, more: dict[str, Any], words: str) -> None:
    a_page(pdf, "0 0 9 9 re f")
    a_page(pdf, PLACED, XObject={"/a": holding(pdf, **more)})
    (said,) = made(pdf, tmp_path, MONO).diagnostics
    assert said.message.startswith("page 2 of the file: a picture of 64 × 48 pixels")
    assert words in said.message
    assert not (tmp_path / "made.pdf").exists()


def test_a_mask_over_ink_is_refused_and_on_paper_is_not(pdf: pikepdf.Pdf, tmp_path: Path) -> None:
    logo = holding(pdf, SMask=a_picture(pdf, DOWN))
    a_page(pdf, f"0.9 g 0 0 10 10 re f {PLACED}", XObject={"/a": logo})
    assert made(pdf, tmp_path, MONO).diagnostics == ()
    a_page(pdf, f"0.9 g 0 0 200 300 re f {PLACED}", XObject={"/a": holding(pdf, SMask=a_picture(pdf, DOWN))})
    (said,) = made(pdf, tmp_path, MONO).diagnostics
    assert said.message.startswith("page 2 of the file: a picture with transparent parts")


def test_a_solid_picture_over_ink_is_no_fault_of_its_page(pdf: pikepdf.Pdf, tmp_path: Path) -> None:
    solid, logo = holding(pdf), holding(pdf, SMask=a_picture(pdf, DOWN))
    page = f"0.9 g 0 0 100 50 re f q 40 0 0 30 0 0 cm /b Do Q {PLACED}"
    a_page(pdf, page, XObject={"/a": logo, "/b": solid})
    assert made(pdf, tmp_path, MONO).diagnostics == ()


def test_a_picture_whose_own_profile_is_broken_is_taken_as_any(pdf: pikepdf.Pdf, tmp_path: Path) -> None:
    half = ImageCms.ImageCmsProfile(SRGB).tobytes()
    for name, icc in (("/a", half[:400]), ("/b", None)):
        written = io.BytesIO()
        PHOTOGRAPH.save(written, "JPEG", icc_profile=icc)
        picture = holding(pdf)
        picture.write(written.getvalue(), filter=Name.DCTDecode)
        a_page(pdf, f"{name} Do", XObject={name: picture})
    done = good(pdf, tmp_path, cmyk(tmp_path))
    one, other = (page.resources.XObject[name] for page, name in zip(done.pages, ("/a", "/b"), strict=True))
    assert one.ColorSpace == other.ColorSpace == Name.DeviceCMYK
    assert one.read_raw_bytes() == other.read_raw_bytes()


def test_no_picture_and_no_mask_is_smoothed(pdf: pikepdf.Pdf, tmp_path: Path) -> None:
    mask = holding(pdf, DOWN, Interpolate=True)
    a_page(pdf, PLACED, XObject={"/a": holding(pdf, Interpolate=True, SMask=mask)})
    done = good(pdf, tmp_path, cmyk(tmp_path))
    drawn = done.pages[0].resources.XObject["/a"]
    assert "/Interpolate" not in drawn
    assert "/Interpolate" not in drawn.SMask


def test_what_a_version_does_not_know_is_written_anew(pdf: pikepdf.Pdf, tmp_path: Path) -> None:
    written = io.BytesIO()
    ACROSS.save(written, "JPEG2000")
    picture = holding(pdf, ACROSS)
    picture.write(written.getvalue(), filter=Name.JPXDecode)
    a_page(pdf, PLACED, XObject={"/a": picture})
    for version, kept in (("1.4", False), ("1.6", True)):
        done = good(pdf, tmp_path, dataclasses.replace(MONO, standard="", pdf_version=version))
        assert (done.pages[0].resources.XObject["/a"].Filter == Name.JPXDecode) is kept


@_needs("the ink's meter", "gs")
def test_plates_hold_no_more_ink_than_the_limit(pdf: pikepdf.Pdf, tmp_path: Path) -> None:
    rich = Image.merge(
        "CMYK", (ACROSS, DOWN, ImageChops.invert(DOWN), ImageChops.invert(ACROSS).point(lambda v: v // 2 + 127))
    )
    a_page(pdf, f"0.9 0.8 0.8 0.9 k 0 0 200 50 re f {PLACED}", XObject={"/a": a_picture(pdf, rich)})
    good(pdf, tmp_path, cmyk(tmp_path, "x1a", ink_limit=240))
    gs = [str(shutil.which("gs")), "-q", "-o", str(tmp_path / "plate%d.tif"), "-r72", "-sDEVICE=tiffsep"]
    subprocess.run([*gs, str(tmp_path / "made.pdf")], check=True, capture_output=True)
    plates = [Image.open(each).convert("L") for each in sorted(tmp_path.glob("plate1(*.tif"))]
    assert len(plates) == 4
    total = [
        sum(255 - value for value in dot) * 100 / 255 for dot in zip(*(each.tobytes() for each in plates), strict=True)
    ]
    assert 235 < max(total) < 243  # a JPEG is not exact to the dot
