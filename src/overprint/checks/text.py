"""Rules on signs: quotes, spaces, ellipses, brackets, and what a wrong encoding or a web page left behind.

A sign after a backslash, and whatever is code, is as its writer wanted it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from html.entities import html5

from overprint.checks import passages
from overprint.checks.passages import Finds, Passage, Reading
from overprint.checks.rules import Rules, Say
from overprint.diagnostics import Diagnostic, Severity

ERROR, WARNING, HINT = Severity.ERROR, Severity.WARNING, Severity.HINT

RULES = Rules[Reading]()

_STRAIGHT = re.compile(r"(?<!\d)[\"']|(?<=\d)'(?=[^\W\d_])")


@RULES.rule("M401", WARNING, "straight quotation mark {it}", "write “ ” or ‘ ’; the apostrophe is ’")
def straight_quote(say: Say, reading: Reading) -> Iterator[Diagnostic]:
    """Printed books set curly quotation marks and apostrophes. Feet and inches after a number are left alone.

    Bad: He said "no" and didn’t stay.
    Good: He said “no” and didn’t stay; the board is 5' 10" long, and `"x"` is code.
    """
    return passages.matches(say, reading, _STRAIGHT, '"', "'")


_SPACES = re.compile(r"(?<=[^\s|])[ \u00a0]{2,}+(?=[^\s|])")


@RULES.rule("M402", WARNING, "more than one space stands between two words", "leave one")
def double_space(say: Say, reading: Reading) -> Iterator[Diagnostic]:
    r"""A space after a no-break space, or two spaces, come from a typewriter's habit or from a web page.

    Bad: One.  Two.
    Bad: One.\u00a0 Two.
    Good: One. Two.
    """
    return passages.matches(say, reading, _SPACES, "  ", "\u00a0")


# Joiners have their work in Persian, in Indian scripts and in emoji.
_UNSEEN = "\u00ad\u180e\u200b\u2060\ufeff\u200c\u200d"
_INVISIBLE = re.compile("[\u00ad\u180e\u200b\u2060\ufeff]|(?<=[A-Za-zÀ-ɏ ])[\u200c\u200d](?=[A-Za-zÀ-ɏ ])")


@RULES.rule("M405", WARNING, "an invisible sign (U+{code}) stands here", "delete it; overprint hyphenates by itself")
def invisible(say: Say, reading: Reading) -> Iterator[Diagnostic]:
    r"""Zero-width spaces, soft hyphens and byte order marks come with pasted text and break search and hyphenation.

    Bad: A hy\u00adphen.
    Bad: A zero\u200bwidth space.
    Good: A hyphen.
    """

    def find(passage: Passage) -> Finds:
        if passage.holds(*_UNSEEN):
            for hit in _INVISIBLE.finditer(passage.words):
                yield hit.start(), {"code": f"{ord(hit[0]):04X}"}

    return passages.found(say, reading, find)


_DOTS = re.compile(r"(?<![./\\])(?:\.{3,4}|\. \. \.)(?![./\\])")


@RULES.rule("M409", WARNING, "dots stand for an ellipsis", "write …")
def dots(say: Say, reading: Reading) -> Iterator[Diagnostic]:
    """The ellipsis is one sign, so that a line never breaks inside it.

    Bad: And then...
    Good: And then…
    """
    return passages.matches(say, reading, _DOTS, "...", ". .")


def _misread(byte: int) -> str:
    """Return the character that Windows shows for a byte; the five that it has none for stay control characters."""
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


_TAIL = "".join(_misread(byte) for byte in range(0x80, 0xC0))
_LATIN = "".join(_misread(byte) for byte in range(0xA0, 0xC0))
_BYTES = {_misread(byte): byte for byte in range(0x80, 0x100)}
_MOJIBAKE = re.compile(
    rf"(?:â[€„][{re.escape(_TAIL)}]|(?<![A-ZÀ-Þ])Ã[{re.escape(_TAIL)}]|(?<![A-ZÀ-Þ])Â[{re.escape(_LATIN)}]"
    rf"|ï»¿|ðŸ[{re.escape(_TAIL)}]{{2}})+"
)


@RULES.rule("M412", WARNING, "“{it}” is text read in the wrong encoding", "write “{repaired}”")
def mojibake(say: Say, reading: Reading) -> Iterator[Diagnostic]:
    """Text in UTF-8 that a program took for Windows text shows two or three odd signs for each sign.

    Bad: It isnâ€™t a cafÃ©.
    Good: It isn’t a café, and the château is in São Paulo.
    """

    def find(passage: Passage) -> Finds:
        for hit in _MOJIBAKE.finditer(passage.words) if passage.holds("â", "Ã", "Â", "ï", "ð") else ():
            repaired = bytes(_BYTES[sign] for sign in hit[0]).decode("utf-8", "replace")
            if "\ufffd" not in repaired:
                yield hit.start(), {"it": hit[0], "repaired": repaired}

    return passages.found(say, reading, find)


_LOOSENED = ("\u00a0", "\u202f", *(f" {sign}" for sign in ",.;:!?"))
_LOOSE = re.compile(r"(?<=[^\s.|])[ \u00a0\u202f]++[,.;:!?](?![ .]*\.)(?=\s|$|[”’])", re.MULTILINE)


@RULES.rule("M413", WARNING, "a space stands before a sign that closes up", "delete the space")
def space_before_sign(say: Say, reading: Reading) -> Iterator[Diagnostic]:
    """Full stops, commas, colons and the like follow the word at once. French, which sets spaces here, is left alone.

    Bad: Wait , please.
    Good: Wait, please :-) and see .NET.
    """

    def find(passage: Passage) -> Finds:
        if not passage.language.lower().startswith("fr") and passage.holds(*_LOOSENED):
            yield from ((hit.start(), {}) for hit in _LOOSE.finditer(passage.words))

    return passages.found(say, reading, find)


# A run of brackets, or one quotation mark; it begins with a set of signs so that it is looked for fast.
_SIGNS = re.compile(r"[()\[\]“”](?:(?<=[()\[\]])[()\[\]]+)?")
_FACE = re.compile(r"[;:8=]-?$")
_LABEL = re.compile(r"(?:^|\s)\w{1,3}$")
_CLOSES = {")": "brackets", "]": "brackets", "”": "quotes"}


@RULES.rule("M415", WARNING, "“{sign}” has no partner in this paragraph", "write the other one, or delete this")
def unbalanced(say: Say, reading: Reading) -> Iterator[Diagnostic]:
    """Brackets and curly quotation marks come in pairs. A quotation may run on if the next paragraph opens it anew.

    Bad: He left (and never came back.
    Bad: “He left, she said.
    Good: He left (and came back): a) late, b) wet :-) “Well,” she said.
    """

    def find(passage: Passage) -> Finds:
        words, blocks = passage.words, passage.prose.blocks
        lone: list[int] = []
        opened: list[int] = []  # a later paragraph may close these
        for number, block in enumerate(blocks):
            following = blocks[number + 1].start if number + 1 < len(blocks) else len(words)
            for offset in _alone(words, block.start, block.end):
                sign = words[offset]
                if sign == "“" and words[following : following + 50].lstrip(" *_").startswith(("“", "[“")):
                    continue
                if sign in "([":
                    opened.append(offset)
                elif sign in ")]" and opened:
                    opened.pop()
                elif sign not in "“”" or passage.is_english:
                    lone.append(offset)
        yield from ((offset, {"sign": words[offset]}) for offset in sorted(lone + opened))

    return passages.found(say, reading, find)


def _alone(words: str, start: int, end: int) -> list[int]:
    """Return the offsets of signs without a partner; faces and `a)` count for nothing unless they close something."""
    open_: dict[str, list[int]] = {"brackets": [], "quotes": []}
    alone = []
    for offset, counts in _paired(words, start, end):
        sign = words[offset]
        kind = _CLOSES.get(sign)
        if kind and open_[kind]:
            open_[kind].pop()
        elif not counts:
            continue
        elif kind is None:
            open_["quotes" if sign == "“" else "brackets"].append(offset)
        elif sign != "”" or not words[offset - 1 : offset].isdigit():
            alone.append(offset)
    return sorted(alone + open_["brackets"] + open_["quotes"])


def _paired(words: str, start: int, end: int) -> Iterator[tuple[int, bool]]:
    """Yield the offset of each bracket and quotation mark, and whether it needs a partner."""
    for run in _SIGNS.finditer(words, start, end):
        at, before = run.start(), words[max(start, run.start() - 4) : run.start()]
        if words[at] in "“”":
            yield at, True
        elif _FACE.search(before):
            yield run.end() - 1, False
        else:
            labels = words[at] == ")" and (_LABEL.search(before) or (before.isalnum() and len(before) < 4))
            yield from ((offset, bool(offset > at or not labels)) for offset in range(at, run.end()))


_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


@RULES.rule("M420", WARNING, "“{it}” is left over from a web page", "write {sign}")
def entity(say: Say, reading: Reading) -> Iterator[Diagnostic]:
    """A manuscript holds the signs themselves, not the names that web pages have for them.

    Bad: Salt &amp; pepper, and more&nbsp;salt.
    Good: Salt & pepper at AT&T; fish.
    """

    def find(passage: Passage) -> Finds:
        for hit in _ENTITY.finditer(passage.words) if passage.holds("&") else ():
            if hit[0][1] == "#" or hit[0][1:] in html5:
                sign = html.unescape(html.unescape(hit[0]))
                shown = f"“{sign}”" if sign.isprintable() and sign.strip() else "the sign itself, or a space"
                yield hit.start(), {"it": hit[0], "sign": shown}

    return passages.found(say, reading, find)


_TURNS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_BIDI = re.compile(f"[{_TURNS}]")


@RULES.rule("M421", ERROR, "a hidden sign that turns the direction of text (U+{code}) stands here", "delete it")
def direction(say: Say, reading: Reading) -> Iterator[Diagnostic]:
    r"""Such a sign can show a reader other words, or another address, than the file holds.

    Bad: Pay \u202e01 pounds.
    Good: Pay 10 pounds.
    """

    def find(passage: Passage) -> Finds:
        if passage.holds(*_TURNS):
            hits = _BIDI.finditer(passage.prose.source.value)
            yield from ((hit.start(), {"code": f"{ord(hit[0]):04X}"}) for hit in hits)

    return passages.found(say, reading, find)
