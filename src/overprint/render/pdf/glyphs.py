"""Which glyphs of which typeface the pieces of a book use. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

Use = dict[str, Any]


def union(uses: Iterable[Use]) -> list[Use]:
    """Return the use of each typeface over all pieces, in the order of their names.

    >>> one = {"hash": "A", "face": 0, "letters": {"5": "e"}, "widths": {"5": 400}, "missing": {}}
    >>> union([one, {**one, "letters": {"4": "d"}, "widths": {"4": 500}}])[0]["letters"]
    {'4': 'd', '5': 'e'}
    """
    found: dict[str, Use] = {}
    for use in uses:
        kept = found.setdefault(use["hash"], {**use, "letters": {}, "widths": {}, "missing": {}})
        for what in ("letters", "widths", "missing"):
            for key, value in use[what].items():
                kept[what].setdefault(key, value)
    for use in found.values():
        for what in ("letters", "widths", "missing"):
            use[what] = dict(sorted(use[what].items(), key=lambda item: int(item[0])))
    return [found[name] for name in sorted(found)]
