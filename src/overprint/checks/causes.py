"""What is said only because something else is wrong is left out, so that one slip is one message."""

from __future__ import annotations

from collections.abc import Iterable

from overprint.diagnostics import Diagnostic

VALUES = frozenset({"M101", "M102", "M103", "M104", "M105", "M107", "M108"})
"""A value that cannot be used; whatever else is said at its place follows from that."""
LOST = frozenset({"M106", "M113", "M119", "M122", "M123", "M124", "M126", "M127"})
"""A file that cannot be read; nobody knows what it would have named."""
OF_LOST = frozenset({"M128"})


def first(found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return the findings without those that follow from others."""
    found = tuple(found)
    broken = {each.place for each in found if each.code in VALUES}
    lost = any(each.code in LOST for each in found)
    return tuple(
        each for each in found if each.code in VALUES or not (each.place in broken or (lost and each.code in OF_LOST))
    )
