"""Rules on the files around a manuscript: originals that changed, and files that nobody reads."""

from __future__ import annotations

import difflib
import hashlib
import os
import re
from collections.abc import Iterator
from pathlib import Path

from overprint.checks.rules import Rules, Say
from overprint.diagnostics import Diagnostic, Place, Severity
from overprint.model import Manuscript

RULES = Rules[Manuscript]()
WARNING = Severity.WARNING
_ORIGINAL = re.compile(r"([0-9a-f]{16})-.+")
LARGEST = 100 * 2**20


@RULES.rule("M601", WARNING, "this original has changed since it was imported", "put back the file as it came")
def original_changed(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Overprint keeps each source as it came, so that you can always show what a reader wrote.

    A sum of its bytes stands in its name. One that has been edited proves nothing: edit the manuscript instead.

    Bad, in .overprint/originals/0000000000000000-bees.txt:
        Bees are busy.
    Good, in .overprint/originals/e91f6da34a8eeb1f-bees.txt:
        Bees are busy.
    """
    folder = manuscript.project.root / ".overprint" / "originals"
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        named = _ORIGINAL.fullmatch(path.name)
        if named and not path.is_symlink() and path.is_file() and path.stat().st_size < LARGEST:
            with path.open("rb") as file:
                same = hashlib.file_digest(file, "sha256").hexdigest().startswith(named[1])
            if not same:
                yield say(Place(path.relative_to(manuscript.project.root).as_posix()))


@RULES.rule("M605", WARNING, "overprint does not read this", "name it `{right}` if that is what it is")
def misnamed(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Comments stand in `comments.md` beside `essay.md`, pictures in a folder `images`, and lives in `people`.

    What has almost that name would be left out of the book without a word.

    Bad, in essays/02-wasps/comment.md:
        ---
        comment: 1
        ---

        Lost.
    and in essays/02-wasps/essay.md:
        ---
        title: On Wasps
        authors: [ada-quill]
        ---

        Wasps are busy.
    Good, in essays/02-wasps/comments.md:
        ---
        comment: 1
        ---

        Not lost.
    and in essays/02-wasps/essay.md:
        ---
        title: On Wasps
        authors: [ada-quill]
        ---

        Wasps are busy.
    """
    book = manuscript.project.manuscript
    yield from _alike(say, book, ("people", "essays"), manuscript.project.root)
    for essay in manuscript.essays:
        yield from _alike(say, book / essay.folder, ("comments.md", "images"), manuscript.project.root)


def _alike(say: Say, folder: Path, wanted: tuple[str, ...], root: Path) -> Iterator[Diagnostic]:
    if not folder.is_dir():
        return
    with os.scandir(folder) as entries:
        there = {entry.name for entry in entries}
    missing = [name for name in wanted if name not in there]
    for name in sorted(there - {*wanted, "comments", "essay.md", "book.yaml"}) if missing else ():
        stem = name.casefold().removesuffix(".txt").removesuffix(".markdown")
        if near := difflib.get_close_matches(stem, missing, 1, 0.75):
            yield say(Place((folder / name).relative_to(root).as_posix()), right=near[0])
