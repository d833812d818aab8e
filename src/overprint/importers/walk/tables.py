"""Tables: those of data as pipe tables, those of layout as what they hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from overprint.importers.walk import left_out
from overprint.importers.walk.inline import BREAK, Style

if TYPE_CHECKING:
    from overprint.importers.walk.blocks import Walk

DEEP = ("table", "ul", "ol", "menu", "dir", "blockquote", "pre", "hr", "h1", "h2", "h3", "h4", "h5", "h6", "figure")
GROUPS = frozenset({"thead", "tbody", "tfoot"})
INSIDE = {"tr": frozenset({"td", "th"}), **dict.fromkeys(GROUPS, frozenset({"tr"}))}
TOP = GROUPS | {"tr", "caption", "colgroup", "col"}

LONGEST = 200
"""Code points; a cell of several paragraphs that are longer lays out a page."""


def table(element: Any, walk: Walk, styles: tuple[Style, ...]) -> list[str]:
    """Return a table of data, or the blocks of one that only lays out a page."""
    rows = _rows(element)
    width = max(map(len, rows), default=0)
    if width < 2 or any(next(cell.iter(*DEEP), None) is not None for row in rows for cell in row):
        return walk.blocks(element, styles)
    captions = [block for each in element.iterchildren("caption") for block in walk.blocks(each, styles)]
    held = [[walk.blocks(cell, styles) for cell in row] for row in rows]
    if any(len(blocks) > 1 and sum(map(len, blocks)) > LONGEST for row in held for blocks in row):
        return captions + [block for row in held for blocks in row for block in blocks]
    headed = all(cell.tag == "th" for cell in rows[0])
    shown = [[_cell(blocks) for blocks in row] + [""] * (width - len(row)) for row in held]
    head = shown.pop(0) if headed else [""] * width
    lines = [head, ["---"] * width, *shown]
    return [*captions, "\n".join(f"| {' | '.join(line)} |" for line in lines)]


def _rows(table: Any) -> list[list[Any]]:
    """Return the cells of each row; none where anything else stands between them, or a part is left out."""
    rows: list[list[Any]] = []
    stack = [table]
    while stack:
        part = stack.pop()
        inside = INSIDE.get(part.tag, TOP)
        children = [each for each in part if isinstance(each.tag, str)]
        loose = (part.text or "", *(each.tail or "" for each in part))
        fits = all(each.tag in inside and left_out.reason(each) is None for each in children)
        if not fits or any(map(str.strip, loose)):
            return []
        if part.tag == "tr" and children:
            rows.append(children)
        stack += [each for each in reversed(children) if each.tag in INSIDE]
    return rows


def _cell(blocks: list[str]) -> str:
    return " ".join(blocks).replace(BREAK, " ").replace("|", "\\|")
