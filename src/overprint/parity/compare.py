"""Where a finished book differs from what it must hold."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from overprint.alignment import differences
from overprint.parity.tokens import Sort, Token

FIGURE = re.compile(r"\d+|[ivxlcdm]+")
CONTEXT = 3


@dataclass(slots=True)
class Fault:
    """What differs.

    Attributes:
        missing: what must be there and is not.
        more: what is there and must not be.
        after: the last words before both.
        at: the nearest id in the manuscript's markup.
        where: the page or the document of the book.
    """

    missing: list[Token]
    more: list[Token]
    after: str
    at: str
    where: str


def faults(expected: Sequence[Token], found: Sequence[Token], *, by_turns: bool = False) -> list[Fault]:
    """Return what differs, but for what the layout makes and for words that are only divided otherwise.

    `by_turns` says that the layout may draw parts of a line in another order than they stand in; it always may on a
    page with words that run from right to left.
    """
    said = list(_raw(expected, found))
    backward = {token.at for token in found if unicodedata.bidirectional(token.key[-1:] or " ") in {"R", "AL"}}
    pages = [*dict.fromkeys(token.at for token in found)]
    _take_out_figures(said, dict(zip(pages[1:], pages, strict=False)))
    _take_out_calls(said)
    said = [each for each in said if not _is_made(each.missing, each.more)]
    _take_out_turns(said if by_turns else [each for each in said if each.where in backward])
    said = [each for each in said if not _is_made(each.missing, each.more)]
    for page in backward:
        _take_out_letters([each for each in said if each.where == page])
    for each in said:
        each.more = [token for token in each.more if not token.spare]
        # A word of the page before may have been taken for one of its running head.
        each.where = each.more[-1].at if each.more else each.where
    return said


def _raw(expected: Sequence[Token], found: Sequence[Token]) -> Iterator[Fault]:
    keys = [token.key or f"<{token.sort.name}>" for token in expected]
    for start, end, new_start, new_end in differences(keys, [token.key for token in found]):
        # Of two alike the one too many is that of a running head or a folio.
        while start == end and new_start and found[new_start - 1].spare and _alike(found, new_start - 1, new_end - 1):
            new_start, new_end = new_start - 1, new_end - 1
        before = [token.text for token in expected[max(start - 3 * CONTEXT, 0) : start] if _is_word(token)][-CONTEXT:]
        owner = expected[min(start, len(expected) - 1)].at if expected else ""
        where = found[min(new_start, len(found) - 1)].at if found else ""
        yield Fault([*expected[start:end]], [*found[new_start:new_end]], " ".join(before), owner, where)


def _is_word(token: Token) -> bool:
    return token.sort is Sort.WORD and bool(token.key)


def _alike(found: Sequence[Token], one: int, other: int) -> bool:
    return found[one].key == found[other].key


def _is_made(missing: Sequence[Token], more: Sequence[Token]) -> bool:
    """Tell whether what is found is what the layout makes of what is expected, with or without heads and folios."""
    if not any(token.key for token in missing) and all(token.key.isdecimal() for token in more if not token.spare):
        # Figures may stand on a line of their own and be taken for folios.
        figures = [token for token in more if token.key.isdecimal()]
        return sum(not token.spare for token in figures) <= len(missing) <= len(figures)
    pattern = "".join(re.escape(token.key) or r"\d+" for token in missing)
    kept = (token for token in more if not token.spare)
    return any(re.fullmatch(pattern, "".join(token.key for token in each)) for each in (more, kept))


def _take_out_figures(said: Sequence[Fault], page_before: Mapping[str, str]) -> None:
    """Take out the figures that the layout puts to lists and contents, wherever on the page it draws them.

    A list in a note may go on on the next page.
    """
    lists, pages = Counter[tuple[str, str]](), 0
    for each in said:
        for token in each.missing:
            if token.sort is Sort.FIGURE and token.text:
                lists[each.where, token.text] += 1
            pages += token.sort is Sort.FIGURE and not token.text
        each.missing = [token for token in each.missing if token.sort is not Sort.FIGURE]
    # What may be the figure of a note's call is taken last, and only where one is left for the call.
    for each in sorted(said, key=_calls):
        kept = []
        left = sum(token.key.isdecimal() for token in each.more if not token.spare) - _calls(each)
        for token in each.more:
            where = next((at for at in (each.where, page_before.get(each.where, "")) if lists[at, token.key] > 0), None)
            if token.spare:
                kept.append(token)
            elif where is not None and (left > 0 or not _calls(each)):
                lists[where, token.key] -= 1
                left -= 1
            elif pages > 0 and each.at.startswith("contents") and FIGURE.fullmatch(token.key):
                pages -= 1
            else:
                kept.append(token)
        each.more = kept


def _calls(fault: Fault) -> int:
    return sum(token.sort is Sort.CALL for token in fault.missing)


def _take_out_calls(said: Sequence[Fault]) -> None:
    """Take out the figure of a note's call that is drawn behind the rest of its page, as WeasyPrint does in columns."""
    for each in said:
        if each.more or not all(token.sort is Sort.CALL and not token.key for token in each.missing):
            continue
        for token in [*each.missing]:
            other = next((one for one in said if one.where == each.where and _figure(one) is not None), None)
            if other:
                other.more.remove(_figure(other))  # type: ignore[arg-type]
                each.missing.remove(token)


def _figure(fault: Fault) -> Token | None:
    """Return the first figure that is too much."""
    return next(
        (token for token in fault.more if token.key.isdecimal() and not token.spare and not fault.missing), None
    )


def _take_out_turns(said: Sequence[Fault]) -> None:
    """Take out what is missing in one place and stands in another."""
    stand = Counter(token.key for each in said for token in each.more if not token.spare)
    lack = Counter(token.key for each in said for token in each.missing)
    for each in said:
        each.missing = [token for token in each.missing if not _taken(stand, token)]
        each.more = [token for token in each.more if token.spare or not _taken(lack, token)]


def across(said: Iterable[Fault]) -> list[Fault]:
    """Return faults without those that are one line taken for another row: of a name in a head, and in an answer to it.

    What one row lacks another has.
    """
    said = list(said)
    stray = {_stray(each.where, each.more): each for each in said if not each.missing and each.more}
    for each in said:
        if not each.more and (found := stray.pop(_stray(each.where, each.missing), None)):
            each.missing, found.more = [], []
    return [each for each in said if each.missing or each.more]


def _stray(page: str, tokens: Iterable[Token]) -> tuple[str, ...]:
    """Return words in the order of the alphabet, without figures, some of which the layout makes.

    With a word that is alone goes its page.
    """
    words = sorted(token.key for token in tokens if token.key and not token.key.isdecimal())
    return tuple(words) if len(words) > 1 else (page, *words)


def _take_out_letters(said: Sequence[Fault]) -> None:
    """Take out what differs only in its order, be it of the parts of a word."""
    missing = "".join(token.key for each in said for token in each.missing)
    more = "".join(token.key for each in said for token in each.more if not token.spare)
    if sorted(missing) == sorted(more):
        for each in said:
            each.missing, each.more = [], []


def _taken(pool: Counter[str], token: Token) -> bool:
    """Tell whether a pool has a token, and take it out."""
    pool[token.key] -= 1
    return pool[token.key] >= 0
