r"""Straight quotes, typed dashes and loose spaces → those of a book, across the markup of one paragraph.

Only quotes, dashes, points of ellipsis and spaces change; what is set already stays, so setting twice changes nothing.
Each step reads the paragraph as one text in which verbatim runs and addresses are blanked: `*Her*'s` is `Her's` here.
Every step is linear: a scan never starts in the middle of what an earlier one has scanned.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, IntEnum
from itertools import pairwise

from overprint.markup.typography_profiles import (
    KEPT_BREAK,
    QUOTES,
    Edit,
    Pair,
    Profile,
    dashes,
    french,
    is_word,
    profile,
    ranges,
    tied,
)

__all__ = ["Profile", "Run", "profile", "typeset"]

APOSTROPHE = "’"
BLANKED = "ʘ"  # a letter of no language's rules: what is blanked counts as a word
DOUBLES, STRAIGHT = frozenset('"“”„«»'), frozenset("\"'")
TOGETHER = re.compile(f"[{QUOTES}]+")
ADDRESS = re.compile(r"(?<!\w)(?:[a-z]{2,8}://|www\.|mailto:|tel:|doi:)[^\s<>\"“”„‘’‚«»‹›—]+", re.IGNORECASE)
EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]++@[\w-]++(?:\.[\w-]++)+")
POINTS = re.compile(r"(?<![.…/\\])\.{3,4}(?![.…/\\])")
AND = re.compile(r"(?<!\w)(?<![Tt]he )(?<!\b[Aa]n )(?<!letter )['’][nN]['’](?!\w)")
ELIDED = re.compile(r"[0-9]{2}(?![0-9])|([^\W\d_]{1,12})(?![^\W\d_])")
TRAILING = re.compile(r"(?:[szx]|in|(?<!\w)(?:an|o|ol|th|tha|wi|lil|fo|mo|po))\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Run:
    r"""The text between two pieces of inline markup; a hard line break is `Run("\n", verbatim=True)`."""

    text: str
    verbatim: bool = False


def typeset(runs: Sequence[Run], practice: Profile) -> tuple[str, ...]:
    r"""Return the new text of each of a paragraph's runs.

    >>> typeset([Run('"'), Run("Her"), Run('"'), Run("'s end -- it's 35 mm")], profile("en-GB"))
    ('‘', 'Her', '’', '’s end\xa0– it’s 35\xa0mm')
    """
    galley = _Galley(runs)
    galley.apply((at, end, "…" + "." * (end - at - 3)) for at, end in _pauses(galley.text))
    if not practice.full:
        galley.apply(_inner_apostrophes(galley.text))
        return galley.runs()
    galley.apply(_Quotes(galley.text, practice).edits())
    galley.apply(dashes(galley.text, practice))
    galley.apply(ranges(galley.text))
    if practice.french_spaces:
        galley.apply(french(galley.text, practice))
    galley.apply(tied(galley.text, practice))
    return galley.runs()


class _Galley:
    """One paragraph as one text, and the cuts that give every run its part back."""

    def __init__(self, runs: Sequence[Run]) -> None:
        self._runs = runs
        self.text = "".join(_blanked(run.text) if run.verbatim else run.text for run in runs)
        ends = [0]
        for run in runs:
            ends.append(ends[-1] + len(run.text))
        spans = _addresses(self.text)
        fixed = bytearray(len(self.text))
        for (start, end), run in zip(pairwise(ends), runs, strict=True):
            fixed[start:end] = bytes([run.verbatim]) * (end - start)
        for start, end in spans:
            fixed[start:end] = b"\1" * (end - start)
        self._cuts = sorted({*ends, *(edge for span in spans for edge in span)})
        original = "".join(run.text for run in runs)
        self._fixed = [original[a:b] if fixed[a] else None for a, b in pairwise(self._cuts)]
        self._owners = _owners(self._cuts, ends)
        self.text = _overlay(self.text, spans)

    def apply(self, edits: Iterable[Edit]) -> None:
        """Change the text; what an edit writes falls to the run in which the edit starts."""
        out: list[str] = []
        cuts: list[int] = []
        done = length = 0
        for start, end, new in edits:
            while self._cuts[len(cuts)] <= start:
                cuts.append(self._cuts[len(cuts)] - done + length)
            out += (self.text[done:start], new)
            length += start - done + len(new)
            done = end
            while self._cuts[len(cuts)] < end:
                cuts.append(length)
        cuts += (cut - done + length for cut in self._cuts[len(cuts) :])
        self.text, self._cuts = "".join(out) + self.text[done:], cuts

    def runs(self) -> tuple[str, ...]:
        """Return the text of each run as it now is."""
        parts: list[list[str]] = [[] for _ in self._runs]
        for (start, end), fixed, owner in zip(pairwise(self._cuts), self._fixed, self._owners, strict=True):
            parts[owner].append(self.text[start:end] if fixed is None else fixed)
        return tuple("".join(part) for part in parts)


def _blanked(text: str) -> str:
    return (KEPT_BREAK if text.isspace() else BLANKED) * len(text)


def _owners(cuts: list[int], ends: list[int]) -> list[int]:
    owners, run = [], 0
    for cut in cuts[:-1]:
        while ends[run + 1] <= cut:
            run += 1
        owners.append(run)
    return owners


def _overlay(text: str, spans: list[tuple[int, int]]) -> str:
    out: list[str] = []
    done = 0
    for start, end in spans:
        out += (text[done:start], BLANKED * (end - start))
        done = end
    return "".join(out) + text[done:]


def _addresses(text: str) -> list[tuple[int, int]]:
    spans = [(found.start(), found.start() + len(_trimmed(found.group()))) for found in ADDRESS.finditer(text)]
    spans += (found.span() for found in EMAIL.finditer(text))
    apart: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if not apart or start >= apart[-1][1]:
            apart.append((start, end))
    return apart


def _trimmed(address: str) -> str:
    """Drop the sentence's own points from an address's end, but keep `…/Her_(film)` whole."""
    bare = address.rstrip(".,;:!?'’‘…›)]}")
    return bare + ")" if address[len(bare) :].startswith(")") and bare.count("(") > bare.count(")") else bare


def _pauses(text: str) -> Iterator[tuple[int, int]]:
    for found in POINTS.finditer(text):
        start, end = found.span()
        # 12...Nf6 is a move of chess, 1...9 a programmer's range.
        if not (start and text[start - 1].isdigit() and text[end : end + 1].isalnum()):
            yield start, end


def _inner_apostrophes(text: str) -> Iterator[Edit]:
    for found in re.finditer(r"(?<=[^\W\d_])'(?=[^\W\d_])", text):
        yield found.start(), found.end(), APOSTROPHE


class _Shape(Enum):
    """What a quote's neighbours say of it."""

    OPEN = 1
    CLOSE = 2
    INSIDE = 3
    EITHER = 4
    ALONE = 5


class _Ahead(IntEnum):
    """Whether a closing mark of the same kind comes before the next opening one."""

    NONE = 0
    WEAK = 1
    FIRM = 2


@dataclass(slots=True)
class _Mark:
    at: int
    char: str
    shape: _Shape
    elided: bool = False
    weak: bool = False
    ahead: _Ahead = _Ahead.NONE

    @property
    def double(self) -> bool:
        return self.char in DOUBLES


def _shape(text: str, start: int, end: int) -> _Shape:
    before, after = text[start - 1] if start else " ", text[end] if end < len(text) else " "
    if before.isspace() or before in "([{¿¡":
        return _Shape.ALONE if after.isspace() or after in ")]}" else _Shape.OPEN
    into_word = not (after.isspace() or after in ",.;:!?)]}…-–—/")
    if before in "-–—…/=+*\\|<>&#@~_^":
        if into_word:
            return _Shape.OPEN
        return _Shape.EITHER if after in "…-–—/" else _Shape.CLOSE
    if into_word:
        return _Shape.INSIDE if is_word(before) else _Shape.EITHER
    return _Shape.CLOSE


class _Quotes:
    """Decides what each quote of a paragraph is: it opens, closes, elides or measures."""

    def __init__(self, text: str, practice: Profile) -> None:
        self._text, self._practice = text, practice
        self._pairs: tuple[Pair, Pair] = (practice.outer, practice.inner)
        self._open: list[tuple[bool, int]] = []
        self._doubles = 0

    def edits(self) -> Iterator[Edit]:
        """Yield a change for each straight quote that can be told."""
        for mark in self._marks():
            new = self._set(mark) if mark.char in STRAIGHT else self._heed(mark)
            if new != mark.char:
                yield mark.at, mark.at + 1, new

    def _marks(self) -> list[_Mark]:
        elided = "n" in self._practice.elisions
        ands = {at for found in AND.finditer(self._text) for at in (found.start(), found.end() - 1)} if elided else ()
        marks = []
        for run in TOGETHER.finditer(self._text):
            shape = _shape(self._text, *run.span())
            for at, char in enumerate(run.group(), run.start()):
                marks.append(self._mark(_Mark(at, char, _Shape.INSIDE if at in ands else shape)))
        ahead = {True: _Ahead.NONE, False: _Ahead.NONE}
        for mark in reversed(marks):
            mark.ahead = ahead[mark.double]
            if mark.shape is _Shape.CLOSE:
                ahead[mark.double] = max(_Ahead.WEAK, mark.ahead) if mark.weak else _Ahead.FIRM
            elif mark.shape is _Shape.OPEN and not mark.elided:
                ahead[mark.double] = _Ahead.NONE
        return marks

    def _mark(self, mark: _Mark) -> _Mark:
        if mark.shape is _Shape.CLOSE:
            mark.weak = self._after_number(mark) or (
                not mark.double and bool(TRAILING.search(self._text[max(0, mark.at - 6) : mark.at]))
            )
        elif mark.shape is _Shape.OPEN and not mark.double:
            found = ELIDED.match(self._text, mark.at + 1)
            word = found.group(1) if found else ""
            mark.elided = bool(found) and (word is None or word.lower() in self._practice.elisions)
        return mark

    def _after_number(self, mark: _Mark) -> bool:
        return mark.at > 0 and self._text[mark.at - 1].isnumeric()

    @property
    def _in_single(self) -> bool:
        return bool(self._open) and not self._open[-1][0]

    def _set(self, mark: _Mark) -> str:
        if mark.shape is _Shape.ALONE:
            return mark.char
        return self._double(mark) if mark.double else self._single(mark)

    def _double(self, mark: _Mark) -> str:
        if self._after_number(mark):  # 12" is a measure, unless a quotation ends here
            return "″" if not self._doubles or mark.ahead is _Ahead.FIRM else self._close(mark)
        if mark.shape is _Shape.OPEN or (mark.shape is not _Shape.CLOSE and not self._doubles):
            return self._begin(mark)
        return self._close(mark)

    def _single(self, mark: _Mark) -> str:
        if mark.shape is _Shape.INSIDE:
            return self._inside(mark)
        if mark.shape is _Shape.OPEN:
            return APOSTROPHE if self._leads(mark) else self._begin(mark)
        if not self._in_single or (mark.weak and mark.ahead):
            if mark.shape is _Shape.EITHER:
                return self._begin(mark)
            return "′" if self._after_number(mark) else APOSTROPHE
        return self._close(mark)

    def _inside(self, mark: _Mark) -> str:
        after = self._text[mark.at + 1 : mark.at + 5]
        measure = self._after_number(mark) and not after[:1].isalpha()
        grouped = after[:3].isdigit() and not after[3:].isdigit()  # the Swiss write 10'000
        return "′" if measure and (not grouped or len(after) < 3) else APOSTROPHE

    def _leads(self, mark: _Mark) -> bool:
        """Whether an apostrophe begins a word: '90s, 'tis, or an h that nobody says."""
        if mark.elided:
            return self._in_single or mark.ahead is not _Ahead.FIRM
        within = self._text[max(0, mark.at - 2) : mark.at]
        amid = len(within) == 2 and within[0].isalpha() and within[1].isspace()
        return amid and self._text[mark.at + 1].islower() and (self._in_single or mark.ahead is _Ahead.NONE)

    def _begin(self, mark: _Mark) -> str:
        self._abandon(mark)
        top = 0 if mark.double or self._practice.single_outside else 1
        level = 1 - self._open[-1][1] if self._open else top
        self._push(mark, level)
        return self._pairs[level][0]

    def _push(self, mark: _Mark, level: int) -> None:
        self._open.append((mark.double, level))
        self._doubles += mark.double

    def _abandon(self, mark: _Mark) -> None:
        """Forget a quotation that was never closed: the same mark does not open within itself."""
        if self._doubles if mark.double else self._in_single:
            self._close(mark)

    def _close(self, mark: _Mark) -> str:
        while self._open:
            double, level = self._open.pop()
            self._doubles -= double
            if double is mark.double:
                return self._pairs[level][1]
        return self._practice.outer[1]

    def _heed(self, mark: _Mark) -> str:
        """Keep a mark that is set already, and what it says of the depth."""
        if mark.char in self._practice.openers and mark.shape is not _Shape.CLOSE:
            self._abandon(mark)
            self._push(mark, int(mark.char not in self._practice.outer))
        elif mark.char in self._practice.closers and mark.shape in (_Shape.CLOSE, _Shape.ALONE):
            self._leave(mark)
        return mark.char

    def _leave(self, mark: _Mark) -> None:
        if self._doubles if mark.double else self._in_single and not (mark.weak and mark.ahead):
            self._close(mark)
