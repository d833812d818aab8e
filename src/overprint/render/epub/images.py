"""Pictures as they go into the EPUB: what the file says it is, inert, and without its private metadata.

Cameras write the place, the owner and a small copy of the uncropped picture into their files, drawing programs the path
of the drawing. The pixels are copied as they are; the rest is kept only where it is needed to show them.
"""

from __future__ import annotations

import io
import stat
import struct
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from lxml import etree

from overprint.diagnostics import Diagnostic, Place, Stop, error
from overprint.model import Resource
from overprint.render.epub import inert, paper
from overprint.render.epub.tree import SVG, XLINK, XML, line, local, namespace, parse, xml

IRREGULAR = error(
    "E012",
    "the picture {path} is not a file that can be read",
    "put the picture itself there, not a link or a folder",
    manual="The book names a picture, but where it should be there is nothing, a folder, a link or a device. "
    "overprint copies only plain files, so that nothing from elsewhere on the computer can slip into a book. "
    "Put a copy of the picture at that place.",
)
MISTAKEN = error(
    "E013",
    "the picture {path} is not {type}, or it is damaged",
    "save it again as PNG, JPEG, GIF or SVG, with the ending that fits",
    manual="The ending of a file's name says what is in it, and here the content does not agree or breaks off. "
    "EPUB reading systems show PNG, JPEG, GIF and SVG; other kinds must be converted first. "
    "Open the picture in a program for pictures and save it again.",
)
SVG_MALFORMED = error(
    "E014",
    "the drawing {path} is not well-formed XML: {reason}",
    "export it again as plain SVG",
    manual="SVG drawings are XML files, and this one breaks its rules or defines entities of its own. "
    "Most drawing programs have an export called “plain” or “optimised” SVG that makes files every reader can open.",
)
SVG_ACTIVE = error(
    "E015",
    "the drawing {path} holds what a book must not: {thing}",
    "export it again as plain SVG, with everything embedded and nothing animated",
    manual="A drawing can hold scripts, animations, foreign documents and references to other files. Reading systems "
    "refuse them, or they would run or load something at the reader's. "
    "The message names the element; remove it in the drawing program, or export the drawing as plain SVG.",
)

EXIF_ORIENTATION = 0x0112
_PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_GIF_KEPT = (b"\x0bNETSCAPE2.0", b"\x0bANIMEXTS1.0")
_PNG_KEPT = frozenset(b"tRNS gAMA cHRM sRGB iCCP cICP sBIT bKGD hIST pHYs sPLT acTL fcTL fdAT".split())


def clean(resource: Resource) -> bytes:
    """Return the content of a picture, without its metadata; a drawing that is no ornament gets paper.

    Raises:
        Stop: it is not a plain file, not of its type, or not inert.
    """
    data = _read(resource.path)
    strip = _CLEANERS.get(resource.media_type)
    try:
        if strip is None:
            raise ValueError(resource.media_type)
        content = strip(data, resource.path)
        drawn = resource.media_type == "image/svg+xml" and not resource.name.startswith("styles/")
        return paper.under(content) if drawn else content
    except (ValueError, IndexError, struct.error) as fault:
        raise Stop(mistaken(resource)) from fault


def mistaken(resource: Resource) -> Diagnostic:
    """Say that a picture is not of its type, or damaged."""
    name = resource.media_type.removeprefix("image/").partition("+")[0].upper()
    return MISTAKEN.at(Place(str(resource.path)), path=resource.path.name, type=name)


def _read(path: Path) -> bytes:
    # What cannot be read must not look like a disk that cannot be written.
    try:
        if stat.S_ISREG(path.lstat().st_mode):
            return path.read_bytes()
    except OSError as fault:
        raise Stop(IRREGULAR.at(Place(str(path)), path=path.name)) from fault
    raise Stop(IRREGULAR.at(Place(str(path)), path=path.name))


def _gif(data: bytes, _path: Path) -> bytes:
    """Keep what is seen and how often it is repeated; remarks and what programs note are dropped."""
    if not data.startswith((b"GIF87a", b"GIF89a")):
        raise ValueError("no GIF")
    start = 13 + _colours(data[10])
    kept = [data[:start]]
    while data[start] != 0x3B:
        if data[start] == 0x21:
            end = _end_of_blocks(data, start + 2)
            needed = data[start + 1] == 0xF9 or data[start + 2 : start + 14] in _GIF_KEPT
        elif data[start] == 0x2C:
            end, needed = _end_of_blocks(data, start + 11 + _colours(data[start + 9])), True
        else:
            raise ValueError("no block")
        if needed:
            kept.append(data[start:end])
        start = end
    return b"".join(kept) + b";"


def _colours(flags: int) -> int:
    """Return the bytes of the table of colours that the flags announce."""
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def _end_of_blocks(data: bytes, position: int) -> int:
    while data[position]:
        position += 1 + data[position]
    return position + 1


def _png(data: bytes, _path: Path) -> bytes:
    """Keep the chunks that decide what is seen; text, time, EXIF and whatever follows the end are dropped."""
    if not data.startswith(_PNG_SIGNATURE):
        raise ValueError("no PNG")
    kept, position, name = [_PNG_SIGNATURE], len(_PNG_SIGNATURE), b""
    while name != b"IEND":
        length, name = struct.unpack_from(">I4s", data, position)
        chunk = data[position : position + 12 + length]
        if len(chunk) < 12 + length:
            raise ValueError("cut short")
        if name[:1].isupper() or name in _PNG_KEPT:
            kept.append(chunk)
        position += len(chunk)
    return b"".join(kept)


def _jpeg(data: bytes, _path: Path) -> bytes:
    """Keep the segments that decide what is seen; how the picture is turned is the one thing that EXIF keeps."""
    if not data.startswith(b"\xff\xd8"):
        raise ValueError("no JPEG")
    kept = [segment for marker, segment in _segments(data) if _needed(marker, segment)]
    return b"\xff\xd8" + _turned(data) + b"".join(kept) + b"\xff\xd9"


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield markers with their segments, a scan with its pixels, up to the end of the picture."""
    position = 2
    while True:
        if data[position] != 0xFF:
            raise ValueError("no marker")
        marker = data[position + 1]
        if marker == 0xFF:
            position += 1
            continue
        if marker == 0xD9:
            return
        start, position = position, position + 2 + struct.unpack_from(">H", data, position + 2)[0]
        if marker == 0xDA:
            position = _end_of_scan(data, position)
        yield marker, data[start:position]


def _end_of_scan(data: bytes, position: int) -> int:
    while True:
        position = data.index(b"\xff", position)
        following = data[position + 1]
        if following != 0 and not 0xD0 <= following <= 0xD7:
            return position
        position += 2


def _needed(marker: int, segment: bytes) -> bool:
    """Tell whether a segment is needed: of the application segments only JFIF, ICC profiles and Adobe's colours."""
    named = {0xE0: b"JFIF\0", 0xE2: b"ICC_PROFILE\0", 0xEE: b"Adobe"}
    if 0xE0 <= marker <= 0xEF:
        return marker in named and segment[4:].startswith(named[marker])
    return marker != 0xFE


def _turned(data: bytes) -> bytes:
    """Return an EXIF segment that says how the picture is turned, and nothing else; empty when it is upright."""
    from PIL import Image

    with Image.open(io.BytesIO(data), formats=("JPEG",)) as image:
        turn = image.getexif().get(EXIF_ORIENTATION, 1)
    if turn not in range(2, 9):
        return b""
    exif = Image.Exif()
    exif[EXIF_ORIENTATION] = turn
    payload = exif.tobytes()
    return b"\xff\xe1" + struct.pack(">H", len(payload) + 2) + payload


def _svg(data: bytes, path: Path) -> bytes:
    """Parse strictly, drop what only drawing programs read, and write the drawing alone, without a doctype."""
    try:
        root = parse(data)
    except etree.XMLSyntaxError as fault:
        raise Stop(SVG_MALFORMED.at(Place(str(path), fault.lineno or 0), path=path.name, reason=fault.msg)) from fault
    if any(isinstance(each, etree._Entity) for each in root.iter()) or b"<!ENTITY" in data:
        raise Stop(SVG_MALFORMED.at(Place(str(path)), path=path.name, reason="it defines entities"))
    if namespace(root) != SVG or local(root) != "svg":
        raise ValueError("no SVG")
    _forget(root)
    found = [
        SVG_ACTIVE.at(Place(str(path), line(element)), path=path.name, thing=fault)
        for element, fault in inert.faults(root, alone=True)
    ]
    if found:
        raise Stop(*found)
    etree.cleanup_namespaces(root)
    return xml(root)


def _forget(root: etree._Element) -> None:
    """Remove the drawing program's own elements and attributes, where it notes paths and names."""
    for element in list(root.iter()):
        if element is not root and (namespace(element) != SVG or local(element) == "metadata"):
            parent = element.getparent()
            if parent is not None:
                _remove(parent, element)
            continue
        for key in list(element.attrib):
            if (etree.QName(key).namespace or SVG) not in {SVG, XLINK, XML}:
                del element.attrib[key]


def _remove(parent: etree._Element, element: etree._Element) -> None:
    """Remove an element but not the text behind it."""
    before, tail = element.getprevious(), element.tail or ""
    if before is None:
        parent.text = (parent.text or "") + tail
    else:
        before.tail = (before.tail or "") + tail
    parent.remove(element)


_CLEANERS: Mapping[str, Callable[[bytes, Path], bytes]] = {
    "image/png": _png,
    "image/jpeg": _jpeg,
    "image/gif": _gif,
    "image/svg+xml": _svg,
}
