"""Manuscripts that no editor would write, or only by mishap: each is named at its place, and nothing is lost."""

from __future__ import annotations

import os
import resource
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

import books
from overprint.cli import app
from overprint.diagnostics import Exit

BOOK, ESSAY, COMMENTS, PERSON = (
    "manuscript/book.yaml",
    "manuscript/essays/01-bees/essay.md",
    "manuscript/essays/01-bees/comments.md",
    "manuscript/people/ada-quill.md",
)
HEAD = "---\ntitle: On Wasps\nauthors: [ada-quill]\npermission: granted\n---\n\n"
DEEP = 5_000
MEMORY = 2**30
"""Bytes of address space that a command may take."""
HANG = 150
"""Seconds after which a command hangs; those here take a few."""

Make = Callable[[Path], object]
Overlay = dict[str, str | bytes | Make]


def body(text: str) -> Overlay:
    return {ESSAY: f"{HEAD}{text}\n"}


def key(lines: str) -> Overlay:
    return {ESSAY: HEAD.replace("permission: granted", lines) + "Text.\n"}


def book(lines: str) -> Overlay:
    return {BOOK: f"{books.text('book')}{lines}\n"}


def number(word: str) -> Overlay:
    return {COMMENTS: books.text("comments").replace("comment: 2", f"comment: {word}")}


def link(target: str) -> Make:
    return lambda path: path.symlink_to(target)


def plug(path: Path) -> None:
    """Put a socket where a file is expected; its address has to be short."""
    here = Path.cwd()
    os.chdir(path.parent)
    try:
        with socket.socket(socket.AF_UNIX) as end:
            end.bind(path.name)
    finally:
        os.chdir(here)


def outside(path: Path) -> None:
    """Link a folder that holds an essay of somebody else."""
    theirs = path.parents[3] / "theirs"
    theirs.mkdir()
    (theirs / "essay.md").write_text(f"{HEAD}A secret.\n", "utf-8")
    path.symlink_to(theirs)


IMAGE = f"{ESSAY[:-8]}images/a.png"
SHOWN = body("![A bee](images/a.png)")
WASPS = "manuscript/essays/02-wasps"

# What is written, the code that names it, and where.
BAD: dict[str, tuple[Overlay, str, str]] = {
    "quotations nested deep": (body(">" * DEEP + " x"), "M217", f"{ESSAY}:7:1"),
    "lists nested deep": (body("- " * DEEP + "x"), "M217", f"{ESSAY}:7:1"),
    "numbered lists nested deep": (body("1) " * DEEP + "x"), "M217", f"{ESSAY}:7:1"),
    "links nested deep": (body("[" * 1000 + "x" + "](a)" * 1000), "M304", f"{ESSAY}:7:1004"),
    "pictures nested deep": (body("![" * 500 + "x" + "](a)" * 500), "M318", f"{ESSAY}:7:1004"),
    "comments never closed": (body("<!--" * DEEP), "M210", f"{ESSAY}:7:1"),
    "notes never written": (body(" ".join(f"[^{each}]" for each in range(DEEP))), "M206", f"{ESSAY}:7:38883"),
    "a NUL": (body("a\0b"), "M404", f"{ESSAY}:7:2"),
    "a NUL in a key": (key("abstract: a\0b"), "M404", f"{ESSAY}:4:12"),
    "C1 signs in a key": (key("abstract: a\x85b"), "M404", f"{ESSAY}:4:12"),
    "a sign that is none": (body("a\ufffeb"), "M404", f"{ESSAY}:7:2"),
    "text turned round": (body("a \u202eevil"), "M421", f"{ESSAY}:7:3"),
    "a title turned round": (key('abstract: "\u202eevil"'), "M421", f"{ESSAY}:4:11"),
    "half a pair": ({ESSAY: HEAD.encode() + b"a\xed\xa0\x80b\n"}, "M119", f"{ESSAY}:7:2"),
    "an overlong letter": ({ESSAY: HEAD.encode() + b"\xc0\x80\n"}, "M119", f"{ESSAY}:7:1"),
    "UTF-16": ({ESSAY: books.text("essay").encode("utf-16")}, "M119", f"{ESSAY}:1:1"),
    "UTF-16 in book.yaml": ({BOOK: books.text("book").encode("utf-16")}, "M119", f"{BOOK}:1:1"),
    "UTF-32": ({ESSAY: books.text("essay").encode("utf-32")}, "M119", f"{ESSAY}:1:1"),
    "two byte order marks": ({ESSAY: "\ufeff\ufeff" + books.text("essay")}, "M127", f"{ESSAY}:1:1"),
    "aliases that multiply": (
        {BOOK: "a: &a [x, x, x]\nb: &b [*a, *a, *a]\ntitle: *b\n"},
        "M106",
        f"{BOOK}:1:4",
    ),
    "YAML lists nested deep": ({BOOK: f"title: {'[' * DEEP}{']' * DEEP}\n"}, "M106", f"{BOOK}:1:27"),
    "YAML keys nested deep": ({BOOK: f"title: {'{a: ' * DEEP}{'}' * DEEP}\n"}, "M106", f"{BOOK}:1:84"),
    "YAML dashes nested deep": (key("abstract:\n  " + "- " * DEEP + "a"), "M106", f"{ESSAY}:5:41"),
    "YAML indented deep": (key("\n".join(" " * each + "a:" for each in range(99))), "M106", f"{ESSAY}:24:21"),
    "YAML questions": (key("? " * DEEP + "a"), "M106", f"{ESSAY}:4:3"),
    "a YAML tag": (key("abstract: !!python/object:os.system x"), "M106", f"{ESSAY}:4:11"),
    "a YAML directive": ({BOOK: f"%YAML 9.9\n---\n{books.text('book')}"}, "M106", f"{BOOK}:1:1"),
    "a merge key": (key("<<: x"), "M104", f"{ESSAY}:4:1"),
    "no key": (key(": x"), "M106", f"{ESSAY}:4:1"),
    "a list as a key": (key("? [a]\n: b"), "M106", f"{ESSAY}:4:3"),
    "a key of a megabyte": (key("x" * 2**20 + ": 1"), "M106", f"{ESSAY}:4:{2**20 + 1}"),
    "a thousand unknown keys": (key("\n".join(f"k{each}: v" for each in range(1000))), "M104", f"{ESSAY}:1003:1"),
    "a key twice": (key("title: again"), "M107", f"{ESSAY}:4:1"),
    "a tab": (key("source:\n\turl: x"), "M106", f"{ESSAY}:5:1"),
    "a huge number": (number("1e999"), "M105", f"{COMMENTS}:12:10"),
    "a long number": (number("1" + "0" * 400), "M105", f"{COMMENTS}:12:10"),
    "a longer number": (book("schema: 1" + "0" * DEEP), "M105", f"{BOOK}:6:9"),
    "a number below nothing": (number("-1"), "M105", f"{COMMENTS}:12:10"),
    "a number in other digits": (number("٣"), "M105", f"{COMMENTS}:12:10"),
    "no number at all": (number(".nan"), "M105", f"{COMMENTS}:12:10"),
    "a date of nothing": (key("date: 0000-00-00"), "M108", f"{ESSAY}:4:7"),
    "a list in contents": (book("contents: [[a]]"), "M105", f"{BOOK}:6:12"),
    "contents from above": (book("contents: [../../etc]"), "M113", f"{BOOK}:6:12"),
    "a NUL in contents": (book('contents: ["essays/01-bees\\0"]'), "M113", f"{BOOK}:6:12"),
    "endless contents": (book(f"contents: [{'x' * DEEP}]"), "M113", f"{BOOK}:6:12"),
    "an empty essay": ({ESSAY: ""}, "M127", f"{ESSAY}:1:1"),
    "a blank essay": ({ESSAY: "\n \n"}, "M127", f"{ESSAY}:1:1"),
    "an essay of keys": ({ESSAY: HEAD}, "M219", f"{ESSAY}:1:1"),
    "keys never closed": ({ESSAY: f"---\ntitle: x\n{'text ' * 999}"}, "M126", f"{ESSAY}:1:1"),
    "an empty person": ({PERSON: ""}, "M127", f"{PERSON}:1:1"),
    "comments of one rule": ({COMMENTS: "---\n"}, "M126", f"{COMMENTS}:1:1"),
    "comments of two rules": ({COMMENTS: "---\n---\n"}, "M101", f"{COMMENTS}:2:1"),
    "comments without keys": ({COMMENTS: "Hello"}, "M127", f"{COMMENTS}:1:1"),
    "blocks never closed": ({COMMENTS: "---\ncomment: 1\n" * 300}, "M126", f"{COMMENTS}:599:1"),
    "comments in a ring": (
        {
            COMMENTS: "".join(
                f"---\ncomment: {each}\nreply_to: {each % 9 + 1}\ninclude: yes\n---\n\nA.\n" for each in range(1, 10)
            )
        },
        "M504",
        f"{COMMENTS}:59:11",
    ),
    "an empty book.yaml": ({BOOK: ""}, "M101", f"{BOOK}:1:1"),
    "a rule in book.yaml": ({BOOK: "---\n"}, "M106", f"{BOOK}:2:1"),
    "a list in book.yaml": ({BOOK: "- a\n"}, "M106", f"{BOOK}:1:1"),
    "an essay elsewhere": ({ESSAY: link("/etc/passwd")}, "M123", f"{ESSAY}:1:1"),
    "a folder elsewhere": ({WASPS: outside}, "M123", f"{WASPS}/essay.md:1:1"),
    "comments elsewhere": ({COMMENTS: link("/etc/passwd")}, "M123", f"{COMMENTS}:1:1"),
    "a book.yaml elsewhere": ({BOOK: link("/etc/passwd")}, "M123", f"{BOOK}:1:1"),
    "people elsewhere": ({"manuscript/people": link("/etc")}, "M110", f"{ESSAY}:3:11"),
    "a picture elsewhere": (SHOWN | {IMAGE: link("/etc/passwd")}, "M311", f"{ESSAY}:7:10"),
    "a device": ({ESSAY: link("/dev/zero")}, "M123", f"{ESSAY}:1:1"),
    "an essay that leads to itself": ({ESSAY: link("essay.md")}, "M122", f"{ESSAY}:1:1"),
    "a book.yaml that leads to itself": ({BOOK: link("book.yaml")}, "M122", f"{BOOK}:1:1"),
    "people that lead to themselves": ({"manuscript/people": link("people")}, "M122", "manuscript/people"),
    "a person who leads nowhere": ({PERSON: link("nobody")}, "M122", f"{PERSON}:1:1"),
    "a picture that leads to itself": (SHOWN | {IMAGE: link("a.png")}, "M311", f"{ESSAY}:7:10"),
    "a pipe as an essay": ({ESSAY: os.mkfifo}, "M122", f"{ESSAY}:1:1"),
    "a pipe as comments": ({COMMENTS: os.mkfifo}, "M122", f"{COMMENTS}:1:1"),
    "a pipe as a person": ({PERSON: os.mkfifo}, "M122", f"{PERSON}:1:1"),
    "a pipe as book.yaml": ({BOOK: os.mkfifo}, "M122", f"{BOOK}:1:1"),
    "a pipe as a picture": (SHOWN | {IMAGE: os.mkfifo}, "M311", f"{ESSAY}:7:10"),
    "a socket": ({ESSAY: plug}, "M122", f"{ESSAY}:1:1"),
    "a folder as an essay": ({ESSAY: Path.mkdir}, "M122", f"{ESSAY}:1:1"),
    "a folder as comments": ({COMMENTS: Path.mkdir}, "M122", f"{COMMENTS}:1:1"),
    "a folder as book.yaml": ({BOOK: Path.mkdir}, "M122", f"{BOOK}:1:1"),
    "a file as essays": ({"manuscript/essays": "x"}, "M122", "manuscript/essays"),
    "a file as people": ({"manuscript/people": "x"}, "M122", "manuscript/people"),
    "two essays of one name": ({"manuscript/essays/02-bees/essay.md": f"{HEAD}x\n"}, "M114", "02-bees/essay.md:1:1"),
    "a picture with a NUL": (body("![A bee](images/a%00.png)"), "M311", f"{ESSAY}:7:10"),
    "a picture without end": (body(f"![A bee](images/{'x' * DEEP}.png)"), "M311", f"{ESSAY}:7:10"),
    "a picture that is a folder": (body("![A bee](images)") | {IMAGE: b""}, "M318", f"{ESSAY}:7:10"),
}

# What is odd and no fault: it is read as anybody would mean it.
ODD: dict[str, Overlay] = {
    "brackets nested deep": body("[" * DEEP + "x" + "]" * DEEP),
    "tags nested deep": body("<div>" * DEEP + "x"),
    "emphasis nested deep": body("*a " * DEEP + "b*" * DEEP),
    "headings of one name": body("\n\n".join(["## h"] * 2000)),
    "mixed line ends": {ESSAY: books.text("essay").replace("\n\n", "\r\n\r").replace("sweet.", "sweet.\r")},
    "old line ends": {ESSAY: books.text("essay").replace("\n", "\r")},
    "a byte order mark": {ESSAY: "\ufeff" + books.text("essay")},
    "empty comments": {COMMENTS: ""},
    "a long text of escapes": key('abstract: "' + "\\x41" * 30_000 + '"'),
    "a person in two signs": {
        "manuscript/people/ze\u0301.md": "---\nname: Zé\n---\n\nWrites.\n",
        ESSAY: books.text("essay").replace("[ada-quill]", "[z\xe9, ada-quill]"),
    },
    "an essay in two signs": {f"{WASPS}-cafe\u0301/essay.md": f"{HEAD}x\n"},
    "a name without letters": {"manuscript/essays/影/essay.md": f"{HEAD}x\n"},
    "a long name": {f"manuscript/essays/{'x' * 255}/essay.md": f"{HEAD}x\n"},
    "a name on two lines": {f"{WASPS}\nb/essay.md": f"{HEAD}x\n"},
    "a name that clears the screen": {f"{WASPS}\x1b[2J/essay.md": f"{HEAD}x\n"},
    "a name that is no text": {
        f"{WASPS}\udce9/essay.md": f"{HEAD}x\n",
        f"{PERSON[:-12]}\udce9.md": "---\nname: A\n---\n",
    },
    "folders that lead in circles": {WASPS: link(".."), "manuscript/essays/03-flies": link(".")},
}


def made(root: Path, overlay: Overlay) -> Path:
    """Write the good book into `root` with an overlay: texts, bytes, and what makes something that is no file."""
    books.write(root)
    for name, what in overlay.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_dir():
            shutil.rmtree(path)
        path.unlink(missing_ok=True)
        if callable(what):
            what(path)
        else:
            path.write_bytes(what.encode() if isinstance(what, str) else what)
    return root


def run(root: Path, *words: str) -> tuple[int, str]:
    """Run a command in this process; return its exit code and what it says of faults."""
    done = CliRunner().invoke(app, ["-C", str(root), *words])
    assert done.exception is None or isinstance(done.exception, SystemExit), repr(done.exception)
    assert all(char.isprintable() or char in "\n\xa0" for char in done.output)
    assert "root:" not in done.output
    return done.exit_code, done.stderr


def held(root: Path) -> dict[str, bytes | int]:
    """Return all that is on disk: files with their bytes, the others with their kind."""
    return {
        os.fsdecode(path): path.read_bytes() if path.is_file() and not path.is_symlink() else path.lstat().st_mode
        for path in root.rglob("*")
    }


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_named_at_its_place_and_left_alone(name: str, tmp_path: Path) -> None:
    overlay, code, place = BAD[name]
    root = made(tmp_path / "book", overlay)
    before = held(root)
    exit_code, said = run(root, "validate", "--format", "concise")
    assert f"{place}: error {code} " in said
    assert exit_code in {Exit.CONTENT, Exit.CANNOT}
    assert max(map(len, said.splitlines())) < 1200
    for words in (["build"], ["comments"], ["comments", "include", "bees", "1"]):
        assert run(root, *words)[0] in {Exit.GOOD, Exit.CONTENT, Exit.USAGE, Exit.CANNOT}
    assert run(root, "build")[0] == exit_code
    assert held(root) == before


@pytest.mark.parametrize("name", ODD)
def test_odd_input_is_no_fault(name: str, tmp_path: Path) -> None:
    root = made(tmp_path / "book", ODD[name])
    before = held(root)
    exit_code, said = run(root, "validate", "--format", "concise")
    assert (exit_code, "error" in said) == (Exit.GOOD, False)
    assert run(root, "comments")[0] == Exit.GOOD
    assert held(root) == before


def confined() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def comments(count: int, keys: str = "") -> Overlay:
    blocks = (f"---\ncomment: {each}\n{keys}\n---\n\nHello {each}.\n".format(each - 1) for each in range(1, count + 1))
    return {COMMENTS: "\n".join(blocks)}


LARGE: dict[str, tuple[Overlay, int]] = {
    "an essay of one line": (body("word word word end. " * 100_000), Exit.GOOD),
    "an essay of one word": (body("x" * 5 * 2**20), Exit.GOOD),
    "an essay of many lines": (body("word word word end.\n\n" * 25_000), Exit.GOOD),
    "an essay above the limit": (body("x" * 21 * 2**20), Exit.CONTENT),
    "lists as stairs": (body("\n".join(" " * 2 * each + "- x" for each in range(1000))), Exit.CONTENT),
    "a table of 2,000 columns": (
        body("|a" * 2000 + "|\n" + "|-" * 2000 + "|\n" + ("|b" * 2000 + "|\n") * 20),
        Exit.GOOD,
    ),
    "10,000 comments": (comments(10_000, "author: R"), Exit.GOOD),
    "a thread of 3,000": (comments(3_000, "author: R\ninclude: yes\nconsent: granted\nreply_to: [{}]"), Exit.CONTENT),
    "20,000 rules": ({COMMENTS: "---\n" * 20_000}, Exit.CONTENT),
    "a comment of 10 MB": ({COMMENTS: f"---\ncomment: 1\nauthor: R\n---\n\n{'x' * 10 * 2**20}\n"}, Exit.GOOD),
}


@pytest.mark.parametrize("name", LARGE)
def test_large_input_ends_within_bounds(name: str, tmp_path: Path) -> None:
    overlay, code = LARGE[name]
    root = made(tmp_path, overlay)
    for words, wanted in ((["validate", "--format", "concise"], code), (["comments", "list"], Exit.GOOD)):
        command = [sys.executable, "-m", "overprint", "-C", str(root), *words]
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=HANG, preexec_fn=confined)
        assert "fault of its own" not in done.stderr
        assert "Traceback" not in done.stderr
        assert done.returncode == wanted, done.stderr[:300]


@pytest.fixture
def powerless() -> list[str]:
    """Give the words that run a command as somebody who may not read everything."""
    if os.geteuid():
        return []
    if not shutil.which("setpriv"):
        pytest.skip("root reads everything, and setpriv is not here")
    return ["setpriv", "--bounding-set=-all", "--inh-caps=-all", "--no-new-privs"]


@pytest.fixture
def locked(tmp_path: Path) -> Iterator[Callable[[str, int], Path]]:
    """Give a function that writes the good book and takes permissions from one path in it."""
    shut: list[Path] = []

    def lock(name: str, mode: int) -> Path:
        root = made(tmp_path / "book", {"styles/print.css": "p { color: red }\n"} | SHOWN | {IMAGE: b"x"})
        shut.append(root / name)
        shut[0].chmod(mode)
        return root

    yield lock
    for path in shut:
        path.chmod(0o755)


@pytest.mark.parametrize(
    ("name", "mode", "said"),
    [
        (BOOK, 0, f"{BOOK}:1:1: error M122 cannot read this file (Permission denied)"),
        ("manuscript", 0, f"{BOOK}:1:1: error M122 cannot read this file (Permission denied)"),
        (ESSAY, 0, f"{ESSAY}:1:1: error M122 cannot read this file (Permission denied)"),
        (ESSAY[:-9], 0, f"{ESSAY}:1:1: error M122 cannot read this file (Permission denied)"),
        (ESSAY[:-9], 0o444, f"{ESSAY}:1:1: error M122 cannot read this file (Permission denied)"),
        ("manuscript/essays", 0, "manuscript/essays: error M122 cannot read this folder (Permission denied)"),
        ("manuscript/essays", 0o444, f"{ESSAY}:1:1: error M122 cannot read this file (Permission denied)"),
        (COMMENTS, 0, f"{COMMENTS}:1:1: error M122 cannot read this file (Permission denied)"),
        (PERSON, 0, f"{PERSON}:1:1: error M122 cannot read this file (Permission denied)"),
        ("manuscript/people", 0, "manuscript/people: error M122 cannot read this folder (Permission denied)"),
        (IMAGE, 0, f"{ESSAY}:7:10: error M311 the image `a.png` cannot be read (Permission denied)"),
    ],
)
def test_what_may_not_be_read_is_named(
    name: str, mode: int, said: str, powerless: list[str], locked: Callable[[str, int], Path]
) -> None:
    root = locked(name, mode)
    for words in (["validate"], ["build"]):
        command = [*powerless, sys.executable, "-m", "overprint", "-C", str(root), *words]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert said in done.stderr
        assert done.returncode in {Exit.CONTENT, Exit.CANNOT}
        assert not (root / "build").exists()
