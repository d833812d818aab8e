"""One shop's limits."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
UNITS = {"kB": 10**3, "MB": 10**6, "GB": 10**9}
SIZE = re.compile(r"(\d+) (kB|MB|GB)")


@dataclass(frozen=True, slots=True)
class Shop:
    """What one shop takes; None and the empty tuple stand for what it does not say.

    Attributes:
        name: how `--shop` names it.
        title: who it is.
        dated: when its facts were last looked up.
        sources: where they are from.
        unknown: what could not be established, in words.
        file_most: the largest file, in bytes.
        file_advised: the same, as advice.
        picture_advised: bytes of a picture, as advice.
        page_advised: bytes of all pictures that one document shows, as advice.
        pixels: width times height of a picture in the book.
        picture_kinds: formats of pictures.
        moving: whether pictures may move.
        opaque: whether pictures must not let through what is behind them.
        colours: what pictures are made of.
        drawing: the most units of an SVG's width and height.
        cover_least: width and height of the cover at least, in pixels.
        cover_most: the same at most.
        cover_best: the same, as advice.
        cover_bytes: the largest cover, in bytes.
        cover_advised: the same, as advice.
        cover_kinds: formats of covers.
        cover_inside: whether the cover must be in the file.
        font_kinds: formats of typefaces.
        depth: levels of the contents that are shown.
        plain_names: whether names of files are Latin letters and digits alone.
        isbn: whether the book is known by its ISBN.
        columns: of a table that can be read.
        description: characters of a picture's description, as advice.
        scripts: whether scripts run.
    """

    name: str
    title: str
    dated: datetime.date
    sources: tuple[str, ...]
    unknown: tuple[str, ...] = ()
    file_most: int | None = None
    file_advised: int | None = None
    picture_advised: int | None = None
    page_advised: int | None = None
    pixels: int | None = None
    picture_kinds: tuple[str, ...] = ()
    moving: bool | None = None
    opaque: bool | None = None
    colours: tuple[str, ...] = ()
    drawing: int | None = None
    cover_least: tuple[int, int] | None = None
    cover_most: tuple[int, int] | None = None
    cover_best: tuple[int, int] | None = None
    cover_bytes: int | None = None
    cover_advised: int | None = None
    cover_kinds: tuple[str, ...] = ()
    cover_inside: bool | None = None
    font_kinds: tuple[str, ...] = ()
    depth: int | None = None
    plain_names: bool | None = None
    isbn: bool | None = None
    columns: int | None = None
    description: int | None = None
    scripts: bool | None = None


LIMITS = tuple(each.name for each in fields(Shop))[5:]
"""All but what a shop is and where that is from."""


def known() -> tuple[str, ...]:
    """Return the names of all shops."""
    return tuple(sorted(path.stem for path in HERE.glob("*.yaml")))


def shop(name: str) -> Shop:
    """Return a shop that is `known`."""
    said = yaml.safe_load((HERE / f"{name}.yaml").read_text("utf-8"))
    return Shop(name, **{key: _value(value) for key, value in said.items()})


def _value(said: Any) -> Any:
    """Return lists as tuples, and sizes in bytes."""
    if isinstance(said, list):
        return tuple(said)
    if isinstance(said, str) and (size := SIZE.fullmatch(said)):
        return int(size[1]) * UNITS[size[2]]
    return said
