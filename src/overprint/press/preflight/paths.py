"""Where things are drawn, and how large: matrices and paths."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from overprint.press.finish.boxes import Box

Matrix = tuple[float, ...]
IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)


@dataclass
class Path:
    """A path that is being drawn."""

    points: list[tuple[float, float]] = field(default_factory=list)
    rectangles: int = 0
    other: bool = False

    def add(self, operator: str, values: list[float], ctm: Matrix) -> None:
        """Add what an operator draws."""
        if operator == "re":
            x, y, wide, high = values
            self.rectangles += 1
            self.points += [at(ctm, x, y), at(ctm, x + wide, y + high)]
        elif operator in {"m", "l", "c", "v", "y"}:
            self.other = True
            self.points.append(at(ctm, *values[-2:]))

    def thin(self) -> float | None:
        """Return how thin the path is where it is one rectangle: it is painted as a line then."""
        if self.other or self.rectangles != 1:
            return None
        left, bottom, right, top = self.box()
        return round(min(right - left, top - bottom), 3)

    def of(self, space: str) -> Box | None:
        """Return where it is if it is in the colour of registration."""
        return self.box() if space == "Separation All" else None

    def box(self) -> Box:
        """Return its corners."""
        across, down = [x for x, _ in self.points] or [0], [y for _, y in self.points] or [0]
        return min(across), min(down), max(across), max(down)


def ppi(size: tuple[int, int], ctm: Matrix) -> int:
    """Return how many pixels a picture of such a size has to an inch, in the direction where it has fewer."""
    across, down = math.hypot(ctm[0], ctm[1]), math.hypot(ctm[2], ctm[3])
    if not across or not down:
        return 0
    return round(min(size[0] / across, size[1] / down) * 72)


def scale(ctm: Matrix) -> float:
    """Return how much larger things are drawn."""
    return math.sqrt(abs(ctm[0] * ctm[3] - ctm[1] * ctm[2]))


def at(ctm: Matrix, x: float, y: float) -> tuple[float, float]:
    """Return where a point is drawn."""
    a, b, c, d, e, f = ctm
    return round(a * x + c * y + e, 3), round(b * x + d * y + f, 3)


def times(one: Matrix, other: Matrix) -> Matrix:
    """Return what does one after the other."""
    a, b, c, d, e, f = one
    p, q, r, s, t, u = other
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)
