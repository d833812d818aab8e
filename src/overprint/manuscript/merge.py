"""Bring what a source says now into a text that an editor may have changed: only what they left alone is replaced."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from overprint.manuscript.blocks import MARK, Block
from overprint.manuscript.record import Written, fingerprint

KEY = re.compile(
    r"(?P<key>[ \t]*\w+)[ \t]*:(?P<gap>[ \t]*)(?P<value>\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'|[^#\r\n]*?)"
    r"(?P<remark>[ \t]+#[^\r\n]*|[ \t]*)(?P<end>[\r\n]*)"
)
OPEN = "# not in the source"
"""How a remark begins that stands where a source was silent."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a source says now (`new`, with `body`) of a block of which an import said `old`."""

    block: Block
    old: Written
    new: Written
    body: str


@dataclass(frozen=True, slots=True)
class Merged:
    """A text with all that could be replaced, and `other` with the source's words also where the editor changed them.

    The two differ where the source and the editor both changed something: a conflict.
    """

    text: str
    other: str

    def diff(self, path: str, other: str) -> tuple[str, ...]:
        """Return the conflict as a unified diff of the two files, without line ends."""
        return tuple(difflib.unified_diff(self.text.splitlines(), self.other.splitlines(), path, other, lineterm=""))


def merge(text: str, changes: Iterable[Change]) -> Merged:
    r"""Return a text with what has changed in its source; its byte order mark, line ends and all else stay.

    >>> from overprint.manuscript import blocks, record
    >>> text = "---\ntitle: On Bees\ndate: 2025\n---\n\nBees hum.\n"
    >>> block, _ = blocks.front_matter(text, "essay.md")
    >>> old = record.written({"title": "Bees", "date": "2025"}, "Bees hum.")
    >>> new = record.written({"title": "Wasps", "date": "2026"}, "They hum.")
    >>> made = merge(text, [Change(block, old, new, "They hum.")])
    >>> made.text
    '---\ntitle: On Bees\ndate: 2026\n---\n\nThey hum.\n'
    >>> made.diff("essay.md", "essay.md.new")[3:5]
    (' ---', '-title: On Bees')
    """
    changes = sorted(changes, key=lambda each: -each.block.place.line)
    return Merged(_with(text, changes, force=False), _with(text, changes, force=True))


def _with(text: str, changes: Iterable[Change], *, force: bool) -> str:
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    lines = re.findall(r"[^\r\n]*(?:\r\n?|\n|$)", text.removeprefix(mark))
    newline = "\r\n" if "\r\n" in text else "\n"
    for each in changes:  # from the last block to the first, so that the places of the others still hold
        _set_body(lines, each, newline, force=force)
        for key, value in each.new.keys.items():
            old = each.old.keys.get(key, "")
            if value and value != old:
                _set_key(lines, each.block, key, old, value, newline, force=force)
    return mark + "".join(lines)


def _set_body(lines: list[str], change: Change, newline: str, *, force: bool) -> None:
    now = fingerprint(change.block.body)
    if change.new.body in {change.old.body, now} or not (force or now == change.old.body):
        return
    first = change.block.body_place.line - 1
    count = change.block.body.count("\n") + 1 if change.block.body else 0
    if first and not lines[first - 1].endswith(("\r", "\n")):  # a file that ends with its keys
        lines[first - 1] += newline
    end = "" if count and not lines[first + count - 1].endswith(("\r", "\n")) else newline
    lines[first : first + count] = [change.body.strip("\n").replace("\n", newline) + end]


def _set_key(lines: list[str], block: Block, key: str, old: str, value: str, newline: str, *, force: bool) -> None:
    first = block.head_place.line - 1
    last = next(number for number in range(first, len(lines)) if lines[number].rstrip() == MARK)
    for number in range(first, last):
        found = KEY.fullmatch(lines[number])
        if not found or not _same_key(found["key"], key):
            continue
        spread = found["value"] in {"", "|", ">"} and re.match(r"[ \t]+\S|-", lines[number + 1])
        if found["value"] != value and not spread and (force or found["value"] == old):
            remark = "" if found["remark"].strip().startswith(OPEN) else found["remark"]
            lines[number] = f"{found['key']}:{found['gap'] or ' '}{value}{remark}{found['end']}"
        return
    if old and not force:  # the editor took it away
        return
    parent = next((number for number in range(first, last) if lines[number].startswith("source:")), None)
    nested = key.startswith(" ")
    added = [f"source:{newline}"] * (nested and parent is None) + [f"{key}: {value}{newline}"]
    where = parent + 1 if nested and parent is not None else last
    lines[where:where] = ["".join(added)]


def _same_key(found: str, key: str) -> bool:
    return found.strip() == key.strip() and found[:1].isspace() == key[:1].isspace()
