"""Profiles: dated facts with sources, strict keys, and nothing guessed."""

from __future__ import annotations

from pathlib import Path

import pytest

from overprint import pipeline
from overprint.diagnostics import Diagnostic, Place, Stop
from overprint.press import profile
from overprint.press.profile import Bleed, Profile

NAMED = Place("book.yaml", 3, 10)


def own(root: Path, text: str, name: str = "mine") -> Profile:
    (root / "profiles").mkdir(exist_ok=True)
    (root / f"profiles/{name}.yaml").write_text(text, "utf-8")
    return profile.find(name, root, NAMED)


def refused(root: Path, text: str) -> list[Diagnostic]:
    with pytest.raises(Stop) as stop:
        own(root, text)
    return list(stop.value.diagnostics)


@pytest.mark.parametrize("name", profile.known(None))
def test_ours_are_dated_and_say_who_says_so(name: str) -> None:
    found = profile.find(name, None, NAMED)
    assert found.dated >= "2026-11"
    assert found.title
    if name not in {"print", "screen"}:
        assert found.sources
        assert found.unknown
        assert not found.annotations


def test_kdp_asks_for_gutters_by_pages() -> None:
    kdp = profile.find("kdp", None, NAMED)
    assert [kdp.gutter(pages) for pages in (23, 24, 150, 151, 700, 828, 829)] == [None, 27, 27, 36, 54, 63, None]
    assert kdp.bleed == Bleed(9, 9, 9, 0)
    assert kdp.file_limit == 650_000_000
    assert kdp.ink_limit is None


def test_a_books_own_comes_before_ours_and_may_rest_on_it(tmp_path: Path) -> None:
    found = own(tmp_path, "title: Ours in colour\nlike: kdp\ncolour: cmyk\nbleed: {top: 3mm}\n", "kdp")
    assert (found.title, found.colour, found.pages) == ("Ours in colour", "cmyk", (24, 828))
    # A part that is said anew is said whole.
    assert found.bleed == Bleed(top=8.50394)
    assert found.dated == profile.find("kdp", None, NAMED).dated


def test_what_is_not_said_is_not_established(tmp_path: Path) -> None:
    found = own(tmp_path, "title: A printer\n")
    assert (found.ink_limit, found.safety, found.multiple, found.pages, found.ppi) == (
        None,
        None,
        None,
        *[(None, None)] * 2,
    )
    assert found.gutter(100) is None


RED = "title: A\nlike: offset\nspot:\n  name: PANTONE 485 C\n  instead_of: "


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("title: A\nink_limt: 240\n", "profiles/mine.yaml:2:1", "did you mean `ink_limit`?"),
        ("title: A\nbleed:\n  topp: 3mm\n", "profiles/mine.yaml:3:3", "did you mean `top`?"),
        ("title: A\nsafety: wide\n", "profiles/mine.yaml:2:9", "`safety` is `wide`"),
        ("title: A\ncolour: cmky\n", "profiles/mine.yaml:2:9", "did you mean `cmyk`?"),
        ("title: A\ntrims: [6 x 9 in, broad]\n", "profiles/mine.yaml:2:19", "`trims` is `broad`"),
        ("title: A\npages: {least: 90, most: 24}\n", "profiles/mine.yaml:2:26", "at least as many as `least`"),
        ("title: A\nlike: kpd\n", "profiles/mine.yaml:2:7", "did you mean `kdp`?"),
        ("title: A\nlike: mine\n", "profiles/mine.yaml:2:7", "rests on itself"),
        ("title: A\nstandard: x4\npdf: '1.4'\ncolour: mono\n", "profiles/mine.yaml:3:6", "1.6 with standard x4"),
        ("title: A\nstandard: x1a\npdf: '1.4'\ncolour: mono\n", "profiles/mine.yaml:2:11", "`intent:` with an"),
        ("like: offset\ntitle: A\ncolour: srgb\n", "profiles/mine.yaml:3:9", "mono or cmyk with standard x4"),
        ("marks: no\n", "profiles/mine.yaml:1:1", "`title` is missing"),
        ("title: A\nlike: ingram\ntransparency: yes\n", "profiles/mine.yaml:3:15", "`no` with standard x1a"),
        ("title: A\nlike: offset\nannotations: yes\n", "profiles/mine.yaml:3:14", "`no` with standard x4"),
        ("title: A\npdf: '1.4'\nopentype: yes\n", "profiles/mine.yaml:3:11", "`no` with PDF 1.4"),
        ("title: A\nlike: offset\nmetadata: no\n", "profiles/mine.yaml:3:11", "`yes` with standard x4"),
        (f"{RED}'#a8231'\n  inks: 0 9 9 0\n", "profiles/mine.yaml:5:15", "`instead_of` is `#a8231`"),
        (f"{RED}'#a8231a'\n  inks: 0 9 900 0\n", "profiles/mine.yaml:6:9", "`inks` is `0 9 900 0`"),
        (f"colour: mono\n{RED}'#a8231a'\n  inks: 0 9 9 0\n", "profiles/mine.yaml:5:9", "`colour: cmyk` with it"),
        ("title: [\n", "profiles/mine.yaml:", "these lines are not YAML"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(text: str, place: str, words: str, tmp_path: Path) -> None:
    said = refused(tmp_path, text)
    assert any(str(each.place).startswith(place) and words in f"{each.message} {each.hint}" for each in said), said


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("pdf: '1.7'\n", (True, True, True)),
        ("pdf: '1.4'\n", (True, True, False)),
        ("pdf: '1.3'\n", (True, False, False)),
        ("standard: x1a\npdf: '1.4'\ncolour: mono\nintent: {identifier: A}\n", (False, False, False)),
        ("standard: x4\npdf: '1.6'\ncolour: cmyk\nintent: {identifier: A}\n", (False, True, True)),
    ],
)
def test_what_a_standard_forbids_need_not_be_said(text: str, allowed: tuple[bool, ...], tmp_path: Path) -> None:
    (tmp_path / "profiles").mkdir()
    (tmp_path / "profiles/mine.yaml").write_text(f"title: A\n{text}", "utf-8")
    mine = profile.find("mine", tmp_path, NAMED)
    assert (mine.annotations, mine.transparency, mine.fonts_cff) == allowed


def test_a_profile_that_is_not_there_is_looked_for_where_it_is_named() -> None:
    with pytest.raises(Stop) as stop:
        profile.find("ingran", None, NAMED)
    [said] = stop.value.diagnostics
    assert (said.place, said.hint) == (NAMED, "did you mean `ingram`?")


def test_no_name_leads_out_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "outside.yaml").write_text("title: A\n", "utf-8")
    (tmp_path / "profiles").mkdir()
    with pytest.raises(Stop, match="no profile called"):
        profile.find("../outside", tmp_path, NAMED)


def test_validate_names_a_profile_that_cannot_be_used(tmp_path: Path) -> None:
    import books

    books.write(tmp_path, book=books.text("book") + "profile: ingrm\n")
    said = pipeline.validate(tmp_path).diagnostics
    line = len(books.text("book").splitlines()) + 1
    assert [(each.code, str(each.place)) for each in said] == [("B121", f"manuscript/book.yaml:{line}:10")]
