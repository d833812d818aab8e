from __future__ import annotations

import pytest
from lxml import html

from overprint.importers import article
from overprint.importers.article import address, bio, dates, marks, names, voters
from overprint.importers.article.blocks import blocks, words
from overprint.importers.dom import Page

FERRY = (
    "The ferry leaves at six and nobody on it speaks, because the river is still asleep and we have all agreed, "
    "without a word, to let it be so until the first bell."
)
BAKERS = (
    "On the far bank the bakers are already up, and their lamps stand in the water like coins that somebody has "
    "dropped and means to come back for one day when the tide is out."
)
HARBOUR = (
    "By noon the harbour has forgotten the morning, the gulls have divided the pier among themselves, and the old "
    "timetable, which nobody obeys, hangs in its frame as a picture of another country."
)
TEXT = "".join(f"<p>{each}</p>" for each in (FERRY, BAKERS, HARBOUR, FERRY[::-1].replace(" ", "e ")))


def page(body: str, head: str = "", attributes: str = "") -> Page:
    text = f"<html {attributes}><head>{head}</head><body>{body}</body></html>"
    return Page(html.document_fromstring(text, ensure_head_body=True), "utf-8")


def find(body: str, head: str = "", attributes: str = "") -> article.Found:
    return article.find(page(body, head, attributes))


def reasons(found: article.Found) -> dict[str, str]:
    return {each.text: each.reason for each in found.dropped}


# --- the element ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "shell",
    [
        "<main><article><h1>On Ferries</h1>{}</article></main>",
        "<div id='wrap'><div class='post hentry'><h2 class='entry-title'>On Ferries</h2>"
        "<div class='entry-content'>{}</div></div></div>",
        "<table><tr><td><a href='/'>Home</a></td><td>{}</td></tr></table>",
        "<div itemprop='articleBody'>{}</div>",
        "{}",
    ],
)
@pytest.mark.parametrize("voting", [True, False])
def test_the_text_is_found_in_any_shell(shell: str, voting: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if not voting:
        monkeypatch.setattr(voters, "MOST_BLOCKS", 0)
    links = "".join(f"<li><a href='/{n}'>Another essay, number {n}, with a long name</a></li>" for n in range(9))
    side = f"<nav><ul>{links}</ul></nav>{shell.format(TEXT)}<div class='sidebar'><ul>{links}</ul></div>"
    found = find(f"<header><a href='/'>The Journal</a></header>{side}<footer><p>All rights reserved.</p></footer>")
    assert [each.text for each in blocks(found.element)][-4:] == [
        words(each) for each in html.fragments_fromstring(TEXT)
    ]
    assert "Another essay" not in words(found.element)
    assert "All rights reserved" not in words(found.element)


@pytest.mark.parametrize(
    ("inside", "reason"),
    [
        ("<div class='sharedaddy sd-block'>Share this: Tweet, Print</div>", marks.SHARING),
        ("<div class='social-share-bar'>Send to a friend</div>", marks.SHARING),
        ("<section class='related-posts'><h3>More</h3><p>Three other essays</p></section>", marks.RELATED),
        ("<div class='newsletter-signup'>Our letter comes on Fridays</div>", marks.NEWSLETTER),
        ("<aside class='ad-slot'>Buy a boat</aside>", marks.ADVERT),
        ("<div class='advertisement'>Buy a boat</div>", marks.ADVERT),
        ("<nav>Up, down</nav>", marks.NAVIGATION),
        ("<form>Your name</form>", marks.FORM),
        ("<div role='navigation'>Up, down</div>", marks.NAVIGATION),
        ("<p class='posted-on'>In May</p>", marks.META),
        ("<div class='post-tags'>boats, water</div>", marks.META),
        ("<div id='respond'>Leave a comment</div>", marks.COMMENTS),
        ("<div class='article__share--top'>Send it on</div>", marks.SHARING),
        ("<div class='shareTools shareButtons'>Send it on</div>", marks.SHARING),
        ("<p>Share this:</p>", marks.NAVIGATION),
        ("<p>Leave a comment</p>", "comment form"),
    ],
)
def test_what_is_not_of_the_essay_is_dropped_with_its_reason(inside: str, reason: str) -> None:
    text = words(html.fragment_fromstring(inside))
    found = find(f"<article><p>{FERRY}</p><p>{BAKERS}</p>{inside}<p>{HARBOUR}</p></article>")
    assert text not in words(found.element)
    assert reasons(found)[text] == reason


@pytest.mark.parametrize(
    "inside",
    [
        "<h2 id='sharing-the-river'>Sharing the river</h2>",
        "<section id='related'><h2>Related rivers</h2><p>The Rhine and the Rhone begin on one mountain.</p></section>",
        "<p id='ad-hoc'>Some of it was made up as we went along.</p>",
        "<p class='loaded header-shadow'>A class that holds “ad” and “share” inside other words.</p>",
        "<figure><img src='a.png'><figcaption class='copyright'>The pier, drawn by hand</figcaption></figure>",
        "<ul><li>Rope</li><li>Lamp</li><li>Bell</li></ul>",
        "<table><tr><td><a href='/a'>Rope</a></td><td>two</td></tr><tr><td><a href='/b'>Bell</a></td><td>one</td></tr>"
        "</table>",
        "<blockquote>Who owns the tide?</blockquote>",
    ],
)
def test_what_only_looks_like_boilerplate_stays(inside: str) -> None:
    kept = words(html.fragment_fromstring(inside))
    found = find(f"<article><p>{FERRY}</p><p>{BAKERS}</p>{inside}<p>{HARBOUR}</p></article>")
    assert kept in words(found.element)


@pytest.mark.parametrize("text", ["By Jane Doe", "Jane Doe", "By Jane Doe | 20 February 2014", "20 February 2014"])
def test_a_line_above_the_text_that_repeats_author_or_date_is_dropped(text: str) -> None:
    head = "<meta name='author' content='Jane Doe'><meta name='date' content='2014-02-20'>"
    found = find(f"<article><p>{text}</p>{TEXT}</article>", head)
    assert text not in words(found.element)
    assert reasons(found) == {text: marks.META}


@pytest.mark.parametrize("text", ["By Ann Poe", "By Jane Doe and Ann Poe", "21 February 2014", "By the river"])
def test_a_line_above_the_text_that_says_more_stays(text: str) -> None:
    head = "<meta name='author' content='Jane Doe'><meta name='date' content='2014-02-20'>"
    lines = f"<p>{HARBOUR}</p><p>By Jane Doe</p>"
    found = find(f"<article><p>{text}</p>{lines}{TEXT}</article>", head)
    assert text in words(found.element) or [each.value for each in found.authors] != ["Jane Doe"]
    assert "By Jane Doe" in words(found.element)


def test_comments_are_left_out() -> None:
    read = page(f"<article>{TEXT}<div class='said'><p>{HARBOUR[::-1]}</p></div></article>")
    found = article.find(read, read.root.xpath("//div"))
    assert HARBOUR[::-1] not in words(found.element)


def test_every_word_kept_or_dropped_is_a_word_of_the_page_and_none_is_lost() -> None:
    body = f"<div class='menu'>Menu</div><article><h1>On Ferries</h1>{TEXT}<div class='tags'>Water</div></article>tail"
    found = find(body)
    assert found.title
    said = " ".join((words(found.element), found.title.value, *(each.text for each in found.dropped)))
    assert sorted(said.split()) == sorted(words(html.fragment_fromstring(f"<div>{body}</div>")).split())


def test_dropped_texts_are_in_the_order_of_the_page_and_cut() -> None:
    found = find(f"<div class='menu'>{'Long ' * 200}</div>\n<article>{TEXT}</article>\n<footer>End</footer>")
    assert [each.reason for each in found.dropped] == [marks.NAVIGATION, article.OUTSIDE]
    assert len(found.dropped[0].text) == 300
    assert found.dropped[0].line < found.dropped[1].line


# --- title ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("head", "body", "title", "evidence"),
    [
        (
            "<title>On Ferries | The Journal</title>",
            "<h1>On Ferries</h1>",
            "On Ferries",
            "the heading, as in the page's title",
        ),
        (
            "<meta property='og:title' content='On Ferries'>",
            "<h1>The Journal</h1><h2>On Ferries</h2>",
            "On Ferries",
            "the heading, as in the page's data (og:title)",
        ),
        ("", "<h1>On Ferries ¶</h1>", "On Ferries", "the only main heading of the page"),
        (
            "<meta property='og:title' content='On Ferries – The Journal'>"
            "<meta property='og:site_name' content='The Journal'>",
            "",
            "On Ferries",
            "the page's data (og:title)",
        ),
        ("<title>On Ferries</title>", "", "On Ferries", "the page's title, which browsers show"),
        (
            '<script type="application/ld+json">{"@type": "BlogPosting", "headline": "On Ferries"}</script>',
            "",
            "On Ferries",
            "the page's data (JSON-LD headline)",
        ),
    ],
)
def test_title_with_evidence(head: str, body: str, title: str, evidence: str) -> None:
    found = find(f"<article>{body}{TEXT}</article>", head)
    assert found.title
    assert (found.title.value, found.title.evidence) == (title, evidence)
    assert words(found.element).startswith("The ferry" if "The Journal<" not in body else "The Journal")


@pytest.mark.parametrize(
    ("home", "address"),
    [
        ("https://example.org/journal/", "https://example.org/journal/2014/ferries/"),
        ("/", "https://example.org/ferries"),
        ("/", ""),
        ("https://example.org", "https://example.org/ferries"),
    ],
)
def test_a_heading_that_leads_to_the_front_page_is_the_name_of_the_site(home: str, address: str) -> None:
    head = f"<title>The Journal » Blog Archive » On Ferries</title><link rel=canonical href='{address}'>"
    found = find(f"<h1><a href='{home}'>The Journal</a></h1><h2><a href='/ferries'>On Ferries</a></h2>{TEXT}", head)
    assert found.title
    assert found.title.value == "On Ferries"


def test_a_heading_may_link_to_its_own_page() -> None:
    head = "<title>On Ferries</title><link rel=canonical href='https://example.org/ferries/2/'>"
    found = find(f"<h1><a href='/ferries/'>On Ferries</a></h1>{TEXT}", head)
    assert found.title
    assert found.title.evidence == "the heading, as in the page's title"


def test_the_heading_of_a_chapter_is_its_title_though_the_browser_shows_the_book() -> None:
    sections = "<h1>What floats</h1>" + TEXT + "<h1>What sinks</h1>" + TEXT
    top = "<h2 class='chapter-title'>Chapter 6 - On Ferries</h2>"
    found = find(f"{top}<article>{sections}</article>", "<title>The River Handbook</title>")
    assert found.title
    assert (found.title.value, found.title.evidence) == (
        "Chapter 6 - On Ferries",
        "the heading that the page marks as its title",
    )
    twice = find(f"{top}<article><h1>On Ferries</h1>{sections}</article>", "<title>The River Handbook</title>")
    assert twice.title
    assert twice.title.value == "On Ferries"


def test_a_part_of_a_word_is_no_subtitle() -> None:
    found = find(f"<h1>On Ferries</h1><p>A sub<span class='subtitle'>title</span>d film</p><article>{TEXT}</article>")
    assert found.subtitle is None


def test_a_byline_is_no_subtitle() -> None:
    found = find(f"<h1>On Ferries</h1><p class='subtitle'>By Jane Doe, example.org</p><article>{TEXT}</article>")
    assert found.subtitle is None


def test_the_name_of_the_site_is_no_title() -> None:
    found = find(f"<h1>The Journal</h1><div>{TEXT}</div>", "<meta property='og:site_name' content='The Journal'>")
    assert found.title is None


def test_no_title_is_invented() -> None:
    found = find(TEXT)
    assert (found.title, found.subtitle, found.authors, found.date, found.url, found.publication) == (
        *(None, None, ()),
        *(None, None, None),
    )
    assert found.bios == ()


def test_subtitle_below_the_title() -> None:
    found = find(f"<h1>On Ferries</h1><p class='subtitle'>A morning on the river</p><article>{TEXT}</article>")
    assert found.subtitle
    assert found.subtitle.value == "A morning on the river"


# --- authors -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("head", "body", "expected"),
    [
        ("<meta name='author' content='Jane Doe'>", "", ["Jane Doe"]),
        (
            "",
            "<p class='byline'>By <a rel='author'>Jane Doe</a> and <a rel='author'>John Roe</a></p>",
            ["Jane Doe", "John Roe"],
        ),
        ("", "<p>By Jane Doe</p>", ["Jane Doe"]),
        ("", "<p>Jane Doe, 3 March 2014</p>", ["Jane Doe"]),
        ("<meta name='author' content='admin'>", "", []),
        ("<meta name='author' content='https://example.org/jane'>", "", []),
        ("<meta name='author' content='The Journal'><meta property='og:site_name' content='The Journal'>", "", []),
        ("<meta name='byl' content='By JANE DOE'>", "<p>Jane Doe was there.</p>", ["Jane Doe"]),
        (
            '<script type="application/ld+json">{"@graph": [{"@type": "Article", "headline": "x", '
            '"author": {"@id": "#j"}},'
            '{"@type": "Person", "@id": "#j", "name": "Jane Doe"}]}</script>',
            "",
            ["Jane Doe"],
        ),
        (
            "<meta name='twitter:label1' content='Verfasst von'><meta name='twitter:data1' content='Jane Doe'>",
            "",
            ["Jane Doe"],
        ),
        (
            "<meta name='twitter:label1' content='Reading time'><meta name='twitter:data1' content='Five Minutes'>",
            "",
            [],
        ),
        ("", "<div class='related-posts'><span class='author'>Ann Poe</span></div>", []),
        ("", "<div class='sidebar'><a rel='author' href='/jane'>Jane Doe</a></div>", ["Jane Doe"]),
        (
            "",
            "<div class='sidebar'><a rel='author' href='/a'>Jane Doe</a><a rel='author' href='/b'>Ann Poe</a></div>",
            [],
        ),
        ("<meta name='Search.Byline' content='Jane Doe'>", "", ["Jane Doe"]),
        ("", "<p class='firma'><em>Jane Doe</em> | <span>Leeds</span></p>", ["Jane Doe"]),
    ],
)
def test_authors(head: str, body: str, expected: list[str]) -> None:
    found = find(f"<h1>On Ferries</h1>{body}<article>{TEXT}</article>", head)
    assert [each.value for each in found.authors] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("By Jane Doe, John Roe and Ann Poe", ("Jane Doe", "John Roe", "Ann Poe")),
        ("Doe, Jane", ("Jane Doe",)),
        ("Jane Doe, Senior Staff Writer, The Journal", ("Jane Doe",)),
        ("von Max Muster am 3. Mai 2020", ("Max Muster",)),
        ("Jane Doe Monday, March 3, 2014", ("Jane Doe",)),
        ("Martin Roe, Jr.", ("Martin Roe Jr.",)),
        ("View all posts by Jane Doe", ("Jane Doe",)),
        ("Jane Doe – 3 March 2014", ("Jane Doe",)),
        ("jane", ("jane",)),
        ("Posted by Jane Doe, ann on 2014-02-20, all posts", ("Jane Doe", "ann")),
        ("Jane Doe Senior Harbour Correspondent", ("Jane Doe",)),
        ("Jane Doe ABC Executive News Editor", ("Jane Doe",)),
        ("Jane Doe Contributor", ("Jane Doe",)),
        ("JANE DOE Special envoy to the harbour", ("JANE DOE",)),
        ("By Jane Doe, ABC", ("Jane Doe",)),
        ("JANE DOE and ANN POE, AP", ("JANE DOE", "ANN POE")),
        ("Jane Doe, THE JOURNAL", ("Jane Doe",)),
        ("By Jane Doe journal.com Archive", ("Jane Doe",)),
        ("Jane Doe | Leeds", ("Jane Doe",)),
        ("JANE DOE, ANN POE", ("JANE DOE", "ANN POE")),
        ("The Journal's Editorial Writers", ()),
        ("Contact", ()),
        ("Staff Writer", ()),
        ("By the Editors", ()),
        ("jane@example.org", ()),
        ("What is a ferry?", ()),
        ("", ()),
    ],
)
def test_names(text: str, expected: tuple[str, ...]) -> None:
    assert names.people(text) == expected


# --- date, language, address, publication --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("head", "body", "expected"),
    [
        ("<meta property='article:published_time' content='2014-02-20T23:30:00-05:00'>", "", "2014-02-20"),
        (
            '<script type="application/ld+json">{"@type": "Article", "datePublished": "2014-02-20"}</script>',
            "",
            "2014-02-20",
        ),
        ("", "<time datetime='2014-02-20T10:00'>yesterday</time>", "2014-02-20"),
        ("", "<p class='entry-date'>20. Februar 2014</p>", "2014-02-20"),
        ("", "<p>February 20th, 2014</p>", "2014-02-20"),
        ("<link rel='canonical' href='https://example.org/2014/02/20/ferries/'>", "", "2014-02-20"),
        ("<link rel='canonical' href='https://example.org/2014/feb/20/ferries/'>", "", "2014-02-20"),
        ("<link rel='canonical' href='https://example.org/2014/TRAVEL/02/20/ferries/'>", "", "2014-02-20"),
        ("<link rel='canonical' href='https://example.org/2014/travel/99/20/ferries/'>", "", None),
        ("<meta name='Search.Published' content='2014-02-20'>", "", "2014-02-20"),
        ("", "<p>Jane Doe – <abbr title='2014-02-20T10:00:00Z'>an hour ago</abbr></p>", "2014-02-20"),
        ("", "<ul><li>The first ferry sailed on August 14, 1935</li></ul>", None),
        ("", "<p class='updated'>Updated 20 February 2014</p>", None),
        ("", "<p class='date'>3/4/2014</p>", None),
        ("<meta property='article:modified_time' content='2014-02-20'>", "", None),
        ("<meta name='date' content='2014-13-45'>", "", None),
    ],
)
def test_date(head: str, body: str, expected: str | None) -> None:
    found = find(f"<h1>On Ferries</h1>{body}<article>{TEXT}</article>", head)
    assert (found.date.value if found.date else None) == expected


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2014-02-21T03:30:00Z", "2014-02-20"),
        ("2014-02-21T03:30:00+00:00", "2014-02-20"),
        ("2014-02-21T03:30:00+01:00", "2014-02-21"),
        ("2014-02-22T03:30:00Z", "2014-02-22"),
        ("2014-02-21", "2014-02-21"),
    ],
)
def test_the_address_tells_the_day_of_a_moment_in_universal_time(moment: str, expected: str) -> None:
    head = f"<meta property='article:published_time' content='{moment}'>"
    found = find(TEXT, f"{head}<link rel='canonical' href='https://example.org/2014/02/20/ferries/'>")
    assert found.date
    assert found.date.value == expected


@pytest.mark.parametrize(
    ("language", "expected"), [("en-US", "2014-03-04"), ("en-GB", "2014-04-03"), ("de", "2014-04-03"), ("", "")]
)
def test_the_language_tells_day_from_month(language: str, expected: str) -> None:
    assert dates.read("3/4/2014", language) == expected


@pytest.mark.parametrize(
    ("attributes", "head", "expected"),
    [
        ("lang='en'", "<meta property='og:locale' content='en_GB'>", "en-GB"),
        ("lang='de-DE'", "<meta property='og:locale' content='en_US'>", "de-DE"),
        ("lang='zh-Hans-CN'", "", "zh-Hans-CN"),
        ("lang='my language'", "", None),
        ("", "", None),
    ],
)
def test_language(attributes: str, head: str, expected: str | None) -> None:
    found = find(TEXT, head, attributes)
    assert (found.language.value if found.language else None) == expected


def test_address_and_publication() -> None:
    found = find(
        TEXT, "<title>On Ferries - The River Post</title><link rel=canonical href='https://www.riverpost.example/a'>"
    )
    assert found.url
    assert found.url.value == "https://www.riverpost.example/a"
    relative = find(TEXT, "<link rel=canonical href='/a'>")
    assert relative.url is None
    named = find(TEXT, "<meta property='og:site_name' content='The Journal'>")
    assert named.publication
    assert named.publication.evidence == "the page's data (og:site_name)"


def test_a_site_may_be_called_after_its_author() -> None:
    head = "<title>On Ferries | Jane Doe</title><link rel=canonical href='https://janedoe.example/a'>"
    found = find(f"<h1>On Ferries</h1><article>{TEXT}</article>", f"{head}<meta name='author' content='Jane Doe'>")
    assert [each.value for each in found.authors] == ["Jane Doe"]


@pytest.mark.parametrize("head", ["", "<!DOCTYPE html>\n"])
@pytest.mark.parametrize(
    "note", ["saved from url=(0021)https://example.org/a", " Page saved with X\n url: https://example.org/a \n date: 1"]
)
def test_the_browser_notes_where_a_page_came_from(head: str, note: str) -> None:
    text = f"{head}<!-- {note} --><html><body>{TEXT}</body></html>"
    found = article.find(Page(html.document_fromstring(text, ensure_head_body=True), "utf-8"))
    assert found.url
    assert (found.url.value, found.url.evidence) == (
        "https://example.org/a",
        "the note of the browser that saved the page",
    )


SHARE = "https://www.facebook.com/sharer/sharer.php?u=https%3A%2F%2Fexample.org%2Fa%3Fp%3D1%26utm_source%3Dx"
TWEET = "https://twitter.com/intent/tweet?text=x&amp;url=https://example.org/a?p=1"


@pytest.mark.parametrize(
    ("head", "body", "expected"),
    [
        (
            '<script type="application/ld+json">{"@type": "Article", "headline": "x", '
            '"mainEntityOfPage": {"@type": "WebPage", "@id": "https://example.org/a"}}</script>',
            "",
            "https://example.org/a",
        ),
        (
            '<script type="application/ld+json">{"@type": "Article", "headline": "x", '
            '"mainEntityOfPage": "https://example.org/a"}</script>',
            "",
            "https://example.org/a",
        ),
        (
            '<script type="application/ld+json">{"@type": "Article", "headline": "x", "@id": "https://example.org/a"}'
            "</script>",
            "",
            "https://example.org/a",
        ),
        (
            '<script type="application/ld+json">{"@type": "Article", "headline": "x", "@id": "https://example.org/#a"}'
            "</script>",
            "",
            None,
        ),
        (
            "<link rel=alternate type='application/json+oembed' "
            "href='https://example.org/oembed?url=https%3A%2F%2Fexample.org%2Fa'>",
            "",
            "https://example.org/a",
        ),
        ("", f"<a href='{SHARE}'>Share</a><a href='{TWEET}'>Tweet</a>", "https://example.org/a?p=1"),
        ("", "<a href='https://twitter.com/share?url=https://example.org/'>Tweet</a>", None),
        ("", f"<a href='{SHARE}'>Share</a><a href='https://x.com/intent/post?url=https://example.org/b'>x</a>", None),
        ("", "<a href='https://twitter.com/share?url=/a'>Tweet</a><a href='https://twitter.com/share[?u'>x</a>", None),
    ],
)
def test_where_a_page_names_its_address(head: str, body: str, expected: str | None) -> None:
    found = find(f"<article>{TEXT}</article>{body}", head)
    assert (found.url.value if found.url else None) == expected


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("<link rel=alternate type='application/rss+xml' href='https://example.org/feed'>", "the link to its feed"),
        ("<link rel=amphtml href='https://example.org/a/amp'>", "the link called amphtml"),
        ("<link rel=shortlink href='https://example.org/?p=1'>", "the link called shortlink"),
        ("<link rel=shortlink href='https://wp.me/1'>", None),
        ("<link rel=alternate type='application/rss+xml' href='https://feeds.feedburner.com/x'>", None),
        ("<link rel=alternate type='application/rss+xml' href='/feed'>", None),
        ("<link rel=stylesheet href='https://cdn.example.org/a.css'>", None),
    ],
)
def test_where_a_page_names_its_site(link: str, expected: str | None) -> None:
    found = address.site(page(TEXT, link).root)
    assert (found.evidence if found else None) == expected
    assert found is None or found.value == "https://example.org/"


@pytest.mark.parametrize(
    "script", ["{", "[]", "null", '{"@type": 3}', '{"@graph": {"@graph": []}}', "<!-- {} -->", "[" * 5000]
)
def test_broken_data_says_nothing(script: str) -> None:
    found = find(TEXT, f'<script type="application/ld+json">{script}</script>')
    assert found.title is None


# --- bios ----------------------------------------------------------------------------------------------------------

LIFE = "Jane Doe lives by the river and has written two books about ferries."


@pytest.mark.parametrize(
    "box",
    [
        f"<div class='author-box'><h4>Jane Doe</h4><p>{LIFE}</p><a href='/jane'>View all posts by Jane Doe</a></div>",
        f"<section class='c-author-article'><p class='c-author-article__bio'>{LIFE}</p></section>",
        f"<h3>About the author</h3><p>{LIFE}</p>",
        f"<h3>About Jane Doe</h3><p>{LIFE}</p>",
        f"<p><em>{LIFE}</em></p>",
    ],
)
def test_bio(box: str) -> None:
    found = find(f"<article>{TEXT}{box}</article>", "<meta name='author' content='Jane Doe'>")
    assert [(each.name, [words(part) for part in each.elements]) for each in found.bios] == [("Jane Doe", [LIFE])]
    assert LIFE not in words(found.element)
    assert LIFE not in reasons(found)


def test_what_is_no_bio_stays_in_the_essay() -> None:
    found = find(f"<article>{TEXT}<p>{LIFE}</p></article>", "<meta name='author' content='Jane Doe'>")
    assert found.bios == ()
    assert LIFE in words(found.element)
    assert not bio.ABOUT.fullmatch("Something about the author of it")


# --- votes ---------------------------------------------------------------------------------------------------------


def test_a_ballot_knows_passages_and_short_lines() -> None:
    ballot = voters.Ballot(f"On Ferries\n{FERRY}\n")
    assert ballot.keeps("On ferries")
    assert ballot.keeps(f"A lost beginning. {FERRY}")
    assert not ballot.keeps("ferries")
    assert not ballot.keeps(BAKERS)
    assert not ballot.keeps("…")


def test_a_voter_that_fails_has_no_vote(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: str) -> str:
        raise RuntimeError

    monkeypatch.setattr(voters, "_trafilatura", fail)
    monkeypatch.setattr(voters, "_readability", lambda _: FERRY)
    cast = voters.ballots(page(TEXT).root, 4)
    assert [each.keeps(FERRY) for each in cast] == [True]


def test_passages_that_all_voters_take_are_told_when_they_stand_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(voters, "_trafilatura", lambda _: "\n".join((FERRY, BAKERS, HARBOUR)))
    monkeypatch.setattr(voters, "_readability", lambda _: "\n".join((FERRY, BAKERS, HARBOUR)))
    found = find(f"<section><p>{FERRY}</p></section><article>{f'<p>{BAKERS}</p>' * 30}</article>")
    assert [each.text for each in found.beside] == [FERRY]


def test_a_passage_that_stands_in_the_essay_too_is_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(voters, "_trafilatura", lambda _: "\n".join((FERRY, BAKERS)))
    monkeypatch.setattr(voters, "_readability", lambda _: "\n".join((FERRY, BAKERS)))
    found = find(f"<section><p>{FERRY}</p></section><article><p>{FERRY}</p>{f'<p>{BAKERS}</p>' * 30}</article>")
    assert found.beside == ()
