"""What a screen reader goes by: one main heading to a document, above all others, in the words of its title."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from lxml import etree

from overprint.diagnostics import Diagnostic, Exit, Place, Stop, error
from overprint.model import Entry
from overprint.render.epub.tree import XHTML, line, local

UNHEADED = error(
    "E009",
    "the document {name} {fault}",
    "let the theme's template give it one `h1`, before all other headings; without a template of yours, report this",
    manual="Whoever listens to a book, or reads it by touch, goes from heading to heading. Each document of an EPUB "
    "therefore has one main heading, which is the first. overprint's own pages are made so; a theme's own template "
    "may be at fault.",
)
MISTITLED = error(
    "E010",
    "in {name} a heading says “{heading}”, and the title or the contents “{title}”",
    "let the theme's template take the heading from the title; without a template of yours, report this",
    manual="Reading systems show and speak a line of the contents, a document's title, then its heading. Where these "
    "differ, readers do not know where they are. overprint makes all of one text; a theme's own template may be at "
    "fault.",
)

_WITH_ID = etree.XPath("//*[@id=$ident]")
_LEVELS = [f"{{{XHTML}}}h{level}" for level in range(1, 7)]


def check(roots: Mapping[str, etree._Element], contents: Iterable[Entry]) -> None:
    """Hold whole documents, by their names, to have one main heading each; pages without any heading may have none.

    Raises:
        Stop: headings are wrong, or another than the title or the words in the contents.
    """
    found = [said for name, root in roots.items() for said in _faults(name, root)]
    found = found or list(_astray(roots, contents))
    if found:
        raise Stop(*found, exit=Exit.CANNOT)


def _faults(name: str, root: etree._Element) -> Iterator[Diagnostic]:
    headings = list(root.iter(*_LEVELS))
    main = [each for each in headings if local(each) == "h1"]
    if len(main) > 1:
        yield UNHEADED.at(Place(name, line(main[1])), name=name, fault=f"has {len(main)} main headings")
    elif headings and headings[0] not in main:
        fault = "has headings before its main one" if main else "has no main heading"
        yield UNHEADED.at(Place(name, line(headings[0])), name=name, fault=fault)
    elif main and (words := _words(main[0])) != (title := _words(next(root.iter(f"{{{XHTML}}}title")))):
        yield MISTITLED.at(Place(name, line(main[0])), name=name, title=title, heading=words)


def _astray(roots: Mapping[str, etree._Element], contents: Iterable[Entry]) -> Iterator[Diagnostic]:
    """Yield each place that is called otherwise than the contents say; one without a name may be called anything."""
    for entry in contents:
        document, _, ident = f"text/{entry.href}".partition("#")
        if words := _name(roots[document], ident):
            title = " ".join(entry.title.split())
            if words != title:
                yield MISTITLED.at(Place(document), name=document, title=title, heading=words)
        yield from _astray(roots, entry.children)


def _name(root: etree._Element, ident: str) -> str:
    """Return what a screen reader calls the place `ident`."""
    place = _by_id(root, ident)
    if place is None:
        return ""
    if place.tag in _LEVELS:
        return _words(place)
    heading = _by_id(root, place.get("aria-labelledby") or "")
    return _words(heading) if heading is not None else " ".join((place.get("aria-label") or "").split())


def _by_id(root: etree._Element, ident: str) -> etree._Element | None:
    found = _WITH_ID(root, ident=ident)
    return found[0] if isinstance(found, list) and found and isinstance(found[0], etree._Element) else None


def _words(element: etree._Element) -> str:
    return " ".join("".join(str(each) for each in element.itertext()).split())
