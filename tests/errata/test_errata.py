"""What differs between two editions is told, on its page, and nothing else is."""

from __future__ import annotations

import json
import re
import subprocess
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis.strategies import lists, sampled_from
from typer.testing import CliRunner

import books
from overprint.cli.frame import app
from overprint.diagnostics import Exit
from overprint.errata.changes import Change, What, changes
from overprint.errata.edition import Edition, Row, Token, edition
from overprint.errata.sheet import Sheet, as_html, as_json, as_markdown

PAGE = '<span epub:type="pagebreak" role="doc-pagebreak" id="page-{0}" aria-label="{0}"></span>'
CHAPTER = """<?xml version="1.0"?>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><head><title>{title}</title></head>
<body><section><h1>{title}</h1>{text}</section></body></html>"""
PACKAGE = """<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Her &amp; Us</dc:title></metadata>
<manifest>{items}</manifest><spine>{spine}</spine></package>"""
CONTAINER = """<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>
<rootfile full-path="book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>"""
TEXT = (
    "<p>She came back in spring,<a epub:type='noteref' role='doc-noteref' href='#n1'>1</a> when the river had "
    f"{PAGE.format(2)}fallen.</p><p>Nobody had asked her to.</p>"
    "<figure><img src='boat.png' alt='A boat'/></figure>"
    "<aside epub:type='footnote' role='doc-footnote' id='n1'>"
    "<p><a role='doc-backlink' href='#c'>1</a> In May.</p></aside>"
)
LETTER = "<article id='{0}' aria-labelledby='{0}-h'><h2 id='{0}-h'>{1}</h2><p>{2}</p></article>"


def book(path: Path, chapters: dict[str, str], picture: bytes = b"boat") -> Edition:
    """Write an EPUB of these chapters, each on page 1 first, and read it."""
    names = {title: f"{title.lower()}.xhtml" for title in chapters}
    items = "".join(f"<item id='{n}' href='{n}' media-type='application/xhtml+xml'/>" for n in names.values())
    package = PACKAGE.format(items=items, spine="".join(f"<itemref idref='{n}'/>" for n in names.values()))
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("META-INF/container.xml", CONTAINER)
        archive.writestr("book.opf", package)
        archive.writestr("boat.png", picture)
        for title, text in chapters.items():
            archive.writestr(names[title], CHAPTER.format(title=title, text=PAGE.format(1) + text))
    return edition(path)


def between(tmp_path: Path, old: dict[str, str], new: dict[str, str], picture: bytes = b"boat") -> tuple[Change, ...]:
    return changes(book(tmp_path / "old.epub", old), book(tmp_path / "new.epub", new, picture))


def test_the_same_book_does_not_differ(tmp_path: Path) -> None:
    assert between(tmp_path, {"Her": TEXT}, {"Her": TEXT}) == ()


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("had asked", "had begged", (What.REPLACED, "2", "Nobody had", "asked", "begged")),
        ("Nobody", "", (What.DELETED, "2", "", "Nobody", "")),
        ("when the", "when the grey", (What.INSERTED, "1", "in spring, when the", "", "grey")),
        ("<p>Nobody", "<p>So. Nobody", (What.INSERTED, "2", "", "", "So.")),
        ("to.</p>", "to.</p><p>The end.</p>", (What.INSERTED, "2", "had asked her to.", "", "¶ The end.")),
        ("fallen.</p><p>Nobody", "fallen. Nobody", (What.DELETED, "2", "the river had fallen.", "¶", "")),
        ("In May.", "In June.", (What.REPLACED, "1", "In", "May.", "June.")),
        ("A boat", "A ship", (What.REPLACED, "2", "had asked her to.", "[picture: A boat]", "[picture: A ship]")),
    ],
)  # fmt: skip
def test_each_change_is_told_on_its_page(old: str, new: str, expected: tuple[str, ...], tmp_path: Path) -> None:
    assert old in TEXT
    (found,) = between(tmp_path, {"Her": TEXT}, {"Her": TEXT.replace(old, new)})
    assert (found.what, found.page, found.after, found.old, found.new) == expected
    assert not found.signs_only


def test_another_picture_of_the_same_name_is_told(tmp_path: Path) -> None:
    (found,) = between(tmp_path, {"Her": TEXT}, {"Her": TEXT}, b"ship")
    assert found.old == found.new == "[picture: A boat]"


@pytest.mark.parametrize("same", ["com\u00ading", "coming"])
def test_breaks_of_lines_and_pages_are_no_words(same: str, tmp_path: Path) -> None:
    assert between(tmp_path, {"Her": "<p>She is coming home</p>"}, {"Her": f"<p>She   is\n{same} home</p>"}) == ()
    assert between(tmp_path, {"Her": TEXT}, {"Her": TEXT.replace(PAGE.format(2), "")})[0:] == ()


def test_signs_alone_are_told_apart(tmp_path: Path) -> None:
    (found,) = between(tmp_path, {"Her": "<p>‘This one,’ he said</p>"}, {"Her": "<p>‘This one’, he said</p>"})
    assert found.signs_only
    assert "signs alone" in as_markdown(Sheet(book(tmp_path / "a.epub", {}), book(tmp_path / "b.epub", {}), (found,)))


def test_chapters_and_letters_come_go_and_move(tmp_path: Path) -> None:
    first, second = LETTER.format("c1", "1. Ann", "So true."), LETTER.format("c2", "2. Bo", "Not so.")
    found = between(
        tmp_path,
        {"Her": TEXT, "Him": "<p>He stayed.</p>", "Gone": "<p>Away it went.</p>", "Letters": first},
        {"Him": "<p>He stayed.</p>", "Her": TEXT, "Fresh": "<p>Out of the sea.</p>", "Letters": first + second},
    )
    told = {(each.what, each.chapter, each.part) for each in found}
    moved = {each for each in told if each[0] is What.MOVED}
    assert moved in ({(What.MOVED, "Him", "")}, {(What.MOVED, "Her", ""), (What.MOVED, "Her", "notes")})
    assert told - moved == {
        (What.REMOVED, "Gone", ""),
        (What.ADDED, "Fresh", ""),
        (What.ADDED, "Letters", "2. Bo"),
    }


def test_a_text_with_another_name_is_the_same_text(tmp_path: Path) -> None:
    (found,) = between(tmp_path, {"Her": "<p>She came back in spring.</p>"}, {"She": "<p>She came back in spring.</p>"})
    assert (found.what, found.old, found.new) == (What.REPLACED, "Her", "She")


WORDS = lists(sampled_from(["a", "b", "c", "¶", "d"]), min_size=1, max_size=25)


def of_words(words: list[str]) -> Edition:
    tokens = [Token(each, "1", f"<{each}>" if each == "¶" else each, is_word=each != "¶") for each in words]
    return Edition("", (Row("k", "Her", "", tokens),), has_pages=True)


@given(WORDS, WORDS)
def test_the_sheet_accounts_for_every_word(old: list[str], new: list[str]) -> None:
    found = changes(of_words(old), of_words(new))
    gone = Counter(" ".join(each.old for each in found).split())
    come = Counter(" ".join(each.new for each in found).split())
    assert Counter(old) - gone + come == Counter(new)
    assert bool(found) == (old != new)


HOSTILE = "<p>&lt;script&gt;alert(1)&lt;/script&gt; **bold** &amp;lt; [a](javascript:x) `x` {{ 7 }}</p>"


def test_no_text_becomes_markup(tmp_path: Path) -> None:
    one, other = {"Her": "<p>Nothing</p>"}, {"Her": HOSTILE}
    old, new = book(tmp_path / "old.epub", one), book(tmp_path / "new.epub", other)
    sheet = Sheet(old, new, changes(old, new))
    page = as_html(sheet)
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "{{ 7 }}" in page
    assert not re.search(r"src=|href=|url\(|@import", page)
    assert "\\*\\*bold\\*\\*" in as_markdown(sheet)
    assert "<script" not in as_markdown(sheet).replace("\\<script", "")
    assert json.loads(as_json(sheet))["changes"][0]["new"].startswith("<script>")


def test_books_without_pages_say_so(tmp_path: Path) -> None:
    plain = Edition("Her", (Row("k", "Her", "", [Token("a", "", "a")]),), has_pages=False)
    assert "no list of printed pages" in as_markdown(Sheet(plain, plain, ()))


def run(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(app, ["diff", *words])
    return done.exit_code, done.output


def test_what_is_no_book_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "text.epub").write_text("no archive", "utf-8")
    (tmp_path / "two").mkdir()
    for name in "ab":
        book(tmp_path / "two" / f"{name}.epub", {"Her": TEXT})
    for name, code, expected in [
        ("text.epub", Exit.CANNOT, "E101"),
        ("nowhere.epub", Exit.CANNOT, "E101"),
        ("v1", Exit.USAGE, "D003"),
        ("two", Exit.USAGE, "D002"),
        (".", Exit.CANNOT, "D001"),
    ]:
        if name == ".":
            (tmp_path / "text.epub").unlink()
        assert (run(name, name)[0], expected in run(name, name)[1]) == (code, True), name


def test_a_sheet_is_written(tmp_path: Path) -> None:
    book(tmp_path / "old.epub", {"Her": TEXT})
    book(tmp_path / "new.epub", {"Her": TEXT.replace("asked", "begged")})
    files = [str(tmp_path / "old.epub"), str(tmp_path / "new.epub")]
    assert run(*files)[1].count("for “asked” read “begged”") == 1
    code, said = run(*files, "--out", str(tmp_path / "errata.html"))
    assert (code, "1 change." in said) == (0, True)
    assert (tmp_path / "errata.html").read_text("utf-8").startswith("<!DOCTYPE html>")
    assert run(*files, "--out", str(tmp_path / "none" / "errata.html"))[0] == Exit.CANNOT


def test_two_revisions_are_built_and_compared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = books.write(tmp_path / "project")
    git = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "core.hooksPath=/dev/null"]
    (essay,) = root.glob("manuscript/essays/*/essay.md")
    text = essay.read_text("utf-8")
    states = {"v1": text, "v2": f"{text}\n\nAnd the rain came.\n", "v3": text.replace("[^1]:", "[^2]:")}
    for name, state in states.items():
        essay.write_text(state, "utf-8")
        for command in (["init", "-q"], ["add", "."], ["commit", "-qm", name], ["tag", name]):
            subprocess.run([*git, *command], cwd=root, check=True)
    monkeypatch.chdir(root)
    before = sorted(root.rglob("*"))
    code, said = run("v1", "v2")
    assert code == 0, said
    assert re.search(r"\*\*p\. \d+\*\*: after “[^”]+”, insert “¶ And the rain came\.”", said)
    assert sorted(root.rglob("*")) == before
    code, said = run("v3", "v2")
    assert code == Exit.CONTENT
    assert f"v3:{essay.relative_to(root)}:" in said
