"""Plain text as paragraphs that know where they stand, and as Markdown that reads back to the same words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from overprint.importers.source import LINE_END

# Everywhere: these would open or close emphasis, code, links, tags or an escape.
ALWAYS = re.compile(r"[\\`*_\[\]<]|~(?=~)|(?<=~)~|&(?=#?\w{1,32};)")
# At the start: these would open a heading, quotation, list, fence, rule, container or attribute block.
AT_START = re.compile(
    r"(?:(?P<number>\d{1,9})(?=[.)](?:\s|$))|(?=#{1,6}(?:\s|$)|>|[-+](?:\s|$)|-{2}|:{3}|~{3}|=+\s*$|\{))"
)
CLOSING_HASHES = re.compile(r"(?<!\S)(?=#+$)")
NUMBER = re.compile(r"(\d{1,5})[.)](?:\s+|$)")
TAB = 4


@dataclass(frozen=True, slots=True)
class Line:
    """A line without the white space around it; `column` is where it begins, `indent` how far in, tabs counted."""

    number: int
    column: int
    indent: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    """Lines that stand together, at least one."""

    lines: tuple[Line, ...]

    @cached_property
    def text(self) -> str:
        """The words, lines joined by a space."""
        return " ".join(line.text for line in self.lines)

    @property
    def line(self) -> int:
        """The 1-based line where it begins."""
        return self.lines[0].number

    @property
    def column(self) -> int:
        """The 1-based column where it begins."""
        return self.lines[0].column

    @property
    def indent(self) -> int:
        """How far the first line is indented."""
        return self.lines[0].indent

    @cached_property
    def size(self) -> int:
        """The number of words."""
        return len(self.text.split())

    def at(self, offset: int) -> tuple[int, int]:
        """Return line and column of a place in `text`."""
        for line in self.lines:
            if offset <= len(line.text):
                return line.number, line.column + offset
            offset -= len(line.text) + 1
        return self.line, self.column

    def numbered(self) -> int | None:
        """Return the number it begins with, as in `3. text`."""
        found = NUMBER.match(self.lines[0].text)
        return int(found[1]) if found else None

    def unnumbered(self) -> Paragraph | None:
        """Return it without the number it begins with; None when nothing else is there."""
        first = self.lines[0]
        found = NUMBER.match(first.text)
        if not found:
            return self
        rest = Line(first.number, first.column + found.end(), first.indent, first.text[found.end() :])
        lines = (rest, *self.lines[1:]) if rest.text else self.lines[1:]
        return Paragraph(lines) if lines else None

    def without(self, count: int) -> Paragraph | None:
        """Return it without its first lines; None when nothing is left."""
        return Paragraph(self.lines[count:]) if count < len(self.lines) else None


def paragraphs(text: str) -> list[Paragraph]:
    """Split at blank lines."""
    found: list[Paragraph] = []
    block: list[Line] = []
    for number, raw in enumerate(LINE_END.split(text), 1):
        bare = raw.strip()
        if bare:
            lead = raw[: len(raw) - len(raw.lstrip())]
            block.append(Line(number, len(lead) + 1, len(lead.expandtabs(TAB)), bare))
        elif block:
            found.append(Paragraph(tuple(block)))
            block = []
    return [*found, Paragraph(tuple(block))] if block else found


def escape(text: str) -> str:
    """Return Markdown for one paragraph of plain words."""
    opening = AT_START.match(text)
    if not opening:
        return inline(text)
    number = opening["number"] or ""
    rest = inline(text[len(number) :])
    return f"{number}{rest}" if rest.startswith("\\") else f"{number}\\{rest}"


def heading(text: str, level: int = 2) -> str:
    """Return Markdown for a heading; closing hashes would vanish, so they are escaped."""
    return f"{'#' * level} {CLOSING_HASHES.sub(lambda _: chr(92), inline(text))}"


def inline(text: str) -> str:
    """Return Markdown for words inside a paragraph."""
    return ALWAYS.sub(lambda found: "\\" + found[0], text)
