from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

import books
from overprint.cli import app, summary
from overprint.diagnostics import Place
from overprint.importers.pictures.gather import NOT_FETCHED
from overprint.manuscript.work import Added, Conflict
from overprint.model import Dropped, Imported, ImportedComment

ROOT = Path(__file__).parents[2]
HOSTILE = ROOT.parent / "shared" / "data" / "hostile"
TEXT = """\
Why Bees Hum

By Ada Example

Bees hum because they are busy, and because nobody has told them not to. This paragraph is long enough to be one.

Comments

  1. I keep wasps, and they do not hum at all, which I find restful.
"""
ESSAY = {"slug", "title", "subtitle", "authors", "date", "language", "url", "publication", "body", "bios"}


def run(*words: str | Path) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, [*map(str, words)])
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture
def text(tmp_path: Path) -> Path:
    path = tmp_path / "bees.txt"
    path.write_text(TEXT, "utf-8")
    return path


def test_the_record_is_the_contract_s(text: Path, tmp_path: Path) -> None:
    other = tmp_path / "wasps.txt"
    other.write_text(TEXT.replace("Bees", "Wasps").replace("By Ada Example\n\n", ""), "utf-8")
    code, out, _ = run("import", text, other, "--dry-run", "--format", "json")
    assert code == 0
    records = [json.loads(line) for line in out.splitlines()]
    assert [record["source"]["path"] for record in records] == [str(text), str(other)]
    for record in records:
        assert set(record) == {"source", "essays", "diagnostics"}
        assert set(record["source"]) == {"path", "kind", "sha256"}
        [essay] = record["essays"]
        assert set(essay) == ESSAY | {"comments", "dropped"}
        assert [set(each) for each in essay["comments"]] == [
            {"number", "id", "author", "date", "reply_to", "kind", "body"}
        ]
        assert all(set(each) == {"text", "reason", "line"} for each in essay["dropped"])
        assert all(set(each) == {"code", "severity", "message", "line", "column"} for each in record["diagnostics"])
    codes = [{each["code"] for each in record["diagnostics"]} for record in records]
    assert ["I023" in each for each in codes] == [False, True]  # each source has its own findings
    assert records[0]["essays"][0]["comments"][0]["author"] is None


def test_a_summary_of_what_was_found_and_what_to_do(text: Path, tmp_path: Path) -> None:
    code, out, err = run("-C", books.write(tmp_path), "import", text)
    assert (code, err) == (0, "")
    for words in (
        "why-bees-hum: Why Bees Hum\n",
        "by        Ada Example\n",
        "from      not in the source\n",
        "1 comment\n",
        "written   manuscript/essays/02-why-bees-hum\n",
        "to check  “Why Bees Hum” is taken as the title",
        "1 × byline: “By Ada Example”, line 3\n",
        "overprint comments include why-bees-hum NUMBERS",
    ):
        assert words in out
    code, out, _ = run("-C", tmp_path, "import", text)
    assert "nothing new\n" in out
    assert "overprint comments" not in out


def test_a_conflict_is_shown(text: Path, tmp_path: Path) -> None:
    run("-C", books.write(tmp_path), "import", text)
    path = tmp_path / "manuscript/essays/02-why-bees-hum/essay.md"
    path.write_text(path.read_text("utf-8").replace("told them not to", "told them to stop"), "utf-8")
    text.write_text(TEXT.replace("told them not to. This", "told them not to. That"), "utf-8")
    code, out, err = run("-C", tmp_path, "import", text)
    assert code == 0
    assert "essay.md:11:1: warning I203" in err
    assert "  -…" in out
    assert "has told them to stop. This paragraph is long" in out
    assert "has told them not to. That paragraph is long" in out
    assert "compare the files ending in .new" in out


def test_dates_are_dates(text: Path) -> None:
    for option in ("--date", "--saved"):
        code, _, err = run("import", text, "--dry-run", option, "yesterday")
        assert code == 2
        assert option in err


def test_only_names_what_there_is(text: Path) -> None:
    code, _, err = run("import", text, "--dry-run", "--only", "wasps")
    assert code == 2
    assert "why-bees-hum" in err or "why bees hum" in err


def test_a_summary_of_many_essays_is_a_table(capsys: pytest.CaptureFixture[str]) -> None:
    found = [Imported(slug=f"essay-{number}", body="Two words.", title=f"Essay {number}") for number in range(7)]
    said = [NOT_FETCHED.at(Place("a.xml", 2, 1), url="u", why="w", path="p")] * 5
    summary.tell(found, [Added(each.slug, f"manuscript/essays/{each.slug}") for each in found], said)
    out = capsys.readouterr().out
    assert "  new          2 words     0 comments  essay-3: Essay 3\n" in out
    assert "in all    7 essays, 14 words, 0 comments\n" in out
    assert "… and 2 more of this kind (I210)" in out


def test_a_summary_counts_threads_pingbacks_and_reasons(capsys: pytest.CaptureFixture[str]) -> None:
    letters = (
        ImportedComment(1, "a", "Jane", None, "One."),
        ImportedComment(2, "b", "Al", None, "Two.", ("a",)),
        ImportedComment(3, "c", "Site", None, "Three.", kind="pingback"),
    )
    dropped = (Dropped("Tweet this", "share button", 4), Dropped("Like", "share button", 5), Dropped("Menu", "menu", 0))
    found = Imported(slug="her", body="![](https://example.org/a.png)", comments=letters, dropped=dropped)
    summary.tell([found], None, [])
    out = capsys.readouterr().out
    assert "2 comments in 1 thread, 1 pingback\n" in out
    assert "2 × share button: “Tweet this”, line 4\n" in out
    assert "1 × menu: “Menu”\n" in out
    assert "pictures  https://example.org/a.png\n" in out
    assert "--dry-run" in out


def test_a_long_conflict_is_cut(capsys: pytest.CaptureFixture[str]) -> None:
    conflict = Conflict("essay.md", "essay.md.new", tuple(f"-{number}" for number in range(100)))
    summary.tell([Imported("her", "Hum.")], [Added("her", "essays/her", known=True, conflicts=(conflict,))], [])
    out = capsys.readouterr().out
    assert "  -41\n" in out
    assert "  -42\n" not in out
    assert "… and 58 more lines" in out


@pytest.mark.skipif(not HOSTILE.is_dir(), reason="the hostile cases are not beside this project")
def test_hostile_sources_do_no_harm() -> None:
    runner, adapter = HOSTILE.parents[1] / "tools/run_hostile.py", ROOT / "tests/hostile_adapter.json"
    wanted = "h-remote-img,w-xxe-file,w-lol,w-pii,i-exif-gps,z-slip"
    command = [sys.executable, str(runner), "--corpus", str(HOSTILE), "--adapter", str(adapter), "--only", wanted]
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, "PATH": path})
    assert done.returncode == 0, done.stdout
    assert "failed 0" in done.stdout
