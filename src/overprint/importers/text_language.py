"""The language of an English text, by its spelling and by where it appeared; silent when neither is certain."""

from __future__ import annotations

import re
from dataclasses import dataclass

# A long book need not be read to its end to know its spelling.
ENOUGH = 500_000
OUR = r"(?:colo|favo|labo|hono|behavio|neighbo|humo|harbo|rumo|flavo|endeavo|odo|savo)"
ENDING = r"(?:s|ed|ing|ite|ites|able|ful|less|hood|hoods)?"

# “improvisation” is spelled so everywhere; “-ization” is also Oxford's spelling, so it never decides alone.
BRITISH = re.compile(
    rf"\b(?!improvis)(?:\w{{2,24}}isations?|{OUR}ur{ENDING}|(?:centi|milli|kilo)?metres?|litres?|centres?|centred"
    r"|travell(?:ed|ing|ers?)|defence|offence|jewellery|sceptic(?:s|al|ism)?|grey|catalogue[sd]?|manoeuvres?)\b",
    re.I,
)
AMERICAN = re.compile(
    rf"\b(?:{OUR}r{ENDING}|(?:centi|milli|kilo)meters?|liters?|centers?|centered|travel(?:ed|ing|ers?)|defense|offense"
    r"|jewelry|skeptic(?:s|al|ism)?|catalogs?)\b",
    re.I,
)

# Evidence of a country: well-known publications from there, and its name or domain in the words around the essay.
PRESS = r"(?:magazine|journal|publication|newspaper)"
AUSTRALIAN = frozenset(
    {"Overland", "Meanjin", "Southerly", "Westerly", "Quadrant", "Griffith Review", "Kill Your Darlings", "The Monthly"}
    | {"Australian Book Review", "Sydney Review of Books", "The Lifted Brow"}
)
NEW_ZEALAND = frozenset(("Landfall", "The Spinoff", "New Zealand Listener", "Pantograph Punch"))
IRISH = frozenset(("The Dublin Review", "The Stinging Fly", "The Irish Times"))
COUNTRIES: tuple[tuple[str, str, frozenset[str], re.Pattern[str]], ...] = (
    (
        "en-AU",
        "Australian",
        AUSTRALIAN,
        re.compile(rf"\bAustralian {PRESS}\b|\b[\w-]{{2,60}}\.(?:com|org|net|edu)\.au\b"),
    ),
    (
        "en-NZ",
        "New Zealand",
        NEW_ZEALAND,
        re.compile(rf"\bNew Zealand {PRESS}\b|\b[\w-]{{2,60}}\.(?:co|org|net|ac)\.nz\b"),
    ),
    (
        "en-IE",
        "Irish",
        IRISH,
        re.compile(rf"\bIrish {PRESS}\b"),
    ),
)


@dataclass(frozen=True, slots=True)
class Language:
    """A language tag, the evidence in words, and where in the text the first of it stands."""

    tag: str
    evidence: str
    offset: int


def language(text: str, around: str, publication: str) -> Language | None:
    """Return the language of an essay.

    Args:
        text: the essay's own words.
        around: bio and boilerplate, which may name a country.
        publication: where it appeared, or empty.
    """
    british, american = list(BRITISH.finditer(text, 0, ENOUGH)), list(AMERICAN.finditer(text, 0, ENOUGH))
    if american and not british:
        return Language("en-US", f"{_quoted(american)} American", american[0].start())
    # One spelling of the other side may be a quotation or a name such as “Labor”; more leave it open.
    if not british or len(american) * 4 > len(british):
        return None
    spelled = f"{_quoted(british)} British"
    for tag, people, papers, words in COUNTRIES:
        if publication in papers:
            return Language(tag, f"{spelled}, and {publication} is {people}", british[0].start())
        if found := words.search(around):
            return Language(tag, f"{spelled}, and “{found[0]}” is {people}", british[0].start())
    return Language("en-GB", spelled, british[0].start())


def _quoted(found: list[re.Match[str]]) -> str:
    words = list(dict.fromkeys(each[0].lower() for each in found))[:3]
    return ", ".join(f"“{word}”" for word in words) + (" are spelled" if len(words) > 1 else " is spelled")
