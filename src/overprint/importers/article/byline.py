"""Who wrote an article and when: the page's data first, then what stands beside the title."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from overprint.importers.article import dates, marks
from overprint.importers.article.blocks import Element, above, blocks, collapse, line, tag, words
from overprint.importers.article.guess import Guess, best
from overprint.importers.article.names import BY, people, person
from overprint.importers.article.stated import Stated
from overprint.importers.article.title import key

AUTHOR = re.compile(
    r"(?:^| )(?:\S*-)?(?:byline|by-line|author|authors|author-?(?:name|link|title|byline)|fn|post-?author\S*|"
    r"entry-?author\S*|article-?author\S*|p-author|writer|"
    r"posted-by|submitted|creator|contributor-?name|autor|autoren|auteur|verfasser)(?:-\S*)?(?= |$)"
)
DATE = re.compile(
    r"(?:^| )(?:\S*-)?(?:date|dates|datetime|published?|pub-?date|post-?date|entry-?date|posted-?on|posted|"
    r"time-?stamp|dateline|timestamp|time|meta|postmeta|"
    r"byline|submitted|datum|fecha|created|info|dt-published|dtstamp)(?:-\S*)?(?= |$)"
)
OTHERS = frozenset(
    (marks.RELATED, marks.COMMENTS, marks.SIDEBAR, marks.NAVIGATION, marks.FOOTER, marks.ADVERT, marks.NEWSLETTER)
)
CHANGED = re.compile(
    r"updated|modified|aktualisiert|geändert|mis à jour|actualizado|aggiornato|bijgewerkt|last (?:edit|change)", re.I
)
NEAR = 15
"""Blocks above and below the title where byline and date stand."""


def authors(root: Element, heading: Element | None, said: Stated, sites: Sequence[str]) -> tuple[Guess, ...]:
    """Return the authors: one guess each, in the order of the byline; empty when the page does not say."""
    site = {key(each) for each in sites}
    groups = [_people(guess, site) for guess in said.of("author")]
    stated = [group for group in groups if group]
    shown = [group for guess in _bylines(root, heading) if (group := _people(guess, site))]
    groups = [_same(stated), *stated, *shown]
    chosen = max((group for group in groups if group), key=lambda group: group[0].sure, default=())
    if not chosen:
        return ()
    chosen = tuple(replace(each, value=_spelled(each.value, root)) for each in chosen)
    # A byline that names the same person may name more, or spell the name out.
    for group in shown[:3]:
        if len(group) > len(chosen) and {key(each.value) for each in chosen} <= {key(each.value) for each in group}:
            return tuple(replace(each, sure=chosen[0].sure) for each in group)
    return chosen


def _spelled(name: str, root: Element) -> str:
    """Return a name as the page spells it elsewhere, where the byline has it in capitals."""
    if not name.isupper() or " " not in name:
        return name
    texts = " ".join(each.get("content") or "" for each in root.iter("meta")) + words(root)
    found = (each[0] for each in re.finditer(rf"\b{re.escape(name)}\b", texts, re.I))
    return next((each for each in found if not each.isupper() and not each.islower()), name)


def _same(groups: Sequence[tuple[Guess, ...]]) -> tuple[Guess, ...]:
    """Return together what one place of the data says in several entries."""
    if not groups:
        return ()
    evidence = groups[0][0].evidence
    together = [each for group in groups if group[0].evidence == evidence for each in group]
    return tuple({key(each.value): each for each in reversed(together)}.values())[::-1]


def _people(guess: Guess, site: set[str]) -> tuple[Guess, ...]:
    names = [name for name in people(guess.value) if key(name) not in site]
    # A name in small letters or in one word is more likely that of an account.
    return tuple(
        replace(
            guess, value=name, sure=guess.sure - (0.2 if " " not in name else 0.0) - (0.2 if name.islower() else 0.0)
        )
        for name in names
    )


def _bylines(root: Element, heading: Element | None) -> list[Guess]:
    """Return what the page shows as bylines, the nearest to the title first among equals."""
    found: list[Guess] = []
    order = {each: place for place, each in enumerate(root.iter())}
    start = order.get(heading, 0) if heading is not None else 0
    for each in root.iter():
        if not tag(each) or tag(each) in (
            "body",
            "html",
            "head",
            "meta",
            "link",
            "script",
            "style",
            "article",
            "main",
            "form",
            "input",
        ):
            continue
        by_rel = "author" in (each.get("rel") or "").lower().split()
        by_prop = "author" in (each.get("itemprop") or "").split()
        by_name = not by_rel and not by_prop and AUTHOR.search(marks.names(each))
        if not (by_rel or by_prop or by_name) or _elsewhere(each, root):
            continue
        text = _short(each)
        if not text or len(text) > 150:
            continue
        sure = 0.78 if by_rel or by_prop else 0.74
        distance = abs(order[each] - start)
        sure += 0.04 if BY.match(text) else 0.0
        sure -= min(distance, 2000) / 10_000
        found.append(Guess(text, "the byline" if distance < 200 else "the author's name in the page", sure, line(each)))
    for text, each in _near(root, heading):
        if BY.match(text) and len(text) < 100 and people(text):
            found.append(Guess(text, f"“{text}” beside the title", 0.7, line(each)))
        elif (
            len(text) < 60
            and " " in (name := person(text))
            and name != text
            and name.istitle()
            and dates.read(text, "")
            and text.startswith(name)
        ):
            found.append(Guess(name, f"“{text}” beside the title", 0.6, line(each)))
    return sorted(found, key=lambda each: -each.sure)


def _short(element: Element) -> str:
    """Return a byline's words: of a longer one the link or the name in it."""
    text = words(element)
    if len(text) <= 60:
        return text
    inner = next(
        (
            words(each)
            for each in element.iter()
            if each is not element and AUTHOR.search(marks.names(each) if tag(each) else "")
        ),
        "",
    )
    return inner or text


def _elsewhere(element: Element, root: Element) -> bool:
    return any(
        marks.reason(each) in OTHERS and tag(each) not in ("body", "html") for each in (element, *above(element, root))
    )


def _near(root: Element, heading: Element | None) -> Iterator[tuple[str, Element]]:
    """Yield the blocks around the title, those below it first."""
    if heading is None:
        return
    body = next(root.iter("body"), root)
    found = blocks(body)
    inside = set(heading.iter())
    place = next((at for at, each in enumerate(found) if each.element in inside or each.element is heading), None)
    if place is None:
        return
    for each in [*found[place + 1 : place + 1 + NEAR], *reversed(found[max(0, place - 4) : place])]:
        yield each.text, each.element


def date(root: Element, heading: Element | None, said: Stated, url: str, language: str) -> Guess | None:
    """Return the day the article appeared, as ISO 8601; None when the page does not say."""
    stated = [replace(guess, value=day) for guess in said.of("date") if (day := dates.read(guess.value, language))]
    if stated and stated[0].sure >= 0.75:
        return stated[0]
    there = dates.in_address(url)
    address = Guess(there, "the page's address", 0.68) if there else None
    return best(*stated, *_dates(root, heading, language), address)


def _dates(root: Element, heading: Element | None, language: str) -> Iterator[Guess]:
    order = {each: place for place, each in enumerate(root.iter())}
    start = order.get(heading, 0) if heading is not None else 0
    for each in root.iter():
        name = tag(each)
        if not name or name in ("body", "html", "head", "script", "style", "meta", "article", "main", "form"):
            continue
        marked = name == "time" or DATE.search(marks.names(each))
        if not marked or _elsewhere(each, root):
            continue
        text = collapse(each.get("datetime") or each.get("content") or "") or words(each)
        if not text or len(text) > 200 or CHANGED.search(f"{marks.names(each)} {text}"):
            continue
        day = (
            dates.read(text, language)
            or dates.read(words(each), language)
            or dates.read(each.get("title") or "", language)
        )
        if day:
            distance = min(abs(order[each] - start), 3000) / 15_000
            yield Guess(day, "the date the page shows", (0.8 if name == "time" else 0.75) - distance, line(each))
    for text, each in _near(root, heading):
        if len(text) < 120 and not CHANGED.search(text) and (day := dates.read(text, language)):
            yield Guess(day, f"“{text}” beside the title", 0.7, line(each))
