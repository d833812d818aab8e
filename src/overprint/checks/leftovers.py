"""Rules on what an import, a web page or an editor's own work left in the text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from overprint.checks.prose import FILL, prose
from overprint.checks.rules import Rules, Say
from overprint.checks.texts import printed
from overprint.diagnostics import Diagnostic, Place, Severity
from overprint.model import Essay, Manuscript

RULES = Rules[Manuscript]()
WARNING, HINT = Severity.WARNING, Severity.HINT
HEAD = 3
"""How many blocks at an essay's head may repeat what its keys say."""
LONGEST = 300


def _plain(words: str) -> str:
    """Return words without marks, so that `# *On* Bees.` is `on bees`."""
    return " ".join(re.findall(r"[^\W_]+", words.casefold()))


def _head(essay: Essay) -> Iterator[tuple[Place, str]]:
    made = prose(essay.body)
    for block in made.blocks[:HEAD]:
        if block.end - block.start < LONGEST:
            yield made.place(block.start), made.words[block.start : block.end]


@RULES.rule("M223", WARNING, "the text begins with its own title", "delete it here: the book sets it above the text")
def title_again(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """The title stands in `title:` and the book sets it.

    A line with the same words below it comes from the page where the essay appeared, and would be printed as well.

    Bad:
        # On Bees

        Bees are busy.
    Good:
        On bees I can say little. Bees are busy.
    """
    for essay in manuscript.essays:
        title = _plain(essay.title)
        for place, words in list(_head(essay))[:1]:
            if title and _plain(words) == title:
                yield say(place)


@RULES.rule("M220", WARNING, "this line says who wrote the essay", "delete it: the book prints the name by itself")
def byline(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """The names in `authors:` are printed under the title. A line such as “By Ada Quill” would say it again.

    Bad:
        By Ada Quill

        Bees are busy.
    Good:
        Ada Quill said once that bees are busy.
    """
    for essay in manuscript.essays:
        names = {_plain(manuscript.people[author].name) for author in essay.authors if author in manuscript.people}
        for place, words in _head(essay) if names else ():
            said = _plain(words)
            if said and re.sub(r"^(?:written )?by ", "", said) in names:
                yield say(place)


_CUT = re.compile(
    r"(?:\[(?:…|\.\.\.|&hellip;)\]"
    r"|(?:continue reading|keep reading|read (?:the )?(?:more|rest|full|whole))\b[^\n]{0,80})\Z",
    re.IGNORECASE,
)


@RULES.rule("M228", HINT, "the essay ends with “{words}”", "check that its end is not missing")
def cut_off(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Feeds and some exports hold only the beginning of a text. If you cut the end yourself, all is well.

    Bad: Bees are busy, and wasps […]
    Good: Bees are busy, and wasps […] are too.
    """
    for essay in manuscript.essays:
        made = prose(essay.body)
        running = [block for block in made.blocks if block.shape != "note"]
        for block in running[-1:]:
            if found := _CUT.search(made.words[block.start : block.end].rstrip(f" *_»›→>{FILL}")):
                yield say(made.place(block.start + found.start()), words=found[0][:60])


_FIRST = re.compile(
    r"\W*(?:(?:this|the|an? (?:earlier |longer |shorter )?version of (?:this|the)) )?"
    r"(?:essay |article |piece |post |review |story |text )?(?:was |has been )?"
    r"(?:(?:first|originally|previously) (?:published|appeared|posted|printed)"
    r"|(?:published|appeared) (?:first|originally)) (?:in|at|on|by)\b[^\n]{1,150}",
    re.IGNORECASE,
)


@RULES.rule("M229", HINT, "this line says where the essay first appeared", "put it in `source:`, and delete it here")
def first_appeared(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """The book says where each essay first appeared, in the same way for all, from the keys below `source:`.

    Bad:
        Bees are busy.

        *This essay was first published in The Hive, 12 March 2014.*
    Good:
        Bees were first published in maps. Later they were busy.

        They are out from the morning to the evening.
    """
    for essay in manuscript.essays:
        made = prose(essay.body)
        for block in {block.start: block for block in (*made.blocks[:2], *made.blocks[-3:])}.values():
            words = made.words[block.start : block.end].strip()
            if block.shape == "text" and len(words) < 200 and _FIRST.fullmatch(words) and ". " not in words[:-1]:
                yield say(made.place(block.start))


_SPACER = re.compile(r"^[ \t>]*(?:(?:&nbsp;|&#160;|\u00a0|<br ?/?>|\\)[ \t]*)+$", re.MULTILINE)


@RULES.rule("M213", WARNING, "this line holds nothing but a space", "delete it; write `***` where a break is meant")
def spacer(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    r"""On web pages an empty paragraph makes room. A book has its own spaces, and a wide gap would look like a mistake.

    Bad:
        Bees are busy.

        &nbsp;

        Wasps are too.
    Bad:
        Bees are busy.

        \u00a0

        Wasps are too.
    Good:
        Bees are busy.

        ***

        Wasps are too.
    """
    for text in printed(manuscript):
        value = text.value
        if "\u00a0" in value or "&nbsp;" in value or "&#160;" in value or "<br" in value or "\\\n" in value:
            made = prose(text)
            for found in _SPACER.finditer(value):
                before, after = value[: found.start()].rstrip(" >"), value[found.end() :].lstrip(" >")
                alone = before[-2:] in {"", "\n\n"} and after[:2] in {"", "\n", "\n\n"}
                if alone and not _is_code(made.words, found):
                    yield say(made.place(found.start()))


def _is_code(words: str, found: re.Match[str]) -> bool:
    return "<" not in found[0] and FILL in words[found.start() : found.end()]


_SHOUTED = ("TODO", "XXXX", "TBC", "TBD", "Lorem ipsum")
_WORD = re.compile(rf"\b(?:{'|'.join(_SHOUTED)})X*\b(?!-)")
_BRACKETED = re.compile(
    r"\[(?:[Cc]heck|CHECK|\?+|[Ss]ource\?+|[Dd]ate\?+|[Nn]ame\?+|TK|tk|[Qq]uery|[Cc]itation needed|[Ii]nsert )"
    rf"[^\]\n]{{0,60}}\](?![({FILL}\[])"
)


@RULES.rule("M423", WARNING, "“{words}” looks like a note to yourself", "settle it, or delete it")
def note_to_self(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """What an editor writes into a text to come back to it must not be printed.

    To keep such a note, write it as `<!-- check this -->`, which is in no book.

    Bad: Bees came here in 1822 [check date] and stayed.
    Bad: TODO: ask about the wax.
    Good: Bees came here in 1822 [sic] and stayed. <!-- TODO: ask about the wax. -->
    """
    for essay in manuscript.essays:
        for key, value in (("title", essay.title), ("subtitle", essay.subtitle), ("abstract", essay.abstract)):
            yield from (say(essay.at(key), words=found[0]) for found in _queries(value, value))
    for text in printed(manuscript):
        if "[" in text.value or any(word in text.value for word in _SHOUTED):
            made = prose(text)
            yield from (say(made.place(found.start()), words=found[0]) for found in _queries(text.value, made.words))


def _queries(value: str, words: str) -> Iterator[re.Match[str]]:
    yield from _BRACKETED.finditer(words)
    if any(word in value for word in _SHOUTED):
        yield from _WORD.finditer(words)
