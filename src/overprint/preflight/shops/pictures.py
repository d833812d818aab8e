"""Pictures in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from overprint.checks.rules import Rules, Say
from overprint.diagnostics import Diagnostic, Severity
from overprint.importers import office
from overprint.preflight.shops.file import told
from overprint.preflight.shops.goods import Goods, shown_in

RULES = Rules[Goods]()


@RULES.rule(
    "E134",
    Severity.ERROR,
    "this picture has {pixels} million pixels, and {shop} takes {most} at most",
    "make it smaller: {width} × {height} pixels would do",
    asks=lambda goods: goods.shop.pixels is not None,
)
def too_many_pixels(say: Say, goods: Goods) -> Iterator[Diagnostic]:
    """Width times height; the cover in the book is a picture in it as well."""
    most = goods.shop.pixels or 0
    for each in goods.pictures.values():
        if (pixels := each.width * each.height) > most:
            scale = (most / pixels) ** 0.5
            yield say(
                goods.at(each.path),
                pixels=f"{pixels / 1e6:.1f}",
                shop=goods.shop.title,
                most=f"{most / 1e6:g}",
                width=int(each.width * scale),
                height=int(each.height * scale),
            )


@RULES.rule(
    "E135",
    Severity.WARNING,
    "this picture has {size}, and {shop} asks for less than {most}",
    "make it smaller, or save it as a JPEG of less quality",
    asks=lambda goods: goods.shop.picture_advised is not None,
)
def heavy_picture(say: Say, goods: Goods) -> Iterator[Diagnostic]:
    """Heavy pictures make pages slow to turn, and a book slow to fetch."""
    most = goods.shop.picture_advised or 0
    for each in goods.pictures.values():
        if each.bytes > most:
            yield say(goods.at(each.path), size=told(each.bytes), shop=goods.shop.title, most=told(most))


@RULES.rule(
    "E136",
    Severity.ERROR,
    "this picture is {kind}, and {shop} takes {kinds}",
    "save it as a JPEG or a PNG",
    asks=lambda goods: bool(goods.shop.picture_kinds),
)
def unknown_kind(say: Say, goods: Goods) -> Iterator[Diagnostic]:
    """Where a device does not know a format, it shows an empty box."""
    for each in goods.pictures.values():
        if each.kind not in goods.shop.picture_kinds:
            kinds = ", ".join(goods.shop.picture_kinds)
            yield say(goods.at(each.path), kind=each.kind, shop=goods.shop.title, kinds=kinds)


@RULES.rule(
    "E137",
    Severity.ERROR,
    "this picture moves, and {shop} takes none that do",
    "save one picture of it as a PNG",
    asks=lambda goods: goods.shop.moving is False,
)
def moving(say: Say, goods: Goods) -> Iterator[Diagnostic]:
    """A GIF of several pictures is refused, or its first picture is shown."""
    for each in goods.pictures.values():
        if each.frames > 1:
            yield say(goods.at(each.path), shop=goods.shop.title)


@RULES.rule(
    "E138",
    Severity.WARNING,
    "this picture lets through what is behind it, for which {shop} puts a colour of its own",
    "put it on white and save it again",
    asks=lambda goods: bool(goods.shop.opaque),
)
def lets_through(say: Say, goods: Goods) -> Iterator[Diagnostic]:
    """What is drawn in black on nothing cannot be seen where the device puts black behind it."""
    for each in goods.pictures.values():
        if each.lets_through:
            yield say(goods.at(each.path), shop=goods.shop.title)


@RULES.rule(
    "E139",
    Severity.ERROR,
    "the colours of this picture are {colours}, and {shop} takes red, green and blue",
    "save it again for screens (sRGB)",
    asks=lambda goods: bool(goods.shop.colours),
)
def inks(say: Say, goods: Goods) -> Iterator[Diagnostic]:
    """Pictures in printers' inks look wrong on screens, or are refused."""
    for each in goods.pictures.values():
        if each.kind not in {"svg", "broken"} and each.colours not in goods.shop.colours:
            yield say(goods.at(each.path), colours=each.colours, shop=goods.shop.title)


@RULES.rule(
    "E141",
    Severity.ERROR,
    "this drawing is {size} wide or high, and {shop} takes {most} at most",
    "write smaller numbers after `width` and `height`, and keep the `viewBox`",
    asks=lambda goods: goods.shop.drawing is not None,
)
def large_drawing(say: Say, goods: Goods) -> Iterator[Diagnostic]:
    """The limit is on the numbers in the SVG, whatever the size at which it is shown."""
    most = goods.shop.drawing or 0
    for each in goods.pictures.values():
        if each.kind == "svg":
            size = max(_sides(goods.files.read(each.path)), default=0)
            if size > most:
                yield say(goods.at(each.path), size=f"{size:g}", shop=goods.shop.title, most=most)


def _sides(data: bytes) -> Iterator[float]:
    """Yield the widths and heights that an SVG gives itself and the pictures in it."""
    try:
        root = office.tree(data)
    except etree.XMLSyntaxError:
        return
    for each in root.iter("{*}svg", "{*}image"):
        for name in ("width", "height"):
            if number := re.fullmatch(r"\s*(\d+(?:\.\d+)?)(?:px)?\s*", each.get(name, "")):
                yield float(number[1])


@RULES.rule(
    "E142",
    Severity.HINT,
    "the description of this picture has {count} characters; {shop} asks for fewer than {most}",
    "say the most important first; what is longer belongs into the text or a caption",
    asks=lambda goods: goods.shop.description is not None,
)
def long_description(say: Say, goods: Goods) -> Iterator[Diagnostic]:
    """A device reads a description aloud in one go, and it cannot be stepped through."""
    most = goods.shop.description or 0
    for path, element, _ in shown_in(goods):
        if (count := len(element.get("alt", ""))) >= most:
            yield say(goods.book.at(path, element), count=count, shop=goods.shop.title, most=most)
