from __future__ import annotations

import re
from pathlib import Path

import pytest
from tinyhtml5 import parse as html5

import books
from overprint import pipeline
from overprint.compose import compose, sheaf
from overprint.compose.printing import bare, short
from overprint.model import Composed


@pytest.fixture
def composed(tmp_path: Path) -> Composed:
    manuscript, book = pipeline.validate(books.write(tmp_path)).value
    return compose(book, manuscript.project).value


def test_notes_stand_at_their_calls(composed: Composed) -> None:
    html = sheaf(composed).document
    assert re.search(
        r'says so\.<span class="footnote" id="bees-note-1"><span class="note-opening">Not all of them\.', html
    )
    assert "doc-backlink" not in html
    assert 'class="notes"' not in html


def test_blocks_of_a_note_stay_in_it(tmp_path: Path) -> None:
    table = "    | four | five |\n    | --- | --- |\n    | six | seven |\n\n"
    note = f"[^list]: Said:\n\n    - one\n    - two\n\n    > three\n\n{table}    eight\n"
    essay = books.text("essay").replace("It is sweet.", "It is sweet.[^list]") + f"\n\n{note}"
    manuscript, book = pipeline.validate(books.write(tmp_path, essay=essay)).value
    read = html5(sheaf(compose(book, manuscript.project).value).document, namespace_html_elements=False)
    (held,) = [each for each in read.iter("span") if "Said:" in (each.findtext("span") or "")]
    assert held.get("class") == "footnote"
    assert " ".join(held.itertext()).split() == "Said: one two three four five six seven eight".split()


def test_links_get_their_address_as_a_note(composed: Composed) -> None:
    html = sheaf(composed).document
    assert (
        '<a href="https://example.org/bees">a page</a><span class="footnote address">example.org/<wbr>bees</span>'
        in html
    )


def test_an_address_is_noted_once_an_essay(tmp_path: Path) -> None:
    link = "[one](https://example.org/a) and [two](https://example.org/a), [example.org/a](https://example.org/a)"
    essay = books.text("essay").replace("It is sweet.", link)
    manuscript, book = pipeline.validate(books.write(tmp_path, essay=essay)).value
    assert sheaf(compose(book, manuscript.project).value).document.count("example.org/<wbr>a</span>") == 1


def test_links_between_chapters_point_inside_the_document(composed: Composed) -> None:
    html = sheaf(composed).document
    hrefs = set(re.findall(r'href="#([^"]+)"', html))
    assert hrefs <= set(re.findall(r'id="([^"]+)"', html))
    assert ".xhtml" not in html


def test_only_chosen_comments_and_no_marmalade(composed: Composed) -> None:
    html = sheaf(composed).document
    assert "I keep wasps." in html
    assert "marmalade" not in html


def test_the_head_tells_the_pdf_what_it_is(composed: Composed) -> None:
    html = sheaf(composed).document
    assert '<html lang="en-GB">' in html
    assert "<title>Small Book</title>" in html
    assert '<meta name="dcterms.modified" content="2025-03-14T00:00:00Z">' in html


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://www.example.org/", "example.org"),
        ("http://example.org/a?utm_source=x#top", "example.org/a"),
        ("https://example.org/" + "a/" * 40 + "end", "example.org/…/end"),
    ],
)
def test_addresses_are_short(url: str, shown: str) -> None:
    assert short(url) == shown
    assert bare(url) == bare(bare(url))


def test_long_titles_are_broken_evenly_and_only_in_print(tmp_path: Path) -> None:
    title = "On Bees, Weather and the Habit of Counting Twice"
    essay = books.text("essay").replace("On Bees", f'"{title}"')
    manuscript, book = pipeline.validate(books.write(tmp_path, essay=essay)).value
    made = compose(book, manuscript.project).value
    heading = re.search(r"<h1 class=\"[^>]*essay-title[^>]*>(.*?)</h1>", sheaf(made).document)
    assert heading is not None
    assert heading[1].count("<br>") == 1
    assert heading[1].replace("<br>", "") == title
    assert all("<br" not in chapter.html for chapter in made.chapters)


def test_the_call_of_a_note_stands_behind_the_stop(tmp_path: Path) -> None:
    link = "It is [sweet](https://example.org/a). [Her](https://example.org/b)’s end, ‘or [so](https://example.org/c),’"
    essay = books.text("essay").replace("It is sweet.", link)
    manuscript, book = pipeline.validate(books.write(tmp_path, essay=essay)).value
    html = sheaf(compose(book, manuscript.project).value).document
    assert 'sweet</a>.<span class="footnote' in html
    assert 'Her</a><span class="footnote' in html
    assert 'so</a>,’<span class="footnote' in html


def test_a_list_begins_with_its_own_number(tmp_path: Path) -> None:
    essay = (
        books.text("essay").replace("It is sweet.", "It is sweet.[^n]\n\n5. five\n6. six")
        + "\n[^n]: Of\n\n    7. seven\n"
    )
    manuscript, book = pipeline.validate(books.write(tmp_path, essay=essay)).value
    html = sheaf(compose(book, manuscript.project).value).document
    assert '<ol start="5" style="counter-reset: list-item 4">' in html
    assert 'start="7" style="counter-reset: list-item 6" class="note-ol"' in html
