"""Which characters a cut has, kept in a small file beside it: a font library takes longer to load than a check may."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path

FORM = "characters in ranges"
"""How the file is written, as it goes into the key of a cut: `20-7e a0`, in hexadecimal."""

EVERYWHERE = frozenset(map(chr, (*range(0x21, 0x7F), *range(0xA1, 0xAD), *range(0xAE, 0x100)))) | frozenset(
    "–—‘’“”…•†‡€™Œœ"
)
"""What each of our families has, so that most books need no further look; a test holds the families to it."""

UNSEEN = frozenset({"Cc", "Cf", "Zl", "Zp", "Zs"})
"""Categories of characters that leave no mark."""


def file_of(cut: Path) -> Path:
    """Return the file beside a cut that names its characters."""
    return cut.with_suffix(".characters")


def characters(font: bytes) -> bytes:
    """Return the characters of a font as the file holds them."""
    import uharfbuzz

    codes = sorted(uharfbuzz.Face(uharfbuzz.Blob(font)).unicodes)
    return " ".join(f"{first:x}-{last:x}" for first, last in _ranges(codes)).encode()


def _ranges(codes: Iterable[int]) -> Iterator[tuple[int, int]]:
    first = last = -2
    for code in codes:
        if code != last + 1:
            if last >= 0:
                yield first, last
            first = code
        last = code
    if last >= 0:
        yield first, last


@lru_cache
def of(cut: Path) -> frozenset[str]:
    """Return the characters of a cut."""
    found: set[str] = set()
    for pair in file_of(cut).read_text("ascii").split():
        first, last = (int(code, 16) for code in pair.split("-"))
        found.update(map(chr, range(first, last + 1)))
    return frozenset(found)


def seen(text: Iterable[str]) -> frozenset[str]:
    """Return the characters of a text that leave a mark.

    Signs that only choose the look of the one before are left out, and letters are put together with their accents, as
    is done when they are set.

    >>> sorted(seen("e\u0301 \u263a\ufe0f\u00ad"))
    ['é', '☺']
    """
    composed = unicodedata.normalize("NFC", "".join(text))
    return frozenset(
        char
        for char in set(composed)
        if unicodedata.category(char) not in UNSEEN and not "\ufe00" <= char <= "\ufe0f" and ord(char) < 0xE0000
    )
