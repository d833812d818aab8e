"""The comments of an essay, and what an editor does with them; each change goes into the files, and can be undone."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from overprint import files, outputs, pipeline
from overprint.diagnostics import Stop
from overprint.manuscript import comments, edit, read
from overprint.manuscript.write import scalar
from overprint.markup import markdown
from overprint.model import Comment, Essay

KEPT = 100
"""How many changes can be undone."""
CONSENTS = ("granted", "pending", "refused", "not-needed")


class RefusedError(Exception):
    """A change cannot be made; the message says why, the hint what to do."""

    def __init__(self, message: str, hint: str = "") -> None:
        """Say why."""
        super().__init__(message)
        self.hint = hint


class Letters:
    """Reads and changes the comments of one project."""

    def __init__(self, root: Path) -> None:
        """Begin with nothing to undo."""
        self._root = root
        self._lock = threading.Lock()
        self._undo: list[dict[Path, tuple[bytes, bytes]]] = []

    def listed(self, slug: str) -> dict[str, Any]:
        """Return an essay and all its comments as JSON values."""
        essay = self._essay(slug)
        parents = {each.number: each.reply_to for each in essay.comments}
        return {
            "slug": essay.slug,
            "title": essay.title,
            "text": markdown.fragment(essay.body, essay.slug).value.html,
            "comments": [_record(each, parents) for each in essay.comments],
            "undo": bool(self._undo),
        }

    def change(self, slug: str, numbers: tuple[int, ...], changes: dict[str, str]) -> None:
        """Choose comments, or record consent.

        Raises:
            RefusedError: it cannot be done.
        """
        essay = self._essay(slug)
        known = {"include": ("yes", "no"), "consent": CONSENTS}
        for key, value in changes.items():
            if key != "consent_note" and value not in known.get(key, ()):
                raise RefusedError(f"“{value}” cannot be written after `{key}:`")
        if changes.get("include") == "yes":
            for each in essay.comments:
                if each.number in numbers and (why := _why(each)):
                    raise RefusedError(f"comment {each.number} cannot be printed", why)
        if "consent_note" in changes:
            changes = changes | {"consent_note": scalar(changes["consent_note"])}
        self._keeping(essay, lambda: pipeline.change_comments(self._root, slug, numbers, changes))

    def put(self, slug: str, number: int, before: int | None) -> None:
        """Move a comment before another, or to the end.

        Raises:
            RefusedError: it cannot be done.
        """
        essay = self._essay(slug)

        def write() -> None:
            for path in self._paths(essay):
                text = files.read_bytes(path, self._root, files.LARGEST).decode("utf-8")
                changed = edit.moved(text, files.shown(path, self._root), number, before)
                if changed is not None:
                    outputs.write_text(path, changed)
                    return
            raise RefusedError("these comments do not stand in one file", "move them in the files")

        self._keeping(essay, write)

    def trim(self, slug: str, number: int, start: int, end: int) -> None:
        """Leave words of a comment out.

        Raises:
            RefusedError: it cannot be done.
        """
        essay = self._essay(slug)
        comment = next((each for each in essay.comments if each.number == number), None)
        if comment is None:
            raise RefusedError(f"there is no comment {number}", "look at the list again")

        def write() -> None:
            path = self._root / comment.body.place.path
            text = files.read_bytes(path, self._root, files.LARGEST).decode("utf-8")
            changed = edit.trimmed(text, comment.body.place, comment.body.value, start, end)
            if changed is None:
                raise RefusedError("these words are not there any more", "choose them again")
            outputs.write_text(path, changed)

        self._keeping(essay, write)

    def undo(self) -> None:
        """Take the last change back.

        Raises:
            RefusedError: there is none, or a file was changed by somebody else since.
        """
        with self._lock:
            if not self._undo:
                raise RefusedError("there is nothing to undo")
            last = self._undo[-1]
            for path, (_, after) in last.items():
                if files.read_bytes(path, self._root, files.LARGEST) != after:
                    raise RefusedError(
                        f"{files.shown(path, self._root)} was changed since", "undo it in your text editor"
                    )
            for path, (before, _) in last.items():
                outputs.write_text(path, before.decode("utf-8"))
            self._undo.pop()

    def _keeping(self, essay: Essay, write: Callable[[], None]) -> None:
        with self._lock:
            paths = self._paths(essay)
            before = {path: files.read_bytes(path, self._root, files.LARGEST) for path in paths}
            try:
                write()
            except Stop as stop:
                raise RefusedError(stop.diagnostics[0].message, stop.diagnostics[0].hint) from None
            after = {path: files.read_bytes(path, self._root, files.LARGEST) for path in paths}
            if changed := {path: (before[path], after[path]) for path in paths if before[path] != after[path]}:
                self._undo = [*self._undo[1 - KEPT :], changed]

    def _paths(self, essay: Essay) -> list[Path]:
        return comments.paths(self._root / "manuscript" / essay.folder, self._root)

    def _essay(self, slug: str) -> Essay:
        try:
            return pipeline.essay(read.manuscript(self._root).value, slug)
        except Stop as stop:
            raise RefusedError(stop.diagnostics[0].message, stop.diagnostics[0].hint) from None


def _record(comment: Comment, parents: dict[int, tuple[int, ...]]) -> dict[str, Any]:
    depth, above, seen = 0, comment.reply_to, {comment.number}
    while above and depth < 2 and above[0] not in seen:
        seen.add(above[0])
        depth, above = depth + 1, parents.get(above[0], ())
    return {
        "number": comment.number,
        "author": comment.author,
        "date": comment.date,
        "include": comment.include,
        "consent": comment.consent,
        "consent_note": comment.consent_note,
        "reply_to": comment.reply_to,
        "depth": depth,
        "body": markdown.fragment(comment.body, f"c{comment.number}", level=4).value.html,
        "source": comment.body.value,
        "why": _why(comment),
    }


def _why(comment: Comment) -> str:
    return "its writer refused" if comment.consent == "refused" else ""
