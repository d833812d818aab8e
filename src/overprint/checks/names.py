"""Rules on names: people and works that stand in two ways in one text."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

from overprint.checks.prose import Prose, prose
from overprint.checks.rules import Rules, Say
from overprint.diagnostics import Diagnostic, Severity
from overprint.model import Manuscript

RULES = Rules[Manuscript]()
HINT = Severity.HINT
_LETTER = r"[^\W\d_]"
_FULL = re.compile(rf"([A-Z]{_LETTER}+)(?= (?:[A-Z]\. )?([A-Z]{_LETTER}{{3,}})\b(?!’[a-rt-z]))")
_ENDINGS = ("s", "n", "r", "d", "ed", "es", "er", "an")
"""What English adds to a word: “Daniel Craig” and “Daniel Craigs” are no misspelling."""


@RULES.rule(
    "M411", HINT, "“{name}” stands here, and “{other}” elsewhere", "check which is right, and write it so in both"
)
def two_spellings(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """A person's name that differs by one letter from place to place is a slip in one of them.

    If they are two people, leave it.

    Bad: Spike Jonze made it. Only Spike Jonz could do it.
    Good: Spike Jonze made it. Only Spike Jonze could, with John Smith and Joan Smythe.
    """
    for essay in manuscript.essays:
        made = prose(essay.body)
        found: dict[tuple[str, str], int] = {}
        counts: Counter[tuple[str, str]] = Counter()
        for name in _FULL.finditer(made.words):
            if not made.words[max(0, name.start() - 1) : name.start()].isalpha():
                found.setdefault((name[1], name[2]), name.start())
                counts[name[1], name[2]] += 1
        for rare, common in _alike(found):
            if re.search(rf"\b{rare[0].lower()}\b", made.words):  # a word that begins a sentence
                continue
            if (counts[rare], -found[rare]) > (counts[common], -found[common]):
                rare, common = common, rare
            yield say(made.place(found[rare]), name=" ".join(rare), other=" ".join(common))


def _alike(names: dict[tuple[str, str], int]) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    by_first: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
    for name in names:
        by_first[name[0]].append(name)
    for same in by_first.values():
        for number, name in enumerate(same):
            yield from ((other, name) for other in same[:number] if _is_slip(name[1], other[1]))


def _is_slip(one: str, other: str) -> bool:
    """Tell whether two words differ by one letter, or by two that changed places.

    >>> _is_slip("Jonze", "Jonz"), _is_slip("Kaufman", "Kuafman"), _is_slip("Craig", "Craigs"), _is_slip("Hall", "Hill")
    (True, True, False, False)
    """
    short, long = sorted((one, other), key=len)
    if len(long) < 5 or len(long) - len(short) > 1 or long in {short + ending for ending in _ENDINGS}:
        return False
    head = next((place for place, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(short) < len(long):
        return short[head:] == long[head + 1 :]
    swapped = short[:head] + short[head : head + 2][::-1] + short[head + 2 :]
    return swapped == long or short[head + 1 :] == long[head + 1 :]


_EMPHASISED = re.compile(r"([*_])([A-Z][^*_\n]{2,79})(?<!\s)\1(?![*\w])")
_WORK = re.compile(r"[A-Z]\S*(?: \S+)* [A-Z]\S*[^\s.,;:!?’]")


@RULES.rule("M416", HINT, "“{title}” stands here without stars, and with them elsewhere", "write `*{title}*` here too")
def work_without_emphasis(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """The titles of films, books and the like are set in italics throughout an essay, or not at all.

    Bad: I saw *Being John Malkovich* twice; *Being John Malkovich* is odd. Nobody else saw Being John Malkovich.
    Good: I saw *Being John Malkovich* twice; *Being John Malkovich* is odd. I saw Malkovich, too.
    """
    for essay in manuscript.essays:
        if "*" not in essay.body.value and "_" not in essay.body.value:
            continue
        made = prose(essay.body)
        marked = Counter(found[2] for found in _EMPHASISED.finditer(made.words) if _WORK.fullmatch(found[2]))
        for title, times in marked.items():
            bare = [] if times < 2 else list(_bare(made, title))
            if 0 < len(bare) < times:
                yield from (say(made.place(offset), title=title) for offset in bare)


def _bare(made: Prose, title: str) -> Iterator[int]:
    """Yield where a title stands as plain words: not in emphasis, a link, quotation marks or a heading."""
    headings = [(block.start, block.end) for block in made.blocks if block.shape == "heading"]
    for found in re.finditer(rf"(?<![\w*_\[“‘]){re.escape(title)}(?![\w*_\]”]| ?[*_])", made.words):
        if not any(start <= found.start() < end for start, end in headings):
            yield found.start()
