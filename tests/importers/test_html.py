from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree
from lxml import html as lxml_html
from markdown_it import MarkdownIt

from overprint import importers
from overprint.diagnostics import Made, Severity, Stop
from overprint.importers import html as reader
from overprint.importers.source import Source
from overprint.model import Imported

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
FERRY = (
    "The ferry leaves at six and nobody on it speaks, because the river is still asleep and we have all agreed, "
    "without a word, to let it be so until the first bell."
)
PAGE = f"""<!DOCTYPE html>
<html lang="en-GB"><head><title>On Ferries | The Journal</title>
<meta property="og:site_name" content="The Journal">
<meta name="author" content="Jane Doe"><meta property="article:published_time" content="2014-02-20T10:00:00+00:00">
<link rel="canonical" href="https://example.org/2014/ferries/"></head>
<body><nav><a href="/">Home</a></nav>
<article><h1>On <em>Ferries</em></h1>
<p>{FERRY}</p><p>Read <a href="../notes">the notes</a>, then <strong>go</strong>.</p>
<figure><img src="On Ferries_files/pier.png" alt="A pier"></figure><p><img src="/plan.png" alt="A plan">{FERRY}</p>
<div class="sharedaddy">Share this</div></article>
<div class="author-box"><p>Jane Doe lives by the river and has written <em>two</em> books.</p></div>
<ol class="commentlist"><li id="comment-7" class="comment"><article class="comment-body"><footer class="comment-meta">
<b class="fn">Ann Poe</b> <time datetime="2014-02-21T09:00:00+00:00">21 February</time></footer>
<div class="comment-content"><p>The bell is rung at seven now.</p></div></article></li></ol>
<footer>All rights reserved</footer></body></html>
"""


def source(text: str | bytes, path: Path = Path("page.html")) -> Source:
    return Source(path, text if isinstance(text, bytes) else text.encode(), "")


def essay(text: str | bytes) -> Imported:
    return reader.read(source(text)).value[0]


def codes(made: Made[tuple[Imported, ...]]) -> list[str]:
    return [each.code for each in made.diagnostics]


def tokens(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def said(element: etree._Element) -> str:
    return "".join(map(str, element.itertext()))


def shown(markdown: str) -> str:
    rendered = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(markdown)
    return "".join(map(str, lxml_html.fromstring(f"<div>{rendered}</div>").itertext())) if rendered else ""


def test_a_page_is_read_whole() -> None:
    found = essay(PAGE)
    assert (found.title, found.authors, found.date, found.language) == (
        *("On *Ferries*", ("Jane Doe",)),
        *("2014-02-20", "en-GB"),
    )
    assert (found.url, found.publication) == ("https://example.org/2014/ferries/", "The Journal")
    assert found.body.startswith(FERRY)
    assert "[the notes](https://example.org/2014/notes)" in found.body
    assert [(each.name, each.text) for each in found.bios] == [
        ("Jane Doe", "Jane Doe lives by the river and has written *two* books.")
    ]
    assert [(each.author, each.date, each.body.strip()) for each in found.comments] == [
        ("Ann Poe", "2014-02-21", "The bell is rung at seven now.")
    ]
    assert "bell is rung" not in found.body
    assert [(each.text, each.reason) for each in found.dropped] == [
        ("Home", "site navigation"),
        ("Share this", "share buttons"),
        ("All rights reserved", "outside the article"),
    ]


def test_every_guess_is_told_with_its_place() -> None:
    made = reader.read(source(PAGE))
    assert codes(made) == ["I071", "I073", "I075", "I077", "I077", "I077", "I079"]
    assert {each.severity for each in made.diagnostics} == {Severity.HINT}
    title = made.diagnostics[0]
    assert title.message == "“On Ferries” is taken as the title: the heading, as in the page's title"
    assert (title.place.path, title.place.line) == ("page.html", 7)


def test_what_is_missing_is_told() -> None:
    assert codes(reader.read(source(f"<p>{FERRY}</p>"))) == ["I072", "I074", "I076", "I081"]


def test_the_command_line_answers_for_what_is_missing() -> None:
    assert {importers.ANSWERED_BY[code] for code in ("I072", "I074", "I076")} == {"title", "author", "date"}


def test_pictures_beside_the_page_are_named_by_their_files(tmp_path: Path) -> None:
    folder = tmp_path / "On Ferries_files"
    folder.mkdir()
    (folder / "pier.png").write_bytes(b"png")
    found = reader.read(source(PAGE, tmp_path / "On Ferries.html")).value[0]
    assert [(each.url, each.name, each.alt) for each in found.images] == [
        ("On Ferries_files/pier.png", "pier.png", "A pier"),
        ("https://example.org/plan.png", "plan.png", "A plan"),
    ]
    away = essay(PAGE)
    assert [each.url.partition("example.org")[1] for each in away.images] == ["example.org"] * 2


LINKS = f"<p>{FERRY} <a href='/notes'>the notes</a>, <a href='next.html'>more</a>, <a href='#n'>n</a></p>"
FEED = "<link rel=alternate type='application/rss+xml' href='https://example.org/feed/'>"


def linked(head: str = "", url: str = "") -> Made[tuple[Imported, ...]]:
    return reader.read(source(f"<html><head>{head}</head><body><article>{LINKS}</article></body></html>"), url=url)


@pytest.mark.parametrize(
    "head",
    [
        "<link rel=canonical href='https://example.org/a/b'>",
        "<base href='https://example.org/a/'>",
        "<link rel=canonical href='https://example.org/x'><base href='/a/'>",
    ],
)
def test_links_count_from_the_address_that_the_page_says(head: str) -> None:
    made = linked(head)
    assert "[the notes](https://example.org/notes), [more](https://example.org/a/next.html)" in made.value[0].body
    assert "I083" not in codes(made)


def test_links_count_from_the_address_that_the_editor_gives() -> None:
    made = linked(FEED, url="https://example.org/a/b")
    assert "[the notes](https://example.org/notes), [more](https://example.org/a/next.html)" in made.value[0].body
    assert not {"I082", "I083"} & set(codes(made))


def test_links_from_the_top_of_a_known_site_are_made_whole() -> None:
    made = linked(FEED)
    assert [each.message for each in made.diagnostics if each.code in ("I082", "I083")] == [
        "links that lead nowhere in a book: 1, the first to next.html; the page does not say its own address",
        "links to other pages of the site are led to https://example.org/, from the link to its feed",
    ]
    assert "[the notes](https://example.org/notes)" in made.value[0].body
    assert made.value[0].url is None


def test_links_without_an_address_are_told_with_the_option_that_gives_it() -> None:
    told = [each for each in linked().diagnostics if each.code == "I083"]
    assert [each.hint for each in told] == ["give --url with the page's address"]
    assert told[0].message.startswith("links that lead nowhere in a book: 2, the first to /notes;")
    assert "I083" not in codes(
        reader.read(source(f"<p>{FERRY} <a href='#n'>n</a> <a href='mailto:a@b.example'>m</a></p>"))
    )


def test_links_of_comments_count_from_the_same_address() -> None:
    note = "<!-- saved from url=(0022)https://example.org/a/ -->"
    letter = PAGE.replace("The bell is rung at", "The <a href='bell'>bell</a> is rung at")
    text = letter.replace('<link rel="canonical" href="https://example.org/2014/ferries/">', "")
    assert "[bell](https://example.org/a/bell)" in essay(text.replace("<html", f"{note}<html")).comments[0].body


@pytest.mark.parametrize(
    "text",
    ["<html><body></body></html>", "<html><body><nav>Home</nav></body></html>", "<html><body><p>…</p></body></html>"],
)
def test_a_page_without_an_essay_is_refused(text: str) -> None:
    with pytest.raises(Stop) as caught:
        essay(text)
    assert caught.value.diagnostics[0].code == "I070"


@pytest.mark.parametrize(
    ("head", "sure"),
    [
        ("<!DOCTYPE html><html>", 0.8),
        ("\ufeff  <!-- saved from url=(0022)https://example.org/a -->\n<html lang='en'>", 0.8),
        ("<?xml version='1.0'?><!DOCTYPE html PUBLIC 'x'><html>", 0.8),
        ("<div class='post'>", 0.5),
        ("<p>Words", 0.5),
        ("<?xml version='1.0'?><rss>", 0.0),
        ("A line of words with <b>marks</b>.", 0.0),
        ("# A heading", 0.0),
        ("{}", 0.0),
    ],
)
def test_sniff(head: str, sure: float) -> None:
    assert reader.sniff(source(head)) == sure
    assert reader.sniff(source(head.encode("utf-16"))) == sure


def test_the_folder_knows_the_reader(tmp_path: Path) -> None:
    path = tmp_path / "ferries.html"
    path.write_text(PAGE, "utf-8")
    assert "html" in importers.kinds()
    made = importers.read(path)
    assert made.value[0].slug == "on-ferries"


BLOCKS = st.sampled_from(("p", "div", "section", "aside", "blockquote", "h2", "figure", "nav", "button"))
INLINES = st.sampled_from(("span", "em", "a", "strong"))
NAMES = st.sampled_from(
    ("", "entry-content", "related", "author-box", "share", "sidebar", "title", "byline", "subtitle", "caption", "tags")
)
WORDS = st.text("abcdeé ", min_size=1, max_size=40)


@st.composite
def trees(draw: st.DrawFn, depth: int = 3, inline: bool = False) -> str:
    inline = inline or draw(st.booleans())
    inside = draw(st.lists(trees(depth=depth - 1, inline=inline), max_size=3)) if depth else []
    tag = draw(INLINES if inline else BLOCKS)
    return f'<{tag} class="{draw(NAMES)}">{draw(WORDS)}{"".join(inside)}</{tag}>{draw(WORDS)}'


@given(st.lists(trees(), min_size=1, max_size=4))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_word_of_an_imported_body_is_a_word_of_the_page(bodies: list[str]) -> None:
    text = f"<html><body><article>{''.join(bodies)}<p>{FERRY}</p></article></body></html>"
    page = lxml_html.document_fromstring(text)
    try:
        found = essay(text)
    except Stop:
        return
    # Blocks part words, inline elements do not.
    for each in page.iter():
        if each.tag not in ("span", "em", "a", "strong"):
            each.text, each.tail = f" {each.text or ''}", f" {each.tail or ''}"
    there = Counter(tokens(said(page)))
    assert not Counter(tokens(shown(found.body))) - there


@pytest.mark.skipif(not DATA.is_dir(), reason="the shared pages are not here")
@pytest.mark.parametrize("name", ["cnet", "medium-2", "salon-1", "dropbox-blog"])
def test_real_pages(name: str) -> None:
    found = importers.read(DATA / "article-pages" / f"{name}.html").value[0]
    wanted = lxml_html.fromstring((DATA / "article-pages" / f"{name}.expected.html").read_text("utf-8"))
    for each in wanted.iter("p", "div", "li", "h1", "h2", "figcaption", "figure"):
        each.tail = f" {each.tail or ''}"
    have, want = Counter(tokens(shown(found.body).lower())), Counter(tokens(said(wanted).lower()))
    same = (have & want).total()
    assert same >= 0.95 * have.total()
    assert same >= 0.95 * want.total()
    assert found.title
