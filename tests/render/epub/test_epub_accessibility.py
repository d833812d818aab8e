"""What the EPUB says of its own accessibility: all that is in it, and nothing else."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from lxml import etree
from PIL import Image

from overprint.model import Accessibility, Book, Edition
from overprint.render.epub.accessibility import evidence, metadata
from overprint.render.epub.package import Meta, Part
from overprint.render.epub.tree import EPUB_TYPE, MATHML, OPS, XHTML, XML_LANG, parse

BOOK = Book("b", "Bees", "en-AU", "urn:uuid:1", "2026-11-22T12:00:00Z", (), publisher="The Hive", date="2026-11-22")
NAV = '<nav epub:type="toc" role="doc-toc"><h1>Contents</h1></nav>'
IMG = '<img src="a.png" alt="A bee"/>'


def root(body: str) -> etree._Element:
    return parse(f'<html xmlns="{XHTML}" xmlns:epub="{OPS}"><body>{body}</body></html>'.encode())


def moving(*, frames: int, kind: str = "GIF") -> bytes:
    stream = io.BytesIO()
    first, *rest = (Image.new("RGB", (2, 2), (number, 0, 0)) for number in range(0, 250, 250 // frames))
    first.save(stream, kind, save_all=frames > 1, append_images=rest[: frames - 1])
    return stream.getvalue()


def said(*bodies: str, parts: tuple[Part, ...] = (), book: Book = BOOK) -> dict[str, list[str]]:
    """Return the values by their property, those of schema.org without their prefix."""
    made: dict[str, list[str]] = {}
    for each in metadata(book, evidence([root(body) for body in bodies], parts)):
        key = each.attributes.get("property") or each.attributes["rel"]
        made.setdefault(key.removeprefix("schema:"), []).append(each.text or each.attributes["href"])
    return made


def claimed(**accessibility: str) -> Book:
    return replace(BOOK, edition=Edition(accessibility=Accessibility(**accessibility)))  # type: ignore[arg-type]


def test_text_alone() -> None:
    assert said("<h1>Bees</h1>", NAV) == {
        "accessMode": ["textual"],
        "accessModeSufficient": ["textual"],
        "accessibilityFeature": [
            "ARIA",
            "displayTransformability",
            "readingOrder",
            "structuralNavigation",
            "tableOfContents",
            "unlocked",
        ],
        "accessibilityHazard": ["none"],
        "accessibilitySummary": [
            "The size, typeface, spacing and colours of the text can be changed. All of it can be read aloud or in "
            "braille. A table of contents and headings lead through it."
        ],
    }


@pytest.mark.parametrize(
    ("body", "features"),
    [
        ("<p>Bees</p>", set()),
        ("<h3>Bees</h3>", {"structuralNavigation"}),
        ('<p role="note">Bees</p>', {"ARIA"}),
        ("<p><ruby>蜂<rt>はち</rt></ruby></p>", {"rubyAnnotations"}),
        ("<p><ruby>蜂</ruby></p>", set()),
        (f'<math xmlns="{MATHML}"><mi>x</mi></math>', {"MathML"}),
        (f'<math xmlns="{MATHML}" alttext="x"><mi>x</mi></math>', {"MathML", "describedMath"}),
        (f'<p aria-details="more">{IMG}</p>', {"alternativeText", "longDescription"}),
        ('<section role="doc-index"></section>', {"ARIA", "index"}),
        ('<section role="doc-index2"></section>', {"ARIA"}),
        ('<p><span role="doc-pagebreak" id="page-1"/></p>', {"ARIA", "pageBreakMarkers"}),
        ('<nav role="doc-pagelist"/>', {"ARIA", "pageNavigation"}),
    ],
)
def test_features_are_those_of_the_content(body: str, features: set[str]) -> None:
    always = {"displayTransformability", "readingOrder", "unlocked"}
    assert set(said(body)["accessibilityFeature"]) == always | features


@pytest.mark.parametrize(
    ("body", "described"),
    [
        (IMG, True),
        ('<img src="a.png" alt=""/>', True),
        ('<img src="a.png"/>', False),
        ('<img src="a.png" alt="" class="undescribed"/>', False),
        (f'{IMG}<img src="b.png"/>', False),
        (f'{IMG}<img src="b.png" aria-hidden="true"/>', True),
        ('<svg xmlns="http://www.w3.org/2000/svg"><title>A</title></svg>', True),
        ('<svg xmlns="http://www.w3.org/2000/svg" aria-label="A"/>', True),
        ('<svg xmlns="http://www.w3.org/2000/svg"/>', False),
    ],
)
def test_pictures_can_be_read_where_all_are_described(body: str, described: bool) -> None:
    found = said(body)
    assert found["accessMode"] == ["textual", "visual"]
    assert found["accessModeSufficient"] == ["textual", "textual,visual"][not described :]
    assert ("alternativeText" in found["accessibilityFeature"]) is described
    [summary] = found["accessibilitySummary"]
    assert ("Not all pictures" in summary) is not described
    assert ("read aloud" in summary) is described


@pytest.mark.parametrize(
    ("kind", "content", "moves"),
    [
        ("image/gif", moving(frames=1), False),
        ("image/gif", moving(frames=3), True),
        ("image/gif", b"GIF89a", True),
        ("image/png", moving(frames=1, kind="PNG"), False),
        ("image/png", moving(frames=2, kind="PNG"), True),
        ("image/svg+xml", b"<svg/>", False),
        ("image/svg+xml", b"<svg><style>@keyframes a { }</style></svg>", True),
    ],
)
def test_hazards_of_what_moves_are_unknown(kind: str, content: bytes, moves: bool) -> None:
    part = Part("image-1", "images/a", kind, content)
    found = evidence([root(IMG)], [part])
    assert [each.code for each in found.said] == ["E016"] * moves
    shown = said(IMG, parts=(part,))
    assert shown["accessibilityHazard"] == (["unknown"] if moves else ["none"])
    assert ("not known whether they flash" in shown["accessibilitySummary"][0]) is moves


@pytest.mark.parametrize(
    ("hazards", "values"),
    [
        ("none", ["none"]),
        ("flashing", ["flashing", "noMotionSimulationHazard", "noSoundHazard"]),
        ("motion", ["motionSimulation", "noFlashingHazard", "noSoundHazard"]),
    ],
)
def test_an_editor_who_looked_knows_better(hazards: str, values: list[str]) -> None:
    part = Part("image-1", "images/a", "image/gif", moving(frames=3))
    found = said(IMG, parts=(part,), book=claimed(hazards=hazards))
    assert found["accessibilityHazard"] == values
    assert "not known" not in found["accessibilitySummary"][0]


@pytest.mark.parametrize(
    ("language", "beginning"),
    [("de-AT", "Größe"), ("es", "Se pueden"), ("fr-CA", "La taille"), ("it", "Dimensione"), ("nl-BE", "Grootte")],
)
def test_the_summary_speaks_the_language(language: str, beginning: str) -> None:
    [summary] = said(NAV, book=replace(BOOK, language=language))["accessibilitySummary"]
    assert summary.startswith(beginning)


def test_a_summary_in_a_foreign_language_says_so() -> None:
    found = evidence([root(NAV)], ())
    [summary] = [each for each in metadata(replace(BOOK, language="fi"), found) if "Summary" in str(each.attributes)]
    assert summary.text.startswith("The size")
    assert summary.attributes[XML_LANG] == "en"


def test_the_editors_own_summary() -> None:
    assert said(NAV, book=claimed(summary="Read by Ada."))["accessibilitySummary"] == ["Read by Ada."]


def test_nothing_is_claimed_that_nobody_found() -> None:
    for book in (BOOK, claimed(conforms_to="WCAG 2.2 AA"), claimed(certified_by="Ada", report="https://example.org")):
        assert not {key for key in said(NAV, book=book) if "onforms" in key or "certif" in key}


@pytest.mark.parametrize(
    ("credential", "shown"),
    [
        (
            "https://example.org/c",
            Meta(
                "link",
                "",
                {"rel": "a11y:certifierCredential", "refines": "#certifier", "href": "https://example.org/c"},
            ),
        ),
        ("Bee Badge", Meta("meta", "Bee Badge", {"refines": "#certifier", "property": "a11y:certifierCredential"})),
    ],
)
def test_a_claim_names_its_evaluator(credential: str, shown: Meta) -> None:
    book = claimed(
        conforms_to="WCAG 2.1 AA", certified_by="Ada Quill", credential=credential, report="https://example.org/r"
    )
    assert tuple(metadata(book, evidence([root(NAV)], ())))[-4:] == (
        Meta(
            "meta",
            "EPUB Accessibility 1.1 - WCAG 2.1 Level AA",
            {"id": "conformance", "property": "dcterms:conformsTo"},
        ),
        Meta("meta", "Ada Quill", {"id": "certifier", "refines": "#conformance", "property": "a11y:certifiedBy"}),
        shown,
        Meta("link", "", {"rel": "a11y:certifierReport", "refines": "#certifier", "href": "https://example.org/r"}),
    )


def test_an_exemption_is_said_in_the_words_of_epub() -> None:
    assert said(NAV, book=claimed(exemption="microenterprise"))["a11y:exemption"] == ["eaa-microenterprise"]


def test_whose_pages_are_counted() -> None:
    marked = f'<p><span {EPUB_TYPE.replace(f"{{{OPS}}}", "epub:")}="pagebreak" role="doc-pagebreak" id="p"/></p>'
    assert said(marked)["pageBreakSource"] == ["Bees, The Hive, 2026"]
    printed = replace(BOOK, edition=Edition(isbn_print="9781402894626"))
    assert said(marked, book=printed)["pageBreakSource"] == ["urn:isbn:9781402894626"]
    assert "pageBreakSource" not in said(NAV, book=printed)
