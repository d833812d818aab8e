"""Which comment answers which: by nesting, by the markup's own numbers, by lists of replies, by depth."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from overprint.importers.responses import bylines
from overprint.importers.responses.marks import roles, text_of, words
from overprint.importers.responses.units import own

if TYPE_CHECKING:
    from collections.abc import Container, Mapping, Sequence

    from lxml.etree import _Element as Element

    from overprint.importers.responses.units import Unit

PARENT_KEYS = (
    "data-parent-id",
    "data-parent",
    "data-comment-parent",
    "data-parent-comment-id",
    "data-parentid",
    "data-comment-parent-id",
    "data-in-reply-to",
    "data-reply-to",
)
PARENT_CLASS = re.compile(r" (?:[\w-]+-)?(?:child-of|parent-id|parent|reply-to|in-reply-to)-(?:comment-)?(\d+) ")
DEPTH_CLASS = re.compile(r" (?:[\w-]+-)?(?:depth|level|indent|tier)-?(\d+) ")
STYLE_DEPTH = re.compile(r"(?:padding|margin)-left:\s*(\d+)")
LINKED = re.compile(r"#(?:[a-z]+[-_])*(\d+)$", re.I)
CLIMB = 3
LINE = 80


def parents(units: Sequence[Unit]) -> dict[int, Unit]:
    """Return the comment that each answers, by the position of the one that answers."""
    by_id = {each.id: each for each in units if each.id}
    by_element = {each.element: each for each in units}
    found: dict[int, Unit] = {}
    trail: list[tuple[int, Unit]] = []
    for at, unit in enumerate(units):
        depth = _depth(unit.element)
        while trail and trail[-1][0] >= depth:
            trail.pop()
        parent = _named(unit, by_id, by_element) or living(unit.outer, by_element) or _before(unit, by_element)
        if parent is None and trail:
            parent = trail[-1][1]
        if parent is not None and parent is not unit:
            found[at] = parent
        trail.append((depth, unit))
    return found


def living(outer: Unit | None, by_element: Container[Element]) -> Unit | None:
    """Return the comment around, or the one around that where it holds no words."""
    while outer is not None and outer.element not in by_element:
        outer = outer.outer
    return outer


def _named(unit: Unit, by_id: Mapping[str, Unit], by_element: Mapping[Element, Unit]) -> Unit | None:
    """Return the comment that an attribute, a class or a link “in reply to” names."""
    names = [unit.parent_id]
    box: Element | None = unit.element
    for _ in range(CLIMB):
        if box is None or (box is not unit.element and box in by_element):
            break
        names += [box.get(key) or "" for key in PARENT_KEYS]
        if found := PARENT_CLASS.search(words(box.get("class") or "")):
            names.append(found[1])
        box = box.getparent()
    linked = {
        each: found
        for root in unit.roots or [unit.element]
        for each in root.iter("a")
        if (found := LINKED.search(each.get("href") or ""))
    }
    for each in own(unit, by_element) if linked else ():
        if found := linked.get(each):
            said = f"{each.get('class') or ''} {each.get('rel') or ''}".replace("_", "-")
            above = each.getparent()
            lines = (text_of(each), text_of(above, most=LINE) if above is not None else "")
            if "in-reply-to" in said or any(bylines.ANSWERING.match(line) for line in lines):
                names.append(found[1])
    return next((by_id[name] for name in names if name in by_id and by_id[name] is not unit), None)


def _before(unit: Unit, by_element: Mapping[Element, Unit]) -> Unit | None:
    """Return the comment before the list of replies that this one stands in, where the list is no part of it."""
    box = unit.element.getparent()
    for _ in range(CLIMB):
        if box is None or box in by_element:
            return None
        holder = box.getparent()
        nested = box.tag in ("ul", "ol") and holder is not None and holder.tag == "li"
        if nested or "replies" in roles(box):
            for before in box.itersiblings(preceding=True):
                if found := next((by_element[each] for each in before.iter() if each in by_element), None):
                    return found
        box = box.getparent()
    return None


def _depth(element: Element) -> int:
    """Return how deep the markup says a comment stands, 1 when it says nothing."""
    for each in (element, *element.iter("td")):
        for key in ("data-depth", "data-level", "data-indent", "indent"):
            if (value := each.get(key) or "").isdigit():
                return int(value)
    if found := DEPTH_CLASS.search(words(element.get("class") or "")):
        return int(found[1])
    found = STYLE_DEPTH.search(element.get("style") or "")
    return 1 + int(found[1]) if found else 1
