"""The words that a reader reads, out of Markdown: code, addresses, comments, tags and labels are masked in place.

A mask is as long as what it hides and keeps the ends of lines, so that an offset means the same in both.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import Literal

from overprint.diagnostics import Place
from overprint.markup import plain
from overprint.model import Text

FILL = "\N{OBJECT REPLACEMENT CHARACTER}"

_QUOTE = re.compile(r"(?: {0,3}> ?)+")
_ITEM = re.compile(r"(?:[-+*]|\d{1,9}[.)])(?=[ \t]|$)[ \t]*+")
_HEADING = re.compile(r"#{1,6}(?=[ \t]|$)[ \t]*+")
_NOTE = re.compile(r"\[\^[^\s\[\]]++\]:[ \t]*+")
_DEFINITION = re.compile(r"\[(?!\^)[^\[\]]++\]:[ \t]*+(?P<url>\S++)")
_RULE = re.compile(r"(?:(?:\*[ \t]*+){3,}|(?:-[ \t]*+){3,}|(?:_[ \t]*+){3,}|=++[ \t]*+|-++[ \t]*+)$")
_COLUMNS = re.compile(r"\|?[ \t]*+:?-++:?[ \t]*+(?:\|[ \t]*+:?-++:?[ \t]*+)*+\|?[ \t]*+$")
_FENCE = re.compile(r"(?P<mark>`{3,}+(?=[^`]*+$)|~{3,}+)")
_INLINE = re.compile(
    r"""
      (?:\\[!-/:-@\[-`{-~])++                                             # an escaped sign
    | (?P<ticks>`++)
    | (?P<comment><!--)
    | </?[A-Za-z](?P<tag>[^<>]*+)>                                  # a tag, or an address in angle brackets
    | (?<=\])\(\s*+(?P<target><[^<>\n]*+>|[^\s()<]*+(?:\([^\s()]*+\)[^\s()]*+)*+)
        (?:\s++(?:"[^"]*+"|'[^']*+'|\([^()]*+\)))?\s*+\)            # the address and title of a link
    | (?<=\])\[[^\[\]^][^\[\]\n]*+\]                                # the label of a link
    | \[\^[^\s\[\]]++\]                                             # a call of a note
    | \{\s?(?:[#.][\w-]|\w++(?:-\w++)*+=)[^{}\n]*+\}                # attributes
    | (?P<url>(?:https?://|www\.)(?:[^\s<>\[\]`"“”|()]|\([^\s<>\[\]()]*+\))*
        (?:[^\s<>\[\]`"“”|().,;:!?'’*_]|\([^\s<>\[\]()]*+\)))
    """,
    re.VERBOSE,
)
# Each of the above holds one of these, or is a bare address.
_MARK = re.compile(r"[\\`<\]{\[]")
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]++(?:\.[\w-]++)++")
_SIGN = re.compile(r"[^\n]")

Shape = Literal["text", "heading", "item", "note", "table"]


@dataclass(slots=True)
class Block:
    """A paragraph, heading, list item, note or table, from `start` to `end`; `quoted` inside a quotation."""

    start: int
    end: int
    shape: Shape
    quoted: bool


@dataclass(frozen=True, slots=True)
class Prose:
    """A text with its masked `words`; `addresses` are those of links, with their offsets."""

    source: Text
    words: str
    blocks: tuple[Block, ...]
    addresses: tuple[tuple[int, str], ...]
    starts: tuple[int, ...]

    def place(self, offset: int) -> Place:
        """Return where the character at `offset` stands."""
        line = bisect_right(self.starts, offset) - 1
        column = offset - self.starts[line] + (self.source.place.column or 1 if line == 0 else 1)
        return self.source.place.moved(line, column)

    def is_quoted(self, offset: int) -> bool:
        """Tell whether the character at `offset` stands in a quotation, which keeps its own ways."""
        block = bisect_right(self.blocks, offset, key=lambda each: each.start) - 1
        return block >= 0 and self.blocks[block].quoted


@lru_cache(maxsize=4096)
def prose(text: Text) -> Prose:
    r"""Mask what is not read.

    >>> made = prose(Text("See `x` and [it](https://example.org).\n", Place("a.md", 3, 1)))
    >>> made.words.replace(FILL, "·")
    'See ··· and [it]·····················.\n'
    >>> str(made.place(4))
    'a.md:3:5'
    """
    if (spans := plain.paragraphs(text.value)) is not None:
        starts = tuple(accumulate((len(line) + 1 for line in text.value.split("\n")[:-1]), initial=0))
        return Prose(
            text, text.value, tuple(Block(*span, "text", False) for span in _lines(text.value, spans)), (), starts
        )
    return _masking(text)


def _lines(words: str, spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the spans from the start of their first line to the end of their last."""
    for start, end in spans:
        line_end = words.find("\n", end)
        yield words.rfind("\n", 0, start) + 1, len(words) if line_end < 0 else line_end


def _masking(text: Text) -> Prose:
    reader = _Reader(text.value)
    words = "".join(reader.read())
    spans = list(reader.addressed)
    pieces: list[str] = []
    done = 0
    for block in reader.blocks:
        for start, end, url in _inline(words, block.start, block.end):
            pieces += words[done:start], _masked(words[start:end])
            done = end
            if url:
                spans.append((start, url))
    pieces.append(words[done:])
    words = _MAIL.sub(lambda found: _masked(found[0]), "".join(pieces)) if "@" in words else "".join(pieces)
    return Prose(text, words, tuple(reader.blocks), tuple(sorted(spans)), tuple(reader.starts))


def _masked(words: str) -> str:
    return _SIGN.sub(FILL, words) if "\n" in words else FILL * len(words)


class _Reader:
    """Sorts lines into blocks in one pass: code, rules and definitions are masked whole, marks of blocks are spaces."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.blocks: list[Block] = []
        self.starts: list[int] = []
        self.addressed: list[tuple[int, str]] = []
        self._open = False
        self._fence = ""
        self._fence_quoted = False
        self._comment = False
        self._content = 0

    def read(self) -> Iterator[str]:
        at = 0
        for line in self.source.split("\n"):
            if at:
                yield "\n"
            self.starts.append(at)
            yield self._line(line, at) if line and not line.isspace() else self._blank(line)
            at += len(line) + 1

    def _blank(self, line: str) -> str:
        self._open = False
        return line

    def _hide(self, line: str) -> str:
        self._open = False
        return FILL * len(line)

    def _line(self, line: str, at: int) -> str:
        quote = _QUOTE.match(line)
        lead = quote.end() if quote else 0
        rest = line[lead:].lstrip(" \t")
        indent = len(line[lead : len(line) - len(rest)].expandtabs(4))
        lead = len(line) - len(rest)
        if self._is_hidden(rest, indent, quote is not None):
            return self._hide(line)
        if not rest:
            return self._blank(" " * len(line))
        if _RULE.match(rest) and (self._open or rest[0] in "*-_"):
            return self._ruled(line, rest)
        return self._worded(line, rest, at, lead, indent, quote is not None)

    def _is_hidden(self, rest: str, indent: int, quoted: bool) -> bool:
        """Tell whether the line is in a fence, in a comment or in indented code."""
        if self._fence and (quoted or not self._fence_quoted):
            if rest.rstrip().strip(self._fence[0]) == "" and rest.startswith(self._fence):
                self._fence = ""
            return True
        self._fence = ""
        if self._comment or (rest.startswith("<!--") and "-->" not in rest and indent < self._content + 4):
            self._comment = "-->" not in rest
            return True
        if not self._open and indent >= self._content + 4:
            return True
        return self._opens_fence(rest, quoted)

    def _opens_fence(self, rest: str, quoted: bool) -> bool:
        item = _ITEM.match(rest)
        fence = _FENCE.match(rest, item.end() if item else 0)
        if fence:
            self._fence, self._fence_quoted = fence["mark"], quoted
        return fence is not None

    def _ruled(self, line: str, rest: str) -> str:
        """Mask a rule; under a paragraph it makes a heading of it."""
        if self._open and rest[0] in "=-" and " " not in rest.strip() and self.blocks[-1].shape == "text":
            self.blocks[-1].shape = "heading"
        return self._hide(line)

    def _worded(self, line: str, rest: str, at: int, lead: int, indent: int, quoted: bool) -> str:
        if not self._open and (definition := _DEFINITION.match(rest)):
            self.addressed.append((at + lead + definition.start("url"), definition["url"].strip("<>")))
            return FILL * len(line)
        if self._open and "|" in rest and _COLUMNS.match(rest):
            self.blocks[-1].shape = "table"
            self.blocks[-1].end = at + len(line)
            return FILL * len(line)
        shape, mark = self._shape(rest, indent)
        if self._open and shape == "text" and self.blocks[-1].quoted == quoted:
            self.blocks[-1].end = at + len(line)
        else:
            self.blocks.append(Block(at, at + len(line), shape, quoted))
        self._open = shape != "heading"
        return (FILL if shape == "note" else " ") * (lead + mark) + line[lead + mark :]

    def _shape(self, rest: str, indent: int) -> tuple[Shape, int]:
        """Return what the line begins, and how long its mark is."""
        if heading := _HEADING.match(rest):
            return "heading", heading.end()
        if item := _ITEM.match(rest):
            self._content = indent + min(item.end(), 4)
            return "item", item.end()
        if note := _NOTE.match(rest):
            self._content = 4
            return "note", note.end()
        if not self._open and indent == 0:
            self._content = 0
        return "text", 0


def _inline(words: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Yield what to mask between two offsets, in order, with the address that stands there."""
    if not _MARK.search(words, start, end) and all(words.find(sign, start, end) < 0 for sign in ("://", "www.")):
        return
    closers = _Closers(words, start, end)
    at = start
    while found := _INLINE.search(words, at, end):
        at = found.end()
        if found["ticks"]:
            at = closers.ticks(found.start(), len(found["ticks"])) or at
            if at == found.end():
                continue
        elif found["comment"]:
            at = closers.comment(at)
        yield found.start(), at, _address(found)


def _address(found: re.Match[str]) -> str:
    if found["tag"] is not None:
        inner = found[0][1:-1]
        return inner if re.fullmatch(r"https?://\S+", inner) else ""
    return (found["target"] or "").strip("<>") or found["url"] or ""


class _Closers:
    """Where code and comments end, looked up so that a page of openers costs no more than a page of words."""

    def __init__(self, words: str, start: int, end: int) -> None:
        self._words, self._start, self._end = words, start, end
        self._runs: dict[int, list[int]] | None = None
        self._no_comment = False

    def ticks(self, at: int, length: int) -> int:
        """Return the end of the code span that opens at `at`, or 0."""
        if self._runs is None:
            self._runs = {}
            for run in re.compile("`++").finditer(self._words, self._start, self._end):
                self._runs.setdefault(run.end() - run.start(), []).append(run.start())
        same = self._runs.get(length, [])
        following = bisect_right(same, at)
        return same[following] + length if following < len(same) else 0

    def comment(self, at: int) -> int:
        """Return the end of the comment whose text begins at `at`, or `at`."""
        if self._no_comment:
            return at
        close = self._words.find("-->", at, self._end)
        self._no_comment = close < 0
        return at if close < 0 else close + 3
