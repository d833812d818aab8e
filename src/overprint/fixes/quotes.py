"""Straight quotation marks → those of the text's language, as the books set them.

A paragraph is read without its markup, as the typesetter reads it. A mark whose partner is missing stays as it is, for
only its writer knows where the quotation ends.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator

from overprint.checks.prose import FILL, Block
from overprint.fixes.passage import Edits, Found, Passage
from overprint.fixes.sheet import Edit
from overprint.markup.typography import Profile, Run, profile, typeset

PIECE = re.compile(rf"(?P<hidden>{FILL}+)|(?P<quote>[\"'])|(?P<marks>\*+|_+)|\](?={FILL})")
HIDDEN = re.compile(
    r"(?P<escaped>(?:\\[^\w\s])+)|(?P<code>(`+).+?(?<!`)\3(?!`))|(?P<url>h|w|<?(?:https?:|[\w.+-]+@))?(?:[^\\`]+|.)",
    re.S,
)
"""What stands for a word where something is hidden: an escaped sign, code or an address; the rest is markup."""
MARK = re.compile(r"[\"'“”„«»]")
AFTER_NUMBER = re.compile(r"(?<=\d)(?:\"|'(?![^\W\d_]))")
"""A mark that may measure feet and inches: no finding by itself, but it may end a quotation."""
SPACES = " \u00a0\u202f\n"


def curly(there: Passage, found: Found) -> Iterator[tuple[int, Edits]]:
    """Set straight marks by the language of the passage: both marks of a quotation, or neither."""
    practice = profile(there.language)
    places = sorted(found)
    opens_next = False
    for block in reversed(there.prose.blocks):
        has_some = bisect_left(places, block.start) < bisect_left(places, block.end)
        signs = _set(there, block, practice) if has_some else {}
        pairs, alone = _paired(there.words, block, signs, practice)
        mended = {}
        for at in signs.keys() & found.keys():
            mate = pairs.get(at, at)
            complete = at not in alone or (opens_next and signs[at] in practice.openers)
            if complete and (mate in found or AFTER_NUMBER.match(there.words, mate)):
                mended[at] = tuple(Edit(each, each + 1, signs[each]) for each in sorted({at, mate}))
        yield from ((at, mended[at]) for at in sorted(mended) if not AFTER_NUMBER.match(there.words, at))
        opens_next = _opens(there.words, block, mended.keys(), practice)


def _opens(words: str, block: Block, mended: Collection[int], practice: Profile) -> bool:
    """Tell whether a block begins with a mark that opens, so that the quotation before it may run on."""
    first = MARK.search(words, block.start, block.end)
    if not first or words[block.start : first.start()].strip(" *_["):
        return False
    return first.start() in mended or first[0] in practice.openers


def _set(there: Passage, block: Block, practice: Profile) -> dict[int, str]:
    """Return what each straight mark of a block becomes, by its offset."""
    runs: list[Run] = []
    marks: dict[int, int] = {}
    done = block.start
    for found in PIECE.finditer(there.words, block.start, block.end):
        runs.append(Run(there.words[done : found.start()]))
        done = found.end()
        if found["quote"]:
            marks[len(runs)] = found.start()
            runs.append(Run(found[0]))
        elif found["hidden"]:
            runs += _hidden(there.source[found.start() : found.end()])
        elif found["marks"] and not _is_markup(
            there.words[found.start() - 1 : found.start()], found[0], there.words[done : done + 1]
        ):
            runs.append(Run(found[0]))
    runs.append(Run(there.words[done : block.end]))
    new = typeset(runs, practice)
    made = {at: new[number].strip(SPACES) for number, at in marks.items()}
    return {at: sign for at, sign in made.items() if len(sign) == 1 and sign != there.words[at]}


def _hidden(source: str) -> Iterator[Run]:
    for found in HIDDEN.finditer(source):
        if found["escaped"]:
            yield Run(found[0][1::2])
        elif found["code"] or found["url"]:
            yield Run(found[0], verbatim=True)


def _is_markup(before: str, marks: str, after: str) -> bool:
    """Tell whether stars or underscores set off a word: they touch one, and an underscore is not inside one."""
    inside = before.isalnum() and after.isalnum()
    return not (before.strip() == "" == after.strip()) and not (marks[0] == "_" and inside)


def _paired(words: str, block: Block, signs: dict[int, str], practice: Profile) -> tuple[dict[int, int], set[int]]:
    """Return the marks that belong together, each by the other's offset, and those that lack their partner."""
    pairs: dict[int, int] = {}
    alone: set[int] = set()
    waiting: dict[bool, list[int]] = {True: [], False: []}
    for found in MARK.finditer(words, block.start, block.end):
        at, double = found.start(), found[0] != "'"
        sign = signs.get(at, found[0])
        if sign in practice.openers:
            waiting[double].append(at)
        elif sign in practice.closers and (double or not words[at + 1 : at + 2].isalnum()):
            if waiting[double]:
                mate = waiting[double].pop()
                if at in signs and mate in signs:
                    pairs |= {at: mate, mate: at}
            elif double:
                alone.add(at)
    return pairs, (alone | set(waiting[True]) | set(waiting[False])) & set(signs)
