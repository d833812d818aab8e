"""What a page states of its article for machines: JSON-LD, microdata, Open Graph, Dublin Core and their kin."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from overprint.importers.article.blocks import Element, collapse, line, words
from overprint.importers.article.guess import Guess

DEEPEST = 12
MOST = 5_000
TYPES = re.compile(r"(?:Article|Posting|BlogPost|Report|Review|Essay|Chapter|OpinionNewsArticle|Recipe|CreativeWork)$")

# In the order of trust; the first of a key that says something is taken.
META: Mapping[str, tuple[tuple[str, float], ...]] = {
    "title": (
        ("og:title", 0.85), ("citation_title", 0.9), ("parsely-title", 0.85), ("sailthru.title", 0.85), ("twitter:title", 0.8),
        ("twitter:text:title", 0.8), ("dc.title", 0.8), ("dcterms.title", 0.8), ("headline", 0.8), ("hdl", 0.8), ("title", 0.7),
    ),
    "author": (
        ("citation_author", 0.95), ("parsely-author", 0.9), ("article:author_name", 0.9), ("sailthru.author", 0.85), ("byl", 0.85), ("byline", 0.85),
        ("author", 0.8), ("article:author", 0.75), ("og:article:author", 0.75), ("dc.creator", 0.8), ("dcterms.creator", 0.8), ("dc.author", 0.8),
        ("dc.contributor", 0.5), ("twitter:data1", 0.8), ("cxenseparse:author", 0.7), ("article.author", 0.7), ("citation_authors", 0.9),
    ),
    "date": (
        ("article:published_time", 0.95), ("og:article:published_time", 0.95), ("og:published_time", 0.9), ("citation_publication_date", 0.9),
        ("citation_online_date", 0.85), ("citation_date", 0.85), ("parsely-pub-date", 0.9), ("sailthru.date", 0.7), ("article.published", 0.9),
        ("article:published", 0.9), ("datepublished", 0.9), ("publish-date", 0.9), ("publishdate", 0.9), ("publish_date", 0.9), ("published_at", 0.9),
        ("pubdate", 0.9), ("publication_date", 0.9), ("published", 0.85), ("dcterms.issued", 0.9), ("dc.date.issued", 0.9), ("dcterms.created", 0.85),
        ("dc.date.created", 0.85), ("dcterms.date", 0.8), ("dc.date", 0.8), ("cxenseparse:recs:publishtime", 0.85), ("originalpublicationdate", 0.9),
        ("displaydate", 0.85), ("pdate", 0.85), ("ptime", 0.8), ("article_date_original", 0.9), ("date", 0.75), ("date.created", 0.8),
    ),
    "publication": (
        ("og:site_name", 0.9), ("citation_journal_title", 0.95), ("dc.publisher", 0.7), ("dcterms.publisher", 0.7), ("publisher", 0.6),
        ("application-name", 0.6), ("apple-mobile-web-app-title", 0.5), ("cre", 0.5),
    ),
    "language": (("og:locale", 0.8), ("content-language", 0.7), ("dc.language", 0.7), ("dcterms.language", 0.7), ("language", 0.6)),
    "url": (("og:url", 0.9), ("twitter:url", 0.7), ("parsely-link", 0.8)),
    "subtitle": (("subtitle", 0.8), ("citation_subtitle", 0.8)),
}  # fmt: skip
MICRODATA = {"title": "headline", "subtitle": "alternativeHeadline", "author": "author", "date": "datePublished", "publication": "publisher"}
WROTE = re.compile(r"written by|author|verfasst von|geschrieben von|escrito por|écrit par|scritto da|geschreven door|by", re.I)
SAVED = re.compile(r"saved from url=\(\d+\)(https?://\S+)|^\s*url:\s*(https?://\S+)", re.M)


@dataclass(slots=True)
class Stated:
    """Guesses by key: title, subtitle, author, date, language, url, publication."""

    guesses: dict[str, list[Guess]] = field(default_factory=dict)

    def add(self, key: str, value: object, evidence: str, sure: float, at: int = 0) -> None:
        """Keep what a page says; anything but words is passed over."""
        if isinstance(value, str) and (text := collapse(html.unescape(value))):
            self.guesses.setdefault(key, []).append(Guess(text, evidence, sure, at))

    def of(self, key: str) -> list[Guess]:
        """Return the guesses of a key, the surest first."""
        return sorted(self.guesses.get(key, []), key=lambda each: -each.sure)


def stated(root: Element) -> Stated:
    """Return all that a page states about its article."""
    found = Stated()
    _linked_data(root, found)
    _meta(root, found)
    _microdata(root, found)
    _addresses(root, found)
    return found


def _meta(root: Element, found: Stated) -> None:
    said: dict[str, list[tuple[str, int]]] = {}
    for each in root.iter("meta"):
        content = each.get("content") or ""
        for name in f"{each.get('property') or ''} {each.get('name') or ''} {each.get('itemprop') or ''} {each.get('http-equiv') or ''}".split():
            said.setdefault(name.lower(), []).append((content, line(each)))
    # WordPress says who wrote an essay as the first of two labelled facts.
    if not WROTE.search(" ".join(text for text, _ in said.get("twitter:label1", []))):
        said.pop("twitter:data1", None)
    for key, rows in META.items():
        for name, sure in rows:
            for text, at in said.get(name, [])[: 20 if key == "author" else 1]:
                found.add(key, text, f"the page's data ({name})", sure, at)


def _addresses(root: Element, found: Stated) -> None:
    for each in root.iter("link"):
        if "canonical" in (each.get("rel") or "").lower().split():
            found.add("url", each.get("href"), "the canonical link", 0.95, line(each))
    tree = root.getroottree()
    for note in tree.xpath("//comment()"):
        if saved := SAVED.search((note.text or "")[:2000]):
            found.add("url", saved[1] or saved[2], "the note of the browser that saved the page", 0.6, line(note))
    whole = tree.getroot()
    found.add("language", whole.get("lang") or whole.get("{http://www.w3.org/XML/1998/namespace}lang"), "the page's lang", 0.9, line(whole))


def _microdata(root: Element, found: Stated) -> None:
    for key, prop in MICRODATA.items():
        for each in root.iter():
            if prop not in (each.get("itemprop") or "").split():
                continue
            named = next((one for one in each.iter() if "name" in (one.get("itemprop") or "").split()), None) if key in ("author", "publication") else None
            at = named if named is not None else each
            value = at.get("content") or at.get("datetime") or words(at)
            found.add(key, value, f"the page's microdata ({prop})", 0.8, line(each))
            if key != "author":
                break


def _linked_data(root: Element, found: Stated) -> None:
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or ""):
            continue
        text = re.sub(r"^\s*(?:<!--|//<!\[CDATA\[|/\*<!\[CDATA\[\*/)|(?:-->|//\]\]>|/\*\]\]>\*/)\s*;?\s*$", "", script.text or "").strip().rstrip(";")
        try:
            data = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
        things = list(_things(data))
        known = {thing["@id"]: thing for thing in things if isinstance(thing.get("@id"), str) and len(thing) > 1}
        articles = [thing for thing in things if any(TYPES.search(name) for name in _types(thing)) and "itemReviewed" not in thing]
        if article := next((thing for thing in articles if thing.get("headline") or thing.get("datePublished")), None):
            _article(article, known, found, 0.95, line(script))
        elif page := next((thing for thing in things if "WebPage" in _types(thing)), None):
            _article({key: page[key] for key in ("datePublished", "inLanguage", "author", "publisher") if key in page}, known, found, 0.7, line(script))
        for thing in things:
            if "WebSite" in _types(thing):
                found.add("publication", thing.get("name"), "the page's data (JSON-LD WebSite)", 0.7, line(script))


def _types(thing: Mapping[str, Any]) -> list[str]:
    kinds = thing.get("@type")
    return [each for each in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(each, str)]


def _things(data: object, deep: int = 0) -> Iterator[dict[str, Any]]:
    """Yield each object of the data, the outer first; a list of other pages' articles is passed over."""
    if deep > DEEPEST:
        return
    if isinstance(data, list):
        for each in data[:MOST]:
            yield from _things(each, deep + 1)
    elif isinstance(data, dict):
        yield data
        for key, each in data.items():
            if key not in ("itemListElement", "comment", "review", "hasPart", "citation", "isBasedOn", "mentions", "relatedLink") and isinstance(each, list | dict):
                yield from _things(each, deep + 1)


def _article(thing: Mapping[str, Any], known: Mapping[str, Any], found: Stated, sure: float, at: int) -> None:
    def say(key: str, value: object, name: str, less: float = 0.0) -> None:
        found.add(key, value, f"the page's data (JSON-LD {name})", sure - less, at)

    say("title", thing.get("headline"), "headline")
    say("title", thing.get("name"), "name", 0.1)
    say("subtitle", thing.get("alternativeHeadline"), "alternativeHeadline", 0.2)
    say("date", thing.get("datePublished"), "datePublished")
    say("date", thing.get("dateCreated"), "dateCreated", 0.15)
    language = thing.get("inLanguage")
    say("language", language.get("alternateName") if isinstance(language, dict) else language, "inLanguage", 0.1)
    say("url", thing.get("url"), "url", 0.15)
    for key in ("author", "creator"):
        for who in _several(thing.get(key)):
            who = known.get(who.get("@id"), who) if isinstance(who, dict) and not who.get("name") else who
            name = who.get("name") if isinstance(who, dict) else who
            less = 0.2 if isinstance(who, dict) and "Organization" in _types(who) else 0.0
            for each in _several(name):
                say("author", each, key, less)
        if found.guesses.get("author"):
            break
    for key in ("publisher", "isPartOf"):
        for who in _several(thing.get(key)):
            who = known.get(who.get("@id"), who) if isinstance(who, dict) and not who.get("name") else who
            if isinstance(who, dict) and "WebPage" in _types(who):
                continue
            say("publication", who.get("name") if isinstance(who, dict) else who, key, 0.2)


def _several(value: object) -> list[Any]:
    return value[:20] if isinstance(value, list) else [value] if isinstance(value, str | dict) else []
