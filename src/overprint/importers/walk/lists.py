"""Lists that follow each other."""

from __future__ import annotations

import re

APART = "<!-- -->"
"""A remark, which is in no book."""
_ITEM = re.compile(r"(-|\d+\.) ")


def apart(blocks: list[str]) -> list[str]:
    """Return the blocks with a remark between two lists that would be read as one.

    >>> apart(["1. a", "1. b", "- c"])
    ['1. a', '<!-- -->', '1. b', '- c']
    """
    made: list[str] = []
    before = ""
    for block in blocks:
        found = _ITEM.match(block)
        kind = found[1][-1] if found else ""
        made += [APART, block] if kind and kind == before else [block]
        before = kind
    return made
