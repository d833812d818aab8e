"""The words of a PDF as a reader sees them: page by page, without running heads and folios, notes apart from the text.

Which line belongs to which row is told by the words on it: three in succession that only the notes have make it a note.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from overprint.parity.expected import Rows
from overprint.parity.tokens import PARTED, Token, folded

LAST = 3
"""So many lines at either end of a page may be its running head and its folio."""
Run = tuple[str, ...]


def rows(path: Path, expected: Rows, titles: frozenset[str]) -> Rows:
    """Return what a PDF holds, in the rows of what is expected; tokens name their page by its label.

    `titles` are the folded words, run together, of which running heads are made.
    """
    import pypdfium2

    found = Rows()
    known = [_runs([each.key for each in row if each.key]) for row in expected.all]
    pdf = pypdfium2.PdfDocument(path)
    try:
        for number, page in enumerate(pdf):
            label = pdf.get_page_label(number) or str(number + 1)
            lines = _lines(page)
            heads = [_may_be_head(at, lines, label.casefold(), titles) for at in range(len(lines))]
            for (line, row), spare in zip(_sorted(lines, known), heads, strict=True):
                found.all[row].extend(Token(key, text, at=label, spare=spare) for key, text in line)
            page.close()
    finally:
        pdf.close()
    return found


def _lines(page: Any) -> list[list[tuple[str, str]]]:
    """Return the words of each line; one that is parted at its end stands on two, whatever comes between them."""
    text = page.get_textpage().get_text_range().replace(PARTED, "\r\n")
    return [words for line in text.split("\r\n") if (words := [*folded(line)])]


def _may_be_head(at: int, lines: Sequence[list[tuple[str, str]]], label: str, titles: frozenset[str]) -> bool:
    """Tell whether a line may be a folio, a running head, or both; those stand first or last on a page."""
    if min(at, len(lines) - 1 - at) >= LAST:
        return False
    words = [key for key, _ in lines[at]]
    # A title may hold the number of the page that it heads.
    without = [[*words[:place], *words[place + 1 :]] for place, word in enumerate(words) if word == label]
    return any(_is_head(each, titles) for each in (*without, words))


def _is_head(words: Sequence[str], titles: frozenset[str]) -> bool:
    whole = "".join(words)
    return not words or whole in titles or (len(words) > 1 and any(title.startswith(whole) for title in titles))


def _sorted(
    lines: Sequence[list[tuple[str, str]]], known: Sequence[Sequence[set[Run]]]
) -> Iterator[tuple[list[tuple[str, str]], int]]:
    """Yield each line with the number of its row; three words in succession tell more than any twos."""
    row = 0
    before: list[str] = []
    for line in lines:
        keys = [key for key, _ in line]
        own = _runs(keys, before)
        votes = [[len(mine & theirs) for mine, theirs in zip(own, runs, strict=True)] for runs in known]
        if votes[row] < max(votes):
            row = votes.index(max(votes))
        before = [*before, *_words(keys)][-2:]
        yield line, row


def _words(keys: Iterable[str]) -> list[str]:
    """Return words without figures, among which those of notes stand that the layout makes."""
    return [key for key in keys if not key.isdecimal()]


def _runs(keys: Sequence[str], before: Sequence[str] = ()) -> list[set[Run]]:
    """Return each three words in succession, each two, and each two among which figures are.

    One at least is not of those before.
    """
    words = _words(keys)
    rows = [([*before[1 - width :], *words], width) for width in (3, 2)]
    return [{*zip(*(row[at:] for at in range(width)), strict=False)} for row, width in [*rows, (keys, 2)]]
