"""Small PDFs for the tests of the press, written by hand, and the ICC profile of a press that never was."""

from __future__ import annotations

import itertools
import struct
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image, ImageCms

from overprint.diagnostics import Made
from overprint.press.finish import finish
from overprint.press.profile import Bleed, Intent, Profile

FACTS = {"title": "The Sleeper Car", "identifier": "urn:x", "modified": "2025-10-06T00:00:00Z"}
MONO = Profile(
    "mono", "", standard="x1a", pdf_version="1.3", colour="mono", intent=Intent("CGATS TR 001", "", "", ""),
    annotations=False, outline=False, transparency=False, fonts_cff=False,
)  # fmt: skip


def cmyk(folder: Path, standard: Any = "x4", **more: Any) -> Profile:
    """Return the profile of a printer with four inks."""
    icc = folder / "press.icc"
    if not icc.exists():
        icc.write_bytes(a_press())
    opaque = standard == "x1a"
    facts = {"transparency": not opaque, "fonts_cff": not opaque, "pdf_version": "1.4" if opaque else "1.6", **more}
    intent = Intent("FOGRA39", "http://www.color.org", "offset", str(icc))
    return Profile(
        "four", "", standard=standard, colour="cmyk", intent=intent, annotations=False, outline=False, **facts
    )


def a_page(pdf: pikepdf.Pdf, content: str, box: tuple[float, ...] = (0, 0, 200, 300), **parts: Any) -> Any:
    """Add a page to a PDF: its content in operators, what it names, and its boxes."""
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    resources = Dictionary(Font=Dictionary(F=font))
    for key, value in parts.items():
        resources[f"/{key}"] = Dictionary(value)
    page = Dictionary(Type=Name.Page, MediaBox=Array(box), Resources=pdf.make_indirect(resources))
    page.Contents = pdf.make_stream(content.encode())
    pdf.pages.append(pikepdf.Page(pdf.make_indirect(page)))
    return pdf.pages[-1]


def a_picture(pdf: pikepdf.Pdf, image: Image.Image, *, mask: Image.Image | None = None) -> Any:
    """Return a picture without loss."""
    made = pdf.make_stream(image.tobytes())
    made.Type, made.Subtype, made.BitsPerComponent = Name.XObject, Name.Image, 8
    made.Width, made.Height = image.size
    made.ColorSpace = {"L": Name.DeviceGray, "RGB": Name.DeviceRGB, "CMYK": Name.DeviceCMYK}[image.mode]
    if mask:
        made.SMask = a_picture(pdf, mask)
    return made


def made(pdf: pikepdf.Pdf, folder: Path, profile: Profile) -> Made[None]:
    """Mend a PDF; the file is `made.pdf` in the folder."""
    pdf.save(folder / "laid-out.pdf")
    return finish(folder / "laid-out.pdf", folder / "made.pdf", profile, **FACTS)


def good(pdf: pikepdf.Pdf, folder: Path, profile: Profile) -> pikepdf.Pdf:
    """Mend a PDF that is without faults, and open what was made."""
    assert made(pdf, folder, profile).diagnostics == ()
    return pikepdf.open(folder / "made.pdf")


def painted(page: Any) -> list[str]:
    """Return what sets colours and paints on a page or a form, in order."""
    wanted = {*"g G rg RG k K cs CS sc scn SC SCN gs Tj TJ f S Do sh".split()}
    said = []
    for each in pikepdf.parse_content_stream(page):
        operands = (str(one) for one in each.operands if not isinstance(one, (pikepdf.String, Array)))
        if str(each.operator) in wanted:
            said.append(" ".join([*operands, str(each.operator)]))
    return said


def a_press() -> bytes:
    """Return the ICC profile of a press that replaces all grey by black."""
    colours = [(step * 255) // 8 for step in range(9)]
    lab = Image.new("LAB", (9, 81))
    lab.frombytes(
        bytes(_signed(at, value) for dot in itertools.product(colours, repeat=3) for at, value in enumerate(dot))
    )
    light = _through(lab, "LAB", "RGB").tobytes()
    inks = bytes(ink for at in range(0, len(light), 3) for ink in _separated(*light[at : at + 3]))
    steps = [(step * 255) // 4 for step in range(5)]
    mixed = [tuple((255 - ink) * (255 - k) // 255 for ink in cmy) for *cmy, k in itertools.product(steps, repeat=4)]
    seen = Image.new("RGB", (25, 25))
    seen.putdata(mixed)
    back = bytes(_signed(at % 3, value) for at, value in enumerate(_through(seen, "RGB", "LAB").tobytes()))
    tags = {
        b"desc": b"desc" + bytes(4) + struct.pack(">I", 6) + b"press\0" + bytes(78),
        b"cprt": b"text" + bytes(4) + b"none\0",
        b"wtpt": b"XYZ " + bytes(4) + struct.pack(">3i", 63190, 65536, 54061),
        b"A2B0": _table(4, 3, 5, back),
        b"B2A0": _table(3, 4, 9, inks),
    }
    table, data, at = b"", b"", 132 + 12 * len(tags)
    for name, tag in tags.items():
        table += name + struct.pack(">2I", at + len(data), len(tag))
        data += tag + bytes(-len(tag) % 4)
    head = struct.pack(
        ">I4sI4s4s4s6H4s", at + len(data), b"lcms", 0x02400000, b"prtr", b"CMYK", b"Lab ", 2026, 1, 1, 0, 0, 0, b"acsp"
    )
    head += bytes(28) + struct.pack(">3i", 63190, 65536, 54061) + bytes(48)
    return head + struct.pack(">I", len(tags)) + table + data


def _signed(at: int, value: int) -> int:
    """Turn a* and b* from how Pillow holds them into how a profile does, and back."""
    return value ^ 128 if at else value


def _separated(red: int, green: int, blue: int) -> tuple[int, int, int, int]:
    black = 255 - max(red, green, blue)
    whole = max(255 - black, 1)
    cyan, magenta, yellow = ((255 - each - black) * 255 // whole for each in (red, green, blue))
    return cyan, magenta, yellow, black


def _through(image: Image.Image, source: str, target: str) -> Image.Image:
    one, other = (ImageCms.createProfile("LAB" if each == "LAB" else "sRGB") for each in (source, target))
    turned = ImageCms.applyTransform(image, ImageCms.buildTransform(one, other, source, target))
    assert turned
    return turned


def _table(inputs: int, outputs: int, steps: int, grid: bytes) -> bytes:
    unity, straight = struct.pack(">9i", 65536, 0, 0, 0, 65536, 0, 0, 0, 65536), bytes(range(256))
    return (
        b"mft1" + bytes(4) + bytes((inputs, outputs, steps, 0)) + unity + straight * inputs + grid + straight * outputs
    )


BLEEDING = Bleed(9, 9, 9, 0)
