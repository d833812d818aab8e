"""A finished EPUB as rows of words, each with the page on which it is printed."""

from __future__ import annotations

import hashlib
import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lxml import etree

from overprint.importers.epub_package import resolved
from overprint.preflight.opened import NAMES, Opened, opened, words
from overprint.render.text_blocks import BLOCKS, SOFT_HYPHEN, SPACE, UNSEEN

COVER = "//h:body[@e:type='cover'] | //h:section[@e:type='cover']"
OPS = "{http://www.idpf.org/2007/ops}"
HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
SIGNS = {"li": "•", "dt": "•", "td": "|", "th": "|", **dict.fromkeys(HEADINGS, "§")}
PARAGRAPH = "¶"


@dataclass(frozen=True, slots=True)
class Token:
    """A word, the beginning of a paragraph, or a picture.

    Attributes:
        text: as an errata sheet shows it.
        page: on which it is printed, empty where the book does not say.
        key: what makes it this and no other.
        is_word: and neither a beginning nor a picture.
    """

    text: str
    page: str
    key: str
    is_word: bool = True

    @property
    def begins(self) -> bool:
        """Whether it is the beginning of a paragraph."""
        return self.key.startswith("<")


@dataclass(slots=True)
class Row:
    """A text that is read without a break: an essay, its notes, or a letter.

    `chapter` is the title under which it stands, `title` its own within it, or nothing.
    """

    key: str
    chapter: str
    title: str
    tokens: list[Token] = field(default_factory=list)

    @property
    def name(self) -> str:
        """Both titles."""
        return f"{self.chapter}: {self.title}" if self.title else self.chapter

    @property
    def pages(self) -> str:
        """The page on which it begins."""
        return next((each.page for each in self.tokens if each.page), "")

    @property
    def count(self) -> int:
        """How many words it has."""
        return sum(each.is_word for each in self.tokens)


@dataclass(frozen=True, slots=True)
class Edition:
    """A book: what it is called, its rows in the order of reading, and whether it knows its printed pages."""

    title: str
    rows: tuple[Row, ...]
    has_pages: bool


def edition(path: Path) -> Edition:
    """Read a finished EPUB.

    Raises:
        Stop: it cannot be opened.
    """
    book = opened(path).value
    with zipfile.ZipFile(path) as archive:
        rows = tuple(row for each in _spine(book) for row in _Reader(book, archive, each).rows() if row.tokens)
    title = next((words(each) for each in book.found("//dc:title")), path.stem)
    return Edition(title, rows, any(token.page for row in rows for token in row.tokens))


def _spine(book: Opened) -> Iterator[str]:
    """Yield the documents that hold the text."""
    items = {each.get("id"): each.get("href", "") for each in book.package.iterfind(".//o:item", NAMES)}
    for each in book.package.iterfind(".//o:itemref", NAMES):
        path = resolved(posixpath.dirname(book.where), items.get(each.get("idref"), ""))
        if path in book.documents and path != book.nav and not book.found(COVER, path):
            yield path


class _Reader:
    """Reads a document. Notes are gathered in a row of their own, on the page of their call; each letter is one too."""

    def __init__(self, book: Opened, archive: zipfile.ZipFile, path: str) -> None:
        self.book, self.archive, self.path = book, archive, path
        self.root = book.documents[path]
        self.page = self.began = ""
        self.called: dict[str, str] = {}
        self.text = ""
        self.marks: list[tuple[int, str]] = []
        self.kind = "p"
        titles = [_titles(book).get(path, ""), *map(words, book.found("//h:title", path)), path]
        chapter = next(filter(None, titles))
        self.main, self.notes = Row(path, chapter, ""), Row(f"{path}#notes", chapter, "notes")
        self.all = [self.main]
        self.row = self.main

    def rows(self) -> list[Row]:
        """Return the rows of the document, its notes last."""
        for body in self.root.iterfind("h:body", NAMES):
            self._read(body)
        self._flush()
        return [*self.all, self.notes]

    def _read(self, element: Any) -> None:
        name = etree.QName(element).localname if isinstance(element.tag, str) else ""
        if not name or name in UNSEEN or element.get("aria-hidden") == "true":
            return
        role = f"{element.get('role', '')} {element.get(f'{OPS}type', '')}".split()
        if "doc-pagebreak" in role or "pagebreak" in role:
            self.page = element.get("aria-label") or element.get("title") or words(element)
            self.marks.append((len(self.text), self.page))
        elif "doc-noteref" in role or "noteref" in role:
            self.called[element.get("href", "").rpartition("#")[2]] = self.page
        elif name in {"img", "svg"}:
            self._picture(element)
        elif "doc-backlink" not in role:
            self._inside(element, name, role)

    def _inside(self, element: Any, name: str, role: list[str]) -> None:
        before = self.row, self.page
        if "doc-footnote" in role or "footnote" in role:
            self._flush()
            self.row, self.page = self.notes, self.called.get(element.get("id", ""), self.page)
        elif name == "article":
            self._flush()
            self.row = Row(f"{self.path}#{element.get('id', '')}", self.main.chapter, self._label(element))
            self.all.append(self.row)
        is_block = name in BLOCKS
        if is_block:
            self._flush(name)
        self._add(element.text)
        for child in element:
            self._read(child)
            self._add(child.tail)
        if is_block:
            self._flush()
        if self.row is not before[0]:
            # A letter may end on another page than it began; a note is on the page of its call, not of what follows.
            self.row, self.page = before[0], self.page if name == "article" else before[1]

    def _label(self, element: Any) -> str:
        """Return what a letter is called: its number and its writer."""
        named = element.get("aria-labelledby", "").split()
        found = {each.get("id"): words(each) for each in self.root.iter() if each.get("id") in named}
        return " ".join(found.get(each, "") for each in named).strip() or element.get("aria-label") or "letter"

    def _add(self, text: str | None) -> None:
        self.text += (text or "").replace(SOFT_HYPHEN, "")

    def _picture(self, element: Any) -> None:
        source = element.get("src", "")
        inside = resolved(posixpath.dirname(self.path), source) if source else ""
        data = (
            self.archive.read(inside) if inside in self.archive.namelist() else etree.tostring(element, with_tail=False)
        )
        alt = element.get("alt") or element.get("aria-label") or ""
        kind = self.kind
        self._flush()
        key = f"picture {hashlib.sha256(data).hexdigest()} {alt}"
        self.row.tokens.append(Token(f"[picture: {alt}]" if alt else "[picture]", self.page, key, is_word=False))
        self.kind = kind

    def _flush(self, kind: str = "p") -> None:
        """End a paragraph, if one has begun; the next is of this kind."""
        if self.text.strip(SPACE):
            found = [
                Token(word, next((page for at, page in reversed(self.marks) if at <= start), self.began), word)
                for start, word in _split(self.text)
            ]
            sign = SIGNS.get(self.kind, PARAGRAPH)
            self.row.tokens += [Token(sign, found[0].page, f"<{self.kind}>", is_word=False), *found]
        self.text, self.marks, self.kind, self.began = "", [], kind, self.page


def _split(text: str) -> Iterator[tuple[int, str]]:
    """Yield each word and where it begins."""
    at = 0
    for word in text.translate(dict.fromkeys(map(ord, SPACE), " ")).split(" "):
        if word:
            yield at, word
        at += len(word) + 1


def _titles(book: Opened) -> dict[str, str]:
    """Return what the contents call each document, with what it stands under."""
    found: dict[str, str] = {}
    for link, path, _ in book.lines("toc"):
        above: Any = link.xpath(
            "ancestor::h:li[position() > 1]/h:a | ancestor::h:li[position() > 1]/h:span", namespaces=NAMES
        )
        found.setdefault(path, " – ".join(map(words, [*above, link])))
    return found
