"""Where the essay stands in a page, and what is left out of it."""

from __future__ import annotations

import pytest
from lxml import html

from importers.article.ferries import BAKERS, FERRY, HARBOUR, TEXT, find, page, reasons
from overprint.importers import article
from overprint.importers.article import marks, voters
from overprint.importers.article.blocks import blocks, words


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
