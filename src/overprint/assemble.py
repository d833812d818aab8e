"""Manuscript → Book: order, anchors, numbers, threads of comments, credits. Pure: it reads no file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from overprint import markup
from overprint.diagnostics import Diagnostic, Made, error, warning
from overprint.markup.writer import Image
from overprint.model import Bio, Book, Comment, Creator, Essay, Letter, Manuscript, Person, Piece, Resource

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
    "Reading systems must show PNG, JPEG, GIF and SVG. Other kinds may be missing on a reader's device.",
)
SAME_NAME = error(
    "M321",
    "`{source}` and `{other}` would have one name in the books",
    "rename one of the files",
    "File names in an EPUB are lower-case letters, digits and hyphens; two pictures of one essay may not end up alike.",
)
UNNAMED = warning(
    "M506",
    "comment {number} has no name; it is printed as “{shown}”",
    "write the name after `author:` if you know it, or a name to print after `anonymise:`",
    "Overprint never invents a name. Where the source has none, a neutral word is printed.",
)
A_READER = {"de": "Leserstimme", "fr": "Un lecteur"}


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
    book = Book(
        slug=project.slug,
        title=project.title,
        subtitle=project.subtitle,
        language=project.language,
        identifier=project.identifier,
        modified=f"{(project.date + '-01-01')[:10]}T00:00:00Z",
        pieces=tuple(pieces),
        creators=tuple(_creators(manuscript)),
        publisher=project.publisher,
        city=project.city,
        date=project.date,
        rights=project.rights,
        isbn=project.isbn,
        description=project.description,
        comments_title=project.comments.title,
        links=project.links,
        images=tuple(images.values()),
    )
    return Made(book, tuple(said))


def _piece(essay: Essay, manuscript: Manuscript, images: dict[str, Resource], *, draft: bool) -> Made[Piece]:
    said: list[Diagnostic] = []
    language = essay.language or manuscript.project.language
    practice = "" if draft else language
    body = markup.fragment(essay.body, essay.slug, folder=f"images/{essay.slug}", language=practice)
    said += body.diagnostics
    said += _collect(body.value.images, essay, manuscript, images)
    people = [manuscript.people[author] for author in essay.authors if author in manuscript.people]
    bios = []
    for person in people:
        if person.bio.value:
            bio = markup.fragment(person.bio, f"{essay.slug}-{person.id}", language=practice)
            said += bio.diagnostics
            bios.append(Bio(f"{essay.slug}-about-{person.id}", person.name, bio.value.html))
    letters = _letters(essay, manuscript, practice)
    said += letters.diagnostics
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
        letters=letters.value,
        publication=essay.source.publication,
        published=essay.date,
        url=essay.source.url,
    )
    return Made(piece, tuple(said))


def _collect(
    found: tuple[Image, ...], essay: Essay, manuscript: Manuscript, images: dict[str, Resource]
) -> Iterator[Diagnostic]:
    for image in found:
        path = manuscript.project.manuscript / essay.folder / image.source
        media_type = MEDIA_TYPES.get(Path(image.name).suffix)
        other = images.get(image.name)
        if media_type is None:
            yield NOT_AN_IMAGE.at(image.place, source=image.source)
        elif other is not None and other.path != path:
            yield SAME_NAME.at(image.place, source=image.source, other=other.path.name)
        else:
            images.setdefault(image.name, Resource(image.name, media_type, path, image.place))


def _creators(manuscript: Manuscript) -> Iterator[Creator]:
    """Yield authors in the order of the book, then those known by name who wrote comments that are printed."""
    seen: set[str] = set()
    chosen = [
        comment.author
        for essay in manuscript.essays
        for comment in essay.comments
        if comment.include and not comment.anonymise
    ]
    for role, ids in (("aut", [author for essay in manuscript.essays for author in essay.authors]), ("ctb", chosen)):
        for person in (manuscript.people.get(each) for each in ids):
            if person and person.id not in seen:
                seen.add(person.id)
                yield Creator(person.name, person.sort, role)


def _letters(essay: Essay, manuscript: Manuscript, practice: str) -> Made[tuple[Letter, ...]]:
    """Thread the chosen comments: replies stand under what they answer, at most two deep."""
    said: list[Diagnostic] = []
    chosen = {comment.number: comment for comment in essay.comments if comment.include}
    top: dict[int, list[int]] = {}
    root_of: dict[int, int] = {}
    for comment in chosen.values():
        printed = [number for number in comment.reply_to if number in root_of]
        if len(comment.reply_to) == 1 and printed:
            root_of[comment.number] = root_of[printed[0]]
            top[root_of[printed[0]]].append(comment.number)
        else:
            root_of[comment.number] = comment.number
            top[comment.number] = []
    order = [number for root, replies in top.items() for number in (root, *replies)]
    labels = _labels(order, manuscript.project.comments.numbering)
    made = {number: _letter(chosen[number], labels[number], essay, manuscript, practice, said) for number in order}
    threads = tuple(
        _with_replies(made[root], tuple(made[number] for number in replies)) for root, replies in top.items()
    )
    return Made(threads, tuple(said))


def _labels(order: list[int], numbering: str) -> dict[int, str]:
    if numbering == "none":
        return dict.fromkeys(order, "")
    return {number: str(number if numbering == "source" else place) for place, number in enumerate(order, 1)}


def _with_replies(letter: Letter, replies: tuple[Letter, ...]) -> Letter:
    return Letter(
        letter.id, letter.label, letter.name, letter.date, letter.html, letter.by_author, letter.answers, replies
    )


def _letter(
    comment: Comment, label: str, essay: Essay, manuscript: Manuscript, practice: str, said: list[Diagnostic]
) -> Letter:
    ident = f"{essay.slug}-comment-{comment.number}"
    language = essay.language or manuscript.project.language
    body = markup.fragment(comment.body, ident, folder=f"images/{essay.slug}", level=4, language=practice)
    said += body.diagnostics
    if not comment.author and not comment.anonymise:
        said.append(UNNAMED.at(comment.at("author"), number=comment.number, shown=a_reader(language)))
    others = {other.number: other for other in essay.comments}
    answers = tuple(
        (
            f"{essay.slug}-comment-{number}" if others[number].include else "",
            # A writer who refused is not named either.
            a_reader(language)
            if others[number].consent == "refused"
            else printed_name(others[number], manuscript, language),
        )
        for number in comment.reply_to
        if number in others
    )
    return Letter(
        id=ident,
        label=label,
        name=printed_name(comment, manuscript, language),
        date=comment.date,
        html=body.value.html,
        by_author=comment.author in essay.authors and not comment.anonymise,
        answers=answers,
    )


def printed_name(comment: Comment, manuscript: Manuscript, language: str) -> str:
    """Return the name as printed: a person's, the one given, its initials, or a neutral word.

    Nothing is invented: without a name the reader stays “A reader”.
    """
    person: Person | None = manuscript.people.get(comment.author)
    name = person.name if person else comment.author
    if comment.anonymise == "initials":
        return initials(name) or a_reader(language)
    return comment.anonymise or name or a_reader(language)


def initials(name: str) -> str:
    r"""Return a name's initials.

    >>> initials("Rowan Tull"), initials("palimpsest_69")
    ('R.\xa0T.', 'P.')
    """
    return "\u00a0".join(f"{word[0].upper()}." for word in re.findall(r"[^\W\d_][\w’'-]*", name))


def a_reader(language: str) -> str:
    """Return what a reader without a name is called."""
    return A_READER.get(language.partition("-")[0].lower(), "A reader")
