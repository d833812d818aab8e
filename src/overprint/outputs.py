"""Put finished files in place: all together, whole, and never at the cost of the last good ones.

Files are made in a hidden folder beside their place, synced, and renamed. A lock that dies with its process keeps two
builds apart; what a killed build left behind is swept by the next one.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from overprint.diagnostics import Exit, Place, Stop, error

MAKING = ".making-"

LOCKED = error(
    "B103",
    "another build is at work in this folder",
    "wait for it to end, or build elsewhere with --out DIR",
    "Two builds at once would overwrite each other's files.",
)
CANNOT_WRITE = error(
    "B104",
    "cannot write the books here ({why})",
    "{cure}",
    "The books that were here before are as they were.",
)
CURES = {
    errno.ENOSPC: "free some space on the disk and build again",
    errno.EDQUOT: "free some space on the disk and build again",
    errno.EACCES: "make the folder writable, or build elsewhere with --out DIR",
    errno.EPERM: "make the folder writable, or build elsewhere with --out DIR",
    errno.EROFS: "the disk is read-only; build elsewhere with --out DIR",
}


def cannot_write(failed: OSError, folder: Path) -> Stop:
    """Return the stop that says why nothing could be written."""
    cure = CURES.get(failed.errno or 0, "check the disk and the folder, or build elsewhere with --out DIR")
    return Stop(CANNOT_WRITE.at(Place(str(folder)), why=failed.strerror or "unknown", cure=cure), exit=Exit.CANNOT)


@contextlib.contextmanager
def workshop(folder: Path) -> Iterator[Path]:
    """Yield a temporary folder inside `folder`, which is locked meanwhile; it is gone afterwards.

    Raises:
        Stop: another build holds the lock, or the folder cannot be written.
    """
    with contextlib.ExitStack() as stack:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            lock = stack.enter_context((folder / ".lock").open("w"))
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            for left in folder.glob(f"{MAKING}*"):
                shutil.rmtree(left, ignore_errors=True)
            making = Path(tempfile.mkdtemp(prefix=MAKING, dir=folder))
        except BlockingIOError:
            raise Stop(LOCKED.at(Place(str(folder))), exit=Exit.CANNOT) from None
        except OSError as failed:
            raise cannot_write(failed, folder) from None
        stack.callback(shutil.rmtree, making, ignore_errors=True)
        yield making


def put_in_place(made: Mapping[Path, Path]) -> None:
    """Rename each made file to its place; when one cannot be, the others get their old files back.

    Args:
        made: finished file to its place, in one file system.

    Raises:
        OSError: a file could not be synced or renamed.
    """
    for source in made:
        with source.open("rb") as file:
            os.fsync(file.fileno())
    kept: dict[Path, Path] = {}
    done: list[Path] = []
    try:
        for source, place in made.items():
            if place.exists():
                kept[place] = source.with_name(f"{source.name}.last")
                _keep(place, kept[place])
        for source, place in made.items():
            done.append(place)  # first: an interrupt may come between the two
            source.replace(place)
    except BaseException:
        for place in done:
            if place in kept:
                kept[place].replace(place)
            else:
                place.unlink(missing_ok=True)
        raise
    for folder in {place.parent for place in made.values()}:
        _sync_folder(folder)


def _keep(place: Path, copy: Path) -> None:
    try:
        os.link(place, copy)
    except OSError:  # a file system without hard links
        shutil.copyfile(place, copy)


def _sync_folder(folder: Path) -> None:
    with contextlib.suppress(OSError):  # some file systems cannot sync a folder
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def write_text(path: Path, text: str) -> None:
    """Replace a text file in one step, its permissions kept.

    Raises:
        Stop: the folder cannot be written.
    """
    try:
        handle, name = tempfile.mkstemp(prefix=MAKING, dir=path.parent)
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            mode = path.stat().st_mode & 0o7777 if path.exists() else 0o644
            Path(name).chmod(mode)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as failed:
        raise cannot_write(failed, path.parent) from None
