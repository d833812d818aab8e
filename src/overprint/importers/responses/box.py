"""The words of a comment: where they stand in its box, and without the buttons and the byline around them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lxml import etree, html

from overprint.importers import walk
from overprint.importers.responses import bylines
from overprint.importers.responses.marks import HEADINGS, SILENT, UNREAD, roles, text_of
from overprint.importers.responses.units import OWN_LINK, own

if TYPE_CHECKING:
    from collections.abc import Container

    from lxml.etree import _Element as Element

    from overprint.importers.responses.units import Unit

BYLINE = frozenset(("meta", "date", "badge", "profile"))
NO_TITLE = frozenset(("author", "name", "noise", "date", "badge", "profile"))
SHORT = 200
"""Signs of what may be a button or a byline; what is longer is somebody's words, whatever it is called."""
LINE = 60
LISTED = frozenset(("ul", "ol", "dl", "pre", "table"))
NAME = re.compile(r"[a-z][\w.-]*", re.ASCII)
"""Names that lxml makes; it reads any other too, such as `fb:comments`, or a quotation mark between attributes."""


@dataclass(slots=True)
class Box:
    """A box with what its elements claim, each looked up once."""

    unit: Unit
    units: Container[Element]
    nodes: list[Element]
    claims: dict[Element, frozenset[str]]
    holding: frozenset[Element]
    """Elements that hold a byline: a name, a date, or the box of one."""

    def whole(self, element: Element) -> bool:
        """Tell whether an element is all of the comment."""
        return len(self.unit.roots) == 1 and element is self.unit.roots[0]

    def inside(self, element: Element, of: Container[Element]) -> bool:
        """Tell whether one of these elements is, or holds, the element."""
        while element not in self.unit.roots:
            if element in of:
                return True
            parent = element.getparent()
            if parent is None:
                return False
            element = parent
        return element in of


def box_of(unit: Unit, units: Container[Element]) -> Box:
    """Return the box of a comment; `units` are the elements of all comments."""
    nodes = list(own(unit, units))
    claims = {each: roles(each) for each in nodes}
    holding: set[Element] = set()
    signed = any(claims[each] & {"name", "author"} for each in nodes if each not in unit.roots)
    for each in nodes:
        told = claims[each] & {"name", "author", "date", "meta"}
        if told or each.tag == "time" or (each.tag == "cite" and not signed):
            above: Element | None = each
            while above is not None and above not in holding:
                holding.add(above)
                if above in unit.roots:
                    break
                above = above.getparent()
    return Box(unit, units, nodes, claims, frozenset(holding))


def bodies_of(box: Box) -> list[Element]:
    """Return the elements that hold the comment's words and nothing of its byline; none when the theme names none."""
    for role in ("text", "said", "content"):
        found: list[Element] = []
        for each in box.nodes:
            claims = box.claims[each]
            fits = role in claims and each not in box.holding and not box.whole(each)
            doubtful = role == "content" and claims & {"noise", "badge"}
            if fits and not doubtful and not box.inside(each, found) and _shows(each):
                found.append(each)
        if found:
            return found
    return []


def _shows(element: Element) -> bool:
    return bool(text_of(element, most=1)) or next(element.iter("img", "picture", "video", "audio"), None) is not None


def title_of(box: Box, heads: list[Element], writer: Element | None) -> str:
    """Return the subject that the writer gave the comment."""
    for each in heads:
        claims = box.claims[each]
        if not (each.tag in HEADINGS or "title" in claims) or box.whole(each) or claims & NO_TITLE:
            continue
        text = text_of(each)
        if text and len(text) <= SHORT and writer not in set(each.iter()) and bylines.subject(text):
            # A forum repeats the title of the page over each post.
            page = each.getroottree().getroot().find("head/title")
            return "" if page is not None and text in (page.text or "") else text
    return ""


def markdown(
    box: Box, elements: list[Element], dropped: set[Element], base: str, *, title: str = "", whole: bool = False
) -> str:
    """Return the comment's words as Markdown, from a copy without the buttons and the byline.

    Args:
        box: the comment's box.
        elements: the elements that hold the words.
        dropped: the elements of the byline.
        base: the address of the page.
        title: the subject, which is put before the words.
        whole: whether the elements hold the byline too.
    """
    # In a document of its own, or the walk would look for notes in the whole page.
    copy = html.Element("div")
    if title:
        etree.SubElement(etree.SubElement(copy, "p"), "strong").text = title
    for element in elements:
        if element not in dropped:
            copy.append(_copied(box, element, dropped, whole=whole))
    return walk.markdown(copy, base=base, heading=4).text


def _copied(box: Box, element: Element, dropped: set[Element], *, whole: bool) -> Element:
    made: Element = html.Element(element.tag if element.tag in LISTED else "div")
    made.text = element.text
    stack = [(element, made)]
    while stack:
        source, target = stack.pop()
        last: Element | None = None
        for child in source:
            if _left_out(box, child, dropped, whole=whole):
                tail = child.tail or ""
                if last is None:
                    target.text = _joined(target.text or "", tail)
                else:
                    last.tail = _joined(last.tail or "", tail)
                continue
            last = made.makeelement(child.tag if NAME.fullmatch(child.tag) else "span")
            for key in filter(NAME.fullmatch, map(str, child.keys())):
                last.set(key, child.get(key) or "")
            last.text, last.tail = child.text, child.tail
            target.append(last)
            stack.append((child, last))
    if whole:
        _trim(made)
    return made


def _joined(before: str, after: str) -> str:
    apart = not before or not after or before[-1].isspace() or after[0].isspace()
    return before + after if apart else f"{before} {after}"


def _left_out(box: Box, element: Element, dropped: set[Element], *, whole: bool) -> bool:
    """Tell whether a part is a button, a byline or another comment; what is long stays, whatever it is called."""
    if not isinstance(element.tag, str) or element.tag in UNREAD or element.tag in SILENT:
        return True
    if element in dropped or element in box.units:
        return True
    claims = box.claims[element] if element in box.claims else roles(element)
    if "replies" in claims and element.tag in ("ul", "ol", "div", "section"):
        return True
    named = claims & {"noise", "unseen"} or (whole and element in box.holding and claims & BYLINE)
    if named and len(text_of(element, most=SHORT)) <= SHORT:
        return True
    href = (element.get("href") or "").lower() if element.tag == "a" else ""
    pressed = href.startswith("javascript:") or href == "#" or (whole and bool(OWN_LINK.search(href)))
    return pressed and len(text_of(element)) <= LINE


def _trim(made: Element) -> None:
    """Take away loose words of the byline, such as “says:” or “|”, unless the comment has no others."""
    if bylines.connects(text_of(made), ()):
        return
    for each in made.iter():
        if each.tag in ("div", "li", "dt", "dd", "article", "section", "td", "footer", "header"):
            if bylines.connects(each.text or "", ()):
                each.text = " " if each.text else None
            for child in each:
                if child.tail and bylines.connects(child.tail, ()):
                    child.tail = " "
