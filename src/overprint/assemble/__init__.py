"""Manuscript → Book: order, anchors, numbers, threads of comments, roles. Pure: it reads no file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from overprint import markup
from overprint.assemble import letters, roles
from overprint.diagnostics import Diagnostic, Made, error
from overprint.markup.writer import Image
from overprint.model import (
    Bio,
    Book,
    BookPart,
    Division,
    Essay,
    Letter,
    Manuscript,
    Piece,
    Resource,
    Section,
)

MEDIA_TYPES = {
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".png": "image/png",
    ".gif": "image/gif",
    ".svg": "image/svg+xml",
}

NOT_AN_IMAGE = error(
    "M318",
    "`{source}` is not a picture that both books can show",
    "save it as PNG, JPEG, GIF or SVG",
    """Reading systems must show PNG, JPEG, GIF and SVG. Other kinds may be missing on a reader's device.

    Bad, in essay.md:
        ![A bee on a thistle](images/bee.webp)
    and in images/bee.webp:
        a picture of 1200 × 900 pixels
    Good, in essay.md:
        ![A bee on a thistle](images/bee.jpg)
    and in images/bee.jpg:
        a picture of 1200 × 900 pixels
    """,
)
SAME_NAME = error(
    "M321",
    "`{source}` and `{other}` would have one name in the books",
    "rename one of the files",
    """File names in an EPUB are lower-case letters, digits and hyphens; two pictures of one essay may not end up
    alike.

    Bad, in essay.md:
        ![A bee on a thistle](images/A-bee.png)

        ![Another bee](images/a-bee.png)
    Good, in essay.md:
        ![A bee on a thistle](images/bee-1.png)

        ![Another bee](images/bee-2.png)
    """,
)
SAME_ID = error(
    "M141",
    "two places in the books would be called `{id}`: one in {first}, one in {second}",
    "rename the folder or the file of one of them",
    """Links and the contents find a place by a name that is made of its essay's name and what it is: the comments on
    `essays/01-bees` are `bees-comments`. An essay in the folder `02-bees-comments` would have the same name.

    Bad, in essays/02-bees-comments/essay.md:
        ---
        title: On Comments
        authors: [ada-quill]
        ---

        Readers are busy too.
    Good, in essays/02-on-comments/essay.md:
        ---
        title: On Comments
        authors: [ada-quill]
        ---

        Readers are busy too.
    """,
)
ID = re.compile(r' id="([^"]+)"')
RESERVED = ("front-halftitle", "front-titlepage", "front-copyright", "front-contents", "contributors", "permissions")


def assemble(manuscript: Manuscript, *, draft: bool = False) -> Made[Book]:
    """Return the book with everything that the editor chose and nothing else.

    Ids are unique in the book because each begins with its essay's slug. A draft keeps quotes, dashes and spaces as
    typed: what is wrong with a manuscript shows in it just as well, and in half the time.
    """
    project, said = manuscript.project, list[Diagnostic]()
    images: dict[str, Resource] = {}
    pieces = []
    for essay in manuscript.essays:
        made = _piece(essay, manuscript, images, draft=draft)
        pieces.append(made.value)
        said += made.diagnostics
    divisions = []
    for section in manuscript.sections:
        division = _division(section, manuscript, images, draft=draft)
        divisions.append(division.value)
        said += division.diagnostics
    contributors = roles.contributors(manuscript, said, draft=draft)
    book = Book(
        slug=project.slug,
        title=project.title,
        subtitle=project.subtitle,
        language=project.language,
        identifier=project.identifier,
        modified=f"{(project.date + '-01-01')[:10]}T00:00:00Z",
        pieces=tuple(pieces),
        creators=roles.creators(manuscript),
        publisher=project.publisher,
        city=project.city,
        date=project.date,
        rights=project.rights,
        isbn=project.isbn,
        edition=project.edition,
        description=project.description,
        comments_title=project.comments.title,
        links=project.links,
        parts=tuple(
            BookPart(f"part-{number}", part.title, part.essays) for number, part in enumerate(manuscript.parts, 1)
        ),
        divisions=tuple(divisions),
        contributors=contributors,
        grants=tuple(roles.grants(manuscript)) if project.permissions_page else (),
        images=tuple(images.values()),
    )
    return Made(book, (*said, *_same_ids(book, manuscript)))


def _same_ids(book: Book, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Yield each name that two places of the book would share; inside one text the markup keeps them apart."""
    holders = dict.fromkeys(RESERVED, "the book itself") | {part.id: "the book itself" for part in book.parts}
    if not _may_clash([*holders, *(piece.id for piece in book.pieces), *(each.id for each in book.divisions)]):
        return
    essays = zip(manuscript.essays, book.pieces, strict=True)
    texts = [(f"manuscript/{essay.folder}", essay.place, _ids(piece)) for essay, piece in essays]
    sections = zip(manuscript.sections, book.divisions, strict=True)
    texts += [(section.place.path, section.place, {each.id, *ID.findall(each.html)}) for section, each in sections]
    for holder, place, idents in texts:
        for ident in sorted(idents):
            if holders.setdefault(ident, holder) != holder:
                yield SAME_ID.at(place, id=ident, first=holders[ident], second=holder)


def _may_clash(names: list[str]) -> bool:
    """Tell whether a name stands twice or continues another: all ids of a text are its name, or go on from it.

    >>> _may_clash(["bees", "wax", "bees-comments"]), _may_clash(["bees", "bee-keeping"])
    (True, False)
    """
    known = set(names)
    return len(known) < len(names) or any(
        name[:at] in known for name in names for at, sign in enumerate(name) if sign == "-"
    )


def _ids(piece: Piece) -> set[str]:
    inside: list[Bio | Letter] = [*piece.bios]
    for letter in piece.letters:
        inside += [letter, *letter.replies]
    own = {piece.id, f"{piece.id}-comments", *(each.id for each in inside)}
    return own.union(*(ID.findall(html) for html in (piece.html, *(each.html for each in inside))))


def _piece(essay: Essay, manuscript: Manuscript, images: dict[str, Resource], *, draft: bool) -> Made[Piece]:
    said: list[Diagnostic] = []
    language = essay.language or manuscript.project.language
    practice = "" if draft else language
    body = markup.fragment(essay.body, essay.slug, folder=f"images/{essay.slug}", language=practice)
    said += body.diagnostics
    said += _collect(body.value.images, manuscript.project.manuscript / essay.folder, images)
    people = [manuscript.people[author] for author in essay.authors if author in manuscript.people]
    bios = []
    for person in people:
        if person.bio.value and manuscript.project.bios != "contributors":
            bio = markup.fragment(person.bio, f"{essay.slug}-{person.id}", language=practice)
            said += bio.diagnostics
            bios.append(Bio(f"{essay.slug}-about-{person.id}", person.name, bio.value.html))
    found = letters.of_essay(essay, manuscript, practice)
    said += found.diagnostics
    piece = Piece(
        id=essay.slug,
        title=essay.title,
        subtitle=essay.subtitle,
        abstract=essay.abstract,
        authors=tuple(person.name for person in people),
        html=body.value.html,
        language=language,
        headings=body.value.headings,
        bios=tuple(bios),
        letters=found.value,
        publication=essay.source.publication,
        published=essay.date,
        url=essay.source.url,
        licence=essay.licence,
    )
    return Made(piece, tuple(said))


def _division(section: Section, manuscript: Manuscript, images: dict[str, Resource], *, draft: bool) -> Made[Division]:
    language = section.language or manuscript.project.language
    practice = "" if draft else language
    body = markup.fragment(section.body, section.slug, folder=f"images/{section.slug}", language=practice)
    said = list(body.diagnostics)
    said += _collect(body.value.images, (manuscript.project.manuscript / section.path).parent, images)
    people = [manuscript.people[author].name for author in section.authors if author in manuscript.people]
    division = Division(
        section.slug, section.kind, section.matter, section.title, body.value.html, language, tuple(people)
    )
    return Made(division, tuple(said))


def _collect(found: tuple[Image, ...], folder: Path, images: dict[str, Resource]) -> Iterator[Diagnostic]:
    for image in found:
        path = folder / image.source
        media_type = MEDIA_TYPES.get(Path(image.name).suffix)
        other = images.get(image.name)
        if media_type is None:
            yield NOT_AN_IMAGE.at(image.place, source=image.source)
        elif other is not None and other.path != path:
            yield SAME_NAME.at(image.place, source=image.source, other=other.path.name)
        else:
            images.setdefault(image.name, Resource(image.name, media_type, path, image.place))
