"""The file: how large it is, what it is called by, and what it holds besides text and pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from overprint.checks.rules import Rules, Say
from overprint.diagnostics import Diagnostic, Severity
from overprint.preflight.opened import words
from overprint.preflight.shops.goods import Goods, shown_in

RULES = Rules[Goods]()
SMALLER = "leave out pictures, or make them smaller"
ISBN = re.compile(r"(?:urn:)?isbn:?\s*[\dXx -]{10,}|97[89]\d{10}", re.IGNORECASE)
FONTS = {b"\x00\x01\x00\x00": "ttf", b"true": "ttf", b"OTTO": "otf", b"wOFF": "woff", b"wOF2": "woff2"}


def told(size: int) -> str:
    """Return bytes in words."""
    for unit, factor in (("GB", 10**9), ("MB", 10**6)):
        if size >= factor:
            return f"{size / factor:.3g} {unit}"
    return f"{-(-size // 1000)} kB"


@RULES.rule(
    "E121",
    Severity.ERROR,
    "the file has {size}, and {shop} takes {most} at most",
    SMALLER,
    asks=lambda goods: goods.shop.file_most is not None,
)
def too_large(say: Say, goods: Goods) -> Iterator[Diagnostic]:
    """A shop refuses files that are larger than it says."""
    if goods.bytes > (most := goods.shop.file_most or 0):
        yield say(goods.at(), size=told(goods.bytes), shop=goods.shop.title, most=told(most))


@RULES.rule(
    "E122",
    Severity.WARNING,
    "the file has {size}, and {shop} asks for less than {most}",
    SMALLER,
    asks=lambda goods: goods.shop.file_advised is not None,
)
def unwieldy(say: Say, goods: Goods) -> Iterator[Diagnostic]:
    """The shop takes the file, but it is slow to fetch, and small devices have no room for it."""
    if goods.bytes > (most := goods.shop.file_advised or 0):
        yield say(goods.at(), size=told(goods.bytes), shop=goods.shop.title, most=told(most))


@RULES.rule(
    "E123",
    Severity.WARNING,
    "this page shows pictures of {size}, and {shop} asks for less than {most} on each",
    "make the pictures smaller, or divide the essay",
    asks=lambda goods: goods.shop.page_advised is not None,
)
def heavy_page(say: Say, goods: Goods) -> Iterator[Diagnostic]:
    """An old reading device opens a document of the book with all that it shows, and has little memory."""
    shown: dict[str, set[str]] = {}
    for path, _, picture in shown_in(goods):
        shown.setdefault(path, set()).add(picture)
    for path, pictures in shown.items():
        size = sum(goods.files.sizes.get(each, 0) for each in pictures)
        if size > (most := goods.shop.page_advised or 0):
            yield say(goods.at(path), size=told(size), shop=goods.shop.title, most=told(most))


@RULES.rule(
    "E124",
    Severity.WARNING,
    "“{name}” has other signs in its name than Latin letters, digits, `.`, `_` and `-`",
    "give the file another name; {shop} may not find it by this one",
    asks=lambda goods: bool(goods.shop.plain_names),
)
def unusual_name(say: Say, goods: Goods) -> Iterator[Diagnostic]:
    """Readers of the shop look for parts of the book by their names, and some read unusual signs otherwise."""
    for name in goods.files.sizes:
        if not re.fullmatch(r"[A-Za-z0-9._/-]+", name):
            yield say(goods.at(), name=name, shop=goods.shop.title)


@RULES.rule(
    "E125",
    Severity.WARNING,
    "{shop} knows a book by its ISBN, and there is none in it or in the file's name",
    "write it after `isbn:` in book.yaml, or name the file by it before you send it: 9781234567897.epub",
    asks=lambda goods: bool(goods.shop.isbn),
)
def nameless(say: Say, goods: Goods) -> Iterator[Diagnostic]:
    """The shop puts the file to what its catalogue says of the book, by the number that both have."""
    numbers = [words(each) for each in goods.book.found("//dc:identifier")]
    stem = PurePosixPath(goods.book.name).stem
    if not any(ISBN.search(each) for each in [*numbers, stem]):
        yield say(goods.at(goods.book.where), shop=goods.shop.title)


@RULES.rule(
    "E126",
    Severity.ERROR,
    "this typeface is {kind}, and {shop} takes {kinds}",
    "build the book again with overprint, or take the typeface out of your style sheet",
    asks=lambda goods: bool(goods.shop.font_kinds),
)
def unknown_font(say: Say, goods: Goods) -> Iterator[Diagnostic]:
    """Where a device cannot read a typeface, it sets the book in its own."""
    for path in (path for path, kind in goods.kinds.items() if "font" in kind):
        kind = FONTS.get(goods.files.read(path)[:4], "of an unknown kind")
        if kind not in goods.shop.font_kinds:
            yield say(goods.at(path), kind=kind, shop=goods.shop.title, kinds=", ".join(goods.shop.font_kinds))


@RULES.rule(
    "E127",
    Severity.WARNING,
    "there is a script here, which does not run on all devices of {shop}",
    "take it out; say in words what it shows",
    asks=lambda goods: goods.shop.scripts is False,
)
def script(say: Say, goods: Goods) -> Iterator[Diagnostic]:
    """What only a script shows is missing on devices that run none."""
    for path in goods.book.documents:
        for each in goods.book.found("//h:script", path)[:1]:
            yield say(goods.book.at(path, each), shop=goods.shop.title)
