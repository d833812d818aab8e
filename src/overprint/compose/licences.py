"""Licences that have an address: readers and catalogues are sent to the words that grant them something."""

from __future__ import annotations

import re

_CC = re.compile(r"CC[ -](BY(?:-NC)?(?:-SA|-ND)?)(?:[ -]([1-4]\.[05]))?(?: International)?\Z", re.IGNORECASE)
_ZERO = re.compile(r"CC ?0(?:[ -]1\.0)?(?: Universal)?\Z", re.IGNORECASE)


def address(licence: str) -> str:
    """Return where a Creative Commons licence is explained, nothing for another; without a version, the latest.

    >>> address("CC BY-SA 4.0"), address("CC0"), address("all rights reserved")
    ('https://creativecommons.org/licenses/by-sa/4.0/', 'https://creativecommons.org/publicdomain/zero/1.0/', '')
    """
    words = " ".join(licence.split())
    if _ZERO.match(words):
        return "https://creativecommons.org/publicdomain/zero/1.0/"
    found = _CC.match(words)
    return f"https://creativecommons.org/licenses/{found[1].lower()}/{found[2] or '4.0'}/" if found else ""
