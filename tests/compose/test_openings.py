from __future__ import annotations

import pytest
from lxml import etree

from overprint import typefaces
from overprint.compose.openings import dress, marked, opened
from overprint.model import Measure, Setting

LONG = "Bees are busy all day, and " + "they do not tire of it in the least. " * 10


@pytest.fixture(scope="module")
def setting() -> Setting:
    face = next(each.path for each in typefaces.faces("EB Garamond") if each.style == "normal")
    return Setting(dropcap=3, cap=face, lead_in=True, text=Measure(face, 11.5, 288))


def printed(html: str, setting: Setting, around: str = "text") -> str:
    part = etree.fromstring(f'<div class="{around}">{html}</div>')
    dress(part, setting)
    return "".join(etree.tostring(each, encoding="unicode", with_tail=False) for each in part)


def words_of(html: str) -> str:
    return etree.tostring(etree.fromstring(html), encoding="unicode", method="text")


@pytest.mark.parametrize(
    ("words", "lead"),
    [
        ("When the swarm left, it did not go far", "When the swarm left,"),
        ("The first job I was trusted to run on my own", "The first job"),
        ("Governments overprint when they are in a hurry.", "Governments overprint when"),
        ("It was late.", ""),
        ("Donaudampfschifffahrtsgesellschaften und Rindfleischetikettierung sind lang", ""),
        ("Bees &amp; wasps and all their kin fly", ""),
        ("Two bees and <em>three</em> wasps were here", ""),
        ("Two bees and then <em>three</em> wasps", "Two bees and"),
        ("‘Nobody,’ said the inspector, ‘has been here.’", "‘Nobody,’ said the inspector,"),
    ],
)
def test_a_lead_in_ends_with_a_phrase_and_never_crosses_markup(words: str, lead: str) -> None:
    made = opened(f"<p>{words}</p>", lead_in=True)
    assert made.partition('<span class="lead-in">')[2].partition("</span>")[0] == lead
    assert words_of(made) == words_of(f"<p>{words}</p>")


@pytest.mark.parametrize(
    "before",
    [
        "<blockquote>\n<p>An epigraph.</p>\n</blockquote>\n",
        '<figure>\n<img src="../a.svg" alt=""/>\n</figure>\n',
        '<h2 id="bees-honey">Honey</h2>\n',
    ],
)
def test_what_stands_before_the_first_paragraph_is_passed_over(before: str) -> None:
    made = opened(f"{before}<p>Bees are busy.</p>\n<p>So it goes.</p>", lead_in=False)
    assert made == f'{before}<p class="opening initial">Bees are busy.</p>\n<p>So it goes.</p>'


def test_a_text_that_opens_with_a_list_has_no_opening() -> None:
    html = "<ul>\n<li>one</li>\n</ul>\n<p>Bees are busy all day and night.</p>"
    assert opened(html, lead_in=True) == html


def test_the_drop_cap_stands_before_the_rest_of_its_word(setting: Setting) -> None:
    made = printed(opened(f"<p>{LONG}</p>", lead_in=True), setting)
    assert '>B</span><span class="lead-in">ees are busy all day,</span> and they' in made
    assert '<span class="dropcap" style="margin-left:-0.0' in made


def test_a_word_of_one_letter_keeps_its_space(setting: Setting) -> None:
    made = printed(opened(f"<p>A bee does not sleep, {LONG}</p>", lead_in=True), setting)
    assert '>A</span> <span class="lead-in">bee does not sleep,</span>' in made
    assert '<span class="dropcap whole"' in made


@pytest.mark.parametrize("start", ["‘", "1984 ", "é", "<em>Her</em> "])
def test_only_a_capital_in_the_text_itself_is_dropped(start: str, setting: Setting) -> None:
    assert "dropcap" not in printed(opened(f"<p>{start}{LONG}</p>", lead_in=True), setting)


def test_a_short_paragraph_has_no_drop_cap(setting: Setting) -> None:
    assert "dropcap" not in printed(opened("<p>Wax remembers, or so it is said.</p>", lead_in=True), setting)


def test_a_theme_may_want_none(setting: Setting) -> None:
    assert "dropcap" not in printed(opened(f"<p>{LONG}</p>", lead_in=False), Setting(text=setting.text))


@pytest.mark.parametrize(("mark", "name"), [("‘", "hang-single"), ("“", "hang-double"), ("„", "hang-double")])
def test_quotes_hang_at_the_start_of_running_text(mark: str, name: str, setting: Setting) -> None:
    assert f'<p class="{name}">' in printed(f"<p><em>{mark}Nobody</em> said so.</p>", setting)
    assert "hang" not in printed(f"<p>{mark}Nobody said so.</p>", setting, around="copyright-page")
    assert "hang" not in printed(f'<p class="attribution">{mark}On Bees’</p>', setting)


def test_verse_is_told_from_prose() -> None:
    line = "<p>So work the <em>honey-bees</em>,<br/>\nCreatures</p>"
    assert '<p class="verse"><span>So work the <em>honey-bees</em>,</span><br/>\n<span>Creatures</span></p>' in marked(
        f"<blockquote>\n{line}\n</blockquote>"
    )
    assert marked(line) == line


def test_emphasis_over_several_lines_of_verse_stays_whole() -> None:
    made = marked("<blockquote>\n<p><em>So work<br/>\nthe bees</em></p>\n</blockquote>")
    assert '<p class="verse"><em>So work<br/>\nthe bees</em></p>' in made


def test_cuts_are_marked_in_text_and_never_in_attributes() -> None:
    html = '<p><em>one […] two</em> <img alt="three […] four" src="../a.svg"/></p>'
    assert marked(html) == html.replace("one […]", 'one <span class="cut">[…]</span>')


def test_who_is_quoted_is_told_from_where() -> None:
    made = marked('<blockquote>\n<p class="attribution">Hester Quaile, <em>The Printer</em>, p. 61</p>\n</blockquote>')
    assert '<span class="writer">Hester Quaile</span>, <em>The Printer</em>, p. 61' in made
    named = '<p class="attribution"><em>Harleian MS</em>, c. 1300</p>'
    assert marked(named) == named


def test_a_text_too_short_for_two_columns_has_no_drop_cap(setting: Setting) -> None:
    short = "Bees are busy all day, and they do not tire of it. " * 4
    assert "dropcap" not in printed(opened(f"<p>{short}</p>", lead_in=True), setting)
    assert "dropcap" in printed(opened(f"<p>{short}</p>\n<p>{short}</p>", lead_in=True), setting)
