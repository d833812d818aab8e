"""Whatever changes, a book built with what was kept is the book built anew, byte for byte."""

from __future__ import annotations

import dataclasses
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

import books
import printed
from overprint import pipeline
from overprint.compose import compose
from overprint.diagnostics import Made
from overprint.render.pdf import Layout, PdfJob
from overprint.render.pdf.cache import Cache
from overprint.render.pdf.desk import desk

TEXT = "Wax remembers what the bees forget, and nobody asks it twice. " * 3
SHEET = """@page { size: 140mm 220mm }
p { font-size: 9pt }
"""
FILES = {
    "manuscript/book.yaml": books.GOOD["manuscript/book.yaml"] + "contents: [essays/01-bees, essays/02-wax]\n",
    "manuscript/people/bo-reed.md": "---\nname: Bo Reed\n---\n\nBo Reed has never been stung.\n",
    "manuscript/essays/02-wax/essay.md": f"""---
title: On Wax
authors: [bo-reed]
permission: granted
---

{TEXT}

![A comb](images/comb.png)

{TEXT}[^1]

[^1]: A note.
""",
    "styles/print.css": SHEET,
}
ESSAY, SHEETS, SETTINGS = "manuscript/essays/02-wax/essay.md", "styles/print.css", "manuscript/book.yaml"


def write(root: Path) -> Path:
    for name, text in {**books.GOOD, **FILES}.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    picture(root, 0)
    return root


def picture(root: Path, at: int) -> None:
    path = root / "manuscript/essays/02-wax/images/comb.png"
    path.parent.mkdir(exist_ok=True)
    Image.new("RGB", (300, 120), (at % 255, 99, 9)).save(path)


def swapped(root: Path, name: str, old: str, new: str) -> None:
    text = (root / name).read_text("utf-8")
    assert old in text
    (root / name).write_text(text.replace(old, new), "utf-8")


def letter(root: Path, at: int) -> None:
    places = [place for place, char in enumerate(TEXT) if char.isalpha()]
    place = places[at % len(places)]
    other = "abcdefghijklmnopqrstuvwxyz".replace(TEXT[place].lower(), "")[at % 25]
    swapped(root, ESSAY, TEXT, TEXT[:place] + other + TEXT[place + 1 :])


def typeface(root: Path, at: int) -> None:
    """Put another cut in the place of the roman."""
    shutil.copyfile(root / "faces" / f"{1 + at % 2}.ttf", root / "faces" / "0.ttf")


def size(unit: str, old: str, least: int) -> Callable[[Path, int], None]:
    return lambda root, at: swapped(root, SHEETS, old, f"{least + (at % 97) / 10}{unit}")


CHANGES: dict[str, Callable[[Path, int], None]] = {
    "a letter": letter,
    "a letter of a note": lambda root, at: swapped(root, ESSAY, "A note", f"{chr(66 + at % 25)} note"),
    "a letter of a comment": lambda root, at: swapped(
        root, "manuscript/essays/01-bees/comments.md", "I keep", f"I {chr(97 + at % 26)}eep"
    ),
    "a value of a sheet": size("pt", "9pt", 10),
    "the page's size": size("mm", "140mm", 141),
    "a picture": lambda root, at: picture(root, 1 + at % 254),
    "a picture's words": lambda root, at: swapped(root, ESSAY, "A comb", f"A comb {at}"),
    "links": lambda root, _: swapped(root, SETTINGS, "contents:", "links: hide\ncontents:"),
    "the language": lambda root, _: swapped(root, SETTINGS, "en-GB", "en-US"),
    "the publisher": lambda root, at: swapped(root, SETTINGS, "Testing Press", f"Press {at}"),
    "the title": lambda root, at: swapped(root, SETTINGS, "Small Book", f"Book {at}"),
    "an author": lambda root, at: swapped(
        root, "manuscript/people/bo-reed.md", "name: Bo", f"name: {chr(65 + at % 26)}o"
    ),
    "an essay's title": lambda root, at: swapped(root, ESSAY, "On Wax", f"On Wax {at}"),
    "the order": lambda root, _: swapped(
        root, SETTINGS, "essays/01-bees, essays/02-wax", "essays/02-wax, essays/01-bees"
    ),
    "an essay less": lambda root, _: swapped(root, SETTINGS, "essays/01-bees, essays/02-wax", "essays/02-wax"),
    "a typeface": typeface,
}


def job(root: Path) -> PdfJob:
    """Return a book with typefaces of its own, in the folder `faces`."""
    manuscript, book = pipeline.validate(root).value
    made = pipeline._job(compose(book, manuscript.project).value, {})
    own = root / "faces"
    faces = tuple(dataclasses.replace(face, path=own / f"{at}.ttf") for at, face in enumerate(made.style.faces))
    for face, source in zip(faces, made.style.faces, strict=True):
        if not face.path.exists():
            own.mkdir(exist_ok=True)
            shutil.copyfile(source.path, face.path)
    return dataclasses.replace(made, style=dataclasses.replace(made.style, faces=faces))


def built(book: PdfJob, target: Path, cache: Cache | None = None) -> tuple[bytes, Made[Layout]]:
    desk.cache_clear()  # as in a new process
    made = printed.joined(book, target, cache=cache)
    return target.read_bytes(), made


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Cache, bytes]:
    """Give a project, a cache that has seen all that was built so far, and the project's PDF."""
    folder = tmp_path_factory.mktemp("base")
    root, cache = write(folder / "book"), Cache(folder / "cache")
    data, made = built(job(root), folder / "book.pdf", cache)
    assert made.diagnostics == ()
    assert b"/Image" in data
    return root, cache, data


@settings(derandomize=True, max_examples=2)
@given(at=st.integers(0, 10**6))
@pytest.mark.parametrize("what", CHANGES)
def test_no_change_is_missed(
    what: str, at: int, base: tuple[Path, Cache, bytes], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder, (root, cache, before) = tmp_path_factory.mktemp("changed"), base
    shutil.copytree(root, folder / "book")
    CHANGES[what](folder / "book", at)
    book = job(folder / "book")
    anew, kept = built(book, folder / "anew.pdf"), built(book, folder / "kept.pdf", cache)
    assert kept == anew
    assert kept[0] != before
    # All that has changed is known now.
    workers = printed.AtOnce()
    assert printed.joined(book, folder / "again.pdf", cache=cache, executor=workers) == anew[1]
    assert (folder / "again.pdf").read_bytes() == anew[0]
    assert workers.done == []


def test_the_same_book_elsewhere(base: tuple[Path, Cache, bytes], tmp_path: Path) -> None:
    root, cache, before = base
    shutil.copytree(root, tmp_path / "elsewhere")
    assert built(job(tmp_path / "elsewhere"), tmp_path / "book.pdf", cache)[0] == before
    assert built(job(tmp_path / "elsewhere"), tmp_path / "book.pdf")[0] == before


def damage(path: Path, chance: random.Random, others: list[Path]) -> None:
    data = path.read_bytes()
    at = chance.randrange(len(data))
    kind = chance.randrange(5)
    if kind == 0:
        path.write_bytes(data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :])
    elif kind == 1:
        path.write_bytes(data[:at])
    elif kind == 2:
        path.write_bytes(chance.choice(others).read_bytes())
    elif kind == 3:
        path.unlink()
    else:
        path.unlink()
        path.mkdir()


@settings(derandomize=True, max_examples=4)
@given(chance=st.randoms(use_true_random=False))
def test_damaged_entries(
    chance: random.Random, base: tuple[Path, Cache, bytes], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder, (root, cache, before) = tmp_path_factory.mktemp("damaged"), base
    shutil.copytree(cache.folder, folder / "cache")
    entries = sorted((folder / "cache").iterdir())
    for path in chance.sample(entries, len(entries) * 2 // 3):
        damage(path, chance, [each for each in entries if each.is_file()])
    assert built(job(root), folder / "book.pdf", Cache(folder / "cache"))[0] == before


@pytest.mark.parametrize("known", [True, False])
def test_a_disk_that_is_only_read(
    known: bool, base: tuple[Path, Cache, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, cache, before = base
    shutil.copytree(cache.folder, tmp_path / "cache")
    if not known:
        for each in (tmp_path / "cache").iterdir():
            each.unlink()
    there = sorted((tmp_path / "cache").iterdir())

    def refuse(*_: object, **__: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(os, "replace", refuse)
    monkeypatch.setattr(os, "utime", refuse)
    book = job(root)
    assert built(book, tmp_path / "book.pdf", Cache(tmp_path / "cache"))[0] == before
    swapped(root, ESSAY, "A note.", "Another note.")
    try:
        changed = job(root)
        assert built(changed, tmp_path / "book.pdf", Cache(tmp_path / "cache")) == built(changed, tmp_path / "anew.pdf")
    finally:
        swapped(root, ESSAY, "Another note.", "A note.")
    assert sorted((tmp_path / "cache").iterdir()) == there


def test_a_cache_that_cannot_be(base: tuple[Path, Cache, bytes], tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    assert built(job(base[0]), tmp_path / "book.pdf", Cache(tmp_path / "file" / "cache"))[0] == base[2]


def build(root: Path, cache: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "overprint", "-C", str(root), "build", "pdf"]
    shutil.copytree(os.environ["OVERPRINT_CACHE"] + "/fonts", cache / "fonts", dirs_exist_ok=True)
    environment = os.environ | {"OVERPRINT_CACHE": str(cache)}
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def output(root: Path) -> bytes:
    return (root / "build" / "small-book.print.pdf").read_bytes()


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("expected")
    said, _ = build(write(folder / "book"), folder / "cache").communicate()
    assert "Traceback" not in said
    return output(folder / "book")


def test_two_builds_share_what_is_kept(expected: bytes, tmp_path: Path) -> None:
    one, two = write(tmp_path / "one"), write(tmp_path / "two")
    letter(two, 3)
    builds = [build(one, tmp_path / "cache"), build(two, tmp_path / "cache")]
    said = [each.communicate()[0] for each in builds]
    assert [each.returncode for each in builds] == [0, 0], said
    assert output(one) == expected
    letter(one, 3)
    build(one, tmp_path / "cache").communicate()
    assert output(one) == output(two) != expected


def test_a_build_that_was_killed(expected: bytes, tmp_path: Path) -> None:
    root = write(tmp_path / "book")
    for moment in (0.7, 1.2, 1.8):
        killed = build(root, tmp_path / "cache")
        time.sleep(moment)
        killed.send_signal(signal.SIGKILL)
        killed.communicate()
    finished = build(root, tmp_path / "cache")
    said, _ = finished.communicate()
    assert finished.returncode == 0, said
    assert output(root) == expected
