"""Book → chapters: the pages of the book in the one XHTML that both books share."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from jinja2 import (
    ChoiceLoader,
    Environment,
    FileSystemLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateError,
    TemplateNotFound,
)
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from overprint import markup
from overprint.compose import licences, openings, terms
from overprint.compose.theme import Theme
from overprint.diagnostics import Exit, Place, Stop, error
from overprint.model import Bio, Book, BookPart, Chapter, Division, Entry, Letter, Matter, Media, Piece, Setting

OWN = Path(__file__).parent / "templates"
PLAIN = Setting()
OPENED = frozenset({"foreword", "preface", "introduction", "afterword"})
"""The kinds of front and back matter that open as an essay does."""


BAD_TEMPLATE = error(
    "B112",
    "the theme's template cannot be filled in: {reason}",
    "mend it, or delete it: overprint's own then takes its place",
    "A theme may bring templates of its own in `templates/`. They are written for Jinja, and may use the book, its "
    "essays and letters, and nothing outside the book.",
)


def chapters(
    book: Book,
    theme: Theme,
    setting: Setting = PLAIN,
    typefaces: tuple[str, ...] = (),
    own_typefaces: tuple[str, ...] = (),
) -> tuple[Chapter, ...]:
    """Return the chapters in their order; a theme's `templates/` overrides ours file by file.

    `typefaces` are those that the copyright page is to name, with their licence; `own_typefaces` are under others.
    """
    pages = _Pages(book, _environment(theme.folders), setting)
    made = [
        pages.page("halftitle", "half_title", media="print"),
        dataclasses.replace(pages.page("titlepage", "title_page"), title=plain(book.title, book.language)),
        pages.page("copyright", "copyright", typefaces=typefaces, own_typefaces=own_typefaces),
        *(pages.division(each) for each in book.divisions if _before_contents(each)),
        pages.page("contents", "contents", media="print", entries=contents(book)),
        *(pages.division(each) for each in book.divisions if each.matter == "front" and not _before_contents(each)),
    ]
    opening = {part.pieces[0]: part for part in book.parts}
    for piece in book.pieces:
        first = piece is book.pieces[0]
        if piece.id in opening:
            made.append(pages.part(opening[piece.id], first=first))
        made += pages.piece(piece, first=first and piece.id not in opening)
    made += [pages.division(each) for each in book.divisions if each.matter == "back" and each.kind != "colophon"]
    if book.contributors:
        made.append(pages.page("contributors", "contributors", "back"))
    if book.grants:
        made.append(pages.page("permissions", "permissions", "back"))
    made += [pages.division(each) for each in book.divisions if each.matter == "back" and each.kind == "colophon"]
    return tuple(made)


def cover(book: Book, theme: Theme, writers: tuple[str, ...], editors: tuple[str, ...]) -> str:
    """Return what the page of the cover holds, by the theme's own template or ours."""
    made = _Pages(book, _environment(theme.folders), PLAIN)
    return made.page("cover", "cover", writers=writers, editors=editors).html


def wrap(book: Book, theme: Theme, **facts: Any) -> str:
    """Return what the sheet of the printed cover holds, by the theme's own template or ours."""
    return _Pages(book, _environment(theme.folders), PLAIN).page("wrap", "cover", **facts).html


def _before_contents(division: Division) -> bool:
    return division.matter == "front" and division.kind in {"dedication", "epigraph"}


def contents(book: Book) -> tuple[Entry, ...]:
    """Return the contents: an essay, and below it its author and its comments; a part holds its essays."""
    in_part = {piece: part for part in book.parts for piece in part.pieces}
    entries = [_division_entry(book, each) for each in book.divisions if each.matter == "front" and heading(each)]
    for piece in book.pieces:
        part = in_part.get(piece.id)
        if part is None:
            entries.append(_entry(book, piece))
        elif piece.id == part.pieces[0]:
            held = tuple(_entry(book, each) for each in book.pieces if each.id in part.pieces)
            title, shown = _titled(part.title, book.language)
            entries.append(Entry(f"{part.id}.xhtml#{part.id}", title, "", held, "part", shown))
    words = terms.terms(book.language)
    back = [each for each in book.divisions if each.matter == "back" and heading(each)]
    entries += [_division_entry(book, each) for each in back if each.kind != "colophon"]
    if book.contributors:
        entries.append(Entry("back-contributors.xhtml#contributors", words["contributors"]))
    if book.grants:
        entries.append(Entry("back-permissions.xhtml#permissions", words["permissions"]))
    entries += [_division_entry(book, each) for each in back if each.kind == "colophon"]
    return tuple(entries)


def _division_entry(book: Book, division: Division) -> Entry:
    author = terms.names(division.authors, division.language)
    title, shown = _titled(heading(division), division.language)
    kind: Literal["", "front"] = "front" if division.matter == "front" else ""
    foreign = _foreign(book, division.language)
    return Entry(f"{division.id}.xhtml#{division.id}", title, author, kind=kind, shown=shown, language=foreign)


def _titled(words: str, language: str) -> tuple[str, str]:
    """Return a title without its markup, and with it where it has some."""
    title, shown = plain(words, language), markup.inline(words, language)
    return title, shown if "<" in shown else ""


def _entry(book: Book, piece: Piece) -> Entry:
    words, foreign = terms.terms(piece.language), _foreign(book, piece.language)
    below = [
        Entry(f"{piece.id}.xhtml#{bio.id}", words["about"].format(name=bio.name), language=foreign)
        for bio in piece.bios
    ]
    if piece.letters:
        target, name = f"{piece.id}-comments.xhtml#{piece.id}-comments", comments_title(book, piece)
        below.append(Entry(target, name, language=foreign))
    author = terms.names(piece.authors, piece.language)
    title, shown = _titled(piece.title, piece.language)
    return Entry(f"{piece.id}.xhtml#{piece.id}", title, author, tuple(below), shown=shown, language=foreign)


def _foreign(book: Book, language: str) -> str:
    return "" if language == book.language else language


def heading(division: Division) -> str:
    """Return the heading of a text of the front or back matter; a dedication and an epigraph have none by default."""
    usual = "" if division.kind in {"", "dedication", "epigraph"} else terms.terms(division.language)[division.kind]
    return division.title or usual


def comments_title(book: Book, piece: Piece) -> str:
    """Return the heading over an essay's comments."""
    return book.comments_title or terms.terms(piece.language)["comments"]


def plain(words: str, language: str = "") -> str:
    """Return a title without its Markdown.

    >>> plain("After *Her*")
    'After Her'
    """
    return str(Markup(markup.inline(words, language)).striptags())  # noqa: S704 - the writer escapes


def is_handle(name: str) -> bool:
    """Say whether a name is a handle, which small capitals would spoil.

    >>> is_handle("palimpsest_69"), is_handle("Rowan Tull")
    (True, False)
    """
    return name == name.lower() or any(char.isdigit() or char == "_" for char in name)


class _Inside(FileSystemLoader):
    """Loads templates from a folder, and from nowhere that a link in it leads to."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        found = super().get_source(environment, template)
        if not Path(found[1]).resolve().is_relative_to(Path(self.searchpath[0]).resolve()):
            raise TemplateNotFound(template)
        return found


@lru_cache(maxsize=8)
def _environment(folders: tuple[Path, ...]) -> Environment:
    """Return what fills in the templates. One may build on that of a theme below it, or on ours as `overprint/…`."""
    held = {folder.name: _Inside(folder / "templates") for folder in folders}
    above = [*reversed(held.values()), FileSystemLoader(OWN)]
    # A book's own theme may come from anywhere: its templates must not reach for more than the book.
    environment = ImmutableSandboxedEnvironment(
        loader=ChoiceLoader([*above, PrefixLoader({**held, "overprint": FileSystemLoader(OWN)})]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["inline"] = lambda words, language: Markup(markup.inline(words, language))  # noqa: S704 - the writer escapes
    environment.filters["fragment"] = lambda html: Markup(openings.marked(html))  # noqa: S704 - by the markup's allow-list
    environment.filters["life"] = _life
    environment.filters["date"] = terms.date
    environment.filters["names"] = terms.names
    environment.tests["handle"] = is_handle
    return environment


class _Pages:
    def __init__(self, book: Book, environment: Environment, setting: Setting) -> None:
        self.book, self.environment, self.setting = book, environment, setting

    def page(
        self, name: str, title: str, matter: Matter = "front", *, media: Media = "both", **facts: object
    ) -> Chapter:
        words = terms.terms(self.book.language)
        html = self._render(name, self.book.language, **facts)
        return Chapter(f"{matter}-{name}", words[title], html, matter, self.book.language, media=media)

    def division(self, division: Division) -> Chapter:
        words = terms.terms(division.language)
        opened = self._opened(division.html) if division.kind in OPENED else division.html
        headed = dataclasses.replace(division, title=heading(division), html=opened)
        title = plain(headed.title, division.language) or words[division.kind]
        html = self._render("division", division.language, division=headed, title=title)
        return Chapter(division.id, title, html, division.matter, division.language, division.kind)

    def part(self, part: BookPart, *, first: bool) -> Chapter:
        html = self._render("part", self.book.language, part=part, first=first)
        return Chapter(part.id, plain(part.title, self.book.language), html, "body", self.book.language, "part")

    def piece(self, piece: Piece, *, first: bool) -> list[Chapter]:
        opened = dataclasses.replace(piece, html=self._opened(piece.html))
        html = self._render("essay", piece.language, piece=opened, first=first)
        made = [Chapter(piece.id, plain(piece.title, piece.language), html, "body", piece.language)]
        if piece.letters:
            title = comments_title(self.book, piece)
            html = self._render("comments", piece.language, piece=piece, title=title)
            made.append(Chapter(f"{piece.id}-comments", title, html, "body", piece.language))
        return made

    def _opened(self, html: str) -> str:
        return openings.opened(html, lead_in=self.setting.lead_in)

    def _render(self, name: str, language: str, **facts: object) -> str:
        words = terms.terms(language)
        try:
            return (
                self.environment.get_template(f"{name}.xhtml")
                .render(
                    book=self.book,
                    language=language,
                    words=words,
                    answers=lambda letter: _answers(letter, words),
                    credit=lambda piece: _credit(piece, language),
                    **facts,
                )
                .strip()
            )
        except (TemplateError, ArithmeticError, TypeError) as fault:
            place = Place(f"templates/{name}.xhtml", getattr(fault, "lineno", None) or 1, 1)
            raise Stop(BAD_TEMPLATE.at(place, reason=str(fault)), exit=Exit.CANNOT) from None


def _life(bio: Bio) -> Markup:
    """Return a bio whose first words are the name: as its writer put it there, else in a line of its own."""
    name = Markup('<span class="writer">{}</span>').format(bio.name)
    opening = f"<p>{escape(bio.name)}"
    if bio.html.startswith(opening):
        return Markup("<p>{}{}").format(name, Markup(bio.html[len(opening) :]))  # noqa: S704
    return Markup('<p class="bio-name">{}</p>\n{}').format(name, Markup(bio.html))  # noqa: S704


def _credit(piece: Piece, language: str) -> Markup:
    """Return where an essay first appeared and under which licence, in a sentence each."""
    title = Markup(markup.inline(piece.title, language))  # noqa: S704 - the writer escapes
    name: str | Markup = piece.licence
    if where := licences.address(piece.licence):
        # Print shows no address: the name of such a licence says it all.
        name = Markup('<a class="no-note" rel="license" href="{}">{}</a>').format(where, name)
    licence = Markup(terms.terms(language)["licence"]).format(title=title, licence=name)  # noqa: S704
    if not piece.publication:
        return licence
    line = terms.terms(language)["first_published" if piece.published else "first_published_undated"]
    publication = Markup("<em>{}</em>").format(piece.publication)
    date = terms.date(piece.published, language)
    credit = Markup(line).format(title=title, publication=publication, date=date)  # noqa: S704
    return Markup("{} {}").format(credit, licence) if piece.licence else credit


def _answers(letter: Letter, words: dict[str, str]) -> Markup:
    """Return whom a letter answers, each a link where that letter is printed."""
    people = [
        Markup('<a href="#{}">{}</a>').format(ident, name) if ident else words["not_printed"].format(name=name)
        for ident, name in letter.answers
    ]
    listed = Markup(", ").join(people[:-1])
    joined = Markup("{} {} {}").format(listed, words["and"], people[-1]) if listed else Markup("{}").format(people[-1])
    return Markup(words["answers"].replace("{names}", "{}")).format(joined)  # noqa: S704
