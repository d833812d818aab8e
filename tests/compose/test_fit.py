"""Words of a cover are as large as there is room for, whatever they are."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
import uharfbuzz
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from overprint import checks
from overprint.compose import cascade, theme
from overprint.compose.fit import SMALLEST, Typeface, fill, sizes
from overprint.model import Fit, Project

LEGIBLE = 22
KNOWN = (Path(checks.__file__).parent / "words/english.txt").read_text("utf-8").split()
WORDS = [word for word in KNOWN if len(word) <= 14] + ["Größe", "Übermütige", "l’été", "Ärger:", "WWW", "Surfboard"]
TITLES = st.lists(st.sampled_from(WORDS), min_size=1, max_size=30).map(
    lambda words: " ".join(words).capitalize()[:120].strip()
)


@cache
def fits(name: str) -> dict[str, Fit]:
    project = Project(Path("/nowhere"), "book", "Book", "en-GB", "", "2025", theme=name)
    return dict(cascade.look(project).value.setting.cover)


@cache
def font(path: Path) -> uharfbuzz.Font:
    return uharfbuzz.Font(uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(path))))


def shaped(words: str, fit: Fit, size: float) -> float:
    """Return how wide the page shows words, kerning and all, in points."""
    buffer = uharfbuzz.Buffer()
    buffer.add_str(words)
    buffer.guess_segment_properties()
    uharfbuzz.shape(font(fit.face), buffer)
    advance = sum(each.x_advance for each in buffer.glyph_positions) / font(fit.face).face.upem
    return float(size * (advance + fit.tracking * len(words)))


def filled(fit: Fit, *titles: str) -> tuple[float, list[list[str]]]:
    """Return the size of some titles, each a fragment, and their lines."""
    elements = [etree.fromstring(f"<p>{title}</p>") for title in titles]
    size = fill(elements, Typeface(fit))
    for each in elements:
        for end in each.iter("br"):
            end.tail = f"|{end.tail or ''}"
    return size, ["".join(str(part) for part in each.itertext()).split("|") for each in elements]


@pytest.mark.parametrize("name", theme.ours())
@given(title=TITLES)
def test_titles_fit_whatever_they_are(name: str, title: str) -> None:
    fit = fits(name)["cover-title"]
    size, [lines] = filled(fit, title)
    assert "".join(lines) == title
    assert all(line.endswith(" ") for line in lines[:-1])
    assert all(shaped(line.strip(), fit, size) <= fit.width for line in lines)
    assert len(lines) <= dict(sizes(fit))[size]
    assert size >= LEGIBLE


@pytest.mark.parametrize("name", theme.ours())
def test_short_titles_are_large_and_end_no_line_in_a_word_that_leans(name: str) -> None:
    fit = fits(name)["cover-title"]
    assert filled(fit, "Her") == (fit.steps[0][0], [["Her"]])
    assert filled(fit, "The Light in the Booth")[1] == [["The Light ", "in the Booth"]]


def test_the_authors_stand_in_letters_of_one_size() -> None:
    fit = fits("octavo")["cover-author"]
    alone = [filled(fit, name)[0] for name in ("Ada Quill", "Bartholomew Featherstonehaugh")]
    size, lines = filled(fit, "Ada Quill", "Bartholomew Featherstonehaugh")
    assert lines == [["Ada Quill"], ["Bartholomew Featherstonehaugh"]]
    assert size <= min(alone) < max(alone)


def test_a_name_becomes_smaller_before_it_is_parted() -> None:
    fit = fits("octavo")["cover-author"]
    assert filled(fit, "Jörg Müller-Lüdenscheidt")[1] == [["Jörg Müller-Lüdenscheidt"]]
    assert len(filled(fit, "Wolfeschlegelsteinhausenbergerdorff the Younger")[1][0]) == 2


def test_compounds_are_parted_at_their_hyphens_where_it_helps_much() -> None:
    fit = fits("octavo")["cover-title"]
    assert filled(fit, "Self-Reliance")[1] == [["Self-Reliance"]]
    assert filled(fit, "Donaudampfschifffahrts-Gesellschaftskapitäns-Mütze")[1] == [
        ["Donaudampfschifffahrts-", "Gesellschaftskapitäns-", "Mütze"]
    ]


def test_scripts_without_spaces_are_broken_between_signs() -> None:
    size, [lines] = filled(fits("octavo")["cover-title"], "影の礼賛について、あるいは静けさの午後")
    assert len(lines) > 1
    assert not any(line.startswith(("、", "。")) for line in lines)
    assert max(map(len, lines)) * size <= fits("octavo")["cover-title"].width


def test_titles_of_works_keep_their_markup() -> None:
    title = etree.fromstring("<h1>Long After <em>Being John Malkovich</em> and <em>Her</em></h1>")
    fill([title], Typeface(fits("octavo")["cover-title"]))
    assert [each.tag for each in title.iter("em", "br")].count("em") == 2
    assert "".join(str(part) for part in title.itertext()) == "Long After Being John Malkovich and Her"


def test_what_has_no_room_is_told_and_still_small_enough_to_break() -> None:
    fit = fits("octavo")["cover-title"]
    word = etree.fromstring(f"<p>{'m' * 120}</p>")
    assert fill([word], Typeface(fit)) == 0
    style = word.get("style") or ""
    assert f"font-size: {SMALLEST:g}pt" in style
    assert "overflow-wrap: anywhere" in style
