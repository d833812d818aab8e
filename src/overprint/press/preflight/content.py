"""What a page is made of: each kind of thing that it paints, its pictures, fonts and graphics states."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from overprint.press.finish.boxes import Box
from overprint.press.finish.colour import Colour


@dataclass(frozen=True, slots=True)
class Mark:
    """One way in which a page is painted.

    Attributes:
        thing: such as `text` or `an area`.
        space: the colour space, such as `DeviceRGB`, `Separation Black`.
        colour: one grey, three of light or four inks, from 0 to 1; None where it is not one colour.
        over: whether it overprints.
        wide: how wide a line is, or an area that is one rectangle, in points.
        at: where a thing in the colour of registration is: its corners.
    """

    thing: str
    space: str
    colour: Colour | None = None
    over: bool = False
    wide: float | None = None
    at: Box | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """A picture on a page: its name in messages, the stream, pixels to an inch there, whether it is a stencil."""

    name: str
    stream: Any = field(hash=False, compare=False)
    ppi: int
    stencil: bool


@dataclass
class Content:
    """What one page is made of.

    `marks` and `pictures` are each kind once; `fonts` says which codes, of two bytes each, of a font are shown, and
    `sizes` how many of them in how many points, in all and in a row; `through` names what lets show through what is
    beneath it; `states` are the graphics states, `groups` the transparency groups, `foreign` what leads to things
    outside PDF; `broken` is why the content could not be read to its end.
    """

    marks: dict[Mark, None] = field(default_factory=dict)
    pictures: dict[Placed, None] = field(default_factory=dict)
    fonts: dict[str, tuple[Any, set[int]]] = field(default_factory=dict)
    sizes: dict[float, tuple[int, int]] = field(default_factory=dict)
    through: dict[str, None] = field(default_factory=dict)
    states: dict[object, Any] = field(default_factory=dict)
    groups: list[Any] = field(default_factory=list)
    foreign: dict[str, None] = field(default_factory=dict)
    broken: str = ""
