"""Pictures, typefaces, archives and books that attack what opens them; all made here, by hand where no library would."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from functools import lru_cache

from PIL import Image

from hostile.case import FIRST, LAST, PORT, TOLD, Case, Data
from hostile.manuscripts import BOOK, ESSAY, HEAD, KEYS
from hostile.pages import page

# Archives hold no placeholders.
HIDDEN = "/tmp/overprint-canary/canary"
TRAP = f"http://127.0.0.1:{PORT}"
PICTURE = "manuscript/essays/01-first-essay/images/a"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
DEFLATED = zipfile.ZIP_DEFLATED


def png(width: int, height: int, rows: bytes | None = None, *more: tuple[bytes, bytes]) -> bytes:
    """Return a PNG of one colour with a head that says what it likes, and further chunks."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    data = b"\0\xff\0\0" * 8 if rows is None else rows
    chunks = [
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)),
        *more,
        (b"IDAT", zlib.compress(data, 9)),
    ]
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*each) for each in [*chunks, (b"IEND", b"")])


@lru_cache
def picture(form: str, **options: object) -> bytes:
    """Return a small good picture."""
    out = io.BytesIO()
    Image.new("RGB", (64, 64), "teal").save(out, form, **options)
    return out.getvalue()


def zipped(files: Mapping[str, bytes | str], *, first: str = "") -> bytes:
    """Return an archive; names are written as they stand, the first one stored."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", DEFLATED) as archive:
        if first:
            archive.writestr(zipfile.ZipInfo("mimetype"), first)
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data, DEFLATED)
    return out.getvalue()


def docx(body: str = "", links: str = "", head: str = "", more: Mapping[str, bytes | str] | None = None) -> bytes:
    """Return a Word document."""
    said = f"<w:p><w:r><w:t>{FIRST}</w:t></w:r></w:p>{body}<w:p><w:r><w:t>{LAST}</w:t></w:r></w:p>"
    document = f'{head}<w:document xmlns:w="{WORD}" xmlns:r="{OFFICE}"><w:body>{said}</w:body></w:document>'
    types = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    return zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="text/xml"/>'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{types}"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r" Type="{OFFICE}/officeDocument" '
            'Target="word/document.xml"/></Relationships>',
            "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>',
            "word/document.xml": document,
            **(more or {}),
        }
    )


def drawn(link: str) -> str:
    """Return a paragraph of Word with a picture."""
    return (
        '<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
        '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData>'
        '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill>'
        f'<a:blip r:{link}="p"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>'
    )


def related(target: str, mode: str = "") -> str:
    """Return a relationship of a Word document with a picture."""
    return f'<Relationship Id="p" Type="{OFFICE}/image" Target="{target}"{mode and f" TargetMode={chr(34)}{mode}{chr(34)}"}/>'


def epub(
    body: str, *, path: str = "text.xhtml", head: str = "", more: Mapping[str, bytes | str] | None = None
) -> bytes:
    """Return an EPUB of one document."""
    text = f'{head}<html xmlns="http://www.w3.org/1999/xhtml"><head><title>T</title></head><body><h1>T</h1><p>{FIRST}</p>{body}<p>{LAST}</p></body></html>'
    nav = f'<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><head><title>N</title></head><body><nav epub:type="toc"><ol><li><a href="{path}">T</a></li></ol></nav></body></html>'
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="i"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        '<dc:identifier id="i">x</dc:identifier><dc:title>T</dc:title><dc:language>en</dc:language><meta property="dcterms:modified">2026-01-01T00:00:00Z</meta></metadata>'
        f'<manifest><item id="n" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/><item id="t" href="{path}" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="t"/></spine></package>'
    )
    container = '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles><rootfile full-path="EPUB/p.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
    files = {"META-INF/container.xml": container, "EPUB/p.opf": package, "EPUB/nav.xhtml": nav, f"EPUB/{path}": text}
    return zipped({**files, **(more or {})}, first="application/epub+zip")


EPS = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n(@CANARYDIR@/PWNED) (w) file closefile showpage\n"
SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink" width="64" height="64">{}</svg>'
USES = "".join(
    f'<g id="a{n}">{"".join(f"<use x:href=%s#a{n - 1}%s/>" % (chr(34), chr(34)) for _ in range(10))}</g>'
    for n in range(1, 9)
)
PICTURES: dict[str, tuple[str, str, Data]] = {
    "eps-png": ("PostScript that is called PNG", "png", EPS),
    "html-jpg": ("a page that is called JPEG", "jpg", "<html><script>alert(1)</script></html>"),
    "png-head": ("a head of 60,000 by 60,000 dots", "png", png(60_000, 60_000)),
    "png-flat": ("no width", "png", png(0, 9)),
    "png-text": ("a packed text of a gigabyte", "png", lambda: png(8, 8, b"\0" * 200, (b"zTXt", b"a\0\0" + zlib.compress(b"x" * 50_000_000, 9)))),
    "png-icc": ("a profile that unpacks without end", "png", lambda: png(8, 8, b"\0" * 200, (b"iCCP", b"a\0\0" + zlib.compress(b"\0" * 50_000_000, 9)))),
    "png-cut": ("cut off in the middle", "png", png(64, 64, b"\0" * 193 * 64)[:90]),
    "png-long": ("more rows than were said", "png", lambda: png(8, 8, b"\0" * 50_000_000)),
    "jpeg-cut": ("cut off in the middle", "jpg", picture("JPEG")[:400]),
    "jpeg-head": ("nothing but a head", "jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"),
    "jpeg-after": ("a web page behind the picture", "jpg", picture("JPEG") + b"<script>alert(1)</script>"),
    "gif-huge": ("a screen of 65,535 by 65,535 dots", "gif", b"GIF89a\xff\xff\xff\xff\x80\0\0" + b"\0\0\0\xff\xff\xff" + b",\0\0\0\0\xff\xff\xff\xff\0\x02\x02L\x01\0;"),
    "tiff": ("a kind that reading systems lack", "tiff", picture("TIFF")),
    "tiff-loop": ("a directory that follows itself", "tiff", b"II*\0\x08\0\0\0" + b"\0\0" + b"\x08\0\0\0"),
    "webp-cut": ("cut off in the middle", "webp", picture("WEBP")[:30]),
    "empty": ("nothing", "png", b""),
    "noise": ("noise", "png", bytes(range(256)) * 40),
    "svg-script": ("scripts in it", "svg", SVG.format('<script>alert(1)</script><a x:href="javascript:1"><text y="20" onclick="alert(1)">t</text></a>')),
    "svg-file": ("files of this machine", "svg", SVG.format(f'<image x:href="file://{HIDDEN}.png" width="64" height="64"/><use x:href="{HIDDEN}.svg#t"/>')),
    "svg-net": ("the network", "svg", SVG.format(f'<image href="{TRAP}/a.png" width="9" height="9"/><style>@import "{TRAP}/a.css"; rect {{ fill: url({TRAP}/b.svg#c) }}</style><rect width="9" height="9"/>')),
    "svg-entity": ("an entity of a file", "svg", f'<!DOCTYPE svg [<!ENTITY a SYSTEM "file://{HIDDEN}.txt">]>' + SVG.format('<text y="20">&a;</text>')),
    "svg-laughs": ("entities that multiply", "svg", "<!DOCTYPE svg [<!ENTITY a0 'x'>" + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10)) + "]>" + SVG.format("<text>&a9;</text>")),
    "svg-uses": ("uses that multiply", "svg", SVG.format(f'<defs><rect id="a0" width="1" height="1"/>{USES}</defs><use x:href="#a8"/>')),
    "svg-deep": ("groups nested deep", "svg", SVG.format("<g>" * 5_000 + "</g>" * 5_000)),
    "svg-foreign": ("a web page inside", "svg", SVG.format(f'<foreignObject width="64" height="64"><iframe xmlns="http://www.w3.org/1999/xhtml" src="{TRAP}"/></foreignObject>')),
}  # fmt: skip

FONTS: dict[str, tuple[str, bytes]] = {
    "noise": ("noise", bytes(range(256)) * 40),
    "cut": ("a head without tables", b"\0\1\0\0\0\x40\0\0\0\0\0\0" + b"glyf" * 20),
    "html": ("a page that is called a typeface", b"<html>"),
    "woff": ("a packed typeface of a size that is a lie", b"wOFF\0\1\0\0\xff\xff\xff\xff\xff\xff" + b"\0" * 60),
    "eps": ("PostScript that is called a typeface", EPS),
    "collection": ("a collection of four thousand million", b"ttcf\0\1\0\0\xff\xff\xff\xff" + b"\0\0\0\x0c" * 50),
}


def cases() -> Iterator[Case]:
    """Yield the cases."""
    for name, (title, ending, data) in PICTURES.items():
        text = f"{HEAD}{FIRST}.\n\n![It shows a thing](images/a.{ending})\n\n{LAST}.\n"
        files: dict[str, Data] = {f"{PICTURE}.{ending}": data, ESSAY: text}
        yield Case(f"g-{name}", "project", "", f"a picture: {title}", files, keep=(FIRST, LAST))
    for name in ("eps-png", "png-head", "jpeg-cut", "svg-script", "svg-net", "svg-entity"):
        title, ending, data = PICTURES[name]
        page_files: dict[str, Data] = {"in.html": page(f'<img src="a.{ending}" alt="a thing">'), f"a.{ending}": data}
        yield Case(
            f"h-picture-{name}",
            "html-import",
            "in.html",
            f"a page with {title}",
            page_files,
            must=(TOLD,),
            keep=(FIRST, LAST),
        )
    cover: dict[str, Data] = {
        "manuscript/cover.png": png(60_000, 60_000),
        BOOK: f"{KEYS}cover: cover.png\n",
    }
    yield Case("g-cover", "project", "", "a cover of 60,000 by 60,000 dots", cover, must=(TOLD,))
    for name, (title, data) in FONTS.items():
        fonts: dict[str, Data] = {"styles/fonts/Evil-Regular.ttf": data, BOOK: f"{KEYS}look: {{text_face: Evil}}\n"}
        yield Case(f"f-{name}", "project", "", f"a typeface: {title}", fonts, must=(TOLD,))
    yield from _documents()
    yield from _books()


def _documents() -> Iterator[Case]:
    laughs = (
        "<!DOCTYPE w [<!ENTITY a0 'x'>" + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10)) + "]>"
    )
    made: dict[str, tuple[str, Data]] = {
        "linked": ("a picture of this machine", docx(drawn("link"), related(f"file://{HIDDEN}.png", "External"))),
        "remote": ("a picture of the network", docx(drawn("link"), related(f"{TRAP}/a.png", "External"))),
        "up": ("a picture from above", docx(drawn("embed"), related("../../../../../../../etc/passwd"))),
        "entity": ("an entity of a file", docx("<w:p><w:r><w:t>&a;</w:t></w:r></w:p>", head=f'<!DOCTYPE w [<!ENTITY a SYSTEM "file://{HIDDEN}.txt">]>')),
        "laughs": ("entities that multiply", docx("<w:p><w:r><w:t>&a9;</w:t></w:r></w:p>", head=laughs)),
        "bomb": ("a part that unpacks to a gigabyte", lambda: docx(more={"word/media/a.png": b"\0" * 300_000_000})),
        "slip": ("names that lead out", docx(more={"../../../../tmp/op-slip.txt": "x", "/tmp/op-abs.txt": "x", "..\\..\\op-slip.txt": "x"})),
        "eps": ("a picture that is PostScript", docx(drawn("embed"), related("media/a.png"), more={"word/media/a.png": EPS})),
        "link": ("a link that runs", docx('<w:p><w:hyperlink r:id="p"><w:r><w:t>x</w:t></w:r></w:hyperlink></w:p>', related("javascript:alert(1)", "External").replace("/image", "/hyperlink"))),
        "deep": ("tables in tables", docx("<w:tbl><w:tr><w:tc>" * 300 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 300)),
        "cut": ("an archive that is cut off", docx()[:-200]),
        "none": ("an archive of something else", zipped({"a.txt": "x"})),
        "include": ("fields that include", docx(f'<w:p><w:r><w:instrText>INCLUDETEXT "{HIDDEN}.txt"</w:instrText></w:r></w:p>')),
    }  # fmt: skip
    for name, (title, data) in made.items():
        files: dict[str, Data] = {"in.docx": data}
        yield Case(f"d-{name}", "docx-import", "in.docx", f"a Word document: {title}", files, keep=(FIRST, LAST))


def _books() -> Iterator[Case]:
    made: dict[str, tuple[str, Data]] = {
        "script": ("scripts and forms", epub(f'<script>alert(1)</script><form action="{TRAP}"><input/></form><p onclick="x">y</p>')),
        "entity": ("an entity of a file", epub("<p>&a;</p>", head=f'<!DOCTYPE html [<!ENTITY a SYSTEM "file://{HIDDEN}.txt">]>')),
        "up": ("a document from above", epub("", path="../../../../../tmp/op-slip.txt")),
        "remote": ("pictures of the network", epub(f'<img src="{TRAP}/a.png" alt="a"/>')),
        "bomb": ("a file that unpacks to a gigabyte", lambda: epub("", more={"EPUB/x.css": b" " * 300_000_000})),
        "deep": ("markup nested deep", epub("<div>" * 3_000 + "</div>" * 3_000)),
        "container": ("a container that is a bomb", epub("", more={"META-INF/encryption.xml": "<!DOCTYPE a [<!ENTITY a 'x'>]><a>&a;</a>"})),
        "cut": ("an archive that is cut off", epub("")[:-100]),
        "noise": ("bytes that are no book", bytes(range(256)) * 40),
        "empty": ("nothing", b""),
    }  # fmt: skip
    for name, (title, data) in made.items():
        files: dict[str, Data] = {"in.epub": data}
        yield Case(f"e-{name}", "check", "in.epub", f"an EPUB to check: {title}", files, must=(TOLD,))
        if name in {"script", "entity", "up", "remote", "bomb"}:
            yield Case(f"e-import-{name}", "epub-import", "in.epub", f"an EPUB to import: {title}", files)
