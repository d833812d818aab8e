"""A small book of two essays, composed by hand: everything that chapters may hold, and titles that need escaping."""

from __future__ import annotations

import string
from pathlib import Path

import fontpkg_eb_garamond
import pytest
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont

from overprint.model import Book, Chapter, Composed, Creator, Entry, Face, Look, Resource

DRAWING = """<?xml version="1.0"?>
<!-- /home/mark/secret -->
<svg xmlns="http://www.w3.org/2000/svg" xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape"
 viewBox="0 0 9 9" inkscape:export-filename="/home/mark/secret.png"><title>A plate</title>
<metadata>by Mark's laptop</metadata><inkscape:view path="/home/mark"/><linearGradient id="g"/>
<rect width="9" height="9" fill="url(#g)"/></svg>"""

ESSAY = """<section epub:type="chapter" role="doc-chapter" aria-labelledby="her-title">
<header><h1 id="her-title">Her &amp; <em>Him</em> 🙂</h1><p class="byline">Mark Riboldi</p></header>
<p>She<a epub:type="noteref" role="doc-noteref" id="her-ref-1" href="#her-note-1">1</a> said <strong>no</strong>.
See <a href="second.xhtml#second-title">the second</a> and <a href="https://example.org/?a=1&amp;b=2">this</a>.</p>
<section aria-labelledby="her-s1"><h2 id="her-s1">One</h2>
<figure><img src="../images/her/plate.svg" alt="A grey square."/><figcaption>A plate</figcaption></figure></section>
<aside epub:type="footnote" role="doc-footnote" id="her-note-1"><p>A note, not short.
<a href="#her-ref-1" role="doc-backlink">Back</a></p></aside>
<section aria-labelledby="her-comments-title"><h2 id="her-comments-title">Comments</h2>
<article class="comment" id="her-c1" aria-labelledby="her-c1-title"><header><h3 id="her-c1-title">1 Ann</h3>
<p><time datetime="2026-01-02">2 January 2026</time></p></header><p>Fine.</p>
<article class="comment" id="her-c2" aria-labelledby="her-c2-title"><header><h4 id="her-c2-title">2 Bob</h4>
<p><a href="#her-c1">In reply to comment 1</a></p></header><p>Indeed.</p></article></article></section>
</section>"""
SECOND = """<section epub:type="chapter" role="doc-chapter" aria-labelledby="second-title">
<h1 id="second-title">&lt;Second&gt;</h1><p>Text.</p></section>"""

TITLEPAGE = '<section epub:type="titlepage"><h1>The Three Urges &amp; 🙂</h1><p>With comments</p></section>'
PEOPLE = '<section aria-labelledby="people-title"><h1 id="people-title">People</h1><p>Mark writes.</p></section>'
CSS = """section, nav { display: block }
body { font-family: "EB Garamond", serif }
h1 { font-weight: normal; text-transform: uppercase }
p.end::after { content: "\\2766" }
"""


@pytest.fixture(scope="session")
def faces(tmp_path_factory: pytest.TempPathFactory) -> tuple[Face, ...]:
    """Static cuts of few characters, for whole ones take half a minute to make."""
    folder = tmp_path_factory.mktemp("faces")
    return (
        _face(folder, "EBGaramond[wght].ttf", 400, "Regular"),
        _face(folder, "EBGaramond-Italic[wght].ttf", 400, "Italic"),
        _face(folder, "EBGaramond[wght].ttf", 700, "Bold"),
    )


def _face(folder: Path, source: str, weight: int, cut: str) -> Face:
    path = Path(fontpkg_eb_garamond.__file__).parent / "files" / source
    font = TTFont(path, recalcTimestamp=False)
    options = Options(layout_features=[], hinting=False)
    options.drop_tables += ["GDEF", "GPOS", "GSUB"]
    subsetter = Subsetter(options)
    subsetter.populate(text=string.ascii_letters + string.digits + " .,")
    subsetter.subset(font)
    static = instantiateVariableFont(font, {"wght": weight})
    static["name"].setName("EB Garamond", 1, 3, 1, 0x409)
    target = folder / f"{cut}.ttf"
    static.save(target)
    return Face("EB Garamond", weight, "italic" if cut == "Italic" else "normal", target)


@pytest.fixture
def composed(tmp_path: Path, faces: tuple[Face, ...]) -> Composed:
    plate = tmp_path / "plate.svg"
    plate.write_text(DRAWING, encoding="utf-8")
    unused = Resource("images/her/unused.png", "image/png", tmp_path / "missing.png")
    book = Book(
        slug="three-urges",
        title="The Three Urges & 🙂",
        subtitle="With <comments>",
        language="en-AU",
        identifier="urn:uuid:4a2c4e0e-93b5-5b21-9b36-4a0f0c8f7b11",
        modified="2026-11-22T12:00:00Z",
        pieces=(),
        creators=(
            Creator("Ann Other", "Other, Ann", "ctb"),
            Creator("Mark Riboldi", "Riboldi, Mark", "aut"),
        ),
        publisher="Overland",
        date="2026-11-22",
        rights="© Mark Riboldi",
        isbn="978-0-306-40615-7",
        description="Two essays & comments.",
        images=(Resource("images/her/plate.svg", "image/svg+xml", plate), unused),
    )
    chapters = (
        Chapter("titlepage", "The Three Urges & 🙂", TITLEPAGE, "front", "en-AU", "titlepage"),
        Chapter("contents", "Contents", "<p>Printed</p>", "front", "en-AU", "toc", "print"),
        Chapter("her", "Her & Him 🙂", ESSAY, "body", "en-AU", "chapter"),
        Chapter("second", "<Second>", SECOND, "body", "de", "chapter"),
        Chapter("people", "People", PEOPLE, "back", "en-AU"),
    )
    contents = (
        Entry(
            "her.xhtml#her-title",
            "Her & Him 🙂",
            "Mark Riboldi",
            (
                Entry("her.xhtml#her-s1", "One", "", (Entry("her.xhtml#her-note-1", "Too deep"),)),
                Entry("her.xhtml#her-comments-title", "Comments"),
            ),
        ),
        Entry("second.xhtml#second-title", "<Second>", "Ann Other"),
        Entry("people.xhtml#people-title", "People"),
    )
    return Composed(book, chapters, contents, Look("octavo", (), CSS, faces))
