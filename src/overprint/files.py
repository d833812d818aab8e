"""Reading the editor's files: text only, from inside the project only, and every refusal with its place."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterator, Mapping
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path

from overprint.diagnostics import Diagnostic, Exit, Place, Stop, error

LARGEST = 20 * 2**20

NOT_UTF8 = error(
    "M119",
    "this is not UTF-8 text",
    "save the file as UTF-8; in most editors: Save As, Encoding: UTF-8",
    "Manuscripts are UTF-8 text. The place is the first byte that does not fit.",
)
CONTROL = error(
    "M404",
    "an invisible control character (U+{code}) stands here",
    "delete it",
    r"""Control characters have no place in a book and make an EPUB invalid. They come with text copied out of programs.

    Bad: Bees are\u0007 busy.
    Good: Bees are busy.
    """,
)
UNREADABLE = error(
    "M122",
    "cannot read this {what} ({why})",
    "check its permissions and that it is still there",
    "The file or folder is part of the manuscript but the system does not let overprint read it. What it holds would "
    "be missing from the book.",
)
OUTSIDE = error(
    "M123",
    "this leads outside the project",
    "copy the file into the project",
    "A book is made only of files inside its own folder, so that a manuscript from elsewhere can never read yours.",
)
TOO_LARGE = error(
    "M124",
    "this file is larger than {limit} MB",
    "split it, or check that it is the right file",
    "No essay is this long. A limit keeps a wrong file from stopping the machine.",
)

_DRAFTS: ContextVar[Mapping[Path, bytes] | None] = ContextVar("drafts", default=None)


@contextlib.contextmanager
def drafted(drafts: Mapping[Path, bytes]) -> Iterator[None]:
    """Within this, files are read as `drafts` would have them: a way to see what a change does before it is made."""
    token = _DRAFTS.set(drafts)
    _lines.cache_clear()
    try:
        yield
    finally:
        _DRAFTS.reset(token)
        _lines.cache_clear()


def read_text(path: Path, root: Path) -> tuple[str, tuple[Diagnostic, ...]]:
    r"""Return the text of `path` with line ends as `\n` and no byte order mark, and what is wrong with it.

    Raises:
        Stop: the file cannot be read, leads outside `root`, is too large or is not UTF-8.
    """
    place = Place(shown(path, root), 1, 1)
    data = read_bytes(path, root, LARGEST)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as bad:
        before = data[: bad.start].decode("utf-8", "replace")
        raise Stop(NOT_UTF8.at(_position(place.path, before))) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    said = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.isprintable():
            said += [
                CONTROL.at(Place(place.path, number, column), code=f"{ord(char):04X}")
                for column, char in enumerate(line, 1)
                if is_control(char)
            ][:1]
    if said:  # what was said once must not upset a later stage
        text = "".join("\ufffd" if is_control(char) else char for char in text)
    return text, tuple(said)


def read_bytes(path: Path, root: Path, limit: int) -> bytes:
    """Return the bytes of a regular file inside `root`.

    Raises:
        Stop: as `read_text`.
    """
    place = Place(shown(path, root), 1, 1)
    try:
        # Unlike Path.resolve, realpath calls a loop of links an OSError in every Python.
        if not Path(os.path.realpath(path, strict=True)).is_relative_to(root.resolve()):
            raise Stop(OUTSIDE.at(place))
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):
            raise Stop(UNREADABLE.at(place, what="file", why="it is not a file"))
        if about.st_size > limit:
            raise Stop(TOO_LARGE.at(place, limit=limit // 2**20))
        draft = (_DRAFTS.get() or {}).get(path)
        return path.read_bytes() if draft is None else draft
    except OSError as failed:
        raise Stop(UNREADABLE.at(place, what="file", why=failed.strerror or "unknown"), exit=Exit.CANNOT) from None


def listed(folder: Path, root: Path) -> list[Path]:
    """Return what a folder holds, by name, without what programs hide there; a folder that is not there holds nothing.

    Raises:
        Stop: it is not a folder, or cannot be read.
    """
    try:
        return sorted(path for path in folder.iterdir() if not path.name.startswith("."))
    except FileNotFoundError:
        return []
    except OSError as failed:
        place = Place(shown(folder, root))
        raise Stop(UNREADABLE.at(place, what="folder", why=failed.strerror or "unknown"), exit=Exit.CANNOT) from None


def is_there(path: Path) -> bool:
    """Say whether a name is taken, be it by what cannot be read: that is for the reader to say."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return False
    except OSError:
        return True
    return True


@lru_cache(maxsize=32)
def _lines(path: Path, root: Path) -> tuple[str, ...]:
    try:
        return tuple(read_text(path, root)[0].split("\n"))
    except Stop:
        return ()


def line_at(root: Path, place: Place, further: int = 0) -> str:
    """Return the text of a place's line, or of one so many lines further on; empty where there is none."""
    number = place.line + further
    if not place.line or not place.path:
        return ""
    lines = _lines(root / place.path, root)
    return lines[number - 1] if 0 < number <= len(lines) else ""


def shown(path: Path, root: Path) -> str:
    """Return `path` as messages show it: relative to the project where it is inside."""
    return path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)


def is_control(char: str) -> bool:
    r"""Say whether a character may not stand in XML text.

    >>> is_control("\x00"), is_control("\t"), is_control("\ufffe"), is_control("é")
    (True, False, True, False)
    """
    code = ord(char)
    return (
        (code < 0x20 and char not in "\t\n")
        or 0x7F <= code <= 0x9F
        or code in {0xFFFE, 0xFFFF}
        or 0xD800 <= code < 0xE000
    )


def _position(path: str, before: str) -> Place:
    line = before.count("\n") + 1
    return Place(path, line, len(before) - (before.rfind("\n") + 1) + 1)


def own_cache() -> Path:
    """Return the folder where this user's programs keep what they can make again.

    Not in the project: what somebody else's project brings along must not be taken for something of our own making.

    Raises:
        RuntimeError: there is no home.
    """
    if own := os.environ.get("OVERPRINT_CACHE"):
        return Path(own).absolute()
    return Path(os.environ.get("XDG_CACHE_HOME") or Path("~/.cache").expanduser()) / "overprint"
