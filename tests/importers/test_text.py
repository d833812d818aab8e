from __future__ import annotations

import json
import re
import time
from collections import Counter

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from importers.scrapes import ALSO, LONG, SEED, codes, essay, read, shown, source
from overprint import importers
from overprint.diagnostics import Stop
from overprint.importers import text as reader
from overprint.importers.text_paragraphs import escape, heading, paragraphs
from overprint.importers.text_phrases import boilerplate, is_name, iso
from overprint.model import Imported

# --- paragraphs and Markdown ---------------------------------------------------------------------------------------


def test_paragraphs_stand_between_blank_lines_and_lines_are_joined() -> None:
    assert essay(LONG, "one\n  two\r\nthree").body.split("\n\n")[1:] == ["one two three"]


@pytest.mark.parametrize(
    ("plain", "markdown"),
    [
        ("it’s a “plain” line – with 'quotes', (brackets) & dots...", None),
        ("5 * 3 and a_b", r"5 \* 3 and a\_b"),
        ("[note] `code` <tag> back\\slash", r"\[note\] \`code\` \<tag> back\\slash"),
        ("# no heading", r"\# no heading"),
        ("#hashtag", None),
        ("> no quotation", r"\> no quotation"),
        ("a > b", None),
        ("- no item", r"\- no item"),
        ("+ no item", r"\+ no item"),
        ("-5 degrees", None),
        ("1. no item", r"1\. no item"),
        ("2014) no item", r"2014\) no item"),
        ("1.5 metres", None),
        ("--- no rule", r"\--- no rule"),
        ("::: no box", r"\::: no box"),
        ("&amp; and AT&T; and R&D", r"\&amp; and AT\&T; and R&D"),
        ("~~~ no code", r"\~\~\~ no code"),
        ("~~kept~~ ~ kept", r"\~\~kept\~\~ ~ kept"),
    ],
)
def test_escaping_is_needed_and_enough(plain: str, markdown: str | None) -> None:
    assert escape(plain) == (markdown or plain)
    assert shown(escape(plain)).strip() == plain


MARKS = st.text(alphabet="ab1 .)*_`[]()<>\\#+-=~&;:!|{}^$\"'/\u00a0é", min_size=1, max_size=30)


@given(MARKS)
@example("#")
@example("~~~")
def test_any_line_reads_back(line: str) -> None:
    plain = " ".join(line.split(" ")).strip()
    if plain:
        assert shown(escape(plain)).split() == plain.split()
        assert shown(heading(plain)).split() == plain.split()


# --- head ----------------------------------------------------------------------------------------------------------


def test_title_and_byline() -> None:
    made = read("Crossing at six", "By Ada Quill, 20 February 2014", LONG, ALSO)
    found = made.value[0]
    assert (found.title, found.authors, found.date) == ("Crossing at six", ("Ada Quill",), "2014-02-20")
    assert found.body.startswith("The ferry")
    assert [(each.reason, each.line) for each in found.dropped] == [("byline", 3)]
    assert "I021" not in codes(made)


def test_head_without_blank_lines() -> None:
    found = essay("Crossing at six\nBy Ada Quill and Ben Rook\n3 March 2014", LONG)
    assert (found.title, found.authors, found.date) == ("Crossing at six", ("Ada Quill", "Ben Rook"), "2014-03-03")
    assert found.body == LONG


def test_published_line() -> None:
    assert essay("Crossing at six", "Published on March 3rd, 2014", LONG).date == "2014-03-03"


def test_title_is_told_as_a_hint_and_never_invented() -> None:
    made = read("Crossing at six", LONG)
    assert made.value[0].title == "Crossing at six"
    assert [each.place.line for each in made.diagnostics if each.code == "I022"] == [1]
    made = read(LONG, ALSO)
    assert made.value[0].title is None
    assert "I021" in codes(made)


@pytest.mark.parametrize("first", ["It was six.", "1. First things", "and so we went", "Six o’clock,"])
def test_first_line_that_is_no_title_stays(first: str) -> None:
    found = essay(first, LONG)
    assert found.title is None
    assert shown(found.body).startswith(first[:5])


@pytest.mark.parametrize(
    "line", ["By the river", "By and by", "By six, we were gone", "By Ada Quill, 31 February 2014"]
)
def test_line_that_is_no_byline_stays(line: str) -> None:
    found = essay("Crossing at six", line, LONG)
    assert found.authors == ()
    assert line in found.body


@pytest.mark.parametrize(
    ("text", "date"),
    [("3 March 2014", "2014-03-03"), ("Sept 1st, 2020 at 5:05 pm", "2020-09-01"), ("2014-02-30", None)],
)
def test_dates(text: str, date: str | None) -> None:
    assert iso(text) == date


@pytest.mark.parametrize(
    ("text", "yes"),
    [("Ada Quill", True), ("Ludwig van Rook", True), ("Ada", False), ("Ada Quill.", False), ("we went Home", False)],
)
def test_names(text: str, yes: bool) -> None:
    assert is_name(text) is yes


# --- headings ------------------------------------------------------------------------------------------------------


def test_numbered_headings() -> None:
    found = essay(LONG, "1. The river", ALSO, "2. The lamps", LONG)
    assert re.findall(r"^## .*$", found.body, re.M) == ["## 1. The river", "## 2. The lamps"]


@pytest.mark.parametrize(
    "blocks",
    [
        ("1. The river", "2. The lamps", LONG),
        ("1. The river", LONG),
        ("1. The river.", LONG, "2. The lamps.", ALSO),
        ("2. The river", LONG, "3. The lamps", ALSO),
        ("  1. The river", LONG, "  2. The lamps", ALSO),
    ],
)
def test_numbers_that_are_no_headings(blocks: tuple[str, ...]) -> None:
    found = essay(ALSO, *blocks)
    assert "##" not in found.body
    assert r"\. The river" in found.body


def test_scene_break() -> None:
    assert essay(LONG, "* * *", ALSO).body.split("\n\n")[1] == "***"


# --- ending --------------------------------------------------------------------------------------------------------


def test_bio_gives_the_author_and_offers_its_link() -> None:
    made = read(LONG, ALSO, "Ada Quill", "Ada bakes bread in Hobart. She’s at ada_quill.example.org and adaquill.com.")
    found = made.value[0]
    assert found.authors == ("Ada Quill",)
    assert found.bios[0].name == "Ada Quill"
    assert found.bios[0].text.endswith("and [adaquill.com](http://adaquill.com).")
    link = next(each for each in made.diagnostics if each.code == "I026" and "adaquill.com" in each.message)
    assert (link.place.line, link.place.column) == (7, 63)
    assert "Ada" not in found.body


@pytest.mark.parametrize(
    "blocks",
    [("The Return", "He walked home."), ("Ada Quill", "Nobody was there."), ("THE END", "She is gone.")],
)
def test_last_section_is_no_bio(blocks: tuple[str, str]) -> None:
    found = essay(LONG, *blocks)
    assert found.bios == ()
    assert found.body.endswith("\n\n".join(blocks))


def test_portraits_are_no_bios() -> None:
    found = essay(LONG, "Ada Quill", "Ada bakes.", "Ben Rook", "Ben rows.")
    assert (found.bios, found.authors) == ((), ())


def test_bio_of_the_byline_without_a_name_line() -> None:
    found = essay("Six", "By Ada Quill", LONG, "Ada Quill bakes bread in Hobart.")
    assert found.bios[0].text == "Ada Quill bakes bread in Hobart."


def test_house_words_name_the_publication_and_are_dropped() -> None:
    found = essay(
        LONG,
        "Ada Quill",
        "Ada bakes.",
        "More by Ada Quill »",
        "Tideline is an independent journal of rivers and those who live by them.",
        "Subscribe to our newsletter",
    )
    assert found.publication == "Tideline"
    assert [each.reason for each in found.dropped] == ["site navigation", "house boilerplate", "house boilerplate"]


def test_house_words_alone_do_not_end_an_essay() -> None:
    found = essay(LONG, "Tideline is an independent journal of rivers, and I wrote for it once.")
    assert "Tideline" in found.body
    assert found.dropped == ()


def test_more_by_gives_or_doubts_the_author() -> None:
    assert essay(LONG, "More by Ada Quill ›").authors == ("Ada Quill",)
    assert "I025" in codes(read("Six", "By Ben Rook", LONG, "More by Ada Quill ›"))


def test_nothing_inside_the_essay_is_dropped() -> None:
    found = essay(LONG, "Leave a comment", "Back to top", ALSO)
    assert found.dropped == ()
    assert "Leave a comment" in found.body


def test_no_essay() -> None:
    with pytest.raises(Stop) as caught:
        read("1234", "* * *")
    assert caught.value.diagnostics[0].code == "I020"


# --- language ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "below", "tag"),
    [
        ("The colour of the harbour.", (), "en-GB"),
        ("The color of the harbor.", (), "en-US"),
        ("The color of the harbour.", (), None),
        ("An organization and some improvisation.", (), None),
        ("The colour.", ("More by Ada Quill", "Meanjin is a literary magazine."), "en-AU"),
        ("The colour.", ("More by Ada Quill", "Tideline is a New Zealand journal."), "en-NZ"),
        ("Der Fluss schläft noch.", (), None),
    ],
)
def test_language(words: str, below: tuple[str, ...], tag: str | None) -> None:
    made = read(LONG, words, *below)
    assert made.value[0].language == tag
    assert ("I027" in codes(made)) is (tag is not None)


# --- no word is lost -----------------------------------------------------------------------------------------------

WORD = st.text(alphabet="abcXYZé*_#<&[\\’1.-", min_size=1, max_size=8)
BLOCKS = st.one_of(
    st.lists(WORD, min_size=1, max_size=30).map(" ".join),
    st.sampled_from(
        [
            LONG,
            "By Ada Quill, 3 March 2014",
            "Ada Quill",
            "Ada bakes at adaquill.com now.",
            "1. The river",
            "2. The lamps",
            "  1. I agree.",
            "  2. Jane says:\n    Nothing.",
            "Tom on 4 March 2014\nWater.",
            "3 comments",
            "Discussion",
            "Contribute to the conversation",
            "Leave a Reply",
            "Reply",
            "More by Ada Quill ›",
            "Tideline is a small magazine.",
            "© 2014 Tideline",
        ]
    ),
)


def tokens(text: str) -> Counter[str]:
    return Counter(word for word in text.split() if any(letter.isalnum() for letter in word))


def kept(found: Imported) -> Counter[str]:
    texts = [found.title or "", shown(found.body), *(each.text for each in found.dropped)]
    for bio in found.bios:
        known = any(shown(bio.text).startswith(f"{name} ") for name in found.authors)
        texts += ["" if known else bio.name, shown(bio.text)]
    for comment in found.comments:
        texts += [f"{comment.number}." if comment.id else "", shown(comment.body)]
    return sum((tokens(each) for each in texts), Counter())


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(BLOCKS, min_size=1, max_size=12))
def test_no_word_is_lost_and_none_is_added(blocks: list[str]) -> None:
    text = "\n\n".join(blocks)
    try:
        found = essay(text)
    except Stop as stop:
        assert stop.diagnostics[0].code == "I020"  # noqa: PT017 - the property holds for what is read
        return
    assert kept(found) == tokens(text)


@given(st.lists(BLOCKS, min_size=1, max_size=12))
def test_places_are_inside_the_file(blocks: list[str]) -> None:
    text = "\n\n".join(blocks)
    lines = text.split("\n")
    try:
        made = read(text)
    except Stop:
        return
    for each in made.diagnostics:
        assert 1 <= each.place.line <= len(lines)
        assert 1 <= each.place.column <= len(lines[each.place.line - 1]) + 1


def test_control_character_is_told_with_its_place() -> None:
    made = read(LONG, "a stray\x07 bell")
    told = next(each for each in made.diagnostics if each.code == "I029")
    assert (told.place.line, told.place.column) == (3, 8)
    assert "U+0007" in told.message


# --- speed ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        f"{LONG}\n\n" * 30_000,
        "word " * 1_000_000,
        "a" * 5_000_000,
        LONG + "\n\n" + "Leave a comment\n\n" * 20_000 + LONG,
        LONG + "\n\nComments\n\n" + "  1. one\n\nHi Jane, you\n\n" * 20_000,
        LONG + "\n\n2 comments\n\n" + "\n\n".join(f"  {number}. Hi Jane, sourdough" for number in range(1, 5_000)),
        "* _ [ < & a " * 200_000,
    ],
    ids=["paragraphs", "one paragraph", "one word", "labels", "comment", "comments", "marks"],
)
def test_five_megabytes_take_seconds(text: str) -> None:
    begun = time.process_time()
    reader.read(source(text))
    assert time.process_time() - begun < 10


@pytest.mark.parametrize(
    "text", ["By " + "a " * 80, "is a " * 80, "x-" * 200, "subscribe and " * 28, "if you like this essay " * 17]
)
def test_patterns_do_not_backtrack(text: str) -> None:
    begun = time.process_time()
    for _ in range(50):
        boilerplate(text[:400])
        essay(text, LONG)
    assert time.process_time() - begun < 2


# --- the seed ------------------------------------------------------------------------------------------------------


@pytest.mark.skipif(not SEED.is_dir(), reason="the shared seed is not here")
def test_seed_equals_its_gold() -> None:
    gold = json.loads((SEED / "her.gold.json").read_text(encoding="utf-8"))
    made = importers.read(SEED / "her.txt")
    found = made.value[0]
    want = gold["essay"]
    blocks = found.body.split("\n\n")
    for block, told in zip(blocks, want["blocks"], strict=True):
        number = f"{told['number']}. " if told["type"] == "heading" else ""
        assert shown(block).strip() == number + told["text"]
        assert block.startswith("## ") is (told["type"] == "heading")
    assert (found.title, found.date, found.url) == (None, None, None)
    assert found.authors == (want["author"],)
    assert (found.publication, found.language) == (want["publication"], want["lang"])
    assert [bio.name for bio in found.bios] == [want["author"]]
    assert "[markriboldi.com](http://markriboldi.com)" in found.bios[0].text
    assert [shown(each.body).split("\n") for each in found.comments] == [
        [*each["paragraphs"], ""] for each in gold["comments"]
    ]
    assert [(each.author, each.date, each.reply_to) for each in found.comments] == [(None, None, ())] * 3
    assert [(each.line, each.text) for each in found.dropped] == [
        (each["line"], each["text"]) for each in gold["boilerplate_dropped"]
    ]
    assert all(
        told["why"].startswith(each.reason)
        for each, told in zip(found.dropped, gold["boilerplate_dropped"], strict=True)
    )
    said = " ".join(each.message for each in made.diagnostics)
    for comment in gold["comments"]:
        assert comment["author_suggested"] in said
    assert "I021" in codes(made)


def test_paragraphs_know_their_place() -> None:
    found = paragraphs("one\n\n\t two\nthree")[1]
    assert (found.line, found.column, found.indent) == (3, 3, 5)
    assert found.at(4) == (4, 1)
