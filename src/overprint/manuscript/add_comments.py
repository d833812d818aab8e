"""Bring an essay's comments into the manuscript: new ones not chosen, known ones merged, none taken away."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from overprint import files
from overprint.diagnostics import Stop, errors
from overprint.manuscript import blocks, comments, merge, record, write
from overprint.manuscript.pictures import placed
from overprint.manuscript.record import WrittenComment, written
from overprint.manuscript.work import Work, plain
from overprint.model import ImportedComment


@dataclass(slots=True)
class _Held:
    """The blocks that are in the manuscript, by number, and the numbers by the source's ids."""

    blocks: dict[int, tuple[Path, blocks.Block]] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)


def new(work: Work) -> list[WrittenComment]:
    """Plan `comments.md` of a new essay; return what it will hold."""
    found = work.found.comments
    numbers = {each.id: each.number for each in found if each.id}
    made = [_written(work, each, each.number, numbers) for each in found]
    if made:
        work.plan.write(work.folder / "comments.md", "\n".join(text for text, _ in made))
    return [each for _, each in made]


def merged(work: Work) -> tuple[list[WrittenComment], int, int]:
    """Merge the comments of an essay that is there.

    Returns:
        What the record says then, how many comments are new, and how many the source no longer has.

    Raises:
        Stop: a file of comments cannot be read.
    """
    held = _held(work)
    before = work.before.comments if work.before else ()
    pairs = _paired(work, before)
    # Without a record, a comment with a known id is one that is there; its words stay.
    fresh = [each for each, old in pairs if old is None and each.id not in held.numbers]
    used = {*held.blocks, *(each.number for each in before)}
    given = _numbered(fresh, used)
    numbers = {each.id: old.number for each, old in pairs if each.id and old} | held.numbers
    numbers |= {each.id: number for each, number in zip(fresh, given, strict=True) if each.id}
    letters = {each.number: each for each in before}
    changes: dict[Path, list[merge.Change]] = {}
    for each, old in pairs:
        if old is None:
            continue
        keys, body = _texts(work, each, numbers)
        now = written(keys, body).said
        letters[old.number] = WrittenComment(each.id, old.number, old.written.then(now))
        number = held.numbers.get(each.id, old.number)
        if number in held.blocks:  # else the editor took it out
            path, block = held.blocks[number]
            changes.setdefault(path, []).append(merge.Change(block, old.written, now, body))
    made = [_written(work, each, number, numbers) for each, number in zip(fresh, given, strict=True)]
    more, target = "\n".join(text for text, _ in made), work.folder / "comments.md"
    for path in dict.fromkeys((*changes, target) if more else changes):
        work.merge(path, changes.get(path, []), more if path == target else "")
    kept = {old.number for _, old in pairs if old}
    whole = bool(work.found.body.strip())  # comments that came alone need not be all
    gone = whole * sum(each.number not in kept and each.number in held.blocks for each in before)
    return [*letters.values(), *(each for _, each in made)], len(made), gone


def _held(work: Work) -> _Held:
    held = _Held()
    root = work.plan.root
    for path in comments.paths(work.folder, root):
        found, said = blocks.comment_blocks(plain(work.plan.text(path)), files.shown(path, root))
        if faults := errors(said):
            raise Stop(*faults)
        for block in found:
            number = _value(block.head, "comment")
            if number.isdecimal():
                held.blocks[int(number)] = path, block
                if ident := _value(block.head, "id"):
                    held.numbers.setdefault(ident, int(number))
    return held


def _value(head: str, key: str) -> str:
    found = re.search(rf"^{key}[ \t]*:[ \t]*([\"']?)(.*?)\1[ \t]*(?:#.*)?$", head, re.MULTILINE)
    return found[2] if found else ""


def _paired(work: Work, before: tuple[WrittenComment, ...]) -> list[tuple[ImportedComment, WrittenComment | None]]:
    """Pair each comment of the source with the record of the one that it was: by id, by its words, by its number."""
    by_id = {each.id: each for each in before if each.id}
    nameless = {each.number: each for each in before if not each.id}
    by_words = {(each.written.keys.get("author"), each.written.body): each.number for each in nameless.values()}
    pairs: dict[int, WrittenComment | None] = {}
    for place, each in enumerate(work.found.comments):
        if each.id:
            pairs[place] = by_id.get(each.id)
        else:
            keys, body = _texts(work, each, {})
            pairs[place] = nameless.pop(by_words.get((keys["author"], record.fingerprint(body)), 0), None)
    return [
        (each, pairs[place] or (None if each.id else nameless.pop(each.number, None)))
        for place, each in enumerate(work.found.comments)
    ]


def _numbered(fresh: list[ImportedComment], used: set[int]) -> list[int]:
    """Return a number for each new comment: its own where that is free, else the next after all."""
    given = []
    last = max(used, default=0)
    for each in fresh:
        number = last + 1 if each.number in used else each.number
        last = max(last, number)
        used.add(number)
        given.append(number)
    return given


def _texts(work: Work, comment: ImportedComment, numbers: Mapping[str, int]) -> tuple[write.Keys, str]:
    return write.comment_keys(comment, numbers), write.comment_body(placed(comment.body, work.pictures))


def _written(
    work: Work, comment: ImportedComment, number: int, numbers: Mapping[str, int]
) -> tuple[str, WrittenComment]:
    keys, body = _texts(work, comment, numbers)
    return write.comment_text(number, comment.id, keys, body), WrittenComment(comment.id, number, written(keys, body))
