"""What became of the words of one edition in another."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from overprint.alignment import Difference, differences
from overprint.errata.edition import Edition, Row, Token

CONTEXT = 4
"""Words before a change that help to find it."""
ALIKE = 0.5
"""The share of words in common from which on a text that is called otherwise is the same text."""
NOT_LETTERS = re.compile(r"[\W_]+")


class What(StrEnum):
    """What became of the words."""

    REPLACED = "replaced"
    INSERTED = "inserted"
    DELETED = "deleted"
    ADDED = "added"
    REMOVED = "removed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Change:
    """One erratum.

    Attributes:
        what: became of the words.
        chapter: under which it stands; `part` names the letter in it, or its notes.
        page: on which the words stand, or stood before they were lost, in the old edition; empty where unknown.
        new_page: the same in the new edition.
        after: the words in front of it, where there are any in its paragraph.
        before: else the words behind it, of something inserted.
        old: the words as they were, empty where there were none; of a whole text only the beginning.
        new: the words as they are.
        count: how many words a text has that was added or removed.
        signs_only: no letter and no digit differs.
    """

    what: What
    chapter: str
    part: str
    page: str
    new_page: str
    after: str = ""
    before: str = ""
    old: str = ""
    new: str = ""
    count: int = 0
    signs_only: bool = False


def changes(old: Edition, new: Edition) -> tuple[Change, ...]:
    """Return all that differs, in the order of the new edition; what is gone stands where it was."""
    pairs = _pairs(old.rows, new.rows)
    found: list[Change] = []
    partner = {id(other): each for each, other in pairs}
    moved = _moved(old, new, partner)
    waiting = list(old.rows)
    kept = {id(each) for each, _ in pairs}
    for row in new.rows:
        before = partner.get(id(row))
        if before is None:
            found.append(_whole(What.ADDED, row))
            continue
        if id(before) not in moved:
            at = next(place for place, each in enumerate(waiting) if each is before)
            found += [_whole(What.REMOVED, each) for each in waiting[:at] if id(each) not in kept]
            waiting = waiting[at + 1 :]
        else:
            found.append(Change(What.MOVED, row.chapter, row.title, before.pages, row.pages, new=row.name))
        found += _within(before, row)
    return (*found, *(_whole(What.REMOVED, each) for each in waiting if id(each) not in kept))


def _whole(what: What, row: Row) -> Change:
    gone = what is What.REMOVED
    text = " ".join(each.text for each in row.tokens[1:])
    page, new_page = (row.pages, "") if gone else ("", row.pages)
    old, new = (text, "") if gone else ("", text)
    return Change(what, row.chapter, row.title, page, new_page, old=old, new=new, count=row.count)


def _pairs(old: Sequence[Row], new: Sequence[Row]) -> list[tuple[Row, Row]]:
    """Return each row with what became of it: by its name in the file, its words, its title or most of them."""
    pairs: list[tuple[Row, Row]] = []
    left, left_new = list(old), list(new)

    def pair(one: Row, other: Row) -> None:
        pairs.append((one, other))
        left[:] = [each for each in left if each is not one]
        left_new[:] = [each for each in left_new if each is not other]

    for tell in (lambda row: row.key, lambda row: " ".join(each.key for each in row.tokens), lambda row: row.name):
        times, times_new = Counter(map(tell, left)), Counter(map(tell, left_new))
        where = {tell(row): row for row in left_new}
        for row in list(left):
            if times[tell(row)] == times_new[tell(row)] == 1:
                pair(row, where[tell(row)])
    for row in list(left):
        best = max(left_new, key=lambda other: _alike(row, other), default=None)
        if best and _alike(row, best) >= ALIKE:
            pair(row, best)
    return pairs


def _alike(one: Row, other: Row) -> float:
    """Return the share of words that two texts have in common, from 0 to 1."""
    ours, theirs = (Counter(each.key for each in row.tokens if each.is_word) for row in (one, other))
    return (ours & theirs).total() / max(ours.total(), theirs.total(), 1)


def _moved(old: Edition, new: Edition, partner: dict[int, Row]) -> set[int]:
    """Return the fewest old rows that must be moved for the rest to be in the new order."""
    place = {id(row): at for at, row in enumerate(old.rows)}
    order = [place[id(partner[id(row)])] for row in new.rows if id(row) in partner]
    ends: list[int] = []
    rows: list[list[int]] = []
    for at in order:
        length = bisect_left(ends, at)
        ends[length : length + 1], rows[length : length + 1] = [at], [[*(rows[length - 1] if length else ()), at]]
    stay = set(rows[-1]) if rows else set()
    return {id(old.rows[at]) for at in order if at not in stay}


def _within(old: Row, new: Row) -> Iterator[Change]:
    """Yield what differs between two states of a text."""
    found = [*differences([each.key for each in old.tokens], [each.key for each in new.tokens])]
    for joined in _joined(found, old.tokens):
        each = _whole_paragraphs(joined, old.tokens, new.tokens)
        gone, come = old.tokens[each.start : each.end], new.tokens[each.new_start : each.new_end]
        after = _in_front(new.tokens, each.new_start)
        what = What.REPLACED if gone and come else What.DELETED if gone else What.INSERTED
        yield Change(
            what,
            new.chapter,
            new.title,
            _page(old.tokens, each.start),
            _page(new.tokens, each.new_start),
            after,
            "" if gone or after else _behind(new.tokens, each.new_end),
            _shown(gone),
            _shown(come),
            signs_only=_bare(gone) == _bare(come),
        )


def _joined(found: Sequence[Difference], tokens: Sequence[Token]) -> Iterator[Difference]:
    """Yield differences; where one word alone stands between two, they are told as one."""
    last: Difference | None = None
    for each in found:
        if last and each.start - last.end == 1 and tokens[last.end].is_word:
            last = Difference(last.start, each.end, last.new_start, each.new_end)
            continue
        if last:
            yield last
        last = each
    if last:
        yield last


def _whole_paragraphs(found: Difference, old: Sequence[Token], new: Sequence[Token]) -> Difference:
    """Return a difference so that what was put in or left out begins with its paragraph, where it can be seen so."""
    start, end, tokens = (found.start, found.end, old) if found.start < found.end else (*found[2:], new)
    if found.start < found.end and found.new_start < found.new_end:
        return found
    steps = 0
    while start - steps > 0 and tokens[start - steps - 1].key == tokens[end - steps - 1].key:
        steps += 1
        if tokens[start - steps].begins:
            return Difference(*(each - steps for each in found))
    return found


def _page(tokens: Sequence[Token], at: int) -> str:
    return tokens[min(at, len(tokens) - 1)].page


def _in_front(tokens: Sequence[Token], at: int) -> str:
    """Return the last words of the same paragraph in front of a place."""
    start = at
    while start > max(at - CONTEXT, 0) and tokens[start - 1].is_word:
        start -= 1
    return _shown(tokens[start:at])


def _behind(tokens: Sequence[Token], at: int) -> str:
    """Return the next words behind a place."""
    return _shown([each for each in tokens[at : at + CONTEXT + 1] if each.is_word])


def _shown(tokens: Sequence[Token]) -> str:
    return " ".join(each.text for each in tokens)


def _bare(tokens: Sequence[Token]) -> list[str]:
    """Return what is left of words without signs and spaces; a paragraph and a picture are more than a sign."""
    letters = NOT_LETTERS.sub("", "".join(each.key for each in tokens if each.is_word))
    return [letters, *(each.key for each in tokens if not each.is_word)]
