"""Turns the lines that WeasyPrint logs into diagnostics. Worker side.

Lines are told apart by their format string in WeasyPrint's source, never by the words that come out.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Collection
from typing import Any

from overprint.diagnostics import Diagnostic, Place
from overprint.render.pdf import messages
from overprint.render.pdf.job import BASE

_SLOT = re.compile(r"%[rsd]|%04X")
_NO_GLYPH = '.notdef glyph rendered for Unicode string unsupported by fonts: "%s" (U+%04X)'
_SELECTOR = "Invalid or unsupported selector, %s"


class Listener(logging.Handler):
    """Collects what WeasyPrint says.

    Attributes:
        heard: what was said, as diagnostics.
        missing: the characters that no typeface has; where they stand is known only after the layout.
        sheet: name of the sheet that is being read, empty when none is.
    """

    def __init__(self, sheets: dict[str, str], refused: Collection[str]) -> None:
        """Listen; `sheets` are the texts by name, `refused` the addresses of which the fetcher speaks itself."""
        super().__init__(logging.WARNING)
        self.heard: list[Diagnostic] = []
        self.missing: dict[str, None] = {}
        self.sheet = ""
        self._sheets = sheets
        self._refused = refused

    def emit(self, record: logging.LogRecord) -> None:
        """Take one line."""
        line, slots = str(record.msg), record.args if isinstance(record.args, tuple) else ()
        if line == _NO_GLYPH:
            self.missing[str(slots[0])] = None
        elif line in _LINES:
            if said := _LINES[line](self._refused, *slots):
                self.heard.append(said)
        elif "%d:%d" in line or line == _SELECTOR:
            self.heard.append(self._of_style(record.getMessage(), line, slots))
        else:
            self.heard.append(messages.UNKNOWN.at(line=shown(record.getMessage())))

    def _of_style(self, said: str, line: str, slots: tuple[Any, ...]) -> Diagnostic:
        if line == _SELECTOR:
            return messages.STYLE.at(Place(self.sheet), line=shown(said))
        first = len(_SLOT.findall(line.partition("%d:%d")[0]))
        at = (int(slots[first]), int(slots[first + 1]))
        sheet = self.sheet or self._sheet_with(str(slots[0]), *at)
        said = re.sub(rf",? at {at[0]}:{at[1]}", "", said)
        # A place in an element's own `style` or in the document would mean nothing without its name.
        return messages.STYLE.at(Place(sheet, *at) if sheet else Place(), line=shown(said))

    def _sheet_with(self, name: str, line: int, column: int) -> str:
        """Return the sheet that declares `name` there: rules with `var()` are judged when all sheets have been read."""
        for sheet, text in self._sheets.items():
            lines = text.split("\n")
            # The place is that of the value, right after the name and its colon.
            if line <= len(lines) and lines[line - 1][: column - 1].rstrip().endswith(f"{name}:"):
                return sheet
        return ""


class Ignored:
    """The values with `var()` that WeasyPrint has said it ignores.

    It says so once for each value of a sheet. Sheets are read once and many documents laid out with them, and each
    document has to say what is wrong with it, whichever came before.
    """

    def __init__(self, values: type) -> None:
        """Take the place of WeasyPrint's own mark on values of this class."""
        self._said: set[int] = set()
        values._reported_error = self  # type: ignore[attr-defined]

    def __get__(self, value: object, _: type) -> bool:
        """Tell whether a value has been spoken of."""
        return id(value) in self._said

    def __set__(self, value: object, said: bool) -> None:
        """Note that it has, or, for a new one, that it has not."""
        (self._said.add if said else self._said.discard)(id(value))

    def forget(self) -> None:
        """Let all be spoken of again."""
        self._said.clear()


def shown(text: object, most: int = 200) -> str:
    """Return text for a message: one line, without the book's made-up address, and not endless."""
    line = " ".join(str(text).replace(BASE, "").split())
    return line if len(line) <= most else f"{line[:most]}…"


def _image(refused: Collection[str], url: str, reason: object = "it is damaged") -> Diagnostic | None:
    why = shown(reason).removeprefix("cannot identify image file").strip() or "it is damaged"
    return None if url in refused else messages.IMAGE.at(name=shown(url), reason="it is damaged" if "<" in why else why)


def _sheet(refused: Collection[str], url: str, reason: object) -> Diagnostic | None:
    line = f"sheet “{shown(url)}” cannot be read: {shown(reason)}"
    return None if url in refused else messages.UNKNOWN.at(line=line)


def _anchor(_: Collection[str], token: object) -> Diagnostic:
    # The token is nested pairs, such as ('url', ('internal', 'name')).
    while isinstance(token, tuple):
        token = token[-1]
    return messages.LINK.at(target=shown(f"#{token}"), where="in a page number or a title that it asks for")


_LINES: dict[str, Callable[..., Diagnostic | None]] = {
    "Failed to load image at %r: %s": _image,
    "Failed to render SVG image %s": _image,
    "Failed to load inline SVG: %s": lambda refused, reason: _image(refused, "in the text", reason),
    "Failed to load stylesheet at %s: %s": _sheet,
    "Failed to load stylesheet at %s : %s": _sheet,
    "Font-face %r cannot be loaded": lambda _, family: messages.FACE.at(family=family),
    "Content discarded: target points to undefined anchor %r": _anchor,
    # The links of the finished pages are looked at one by one, with their place (`audit.astray`).
    "No anchor #%s for internal URI reference": lambda _, name: None,
    # The manuscript's own check says so, with its place.
    'Image "%s" has no required alt description': lambda _, source: None,
    "Anchor defined twice: %r": lambda _, name: messages.TWICE.at(id=name),
}
