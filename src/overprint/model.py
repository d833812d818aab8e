"""The nouns: frozen values that the stages hand to each other. No method does I/O."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from overprint.diagnostics import NOWHERE, Place

Consent = Literal["granted", "pending", "refused", "not-needed"]
Matter = Literal["front", "body", "back"]
Media = Literal["both", "epub", "print"]


def _nearest(places: Mapping[str, Place], key: str, otherwise: Place) -> Place:
    """Return where a dotted key stands, or the key that holds it: `authors.1`, then `authors`."""
    while key:
        if key in places:
            return places[key]
        key = key.rpartition(".")[0]
    return otherwise


@dataclass(frozen=True, slots=True)
class Text:
    """Markdown as an editor wrote it; `place` is where its first character stands."""

    value: str = ""
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Person:
    """Someone who wrote: `id` is the file's stem in `people/`, `sort` the name as a catalogue files it."""

    id: str
    name: str
    sort: str
    url: str = ""
    bio: Text = Text()
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Source:
    """Where an essay first appeared; dates are ISO 8601."""

    publication: str = ""
    url: str = ""
    retrieved: str = ""


@dataclass(frozen=True, slots=True)
class Comment:
    """A reader's comment: `number` and `reply_to` count as on the source; `author` is a name or a person's id."""

    number: int
    author: str
    body: Text
    source_id: str = ""
    date: str = ""
    reply_to: tuple[int, ...] = ()
    include: bool = False
    consent: Consent = "pending"
    consent_note: str = ""
    anonymise: str = ""
    author_note: str = ""
    editor_note: str = ""
    kind: str = "comment"
    place: Place = NOWHERE
    places: Mapping[str, Place] = field(default_factory=dict)

    def at(self, key: str) -> Place:
        """Return where a key stands, or the block's own place."""
        return _nearest(self.places, key, self.place)


@dataclass(frozen=True, slots=True)
class Essay:
    """One essay of the manuscript with all its comments, chosen or not. `folder` is relative to `manuscript/`."""

    slug: str
    folder: str
    title: str
    body: Text
    subtitle: str = ""
    authors: tuple[str, ...] = ()
    date: str = ""
    language: str = ""
    abstract: str = ""
    source: Source = Source()
    permission: Consent = "not-needed"
    permission_note: str = ""
    licence: str = ""
    comments: tuple[Comment, ...] = ()
    place: Place = NOWHERE
    places: Mapping[str, Place] = field(default_factory=dict)

    def at(self, key: str) -> Place:
        """Return where a key stands, or the file's own place; `authors.1` is the second author."""
        return _nearest(self.places, key, self.place)


@dataclass(frozen=True, slots=True)
class Section:
    """A text of the front or back matter, such as a foreword; `kind` is its EPUB type, empty where it has none.

    `path` is relative to `manuscript/`.
    """

    slug: str
    path: str
    matter: Matter
    kind: str
    title: str
    body: Text
    authors: tuple[str, ...] = ()
    language: str = ""
    place: Place = NOWHERE
    places: Mapping[str, Place] = field(default_factory=dict)

    def at(self, key: str) -> Place:
        """Return where a key stands, or the file's own place."""
        return _nearest(self.places, key, self.place)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the book: its title and the essays in it, as folders in `book.yaml`, as slugs in the manuscript."""

    title: str
    essays: tuple[str, ...]
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class CommentSettings:
    """How comments are shown: `numbering` of the printed comments, and the heading over them."""

    numbering: Literal["source", "restart", "none"] = "source"
    title: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """What the book is about, in `words` or as a `code` of a `scheme` that shops sort by; `words` then may be empty."""

    words: str = ""
    scheme: Literal["", "Thema", "BISAC"] = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Accessibility:
    """What the editor says of the EPUB's accessibility, beside what is computed from its content.

    `conforms_to` is such as `WCAG 2.2 AA`, and `certified_by` whoever found so; `credential` is a name or an address.
    `hazards` is what they saw in pictures that move, and `exemption` why the European Accessibility Act does not ask
    for it, in EPUB's words less `eaa-`.
    """

    conforms_to: str = ""
    certified_by: str = ""
    credential: str = ""
    report: str = ""
    summary: str = ""
    hazards: Literal["", "none", "flashing", "motion"] = ""
    exemption: str = ""


@dataclass(frozen=True, slots=True)
class Edition:
    """What catalogues and shops want to know beside the title page.

    An ISBN has digits alone; `as_typed` are those of the EPUB and the printed book with the editor's hyphens.
    """

    isbn_print: str = ""
    binding: Literal["", "paperback", "hardback"] = ""
    series: str = ""
    volume: str = ""
    subjects: tuple[Subject, ...] = ()
    accessibility: Accessibility = Accessibility()
    as_typed: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Edges:
    """What a printer asks of the edges of pages, in points: the least margins at the spine and opposite, and the bleed.

    `bleed` is that of the top, the foot, the outer and the inner edge; only pages with ink to the edge have it.
    """

    inner: float = 0
    outer: float = 0
    bleed: tuple[float, float, float, float] = (0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Project:
    """`book.yaml`, typed. `root` is the folder that holds `manuscript/`; `slug` names the outputs.

    `profile` is the name of the printer's profile, `edges` what follows from it for the pages; `paper` is one of its
    papers, `price` a sum and a currency.
    `trim` is the width and height of the page in points where it is not the theme's, `look` the tokens that differ.
    `cover` is the file of a picture in `manuscript/`, `cover_alt` what is in it; without one, a cover is made.
    """

    root: Path
    slug: str
    title: str
    language: str
    identifier: str
    date: str
    subtitle: str = ""
    publisher: str = ""
    city: str = ""
    rights: str = ""
    isbn: str = ""
    description: str = ""
    theme: str = "octavo"
    trim: tuple[float, float] | None = None
    profile: str = ""
    paper: str = ""
    price: str = ""
    edges: Edges = Edges()
    look: Mapping[str, str] = field(default_factory=dict)
    links: Literal["footnotes", "hide"] = "footnotes"
    editors: tuple[str, ...] = ()
    translators: tuple[str, ...] = ()
    illustrators: tuple[str, ...] = ()
    edition: Edition = Edition()
    bios: Literal["essay", "contributors", "both"] = "essay"
    permissions_page: bool = False
    contents: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    outputs: tuple[str, ...] = ("epub", "pdf", "cover")
    cover: str = ""
    cover_alt: str = ""
    comments: CommentSettings = CommentSettings()
    ignored: tuple[str, ...] = ()
    places: Mapping[str, Place] = field(default_factory=dict)

    @property
    def manuscript(self) -> Path:
        """The folder that editors edit."""
        return self.root / "manuscript"

    def at(self, key: str) -> Place:
        """Return where a key of `book.yaml` stands, or its first line; `contents.1` is the second essay named there."""
        return _nearest(self.places, key, Place("manuscript/book.yaml", 1, 1))


@dataclass(frozen=True, slots=True)
class Manuscript:
    """Everything the editor wrote; `essays` and `sections` stand in the order of the book, `people` by id."""

    project: Project
    essays: tuple[Essay, ...]
    people: Mapping[str, Person]
    parts: tuple[Part, ...] = ()
    sections: tuple[Section, ...] = ()


@dataclass(frozen=True, slots=True)
class Resource:
    """A file that the books need: `name` is its path inside the EPUB and the layout, such as `images/her/plate.svg`."""

    name: str
    media_type: str
    path: Path
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class Letter:
    """A chosen comment as printed.

    `label` is its printed number or empty, `note` the editor's in Markdown; `answers` pairs the id of a printed
    comment (empty where it is not printed) with the name of its writer; `replies` nest at most one level.
    """

    id: str
    label: str
    name: str
    date: str
    html: str
    by_author: bool = False
    answers: tuple[tuple[str, str], ...] = ()
    note: str = ""
    replies: tuple[Letter, ...] = ()


@dataclass(frozen=True, slots=True)
class Bio:
    """A short life at an essay's end; `html` is a fragment whose first words need not be the name."""

    id: str
    name: str
    html: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside an essay, for contents and outline; `number` as the author gave it, or empty."""

    id: str
    level: int
    text: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """An essay as the book holds it, its Markdown turned into XHTML fragments with ids unique in the book."""

    id: str
    title: str
    authors: tuple[str, ...]
    html: str
    language: str
    subtitle: str = ""
    abstract: str = ""
    headings: tuple[Heading, ...] = ()
    bios: tuple[Bio, ...] = ()
    letters: tuple[Letter, ...] = ()
    publication: str = ""
    published: str = ""
    url: str = ""
    licence: str = ""


@dataclass(frozen=True, slots=True)
class Division:
    """A text of the front or back matter as the book holds it; without a title it is a dedication or an epigraph."""

    id: str
    kind: str
    matter: Matter
    title: str
    html: str
    language: str
    authors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BookPart:
    """A part of the book: its title in Markdown, and the ids of its pieces."""

    id: str
    title: str
    pieces: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Grant:
    """A line of the permissions page: what may be printed, whose it is, and how and when that was said.

    `label` is a comment's printed number, or empty; an essay's own line is the one with `comment` false.
    """

    piece: str
    name: str
    consent: Consent
    note: str
    comment: bool = False
    label: str = ""


@dataclass(frozen=True, slots=True)
class Creator:
    """A contributor for the catalogue: `role` is a MARC relator such as `aut` or `ctb`."""

    name: str
    sort: str
    role: str


@dataclass(frozen=True, slots=True)
class Book:
    """The ordered, anchored book. `identifier` is a URN and `modified` ISO 8601 in UTC: no renderer asks the clock."""

    slug: str
    title: str
    language: str
    identifier: str
    modified: str
    pieces: tuple[Piece, ...]
    creators: tuple[Creator, ...] = ()
    subtitle: str = ""
    publisher: str = ""
    city: str = ""
    date: str = ""
    rights: str = ""
    isbn: str = ""
    description: str = ""
    edition: Edition = Edition()
    comments_title: str = ""
    links: str = "footnotes"
    parts: tuple[BookPart, ...] = ()
    divisions: tuple[Division, ...] = ()
    contributors: tuple[Bio, ...] = ()
    grants: tuple[Grant, ...] = ()
    images: tuple[Resource, ...] = ()


@dataclass(frozen=True, slots=True)
class Chapter:
    """One document of the book: `text/NAME.xhtml` in the EPUB, one section of the printed book.

    Attributes:
        name: lower-case ASCII, unique; also the prefix of nothing else.
        title: the document's title, equal to its heading.
        html: the inside of `<body>`, well-formed XHTML; `epub:` names are used bare, with the prefix undeclared.
            Links to other chapters are `NAME.xhtml#id`, images `../images/…`.
        epub_type: the section's type, such as `titlepage` or `chapter`.
        media: where it stands: both books, or only one.
    """

    name: str
    title: str
    html: str
    matter: Matter
    language: str
    epub_type: str = ""
    media: Media = "both"


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """A page of the printed book, by the text that it begins with.

    Attributes:
        label: its number, as readers see it.
        chapter: the name of the chapter.
        block: number of the block among those of the chapter that have text, from 0; `render.text_blocks` has the rule.
        offset: code points into the block's own text.
    """

    label: str
    chapter: str
    block: int
    offset: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the contents: `href` such as `her.xhtml#her-title`; `author` stands beside an essay's title.

    `kind` tells apart what print sets in another way: `front` has roman folios, a `part` holds essays. `shown` is the
    title as XHTML where it has markup, such as the title of a work. `language` is given where it is not the book's.
    """

    href: str
    title: str
    author: str = ""
    children: tuple[Entry, ...] = ()
    kind: Literal["", "front", "part"] = ""
    shown: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Face:
    """A static cut of a typeface; `weight` in CSS units, `style` `normal` or `italic`, `path` a TTF or OTF."""

    family: str
    weight: int
    style: Literal["normal", "italic"]
    path: Path


@dataclass(frozen=True, slots=True)
class Measure:
    """What fills a line of print: points of type `size` and of `width`; `tracking` in em, `caps` for small capitals.

    `leading` is given where lines are not those of the text, `above` where their space above leaves the grid.
    """

    face: Path
    size: float
    width: float
    tracking: float = 0
    caps: bool = False
    leading: float = 0
    above: float = 0


@dataclass(frozen=True, slots=True)
class Fit:
    """How large lines of the cover may be: each of `steps` is a size in points, largest first, with the most lines.

    `width` is in points, `leading` and `tracking` in em; `whole` is for names, of which none is parted without need.
    """

    face: Path
    width: float
    steps: tuple[tuple[float, int], ...]
    leading: float = 1.1
    tracking: float = 0
    caps: bool = False
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Setting:
    """What a theme asks of the markup: lines of a drop cap and its face, a lead-in, by class what print breaks evenly.

    `cover` is by class what is made as large as the cover has room for.
    """

    dropcap: int = 0
    cap: Path | None = None
    lead_in: bool = False
    text: Measure | None = None
    even: Mapping[str, Measure] = field(default_factory=dict)
    cover: Mapping[str, Fit] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Look:
    """A theme and the project's own styles, tokens compiled away.

    `print_sheets` and `cover_sheets` are names and texts in the order of the cascade, each line where it stands in its
    file; `epub_css` is one whole sheet. `code` is the family that only code is set in, where the book has some. `trim`
    is the width and height of the printed page, `sides` its inner and outer margin, in points; `lines` are its margin
    at the top and the foot, and the leading.
    """

    theme: str
    print_sheets: tuple[tuple[str, str], ...]
    epub_css: str
    faces: tuple[Face, ...]
    resources: tuple[Resource, ...] = ()
    setting: Setting = Setting()
    cover_sheets: tuple[tuple[str, str], ...] = ()
    code: str = ""
    trim: tuple[float, float] = (0, 0)
    sides: tuple[float, float] = (0, 0)
    lines: tuple[float, ...] = (0, 0, 0)


@dataclass(frozen=True, slots=True)
class Cover:
    """The front of the book: the editor's own `picture`, or else `html` to be drawn; `alt` says it in words."""

    alt: str = ""
    html: str = ""
    picture: Path | None = None


@dataclass(frozen=True, slots=True)
class Wrap:
    """The sheet of a printed cover, in points: back, spine and front side by side, with bleed on all four sides.

    `clear` is how far words on the spine keep from its folds; None where none may stand there. `box` is the white box
    of the barcode on the back: its width and height, and how far it is from the spine and the foot; None where there
    is none. `type_least` is the smallest type.
    """

    trim: tuple[float, float]
    spine: float
    bleed: float = 0
    clear: float | None = None
    box: tuple[float, float, float, float] | None = None
    type_least: float = 0


@dataclass(frozen=True, slots=True)
class Composed:
    """The book in the one markup that both renderers share."""

    book: Book
    chapters: tuple[Chapter, ...]
    contents: tuple[Entry, ...]
    look: Look
    cover: Cover = Cover()


@dataclass(frozen=True, slots=True)
class ImportedBio:
    """A bio found in a source; `text` is Markdown."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class ImportedComment:
    """A comment found in a source; `id` and `reply_to` are the source's own ids, empty or None where it is silent."""

    number: int
    id: str
    author: str | None
    date: str | None
    body: str
    reply_to: tuple[str, ...] = ()
    kind: Literal["comment", "pingback", "trackback"] = "comment"
    author_note: str = ""


@dataclass(frozen=True, slots=True)
class Dropped:
    """Text left out by an importer, why, and its 1-based line in the source."""

    text: str
    reason: str
    line: int


@dataclass(frozen=True, slots=True)
class ImportedImage:
    """A picture of a source. In the body it is named by its `url`, or by `images/` and its `name` where it has none.

    `data` are its bytes where the source holds them; a picture that no body names, such as a featured one, is kept too.
    """

    name: str
    data: bytes | None
    url: str
    alt: str


@dataclass(frozen=True, slots=True)
class Origin:
    """The file that an essay came from: its path as the user named it, its reader's kind, and its SHA-256."""

    path: str
    kind: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Imported:
    """One essay as an importer found it; None where the source does not say.

    `id` is the source's own name for it, `categories` may become parts of the book; `origin`, and `given`, the names of
    what the editor gave in place of the source, are filled in afterwards.
    """

    slug: str
    body: str
    title: str | None = None
    subtitle: str | None = None
    authors: tuple[str, ...] = ()
    date: str | None = None
    language: str | None = None
    url: str | None = None
    publication: str | None = None
    bios: tuple[ImportedBio, ...] = ()
    comments: tuple[ImportedComment, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    id: str = ""
    categories: tuple[str, ...] = ()
    images: tuple[ImportedImage, ...] = ()
    origin: Origin | None = None
    given: tuple[str, ...] = ()
