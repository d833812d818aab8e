"""Rules on words: dashes and spellings of one kind, and words that stand twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import compress
from operator import eq

from overprint.checks import passages
from overprint.checks.passages import Finds, Passage, Reading
from overprint.checks.prose import FILL
from overprint.checks.rules import Rules, Say
from overprint.diagnostics import Diagnostic, Severity

ERROR, WARNING, HINT = Severity.ERROR, Severity.WARNING, Severity.HINT

RULES = Rules[Reading]()

_SPACED_EN = re.compile(r"(?<=[^\s\d]) – (?=\S)|(?<=\d) – (?=[^\s\d])")
_TIGHT_EM = re.compile(r"(?<=[^\W\d])—(?=[^\W\d])")


@RULES.rule("M406", WARNING, "this dash is set otherwise than most in this essay", "write {other} here too")
def mixed_dashes(say: Say, reading: Reading) -> Iterator[Diagnostic]:
    """A book sets its dashes in one way: spaced – like this – or unspaced—like this—throughout an essay.

    Bad: One – two, and one—two.
    Good: One – two, and one – two; 1914–18.
    """

    def find(passage: Passage) -> Finds:
        if passage.kind != "body" or " – " not in passage.words or "—" not in passage.words:
            return
        spaced, tight = (
            [hit.start() for hit in pattern.finditer(passage.words) if not passage.prose.is_quoted(hit.start())]
            for pattern in (_SPACED_EN, _TIGHT_EM)
        )
        if spaced and tight:
            rare = tight if len(tight) <= len(spaced) else [offset + 1 for offset in spaced]
            yield rare[0], {"other": "“ – ”" if rare is tight else "“—”"}

    return passages.found(say, reading, find)


_HYPHEN = re.compile(r"(?<=[^\W\d_]) -{1,3} (?=[\w“‘])|(?<=[\d.,!?’”)]) -{1,3} (?=[^\W\d_]|[“‘])")


@RULES.rule("M408", WARNING, "a hyphen stands for a dash", "write – here")
def hyphen_for_dash(say: Say, reading: Reading) -> Iterator[Diagnostic]:
    """A hyphen joins words; what stands between two spaces is a dash.

    Bad: It was late - too late.
    Good: It was late – too late for a well-known sum, 5 - 3.
    """

    def find(passage: Passage) -> Finds:
        if passage.holds(" - ", " -- ", " --- "):
            yield from ((hit.start() + 1, {}) for hit in _HYPHEN.finditer(passage.words))

    return passages.found(say, reading, find)


_ISE = (
    "organ real recogn apolog critic summar general special civil memor modern minim maxim symbol normal visual "
    "character priorit capital categor dramat fantas stigmat digit util author standard popular global mobil "
    "harmon sympath theor ideal rational emphas"
)
_IZED = re.compile(rf"\b((?:{_ISE.replace(' ', '|')})i)([sz])(e|ed|es|er|ers|ing|ation|ations)\b")
_PAIRS = (
    ("colour", "color"),
    ("favour", "favor"),
    ("honour", "honor"),
    ("labour", "labor"),
    ("neighbour", "neighbor"),
    ("humour", "humor"),
    ("behaviour", "behavior"),
    ("flavour", "flavor"),
    ("rumour", "rumor"),
    ("centre", "center"),
    ("theatre", "theater"),
    ("fibre", "fiber"),
    ("defence", "defense"),
    ("grey", "gray"),
)
_SPELT = re.compile(
    rf"\b({'|'.join(word for pair in _PAIRS for word in pair)})(s|ed|ing|ful|fully|less|able|hood|hoods)?\b"
)
_OTHER = {one: other for pair in _PAIRS for one, other in (pair, pair[::-1])}
_BRITISH, _AMERICAN = (frozenset(pair[side] for pair in _PAIRS) for side in (0, 1))
_S, _Z = ((f"i{sign}e", f"i{sign}i", f"i{sign}a") for sign in "sz")


def _ized(found: re.Match[str]) -> tuple[bool, str]:
    return found[2] == "s", found[1] + ("z" if found[2] == "s" else "s") + found[3]


def _spelt(found: re.Match[str]) -> tuple[bool, str]:
    return found[1] in _BRITISH, _OTHER[found[1]] + (found[2] or "")


@RULES.rule(
    "M410", WARNING, "“{word}” is spelt otherwise than its like in this essay", "write “{other}”, or change them"
)
def mixed_spelling(say: Say, reading: Reading) -> Iterator[Diagnostic]:
    """An essay keeps to one spelling: -ise or -ize, colour or color. Names and quotations are left alone.

    Bad: I realise that they organize it.
    Bad: The colour of her neighbor’s coat.
    Good: I realize that the colour was a surprise, says *The Color Purple*.
    """

    def find(passage: Passage) -> Finds:
        if passage.kind != "body" or not passage.is_english:
            return
        for pattern, sort, *needed in ((_IZED, _ized, _S, _Z), (_SPELT, _spelt, _BRITISH, _AMERICAN)):
            if not all(passage.holds(*signs) for signs in needed):
                continue
            sides: dict[bool, list[tuple[int, dict[str, str]]]] = {True: [], False: []}
            for hit in pattern.finditer(passage.words):
                if not passage.prose.is_quoted(hit.start()):
                    side, other = sort(hit)
                    sides[side].append((hit.start(), {"word": hit[0], "other": other}))
            rare = min(sides[True], sides[False], key=len)
            yield from rare[:1]

    return passages.found(say, reading, find)


# Words that no sentence needs twice running; “had had”, “that that” and “is is” can be right.
_TWICE = frozenset(
    (
        "the a an of to and at for from with or but be are this his my your we they their its if which into than have "
        "has will would could should were"
    ).split()
)
# What may stand beside a word said twice; beside other signs, such as a hyphen, two words are not the same word twice.
_BESIDE = f'“”‘.,;:!?()[]*>—–…"/\\&%+=#$@^`{{|}}~<«»„¿¡·•{FILL}'


@RULES.rule("M414", WARNING, "“{word}” stands twice", "delete one")
def doubled_word(say: Say, reading: Reading) -> Iterator[Diagnostic]:
    """A little word said twice is a slip of the hand. Words that can rightly meet, as in “had had”, are left alone.

    Bad: She read the the letter.
    Good: She had had a letter, and knew that that was the end.
    """

    def find(passage: Passage) -> Finds:
        if not passage.is_english:
            return
        lowered = passage.words.lower()
        for sign in _BESIDE:
            lowered = lowered.replace(sign, " ")
        words = lowered.split()
        doubled = _TWICE.intersection(compress(words, map(eq, words, words[1:])))
        hits = [hit for word in doubled for hit in _twice(word).finditer(passage.words)]
        yield from sorted((hit.start(2), {"word": hit[2]}) for hit in hits)

    return passages.found(say, reading, find)


@lru_cache
def _twice(word: str) -> re.Pattern[str]:
    # It begins with a set of letters, so that it is looked for fast.
    first = f"[{word[0].upper()}{word[0]}](?<![\\w’'-].)(?i:{word[1:]})"
    return re.compile(rf"{first}([ \u00a0]*\n?[ \t>]*)(?<=\s)({word})(?![\w’'-])")
