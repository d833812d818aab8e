"""Proof that finished books hold the words of their manuscript: all, once, in order, and no others.

Words are compared folded, so that small capitals, ligatures and divided words make no difference; figures that the
layout makes, running heads, folios and page numbers in the contents are known for what they are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from lxml import html

from overprint.compose.printing import sheaf
from overprint.diagnostics import Diagnostic, Made, Place, error
from overprint.model import Composed
from overprint.parity import expected, figures, marked_up, printed_file
from overprint.parity.compare import Fault, across, faults
from overprint.parity.places import Places
from overprint.parity.tokens import Sort, Token, folded
from overprint.preflight.opened import opened

__all__ = ["Places", "is_of", "of_epub", "of_pdf"]

AGAIN = "build the book again: the manuscript may have changed since; report it if it stays"
SAME = (
    "The words, notes, pictures, links, headings and letters of a finished book are held against those that the "
    "manuscript chose, one by one and in their order. No judge of EPUBs or PDFs can see whether one is lost. "
)
MISSING = error("X001", "{book} lacks {what}{after}", AGAIN, f"{SAME}Here something is not in the book.")
MORE = error(
    "X002", "{book} has {what}{after}, and the manuscript has not", AGAIN, f"{SAME}Here is more than was chosen."
)
OTHER = error(
    "X003", "for {missing} {book} has {what}{after}", AGAIN, f"{SAME}Here something else stands in its place."
)
SHOWN = 12
"""Words of a passage that a message shows."""


def is_of(path: Path, book: Composed) -> bool:
    """Tell whether a file is a book of this manuscript: by its identifier, or by a PDF's name."""
    if path.suffix.lower() == ".epub":
        return book.book.identifier in opened(path).value.identifiers
    return path.name in {f"{book.book.slug}.print.pdf", f"{book.book.slug}.screen.pdf"}


def of_epub(path: Path, book: Composed, places: Places) -> Made[str]:
    """Compare an EPUB with what was composed; the value says how much was compared.

    Raises:
        Stop: it cannot be opened.
    """
    found = opened(path).value.documents
    said: list[Diagnostic] = []
    count: Counter[Sort] = Counter()
    for chapter in (each for each in book.chapters if each.media != "print"):
        name = f"text/{chapter.name}.xhtml"
        document = next((root for where, root in found.items() if where.endswith(f"/{name}")), None)
        wanted = marked_up.composed(chapter.html, "")
        has = marked_up.tokens(document, name) if document is not None else []
        said += _told(faults(wanted, has), f"{path.name}/{name}", places)
        count.update(token.sort for token in wanted)
    return Made(_summary(count), tuple(said))


def of_pdf(path: Path, book: Composed, places: Places) -> Made[str]:
    """Compare a PDF of the printed pages, or of those for screens; the value says how much was compared."""
    wanted = expected.printed(book)
    titles = frozenset("".join(key for key, _ in folded(each)) for each in _titles(book))
    has = printed_file.rows(path, wanted, titles)
    found: list[Fault] = []
    for row, (ours, theirs) in enumerate(zip(wanted.all, has.all, strict=True)):
        words = [token for token in ours if token.sort is not Sort.PICTURE]
        found += faults(words, theirs, by_turns=row == 1)
    found = across(found)
    said = [*_told(found, path.name, places, pages=True)]
    said += _pictures(path, [token for token in wanted.text if token.sort is Sort.PICTURE], places)
    said += _links(path, book)
    count = Counter(token.sort for row in wanted.all for token in row)
    count[Sort.NOTE], count[Sort.CALL] = count[Sort.CALL] // 2, 0
    return Made(_summary(count), tuple(said))


def _titles(book: Composed) -> Iterator[str]:
    yield book.book.title
    for chapter in book.chapters:
        yield chapter.title
    for piece in book.book.pieces:
        yield piece.title


def _told(found: Sequence[Fault], name: str, places: Places, *, pages: bool = False) -> Iterator[Diagnostic]:
    for each in found:
        missing, more = _shown(each.missing), _shown(each.more)
        after = f" after “{each.after}”" if each.after else ""
        kind = OTHER if missing and more else MISSING if missing else MORE
        facts = {"missing": missing, "what": (more or missing), "after": after}
        where = f"page {each.where} of {name}" if pages else name
        yield kind.at(places.of(each), facts=facts, book=where)


def _shown(tokens: Sequence[Token]) -> str:
    """Return words in quotation marks, and other things by their names."""
    words = [token.text for token in tokens if token.sort is Sort.WORD]
    words = words or [token.text for token in tokens if token.sort is Sort.MARK]
    others = [token.text or _NAMES[token.sort] for token in tokens if token.sort in _NAMES]
    if others and (not words or tokens[0].sort is not Sort.WORD):
        return others[0] if len(others) == 1 or not words else f"{others[0]} and what follows it"
    quoted = " ".join(words[:SHOWN]) + (" …" if len(words) > SHOWN else "")
    return f"“{quoted}”" if words else ""


_NAMES = {
    Sort.CALL: "the figure of a note",
    Sort.FIGURE: "the figure of a list",
    Sort.HEADING: "a heading",
    Sort.LETTER: "a letter",
    Sort.LINK: "a link",
    Sort.NOTE: "a note",
    Sort.PICTURE: "a picture",
}


def _pictures(path: Path, wanted: Sequence[Token], places: Places) -> Iterator[Diagnostic]:
    has, drawings = figures.pictures(path)
    wanted = [token for token in wanted if token.text and (drawings or not token.key.endswith("svg"))]
    lost = len(wanted) - has.total()
    if lost > 0:
        what = "a picture" if lost == 1 else f"{lost} pictures"
        each = Fault([], [], "", wanted[-1].at if len(wanted) == 1 else "", "")
        yield MISSING.at(places.of(each), book=path.name, what=what, after=f" of {len(wanted)} in all")


def _links(path: Path, book: Composed) -> Iterator[Diagnostic]:
    has = figures.links(path)
    if has is None:
        return
    body: Any = html.document_fromstring(sheaf(book).document)
    wanted = Counter(str(each) for each in body.xpath("//a/@href") if not str(each).startswith("#"))
    for address, count in wanted.items():
        if has[address] < count:
            yield MISSING.at(Place(path.name), book=path.name, what=f"a link to {address}", after="")
    for address in has.keys() - wanted.keys():
        yield MORE.at(Place(path.name), book=path.name, what=f"a link to {address}", after="")


def _summary(count: Mapping[Sort, int]) -> str:
    names = {Sort.WORD: "word", Sort.NOTE: "note", Sort.PICTURE: "picture", Sort.LETTER: "letter"}
    said = [f"{count[sort]:,} {name}{'s' * (count[sort] != 1)}" for sort, name in names.items() if count.get(sort)]
    return f"compared with the manuscript: {', '.join(said)}"
