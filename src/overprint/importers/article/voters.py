"""Two well-known ways of reading web pages vote on which blocks are the article; neither writes a word of it."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable

from lxml import etree, html

from overprint.importers.article.blocks import Element, blocks

LARGEST = 3_000_000
"""Characters of markup; a longer page is judged by its marks alone."""
WORD = re.compile(r"\w+")


class Ballot:
    """What one voter keeps, as words, so that each block of the page can be looked up."""

    def __init__(self, text: str) -> None:
        lines = [" ".join(WORD.findall(line.lower())) for line in text.splitlines()]
        self.lines = frozenset(lines)
        self.all = f" {' '.join(line for line in lines if line)} "

    def keeps(self, block: str) -> bool:
        """Tell whether the voter keeps a block, given its words; a few words must be a block of the voter's too."""
        words = WORD.findall(block.lower())
        if not words:
            return False
        if len(words) < 4:
            return " ".join(words) in self.lines
        # A voter may lose a link inside a paragraph, so its beginning or its end is enough.
        return f" {' '.join(words[:8])} " in self.all or f" {' '.join(words[-8:])} " in self.all


def ballots(root: Element) -> tuple[Ballot, ...]:
    """Return the ballots of the voters that could read the page."""
    page = etree.tostring(root, encoding="unicode", method="html")
    if len(page) > LARGEST:
        return ()
    return tuple(Ballot(text) for voter in (_trafilatura, _readability) if (text := _asked(voter, page)))


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

    return trafilatura.extract(page, include_comments=False, include_tables=True, with_metadata=False) or ""


def _readability(page: str) -> str:
    from trafilatura.readability_lxml import Document

    found = html.fromstring(Document(html.document_fromstring(page)).summary() or "<div/>")
    return "\n".join(each.text for each in blocks(found))
