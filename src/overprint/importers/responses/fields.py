"""What a comment's box says: who wrote it, when, and the comment itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from lxml import html

from overprint.importers import walk
from overprint.importers.responses import bylines, dates
from overprint.importers.responses.marks import SILENT, UNREAD, roles, text_of
from overprint.importers.responses.units import OWN_LINK, own

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from lxml.etree import _Element as Element

    from overprint.importers.responses.units import Unit

Kind = Literal["comment", "pingback", "trackback"]
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
BYLINE = frozenset(("meta", "date", "badge", "profile"))
NO_TITLE = frozenset(("author", "name", "noise", "date", "badge", "profile"))
NAMING = HEADINGS | {"strong", "b", "a", "cite", "span", "em", "i", "dt", "u"}
SHORT = 200
LINE = 60
NAME = 100
DATE_KEYS = (
    "content",
    "datetime",
    "data-time",
    "data-timestamp",
    "data-utime",
    "data-date",
    "data-created",
    "data-epoch",
    "title",
)
QUOTED = re.compile(r"\[(?:…|\.\.\.|&#8230;)\].*\[(?:…|\.\.\.)\]", re.S)
PING = re.compile(r"\s*(ping|track)back(?:\s+(?:by|von|from|de|da|di|par|on))?\s*[:–—-]?\s*", re.I)


@dataclass(slots=True)
class Letter:
    """A comment as its box says; `when` is None where there is no date, `shown` its date in words."""

    author: str | None
    when: dates.When | None
    shown: str
    body: str
    kind: Kind


@dataclass(slots=True)
class _Box:
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


def read(unit: Unit, units: Container[Element], calendar: dates.Calendar, base: str) -> Letter:
    """Return what the box of a comment says.

    Args:
        unit: the comment.
        units: the elements of all comments, which are left out of this one.
        calendar: what the page says of its time.
        base: the address of the page.
    """
    box = _box(unit, units)
    bodies = _bodies(box)
    heads = [each for each in box.nodes if not box.inside(each, bodies)]
    writer, author = _author(box, heads)
    profiles = [each for each in heads if "profile" in box.claims[each]]
    said, when, shown = _date(box, [each for each in heads if not box.inside(each, profiles)], calendar)
    if author is None and said is not None:
        writer, author = _beside(box, heads, said)
    title = _title(box, heads, writer) if bodies else None
    found = [each for each in (writer, said) if each is not None]
    dropped = set() if bodies else _byline(box, found, (author or "", shown))
    body = _markdown(box, bodies or unit.roots, dropped, base, whole=not bodies)
    if title and not dates.plain(body).startswith(dates.plain(title)):
        body = f"**{title}**\n\n{body}"
    kind = _kind(unit, body, text_of(unit.roots[0], most=SHORT))
    if kind != "comment":
        author = author or _linked(box)
        body = PING.sub("", body, count=1)
        if author and dates.plain(body).strip("[]() ").startswith(dates.plain(author)) and "\n" not in body:
            body = ""
    return Letter(author, when, shown, body, kind)


def _box(unit: Unit, units: Container[Element]) -> _Box:
    nodes = list(own(unit, units))
    claims = {each: roles(each) for each in nodes}
    holding: set[Element] = set()
    signed = any(claims[each] & {"name", "author"} for each in nodes if each not in unit.roots)
    for each in nodes:
        if (
            each.tag == "time"
            or claims[each] & {"name", "author", "date", "meta"}
            or (each.tag == "cite" and not signed)
        ):
            above: Element | None = each
            while above is not None and above not in holding:
                holding.add(above)
                if above in unit.roots:
                    break
                above = above.getparent()
    return _Box(unit, units, nodes, claims, frozenset(holding))


def _bodies(box: _Box) -> list[Element]:
    """Return the elements that hold the comment's words and nothing of its byline; none when the theme names none."""
    for role in ("text", "said", "content"):
        found: list[Element] = []
        for each in box.nodes:
            claims = box.claims[each]
            fits = role in claims and each not in box.holding and not box.whole(each)
            if (
                fits
                and not (role == "content" and claims & {"noise", "badge"})
                and not box.inside(each, found)
                and _shows(each)
            ):
                found.append(each)
        if found:
            return found
    return []


def _shows(element: Element) -> bool:
    return bool(text_of(element, most=1)) or next(element.iter("img", "picture", "video", "audio"), None) is not None


def _author(box: _Box, heads: list[Element]) -> tuple[Element | None, str | None]:
    """Return the element that names the writer, and the name."""
    ranked = (
        lambda each: "name" in box.claims[each],
        lambda each: "author" in box.claims[each],
        lambda each: each.tag == "cite",
    )
    for fits in ranked:
        for each in heads:
            if box.whole(each) or "badge" in box.claims[each] or not fits(each):
                continue
            if name := _name(each):
                return each, name
    found: tuple[Element | None, str | None] = (None, None)
    shortest = SHORT
    for each in heads:
        text = text_of(each, most=SHORT) if each.tag not in ("ul", "ol", "blockquote") else ""
        if text and len(text) < shortest and (said := bylines.writer(text)):
            found, shortest = (each, said), len(text)
    return found


def _beside(box: _Box, heads: list[Element], said: Element) -> tuple[Element | None, str | None]:
    """Return the name that stands nearest before the date, or else behind it, in an element of its own."""
    at = heads.index(said)
    for each in (*reversed(heads[:at]), *heads[at + 1 :]):
        if each.tag in NAMING and not box.whole(each) and said not in set(each.iter()) and len(each) <= 1:
            text = bylines.bare(text_of(each))
            if (
                _is_name(text)
                and len(text) <= LINE
                and text[-1] not in "!?"
                and not roles(each) & {"noise", "badge", "title"}
            ):
                return each, text
    return None, None


def _name(element: Element) -> str:
    """Return the name that an element shows, without the badges and buttons beside it."""
    text = bylines.bare(text_of(element, without=("badge", "unseen", "noise", "date")))
    if _is_name(text):
        return text
    for each in element.iter("a", "strong", "b", "cite", "span"):
        inner = bylines.bare(text_of(each))
        if each is not element and "noise" not in roles(each) and _is_name(inner):
            return inner
    return bylines.writer(text_of(element, most=SHORT)) or ""


def _is_name(text: str) -> bool:
    return 0 < len(text) <= NAME and not bylines.connects(text, ()) and dates.read(text) is None


def _date(box: _Box, heads: list[Element], calendar: dates.Calendar) -> tuple[Element | None, dates.When | None, str]:
    """Return the element that holds the date, the date, and its words."""
    vague: tuple[Element | None, dates.When | None, str] = (None, None, "")
    for each, text, when in _dated(box, heads, calendar):
        if when.iso and not when.missing:
            return each, when, text
        if vague[1] is None:
            vague = each, when, text
    return vague


def _dated(box: _Box, heads: list[Element], calendar: dates.Calendar) -> Iterator[tuple[Element, str, dates.When]]:
    """Yield dates, the surest first: for machines, in an element for dates, in a permalink, in any short line."""
    for each in heads:
        if each.tag == "time" and (found := _stamped(each, calendar)):
            yield each, text_of(each), found
    for each in heads:
        if "date" in box.claims[each]:
            yield from ((each, text_of(each), found) for found in _told(each, calendar))
    links = [each for each in heads if each.tag == "a" and "#" in (each.get("href") or "")]
    lines = [each for each in heads if not box.whole(each) and each.tag not in ("ul", "ol", "blockquote")]
    texts = [(each, text_of(each, most=SHORT)) for each in (*links, *lines)]
    for each, text in sorted(texts, key=lambda pair: len(pair[1])):
        if text and len(text) <= SHORT and (shown := dates.read(text, calendar)):
            yield each, text, shown


def _stamped(element: Element, calendar: dates.Calendar) -> dates.When | None:
    """Return the date of a `<time>`; a stamp in universal time may be a day off from what readers saw."""
    shown, stamp = dates.read(text_of(element), calendar), element.get("datetime") or ""
    if stamp.endswith(("Z", "+00:00")) and shown and shown.iso and not shown.missing:
        return shown
    return dates.machine(stamp, calendar) or shown


def _told(element: Element, calendar: dates.Calendar) -> Iterator[dates.When]:
    """Yield the date of an element for dates: as shown where it is whole, then as stamped, then as far as shown."""
    text = text_of(element)
    shown = dates.read(text, calendar) if len(text) <= SHORT else None
    if shown and shown.iso and not shown.missing:
        yield shown
    for key in DATE_KEYS:
        if exact := dates.machine(element.get(key) or "", calendar):
            yield exact
    if shown:
        yield shown


def _title(box: _Box, heads: list[Element], writer: Element | None) -> str:
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


def _byline(box: _Box, found: list[Element], known: tuple[str, str]) -> set[Element]:
    """Return the elements of the byline: those found, with the boxes that add only words such as “says”."""
    dropped = set()
    for each in found:
        if box.whole(each):
            continue
        top = each
        while top not in box.unit.roots and (above := top.getparent()) is not None and not box.whole(above):
            text = text_of(above, most=2 * SHORT)
            if len(text) > 2 * SHORT or not bylines.connects(text, known):
                break
            top = above
        dropped.add(top)
    return dropped


def _kind(unit: Unit, body: str, start: str) -> Kind:
    classes = (unit.element.get("class") or "").lower()
    if "trackback" in classes:
        return "trackback"
    said = PING.match(start)
    if "pingback" in classes or (said and said[1].lower() == "ping"):
        return "pingback"
    if said and said[1]:
        return "trackback"
    return "pingback" if QUOTED.fullmatch(body.replace("\\", "")) else "comment"


def _linked(box: _Box) -> str | None:
    for each in box.nodes:
        if each.tag == "a" and (text := text_of(each)):
            return text
    return None


def _markdown(box: _Box, elements: list[Element], dropped: set[Element], base: str, *, whole: bool) -> str:
    """Return the comment's words as Markdown, from a copy without the buttons and the byline."""
    # In a document of its own, or the walk would look for notes in the whole page.
    copy = html.Element("div")
    for element in elements:
        if whole and element in dropped:
            continue
        copy.append(_copied(box, element, dropped, whole=whole))
    return walk.markdown(copy, base=base, heading=4).text


def _copied(box: _Box, element: Element, dropped: set[Element], *, whole: bool) -> Element:
    made: Element = html.Element("div")
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
            last = made.makeelement(child.tag)
            last.attrib.update(child.attrib)
            last.text, last.tail = child.text, child.tail
            target.append(last)
            stack.append((child, last))
    if whole:
        _trim(made)
    return made


def _joined(before: str, after: str) -> str:
    return (
        f"{before} {after}"
        if before and after and not before[-1].isspace() and not after[0].isspace()
        else before + after
    )


def _left_out(box: _Box, element: Element, dropped: set[Element], *, whole: bool) -> bool:
    """Tell whether a part is a button, a byline or another comment; what is long stays, whatever it is called."""
    if not isinstance(element.tag, str) or element.tag in UNREAD or element.tag in SILENT:
        return True
    if element in dropped or element in box.units:
        return True
    claims = roles(element)
    if "replies" in claims and element.tag in ("ul", "ol", "div", "section"):
        return True
    named = claims & {"noise", "unseen"} or (whole and element in box.holding and claims & BYLINE)
    if named and len(text_of(element, most=SHORT)) <= SHORT:
        return True
    href = (element.get("href") or "").lower() if element.tag == "a" else ""
    pressed = href.startswith("javascript:") or href == "#" or (whole and bool(OWN_LINK.search(href)))
    return pressed and len(text_of(element)) <= LINE


def _trim(made: Element) -> None:
    """Take away loose words of the byline, such as “says:” or “|”, that stand outside of every element."""
    for each in made.iter():
        if each.tag in ("div", "li", "dt", "dd", "article", "section", "td", "footer", "header"):
            if bylines.connects(each.text or "", ()):
                each.text = " " if each.text else None
            for child in each:
                if child.tail and bylines.connects(child.tail, ()):
                    child.tail = " "
