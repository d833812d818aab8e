"""Which findings are shown: chosen by code on the command line, in book.yaml, or in the text itself.

Only warnings and hints can be left out. An error is a book that would be wrong, and is always shown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from overprint.diagnostics import Diagnostic, Place, Severity

REMARK = re.compile(r"<!--\s*overprint:\s*ignore\s+([A-Z][0-9]+(?:[\s,]+[A-Z][0-9]+)*)\s*-->")


@dataclass(frozen=True, slots=True)
class Choice:
    """Codes to show alone (`select`) or to leave out (`ignore`); `M5` means all that begin so."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    def names(self, code: str) -> bool:
        """Tell whether a code is among those to show."""
        return not (self.select and not code.startswith(self.select)) and not code.startswith(self.ignore)


def chosen(found: Iterable[Diagnostic], choice: Choice, line_of: Callable[[Place, int], str]) -> tuple[Diagnostic, ...]:
    """Return the findings to show.

    Args:
        found: all findings.
        choice: the codes on the command line and in book.yaml.
        line_of: returns the text of a place's line, or of a line so many further on; empty where there is none.
    """
    return tuple(each for each in found if each.severity is Severity.ERROR or _shown(each, choice, line_of))


def _shown(each: Diagnostic, choice: Choice, line_of: Callable[[Place, int], str]) -> bool:
    if not choice.names(each.code):
        return False
    return each.code not in silenced(line_of(each.place, 0)) | _silenced_below(line_of(each.place, -1))


def silenced(line: str) -> frozenset[str]:
    """Return the codes that a remark in a line silences.

    >>> sorted(silenced("so what <!-- overprint: ignore M414, M409 -->"))
    ['M409', 'M414']
    """
    found = REMARK.search(line)
    return frozenset(re.findall(r"[A-Z][0-9]+", found.group(1))) if found else frozenset()


def _silenced_below(line: str) -> frozenset[str]:
    """A remark alone on its line is meant for the next."""
    return silenced(line) if REMARK.fullmatch(line.strip()) else frozenset()
