"""The command line as a contract: names, exit codes, forms, and never a traceback."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

import books
from overprint.cli import app

TEXT = """\
Why Bees Hum

By Ada Example

Bees hum because they are busy, and because nobody has told them not to. This paragraph is long enough to be one.

The second paragraph says the same again at greater length, as second paragraphs do, and then it ends.

Comments

  1. I keep wasps, and they do not hum at all, which I find restful.

  2. Thanks for this.
"""


def run(*words: str | Path, cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "overprint", *map(str, words)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=cwd, env=os.environ | environment, check=False)
    assert "Traceback" not in done.stderr + done.stdout
    assert "\x1b" not in done.stderr + done.stdout
    return done


def test_help_names_every_command() -> None:
    done = run("--help")
    assert done.returncode == 0
    for name in ("new", "import", "comments", "validate", "build", "explain", "doctor"):
        assert re.search(rf"^  {name}\b", done.stdout, re.MULTILINE), name


def test_every_command_is_in_the_documentation() -> None:
    readme = (Path(__file__).parents[1] / "README.md").read_text("utf-8")
    names = [command.name for command in app.registered_commands] + [group.name for group in app.registered_groups]
    for name in filter(None, names):
        assert re.search(rf"overprint (-C \w+ )?{name}\b", readme), f"README.md does not mention {name}"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["--version"], 0),
        (["explain", "m101"], 0),
        (["explain", "nothing"], 2),
        (["frobnicate"], 2),
        (["build", "--frobnicate"], 2),
        (["-C", "/nowhere", "validate"], 3),
        (["-C", "/nowhere", "build"], 3),
    ],
)
def test_exit_codes(words: list[str], code: int) -> None:
    assert run(*words).returncode == code


def test_a_good_manuscript(tmp_path: Path) -> None:
    done = run("-C", books.write(tmp_path), "validate")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "1 essay, 3 comments, 2 of them chosen: nothing to mend\n"


def test_the_nearest_project_upward_is_taken(tmp_path: Path) -> None:
    assert run("validate", cwd=books.write(tmp_path) / "manuscript" / "essays").returncode == 0


def test_a_finding_as_a_person_and_a_script_see_it(tmp_path: Path) -> None:
    books.write(tmp_path, essay=books.text("essay").replace("title: On Bees", 'title: ""'))
    done = run("-C", tmp_path, "validate")
    assert done.returncode == 1
    assert done.stderr == (
        "manuscript/essays/01-bees/essay.md:2:8: error M101 `title` is missing\n"
        '  | title: ""\n'
        "  |        ^\n"
        "  hint: write it after `title:`\n"
    )
    [line] = run("-C", tmp_path, "validate", "--format", "json").stdout.splitlines()
    assert json.loads(line) == {
        "code": "M101",
        "severity": "error",
        "message": "`title` is missing",
        "hint": "write it after `title:`",
        "path": "manuscript/essays/01-bees/essay.md",
        "line": 2,
        "column": 8,
        "page": None,
    }
    assert run("-C", tmp_path, "validate", "--format", "concise").stderr.count("\n") == 1


def test_a_new_book_has_nothing_to_mend_and_its_own_identifier(tmp_path: Path) -> None:
    for name in ("a", "b"):
        assert run("new", tmp_path / name).returncode == 0
        assert "nothing to mend" in run("-C", tmp_path / name, "validate").stdout
    identifiers = {re.search("urn:uuid:.*", (tmp_path / n / "manuscript/book.yaml").read_text("utf-8")) for n in "ab"}
    assert len({found.group() for found in identifiers if found}) == 2
    assert run("new", tmp_path / "a").returncode == 2


def test_an_import_from_text_to_book(tmp_path: Path) -> None:
    books.write(tmp_path)
    (tmp_path / "bees.txt").write_text(TEXT, "utf-8")
    done = run("-C", tmp_path, "import", tmp_path / "bees.txt", "--slug", "hum")
    assert done.returncode == 0
    assert "Why Bees Hum" in done.stdout
    assert "2 comments" in done.stdout
    assert run("-C", tmp_path, "comments", "include", "hum", "1").returncode == 0
    assert run("-C", tmp_path, "comments", "consent", "hum", "1", "granted", "--note", "e-mail: yes").returncode == 0
    table = run("-C", tmp_path, "comments", "hum").stdout
    assert re.search(r"1  yes  granted", table)
    assert re.search(r"2  no   pending", table)
    assert 'consent_note: "e-mail: yes"' in (tmp_path / "manuscript/essays/02-hum/comments.md").read_text("utf-8")
    assert run("-C", tmp_path, "comments", "exclude", "hum", "1-2").returncode == 0
    assert run("-C", tmp_path, "validate").returncode == 0
    originals = list((tmp_path / ".overprint/originals").iterdir())
    assert [path.read_text("utf-8") for path in originals] == [TEXT]


def test_a_dry_run_writes_nothing_and_prints_the_record(tmp_path: Path) -> None:
    (tmp_path / "bees.txt").write_text(TEXT, "utf-8")
    done = run("import", tmp_path / "bees.txt", "--dry-run", "--format", "json", cwd=tmp_path)
    record = json.loads(done.stdout)
    assert set(record) == {"source", "essays", "diagnostics"}
    assert set(record["source"]) == {"path", "kind", "sha256"}
    [essay] = record["essays"]
    assert set(essay) == {
        *("slug", "title", "subtitle", "authors", "date", "language", "url", "publication", "body", "bios"),
        *("comments", "dropped"),
    }
    assert {"number", "id", "author", "date", "reply_to", "kind", "body"} <= set(essay["comments"][0])
    assert set(essay["dropped"][0]) == {"text", "reason", "line"}
    assert [path.name for path in tmp_path.iterdir()] == ["bees.txt"]


def test_without_a_title_nothing_is_built(tmp_path: Path) -> None:
    books.write(tmp_path)
    (tmp_path / "hum.txt").write_text(TEXT.partition("\n")[2], "utf-8")
    assert run("-C", tmp_path, "import", tmp_path / "hum.txt").returncode == 0
    done = run("-C", tmp_path, "build")
    assert done.returncode == 1
    assert "manuscript/essays/02-hum/essay.md:2:8: error M101" in done.stderr
    assert not (tmp_path / "build").exists()


@pytest.mark.parametrize(
    ("data", "code", "exit_code"),
    [(b"", "I005", 1), (b"\x00\x01\x02" * 50, "I006", 1), (b"caf\xe9 " * 40, "I007", 1), (None, "I001", 3)],
)
def test_bad_sources(data: bytes | None, code: str, exit_code: int, tmp_path: Path) -> None:
    books.write(tmp_path)
    if data is not None:
        (tmp_path / "bad.txt").write_bytes(data)
    done = run("-C", tmp_path, "import", tmp_path / "bad.txt")
    assert done.returncode == exit_code
    assert f"error {code} " in done.stderr
    assert [path.name for path in (tmp_path / "manuscript/essays").iterdir()] == ["01-bees"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["include", "bees", "9"], 1),
        (["include", "wasps", "1"], 2),
        (["include", "bees", "one"], 2),
        (["include", "bees", "9-1"], 2),
        (["consent", "bees", "1", "maybe"], 2),
        (["consent", "bees", "granted"], 2),
    ],
)
def test_wrong_words_change_nothing(words: list[str], code: int, tmp_path: Path) -> None:
    books.write(tmp_path)
    assert run("-C", tmp_path, "comments", *words).returncode == code
    assert (tmp_path / "manuscript/essays/01-bees/comments.md").read_text("utf-8") == books.text("comments")


def test_names_cannot_play_tricks_on_a_terminal(tmp_path: Path) -> None:
    essay = books.text("essay").replace("[ada-quill]", '["\\e[2Jada"]')
    done = run("-C", books.write(tmp_path, essay=essay), "validate")
    assert done.returncode == 1
    assert "\ufffd[2Jada" in done.stderr


def test_a_plain_terminal_and_a_closed_one(tmp_path: Path) -> None:
    books.write(tmp_path)
    assert run("-C", tmp_path, "comments", LC_ALL="C", PYTHONUTF8="0", PYTHONIOENCODING="ascii").returncode == 0
    command = f"{sys.executable} -m overprint -C '{tmp_path}' comments | true"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert "Traceback" not in done.stderr
    assert "BrokenPipe" not in done.stderr


def test_doctor_says_what_is_there() -> None:
    done = run("doctor")
    assert done.returncode == 0
    assert re.search(r"^ok +Pango +lays out the PDF: 1\.[0-9]+\.", done.stdout, re.MULTILINE)
    assert len(done.stdout.splitlines()) <= 24  # one screen


def test_comments_are_picked_with_keys(tmp_path: Path) -> None:
    books.write(tmp_path)
    result = CliRunner().invoke(app, ["-C", str(tmp_path), "comments", "pick", "bees"], input="nyb?nq")
    assert result.exit_code == 0, result.output
    assert "I keep wasps." in result.output
    text = (tmp_path / "manuscript/essays/01-bees/comments.md").read_text("utf-8")
    assert re.findall("include: (yes|no)", text) == ["no", "no", "yes"]
    assert text.replace("include: no", "") == books.text("comments").replace("include: no", "").replace(
        "include: yes", "", 1
    )


FAULTY = books.text("essay") + '\nIt\'s  "so" the the end - really `it\'s  "so"`.\n'
ESSAY = "manuscript/essays/01-bees/essay.md"


def test_fixes_are_offered(tmp_path: Path) -> None:
    done = run("-C", books.write(tmp_path, essay=FAULTY), "validate")
    assert done.returncode == 0
    assert done.stdout == (
        "1 essay, 3 comments, 2 of them chosen: 6 warnings; 4 can be fixed with --fix, 2 more with --unsafe-fixes\n"
    )
    assert "  hint: leave one [--fix does this]\n" in done.stderr
    assert "  hint: delete one [--unsafe-fixes does this]\n" in done.stderr
    assert "Fixed by `overprint validate --fix`." in run("explain", "M401").stdout
    assert "Fixed by `overprint validate --unsafe-fixes`; look at the result." in run("explain", "M414").stdout
    assert "Fixed" not in run("explain", "M110").stdout


def test_a_diff_writes_nothing(tmp_path: Path) -> None:
    books.write(tmp_path, essay=FAULTY)
    done = run("-C", tmp_path, "validate", "--diff")
    assert done.returncode == 1
    assert done.stdout.startswith(f"--- a/{ESSAY}\n+++ b/{ESSAY}\n@@ ")
    assert done.stdout.endswith('+It’s ‘so’ the the end - really `it\'s  "so"`.\n')
    assert done.stderr == "would fix 4 findings in 1 file\n"
    assert (tmp_path / ESSAY).read_text("utf-8") == FAULTY
    assert not (tmp_path / ".overprint").exists()
    books.write(tmp_path)
    done = run("-C", tmp_path, "validate", "--diff")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "nothing that could be fixed\n")


def test_fixes_are_made_and_told(tmp_path: Path) -> None:
    done = run("-C", books.write(tmp_path, essay=FAULTY), "validate", "--fix")
    assert done.returncode == 0
    assert done.stdout == (
        f"{ESSAY}: fixed 3 M401, 1 M402\nfixed 4 findings in 1 file\n"
        "1 essay, 3 comments, 2 of them chosen: 2 warnings; 2 can be fixed with --unsafe-fixes\n"
    )
    assert (tmp_path / ESSAY).read_text("utf-8").endswith('It’s ‘so’ the the end - really `it\'s  "so"`.\n')
    done = run("-C", tmp_path, "validate", "--unsafe-fixes", "--format", "json")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == f"{ESSAY}: fixed 1 M408, 1 M414\nfixed 2 findings in 1 file\n"
    assert (tmp_path / ESSAY).read_text("utf-8").endswith('It’s ‘so’ the end – really `it\'s  "so"`.\n')


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["--select", "M402"], 'It\'s "so" the the end - '),
        (["--ignore", "M4"], 'It\'s  "so" the the end - '),
        (["--ignore", "M402", "--unsafe-fixes"], "It’s  ‘so’ the end – "),
        (["manuscript/book.yaml"], 'It\'s  "so" the the end - '),
        ([ESSAY], "It’s ‘so’ the the end - "),
    ],
)
def test_fixes_keep_to_what_was_named(words: list[str], line: str, tmp_path: Path) -> None:
    books.write(tmp_path, essay=FAULTY)
    assert run("validate", "--fix", *words, cwd=tmp_path).returncode == 0
    assert (tmp_path / ESSAY).read_text("utf-8") == FAULTY.replace('It\'s  "so" the the end - ', line)


def test_fixes_keep_off_what_the_editor_silenced(tmp_path: Path) -> None:
    remark = "<!-- overprint: ignore M401 -->"
    essay = FAULTY + f"\n{remark}\nIt's\n\"one\n\ntwo\" it's  so {remark}\n"
    book = books.text("book") + "rules:\n  ignore: [M402]\n"
    books.write(tmp_path, essay=essay, book=book)
    assert run("-C", tmp_path, "validate", "--fix").returncode == 0
    now = (tmp_path / ESSAY).read_text("utf-8")
    assert now == essay.replace('It\'s  "so" the', "It’s  ‘so’ the")
