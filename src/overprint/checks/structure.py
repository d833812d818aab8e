"""Rules on the form of a text: notes, tables, lists and code."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from overprint.checks.prose import FILL, prose
from overprint.checks.rules import Rules, Say
from overprint.checks.texts import printed
from overprint.diagnostics import Diagnostic, Severity
from overprint.model import Manuscript

RULES = Rules[Manuscript]()
ERROR, WARNING, HINT = Severity.ERROR, Severity.WARNING, Severity.HINT


_NOTE = re.compile(r"\[\^([^\s\[\]]+)\]:")


@RULES.rule("M208", ERROR, "there are two notes `[^{label}]`", "give each its own number; only the first is printed")
def same_note(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """A call such as `[^1]` leads to one note. The second of two with one name would be lost.

    Bad:
        Bees are busy.[^1] Wasps are too.[^1]

        [^1]: Most of them.

        [^1]: All of them.
    Good:
        Bees are busy.[^1] Wasps are too.[^2]

        [^1]: Most of them.

        [^2]: All of them.
    """
    for text in printed(manuscript):
        if text.value.count("]:") < 2:
            continue
        made, seen = prose(text), set[str]()
        for block in made.blocks:
            found = _NOTE.search(text.value, block.start, block.end) if block.shape == "note" else None
            if found and found[1] in seen:
                yield say(made.place(found.start()), label=found[1])
            elif found:
                seen.add(found[1])


_MARK = re.compile(r"[ \t]*(?P<quote>(?:> ?)*)[ \t]*(?:(?:[-+*]|\d{1,9}[.)])[ \t]+)?(?P<mark>`{3,}|~{3,})(?P<info>.*)")


def _fences(text: str) -> Iterator[tuple[int, int]]:
    """Yield the first and last line of each block between fences; the last is -1 where the fence is never closed."""
    if "```" not in text and "~~~" not in text:
        return
    mark, first, quoted = "", 0, False
    for number, line in enumerate(text.split("\n")):
        if mark and quoted and not line.lstrip().startswith(">"):  # the quotation ends, and the code in it
            yield first, number - 1
            mark = ""
        found = _MARK.match(line)
        if found is None:
            continue
        if not mark and not (found["mark"][0] == "`" and "`" in found["info"]):
            mark, first, quoted = found["mark"], number, bool(found["quote"])
        elif mark and found["mark"].startswith(mark) and not found["info"].strip():
            yield first, number
            mark = ""
    if mark:
        yield first, -1


@RULES.rule("M215", WARNING, "a block of code begins here and never ends", "write the same line below its last line")
def fence_open(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Three backticks, or three tildes, open a block that is set as typed.

    Without a second such line all that follows is in it: the headings, the notes and the rest of the essay.

    Bad:
        It prints:

        ```
        hello

        And so on.
    Good:
        It prints:

        ```
        hello
        ```

        And so on.
    """
    for text in printed(manuscript):
        for first, last in _fences(text.value):
            if last < 0:
                yield say(text.place.moved(first, 1))


@RULES.rule("M214", WARNING, "the columns of this table have no heads", "write a word for each in its first line")
def table_without_head(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """The first line of a table names its columns. A screen reader says the name before each value.

    Bad:
        |      |    |
        |------|----|
        | Bees | 12 |
    Good:
        | Kind | Number |
        |------|--------|
        | Bees | 12     |
    """
    for text in printed(manuscript):
        if "|" in text.value:
            made = prose(text)
            for block in made.blocks:
                head = text.value[block.start : block.end].partition("\n")[0]
                if block.shape == "table" and not head.strip(" \t|>"):
                    yield say(made.place(block.start))


_BULLET = re.compile(r"^[ \t>]*([•‣▪●◦∙])\s*\w", re.MULTILINE)


@RULES.rule("M225", WARNING, "this list is made with the sign {sign}", "begin each of its lines with `- `")
def typed_bullet(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Lines that begin with a bullet are set one after the other as a paragraph.

    Markdown makes a list of lines that begin with a hyphen and a space.

    Bad:
        • Honey
        • Wax
    Good:
        - Honey
        - Wax
    """
    for text in printed(manuscript):
        if any(sign in text.value for sign in "•‣▪●◦∙"):
            made = prose(text)
            for block in made.blocks:
                if found := _BULLET.search(made.words, block.start, block.end):
                    yield say(made.place(found.start(1)), sign=found[1])


_INDENTED = re.compile(r"(?:\A|\n[ \t]*\n)((?: {4,}|\t)[ \t]*)(?=[A-Z“‘\"'])([^\n{};=<>`()]+)")


@RULES.rule("M226", WARNING, "this paragraph is indented, so it is set as code", "delete the spaces before it")
def indented_prose(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    r"""Four spaces or a tab at the head of a paragraph mean code, which is set as typed in another typeface.

    The books indent paragraphs by themselves. A quotation begins with `> `.

    Bad:
        Bees are busy.

            They are out from the morning to the evening.
    Good:
        Bees are busy.

            honey = [wax]
    """
    for text in printed(manuscript):
        if "\n    " not in text.value and "\t" not in text.value and text.value[:1] not in " \t":
            continue
        made = prose(text)
        fences = tuple(_fences(text.value))
        for found in _INDENTED.finditer(text.value):
            start = found.start(2)
            line = text.value.count("\n", 0, start)
            fenced = any(first < line and (line < last or last < 0) for first, last in fences)
            if made.words[start] == FILL and len(found[2].split()) > 4 and not fenced:
                yield say(made.place(start))


_LONGEST = 45
_PROBE = re.compile(r"[0-9_]\S{20}")
_LONG = re.compile(rf"[^\s{FILL}|/—–…\[\]()-]{{{_LONGEST},}}")


@RULES.rule("M419", HINT, "“{start}…” is {count} characters without a space", "break it, or check what it is")
def unbreakable(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """A printed line cannot break inside such a string, so it would stick out of the page.

    It is most often something that a computer wrote. Addresses and long words, which overprint divides by itself,
    are left alone.

    Bad: The key is 4f6a0c1e9b7d52c38e1f6a7b9c0d1e2f3a4b5c6d7e8f9012.
    Good: The key is https://example.org/4f6a0c1e9b7d52c38e1f6a7b9c0d1e2f3a4b5c6d7e8f9012.
    """
    for text in printed(manuscript):
        if _PROBE.search(text.value):
            made = prose(text)
            for found in _LONG.finditer(made.words):
                if Counter(map(str.isalpha, found[0]))[True] < len(found[0]) - 4:
                    yield say(made.place(found.start()), start=found[0][:20], count=len(found[0]))
