"""The report: its schema, its verdict, a page that needs nothing else, and books that outlive a report that fails."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from lxml import html as markup
from typer.testing import CliRunner

import books
import judges
from overprint import outputs, report
from overprint.cli import app
from overprint.preflight import judge
from overprint.report import page, verdict

SCHEMA = Path(report.__file__).with_name("report.schema.json")
SPECIMEN = Path(__file__).parents[1] / "specimen"
Record = dict[str, Any]


def run(*words: str | Path) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, [str(word) for word in words])
    return done.exit_code, done.stdout, done.stderr


def read(build: Path) -> Record:
    record: Record = json.loads((build / report.NAME).read_text("utf-8"))
    jsonschema.validate(record, json.loads(SCHEMA.read_text("utf-8")))
    return record


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project that has one of everything and is built for a printer, not yet checked."""
    root = tmp_path_factory.mktemp("built") / "specimen"
    shutil.copytree(SPECIMEN / "manuscript", root / "manuscript")
    assert run("-C", root, "build", "--profile", "kdp", "epub", "pdf", "cover")[0] == 0
    return root


@pytest.fixture(scope="module")
def checked(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of it that is checked."""
    root = tmp_path_factory.mktemp("checked") / "specimen"
    shutil.copytree(built, root)
    assert run("-C", root, "check", "--profile", "kdp")[0] == 0
    return root


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a small project whose EPUB is built, on a machine where nobody asks EPUBCheck: it takes its time."""
    monkeypatch.setattr(judge, "jar", lambda: None)
    root = books.write(tmp_path / "small")
    assert run("-C", root, "build", "epub")[0] == 0
    return root


def test_a_build_writes_its_record(built: Path) -> None:
    record = read(built / "build")
    assert record["verdict"]["answer"] == "unchecked"
    assert record["repeat"]["command"] == "overprint build epub pdf cover --profile kdp"
    assert {each["name"].partition(".")[2] for each in record["files"]} == {
        "epub",
        "print.pdf",
        "cover.jpg",
        "cover.pdf",
        "cover.proof.png",
    }
    assert record["printed"]["spine_mm"] == pytest.approx(record["printed"]["pages"] * 0.0572, abs=0.01)
    assert [each["slug"] for each in record["essays"]] == ["night-trains", "timetable"]
    assert {each["by"] for each in record["findings"]} <= {"build"}
    assert "manuscript/book.yaml" in {each["path"] for each in record["repeat"]["inputs"]}


def test_a_check_completes_it(checked: Path) -> None:
    record = read(checked / "build")
    assert {each["file"].partition(".")[2] for each in record["checks"]} == {"epub", "print.pdf", "cover.pdf"}
    assert record["verdict"]["answer"] == ("yes" if shutil.which("java") else "look")
    [inside] = [each for each in record["checks"] if each["file"].endswith(".print.pdf")]
    assert inside["measured"]["profile"] == "kdp"
    assert any(by.startswith("compared with the manuscript") for by in inside["by"])
    assert run("-C", checked, "check", "--profile", "kdp")[0] == 0
    assert read(checked / "build") == record


def test_nothing_of_the_machine_is_told(checked: Path) -> None:
    told = (checked / "build" / report.NAME).read_text("utf-8") + (checked / "build" / report.PAGE).read_text("utf-8")
    assert str(checked) not in told
    assert str(Path.home()) not in told


def test_the_same_book_has_the_same_report(small: Path, tmp_path: Path) -> None:
    again = books.write(tmp_path / "elsewhere" / "ünïcode")
    assert run("-C", again, "build", "epub")[0] == 0
    for name in (report.NAME, report.PAGE):
        assert (small / "build" / name).read_bytes() == (again / "build" / name).read_bytes()


@pytest.mark.parametrize("state", ["built", "checked"])
def test_the_page_needs_nothing_else(state: str, request: pytest.FixtureRequest) -> None:
    source = (request.getfixturevalue(state) / "build" / report.PAGE).read_text("utf-8")
    root = markup.fromstring(source)
    assert "default-src 'none'" in source
    assert not re.search(r"url\(|@import|<script|<link|<iframe", source)
    assert all((each.get("src") or "").startswith("data:image/") and each.get("alt") for each in root.iter("img"))
    assert all((each.get("href") or "").startswith("#") for each in root.iter("a"))
    ids = [each.get("id") for each in root.iter() if each.get("id")]
    assert len(ids) == len(set(ids))
    assert {(each.get("href") or "")[1:] for each in root.iter("a")} <= set(ids)
    levels = [int(each.tag[1]) for each in root.iter("h1", "h2", "h3")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    for table in root.iter("table"):
        assert table.find("caption") is not None
        assert all(each.get("scope") for each in table.iter("th"))


def test_it_shows_spreads_covers_and_verdict(checked: Path) -> None:
    root = markup.fromstring((checked / "build" / report.PAGE).read_text("utf-8"))
    says = read(checked / "build")["verdict"]["says"]
    assert root.findtext(".//p[@class='says']") == says
    alts = [each.get("alt") for each in root.iter("img")]
    assert alts[:4] == ["The front cover", "The printed cover, with its guides drawn in", "Page 1", "Pages 2 and 3"]


Spoil = Callable[[Record], None]


@pytest.mark.parametrize(
    ("findings", "checks", "answer"),
    [
        ([], ["a.epub"], "yes"),
        ([], [], "unchecked"),
        ([{"severity": "hint"}], ["a.epub"], "yes"),
        ([{"severity": "warning"}], ["a.epub"], "look"),
        ([{"severity": "warning", "gates_release": True}], ["a.epub"], "no"),
        ([{"severity": "warning"}, {"severity": "error"}], ["a.epub"], "no"),
        ([{"severity": "error"}], [], "no"),
    ],
)
def test_the_verdict(findings: list[Record], checks: list[str], answer: str) -> None:
    files = [{"name": "a.epub"}, {"name": "a.cover.jpg"}]
    assert (
        verdict.of({"findings": findings, "files": files, "checks": [{"file": each} for each in checks]})["answer"]
        == answer
    )


def test_consent_that_is_pending_is_no_book_to_send(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(judge, "jar", lambda: None)
    root = books.write(tmp_path, comments=books.text("comments").replace("consent: granted", "consent: pending"))
    assert run("-C", root, "build", "epub")[0] == 0
    run("-C", root, "check")
    record = read(root / "build")
    assert (record["verdict"]["answer"], record["verdict"]["says"]) == ("no", "Not yet.")


def test_words_of_others_stay_words(small: Path) -> None:
    record = read(small / "build")
    trick = "</title><script>alert(1)</script>`<b>`\u202e"
    record["book"]["title"] = record["essays"][0]["title"] = record["permissions"][0]["writer"] = trick
    record["findings"] = [
        {"severity": "error", "code": "X001", "message": trick, "hint": trick, "path": trick, "line": 1, "column": None}
        | {"page": trick, "by": "check", "gates_release": False}
    ]
    made = page.html(record, small / "build")
    assert "<script" not in made
    assert "<b>" not in made
    assert made.count("&lt;script&gt;") >= 6


def test_many_findings_are_folded(small: Path) -> None:
    record = read(small / "build")
    one = {"severity": "warning", "code": "M402", "message": "m", "hint": "mend it", "path": "a.md", "line": 1}
    one |= {"column": 2, "page": None, "by": "build", "gates_release": False}
    record["findings"] = [{**one, "line": line} for line in range(1, 10)]
    root = markup.fromstring(page.html(record, small / "build"))
    [task] = root.iterfind(".//article")
    assert (task.findtext("h3"), task.findtext("details/summary")) == ("Mend it.", "4 more")
    assert [each.text for each in task.iter("code")] == [f"a.md:{line}:2" for line in range(1, 10)]


def test_the_chart_of_ink() -> None:
    found = [{"page": number, "percent": percent} for number, percent in ((1, 0), (2, 100), (3, 330))]
    chart = page.ink({"ink_limit": 300, "ink": found})
    assert [bar[3] for bar in chart.bars] == [False, False, True]
    assert chart.bars[2][2] == pytest.approx(page.HIGH / 1.1, abs=0.01)
    assert chart.line == pytest.approx(page.HIGH * (1 - 300 / 363), abs=0.01)
    assert (chart.most["page"], [each["page"] for each in chart.heavy]) == (3, [3])


def test_books_that_changed_are_not_what_the_record_tells(small: Path) -> None:
    build = small / "build"
    kept = {name: (build / name).read_bytes() for name in (report.NAME, report.PAGE)}
    book = next(build.glob("*.epub"))
    whole = book.read_bytes()

    def said(change: Callable[[], object]) -> str:
        change()
        code, _, err = run("-C", small, "check")
        assert code == 0
        for name in (report.NAME, report.PAGE):
            (build / name).write_bytes(kept[name])
        book.write_bytes(whole)
        return re.sub(r"(?s).*B152 the report was not completed: (.*?)\n.*", r"\1", err)

    other = books.write(small.parent / "other", book=books.text("book") + "description: Another.\n")
    assert run("-C", other, "build", "epub")[0] == 0
    shutil.copyfile(next((other / "build").glob("*.epub")), other / "a.epub")
    assert "as it was built" in said(lambda: shutil.copyfile(other / "a.epub", book))
    assert "cannot be read" in said(lambda: (build / report.NAME).unlink())
    assert "is damaged" in said(lambda: (build / report.NAME).write_text("{", "utf-8"))
    newer = json.dumps({**json.loads(kept[report.NAME]), "version": 99})
    assert "another version" in said(lambda: (build / report.NAME).write_text(newer, "utf-8"))


def test_a_check_beside_a_build_leaves_the_report(small: Path) -> None:
    before = (small / "build" / report.NAME).read_bytes()
    with outputs.workshop(small / "build"):
        code, _, err = run("-C", small, "check")
    assert code == 0
    assert "B153 the report was not written: another build is at work" in err
    assert (small / "build" / report.NAME).read_bytes() == before


def test_books_outlive_a_report_that_fails(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*given: object) -> str:
        raise ZeroDivisionError("no page")

    monkeypatch.setattr(page, "html", fail)
    path = small / "manuscript/essays/01-bees/essay.md"
    path.write_text(path.read_text("utf-8").replace("sweet", "golden"), "utf-8")
    before = {each.name: each.read_bytes() for each in (small / "build").glob("*.*")}
    code, _, err = run("-C", small, "build", "epub")
    assert (code, "B153 the report was not written: ZeroDivisionError: no page" in err) == (0, True)
    book = next((small / "build").glob("*.epub"))
    assert book.read_bytes() != before[book.name]
    # What it told is of other books.
    assert not (small / "build" / report.NAME).exists()
    assert not (small / "build" / report.PAGE).exists()


def test_named_files_and_other_folders_have_none(small: Path) -> None:
    before = (small / "build" / report.NAME).read_bytes()
    assert run("-C", small, "check", next((small / "build").glob("*.epub")))[0] == 0
    assert (small / "build" / report.NAME).read_bytes() == before


@judges.needs_axe
def test_axe_finds_nothing_wrong(checked: Path) -> None:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as player:
        chromium = player.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        asked: list[str] = []
        for width, dark in ((360, True), (1400, False)):
            view = chromium.new_context(
                viewport={"width": width, "height": 900}, color_scheme="dark" if dark else "light", bypass_csp=True
            )
            tab = view.new_page()
            tab.on("request", lambda request: asked.append(request.url))
            tab.goto((checked / "build" / report.PAGE).as_uri())
            tab.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
            tab.evaluate(judges.AXE.read_text("utf-8"))
            found = tab.evaluate("axe.run(document, { resultTypes: ['violations'] })")
            assert [(each["id"], each["nodes"][0]["html"]) for each in found["violations"]] == []
            assert tab.evaluate("document.documentElement.scrollWidth") == width
        assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
        chromium.close()


def test_books_of_an_earlier_name_are_left_out(small: Path) -> None:
    book = next((small / "build").glob("*.epub"))
    shutil.copyfile(book, book.with_name("earlier-name.epub"))
    code, said, err = run("-C", small, "check")
    assert (code, "earlier-name" in said) == (0, False)
    assert "earlier-name.epub: hint E145 this is not a book of this name and was not checked" in err
    assert [each["file"] for each in read(small / "build")["checks"]] == [book.name]
