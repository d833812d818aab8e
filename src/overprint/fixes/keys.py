"""Keys of front matter and of book.yaml: a missing identifier, one in another form, a key that is misspelt."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator

from overprint.diagnostics import Diagnostic
from overprint.fixes.passage import Passage, each
from overprint.fixes.sheet import Edit
from overprint.project import BOOK, isbn_fault

LANGUAGE = re.compile(r"^language:[ \t]*[\w-]+[ \t]*\n", re.MULTILINE)
EMPTY = re.compile(r"^identifier:([ \t]*)(?=\n|\Z|#)", re.MULTILINE)
WRITTEN = re.compile(r"[\w:{}-]+(?=[ \t]*(?:\n|\Z))")
NEAR = re.compile(r"did you mean `(\w+)`\?")


@each
def new_identifier(there: Passage, at: int, said: Diagnostic) -> Iterator[Edit]:
    """Give a book that has none an identifier, which nothing else in the world has."""
    if said.place.path != BOOK or "`identifier`" not in said.message:
        return
    fresh = f"urn:uuid:{uuid.uuid4()}"
    if empty := EMPTY.search(there.source):
        yield Edit(empty.start(1), empty.end(1), f" {fresh}" + " " * (there.source[empty.end() :][:1] == "#"))
    elif "identifier:" not in there.source and re.match(r"\w+:", there.source[at:]):
        after = LANGUAGE.search(there.source)
        start = after.end() if after else there.source.rfind("\n", 0, at) + 1
        yield Edit(start, start, f"identifier: {fresh}\n")


@each
def identifier_form(there: Passage, at: int, said: Diagnostic) -> Iterator[Edit]:
    """Write a UUID or an ISBN that stands bare, or in capitals, as an identifier is written."""
    if written := WRITTEN.match(there.source, at):
        bare = re.sub(r"^(?:urn:)?(?:uuid:|isbn:)?|[{}]", "", written[0].lower())
        if re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", bare):
            yield Edit(at, written.end(), f"urn:uuid:{bare}")
        elif not isbn_fault(digits := bare.replace("-", "")):
            yield Edit(at, written.end(), f"urn:isbn:{digits}")


@each
def known_key(there: Passage, at: int, said: Diagnostic) -> Iterator[Edit]:
    """Correct a key that is one slip away from the one that is meant and is not there already."""
    near = NEAR.search(said.hint)
    key = re.compile(r"(?<=\n)([ \t]*)(\w+)(?=[ \t]*:)").match(f"\n{there.source}", there.source.rfind("\n", 0, at) + 2)
    if (
        near
        and key
        and key.start(2) == at + 1
        and is_slip(key[2], near[1])
        and not _is_there(there.source, at, near[1])
    ):
        yield Edit(at, at + len(key[2]), near[1])


def _is_there(source: str, at: int, key: str) -> bool:
    """Tell whether a key stands in the same block of keys."""
    start = source.rfind("\n---", 0, at) + 1
    end = source.find("\n---", at)
    return bool(re.search(rf"^[ \t]*{key}[ \t]*:", source[start : None if end < 0 else end], re.MULTILINE))


def is_slip(typed: str, meant: str) -> bool:
    """Tell whether two words differ by one letter left out, added, changed, or exchanged with the next.

    >>> is_slip("auhtors", "authors"), is_slip("titel", "title"), is_slip("date", "dates"), is_slip("name", "date")
    (True, True, True, False)
    """
    start = next((n for n, (one, other) in enumerate(zip(typed, meant, strict=False)) if one != other), None)
    if start is None:
        return abs(len(typed) - len(meant)) == 1
    one, other = typed[start:], meant[start:]
    exchanged = one[:2] == other[1::-1] and len(one) > 1 and one[2:] == other[2:]
    return exchanged or one[1:] == other[1:] or one[1:] == other or one == other[1:]
