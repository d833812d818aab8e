"""What the manuscript chose, as the words that each book must hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from lxml import html

from overprint.compose.printing import sheaf
from overprint.model import Composed
from overprint.parity.tokens import Sort, Token, folded
from overprint.render.text_blocks import BLOCKS, PICTURES, UNSEEN, plain_name

HEADS = "comment-head"


@dataclass
class Rows:
    """A printed book's text: what runs on, the heads of comments, and the notes; some themes set each for itself."""

    text: list[Token] = field(default_factory=list)
    heads: list[Token] = field(default_factory=list)
    notes: list[Token] = field(default_factory=list)

    @property
    def all(self) -> tuple[list[Token], ...]:
        """The three rows."""
        return self.text, self.heads, self.notes


def printed(composed: Composed) -> Rows:
    """Return what the printed book holds."""
    rows = Rows()
    body = html.document_fromstring(sheaf(composed).document).find("body")
    _Reader(rows).read(body, rows.text, "")
    return rows


class _Reader:
    def __init__(self, rows: Rows) -> None:
        self.rows = rows
        self.held = ""
        self.row: list[Token] = rows.text
        self.at = ""

    def read(self, element: Any, row: list[Token], at: str) -> None:
        """Add what an element holds to a row; `at` is the nearest id above it."""
        name, kind = plain_name(element), (element.get("class") or "").split()
        if name in UNSEEN or element.get("aria-hidden") == "true":
            return
        at = element.get("id") or at
        if "footnote" in kind:
            self._end()
            row.append(Token("", "", Sort.CALL, at))
            row = self.rows.notes
            row.append(Token("", "", Sort.CALL, at))
        elif HEADS in kind:
            row = self.rows.heads
        elif name in PICTURES:
            self._end()
            row.append(Token(element.get("src") or name, element.get("alt") or "", Sort.PICTURE, at))
            return
        apart = name in BLOCKS or "footnote" in kind or name == "br"
        if apart or row is not self.row:
            self._end()
        before, self.row, self.at = (self.row, self.at), row, at
        if _is_numbered(element, name, kind):
            row.append(Token("", _number(element), Sort.FIGURE, at))
        self.held += element.text or ""
        for child in element:
            self.read(child, row, at)
            self.held += child.tail or ""
        if apart or before[0] is not row:
            self._end()
        self.row, self.at = before
        if name == "a" and "contents" in _classes_above(element):
            self._end()
            row.append(Token("", "", Sort.FIGURE, at))

    def _end(self) -> None:
        """Add the words that were held."""
        self.row += [Token(key, text, Sort.WORD, self.at) for key, text in folded(self.held)]
        self.held = ""


def _is_numbered(element: Any, name: str, kind: Sequence[str]) -> bool:
    """Tell whether the layout puts a figure to an element: an item of a numbered list, be it in a note."""
    above = element.getparent()
    listed = (name == "li" and above.tag == "ol") or ("note-li" in kind and "note-ol" in (above.get("class") or ""))
    return listed and "contents" not in _classes_above(element)


def _number(item: Any) -> str:
    """Return the figure of an item of a list."""
    parent = item.getparent()
    return str(int(parent.get("start") or 1) + [each for each in parent if each.tag == item.tag].index(item))


def _classes_above(element: Any) -> set[str]:
    return {name for each in element.iterancestors() for name in (each.get("class") or "").split()}
