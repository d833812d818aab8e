"""One essay on its way into the manuscript: what is planned for it, said of it, and in conflict."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from overprint import files
from overprint.diagnostics import Diagnostic, Place, warning
from overprint.manuscript import merge
from overprint.manuscript.pictures import Missing, Pictures
from overprint.manuscript.plan import Plan
from overprint.manuscript.record import Record
from overprint.model import Imported

CONFLICT = warning(
    "I203",
    "the source has changed here, and so have you: your words stay",
    "take what you want from {other}, then delete that file",
    "Text that you edited is never overwritten by an import. Where its source has changed too, a file beside it, "
    "with `.new` at the end of its name, has the source's words instead of yours. The books do not use that file.",
)


@dataclass(frozen=True, slots=True)
class Conflict:
    """What source and editor both changed: the file, the one beside it with the source's words, and their diff."""

    path: str
    other: str
    diff: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Added:
    """What became of an essay; all paths are relative to the project.

    Attributes:
        known: it was imported before.
        people: new files.
        changed: files in which something was replaced or added.
        comments: how many are new.
        gone: how many comments the source no longer has; they stay.
        pictures: files written.
        missing: pictures to fetch or left out.
    """

    slug: str
    folder: str
    people: tuple[str, ...] = ()
    known: bool = False
    changed: tuple[str, ...] = ()
    comments: int = 0
    gone: int = 0
    conflicts: tuple[Conflict, ...] = ()
    pictures: tuple[str, ...] = ()
    missing: tuple[Missing, ...] = ()


@dataclass(slots=True)
class Work:
    """One essay on its way into the plan."""

    plan: Plan
    found: Imported
    pictures: Pictures
    folder: Path
    before: Record | None
    ids: list[str] = field(default_factory=list)
    said: list[Diagnostic] = field(default_factory=list)
    people: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)

    def merge(self, path: Path, changes: Iterable[merge.Change], more: str = "") -> None:
        """Merge changes into a file and append `more`; what is in conflict goes beside it."""
        before = self.plan.text(path)
        made = merge.merge(before, changes)
        text, other = joined(made.text, more), joined(made.other, more)
        shown = files.shown(path, self.plan.root)
        if text != before:
            self.plan.write(path, text)
            self.changed.append(shown)
        if text != other:
            beside = path.with_name(f"{path.name}.new")
            self.plan.write(beside, other)
            diff = merge.Merged(text, other).diff(shown, f"{shown}.new")
            pairs = enumerate(zip(text.splitlines(), other.splitlines(), strict=False), 1)
            line = next((number for number, (mine, theirs) in pairs if mine != theirs), 1)
            self.conflicts.append(Conflict(shown, f"{shown}.new", diff))
            self.said.append(CONFLICT.at(Place(shown, line, 1), other=f"{shown}.new"))


def joined(text: str, more: str) -> str:
    """Return a file with blocks below it, in its own line ends."""
    if not more or not text:
        return text or more
    newline = "\r\n" if "\r\n" in text else "\n"
    gap = "" if text.endswith(newline * 2) else newline if text.endswith(("\n", "\r")) else newline * 2
    return text + gap + more.replace("\n", newline)


def plain(text: str) -> str:
    r"""Return a file's text as it is read: without a byte order mark, line ends as `\n`."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
