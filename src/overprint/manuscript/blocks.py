"""Front matter: the YAML between two lines of `---`, and the Markdown below it, each with its place."""

from __future__ import annotations

import re
from dataclasses import dataclass

from overprint.diagnostics import Diagnostic, Place, error

MARK = "---"

UNCLOSED = error(
    "M126",
    "this `---` opens a block of keys that is never closed",
    "put a line `---` below the last key; a rule between paragraphs is written `***`",
    """Keys stand between two lines of `---`. Without the second, the whole text would be read as keys.

    Bad, in essay.md:
        ---
        title: On Bees
        authors: [ada-quill]

        Bees are busy.
    Good, in essay.md:
        ---
        title: On Bees
        authors: [ada-quill]
        ---

        Bees are busy.
    """,
)
STRAY_RULE = error(
    "M518",
    "`---` stands inside a comment",
    "write `***` for a rule between paragraphs; `---` opens the next comment",
    """In `comments.md` a line of `---` opens and closes the keys of a comment, so it cannot also be a rule.

    Bad, in comments.md:
        ---
        comment: 1
        ---

        I keep wasps.

        ---

        They are busy too.
    Good, in comments.md:
        ---
        comment: 1
        ---

        I keep wasps.

        ***

        They are busy too.
    """,
)
NO_BLOCK = error(
    "M127",
    "the file does not begin with `---`",
    "put the keys between two lines of `---` at the head of the file",
    """Every essay, person and comment begins with its keys between two lines of `---`.

    Bad, in comments.md:
        I keep wasps.
    Good, in comments.md:
        ---
        comment: 1
        ---

        I keep wasps.
    """,
)


@dataclass(frozen=True, slots=True)
class Block:
    """Keys and the body below them.

    Attributes:
        head, body: their text; the body without empty lines around it.
        place: the opening `---`.
        head_place, body_place: where their first characters stand.
    """

    head: str
    body: str
    place: Place
    head_place: Place
    body_place: Place


def front_matter(text: str, path: str, *, optional: bool = False) -> tuple[Block | None, tuple[Diagnostic, ...]]:
    r"""Return the one block of an essay or a person; where keys are `optional`, all of a text without them is body.

    >>> block, said = front_matter("---\ntitle: Her\n---\n\nLeaving.\n", "essay.md")
    >>> block.head, block.body, str(block.body_place), said
    ('title: Her', 'Leaving.', 'essay.md:5:1', ())
    """
    lines = text.split("\n")
    first = next((number for number, line in enumerate(lines) if line.strip()), 0)
    if lines[first].rstrip() != MARK:
        if optional:
            return _block(lines, -1, -1, len(lines), path), ()
        return None, (NO_BLOCK.at(Place(path, first + 1, 1)),)
    end = next((number for number in range(first + 1, len(lines)) if lines[number].rstrip() == MARK), None)
    if end is None:
        return None, (UNCLOSED.at(Place(path, first + 1, 1)),)
    return _block(lines, first, end, len(lines), path), ()


def comment_blocks(text: str, path: str) -> tuple[tuple[Block, ...], tuple[Diagnostic, ...]]:
    """Return the blocks of `comments.md` in their order.

    A `---` that no key follows is a rule in a comment: it is reported, and the blocks after it are still read.
    """
    lines = text.split("\n")
    said: list[Diagnostic] = []
    spans: list[tuple[int, int]] = []
    number = 0
    while number < len(lines):
        line = lines[number]
        if line.rstrip() != MARK:
            if line.strip() and not spans and not said:
                return (), (NO_BLOCK.at(Place(path, number + 1, 1)),)
            number += 1
            continue
        end = _closing(lines, number)
        if end is None:
            lonely = STRAY_RULE if spans and not _is_key(lines, number + 1) else UNCLOSED
            said.append(lonely.at(Place(path, number + 1, 1)))
            number += 1
            continue
        spans.append((number, end))
        number = end + 1
    starts = [first for first, _ in (*spans, (len(lines), 0))][1:] if spans else []
    blocks = tuple(_block(lines, first, end, stop, path) for (first, end), stop in zip(spans, starts, strict=True))
    return blocks, tuple(said)


def _closing(lines: list[str], first: int) -> int | None:
    if not _is_key(lines, first + 1) and not (first + 1 < len(lines) and lines[first + 1].rstrip() == MARK):
        return None
    end = next((number for number in range(first + 1, len(lines)) if lines[number].rstrip() == MARK), None)
    # What `comment:` follows opens the next block: this one was never closed.
    opens = end is not None and end + 1 < len(lines) and re.match(r"comment\s*:", lines[end + 1])
    return None if opens else end


def _is_key(lines: list[str], number: int) -> bool:
    while number < len(lines) and (not lines[number].strip() or lines[number].lstrip().startswith("#")):
        number += 1
    return number < len(lines) and bool(re.match(r"\s*\w+\s*:(\s|$)", lines[number]))


def _block(lines: list[str], first: int, end: int, stop: int, path: str) -> Block:
    start = end + 1
    while start < stop and not lines[start].strip():
        start += 1
    while stop > start and not lines[stop - 1].strip():
        stop -= 1
    return Block(
        "\n".join(lines[first + 1 : max(end, 0)]),
        "\n".join(lines[start:stop]),
        Place(path, max(first + 1, 1), 1),
        Place(path, first + 2, 1),
        Place(path, start + 1, 1),
    )
