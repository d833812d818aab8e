"""What a page says of itself that its comments need: its date, its language, its address, and when it was saved."""

from __future__ import annotations

import datetime
import itertools
import re
from typing import TYPE_CHECKING

from lxml import etree

from overprint.importers.responses import dates

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

IN_ADDRESS = re.compile(r"/((?:19|20)\d\d)/(\d{1,2})(?:/(\d{1,2}))?(?=/|$)")
IN_DATA = re.compile(r'"datePublished"\s*:\s*"(\d{4}-\d\d-\d\d)')
SAVED = re.compile(r"saved date:|file archived on", re.I)
SAVED_FROM = re.compile(r"saved from url=\(\d+\)(\S+)|^\s*url:\s*(\S+)", re.I | re.M)
NOTES = 200
"""Comments of the markup that are looked into; browsers write theirs at the top, archives at the end."""


def address(root: Element) -> str:
    """Return the address of the page, or nothing."""
    for path in ("//base/@href", "//link[@rel='canonical']/@href", "//meta[@property='og:url']/@content"):
        for value in _values(root, path):
            if value.startswith(("http://", "https://")):
                return value
    found = next((each for note in _notes(root) if (each := SAVED_FROM.search(note))), None)
    return next((group for group in found.groups() if group), "") if found else ""


def language(root: Element) -> str:
    """Return the page's language tag, or nothing."""
    html = root.getroottree().getroot()
    return html.get("lang") or html.get("{http://www.w3.org/XML/1998/namespace}lang") or html.get("xml:lang") or ""


def published(root: Element) -> datetime.date | None:
    """Return when the essay appeared, as far as its head, its data or its address say."""
    stated = (
        "//meta[@property='article:published_time' or @name='article:published_time']/@content",
        "//meta[@itemprop='datePublished' or @name='date' or @name='DC.date.issued']/@content",
        "//time[@itemprop='datePublished' or @pubdate]/@datetime",
    )
    scripts = (each.text or "" for each in root.iter("script") if "ld+json" in (each.get("type") or ""))
    in_data = (found[1] for text in scripts if (found := IN_DATA.search(text)))
    in_address = (
        f"{found[1]}-{int(found[2]):02}-{int(found[3] or 1):02}"
        for value in (address(root), *_values(root, "//link[@rel='shortlink']/@href"))
        if (found := IN_ADDRESS.search(value))
    )
    values = itertools.chain.from_iterable(_values(root, path) for path in stated)
    return next((day for value in itertools.chain(values, in_data, in_address) if (day := _day(value))), None)


def saved(root: Element, today: str) -> datetime.date | None:
    """Return when the page was saved: as the caller knows, or as the program that saved it noted."""
    notes = (note[found.end() :] for note in _notes(root) if (found := SAVED.search(note)))
    return next((day for value in (today, *notes) if (day := _day(value))), None)


def _day(value: str) -> datetime.date | None:
    when = dates.machine(value)
    return datetime.date.fromisoformat(when.iso) if when and len(when.iso) == 10 else None


def _values(root: Element, path: str) -> list[str]:
    found = root.xpath(path)
    return [str(each) for each in found] if isinstance(found, list) else []


def _notes(root: Element) -> Iterator[str]:
    tree = root.getroottree().getroot()
    before = (each.text or "" for each in tree.itersiblings(etree.Comment, preceding=True))
    notes = [each.text or "" for each in tree.iter(etree.Comment)]
    after = (each.text or "" for each in tree.itersiblings(etree.Comment))
    return itertools.chain(before, notes[:NOTES], notes[NOTES:][-NOTES:], after)
