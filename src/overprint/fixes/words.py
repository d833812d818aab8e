"""Words, dashes, headings and paragraphs: what an editor should look at afterwards."""

from __future__ import annotations

import re
from collections.abc import Iterator

from overprint.diagnostics import Diagnostic
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
def second_level(there: Passage, at: int, said: Diagnostic) -> Iterator[Edit]:
    """Give a heading of level 1 the level that it is set in."""
    if (found := HEADING.match(there.source, at)) and found[1] == "#":
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
def no_paragraph(there: Passage, at: int, said: Diagnostic) -> Iterator[Edit]:
    """Take a paragraph or a heading away with the empty lines after it."""
    block = next((block for block in there.prose.blocks if block.start <= at < block.end), None)
    setext = block and block.shape == "heading" and there.source[block.start : block.end].lstrip()[:1] != "#"
    if block and not setext and block.shape in {"text", "heading"} and not block.quoted:
        further = re.compile(r"(?:[ \t]*\n)*").match(there.source, block.end)
        yield Edit(block.start, further.end() if further else block.end, "")
