"""The cover of the printed book as one sheet: back, spine and front, in the theme's type.

Front and back are pages of 400 × 640 points, scaled to the height of the book and in the middle of its width; what a
theme lets run over their edges is cut at the folds and at the bleed. The words of the back get the largest size at
which they fill no more lines than they may, as those of the front do; those of the spine follow from how thick it is.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lxml import etree
from markupsafe import Markup, escape

from overprint.compose import pages
from overprint.compose.cover import PICTURE, parsed, people
from overprint.compose.fit import Typeface, sized
from overprint.compose.gauge import gauge
from overprint.compose.theme import Theme
from overprint.diagnostics import Diagnostic, Made, error, warning
from overprint.model import Bio, Book, Composed, Fit, Project, Wrap

PAGE = (400.0, 640.0)
"""Points: the page that front and back are drawn on."""
SMALLEST = 6.0
"""Points: smaller letters on paper few can read."""
ASCENT, DESCENT = 0.75, 0.29
"""Em: how far letters reach over and below their line."""
ENDS, BETWEEN = 0.05, 1.6
"""How far words on the spine stay from its ends, in its length, and from each other, in em."""
FRONT = Markup("<!--front-->")
"""Where the front stands in the template; it is HTML already, and no longer XHTML."""
EPUB = "http://www.idpf.org/2007/ops"
PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
NAME = Markup('<span class="back-name">{}</span>')
LIVES = 2
"""More lives than these have no room on a back."""

TOO_LONG = error(
    "B133",
    "the back of the cover has no room for {what} of {count} characters",
    "{cure}",
    "What stands on the back is made smaller until it fits, as far as it can still be read. About a thousand "
    "characters of `description:` have room beside the life of an author; of a life its first paragraph is printed.",
)
NO_SPINE = warning(
    "B134",
    "the title has no room on the spine, which is {length} pt long",
    "shorten it: what is long can go into `subtitle:`",
    "Title and author stand on the spine where it is thick enough. A title that is longer than the book is tall is "
    "left out.",
)


@dataclass(frozen=True, slots=True)
class Words:
    """A text on the spine: its class without `spine-`, what it says, and where it stands."""

    name: str
    words: str
    style: str


def wrap(composed: Composed, project: Project, theme: Theme, size: Wrap, barcode: str) -> Made[tuple[str, str]]:
    """Return the sheet as an HTML document, and the style sheet with its measures.

    `barcode` is what stands in the white box. A picture of the editor's is a resource with the name `cover.PICTURE`.
    """
    book, said = composed.book, list[Diagnostic]()
    spine = _spine(composed, project, size)
    html = pages.wrap(
        book,
        theme,
        blurb=[" ".join(each.split()) for each in book.description.split("\n\n") if each.strip()],
        lives=[first_words(each) for each in lives(book)],
        spine=spine.value,
        boxed=size.box is not None,
        barcode=Markup(barcode),  # noqa: S704
        front=FRONT,
    )
    body = parsed(html)
    others = tuple(face.path for face in composed.look.faces if face.style == "normal" and face.weight == 400)
    for name, key, what, cure in (
        ("back-blurb", "description", "a description", "shorten `description:` in book.yaml"),
        ("back-life", "title", "the life of the author", "shorten its first paragraph in people/"),
    ):
        elements = [each for each in body.iter() if name in (each.get("class") or "").split()]
        if not elements:
            continue
        found = sized(elements, Typeface(composed.look.setting.cover[name], others)) * _scale(size)
        if found < max(SMALLEST, size.type_least):
            count = sum(len("".join(str(part) for part in each.itertext())) for each in elements)
            said.append(TOO_LONG.at(project.at(key), what=what, count=count, cure=cure))
    shown = str(etree.tostring(body, encoding="unicode", method="html")).replace(FRONT, _front(composed), 1)
    document = f'<!DOCTYPE html>\n<html lang="{book.language}"><head><meta charset="utf-8"></head>{shown}</html>\n'
    return Made((document, _sheet(size)), (*said, *spine.diagnostics))


def lives(book: Book) -> tuple[Bio, ...]:
    """Return the lives that the back tells: those of the few authors, or of the few editors."""
    known = {each.name: each for each in (*(bio for piece in book.pieces for bio in piece.bios), *book.contributors)}
    for role in ("aut", "edt"):
        named = people(book, role)
        if 0 < len(named) <= LIVES:
            return tuple(known[name] for name in named if name in known)
    return ()


def first_words(bio: Bio) -> Markup:
    """Return the first paragraph of a life as XHTML, without links and notes; it begins with the name."""
    body = etree.fromstring(f'<body xmlns:epub="{EPUB}">{bio.html}</body>', PARSER)
    first = body.find("p")
    if first is None:
        return NAME.format(escape(bio.name))
    first = copy.deepcopy(first)
    for link in first.iter("a"):
        link.text = None if link.get("role") == "doc-noteref" else link.text
    etree.strip_tags(first, "a", "span", "img", "br")
    etree.cleanup_namespaces(first)
    opening, rest = first.text or "", "".join(etree.tostring(each, encoding="unicode") for each in first)
    if opening.startswith(bio.name):
        return NAME.format(escape(bio.name)) + escape(opening.removeprefix(bio.name)) + Markup(rest)  # noqa: S704
    whole = "".join(str(part) for part in first.itertext())
    before = Markup("") if whole.startswith(bio.name) else NAME.format(escape(bio.name)) + ": "
    return before + escape(opening) + Markup(rest)  # noqa: S704


def _front(composed: Composed) -> str:
    cover = composed.cover
    if cover.picture:
        return f'<img class="front-picture" src="../{PICTURE}" alt="{escape(cover.alt)}"/>'
    inside = cover.html.partition("<body>")[2].rpartition("</body>")[0]
    return f'<div class="front">{inside}</div>'


def _scale(size: Wrap) -> float:
    return min(size.trim[0] / PAGE[0], size.trim[1] / PAGE[1])


def _spine(composed: Composed, project: Project, size: Wrap) -> Made[tuple[Words, ...]]:
    """Return the words of the spine: author, title and publisher, as many as have room, in letters of one size."""
    if size.clear is None:
        return Made(())
    book, fits = composed.book, composed.look.setting.cover
    length, least = size.trim[1] * (1 - 2 * ENDS), max(SMALLEST, size.type_least)
    writers = people(book, "aut") or people(book, "edt")
    names = writers if len(writers) <= LIVES else people(book, "edt")[:LIVES]
    all_ = {"author": ", ".join(names), "title": book.title, "imprint": book.publisher}
    said = {name: words for name, words in all_.items() if words}
    thick = (size.spine - 2 * size.clear) / (ASCENT + DESCENT)
    others = tuple(face.path for face in composed.look.faces if face.style == "normal" and face.weight == 400)
    faces = {name: Typeface(fits[f"spine-{name}"], others) for name in said}
    if thick < least:
        return Made(())
    reach = fits["spine-title"].width * size.trim[1] / PAGE[1]
    for kept in (tuple(said), ("author", "title"), ("title",)):
        texts = {name: faces[name] for name in kept if name in said}
        wide = {name: each.width(said[name]) * _part(name, fits) for name, each in texts.items()}
        head = sum(wide.values()) - wide.get("imprint", 0) + BETWEEN * ("author" in texts)
        whole = sum(wide.values()) + BETWEEN * (len(texts) - 1)
        letters = min(thick, fits["spine-title"].steps[0][0], length / whole, reach / head)
        if letters * min(_part(name, fits) for name in texts) >= least:
            return Made(tuple(_placed(said, texts, fits, letters, size)))
    return Made((), (NO_SPINE.at(project.at("title"), length=round(length)),))


def _part(name: str, fits: Mapping[str, Fit]) -> float:
    """Return how large a text of the spine is beside its title."""
    return fits[f"spine-{name}"].steps[0][0] / fits["spine-title"].steps[0][0]


def _placed(
    said: Mapping[str, str], texts: Mapping[str, Typeface], fits: Mapping[str, Fit], letters: float, size: Wrap
) -> Iterator[Words]:
    """Yield where each text stands: one after the other from the head, the publisher at the foot, on one line."""
    start, length = size.trim[1] * ENDS, size.trim[1]
    line = (ASCENT - DESCENT) / 2 * letters
    for name, face in texts.items():
        own = letters * _part(name, fits)
        at = length * (1 - ENDS) - face.width(said[name]) * own if name == "imprint" else start
        down = line - gauge(face.fit.face).centre * own
        style = f"left: {at:.2f}pt; top: {down:.3f}pt; font-size: {own:.2f}pt; line-height: {size.spine:g}pt"
        yield Words(name, said[name], style)
        start += face.width(said[name]) * own + BETWEEN * letters


def _sheet(size: Wrap) -> str:
    """Return the measures of the sheet; the page is cut to its trim, and bleeds beyond it."""
    (width, height), bleed, scale = size.trim, size.bleed, _scale(size)
    over, down = (width - PAGE[0] * scale) / 2, (height - PAGE[1] * scale) / 2
    whole, tall = 2 * width + size.spine, height + 2 * bleed
    at = f"top: {-bleed:g}pt; width: {width + bleed:g}pt; height: {tall:g}pt"
    page = f"top: {bleed + down:.3f}pt; transform: scale({scale:.5f})"
    rules = [
        f"@page {{ size: {whole:g}pt {height:g}pt; bleed: {bleed:g}pt }}",
        f".wrap, .wrap-ground {{ width: {whole:g}pt; height: {height:g}pt }}",
        f".wrap-back {{ left: {-bleed:g}pt; {at} }}",
        f".wrap-front {{ left: {width + size.spine:g}pt; {at} }}",
        f".back {{ left: {bleed + over:.3f}pt; {page} }}",
        f".front {{ left: {over:.3f}pt; {page} }}",
        f".wrap-spine {{ left: {width + size.spine:g}pt; width: {height:g}pt; height: {size.spine:g}pt }}",
    ]
    if size.box:
        wide, high, from_spine, from_foot = size.box
        left, top = width - from_spine - wide, height - from_foot - high
        rules.append(f".barcode {{ left: {left:g}pt; top: {top:g}pt; width: {wide:g}pt; height: {high:g}pt }}")
    return "\n".join(rules)
