"""Chapters as whole XHTML documents, held to be well-formed, inert and rightly linked before they are written."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from lxml import etree

from overprint.diagnostics import Diagnostic, Exit, Place, Stop, error
from overprint.model import Chapter, Matter
from overprint.render.epub import inert
from overprint.render.epub.tree import (
    EPUB_TYPE,
    MATHML,
    OPS,
    SVG,
    XHTML,
    XLINK,
    XML_LANG,
    add,
    line,
    parse,
    root,
    xhtml,
)

_FAULT = "report this: it is a fault of overprint"
_MATTER = {"front": "frontmatter", "body": "bodymatter", "back": "backmatter"}
_ADDRESSES = ("href", "src", f"{{{XLINK}}}href")
_SHOWING = (f"{{{XHTML}}}img", f"{{{SVG}}}image", f"{{{SVG}}}feImage")
# XPath finds the few that count faster than Python looks at each.
_IDS: Any = etree.XPath("descendant-or-self::*/@id", smart_strings=False)
_LEADING: Any = etree.XPath("descendant-or-self::*[@href | @src | @x:href]", namespaces={"x": XLINK})
_RIGHT_TO_LEFT = frozenset({"ar", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"})

MALFORMED = error(
    "E001",
    "the chapter {name} is not well-formed XML: {reason}",
    _FAULT,
    manual="Every chapter of an EPUB must be well-formed XML, or reading systems refuse to open it. "
    "overprint makes the markup itself, so an editor's text can never cause this: it is a fault of overprint. "
    "The message shows the line inside the chapter; send it with the text around it.",
)
ACTIVE = error(
    "E002",
    "the chapter {name} holds what a book must not: {thing}",
    _FAULT,
    manual="A book must do nothing but be read: no script, no form, no frame, nothing loaded from elsewhere, and links "
    "only to web pages, e-mail, telephone numbers and places in the book. "
    "overprint keeps all else out when it reads Markdown, so what the message names came through a theme's template "
    "or a fault of overprint.",
)
ASTRAY = error(
    "E003",
    "a link in the chapter {name} leads to {href}, which is not in the EPUB",
    _FAULT,
    manual="A link inside the book points at a chapter, note or picture that the EPUB does not have, so readers would "
    "meet an error there. overprint makes these links itself; one that leads astray is a fault of overprint. "
    "Links to web pages are not looked up and never cause this.",
)
TWICE = error(
    "E004",
    "the chapter {name} has two places named {id}",
    _FAULT,
    manual="Each place that a link can lead to needs a name of its own within its chapter. "
    "overprint gives these names, so two alike are a fault of overprint. "
    "Changing one of two equal headings in the essay avoids it until it is mended.",
)
EMPTY = error(
    "E007",
    "the book has no chapter for the EPUB",
    "add an essay to `contents` in `manuscript/book.yaml`",
    manual="An EPUB needs at least one chapter. Either the manuscript lists no essay, or everything in it stands only "
    "in the printed book. Add an essay, or take `epub` out of `outputs`.",
)


@dataclass(frozen=True, slots=True)
class Document:
    """A chapter as a tree; page breaks can still be set in it, for it is serialised only when the book is packed."""

    chapter: Chapter
    root: etree._Element

    @property
    def href(self) -> str:
        """The path from the package document."""
        return f"text/{self.chapter.name}.xhtml"

    @property
    def body(self) -> etree._Element:
        """The body, all of it content."""
        return self.root[-1]

    @property
    def properties(self) -> tuple[str, ...]:
        """The manifest's word for what a reading system must be able to show."""
        kinds = (("mathml", MATHML), ("svg", SVG))
        return tuple(word for word, space in kinds if next(self.body.iter(f"{{{space}}}*"), None) is not None)

    @property
    def ids(self) -> Counter[str]:
        """The names of the places in it, with how often each is given."""
        return Counter(_IDS(self.body))

    @property
    def pictures(self) -> tuple[str, ...]:
        """The files of its pictures, such as `images/her/plate.svg`, in reading order, each once."""
        return tuple(dict.fromkeys(_file(address) for _, _, address in _addresses(self.body.iter(*_SHOWING))))


def documents(chapters: Iterable[Chapter], pictures: Iterable[str]) -> tuple[Document, ...]:
    """Make the chapters of the EPUB into documents.

    Args:
        chapters: all chapters; those of the printed book only are left out.
        pictures: names of the files that chapters may show.

    Raises:
        Stop: there is no chapter, or one is malformed, not inert or wrongly linked.
    """
    made = []
    found: list[Diagnostic] = []
    for chapter in chapters:
        if chapter.media == "print":
            continue
        try:
            body = _parse(chapter)
        except etree.XMLSyntaxError as fault:
            found.append(MALFORMED.at(Place(_path(chapter), fault.lineno or 0), name=chapter.name, reason=fault.msg))
            continue
        made.append(Document(chapter, page(chapter.title, chapter.language, body, chapter.matter)))
    found += _unsafe(made)
    # Links into a chapter that could not be read are not astray.
    found = found or _astray(made, frozenset(pictures))
    if found:
        raise Stop(*found, exit=Exit.CANNOT)
    if not made:
        raise Stop(EMPTY.at())
    return tuple(made)


def rename(made: Iterable[Document], names: Mapping[str, str]) -> None:
    """Have documents show pictures by other names, such as `images/her/plate.jpg` for `images/her/plate.png`."""
    for each in made:
        for element, key, address in _addresses(each.body.iter(*_SHOWING)):
            if name := names.get(_file(address)):
                element.set(key, f"../{name}")


def page(title: str, language: str, body: etree._Element, matter: Matter, up: str = "../") -> etree._Element:
    """Put a body into a whole document; `up` leads from its folder to the package document's."""
    html = root("html", XHTML, epub=OPS)
    html.set("lang", language)
    html.set(XML_LANG, language)
    if direction(language) == "rtl":
        html.set("dir", "rtl")
    head = add(html, "head")
    add(head, "meta", {"charset": "utf-8"})
    add(head, "title", text=title)
    add(head, "link", {"rel": "stylesheet", "type": "text/css", "href": f"{up}css/book.css"})
    body.set(EPUB_TYPE, _MATTER[matter])
    html.append(body)
    return html


def direction(language: str) -> str:
    """Return `rtl` or `ltr`, as the language is written."""
    return "rtl" if language.partition("-")[0].lower() in _RIGHT_TO_LEFT else "ltr"


def content(document: Document) -> bytes:
    """Serialise a document."""
    return xhtml(document.root)


def _path(chapter: Chapter) -> str:
    return f"text/{chapter.name}.xhtml"


def _parse(chapter: Chapter) -> etree._Element:
    # On the same line as the fragment, so that lines in messages are lines of the fragment. Lone surrogates go through
    # to the parser, which refuses them like every other character that XML cannot hold.
    wrapped = f'<body xmlns="{XHTML}" xmlns:epub="{OPS}" xmlns:xlink="{XLINK}">{chapter.html}</body>'
    return parse(wrapped.encode("utf-8", "surrogatepass"))


def _unsafe(made: Iterable[Document]) -> list[Diagnostic]:
    return [
        ACTIVE.at(Place(each.href, line(element)), name=each.chapter.name, thing=fault)
        for each in made
        for element, fault in inert.faults(each.body)
    ]


def _astray(made: Iterable[Document], pictures: frozenset[str]) -> list[Diagnostic]:
    ids = {each.href: each.ids for each in made} | {"nav.xhtml": Counter()}
    found = []
    for each in made:
        name = each.chapter.name
        found += [TWICE.at(Place(each.href), name=name, id=id_) for id_, count in ids[each.href].items() if count > 1]
        for element, _, address in _addresses(_LEADING(each.body)):
            fragment = unquote(address.partition("#")[2])
            file = _file(address) if not address.startswith("#") else each.href
            there = file in pictures if _shows(element) else file in ids and (not fragment or fragment in ids[file])
            if not there:
                found.append(ASTRAY.at(Place(each.href, line(element)), name=name, href=address))
    return found


def _addresses(elements: Iterable[etree._Element]) -> Iterator[tuple[etree._Element, str, str]]:
    """Yield what leads to a place in the book, as the element, the attribute and the address."""
    for element in elements:
        for key in _ADDRESSES:
            address = element.get(key)
            if address is not None and inert.reach(address) in {"fragment", "relative", "nothing"}:
                yield element, key, address


def _shows(element: etree._Element) -> bool:
    return element.tag in _SHOWING


def _file(address: str) -> str:
    return posixpath.normpath(posixpath.join("text", address.partition("#")[0]))
