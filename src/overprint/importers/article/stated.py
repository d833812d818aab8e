"""What a page states of its article for machines: JSON-LD, microdata, Open Graph, Dublin Core and their kin."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

from lxml import etree

from overprint.importers.article import linked
from overprint.importers.article.blocks import Element, collapse, having, line, words
from overprint.importers.article.guess import Guess


def _ranked(names: str) -> tuple[tuple[str, float], ...]:
    """Return names of metadata with how far they are trusted: a number holds for the names before it."""
    found: list[tuple[str, float]] = []
    waiting: list[str] = []
    for word in names.split():
        if word[0] == "." and word[1:].isdigit():
            found += [(name, float(word)) for name in waiting]
            waiting = []
        else:
            waiting.append(word)
    return tuple(found)


META = {
    key: _ranked(names)
    for key, names in {
        "title": "citation_title .9 og:title parsely-title sailthru.title .85 twitter:title twitter:text:title "
        "dc.title dcterms.title headline hdl .8 title .7",
        "author": "citation_author .95 parsely-author article:author_name citation_authors .9 sailthru.author byl "
        "byline .85 author dc.creator dcterms.creator dc.author twitter:data1 .8 article:author og:article:author "
        ".75 cxenseparse:author article.author .7 dc.contributor .5",
        "date": "article:published_time og:article:published_time .95 og:published_time citation_publication_date "
        "parsely-pub-date article.published article:published datepublished publish-date publishdate publish_date "
        "published_at pubdate publication_date dcterms.issued dc.date.issued originalpublicationdate "
        "article_date_original .9 citation_online_date citation_date published dcterms.created dc.date.created "
        "cxenseparse:recs:publishtime displaydate pdate .85 dcterms.date dc.date ptime date.created .8 date .75 "
        "sailthru.date .7",
        "publication": "citation_journal_title .95 og:site_name .9 dc.publisher dcterms.publisher .7 publisher "
        "application-name .6 apple-mobile-web-app-title cre .5",
        "language": "og:locale .8 content-language dc.language dcterms.language .7 language .6",
        "url": "og:url .9 parsely-link .8 twitter:url .7",
        "subtitle": "subtitle citation_subtitle .8",
    }.items()
}
KIN = {
    "author": (re.compile(r"(?:\S*[._:-])?(?:authors?|by-?line)(?:[._:-]?names?)?|[a-z]{2,3}authors?"), 0.6),
    "date": (
        re.compile(r"(?:\S*[._:-])?(?:publi(?:sh(?:ed)?|cation)|pub|issued?)(?:[._:-]?(?:date|time|on|at))*"),
        0.76,
    ),
}
"""Names of the same family that single sites make up, such as `Search.Byline`."""
MICRODATA = {
    "title": "headline",
    "subtitle": "alternativeHeadline",
    "author": "author",
    "date": "datePublished",
    "publication": "publisher",
}
WROTE = re.compile(
    r"written by|author|verfasst von|geschrieben von|escrito por|écrit par|scritto da|geschreven door|by", re.I
)
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
    linked.data(root, found.add)
    _meta(root, found)
    _microdata(root, found)
    _addresses(root, found)
    return found


def _meta(root: Element, found: Stated) -> None:
    said: dict[str, list[tuple[str, int]]] = {}
    for each in root.iter("meta"):
        content = each.get("content") or ""
        named = (each.get(key) or "" for key in ("property", "name", "itemprop", "http-equiv"))
        for name in " ".join(named).split():
            said.setdefault(name.lower(), []).append((content, line(each)))
    # WordPress says who wrote an essay as the first of two labelled facts.
    if not WROTE.search(" ".join(text for text, _ in said.get("twitter:label1", []))):
        said.pop("twitter:data1", None)
    for key, rows in META.items():
        for name, sure in rows:
            for text, at in said.get(name, [])[: 20 if key == "author" else 1]:
                found.add(key, text, f"the page's data ({name})", sure, at)
    listed = {name for rows in META.values() for name, _ in rows}
    for key, (kin, sure) in KIN.items():
        for name in (each for each in said if each not in listed and kin.fullmatch(each)):
            text, at = said[name][0]
            found.add(key, text, f"the page's data ({name})", sure, at)


def _addresses(root: Element, found: Stated) -> None:
    for each in root.iter("link"):
        if "canonical" in (each.get("rel") or "").lower().split():
            found.add("url", each.get("href"), "the canonical link", 0.95, line(each))
    whole = root.getroottree().getroot()
    # Browsers write their note between the doctype and the page.
    for note in (*whole.itersiblings(preceding=True), *root.iter(etree.Comment)):
        if saved := SAVED.search((note.text or "")[:2000]):
            found.add("url", saved[1] or saved[2], "the note of the browser that saved the page", 0.6, line(note))
    found.add(
        "language",
        whole.get("lang") or whole.get("{http://www.w3.org/XML/1998/namespace}lang"),
        "the page's lang",
        0.9,
        line(whole),
    )


def _microdata(root: Element, found: Stated) -> None:
    marked = [(each, (each.get("itemprop") or "").split()) for each in having(root, "itemprop")]
    for key, prop in MICRODATA.items():
        for each, props in marked:
            if prop not in props:
                continue
            named = (
                next((one for one in each.iter() if "name" in (one.get("itemprop") or "").split()), None)
                if key in ("author", "publication")
                else None
            )
            at = named if named is not None else each
            value = at.get("content") or at.get("datetime") or words(at)
            found.add(key, value, f"the page's microdata ({prop})", 0.8, line(each))
            if key != "author":
                break
