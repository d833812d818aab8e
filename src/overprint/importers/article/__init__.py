"""Finds the article in a page: its element, what the page says of it with evidence, and the author's bio."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from overprint.importers.article import address, bio, byline, marks, node, prune, title
from overprint.importers.article.bio import Bio
from overprint.importers.article.blocks import SILENT, Element, above, blocks, collapse, line, remove, tag, words
from overprint.importers.article.guess import Guess
from overprint.importers.article.stated import Stated, stated
from overprint.model import Dropped

if TYPE_CHECKING:
    from overprint.importers.dom import Page

__all__ = ["Bio", "Element", "Found", "Guess", "find"]

OUTSIDE = "outside the article"
TOP = 8
"""Blocks at the top of an essay among which its byline may stand."""


@dataclass(frozen=True, slots=True)
class Found:
    """An article: the element that holds its text alone, and what is known of it; None where the page is silent.

    `heading` is the element that shows the title; `beside` are texts outside the element that all voters take for
    the article.
    """

    element: Element
    title: Guess | None
    subtitle: Guess | None
    authors: tuple[Guess, ...]
    date: Guess | None
    language: Guess | None
    url: Guess | None
    publication: Guess | None
    bios: tuple[Bio, ...]
    dropped: tuple[Dropped, ...]
    beside: tuple[Dropped, ...] = ()
    heading: Element | None = None


def find(page: Page, exclude: Collection[Element] = ()) -> Found:
    """Return the article of a page. The page is changed: only the article's text stays in its element.

    Args:
        page: the page as it was read.
        exclude: the elements of the comments.
    """
    root = page.root
    # As long as they are held, lxml makes its elements once, not at each look.
    _held = list(root.iter())
    for each in exclude:
        remove(each)
    said = stated(root)
    url = address.own(root, said)
    publication = _publication(root, said, url)
    sites = (
        [each.value for each in said.of("publication")]
        + ([_domain(url)] if url else [])
        + ([publication.value] if publication else [])
    )
    named = title.find(root, said, sites, url.value if url else "")
    below, line_below = title.subtitle(root, named, said)
    language = _language(said)
    body = next(root.iter("body"), root)
    found = blocks(body)
    view = byline.scene(root, named.heading, found)
    # A site that only its address names may well be called after its author.
    authors = byline.authors(view, said, [each.value for each in said.of("publication")])
    date = byline.date(view, said, url.value if url else "", language.value if language else "")
    chosen = node.choose(root, body, found)
    bios = bio.find(root, chosen.element, [each.value for each in authors])
    # What is kept elsewhere is neither text nor dropped.
    elsewhere = [*named.shown, named.heading, line_below, *(each for one in bios for each in one.elements)]
    around = {chosen.element, *above(chosen.element, root)}
    for element in elsewhere:
        if element is not None and element not in around:
            remove(element)
    top = _top(chosen, authors, date, language.value if language else "")
    left = (*top, *prune.prune(chosen), *_around(chosen))
    return Found(
        chosen.element,
        named.guess,
        below,
        authors,
        date,
        language,
        url,
        publication,
        bios,
        tuple(sorted(left, key=lambda each: each.line)),
        _beside(chosen),
        named.heading,
    )


def _top(chosen: node.Chosen, authors: Sequence[Guess], date: Guess | None, language: str) -> list[Dropped]:
    """Take out the lines above the first paragraph that repeat who wrote the essay and when, and return them."""
    inside = set(chosen.element.iter()) - {chosen.element}
    found = []
    for each in itertools.islice((one for one in chosen.measured if one.block.element in inside), TOP):
        element = each.block.element
        if each.size > 2 * node.PARAGRAPH:
            break
        alone = words(element) == each.block.text and next(element.iter("img"), None) is None
        if alone and byline.repeats(each.block.text, authors, date, language):
            found.append(prune.dropped(element, marks.META))
            remove(element)
    return found


def _around(chosen: node.Chosen) -> list[Dropped]:
    """Return what stands outside the article's element, the largest pieces whole."""
    found: list[Dropped] = []
    path = chosen.element
    while path is not chosen.body and (parent := path.getparent()) is not None:
        found += [
            prune.dropped(each, marks.reason(each) or OUTSIDE)
            for each in parent
            if each is not path and tag(each) and tag(each) not in SILENT and words(each)
        ]
        if bare := collapse(" ".join((parent.text or "", *(each.tail or "" for each in parent)))):
            found.append(Dropped(bare, OUTSIDE, line(parent)))
        path = parent
    return found


def _beside(chosen: node.Chosen) -> tuple[Dropped, ...]:
    """Return the texts that every voter takes for the article, though they stand outside its element."""
    outside = set(chosen.body.iter()) - set(chosen.element.iter())
    found = [
        each.block
        for each in chosen.measured
        if each.kept == 1 and chosen.voters and each.size >= 2 * node.PARAGRAPH and each.block.element in outside
    ]
    said = words(chosen.element) if found else ""
    # Some pages say a passage twice, for wide and for narrow screens.
    return tuple(prune.dropped(each.element, OUTSIDE) for each in found if each.text not in said)


def _domain(url: Guess) -> str:
    return re.sub(r"^www\.|\.[a-z]{2,6}$", "", urlsplit(url.value).netloc.lower())


def _language(said: Stated) -> Guess | None:
    found = [
        Guess(tag_, each.evidence, each.sure, each.line) for each in said.of("language") if (tag_ := _tag(each.value))
    ]
    if not found:
        return None
    # The data may know the country that the page's own mark leaves out.
    fuller = next((each for each in found if each.value.startswith(f"{found[0].value}-")), None)
    return fuller or found[0]


def _tag(text: str) -> str:
    found = re.fullmatch(
        r"([A-Za-z]{2,3})(?:[-_]([A-Za-z]{4}))?(?:[-_]([A-Za-z]{2}|\d{3}))?(?:[-_.@].*)?", text.split(",")[0].strip()
    )
    if not found:
        return ""
    script = found[2].title() if found[2] else ""
    return "-".join(each for each in (found[1].lower(), script, found[3].upper() if found[3] else "") if each)


def _publication(root: Element, said: Stated, url: Guess | None) -> Guess | None:
    for each in said.of("publication"):
        if not re.match(r"https?:|@", each.value) and len(each.value) <= 100:
            return each
    whole = next((words(each) for each in root.iter("title")), "")
    domain = re.sub(r"\W", "", _domain(url)) if url else ""
    for part in reversed(title.PARTS.split(whole)):
        flat = re.sub(r"\W", "", part.lower())
        if domain and len(flat) > 3 and (flat in domain or domain.startswith(flat)):
            return Guess(part.strip(), "the page's title and address", 0.6)
    return None
