"""The texts of a book as rules on words read them, one group for each essay and one for the lives.

What is printed is read: essays, chosen comments, titles and abstracts, front and back matter, lives.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from overprint.checks.prose import Prose, prose
from overprint.checks.rules import Say
from overprint.diagnostics import NOWHERE, Diagnostic, Place
from overprint.model import Essay, Manuscript, Text

MOST = 50
"""How many findings a rule shows in one essay: more would only hide the others."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One text of the book.

    Attributes:
        words: what the reader reads, the rest masked.
        fixed: the place of a value in front matter, whose signs have no place of their own.
    """

    prose: Prose
    words: str
    kind: Literal["body", "comment", "bio", "field"]
    language: str
    fixed: Place = NOWHERE

    @property
    def is_english(self) -> bool:
        """Whether its language is English."""
        return self.language.lower().startswith("en")

    def holds(self, *signs: str) -> bool:
        """Tell whether one of these strings is in the text: a quick look before a pattern is tried."""
        # Not in the words: the marks of blocks are spaces there.
        source = self.prose.source.value
        for sign in signs:  # noqa: SIM110 - half the time of any()
            if sign in source:
                return True
        return False

    def place(self, offset: int) -> Place:
        """Return where the character at `offset` stands."""
        return self.fixed if self.kind == "field" else self.prose.place(offset)


Finds = Iterator[tuple[int, dict[str, str]]]


@dataclass(frozen=True, slots=True)
class Reading:
    """The passages of each essay, of the front and back matter, and of the lives; a rule finds `most` in a group."""

    groups: tuple[tuple[Passage, ...], ...]
    most: int = MOST


def read(manuscript: Manuscript, most: int = MOST) -> Reading:
    """Return the passages of a manuscript."""
    own = manuscript.project.language
    essays = [tuple(_of_essay(essay, essay.language or own)) for essay in manuscript.essays]
    sections = [
        (_passage(Text(each.title), "field", language, each.at("title")), _passage(each.body, "body", language))
        for each in manuscript.sections
        for language in (each.language or own,)
    ]
    lives = tuple(_passage(person.bio, "bio", own) for person in manuscript.people.values())
    return Reading((*essays, *sections, lives), most)


def _of_essay(essay: Essay, language: str) -> Iterator[Passage]:
    for name, value in (("title", essay.title), ("subtitle", essay.subtitle), ("abstract", essay.abstract)):
        if value:
            yield _passage(Text(value), "field", language, essay.at(name))
    yield _passage(essay.body, "body", language)
    for comment in essay.comments:
        if comment.include:
            yield _passage(comment.body, "comment", language)


def _passage(
    text: Text, kind: Literal["body", "comment", "bio", "field"], language: str, fixed: Place = NOWHERE
) -> Passage:
    made = prose(text)
    return Passage(made, made.words, kind, language, fixed)


def found(say: Say, reading: Reading, find: Callable[[Passage], Finds]) -> Iterator[Diagnostic]:
    """Yield a finding of each fault that `find` sees in a passage, as an offset with the facts of the wording."""
    for group in reading.groups:
        said = (say(passage.place(offset), **facts) for passage in group for offset, facts in find(passage))
        yield from islice(said, reading.most)


def matches(say: Say, reading: Reading, pattern: re.Pattern[str], *signs: str) -> Iterator[Diagnostic]:
    """Yield a finding of each match of a pattern, which no passage has that holds none of `signs`."""

    def find(passage: Passage) -> Finds:
        if passage.holds(*signs):
            for hit in pattern.finditer(passage.words):
                yield hit.start(), {"it": hit[0]}

    return found(say, reading, find)
