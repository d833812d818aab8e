"""Words that recur on every site: names, dates, bylines, boilerplate. Tables of patterns, no decisions."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from functools import lru_cache

# Longer paragraphs are never boilerplate, and short ones keep every pattern cheap.
LONGEST = 400

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
DAY = r"\d{1,2}(?:st|nd|rd|th)?"
CLOCK = r"(?:,?\s+(?:at\s+|@\s*)?\d{1,2}[:.]\d{2}(?:\s*[ap]\.?m\.?)?)?"
DATE = (
    rf"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s+)?"
    rf"(?:{DAY}\s+(?:of\s+)?{MONTH},?\s+\d{{4}}|{MONTH}\s+{DAY},?\s+\d{{4}}|\d{{4}}-\d{{2}}-\d{{2}}){CLOCK}"
)
NAME = r"[^\d,;:!?|·•]{2,60}?"

BYLINE = re.compile(
    rf"by:?\s+(?P<who>{NAME})(?:(?:\s*[,|·•–—-]\s*|\s+)(?:(?:posted|published)\s+)?(?:on\s+)?(?P<date>{DATE}))?", re.I
)
DATELINE = re.compile(
    rf"(?:first\s+)?(?:published|posted)(?:\s+on)?:?\s+(?P<date>{DATE})(?:\s+by\s+(?P<who>{NAME}))?", re.I
)
ONLY_DATE = re.compile(rf"(?:on\s+)?({DATE})", re.I)
SAYS = re.compile(rf"(?P<who>{NAME})\s+(?:says|wrote)(?:\s+on\s+(?P<date>{DATE}))?:", re.I)
SIGNED = re.compile(rf"(?P<who>{NAME})(?:\s*[|·•–—]\s*|\s+on\s+)(?P<date>{DATE}):?", re.I)
MORE_BY = re.compile(
    r"(?:read\s+)?(?:more|other (?:articles|essays|posts|work))\s+(?:by|from)\s+(?P<who>.{2,60}?)[\s›»>→…]*", re.I
)

PARTICLES = frozenset(
    re.findall(r"\w+", "de da di du del della der den van von la le el al bin ibn ten ter zu y e of and")
)
PRONOUNS = frozenset(re.findall(r"\w+", "i he she it they we you who this that one and but so then someone everyone"))


def iso(text: str) -> str | None:
    """Return a date such as `3 March 2014` in ISO 8601, or None when there is no such day."""
    parts = re.findall(r"\d+|[a-z]+", re.sub(r"(?<=\d)(?:st|nd|rd|th)\b", "", text.lower()))
    numbers = [int(part) for part in parts if part.isdigit()]
    month = next((MONTHS.index(part[:3]) + 1 for part in parts if part[:3] in MONTHS), 0)
    try:
        if not month:
            return datetime.date(*numbers[:3]).isoformat()
        day, year = numbers[:2]
        return datetime.date(year, month, day).isoformat()
    except (ValueError, TypeError):
        return None


def is_name(text: str, least: int = 2) -> bool:
    """Tell whether this is a person's name and nothing else: a few capitalised words without a final stop."""
    words = text.split()
    if not least <= len(words) <= 4 or len(text) > 60 or (text[-1] == "." and not text.endswith(("Jr.", "Sr."))):
        return False
    capital = [word[0].isupper() for word in words]
    plain = all(all(letter.isalpha() or letter in "’'.-" for letter in word) for word in words)
    joined = all(big or word in PARTICLES for big, word in zip(capital, words, strict=True))
    return plain and capital[0] and capital[-1] and joined


def names(text: str) -> tuple[str, ...]:
    """Return the people of a byline, or nothing when one of them is no name."""
    people = tuple(part.strip() for part in re.split(r",\s*|\s+(?:and|&)\s+", text.strip()) if part.strip())
    return people if all(is_name(person, least=1) for person in people) else ()


@dataclass(frozen=True, slots=True)
class Phrase:
    """A pattern of boilerplate; `sure` ones end an essay by themselves, the others only stand after its end."""

    pattern: re.Pattern[str]
    reason: str
    sure: bool


NAVIGATION, HOUSE, LABEL, FORM = "site navigation", "house boilerplate", "comment-section label", "comment form"
PIECE = r"(?:articles?|posts?|essays?|stor(?:y|ies)|pieces?|reading|content|reviews?)"
ALSO = rf"(?:\s*(?:&|and|,)\s*{PIECE}){{0,3}}"
PRESS = r"(?:magazine|journal|newspaper|publication|publisher|website|blog|quarterly|platform|newsletter)"
COUNT = r"(?:\d[\d,.]{0,8}|no|one|two|three|four|five|six|seven|eight|nine|ten)"
REMARKS = r"(?:comments?|responses?|repl(?:y|ies)|thoughts?)"

COUNTED = re.compile(
    rf"{COUNT}\s+{REMARKS}(?:\s+(?:yet|so far))?(?:\s+(?:on|to)\s.{{1,200}})?:?"
    rf"|(?:comments|responses|replies|discussion)\s*\(\d{{1,6}}\):?",
    re.I,
)
LEAVE = r"(?:leave|post|add|write) (?:a|your) (?:comment|reply|response)(?: to .{1,60})?(?: cancel reply)?[.!:]?"
INVITING = re.compile(
    rf"(?:(?:contribute to|join|continue|add to) the (?:conversation|discussion|debate)|have your say)[.!:]?|{LEAVE}",
    re.I,
)
BARE_LABEL = re.compile(r"(?:(?:readers?[’']?s?[’']?\s+)?comments?|responses|replies|discussion|conversation):?", re.I)

TABLE: tuple[tuple[str, str, bool], ...] = (
    (MORE_BY.pattern, NAVIGATION, True),
    (rf"(?:related|recent|popular|latest|recommended|featured|similar)\s+{PIECE}{ALSO}:?", NAVIGATION, True),
    (r"you (?:may|might) also (?:like|enjoy).{0,60}|(?:read (?:this )?next|keep reading|up next):?", NAVIGATION, True),
    (rf"(?:share|tweet|print|e-?mail) this(?: {PIECE})?.{{0,60}}|share on \w+.{{0,60}}", NAVIGATION, True),
    (rf"(?:[‹«<←]\s*)?(?:previous|next|older|newer) {PIECE}(?:\s*[:›»>→].{{0,120}})?", NAVIGATION, True),
    (r"(?:filed under|tagged(?: with)?|tags|categories|posted in):\s.{1,200}", NAVIGATION, True),
    (r"(?:follow|find|like) us on .{2,80}|(?:back to top|skip to (?:main )?content)", NAVIGATION, True),
    (rf"if you (?:liked?|enjoy(?:ed)?|value) this {PIECE}\b.*\b(?:subscri|donat|support|shar|member).*", HOUSE, True),
    (r"(?:please )?(?:subscribe|sign up|donate)(?: (?:to|for|now|today|here)\b[^.]{0,80})?", HOUSE, True),
    (r".{0,200}\b(?:(?:subscribe|donate) (?:or|and) \w+|become a (?:member|subscriber|supporter))\b.*", HOUSE, False),
    (rf".{{2,60}} is an? (?:[\w-]+,? ){{0,5}}{PRESS}\b.*", HOUSE, False),
    (r"(?:©|\(c\)|copyright\b).{0,160}|all rights reserved\.?", "copyright line", True),
    (rf"{LEAVE}|cancel reply|post comment|submit comment|log ?in to (?:reply|comment)\.?", FORM, True),
    (r"your e-?mail address will not be published.*|required fields are marked.*|comments are closed.*", FORM, True),
    (r"(?:save my name, e-?mail|notify me of (?:new|follow)|you must be logged in).*", FORM, True),
    (r"(?:(?:this|our) (?:web)?site uses akismet|akismet).{0,200}", "Akismet notice", True),
    (rf"(?:{COUNTED.pattern})|(?:{INVITING.pattern})", LABEL, True),
)
PHRASES = tuple(Phrase(re.compile(pattern, re.I | re.S), reason, sure) for pattern, reason, sure in TABLE)
BUTTON = re.compile(r"(?:reply|like|report|permalink|quote|reply to .{1,40}|log ?in to reply)\s*[↓›»→]?", re.I)

PUBLICATIONS = (
    re.compile(rf"(?P<name>[A-Z][\w’'&. -]{{1,50}}?) is an? (?:[\w-]+,? ){{0,5}}{PRESS}\b"),
    re.compile(r"\b[Ss]upport (?P<name>[A-Z]\w*(?: [A-Z]\w*){0,4})[’']s? (?:\w+ )?work\b"),
    re.compile(r"\b[Ss]ubscribe to (?P<name>(?:The )?[A-Z]\w*(?: [A-Z]\w*){0,4})"),
)


@lru_cache(maxsize=4096)
def boilerplate(text: str) -> Phrase | None:
    """Return the phrase that this paragraph is, or None."""
    if len(text) > LONGEST:
        return None
    return next((phrase for phrase in PHRASES if phrase.pattern.fullmatch(text)), None)


def publication(text: str) -> re.Match[str] | None:
    """Return where boilerplate names its publication, as group `name`."""
    found = (pattern.search(text[:LONGEST]) for pattern in PUBLICATIONS)
    return next((each for each in found if each and each["name"] not in ("This", "It", "We", "Our")), None)
