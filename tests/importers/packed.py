"""Small documents of word processors and reading systems, made by hand for the tests of their readers."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from PIL import Image

if TYPE_CHECKING:
    from pathlib import Path

    from overprint.diagnostics import Made
    from overprint.model import Imported

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
WORD = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    f'xmlns:r="{OFFICE}" xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
)
STYLES = "Title Subtitle Author Quote".split()


def archive(files: dict[str, str | bytes]) -> bytes:
    """Return a ZIP archive."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in files.items():
            packed.writestr(name, data)
    return whole.getvalue()


def put(folder: Path, name: str, files: dict[str, str | bytes]) -> Path:
    """Write a ZIP archive."""
    path = folder / name
    path.write_bytes(archive(files))
    return path


def picture() -> bytes:
    """Return a small picture."""
    whole = io.BytesIO()
    Image.new("L", (2, 2)).save(whole, "PNG")
    return whole.getvalue()


def run(words: str, marks: str = "") -> str:
    """Return a run of words in Word's XML."""
    return f'<w:r><w:rPr>{marks}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def paragraph(content: str, style: str = "") -> str:
    """Return a paragraph in Word's XML; words alone become a run."""
    inside = content if content.startswith("<") else run(content)
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{inside}</w:p>'


def docx(body: str, links: str = "", **parts: str | bytes) -> dict[str, str | bytes]:
    """Return the files of a Word document; `parts` are more of them, such as `comments`, `links` lead to them."""
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{name}"/></w:style>' for name in STYLES
    )
    named = {f"word/{name}.xml": data for name, data in parts.items() if name != "core"}
    if "core" in parts:
        named["docProps/core.xml"] = parts["core"]
    return {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="png" '
        'ContentType="image/png"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r0" '
        f'Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{links}</Relationships>',
        "word/styles.xml": f"<w:styles {WORD}>{styles}</w:styles>",
        "word/document.xml": f"<w:document {WORD}><w:body>{body}</w:body></w:document>",
        **named,
    }


def core(**said: str) -> str:
    """Return what a Word document says of itself."""
    inside = "".join(f"<dc:{name}>{words}</dc:{name}>" for name, words in said.items())
    return (
        f'<cp:coreProperties xmlns:cp="urn:cp" xmlns:dc="http://purl.org/dc/elements/1.1/">{inside}</cp:coreProperties>'
    )


def drawn(ident: str, alt: str) -> str:
    """Return a picture in Word's XML, which the relationship `ident` leads to."""
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" descr="{alt}"/><a:graphic><a:graphicData><pic:pic>'
        f'<pic:blipFill><a:blip r:embed="{ident}"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline>'
        "</w:drawing></w:r>"
    )


def codes(made: Made[tuple[Imported, ...]]) -> list[str]:
    """Return the codes of what was said."""
    return [each.code for each in made.diagnostics]
