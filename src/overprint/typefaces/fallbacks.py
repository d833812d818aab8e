"""Which further typefaces a book needs for the characters that its theme's typefaces lack."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from overprint.model import Face
from overprint.typefaces import coverage
from overprint.typefaces.cuts import faces, installed
from overprint.typefaces.wheels import FALLBACKS

EXTRA = "scripts"
"""The extra of overprint that brings all fall-backs."""

_KANA, _HANGUL = re.compile("[\u3040-\u30ff\u31f0-\u31ff]"), re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]")


@dataclass(frozen=True, slots=True)
class StandIns:
    """The `families` that stand in for characters which a theme lacks, and the characters that are `missing` still."""

    families: tuple[str, ...]
    missing: frozenset[str]


def stand_ins(text: Iterable[str], own: Iterable[Face]) -> StandIns:
    """Return what stands in for the characters of a text that none of a book's own faces has.

    Raises:
        Stop: a wheel is unfit.
    """
    wanted = coverage.seen(text)
    missing = wanted.difference(*(coverage.of(face.path) for face in own))
    chosen = []
    for family in _in_order(wanted) if missing else ():
        if installed(family) and missing & _of(family):
            chosen.append(family)
            missing -= _of(family)
    return StandIns(tuple(chosen), missing)


def all_installed() -> bool:
    """Tell whether nothing more can be had by installing the extra."""
    return all(map(installed, FALLBACKS))


def _of(family: str) -> frozenset[str]:
    return frozenset().union(*(coverage.of(face.path) for face in faces(family)))


def _in_order(wanted: frozenset[str]) -> tuple[str, ...]:
    """Return the fall-backs, those first whose readers write their characters so: many are shared in the Far East."""
    signs = "".join(wanted)
    native = {"Noto Serif JP": bool(_KANA.search(signs)), "Noto Serif KR": bool(_HANGUL.search(signs))}
    return tuple(sorted(FALLBACKS, key=lambda family: not native.get(family, family not in native)))
