"""Lays two rows of words side by side that are nearly the same.

Words that stand once in each row, and in the same order, are held together first (Bram Cohen's “patience” diff), then
what is between them in the same way. Where no such word is left, words that stand together do the same; then `difflib`
compares what remains, or, where even that would take long, all of it counts as replaced. So the time grows little
faster than the rows, however they differ.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

TOGETHER = (1, 4, 2)
"""So many words in succession are held together: single ones first, then those of texts in which all words recur."""
LONGEST = 250_000
"""Pairs of words: more are not compared one by one."""


class Difference(NamedTuple):
    """Old words from `start` up to `end` became new words from `new_start` up to `new_end`; positions count from 0."""

    start: int
    end: int
    new_start: int
    new_end: int


def differences(old: Sequence[Hashable], new: Sequence[Hashable]) -> Iterator[Difference]:
    """Yield where two rows differ, in order; none touch each other.

    >>> [*differences("the old grey boat".split(), "the grey boat sank".split())]
    [Difference(start=1, end=2, new_start=1, new_end=1), Difference(start=4, end=4, new_start=3, new_end=4)]
    """
    last = None
    for each in _found(old, new):
        if last and (last.end, last.new_end) == (each.start, each.new_start):
            last = Difference(last.start, each.end, last.new_start, each.new_end)
            continue
        if last:
            yield last
        last = each
    if last:
        yield last


def _found(old: Sequence[Hashable], new: Sequence[Hashable]) -> Iterator[Difference]:
    waiting = [Difference(0, len(old), 0, len(new))]
    while waiting:
        gap = start, end, new_start, new_end = _without_ends(old, new, waiting.pop())
        if start == end and new_start == new_end:
            continue
        if held := next(filter(None, (_held(old, new, gap, width) for width in TOGETHER)), []):
            parts = []
            for one, other in [*held, (end, new_end)]:
                parts.append(Difference(start, one, new_start, other))
                start, new_start = one + 1, other + 1
            waiting += reversed(parts)
        elif 0 < (end - start) * (new_end - new_start) <= LONGEST:
            matcher = SequenceMatcher(None, old[start:end], new[new_start:new_end], autojunk=False)
            for kind, *at in matcher.get_opcodes():
                if kind != "equal":
                    yield Difference(start + at[0], start + at[1], new_start + at[2], new_start + at[3])
        else:
            yield gap


def _without_ends(old: Sequence[Hashable], new: Sequence[Hashable], gap: Difference) -> Difference:
    """Return a gap without the words at its ends that are the same."""
    start, end, new_start, new_end = gap
    while start < end and new_start < new_end and old[start] == new[new_start]:
        start, new_start = start + 1, new_start + 1
    while start < end and new_start < new_end and old[end - 1] == new[new_end - 1]:
        end, new_end = end - 1, new_end - 1
    return Difference(start, end, new_start, new_end)


def _held(old: Sequence[Hashable], new: Sequence[Hashable], gap: Difference, width: int) -> list[tuple[int, int]]:
    """Return the longest row of places at which words begin that stand together in both gaps once."""
    ours, theirs = (_together(*each, width) for each in ((old, *gap[:2]), (new, *gap[2:])))
    times, new_times = Counter(ours), Counter(theirs)
    where = {words: at for at, words in enumerate(theirs, gap.new_start) if new_times[words] == 1}
    pairs = [(at, where[words]) for at, words in enumerate(ours, gap.start) if times[words] == 1 and words in where]
    # The longest increasing row: `ends[n]` is the least new place at which a row of n + 1 pairs ends.
    ends: list[int] = []
    last_of: list[int] = []
    before: list[int] = []
    for number, (_, at) in enumerate(pairs):
        length = bisect_left(ends, at)
        ends[length : length + 1], last_of[length : length + 1] = [at], [number]
        before.append(last_of[length - 1] if length else -1)
    row = []
    number = last_of[-1] if last_of else -1
    while number >= 0:
        row.append(pairs[number])
        number = before[number]
    return row[::-1]


def _together(row: Sequence[Hashable], start: int, end: int, width: int) -> list[Hashable]:
    """Return the words from each place on that stand together."""
    words = row[start:end]
    return [*words] if width == 1 else [*zip(*(words[at:] for at in range(width)), strict=False)]
