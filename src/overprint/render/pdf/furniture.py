"""Running heads, folios and whatever else stands in a page's margins, laid out apart from the text. Worker side.

The text of a piece does not change when its pages get other numbers; its margins do. WeasyPrint's own margin-box code
sets them, on pages that have nothing else, with the named strings and counters that the joined book has there.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field
from typing import Any

from overprint.diagnostics import NOWHERE, Diagnostic
from overprint.render.pdf import faked
from overprint.render.pdf.audit import texts
from overprint.render.pdf.desk import Desk
from overprint.render.pdf.piece import MARGINS, font_use


@dataclass(frozen=True, slots=True)
class Margins:
    """The margins of one page: its kind as `page_facts` has it, its named strings by name and keyword, its counters."""

    kind: tuple[str, bool, str, int, tuple[tuple[str, int], ...]]
    strings: tuple[tuple[str, str, str], ...]
    counters: tuple[tuple[str, int], ...]


@dataclass(slots=True)
class Drawn:
    """What stands on one edge: PDF content, compressed; resources other than typefaces, as PDF text; typefaces used."""

    content: bytes
    resources: dict[str, dict[str, str]] = field(default_factory=dict)
    fonts: list[dict[str, Any]] = field(default_factory=list)


class Furniture:
    """Draws margins for one look of a book; `lacks` are the errors for what its typefaces do not hold."""

    def __init__(self, desk: Desk, shell: str) -> None:
        """Take the style of the root element, which page margins inherit, from an empty document of the book."""
        from weasyprint.document import Document

        self.desk = desk
        desk.doing = "laying out running heads and page numbers"
        self.html = desk.html(shell)
        shared = (desk.shared[each] for each in ("font_config", "counter_style", "color_profiles"))
        self.context = Document._build_layout_context(self.html, *shared, desk.options())
        self.context.target_collector.collecting = False
        self.lacks: dict[Diagnostic, None] = {}

    def draw(self, margins: Margins) -> dict[str, Drawn]:
        """Return what stands on each edge of a page that has something there."""
        from weasyprint.formatting_structure import boxes
        from weasyprint.layout.page import (
            PageType,
            make_margin_boxes,
            page_height,
            page_width,
            set_page_type_computed_styles,
        )
        from weasyprint.layout.percent import resolve_percentages

        kind = PageType(*margins.kind)
        set_page_type_computed_styles(kind, self.html, self.context.style_for)
        page = boxes.PageBox(kind, self.context.style_for(kind))
        resolve_percentages(page, page.style["size"])
        page.position_x = page.position_y = 0
        width, height = page.style["size"]
        page_width(page, self.context, width)
        page_height(page, self.context, height)
        page.children = ()
        strings = {(name, keyword): text for name, keyword, text in margins.strings}
        self.context.current_page, self.context.page_bottom = 1, 0
        self.context.get_string_set_for = lambda _, name, keyword="first": (strings.get((name, keyword), ""),)
        counters = {name: [value] for name, value in margins.counters}
        state: Any = ([0], counters, [set(counters)], [])
        made = list(make_margin_boxes(self.context, page, state))
        drawn = {}
        for edge, names in MARGINS.items():
            some = [box for box in made if box.at_keyword in names]
            if some:
                drawn[edge] = self._drawn(page, some)
        return drawn

    def _drawn(self, page: Any, some: list[Any]) -> Drawn:
        import pydyf
        from weasyprint.draw import draw_stacking_context
        from weasyprint.layout.background import layout_box_backgrounds
        from weasyprint.pdf.stream import Stream
        from weasyprint.stacking import StackingContext

        for box in some:
            layout_box_backgrounds(page, box, self.context.get_image_from_uri)
        bare = page.copy_with_children(some)
        width, height = page.margin_width(), page.margin_height()
        kinds = ("ExtGState", "XObject", "Pattern", "Shading")
        resources = pydyf.Dictionary({kind: pydyf.Dictionary() for kind in kinds} | {"ColorSpace": b"null"})
        fonts: dict[int, Any] = {}
        images: dict[str, Any] = {}
        profiles = self.desk.shared["color_profiles"]
        stream = Stream(
            fonts, (0, 0, width, height), resources, images, None, profiles, self.desk.options()["output_intent"]
        )
        stream.stream += [b"q", b"/Artifact <</Type/Pagination>> BDC"]
        stream.transform(d=-1, f=height * 0.75)
        with stream.stacked():
            stream.transform(a=0.75, d=0.75)
            draw_stacking_context(stream, StackingContext.from_page(bare))
        stream.stream += [b"EMC", b"Q"]
        states = {name: state.data.decode("latin-1") for name, state in resources["ExtGState"].items()}
        if any(resources[kind] for kind in kinds[1:]) or any(not name.startswith(("a", "A")) for name in states):
            raise NotAloneError("a picture or a gradient in a margin")
        data = b"\n".join(each if isinstance(each, bytes) else pydyf._to_bytes(each) for each in stream.stream)
        boxes = (text for box in some for text, _ in texts(box))
        lacks = faked.in_boxes(self.desk.style.faces, boxes, lambda _: (NOWHERE, "in a running head"))
        self.lacks.update(dict.fromkeys(lacks))
        return Drawn(zlib.compress(data, 6), {"ExtGState": states}, font_use(self.desk, fonts.values()))


class NotAloneError(Exception):
    """The margins hold what cannot be laid out apart; the book then has to be laid out as one document."""
