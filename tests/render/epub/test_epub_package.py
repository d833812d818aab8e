"""What the catalogue says: complete, and true of the content."""

from __future__ import annotations

from dataclasses import replace

import pytest

from overprint.diagnostics import Stop
from overprint.model import Chapter, Composed
from overprint.render.epub.documents import Document, documents
from overprint.render.epub.package import Meta, file_as, identifiers, metadata


def chapters(html: str) -> tuple[Document, ...]:
    return documents([Chapter("a", "A", html, "body", "en")], ["images/a.png"])


def said(composed: Composed, html: str = "<p/>") -> list[tuple[str, str]]:
    """Return the metadata as pairs of property or tag, and text."""
    return [(each.attributes.get("property", each.tag), each.text) for each in metadata(composed.book, chapters(html))]


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
    assert metadata(composed.book, chapters("<p/>"))[:8] == (
        Meta("dc:identifier", "urn:uuid:4a2c4e0e-93b5-5b21-9b36-4a0f0c8f7b11", {"id": "pub-id"}),
        Meta("dc:identifier", "urn:isbn:9780306406157"),
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
    found = metadata(composed.book, chapters("<p/>"))
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
    tags = [each.tag for each in metadata(book, chapters("<p/>"))]
    assert [tag for tag in tags if tag != "meta"] == ["dc:identifier", "dc:title", "dc:language"]


def test_text_alone(composed: Composed) -> None:
    found = said(composed, "<h1>Her</h1>")
    assert [text for key, text in found if key == "schema:accessMode"] == ["textual"]
    assert [text for key, text in found if key == "schema:accessibilityFeature"] == [
        "ARIA",
        "displayTransformability",
        "readingOrder",
        "structuralNavigation",
        "tableOfContents",
        "unlocked",
    ]
    assert ("schema:accessibilityHazard", "none") in found
    assert ("schema:accessModeSufficient", "textual") in found
    assert not {"dcterms:conformsTo", "pageBreakSource"} & {key for key, _ in found}


def test_no_headings_no_structure(composed: Composed) -> None:
    assert ("schema:accessibilityFeature", "structuralNavigation") not in said(composed)


@pytest.mark.parametrize(
    ("html", "described"),
    [
        ('<img src="../images/a.png" alt="A plate"/>', True),
        ('<img src="../images/a.png" alt=""/>', True),
        ('<img src="../images/a.png"/>', False),
        ('<img src="../images/a.png" alt="A"/><img src="../images/a.png"/>', False),
        ('<svg xmlns="http://www.w3.org/2000/svg"><title>A</title></svg>', True),
        ('<svg xmlns="http://www.w3.org/2000/svg"/>', False),
    ],
)
def test_pictures(composed: Composed, html: str, described: bool) -> None:
    found = said(composed, html)
    assert ("schema:accessMode", "visual") in found
    assert (("schema:accessibilityFeature", "alternativeText") in found) is described
    summary = dict(found)["schema:accessibilitySummary"]
    assert summary.endswith("Its images have alternative text." if described else "have alternative text.")
    assert ("Not all" in summary) is not described


def test_summary_speaks_the_language(composed: Composed) -> None:
    german = replace(composed, book=replace(composed.book, language="de"))
    assert dict(said(german))["schema:accessibilitySummary"].startswith("Diese Publikation")


@pytest.mark.parametrize("moment", ["", "2026-11-22", "2026-11-22T12:00:00+01:00", "2026-11-22T12:00:00Z\n"])
def test_the_moment_must_be_exact(composed: Composed, moment: str) -> None:
    with pytest.raises(Stop) as stop:
        metadata(replace(composed.book, modified=moment), ())
    assert stop.value.diagnostics[0].code == "E008"
