"""What a text says, whatever signs stand between its words: two texts with one gist differ in no word and no markup."""

from __future__ import annotations

import html
import re

from overprint.fixes import signs
from overprint.markup import fragment
from overprint.model import Text

_SHOWN = re.compile(r"<pre.*?</pre>|<code.*?</code>|<[^<>]*>", re.DOTALL)
_NAMES = re.compile(r' (?:id|href="#)[^ >]*')
_WORDS = re.compile(r"[^\W_]+")


def alike(one: str, other: str) -> bool:
    """Tell whether two texts have the same words and the same markup, whatever signs stand between."""
    return _gist(one) == _gist(other)


def _gist(source: str) -> tuple[list[str], list[str], list[bool]]:
    shown = fragment(Text(source), "x").value.html
    tags = [_NAMES.sub("", tag) for tag in _SHOWN.findall(shown)]
    # A name such as &nbsp; may be all that keeps a paragraph or a heading from being empty.
    return tags, plain_words(_SHOWN.sub("\0", shown)), [bool(_WORDS.search(line)) for line in source.split("\n")]


def plain_words(text: str) -> list[str]:
    r"""Return the runs of letters and digits, misread signs and names of signs read as they were meant.

    >>> plain_words("Itâ\u20ac\u2122s a hy\u00adphen &amp;eacute;")
    ['It', 's', 'a', 'hyphen', 'é']
    """
    before = ""
    while text != before:
        before, text = text, signs.repaired(html.unescape(text))
    return _WORDS.findall(text.translate(dict.fromkeys(map(ord, signs.INVISIBLE))))
