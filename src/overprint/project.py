"""Find the project and read `manuscript/book.yaml` into a frozen Project."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

from overprint import fields, files, typefaces
from overprint.diagnostics import NOWHERE, Diagnostic, Exit, Made, Place, Stop, error
from overprint.fields import Key, is_date
from overprint.model import Accessibility, CommentSettings, Edges, Edition, Part, Project, Subject

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
BAD_SUBJECT = error(
    "M151",
    "`{value}` is not a code of {scheme}",
    "look it up in the scheme's own list; codes are written as {example}",
    """Shops sort books by the codes of Thema or, in North America, BISAC. A code that they do not know is thrown away,
    or the book with it.

    Bad, in book.yaml:
        subjects:
          - bisac: Essays
    Good, in book.yaml:
        subjects:
          - Bees
          - thema: DNL
            words: Literary essays
          - bisac: LCO010000
    """,
)

WCAG = tuple(f"WCAG {version} {level}" for version in ("2.0", "2.1", "2.2") for level in ("A", "AA", "AAA"))
ACCESSIBILITY = (
    Key("conforms_to", "choice", "the level of WCAG that was found", choices=WCAG),
    Key("certified_by", "text", "who found it: a person or a firm"),
    Key("credential", "text", "what entitles them to say so: a name, or its address"),
    Key("report", "url", "the address of their report"),
    Key("summary", "text", "in your own words, in place of the sentences that are computed"),
    Key(
        "hazards",
        "choice",
        "what pictures that move do: nothing bad, flash, or seem to move the viewer",
        choices=("none", "flashing", "motion"),
    ),
    Key(
        "exemption",
        "choice",
        "why the European Accessibility Act does not ask for it",
        choices=("microenterprise", "disproportionate-burden", "fundamental-alteration"),
    ),
)
SCHEMES = {"Thema": (r"[A-Z1-6][A-Z0-9-]{0,20}", "DNL"), "BISAC": (r"[A-Z]{3}[0-9]{6}", "LCO010000")}
"""How codes of each are written, and one of them."""

KEYS = (
    Key("schema", "number", "version of this format; 1"),
    Key("title", "text", "the book's title", required=True),
    Key("subtitle", "text", "the book's subtitle"),
    Key("language", "language", "the book's language as a BCP 47 tag, such as en-GB", required=True, also=("lang",)),
    Key("identifier", "text", "urn:uuid:… or urn:isbn:…; never change it", required=True),
    Key("isbn", "text", "the ISBN-13 of the EPUB"),
    Key("isbn_print", "text", "the ISBN-13 of the printed book, which needs one of its own"),
    Key("binding", "choice", "how the printed book is bound", choices=("paperback", "hardback")),
    Key("publisher", "text", "who publishes the book"),
    Key("city", "text", "where the publisher is"),
    Key("date", "date", "date of this edition", required=True),
    Key("rights", "text", "copyright line"),
    Key("description", "text", "a sentence or a few for catalogues and the back of the printed cover"),
    Key(
        "series",
        "map",
        "the series that it appears in",
        keys=(
            Key("name", "text", "the name of the series", required=True),
            Key("number", "text", "its number there"),
        ),
    ),
    Key(
        "subjects",
        "entries",
        "what it is about: words, or codes that shops sort by",
        keys=(
            Key("thema", "text", "a code of the Thema scheme, such as DNL"),
            Key("bisac", "text", "a code of the BISAC scheme, such as LCO010000"),
            Key("words", "text", "what the code stands for"),
        ),
    ),
    Key(
        "accessibility",
        "map",
        "what somebody has found out about the EPUB's accessibility; what can be computed need not be said",
        keys=ACCESSIBILITY,
    ),
    Key("theme", "text", "the look of the book"),
    Key("cover", "text", "your own picture for the cover, such as images/front.jpg; by default one is made"),
    Key("cover_alt", "text", "what your own picture shows, in a few words"),
    Key("profile", "text", "the printer that the PDF is made for; `overprint profiles` lists them"),
    Key("paper", "text", "what the book is printed on, as the profile names it; by default its first paper"),
    Key("price", "text", "the price in the barcode of the cover, such as 14.99 USD; by default none"),
    Key("trim", "trim", "size of the printed page: width x height such as 5 x 8 in, or a name such as A5"),
    Key(
        "look",
        "map",
        "what differs from the theme",
        keys=(
            Key("text_face", "text", "typeface of the text: one of ours, or one whose files are in styles/fonts/"),
            Key("title_face", "text", "typeface of titles"),
            Key("small_face", "text", "typeface of notes, captions and heads"),
            Key("code_face", "text", "typeface of code"),
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
    Key("translators", "texts", "who translated it, named likewise"),
    Key("illustrators", "texts", "who drew or photographed for it, named likewise"),
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
    Key(
        "outputs",
        "texts",
        "what `overprint build` builds: epub, pdf, screen, booklet, cover, wrap, onix; by default epub, pdf and cover, "
        "and onix where there are an ISBN and a publisher",
    ),
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
    edition = _edition(got)
    said += made.diagnostics + identifier_said + edition.diagnostics + tuple(_typefaces(got, root))
    contents, parts, contents_places = _contents(got)
    sold = got.text("publisher") and (checked["isbn"] or edition.value.isbn_print)
    settings = CommentSettings(cast("Any", got.text("comments.numbering", "source")), got.text("comments.title"))
    project = Project(
        root=root,
        slug=slug(got.text("slug") or got.text("title")) or "book",
        language=language,
        theme=got.text("theme", "octavo"),
        trim=cast("Any", got.values.get("trim")),
        profile=got.text("profile"),
        paper=got.text("paper"),
        price=got.text("price"),
        edges=Edges(),
        look=_look(got),
        links=cast("Any", got.text("links", "footnotes")),
        editors=got.texts("editors"),
        translators=got.texts("translators"),
        illustrators=got.texts("illustrators"),
        edition=edition.value,
        bios=cast("Any", got.text("bios", "essay")),
        permissions_page=got.flag("permissions_page"),
        contents=contents,
        parts=parts,
        outputs=got.texts("outputs") or ("epub", "pdf", "cover", *(["onix"] if sold else [])),
        cover=got.text("cover"),
        cover_alt=got.text("cover_alt"),
        comments=settings,
        ignored=got.texts("rules.ignore"),
        places={**got.places, **contents_places},
        **checked,
        **{key: got.text(key) for key in ("title", "date", "subtitle", "publisher", "city", "rights", "description")},
    )
    return Made(project, said)


def _typefaces(got: fields.Fields, root: Path) -> Iterator[Diagnostic]:
    """Yield what is wrong with the typefaces that `look:` names."""
    for key in (name for name in got.values if name.startswith("look.") and name.endswith("_face")):
        try:
            said = typefaces.missing(got.text(key), key, root, got.places[key])
        except Stop as stop:
            yield from stop.diagnostics
            return
        if said:
            yield said


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
    identifier, isbn = got.text("identifier"), _bare(got.text("isbn"))
    scheme, _, value = identifier.rpartition(":")
    if scheme == "urn:isbn":
        isbn = isbn or value or "urn:isbn:"
    elif identifier and not re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", identifier):
        said.append(BAD_IDENTIFIER.at(got.places["identifier"], value=identifier))
    numbers = {"isbn" if "isbn" in got.values else "identifier": isbn, "isbn_print": _bare(got.text("isbn_print"))}
    for key, number in numbers.items():
        if number and (why := isbn_fault(number)):
            said.append(BAD_ISBN.at(got.places[key], value=number, why=why))
    return {"identifier": identifier, "isbn": isbn}, tuple(said)


def _bare(isbn: str) -> str:
    return re.sub(r"[\s-]", "", isbn)


def _edition(got: fields.Fields) -> Made[Edition]:
    subjects: list[Subject] = []
    said = []
    for number, entry in enumerate(got.entries("subjects")):
        place, words = got.places.get(f"subjects.{number}", got.places["subjects"]), entry.text("words")
        coded = [(scheme, code) for scheme in SCHEMES if (code := entry.text(scheme.lower()))]
        for scheme, code in coded:
            subjects.append(Subject(words, cast("Any", scheme), code))
            form, example = SCHEMES[scheme]
            if not re.fullmatch(form, code):
                said.append(BAD_SUBJECT.at(place, value=code, scheme=scheme, example=example))
        if not coded and (keyword := entry.text("") or words):
            subjects.append(Subject(keyword))
    claims: dict[str, Any] = {each.name: got.text(f"accessibility.{each.name}") for each in ACCESSIBILITY}
    edition = Edition(
        isbn_print=_bare(got.text("isbn_print")),
        binding=cast("Any", got.text("binding")),
        series=got.text("series.name"),
        volume=got.text("series.number"),
        subjects=tuple(subjects),
        accessibility=Accessibility(**claims),
        as_typed=(got.text("isbn"), got.text("isbn_print")),
    )
    return Made(edition, tuple(said))


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
