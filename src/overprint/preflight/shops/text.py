"""The text: its contents, and tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from overprint.checks.rules import Rules, Say
from overprint.diagnostics import Diagnostic, Severity
from overprint.preflight.opened import NAMES
from overprint.preflight.shops.goods import Goods

RULES = Rules[Goods]()


@RULES.rule(
    "E143",
    Severity.WARNING,
    "the contents go {depth} levels deep, and {shop} shows {most}",
    "lines that stand deeper are not shown there; the text is",
    asks=lambda goods: goods.shop.depth is not None,
)
def deep_contents(say: Say, goods: Goods) -> Iterator[Diagnostic]:
    """Devices leave deeper levels out of the list by which readers find their way."""
    most = goods.shop.depth or 0
    levels = [_level(link) for link, _, _ in goods.book.lines("toc")]
    if levels and max(levels) > most:
        link = next(link for (link, _, _), level in zip(goods.book.lines("toc"), levels, strict=True) if level > most)
        yield say(goods.book.at(goods.book.nav, link), depth=max(levels), shop=goods.shop.title, most=most)


def _level(link: Any) -> int:
    return len(link.xpath("ancestor::h:ol", namespaces=NAMES))


@RULES.rule(
    "E144",
    Severity.HINT,
    "this table has {columns} columns; {shop} advises to look at those of more than {most} on its devices",
    "make a list of it, or two tables, if it cannot be read on a telephone",
    asks=lambda goods: goods.shop.columns is not None,
)
def wide_table(say: Say, goods: Goods) -> Iterator[Diagnostic]:
    """Wide tables are cut off or become very small on small screens."""
    most = goods.shop.columns or 0
    for path in goods.book.documents:
        for table in goods.book.found("//h:table", path):
            columns = max(
                (len(row.findall("h:td", NAMES) + row.findall("h:th", NAMES)) for row in table.iter("{*}tr")), default=0
            )
            if columns > most:
                yield say(goods.book.at(path, table), columns=columns, shop=goods.shop.title, most=most)
