"""Refuses, before any layout, what is known to break one: depth, words, paragraphs, tables and pictures without end."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser

from overprint.diagnostics import Diagnostic, Place
from overprint.model import Resource
from overprint.render.pdf import messages

DEPTH = 100
WORD = 1000
PARAGRAPH = 150_000
"""Characters without a new element: 100,000 take about five seconds, and the time grows with their square."""

CELLS = 12_000
"""Cells of one table; a thousand rows of a few cells take ten seconds."""

SPAN = 1000
"""How many rows or columns one cell may take."""

PIXELS = 60_000_000
"""Dots of one picture: a full page at 600 to the inch has 35 million. One of 144 million took 1.2 GB."""

_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr")
)
# These end where the next of their kind starts, so that HTML without end tags is not deep.
_CLOSING = frozenset(("p", "li", "dt", "dd", "tr", "td", "th", "option"))
# Lines break at spaces, after hyphens and dashes, at soft hyphens and zero-width spaces, and between the signs of
# scripts that write no spaces: East and South-East Asian ones.
_UNBROKEN = re.compile(
    r"[^\s\-\u00ad\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u200b\u2010-\u2014\u2e80-\u9fff\ua000-\ua4cf\uac00-\ud7af"
    r"\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]{" + str(WORD + 1) + ",}"
)


def tame(html: str) -> tuple[Diagnostic, ...]:
    """Return the errors for which a document must not be laid out.

    A plain scan, because a parser that builds a tree is itself at the mercy of depth.
    """
    scan = _Scan()
    scan.feed(html)
    scan.close()
    return tuple(scan.found)


def oversized(resources: Iterable[Resource]) -> Iterator[Diagnostic]:
    """Yield an error for each picture with more dots than can be laid out; only its head is read."""
    raster = [each for each in resources if each.media_type.startswith("image/") and "svg" not in each.media_type]
    if not raster:
        return
    from PIL import Image  # loaded only where there are pictures to lay out

    for each in raster:
        try:
            with warnings.catch_warnings(action="ignore"), Image.open(each.path) as image:
                dots = image.width * image.height
        except Image.DecompressionBombError:
            dots = 1 << 30
        except (OSError, ValueError, SyntaxError):
            continue  # the layout says what is wrong with it
        if dots > PIXELS:
            reason = f"it has {dots // 1_000_000} million dots, and {PIXELS // 1_000_000} million are the most"
            yield messages.IMAGE.at(each.place, name=each.path.name, reason=reason)


class _Scan(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Diagnostic] = []
        self._open: list[str] = []
        self._id = ""
        self._deep = False
        self._cells = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            return
        named = dict(attrs)
        self._id = named.get("id") or self._id
        if tag == "table":
            self._cells = 0
        elif tag in ("td", "th"):
            self._cell(named)
        if tag in _CLOSING and self._open and self._open[-1] == tag:
            self._open.pop()
        self._open.append(tag)
        if len(self._open) > DEPTH and not self._deep:
            self._deep = True
            self.found.append(messages.TOO_DEEP.at(where=self._where(), most=DEPTH))

    def _cell(self, named: dict[str, str | None]) -> None:
        spans = (named.get(name) or "1" for name in ("colspan", "rowspan"))
        wide = any(len(span) > 4 or (span.isdigit() and int(span) > SPAN) for span in spans)
        self._cells += 1
        if self._cells == CELLS + 1 or wide:
            self.found.append(messages.LARGE_TABLE.at(where=self._where(), most=CELLS))

    def _where(self) -> str:
        return f"near #{self._id}" if self._id else f"line {self.getpos()[0]}"

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Leave the depth alone."""

    def handle_endtag(self, tag: str) -> None:
        # Only near the end: a search through a deep stack for each stray end tag would be quadratic.
        for back in range(1, min(len(self._open), 5) + 1):
            if self._open[-back] == tag:
                del self._open[-back:]
                return

    def handle_data(self, data: str) -> None:
        if len(data) <= WORD or (self._open and self._open[-1] in ("script", "style")):
            return
        if len(data) > PARAGRAPH:
            self.found.append(messages.LONG_PARAGRAPH.at(where=self._where(), length=len(data), most=PARAGRAPH))
        for word in _UNBROKEN.findall(data):
            self.found.append(messages.LONG_WORD.at(Place(), length=len(word), start=word[:30]))
