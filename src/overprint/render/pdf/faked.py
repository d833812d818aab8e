"""Finds type that the typefaces do not hold: italics, bolds, small capitals and old-style figures that are not there.

WeasyPrint prints the upright, slanted or not, where there is no italic, what is to be bold in the weight that there is,
and small letters where a typeface has no small capitals, all without a word. Worker side.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from pathlib import Path

from overprint.diagnostics import NOWHERE, Diagnostic, Place
from overprint.model import Face
from overprint.render.pdf import messages
from overprint.render.pdf.audit import Blocks, Box, Page, Style, texts
from overprint.render.pdf.files import read

BOLD = 600
"""From this weight on type is bold to a style sheet."""
NAMES = {(False, False): "upright", (True, False): "italic", (False, True): "bold", (True, True): "bold italic"}
CAPS = {"small-caps": {"smcp"}, "all-small-caps": {"smcp", "c2sc"}}
MATTERS = {"small capitals": re.compile(r"[^\W\d_]"), "old-style figures": re.compile("[0-9]")}
"""The text for which a lack shows; any other shows in any text."""
ANY = re.compile(r"\S")

Lack = tuple[str, str]
"""A family, and what it is asked for in vain, in words."""


def on_pages(faces: tuple[Face, ...], pages: list[Page], blocks: Blocks) -> Iterator[Diagnostic]:
    """Yield an error for each lack, with the first place on the pages that shows it."""

    def where(box: Box) -> tuple[Place, str]:
        block = blocks.of(box.element)
        return (block.place if block else NOWHERE), str(block or "in a running head")

    return in_boxes(faces, (box for page in pages for box, _ in texts(page._page_box)), where)


def in_boxes(
    faces: tuple[Face, ...], boxes: Iterable[Box], where: Callable[[Box], tuple[Place, str]]
) -> Iterator[Diagnostic]:
    """Yield an error for each lack, with the first of the text boxes that shows it."""
    lacks_of: dict[int, tuple[Style, tuple[Lack, ...]]] = {}
    said: set[Lack] = set()
    for box in boxes:
        if id(box.style) not in lacks_of:
            # The style is kept with them: an id may come again.
            lacks_of[id(box.style)] = (box.style, tuple(_lacks(faces, box.style)))
        for lack in lacks_of[id(box.style)][1]:
            if lack not in said and MATTERS.get(lack[1], ANY).search(box.text):
                said.add(lack)
                place, words = where(box)
                yield messages.FAKED.at(place, family=lack[0], what=lack[1], where=words)


def _lacks(faces: tuple[Face, ...], style: Style) -> Iterator[Lack]:
    """Yield what text of this style asks for and the first of its families that the look has does not hold."""
    wanted = (style["font_style"] != "normal", style["font_weight"] >= BOLD)
    for name in style["font_family"]:
        cuts = [face for face in faces if face.family.lower() == name.lower()]
        if cuts:
            kinds = {(face.style != "normal", face.weight >= BOLD): face for face in cuts}
            if wanted not in kinds:
                yield cuts[0].family, NAMES[wanted]
            else:
                yield from ((cuts[0].family, what) for what in _without(kinds[wanted], style))
            return


def _without(face: Face, style: Style) -> Iterator[str]:
    """Yield the features that text of this style asks for and its face has not, in words."""
    caps = CAPS.get(style["font_variant_caps"])
    if caps and not caps <= _features(face.path):
        yield "small capitals"
    if "oldstyle-nums" in style["font_variant_numeric"] and "onum" not in _features(face.path):
        yield "old-style figures"


@lru_cache
def _features(path: Path) -> frozenset[str]:
    from overprint import typefaces

    return typefaces.features(read(path))
