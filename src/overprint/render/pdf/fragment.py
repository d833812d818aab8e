"""A fragment: one laid-out piece as PDF objects that can be moved, with a head that says what the joining must know.

The objects are numbered from 1 on their own. `moved` gives them the numbers of the joined book. A fragment is read from
a cache on disk, so its head is JSON and nothing in it is ever executed.
"""

from __future__ import annotations

import json
import re
import struct
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

MAGIC = b"overprint fragment 1\n"
ROW = struct.Struct(">BIH")
"""A row of the cross-reference table: type, offset or number of the object stream, generation or index there."""

IN_ONE = 400
"""How many objects share one object stream; a reader unpacks a whole stream to get at one of them."""

# A reference `12 0 R`; a key of the structure's parent tree, written `12 0 S` until it is moved; strings are skipped.
_MOVING = re.compile(rb"\((?:[^\\()]|\\.)*\)|<[0-9a-fA-F]*>|\b(\d+) 0 ([RS])\b", re.DOTALL)
_APART = b"\n\0\n"


@dataclass(frozen=True, slots=True)
class Fragment:
    """One piece, laid out.

    Attributes:
        head: what the joining must know, as JSON values.
        plain: PDF objects without a stream, by their own number.
        streams: number, dictionary without `Length`, and bytes of the objects with one.
        count: the highest number.
    """

    head: dict[str, Any]
    plain: Mapping[int, bytes]
    streams: tuple[tuple[int, bytes, bytes], ...]
    count: int

    def packed(self) -> bytes:
        """Return the fragment as bytes."""
        text = _APART.join(self.plain.values())
        sizes = [(number, len(dictionary), len(data)) for number, dictionary, data in self.streams]
        index = {"head": self.head, "plain": list(self.plain), "streams": sizes, "count": self.count}
        head = json.dumps(index, ensure_ascii=False, separators=(",", ":")).encode()
        body = b"".join(part for _, *parts in self.streams for part in parts)
        return b"".join((MAGIC, struct.pack(">II", len(head), len(text)), head, text, body))

    @classmethod
    def unpacked(cls, data: bytes) -> Fragment:
        """Read what `packed` wrote.

        Raises:
            ValueError: it is something else.
        """
        start = len(MAGIC)
        if data[:start] != MAGIC:
            raise ValueError("no fragment")
        head_size, text_size = struct.unpack_from(">II", data, start)
        start += 8
        index = json.loads(data[start : start + head_size])
        start += head_size
        texts = data[start : start + text_size].split(_APART) if index["plain"] else []
        start += text_size
        streams = []
        for number, *sizes in index["streams"]:
            parts = []
            for size in sizes:
                parts.append(data[start : start + size])
                start += size
            streams.append((number, parts[0], parts[1]))
        plain = dict(zip(index["plain"], texts, strict=True))
        return cls(index["head"], plain, tuple(streams), index["count"])


def references(text: bytes, number: Callable[[int], int], key: Callable[[int], int]) -> bytes:
    """Return PDF text with its references and its structure keys renumbered."""

    def renumbered(found: re.Match[bytes]) -> bytes:
        old = found.group(1)
        if old is None:
            return found.group()
        return b"%d 0 R" % number(int(old)) if found.group(2) == b"R" else b"%d" % key(int(old))

    return _MOVING.sub(renumbered, text)


@dataclass(frozen=True, slots=True)
class Moved:
    """Objects with their numbers in the book, as bytes of the file.

    Attributes:
        first: the number of the first row.
        rows: the rows of the cross-reference table for all numbers from `first`; type 0 where there is no object yet.
        places: number and offset in `data` of each object that stands there by itself; their rows are not filled.
        data: the objects one after another.
    """

    first: int
    rows: bytes
    places: tuple[tuple[int, int], ...]
    data: bytes

    def packed(self) -> bytes:
        """Return it as bytes."""
        head = json.dumps([self.first, len(self.rows), self.places]).encode()
        return b"".join((struct.pack(">I", len(head)), head, self.rows, self.data))

    @classmethod
    def unpacked(cls, data: bytes) -> Moved:
        """Read what `packed` wrote."""
        (size,) = struct.unpack_from(">I", data)
        first, rows, places = json.loads(data[4 : 4 + size])
        start = 4 + size
        return cls(first, data[start : start + rows], tuple(map(tuple, places)), data[start + rows :])


def moved(fragment: Fragment, base: int, shared: Mapping[int, int]) -> Moved:
    """Return a fragment's objects with `base` added to their numbers.

    `shared` says where else a number leads; a stream among those is left out, since the book has it already.
    """

    def number(own: int) -> int:
        return shared.get(own) or base + own

    def key(own: int) -> int:
        return base + own

    text = references(_APART.join(fragment.plain.values()), number, key)
    plain = list(zip((base + own for own in fragment.plain), text.split(_APART), strict=False))
    first_holder = base + fragment.count + 1
    holders = in_streams(plain, first_holder)
    rows = bytearray(ROW.size * (fragment.count + 1 + len(holders)))
    places, parts, size = [], [], 0
    for own, dictionary, data in fragment.streams:
        if own in shared:
            continue
        places.append((base + own, size))
        parts.append(stream(base + own, references(dictionary, number, key), data))
        size += len(parts[-1])
    for holder, (data, many) in enumerate(holders, first_holder):
        places.append((holder, size))
        parts.append(data)
        size += len(data)
        for index, each in enumerate(many):
            ROW.pack_into(rows, ROW.size * (each - base), 2, holder, index)
    return Moved(base, bytes(rows), tuple(places), b"".join(parts))


def streams_needed(plain: int) -> int:
    """Return how many object streams so many objects take."""
    return -(-plain // IN_ONE)


def in_streams(objects: Iterable[tuple[int, bytes]], first: int) -> list[tuple[bytes, list[int]]]:
    """Pack objects into object streams numbered from `first`; each with the numbers it holds, in order."""
    rest = list(objects)
    result: list[tuple[bytes, list[int]]] = []
    for start in range(0, len(rest), IN_ONE):
        some = rest[start : start + IN_ONE]
        index, position = [], 0
        for number, text in some:
            index.append(b"%d %d" % (number, position))
            position += len(text) + 1
        head = b" ".join(index) + b"\n"
        dictionary = b"<</Type/ObjStm/N %d/First %d/Filter/FlateDecode" % (len(some), len(head))
        data = zlib.compress(head + b"\n".join(text for _, text in some), 6)
        holder = stream(first + len(result), dictionary + b">>", data)
        result.append((holder, [number for number, _ in some]))
    return result


def stream(number: int, dictionary: bytes, data: bytes) -> bytes:
    """Return a whole stream object; `dictionary` comes without `Length`."""
    return b"%d 0 obj\n%s/Length %d>>\nstream\n%s\nendstream\nendobj\n" % (
        number,
        dictionary.rstrip().removesuffix(b">>"),
        len(data),
        data,
    )
