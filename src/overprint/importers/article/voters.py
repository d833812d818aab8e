"""Two well-known ways of reading web pages vote on which blocks are the article; neither writes a word of it."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable

from lxml import etree, html

from overprint.importers.article.blocks import Element, blocks

MOST_BLOCKS, LONGEST = 1_500, 700_000
"""Blocks and characters of markup; voters are slow with more, and in so long a text its marks tell enough."""
UNSEEN = re.compile(r"<(script|style|svg|noscript|template)\b.*?</\1>|<!--.*?-->", re.S | re.I)
RUN = 5
"""Words that follow each other and so make a passage known."""
WORD = re.compile(r"\w+")


class Ballot:
    """What one voter keeps, as words, so that each block of the page can be looked up."""

    def __init__(self, text: str) -> None:
        lines = [WORD.findall(line.lower()) for line in text.splitlines()]
        words = [word for line in lines for word in line]
        self.lines = frozenset(map(tuple, lines))
        self.runs = frozenset(zip(*(words[start:] for start in range(RUN)), strict=False))

    def keeps(self, block: str) -> bool:
        """Tell whether the voter keeps a block, given its words; a few words must be a block of the voter's too."""
        words = tuple(WORD.findall(block.lower()))
        if len(words) < RUN:
            return words in self.lines and bool(words)
        # A voter may lose a link inside a paragraph, so its beginning or its end is enough.
        return words[:RUN] in self.runs or words[-RUN:] in self.runs


def ballots(root: Element, count: int) -> tuple[Ballot, ...]:
    """Return the ballots of the voters that could read the page, which has so many blocks."""
    if count > MOST_BLOCKS:
        return ()
    page = UNSEEN.sub(" ", etree.tostring(root, encoding="unicode", method="html"))
    voters = (_trafilatura, _readability) if len(page) <= LONGEST else ()
    return tuple(Ballot(text) for voter in voters if (text := _asked(voter, page)))


def _asked(voter: Callable[[str], str], page: str) -> str:
    # They tell a crawler's log what they doubt; an editor has no use for it.
    for name in ("trafilatura", "htmldate", "courlan", "justext"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    try:
        return voter(page)
    # They were written for a crawler's pages: on a page that one cannot read it has no vote.
    except Exception:
        return ""


def _trafilatura(page: str) -> str:
    import trafilatura

    return trafilatura.extract(page, include_comments=False, include_tables=True, with_metadata=False, fast=True) or ""


def _readability(page: str) -> str:
    from trafilatura.readability_lxml import Document

    found = html.fromstring(Document(html.document_fromstring(page)).summary() or "<div/>")
    return "\n".join(each.text for each in blocks(found))
