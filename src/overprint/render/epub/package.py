"""The package document: its parts, and what the catalogue says of the book."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from overprint.compose import licences
from overprint.diagnostics import Exit, Place, Stop, error
from overprint.model import Book

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


def metadata(book: Book) -> tuple[Meta, ...]:
    """Return what the catalogue says of the book, in order; of its accessibility `accessibility` speaks.

    Raises:
        Stop: the moment of the last change is not written as EPUB needs it.
    """
    if not _MODIFIED.match(book.modified):
        raise Stop(UNDATED.at(modified=book.modified or "nothing"), exit=Exit.CANNOT)
    return (*_identity(book), *_creators(book), *_edition(book), *_related(book))


def refine(target: str, key: str, value: str, **more: str) -> Meta:
    """Return what more is to say of the metadata with the id `target`."""
    return Meta("meta", value, {"refines": f"#{target}", "property": key, **more})


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
    opening, rest = article(title, language)
    return f"{rest}, {opening}" if opening else title


def article(title: str, language: str) -> tuple[str, str]:
    """Return the article that an English title begins with, and the rest; no article where it is all there is."""
    found = _ARTICLE.match(title) if language.partition("-")[0].lower() == "en" else None
    return (found[1], found[2]) if found else ("", title)


def languages(book: Book) -> tuple[str, ...]:
    """Return the tags of the languages that the book is in, its own first."""
    pieces, divisions = (each.language for each in book.pieces), (each.language for each in book.divisions)
    return tuple(dict.fromkeys([book.language, *pieces, *divisions]))


def identifiers(book: Book) -> tuple[str, ...]:
    """Return the book's URNs, the unique one first, the ISBN also where it is not that one."""
    isbn = re.sub(r"[^0-9Xx]", "", book.isbn).upper()
    return tuple(dict.fromkeys([book.identifier, *([f"urn:isbn:{isbn}"] if isbn else [])]))


def _identity(book: Book) -> Iterator[Meta]:
    unique, *others = identifiers(book)
    yield Meta("dc:identifier", unique, {"id": IDENTIFIER_ID})
    for other in others:
        yield Meta("dc:identifier", other, {"id": "isbn"})
        yield refine("isbn", "identifier-type", "15", scheme="onix:codelist5")
    yield Meta("dc:title", book.title, {"id": "title"})
    yield refine("title", "title-type", "main")
    yield refine("title", "file-as", file_as(book.title, book.language))
    if book.subtitle:
        yield Meta("dc:title", book.subtitle, {"id": "subtitle"})
        yield refine("subtitle", "title-type", "subtitle")
    for language in languages(book):
        yield Meta("dc:language", language)


def _creators(book: Book) -> Iterator[Meta]:
    # Authors come first, whatever the order they are given in: shops show the first names they find.
    ordered = sorted(book.creators, key=lambda each: each.role != "aut")
    for number, creator in enumerate(ordered, 1):
        kind = "creator" if creator.role == "aut" else "contributor"
        yield Meta(f"dc:{kind}", creator.name, {"id": f"{kind}-{number}"})
        yield refine(f"{kind}-{number}", "role", creator.role, scheme="marc:relators")
        yield refine(f"{kind}-{number}", "file-as", creator.sort or creator.name)


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
    if book.edition.series:
        yield Meta("meta", book.edition.series, {"id": "series", "property": "belongs-to-collection"})
        yield refine("series", "collection-type", "series")
        if book.edition.volume:
            yield refine("series", "group-position", book.edition.volume)
    for number, subject in enumerate(book.edition.subjects, 1):
        yield Meta("dc:subject", subject.words or subject.code, {"id": f"subject-{number}"})
        if subject.code:
            yield refine(f"subject-{number}", "authority", subject.scheme)
            yield refine(f"subject-{number}", "term", subject.code)


def _related(book: Book) -> Iterator[Meta]:
    """Yield where the essays come from, under which licences they stand, and the printed book."""
    for source in dict.fromkeys(piece.url or piece.publication for piece in book.pieces):
        if source:
            yield Meta("dc:source", source)
    for piece in book.pieces:
        if where := licences.address(piece.licence):
            yield Meta("link", "", {"rel": "dcterms:license", "refines": f"#{text_id(piece.id)}", "href": where})
    if book.edition.isbn_print:
        yield Meta("meta", f"urn:isbn:{book.edition.isbn_print}", {"property": "dcterms:hasFormat"})


def text_id(name: str) -> str:
    """Return how the package calls a chapter."""
    return f"text-{name}"
