"""Rules on headings: their ranks, numbers, names and words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from overprint.checks.prose import Block, Prose, prose
from overprint.checks.rules import Rules, Say
from overprint.diagnostics import Diagnostic, Place, Severity
from overprint.model import Manuscript, Text

RULES = Rules[Manuscript]()
WARNING, HINT = Severity.WARNING, Severity.HINT
ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50}


@dataclass(frozen=True, slots=True)
class _Heading:
    """A heading of an essay: its depth, its words with the number, and the name in `{#…}`."""

    place: Place
    block: Block
    level: int
    words: str
    name: str


def _bodies(manuscript: Manuscript) -> Iterator[Prose]:
    return (prose(essay.body) for essay in manuscript.essays)


_HASHES = re.compile(r"[ >]*(#{1,6})(?=\s|$)\s*")
_NAME = re.compile(r"\s*\{#([A-Za-z][\w-]*)\}\s*$")


@lru_cache(maxsize=1024)
def _headings(text: Text) -> tuple[_Heading, ...]:
    return tuple(_found(prose(text)))


def _found(made: Prose) -> Iterator[_Heading]:
    for block in made.blocks:
        if block.shape == "heading" and not block.quoted:
            line = made.source.value[block.start : block.end]
            hashes, named = _HASHES.match(line), _NAME.search(line)
            words = line[hashes.end() if hashes else 0 : named.start() if named else None].strip()
            level = len(hashes[1]) if hashes else 2
            yield _Heading(made.place(block.start), block, level, words, named[1] if named else "")


@RULES.rule("M204", WARNING, "two headings have the name `{{#{name}}}`", "give this one another name")
def same_name(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """A name such as `{#honey}` after a heading is for links to it. A link can only lead to the first of two.

    Bad:
        ## Honey {#sweet}

        It is sweet.

        ## Wax {#sweet}

        It is not.
    Good:
        ## Honey {#honey}

        It is sweet.

        ## Wax {#wax}

        It is not.
    """
    for made in _bodies(manuscript):
        seen: set[str] = set()
        for heading in _headings(made.source):
            if heading.name and heading.name in seen:
                yield say(heading.place, name=heading.name)
            seen.add(heading.name)


_NUMBER = re.compile(r"(?:([0-9]{1,2})|([IVXL]{1,6}))\.\s+\S")


@RULES.rule(
    "M212", WARNING, "this heading has the number {number} and the one before it {before}", "check that none is missing"
)
def numbers_skip(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Numbered sections count up by one, or down by one. A gap most often means that a heading was lost on the way.

    Bad:
        ## 1. Honey

        It is sweet.

        ## 3. Wax

        It is not.
    Good:
        ## 1. Honey

        It is sweet.

        ### 1. Colour

        It is gold.

        ## 2. Wax

        It is not.
    """
    for made in _bodies(manuscript):
        last: dict[int, int] = {}
        for heading in _headings(made.source):
            last = {level: number for level, number in last.items() if level <= heading.level}
            found = _NUMBER.match(heading.words)
            if found is None:
                continue
            number, before = int(found[1] or _roman(found[2])), last.get(heading.level)
            if before is not None and abs(number - before) != 1:
                yield say(heading.place, number=number, before=before)
            last[heading.level] = number


def _roman(letters: str) -> int:
    values = [ROMAN[letter] for letter in letters] + [0]
    return sum(-one if one < after else one for one, after in pairwise(values))


@RULES.rule("M221", WARNING, "there is no text below the heading “{words}”", "write it, or delete the heading")
def section_without_text(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """A heading that another of its rank follows at once, or that ends the essay, heads nothing.

    Perhaps its text was lost, or belongs to the page where the essay appeared, as “Related posts” does.

    Bad:
        ## Honey

        ## Wax

        It is not sweet.
    Good:
        ## The hive

        ### Honey

        It is sweet.
    """
    for made in _bodies(manuscript):
        headings = {heading.block.start: heading for heading in _headings(made.source)}
        if not headings:
            continue
        running = [block for block in made.blocks if block.shape != "note"]
        end = Block(len(made.words), len(made.words), "heading", False)
        for block, after in pairwise([*running, end]):
            heading, following = headings.get(block.start), headings.get(after.start)
            if heading and (after is end or (following and following.level <= heading.level)):
                between = made.words[block.end : after.start]
                if not _HASHES.match(made.source.value, block.start):  # the line below it made it a heading
                    between = between.strip("\n").partition("\n")[2]
                if not between.strip(" >\n"):
                    yield say(heading.place, words=heading.words[:60])


@RULES.rule(
    "M222", HINT, "“{words}” is in capitals", "write it in small letters; the theme sets capitals where it wants"
)
def capitals(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Headings in capitals come from web pages that had no other way to make them large.

    In the contents and in library catalogues they shout, and some screen readers spell them out.

    Bad:
        ## THE KEEPING OF BEES

        It is easy.
    Good:
        ## NASA and the keeping of bees

        It is easy.
    """
    for essay in manuscript.essays:
        headings = ((heading.place, heading.words) for heading in _headings(essay.body))
        for place, words in ((essay.at("title"), essay.title), *headings):
            if words.isupper() and sum(map(str.isalpha, words)) >= 10 and " " in words:
                yield say(place, words=words[:60])


@RULES.rule("M224", WARNING, "a line of this comment is set as a heading", "write `\\#` for the sign itself")
def heading_in_comment(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    r"""Writers of comments begin a line with # for a number or a tag.

    In Markdown such a line is a heading, and would stand among the essay's own.

    Bad, in comments.md:
        ---
        comment: 1
        author: Rowan Tull
        include: yes
        ---

        # 1 is wrong.

        I keep wasps.
    Good, in comments.md:
        ---
        comment: 1
        author: Rowan Tull
        include: yes
        ---

        \# 1 is wrong.

        I keep wasps.
    """
    for essay in manuscript.essays:
        for comment in essay.comments:
            if comment.include and "#" in comment.body.value:
                yield from (say(heading.place) for heading in _headings(comment.body))
