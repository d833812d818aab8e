"""Code: blocks with the name of their language, and code inside a line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import groupby
from typing import Any

from overprint.importers.walk.inline import Piece

CODE = frozenset({"code", "kbd", "samp", "tt"})
LANGUAGE = re.compile(r"(?:^|\s)(?:lang(?:uage)?-|highlight-source-|brush:\s*)([\w+#.-]+)")
APART, EDGE = "\0", "\1"
"""Stand where something was left out, and where a block begins or ends; no page can hold them."""


def fence(element: Any, is_left_out: Callable[[Any], bool], blocks: frozenset[str]) -> list[str]:
    """Return a `pre` as a fenced block: its text as it stands, a line for each break and each block in it."""
    text = "".join(_text(element, is_left_out, blocks))
    text = re.sub(rf"(?<=[^\W_]){APART}+(?=[^\W_])", " ", text).replace(APART, "")
    text = re.sub(rf"\n?{EDGE}+", "\n", text).strip("\n").expandtabs(4)
    if not text.strip():
        return []
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    ticks = "`" * max(3, longest + 1)
    return [f"{ticks}{_language(element)}\n{text}\n{ticks}"]


def spans(run: list[Piece]) -> list[Piece]:
    """Return a run of words as code inside a line; white space stands outside it."""
    made: list[Piece] = []
    for (ready, styles), group in groupby(run, key=lambda each: (each.ready, each.styles)):
        if ready:
            made += group
            continue
        text = "".join(each.text for each in group)
        before, after = (" " if text[:1].isspace() else ""), (" " if text[-1:].isspace() else "")
        words = [Piece(code, styles, ready=True, code=True)] if (code := " ".join(text.split())) else []
        made += [Piece(before), *words, Piece(after)]
    return made


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
            yield f"{EDGE}{held}{EDGE}" if child.tag in blocks else held
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
