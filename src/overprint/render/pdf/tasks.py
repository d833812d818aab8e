"""What a worker does: one order in, bytes out. Worker side; the parent reads the bytes and executes nothing.

Each function is pure: its result depends on its order and on the libraries alone, so it may run on any machine and be
kept.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from overprint.diagnostics import NOWHERE, Diagnostic, Exit, Place, Stop
from overprint.model import Resource
from overprint.render.pdf import messages, numbering
from overprint.render.pdf.job import Piece, Style, identifier, place_as_json, said_as_json
from overprint.render.pdf.listen import shown

if TYPE_CHECKING:
    from overprint.render.pdf.desk import Desk
    from overprint.render.pdf.piece import LaidOut

# WeasyPrint calls itself about a dozen times for each level of nesting; Python's own limit ends at `ul > li` 50 deep.
CALLS = 10_000

BLANKS = "<div></div>" + "".join(
    f'<div style="break-before: {side}"></div>' for side in ("right", "right", "left", "left")
)
"""Pages of which one of each side is blank, whichever side the book begins on."""


@dataclass(frozen=True, slots=True)
class PieceOrder:
    """A piece to lay out: `before` is the number of the page before it, `pages` are those of anchors elsewhere."""

    style: Style
    document: str
    piece: Piece
    first: bool
    before: int = 0
    pages: Mapping[str, int] = field(default_factory=dict)
    places: Mapping[str, Place] = field(default_factory=dict)


def lay_out(order: PieceOrder) -> bytes:
    """Return the fragment of a piece.

    Raises:
        Stop: it cannot be laid out as it is.
    """
    at = _begun(order.style, order.piece.resources)
    from overprint.render.pdf.piece import LaidOut, fragment
    from overprint.render.pdf.tailored import Answers, tailored

    answers = Answers(order.before, order.first, order.pages)
    with at.heard(), tailored(at.weasyprint, answers):
        laid_out = LaidOut(at, order.document, answers)
        audit = _Audit(laid_out, order.places)
        made = fragment(laid_out, order.piece.name)
        found = audit.found(at)
    own = {name for page in laid_out.pages for name in page.anchors}
    made.head["leads"] = [(target, where, *place_as_json(place)) for target, place, where in audit.leads.elsewhere(own)]
    made.head["starts"] = audit.starts
    made.head["notes"] = audit.notes
    made.head["drifted"] = [(where, call, note, *place_as_json(place)) for place, where, call, note in audit.drifted]
    made.head["uneven"] = [(place_as_json(place), *rest) for place, *rest in audit.uneven]
    made.head["said"] = said_as_json(found)
    return made.packed()


@dataclass(frozen=True, slots=True)
class WholeOrder:
    """A book to lay out as one document, by WeasyPrint's usual way."""

    style: Style
    document: str
    resources: tuple[Resource, ...] = ()
    places: Mapping[str, Place] = field(default_factory=dict)


def lay_out_whole(order: WholeOrder) -> bytes:
    """Return the size of a JSON head in four bytes, the head, and the PDF.

    Raises:
        Stop: it cannot be laid out as it is.
    """
    at = _begun(order.style, order.resources)
    import io

    from overprint.render.pdf.audit import astray, drift
    from overprint.render.pdf.page_fit.said import bad_end
    from overprint.render.pdf.piece import LaidOut
    from overprint.render.pdf.tailored import Answers

    with at.heard():
        laid_out = LaidOut(at, order.document, Answers(first=True))
        audit = _Audit(laid_out, order.places)
        at.doing = "writing the PDF"
        made = io.BytesIO()
        runs = numbering.labels(numbering.leaves([{"pages": list(laid_out.page_facts()), "side": ""}], {}))

        def label(_: object, pdf: Any) -> None:
            pdf.catalog["PageLabels"] = numbering.as_pdf(runs)

        name = identifier(order.document, order.style).encode()
        laid_out.document.write_pdf(made, finisher=label, **at.options(pdf_identifier=name))
        found = audit.found(at)
    own = {name for page in laid_out.pages for name in page.anchors}
    found += tuple(astray(*lead) for lead in audit.leads.elsewhere(own))
    found += tuple(drift(*each) for each in audit.drifted)
    names = numbering.labelled(runs, len(laid_out.pages))
    found += tuple(bad_end(*each, names) for each in audit.uneven)
    told = {
        "labels": names,
        "starts": audit.starts,
        "notes": audit.notes,
        "said": said_as_json(found),
    }
    return _headed(made.getvalue(), told)


def _headed(data: bytes, told: Mapping[str, Any]) -> bytes:
    head = json.dumps(told).encode()
    return len(head).to_bytes(4, "big") + head + data


def _begun(style: Style, resources: tuple[Resource, ...] = ()) -> Desk:
    """Return the desk, made ready for a document.

    Raises:
        Stop: WeasyPrint's libraries are missing.
    """
    sys.setrecursionlimit(CALLS)
    try:
        from overprint.render.pdf.desk import desk
    except OSError as reason:
        line = shown(str(reason).partition("\n")[0], 100)
        raise Stop(messages.NO_PANGO.at(reason=line, install=messages.LIBRARIES), exit=Exit.CANNOT) from reason
    at = desk(style)
    at.begin(resources)
    return at


class _Audit:
    """What is found on the pages: some before they are written, some after."""

    def __init__(self, laid_out: LaidOut, places: Mapping[str, Place]) -> None:
        from overprint.render.pdf import faked
        from overprint.render.pdf.audit import Blocks, drifted, leads, lost
        from overprint.render.pdf.page_fit.said import uneven
        from overprint.render.pdf.page_map import notes
        from overprint.render.pdf.piece import starts
        from overprint.render.pdf.total_fit.said import left_alone

        laid_out.desk.doing = "comparing the pages with the text"
        body = laid_out.html.etree_element.find("body")
        self.pages = laid_out.pages
        self.blocks = Blocks(body, laid_out.context.style_for, places)
        self.leads = leads(self.blocks, self.pages)
        self._found = (
            *laid_out.refused,
            *lost(self.blocks, self.pages),
            *self.leads.errors(),
            *left_alone(laid_out.desk.composer, laid_out.desk.weasyprint.__version__, self.blocks),
            *faked.on_pages(laid_out.desk.style.faces, self.pages, self.blocks),
        )
        self.drifted = list(drifted(self.blocks, self.pages))
        self.uneven = list(uneven(self.blocks, self.pages))
        self.starts = starts(body, self.pages)
        self.notes = [(each.id, each.call, each.body) for each in notes(self.pages)]

    def found(self, at: Desk) -> tuple[Diagnostic, ...]:
        """Return all, after the pages have been written."""
        from overprint.render.pdf.audit import unprintable

        missing = list(at.listener.missing)
        return (*self._found, *unprintable(self.blocks, self.pages, missing), *at.said())


def blanks(order: PieceOrder) -> bytes:
    """Return the fragment that holds a blank page of each side, as the book's sheets have it."""
    from overprint.render.pdf.fragment import Fragment

    made = Fragment.unpacked(lay_out(order))
    plain = {number: text for number, text in made.plain.items() if b"/StructElem" not in text}
    head = made.head | {"top": []}
    return Fragment(head, plain, made.streams, made.count).packed()


@dataclass(frozen=True, slots=True)
class FurnitureOrder:
    """Pages whose margins are to be laid out; each as the arguments of `furniture.Margins`."""

    style: Style
    shell: str
    pages: tuple[Any, ...]


def draw(order: FurnitureOrder) -> bytes:
    """Return, as JSON, what stands on the edges of each page, or why it has to be laid out with the text."""
    at = _begun(order.style)
    from base64 import b64encode

    from overprint.render.pdf.audit import no_glyph
    from overprint.render.pdf.furniture import Furniture, Margins, NotAloneError

    with at.heard():
        furniture = Furniture(at, order.shell)
        try:
            drawn = [furniture.draw(Margins(*page)) for page in order.pages]
        except NotAloneError as reason:
            return json.dumps({"reason": str(reason)}).encode()
    result = [
        {edge: [b64encode(one.content).decode(), one.resources, one.fonts] for edge, one in each.items()}
        for each in drawn
    ]
    said = (
        *at.said_of_document(),
        *furniture.lacks,
        *(no_glyph(char, NOWHERE, "in a running head") for char in at.listener.missing),
    )
    return json.dumps({"drawn": result, "said": said_as_json(said)}).encode()


@dataclass(frozen=True, slots=True)
class CoverOrder:
    """A page to draw as a picture: the cover."""

    style: Style
    document: str


def draw_cover(order: CoverOrder) -> bytes:
    """Return the size of a JSON head in four bytes, the head, and a JPEG.

    Raises:
        Stop: it cannot be laid out as it is.
    """
    at = _begun(order.style)
    from overprint.render.pdf.piece import LaidOut
    from overprint.render.pdf.raster import jpeg, rastered
    from overprint.render.pdf.tailored import Answers

    with at.heard():
        laid_out = LaidOut(at, order.document, Answers(first=True))
        audit = _Audit(laid_out, {})
        at.doing = "drawing the cover"
        picture = jpeg(rastered(laid_out.document.write_pdf(**at.options(pdf_tags=False))))
        found = audit.found(at)
    return _headed(picture, {"said": said_as_json(found)})


@dataclass(frozen=True, slots=True)
class PictureOrder:
    """A picture of the editor's that is to become a JPEG."""

    path: Path


def flatten(order: PictureOrder) -> bytes:
    """Return what `draw_cover` does; the JPEG has three colours, is upright, on white, and without metadata.

    Raises:
        Stop: it cannot be read.
    """
    from PIL import Image

    from overprint.render.pdf.raster import PHOTOGRAPH, flattened, jpeg

    try:
        return _headed(jpeg(flattened(order.path), PHOTOGRAPH), {"said": []})
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as fault:
        raise Stop(messages.NO_COVER.at(reason=shown(str(fault), 100))) from fault


@dataclass(frozen=True, slots=True)
class FontsOrder:
    """What the whole book uses of its typefaces, as JSON text of `piece.font_use`."""

    style: Style
    uses: str


def subset_fonts(order: FontsOrder) -> bytes:
    """Return the fragment that holds the typefaces."""
    at = _begun(order.style)
    from overprint.render.pdf.typeset_fonts import subset

    with at.heard():
        return subset(at, json.loads(order.uses)).packed()
