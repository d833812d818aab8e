"""The package document: what the catalogue says of the book, its accessibility computed from what is really in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from lxml import etree

from overprint.diagnostics import Exit, Place, Stop, error
from overprint.model import Book
from overprint.render.epub.documents import Document
from overprint.render.epub.tree import SVG, XHTML, local, namespace

IDENTIFIER_ID = "pub-id"

UNDATED = error(
    "E008",
    "the book was last changed at {modified}, which is not a moment written as 2026-11-22T12:00:00Z",
    "report this: it is a fault of overprint",
    manual="Every EPUB says when it was last changed, in universal time and in one exact form. "
    "overprint computes this moment, so a wrong form is a fault of overprint.",
)
MISNAMED = error(
    "E006",
    "the book cannot hold a file named {name}: {reason}",
    "rename it with lower-case letters, digits, hyphens, underscores and dots",
    manual="Names inside an EPUB are kept to lower-case ASCII letters, digits, `-`, `_` and `.`, and no two are alike, "
    "because reading systems disagree about all others. Rename the picture or essay that the message names. "
    "If you did not name it yourself, it is a fault of overprint.",
)

_MODIFIED = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\Z")
_NAME = re.compile(r"[a-z0-9_-][a-z0-9_.-]*(/[a-z0-9_-][a-z0-9_.-]*)*\Z")
_ARTICLE = re.compile(r"(the|an|a)\s+(\S.*)\Z", re.IGNORECASE | re.DOTALL)
_HEADINGS = [f"{{{XHTML}}}h{level}" for level in range(1, 7)]
_PICTURES = [f"{{{XHTML}}}img", f"{{{SVG}}}svg"]

_SUMMARY = {
    "en": (
        "This publication is text with structural navigation and a table of contents.",
        "Its images have alternative text.",
        "Not all of its images have alternative text.",
    ),
    "de": (
        "Diese Publikation ist Text mit struktureller Navigation und Inhaltsverzeichnis.",
        "Ihre Bilder haben Alternativtexte.",
        "Nicht alle ihre Bilder haben Alternativtexte.",
    ),
    "fr": (
        "Cette publication est un texte avec navigation structurée et table des matières.",
        "Ses images ont un texte de remplacement.",
        "Certaines de ses images n’ont pas de texte de remplacement.",
    ),
}


@dataclass(frozen=True, slots=True)
class Part:
    """A finished file; `name` is its path from the package document, or from the top when it is not `listed`."""

    id: str
    name: str
    media_type: str
    content: bytes
    properties: tuple[str, ...] = ()
    listed: bool = True


@dataclass(frozen=True, slots=True)
class Meta:
    """An element of the package's metadata; `tag` is `meta` or a Dublin Core name such as `dc:title`."""

    tag: str
    text: str
    attributes: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reference:
    """A line of the guide, for old reading systems."""

    type: str
    title: str
    href: str


@dataclass(frozen=True, slots=True)
class Package:
    """Everything that goes into the EPUB, in the order of the file; `spine` holds ids of parts in reading order."""

    language: str
    direction: str
    metadata: tuple[Meta, ...]
    parts: tuple[Part, ...]
    spine: tuple[str, ...]
    guide: tuple[Reference, ...]


def metadata(book: Book, documents: Sequence[Document]) -> tuple[Meta, ...]:
    """Return the book's metadata, in order.

    Raises:
        Stop: the moment of the last change is not written as EPUB needs it.
    """
    if not _MODIFIED.match(book.modified):
        raise Stop(UNDATED.at(modified=book.modified or "nothing"), exit=Exit.CANNOT)
    return (*_identity(book), *_creators(book), *_edition(book), *_accessibility(book, documents))


def check_names(parts: Sequence[Part]) -> None:
    """Hold every name to be safe in all reading systems and unique.

    Raises:
        Stop: a name is not.
    """
    found, seen = [], {"mimetype", "META-INF/container.xml", "package.opf"}
    for part in parts:
        inside = part.name.removeprefix("META-INF/") if not part.listed else part.name
        if not _NAME.match(inside):
            found.append(MISNAMED.at(Place(part.name), name=part.name, reason="it is not plain ASCII"))
        elif part.name in seen:
            found.append(MISNAMED.at(Place(part.name), name=part.name, reason="there are two"))
        seen.add(part.name)
    if found:
        raise Stop(*found)


def file_as(title: str, language: str) -> str:
    """Return the title as a catalogue files it, an English article last: `Example, The`."""
    article = _ARTICLE.match(title) if language.partition("-")[0].lower() == "en" else None
    return f"{article[2]}, {article[1]}" if article else title


def identifiers(book: Book) -> tuple[str, ...]:
    """Return the book's URNs, the unique one first, the ISBN also where it is not that one."""
    isbn = re.sub(r"[^0-9Xx]", "", book.isbn).upper()
    return tuple(dict.fromkeys([book.identifier, *([f"urn:isbn:{isbn}"] if isbn else [])]))


def _identity(book: Book) -> Iterator[Meta]:
    unique, *others = identifiers(book)
    yield Meta("dc:identifier", unique, {"id": IDENTIFIER_ID})
    for other in others:
        yield Meta("dc:identifier", other)
    yield Meta("dc:title", book.title, {"id": "title"})
    yield _refine("title", "title-type", "main")
    yield _refine("title", "file-as", file_as(book.title, book.language))
    if book.subtitle:
        yield Meta("dc:title", book.subtitle, {"id": "subtitle"})
        yield _refine("subtitle", "title-type", "subtitle")
    yield Meta("dc:language", book.language)


def _creators(book: Book) -> Iterator[Meta]:
    # Authors come first, whatever the order they are given in: shops show the first names they find.
    ordered = sorted(book.creators, key=lambda each: each.role != "aut")
    for number, creator in enumerate(ordered, 1):
        kind = "creator" if creator.role == "aut" else "contributor"
        yield Meta(f"dc:{kind}", creator.name, {"id": f"{kind}-{number}"})
        yield _refine(f"{kind}-{number}", "role", creator.role, scheme="marc:relators")
        yield _refine(f"{kind}-{number}", "file-as", creator.sort or creator.name)


def _edition(book: Book) -> Iterator[Meta]:
    yield Meta("meta", book.modified, {"property": "dcterms:modified"})
    known = {
        "dc:date": book.date,
        "dc:publisher": book.publisher,
        "dc:rights": book.rights,
        "dc:description": book.description,
    }
    for tag, text in known.items():
        if text:
            yield Meta(tag, text)


def _accessibility(book: Book, documents: Sequence[Document]) -> Iterator[Meta]:
    """Yield only what is true of the content, and no claim of conformance: a machine cannot judge that."""
    pictures = [element for each in documents for element in each.body.iter(*_PICTURES) if _is_shown(element)]
    described = bool(pictures) and all(_has_alternative(each) for each in pictures)
    # The navigation document always has roles, a table of contents, and a reading order: the spine.
    features = {"ARIA", "displayTransformability", "readingOrder", "tableOfContents", "unlocked"}
    if any(next(each.body.iter(*_HEADINGS), None) is not None for each in documents):
        features.add("structuralNavigation")
    if described:
        features.add("alternativeText")
    yield _schema("accessMode", "textual")
    if pictures:
        yield _schema("accessMode", "visual")
    yield _schema("accessModeSufficient", "textual")
    for feature in sorted(features, key=str.lower):
        yield _schema("accessibilityFeature", feature)
    yield _schema("accessibilityHazard", "none")
    text, with_alternatives, without = _SUMMARY.get(book.language.partition("-")[0].lower(), _SUMMARY["en"])
    sentences = [text, *([with_alternatives if described else without] if pictures else [])]
    yield _schema("accessibilitySummary", " ".join(sentences))


def _is_shown(element: etree._Element) -> bool:
    return element.get("aria-hidden") != "true"


def _has_alternative(element: etree._Element) -> bool:
    """Tell whether a picture has alternative text; an empty `alt` says, rightly, that it is decoration."""
    if namespace(element) != SVG:
        return element.get("alt") is not None
    return bool(element.get("aria-label") or element.get("aria-labelledby")) or any(
        local(child) == "title" and child.text for child in element
    )


def _refine(target: str, key: str, value: str, **more: str) -> Meta:
    return Meta("meta", value, {"refines": f"#{target}", "property": key, **more})


def _schema(key: str, value: str) -> Meta:
    return Meta("meta", value, {"property": f"schema:{key}"})
