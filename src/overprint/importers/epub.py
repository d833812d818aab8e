"""Reads an EPUB: each chapter of its table of contents as an essay, with its notes and pictures."""

from __future__ import annotations

import copy
import posixpath
import re
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from overprint.diagnostics import Made, Place, Stop, hint
from overprint.importers import office, walk
from overprint.importers.epub_package import CONTAINER, Package, document, package, resolved
from overprint.importers.exports import threads
from overprint.importers.exports.choice import choose
from overprint.importers.source import Source, slug_of
from overprint.importers.text_phrases import BYLINE, names
from overprint.importers.walk.inline import escaped
from overprint.importers.walk.notes import HOLDERS, MARK
from overprint.model import Dropped, Imported, ImportedImage

KIND = "epub"

NO_AUTHORS = hint(
    "I161",
    "the book has {count} authors, and these chapters do not say which is theirs: {titles}",
    "write authors: in their essay.md",
    "An EPUB names its authors for the book as a whole. Where it has several, a chapter’s own author is known only "
    "from a byline under its title.",
)

SHORT = 50
"""Words; a page with fewer above other pages is a part's title."""
MATTER = re.compile(
    r"(?:doc-)?(?:cover|title-?page|half-?title-?page|copyright(?:-page)?|toc|landmarks|lo[ivt]|index|colophon|imprint"
    r"|seriespage|other-credits)",
    re.I,
)
LABELS = re.compile(
    r"(?:cover|(?:half[- ])?title(?: page)?|copyright(?: page)?|(?:table of )?contents|index|imprint)", re.I
)
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


@dataclass(slots=True)
class Chapter:
    """Documents that make one essay; `group` says why it is none, unless it is named."""

    label: str
    paths: list[str]
    body: Any
    group: str = ""
    dropped: list[Dropped] = field(default_factory=list)

    @property
    def words(self) -> int:
        """How many words it has."""
        return len("".join(map(str, self.body.itertext())).split())


def sniff(source: Source) -> float:
    """Return certainty for an archive with the container of an EPUB."""
    return 0.98 if source.files and CONTAINER in source.files.sizes else 0.0


def read(source: Source, *, only: Collection[str] = ()) -> Made[tuple[Imported, ...]]:
    """Return the chapters as essays.

    Raises:
        Stop: the book is damaged or locked, or has no such chapter.
    """
    if source.files is None:
        why = "it is no archive"
        raise Stop(office.NO_DOCUMENT.at(Place(source.name), name=source.name, what="an EPUB", why=why))
    book = package(source, source.files)
    reader = _Reader(source, book)
    chosen = choose(reader.chapters, only, source, names=_names, group=lambda each: each.group)
    essays = tuple(reader.essay(each) for each in chosen.value)
    said = chosen.diagnostics
    if silent := [each.title or each.id for each in essays if not each.authors and len(book.authors) > 1]:
        said += (NO_AUTHORS.at(Place(source.name), count=len(book.authors), titles=", ".join(silent)),)
    return Made(essays, said)


def _names(chapter: Chapter) -> tuple[str, ...]:
    return (chapter.label, slug_of(chapter.label), *chapter.paths) if chapter.words else ()


class _Reader:
    """A book being read: its documents as trees, its pictures, and the pages that only hold notes."""

    def __init__(self, source: Source, book: Package) -> None:
        assert source.files is not None  # noqa: S101 - `read` has looked
        self.files, self.book = source.files, book
        self.bodies: dict[str, Any] = {path: document(self.files, path) for path in book.spine}
        self.numbers = {path: number for number, path in enumerate(book.spine)}
        self.noted: dict[str, set[Any]] = {}
        for path, body in self.bodies.items():
            self._prepare(path, body)
        self.targets = {each.get("id"): (path, each) for path, body in self.bodies.items() for each in _named(body)}
        self.chapters = self._chapters()
        for chapter in self.chapters:
            self._notes(chapter)
        for chapter in self.chapters:
            noted = sum(_size(each) for path in chapter.paths for each in self.noted.get(path, ()))
            if noted * 2 > _size(chapter.body) > 0:
                chapter.group = "pages of notes, which stand with their essays"

    def _prepare(self, path: str, body: Any) -> None:
        """Make ids unique in the book, have links lead to them, and make emphasis of classes that look so."""
        for each in list(body.iter(tag=etree.Element)):
            if "doc-pagebreak" in (each.get("role") or "").split():
                each.text = None
            if each.tag == "img":
                src = each.get("src") or ""
                each.set("src", resolved(posixpath.dirname(path), src) or src)
            if ident := each.get("id") or (each.tag == "a" and each.get("name")) or "":
                each.set("id", f"{self.numbers[path]}-{ident}")
            href = each.get("href") if each.tag == "a" else None
            target = path if (href or "").startswith("#") else resolved(posixpath.dirname(path), href or "")
            if href and target:
                fragment = href.partition("#")[2]
                each.set("href", f"#{self.numbers[target]}-{fragment}" if target in self.numbers and fragment else "#")
            classes = set((each.get("class") or "").split()) if each.tag == "span" else set()
            if classes & self.book.italic:
                each.tag = "em"
            elif classes & self.book.bold:
                each.tag = "strong"

    def _chapters(self) -> list[Chapter]:
        """Part the documents into chapters: each begins where a line of the table of contents leads."""
        labels: dict[str, tuple[str, int]] = {}
        for line in self.book.contents:
            labels.setdefault(line.path, (line.label, line.depth))
        made: list[Chapter] = []
        depth = 0
        for path, body in self.bodies.items():
            label, level = labels.get(path, ("", depth + 1))
            matter = self._is_matter(path, body, label)
            goes_on = bool(made) and bool(labels) and (path not in labels or level > depth) and not matter
            if goes_on and not made[-1].group and (path not in labels or made[-1].words > SHORT):
                made[-1].paths.append(path)
                made[-1].body.extend(list(body))
                continue
            chapter = Chapter(label, [path], etree.Element("body"))
            chapter.body.text = body.text
            chapter.body.extend(list(body))
            before = bool(labels) and path not in labels
            chapter.group = "title pages and the like" if matter else "pages outside the contents" if before else ""
            if not chapter.group and chapter.words < SHORT and self._heads_others(path):
                chapter.group = "titles of parts"
            if not chapter.words:
                chapter.group = "pages without words"
            made.append(chapter)
            depth = level
        return made

    def _heads_others(self, path: str) -> bool:
        lines = self.book.contents
        found = next((number for number, each in enumerate(lines) if each.path == path), len(lines))
        return any(each.depth > lines[found].depth and each.path != path for each in lines[found + 1 : found + 2])

    def _is_matter(self, path: str, body: Any, label: str) -> bool:
        first = next(body.iterchildren(tag=etree.Element), None)
        roles = f"{body.get('role') or ''} {(first.get('role') or '') if first is not None else ''}".split()
        return any(map(MATTER.fullmatch, (*roles, self.book.kinds.get(path, "")))) or bool(LABELS.fullmatch(label))

    def _notes(self, chapter: Chapter) -> None:
        """Bring notes that stand in other documents to the chapter that calls them."""
        taken: set[Any] = set()
        for link in list(chapter.body.iter("a")):
            path, target = self.targets.get((link.get("href") or "").removeprefix("#"), ("", None))
            while target is not None and target.tag not in HOLDERS:
                target = target.getparent()
            if target is None or path in chapter.paths or target in taken:
                continue
            if MARK.fullmatch("".join(map(str, link.itertext())).strip()) and _is_call(link):
                taken.add(target)
                self.noted.setdefault(path, set()).add(target)
                chapter.body.append(copy.deepcopy(target))

    def essay(self, chapter: Chapter) -> Imported:
        """Return a chapter as an essay."""
        title = self._title(chapter)
        subtitle = self._subtitle(chapter)
        authors = self._authors(chapter)
        images = self._images(chapter)
        walked = walk.markdown(chapter.body)
        return Imported(
            slug=slug_of(chapter.label),
            body=walked.text,
            title=title or None,
            subtitle=subtitle or None,
            authors=authors,
            date=threads.date(self.book.date),
            language=self.book.language or None,
            publication=self.book.title or None,
            dropped=(*chapter.dropped, *walked.dropped),
            id=f"{self.book.identifier}#{chapter.paths[0]}",
            images=tuple(images.values()),
        )

    def _title(self, chapter: Chapter) -> str:
        """Return the title, and take the headings that say it out of the chapter."""
        label = _same(chapter.label)
        title = ""
        for each in _first(chapter.body):
            words = _same("".join(map(str, each.itertext())))
            if each.tag not in HEADINGS or not (words and (words in label or label in words or not label)):
                break
            title = title or office.line(each)
            label = label or words
            office.take_out(each)
        return title if _same(title) and not chapter.label else escaped(chapter.label) if chapter.label else title

    def _subtitle(self, chapter: Chapter) -> str:
        for each in _first(chapter.body)[:2]:
            if "subtitle" in f"{each.get('class')} {each.get('role')}":
                office.take_out(each)
                return office.line(each)
        return ""

    def _authors(self, chapter: Chapter) -> tuple[str, ...]:
        """Return who wrote a chapter: whom its byline names, or the book's only author."""
        for each in _first(chapter.body)[:3]:
            words = " ".join("".join(map(str, each.itertext())).split())
            found = BYLINE.fullmatch(words)
            who = names(found["who"]) if found else names(words) if words in self.book.authors else ()
            if who:
                office.take_out(each)
                chapter.dropped.append(Dropped(words, "byline", 0))
                return who
        return self.book.authors if len(self.book.authors) == 1 else ()

    def _images(self, chapter: Chapter) -> dict[str, ImportedImage]:
        found: dict[str, ImportedImage] = {}
        for image in list(chapter.body.iter("img")):
            path = image.get("src") or ""
            if path in self.files.sizes and path not in found:
                name = posixpath.basename(path)
                name = f"{len(found) + 1}-{name}" if any(each.name == name for each in found.values()) else name
                found[path] = ImportedImage(name, self.files.read(path), "", " ".join((image.get("alt") or "").split()))
            if path in found:
                image.set("src", f"images/{found[path].name}")
            else:
                image.attrib.pop("src", None)
                chapter.dropped.append(Dropped(path, "a picture that the book does not hold", 0))
        return found


def _named(body: Any) -> list[Any]:
    return [each for each in body.iter(tag=etree.Element) if each.get("id")]


def _is_call(link: Any) -> bool:
    parent = link.getparent()
    raised = any(each is not None and each.tag == "sup" for each in (parent, *link))
    return raised or "noteref" in f"{link.get('role')} {link.get('class')}"


def _size(element: Any) -> int:
    return len("".join(map(str, element.itertext())).split())


def _same(words: str) -> str:
    return " ".join(re.findall(r"\w+", words.casefold()))


def _first(body: Any) -> list[Any]:
    """Return the first blocks with words, inside however many sections."""
    found: list[Any] = []
    for each in body.iter(*HEADINGS, "p", "ul", "ol", "table", "blockquote", "pre"):
        if _size(each) and not any(above in found for above in each.iterancestors()):
            found.append(each)
        if len(found) == 5:
            break
    return found
