"""What points at places on pages: links, bookmarks, names and tags. They move with the content."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

By = tuple[float, float]


def move(pdf: Any, moves: Sequence[By]) -> None:
    """Move all that points at pages; `moves` says for each how far its content goes, in points."""
    from pikepdf import Dictionary, NameTree

    by_page = {page.obj.objgen: by for page, by in zip(pdf.pages, moves, strict=True)}
    if not any(by != (0, 0) for by in by_page.values()):
        return
    for page in pdf.pages:
        for link in page.get("/Annots", []):
            link.Rect = _shifted(link.Rect, by_page[page.obj.objgen])
            _lead(link, by_page)
    for each in pdf.objects:
        if isinstance(each, Dictionary) and "/Title" in each and "/Parent" in each:
            _lead(each, by_page)
        elif isinstance(each, Dictionary) and "/A" in each and "/Pg" in each:
            _frame(each, by_page[each.Pg.objgen])
    if "/Dests" in pdf.Root.get("/Names", {}):
        names = NameTree(pdf.Root.Names.Dests)
        for name in list(names):
            names[name] = _led(names[name], by_page)


def _frame(tag: Any, by: By) -> None:
    """Move what a tag says of where its picture stands."""
    from pikepdf import Dictionary

    for told in tag.A if _is_array(tag.A) else [tag.A]:
        if isinstance(told, Dictionary) and "/BBox" in told:
            told.BBox = _shifted(told.BBox, by)


def _lead(holder: Any, by_page: dict[tuple[int, int], By]) -> None:
    if _is_array(holder.get("/Dest")):
        holder.Dest = _led(holder.Dest, by_page)


def _led(target: Any, by_page: dict[tuple[int, int], By]) -> Any:
    """Return a place on a page, moved: the page, /XYZ, left, top and how large it is shown."""
    from pikepdf import Array

    if target[1] != "/XYZ":
        return target
    by = by_page[target[0].objgen]
    return Array([*list(target)[:2], *_shifted(list(target)[2:4], by), *list(target)[4:]])


def _shifted(source: Any, by: By) -> Any:
    """Return numbers of which each second is a height, moved."""
    from pikepdf import Array

    return Array([round(float(value) + by[at % 2], 4) for at, value in enumerate(source)])


def _is_array(source: Any) -> bool:
    from pikepdf import Array

    return isinstance(source, Array)
