"""Entries are whole or absent, whatever happens to their files, and nothing but entries is ever deleted."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overprint.render.pdf.cache import RECENT, STRAY, Cache, NoCache, key

A, B, C = key("a"), key("b"), key("c")
DATA = b"some finished bytes"
HOUR = 3600


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path / "made" / "here")


@pytest.fixture
def unprivileged() -> Iterator[Path]:
    """Give a folder of somebody for whom permissions count, which they do not for root."""
    with tempfile.TemporaryDirectory() as name:
        me = os.geteuid()
        if not me:
            os.chown(name, 65534, -1)
            os.seteuid(65534)
        yield Path(name)
        os.seteuid(me)


def age(path: Path, seconds: float) -> None:
    os.utime(path, (time.time() - seconds,) * 2)


def names(cache: Cache) -> set[str]:
    return {each.name for each in cache.folder.iterdir()}


@given(st.lists(st.binary() | st.text()), st.lists(st.binary() | st.text()))
def test_keys_tell_parts_apart(ones: list[bytes | str], others: list[bytes | str]) -> None:
    def parts(some: list[bytes | str]) -> list[bytes]:
        return [each.encode() if isinstance(each, str) else each for each in some]

    assert (key(*ones) == key(*others)) == (parts(ones) == parts(others))
    assert len(key(*ones)) == 64


@given(st.binary())
def test_what_was_put_is_got(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        cache = Cache(Path(folder))
        assert cache.get(A) is None
        cache.put(A, b"before")
        cache.put(A, data)
        assert cache.get(A) == data
        assert Cache(Path(folder)).get(A) == data
        assert cache.get(B) is None
        assert names(cache) == {A}


def test_a_key_is_never_a_path(cache: Cache, tmp_path: Path) -> None:
    for bad in ("", "../" + A, "a" * 63, A.upper(), A + "\n"):
        with pytest.raises(ValueError, match="not a key"):
            cache.get(bad)
        with pytest.raises(ValueError, match="not a key"):
            cache.put(bad, DATA)
    assert not list(tmp_path.iterdir())


@given(at=st.integers(0, 31 + len(DATA)), by=st.integers(1, 255))
def test_an_altered_byte_is_noticed(at: int, by: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        cache = Cache(Path(folder))
        cache.put(A, DATA)
        whole = bytearray((cache.folder / A).read_bytes())
        assert len(whole) == 32 + len(DATA)
        whole[at] ^= by
        (cache.folder / A).write_bytes(whole)
        assert cache.get(A) is None
        assert not names(cache)


def test_a_cut_or_longer_file_and_anothers_are_absent(cache: Cache) -> None:
    cache.put(A, DATA)
    whole = (cache.folder / A).read_bytes()
    for wrong in (*(whole[:size] for size in range(len(whole))), whole + b"\0", bytes(len(whole))):
        (cache.folder / A).write_bytes(wrong)
        assert cache.get(A) is None
        assert not names(cache)
    (cache.folder / B).write_bytes(whole)
    assert cache.get(B) is None
    assert not names(cache)


def test_the_least_recently_used_go_first(cache: Cache) -> None:
    for name, seconds in ((A, 3 * HOUR), (B, 2 * HOUR), (C, HOUR)):
        cache.put(name, DATA)
        age(cache.folder / name, seconds)
    assert cache.get(A) == DATA  # now the newest
    size = (cache.folder / A).stat().st_size

    for limit, left in ((3 * size, {A, B, C}), (3 * size - 1, {A, C}), (size, {A}), (size - 1, set())):
        cache.limit = limit
        cache.trim()
        assert names(cache) == left


def test_use_is_written_down_now_and_then(cache: Cache) -> None:
    cache.put(A, DATA)
    path = cache.folder / A
    for seconds, marked in ((RECENT / 2, False), (RECENT * 2, True), (-RECENT * 2, True)):
        age(path, seconds)
        before = path.stat().st_mtime_ns
        assert cache.get(A) == DATA
        assert (path.stat().st_mtime_ns != before) == marked
    assert abs(path.stat().st_mtime - time.time()) < RECENT / 2


def test_what_is_not_ours_stays(cache: Cache, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.write_bytes(DATA)
    (tmp_path / "books").mkdir()
    cache.put(C, DATA)
    (cache.folder / "sub").mkdir()
    (cache.folder / B).mkdir()
    (cache.folder / A).symlink_to(outside)
    (cache.folder / key("link to a folder")).symlink_to(tmp_path / "books")
    os.mkfifo(cache.folder / key("pipe"))
    strangers = ("notes.txt", f"{A}.txt", f"{A[:-1]}", f"{A}.0123456789abcdeg.new", "README", f".{A}")
    for name in strangers:
        (cache.folder / name).write_bytes(DATA)
        age(cache.folder / name, 9 * STRAY)
    (cache.folder / "sub" / A).write_bytes(DATA)
    before = names(cache)

    assert [cache.get(each) for each in (A, B, key("link to a folder"), key("pipe"))] == [None] * 4
    cache.put(B, DATA)
    assert cache.get(B) is None
    cache.limit = 0
    cache.trim()
    assert names(cache) == before - {C}
    assert (cache.folder / "sub" / A).exists()
    assert outside.read_bytes() == DATA

    cache.put(A, b"new")  # takes the link's place, not its target's
    assert outside.read_bytes() == DATA


def test_a_folder_that_is_a_link_is_left_alone(tmp_path: Path) -> None:
    real = Cache(tmp_path / "real")
    real.put(A, DATA)
    (tmp_path / "link").symlink_to(real.folder)
    linked = Cache(tmp_path / "link", limit=0)
    linked.put(B, DATA)
    linked.trim()
    assert linked.get(A) is None
    assert names(real) == {A}


def test_only_strays_that_are_old_are_swept(cache: Cache) -> None:
    cache.put(A, DATA)
    young, old = (f"{A}.{letter * 16}.new" for letter in "ab")
    for name, seconds in ((young, STRAY / 2), (old, STRAY * 2)):
        (cache.folder / name).write_bytes(DATA)
        age(cache.folder / name, seconds)
    cache.trim()
    assert names(cache) == {A, young}


def test_a_folder_that_cannot_be_written_is_no_error(unprivileged: Path) -> None:
    cache = Cache(unprivileged / "cache", limit=100)
    cache.put(A, DATA)
    age(cache.folder / A, HOUR)
    cache.folder.chmod(0o500)
    cache.put(B, DATA)
    assert (cache.get(A), cache.get(B)) == (DATA, None)
    cache.limit = 0
    cache.trim()
    assert names(cache) == {A}
    cache.folder.chmod(0o000)
    cache.put(B, DATA)
    cache.trim()
    assert Cache(cache.folder).get(A) is None
    Cache(cache.folder / "below").put(A, DATA)
    cache.folder.chmod(0o700)
    (cache.folder / A).chmod(0o000)
    assert cache.get(A) is None
    assert names(cache) == {A}


def test_a_file_in_place_of_the_folder_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(DATA)
    for folder in (tmp_path / "file", tmp_path / "file" / "below"):
        cache = Cache(folder)
        cache.put(A, DATA)
        cache.trim()
        assert cache.get(A) is None
    assert (tmp_path / "file").read_bytes() == DATA


def run(code: str, folder: Path, *more: str) -> subprocess.Popen[bytes]:
    """Start a process that has a cache of this folder."""
    setting = (
        "import resource, sys\nfrom pathlib import Path\nfrom overprint.render.pdf.cache import Cache, key\n"
        "cache = Cache(Path(sys.argv[1]), limit=200_000)\n"
    )
    return subprocess.Popen([sys.executable, "-c", setting + code, str(folder), *more])


def test_a_full_disk_is_no_error(cache: Cache) -> None:
    code = """
cache.put(key("a"), b"small")
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))  # a longer write fails half-way, as on a full disk
cache.put(key("a"), bytes(100_000))
cache.put(key("b"), bytes(100_000))
"""
    with run(code, cache.folder) as build:
        assert build.wait() == 0
    assert (cache.get(A), cache.get(B)) == (b"small", None)
    assert names(cache) == {A}


@pytest.mark.parametrize("name", ["fdopen", "replace"])
def test_a_process_killed_while_it_puts_leaves_what_was_there(cache: Cache, name: str) -> None:
    code = """
import io, os
class Cut(io.FileIO):
    def write(self, data):
        super().write(data[: len(data) // 2 + 20])
        if len(data) > 1000:
            os.kill(os.getpid(), 9)
cache.put(key("a"), b"before")
setattr(os, sys.argv[2], Cut if sys.argv[2] == "fdopen" else lambda *_, **__: os.kill(os.getpid(), 9))
cache.put(key("a"), bytes(100_000))
"""
    with run(code, cache.folder, name) as killed:
        assert killed.wait() == -signal.SIGKILL
    [left] = names(cache) - {A}
    assert (cache.folder / left).stat().st_size > 1000
    assert cache.get(A) == b"before"
    age(cache.folder / left, 2 * STRAY)
    cache.trim()
    assert names(cache) == {A}


def test_two_builds_at_once(cache: Cache) -> None:
    code = """
found = 0
for each in range(1500):
    name = str(each * 7 % 60)
    data = cache.get(key(name))
    assert data in (None, name.encode() * 4000), "not what was put"
    found += data is not None
    if data is None:
        cache.put(key(name), name.encode() * 4000)
    if each % 10 == 0:
        cache.trim()
assert found
"""
    with run(code, cache.folder) as one, run(code, cache.folder) as other:
        assert (one.wait(), other.wait()) == (0, 0)
    cache.limit = 200_000
    cache.trim()
    assert sum(path.stat().st_size for path in cache.folder.iterdir()) <= 200_000
    assert all(len(name) == 64 for name in names(cache))


def test_without_a_cache_a_build_keeps_only_its_own(tmp_path: Path) -> None:
    first, second = NoCache(tmp_path), NoCache(tmp_path)
    first.put(A, DATA)
    assert (first.get(A), second.get(A)) == (DATA, None)
    first.trim()
    assert first.get(A) is None
    del second
    assert not list(tmp_path.iterdir())
