"""How accessible the EPUB is, computed from what is really in it.

What a machine cannot judge is not said: a claim of conformance stands only where the editor names who evaluated the
book, and a hazard that cannot be told is `unknown`.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from overprint.diagnostics import Diagnostic, Place, warning
from overprint.model import Accessibility, Book
from overprint.render.epub.package import Meta, Part, refine
from overprint.render.epub.summary import sentences
from overprint.render.epub.tree import MATHML, SVG, XHTML, XML_LANG, local, namespace

MOVES = warning(
    "E016",
    "the picture {name} moves, and nobody has said whether it flashes",
    "look whether anything flashes more than three times a second; if not, write `hazards: none` below "
    "`accessibility:` in book.yaml",
    manual="Pictures that flash can cause seizures, and readers are warned of them before they open a book. overprint "
    "cannot tell a harmless picture from a dangerous one, so the EPUB says that its hazards are unknown. "
    "In print such a picture stands still.",
)

_HEADINGS = [f"{{{XHTML}}}h{level}" for level in range(1, 7)]
_BY_ROLE = {
    "doc-index": "index",
    "doc-pagebreak": "pageBreakMarkers",
    "doc-pagelist": "pageNavigation",
    "doc-toc": "tableOfContents",
}
_BY_ELEMENT = {
    "MathML": [f"{{{MATHML}}}math"],
    "rubyAnnotations": [f"{{{XHTML}}}rt"],
    "structuralNavigation": _HEADINGS,
}
_ROLES = etree.XPath("//@role", smart_strings=False)
_DETAILS = etree.XPath("boolean(//@aria-details | //@longdesc)")
# The spine is the one order of reading; the sheet sets no colour, size or leading of the text; nothing is encrypted.
_ALWAYS = frozenset({"displayTransformability", "readingOrder", "unlocked"})
_PICTURES = [f"{{{XHTML}}}img", f"{{{SVG}}}svg"]
_HAZARDS = {
    "flashing": ("flashing", "noMotionSimulationHazard", "noSoundHazard"),
    "motion": ("motionSimulation", "noFlashingHazard", "noSoundHazard"),
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is in the book, in schema.org's words; `described` is whether all pictures have alternative text."""

    features: frozenset[str]
    pictures: int = 0
    described: bool = True
    moving: tuple[str, ...] = ()

    @property
    def said(self) -> tuple[Diagnostic, ...]:
        """What an editor should look at, one finding for each picture that moves."""
        return tuple(MOVES.at(Place(name), name=name) for name in self.moving)


def evidence(roots: Sequence[etree._Element], parts: Sequence[Part]) -> Evidence:
    """Look through the finished documents, the navigation among them, and the finished pictures."""
    shown = [each for root in roots for each in root.iter(*_PICTURES) if each.get("aria-hidden") != "true"]
    described = all(_has_alternative(each) for each in shown)
    features = set(_features(roots))
    if shown and described:
        features.add("alternativeText")
    moving = tuple(part.name for part in parts if _moves(part))
    return Evidence(_ALWAYS | features, len(shown), described, moving)


def _features(roots: Sequence[etree._Element]) -> Iterator[str]:
    if roles := {word for root in roots for words in _roles(root) for word in words.split()}:
        yield "ARIA"
    yield from (feature for role, feature in _BY_ROLE.items() if role in roles)
    for feature, tags in _BY_ELEMENT.items():
        if any(next(root.iter(*tags), None) is not None for root in roots):
            yield feature
    formulas = [each for root in roots for each in root.iter(f"{{{MATHML}}}math")]
    if formulas and all(each.get("alttext") for each in formulas):
        yield "describedMath"
    if any(_DETAILS(root) for root in roots):
        yield "longDescription"


def _roles(root: etree._Element) -> set[str]:
    found = _ROLES(root)
    return {str(each) for each in found} if isinstance(found, list) else set()


def metadata(book: Book, found: Evidence) -> Iterator[Meta]:
    """Yield what the package says of the book's accessibility."""
    said = book.edition.accessibility
    yield _schema("accessMode", "textual")
    if found.pictures:
        yield _schema("accessMode", "visual")
    if found.described:
        yield _schema("accessModeSufficient", "textual")
    if found.pictures:
        yield _schema("accessModeSufficient", "textual,visual")
    for feature in sorted(found.features, key=str.lower):
        yield _schema("accessibilityFeature", feature)
    for hazard in _hazards(said, found):
        yield _schema("accessibilityHazard", hazard)
    yield _summary(book, found)
    yield from _claim(said)
    if "pageBreakMarkers" in found.features:
        yield Meta("meta", _print_edition(book), {"property": "pageBreakSource"})


def _hazards(said: Accessibility, found: Evidence) -> tuple[str, ...]:
    """Return the hazards: there is no sound, so none without pictures that move, unless the editor knows better."""
    if said.hazards:
        return _HAZARDS.get(said.hazards, ("none",))
    return ("unknown",) if found.moving else ("none",)


def _summary(book: Book, found: Evidence) -> Meta:
    said = book.edition.accessibility
    language, computed = sentences(
        book.language,
        {
            "aloud": found.described,
            "navigation": "structuralNavigation" in found.features,
            "pages": "pageNavigation" in found.features,
            "described": found.pictures > 0 and found.described,
            "undescribed": not found.described,
            "formulas": "MathML" in found.features,
            "unknown": bool(found.moving) and not said.hazards,
            "flashing": said.hazards == "flashing",
            "motion": said.hazards == "motion",
        },
    )
    if said.summary or language == book.language.partition("-")[0].lower():
        return _schema("accessibilitySummary", said.summary or computed)
    return _schema("accessibilitySummary", computed, **{XML_LANG: language})


def _print_edition(book: Book) -> str:
    """Return whose pages are counted: the printed book's ISBN, or what stands on its title page."""
    if book.edition.isbn_print:
        return f"urn:isbn:{book.edition.isbn_print}"
    return ", ".join(filter(None, (book.title, book.publisher, book.date[:4])))


def _claim(said: Accessibility) -> Iterator[Meta]:
    """Yield what an evaluator found, and why a law does not ask for it."""
    if said.conforms_to and said.certified_by:
        _, version, level = said.conforms_to.split()
        claim = f"EPUB Accessibility 1.1 - WCAG {version} Level {level}"
        yield Meta("meta", claim, {"id": "conformance", "property": "dcterms:conformsTo"})
        yield refine("conformance", "a11y:certifiedBy", said.certified_by, id="certifier")
        if said.credential.startswith(("https://", "http://")):
            yield _link("a11y:certifierCredential", said.credential)
        elif said.credential:
            yield refine("certifier", "a11y:certifierCredential", said.credential)
        if said.report:
            yield _link("a11y:certifierReport", said.report)
    if said.exemption:
        yield Meta("meta", f"eaa-{said.exemption}", {"property": "a11y:exemption"})


def _has_alternative(element: etree._Element) -> bool:
    """Tell whether a picture has alternative text; an empty `alt` is said of decoration, and until it is described."""
    if namespace(element) != SVG:
        return element.get("alt") is not None and "undescribed" not in (element.get("class") or "").split()
    return bool(element.get("aria-label") or element.get("aria-labelledby")) or any(
        local(child) == "title" and child.text for child in element
    )


def _moves(part: Part) -> bool:
    """Tell whether a picture may move; a drawing can by its style only, for animations in it are refused."""
    if part.media_type == "image/svg+xml":
        return b"@keyframes" in part.content
    if part.media_type != "image/gif" and not (part.media_type == "image/png" and b"acTL" in part.content):
        return False
    from PIL import Image

    try:
        with (
            warnings.catch_warnings(action="ignore"),
            Image.open(io.BytesIO(part.content), formats=("GIF", "PNG")) as image,
        ):
            return bool(getattr(image, "is_animated", False))
    except (OSError, EOFError, SyntaxError, ValueError, Image.DecompressionBombError):
        return True


def _schema(key: str, value: str, **more: str) -> Meta:
    return Meta("meta", value, {"property": f"schema:{key}", **more})


def _link(relation: str, address: str) -> Meta:
    return Meta("link", "", {"rel": relation, "refines": "#certifier", "href": address})
