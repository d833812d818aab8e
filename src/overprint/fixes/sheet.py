"""One file, as rules see it and as it is on the disk: edits are made in the first; of the second, all else stays."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate

from overprint.diagnostics import Place

BOM = "\ufeff"


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """The characters from `start` to `end` become `new`, whose lines end in a line feed."""

    start: int
    end: int
    new: str

    def moved(self, by: int) -> Edit:
        """Return the edit `by` characters further on."""
        return Edit(self.start + by, self.end + by, self.new)


def edited(text: str, edits: Iterable[Edit]) -> str:
    r"""Return `text` with edits made that do not overlap.

    >>> edited("it's  so", [Edit(4, 6, " "), Edit(2, 3, "’")])
    'it’s so'
    """
    parts: list[str] = []
    done = 0
    for edit in sorted(edits):
        parts += text[done : edit.start], edit.new
        done = edit.end
    return "".join(parts) + text[done:]


class Sheet:
    """A file: `text` as `files.read_text` gives it, `data` the bytes on the disk, which are UTF-8."""

    def __init__(self, data: bytes, text: str) -> None:
        self.text = text
        self._raw = data.decode("utf-8")
        self._starts = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]

    def offset(self, place: Place) -> int:
        """Return where a place of this file stands in `text`."""
        return min(self._starts[min(place.line, len(self._starts) - 1) - 1] + max(place.column, 1) - 1, len(self.text))

    def edited(self, edits: Iterable[Edit]) -> bytes:
        r"""Return the bytes with the edits made; new lines end as the file's own do.

        >>> Sheet(b"a\r\nb  c\r\n", "a\nb  c\n").edited([Edit(3, 5, " "), Edit(7, 7, "d\n")])
        b'a\r\nb c\r\nd\r\n'
        """
        mark = len(BOM) if self._raw.startswith(BOM) else 0
        pairs = [found.start() - mark - before for before, found in enumerate(re.finditer("\r\n", self._raw))]

        def there(offset: int) -> int:
            return offset + mark + bisect_left(pairs, offset)

        newline = "\r\n" if pairs else "\n"
        raw = (Edit(there(each.start), there(each.end), each.new.replace("\n", newline)) for each in edits)
        return edited(self._raw, raw).encode("utf-8")
