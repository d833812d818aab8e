"""Refuses, before any layout, what is known to break one: elements nested too deep and words without an end."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from overprint.diagnostics import Diagnostic, Place
from overprint.render.pdf import messages

DEPTH = 100
WORD = 1000

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


class _Scan(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Diagnostic] = []
        self._open: list[str] = []
        self._id = ""
        self._deep = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _VOID:
            return
        self._id = dict(attrs).get("id") or self._id
        if tag in _CLOSING and self._open and self._open[-1] == tag:
            self._open.pop()
        self._open.append(tag)
        if len(self._open) > DEPTH and not self._deep:
            self._deep = True
            where = f"near #{self._id}" if self._id else f"line {self.getpos()[0]}"
            self.found.append(messages.TOO_DEEP.at(where=where, most=DEPTH))

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
        for word in _UNBROKEN.findall(data):
            self.found.append(messages.LONG_WORD.at(Place(), length=len(word), start=word[:30]))
