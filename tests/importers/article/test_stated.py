"""Date, language, address and publication."""

from __future__ import annotations

import pytest
from lxml import html

from importers.article.ferries import TEXT, find, page
from overprint.importers import article
from overprint.importers.article import address, dates
from overprint.importers.dom import Page


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
