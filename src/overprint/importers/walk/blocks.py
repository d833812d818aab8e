"""The walk itself: elements → blocks of Markdown, each a string without an empty line around it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml import etree

from overprint.importers.walk import code, inline, left_out, lists, pictures, tables
from overprint.importers.walk.found import Walked, WalkedImage
from overprint.importers.walk.inline import BREAK, BROKEN, PARTED, Piece, Style
from overprint.importers.walk.notes import Notes
from overprint.model import Dropped

BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre search section summary table "
    "tbody td tfoot th thead tr ul".split()
)
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
LISTS = frozenset({"ul", "ol", "menu", "dir"})
STYLES = {
    **dict.fromkeys(("em", "i", "cite", "dfn", "var"), "em"),
    **dict.fromkeys(("b", "strong"), "strong"),
    "sup": "sup",
    "sub": "sub",
}
LANGUAGES = frozenset({"span", "i", "em", "q"})
PLAYED = frozenset({"iframe", "video", "audio", "embed", "object"})
UPRIGHT = re.compile(r"font-(?:weight|style)\s*:\s*(?:normal|400)", re.IGNORECASE)
SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
NO_PATH = re.compile(r"^https?://[^/?#]+(?=[?#])", re.IGNORECASE)
END = re.compile(r"(?:\\\n\s*)+\Z")
LONGEST_VERSE = 80
"""Code points; a line break after a longer line only wraps it."""


class Walk:
    """One walk over an element."""

    def __init__(self, element: Any, base: str, heading: int, name: str) -> None:
        self.element, self.base = element, base
        # As long as they are held, lxml makes its elements once, not at each look.
        self._held = list(element.iter())
        self.notes = Notes(element, name)
        self.images: list[WalkedImage] = []
        self.dropped: list[Dropped] = []
        levels = [HEADINGS.index(each.tag) for each in element.iter(*HEADINGS)]
        self._shift = heading - 1 - min(levels, default=0)

    def walked(self) -> Walked:
        """Return the whole text with its notes at the end."""
        blocks = lists.apart(self.blocks(self.element))
        for label, body in self.notes.bodies():
            lines = "\n\n".join(lists.apart(self.blocks(body))).split("\n")
            blocks.append(
                "\n".join([f"[^{label}]: {lines[0]}", *(f"    {line}" if line else "" for line in lines[1:])])
            )
        return Walked("\n\n".join(blocks), tuple(self.images), tuple(self.dropped))

    def blocks(self, element: Any, styles: tuple[Style, ...] = ()) -> list[str]:
        """Return what an element holds as blocks; words beside blocks are paragraphs of their own."""
        made: list[str] = []
        for child, around, run in self._parts(element, styles):
            made += self._paragraphs(run) if child is None else self._block(child, around)
        return made

    def _parts(self, element: Any, styles: tuple[Style, ...]) -> Iterator[tuple[Any, tuple[Style, ...], list[Piece]]]:
        """Yield the blocks that an element holds with the styles around them, and the runs of words between them."""
        run: list[Piece] = []
        for child, around, pieces in self._flow(element, styles):
            if child is None:
                run += pieces
                continue
            if run:
                yield None, styles, run
                run = []
            yield child, around, run
        if run:
            yield None, styles, run

    def _flow(self, element: Any, styles: tuple[Style, ...]) -> Iterator[tuple[Any, tuple[Style, ...], list[Piece]]]:
        """Yield blocks and pieces of runs; those in an emphasis or a link that holds blocks one by one."""
        for child, text in _content(element):
            if child is None:
                yield None, styles, [Piece(text, styles)]
            elif self._is_left_out(child):
                yield None, styles, [PARTED]
            elif child.tag in BLOCKS:
                yield child, styles, []
            elif self._holds_blocks(child):
                yield from self._flow(child, self._styled(child, styles))
            else:
                yield None, styles, self.inline(child, styles)

    def _holds_blocks(self, element: Any) -> bool:
        if not len(element) or element.tag in PLAYED or self.notes.called(element):
            return False
        return next(element.iter(*BLOCKS), None) is not None

    def _block(self, element: Any, styles: tuple[Style, ...]) -> list[str]:
        tag = element.tag
        if tag in HEADINGS:
            return self._heading(element, styles)
        if tag in LISTS:
            return self._list(element, styles)
        if tag == "blockquote":
            quoted = "\n\n".join(lists.apart(self.blocks(element, styles)))
            return ["\n".join(f"> {line}".rstrip() for line in quoted.split("\n"))]
        if tag == "pre":
            return code.fence(element, self._is_left_out, BLOCKS)
        if tag == "hr":
            return ["***"]
        if tag == "figure":
            return self._figure(element, styles)
        if tag == "table":
            return tables.table(element, self, styles)
        if tag == "dt":
            return self._paragraphs([Piece(" "), *self._pieces(element, (*styles, Style("strong")))])
        return self.blocks(element, styles)

    def _heading(self, element: Any, styles: tuple[Style, ...]) -> list[str]:
        words = inline.paragraph(self._pieces(element, styles)).replace(BREAK, " ")
        level = min(6, max(1, HEADINGS.index(element.tag) + 1 + self._shift))
        # Number signs at the end would be read as the heading's own.
        words = re.sub(r"(?<!\S)(#+)$", r"\\\1", words)
        return [f"{'#' * level} {words}"] if words else []

    def _list(self, element: Any, styles: tuple[Style, ...]) -> list[str]:
        start = element.get("start") or ""
        number = int(start) if start.isdecimal() and len(start) < 9 else 1
        items: list[list[str]] = []
        for child, around, run in self._parts(element, styles):
            if child is not None and child.tag in LISTS and items:  # a list that should stand in the item before it
                items[-1].extend(self._list(child, around))
                continue
            if child is None:
                held = self._paragraphs(run)
            else:
                held = self.blocks(child, around) if child.tag == "li" else self._block(child, around)
            if held:
                items.append(held)
        items = [lists.apart(held) for held in items]
        # A list may follow its paragraph at once, if it begins with 1.
        simple = [len(held) == 1 or (len(held) == 2 and held[1].startswith(("- ", "1. "))) for held in items]
        lines = []
        for place, held in enumerate(items):
            mark = f"{number + place}. " if element.tag == "ol" else "- "
            body = ("\n" if simple[place] else "\n\n").join(held).split("\n")
            lines.append(
                "\n".join([mark + body[0], *(f"{' ' * len(mark)}{line}" if line else "" for line in body[1:])])
            )
        return [("\n" if all(simple) else "\n\n").join(lines)] if lines else []

    def _figure(self, element: Any, styles: tuple[Style, ...]) -> list[str]:
        """Return a picture with its caption, or the blocks of a figure that holds anything else."""
        captions = [each for each in element.iter("figcaption") if left_out.reason(each) is None]
        images = [each for each in element.iter("img") if self._source(each)]
        calls = any(map(self.notes.called, element.iterdescendants()))
        if len(images) == 1 and not calls and not any(map(str.strip, _said(element, captions))):
            return [self._image(images[0], " ".join(map(self._caption, captions)).strip())]
        return self.blocks(element, styles)

    def _caption(self, element: Any) -> str:
        """Return the words of a caption, which holds no links; note those that are lost."""
        pieces = self._pieces(element, ())
        links: dict[Style, str] = {}
        for piece in pieces:
            for link in (each for each in piece.styles if each.kind == "link"):
                links[link] = links.get(link, "") + piece.text
        for link, words in links.items():
            self._drop(f"{' '.join(words.split())}: {link.value}", "link in a caption; its words are kept", element)
        return inline.caption(pieces)

    def _paragraphs(self, pieces: list[Piece]) -> list[str]:
        """Return the paragraphs of a run: two breaks part them, one is kept where lines are short, as in verse."""
        if all(not piece.ready and not piece.text.strip(inline.SPACE) for piece in pieces):
            return []
        if not any(piece.ready and piece.text == BREAK for piece in pieces):
            return [made] if (made := inline.paragraph(pieces)) else []
        groups: list[list[Piece]] = [[]]
        breaks = 0
        for piece in pieces:
            if piece.ready and piece.text == BREAK:
                breaks += 1
                continue
            if not piece.text.strip(inline.SPACE):
                groups[-1].append(piece)
                continue
            if breaks > 1:
                groups.append([])
            elif breaks:
                groups[-1].append(BROKEN)
            breaks = 0
            groups[-1].append(piece)
        return [made for group in groups if (made := _verse(group))]

    def _pieces(self, element: Any, styles: tuple[Style, ...]) -> list[Piece]:
        """Return all that an element holds as one run of words; blocks inside it are parted by spaces."""
        run: list[Piece] = []
        for child, text in _content(element):
            if child is None:
                run.append(Piece(text, styles))
            elif self._is_left_out(child):
                run.append(PARTED)
            else:
                run += self.inline(child, styles)
        return run

    def inline(self, element: Any, styles: tuple[Style, ...]) -> list[Piece]:
        """Return an element inside a paragraph."""
        tag = element.tag
        if tag == "br":
            return [BROKEN]
        if tag in {"img", "picture"}:
            return self._picture(element, styles)
        if tag in PLAYED:
            return self._played(element, styles)
        if label := self.notes.called(element):
            return [Piece(f"[^{label}]", _without_links(styles), ready=True)]
        inner = self._styled(element, styles)
        run = self._pieces(element, inner)
        if tag in code.CODE:
            return code.spans(run)
        if tag == "rt" and inline.paragraph(run) and not _has_brackets(element):
            return [Piece("(", inner), *run, Piece(")", inner)]
        if tag == "q":
            return [Piece("“", inner), *run, Piece("”", inner)]
        return [Piece(" "), *run, Piece(" ")] if tag in BLOCKS else run

    def _styled(self, element: Any, styles: tuple[Style, ...]) -> tuple[Style, ...]:
        """Return the styles of the words in an element: those around it and its own."""
        if element.tag == "a":
            if not _has(styles, "link") and (url := self._address(element)):
                return (*styles, Style("link", url, " ".join((element.get("title") or "").split())))
            return styles
        kind = STYLES.get(element.tag, "")
        if kind and not _has(styles, kind) and not UPRIGHT.search(element.get("style") or ""):
            return (*styles, Style(kind))
        lang = (element.get("lang") or "") if element.tag in LANGUAGES else ""
        if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", lang) and not _has(styles, "lang", "link"):
            return (*styles, Style("lang", lang))
        return styles

    def _address(self, element: Any) -> str:
        url = str(element.get("href") or "").strip()
        if not url or url.startswith("#"):
            return ""
        try:
            # Without a base it would not look into the address.
            whole = urljoin(self.base, url) if self.base else urlsplit(url).geturl()
            scheme = whole.partition(":")[0].lower() if SCHEME.match(whole) else ""
        except ValueError:
            scheme, whole = "broken", url
        if scheme in {"http", "https", "mailto", "tel"}:
            # As a browser writes it: `https://example.org?a=1` has the path `/`.
            return NO_PATH.sub(r"\g<0>/", whole)
        if scheme:
            self._drop(url, f"{scheme}: address", element)
        return ""

    def _picture(self, element: Any, styles: tuple[Style, ...]) -> list[Piece]:
        image = element if element.tag == "img" else next(element.iter("img"), None)
        if image is None or not self._source(image):
            return [PARTED]
        return [PARTED, Piece(self._image(image, ""), _without_links(styles), ready=True), PARTED]

    def _image(self, image: Any, caption: str) -> str:
        alt = " ".join((image.get("alt") or "").split())
        url = self._source(image)
        self.images.append(WalkedImage(url, alt, caption))
        return f"![{inline.escaped(alt)}]({inline.target(url, caption)})"

    def _source(self, image: Any) -> str:
        url = pictures.address(image)
        try:
            return urljoin(self.base, url) if url else ""
        except ValueError:
            return ""

    def _played(self, element: Any, styles: tuple[Style, ...]) -> list[Piece]:
        """Return what cannot be printed as a link to it."""
        holders = (element, *element.iter("source"))
        url = next((url for each in holders if (url := each.get("src") or each.get("data") or "")), "")
        self._drop(url, "plays in a browser only; a link stands for it" if url else "plays in a browser only", element)
        if not url or _has(styles, "link"):
            return [PARTED]
        try:
            whole = urljoin(self.base or "https:", url)
        except ValueError:
            return [PARTED]
        if urlsplit(whole).scheme not in {"http", "https"}:
            return [PARTED]
        shown = f"{urlsplit(whole).netloc}{urlsplit(whole).path}".rstrip("/")
        return [Piece(" "), Piece(shown, (*styles, Style("link", whole))), Piece(" ")]

    def _is_left_out(self, element: Any) -> bool:
        """Tell whether an element is not read here; note the words that are lost with it."""
        why = left_out.reason(element)
        if why and (words := " ".join("".join(element.itertext()).split())):
            self._drop(words, why, element)
        return why is not None or self.notes.is_apart(element)

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


def _has_brackets(reading: Any) -> bool:
    """Tell whether the brackets around a reading stand in the page, for readers that show it behind its word."""
    ruby = next(reading.iterancestors("ruby"), None)
    return ruby is None or next(ruby.iter("rp"), None) is not None


def _said(element: Any, skip: list[Any]) -> Iterator[str]:
    """Yield the words of an element, without those in the elements to skip and what is left out."""
    for child, text in _content(element):
        if child is None:
            yield text
        elif child not in skip and left_out.reason(child) is None:
            yield from _said(child, skip)


def _verse(pieces: list[Piece]) -> str:
    # A break before a last space that does not break would be read as a backslash.
    made = END.sub("", inline.paragraph(pieces))
    if BREAK in made and max(map(len, made.split(BREAK))) > LONGEST_VERSE:
        return inline.paragraph([Piece(" ") if each is BROKEN else each for each in pieces])
    return made


def _has(styles: tuple[Style, ...], *kinds: str) -> bool:
    return bool(styles) and any(style.kind in kinds for style in styles)


def _without_links(styles: tuple[Style, ...]) -> tuple[Style, ...]:
    return tuple(style for style in styles if style.kind != "link")
