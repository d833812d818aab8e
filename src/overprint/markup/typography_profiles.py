"""Each language's practice: its quotes, and what it does to dashes and spaces.

A step reads the whole paragraph and yields its changes in order; none touches what is set already.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

Pair = tuple[str, str]
Edit = tuple[int, int, str]
NO_BREAK, NARROW = "\u00a0", "\u202f"
KEPT_BREAK = "\u2028"
QUOTES = "\"'“”„‘’‚«»‹›"
GAP = r"[ \n]"
"""A space that may change. A no-break space is set already, and U+2028 stands for a break that must stay."""
HYPHENS = re.compile(r"(?<![-<!])-{2,3}(?![->])")
LOOSE = re.compile(r"\w-{2,3}(?!\S)")
NUMBER = r"[0-9]{1,3}(?:,[0-9]{3})++|[0-9]{1,4}"
RANGE = re.compile(rf"(?<![\w/+#=-])(?<![0-9][.,:])[£$€]?({NUMBER})(-)[£$€]?({NUMBER})(?![\w/=-]|[.,:][0-9])")
PAGES = re.compile(r"\b(?:pp?|ll?|vv?|S)\.?\s?\Z|\b(?:pages?|lines?|Seiten?)\s\Z")
CATALOGUED = re.compile(r"\b(?:ISBN|ISSN|DOI|tel|phone|fax|call)\b[.:]?\s?\Z", re.IGNORECASE)
GUILLEMETS = re.compile(rf"«(?:{GAP}+|(?!\s))|(?:(?<!{GAP}){GAP}+|(?<!\s))»")
HIGH = re.compile(rf"(?:(?<!{GAP}){GAP}+|(?<![\s;:!?…]))(?:[!?]+|[;:](?=[\s»”’]|\Z))")

UNITS = (
    "mm cm dm m km nm µm ft yd mi g kg mg t lb lbs oz l L ml mL cl Hz kHz MHz GHz W kW MW V kV mA s ms min h K J kJ "
    "MB GB TB kB KB px pt dpi fps rpm mph °C °F % ‰ € am pm"
).split()
"""Units after a number. Not `in` nor `A`: they are words far more often than they are units."""

ELISIONS = frozenset(
    "tis tisn twas twasn twere twill twould twouldn twixt tween tain em til till cause cos cuz coz bout round neath "
    "gainst fraid nough nuff n s im er ere ello ole kay sup stead scuse cept spose pon tude gator bye oo ow".split()
)
GERMAN_ELISIONS = frozenset("s n ne nen nem ner rum rauf raus rein runter rüber ran mal nauf naus nein nunter".split())

STARTERS = frozenset(
    "A An And As At But By For From He Her His How I If In It Its My No Not Now Of On Once One Or Our She So That The "
    "Their Then There These They This Those Though Thus To We What When Where Which Who Why With Yes You Your".split()
)
"""Words that begin a sentence: after “vitamin C.” they are no surname, and before “St” they are no street."""


@dataclass(frozen=True, slots=True)
class Profile:
    """One language's practice; `full` is false where we know too little to touch more than … and ’ inside words."""

    full: bool = True
    outer: Pair = ("‘", "’")
    inner: Pair = ("“", "”")
    single_outside: bool = False
    dash: str = "–"
    spaced_dash: bool = True
    french_spaces: bool = False
    elisions: frozenset[str] = frozenset()
    titles: tuple[str, ...] = ()
    numbered: tuple[str, ...] = ()

    @property
    def openers(self) -> str:
        """The marks that open."""
        return self.outer[0] + self.inner[0]

    @property
    def closers(self) -> str:
        """The marks that close."""
        return self.outer[1] + self.inner[1]


MINIMAL = Profile(full=False)
ENGLISH_TITLES = tuple("Mr Mrs Ms Mx Dr Prof Messrs Rev Revd Fr Capt Lt Col Gen Sgt Maj Hon Sir Dame Mme".split())
ENGLISH_NUMBERED = tuple("p pp ch chap chs fig figs vol vols no nos l ll n nn art sec para c ca fol ff ed pt".split())
BRITISH = Profile(
    single_outside=True,
    elisions=ELISIONS,
    titles=ENGLISH_TITLES,
    numbered=ENGLISH_NUMBERED,
)
AMERICAN = Profile(
    outer=("“", "”"),
    inner=("‘", "’"),
    dash="—",
    spaced_dash=False,
    elisions=ELISIONS,
    titles=ENGLISH_TITLES,
    numbered=ENGLISH_NUMBERED,
)
GERMAN_TITLES = tuple("Dr Prof Herr Herrn Frau Hr Fr Mag Ing Dipl Hl".split())
GERMAN_NUMBERED = tuple("s bd bde nr nrn abb kap art abs tab taf anm ca vgl aufl jh".split())
GERMAN = Profile(
    outer=("„", "“"),
    inner=("‚", "‘"),
    elisions=GERMAN_ELISIONS,
    titles=GERMAN_TITLES,
    numbered=GERMAN_NUMBERED,
)
SWISS_GERMAN = Profile(
    outer=("«", "»"),
    inner=("‹", "›"),
    elisions=GERMAN_ELISIONS,
    titles=GERMAN_TITLES,
    numbered=GERMAN_NUMBERED,
)
FRENCH = Profile(
    outer=("«", "»"),
    inner=("“", "”"),
    french_spaces=True,
    titles=tuple("M MM Mme Mmes Mlle Mlles Dr Pr Me Mgr".split()),
    numbered=tuple("p pp chap fig figs vol t n no art l v env".split()),
)
PROFILES = {
    "en": BRITISH,
    "en-us": AMERICAN,
    "en-ca": AMERICAN,
    "de": GERMAN,
    "de-ch": SWISS_GERMAN,
    "de-li": SWISS_GERMAN,
    "fr": FRENCH,
}


def profile(language: str) -> Profile:
    """Return the practice of a language tag: its region's where that differs, else its base language's.

    >>> profile("en-AU") is profile("en-GB"), profile("en-Latn-US").dash, profile("nl").full
    (True, '—', False)
    """
    base, *rest = language.replace("_", "-").lower().split("-")
    region = next((part for part in rest if len(part) == 2), "")
    return PROFILES.get(f"{base}-{region}") or PROFILES.get(base, MINIMAL)


@lru_cache(maxsize=16)
def _ties(practice: Profile) -> re.Pattern[str]:
    # Each alternative ends in its gap; the groups `title` and `initials` need a second look.
    numbered = "|".join(sorted(practice.numbered, key=len, reverse=True))
    titles = "|".join(sorted(practice.titles, key=len, reverse=True))
    units = "|".join(sorted(map(re.escape, UNITS), key=len, reverse=True))
    letter = r"[^\W\d_]"
    return re.compile(
        rf"(?<=[0-9]){GAP}(?=(?:{units})(?![\w’']))"
        rf"|(?<!\w)(?i:{numbered})\.{GAP}(?=[0-9])"
        rf"|(?<!\w)(?i:pp?|ch|chap|vol|bd|kap|t)\.{GAP}(?=[ivxlcIVXLC]+(?!\w))"
        rf"|(?:§|№|(?<!\w)[Nn][°º]){GAP}(?=[0-9])"
        rf"|(?<!\w)(?P<title>(?:{titles}|St))\.?{GAP}(?={letter})"
        rf"|(?<!\w){letter}\.{GAP}(?={letter}\.)"
        rf"|(?<!\w)(?P<initials>(?:{letter}\.){{1,6}}){GAP}(?={letter}{{2}})"
        # No line begins with a dash or with the points of a pause.
        rf"|(?<=[^\s]){GAP}(?=[–—](?:[\s”’“»]|\Z))"
        rf"|(?<=[\w,;]){GAP}(?=…(?!\w))"
    )


def dashes(text: str, practice: Profile) -> Iterator[Edit]:
    """Yield the dashes that were typed as two or three hyphens."""
    done = 0
    paired = LOOSE.search(text)
    for found in HYPHENS.finditer(text):
        start, end = found.span()
        before, after = text[start - 1 : start], text[end : end + 1]
        if before.isdigit() and after.isdigit():
            yield start, end, "–"
        elif before.isspace() and after.islower() and not paired:
            continue  # --help is an option of a program; in `so --they say-- it` both are dashes
        else:
            left, right = _reach(text, start, end, done)
            edit = _dash(text, practice, (left, start, end, right))
            done = edit[1]
            yield edit


def _reach(text: str, start: int, end: int, done: int) -> tuple[int, int]:
    left, right = start, end
    while left > done and text[left - 1] in " \n":
        left -= 1
    while right < len(text) and text[right] in " \n":
        right += 1
    return left, right


def _dash(text: str, practice: Profile, at: tuple[int, int, int, int]) -> Edit:
    left, start, end, right = at
    before = text[left - 1] if left else ""
    after = text[right] if right < len(text) else ""
    follows = bool(before) and not before.isspace() and before not in practice.openers + "([{"
    closes = after in practice.closers and not is_word(text[right + 1 : right + 2] or " ")
    leads = bool(after) and not after.isspace() and after not in ")]},.;:!?…" and not closes
    if practice.spaced_dash:
        head = NO_BREAK if follows else text[left:start]
        return left, right, head + practice.dash + (text[end:right] or " " * (leads and follows))
    # A quote that could not be told keeps the space by which the next setting will see the same.
    head = "" if follows and before != "-" and not _untold(text, left - 1, -1) else text[left:start]
    tail = "" if follows and leads and after != "-" and not _untold(text, right, 1) else text[end:right]
    return left, right, head + practice.dash + tail


def _untold(text: str, at: int, step: int) -> bool:
    """Whether the quotes that stand together at a place still have a straight one among them."""
    while 0 <= at < len(text) and text[at] in QUOTES:
        if text[at] in "\"'":
            return True
        at += step
    return False


def ranges(text: str) -> Iterator[Edit]:
    """Yield the hyphens between two numbers that can only be a range."""
    for found in RANGE.finditer(text):
        before = text[max(0, found.start() - 12) : found.start()]
        if not CATALOGUED.search(before) and (PAGES.search(before) or _ascends(found.group(1), found.group(3))):
            yield found.start(2), found.end(2), "–"


def _ascends(low: str, high: str) -> bool:
    """Whether two numbers can only be a range: 1914-18 and 50-100, not 555-1234, 2014-02 or 50-50."""
    first, last = low.replace(",", ""), high.replace(",", "")
    if len(last) < len(first):
        last = first[: -len(last)] + last
    if first.startswith("0") or int(first) >= int(last):
        return False
    if high.startswith("0"):  # 2006-07 is a season; other months are dates
        return int(last) == int(first) + 1
    if "," in low + high:
        return True
    return len(first) < 3 or len(last) == 3 or (len(first) == 4 and int(last) <= 2100)


def french(text: str, practice: Profile) -> Iterator[Edit]:
    """Yield the spaces inside guillemets and before high punctuation."""
    edits: list[Edit] = []
    for found in GUILLEMETS.finditer(text):
        mark = "«" if found.group()[0] == "«" else "»"
        edits.append((*found.span(), mark + NARROW if mark == "«" else NARROW + mark))
    for found in HIGH.finditer(text):
        sign = found.group().lstrip(" \n")
        if found.start() and text[found.start() - 1] not in practice.openers + "([{" + KEPT_BREAK:
            edits.append((*found.span(), (NO_BREAK if sign == ":" else NARROW) + sign))
    return iter(sorted(edits))


def tied(text: str, practice: Profile) -> Iterator[Edit]:
    """Yield the spaces at which no line may end."""
    for found in _ties(practice).finditer(text):
        if (found["title"] or found["initials"]) and not _named(text, found):
            continue
        yield found.end() - 1, found.end(), NO_BREAK


def _named(text: str, found: re.Match[str]) -> bool:
    """Whether a name follows: `Mr Pym`, `E.M. Forster`; not `vitamin C. The`, nor the street in `High St Paul`."""
    if not text[found.end()].isupper():
        return False
    if found["initials"]:
        word = re.compile(r"[^\W\d_]{1,8}").match(text, found.end())
        sure = found["initials"].isupper() and found["initials"] != "I."
        return sure and not (word and word.group() in STARTERS)
    if found["title"] != "St":
        return True
    street = re.search(r"\b([^\W\d_]+)\s\Z", text[max(0, found.start() - 24) : found.start()])
    return not street or street.group(1).islower() or street.group(1) in STARTERS


def is_word(char: str) -> bool:
    """Whether a character is part of a word: a letter, a digit, an accent or a soft hyphen."""
    return unicodedata.category(char)[0] in "LNM" or char == "\u00ad"
