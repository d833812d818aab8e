"""What a page says of its article, with the evidence and how sure it is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Guess:
    """A fact: `evidence` says in editors' words where it stands, `sure` is 0 to 1, `line` 0 when unknown."""

    value: str
    evidence: str
    sure: float
    line: int = 0


def best(*guesses: Guess | None) -> Guess | None:
    """Return the surest guess; of equals the first."""
    return max((each for each in guesses if each and each.value), key=lambda each: each.sure, default=None)
