"""What a comment's box says: who wrote it, when, and the comment itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from overprint.importers.responses import bylines, dates
from overprint.importers.responses.box import LINE, SHORT, Box, bodies_of, box_of, markdown, title_of
from overprint.importers.responses.marks import HEADINGS, roles, text_of

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from lxml.etree import _Element as Element

    from overprint.importers.responses.units import Unit

Kind = Literal["comment", "pingback", "trackback"]
NAMING = HEADINGS | {"strong", "b", "a", "cite", "span", "em", "i", "dt", "u"}
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


def read(unit: Unit, units: Container[Element], calendar: dates.Calendar, base: str) -> Letter:
    """Return what the box of a comment says.

    Args:
        unit: the comment.
        units: the elements of all comments, which are left out of this one.
        calendar: what the page says of its time.
        base: the address of the page.
    """
    box = box_of(unit, units)
    bodies = bodies_of(box)
    heads = [each for each in box.nodes if not box.inside(each, bodies)]
    writer, author = _author(box, heads)
    profiles = [each for each in heads if "profile" in box.claims[each]]
    said, when, shown = _date(box, [each for each in heads if not box.inside(each, profiles)], calendar)
    if author is None and said is not None:
        writer, author = _beside(box, heads, said)
    if bodies:
        title = title_of(box, heads, writer)
        start = dates.plain(text_of(bodies[0], most=SHORT))
        body = markdown(box, bodies, set(), base, title="" if start.startswith(dates.plain(title)) else title)
    else:
        found = [each for each in (writer, said) if each is not None]
        body = markdown(box, unit.roots, _byline(box, found, (author or "", shown)), base, whole=True)
    kind = _kind(unit, body, text_of(unit.roots[0], most=SHORT))
    if kind != "comment":
        author = author or _linked(box)
        body = PING.sub("", body, count=1)
        if author and dates.plain(body).strip("[]() ").startswith(dates.plain(author)) and "\n" not in body:
            body = ""
    return Letter(author, when, shown, body, kind)


def _author(box: Box, heads: list[Element]) -> tuple[Element | None, str | None]:
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


def _beside(box: Box, heads: list[Element], said: Element) -> tuple[Element | None, str | None]:
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


def _date(box: Box, heads: list[Element], calendar: dates.Calendar) -> tuple[Element | None, dates.When | None, str]:
    """Return the element that holds the date, the date, and its words."""
    vague: tuple[Element | None, dates.When | None, str] = (None, None, "")
    for each, text, when in _dated(box, heads, calendar):
        if when.iso and not when.missing:
            return each, when, text
        if vague[1] is None:
            vague = each, when, text
    return vague


def _dated(box: Box, heads: list[Element], calendar: dates.Calendar) -> Iterator[tuple[Element, str, dates.When]]:
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


def _byline(box: Box, found: list[Element], known: tuple[str, str]) -> set[Element]:
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


def _linked(box: Box) -> str | None:
    for each in box.nodes:
        if each.tag == "a" and (text := text_of(each)):
            return text
    return None
