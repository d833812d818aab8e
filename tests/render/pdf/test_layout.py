from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader

from overprint import typefaces
from overprint.diagnostics import Diagnostic, Exit, Made, Place, Stop
from overprint.model import Face, Resource
from overprint.render.pdf import Layout, PdfJob
from overprint.render.pdf.book import render

Lay = Callable[..., Made[Layout]]
MakeJob = Callable[..., PdfJob]

SQUARE = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="9" height="9"/></svg>'
BODY = """<h1 id="top">Title</h1><p class="drop">First <em>words</em> and <strong>bold</strong> ones, with a note<span
class="note">A note of <a href="https://example.org/">its own</a>.</span>.</p><p class="before" style="hyphens: auto">
Incomprehensibilities notwithstanding, counterrevolutionaries misunderstand <a href="#top">interchangeabilities</a>.</p>
<p hidden>Not shown.</p><p class="running">Not shown either.</p><ul><li><p>One</p></li></ul><table><thead><tr><th>Head
</th></tr></thead><tbody><tr><td>Cell</td></tr></tbody></table><img src="../images/square.svg" alt="A square">"""


def by_code(diagnostics: tuple[Diagnostic, ...], code: str) -> list[Diagnostic]:
    return [each for each in diagnostics if each.code == code]


@pytest.fixture
def square(tmp_path: Path) -> Resource:
    path = tmp_path / "square.svg"
    path.write_text(SQUARE)
    return Resource("images/square.svg", "image/svg+xml", path)


def test_good_page_says_nothing_and_is_the_same_everywhere(
    job: MakeJob, square: Resource, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = job(BODY, resources=(square,))
    first = render(good, tmp_path / "first.pdf")
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    monkeypatch.setenv("LC_ALL", "C")
    elsewhere = tmp_path / "näher"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    old = os.umask(0o077)
    try:
        second = render(good, Path("zweites.pdf"))
    finally:
        os.umask(old)

    assert first == second
    assert (first.value.pages, first.diagnostics) == (1, ())
    pdf = (tmp_path / "first.pdf").read_bytes()
    assert hashlib.sha256(pdf).digest() == hashlib.sha256((elsewhere / "zweites.pdf").read_bytes()).digest()
    reader = PdfReader(tmp_path / "first.pdf")
    assert reader.metadata is not None
    assert reader.metadata.title == "A Book"
    assert "/StructTreeRoot" in reader.root_object
    fonts = {str(name) for name in reader.pages[0]["/Resources"]["/Font"]}  # type: ignore[index]
    assert len(fonts) == 3
    assert "Not shown" not in reader.pages[0].extract_text()


def test_what_is_not_the_books_is_refused_and_named(lay: Lay, tmp_path: Path) -> None:
    secret = tmp_path / "secret.svg"
    secret.write_text(SQUARE)
    body = f"""<p id="p">a <a href="other.xhtml#x">b</a> <a href="#nowhere">c</a> <a href="javascript:x">d</a></p>
    <p id="p">twice</p><p>中</p><img src="{secret.as_uri()}"><img src="http://127.0.0.1:9/x.png">
    <img src="../images/../../../etc/passwd"><img src="../images/bad.png"><object data="ftp://127.0.0.1/y"></object>
    <a rel="attachment" href="data:text/plain,x">e</a><link rel="stylesheet" href="file:///etc/hosts">
    <p style="background: url(%2e%2e/z.png)">f</p><img src="data:image/png;base64,xx"><img src="../images/gone.png">"""
    bad = tmp_path / "bad.png"
    bad.write_bytes(b"\x89PNG\r\n\x1a\n")
    resources = (
        Resource("images/bad.png", "image/png", bad),
        Resource("images/gone.png", "image/png", tmp_path / "gone.png"),
    )
    place = Place("essay.md", 3, 1)
    said = lay(body, resources=resources, places={"p": place}).diagnostics

    refused = {each.message.split("”")[0].lstrip("“") for each in by_code(said, "P008")}
    expected = {secret.as_uri(), "http://127.0.0.1:9/x.png", "etc/passwd", "ftp://127.0.0.1/y", "data:text/plain,x"}
    assert refused == expected | {"file:///etc/hosts", "z.png"} or refused == expected | {
        "file:///etc/hosts",
        "text/%2e%2e/z.png",
    }
    links = {each.message: each.place for each in by_code(said, "P013")}
    assert [message.split("”")[0] for message in links] == [
        "a link leads to “#nowhere",
        "a link leads to “javascript:x",
        "a link leads to “text/other.xhtml#x",
    ]
    assert set(links.values()) == {place}
    assert [each.message for each in by_code(said, "P010")] == [
        "the typefaces have no sign for “中” (U+4E2D, cjk unified ideograph-4e2d), near “中”"
    ]
    assert [each.message for each in by_code(said, "P014")] == ["two elements have the id “p”"]
    assert len(by_code(said, "P009")) == 2
    assert "images/bad.png" in by_code(said, "P009")[1].message
    assert [each.message for each in by_code(said, "P019")] == ["“gone.png” cannot be read: No such file or directory"]
    assert {each.code for each in said} <= {"P008", "P009", "P010", "P013", "P014", "P019"}
    assert "/EmbeddedFile" not in str(PdfReader(tmp_path / "book.pdf").root_object)


def test_style_messages_say_where(lay: Lay, faces: tuple[Face, ...], tmp_path: Path) -> None:
    broken = tmp_path / "Broken.ttf"
    broken.write_bytes(b"no font")
    sheet = """p{foo: bar}
:root { --tone: shrill }
p { color: var(--tone)}
q:hover::loud{ color: red }
"""
    said = lay("<p>a</p>", sheet, faces=(*faces, Face("Broken", 400, "normal", broken))).diagnostics
    assert [(each.place.path, each.place.line, each.message) for each in by_code(said, "P012")] == [
        ("styles/print.css", 0, "style sheet: Invalid or unsupported selector, 'q:hover::loud'"),
        ("styles/print.css", 1, "style sheet: Ignored `foo: bar`, unknown property."),
        ("styles/print.css", 3, "style sheet: Ignored `color: shrill`, invalid value."),
    ]
    assert [each.message for each in by_code(said, "P011")] == ["a cut of typeface “Broken” cannot be loaded"]
    assert len(said) == 4


def test_refused_colour_profile_stops_with_its_name(lay: Lay) -> None:
    with pytest.raises(Stop) as stop:
        lay("<p>a</p>", "@color-profile --x { src: url(file:///etc/passwd); components: C, M, Y, K }")
    assert stop.value.exit is Exit.CONTENT
    assert [each.message for each in stop.value.diagnostics] == [
        "“file:///etc/passwd” was not opened: it is not one of the book's files"
    ]


def test_text_that_is_on_no_page_is_found(lay: Lay) -> None:
    note = " ".join(["word"] * 1500)
    body = f"""<p id="long">Text<span class="note">{note}</span> goes on.</p>
    <pre id="wide">{"wide " * 40}</pre><p>Whole.</p>"""
    place = Place("essay.md", 7, 2)
    said = lay(body, places={"long": place}).diagnostics
    assert [each.code for each in said] == ["P015", "P015", "P020"]
    wide, long, _ = said
    assert "near #wide: “wide wide" in wide.message
    assert "near #long: “word word" in long.message
    assert "of 6000 letters" in long.message
    assert int(long.message.split()[0]) > 3000
    assert long.place == place
    assert "footnote" in long.hint


def test_wild_documents_are_refused_before_the_layout(lay: Lay) -> None:
    start = time.process_time()
    with pytest.raises(Stop) as stop:
        lay("<div>" * 100 + "x" * 2000 + "</div>" * 100)
    assert [each.code for each in stop.value.diagnostics] == ["P006", "P007"]
    assert stop.value.exit is Exit.CONTENT
    assert time.process_time() - start < 3


def test_lists_as_deep_as_allowed_are_laid_out(lay: Lay) -> None:
    made = lay("<ul><li>" * 49 + "deep" + "</li></ul>" * 49, "* { margin: 0; padding: 0; list-style: none }")
    assert (made.value.pages, made.diagnostics) == (1, ())


def test_a_failure_is_one_sentence(lay: Lay) -> None:
    with pytest.raises(Stop) as stop:
        lay('<p style="font-size: 1e30px">a</p>')
    (said,) = stop.value.diagnostics
    assert said.code == "P005"
    assert said.message.startswith("the layout failed while ")
    assert "Traceback" in str(stop.value.__cause__)
    assert stop.value.exit is Exit.CANNOT


def test_importing_the_package_does_not_load_weasyprint() -> None:
    code = (
        "import sys, overprint.render.pdf, overprint.typefaces; print({'weasyprint', 'fontTools'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


def test_a_typeface_without_letters_is_joined_too(lay: Lay, faces: tuple[Face, ...]) -> None:
    both = (*faces, *typefaces.faces("Noto Emoji"))
    made = lay("<p>Hello <em>\U0001f600</em></p>", 'html { font-family: "EB Garamond", "Noto Emoji" }', faces=both)
    assert made.diagnostics == ()
