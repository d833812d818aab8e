"""Where made typefaces are kept, each in a folder named by what it was made of."""

from __future__ import annotations

import atexit
import functools
import os
import shutil
import tempfile
from pathlib import Path

from overprint import files


def place(key: str, name: str) -> Path:
    """Return where a file is kept, or is to be put."""
    inside = Path("fonts", key, name)
    # What was put there for all users can be read although they cannot write there.
    there = files.own_cache() / inside
    return there if there.is_file() else _cache() / inside


def _cache() -> Path:
    """Return a folder that can be written, in the worst case one that lives as long as this process."""
    folder = files.own_cache()
    try:
        (folder / "fonts").mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=folder / "fonts").close()
    except OSError:
        return _passing_cache()
    return folder


@functools.cache
def _passing_cache() -> Path:
    folder = tempfile.mkdtemp(prefix="overprint-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder)


def put(path: Path, content: bytes) -> None:
    """Write a file whole or not at all: another process may be making the same one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".cut-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
