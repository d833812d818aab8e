"""What a text says, whatever signs stand between its words: two texts with one gist differ in no word and no markup."""

from __future__ import annotations

import html
import re

from overprint.fixes.misread import INVISIBLE, repaired
from overprint.markup import fragment
from overprint.model import Text

_MARKUP = re.compile(r"<pre.*?</pre>|<code.*?</code>|<[^<>]*>", re.DOTALL)
_NAMES = re.compile(r' (?:id|href="#)[^ >]*')
_WORDS = re.compile(r"[^\W_]+")


def alike(one: str, other: str, language: str = "") -> bool:
    """Tell whether two texts have the same words and the same markup, whatever signs stand between."""
    return _gist(one) == _gist(other)


def same_book(one: str, other: str, language: str) -> bool:
    """Tell whether the books show the same for two texts, to the last sign."""
    first, second = (_NAMES.sub("", fragment(Text(text), "x", language=language).value.html) for text in (one, other))
    return first == second


def _gist(source: str) -> tuple[list[str], list[str], list[bool]]:
    tags, words = _shown(source)
    # A name such as &nbsp; may be all that keeps a paragraph or a heading from being empty.
    return tags, plain_words(words), [bool(_WORDS.search(line)) for line in source.split("\n")]


def markup(source: str) -> list[str]:
    """Return the tags of what the books show of a text, and its code."""
    return _shown(source)[0]


def _shown(source: str) -> tuple[list[str], str]:
    html_ = fragment(Text(source), "x").value.html
    return [_NAMES.sub("", tag) for tag in _MARKUP.findall(html_)], _MARKUP.sub("\0", html_)


def plain_words(text: str) -> list[str]:
    r"""Return the runs of letters and digits, misread signs and names of signs read as they were meant.

    >>> plain_words("Itâ\u20ac\u2122s a hy\u00adphen &amp;eacute;")
    ['It', 's', 'a', 'hyphen', 'é']
    """
    before = ""
    while text != before:
        before, text = text, repaired(html.unescape(text))
    return _WORDS.findall(text.translate(dict.fromkeys(map(ord, INVISIBLE))))
