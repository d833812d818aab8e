"""Where in the manuscript words stand that a book lacks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from overprint.diagnostics import Place
from overprint.parity.compare import Fault
from overprint.parity.tokens import Sort, folded

REACH = 3
"""Words in front that must agree."""


class Places:
    """Finds words in the files of a manuscript.

    Args:
        root: the project's folder.
        known: where the editor finds what has these ids.
    """

    def __init__(self, root: Path, known: Mapping[str, Place]) -> None:
        self.root, self.known = root, known
        self.read: dict[str, list[tuple[str, int, int]]] = {}

    def of(self, fault: Fault) -> Place:
        """Return the place of what is missing, or of the words in front of it; where neither is found, of its text."""
        place = self._begins(fault.at)
        if not place.path:
            return place
        before = [key for key, _ in folded(fault.after)][-REACH:]
        wanted = [token.key for token in fault.missing if token.key and token.sort is Sort.WORD][:REACH]
        words = [each for each in self._words(place.path) if each[1] >= place.line]
        keys = [key for key, *_ in words]
        for row, step in ((before + wanted, len(before)), (wanted, 0), (before, len(before) - 1)):
            found = [at for at in range(len(keys)) if row and keys[at : at + len(row)] == row]
            if found and (row != wanted or len(found) == 1):
                _, line, column = words[min(found[0] + step, len(words) - 1)]
                return replace(place, line=line, column=column)
        return place

    def _begins(self, at: str) -> Place:
        """Return the place of the longest known id with which an id begins."""
        found: Callable[[str], bool] = lambda name: at == name or at.startswith(f"{name}-")  # noqa: E731
        return self.known[max(filter(found, self.known), key=len)] if any(map(found, self.known)) else Place()

    def _words(self, path: str) -> list[tuple[str, int, int]]:
        """Return the words of a file with their lines and columns."""
        if path not in self.read:
            text = (self.root / path).read_text("utf-8", "replace") if (self.root / path).is_file() else ""
            found = []
            for number, line in enumerate(text.split("\n"), 1):
                column = 0
                for key, shown in folded(line):
                    column = max(line.find(shown, column), column)
                    found.append((key, number, column + 1))
                    column += len(shown)
            self.read[path] = found
        return self.read[path]
