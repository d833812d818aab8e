"""What a walk finds."""

from __future__ import annotations

from dataclasses import dataclass

from overprint.model import Dropped


@dataclass(frozen=True, slots=True)
class WalkedImage:
    """A picture that the text names by its address `url`; `caption` in Markdown."""

    url: str
    alt: str
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Walked:
    """Markdown, the pictures in it, and what was left out."""

    text: str
    images: tuple[WalkedImage, ...] = ()
    dropped: tuple[Dropped, ...] = ()
