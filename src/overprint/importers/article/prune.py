"""Takes out of the article's element what is no part of the article, and says why."""

from __future__ import annotations

import itertools

from overprint.importers.article import marks
from overprint.importers.article.blocks import Element, above, is_glued, line, remove, tag, words
from overprint.importers.article.node import Chosen
from overprint.importers.text_phrases import boilerplate
from overprint.model import Dropped

HOLDS = 0.3
"""An element that holds more of the article's text than this share is never taken out."""
LINKS = 0.6
ESSAY = 1_000
"""Characters that make an essay without the slide show in it."""
LISTS = ("ul", "ol", "div", "section", "aside", "p", "dl")
LABEL = 60
"""Characters; words of a site that are so short are dropped even where a voter keeps them."""
SHOWN = 300
"""Characters of a dropped text that are told."""
OF_PICTURES = (marks.NOTICE, marks.META, marks.FOOTER, marks.SIDEBAR, marks.HEADER)
"""What a picture's caption and credit may be called."""


def dropped(element: Element, reason: str) -> Dropped:
    """Return the record of an element that is left out."""
    text = words(element)
    return Dropped(text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…", reason, line(element))


class Counts:
    """How many characters each element of the article holds, how many are links, and how many the voters keep."""

    def __init__(self, chosen: Chosen) -> None:
        self.size: dict[Element, int] = {}
        self.linked: dict[Element, int] = {}
        self.kept: dict[Element, float] = {}
        for each in chosen.measured:
            for holder in (each.block.element, *above(each.block.element, chosen.element)):
                self.size[holder] = self.size.get(holder, 0) + each.size
                self.linked[holder] = self.linked.get(holder, 0) + each.block.linked
                self.kept[holder] = self.kept.get(holder, 0) + each.kept * each.size
        self.whole = max(self.kept.get(chosen.element, 0), 1.0)


def prune(chosen: Chosen) -> list[Dropped]:
    """Take out of the article what is not of it, changing the page."""
    counts = Counts(chosen)
    found: list[Dropped] = []
    waiting = [chosen.element]
    while waiting:
        for child in list(waiting.pop()):
            if not tag(child):
                continue
            if (why := _why(child, counts, chosen.voters)) and not is_glued(child):
                if words(child):
                    found.append(dropped(child, why))
                remove(child)
            else:
                waiting.append(child)
    return found


def _why(element: Element, counts: Counts, voters: int) -> str:
    size = counts.size.get(element, 0)
    kept = counts.kept.get(element, 0.0)
    if kept > HOLDS * counts.whole:
        show = marks.reason(element) == marks.SHOW and counts.whole - kept > ESSAY
        return marks.SHOW if show else marks.TAGS[tag(element)] if tag(element) in ("nav", "button") else ""
    if tag(element) in ("p", "blockquote", "pre", "figure") and size > 200 and kept:
        return ""
    if (why := marks.reason(element)) and not (why in OF_PICTURES and _is_picture(element)):
        return why
    why = _unlike(element, size, kept / size, counts.linked.get(element, 0) / size, voters) if size else ""
    return "" if why and _is_picture(element) else why


def _unlike(element: Element, size: int, share: float, linked: float, voters: int) -> str:
    """Say why an element without marks is no part of the article, by its words; the shares are of 1."""
    if linked > LINKS and share < 0.2 and _list(element):
        return marks.RELATED
    if voters and share == 0 and (marks.doubtful(element) or tag(element) == "footer"):
        return marks.SIDEBAR if tag(element) == "aside" else "set apart from the text"
    phrase = boilerplate(words(element)) if size < LABEL or (size < SHOWN and share < 0.5) else None
    return phrase.reason if phrase and (phrase.sure or share < 0.5) else ""


def _is_picture(element: Element) -> bool:
    """Tell whether an element is a picture with its caption, or a part of one; a linked picture is a teaser."""
    near = [element, *itertools.islice(element.iterancestors(), 4)]
    if any(tag(each) in ("figure", "figcaption") or "caption" in (each.get("class") or "").lower() for each in near):
        return True
    pictures = list(element.iter("img"))
    return bool(pictures) and next(element.iter("a"), None) is None and len(words(element)) <= SHOWN


def _list(element: Element) -> bool:
    """Tell whether an element may be a list of links; a cell of a table is not."""
    parent = element.getparent()
    cell = parent is not None and tag(parent) in ("td", "th")
    return not cell and tag(element) in LISTS and next(element.iter("a"), None) is not None
