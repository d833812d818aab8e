"""Who wrote an article and when: the page's data first, then what stands beside the title."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from overprint.importers.article import dates, marks
from overprint.importers.article.blocks import Block, Element, above, having, is_short, line, tag, words
from overprint.importers.article.guess import Guess, best
from overprint.importers.article.names import BY, people, person
from overprint.importers.article.stated import Stated
from overprint.importers.article.title import key

AUTHOR = re.compile(
    r"(?:^| )(?:\S*-)?(?:byline|by-line|author|authors|author-?(?:name|link|title|byline)|fn|post-?author\S*|"
    r"entry-?author\S*|article-?author\S*|p-author|writer|"
    r"posted-by|submitted|creator|contributor-?name|autor|autoren|auteur|verfasser|autore|firma|"
    r"signature)(?:-\S*)?(?= |$)"
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
NEAR, ABOVE = 15, 4
"""Blocks below and above the title where byline and date stand."""
FIRST_PAGE = "1991-08-06"
"""Before it there was no web: such a day beside a title is what the essay tells of."""
LONGEST_LINE = 100
LONGEST = 200
"""Characters; what is longer is no date, whatever it is called."""


PLAIN = frozenset("body html head meta link script style article main form input title".split())
"""Elements that are no byline and no date, whatever they are called."""


@dataclass(frozen=True, slots=True)
class Scene:
    """A page around its title: what may be a byline or a date, with its names and how far off, and the blocks near."""

    root: Element
    candidates: tuple[tuple[Element, str, int], ...]
    near: tuple[tuple[str, Element], ...]

    def is_elsewhere(self, element: Element) -> bool:
        """Tell whether an element is part of what the page says of other essays."""
        around = (element, *above(element, self.root))
        return any(marks.reason(each) in OTHERS and tag(each) not in ("body", "html") for each in around)


def scene(root: Element, heading: Element | None, found: Sequence[Block]) -> Scene:
    """Return the page, whose blocks these are, as it is seen from its title."""
    order = {each: place for place, each in enumerate(root.iter())}
    start = 0 if heading is None else order.get(heading, 0)
    marked = having(root, "class", "id", "rel", "itemprop", tags=("time", "abbr"))
    candidates = tuple((each, marks.names(each), abs(order[each] - start)) for each in marked if tag(each) not in PLAIN)
    if heading is None:
        return Scene(root, candidates, ())
    inside = set(heading.iter())
    place = next((at for at, each in enumerate(found) if each.element in inside), len(found))
    near = [*found[place + 1 : place + 1 + NEAR], *reversed(found[max(0, place - ABOVE) : place])]
    return Scene(root, candidates, tuple((each.text, each.element) for each in near))


def authors(view: Scene, said: Stated, sites: Sequence[str]) -> tuple[Guess, ...]:
    """Return the authors: one guess each, in the order of the byline; empty when the page does not say."""
    site = {key(each) for each in sites}
    stated = [group for guess in said.of("author") if (group := _people(guess, site))]
    shown = [group for guess in _bylines(view) if (group := _people(guess, site))]
    groups = [group for group in (_same(stated), *stated, *shown, _people(_linked(view), site)) if group]
    if not groups:
        return ()
    chosen = max(groups, key=lambda group: group[0].sure)
    chosen = tuple(replace(each, value=_spelled(each.value, view.root)) for each in chosen)
    # A byline that names the same person may name more.
    names = {key(each.value) for each in chosen}
    fuller = (group for group in shown[:3] if len(group) > len(chosen) and names <= {key(each.value) for each in group})
    return next((tuple(replace(each, sure=chosen[0].sure) for each in group) for group in fuller), chosen)


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


def _bylines(view: Scene) -> list[Guess]:
    """Return what the page shows as bylines, the surest first."""
    found: list[Guess] = []
    for each, names, distance in view.candidates:
        linked = "author" in (each.get("rel") or "").lower().split() or "author" in (each.get("itemprop") or "").split()
        if not (linked or AUTHOR.search(names)) or view.is_elsewhere(each):
            continue
        text = _short(each)
        if text and len(text) <= 150:
            sure = (0.78 if linked else 0.74) + (0.04 if BY.match(text) else 0.0) - min(distance, 2000) / 10_000
            evidence = "the byline" if distance < 200 else "the author's name in the page"
            found.append(Guess(text, evidence, sure, line(each)))
    for text, each in view.near:
        evidence = f"“{text}” beside the title"
        if BY.match(text) and len(text) < 100 and people(text):
            found.append(Guess(text, evidence, 0.7, line(each)))
        elif len(text) < 60 and (name := _dated(text)):
            found.append(Guess(name, evidence, 0.6, line(each)))
    return sorted(found, key=lambda each: -each.sure)


def _linked(view: Scene) -> Guess:
    """Return the one whom a page links to as its author, wherever; nobody where there are several."""
    links = [each for each in view.root.iter("a") if "author" in (each.get("rel") or "").lower().split()]
    names = {key(name): (name, each) for each in links if (name := person(words(each)))}
    name, link = next(iter(names.values())) if len(names) == 1 else ("", view.root)
    return Guess(name, "the page's one link to an author", 0.5, line(link))


def _dated(text: str) -> str:
    """Return the name in a line such as `Jane Doe, 3 March 2014`, or nothing."""
    name = person(text)
    full = " " in name and name.istitle() and name != text and text.startswith(name)
    return name if full and dates.read(text, "") else ""


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


def date(view: Scene, said: Stated, url: str, language: str) -> Guess | None:
    """Return the day the article appeared, as ISO 8601; None when the page does not say."""
    address = Guess(dates.in_address(url), "the page's address", 0.72)
    stated = [
        replace(guess, value=dates.local(guess.value, day, address.value))
        for guess in said.of("date")
        if (day := dates.read(guess.value, language))
    ]
    if stated and stated[0].sure >= 0.75:
        return stated[0]
    return best(*stated, *_dates(view, language), address)


def repeats(text: str, authors: Sequence[Guess], when: Guess | None, language: str) -> bool:
    """Tell whether a line at the top of an essay says only who wrote it, or only when: what is known already."""
    if len(text) > LONGEST_LINE:
        return False
    said, known = {key(each) for each in people(text)}, {key(each.value) for each in authors}
    if said and said <= known and (BY.match(text) or key(text) in known):
        return True
    return when is not None and len(text.split()) <= 5 and dates.read(text, language) == when.value


def _dates(view: Scene, language: str) -> Iterator[Guess]:
    for each, names, distance in view.candidates:
        if (
            not (tag(each) in ("time", "abbr") or DATE.search(names))
            or CHANGED.search(names)
            or view.is_elsewhere(each)
        ):
            continue
        shown = words(each) if is_short(each, LONGEST) else ""
        if CHANGED.search(shown):
            continue
        texts = (each.get("datetime") or "", each.get("content") or "", shown, each.get("title") or "")
        if day := next((day for text in texts if (day := dates.read(text, language))), ""):
            sure = (0.8 if tag(each) == "time" else 0.75) - min(distance, 3000) / 15_000
            yield Guess(day, "the date the page shows", sure, line(each))
    for text, each in view.near:
        if len(text) < 120 and not CHANGED.search(text) and (day := dates.read(text, language)) >= FIRST_PAGE:
            yield Guess(day, f"“{text}” beside the title", 0.7, line(each))
