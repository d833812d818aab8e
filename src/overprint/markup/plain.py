"""Texts without any markup, as most comments are: they need no parser."""

from __future__ import annotations

import re

# Whatever could be a mark in Markdown, in its extensions or in an address; anything doubtful is left to the parser.
_MARK = re.compile(
    r"[\\`*_\[\]<>&~|{}^@\x00-\x09\x0b-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]"
    r"|://|www\.| \n|^ *(?:[#+=:-]|\d+[.)]|    )",
    re.MULTILINE,
)
_BREAK = re.compile(r"\n(?: *\n)+")


def paragraphs(text: str) -> list[tuple[int, int]] | None:
    r"""Return start and end of each paragraph of a text without markup, or None where there may be some.

    >>> paragraphs("One,\ntwo.\n\nThree.\n")
    [(0, 9), (11, 17)]
    >>> paragraphs("One *two*.") is None
    True
    """
    if _MARK.search(text):
        return None
    spans = []
    at = len(text) - len(text.lstrip("\n "))
    end = len(text.rstrip("\n "))
    for gap in _BREAK.finditer(text, at, end):
        spans.append((at, gap.start()))
        at = gap.end()
    if at < end:
        spans.append((at, end))
    return spans
