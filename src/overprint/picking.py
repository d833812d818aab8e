"""Going through comments one at a time: what each key does."""

from __future__ import annotations

from dataclasses import dataclass, replace

KEYS = {"y": "print it", "n": "leave it out", " ": "next", "b": "back", "q": "stop"}
DECISIONS = {"y": "yes", "n": "no"}


@dataclass(frozen=True, slots=True)
class Picking:
    """Where the editor is: the numbers of the comments, and the place in them; done when past the last."""

    numbers: tuple[int, ...]
    place: int = 0

    @property
    def done(self) -> bool:
        """Say whether there is nothing left to look at."""
        return self.place >= len(self.numbers)

    @property
    def number(self) -> int:
        """The comment that is looked at."""
        return self.numbers[self.place]

    def press(self, key: str) -> tuple[Picking, str]:
        """Return the state after a key, and the new value of `include:`, empty when it stays as it is.

        >>> state = Picking((3, 7))
        >>> state.press("y")
        (Picking(numbers=(3, 7), place=1), 'yes')
        >>> state.press("b")[0].place, state.press("q")[0].done, state.press("?")[0] == state
        (0, True, True)
        """
        key = key.lower()
        if key in DECISIONS:
            return replace(self, place=self.place + 1), DECISIONS[key]
        if key in {" ", "\r", "\n"}:
            return replace(self, place=self.place + 1), ""
        if key == "b":
            return replace(self, place=max(0, self.place - 1)), ""
        if key in {"q", "\x04", "\x1b"}:
            return replace(self, place=len(self.numbers)), ""
        return self, ""
