"""Rules on characters: those that no typeface of the book can print."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import islice

from overprint import files
from overprint.checks.passages import MOST
from overprint.checks.prose import prose
from overprint.checks.rules import Rules, Say
from overprint.checks.texts import printed
from overprint.diagnostics import Diagnostic, Place, Severity, Stop
from overprint.model import Manuscript
from overprint.typefaces import coverage, fallbacks

RULES = Rules[Manuscript]()
_UNPRINTED = re.compile(r"<!--.*?-->|(?<=\]\()[^\s()]++", re.DOTALL)
"""Comments of editors, and the addresses of links, which are printed in letters of the alphabet."""


@RULES.rule("M424", Severity.ERROR, "no typeface of the book has “{char}” ({code}{name})", "{hint}")
def unprintable(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    r"""An empty box would be printed. A theme's typefaces hold the letters of most European languages, and many signs.

    Typefaces for other scripts, for phonetic signs and for emoji in black and white come with `overprint[scripts]`, and
    are used by themselves where a text needs them. What none of them has can be written in another way, or shown as a
    picture. A first character of each kind is named in each text.

    Bad: The rune \u16a0 stands here.
    Good: Ἐν ἀρχῇ, Жизнь, Dvořák, naïve ﬁancée – “½” † ❦
    """
    project = manuscript.project
    if "pdf" not in project.outputs:
        return
    texts = [(_blanked(text.value), text) for text in printed(manuscript)]
    fields = list(_fields(manuscript))
    said = [*(words for words, _ in texts), *(words for words, _ in fields)]
    if coverage.seen(said) <= coverage.EVERYWHERE:
        return
    from overprint.compose import cascade  # with the theme and its sheets it takes a tenth of a check's time

    try:
        missing = fallbacks.stand_ins(said, cascade.faces(project)).missing
    except Stop:  # what is wrong with the theme or an installation is told when the book is built
        return
    for words, text in texts if missing else ():
        for offset, char in islice(_first(words, missing), MOST):
            yield say(prose(text).place(offset), **_facts(char))
    for words, place in fields if missing else ():
        for _, char in _first(words, missing):
            column = files.line_at(project.root, place).find(char, max(place.column - 1, 0)) + 1
            yield say(place.moved(0, column), **_facts(char))


def _blanked(words: str) -> str:
    return _UNPRINTED.sub(lambda found: " " * len(found[0]), words)


def _fields(manuscript: Manuscript) -> Iterator[tuple[str, Place]]:
    """Yield what is printed and stands in front matter, with its place."""
    project = manuscript.project
    for key in ("title", "subtitle", "publisher", "city", "rights"):
        yield getattr(project, key), project.at(key)
    yield project.comments.title, project.at("comments.title")
    yield from ((part.title, part.place) for part in manuscript.parts)
    yield from ((person.name, person.place) for person in manuscript.people.values())
    yield from ((section.title, section.at("title")) for section in manuscript.sections)
    for essay in manuscript.essays:
        for key in ("title", "subtitle", "abstract", "licence"):
            yield getattr(essay, key), essay.at(key)
        yield essay.source.publication, essay.at("source.publication")
        for comment in essay.comments:
            if comment.include:
                yield comment.anonymise or comment.author, comment.at("author")
                yield comment.editor_note, comment.at("editor-note")


def _first(words: str, missing: frozenset[str]) -> Iterator[tuple[int, str]]:
    """Yield the first of each character that is missing, with its offset, in order."""
    if not words.isascii():
        found = {max(words.find(char), words.find(unicodedata.normalize("NFD", char))): char for char in missing}
        yield from sorted((offset, char) for offset, char in found.items() if offset >= 0)


def _facts(char: str) -> dict[str, str]:
    name = unicodedata.name(char, "").lower()
    code = f"U+{ord(char):04X}"
    way = "write it in another way, or show it as a picture"
    more = f"install further typefaces with `pip install 'overprint[{fallbacks.EXTRA}]'`, or "
    hint = way if fallbacks.all_installed() else more + way
    return {"char": char, "code": code, "name": f", {name}" if name else "", "hint": hint}
