"""Tables: those of data as pipe tables, those of layout as what they hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from overprint.importers.walk.inline import BREAK

if TYPE_CHECKING:
    from overprint.importers.walk.blocks import Walk

DEEP = ("table", "ul", "ol", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "figure")

LONGEST = 200
"""Code points; a cell of several paragraphs that are longer lays out a page."""


def table(element: Any, walk: Walk) -> list[str]:
    """Return a table of data, or the blocks of one that only lays out a page."""
    captions = [block for each in element.iterchildren("caption") for block in walk.blocks(each)]
    rows = [list(row.iterchildren("td", "th")) for row in element.iter("tr")]
    rows = [row for row in rows if row]
    width = max(map(len, rows), default=0)
    held = [[walk.blocks(cell) for cell in row] for row in rows]
    laid_out = width < 2 or any(next(cell.iter(*DEEP), None) is not None for row in rows for cell in row)
    if laid_out or any(len(blocks) > 1 and sum(map(len, blocks)) > LONGEST for row in held for blocks in row):
        return captions + [block for row in held for blocks in row for block in blocks]
    headed = all(cell.tag == "th" for cell in rows[0])
    shown = [[_cell(blocks) for blocks in row] + [""] * (width - len(row)) for row in held]
    head = shown.pop(0) if headed else [""] * width
    lines = [head, ["---"] * width, *shown]
    return [*captions, "\n".join(f"| {' | '.join(line)} |" for line in lines)]


def _cell(blocks: list[str]) -> str:
    return " ".join(blocks).replace(BREAK, " ").replace("|", "\\|")
