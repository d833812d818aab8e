"""Builds that fail or are ended: the last good books, or the new ones, whole, always."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import books
from overprint import outputs, pipeline
from overprint.diagnostics import Exit, Made, Stop
from overprint.render import epub

NAMES = ("small-book.epub", "small-book.print.pdf")
COMMAND = [sys.executable, "-m", "overprint"]


def digests(root: Path) -> dict[str, str]:
    return {
        name: hashlib.sha256((root / "build" / name).read_bytes()).hexdigest()
        for name in NAMES
        if (root / "build" / name).exists()
    }


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a project that has been built once."""
    root = books.write(tmp_path_factory.mktemp("good"))
    made = pipeline.build(root)
    assert made.diagnostics == ()
    assert set(digests(root)) == set(NAMES)
    shutil.copytree(root / "build", root / "last good")
    return root


def restored(root: Path) -> dict[str, str]:
    """Put the good manuscript and its books back; return their digests."""
    books.write(root)
    for name in NAMES:
        shutil.copyfile(root / "last good" / name, root / "build" / name)
    return digests(root)


@pytest.fixture(scope="module")
def after(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Give the digests of the books after the edit that the killed builds try."""
    root = edited(books.write(tmp_path_factory.mktemp("after")))
    pipeline.build(root)
    return digests(root)


def edited(root: Path) -> Path:
    return books.write(root, essay=books.text("essay").replace("It is sweet.", "It is sweeter."))


def build(root: Path, *words: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run([*COMMAND, "-C", str(root), "build", *words], capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    return done


BAD = {
    "a missing image": (
        {"essay": books.text("essay").replace("It is sweet.", "![A bee](images/no.png)")},
        "manuscript/essays/01-bees/essay.md:13:10: error M311",
    ),
    "a reply to nothing": (
        {"comments": books.text("comments").replace("reply_to: 1", "reply_to: 9")},
        "manuscript/essays/01-bees/comments.md:22:11: error M502",
    ),
    "a misspelt key": (
        {"essay": books.text("essay").replace("title:", "titel:")},
        "manuscript/essays/01-bees/essay.md:2:1: error M104",
    ),
    "a colon in a title": (
        {"book": books.text("book").replace("Small Book", "Her: a film")},
        "manuscript/book.yaml:1:11: error M106",
    ),
    "a nul byte": (
        {"essay": books.text("essay").replace("sweet", "sw\0et")},
        "manuscript/essays/01-bees/essay.md:13:9: error M404",
    ),
    "a character that no face has": (
        {"essay": books.text("essay").replace("sweet", "sweet ᚠ")},
        "manuscript/essays/01-bees/essay.md:13:13: error M424",
    ),
    "a note that fits no page": (
        {"essay": books.text("essay").replace("Not all of them.", "Not all of them. " * 600)},
        "error P015",
    ),
    "a theme that is not there": (
        {"book": books.text("book") + "theme: octvo\n"},
        "manuscript/book.yaml:6:8: error B101",
    ),
    "an output that is not there": (
        {"book": books.text("book") + "outputs: [mobi]\n"},
        "manuscript/book.yaml:6:10: error B105",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_manuscripts_keep_the_last_good_books(name: str, good: Path) -> None:
    overlay, said = BAD[name]
    before = digests(good)
    books.write(good, **overlay)
    done = build(good)
    books.write(good)
    assert done.returncode in {Exit.CONTENT, Exit.USAGE}
    assert said in done.stderr
    assert "  hint: " in done.stderr
    assert digests(good) == before
    assert not list((good / "build").glob(".making-*"))


def test_bytes_that_are_no_text(good: Path) -> None:
    before = digests(good)
    (good / "manuscript/essays/01-bees/essay.md").write_bytes(b"---\ntitle: caf\xe9\n---\n")
    done = build(good)
    books.write(good)
    assert (done.returncode, digests(good)) == (Exit.CONTENT, before)
    assert "manuscript/essays/01-bees/essay.md:2:11: error M119" in done.stderr


def test_a_failing_epub_keeps_the_pdf_too(good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = digests(good)
    edited(good)

    def fail(*_: object, **__: object) -> Made[Path]:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(epub, "render", fail)
    with pytest.raises(Stop) as caught:
        pipeline.build(good)
    books.write(good)
    assert (caught.value.exit, caught.value.diagnostics[0].code) == (Exit.CANNOT, "B104")
    assert "free some space" in caught.value.diagnostics[0].hint
    assert digests(good) == before


def test_a_full_disk(good: Path) -> None:
    """A limit on the size of files stands in for a full disk: every writer meets it."""
    before = digests(good)
    edited(good)
    limited = 'ulimit -f 20; exec "$@"'
    command = ["bash", "-c", limited, "bash", *COMMAND, "-C", str(good), "build"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    books.write(good)
    assert "Traceback" not in done.stderr
    assert done.returncode == Exit.CANNOT
    assert "free some space" in done.stderr
    assert digests(good) == before


FULL_DISK = """
import hashlib, itertools, os, sys
from pathlib import Path
from overprint import pipeline
from overprint.diagnostics import Stop

root, step, left, refused = Path(sys.argv[1]), int(sys.argv[2]), sys.maxsize, False


def refuse(event, args):
    global left, refused
    if event == "open" and isinstance(args[0], str) and args[2] & (os.O_WRONLY | os.O_RDWR):
        left -= 1
        if left < 0:
            refused = True
            raise OSError(28, "No space left on device")


sys.addaudithook(refuse)
for number in itertools.count(0, step):
    refused, left, said = False, number, "built"
    try:
        pipeline.build(root)
    except Stop as stop:
        said = "; ".join(f"{each.code} {each.hint}" for each in stop.diagnostics)
    left = sys.maxsize
    books = [(root / "build" / name).read_bytes() for name in sys.argv[3:]]
    print(*(hashlib.sha256(book).hexdigest() for book in books), len(list((root / "build").iterdir())), said)
    if not refused:
        break
"""


@pytest.mark.parametrize("step", [9, pytest.param(1, marks=pytest.mark.judged)])
def test_a_disk_that_is_full_at_any_file(step: int, good: Path, after: dict[str, str], tmp_path: Path) -> None:
    """The disk is full at the first file that is opened to be written, then at a later one, until there are no more."""
    root = tmp_path / "copy"
    shutil.copytree(good, root)
    before, there = digests(root), len(list((root / "build").iterdir()))
    command = [sys.executable, "-c", FULL_DISK, str(edited(root)), str(step), *NAMES]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    tries = [line.split(" ", 3) for line in done.stdout.splitlines()]
    assert len(tries) > 2
    for *found, count, said in tries:
        assert (int(count), dict(zip(NAMES, found, strict=True))) == (there, after if said == "built" else before)
        assert said == "built" or re.search("free some space|make room", said)
    assert tries[-1][-1] == "built"


ELSEWHERE = {
    "TZ": "Pacific/Auckland",
    "LC_ALL": "C",
    "PYTHONUTF8": "0",
    "PYTHONCOERCECLOCALE": "0",
    "PYTHONHASHSEED": "1",
    "HOME": "/nonexistent",
    "COLUMNS": "20",
    "FONTCONFIG_FILE": "/nonexistent",
}


def test_the_same_books_anywhere(good: Path, tmp_path: Path) -> None:
    """Another zone, language, home and folder, no typefaces of the system, and low limits."""
    root = books.write(tmp_path / "Bücher 書")
    limited = 'umask 077; ulimit -n 24; ulimit -v 1500000; exec "$@"'
    command = ["bash", "-c", limited, "bash", *COMMAND, "-C", str(root), "build", "--no-cache"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ | ELSEWHERE, cwd="/")
    assert done.returncode == 0, done.stderr
    books.write(good)
    assert digests(root) == digests(good)


def test_a_build_folder_that_cannot_be_written(good: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = build(good, "--out", str(tmp_path / "file"))
    assert (done.returncode, "B104" in done.stderr) == (Exit.CANNOT, True)
    if os.geteuid():
        (tmp_path / "locked").mkdir(mode=0o500)
        assert build(good, "--out", str(tmp_path / "locked")).returncode == Exit.CANNOT


def test_two_builds_at_once(good: Path) -> None:
    before = digests(good)
    with outputs.workshop(good / "build"):
        done = build(good)
    assert (done.returncode, "B103" in done.stderr) == (Exit.CANNOT, True)
    assert digests(good) == before


def left_behind(mark: str) -> list[str]:
    """Return the processes that still run of a build whose environment holds `mark`."""
    found = []
    for environment in Path("/proc").glob("[0-9]*/environ"):
        with contextlib.suppress(OSError):
            if mark.encode() in environment.read_bytes():
                found.append(environment.parent.name)
    return found


def listens(pid: int) -> bool:
    """Tell whether a process has handlers of its own by now: on a busy machine Python may take seconds to start."""
    try:
        status = Path(f"/proc/{pid}/status").read_text("ascii")
    except OSError:
        return True
    caught = re.search(r"^SigCgt:\s*([0-9a-f]+)", status, re.MULTILINE)
    return caught is not None and bool(int(caught[1], 16) >> (signal.SIGTERM - 1) & 1)


def ended(root: Path, moment: float, number: signal.Signals) -> tuple[int, str]:
    """Build `root` after an edit, send a signal at `moment`, and return the exit code and what was said."""
    # Only names that begin so are handed on to the layout.
    mark = f"LC_TEST_MARK={root}"
    environment = os.environ | dict([mark.split("=", 1)])
    command = [*COMMAND, "-C", str(edited(root)), "build"]
    child = subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
        # A test run in the background ignores Ctrl-C, and its children would too.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    time.sleep(moment)
    while number != signal.SIGKILL and child.poll() is None and not listens(child.pid):
        time.sleep(0.01)
    child.send_signal(number)
    _, said = child.communicate(timeout=30)
    for _ in range(50):  # the layout ends with its parent
        if not left_behind(mark):
            break
        time.sleep(0.1)
    assert left_behind(mark) == []
    assert "Traceback" not in said
    return child.returncode, said


MOMENTS = [0.1, 0.3, 0.6, 0.9, 1.2, 1.5, 1.8, 2.1, 2.4, 2.7, 3.0, 3.4]
MORE = [round(number * 0.07 + 0.02, 2) for number in range(48)]


@pytest.mark.parametrize("moment", [*MOMENTS, *(pytest.param(each, marks=pytest.mark.judged) for each in MORE)])
def test_a_killed_build(moment: float, good: Path, after: dict[str, str], tmp_path: Path) -> None:
    root = tmp_path / "copy"
    shutil.copytree(good, root)
    before = digests(root)
    ended(root, moment, signal.SIGKILL)
    assert set(digests(root)) == set(NAMES)
    for name, digest in digests(root).items():
        assert digest in {before[name], after[name]}
    if list((root / "build").glob(".making-*")) and moment > 1.6:
        assert build(root).returncode == 0
        assert digests(root) == after
        assert not list((root / "build").glob(".making-*"))


# Earlier, Python itself is still starting.
@pytest.mark.parametrize("moment", [0.8, 1.4, 2.0])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_build(
    moment: float, number: signal.Signals, good: Path, after: dict[str, str], tmp_path: Path
) -> None:
    root = tmp_path / "copy"
    shutil.copytree(good, root)
    before = digests(root)
    code, said = ended(root, moment, number)
    if code == Exit.INTERRUPTED:
        assert digests(root) == before
        assert "the last books are as they were" in said
    else:
        assert (code, digests(root)) == (0, after)
    assert not list((root / "build").glob(".making-*"))
