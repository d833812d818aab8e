"""The manual page of a message: words for editors, then examples in a form that the tests run.

An example is one line (`Bad: words`), lines of an essay indented below `Bad:`, or lines of a file below
`Bad, in comments.md:`; `and in people/jane.md:` adds another file to it. `Good` begins one in which nothing is said.
"""

from __future__ import annotations

import inspect
import re
import textwrap
from dataclasses import dataclass
from itertools import pairwise

_HEAD = re.compile(r"^(?P<label>Bad|Good|and)(?:,? in (?P<path>[\w./-]+))?:(?: (?P<line>.+))?$")
_ESCAPED = re.compile(r"\\u([0-9a-f]{4})")


@dataclass(frozen=True, slots=True)
class Example:
    """A book with a fault, or without; `files` holds paths with their texts, and the path is empty for an essay's text.

    A file's text is a whole file, or keys that replace others of the same name.
    """

    good: bool
    files: tuple[tuple[str, str], ...]


def parts(page: str) -> tuple[str, str]:
    r"""Return the words of a page on one line, and its examples as written, an empty line after each of many lines.

    >>> parts("Books keep\nto one sign.\n\nBad: And then...\nGood: And then…")
    ('Books keep to one sign.', 'Bad: And then...\nGood: And then…')
    """
    lines = inspect.cleandoc(page).split("\n")
    first = next((number for number, line in enumerate(lines) if _HEAD.match(line)), len(lines))
    shown = re.sub(r"(?<=\n)( .*\n)(?=Bad|Good)", r"\1\n", "\n".join(lines[first:]).strip())
    return " ".join(" ".join(lines[:first]).split()), shown


def examples(page: str) -> tuple[Example, ...]:
    r"""Return the examples of a page; `\u00ad` in them stands for that sign.

    >>> examples("Words.\n\nBad, in comments.md:\n    ---\n    comment: 1\n    ---\n")
    (Example(good=False, files=(('comments.md', '---\ncomment: 1\n---'),)),)
    """
    made: list[Example] = []
    for found, text in _blocks(parts(page)[1].split("\n")):
        file = (found["path"] or "", text)
        if found["label"] == "and":
            made[-1] = Example(made[-1].good, (*made[-1].files, file))
        else:
            made.append(Example(found["label"] == "Good", (file,)))
    return tuple(made)


def _blocks(lines: list[str]) -> list[tuple[re.Match[str], str]]:
    heads = [number for number, line in enumerate(lines) if _HEAD.match(line)]
    blocks = []
    for first, stop in pairwise([*heads, len(lines)]):
        found = _HEAD.match(lines[first])
        assert found is not None, "it is a head"  # noqa: S101 - for the type checker
        text = found["line"] or textwrap.dedent("\n".join(lines[first + 1 : stop])).strip("\n")
        blocks.append((found, _ESCAPED.sub(lambda sign: chr(int(sign[1], 16)), text)))
    return blocks
