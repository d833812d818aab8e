"""A paragraph of WeasyPrint's boxes as one text with the places where its lines may end."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import Any

from overprint.render.pdf.total_fit import protrusion
from overprint.render.pdf.total_fit.breaks import Place, Start
from overprint.render.pdf.total_fit.measure import NotModelledError, advances, line_breaks, width_of
from overprint.render.pdf.total_fit.settings import Settings

# WeasyPrint has no types; these say at least what is meant.
Box = Any
Context = Any
Skip = Any
"""WeasyPrint's way to a character: `{child: {child of that: {byte: None}}}`, None for the very beginning."""

HYPHENS = "-\u2010"
DASHES = "\u2013\u2014"
PUNCTUATION = ".,:;!?…()[]‘’“”«»'\"-–—"
SOFT_HYPHEN = "\N{SOFT HYPHEN}"
_WORD = re.compile(r"[^\W\d_]+")
_SPACE = re.compile("[ \u00a0]")


@dataclass(frozen=True, slots=True)
class Piece:
    """One text box: the way to it, and where it begins in the paragraph's text. `whole` says that it may not break."""

    box: Box
    path: tuple[int, ...]
    start: int
    text: str
    whole: bool

    @property
    def stop(self) -> int:
        """Where its text ends in the paragraph's."""
        return self.start + len(self.text)


class Paragraph:
    """The text of a line box that is not laid out yet, measured.

    Attributes:
        text: all of it, with line feeds where a line has to end.
        pieces: its text boxes, in order.
        em: the size of its first letters in px.
        begins_with_float: whether something floats at its beginning: a drop cap.
    """

    def __init__(self, linebox: Box, containing_block: Box, context: Context, settings: Settings) -> None:
        """Measure the text.

        Raises:
            NotModelledError: there is something in it that is not modelled.
        """
        self.settings, self.context = settings, context
        self.pieces: list[Piece] = []
        self.begins_with_float = False
        self._fixed: dict[int, float] = {}
        self._length = 0
        self._gather(linebox, (), containing_block)
        self.text = "".join(piece.text for piece in self.pieces)
        if not self.text.strip(" "):
            raise NotModelledError("no text")
        self._starts = [piece.start for piece in self.pieces]
        self.of_box = {id(piece.box): piece for piece in self.pieces}
        self.em: float = self.pieces[0].box.style["font_size"]
        self._measure()

    def _gather(self, box: Box, path: tuple[int, ...], containing_block: Box) -> None:
        from weasyprint.formatting_structure import boxes
        from weasyprint.layout.percent import resolve_percentages

        for index, child in enumerate(box.children):
            if not child.is_in_normal_flow():
                if child.is_floated():
                    if self._length or path:
                        raise NotModelledError("something in it moves to the side")
                    self.begins_with_float = True
            elif isinstance(child, boxes.TextBox):
                self._add(child, (*path, index))
            elif isinstance(child, boxes.InlineBox):
                if child.is_leader:
                    raise NotModelledError("leaders")
                resolve_percentages(child, containing_block)
                self._fix(child.margin_left, child.padding_left + child.border_left_width)
                self._gather(child, (*path, index), containing_block)
                self._fix(child.margin_right, child.padding_right + child.border_right_width)
            else:
                raise NotModelledError("a picture or a box stands in its lines")

    def _fix(self, margin: float | str, more: float) -> None:
        """Note the space that an element has beside it."""
        width = (0 if isinstance(margin, str) else margin) + more
        if width:
            self._fixed[self._length] = self._fixed.get(self._length, 0) + width

    def _add(self, box: Box, path: tuple[int, ...]) -> None:
        space = box.style["white_space"]
        if not box.text or not box.style["font_size"]:
            return
        if space not in ("normal", "nowrap") and not (space == "pre-line" and box.text == "\n"):
            raise NotModelledError("spaces in it are kept as they are")
        self.pieces.append(Piece(box, path, self._length, box.text, space == "nowrap"))
        self._length += len(box.text)

    def _measure(self) -> None:
        """Find where each character begins, and what can be stretched and shrunk before it."""
        at: list[float] = []
        fixed = done = 0.0
        for piece in self.pieces:
            own = advances(piece.text, piece.box.style, self.context) if piece.text != "\n" else [0.0, 0.0]
            fixed += self._fixed.get(piece.start, 0)
            at += [done + fixed + each for each in own[:-1]]
            done += own[-1]
        at.append(done + fixed + self._fixed.get(self._length, 0))
        self._at = at
        self._spaces = [match.start() for match in _SPACE.finditer(self.text)]
        widths = [at[index + 1] - at[index] for index in self._spaces]
        narrowest = (self.settings.narrowest * self.piece_at(index).box.style["font_size"] for index in self._spaces)
        gives = (max(width - least, 0.0) for width, least in zip(widths, narrowest, strict=True))
        self._blank = list(accumulate(widths, initial=0.0))
        self._give = list(accumulate(gives, initial=0.0))

    # ------------------------------------------------------------------ ways to characters

    def index_of(self, skip: Skip) -> int:
        """Return the character at which a line begins that WeasyPrint begins there."""
        if skip is None:
            return self.behind_spaces(0)
        path = []
        while skip is not None:
            ((step, skip),) = skip.items()
            path.append(step)
        *way, byte = path
        for piece in self.pieces:
            if list(piece.path) == way:
                return self.behind_spaces(piece.start + len(piece.text.encode()[:byte].decode()))
            if list(piece.path) >= path:
                return self.behind_spaces(piece.start)
        return len(self.text)

    def behind_spaces(self, index: int) -> int:
        """Return the first character from an index on that is not a space."""
        while self.text.startswith(" ", index):
            index += 1
        return index

    def piece_at(self, index: int) -> Piece:
        """Return the piece with a character."""
        return self.pieces[bisect_right(self._starts, index) - 1]

    # ------------------------------------------------------------------ places

    def start(self, index: int) -> Start:
        """Return a line's start at a character."""
        at, text = self._at, self.text
        width = at[index]
        share = protrusion.LEFT.get(text[index : index + 1])
        out = share * (at[index + 1] - width) if share else 0.0
        stretch, shrink = self._glue(index)
        word = text[index : text.find(" ", index)] if text[index - 1 : index] == " " else ""
        return Start(index, width, stretch, shrink, out, _bare(word))

    def _glue(self, index: int) -> tuple[float, float]:
        """Return by how much all before a character can be stretched and shrunk."""
        number, settings = bisect_left(self._spaces, index), self.settings
        spaces = self._blank[number]
        letters = (self._at[index] - spaces) * settings.expansion
        return spaces * settings.stretch + letters, self._give[number] + letters

    @cached_property
    def unbroken(self) -> tuple[Place, ...]:
        """The places at which a line may end with all words whole."""
        return tuple(self._between_words())

    @cached_property
    def broken(self) -> tuple[Place, ...]:
        """The places at which a line may end, in words too."""
        whole = {place.end: place for place in self.unbroken}
        inside = {index: self._hyphen(index, penalty) for index, penalty in self._in_words() if index not in whole}
        return tuple(place for _, place in sorted((whole | inside).items()))

    def places(self, hyphenate: bool) -> tuple[Place, ...]:
        """Return all places at which a line may end."""
        return self.broken if hyphenate else self.unbroken

    def _between_words(self) -> Iterator[Place]:
        text, settings = self.text, self.settings
        length = len(text.rstrip(" "))
        for index in line_breaks(text, self.pieces[0].box.style["lang"]):
            before = text[index - 1]
            if (index >= length and before != "\n") or self._is_whole(index):
                continue
            if before == "\n":
                yield self._place(len(text[: index - 1].rstrip(" ")), index, forced=True)
            elif before == " ":
                dash = text[index] in DASHES and text.startswith(" ", index + 1)
                end = len(text[:index].rstrip(" "))
                if end:
                    yield self._place(end, index, penalty=settings.dash if dash else 0)
            elif before in HYPHENS:
                yield self._place(index, index, penalty=settings.compound, hyphen=True)
            elif before != SOFT_HYPHEN:
                yield self._place(index, index, penalty=0 if before == "\u200b" else settings.joint)
        yield self._place(length, len(text), forced=True)

    def _is_whole(self, index: int) -> bool:
        piece = self.piece_at(index)
        return piece.whole and piece.start < index

    def _place(
        self, end: int, following: int, *, penalty: float = 0, hyphen: bool = False, forced: bool = False
    ) -> Place:
        at, text = self._at, self.text
        width = at[end]
        share = protrusion.RIGHT.get(text[end - 1])
        out = share * (width - at[end - 1]) if share else 0.0
        stretch, shrink = self._glue(end)
        word = _bare(text[text.rfind(" ", 0, end) + 1 : end])
        return Place(end, width, stretch, shrink, self.start(following), out, penalty, hyphen, False, forced, word)

    def _hyphen(self, index: int, penalty: float) -> Place:
        style = self.piece_at(index - 1).box.style
        mark = style["hyphenate_character"]
        hyphen = width_of(mark, style, self.context)
        stretch, shrink = self._glue(index)
        out = protrusion.RIGHT.get(mark[-1:], 0) * hyphen
        return Place(index, self._at[index] + hyphen, stretch, shrink, self.start(index), out, penalty, True, True)

    def _in_words(self) -> Iterator[tuple[int, float]]:
        """Yield the characters before which a word may be divided, and what that costs."""
        text, settings = self.text, self.settings
        if SOFT_HYPHEN in text:
            for index in (match.end() for match in re.finditer(SOFT_HYPHEN, text)):
                if self.piece_at(index - 1).box.style["hyphens"] != "none":
                    yield index, settings.hyphen
        for word in _WORD.finditer(text):
            start, stop = word.span()
            if stop - start < 4:
                continue
            piece = self.piece_at(start)
            style = piece.box.style
            if style["hyphens"] != "auto" or not style["lang"] or piece.whole or stop > piece.stop:
                continue
            least, left, right = style["hyphenate_limit_chars"]
            beside = text[start - 1 : start] + text[stop : stop + 1]
            # A word with soft hyphens is divided there and nowhere else.
            if stop - start < max(least, left + right) or SOFT_HYPHEN in beside:
                continue
            penalty = settings.part if any(char in beside for char in HYPHENS) else settings.hyphen
            for position in _divided(word[0], style["lang"], left, right):
                yield start + position, penalty


@lru_cache(maxsize=1 << 14)
def _bare(word: str) -> str:
    return word.strip(PUNCTUATION).casefold()


@lru_cache(maxsize=1 << 16)
def _divided(word: str, language: str, left: int, right: int) -> tuple[int, ...]:
    dictionary = _dictionary(language, left, right)
    return tuple(dictionary.positions(word)) if dictionary else ()


@lru_cache(maxsize=64)
def _dictionary(language: str, left: int, right: int) -> Any:
    from weasyprint.text.line_break import pyphen

    found = pyphen.language_fallback(language)
    return pyphen.Pyphen(lang=found, left=left, right=right) if found else None
