"""What a typeface file says of its letters: how wide they are and how tall.

Read by hand from five tables: a rebuild takes well under a second, and loading a font library takes a fifth of that.
Kerning is left out, so a line is never wider on the page than it is here.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Gauge:
    """The measures of one face in em, and the tags of its features; `small` is the x-height, `descent` positive."""

    ascent: float
    descent: float
    capital: float
    advances: dict[str, float]
    bearings: dict[str, float]
    features: frozenset[str] = frozenset()
    small: float = 0.45

    def width(self, words: str) -> float:
        """Return how wide words are; what the face lacks counts as half an em."""
        return sum(self.advances.get(char, 0.5) for char in words)

    @property
    def centre(self) -> float:
        """How far a baseline stands below the middle of its line."""
        return (self.ascent - self.descent) / 2


@lru_cache(maxsize=32)
def gauge(path: Path) -> Gauge:
    """Return the measures of a font file, TTF or OTF; its letters are those of the basic plane.

    Raises:
        OSError, struct.error, KeyError: it cannot be read.
    """
    data = path.read_bytes()
    tables = _tables(data)
    head, hhea, os2 = tables["head"], tables["hhea"], tables["OS/2"]
    (em,) = struct.unpack_from(">H", data, head + 18)
    ascent, descent = struct.unpack_from(">hh", data, hhea + 4)
    (held,) = struct.unpack_from(">H", data, hhea + 34)
    small, capital = struct.unpack_from(">hh", data, os2 + 86)
    metrics = list(struct.iter_unpack(">Hh", data[tables["hmtx"] : tables["hmtx"] + 4 * held]))
    glyphs = {char: glyph for char, glyph in _characters(data, tables["cmap"]).items() if glyph}
    advances = {char: metrics[min(glyph, held - 1)][0] / em for char, glyph in glyphs.items()}
    bearings = {char: metrics[glyph][1] / em for char, glyph in glyphs.items() if glyph < held}
    features = frozenset(_features(data, tables["GSUB"])) if "GSUB" in tables else frozenset[str]()
    return Gauge(ascent / em, -descent / em, capital / em, advances, bearings, features, small / em)


def _tables(data: bytes) -> dict[str, int]:
    """Return where each table begins."""
    (count,) = struct.unpack_from(">H", data, 4)
    rows = struct.iter_unpack(">4sIII", data[12 : 12 + 16 * count])
    return {tag.decode("latin-1"): offset for tag, _, offset, _ in rows}


def _features(data: bytes, table: int) -> Iterator[str]:
    (at,) = struct.unpack_from(">H", data, table + 6)
    (count,) = struct.unpack_from(">H", data, table + at)
    first = table + at + 2
    yield from (data[start : start + 4].decode("latin-1") for start in range(first, first + 6 * count, 6))


def _characters(data: bytes, start: int) -> dict[str, int]:
    """Return the glyph of each character, from the subtable in format 4 that every font has."""
    (count,) = struct.unpack_from(">H", data, start + 2)
    subtables = [start + offset for *_, offset in struct.iter_unpack(">HHI", data[start + 4 : start + 4 + 8 * count])]
    at = next(each for each in subtables if struct.unpack_from(">H", data, each)[0] == 4)
    (twice,) = struct.unpack_from(">H", data, at + 6)
    many = twice // 2
    ends, starts, deltas, ranges = (
        struct.unpack_from(f">{many}H", data, at + 14 + column * twice + (2 if column else 0)) for column in range(4)
    )
    found = {}
    for segment in range(many):
        where = at + 16 + 3 * twice + 2 * segment
        for code in range(starts[segment], min(ends[segment], 0xFFFE) + 1):
            glyph = code
            if ranges[segment]:
                (glyph,) = struct.unpack_from(">H", data, where + ranges[segment] + 2 * (code - starts[segment]))
                glyph = glyph and (glyph + deltas[segment]) & 0xFFFF
            else:
                glyph = (code + deltas[segment]) & 0xFFFF
            found[chr(code)] = glyph
    return found
