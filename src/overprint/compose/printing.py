"""Chapters → the HTML that print lays out: notes where they are called, links with their address below."""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from lxml import etree

from overprint.compose import figures, on_grid
from overprint.compose.balance import balance
from overprint.compose.heads import shorten
from overprint.compose.openings import dress
from overprint.model import Book, Chapter, Composed, Setting

EPUB = "{http://www.idpf.org/2007/ops}"
NOTE_BLOCKS = frozenset(
    (
        *("p", "ul", "ol", "li", "blockquote", "pre", "div", "figure", "figcaption", "hr"),
        *("table", "thead", "tbody", "tr", "th", "td", "h1", "h2", "h3", "h4", "h5", "h6"),
    )
)
AFTER_NOTE = re.compile(r"[.,;:!?…]*[’”]?[.,;:!?…]*(?!\w)")
"""What a note's call stands behind: the stop of the sentence and its closing quote, but no apostrophe."""
SHOWN = re.compile(r'src="\.\./([^"]+)"')
BARE = Book("", "", "", "", "", ())
LONGEST_ADDRESS = 46
"""Characters; a longer address is shown by its host and last part. Print only: the EPUB keeps whole links."""


@dataclass(frozen=True, slots=True)
class Sheaf:
    """The printed book as HTML in pieces that each begin a recto: `before` + all pieces + `after` is one document.

    A piece is the names of its chapters, each an element of the body, and its HTML.
    """

    before: str
    pieces: tuple[tuple[tuple[str, ...], str], ...]
    after: str

    @property
    def document(self) -> str:
        """The whole document."""
        return "".join((self.before, *(html for _, html in self.pieces), self.after))


def sheaf(composed: Composed) -> Sheaf:
    """Return the chapters that print holds, in their order.

    An essay with its comments is one piece, and so are the pages before the contents.
    Ids are unique in the book, so `her.xhtml#her-one` becomes `#her-one`.
    """
    book = composed.book
    before = f'<!DOCTYPE html>\n<html lang="{book.language}">{_text(_head(book))}<body>'
    pieces: list[tuple[list[str], list[str]]] = []
    pictures, setting = {each.name: each for each in book.images}, _Same(composed.look.setting)
    for chapter in composed.chapters:
        if chapter.media == "epub":
            continue
        if not pieces or not _goes_on(pieces[-1][0][0], chapter):
            pieces.append(([], []))
        pieces[-1][0].append(chapter.name)
        shown = tuple(pictures[each] for each in dict.fromkeys(SHOWN.findall(chapter.html)) if each in pictures)
        own = dataclasses.replace(BARE, language=book.language, links=book.links, images=shown)
        seen = tuple(_seen(each.path) for each in shown)
        pieces[-1][1].append(_as_printed(chapter, own, setting, seen))
    return Sheaf(before, tuple((tuple(names), "".join(parts)) for names, parts in pieces), "</body></html>\n")


class _Same:
    """A setting that is told from others by what it says: it holds mappings, which cannot be keys."""

    def __init__(self, setting: Setting) -> None:
        self.setting, self.said = setting, repr(setting)

    def __hash__(self) -> int:
        return hash(self.said)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.said == other.said


def _seen(path: Path) -> tuple[int, int]:
    """Return what tells a picture from what it was before."""
    try:
        about = path.stat()
    except OSError:
        return 0, 0
    return about.st_size, about.st_mtime_ns


# What stays open, such as the preview, prints the same chapters again and again, all but the one that was saved.
@lru_cache(maxsize=1024)
def _as_printed(chapter: Chapter, book: Book, setting: _Same, seen: tuple[tuple[int, int], ...]) -> str:
    return _text(_printed(chapter, book, setting.setting))


def _goes_on(name: str, chapter: Chapter) -> bool:
    """Tell whether a chapter belongs to the piece that a chapter called `name` began."""
    if chapter.matter == "front":
        return name == "front-halftitle" and chapter.name != "front-contents"
    return chapter.name == f"{name}-comments"


def _printed(chapter: Chapter, book: Book, setting: Setting) -> etree._Element:
    part = etree.Element("div", {"class": f"matter-{chapter.matter}"})
    if chapter.language != book.language:
        part.set("lang", chapter.language)
    part.extend(_parsed(chapter.html))
    _begin_lists(part)
    _set_notes(part)
    _point_inside(part)
    if book.links == "footnotes":
        _note_links(part)
    dress(part, setting)
    shorten(part, setting.even.get("running-head"))
    balance(part, setting.even)
    on_grid.keep(part, setting)
    figures.level(part, setting, book.images)
    etree.strip_attributes(part, f"{EPUB}type")
    etree.cleanup_namespaces(part)
    return part


def _text(element: etree._Element) -> str:
    # lxml closes an element that HTML leaves open.
    return str(etree.tostring(element, encoding="unicode", method="html")).replace("</wbr>", "")


def _head(book: Book) -> etree._Element:
    head = etree.Element("head")
    etree.SubElement(head, "meta", charset="utf-8")
    etree.SubElement(head, "title").text = book.title
    writers = [creator.name for creator in book.creators if creator.role == "aut"]
    facts = {
        "author": ", ".join(writers),
        "description": book.description,
        "dcterms.created": book.modified,
        "dcterms.modified": book.modified,
    }
    for name, content in facts.items():
        if content:
            etree.SubElement(head, "meta", name=name, content=content)
    return head


def _parsed(html: str) -> list[etree._Element]:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    root = etree.fromstring(f'<div xmlns:epub="http://www.idpf.org/2007/ops">{html}</div>'.encode(), parser)
    return list(root)


def _begin_lists(part: etree._Element) -> None:
    """Let lists begin with their own number: the layout heeds style sheets alone."""
    for each in part.iter("ol"):
        if start := each.get("start"):
            each.set("style", f"counter-reset: list-item {int(start) - 1}")


def _set_notes(part: etree._Element) -> None:
    """Put each note where it is first called; a page then holds the note beside its call."""
    notes = {aside.get("id"): aside for aside in part.iter("aside") if aside.get("role") == "doc-footnote"}
    set_already: set[str] = set()
    for call in [each for each in part.iter("a") if each.get("role") == "doc-noteref"]:
        ident = (call.get("href") or "").removeprefix("#")
        aside = notes.get(ident)
        if aside is None or ident in set_already:
            call.set("class", "noteref-again")
            continue
        set_already.add(ident)
        _replace(call, _as_footnote(aside, ident))
    for section in [each for each in part.iter("section") if each.get("class") == "notes"]:
        _drop(section)


def _as_footnote(aside: etree._Element, ident: str) -> etree._Element:
    note = etree.Element("span", {"class": "footnote", "id": ident})
    for back in [each for each in aside.iter("a") if each.get("role") == "doc-backlink"]:
        if back.tail:
            back.tail = back.tail.lstrip()
        _drop(back)
    for number, block in enumerate(list(aside)):
        block.tail = None
        _make_inline(block)
        if block.get("class") == "note-p" and not number:
            block.set("class", "note-opening")
        note.append(block)
    return note


def _make_inline(block: etree._Element) -> None:
    """Make spans of the blocks of a note: an HTML parser ends the paragraph around them at the first block it meets."""
    for each in list(block.iter()):
        if each.tag in NOTE_BLOCKS:
            marked = f"note-{each.tag} {each.get('class') or ''}".strip()
            each.tag = "span"
            each.set("class", marked)


def _point_inside(part: etree._Element) -> None:
    for link in part.iter("a"):
        found = re.fullmatch(r"([a-z0-9-]+)\.xhtml(?:#(.+))?", link.get("href") or "")
        if found:
            link.set("href", f"#{found.group(2) or found.group(1)}")


def _note_links(part: etree._Element) -> None:
    """Give each address of a piece one note, at its first link; a link that shows its address needs none."""
    noted: set[str] = set()
    for link in [each for each in part.iter("a") if (each.get("href") or "").startswith(("http://", "https://"))]:
        url = link.get("href") or ""
        shown = "".join(str(words) for words in link.itertext()).strip()
        if url in noted or "no-note" in (link.get("class") or "").split() or bare(url) == bare(shown):
            continue
        if any(above.get("class") == "footnote" for above in link.iterancestors()):
            continue
        noted.add(url)
        note = etree.Element("span", {"class": "footnote address"})
        _fill_address(note, short(url))
        behind = link.tail or ""
        stops = AFTER_NOTE.match(behind)
        at = stops.end() if stops else 0
        note.tail, link.tail = behind[at:], behind[:at]
        parent = link.getparent()
        if parent is not None:
            parent.insert(parent.index(link) + 1, note)


def _fill_address(note: etree._Element, address: str) -> None:
    pieces = re.split(r"(?<=[/_])", address)
    note.text = pieces[0]
    for piece in pieces[1:]:
        etree.SubElement(note, "wbr").tail = piece


def bare(url: str) -> str:
    """Return an address without scheme, `www.`, query, fragment and last slash.

    >>> bare("https://www.example.org/a/?utm=1#top")
    'example.org/a'
    """
    parts = urlsplit(url if "://" in url else f"//{url}")
    return (parts.netloc.removeprefix("www.") + parts.path).rstrip("/")


def short(url: str) -> str:
    """Return an address as print shows it.

    >>> short("https://example.org/2014/02/a-very-long-way/to-say/that-is-still-here.html")
    'example.org/…/that-is-still-here.html'
    """
    plain_address = bare(url)
    if len(plain_address) <= LONGEST_ADDRESS:
        return plain_address
    host, _, rest = plain_address.partition("/")
    return f"{host}/…/{rest.rpartition('/')[2]}" if "/" in rest else plain_address


def _replace(old: etree._Element, new: etree._Element) -> None:
    parent = old.getparent()
    if parent is not None:
        new.tail = old.tail
        parent.replace(old, new)


def _drop(element: etree._Element) -> None:
    """Remove an element and keep the text after it."""
    parent, tail = element.getparent(), element.tail
    if parent is None:
        return
    before = element.getprevious()
    if tail and before is not None:
        before.tail = (before.tail or "") + tail
    elif tail:
        parent.text = (parent.text or "") + tail
    parent.remove(element)
