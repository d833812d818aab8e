"""The two records of a book; their elements stand in the order that ONIX asks for."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from overprint.model import Book, Creator
from overprint.render.epub.package import article, languages
from overprint.render.onix import codes
from overprint.render.onix.element import make
from overprint.render.onix.facts import OfEpub, OfPrint

_DATES = {4: "05", 7: "01", 10: "00"}
"""List 55, by the length of an ISO date."""


def electronic(book: Book, epub: OfEpub, printed: OfPrint | None) -> etree._Element:
    """Return the record of the EPUB."""
    number = book.edition.isbn_print
    form = [
        make("ProductForm", "ED"),
        make("ProductFormDetail", "E101"),
        make("ProductFormDetail", "E200"),
        _feature("15", "101F"),
        *(_feature("09", code, words) for code, words in _accessibility(epub)),
        *(_feature("12", code) for code in _hazards(epub)),
        make("PrimaryContentType", "10"),
        *([make("ProductContentType", "07")] if epub.pictures else []),
        make("EpubTechnicalProtection", "00"),
    ]
    extents = [("02", epub.words, "02"), ("22", epub.size, "17")]
    if printed:
        extents.append(("08", printed.roman + printed.arabic, "03"))
    related = [_related(number, "06", "13")] if number else []
    return _record(book, (book.isbn, book.identifier), form, extents, epub.pictures, related)


def on_paper(book: Book, printed: OfPrint, pictures: int) -> etree._Element:
    """Return the record of the printed book."""
    form = [
        make("ProductForm", codes.FORMS[book.edition.binding]),
        make("PrimaryContentType", "10"),
        *([make("ProductContentType", "07")] if pictures else []),
        *(
            make("Measure", make("MeasureType", kind), make("Measurement", str(size)), make("MeasureUnitCode", "mm"))
            for kind, size in (("01", printed.height), ("02", printed.width))
        ),
    ]
    extents = [("00", printed.arabic, "03"), ("03", printed.roman, "03"), ("06", len(printed.numbers), "03")]
    related = [_related(book.isbn, "06", "27")] if book.isbn else []
    return _record(book, (book.edition.isbn_print, ""), form, extents, pictures, related)


def _record(
    book: Book,
    identity: tuple[str, str],
    form: list[etree._Element],
    extents: list[tuple[str, int, str]],
    pictures: int,
    related: list[etree._Element],
) -> etree._Element:
    isbn, urn = identity
    descriptive = make(
        "DescriptiveDetail",
        make("ProductComposition", "00"),
        *form,
        *_series(book),
        make("TitleDetail", make("TitleType", "01"), _title(book.title, book.language, "01", book.subtitle)),
        *_contributors(book.creators),
        *(
            make("Language", make("LanguageRole", "01"), make("LanguageCode", code))
            for code in dict.fromkeys(map(codes.language, languages(book)))
        ),
        *(
            make("Extent", make("ExtentType", kind), make("ExtentValue", str(value)), make("ExtentUnit", unit))
            for kind, value, unit in extents
            if value
        ),
        make("Illustrated", "02" if pictures else "01"),
        *([make("NumberOfIllustrations", str(pictures))] if pictures else []),
        *_subjects(book),
    )
    return make(
        "Product",
        make("RecordReference", f"urn:isbn:{isbn}" if isbn else urn),
        make("NotificationType", "03"),
        make("RecordSourceType", "01"),
        *(_identifiers(isbn) if isbn else [_identifier("22", urn)]),
        descriptive,
        *_collateral(book),
        _publishing(book),
        *related,
    )


def _feature(kind: str, value: str, words: str = "") -> etree._Element:
    more = [make("ProductFormFeatureDescription", words)] if words else []
    return make(
        "ProductFormFeature", make("ProductFormFeatureType", kind), make("ProductFormFeatureValue", value), *more
    )


def _accessibility(epub: OfEpub) -> Iterator[tuple[str, str]]:
    """Yield codes of list 196 with what they need in words: what the EPUB says of itself, and nothing else."""
    yield codes.SUMMARY, epub.first("schema:accessibilitySummary")
    features = set(epub.said.get("schema:accessibilityFeature", ()))
    if claim := epub.first("dcterms:conformsTo"):
        version, _, level = claim.partition("WCAG ")[2].partition(" Level ")
        credential = epub.first("a11y:certifierCredential")
        yield codes.CONFORMS, ""
        yield codes.WCAG[version], ""
        yield codes.WCAG[level], ""
        yield codes.CERTIFIED_BY, epub.first("a11y:certifiedBy")
        if credential:
            yield codes.CREDENTIAL_PAGE if credential.startswith("http") else codes.CREDENTIAL, credential
        if report := epub.first("a11y:certifierReport"):
            yield codes.REPORT, report
    if exemption := epub.first("a11y:exemption"):
        yield codes.EXEMPTIONS[exemption], ""
    shown = {code for feature, code in codes.FEATURES.items() if feature in features}
    shown |= {codes.LANGUAGES_TAGGED, codes.LANDMARKS}
    if "tableOfContents" in features and epub.flat:
        shown.add(codes.EVERY_HEADING_IN_CONTENTS)
    if "textual" in epub.said.get("schema:accessModeSufficient", ()):
        shown.add(codes.WITHOUT_SIGHT)
    yield from ((code, "") for code in sorted(shown))


def _hazards(epub: OfEpub) -> tuple[str, ...]:
    return tuple(code for hazard in epub.said["schema:accessibilityHazard"] for code in codes.HAZARDS[hazard])


def _series(book: Book) -> Iterator[etree._Element]:
    if book.edition.series:
        title = _title(book.edition.series, book.language, "02", part=book.edition.volume)
        yield make("Collection", make("CollectionType", "10"), make("TitleDetail", make("TitleType", "01"), title))


def _title(title: str, language: str, level: str, subtitle: str = "", part: str = "") -> etree._Element:
    opening, rest = article(title, language)
    return make(
        "TitleElement",
        make("TitleElementLevel", level),
        *([make("PartNumber", part)] if part else []),
        make("TitlePrefix", opening) if opening else make("NoPrefix"),
        make("TitleWithoutPrefix", rest),
        *([make("Subtitle", subtitle)] if subtitle else []),
    )


def _contributors(creators: tuple[Creator, ...]) -> Iterator[etree._Element]:
    """Yield each person once, with all that they did."""
    roles: dict[tuple[str, str], list[str]] = {}
    for each in creators:
        roles.setdefault((each.name, each.sort), []).append(codes.ROLES[each.role])
    if not roles:
        yield make("NoContributor")
    for number, ((name, sort), done) in enumerate(roles.items(), 1):
        yield make(
            "Contributor",
            make("SequenceNumber", str(number)),
            *(make("ContributorRole", code) for code in dict.fromkeys(done)),
            make("PersonName", name),
            *([make("PersonNameInverted", sort)] if sort and sort != name else []),
        )


def _subjects(book: Book) -> Iterator[etree._Element]:
    """Yield the codes, the first of each scheme as the main one, then all words in one element, as shops ask for it."""
    main = set[str]()
    for subject in book.edition.subjects:
        if not subject.code:
            continue
        scheme = codes.BISAC if subject.scheme == "BISAC" else codes.QUALIFIERS.get(subject.code[0], codes.THEMA)
        first = scheme not in main and scheme in {codes.BISAC, codes.THEMA}
        main.add(scheme)
        yield make(
            "Subject",
            *([make("MainSubject")] if first else []),
            make("SubjectSchemeIdentifier", scheme),
            make("SubjectCode", subject.code),
            *([make("SubjectHeadingText", subject.words)] if subject.words else []),
        )
    if words := "; ".join(each.words for each in book.edition.subjects if not each.code):
        yield make("Subject", make("SubjectSchemeIdentifier", codes.KEYWORDS), make("SubjectHeadingText", words))


def _collateral(book: Book) -> Iterator[etree._Element]:
    if book.description:
        text = make(
            "TextContent", make("TextType", "03"), make("ContentAudience", "00"), make("Text", book.description)
        )
        yield make("CollateralDetail", text)


def _publishing(book: Book) -> etree._Element:
    date = make("Date", book.date.replace("-", ""), dateformat=_DATES[len(book.date)])
    return make(
        "PublishingDetail",
        make("Publisher", make("PublishingRole", "01"), make("PublisherName", book.publisher)),
        *([make("CityOfPublication", book.city)] if book.city else []),
        make("PublishingDate", make("PublishingDateRole", "01"), date),
    )


def _related(isbn: str, *relations: str) -> etree._Element:
    said = (make("ProductRelationCode", each) for each in relations)
    return make("RelatedMaterial", make("RelatedProduct", *said, *_identifiers(isbn)))


def _identifiers(isbn: str) -> list[etree._Element]:
    """Return an ISBN as the trade sends it: also as the number below the bars."""
    return [_identifier("03", isbn), _identifier("15", isbn)]


def _identifier(kind: str, value: str) -> etree._Element:
    return make("ProductIdentifier", make("ProductIDType", kind), make("IDValue", value))
