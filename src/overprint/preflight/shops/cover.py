"""The cover."""

from __future__ import annotations

from collections.abc import Iterator

from overprint.checks.rules import Rules, Say
from overprint.diagnostics import Diagnostic, Severity
from overprint.preflight.shops.file import told
from overprint.preflight.shops.goods import Goods, Picture

RULES = Rules[Goods]()
ANOTHER = "use a larger picture as the cover, or let overprint draw one"


def _front(goods: Goods) -> Iterator[Picture]:
    """Yield the cover, if there is one in pixels."""
    front = goods.pictures.get(goods.cover)
    if front and front.width:
        yield front


@RULES.rule(
    "E128",
    Severity.ERROR,
    "there is no cover in the file, and {shop} wants one",
    "build the book with overprint, which draws one, or name a picture after `cover:` in book.yaml",
    asks=lambda goods: bool(goods.shop.cover_inside),
)
def no_cover(say: Say, goods: Goods) -> Iterator[Diagnostic]:
    """The shop shows what the file holds as its front."""
    if not goods.cover:
        yield say(goods.at(), shop=goods.shop.title)


@RULES.rule(
    "E129",
    Severity.ERROR,
    "the cover has {size} pixels, and {shop} takes {least} at least",
    ANOTHER,
    asks=lambda goods: goods.shop.cover_least is not None,
)
def small_cover(say: Say, goods: Goods) -> Iterator[Diagnostic]:
    """A cover of few pixels is refused, or looks woolly in the shop."""
    width, height = goods.shop.cover_least or (0, 0)
    least = f"{width} × {height}" if width > 1 else f"{height} on its longer side"
    for front in _front(goods):
        if front.width < width or front.height < height:
            size = f"{front.width} × {front.height}"
            yield say(goods.at(front.path), size=size, shop=goods.shop.title, least=least)


@RULES.rule(
    "E130",
    Severity.ERROR,
    "the cover has {size} pixels, and {shop} takes {most} at most",
    "make it smaller",
    asks=lambda goods: goods.shop.cover_most is not None,
)
def huge_cover(say: Say, goods: Goods) -> Iterator[Diagnostic]:
    """More pixels than the shop takes are refused."""
    width, height = goods.shop.cover_most or (0, 0)
    for front in _front(goods):
        if front.width > width or front.height > height:
            size = f"{front.width} × {front.height}"
            yield say(goods.at(front.path), size=size, shop=goods.shop.title, most=f"{width} × {height}")


@RULES.rule(
    "E131",
    Severity.HINT,
    "the cover has {size} pixels; {shop} asks for {best}",
    ANOTHER,
    asks=lambda goods: goods.shop.cover_best is not None,
)
def modest_cover(say: Say, goods: Goods) -> Iterator[Diagnostic]:
    """The shop takes the cover, and reminds you that it could be finer."""
    width, height = goods.shop.cover_best or (0, 0)
    for front in _front(goods):
        if front.width < width or front.height < height:
            size = f"{front.width} × {front.height}"
            yield say(goods.at(front.path), size=size, shop=goods.shop.title, best=f"{width} × {height}")


@RULES.rule(
    "E132",
    Severity.WARNING,
    "the cover has {size}, and {shop} asks for less than {most}",
    "save it as a JPEG of less quality",
    asks=lambda goods: (goods.shop.cover_bytes or goods.shop.cover_advised) is not None,
)
def heavy_cover(say: Say, goods: Goods) -> Iterator[Diagnostic]:
    """A cover of more bytes than that looks no better, and the shop advises against it."""
    most = goods.shop.cover_bytes or goods.shop.cover_advised or 0
    for front in _front(goods):
        if front.bytes > most:
            yield say(goods.at(front.path), size=told(front.bytes), shop=goods.shop.title, most=told(most))


@RULES.rule(
    "E133",
    Severity.ERROR,
    "the cover is {kind}, and {shop} takes {kinds}",
    "save it as a JPEG",
    asks=lambda goods: bool(goods.shop.cover_kinds),
)
def unknown_cover(say: Say, goods: Goods) -> Iterator[Diagnostic]:
    """A cover in another format is not shown in the shop."""
    front = goods.pictures.get(goods.cover)
    if front and front.kind not in goods.shop.cover_kinds:
        kinds = ", ".join(goods.shop.cover_kinds)
        yield say(goods.at(front.path), kind=front.kind, shop=goods.shop.title, kinds=kinds)
