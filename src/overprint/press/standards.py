"""What the standards of PDF for print ask of a profile, and what they forbid."""

from __future__ import annotations

from collections.abc import Iterator

from overprint.diagnostics import Diagnostic
from overprint.fields import WRONG_VALUE, Fields

VERSIONS = {"x1a": ("1.3", "1.4"), "x4": ("1.6",)}
"""PDF/X-1a:2001 is PDF 1.3, PDF/X-1a:2003 is PDF 1.4."""
FORBIDDEN = {"x1a": ("annotations", "opentype", "transparency"), "x4": ("annotations",)}
SINCE = {"opentype": "1.6", "transparency": "1.4"}
"""The version of PDF that knows them first."""


def forbidden(standard: str, version: str) -> tuple[str, ...]:
    """Return the keys that are `no` by a standard and a version of PDF, whether a profile says so or not.

    >>> forbidden("x4", "1.6"), forbidden("none", "1.3")
    (('annotations',), ('opentype', 'transparency'))
    """
    unknown = (key for key, first in SINCE.items() if version < first)
    return tuple(dict.fromkeys((*FORBIDDEN.get(standard, ()), *unknown)))


def faults(got: Fields) -> Iterator[Diagnostic]:
    """Yield what a profile says that the standard or the version which it names does not allow."""
    standard, version = got.text("standard", "none"), got.text("pdf", "1.7")
    by = f"standard {standard}" if standard != "none" else f"PDF {version}"

    def wrong(key: str, found: str, wanted: str) -> Diagnostic:
        place = got.places[key if key in got.places else "standard"]
        return WRONG_VALUE.at(place, key=key, found=f"`{found}`", wanted=wanted)

    for key in forbidden(standard, version):
        if got.flag(key):
            yield wrong(key, "yes", f"`no` with {by}")
    if standard == "none":
        return
    if version not in VERSIONS[standard]:
        yield wrong("pdf", version, f"{' or '.join(VERSIONS[standard])} with {by}")
    if not got.flag("metadata", True):
        yield wrong("metadata", "no", f"`yes` with {by}, of which the name is there")
    if "intent.identifier" not in got.values:
        yield wrong("standard", standard, "an `intent:` with an `identifier:` beside it")
    if got.text("colour", "srgb") == "srgb":
        yield wrong("colour", "srgb", f"mono or cmyk with {by}")
