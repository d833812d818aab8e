"""What a PDF shows besides words: its pictures and its links, page by page."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SHOWN = re.compile(rb"(?:^|\s)/(\S+)\s+Do\b")
PAINTING = frozenset("Do sh f F f* B B* b b* S s".split())


def pictures(path: Path) -> tuple[Counter[int], bool]:
    """Return how many pictures each page paints, counted from 0, and whether drawings are among them.

    A tagged file marks its figures, and empty ones do not count; in another only photographs can be told.
    """
    import pikepdf

    with pikepdf.open(path) as pdf:
        tagged = "/StructTreeRoot" in pdf.Root
        found: Counter[int] = Counter()
        for number, page in enumerate(pdf.pages):
            found[number] = sum(1 for _ in (_figures(page) if tagged else _photographs(page)))
        return found, tagged


def links(path: Path) -> Counter[str] | None:
    """Return how often each address is linked to; None where the file has no links of any kind, as printers want it."""
    import pikepdf

    with pikepdf.open(path) as pdf:
        notes = [each for page in pdf.pages for each in page.get("/Annots", []) if each.get("/Subtype") == "/Link"]
        return Counter(str(each.A.URI) for each in notes if "/URI" in each.get("/A", {})) if notes else None


def _figures(page: Any) -> Iterator[None]:
    """Yield for each figure of a page that paints anything."""
    import pikepdf

    if b"/Figure" not in _content(page):
        return
    depth, within, painted = 0, 0, False
    instructions: Any = pikepdf.parse_content_stream(page)
    for operands, operator in instructions:
        name = str(operator)
        if name in {"BDC", "BMC"}:
            depth += 1
            if not within and str(operands[0]) == "/Figure":
                within, painted = depth, False
        elif name == "EMC":
            if within == depth:
                within = 0
                if painted:
                    yield
            depth -= 1
        elif within and name in PAINTING:
            painted = True


def _photographs(page: Any) -> Iterator[None]:
    held = page.get("/Resources", {}).get("/XObject", {})
    for name in SHOWN.findall(_content(page)):
        shown = held.get(f"/{name.decode('latin-1')}")
        if shown is not None and shown.get("/Subtype") == "/Image":
            yield


def _content(page: Any) -> bytes:
    held = page.get("/Contents")
    if held is None:
        return b""
    import pikepdf

    parts = held if isinstance(held, pikepdf.Array) else [held]
    return b"\n".join(each.read_bytes() for each in parts)
