"""How many comments a page says that it has, in many languages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from overprint.importers.responses.marks import claimed, roles, text_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

NOUN = (
    r"(?:(?:reader|leser|user)?[\s-]?comments?|responses?|replies|reply|thoughts?|reactions?|opinions?"
    r"|(?:leser)?kommentare?|antworten?|gedanken?|meinung(?:en)?|reaktion(?:en)?"
    r"|commentaires?|r[eé]ponses?|r[eé]flexions?|avis|r[eé]actions?"
    r"|comentarios?|respuestas?|pensamientos?|opiniones|coment[aá]rios?|respostas?|pensamentos?"
    r"|comment[oi]|rispost[ae]|pensier[oi]|reacties?|gedachten?|opmerking(?:en)?)"
)
TALK = (
    r"(?:discussions?|diskussion|d[eé]bat|debate?|discusi[oó]n|discussione|discussie|leserbriefe|leserstimmen"
    r"|webmentions?)"
)
ONE = r"one|an?|einen?|ein|une?|una|uno|uma?|een|één"
TO = r"(?:on|to|zu|auf|f[uü]r|sur|en|a|su|op|em|para|bij|[àá])"
COUNTED = re.compile(
    rf"\W*(?P<count>\d{{1,3}}(?:[.,\u00a0]\d{{3}})+|\d+|{ONE})\s+(?:\w+\s+)?{NOUN}\b(?:\s+{TO}\b.*|\W.{{0,40}})?",
    re.I | re.S,
)
NAMED = re.compile(rf"\W*{NOUN}\s*[:(\[]?\s*(?P<count>\d+)\s*[)\]]?\W*", re.I)
WHOSE = r"(?:all|alle|the|die|les|los|i|previous|recent)"
BARE = re.compile(
    rf"\W*(?:{WHOSE}\s+)?(?:{NOUN}|{TALK})(?:\s+(?:zum artikel|zu diesem artikel|from readers|sur cet article))?\W*",
    re.I,
)
HEADINGS = ("h2", "h3", "h4", "h5")
LONGEST = 200
CLIMB = 8
BESIDE = 12


def label(text: str) -> bool:
    """Tell whether a line stands above comments: “Comments”, “3 Kommentare”."""
    return bool(text) and len(text) <= LONGEST and bool(count(text) is not None or BARE.fullmatch(text))


def count(text: str) -> int | None:
    """Return the number that a line such as “3 thoughts on …” gives, or None."""
    found = (COUNTED.fullmatch(text) or NAMED.fullmatch(text)) if len(text) <= LONGEST else None
    if not found:
        return None
    digits = re.sub(r"\D", "", found["count"])
    return int(digits) if digits else 1


def above(first: Element) -> tuple[Element, int] | None:
    """Return the nearest line above the first comment that counts them, and its number."""
    box: Element | None = first
    for _ in range(CLIMB):
        if box is None:
            return None
        for at, each in enumerate(box.itersiblings(preceding=True)):
            if at >= BESIDE:
                break
            if found := _counting(each):
                return found
        box = box.getparent()
    return None


def announced(root: Element) -> tuple[Element, int] | None:
    """Return a line that counts comments on a page where none was found."""
    for each in root.iter("div", "section", "aside", "p", "span", "a", *HEADINGS):
        named = each.tag in HEADINGS or "section" in roles(each) | claimed(each.get("id") or "")
        found = _counting(each) if named else None
        if found and found[1]:
            return found
    return None


def _counting(element: Element) -> tuple[Element, int] | None:
    """Return the first line in an element that counts comments."""
    if not isinstance(element.tag, str):
        return None
    for at, each in enumerate(element.iter("*")):
        if at > 40:
            break
        text = text_of(each)
        if text and (number := count(text)) is not None:
            return each, number
    return None
