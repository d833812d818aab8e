"""Finished bytes kept from build to build, and found again by what they were made of.

An entry is one file: a seal over its key and its bytes, then the bytes. A file that a crash cut short, that a disk or a
person changed, or that stands under another's name does not fit its seal and counts as absent, so nothing here needs
locks or `fsync`: the worst that can happen is work done twice. Whatever fails, the build goes on without the cache.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import secrets
import shutil
import stat
import tempfile
import time
import weakref
from collections.abc import Iterator
from pathlib import Path

LIMIT = 1 << 30
"""Bytes that the entries may have together after a build."""

RECENT = 300
"""Seconds in which an entry need not be marked as used again."""

STRAY = 3600
"""Seconds after which an unfinished file is one that a killed build left behind."""

_ENTRY = re.compile(r"[0-9a-f]{64}")
_UNFINISHED = re.compile(r"[0-9a-f]{64}\.[0-9a-f]{16}\.new")
_SEAL = 32
# Neither follow a link nor hang on a pipe that takes a file's place.
_PLAIN = os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


def key(*parts: bytes | str) -> str:
    """Return the name of what is made of these parts: 64 hexadecimal digits, other ones for `ab, c` than for `a, bc`.

    >>> key("ab", "c") == key("a", "bc")
    False
    """
    made_of = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        made_of.update(b"%d:" % len(data))
        made_of.update(data)
    return made_of.hexdigest()


class Cache:
    """A folder of entries by `key`. Safe for several builds at once; only files that it named are ever deleted."""

    def __init__(self, folder: Path, *, limit: int = LIMIT) -> None:
        """Use a folder, which the first `put` makes; one that is a symbolic link is left alone."""
        self.folder = folder
        self.limit = limit

    def get(self, key: str) -> bytes | None:
        """Return the bytes put under `key`, and mark them as used; None when they are absent, damaged or unreadable."""
        name = _name(key)
        with contextlib.suppress(OSError), self._opened() as folder:
            with os.fdopen(os.open(name, os.O_RDONLY | _PLAIN, dir_fd=folder), "rb", buffering=0) as file:
                known = os.fstat(file.fileno())
                if not stat.S_ISREG(known.st_mode) or known.st_size > self.limit + _SEAL:
                    return None
                seal, data = file.read(_SEAL), file.readall()
                if seal == _sealed(name, data):
                    if abs(time.time() - known.st_mtime) > RECENT:
                        with contextlib.suppress(OSError):  # a disk that is only read
                            os.utime(file.fileno())
                    return data
            _delete(folder, name)
        return None

    def put(self, key: str, *parts: bytes) -> bool:
        """Keep bytes, in parts or not, under `key`, whole or not at all; return whether the disk let us."""
        name = _name(key)
        unfinished = f"{name}.{secrets.token_hex(8)}.new"
        with contextlib.suppress(OSError):
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with self._opened() as folder:
                handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL | _PLAIN, 0o600, dir_fd=folder)
                try:
                    with os.fdopen(handle, "wb") as file:
                        file.write(_sealed(name, *parts))
                        file.writelines(parts)
                    os.replace(unfinished, name, src_dir_fd=folder, dst_dir_fd=folder)
                    return True
                except BaseException:
                    _delete(folder, unfinished)
                    raise
        return False

    def trim(self) -> None:
        """Delete entries, least recently used first, until the rest is within the limit, and what was left unfinished.

        For the end of a build.
        """
        with contextlib.suppress(OSError), self._opened() as folder:
            entries = sorted(_files(folder, _ENTRY))
            excess = sum(size for _, size, _ in entries) - self.limit
            for _, size, name in entries:
                if excess <= 0:
                    break
                _delete(folder, name)
                excess -= size
            for used, _, name in _files(folder, _UNFINISHED):
                if abs(time.time() - used) > STRAY:
                    _delete(folder, name)

    @contextlib.contextmanager
    def _opened(self) -> Iterator[int]:
        """Yield the folder itself: whatever takes its name meanwhile, nothing outside it is touched."""
        handle = os.open(self.folder, os.O_RDONLY | os.O_DIRECTORY | _PLAIN)
        try:
            yield handle
        finally:
            os.close(handle)


class NoCache(Cache):
    """Keeps what one build makes, in a temporary folder that ends with it: nothing older is ever read."""

    def __init__(self, beside: Path | None = None) -> None:
        """Make the folder, in the folder `beside` or where the system keeps such.

        Raises:
            OSError: it cannot be made.
        """
        super().__init__(Path(tempfile.mkdtemp(prefix="pieces-", dir=beside)))
        self._end = weakref.finalize(self, shutil.rmtree, self.folder, ignore_errors=True)

    def trim(self) -> None:
        """End the build: nothing is kept."""
        self._end()


def _files(folder: int, names: re.Pattern[str]) -> Iterator[tuple[float, int, str]]:
    """Yield when a file was last used, its size and its name, for those so named in a folder."""
    with os.scandir(folder) as listing:
        for each in listing:
            if names.fullmatch(each.name) and each.is_file(follow_symlinks=False):
                try:
                    known = each.stat(follow_symlinks=False)
                except FileNotFoundError:  # another build was faster
                    continue
                yield known.st_mtime, known.st_size, each.name


def _delete(folder: int, name: str) -> None:
    with contextlib.suppress(OSError):  # another build was faster, or the disk is only read
        os.unlink(name, dir_fd=folder)


def _name(key: str) -> str:
    if not _ENTRY.fullmatch(key):
        raise ValueError(f"not a key: {key!r}")
    return key


def _sealed(name: str, *parts: bytes) -> bytes:
    made_of = hashlib.sha256(name.encode())
    for part in parts:
        made_of.update(part)
    return made_of.digest()
