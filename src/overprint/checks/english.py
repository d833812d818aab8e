"""Where two English words have run together into one that English does not have.

The words come from `words/english.txt`, which `scripts/english_words.py` makes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "words" / "english.txt"

LITTLE = frozenset(
    """a an the of in on at to by for from with and or but as is was are were be been being has have had do does did
    will would can could should must might may shall that this these those which who whom whose what when where why
    how into upon about like than then also not it its his her their our your my he she we they them him some any
    all each such via between before during through because if though although while until since so there here
    no one more most many much very only just even still never another against within without every whether rather
    both often always perhaps""".split()
)
"""The words that hold sentences together; a join nearly always has one, for few meet in a compound."""

# Many new words end so: “dreamlike”, “foursome”, “catchall”.
_NEVER_LAST = frozenset("a like some most all".split())
_SAFE_LAST = frozenset("of to is".split())
# Endings of words that begin no compound, so that “socialrevolution” is a join and “codebase” is a word.
_DERIVED = tuple(
    """ing ed ly ous ive al ful able ible ic ary less ent ant est ion ness ment ism ty ance ence ure ies ists ers
    ions""".split()
)
_CONTRACTION = re.compile(r"(\w{2,}(?:['’]s|n['’]t|['’]ll|['’]ve|['’]re))(\w{4,})")
_LONGEST = 40


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words in small letters, and names as written; `known` has all words, `whole` those that would pass for two."""

    common: frozenset[str]
    known: frozenset[str]
    names: frozenset[str]
    whole: frozenset[str]

    def has(self, word: str) -> bool:
        """Tell whether the word is one."""
        return word.lower() in self.known or word in self.names

    def cut(self, word: str) -> int:
        """Return the offset at which the word falls into two, or 0 if it is one word or unknown."""
        if found := _CONTRACTION.fullmatch(word):
            return found.end(1) if self.has(found[2]) else 0
        stem = re.split("['’]", word, maxsplit=1)[0]
        if not 4 <= len(stem) <= _LONGEST or self.has(stem) or stem.lower() in self.whole:
            return 0
        return max(self._ways(stem), default=(0.0, 0))[1]

    def _ways(self, word: str) -> Iterator[tuple[float, int]]:
        """Yield how well the word falls into two, and where: the longer the little words, the likelier."""
        small = word.lower()
        for cut in range(1, len(word)):
            first, last = small[:cut], small[cut:]
            if first in LITTLE and last in LITTLE and last != "a":
                yield len(small), cut
            elif first in LITTLE and self._follows(first, last, titled=word != small):
                yield len(first) + 0.5, cut
            elif last in LITTLE and self._leads(word[:cut], last):
                yield len(last), cut
            elif word == small and self._meet(first, last):
                yield 0, cut

    def _follows(self, first: str, last: str, *, titled: bool) -> bool:
        """Tell whether a known word after a little one is no chance: `a book`, `an hour`, `the book`."""
        if first in {"a", "an"} and (first == "an") != (last[0] in "aeiouh"):
            return False
        if titled and len(first) < 3:
            return len(last) > 4 and last in self.common
        return len(last) > (3 if len(first) > 1 else 4) and last in self.known

    def _leads(self, first: str, last: str) -> bool:
        """Tell whether a word before a little one is no chance; many names end in `as`, `in` or `and`."""
        if last in _NEVER_LAST:
            return False
        titled = not first.islower()
        if len(last) < 3 and last not in _SAFE_LAST:
            return not titled and len(first) > 4 and first in self.common
        return len(first) > (4 if titled and first.lower() not in self.common else 3) and self.has(first)

    def _meet(self, first: str, last: str) -> bool:
        """Tell whether two common words can only be neighbours."""
        return len(first) > 4 and len(last) > 3 and first.endswith(_DERIVED) and {first, last} <= self.common


@cache
def lexicon() -> Lexicon:
    """Return the words, read once."""
    common, other, names, whole = (frozenset(part.split()) for part in FILE.read_text("utf-8").split("\n\n"))
    return Lexicon(common, common | other | LITTLE, names, whole)


def has(word: str) -> bool:
    """Tell whether English has the word."""
    return lexicon().has(word)


def cut(word: str) -> int:
    """Return the offset at which two words have run together, or 0.

    >>> cut("thatuses"), cut("Trilogywhich"), cut("therefore")
    (4, 7, 0)
    """
    return lexicon().cut(word)
