"""What an import will write, held back until all of it is known: then all is put in place, or nothing."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from overprint import files, outputs


class Plan:
    """Files to come; what is planned is read back as if it were there.

    Attributes:
        root: the project's folder.
        folders: to be made although no file may be in them.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folders: list[Path] = []
        self._files: dict[Path, bytes] = {}
        self._records: dict[Path, bytes] = {}

    def is_there(self, path: Path) -> bool:
        """Say whether a file is there or planned."""
        return path in self._files or files.is_there(path)

    def text(self, path: Path) -> str:
        """Return a file with its byte order mark and line ends, as planned or as it is; empty where there is none.

        Raises:
            Stop: it cannot be read, or is not UTF-8 text.
        """
        if path in self._files:
            return self._files[path].decode("utf-8")
        if not files.is_there(path):
            return ""
        files.read_text(path, self.root)  # refuses what is not text
        return files.read_bytes(path, self.root, files.LARGEST).decode("utf-8")

    def write(self, path: Path, text: str) -> None:
        """Plan a text file; a lone surrogate, which no file can hold, becomes a question mark."""
        self._files[path] = text.encode("utf-8", "replace")

    def keep(self, path: Path, data: bytes) -> None:
        """Plan a file that is no text."""
        self._files[path] = data

    def remember(self, path: Path, text: str) -> None:
        """Plan the record of an essay."""
        self._records[path] = text.encode("utf-8", "replace")

    def carry_out(self) -> None:
        """Write all that is planned; when that fails, all is as it was.

        A process that is killed leaves whole essays behind; the record of a new essay is there before the essay is, and
        that of a merge after it, so that the next import goes on from where it was.

        Raises:
            Stop: another import is at work, or something cannot be written.
        """
        try:
            with outputs.workshop(self.root / ".overprint") as making:
                self._carry_out(making)
        except OSError as failed:
            raise outputs.cannot_write(failed, self.root / "manuscript") from None

    def _carry_out(self, making: Path) -> None:
        essays = self.root / "manuscript" / "essays"
        fresh = {
            each: making / each.name
            for path in (*self._files, *self.folders)
            if path.is_relative_to(essays) and not (each := essays / path.relative_to(essays).parts[0]).exists()
        }
        slugs = {folder.name.partition("-")[2] for folder in fresh}
        inside = {path: data for path, data in self._files.items() if not fresh.keys().isdisjoint(path.parents)}
        for path, data in inside.items():
            _write(making / path.relative_to(essays), data)
        for folder in self.folders:
            (making / folder.relative_to(essays)).mkdir(parents=True, exist_ok=True)
        first = {path: data for path, data in self._records.items() if path.stem in slugs}
        rest = {path: data for path, data in self._files.items() if path not in inside}
        rest |= {path: data for path, data in self._records.items() if path not in first}
        undo: list[Path] = []
        try:
            undo += first
            self._put(first, making / "records")
            essays.mkdir(parents=True, exist_ok=True)
            for place, made in fresh.items():
                undo.append(place)
                made.rename(place)
            self._put(rest, making / "rest")
        except BaseException:
            for path in undo:
                path.unlink(missing_ok=True) if path in first else shutil.rmtree(path, ignore_errors=True)
            raise

    def _put(self, wanted: Mapping[Path, bytes], folder: Path) -> None:
        made = {}
        for number, (path, data) in enumerate(wanted.items()):
            if path.exists():
                if path.read_bytes() == data:
                    continue
                mode = path.stat().st_mode & 0o7777
            else:
                path.parent.mkdir(parents=True, exist_ok=True)
                mode = 0o644
            made[_write(folder / str(number), data, mode)] = path
        outputs.put_in_place(made)


def _write(path: Path, data: bytes, mode: int = 0o644) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    path.chmod(mode)
    return path
