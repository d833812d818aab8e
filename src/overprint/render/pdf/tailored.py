"""WeasyPrint, cut to a piece: begun at any page of a book, asked for page numbers that only the book knows.

Some names of WeasyPrint 70.0 are set aside while a piece is laid out and written. The piece then

- starts with the page number that it is given, and `@page :first` matches only the book's first page;
- has no margin boxes: running heads and folios are laid out apart (`furniture`), since they change with every page
  number, and the text does not;
- gets the page numbers of other pieces' anchors from outside, and writes down which it asked for;
- keeps its links to other pieces, has no outline, and leaves its typefaces to be made into one subset for the book.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

TRIED_WITH = "70.0"
UNKNOWN_PAGE = 100
"""The page number that a first layout shows for another piece's anchor: as wide as most."""

NEVER_FIRST = 1 << 20
"""Added to the page index of a piece that does not begin the book; even, so that left and right stay."""


@dataclass(slots=True)
class Answers:
    """What a piece is told, and what it asked for.

    Attributes:
        before: the number of the page before it.
        first: whether it begins the book.
        pages: page numbers of anchors in other pieces.
        asked: the anchors in other pieces of which it shows the page number.
        more: what else it wanted from other pieces, in words of CSS; it cannot have it.
        begun: the counters that the piece begins with, and the depth of its quotations.
        left: these as the piece leaves them.
    """

    before: int = 0
    first: bool = False
    pages: Mapping[str, int] = field(default_factory=dict)
    asked: dict[str, None] = field(default_factory=dict)
    more: dict[str, None] = field(default_factory=dict)
    begun: dict[str, list[int]] = field(default_factory=dict)
    left: dict[str, list[int]] = field(default_factory=dict)


class _Elsewhere:
    """Stands for the box of an anchor in another piece."""

    def __init__(self, page: int, answers: Answers) -> None:
        # As if the box itself counted pages: WeasyPrint then has nothing to wait for.
        self.cached_counter_values = {"page": [page]}
        self._answers = answers

    def extract_text(self, _style: object) -> str:
        self._answers.more["target-text()"] = None
        return ""


def _targets(answers: Answers) -> type:
    """Return WeasyPrint's collector of targets, taught to ask for those of other pieces."""
    from weasyprint.css.targets import TargetCollector, TargetLookupItem, anchor_name_from_token
    from weasyprint.urls import get_url_tuple

    class Targets(TargetCollector):  # type: ignore[misc]
        def lookup_target(self, anchor_token: Any, source_box: Any, css_token: str, parse_again: Any) -> Any:
            token = anchor_token
            if token[0] == "attr()":
                name, kind, fallback = token[1]
                value = source_box.element.get(name, fallback)
                token = ("url", get_url_tuple(value, source_box.style.base_url)) if kind == "url" else ("string", value)
            name = anchor_name_from_token(token)
            if name is None or name in self.target_lookup_items:
                return super().lookup_target(anchor_token, source_box, css_token, parse_again)
            answers.asked[name] = None
            item = TargetLookupItem("up-to-date")
            item.target_box = _Elsewhere(answers.pages.get(name, UNKNOWN_PAGE), answers)
            return item

    return Targets


@contextmanager
def tailored(weasyprint: Any, answers: Answers) -> Iterator[None]:
    """Set WeasyPrint's names aside for one piece.

    Raises:
        RuntimeError: it is another WeasyPrint than the one that this was tried with.
    """
    if weasyprint.__version__ != TRIED_WITH:
        raise RuntimeError(f"WeasyPrint {TRIED_WITH} is needed, this is {weasyprint.__version__}")
    import pydyf
    from weasyprint import document, layout, pdf
    from weasyprint.formatting_structure import build
    from weasyprint.layout import page

    begin, page_type = layout.initialize_page_maker, page.PageType

    def begin_later(context: Any, root_box: Any) -> None:
        begin(context, root_box)
        _, counters, scopes, _ = context.page_maker[0][3]
        counters["page"] = [answers.before]
        scopes[0].add("page")

    def page_type_later(side: str, blank: bool, name: str, index: int, groups: Any) -> Any:
        return page_type(side, blank, name, index if answers.first else index + NEVER_FIRST, groups)

    def links_kept(pages: list[Any]) -> Iterator[tuple[list[Any], list[Any]]]:
        seen: set[str] = set()
        for each in pages:
            new = [(name, x, y) for name, (x, y, _, _) in each.anchors.items() if name not in seen]
            seen.update(name for name, _, _ in new)
            yield list(each.links), new

    aside = (
        (build, "element_to_box", _watching(build.element_to_box, answers)),
        (document, "TargetCollector", _targets(answers)),
        (layout, "initialize_page_maker", begin_later),
        (layout, "make_margin_boxes", lambda *_: ()),
        (page, "PageType", page_type_later),
        (pdf, "resolve_links", links_kept),
        (pdf, "add_outlines", lambda *_: None),
        (pdf, "build_fonts_dictionary", lambda *_: pydyf.Dictionary()),
    )
    kept = [getattr(module, name) for module, name, _ in aside]
    try:
        for module, name, ours in aside:
            setattr(module, name, ours)
        yield
    finally:
        for (module, name, _), theirs in zip(aside, kept, strict=True):
            setattr(module, name, theirs)


def _watching(box_of: Any, answers: Answers) -> Any:
    """Return WeasyPrint's function for the box of an element, which then tells counters around the body's children."""

    def watched(element: Any, *rest: Any) -> Any:
        state = rest[6] if len(rest) > 6 else None
        # The scopes of counters are as many as this for the children of the body.
        if state is None or len(state[2]) != 3:
            return box_of(element, *rest)
        answers.begun = answers.begun or _counters(state)
        made = box_of(element, *rest)
        answers.left = _counters(state)
        return made

    return watched


def _counters(state: Any) -> dict[str, list[int]]:
    quotes, counters, *_ = state
    return {"quote": list(quotes), **{name: list(values) for name, values in counters.items()}}
