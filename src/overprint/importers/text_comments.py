"""The comments at the end of a text scrape: where they begin, one record each, and what stands after them."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from overprint.diagnostics import Diagnostic, Place, hint, warning
from overprint.importers.text_paragraphs import NUMBER, Paragraph
from overprint.importers.text_phrases import (
    BARE_LABEL,
    BUTTON,
    COUNTED,
    FORM,
    INVITING,
    LABEL,
    ONLY_DATE,
    PRONOUNS,
    SAYS,
    SIGNED,
    boilerplate,
    iso,
)
from overprint.model import Dropped

UNDIVIDED = warning(
    "I030",
    "the comments after “{label}” have neither numbers nor names: they are kept as one comment",
    "divide it in comments.md",
    "A text scrape shows where a comment begins by its number or by a line such as “Jane says:”. Without either, "
    "nobody can tell where one reader stops and the next begins. The words are all there; divide them by hand, or "
    "import the web page instead of its text.",
)
NOT_A_LABEL = warning(
    "I031",
    "“{label}” reads like the label of a comment section, but no comments follow: it stays in the essay",
    "delete it from essay.md if the site put it there",
    "Words such as “Leave a comment” usually stand above the comments of a page. Here ordinary text follows, so it may "
    "be the author's own heading. It is kept, because an importer must not throw the author's words away.",
)
INNER_NUMBER = hint(
    "I032",
    "comment {number} holds a paragraph that begins with {inner}: a list of its own, or another reader's reply",
    "make it a comment of its own if another reader wrote it",
    "Comments are told apart by their numbers. A number that is out of order or further indented may belong to a list "
    "inside the comment, or to a reply that was nested on the page. The text does not say which.",
)

MISCOUNTED = warning(
    "I033",
    "the page says “{label}”, but {count} could be told apart",
    "compare with the page, and import its HTML if you can",
    "The label over the comments counts them, and the text holds another number. Comments may stand on further pages, "
    "may have been folded away when the text was copied, or may have run together here.",
)

SKIP = 5
GAP = 20
SPOKEN = 20


@dataclass(slots=True)
class Letter:
    """A comment as found; `numbered` when the source gave the number."""

    number: int
    paragraphs: list[Paragraph]
    numbered: bool = False
    author: str | None = None
    date: str | None = None


@dataclass(slots=True)
class Section:
    """What stands from the label of the comments to the end of the file."""

    letters: list[Letter] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Attribution:
    """A line such as `Jane says:`, and how many lines it takes."""

    who: str
    date: str | None
    lines: int


def dropped(paragraph: Paragraph, reason: str) -> Dropped:
    """Return the record of a paragraph left out."""
    return Dropped(paragraph.text, reason, paragraph.line)


def section_at(found: Sequence[Paragraph], ended: Callable[[int], bool], path: str) -> tuple[int, list[Diagnostic]]:
    """Return the index of the label over the comments, or the length when there is none.

    Args:
        found: the paragraphs of the text.
        ended: tells whether the paragraphs before an index show the essay's end, by a bio or a site's own words.
        path: the file, for diagnostics.
    """
    said: dict[str, Diagnostic] = {}
    tail = len(found) - sum(1 for _ in itertools.takewhile(_site_words, reversed(found)))
    total, before = sum(each.size for each in found), 0
    for index, each in enumerate(found):
        sure = bool(COUNTED.fullmatch(each.text) or INVITING.fullmatch(each.text)) if each.size <= SPOKEN else False
        label = before >= SPOKEN and (sure or (each.size <= 3 and BARE_LABEL.fullmatch(each.text)))
        if label and _opens(found, index, sure=sure, tail=tail, ended=ended, most=2 * before >= total):
            return index, list(said.values())
        if sure and each.text not in said:
            said[each.text] = NOT_A_LABEL.at(Place(path, each.line, each.column), label=each.text)
        before += each.size
    return len(found), list(said.values())


def _site_words(paragraph: Paragraph) -> bool:
    return boilerplate(paragraph.text) is not None


def _opens(
    found: Sequence[Paragraph], index: int, *, sure: bool, tail: int, ended: Callable[[int], bool], most: bool
) -> bool:
    """Tell whether a label is one; a heading of the essay's own such as “Discussion” must never pass."""
    if index + 1 >= tail:
        return sure
    first = _first(found, index + 1)
    if first is not None:
        told = attribution(found[first]) is not None or found[first].indent > 0
        return sure or told or ended(index)
    return bool(COUNTED.fullmatch(found[index].text)) and (ended(index) or most)


def _first(found: Sequence[Paragraph], start: int) -> int | None:
    """Return where the first comment begins, past labels and buttons."""
    for index in range(start, min(start + SKIP, len(found))):
        each = found[index]
        if each.numbered() is not None or attribution(each):
            return index
        if not _site_words(each):
            return None
    return None


def attribution(paragraph: Paragraph) -> Attribution | None:
    """Return who speaks, when the paragraph begins with a line that says so for certain."""
    first = paragraph.lines[0].text
    said = (SAYS.fullmatch(first) or SIGNED.fullmatch(first)) if len(first) <= 120 else None
    if not said or len(said["who"].split()) > 4 or said["who"].split()[0].lower() in PRONOUNS:
        return None
    date = iso(said["date"]) if said["date"] else None
    if said["date"] and not date:
        return None
    if not date and len(paragraph.lines) > 1 and (later := _only_date(paragraph.lines[1].text)):
        return Attribution(said["who"], later, 2)
    return Attribution(said["who"], date, 1)


def _only_date(text: str) -> str | None:
    found = ONLY_DATE.fullmatch(text) if len(text) <= 60 else None
    return iso(found[1]) if found else None


def read_section(found: Sequence[Paragraph], path: str) -> Section:
    """Read the comments below a label, which is the first of these paragraphs."""
    section = Section(dropped=[dropped(found[0], LABEL)])
    first = _first(found, 1)
    between = found[1 : first if first is not None else 1]
    section.dropped += [dropped(each, LABEL) for each in between]
    rest = found[1 + len(between) :]
    if first is None:
        _undivided(section, rest, found[0], path)
        return section
    numbered = rest[0].numbered() is not None
    base = rest[0].indent
    section.letters = _by_number(rest, base) if numbered else _by_name(rest)
    _foot(section, base)
    for letter in section.letters:
        _tidy(section, letter, path)
    _count(section, found[: len(between) + 1], path)
    return section


def _count(section: Section, labels: Sequence[Paragraph], path: str) -> None:
    """Compare with the number that a label gives."""
    for label in labels:
        given = re.search(r"\d+", label.text) if COUNTED.fullmatch(label.text) else None
        if given and int(given[0]) != len(section.letters):
            place = Place(path, label.line, label.column)
            section.diagnostics.append(MISCOUNTED.at(place, label=label.text, count=len(section.letters)))


def _undivided(section: Section, rest: Sequence[Paragraph], label: Paragraph, path: str) -> None:
    cut = next((at for at, each in enumerate(rest) if _ends_comments(each, 0)), len(rest))
    if cut:
        section.letters.append(Letter(1, list(rest[:cut])))
        section.diagnostics.append(UNDIVIDED.at(Place(path, label.line, label.column), label=label.text))
    section.dropped += _footer(rest[cut:])


def _by_number(found: Sequence[Paragraph], base: int) -> list[Letter]:
    """Divide where the next number stands as far in as the first; a dot aligned to the right may move it by one."""
    letters: list[Letter] = []
    last = (found[0].numbered() or 1) - 1
    for each in found:
        start = 0
        for at, line in enumerate(each.lines):
            marker = NUMBER.match(line.text) if abs(line.indent - base) <= 1 else None
            number = int(marker[1]) if marker else 0
            if last < number <= last + (1 if at else GAP):
                if at > start:
                    letters[-1].paragraphs.append(Paragraph(each.lines[start:at]))
                letters.append(Letter(number, [], numbered=True))
                start, last = at, number
        letters[-1].paragraphs.append(Paragraph(each.lines[start:]))
    return letters


def _by_name(found: Sequence[Paragraph]) -> list[Letter]:
    """Divide at lines such as `Jane says:`; where the first has a date, a line without one is part of a comment."""
    letters: list[Letter] = []
    opening = attribution(found[0])
    dated = bool(opening and opening.date)
    for each in found:
        spoken = attribution(each)
        if spoken and (spoken.date or not dated):
            letters.append(Letter(len(letters) + 1, [each]))
        else:
            letters[-1].paragraphs.append(each)
    return letters


def _ends_comments(paragraph: Paragraph, base: int) -> bool:
    phrase = boilerplate(paragraph.text)
    return bool(phrase and phrase.sure and paragraph.indent <= base)


def _foot(section: Section, base: int) -> None:
    """Take what follows the last comment: from the first words of the site on, nothing is a reader's."""
    last = section.letters[-1].paragraphs
    cut = next((at for at, each in enumerate(last) if at and _ends_comments(each, base)), len(last))
    section.dropped += _footer(last[cut:])
    del last[cut:]


def _footer(found: Sequence[Paragraph]) -> list[Dropped]:
    named = ((each, boilerplate(each.text)) for each in found)
    return [dropped(each, phrase.reason if phrase else "page footer") for each, phrase in named]


def _tidy(section: Section, letter: Letter, path: str) -> None:
    """Take number, name, date and buttons from a comment's paragraphs."""
    body = letter.paragraphs
    if letter.numbered:
        opened = body[0].unnumbered()
        body[:1] = [opened] if opened else []
    spoken = attribution(body[0]) if body else None
    if spoken:
        letter.author, letter.date = spoken.who, spoken.date
        section.dropped.append(dropped(Paragraph(body[0].lines[: spoken.lines]), "comment byline"))
        rest = body[0].without(spoken.lines)
        body[:1] = [rest] if rest else []
        if body and not letter.date and (date := _only_date(body[0].text)):
            letter.date = date
            section.dropped.append(dropped(body.pop(0), "comment byline"))
    pressed = [bool(at and BUTTON.fullmatch(each.text)) for at, each in enumerate(body)]
    section.dropped += [dropped(each, FORM) for each in itertools.compress(body, pressed)]
    letter.paragraphs = [each for each, button in zip(body, pressed, strict=True) if not button]
    inner = next((each for each in letter.paragraphs[1:] if letter.numbered and each.numbered() is not None), None)
    if inner:
        place = Place(path, inner.line, inner.column)
        section.diagnostics.append(INNER_NUMBER.at(place, number=letter.number, inner=f"“{inner.numbered()}.”"))
