"""The walk itself: elements → blocks of Markdown, each a string without an empty line around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml import etree

from overprint.importers.walk import inline, tables
from overprint.importers.walk.found import Walked, WalkedImage
from overprint.importers.walk.inline import BREAK, Piece, Style
from overprint.importers.walk.notes import Notes
from overprint.model import Dropped

BLOCKS = frozenset(
    "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol p pre section summary table ul tbody thead tfoot tr td th "
    "caption".split()
)
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
STYLES = {
    "em": "em",
    "i": "em",
    "cite": "em",
    "dfn": "em",
    "var": "em",
    "b": "strong",
    "strong": "strong",
    "sup": "sup",
    "sub": "sub",
}
CODE = frozenset({"code", "kbd", "samp", "tt"})
SILENT = dict.fromkeys("script style template head link meta base source track rp".split(), "") | {
    **dict.fromkeys("button input select textarea datalist".split(), "form"),
    **dict.fromkeys(("canvas", "svg"), "drawing"),
}
"""What is never read, with the reason where it may hold words."""
PLAYED = frozenset({"iframe", "video", "audio", "embed", "object"})
UNSEEN = re.compile(r"\b(?:screen-reader-text|sr-only|visually-hidden|visuallyhidden|u-hiddenVisually)\b")
NOT_SHOWN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
LONGEST_VERSE = 80
"""Code points; a line break after a longer line only wraps it."""


class Walk:
    """One walk over an element."""

    def __init__(self, element: Any, base: str, heading: int, name: str) -> None:
        self.element, self.base = element, base
        self.notes = Notes(element, name)
        self.images: list[WalkedImage] = []
        self.dropped: list[Dropped] = []
        levels = [HEADINGS.index(each.tag) for each in element.iter(*HEADINGS)]
        self._shift = heading - 1 - min(levels, default=0)

    def walked(self) -> Walked:
        """Return the whole text with its notes at the end."""
        blocks = self.blocks(self.element)
        for label, body in self.notes.bodies():
            lines = "\n\n".join(self.blocks(body)).split("\n")
            blocks.append(
                "\n".join([f"[^{label}]: {lines[0]}", *(f"    {line}" if line else "" for line in lines[1:])])
            )
        return Walked("\n\n".join(blocks), tuple(self.images), tuple(self.dropped))

    def blocks(self, element: Any) -> list[str]:
        """Return what an element holds as blocks; words beside blocks are paragraphs of their own."""
        made: list[str] = []
        run: list[Piece] = []

        def flush() -> None:
            made.extend(self._paragraphs(run))
            run.clear()

        for child, text in _content(element):
            if child is None:
                run.append(Piece(text))
            elif self._is_left_out(child):
                continue
            elif child.tag in BLOCKS or (child.tag not in STYLES and self._holds_blocks(child)):
                flush()
                made += self._block(child)
            else:
                run += self.inline(child, ())
        flush()
        return made

    def _block(self, element: Any) -> list[str]:
        tag = element.tag
        if tag in HEADINGS:
            return self._heading(element)
        if tag in {"ul", "ol"}:
            return self._list(element)
        if tag == "blockquote":
            return ["\n".join(f"> {line}".rstrip() for line in "\n\n".join(self.blocks(element)).split("\n"))]
        if tag == "pre":
            return self._code(element)
        if tag == "hr":
            return ["***"]
        if tag == "figure":
            return self._figure(element)
        if tag == "table":
            return tables.table(element, self)
        if tag == "dt":
            return [inline.paragraph(self._pieces(element, (Style("strong"),)))]
        return self.blocks(element)

    def _heading(self, element: Any) -> list[str]:
        words = inline.paragraph(self._pieces(element, ())).replace(BREAK, " ")
        level = min(6, max(1, HEADINGS.index(element.tag) + 1 + self._shift))
        # A picture in a heading stands below it.
        return [f"{'#' * level} {words}"] if words else []

    def _list(self, element: Any) -> list[str]:
        number = int(start) if (start := element.get("start") or "1").isdecimal() else 1
        items: list[tuple[int, list[str]]] = []
        tight = True
        for child, text in _content(element):
            if child is None:
                if text.strip():
                    items.append((len(items), [inline.escaped(" ".join(text.split()), is_first=True)]))
                continue
            if self._is_left_out(child):
                continue
            if child.tag in {"ul", "ol"} and items:  # a list that should stand in the item before it
                items[-1][1].extend(self._list(child))
                continue
            held = self.blocks(child) if child.tag == "li" else self._block_or_words(child)
            if held:
                items.append((len(items), held))
        lines = []
        for place, held in items:
            mark = f"{number + place}. " if element.tag == "ol" else "- "
            simple = len(held) == 1 or (len(held) == 2 and re.match(r"(?:- |\d+\. )", held[1]) is not None)
            tight = tight and simple
            body = ("\n" if simple else "\n\n").join(held).split("\n")
            lines.append(
                "\n".join([mark + body[0], *(f"{' ' * len(mark)}{line}" if line else "" for line in body[1:])])
            )
        return [("\n" if tight else "\n\n").join(lines)] if lines else []

    def _block_or_words(self, element: Any) -> list[str]:
        return self._block(element) if element.tag in BLOCKS else [*self._paragraphs(self.inline(element, ()))]

    def _code(self, element: Any) -> list[str]:
        text = _lines(element).strip("\n").expandtabs(4)
        if not text.strip():
            return []
        longest = max((len(run) for run in re.findall("`+", text)), default=0)
        fence = "`" * max(3, longest + 1)
        return [f"{fence}\n{text}\n{fence}"]

    def _figure(self, element: Any) -> list[str]:
        captions = [each for each in element.iter("figcaption") if not self._is_left_out(each)]
        words = " ".join(inline.paragraph(self._pieces(each, ())).replace(BREAK, " ") for each in captions).strip()
        images = [each for each in element.iter("img") if self._source(each)]
        if len(images) == 1 and not any(each.tag in {"table", "pre", "blockquote"} for each in element.iter()):
            return [self._image(images[0], words)]
        return self.blocks(element)

    def _paragraphs(self, pieces: list[Piece]) -> Iterator[str]:
        """Yield the paragraphs of a run: two breaks part them, one is kept where lines are short, as in verse."""
        groups: list[list[Piece]] = [[]]
        breaks = 0
        for piece in pieces:
            if piece.ready and piece.text == BREAK:
                breaks += 1
                continue
            if not piece.ready and not piece.text.strip(inline.SPACE):
                groups[-1].append(piece)
                continue
            if breaks > 1:
                groups.append([])
            elif breaks:
                groups[-1].append(Piece(BREAK, (), ready=True))
            breaks = 0
            groups[-1].append(piece)
        for group in groups:
            made = inline.paragraph(group)
            if max(map(len, made.split(BREAK))) > LONGEST_VERSE:
                made = inline.paragraph([Piece(" ") if each.ready and each.text == BREAK else each for each in group])
            if made:
                yield made

    def _pieces(self, element: Any, styles: tuple[Style, ...]) -> list[Piece]:
        """Return all that an element holds as one run of words; blocks inside it are parted by spaces."""
        run: list[Piece] = []
        for child, text in _content(element):
            if child is None:
                run.append(Piece(text, styles))
            elif not self._is_left_out(child):
                run += self.inline(child, styles)
        return run

    def inline(self, element: Any, styles: tuple[Style, ...]) -> list[Piece]:
        """Return an element inside a paragraph."""
        tag = element.tag
        if tag == "br":
            return [Piece(BREAK, (), ready=True)]
        if tag == "wbr":
            return []
        if tag in {"img", "picture"}:
            return self._picture(element, styles)
        if tag in PLAYED:
            return self._played(element, styles)
        if tag in CODE:
            return _code_span("".join(element.itertext()), styles)
        if label := self.notes.called(element):
            return [Piece(f"[^{label}]", _without_links(styles), ready=True)]
        inner = styles
        if style := self._style(element, styles):
            inner = (*styles, style)
        if tag == "q":
            return [Piece("“", inner), *self._pieces(element, inner), Piece("”", inner)]
        run = self._pieces(element, inner)
        return [Piece(" "), *run, Piece(" ")] if tag in BLOCKS else run

    def _style(self, element: Any, styles: tuple[Style, ...]) -> Style | None:
        kinds = {style.kind for style in styles}
        kind = STYLES.get(element.tag, "")
        if element.tag == "a" and "link" not in kinds and (url := self._address(element)):
            return Style("link", url, " ".join((element.get("title") or "").split()))
        if kind and kind not in kinds:
            return Style(kind)
        lang = element.get("lang") or ""
        if element.tag in {"span", "i", "em", "q"} and re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", lang):
            return Style("lang", lang) if not kinds & {"lang", "link"} else None
        return None

    def _address(self, element: Any) -> str:
        url = str(element.get("href") or "").strip()
        if not url or url.startswith("#"):
            return ""
        try:
            whole = urljoin(self.base, url)
            scheme = urlsplit(whole).scheme.lower()
        except ValueError:
            scheme, whole = "broken", url
        if scheme in {"http", "https", "mailto", "tel"}:
            # As a browser writes it: `https://example.org?a=1` has the path `/`.
            return re.sub(r"^(https?://[^/?#]+)(?=[?#])", r"\1/", str(whole), flags=re.IGNORECASE)
        if scheme:
            self._drop(url, f"{scheme}: address", element)
        return ""

    def _picture(self, element: Any, styles: tuple[Style, ...]) -> list[Piece]:
        image = element if element.tag == "img" else next(element.iter("img"), None)
        if image is None or not self._source(image):
            return []
        return [Piece(self._image(image, ""), _without_links(styles), ready=True)]

    def _image(self, image: Any, caption: str) -> str:
        alt = " ".join((image.get("alt") or "").split())
        url = self._source(image)
        self.images.append(WalkedImage(url, alt, caption))
        return f"![{inline.escaped(alt)}]({inline.target(url, caption)})"

    def _source(self, image: Any) -> str:
        for key in ("data-src", "data-lazy-src", "data-original", "data-orig-file", "src"):
            url = str(image.get(key) or "").strip()
            if url and not url.startswith("data:"):
                try:
                    return urljoin(self.base, url)
                except ValueError:
                    continue
        return str(image.get("srcset") or "").split(",")[0].split(" ")[0]

    def _played(self, element: Any, styles: tuple[Style, ...]) -> list[Piece]:
        """Return what cannot be printed as a link to it."""
        holders = (element, *element.iter("source"))
        url = next((url for each in holders if (url := each.get("src") or each.get("data") or "")), "")
        self._drop(url, "plays in a browser only; a link stands for it" if url else "plays in a browser only", element)
        if not url or "link" in {style.kind for style in styles}:
            return []
        try:
            whole = urljoin(self.base or "https:", url)
        except ValueError:
            return []
        if urlsplit(whole).scheme not in {"http", "https"}:
            return []
        shown = f"{urlsplit(whole).netloc}{urlsplit(whole).path}".rstrip("/")
        return [Piece(" "), Piece(shown, (*styles, Style("link", whole))), Piece(" ")]

    def _is_left_out(self, element: Any) -> bool:
        tag = element.tag
        if not isinstance(tag, str):
            return True
        if self.notes.is_apart(element):
            return True
        if tag in SILENT:
            words = " ".join("".join(element.itertext()).split())
            if SILENT[tag] and words:
                self._drop(words, SILENT[tag], element)
            return True
        if tag == "noscript":
            return next(element.iter("img"), None) is None or any(
                each.tag == "img" for each in (element.getprevious(),) if each is not None
            )
        hidden = (
            element.get("hidden") is not None
            or NOT_SHOWN.search(element.get("style") or "")
            or UNSEEN.search(element.get("class") or "")
        )
        if hidden:
            words = " ".join("".join(map(str, element.itertext())).split())
            if words:
                self._drop(words, "hidden on the page", element)
        return bool(hidden)

    def _holds_blocks(self, element: Any) -> bool:
        return any(each.tag in BLOCKS for each in element.iterdescendants())

    def _drop(self, text: str, reason: str, element: Any) -> None:
        self.dropped.append(Dropped(text[:200], reason, element.sourceline or 0))


def _content(element: Any) -> Iterator[tuple[Any, str]]:
    """Yield an element's children and the words between them, in their order; never a comment."""
    if element.text:
        yield None, element.text
    for child in element:
        if isinstance(child.tag, str):
            yield child, ""
        elif isinstance(child, etree._Entity):
            yield None, child.text or ""
        if child.tail:
            yield None, child.tail


def _lines(element: Any) -> str:
    """Return an element's text as it stands, with a line end for each break."""
    if element.tag == "br":
        return "\n"
    return "".join(text if child is None else _lines(child) for child, text in _content(element))


def _code_span(text: str, styles: tuple[Style, ...]) -> list[Piece]:
    words = " ".join(text.split())
    if not words:
        return [Piece(text)]
    before, after = (" " if text[:1].isspace() else ""), (" " if text[-1:].isspace() else "")
    return [Piece(before), Piece(words, styles, ready=True, code=True), Piece(after)]


def _without_links(styles: tuple[Style, ...]) -> tuple[Style, ...]:
    return tuple(style for style in styles if style.kind != "link")
