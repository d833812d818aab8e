"""The book for reading on a screen: the printed pages, with equal margins, links, tags and what catalogues ask.

The pages are those of print, blank ones too, so that page 57 is page 57 in both, a reference from one finds its place
in the other, and facing pages face each other. Only the paper moves: where print has a wider margin at the spine, the
edge of the page is shifted by half the difference, and nothing on it changes its place.
"""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

FINEST = 200
"""Pixels to an inch of the page's width; more nobody sees on a screen."""
QUALITY = 82
UA = "http://www.aiim.org/pdfua/ns/id/"


def screen(source: Path, target: Path, sides: tuple[float, float], *, title: str) -> None:
    """Make the file of the laid-out book `source`; `sides` are its inner and outer margin in points.

    Right pages are the first, third and so on, as the first page of a book is.
    """
    import pikepdf
    from pikepdf import Array

    shift = (sides[0] - sides[1]) / 2
    with pikepdf.open(source) as pdf:
        for number, page in enumerate(pdf.pages):
            left, bottom, right, top = (float(each) for each in page.trimbox)
            bleeds = [float(each) for each in page.mediabox] != [left, bottom, right, top]
            by = 0.0 if bleeds else -shift if number % 2 else shift
            box = Array([round(left + by, 3), bottom, round(right + by, 3), top])
            for name in ("/BleedBox", "/CropBox", "/ArtBox"):
                if name in page.obj:
                    del page.obj[name]
            page.obj.MediaBox = page.obj.TrimBox = box
        widest = max((float(page.trimbox[2]) - float(page.trimbox[0]) for page in pdf.pages), default=0)
        for each in pdf.objects:
            if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == "/Image":
                _lighten(each, round(widest / 72 * FINEST))
        _drop_empty_links(pdf)
        _describe(pdf, title)
        pdf.save(target, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def _describe(pdf: Any, title: str) -> None:
    """Say in the file's metadata what its title page says, and that it is made by the rules of PDF/UA-1."""
    with pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
        metadata.load_from_docinfo(pdf.docinfo)
        metadata["dc:title"] = title
        metadata[f"{{{UA}}}part"] = "1"


def _drop_empty_links(pdf: Any) -> None:
    """Take out links of no width that stand beside the words that they are of: where a line is broken some are left.

    PDF/UA wants each link within the tag of a link; those of words are.
    """
    from pikepdf import NumberTree

    tags = NumberTree(pdf.Root.StructTreeRoot.ParentTree) if "/StructTreeRoot" in pdf.Root else {}
    for page in pdf.pages:
        links = page.get("/Annots", [])
        for link in [each for each in links if _is_empty(each) and int(each.get("/StructParent", -1)) in tags]:
            tag = tags[int(link.StructParent)]
            if tag.S == "/Link":
                continue
            parts = tag.K if _is_array(tag.K) else [tag.K]
            tag.K = pdf.make_indirect([each for each in parts if not _leads_to(each, link)])
            page.Annots = pdf.make_indirect([each for each in page.Annots if each.objgen != link.objgen])


def _is_empty(link: Any) -> bool:
    left, bottom, right, top = (float(each) for each in link.Rect)
    return left == right or bottom == top


def _is_array(source: Any) -> bool:
    from pikepdf import Array

    return isinstance(source, Array)


def _leads_to(part: Any, link: Any) -> bool:
    """Say whether a part of a tag names a link."""
    from pikepdf import Dictionary

    return isinstance(part, Dictionary) and "/Obj" in part and part.Obj.objgen == link.objgen


def _lighten(picture: Any, most: int) -> None:
    """Make a photograph smaller where it is wider than `most` pixels; others stay as they are."""
    from pikepdf import Name, PdfImage
    from PIL import Image

    if picture.get("/Filter") != Name.DCTDecode or int(picture.Width) <= most or "/SMask" in picture:
        return
    with PdfImage(picture).as_pil_image() as whole:
        if whole.mode not in {"RGB", "L"}:
            return
        small = whole.resize((most, max(1, round(whole.height * most / whole.width))), Image.Resampling.LANCZOS)
    made = io.BytesIO()
    small.save(made, "JPEG", quality=QUALITY, optimize=True)
    if len(made.getvalue()) < len(picture.read_raw_bytes()):
        picture.write(made.getvalue(), filter=Name.DCTDecode)
        picture.Width, picture.Height = small.size
