"""What a fix reads: one text of a file with its words laid bare, and how a fix is declared."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import wraps

from overprint.checks.prose import Prose, prose
from overprint.diagnostics import Diagnostic
from overprint.fixes.gist import alike
from overprint.fixes.sheet import Edit
from overprint.model import Text


@dataclass(frozen=True, slots=True, eq=False)
class Passage:
    """A text in which something is to be mended; offsets count from its first character.

    `source` is as its writer wrote it; `prose` has what nobody reads masked.
    """

    source: str
    language: str
    prose: Prose

    @property
    def words(self) -> str:
        """What the reader reads, the rest masked."""
        return self.prose.words


def passage(text: Text, language: str) -> Passage:
    """Return a passage of Markdown."""
    return Passage(text.value, language, prose(text))


Edits = tuple[Edit, ...]
Found = Mapping[int, Diagnostic]
Keeps = Callable[[str, str, str], bool]
Fixer = Callable[[Passage, Found], Iterator[tuple[int, Edits]]]


@dataclass(frozen=True, slots=True)
class Fix:
    """How findings of one code are mended: `make` yields, for each that it can mend, its offset and its edits.

    Attributes:
        safe: no word changes, nor what is code, an address or markup.
        keeps: tells, of the text before and after and its language, whether a safe fix kept what it must.
        fields: also for values such as titles.
    """

    make: Fixer
    safe: bool = True
    keeps: Keeps | None = alike
    fields: bool = False


def each(mend: Callable[[Passage, int, Diagnostic], Iterable[Edit]]) -> Fixer:
    """Make a fixer of a function that mends one finding, and yields nothing where it cannot."""

    @wraps(mend)
    def make(there: Passage, found: Found) -> Iterator[tuple[int, Edits]]:
        for at, said in found.items():
            if edits := tuple(mend(there, at, said)):
                yield at, edits

    return make


def facts(said: Diagnostic) -> dict[str, str]:
    """Return the facts that fill the wording of a finding, by name."""
    named = re.sub(r"\\{(\w+)\\}", r"(?P<\1>.*)", re.escape(said.kind.message))
    found = re.fullmatch(named, said.message, re.DOTALL)
    return found.groupdict() if found else {}
