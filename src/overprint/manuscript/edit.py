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


def moved(text: str, path: str, number: int, before: int | None) -> str | None:
    r"""Return `text` with one comment's block put before another's, or last; None where one is not in it.

    >>> moved("---\ncomment: 1\n---\n\nA.\n\n---\ncomment: 2\n---\n\nB.\n", "c.md", 2, 1)
    '---\ncomment: 2\n---\n\nB.\n\n---\ncomment: 1\n---\n\nA.\n'
    """
    spans = _spans(text, path)
    if number not in spans or (before is not None and before not in spans):
        return None
    if number == before:
        return text
    lines = re.findall(r"[^\r\n]*(?:\r\n?|\n|$)", text)
    mark, starts = (
        "\ufeff" if text.startswith("\ufeff") else "",
        sorted(block.place.line - 1 for block in spans.values()),
    )
    lines[0] = lines[0].removeprefix(mark)
    ends = dict(zip(starts, [*starts[1:], len(lines)], strict=True))
    parts = {each: "".join(lines[at : ends[at]]) for each, at in ((n, b.place.line - 1) for n, b in spans.items())}
    order = sorted(parts, key=lambda each: spans[each].place.line)
    end = "\r\n" if "\r\n" in text else "\n"
    final, tail = order[-1], re.search(r"[\r\n]*$", parts[order[-1]])
    closing = tail[0] if tail else ""
    order.remove(number)
    order.insert(order.index(before) if before is not None else len(order), number)
    if order[-1] != final:  # what ends the file stays at its end, and an empty line parts the blocks
        parts[final] = parts[final].rstrip("\r\n") + 2 * end
        parts[order[-1]] = parts[order[-1]].rstrip("\r\n") + closing
    return mark + "".join(lines[: starts[0]]) + "".join(parts[each] for each in order)


CUT = "[…]"
"""What stands for words that the editor left out."""


def trimmed(text: str, at: Place, body: str, start: int, end: int) -> str | None:
    r"""Return `text` with code points `start` to `end` of the comment's `body`, which stands `at`, cut out.

    None where the body is not there any more, or the words are not in it.

    >>> trimmed("---\r\ncomment: 1\r\n---\r\nOne two\r\nthree.\r\n", Place("c.md", 4, 1), "One two\nthree.", 4, 13)
    '---\r\ncomment: 1\r\n---\r\nOne […].\r\n'
    """
    if not 0 <= start < end <= len(body):
        return None
    lines = re.findall(r"[^\r\n]*(?:\r\n?|\n|$)", text)
    first = sum(map(len, lines[: at.line - 1])) + max(at.column, 1) - 1
    spots = [first]
    for letter in body:
        here = spots[-1]
        width = 2 if text.startswith("\r\n", here) else 1
        if text[here : here + width].replace("\r\n", "\n").replace("\r", "\n") != letter:
            return None
        spots.append(here + width)
    return text[: spots[start]] + CUT + text[spots[end] :]
