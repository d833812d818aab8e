"""Which book is meant: a file, the book in a folder, or the project as it was at a revision of git."""

from __future__ import annotations

import contextlib
import dataclasses
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from overprint import pipeline
from overprint.diagnostics import Exit, Place, Stop, error

NONE_THERE = error(
    "D001",
    "there is no EPUB in this folder",
    "build the book first, or name the file",
    "A folder stands for the one EPUB in it or in its folder `build`.",
)
SEVERAL = error(
    "D002",
    "there are {count} EPUBs in this folder",
    "name one of them: {names}",
    "A folder stands for the one EPUB in it or in its folder `build`.",
)
UNKNOWN = error(
    "D003",
    "`{name}` is neither a file nor a folder, and no revision of the book",
    "{cure}",
    "`overprint diff` compares two EPUBs. Each is named by its file, by the folder it is in, or by a revision of git: "
    "a tag, a branch or a commit of the repository that holds the project. A book of a revision is built anew.",
)
SAFE: dict[str, Any] = {"filter": "data"} if hasattr(tarfile, "data_filter") else {}
"""Before Python 3.11.4 there is no filter; a tree of git holds no path that leads out of it."""


@contextlib.contextmanager
def book(name: str, root: Callable[[], Path], told: Callable[[str], None]) -> Iterator[Path]:
    """Yield the EPUB that a name stands for; that of a revision is gone afterwards.

    Args:
        name: a file, a folder or a revision.
        root: returns the project, in whose repository a revision is looked for.
        told: is told what takes long.

    Raises:
        Stop: there is none, or it cannot be built.
    """
    path = Path(name)
    if path.is_dir():
        yield _in_folder(path)
    elif path.exists() or path.suffix.lower() == ".epub":
        yield path
    else:
        with _revision(name, root) as project:
            told(f"building the book of {name}")
            yield _built(name, project)


def _in_folder(folder: Path) -> Path:
    found = sorted(folder.glob("*.epub")) or sorted((folder / "build").glob("*.epub"))
    if not found:
        raise Stop(NONE_THERE.at(Place(str(folder))), exit=Exit.CANNOT)
    if len(found) > 1:
        names = ", ".join(str(each) for each in found)
        raise Stop(SEVERAL.at(Place(str(folder)), count=len(found), names=names), exit=Exit.USAGE)
    return found[0]


@contextlib.contextmanager
def _revision(name: str, root: Callable[[], Path]) -> Iterator[Path]:
    """Yield a folder with the project as it was."""
    try:
        project = root()
    except Stop:
        raise _unknown(name, "name a file, or go into the folder of the book") from None
    git = shutil.which("git")
    if not git:
        raise _unknown(name, "install git, or name two files")
    git_here = [git, "-C", str(project)]
    found = _run(*git_here, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    if found.returncode:
        raise _unknown(name, "`git log` and `git tag` show which revisions there are")
    archive = _run(*git_here, "archive", "--format=tar", found.stdout.decode().strip(), "--", ".")
    if archive.returncode:
        raise _unknown(name, "the folder of the book is not in that revision; name one in which it is")
    with tempfile.TemporaryDirectory(prefix="overprint-") as folder:
        with tarfile.open(fileobj=BytesIO(archive.stdout)) as packed:
            packed.extractall(folder, **SAFE)  # noqa: S202 - git's own, see SAFE
        yield Path(folder)


def _run(*command: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - git, and a name behind its options


def _built(name: str, project: Path) -> Path:
    """Build a project into a folder of its own; findings name the revision."""
    try:
        made = pipeline.build(project, ["epub", "pdf"], project / ".built").value
    except Stop as stop:
        said = (
            dataclasses.replace(each, place=dataclasses.replace(each.place, path=f"{name}:{each.place.path}"))
            for each in stop.diagnostics
        )
        raise Stop(*said, exit=stop.exit) from None
    return next(each.path for each in made if each.path.suffix == ".epub")


def _unknown(name: str, cure: str) -> Stop:
    return Stop(UNKNOWN.at(name=name, cure=cure), exit=Exit.USAGE)
