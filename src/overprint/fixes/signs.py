"""Spaces, dots, invisible signs, misread signs and addresses: what can be mended without touching a word."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from string import ascii_letters, digits, whitespace

from overprint.diagnostics import Diagnostic
from overprint.fixes.misread import INVISIBLE, repaired
from overprint.fixes.passage import Passage, each, facts
from overprint.fixes.sheet import Edit

SPACES = re.compile(r"(?<=[^\s|])[ \u00a0]{2,}+(?=[^\s|])")
LOOSE = re.compile(r"(?<=[^\s.|])[ \u00a0\u202f]++(?=[,.;:!?](?![ .]*\.)(?:\s|$|[”’]))", re.MULTILINE)
DOTS = re.compile(r"(?<![./\\])(?:(\.{3})(\.?)|\. \. \.)(?![./\\])")
# In these scripts an invisible sign parts words or chooses the shape of a letter.
AT_WORK = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u18af]")
ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
MARKS = frozenset("<>*_[]`\\~#|{}")
"""Signs that Markdown reads as markup; they stand for themselves after a backslash."""
TRACKING = re.compile(r"(?<=[?&;])(?:utm_\w+|fbclid|gclid|mc_cid|mc_eid|igshid|msclkid)=[^&#]*", re.IGNORECASE)
NEXT, BEFORE = re.compile(r"&(?:amp;)?"), re.compile(r"(?:\?|&amp;|&)\Z")


@each
def one_space(there: Passage, at: int, said: Diagnostic) -> Iterator[Edit]:
    """Leave one space of several."""
    if found := SPACES.match(there.words, at):
        yield Edit(at, found.end(), " ")


@each
def no_space(there: Passage, at: int, said: Diagnostic) -> Iterator[Edit]:
    """Close a sign up to its word."""
    if found := LOOSE.match(there.words, at):
        yield Edit(at, found.end(), "")


@each
def no_invisible(there: Passage, at: int, said: Diagnostic) -> Iterator[Edit]:
    """Take an invisible sign away."""
    if there.words[at] in INVISIBLE and not AT_WORK.search(there.words[max(0, at - 1) : at + 2]):
        yield Edit(at, at + 1, "")


@each
def no_hidden(there: Passage, at: int, said: Diagnostic) -> Iterator[Edit]:
    """Take a sign away that the finding itself names."""
    yield Edit(at, at + 1, "")


@each
def ellipsis(there: Passage, at: int, said: Diagnostic) -> Iterator[Edit]:
    """Set three dots as one sign."""
    if found := DOTS.match(there.words, at):
        yield Edit(at, found.end(), "…" + (found[2] or ""))


@each
def encoding(there: Passage, at: int, said: Diagnostic) -> Iterator[Edit]:
    """Read misread signs anew."""
    wrong = facts(said)["it"]
    meant = repaired(wrong)
    if there.words.startswith(wrong, at) and meant != wrong and _is_fit(meant):
        yield Edit(at, at + len(wrong), meant)


def _is_fit(sign: str) -> bool:
    return all(char.isprintable() or char in INVISIBLE or unicodedata.category(char) == "Zs" for char in sign)


@each
def entity(there: Passage, at: int, said: Diagnostic) -> Iterator[Edit]:
    """Write the sign itself for the name that web pages have for it."""
    found = ENTITY.match(there.words, at)
    if not found:
        return
    sign = html.unescape(html.unescape(found[0]))
    line = there.source[there.source.rfind("\n", 0, at) + 1 :].partition("\n")[0]
    if sign in ascii_letters + digits + whitespace or not _is_fit(sign):
        return
    after = there.source[found.end() : found.end() + 1]
    bare = sign in "<>" and (after.isspace() or after.isdigit()) and bool(line.partition(found[0])[0].strip(" >"))
    yield Edit(at, found.end(), f"\\{sign}" if sign in MARKS and not bare else sign)


@each
def no_tracking(there: Passage, at: int, said: Diagnostic) -> Iterator[Edit]:
    """Take the part of an address away that names where its reader came from."""
    for offset, address in there.prose.addresses:
        start = there.source.find(address, offset)
        if start <= at < start + len(address) and (found := TRACKING.match(there.source, at, start + len(address))):
            following = NEXT.match(there.source, found.end(), start + len(address))
            before = BEFORE.search(there.source, start, at)
            if following:
                yield Edit(at, following.end(), "")
            elif before:
                yield Edit(before.start(), found.end(), "")
            return
