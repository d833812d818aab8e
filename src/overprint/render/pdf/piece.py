"""Lays out one piece of the book and makes a fragment of it. Worker side."""

from __future__ import annotations

import hashlib
import zlib
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import Any

from overprint.render.pdf import messages
from overprint.render.pdf.desk import Desk
from overprint.render.pdf.fragment import Fragment
from overprint.render.pdf.listen import shown
from overprint.render.pdf.page_map import page_starts
from overprint.render.pdf.tailored import Answers
from overprint.render.text_blocks import blocks_of

MARGINS = {
    edge: tuple(f"@{edge}-{where}" for where in places)
    for edge, places in {
        "top": ("left", "center", "right"),
        "bottom": ("left", "center", "right"),
        "left": ("top", "middle", "bottom"),
        "right": ("top", "middle", "bottom"),
    }.items()
} | {f"{corner}-corner": (f"@{corner}-corner",) for corner in ("top-left", "top-right", "bottom-left", "bottom-right")}
"""The edges of a page and the margin boxes that are laid out together on each."""

STYLES = ("normal", "oblique", "italic")
"""Pango's numbers for the styles of typefaces."""


class LaidOut:
    """A piece on its pages, as WeasyPrint's objects."""

    def __init__(self, desk: Desk, html: str, answers: Answers) -> None:
        """Lay out a document. It has to be written in the same `tailored` context."""
        from weasyprint.document import Document, DocumentMetadata, Page
        from weasyprint.formatting_structure.build import build_formatting_structure
        from weasyprint.html import get_html_metadata
        from weasyprint.layout import layout_document

        self.desk, self.answers = desk, answers
        desk.doing = "reading the document"
        self.html = desk.html(html)
        desk.doing = "laying out the pages"
        options = desk.options()
        fonts, counters, profiles = (desk.shared[each] for each in ("font_config", "counter_style", "color_profiles"))
        self.context = Document._build_layout_context(self.html, fonts, counters, profiles, options)
        self.root = build_formatting_structure(
            self.html.etree_element,
            self.context.style_for,
            self.context.get_image_from_uri,
            self.html.base_url,
            self.context.target_collector,
            counters,
            self.context.footnotes,
        )
        self.document = Document(
            [Page(box) for box in layout_document(self.html, self.root, self.context)],
            DocumentMetadata(**get_html_metadata(self.html)),
            self.html.url_fetcher,
            fonts,
            profiles,
            options["output_intent"],
        )
        self.pages = self.document.pages

        self._strip_attachments()

    def _strip_attachments(self) -> None:
        """Take out files that a link would put inside the PDF: nobody asks for them in a book."""
        asked = [target for page in self.pages for kind, target, *_ in page.links if kind == "attachment"]
        asked += ["an attachment" for _ in self.document.metadata.attachments]
        self.refused = tuple(messages.REFUSED.at(url=shown(target)) for target in asked)
        self.document.metadata.attachments = []
        for page in self.pages:
            page.links = [link for link in page.links if link[0] != "attachment"]

    # ------------------------------------------------------------------ what the joining must know

    def needs(self) -> list[str]:
        """Return why the piece cannot be laid out alone, in words of CSS; empty when it can."""
        reasons = dict(self.answers.more)
        if any(self.context.running_elements.values()):
            reasons["position: running()"] = None
        if any(page._page_box.fixed_boxes for page in self.pages):
            reasons["position: fixed"] = None
        for (_, _), item in self.context.target_collector.counter_lookup_items.items():
            missing = {
                *item.missing_counters,
                *(each for some in item.missing_target_counters.values() for each in some),
            }
            if missing - {"page"}:
                reasons[f"counter({min(missing - {'page'})})"] = None
        for state in self.context.page_maker:
            for name in state[3][1].keys() - {"page", "pages"}:
                reasons[f"counter-increment: {name} in @page"] = None
        return list(reasons)

    def joins(self) -> Iterator[str]:
        """Yield what one document would have once around all pieces, or carry from one to the next."""
        begun, left = self.answers.begun, self.answers.left
        for name in sorted(begun.keys() | left.keys()):
            if begun.get(name) != left.get(name):
                yield f"a counter {name} that runs from piece to piece"
        html = self.html.etree_element
        for element in (html, html.find("body")):
            for generated in ("before", "after"):
                style = self.context.style_for(element, generated)
                if style is not None and style["content"] not in ("normal", "none", "inhibit"):
                    yield f"{element.tag}::{generated}"
            style = self.context.style_for(element)
            if any(style[f"{what}_{side}"].value for what in ("margin", "padding") for side in ("top", "bottom")):
                yield f"a margin above or below {element.tag}"

    def own_number_matters(self) -> bool:
        """Tell whether the text shows the number of one of its own pages."""
        collector = self.context.target_collector
        return any(
            item.missing_counters or item.missing_target_counters.keys() & collector.target_lookup_items.keys()
            for item in collector.counter_lookup_items.values()
        )

    def page_facts(self) -> Iterator[dict[str, Any]]:
        """Yield for each page: its kind, its counter, what it sets, what it says in the outline."""
        reset = False
        for index, page in enumerate(self.pages):
            box = page._page_box
            kind = box.page_type
            style = box.style
            reset = reset or any(name == "page" for key in ("counter_reset", "counter_set") for name, _ in style[key])
            strings: dict[str, list[str]] = {}
            for child in box.descendants():
                if child.string_set and child.string_set != "none":
                    for name, text in child.string_set:
                        strings.setdefault(name, []).append(text)
            yield {
                "kind": [kind.side, kind.blank, kind.name, kind.index, [list(each) for each in kind.groups]],
                "class": self.page_class(kind),
                "folio": self._folio(kind),
                "number": self.context.page_maker[index + 1][3][1]["page"][-1] - (0 if reset else self.answers.before),
                "reset": reset,
                "strings": strings,
                "starts": sorted(_set_at_start(box)),
                "marks": [
                    [level, label, x * 0.75, (page.height - y) * 0.75, state]
                    for level, label, (x, y), state in page.bookmarks
                ],
                "anchors": [[name, x * 0.75, (page.height - y) * 0.75] for name, (x, y, _, _) in page.anchors.items()],
            }

    def page_class(self, kind: Any) -> str:
        """Return a name for the `@page` rules that apply to a page: pages of one class differ in their texts alone."""
        style_for = self.context.style_for
        matching = [
            (number, rule, each)
            for number, (sheet, _, _) in enumerate(style_for._sheets)
            for rule, (_, selectors, _) in enumerate(sheet.page_rules)
            for each, (_, _, selector) in enumerate(selectors)
            if style_for._page_type_match(selector, kind)
        ]
        return hashlib.sha256(repr(matching).encode()).hexdigest()[:16]

    def margins(self) -> dict[str, dict[str, Any]]:
        """Return, for each class of pages, what the boxes on each edge show: named strings and counters."""
        found: dict[str, dict[str, Any]] = {}
        for page in self.pages:
            kind = page._page_box.page_type
            name = self.page_class(kind)
            if name not in found:
                found[name] = {edge: shown for edge, boxes in MARGINS.items() if (shown := self._shown(kind, boxes))}
        return found

    def _shown(self, kind: Any, boxes: tuple[str, ...]) -> dict[str, list[list[str]]] | None:
        strings: list[list[str]] = []
        counters: list[list[str]] = []
        there = False
        for box in boxes:
            style = self.context.style_for(kind, box)
            content: Any = style["content"] if style is not None else "normal"
            if content in ("normal", "none", "inhibit"):
                continue
            there = True
            for what, value in content:
                if what == "string()":
                    strings.append(list(value))
                elif what in ("counter()", "counters()"):
                    counters.append([value[0], str(value[-1])])
                elif what not in ("string", "url", "quote", "leader()", "content()"):
                    self.answers.more[f"{what} in a margin"] = None
        return {"strings": strings, "counters": counters} if there else None

    def _folio(self, kind: Any) -> str:
        """Return the style of the page number that stands in the margins, empty where none does."""
        for boxes in MARGINS.values():
            shown = self._shown(kind, boxes)
            for counter in shown["counters"] if shown else ():
                if counter[0] == "page":
                    return str(counter[1])
        return ""

    def breaks(self) -> tuple[list[str], list[str]]:
        """Return the `break-before` of all boxes that the piece begins with, and the `break-after` of its last."""
        from weasyprint.layout.block import _add_break_values

        children = [child for child in self.root.children[0].children if child.is_in_normal_flow()]
        if not children:
            return [], []
        sides = ("right", "left") if self.root.style["direction"] == "ltr" else ("left", "right")
        named = dict(zip(("recto", "verso"), sides, strict=True))
        before, after = _add_break_values(children[0], "before"), _add_break_values(children[-1], "after")
        return [named.get(each, each) for each in before], [named.get(each, each) for each in after]


def _set_at_start(box: Any) -> set[str]:
    """Return the named strings that the first box of a page, or one that begins with it, sets."""
    names: set[str] = set()
    while box:
        if box.style["string_set"] != "none":
            names.update(name for name, _ in box.style["string_set"])
        box = box.children[0] if getattr(box, "children", None) else None
    return names


def starts(body: Any, pages: Sequence[Any]) -> list[list[Any] | None]:
    """Return what each page begins with: index of the chapter, the block in it, id, offset, whether in a word, text."""
    ends = list(accumulate(len(blocks_of(child)) for child in body if isinstance(child.tag, str)))
    found: list[list[Any] | None] = []
    for start in page_starts(body, pages):
        if start is None:
            found.append(None)
            continue
        chapter = min(bisect_right(ends, start.block), max(len(ends) - 1, 0))
        before = ends[chapter - 1] if chapter else 0
        found.append([chapter, start.block - before, start.id, start.offset, start.word, start.text])
    return found


def fragment(laid_out: LaidOut, name: str) -> Fragment:
    """Write a laid-out piece as a fragment; `name` is its own among the pieces of the book."""
    from weasyprint.pdf import generate_pdf

    pdf = generate_pdf(laid_out.document, None, 1, **laid_out.desk.options())
    return _Taking(pdf, name, laid_out).fragment()


class _Taking:
    """Takes from a finished PDF what moves, and leaves what the book has once: catalogue, page tree, typefaces."""

    def __init__(self, pdf: Any, name: str, laid_out: LaidOut) -> None:
        self.pdf, self.name, self.laid_out = pdf, name, laid_out
        self.kids = pdf.pages["Kids"][::3]
        structure = self._at(pdf.catalog["StructTreeRoot"])
        self.top = self._at(structure["K"][0])
        self.tree = self._at(structure["ParentTree"])
        self.resources = self._at(pdf.objects[self.kids[0]]["Resources"])
        self.typefaces = self._at(self.resources["Font"])
        self.left_out = {0, *self.kids} | {
            each.number
            for each in (pdf.pages, pdf.catalog, structure, self.top, self.tree, self.resources, self.typefaces)
        }

    def _at(self, reference: bytes) -> Any:
        return self.pdf.objects[int(reference.split()[0])]

    def fragment(self) -> Fragment:
        import pydyf

        self._tell_headers_apart()
        pages = [self._page(*each) for each in zip(self.kids, self.laid_out.page_facts(), strict=True)]
        leaf = self._leaf()
        plain: dict[int, bytes] = {}
        streams = []
        for each in self.pdf.objects:
            if each.number in self.left_out:
                continue
            if isinstance(each, pydyf.Stream):
                streams.append((each.number, *parts(each)))
            else:
                plain[each.number] = each.data
        plain[len(self.pdf.objects)] = leaf
        head = self._head() | {"pages": pages, "leaf": len(self.pdf.objects), "pictures": _pictures(streams)}
        return Fragment(head, plain, tuple(streams), len(self.pdf.objects))

    def _head(self) -> dict[str, Any]:
        laid_out, catalog = self.laid_out, self.pdf.catalog
        before, after = laid_out.breaks()
        # These two may find a reason why the piece cannot stand alone, so they come before `needs`.
        fonts, margins = fonts_used(laid_out), laid_out.margins()
        return {
            "asked": sorted(laid_out.answers.asked),
            "own": laid_out.own_number_matters(),
            "margins": margins,
            "needs": laid_out.needs(),
            "joins": list(laid_out.joins()),
            "before": before,
            "after": after,
            "side": laid_out.pages[0]._page_box.page_type.side,
            "top": [int(each.split()[0]) for each in self.top["K"]],
            "shared": {"structure": self.top.number, "typefaces": self.typefaces.number},
            "resources": {
                "number": self.resources.number,
                "colours": self.resources["ColorSpace"].decode(),
                "kinds": {
                    kind: {key: _text(value) for key, value in some.items()}
                    for kind, some in self.resources.items()
                    if isinstance(some, dict)
                },
            },
            "catalog": {
                key: _text(value)
                for key, value in catalog.items()
                if key not in ("Type", "Pages", "StructTreeRoot", "Names", "Outlines")
            },
            "info": {key: _text(value) for key, value in self.pdf.info.items()},
            "fonts": fonts,
        }

    def _page(self, number: int, facts: dict[str, Any]) -> dict[str, Any]:
        import pydyf

        page = self.pdf.objects[number]
        content = self._at(page["Contents"])
        # What follows on the page must not stand in this content's coordinates.
        content.stream.insert(0, b"q")
        content.stream.append(b"Q")
        ours = ("Type", "Parent", "Contents", "Resources", "StructParents")
        rest = pydyf.Dictionary({key: value for key, value in page.items() if key not in ours})
        return facts | {"number_of": number, "content": content.number, "rest": _text(rest)}

    def _leaf(self) -> bytes:
        """Return the piece's share of the structure's parent tree; its keys move like its objects."""
        import pydyf

        for each in self.pdf.objects:
            if isinstance(each, pydyf.Dictionary) and "StructParent" in each:
                each["StructParent"] = b"%d 0 S" % each["StructParent"]
        keys, values = self.tree["Nums"][::2], self.tree["Nums"][1::2]
        pairs = (b"%d 0 S %s" % (key, _text(value).encode()) for key, value in zip(keys, values, strict=True))
        return b"<</Limits[0 0 S %d 0 S]/Nums[%s]>>" % (keys[-1], b" ".join(pairs))

    def _tell_headers_apart(self) -> None:
        """Give the header cells ids that no other piece has: WeasyPrint counts the elements of the document at hand."""
        import pydyf

        named = {
            id(each["ID"]): each["ID"]
            for each in self.pdf.objects
            if isinstance(each, pydyf.Dictionary) and "ID" in each
        }
        for key in named.values():
            key.string = f"{self.name}-{key.string}"


def _pictures(streams: Iterable[tuple[int, bytes, bytes]]) -> dict[str, str]:
    """Return the number of each picture with a digest, so that equal ones are stored once in the book."""
    return {
        str(number): hashlib.sha256(dictionary + data).hexdigest()
        for number, dictionary, data in streams
        # One with a mask names it by a number that is the piece's own.
        if b"/Subtype /Image" in dictionary and b"/SMask" not in dictionary
    }


def fonts_used(laid_out: LaidOut) -> list[dict[str, Any]]:
    """Return what the text of a piece used of each typeface; another machine's typefaces cannot travel."""
    fonts = laid_out.document.fonts.values()
    for font in fonts:
        if font.bitmap or laid_out.desk.face_of(font.file_content) is None:
            laid_out.answers.more[f"the typeface {font.family}"] = None
    return [] if laid_out.answers.more else font_use(laid_out.desk, fonts)


def font_use(desk: Desk, fonts: Iterable[Any]) -> list[dict[str, Any]]:
    """Return glyphs used of each typeface, their widths, and the letters that they stand for."""
    return [
        {
            "hash": font.hash,
            "face": desk.face_of(font.file_content),
            "style": STYLES[font.style],
            "weight": font.weight,
            "ascent": font.ascent,
            "descent": font.descent,
            "letters": {str(glyph): letters for glyph, letters in font.to_unicode.items()},
            "widths": {str(glyph): width for glyph, width in font.widths.items()},
            "missing": {str(code): glyph for code, glyph in font.missing.items()},
        }
        for font in fonts
    ]


def _text(value: Any) -> str:
    from pydyf import _to_bytes

    return str(_to_bytes(value).decode("latin-1"))


def parts(stream: Any) -> tuple[bytes, bytes]:
    """Return a stream's dictionary, without its length, and its bytes, compressed in two thirds of the usual time."""
    from pydyf import Dictionary, _to_bytes

    data = b"\n".join(_to_bytes(item) for item in stream.stream)
    extra = Dictionary({key: value for key, value in stream.extra.items() if key != "Length"})
    if stream.compress:
        extra["Filter"] = "/FlateDecode"
        data = zlib.compress(data, 6)
    return extra.data, data
