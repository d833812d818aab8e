"""Two rows of words are laid side by side."""

from __future__ import annotations

import hashlib
from itertools import pairwise

from hypothesis import given
from hypothesis.strategies import lists, sampled_from

from overprint.alignment import Difference, differences

words = lists(sampled_from("abcdef"), max_size=30)


def changed(old: list[str], new: list[str]) -> list[str]:
    """Return the old row with every difference carried over."""
    made = list(old)
    for each in reversed([*differences(old, new)]):
        made[each.start : each.end] = new[each.new_start : each.new_end]
    return made


@given(words, words)
def test_all_that_differs_is_named_and_none_of_it_twice(old: list[str], new: list[str]) -> None:
    assert changed(old, new) == new
    found = [*differences(old, new)]
    assert bool(found) == (old != new)
    assert all(one.end < other.start and one.new_end < other.new_start for one, other in pairwise(found))


@given(words)
def test_a_row_is_as_itself(row: list[str]) -> None:
    assert [*differences(row, row)] == []


def test_one_word_of_a_book_is_one_difference() -> None:
    old = [str(at * at % 7919) for at in range(100_000)]
    for at in (0, 50_000, 99_999):
        assert [*differences(old, [*old[:at], "other", *old[at + 1 :]])] == [Difference(at, at + 1, at, at + 1)]
        assert sum(each.end - each.start for each in differences(old, old[:at] + old[at + 1 :])) == 1


def test_words_that_all_recur_are_found_by_their_neighbours() -> None:
    old = [hashlib.sha256(b"%d" % at).hexdigest()[:2] for at in range(20_000)]
    new = [*old[:9_000], "other", *old[9_001:15_000], *old[15_001:]]
    assert [each[:2] for each in differences(old, new)] == [(9_000, 9_001), (15_000, 15_001)]


def test_rows_with_nothing_in_common_are_not_compared_word_by_word() -> None:
    old, new = ["a", "b"] * 5_000, ["c", "d"] * 5_000
    assert [*differences(old, new)] == [Difference(0, 10_000, 0, 10_000)]
