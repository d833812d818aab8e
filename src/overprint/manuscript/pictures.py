"""The pictures of an imported text: found where its Markdown names them, and named anew as files of the essay."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

PICTURE = (
    r"!\[(?P<alt>(?:[^\[\]\\]|\\.|\[[^\[\]]*\])*)\]"
    r"\(\s*(?:<(?P<held>[^<>\n]*)>|(?P<source>(?:[^\s<>()]|\([^\s<>()]*\))+))(?P<title>\s+(?:\"(?:[^\"\\]|\\.)*\"|'[^'\n]*'))?\s*\)"
    r"(?P<attributes>\{[^{}\n]*\})?"
)
MARKS = re.compile(
    # Code, in which nothing is a picture, then a picture, or a link with nothing but a picture in it.
    r"^ {0,3}(?P<fence>`{3,}|~{3,})[^\n]*\n(?:.*?^ {0,3}(?P=fence)[`~]*[ \t]*$|.*)"
    r"|(?P<ticks>`+)(?!`)(?:(?!\n[ \t]*\n).)+?(?<!`)(?P=ticks)(?!`)|\\."
    rf"|(?P<open>\[\s*)?{PICTURE}(?(open)\s*(?P<close>\]\((?:[^\s()]|\([^\s()]*\))*(?:\s+\"[^\"\n]*\")?\)(?:\{{[^{{}}\n]*\}})?))",
    re.MULTILINE | re.DOTALL,
)

LEADING = re.compile(
    r"(?P<marks>[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+[ \t>]*)*)(?P<remarks>(?:<!-- picture (?:(?!-->).)* -->[ \t]*)+)"
    r"(?P<words>.*?)(?P<end>\\|[ \t]*)"
)
BREAK = re.compile(r"\\$| {2,}$")


@dataclass(frozen=True, slots=True)
class Missing:
    """A picture that is not at hand: its address, the file name it should get, and why it is not to be had at all."""

    url: str
    name: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Pictures:
    """The pictures of an essay, by the words that name them in its text.

    Attributes:
        names: file in `images/` by the source's words.
        files: bytes to write by file name; what is there already is not among them.
        missing: by the source's words.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    files: Mapping[str, bytes] = field(default_factory=dict)
    missing: Mapping[str, Missing] = field(default_factory=dict)


NONE = Pictures()


def sources(markdown: str) -> Iterator[str]:
    """Yield the words that name pictures, in their order.

    >>> list(sources("![A bee](https://example.org/bee.png) and `![code](no.png)`"))
    ['https://example.org/bee.png']
    """
    for found in MARKS.finditer(markdown) if "![" in markdown else ():
        if found["alt"] is not None:
            yield found["held"] or found["source"] or ""


def without(markdown: str, unwanted: re.Pattern[str]) -> str:
    """Return the text without the pictures whose source matches, links that hold nothing else included.

    >>> without("Jane ![](https://example.org/jane.png) wrote", re.compile("jane"))
    'Jane  wrote'
    """

    def keep(found: re.Match[str]) -> str:
        return "" if found["alt"] is not None and unwanted.search(found["held"] or found["source"] or "") else found[0]

    return MARKS.sub(keep, markdown) if "![" in markdown else markdown


def placed(markdown: str, pictures: Pictures) -> str:
    """Return the text with its pictures named as files; one that is not at hand waits in a remark that is not printed.

    >>> missing = Missing("https://a.org/bee.png", "bee.png")
    >>> placed("![A bee](https://a.org/bee.png)", Pictures(missing={missing.url: missing}))
    '<!-- picture to fetch: save https://a.org/bee.png as images/bee.png and leave this: ![A bee](images/bee.png) -->'
    """

    def place(found: re.Match[str]) -> str:
        if found["alt"] is None:
            return found[0]
        source = found["held"] or found["source"] or ""
        missing = pictures.missing.get(source)
        name = missing.name if missing else pictures.names.get(source)
        if name is None:
            return found[0]
        picture = f"![{found['alt']}](images/{name}{found['title'] or ''}){found['attributes'] or ''}"
        if missing is None:
            return f"{found['open'] or ''}{picture}{found['close'] or ''}"
        address = missing.url.replace("--", "-%2D").replace(">", "%3E")
        about = f"to fetch: save {address} as images/{name} and leave this"
        if missing.why:
            about = f"left out, {missing.why} ({address})"
        quiet = " ".join(picture.replace("--", "–").split())  # neither two hyphens nor an empty line may stand here
        return f"<!-- picture {about}: {quiet} -->"

    if not pictures.missing:
        return MARKS.sub(place, markdown) if "![" in markdown else markdown
    lines: list[str] = []
    for line in MARKS.sub(place, markdown).split("\n"):
        _add(lines, line)
    return "\n".join(lines)


def _add(lines: list[str], line: str) -> None:
    """Add a line; a remark at its beginning moves behind words, as it would else make all of the line a remark."""
    found = LEADING.fullmatch(line)
    if found and found["words"]:
        line = f"{found['marks']}{found['words']} {found['remarks'].rstrip()}{found['end']}"
    elif found and lines and lines[-1].strip(" \t>") and lines[-1].lstrip(" \t>")[0] not in "`~|#-=*_<+":
        end = BREAK.search(lines[-1])
        cut = end.start() if end else len(lines[-1])
        lines[-1] = f"{lines[-1][:cut]} {found['remarks'].rstrip()}{lines[-1][cut:]}"  # else it would part a paragraph
        return
    lines.append(line)
