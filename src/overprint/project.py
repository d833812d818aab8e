"""Find the project and read `manuscript/book.yaml` into a frozen Project."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from typing import Any, cast

from overprint import fields, files
from overprint.diagnostics import NOWHERE, Diagnostic, Exit, Made, Place, Stop, error
from overprint.fields import Key, is_date
from overprint.model import CommentSettings, Part, Project
from overprint.typefaces.wheels import FAMILIES

__all__ = ["BOOK", "KEYS", "find", "find_at", "is_date", "isbn_fault", "read", "slug"]

BOOK = "manuscript/book.yaml"

NO_PROJECT = error(
    "M120",
    "there is no book here: no manuscript/book.yaml",
    "go to the book's folder, name it with -C DIR, or start one with `overprint new DIR`",
    "Every command works on the nearest folder upward that holds `manuscript/book.yaml`.",
)
BAD_IDENTIFIER = error(
    "M103",
    "`{value}` is not an identifier",
    "write urn:uuid: with a UUID, or urn:isbn: with an ISBN; `overprint new` makes a fresh one",
    """The identifier tells this book from every other for ever. Library software relies on it, so it never changes.

    Bad, in book.yaml:
        identifier: small-book-1
    Good, in book.yaml:
        identifier: urn:isbn:9780306406157
    """,
)
BAD_ISBN = error(
    "M125",
    "`{value}` is not an ISBN: {why}",
    "copy it again from your ISBN agency's letter",
    """The last digit of an ISBN checks the others. A wrong one would send readers and shops to another book.

    Bad, in book.yaml:
        isbn: 978-0-306-40615-8
    Good, in book.yaml:
        isbn: 978-0-306-40615-7
    """,
)

KEYS = (
    Key("schema", "number", "version of this format; 1"),
    Key("title", "text", "the book's title", required=True),
    Key("subtitle", "text", "the book's subtitle"),
    Key("language", "language", "the book's language as a BCP 47 tag, such as en-GB", required=True),
    Key("identifier", "text", "urn:uuid:… or urn:isbn:…; never change it", required=True),
    Key("isbn", "text", "the book's ISBN-13"),
    Key("publisher", "text", "who publishes the book"),
    Key("city", "text", "where the publisher is"),
    Key("date", "date", "date of this edition", required=True),
    Key("rights", "text", "copyright line"),
    Key("description", "text", "one sentence for catalogues"),
    Key("theme", "text", "the look of the book"),
    Key("cover", "text", "your own picture for the cover, such as images/front.jpg; by default one is made"),
    Key("cover_alt", "text", "what your own picture shows, in a few words"),
    Key("trim", "trim", "size of the printed page: width x height such as 5 x 8 in, or a name such as A5"),
    Key(
        "look",
        "map",
        "what differs from the theme",
        keys=(
            Key("text_face", "choice", "typeface of the text", choices=tuple(FAMILIES)),
            Key("title_face", "choice", "typeface of titles", choices=tuple(FAMILIES)),
            Key("small_face", "choice", "typeface of notes, captions and heads", choices=tuple(FAMILIES)),
            Key("text_size", "length", "size of the text in print, such as 11pt"),
            Key("leading", "length", "from line to line in print, such as 14.5pt; all stands on this grid"),
            Key("ink", "colour", "colour of the text in print"),
            Key("accent", "colour", "second colour in print, where the theme has one"),
            Key("cover_ground", "colour", "colour of the cover"),
            Key("cover_ink", "colour", "colour of its words"),
            Key("cover_accent", "colour", "its second colour"),
        ),
    ),
    Key("slug", "text", "name of the built files; by default made from the title"),
    Key("editors", "texts", "who edited it: file names in people/ without .md"),
    Key(
        "contents",
        "entries",
        "the essays in the order of the book; by default all, by folder name",
        keys=(
            Key("part", "text", "title of a part of the book", required=True),
            Key("essays", "texts", "the essays in it", required=True),
        ),
    ),
    Key(
        "bios",
        "choice",
        "where lives stand: at an essay's end, in a section at the back, or both",
        choices=("essay", "contributors", "both"),
    ),
    Key("permissions_page", "flag", "yes adds a page that says who let you print what"),
    Key("links", "choice", "what print makes of links", choices=("footnotes", "hide")),
    Key("outputs", "texts", "what `overprint build` builds"),
    Key(
        "rules",
        "map",
        "which findings are shown",
        keys=(Key("ignore", "texts", "codes of warnings and hints to leave out, such as M503"),),
    ),
    Key(
        "comments",
        "map",
        "how comments are shown",
        keys=(
            Key(
                "numbering",
                "choice",
                "numbers as on the source, from 1, or none",
                choices=("source", "restart", "none"),
            ),
            Key("title", "text", "heading over the comments"),
        ),
    ),
)


def find(start: Path) -> Path:
    """Return the nearest folder upward from `start` that holds `manuscript/book.yaml`.

    Raises:
        Stop: there is none.
    """
    here = start.absolute()
    for folder in (here, *here.parents):
        if files.is_there(folder / BOOK):
            return folder
    raise Stop(NO_PROJECT.at(Place(str(start))), exit=Exit.CANNOT)


def find_at(folder: Path) -> Path:
    """Return `folder` where it is a project, absolute.

    Raises:
        Stop: it is not.
    """
    if not files.is_there(folder / BOOK):
        raise Stop(NO_PROJECT.at(Place(str(folder))), exit=Exit.CANNOT)
    return folder.absolute()


def read(root: Path) -> Made[Project]:
    """Read `book.yaml`. What is wrong comes back as diagnostics; a value that is missing is empty.

    Raises:
        Stop: the file cannot be read at all.
    """
    text, said = files.read_text(root / BOOK, root)
    made = fields.read(text, Place(BOOK, 1, 1), KEYS)
    got = made.value
    language = got.text("language", "und")
    checked, identifier_said = _identifiers(got)
    said += made.diagnostics + identifier_said
    contents, parts, contents_places = _contents(got)
    settings = CommentSettings(cast("Any", got.text("comments.numbering", "source")), got.text("comments.title"))
    project = Project(
        root=root,
        slug=slug(got.text("slug") or got.text("title")) or "book",
        language=language,
        theme=got.text("theme", "octavo"),
        trim=cast("Any", got.values.get("trim")),
        look=_look(got),
        links=cast("Any", got.text("links", "footnotes")),
        editors=got.texts("editors"),
        bios=cast("Any", got.text("bios", "essay")),
        permissions_page=got.flag("permissions_page"),
        contents=contents,
        parts=parts,
        outputs=got.texts("outputs") or ("epub", "pdf", "cover"),
        cover=got.text("cover"),
        cover_alt=got.text("cover_alt"),
        comments=settings,
        ignored=got.texts("rules.ignore"),
        places={**got.places, **contents_places},
        **checked,
        **{key: got.text(key) for key in ("title", "date", "subtitle", "publisher", "city", "rights", "description")},
    )
    return Made(project, said)


def _look(got: fields.Fields) -> dict[str, str]:
    """Return the tokens that `look:` sets, by their names in style sheets."""
    names = [name.removeprefix("look.") for name in got.values if name.startswith("look.")]
    values = {name: got.text(f"look.{name}") for name in names}
    return {
        name.replace("_", "-"): f'"{value}", serif' if name.endswith("_face") else value
        for name, value in values.items()
    }


def _contents(got: fields.Fields) -> tuple[tuple[str, ...], tuple[Part, ...], dict[str, Place]]:
    """Return the folders in their order, the parts they stand in, and the place of each folder by `contents.N`."""
    folders: list[str] = []
    parts, places = [], {}
    for entry in got.entries("contents"):
        part = "" not in entry.values
        named = [name.strip("/") for name in (entry.texts("essays") if part else (entry.text(""),)) if name]
        key = "essays.{}" if part else ""
        for number, name in enumerate(named):
            places[f"contents.{len(folders)}"] = entry.places.get(
                key.format(number), entry.places.get("essays", NOWHERE)
            )
            folders.append(name)
        if "part" in entry.values:
            parts.append(Part(entry.text("part"), tuple(named), entry.places["part"]))
    return tuple(folders), tuple(parts), places


def _identifiers(got: fields.Fields) -> tuple[dict[str, str], tuple[Diagnostic, ...]]:
    said = []
    identifier, isbn = got.text("identifier"), re.sub(r"[\s-]", "", got.text("isbn"))
    scheme, _, value = identifier.rpartition(":")
    if scheme == "urn:isbn":
        isbn = isbn or value or "urn:isbn:"
    elif identifier and not re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", identifier):
        said.append(BAD_IDENTIFIER.at(got.places["identifier"], value=identifier))
    if isbn and (why := isbn_fault(isbn)):
        said.append(BAD_ISBN.at(got.places["isbn" if "isbn" in got.values else "identifier"], value=isbn, why=why))
    return {"identifier": identifier, "isbn": isbn}, tuple(said)


def isbn_fault(isbn: str) -> str:
    """Say what is wrong with an ISBN-13 of digits alone, or nothing.

    >>> isbn_fault("9780306406157"), isbn_fault("9780306406158"), isbn_fault("0306406152")
    ('', 'its last digit should be 7', 'it has 10 digits, not 13')
    """
    if not re.fullmatch(r"[0-9]{13}", isbn):
        return f"it has {len(isbn)} digits, not 13" if isbn.isdigit() else "it holds more than digits and hyphens"
    check = -sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(isbn[:12])) % 10
    return "" if check == int(isbn[12]) else f"its last digit should be {check}"


def slug(words: str) -> str:
    """Return a name for files: lower-case ASCII letters, digits and hyphens, at most 60.

    >>> slug("Reading Her: An Essay & its Readers"), slug("Ein Fräulein’s Tod"), slug("影")
    ('reading-her-an-essay-its-readers', 'ein-frauleins-tod', '')
    """
    plain = unicodedata.normalize("NFKD", words.replace("’", "").replace("'", "")).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:60].strip("-")
