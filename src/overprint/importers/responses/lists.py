"""Comments without any mark of their own: a part of the page is called “Comments”, and dated entries recur in it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from overprint.importers.responses import counts, dates
from overprint.importers.responses.marks import CONTROLS, HEADINGS, UNSHOWN, claimed, roles, text_of
from overprint.importers.responses.units import Unit, number_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lxml.etree import _Element as Element

LINE = 120


def find(root: Element) -> list[Unit]:
    """Return the entries of the first part that is called “Comments” and holds dated ones."""
    without: set[Element] = set()
    for parts in _parts(root):
        if without.isdisjoint(parts[0].iterancestors()):
            dated = _dated(parts)
            if found := _entries(parts, dated):
                return found
            without |= set() if dated else set(parts)
    return []


def _parts(root: Element) -> list[list[Element]]:
    """Return the parts of the page for comments, each as a list of siblings."""
    named = [
        list(each)
        for each in root.iter("div", "section", "ul", "ol", "dl", "table", "aside", "article")
        if "section" in roles(each) or "section" in claimed(each.get("id") or "")
    ]
    headed = [
        [*each.itersiblings()]
        for each in root.iter(*HEADINGS, "p", "legend")
        if (each.tag in HEADINGS or len(each) <= 2) and counts.label(text_of(each, most=counts.LONGEST))
    ]
    return [part for part in (*named, *headed) if part]


def _dated(parts: Sequence[Element]) -> list[Element]:
    """Return the innermost elements that show a date, no more than a line long."""
    found: list[Element] = []
    for part in parts:
        for each in part.iter("*"):
            if each.tag in UNSHOWN or each.tag in CONTROLS or (found and found[-1] in each.iterancestors()):
                continue
            lines = (each.text, *(child.tail for child in each), each.get("datetime"))
            if any(line and len(line) <= LINE and dates.read(line) for line in lines):
                found.append(each)
    return found


def _entries(parts: Sequence[Element], dated: Sequence[Element]) -> list[Unit]:
    """Return what each date stands in: a box of its own, or the siblings up to the next date."""
    tops, paths = set(parts), []
    for each in dated:
        path = [each]
        while path[-1] not in tops and (above := path[-1].getparent()) is not None:
            path.append(above)
        paths.append(path)
    held = Counter(element for path in paths for element in path)
    boxes = [[each for each in path if held[each] == 1][-1] for path in paths if held[path[0]] == 1]
    level = Counter(each.getparent() for each in boxes).most_common(1)
    if not level:
        return []
    boxes = [each for each in boxes if each.getparent() is level[0][0]]
    if all(len(text_of(each)) <= LINE for each in boxes) and (runs := _runs(parts, boxes)):
        return [_unit(run[0], run) for run in runs]
    return [_unit(each, [each]) for each in boxes]


def _unit(element: Element, roots: list[Element]) -> Unit:
    return Unit(element, element.get("data-id") or number_in(element), roots=roots)


def _runs(parts: Sequence[Element], boxes: Sequence[Element]) -> list[list[Element]]:
    """Divide siblings where no box holds an entry: each has a head with the date, or ends with it."""
    parent = boxes[0].getparent()
    row = list(parent) if parent is not None else []
    tops = set(parts)
    row = [each for each in row if isinstance(each.tag, str) and (each in tops or boxes[0] not in tops)]
    row = [each for each in row if not counts.label(text_of(each))]
    places = {each: at for at, each in enumerate(row)}
    heads = [places[each] for each in boxes]
    end = next(
        (
            at
            for at in range(heads[-1] + 1, len(row))
            if row[at].tag in ("form", "h2", "h3") and row[at].tag != boxes[0].tag
        ),
        len(row),
    )
    after = row[heads[-1] + 1 : end]
    if not any(text_of(each) for each in after):
        starts = [0, *(at + 1 for at in heads[:-1])]
        runs = [row[start : at + 1] for start, at in zip(starts, heads, strict=True)]
    else:
        named = all(at and row[at - 1].tag == row[heads[0] - 1].tag and _names(row[at - 1]) for at in heads)
        heads = [at - 1 if named else at for at in heads]
        runs = [row[start:stop] for start, stop in zip(heads, [*heads[1:], end], strict=True)]
    return runs if all(len(run) > 1 for run in runs) else []


def _names(element: Element) -> bool:
    text = text_of(element)
    return 0 < len(text) <= 60 and text[-1] not in ".!?" and (element.tag != "p" or bool(element.get("class")))
