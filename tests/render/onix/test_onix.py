"""What the trade is told of the two books: valid ONIX 3.0, and true of the finished files."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from pathlib import Path

import onixcheck
import pypdf
import pytest
from lxml import etree
from pypdf.constants import PageLabelStyle
from pypdf.generic import RectangleObject

import books
from overprint import pipeline
from overprint.compose import compose
from overprint.diagnostics import Made, Stop
from overprint.model import Book, Composed, Creator, Edition, Piece, Subject
from overprint.render import onix
from overprint.render.onix.element import NAMESPACE
from overprint.render.onix.facts import of_epub, of_print
from overprint.render.pdf.job import Layout, Sheet

EDITION = Edition(
    isbn_print="9781402894626",
    binding="paperback",
    series="The Bee Books",
    volume="2",
    subjects=(
        Subject("Bees"),
        Subject("Essays", "Thema", "DNL"),
        Subject("", "Thema", "DNS"),
        Subject("", "Thema", "1DDU"),
        Subject("", "BISAC", "LCO010000"),
        Subject("honey & wax"),
    ),
)
BOOK = Book(
    slug="bees",
    title="The Bees & <Wasps>",
    subtitle="Essays",
    language="en-GB",
    identifier="urn:uuid:7c1d4c0e-5a0b-4b6e-9a51-0d1f5c9b2a10",
    modified="2025-03-14T00:00:00Z",
    pieces=(),
    creators=(
        Creator("Ada Quill", "Quill, Ada", "aut"),
        Creator("Bo Reed", "Reed, Bo", "edt"),
        Creator("Ada Quill", "Quill, Ada", "ill"),
        Creator("Cy", "Cy", "ctb"),
    ),
    publisher="Testing Press",
    city="Crewe",
    date="2025-03-14",
    isbn="9780306406157",
    description="On bees.",
    edition=EDITION,
)
SAID = {
    "schema:accessModeSufficient": "textual",
    "schema:accessibilityFeature": "tableOfContents",
    "schema:accessibilityHazard": "none",
    "schema:accessibilitySummary": "All of it can be read aloud.",
}
BEES = "<body><h1>Bees</h1><p>Bees &amp; wasps don’t mind.</p></body>"


def epub(path: Path, said: dict[str, str] | None = None, body: str = BEES) -> Path:
    """Write as much of an EPUB as the record is made of."""
    metas = "".join(f'<meta property="{key}">{value}</meta>' for key, value in {**SAID, **(said or {})}.items())
    items = '<item media-type="image/jpeg" properties="cover-image"/><item media-type="image/png"/>'
    with zipfile.ZipFile(path, "w") as book:
        book.writestr("EPUB/package.opf", f"<package><metadata>{metas}</metadata>{items}</package>")
        book.writestr("EPUB/nav.xhtml", "<html><body><h2>Many words that do not count.</h2></body></html>")
        book.writestr("EPUB/text/a.xhtml", f"<html><head><title>Bees</title></head>{body}</html>")
    return path


def pdf(path: Path) -> Path:
    """Write a book of 4 pages with Roman numbers and 6 of the text, 6 × 9 inches after trimming."""
    writer = pypdf.PdfWriter()
    for _ in range(10):
        writer.add_blank_page(450, 666).trimbox = RectangleObject((9, 9, 441, 657))
    writer.set_page_label(0, 3, PageLabelStyle.LOWERCASE_ROMAN)
    writer.set_page_label(4, 9, PageLabelStyle.DECIMAL)
    with path.open("wb") as stream:
        writer.write(stream)
    return path


def message(root: Path, book: Book = BOOK, said: dict[str, str] | None = None, *, printed: bool = True) -> Path:
    target = root / "bees.onix.xml"
    onix.render(book, target, epub(root / "a.epub", said), pdf(root / "a.pdf") if printed else None)
    return target


def texts(element: etree._Element, path: str) -> list[str]:
    """Return the texts below an element, by the names of ONIX."""
    steps = "/".join(f"{{{NAMESPACE}}}{name}" for name in path.split("/"))
    return [each.text or "" for each in element.findall(f".//{steps}")]


def records(path: Path) -> list[etree._Element]:
    return list(etree.parse(path).getroot())[1:]


def features(record: etree._Element, kind: str) -> dict[str, str]:
    """Return the form's features of a kind, with their words."""
    found = {}
    for each in record.iter(f"{{{NAMESPACE}}}ProductFormFeature"):
        number, value, *words = (str(child.text) for child in each)
        if number == kind:
            found[value] = words[0] if words else ""
    return found


CLAIM = {
    "dcterms:conformsTo": "EPUB Accessibility 1.1 - WCAG 2.1 Level AA",
    "a11y:certifiedBy": "Jane Marsh",
    "a11y:certifierCredential": "Bee Badge",
    "a11y:certifierReport": "https://example.org/report",
}


@pytest.mark.parametrize(
    ("book", "said"),
    [
        (BOOK, {}),
        (BOOK, CLAIM),
        (BOOK, {"a11y:exemption": "eaa-microenterprise", "schema:accessibilityHazard": "unknown"}),
        (replace(BOOK, isbn=""), {}),
        (replace(BOOK, creators=(), subtitle="", description="", city="", date="2025", edition=Edition()), {}),
        (replace(BOOK, language="pt-BR", date="2025-03", edition=Edition(isbn_print="9781402894626")), {}),
    ],
)
def test_is_valid(book: Book, said: dict[str, str], tmp_path: Path) -> None:
    assert onixcheck.validate(str(message(tmp_path, book, said)), schemas=("xsd", "rng")) == []


def test_the_judge_sees_faults(tmp_path: Path) -> None:
    path = message(tmp_path)
    path.write_text(path.read_text("utf-8").replace("<ProductForm>ED", "<ProductForm>E?"), "utf-8")
    assert onixcheck.validate(str(path), schemas=("xsd",)) != []


def test_each_book_is_a_product_and_names_the_other(tmp_path: Path) -> None:
    electronic, paper = records(message(tmp_path))
    for record, own, other, relations in (
        (electronic, "9780306406157", "9781402894626", ["06", "13"]),
        (paper, "9781402894626", "9780306406157", ["06", "27"]),
    ):
        assert texts(record, "RecordReference") == [f"urn:isbn:{own}"]
        assert [str(each[1].text) for each in record.findall(f"{{{NAMESPACE}}}ProductIdentifier")] == [own, own]
        assert texts(record, "ProductRelationCode") == relations
        assert set(texts(record, "RelatedProduct/ProductIdentifier/IDValue")) == {other}
    assert texts(electronic, "ProductForm") + texts(electronic, "ProductFormDetail") == ["ED", "E101", "E200"]
    assert texts(paper, "ProductForm") == ["BC"]
    assert texts(paper, "Measurement") == ["229", "152"]


def test_what_both_records_say(tmp_path: Path) -> None:
    for record in records(message(tmp_path)):
        assert texts(record, "TitlePrefix") == ["The", "The"]
        assert texts(record, "TitleWithoutPrefix") == ["Bee Books", "Bees & <Wasps>"]
        assert texts(record, "PartNumber") == ["2"]
        assert texts(record, "PersonNameInverted") == ["Quill, Ada", "Reed, Bo"]
        assert texts(record, "ContributorRole") == ["A01", "A12", "B01", "A32"]
        assert texts(record, "LanguageCode") == ["eng"]
        assert texts(record, "SubjectSchemeIdentifier") == ["93", "93", "94", "10", "20"]
        assert texts(record, "SubjectCode") == ["DNL", "DNS", "1DDU", "LCO010000"]
        assert texts(record, "SubjectHeadingText") == ["Essays", "Bees; honey & wax"]
        assert len(texts(record, "MainSubject")) == 2
        assert texts(record, "PublisherName") + texts(record, "CityOfPublication") == ["Testing Press", "Crewe"]
        assert texts(record, "PublishingDate/Date") == ["20250314"]
        assert texts(record, "TextContent/Text") == ["On bees."]
        assert texts(record, "NumberOfIllustrations") == ["1"]


def test_every_language_is_named_once(tmp_path: Path) -> None:
    pieces = tuple(Piece(name, name, (), "", name) for name in ("en-US", "de-AT", "de", "x-klingon"))
    for record in records(message(tmp_path, replace(BOOK, pieces=pieces))):
        assert texts(record, "LanguageCode") == ["eng", "ger", "und"]
    assert onixcheck.validate(str(tmp_path / "bees.onix.xml"), schemas=("xsd", "rng")) == []


def test_extents_are_those_of_the_files(tmp_path: Path) -> None:
    def extents(record: etree._Element) -> dict[str, str]:
        return dict(zip(texts(record, "ExtentType"), texts(record, "ExtentValue"), strict=True))

    electronic, paper = records(message(tmp_path))
    assert extents(electronic) == {"02": "5", "22": str((tmp_path / "a.epub").stat().st_size), "08": "10"}
    assert extents(paper) == {"00": "6", "03": "4", "06": "10"}


def test_only_what_has_a_number_is_a_product_on_paper(tmp_path: Path) -> None:
    assert len(records(message(tmp_path, printed=False))) == 1
    [record] = records(message(tmp_path, replace(BOOK, edition=Edition())))
    assert texts(record, "RelatedProduct") == []
    electronic, paper = records(message(tmp_path, replace(BOOK, isbn="")))
    assert [str(each[1].text) for each in electronic.findall(f"{{{NAMESPACE}}}ProductIdentifier")] == [BOOK.identifier]
    assert texts(paper, "RelatedProduct") == []


def test_accessibility_is_what_the_epub_says(tmp_path: Path) -> None:
    electronic, paper = records(message(tmp_path))
    words = "All of it can be read aloud."
    assert features(electronic, "09") == {"00": words, "11": "", "22": "", "32": "", "52": ""}
    assert features(electronic, "12") == {"00": ""}
    assert features(paper, "09") == {}


def test_a_claim_carries_its_evaluator(tmp_path: Path) -> None:
    found = features(records(message(tmp_path, said=CLAIM))[0], "09")
    claim = {"04": "", "81": "", "85": "", "90": "Jane Marsh", "88": "Bee Badge", "94": "https://example.org/report"}
    assert claim.items() <= found.items()
    assert not {"80", "82", "84", "86", "89"} & set(found)


@pytest.mark.parametrize(
    ("hazard", "values"),
    [("unknown", {"16", "24", "26"}), ("flashing", {"13"}), ("motionSimulation", {"17"}), ("none", {"00"})],
)
def test_hazards(hazard: str, values: set[str], tmp_path: Path) -> None:
    found = records(message(tmp_path, said={"schema:accessibilityHazard": hazard}))[0]
    assert set(features(found, "12")) == values


def test_contents_that_leave_out_headings_do_not_reach_them_all(tmp_path: Path) -> None:
    assert of_epub(epub(tmp_path / "a.epub")).flat
    assert not of_epub(epub(tmp_path / "a.epub", body='<body><h1>Bees</h1><h2 id="a">Honey</h2></body>')).flat


def test_pages_are_counted_by_their_numbers(tmp_path: Path) -> None:
    found = of_print(pdf(tmp_path / "a.pdf"))
    assert (found.roman, found.arabic, len(found.numbers), found.width, found.height) == (4, 6, 10, 152, 229)


class Quick(pipeline.Layouting):
    """Lays out blank pages, and draws no cover."""

    def pdf(self, composed: Composed, target: Path) -> Made[Layout]:
        pdf(target)
        return Made(Layout(tuple(Sheet(label, None) for label in ("i", "ii", "iii", "iv", *"123456"))))

    def covered(self, composed: Composed, picture: Path) -> Made[Composed]:
        return Made(composed)


def test_the_record_brings_the_books_that_it_tells_of(tmp_path: Path) -> None:
    added = "isbn_print: 978-1-4028-9462-6\naccessibility:\n  conforms_to: WCAG 2.2 AA\n  certified_by: Jane Marsh\n"
    added += "  report: https://example.org/report\n"
    manuscript, book = pipeline.validate(books.write(tmp_path, book=books.text("book") + added)).value
    assert manuscript.project.outputs == ("epub", "pdf", "cover", "onix")
    composed = compose(book, manuscript.project).value
    built = pipeline.render(composed, ["onix"], tmp_path, Quick()).value
    assert [each.path.name for each in built] == ["small-book.print.pdf", "small-book.epub", "small-book.onix.xml"]
    assert onixcheck.validate(str(built[-1].path), schemas=("xsd", "rng")) == []
    electronic, _ = records(built[-1].path)
    found = features(electronic, "09")
    assert {"00", "04", "10", "13", "22", "29", "30", "32", "36", "52", "82", "85"} <= set(found)
    # The essay has a heading that the contents leave out.
    assert "11" not in found
    assert found["94"] == "https://example.org/report"
    assert found["00"].startswith("The size, typeface")


def test_a_message_has_a_sender(tmp_path: Path) -> None:
    nobody = books.text("book").replace("publisher: Testing Press\n", "") + "outputs: [epub, onix]\n"
    found = pipeline.validate(books.write(tmp_path, book=nobody)).diagnostics
    assert [each.code for each in found] == ["B119"]
    silent = books.text("book").replace("publisher: Testing Press\n", "")
    with pytest.raises(Stop) as stop:
        pipeline.build(books.write(tmp_path, book=silent), ["onix"])
    assert [each.code for each in stop.value.diagnostics] == ["B119"]
    assert not (tmp_path / "build/small-book.epub").exists()
