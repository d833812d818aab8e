"""Pictures: the same pixels, none of the private notes."""

from __future__ import annotations

import io
import zlib
from pathlib import Path

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from overprint.diagnostics import Stop
from overprint.model import Resource
from overprint.render.epub.images import clean

TYPES = {"jpg": "image/jpeg", "png": "image/png", "gif": "image/gif", "svg": "image/svg+xml", "webp": "image/webp"}
SECRET = b"SECRET"
NS = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


def cleaned(tmp_path: Path, kind: str, content: bytes) -> bytes:
    path = tmp_path / f"plate.{kind}"
    path.write_bytes(content)
    return clean(Resource(f"images/plate.{kind}", TYPES[kind], path))


def code(tmp_path: Path, kind: str, content: bytes) -> str:
    with pytest.raises(Stop) as stop:
        cleaned(tmp_path, kind, content)
    return stop.value.diagnostics[0].code


def picture() -> Image.Image:
    image = Image.new("RGB", (40, 24))
    image.putdata([(x * 6, y * 10, (x * y) % 256) for y in range(24) for x in range(40)])
    return image


def jpeg(turn: int = 1, *, progressive: bool = False) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = turn
    exif[0x010F] = SECRET.decode()
    exif.get_ifd(0x8825)[1] = "N"
    out = io.BytesIO()
    options = {"comment": SECRET, "icc_profile": b"profile", "progressive": progressive, "restart_marker_blocks": 2}
    picture().save(out, "JPEG", exif=exif, **options)
    iptc = b"\xff\xed" + (2 + len(SECRET)).to_bytes(2, "big") + SECRET
    thumbnail = b"\xff\xe0" + (7 + len(SECRET)).to_bytes(2, "big") + b"JFXX\0" + SECRET
    return out.getvalue()[:2] + iptc + thumbnail + out.getvalue()[2:] + SECRET


@pytest.mark.parametrize("progressive", [False, True])
def test_jpeg_keeps_pixels_and_profile_only(tmp_path: Path, progressive: bool) -> None:
    before = jpeg(progressive=progressive)
    after = cleaned(tmp_path, "jpg", before)
    assert SECRET in before
    assert SECRET not in after
    assert b"Exif" not in after
    with Image.open(io.BytesIO(before)) as old, Image.open(io.BytesIO(after)) as new:
        assert list(old.tobytes()) == list(new.tobytes())
        assert new.info["icc_profile"] == b"profile"


def test_jpeg_stays_turned(tmp_path: Path) -> None:
    after = cleaned(tmp_path, "jpg", jpeg(6))
    assert SECRET not in after
    with Image.open(io.BytesIO(after)) as new:
        assert dict(new.getexif()) == {0x0112: 6}


def test_png_keeps_pixels_only(tmp_path: Path) -> None:
    notes = PngInfo()
    notes.add_text("Author", SECRET.decode())
    notes.add_text("Zipped", SECRET.decode(), zip=True)
    notes.add_itxt("Long", SECRET.decode())
    exif = Image.Exif()
    exif[0x010F] = SECRET.decode()
    out = io.BytesIO()
    picture().save(out, "PNG", pnginfo=notes, exif=exif, dpi=(300, 300))
    after = cleaned(tmp_path, "png", out.getvalue() + SECRET)
    assert SECRET not in after
    assert not [name for name in (b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"tIME") if name in after]
    with Image.open(io.BytesIO(after)) as new:
        assert new.tobytes() == picture().tobytes()
        assert round(new.info["dpi"][0]) == 300


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("jpg", b""),
        ("jpg", b"rubbish"),
        ("jpg", jpeg()[:300]),
        ("jpg", b"\xff\xd8\xff"),
        ("png", b"rubbish"),
        ("png", b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR"),
        ("png", b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\x00tEXt" + zlib.crc32(b"tEXt").to_bytes(4, "big")),
        ("gif", b"rubbish"),
        ("webp", b"RIFF0000WEBP"),
        ("svg", b"<html/>"),
    ],
)
def test_refuses_what_is_not_its_type(tmp_path: Path, kind: str, content: bytes) -> None:
    assert code(tmp_path, kind, content) == "E013"


@pytest.mark.parametrize(
    "content",
    [
        "",
        "<svg",
        f'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]><svg {NS}><text>&a;</text></svg>',
        f'<!DOCTYPE svg [<!ENTITY a "b">]><svg {NS}><text id="&a;"/></svg>',
        f"<svg {NS}><text>&nbsp;</text></svg>",
    ],
)
def test_refuses_svg_that_is_not_well_formed(tmp_path: Path, content: str) -> None:
    assert code(tmp_path, "svg", content.encode()) == "E014"


@pytest.mark.parametrize(
    "content",
    [
        "<script>x()</script>",
        "<foreignObject/>",
        '<rect onclick="x()"/>',
        '<set attributeName="href" to="javascript:x()"/>',
        '<image href="https://example.org/a.png"/>',
        '<image xlink:href="../secret.png"/>',
        '<image href="data:image/svg+xml;base64,AAAA"/>',
        '<use href="other.svg#a"/>',
        '<a href="javascript:x()"/>',
        '<rect fill="url(other.svg#a)"/>',
        '<rect style="fill: url(https://example.org)"/>',
        "<style>@import 'a.css';</style>",
        "<style>rect { fill: url(https://example.org/a) }</style>",
    ],
)
def test_refuses_svg_that_is_not_inert(tmp_path: Path, content: str) -> None:
    assert code(tmp_path, "svg", f"<svg {NS}>\n{content}</svg>".encode()) == "E015"


def test_names_the_element_and_the_line(tmp_path: Path) -> None:
    with pytest.raises(Stop) as stop:
        cleaned(tmp_path, "svg", f"<svg {NS}>\n<rect onclick='x()'/></svg>".encode())
    found = stop.value.diagnostics[0]
    assert "onclick on <rect>" in found.message
    assert found.place.line == 2


def test_svg_keeps_the_drawing_only(tmp_path: Path) -> None:
    pixel = "data:image/png;base64,iVBORw0KGgo="
    drawing = (
        '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
        f'<svg {NS} xmlns:i="http://i.example" i:path="/home/x"><!-- x --><i:view/><metadata>x</metadata>'
        f'<style>rect {{ fill: url(#g) }}</style><text>a<i:b/>c</text><image href="{pixel}"/></svg>'
    )
    assert cleaned(tmp_path, "svg", drawing.encode()).decode() == (
        f"<?xml version='1.0' encoding='utf-8'?>\n<svg {NS}>"
        '<style>rect { fill: url(#g) }</style><rect x="0" y="0" width="100%" height="100%" '
        'style="fill:#fff;stroke:none"/>'
        f'<text>ac</text><image href="{pixel}"/></svg>\n'
    ).replace(' xmlns:xlink="http://www.w3.org/1999/xlink"', "")


def test_an_ornament_needs_no_paper(tmp_path: Path) -> None:
    (tmp_path / "leaf.svg").write_text(f"<svg {NS}><path d='M0 0H9'/></svg>")
    drawn = clean(Resource("styles/leaf.svg", "image/svg+xml", tmp_path / "leaf.svg"))
    assert b"<path" in drawn
    assert b"<rect" not in drawn


def test_reads_plain_files_only(tmp_path: Path) -> None:
    (tmp_path / "real.svg").write_text(f"<svg {NS}/>")
    (tmp_path / "link.svg").symlink_to(tmp_path / "real.svg")
    for path in (tmp_path, tmp_path / "missing.svg", tmp_path / "link.svg", Path("/dev/zero")):
        with pytest.raises(Stop) as stop:
            clean(Resource("images/a.svg", "image/svg+xml", path))
        assert stop.value.diagnostics[0].code == "E012"
