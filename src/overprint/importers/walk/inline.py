"""Runs of words with their styles → one paragraph of Markdown; white space always stands outside the marks."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from html import unescape
from itertools import pairwise

from overprint import markup

MARKS = {"em": "*", "strong": "**"}
TAGS = frozenset({"sup", "sub", "cite"})
SPACE = " \t\n\r\f"
BREAK = "\\\n"
_SPACES = re.compile(rf" *[\t\n\r\f][{SPACE}]*| {{2,}}")
# The signs first, for speed; then those of them that would be read as marks where they stand.
_ESCAPED = re.compile(r"[\\`*\[\]<{_&](?:(?<![_&])|(?<=_)(?:(?<![^\W_]_)|(?![^\W_]))|(?<=&)(?=#?\w+;))")
_OPENS_BLOCK = re.compile(r"(?:#{1,6}(?=\s|$)|[-+=>|~:]|(?P<number>\d{1,9})(?P<dot>[.)])(?=\s|$))")


@dataclass(frozen=True, slots=True)
class Style:
    """What a word is set in: `kind` em, strong, sup, sub, cite, link or lang; `value` an address or a language."""

    kind: str
    value: str = ""
    title: str = ""


@dataclass(slots=True)
class Piece:
    """A run of words in one set of styles, the outermost first; `ready` is Markdown already, `code` stays as it is."""

    text: str
    styles: tuple[Style, ...] = ()
    ready: bool = False
    code: bool = False


BROKEN = Piece(BREAK, (), ready=True)
"""The end of a line."""
PARTED = Piece("", (), ready=True)
"""Stands where something was left out: words on both sides of it are no one word."""


def paragraph(pieces: list[Piece]) -> str:
    """Return the pieces as one paragraph, or an empty string where there are no words."""
    runs = _runs(pieces)
    if not any(piece.styles or piece.ready for _, piece in runs) and len(runs) < 2:
        return "".join(escaped(piece.text, is_first=True) for _, piece in runs)
    words = _edged(runs)
    made = _written(words)
    doubtful = any(not space and _is_doubtful(before, after) for (_, before), (space, after) in pairwise(words))
    if doubtful and not _is_read(made, words):
        plain = [(space, replace(piece, styles=_plain(piece))) for space, piece in words]
        return _written(_joined(plain))
    return made


def caption(pieces: list[Piece]) -> str:
    """Return the pieces as a picture's caption, in which `*` marks emphasis and nothing else is a mark."""
    shown = [
        each
        if each is BROKEN or each is PARTED
        else Piece(each.text, tuple(one for one in each.styles if one.kind == "em"))
        for each in pieces
        if each is BROKEN or each is PARTED or each.code or not each.ready
    ]
    made = "".join(
        f"{' ' if space else ''}{f'*{each.text}*' if each.styles and '*' not in each.text else each.text}"
        for space, each in _runs(shown)
    )
    return made.strip()


def _is_doubtful(before: Piece, after: Piece) -> bool:
    """Tell whether a mark of emphasis between two pieces that touch could be read in more than one way.

    A mark with a letter on one side and a sign on the other cannot.
    """
    if before.styles == after.styles or not (_emphasis(before) or _emphasis(after)):
        return False
    inside, outside = (before, after) if _emphasis(before) else (after, before)
    seam = (inside.text[-1], outside.text[0]) if inside is before else (inside.text[0], outside.text[-1])
    return (
        bool(_emphasis(outside))
        or len(inside.styles) > 1
        or inside.ready
        or outside.ready
        or not _is_word(seam[0])
        or _is_word(seam[1])
    )


def _written(words: list[tuple[str, Piece]]) -> str:
    out: list[str] = []
    open_: tuple[Style, ...] = ()
    for number, (space, piece) in enumerate(words):
        styles = piece.styles
        if number and not (styles or open_ or piece.ready):
            out.append(space + _shown(piece, is_first=space == BREAK))
            continue
        kept = _common(open_, styles)
        if not space and open_[kept : kept + 1] and open_[kept].kind in MARKS:
            # Marks that close and marks that open would run together.
            styles = styles[:kept] + tuple(style for style in styles[kept:] if style.kind not in MARKS)
        closing = "".join(_closing(style) for style in reversed(open_[kept:])) + (space if number else "")
        opening = "".join(_opening(style) for style in styles[kept:])
        shown = opening + _shown(piece, is_first=not number or space == BREAK)
        if not closing and shown.startswith("[") and out and out[-1].endswith("!"):
            out[-1] = f"{out[-1][:-1]}\\!"
        out += [closing + shown]
        open_ = styles
    out += [_closing(style) for style in reversed(open_)]
    return "".join(out)


def _is_read(made: str, words: list[tuple[str, Piece]]) -> bool:
    """Tell whether Markdown reads all words back, and no mark as a word."""
    shown = unescape(re.sub(r"<[^>]*>", "", markup.inline(made)))
    meant = "".join(
        space + ("" if piece.text.startswith("![") and piece.ready else piece.text) for space, piece in words
    )
    return shown.split() == meant.replace(BREAK, " ").split()


def _shown(piece: Piece, *, is_first: bool) -> str:
    if piece.code:
        ticks = "`" * (max((len(run) for run in re.findall("`+", piece.text)), default=0) + 1)
        pad = " " if "`" in (piece.text[0], piece.text[-1]) else ""
        return f"{ticks}{pad}{piece.text}{pad}{ticks}"
    return piece.text if piece.ready else escaped(piece.text, is_first=is_first)


def escaped(words: str, *, is_first: bool = False) -> str:
    r"""Return words with a backslash before each sign that Markdown would read as a mark.

    >>> escaped("a*b [c] d_e"), escaped("1. one", is_first=True), escaped("# one", is_first=True)
    ('a\\*b \\[c\\] d_e', '1\\. one', '\\# one')
    """
    shown = _ESCAPED.sub(lambda sign: f"\\{sign[0]}", words)
    start = _OPENS_BLOCK.match(shown) if is_first else None
    if start and start["number"]:
        return f"{start['number']}\\{shown[len(start['number']) :]}"
    return f"\\{shown}" if start else shown


def _runs(pieces: list[Piece]) -> list[tuple[str, Piece]]:
    """Return runs of words in one style, each with what stands before it: a space, a break or nothing."""
    found: list[tuple[str, Piece]] = []
    before = ""
    parted = False
    for piece in pieces:
        if piece is BROKEN:
            before = BREAK
            continue
        if piece is PARTED:
            parted = True
            continue
        words = piece.text if piece.ready else _SPACES.sub(" ", piece.text).strip(" ")
        if not words:
            before = before or (" " if piece.text else "")
            continue
        if not piece.ready and piece.text[0] in SPACE:
            before = before or " "
        if parted and not before and found and _is_solid(found[-1][1], -1) and _is_solid(piece, 0, words):
            before = " "
        found.append((before, Piece(words, piece.styles, piece.ready, piece.code)))
        before, parted = " " if not piece.ready and piece.text[-1] in SPACE else "", False
    return _joined(found)


def _is_solid(piece: Piece, edge: int, words: str = "") -> bool:
    """Tell whether a piece has a letter, a digit or a picture at its start (0) or its end (-1)."""
    text = words or piece.text
    return _is_word(text[edge]) or (piece.ready and text.startswith("!["))


def _joined(runs: list[tuple[str, Piece]]) -> list[tuple[str, Piece]]:
    """Make one of the runs that follow each other in one style."""
    found: list[tuple[str, Piece, list[str]]] = []
    for space, piece in runs:
        last = found[-1][1] if found else None
        if last and _is_one(last, space, piece):
            found[-1][2].extend((space, piece.text))
        else:
            found.append((space, piece, [piece.text]))
    return [
        (space, Piece("".join(texts), piece.styles, piece.ready, piece.code) if len(texts) > 1 else piece)
        for space, piece, texts in found
    ]


def _is_one(last: Piece, space: str, piece: Piece) -> bool:
    if last.code and piece.code:  # their marks would run together
        return not space and _plain(last) == _plain(piece)
    return not (last.ready or piece.ready) and last.styles == piece.styles and space != BREAK


def _edged(runs: list[tuple[str, Piece]]) -> list[tuple[str, Piece]]:
    """Move signs at the edge of emphasis out of it where its marks would not be read."""
    if not any(_emphasis(piece) for _, piece in runs):
        return runs
    out: list[tuple[str, Piece]] = []
    for number, (space, piece) in enumerate(runs):
        if not _emphasis(piece):
            out.append((space, piece))
            continue
        before = runs[number - 1][1] if number and not space else None
        after = runs[number + 1] if number + 1 < len(runs) else None
        out += _split(space, piece, before, after[1] if after and not after[0] else None)
    return out


def _split(space: str, piece: Piece, before: Piece | None, after: Piece | None) -> list[tuple[str, Piece]]:
    """Split a run so that no mark of emphasis touches a space or stands between a letter and a sign.

    `before` and `after` touch the run.
    """
    emphasis = _emphasis(piece)
    starts = before is not None and _emphasis(before) != emphasis
    ends = after is not None and _emphasis(after) != emphasis
    plain = _plain(piece)
    text = piece.text
    if not (starts or ends or text[0].isspace() or text[-1].isspace()):
        return [(space, piece)]
    if piece.ready:
        return [(space, Piece(text, plain, ready=True, code=piece.code))]
    start, end = 0, len(text)
    while start < end and (text[start].isspace() or (starts and not _is_word(text[start]))):
        start += 1
    while end > start and (text[end - 1].isspace() or (ends and not _is_word(text[end - 1]))):
        end -= 1
    # Emphasis inside a link, for its mark has to touch a letter.
    inner = (*plain, *emphasis)
    if start == 0 and end == len(text):
        return [(space, Piece(text, inner))]
    made = _runs([Piece(text[:start], plain), Piece(text[start:end], inner), Piece(text[end:], plain)])
    return [(space, made[0][1]), *made[1:]] if made else []


def _emphasis(piece: Piece) -> tuple[Style, ...]:
    return tuple(style for style in piece.styles if style.kind in MARKS) if piece.styles else ()


def _plain(piece: Piece) -> tuple[Style, ...]:
    return tuple(style for style in piece.styles if style.kind not in MARKS) if piece.styles else ()


def _is_word(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "LNM"


def _common(first: tuple[Style, ...], second: tuple[Style, ...]) -> int:
    count = 0
    while count < min(len(first), len(second)) and first[count] == second[count]:
        count += 1
    return count


def _opening(style: Style) -> str:
    if style.kind in MARKS:
        return MARKS[style.kind]
    return f"<{style.kind}>" if style.kind in TAGS else "["


def _closing(style: Style) -> str:
    if style.kind in MARKS:
        return MARKS[style.kind]
    if style.kind in TAGS:
        return f"</{style.kind}>"
    if style.kind == "lang":
        return f"]{{lang={style.value}}}"
    return f"]({target(style.value, style.title)})"


def target(url: str, title: str = "") -> str:
    """Return what stands in the round brackets of a link or a picture."""
    quoted = title.replace("\\", "\\\\").replace('"', '\\"')
    return f'{address(url)} "{quoted}"' if title else address(url)


def address(url: str) -> str:
    """Return an address as it stands in a Markdown link."""
    safe = re.sub(r"[\s<>\\]", lambda sign: f"%{ord(sign[0]):02X}", url)
    return f"<{safe}>" if safe.count("(") != safe.count(")") or ")(" in safe else safe
