"""How a build can be repeated: digests of all that it read, and the versions of all that had a hand in it."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from pathlib import Path

from overprint import __version__, files
from overprint.diagnostics import Stop
from overprint.render.pdf.versions import versions as of_layout
from overprint.typefaces import wheels

FOLDERS = ("manuscript", "styles", "themes", "profiles")
"""What a build reads of a project."""
PACKAGES = ("EbookLib", "Jinja2", "lxml", "markdown-it-py", "pikepdf", "pypdfium2")
"""What makes books besides the layout."""
LARGEST = 1 << 30
"""Bytes; no larger picture is ever read."""


def digest(path: Path) -> str:
    """Return the SHA-256 of a file, in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def inputs(root: Path) -> list[dict[str, str]]:
    """Return each file that a build of a project may read, by path; what cannot be read is left out."""
    return [
        {"path": files.shown(path, root), "sha256": hashlib.sha256(data).hexdigest()}
        for name in FOLDERS
        for path, data in _inside(root / name, root)
    ]


def _inside(folder: Path, root: Path) -> Iterator[tuple[Path, bytes]]:
    try:
        for path in files.listed(folder, root):
            if path.is_dir() and not path.is_symlink():
                yield from _inside(path, root)
            elif path.is_file():
                yield path, files.read_bytes(path, root, LARGEST)
    except Stop:
        return


def versions(families: Iterable[str]) -> dict[str, str]:
    """Return the versions of overprint, of Python, of what it makes books with, and of the typefaces' wheels."""
    found = {"overprint": __version__, "Python": platform.python_version()}
    layout = (line.split(" ", 1) for line in of_layout().splitlines() if " " in line)
    found |= {name.removesuffix("-1.0"): number for name, number in layout}
    found |= {name: version(name) for name in PACKAGES}
    known = wheels.FAMILIES | wheels.FALLBACKS
    wanted = {known[name].package.replace("_", "-") for name in families if name in known}
    return found | {name: version(name) for name in sorted(wanted)}
