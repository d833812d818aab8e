"""Words run together: the manual page’s examples, exact places, properties, and texts with nothing to mend."""

from __future__ import annotations

import json
import re
import runpy
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overprint.checks import english, joined_words, passages
from overprint.checks.joined_words import joins
from overprint.checks.prose import prose
from overprint.diagnostics import KINDS, Diagnostic, Place
from overprint.manuscript import read
from overprint.model import Essay, Manuscript, Project, Text

ROOT = Path(__file__).parents[2]
SEED = ROOT.parent / "shared" / "seed"
MANUAL = KINDS["M403"].manual


def said(body: str, language: str = "en-GB") -> tuple[Diagnostic, ...]:
    essay = Essay("a", "essays/a", "A", Text(body, Place("essay.md", 9, 1)))
    project = Project(Path(), "b", "B", language, "urn:x:1", "2025-01-01")
    return joined_words.RULES.run(passages.read(Manuscript(project, (essay,), {})))


def apart(body: str, language: str = "en-GB") -> list[str]:
    return [split for _, _, split in joins(prose(Text(body)).words, language)]


@pytest.mark.parametrize("line", re.findall(r"^Bad: (.*)$", MANUAL, re.MULTILINE))
def test_bad(line: str) -> None:
    assert said(line)


@pytest.mark.parametrize("line", re.findall(r"^Good: (.*)$", MANUAL, re.MULTILINE))
def test_good(line: str) -> None:
    assert said(line) == ()


def test_the_message_shows_both_writings() -> None:
    [found] = said("He was lookingat it.")
    assert (found.message, found.hint) == ("“lookingat” looks like two words run together", "write “looking at”")


@pytest.mark.parametrize(
    ("body", "place", "split"),
    [
        ("😀 Ünïcödé ofhow", "essay.md:9:11", "of how"),
        ("Ü\n\n> so *thatuses*", "essay.md:11:7", "that uses"),
        ("😀 (thesechild-tracking)", "essay.md:9:4", "these child"),
        ("in Japan’sRent-a-Family", "essay.md:9:4", "Japan’s Rent"),
        ("It is Ü society.And", "essay.md:9:9", "society. And"),
        ("the *film*and", "essay.md:9:6", "film and"),
        ("It is ü of[how we live](https://a.b/c)", "essay.md:9:9", "of how"),
        ("see [the film](https://a.b/c)which won", "essay.md:9:10", "film which"),
        ("so (2009),and", "essay.md:9:9", "), and"),
        ("a “film.”And", "essay.md:9:4", "film.” And"),
    ],
)
def test_the_exact_place(body: str, place: str, split: str) -> None:
    [found] = said(body)
    assert (str(found.place), found.hint) == (place, f"write “{split}”")


@pytest.mark.parametrize(
    ("joined", "split"),
    [
        ("Trilogywhich", "Trilogy which"),
        ("Frankensteinthe", "Frankenstein the"),
        ("andAdaptation", "and Adaptation"),
        ("MatrixThe", "Matrix The"),
        ("theyare", "they are"),
        ("interestedin", "interested in"),
        ("socialrevolution", "social revolution"),
        ("thatit’s", "that it’s"),
        ("didn’tknow", "didn’t know"),
        ("ofNASA", "of NASA"),
        ("one,two,three", "one, two"),
    ],
)
def test_a_join(joined: str, split: str) -> None:
    assert apart(f"We saw {joined} there.")[0] == split


@pytest.mark.parametrize(
    "body",
    [
        "nevertheless therefore someone cannot another onto herein hereafter altogether within",
        "Anderson, Theroux, Isherwood, Forster, Toby, Benjamin and Augustine; Goethe and Hamlet.",
        "McDonald, DiCaprio, van Gogh, vanGogh, eBay, macOS, iPad, JavaScript, LaTeX, kHz and mRNA.",
        "U.S.A., Ph.D., e.g. this; J.R.R. Tolkien; ASP.NET; 10:30pm; 1,000; (s)he; f(x).",
        "[t]he bee[s], un*believ*able, [Google](https://a.b/c)’s, word[^1].\n\n[^1]: A.",
        "They’re laughin’ and thinkin’; the dogs’ bowls; o’clock; rock’n’roll; “it’s”.",
        "`thatuses` and https://example.org/thatuses?a,b and thatuses@example.org.",
        "Wait...What? Er…no. One—two. And/or. AT&T;x",
        "Orwellis spoke. Orwellis wrote.",
        "a dreamlike codebase, a smartphone and a livestream",
    ],
)
def test_nothing_to_mend(body: str) -> None:
    assert apart(body) == []


@pytest.mark.parametrize(
    ("body", "language", "splits"),
    [
        ("Er kam und ging.Dann lief er,ohne Hut.", "de", ["ging. Dann", "er, ohne"]),
        ("Sie kam und fand undAdaptation gut.", "de", ["und Adaptation"]),
        ("Die LeserInnen, die Leser:innen und thatuses.", "de", []),
        ("i miei iPhone e i loro; étudiant.e.s; ό,τι", "it", []),
        ("Na Gaeil, nGael; an bhFuil; na naGaeil", "ga", []),
        ("好,不。他说.我", "zh", []),
    ],
)
def test_other_languages_are_told_by_signs_and_capitals(body: str, language: str, splits: list[str]) -> None:
    assert apart(body, language) == splits


LITTLE = st.sampled_from(sorted(word for word in english.LITTLE if len(word) > 2))
LETTERS = st.text("abcdefghijklmnopqrstuvwxyzéÜ’-*[] .,;:!?”()A\n\ufffc😀", max_size=60)


@given(LETTERS, st.sampled_from(["en", "de"]))
def test_a_suggestion_only_adds_a_space_at_the_place(words: str, language: str) -> None:
    for offset, word, split in joins(words, language):
        assert split.count(" ") == 1
        assert split.replace(" ", "") == word
        assert words[offset] == word[0]
        assert re.sub("[*\\[\\]\ufffc]", "", words[offset:]).startswith(word)


@given(LITTLE, st.sampled_from(sorted(english.lexicon().common)), st.text("Üé😀 \n", max_size=9))
def test_a_little_word_before_a_common_one_is_found_unless_both_make_a_word(first: str, last: str, before: str) -> None:
    word = first + last
    found = [(offset, found) for offset, found, _ in joins(f"{before} {word}", "en")]
    if english.has(word) or word in english.lexicon().whole:
        assert found == []
    elif len(last) > 3:
        assert found == [(len(before) + 1, word)]


@given(st.sampled_from(sorted(english.lexicon().known | english.lexicon().whole)))
def test_a_word_of_the_lexicon_is_one_word(word: str) -> None:
    assert list(joins(word, "en")) == []
    assert list(joins(word.capitalize(), "en")) == []


@pytest.mark.parametrize("unit", ["ofhow", "ofhow ", "a,b.C", "*a", "[a", "a’s", "thatUses.And ", "the\ufffc]"])
def test_a_long_text_is_read_to_its_end(unit: str) -> None:
    assert all(word for _, word, _ in joins(unit * 20_000, "en"))


def test_a_rule_stops_at_fifty_in_an_essay() -> None:
    assert len(said("ofhow " * 60)) == 50


@pytest.mark.parametrize("root", [ROOT, Path(joined_words.__file__).parents[1] / "starter"])
def test_the_example_and_the_starter_have_nothing_to_mend(root: Path) -> None:
    assert joined_words.RULES.run(passages.read(read.manuscript(root).value)) == ()


@pytest.mark.skipif(not SEED.is_dir(), reason="the seed essay is not here")
def test_every_join_of_the_seed_essay_is_found_and_nothing_else() -> None:
    words = (SEED / "her.txt").read_text("utf-8")
    gold = json.loads((SEED / "her.gold.json").read_text("utf-8"))["joins"]
    found = [(offset, offset + split.index(" ")) for offset, _, split in joins(words, "en-AU")]
    assert found == [(join["offset"], join["split_at"]) for join in gold]


def test_the_words_are_made_from_lists(tmp_path: Path) -> None:
    for name, words in {
        "english-words.10": "the child's book uses film",
        "british-words.35": "trilogy",
        "variant_2-words.10": "boook",
        "english-proper-names.50": "Jonze",
        "english-words.95": "thebook bookfilm",
    }.items():
        (tmp_path / name).write_text("\n".join(words.split()), "latin-1")
    made = runpy.run_path(str(ROOT / "scripts" / "english_words.py"))["build"](tmp_path)
    assert made.common == {"the", "book", "uses", "film"}
    assert made.known == made.common | english.LITTLE | {"trilogy"}
    assert made.names == {"Jonze"}
    assert "thebook" in made.whole
    assert "bookfilm" not in made.whole
    assert (made.cut("thefilm"), replace(made, whole=frozenset()).cut("thebook"), made.cut("thebook")) == (3, 3, 0)
