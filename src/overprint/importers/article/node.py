"""Which element of a page is the article: where the blocks stand that its marks and the voters take for text."""

from __future__ import annotations

import itertools
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from overprint.importers.article import marks
from overprint.importers.article.blocks import Block, Element, above, tag
from overprint.importers.article.voters import Ballot, ballots

SHARE = 0.92
"""How much of the text an element must hold to be taken for the article, of 1."""
PARAGRAPH = 60
"""Characters; a block with fewer says little of where the article stands."""
LONG = 1_000
"""Characters; beyond them a block counts no more: one long footer is not an article."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A block with its size and how sure it is text of the article, from 0 to 1; `kept` is the voters' share of it."""

    block: Block
    size: int
    sure: float
    kept: float


@dataclass(frozen=True, slots=True)
class Chosen:
    """The article's element, the page's body, the blocks of the page, and how many voters could read it."""

    element: Element
    body: Element
    measured: tuple[Measured, ...]
    voters: int


def choose(root: Element, body: Element, found: Sequence[Block]) -> Chosen:
    """Return the element that is the article; the page's body, whose blocks are given, where nothing tells."""
    votes = ballots(root, len(found))
    shunned = _shunned(body)
    measured = tuple(_measure(each, body, votes, shunned) for each in found)
    weights: dict[Element, float] = {}
    for each in measured:
        weight = min(each.size, LONG) * each.sure if each.size >= PARAGRAPH else 0.0
        if weight:
            for holder in (each.block.element, *above(each.block.element, body)):
                weights[holder] = weights.get(holder, 0.0) + weight
    total = weights.get(body, 0.0)
    element = body
    path = [body]
    while total and (inner := _heaviest(element, weights)) is not None and weights[inner] >= SHARE * total:
        element = inner
        path.append(inner)
    return Chosen(_marked(path), body, measured, len(votes))


def _heaviest(element: Element, weights: dict[Element, float]) -> Element | None:
    return max((each for each in element if each in weights), key=lambda each: weights[each], default=None)


def _marked(path: Sequence[Element]) -> Element:
    """Return the innermost element of the path that is marked as an article's body, else where the text divides."""
    for element in reversed(path):
        if tag(element) in ("p", "blockquote", "pre", "td", "tr", "tbody", "table", "ul", "ol", "li", "dl"):
            continue
        if marks.holds_article(element):
            return element
    return next((each for each in reversed(path) if tag(each) in ("div", "section", "main", "td", "body")), path[0])


def _shunned(body: Element) -> set[Element]:
    """Return the elements whose marks, or those of what holds them, say that they are no part of an article."""
    found: set[Element] = set()
    for each in body.iterdescendants():
        if tag(each) and (each.getparent() in found or marks.reason(each)):
            found.add(each)
    return found


def _measure(block: Block, body: Element, votes: Sequence[Ballot], shunned: Collection[Element]) -> Measured:
    size, text = block.size, block.text
    linked = block.linked / size if size else 0.0
    doubt = any(map(marks.doubtful, (block.element, *itertools.islice(above(block.element, body), 3))))
    sentence = min(size / 200, 1.0)
    own = 0.0 if block.element in shunned or linked > 0.5 else (0.4 if doubt else 0.7) + 0.3 * sentence
    kept = sum(vote.keeps(text) for vote in votes) / len(votes) if votes else own
    return Measured(block, size, own * 0.2 + kept * 0.8 if votes else own, kept)
