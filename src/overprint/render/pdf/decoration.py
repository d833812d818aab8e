"""Tells readers of the tagged PDF nothing of pictures that are decoration: WeasyPrint 70.0 makes figures of them.

A picture that says nothing has an empty `alt`. One that nobody has described has too, and is marked `undescribed`: that
stays a figure, and is spoken of elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import partial
from typing import Any

TRIED_WITH = "70.0"

# WeasyPrint has no types; these say at least what is meant.
Box = Any
Own = Callable[..., Any]


def pass_over_decoration(weasyprint: Any) -> None:
    """Have a loaded WeasyPrint draw decoration as artifacts; once is enough, and another WeasyPrint is left alone."""
    if weasyprint.__version__ != TRIED_WITH or hasattr(weasyprint, "passes_over_decoration"):
        return
    from weasyprint.pdf import tags
    from weasyprint.pdf.stream import Stream

    marked = Stream.marked

    def drawn(stream: Any, box: Box, tag: str) -> AbstractContextManager[None]:
        made: AbstractContextManager[None] = stream.artifact() if is_decoration(box) else marked(stream, box, tag)
        return made

    Stream.marked = drawn
    tags._build_box_tree = partial(_told, tags._build_box_tree)
    weasyprint.passes_over_decoration = True


def is_decoration(box: Box) -> bool:
    """Tell whether a box is a picture that says nothing."""
    pictured: Any = getattr(box, "_box", box)
    element = pictured.element
    if element is None or element.tag != "img" or element.get("alt") != "":
        return False
    return "undescribed" not in (element.get("class") or "").split()


def _told(own: Own, box: Box, *rest: Any) -> Iterator[Any]:
    """Yield what the structure says of a box."""
    if not is_decoration(box):
        yield from own(box, *rest)
