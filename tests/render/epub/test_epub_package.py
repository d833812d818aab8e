"""What the catalogue says: complete, and in order."""

from __future__ import annotations

from dataclasses import replace

import pytest

from overprint.diagnostics import Stop
from overprint.model import Composed, Division, Edition, Piece, Subject
from overprint.render.epub.package import Meta, file_as, identifiers, metadata


@pytest.mark.parametrize(
    ("title", "language", "filed"),
    [
        ("Three Urges", "en", "Three Urges"),
        ("The Three Urges", "en-AU", "Three Urges, The"),
        ("A Life", "en", "Life, A"),
        ("An Essay: The End", "EN", "Essay: The End, An"),
        ("Theory", "en", "Theory"),
        ("The", "en", "The"),
        ("A", "en", "A"),
        ("Die Welt", "de", "Die Welt"),
        ("The Example", "de", "The Example"),
    ],
)
def test_file_as(title: str, language: str, filed: str) -> None:
    assert file_as(title, language) == filed


def test_identity_in_order(composed: Composed) -> None:
    assert metadata(composed.book)[:9] == (
        Meta("dc:identifier", "urn:uuid:4a2c4e0e-93b5-5b21-9b36-4a0f0c8f7b11", {"id": "pub-id"}),
        Meta("dc:identifier", "urn:isbn:9780306406157", {"id": "isbn"}),
        Meta("meta", "15", {"refines": "#isbn", "property": "identifier-type", "scheme": "onix:codelist5"}),
        Meta("dc:title", "The Three Urges & 🙂", {"id": "title"}),
        Meta("meta", "main", {"refines": "#title", "property": "title-type"}),
        Meta("meta", "Three Urges & 🙂, The", {"refines": "#title", "property": "file-as"}),
        Meta("dc:title", "With <comments>", {"id": "subtitle"}),
        Meta("meta", "subtitle", {"refines": "#subtitle", "property": "title-type"}),
        Meta("dc:language", "en-AU"),
    )


def test_isbn_is_not_said_twice(composed: Composed) -> None:
    book = replace(composed.book, identifier="urn:isbn:9780306406157")
    assert identifiers(book) == ("urn:isbn:9780306406157",)
    assert identifiers(replace(book, isbn="")) == ("urn:isbn:9780306406157",)


def test_authors_create_and_others_contribute(composed: Composed) -> None:
    found = metadata(composed.book)
    start = found.index(Meta("dc:creator", "Mark Riboldi", {"id": "creator-1"}))
    assert found[start + 1 : start + 6] == (
        Meta("meta", "aut", {"refines": "#creator-1", "property": "role", "scheme": "marc:relators"}),
        Meta("meta", "Riboldi, Mark", {"refines": "#creator-1", "property": "file-as"}),
        Meta("dc:contributor", "Ann Other", {"id": "contributor-2"}),
        Meta("meta", "ctb", {"refines": "#contributor-2", "property": "role", "scheme": "marc:relators"}),
        Meta("meta", "Other, Ann", {"refines": "#contributor-2", "property": "file-as"}),
    )


def test_what_is_unknown_is_not_said(composed: Composed) -> None:
    book = replace(composed.book, publisher="", date="", rights="", description="", subtitle="", isbn="", creators=())
    tags = [each.tag for each in metadata(book)]
    assert [tag for tag in tags if tag != "meta"] == ["dc:identifier", "dc:title", "dc:language"]


def test_series_subjects_and_the_printed_book(composed: Composed) -> None:
    edition = Edition(
        isbn_print="9781402894626",
        series="Bee Books",
        volume="2",
        subjects=(Subject("Bees"), Subject("", "Thema", "DNL")),
    )
    found = metadata(replace(composed.book, edition=edition))
    start = found.index(Meta("meta", "Bee Books", {"id": "series", "property": "belongs-to-collection"}))
    assert found[start + 1 :] == (
        Meta("meta", "series", {"refines": "#series", "property": "collection-type"}),
        Meta("meta", "2", {"refines": "#series", "property": "group-position"}),
        Meta("dc:subject", "Bees", {"id": "subject-1"}),
        Meta("dc:subject", "DNL", {"id": "subject-2"}),
        Meta("meta", "Thema", {"refines": "#subject-2", "property": "authority"}),
        Meta("meta", "DNL", {"refines": "#subject-2", "property": "term"}),
        Meta("meta", "urn:isbn:9781402894626", {"property": "dcterms:hasFormat"}),
    )


def test_where_essays_come_from_and_what_they_grant(composed: Composed) -> None:
    first = Piece("her", "Her", (), "", "en", url="https://example.org/her", licence="CC BY-NC 4.0")
    second = replace(first, id="second", url="", publication="The Hive", licence="Ask the author")
    found = metadata(replace(composed.book, pieces=(first, second, replace(second, id="third"))))
    assert found[-3:] == (
        Meta("dc:source", "https://example.org/her"),
        Meta("dc:source", "The Hive"),
        Meta(
            "link",
            "",
            {
                "rel": "dcterms:license",
                "refines": "#text-her",
                "href": "https://creativecommons.org/licenses/by-nc/4.0/",
            },
        ),
    )


@pytest.mark.parametrize("moment", ["", "2026-11-22", "2026-11-22T12:00:00+01:00", "2026-11-22T12:00:00Z\n"])
def test_the_moment_must_be_exact(composed: Composed, moment: str) -> None:
    with pytest.raises(Stop) as stop:
        metadata(replace(composed.book, modified=moment))
    assert stop.value.diagnostics[0].code == "E008"


def test_every_language_of_the_book_is_named(composed: Composed) -> None:
    german, own = Piece("a", "A", (), "", "de"), Piece("b", "B", (), "", "en-AU")
    french = Division("c", "", "back", "C", "", "fr")
    found = metadata(replace(composed.book, pieces=(own, german, german), divisions=(french,)))
    assert [each.text for each in found if each.tag == "dc:language"] == ["en-AU", "de", "fr"]
