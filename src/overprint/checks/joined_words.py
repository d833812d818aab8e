"""The rule on words that have run together: most lost their space where a web page had a link or emphasis."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from overprint.checks import english, passages
from overprint.checks.passages import Finds, Passage, Reading
from overprint.checks.prose import FILL
from overprint.checks.rules import Rules, Say
from overprint.diagnostics import Diagnostic, Severity

RULES = Rules[Reading]()

# The marks of emphasis and links may stand at the very place where the space was lost: `of[how we live](…)`.
_MARKS = re.compile(rf"[*\[]+|\]{FILL}*")
_LETTER = r"[^\W\d_]"
_WORD = re.compile(rf"(?<![^\W_])(?<!['’]){_LETTER}+(?:['’]{_LETTER}+)*(?![^\W_]|['’])")
_SIGN = re.compile(rf"({_LETTER}{{2,}}|(?<=\w)[)”])([.,;:!?]”?)(?=({_LETTER}+))")
_NOT_PROSE = re.compile(r"[/@\\=<>#$%&~^|]|\.(?i:com|org|net|edu|gov|co|io|uk)\b")
_EDGES = "“”‘’()*[].,;:!?…"
_LONGEST = 200
# Small words that begin names, and languages that write a capital after a prefix.
_PARTICLES = frozenset("de du la le di da del van von mac mc fitz ter al el ibn san".split())
_PREFIXING = frozenset("ga gd zu xh ss nr nd sw tn st lg rw".split())


@RULES.rule("M403", Severity.WARNING, "“{it}” looks like two words run together", "write “{apart}”")
def joined_words(say: Say, reading: Reading) -> Iterator[Diagnostic]:
    """Copied from a web page, a link or emphasis often loses the space beside it.

    English words are looked up; in other languages a capital inside a word, or a sign without its space, tells.
    A word that a text uses twice is taken for a name. If a dash was lost with the space, write that too.

    Bad: There are plenty of ways: from afeminist perspective, or the vision ofhow we live.
    Bad: He made Being John Malkovich (1999) andAdaptation (2002).
    Bad: That is modern society.And so it goes.
    Bad: The vision of[how we live](https://example.org/live).
    Good: Therefore the iPhone of Dr McDonald, Ph.D., is on example.org: an un*believ*able livestream on YouTube.
    """

    def find(passage: Passage) -> Finds:
        for offset, word, apart in joins(passage.words, passage.language):
            yield offset, {"it": word, "apart": apart}

    return passages.found(say, reading, find)


class _Suspect(NamedTuple):
    """A word that may be two, `first` and `last`; unless `sure`, the rest of the text has a say."""

    offset: int
    first: str
    last: str
    sure: bool


def joins(words: str, language: str) -> Iterator[tuple[int, str, str]]:
    """Yield offset, word, and word with its space, for each join in a text.

    >>> list(joins("the vision ofhow we live,now", "en"))
    [(11, 'ofhow', 'of how'), (20, 'live,now', 'live, now')]
    """
    tongue = language.lower()[:2]
    suspects = {chunk: found for chunk in set(words.split()) if (found := _suspects(chunk, tongue))}
    if suspects:
        for chunk in re.finditer(r"\S+", words):
            for suspect in suspects.get(chunk[0], ()):
                if suspect.sure or _is_borne_out(suspect, words, tongue):
                    word = suspect.first + suspect.last
                    yield chunk.start() + suspect.offset, word, f"{suspect.first} {suspect.last}"


def _is_borne_out(suspect: _Suspect, words: str, tongue: str) -> bool:
    """Tell whether the text uses the word once only and, where no lexicon helps, its first half elsewhere."""
    if words.count(suspect.first + suspect.last) > 1:
        return False
    return tongue == "en" or re.search(rf"(?<!\w){suspect.first}(?!\w)", words) is not None


@lru_cache(maxsize=65536)
def _suspects(chunk: str, tongue: str) -> tuple[_Suspect, ...]:
    """Return what may be joins in a run of signs without a space."""
    bare = chunk.strip(_EDGES)
    is_word = bare.isalpha() and (bare[1:].islower() or len(bare) == 1) and (tongue != "en" or english.has(bare))
    if is_word or len(chunk) > _LONGEST:
        return ()
    plain = _MARKS.sub("", chunk)
    found = [*_by_letters(plain, tongue), *_by_signs(plain, tongue)]
    if not found or plain == chunk:
        return tuple(found)
    dropped = {at for marks in _MARKS.finditer(chunk) for at in range(*marks.span())}
    kept = [at for at in range(len(chunk)) if at not in dropped]
    return tuple(suspect._replace(offset=kept[suspect.offset]) for suspect in found)


def _by_letters(plain: str, tongue: str) -> Iterator[_Suspect]:
    for found in _WORD.finditer(plain):
        word = found[0]
        even = word[1:].islower() or len(word) == 1
        if tongue == "en":
            cut = english.cut(word) if even else _english_hump(word)
        else:
            cut = 0 if even or tongue in _PREFIXING else _foreign_hump(word)
        if cut:
            first, last = word[:cut], word[cut:]
            sure = tongue == "en" and {first, last} <= english.LITTLE
            yield _Suspect(found.start(), first, last, sure)


def _hump(word: str) -> tuple[str, str]:
    """Return what stands before and from a capital after a small letter."""
    cut = next((at for at in range(1, len(word)) if word[at - 1].islower() and word[at].isupper()), 0)
    return word[:cut], word[cut:]


def _english_hump(word: str) -> int:
    """Return where a capital begins a second word: `andAdaptation`, `Japan’sRent`, `MatrixThe`; not in `YouTube`."""
    first, last = _hump(word)
    if first.lower() in _PARTICLES:
        return 0
    if first.islower():
        is_join = first in english.LITTLE or (len(first) > 2 and _is_titled(last) and english.has(first))
    else:
        is_join = bool(re.search("['’]s$", first)) or (
            len(last) > 2 and last.lower() in english.LITTLE and english.has(first)
        )
    return len(first) if is_join else 0


def _foreign_hump(word: str) -> int:
    first, last = _hump(word)
    is_join = len(first) > 1 and first.islower() and first not in _PARTICLES and _is_titled(last) and len(last) > 2
    return len(first) if is_join else 0


def _by_signs(plain: str, tongue: str) -> Iterator[_Suspect]:
    if plain.isalpha() or _NOT_PROSE.search(plain):
        return
    for found in _SIGN.finditer(plain):
        first, sign, last = found.groups()
        if last[0].lower() == last[0].upper():
            continue
        if sign[0] in ".:":
            is_join = _is_titled(last) and not first[-1].isupper() and (sign[0] == "." or tongue == "en")
        else:
            is_join = len(last) > 1 or last in "aAI"
        if is_join:
            yield _Suspect(found.start(), first + sign, last, sure=True)


def _is_titled(word: str) -> bool:
    return word[:1].isupper() and (word[1:].islower() or word in {"A", "I"})
