"""Change which comments are chosen, and their consent, without disturbing another byte of `comments.md`."""

from __future__ import annotations

import re

from overprint.diagnostics import Place, Stop, error
from overprint.manuscript import blocks

NO_SUCH_COMMENT = error(
    "M519",
    "there is no comment {number}",
    "list the comments with `overprint comments {slug}`",
    "Comments are named by the number on their `comment:` line.",
)


def set_keys(text: str, path: str, slug: str, numbers: tuple[int, ...], changes: dict[str, str]) -> str:
    r"""Return `text` with `changes` made in the blocks of the comments `numbers`.

    A key that is there gets its new value, its remark kept; a key that is not there is added after `comment:`.

    Raises:
        Stop: a number is not in the file.

    >>> set_keys("---\ncomment: 1\ninclude: no  # too long\n---\n\nHello.\n", "c.md", "her", (1,), {"include": "yes"})
    '---\ncomment: 1\ninclude: yes  # too long\n---\n\nHello.\n'
    """
    return set_keys_in({path: text}, path, slug, numbers, changes)[path]


def set_keys_in(
    texts: dict[str, str], path: str, slug: str, numbers: tuple[int, ...], changes: dict[str, str]
) -> dict[str, str]:
    """Return the texts of several files with `changes` made; `path` is where a missing comment is reported.

    Raises:
        Stop: a number is in none of them.
    """
    held = {name: _spans(text, name) for name, text in texts.items()}
    missing = [number for number in numbers if not any(number in spans for spans in held.values())]
    if missing:
        raise Stop(*(NO_SUCH_COMMENT.at(Place(path), number=number, slug=slug) for number in missing))
    return {name: _changed(text, held[name], numbers, changes) for name, text in texts.items()}


def _spans(text: str, path: str) -> dict[int, blocks.Block]:
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    found, _ = blocks.comment_blocks(text, path)
    return {_number(block.head): block for block in found}


def _changed(text: str, spans: dict[int, blocks.Block], numbers: tuple[int, ...], changes: dict[str, str]) -> str:
    lines = re.findall(r"[^\r\n]*(?:\r\n?|\n|$)", text)
    for number in sorted(set(numbers) & spans.keys(), key=lambda number: -spans[number].place.line):
        first = spans[number].place.line
        last = first + spans[number].head.count("\n") + 1
        for key, value in changes.items():
            last += _set(lines, first, last, key, value)
    return "".join(lines)


def _number(head: str) -> int:
    found = re.search(r"^comment\s*:\s*([\"']?)([0-9]{1,9})\1\s*(?:#.*)?$", head, re.MULTILINE)
    return int(found.group(2)) if found else -1


def _set(lines: list[str], first: int, last: int, key: str, value: str) -> int:
    """Set one key in lines[first:last], which keep their ends; return how many lines were added."""
    for number in range(first, last):
        found = re.match(
            rf"({key}\s*:)([ \t]*)(\"(?:[^\"\\]|\\.)*\"|'[^']*'|[^#\r\n]*?)([ \t]+#[^\r\n]*|[ \t]*)([\r\n]*)$",
            lines[number],
        )
        if found:
            lines[number] = f"{found[1]} {value}{found[4]}{found[5]}"
            return 0
    for number in range(first, last):
        if re.match(r"comment\s*:", lines[number]):
            end = lines[number].removeprefix(lines[number].rstrip("\r\n"))
            lines.insert(number + 1, f"{key}: {value}{end}")
            return 1
    return 0
