"""Running heads: a title that is too long for the head of a page is shortened, for a head has one line."""

from __future__ import annotations

import re

from lxml import etree

from overprint.compose.balance import width
from overprint.model import Measure

LEAST = 0.3
"""How much of the line a title's first phrase must fill to stand for the title."""
_PHRASE = re.compile(r"[,;:.!?]+(?= )| (?=[–—(])")


def shorten(part: etree._Element, measure: Measure | None) -> None:
    """Give each heading of the first level whose words are too long a shorter form, `data-head`, for the sheets."""
    for heading in part.iter("h1") if measure else ():
        words = " ".join("".join(str(each) for each in heading.itertext()).split())
        if measure and width(words, measure) > measure.width:
            heading.set("data-head", short(words, measure))


def short(words: str, measure: Measure) -> str:
    """Return the longest beginning of a title that fits: its first phrases, else as many words as there is room for."""
    phrases = [words[: each.start()] for each in _PHRASE.finditer(words)]
    fitting = [each for each in phrases if LEAST * measure.width < width(each, measure) <= measure.width]
    if fitting:
        return fitting[-1]
    some = words.split()
    while len(some) > 1 and width(" ".join(some) + " …", measure) > measure.width:
        some.pop()
    return " ".join(some).rstrip(",;:–—") + "\N{NO-BREAK SPACE}…"
