"""An element of a page → Markdown, safe for white space: no word is joined to another, none is split, none is lost."""

from __future__ import annotations

import sys

from overprint.importers.walk.blocks import Walk
from overprint.importers.walk.found import Walked, WalkedImage

CALLS = 15_000
__all__ = ["Walked", "WalkedImage", "markdown"]


def markdown(element: object, *, base: str = "", heading: int = 2, name: str = "") -> Walked:
    """Return an element's content as Markdown.

    Args:
        element: of lxml; it and what holds it stay as they are.
        base: the address of the page, which makes relative addresses whole.
        heading: the level that the highest heading gets.
        name: put before the names of notes, where several elements go into one text.
    """
    limit = sys.getrecursionlimit()
    # A page may nest 2,000 elements, and each takes a few calls.
    sys.setrecursionlimit(max(limit, CALLS))
    try:
        return Walk(element, base, heading, name).walked()
    finally:
        sys.setrecursionlimit(limit)
