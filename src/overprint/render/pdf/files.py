"""Reads files that may be anything, and may change while they are read."""

from __future__ import annotations

import os
import stat
from pathlib import Path

FILE = 100 << 20


def read(path: Path) -> bytes:
    """Return the bytes of a regular file.

    Raises:
        OSError: it cannot be opened, is no regular file, or is too large.
    """
    # Not to hang on a pipe that takes the file's place; what was opened is what is judged.
    with open(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as file:  # noqa: PTH123 - a descriptor
        known = os.fstat(file.fileno())
        if not stat.S_ISREG(known.st_mode):
            raise OSError("it is not a regular file")
        if known.st_size > FILE:
            raise OSError(f"it is larger than {FILE >> 20} MB")
        return file.read()
