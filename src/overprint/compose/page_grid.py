"""The page as a grid of lines: margins, text block and the places where pages begin, in proportion to the trim.

A theme says in its `theme.yaml` what its own page is:

    page: {trim: A5, top: 56pt, bottom: 77.3pt, inner: 62pt, outer: 48pt, columns: 2, gap: 18pt}
    sinks: {copyright: 17}    # how many lines of the text block stay empty above something
    display: {title-size: 46pt, title-leading: 45.5pt}    # tokens that become smaller on a narrower page

On another trim the margins grow or shrink with the page, the text block is again so many whole lines, and what stood
half-way down stands half-way down. Sizes of type and leading stay: a larger book is not a book for the short-sighted.
But titles that fill a wide page would crowd a narrow one: `display` shrinks with the measure.
The sheets of a theme find in these tokens what follows:

| token | what it is |
| --- | --- |
| `trim-width`, `trim-height` | the page |
| `margin-top`, `margin-bottom`, `margin-inner`, `margin-outer` | its margins |
| `measure`, `block` | width and height of the text block; the height is so many times `leading` |
| `column`, `gap` | width of a column, and what stands between two |
| `print-indent` | indent of a paragraph in print: the leading |
| `sink-NAME` | for each of `sinks`, whole lines |
| those of `display` | as they are named there |
| `bleed-top`, `bleed-bottom`, `bleed-inner`, `bleed-outer` | how far ink runs over the edges |

The last four are there where a printer's profile asks for a bleed and the token `page-bleeds: yes` says that pages have
ink to their edges.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from math import floor
from typing import Any

from overprint.compose.setting import length
from overprint.diagnostics import Exit, Place, Stop, error
from overprint.lengths import trim
from overprint.model import Edges

FEWEST_LINES, FEWEST_EM = 12, 14
"""Below this many lines a page, or em a line, no text can be set."""
_SPARE = 0.02
"""Points by which a text block is higher than its lines, that no line is lost to rounding."""

NO_ROOM = error(
    "B110",
    "a page of {size} pt has room for {lines} lines of {ems} em only",
    "choose a larger trim, a smaller text size, or a theme with one column",
    "Margins keep their proportion to the page. What is left has to hold at least twelve lines, and each line or "
    "column at least fourteen times the size of its type. In less, words are broken everywhere and gaps stand between "
    "them.",
)


@dataclass(frozen=True, slots=True)
class Grid:
    """A page in points; `lines` is how many fill its text block."""

    width: float
    height: float
    top: float
    bottom: float
    inner: float
    outer: float
    lines: int
    columns: int = 1
    gap: float = 0

    @property
    def measure(self) -> float:
        """The width of the text block."""
        return self.width - self.inner - self.outer

    @property
    def column(self) -> float:
        """The width of a column."""
        return (self.measure - (self.columns - 1) * self.gap) / self.columns


def own(page: Mapping[str, Any], leading: float) -> Grid:
    """Return the page that a theme is made for."""
    width, height = trim(str(page["trim"])) or (0.0, 0.0)
    top, bottom, inner, outer = (length(page[edge], {}) for edge in ("top", "bottom", "inner", "outer"))
    lines = round((height - top - bottom) / leading)
    columns, gap = page.get("columns", 1), length(page.get("gap", "0pt"), {})
    return _whole(Grid(width, height, top, bottom, inner, outer, lines, columns, gap), leading)


def scaled(grid: Grid, size: tuple[float, float], leading: float, *, roomy: bool = False) -> Grid:
    """Return a page of another size, in width and height, with margins in proportion.

    Where it is to be `roomy`, those at head and foot, in which running heads and folios stand, become no smaller.
    """
    across, down = size[0] / grid.width, size[1] / grid.height
    kept = max(down, 1) if roomy else down
    top, bottom = grid.top * kept, grid.bottom * kept
    lines = (size[1] - top - bottom) / leading
    lines = floor(lines + _SPARE) if roomy and down < 1 else round(lines)
    inner, outer = round(grid.inner * across, 2), round(grid.outer * across, 2)
    return _whole(Grid(*size, top, bottom, inner, outer, lines, grid.columns, grid.gap), leading)


def _whole(grid: Grid, leading: float) -> Grid:
    """Share what the lines leave of the height between top and bottom."""
    left = grid.height - grid.lines * leading
    top = round(left * grid.top / (grid.top + grid.bottom), 2)
    return Grid(grid.width, grid.height, top, left - top, grid.inner, grid.outer, grid.lines, grid.columns, grid.gap)


def tokens(
    theme: Mapping[str, Any],
    known: Mapping[str, str],
    size: tuple[float, float] | None,
    place: Place,
    edges: Edges = Edges(),  # noqa: B008 - it is frozen
) -> dict[str, str]:
    """Return the tokens of the page; `known` holds `leading` and `text-size`, `size` is the trim asked for.

    Margins that a printer wants wider narrow the lines; their number stays, but on a page smaller than the theme's
    own, where the margins at head and foot stay as they are.

    Raises:
        Stop: the page is too small for its type; `place` is where it was asked for.
    """
    leading = length("leading", known)
    usual = own(theme["page"], length("leading", theme["tokens"]))
    page = own(theme["page"], leading)
    grid = scaled(page, size, leading, roomy=edges.outer > 0) if size else page
    grid = dataclasses.replace(grid, inner=max(grid.inner, edges.inner), outer=max(grid.outer, edges.outer))
    ems = grid.column / length("text-size", known)
    if grid.lines < FEWEST_LINES or ems < FEWEST_EM:
        named = f"{grid.width:.0f} x {grid.height:.0f}"
        raise Stop(NO_ROOM.at(place, size=named, lines=max(grid.lines, 0), ems=round(max(ems, 0))), exit=Exit.CONTENT)
    lengths = {
        "trim-width": grid.width,
        "trim-height": grid.height,
        "margin-top": grid.top,
        "margin-bottom": grid.bottom - _SPARE,
        "margin-inner": grid.inner,
        "margin-outer": grid.outer,
        "measure": grid.measure,
        "block": grid.lines * leading,
        "column": grid.column,
        "gap": grid.gap,
        "print-indent": leading,
    }
    sinks = {
        f"sink-{name}": round(lines * grid.lines / usual.lines) * leading for name, lines in theme["sinks"].items()
    }
    if known.get("page-bleeds") == "yes":
        names = ("bleed-top", "bleed-bottom", "bleed-outer", "bleed-inner")
        lengths |= {name: points for name, points in zip(names, edges.bleed, strict=True) if points}
    less = min(1.0, grid.measure / usual.measure)
    lengths |= {name: length(size, known) * less for name, size in theme.get("display", {}).items()}
    return {name: f"{points:.2f}".rstrip("0").rstrip(".") + "pt" for name, points in (lengths | sinks).items()}
