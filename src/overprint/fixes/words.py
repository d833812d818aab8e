"""Words, dashes, headings and paragraphs: what an editor should look at afterwards."""

from __future__ import annotations

import re
from collections.abc import Iterator

from overprint.diagnostics import Diagnostic
from overprint.fixes.gist import markup
from overprint.fixes.passage import Passage, each, facts
from overprint.fixes.sheet import Edit

HYPHENS = re.compile(r"(?<= )-{1,3}(?= )")
HEADING = re.compile(r"[ >]*(#+)(?=[ \t])")
ADVICE = re.compile(r"`(## [^`]+)`")
GAP = re.compile(r"[ \u00a0]+")


@each
def dash(there: Passage, at: int, said: Diagnostic) -> Iterator[Edit]:
    """Set a hyphen between spaces as a dash."""
    if found := HYPHENS.match(there.words, at):
        yield Edit(at, found.end(), "–")


@each
def once(there: Passage, at: int, said: Diagnostic) -> Iterator[Edit]:
    """Take away the second of two equal words, with the space before it, or after it where it begins a line."""
    end = at + len(facts(said)["word"])
    before = re.search(r"[ \u00a0]+\Z", there.source[max(0, at - 9) : at])
    on_one_line = before and there.source[: at - len(before[0])][-1:].isalnum()
    if before and on_one_line:
        yield Edit(at - len(before[0]), end, "")
    elif (after := GAP.match(there.words, end)) and there.words[after.end() : after.end() + 1].isalpha():
        yield Edit(at, after.end(), "")


@each
def apart(there: Passage, at: int, said: Diagnostic) -> Iterator[Edit]:
    """Put a space between two words, on the side of the markup between them on which the markup stays what it is."""
    first = re.sub(r"\s.*", "", said.hint.removeprefix("write “"))
    met = re.match(r"(?:[*\[]|\]\ufffc*)*".join(map(re.escape, first)), there.words[at:])
    if not met:
        return
    before = at + met.end()
    between = re.compile(r"[*\[]*(?:\]\ufffc*)?[*\[]*").match(there.words, before)
    for spot in dict.fromkeys((before, between.end() if between else before)):
        if markup(there.source) == markup(f"{there.source[:spot]} {there.source[spot:]}"):
            yield Edit(spot, spot, " ")
            return


@each
def second_level(there: Passage, at: int, said: Diagnostic) -> Iterator[Edit]:
    """Give a heading of level 1 the level that it is set in; in a comment the `#` is most often none."""
    in_comment = "/comments" in said.place.path
    if not in_comment and (found := HEADING.match(there.source, at)) and found[1] == "#":
        yield Edit(found.start(1), found.start(1), "#")


@each
def one_level_up(there: Passage, at: int, said: Diagnostic) -> Iterator[Edit]:
    """Take one `#` away; where that is not enough, the finding is there again."""
    if (found := HEADING.match(there.source, at)) and len(found[1]) > 2:
        yield Edit(found.start(1), found.start(1) + 1, "")


@each
def heading(there: Passage, at: int, said: Diagnostic) -> Iterator[Edit]:
    """Make the heading that the finding suggests."""
    block = next((block for block in there.prose.blocks if block.start <= at < block.end), None)
    if block and (advice := ADVICE.search(said.hint)):
        yield Edit(block.start, block.end, advice[1])


@each
def no_heading(there: Passage, at: int, said: Diagnostic) -> Iterator[Edit]:
    """Let a `#` stand for itself."""
    if there.source[at : at + 1] == "#":
        yield Edit(at, at, "\\")


@each
def plain_list(there: Passage, at: int, said: Diagnostic) -> Iterator[Edit]:
    """Begin each line of a list as Markdown does."""
    block = next((block for block in there.prose.blocks if block.start <= at < block.end), None)
    if block:
        sign = re.escape(there.source[at])
        lines = re.compile(rf"(?m)(?<=^){sign}[ \t\u00a0]*").finditer(there.source, block.start, block.end)
        yield from (Edit(found.start(), found.end(), "- ") for found in lines)


@each
def no_line(there: Passage, at: int, said: Diagnostic) -> Iterator[Edit]:
    """Take a line away that shows nothing, with the empty lines after it."""
    start = there.source.rfind("\n", 0, at) + 1
    if found := re.compile(r"[^\n]*\n*").match(there.source, start):
        yield Edit(start, found.end(), "")


@each
def no_paragraph(there: Passage, at: int, said: Diagnostic) -> Iterator[Edit]:
    """Take a paragraph or a heading away with the empty lines after it."""
    block = next((block for block in there.prose.blocks if block.start <= at < block.end), None)
    setext = block and block.shape == "heading" and there.source[block.start : block.end].lstrip()[:1] != "#"
    if block and not setext and block.shape in {"text", "heading"} and not block.quoted:
        further = re.compile(r"(?:[ \t]*\n)*").match(there.source, block.end)
        yield Edit(block.start, further.end() if further else block.end, "")
