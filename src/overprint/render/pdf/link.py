"""Fragments → one PDF: pages in a row, each object with its number in the book, and what the book has once.

Nothing is parsed: a fragment's objects are written as they are, with their references moved (`fragment`). The numbers
of a piece begin at a base that leaves room, so that an essay that grows by a page does not move all that follow.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from overprint.render.pdf.fragment import ROW, Moved, in_streams, references, stream, streams_needed
from overprint.render.pdf.numbering import as_pdf

CATALOG, PAGES, INFO, STRUCTURE, DOCUMENT, TREE, OUTLINES = range(1, 8)
FIRST_BASE = 16
LEAST_ROOM = 256
"""Object numbers of a piece at least. Libraries take a file for damaged that has few bytes for each of its numbers."""
LARGEST = 1 << 32
"""Bytes: the table of a file says in four where an object begins."""

HEAD = b"%PDF-1.7\n%\xf0\x9f\x96\xa4\n"


@dataclass(frozen=True, slots=True)
class Placed:
    """A piece in the book: its head, its objects with `base` added, and the pages of it that the book has.

    `shared` says where its numbers lead that stand for what the book has elsewhere.
    `pages` are indices; a blank page comes from a piece of which the rest is left out. `furniture` names, for each of
    them, what stands on its edges.
    """

    head: Mapping[str, Any]
    base: int
    shared: Mapping[int, int]
    moved: Moved
    pages: Sequence[int]
    furniture: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Bound:
    """All that is joined: pieces, typefaces with their base, contents of the furniture by name, labels, identifier.

    The pieces are asked for one after the other, so that only one needs to be held.
    """

    pieces: Iterable[Placed]
    fonts: Moved
    fonts_dictionary: int
    furniture: Mapping[str, bytes]
    states: Mapping[str, str]
    labels: Sequence[tuple[int, str, int]]
    identifier: str
    end: int


def bases(counts: Iterable[tuple[int, int]]) -> list[int]:
    """Return the base of each piece, and the end; given are counts of objects, and of those for object streams.

    >>> bases([(1000, 900), (100, 90)])
    [16, 1296, 1552]
    """
    result, base = [], FIRST_BASE
    for count, plain in counts:
        result.append(base)
        taken = count + 1 + streams_needed(plain)
        step = max(LEAST_ROOM, 1 << taken.bit_length() >> 2)
        base += -(-(taken + taken // 4) // step) * step
    return [*result, base]


def shared(head: Mapping[str, Any], base: int, fonts_dictionary: int, pictures: dict[str, int]) -> dict[int, int]:
    """Return where the numbers of a fragment lead that stand for what the book has elsewhere.

    `pictures` are those that the book has by now, by their digest; the fragment's own are added.
    """
    leads = {head["shared"]["structure"]: DOCUMENT, head["shared"]["typefaces"]: fonts_dictionary}
    for number, digest in head["pictures"].items():
        own = base + int(number)
        if (first := pictures.setdefault(digest, own)) != own:
            leads[int(number)] = first
    return leads


class TooLargeError(Exception):
    """The PDF would be larger than it can be."""


class _File:
    """A PDF being written, and where each object is in it."""

    def __init__(self, file: BinaryIO, end: int) -> None:
        self.file = file
        self.size = 0
        self.append(HEAD)
        self.table = bytearray(ROW.size * end)
        self.plain: list[tuple[int, bytes]] = []

    def add(self, moved: Moved) -> None:
        start = ROW.size * moved.first
        self.table[start : start + len(moved.rows)] = moved.rows
        for number, offset in moved.places:
            ROW.pack_into(self.table, ROW.size * number, 1, self.size + offset, 0)
        self.append(moved.data)

    def append(self, data: bytes) -> None:
        if self.size + len(data) > LARGEST:
            raise TooLargeError
        self.file.write(data)
        self.size += len(data)

    def new(self) -> int:
        """Return the next free number."""
        self.table += bytes(ROW.size)
        return len(self.table) // ROW.size - 1

    def stream(self, data: bytes) -> int:
        """Add a stream of compressed content under the next free number."""
        number = self.new()
        ROW.pack_into(self.table, ROW.size * number, 1, self.size, 0)
        self.append(stream(number, b"<</Filter/FlateDecode>>", data))
        return number

    def set(self, number: int, text: str) -> None:
        """Say what an object without a stream is."""
        self.plain.append((number, text.encode("latin-1")))

    def finish(self, identifier: str) -> None:
        first = len(self.table) // ROW.size
        for holder, (data, numbers) in enumerate(in_streams(sorted(self.plain), first), first):
            self.table += ROW.pack(1, self.size, 0)
            for index, number in enumerate(numbers):
                ROW.pack_into(self.table, ROW.size * number, 2, holder, index)
            self.append(data)
        ROW.pack_into(self.table, 0, 0, 0, 65535)
        start = self.size
        self.table += ROW.pack(1, start, 0)
        many = len(self.table) // ROW.size
        named = f"<{identifier.encode().hex()}>"
        dictionary = (
            f"<</Type/XRef/Size {many}/W[1 4 2]/Root {CATALOG} 0 R/Info {INFO} 0 R/ID[{named}{named}]"
            "/Filter/FlateDecode>>"
        )
        self.append(stream(many - 1, dictionary.encode(), zlib.compress(bytes(self.table), 6)))
        self.append(b"startxref\n%d\n%%%%EOF\n" % start)


def link(bound: Bound, target: BinaryIO) -> None:
    """Write the PDF.

    Raises:
        TooLargeError: nothing is to be made of what has been written.
        OSError: as the file does.
    """
    file = _File(target, bound.end)
    file.add(bound.fonts)
    contents = {name: file.stream(data) for name, data in sorted(bound.furniture.items())}
    page_numbers: list[int] = []
    names: dict[str, str] = {}
    marks: list[tuple[int, str, str, str]] = []
    tops: list[str] = []
    leaves: list[str] = []
    first: Placed | None = None
    for piece in bound.pieces:
        first = first or piece
        file.add(piece.moved)
        numbers = _pages(file, piece, contents, bound)
        page_numbers += numbers
        tops += [f"{piece.base + top} 0 R" for top in piece.head["top"]]
        leaves.append(f"{piece.base + piece.head['leaf']} 0 R")
        for number, at in zip(numbers, piece.pages, strict=True):
            facts = piece.head["pages"][at]
            for name, x, y in facts["anchors"]:
                names.setdefault(name, f"[{number} 0 R/XYZ {_number(x)} {_number(y)} 0]")
            for level, label, x, y, state in facts["marks"]:
                marks.append((level, label, f"[{number} 0 R/XYZ {_number(x)} {_number(y)} 0]", state))
    _structure(file, tops, leaves)
    file.set(
        PAGES, f"<</Type/Pages/Count {len(page_numbers)}/Kids[{' '.join(f'{each} 0 R' for each in page_numbers)}]>>"
    )
    if first is None:
        raise ValueError("a book has pieces")
    file.set(INFO, _dictionary(first.head["info"]))
    catalog = {"Type": "/Catalog", "Pages": f"{PAGES} 0 R", "StructTreeRoot": f"{STRUCTURE} 0 R"}
    catalog |= {key: _at(value, first) for key, value in first.head["catalog"].items()}
    if names:
        pairs = " ".join(f"{_string(name)}{names[name]}" for name in sorted(names, key=_bytes))
        catalog["Names"] = f"<</Dests<</Names[{pairs}]>>>>"
    if marks:
        catalog["Outlines"] = f"{_outline(file, marks)} 0 R"
    if bound.labels:
        catalog["PageLabels"] = as_pdf(bound.labels)
    file.set(CATALOG, _dictionary(catalog))
    file.finish(bound.identifier)


def _pages(file: _File, piece: Placed, contents: Mapping[str, int], bound: Bound) -> list[int]:
    """Add the pages of a piece and return their numbers."""
    resources = piece.head["resources"]
    kinds = {kind: {key: _at(value, piece) for key, value in some.items()} for kind, some in resources["kinds"].items()}
    kinds["ExtGState"] = {**bound.states, **kinds.get("ExtGState", {})}
    whole = {kind: _dictionary(some) for kind, some in kinds.items()}
    whole |= {"ColorSpace": _at(resources["colours"], piece), "Font": f"{bound.fonts_dictionary} 0 R"}
    resources_number = piece.base + resources["number"]
    file.set(resources_number, _dictionary(whole))
    numbers = []
    for at, edges in zip(piece.pages, piece.furniture, strict=True):
        facts = piece.head["pages"][at]
        number = piece.base + facts["number_of"]
        streams = [piece.base + facts["content"], *(contents[edge] for edge in edges)]
        content = " ".join(f"{each} 0 R" for each in streams)
        file.set(
            number,
            f"<</Type/Page/Parent {PAGES} 0 R/Resources {resources_number} 0 R/Contents[{content}]"
            f"/StructParents {piece.base + at}{_at(facts['rest'], piece).removeprefix('<<')}",
        )
        numbers.append(number)
    return numbers


def _structure(file: _File, tops: list[str], leaves: list[str]) -> None:
    file.set(STRUCTURE, f"<</Type/StructTreeRoot/ParentTree {TREE} 0 R/K[{DOCUMENT} 0 R]>>")
    file.set(DOCUMENT, f"<</Type/StructElem/S/Document/P {STRUCTURE} 0 R/K[{' '.join(tops)}]>>")
    file.set(TREE, f"<</Kids[{' '.join(leaves)}]>>")


def _outline(file: _File, marks: list[tuple[int, str, str, str]]) -> int:
    """Add the outline and return the number of its root. Levels nest as they come: a gap in them is closed."""
    root = _Mark(OUTLINES, 0)
    path = [root]
    for level, label, destination, state in marks:
        while path[-1].level >= level:
            path.pop()
        mark = _Mark(file.new(), level, label, destination, state == "closed", path[-1])
        path[-1].children.append(mark)
        path.append(mark)
    root.write(file)
    return OUTLINES


@dataclass(slots=True)
class _Mark:
    number: int
    level: int
    label: str = ""
    destination: str = ""
    closed: bool = False
    parent: _Mark | None = None
    children: list[_Mark] = field(default_factory=list)

    def count(self) -> int:
        """Return how many lines show below it when it is open."""
        return sum(1 + (0 if child.closed else child.count()) for child in self.children)

    def write(self, file: _File, before: int = 0, after: int = 0) -> None:
        count = self.count()
        entry = {"Count": str(-count if self.closed else count)}
        if self.parent:
            entry |= {"Title": _string(self.label), "Dest": self.destination, "Parent": f"{self.parent.number} 0 R"}
        if before:
            entry["Prev"] = f"{before} 0 R"
        if after:
            entry["Next"] = f"{after} 0 R"
        if self.children:
            entry |= {"First": f"{self.children[0].number} 0 R", "Last": f"{self.children[-1].number} 0 R"}
        file.set(self.number, _dictionary(entry))
        for at, child in enumerate(self.children):
            following = self.children[at + 1].number if at + 1 < len(self.children) else 0
            child.write(file, self.children[at - 1].number if at else 0, following)


def _at(text: str, piece: Placed) -> str:
    """Return PDF text of a fragment's head with its references moved."""

    def number(own: int) -> int:
        return piece.shared.get(own) or piece.base + own

    return references(text.encode("latin-1"), number, lambda key: piece.base + key).decode("latin-1")


def _dictionary(entries: Mapping[str, str]) -> str:
    return f"<<{''.join(f'/{key} {value}' for key, value in entries.items())}>>"


def _number(value: float) -> str:
    return f"{value:f}".rstrip("0").rstrip(".")


def _bytes(text: str) -> bytes:
    return text.encode("ascii") if text.isascii() else b"\xfe\xff" + text.encode("utf-16-be")


def _string(text: str) -> str:
    """Return a PDF string."""
    return f"<{_bytes(text).hex()}>"
