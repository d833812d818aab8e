"""Makes black text black alone, and greys shades of it, where WeasyPrint mixes them of red, green and blue.

A press turns such a black into four inks, one over the other, which blur where they do not meet to a hair.
"""

from __future__ import annotations

from typing import Any


def ink_in_black() -> None:
    """Change how a loaded WeasyPrint writes colours; again does nothing."""
    from pydyf import Stream

    own = Stream.set_color_rgb
    if own.__module__ == __name__:
        return

    def set_color_rgb(self: Any, red: float, green: float, blue: float, stroke: bool = False) -> None:
        if red == green == blue:
            self.stream.append(f"{round(red, 4):g} {'G' if stroke else 'g'}".encode())
        else:
            own(self, red, green, blue, stroke)

    Stream.set_color_rgb = set_color_rgb
