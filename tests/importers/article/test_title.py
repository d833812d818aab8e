"""Titles and subtitles."""

from __future__ import annotations

import pytest

from importers.article.ferries import TEXT, find
from overprint.importers.article.blocks import words


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
