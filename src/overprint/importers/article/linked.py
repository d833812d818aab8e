"""What a page states of its article in JSON-LD, the vocabulary of schema.org."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Protocol

from overprint.importers.article.blocks import Element, line

DEEPEST = 12
MOST = 5_000
TYPES = re.compile(r"(?:Article|Posting|BlogPost|Report|Review|Essay|Chapter|Recipe|CreativeWork)$")
WRAPPED = re.compile(r"\A\s*(?:<!--|//<!\[CDATA\[|/\*<!\[CDATA\[\*/)|(?:-->|//\]\]>|/\*\]\]>\*/)?[\s;]*\Z")
OF_OTHERS = frozenset("itemListElement comment review hasPart citation isBasedOn mentions relatedLink".split())
"""What an article says of other works."""

Thing = Mapping[str, Any]


class Add(Protocol):
    """Keeps a fact: its key, value and evidence, how sure it is, and its line."""

    def __call__(self, key: str, value: object, evidence: str, sure: float, at: int = 0) -> None:
        """Keep what a page says; anything but words is passed over."""


def data(root: Element, add: Add) -> None:
    """Tell what the JSON-LD of a page says of its article."""
    for script in root.iter("script"):
        if "ld+json" in (script.get("type") or ""):
            try:
                found = json.loads(WRAPPED.sub("", script.text or ""), strict=False)
            except (ValueError, RecursionError):
                continue
            _page(list(_things(found)), add, line(script))


def _page(things: list[Thing], add: Add, at: int) -> None:
    known = {each["@id"]: each for each in things if isinstance(each.get("@id"), str) and len(each) > 1}
    works = (each for each in things if any(map(TYPES.search, _types(each))) and "itemReviewed" not in each)
    if article := next((each for each in works if each.get("headline") or each.get("datePublished")), None):
        _article(article, known, add, 0.95, at)
    elif page := next((each for each in things if "WebPage" in _types(each)), None):
        # The name of a page is often the site's.
        _article({key: page[key] for key in page if key not in ("headline", "name")}, known, add, 0.78, at)
    for each in things:
        if "WebSite" in _types(each):
            add("publication", each.get("name"), "the page's data (JSON-LD WebSite)", 0.7, at)


def _types(thing: Thing) -> list[str]:
    return [each for each in _several(thing.get("@type")) if isinstance(each, str)]


def _things(found: object, deep: int = 0) -> Iterator[Thing]:
    """Yield each object of the data, the outer first; what is said of other works is passed over."""
    if deep > DEEPEST:
        return
    if isinstance(found, list):
        for each in found[:MOST]:
            yield from _things(each, deep + 1)
    elif isinstance(found, dict):
        yield found
        for key, each in found.items():
            if key not in OF_OTHERS:
                yield from _things(each, deep + 1)


def _article(thing: Thing, known: Mapping[str, Thing], add: Add, sure: float, at: int) -> None:
    def say(key: str, name: str, less: float, value: object) -> None:
        add(key, value, f"the page's data (JSON-LD {name})", sure - less, at)

    for key, name, less in (
        ("title", "headline", 0.0),
        ("title", "name", 0.1),
        ("subtitle", "alternativeHeadline", 0.2),
        ("date", "datePublished", 0.0),
        ("date", "dateCreated", 0.15),
        ("language", "inLanguage", 0.1),
        ("url", "url", 0.15),
    ):
        say(key, name, less, thing.get(name))
    page = thing.get("mainEntityOfPage")
    say("url", "mainEntityOfPage", 0.2, page.get("@id") if isinstance(page, dict) else page)
    # With a fragment it names the thing, not the page.
    say("url", "@id", 0.3, None if "#" in str(thing.get("@id")) else thing.get("@id"))
    for key in ("author", "creator") if thing.get("author") or thing.get("creator") else ():
        for who in _named(thing.get(key), known):
            say("author", key, 0.2 if "Organization" in _types(who) else 0.0, who.get("name"))
    for key in ("publisher", "isPartOf"):
        for who in _named(thing.get(key), known):
            if "WebPage" not in _types(who):
                say("publication", key, 0.2, who.get("name"))


def _named(value: object, known: Mapping[str, Thing]) -> Iterator[Thing]:
    """Yield who is named, each an object with one name; a reference is followed."""
    for each in _several(value):
        who: Thing = each if isinstance(each, dict) else {"name": each}
        who = who if who.get("name") else known.get(str(who.get("@id")), who)
        for name in _several(who.get("name")):
            yield {**who, "name": name}


def _several(value: object) -> list[Any]:
    return value[:20] if isinstance(value, list) else [value] if isinstance(value, str | dict) else []
