"""Code: blocks with the name of their language, and code inside a line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from overprint.importers.walk.inline import Piece, Style

CODE = frozenset({"code", "kbd", "samp", "tt"})
LANGUAGE = re.compile(r"(?:^|\s)(?:lang(?:uage)?-|highlight-source-|brush:\s*)([\w+#.-]+)")
APART = "\0"
"""Stands where something was left out; no page can hold it."""


def fence(element: Any, is_left_out: Callable[[Any], bool], blocks: frozenset[str]) -> list[str]:
    """Return a `pre` as a fenced block: its text as it stands, a line for each break and each block in it."""
    text = "".join(_text(element, is_left_out, blocks))
    text = re.sub(rf"(?<=[^\W_]){APART}+(?=[^\W_])", " ", text).replace(APART, "").strip("\n").expandtabs(4)
    if not text.strip():
        return []
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    ticks = "`" * max(3, longest + 1)
    return [f"{ticks}{_language(element)}\n{text}\n{ticks}"]


def span(text: str, styles: tuple[Style, ...]) -> list[Piece]:
    """Return code inside a line; white space stands outside it."""
    words = " ".join(text.split())
    if not words:
        return [Piece(text)]
    before, after = (" " if text[:1].isspace() else ""), (" " if text[-1:].isspace() else "")
    return [Piece(before), Piece(words, styles, ready=True, code=True), Piece(after)]


def _text(element: Any, is_left_out: Callable[[Any], bool], blocks: frozenset[str]) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if child.tag == "br":
            yield "\n"
        elif not isinstance(child.tag, str):
            pass
        elif is_left_out(child):
            yield APART
        else:
            held = "".join(_text(child, is_left_out, blocks))
            yield f"\n{held}\n" if child.tag in blocks else held
        yield child.tail or ""


def _language(element: Any) -> str:
    """Return the language that the block, the code in it or one of the two boxes around it names."""
    around = [element, *element.iterchildren("code"), *element.iterancestors()][:4]
    for each in around:
        if found := LANGUAGE.search(each.get("class") or ""):
            return found[1]
        if named := re.fullmatch(r"[\w+#.-]+", each.get("data-lang") or each.get("data-language") or ""):
            return named[0]
    return ""
