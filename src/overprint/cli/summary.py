"""What `overprint import` says at its end: what was found, guessed, dropped and written, and what to do next."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from overprint import show
from overprint.forms import columns, visible
from overprint.manuscript.pictures import sources

if TYPE_CHECKING:
    from overprint.diagnostics import Diagnostic
    from overprint.manuscript.work import Added, Conflict
    from overprint.model import Dropped, Imported

WIDTH = 100
IN_FULL = 5
"""As many essays are told one by one; more make a table."""
EACH = 3
"""Guesses of one kind that are told."""
DIFF = 40
"""Lines of a conflict that are shown; its file has them all."""


def tell(found: Sequence[Imported], added: Sequence[Added | None] | None, guessed: Sequence[Diagnostic]) -> None:
    """Tell what was found in the sources and what became of it; `added` is None where nothing was to be written."""
    outcome: Sequence[Added | None] = added or [None] * len(found)
    show.line()
    if len(found) <= IN_FULL:
        for essay, made in zip(found, outcome, strict=True):
            _essay(essay, made)
    else:
        _table(found, outcome)
    _facts("to check", _guesses(guessed))
    _facts("dropped", _dropped([each for essay in found for each in essay.dropped]))
    done = [each for each in outcome if each]
    for conflict in (conflict for each in done for conflict in each.conflicts):
        _conflict(conflict)
    if added is None:
        show.line("Nothing was written, as you said --dry-run.")
    for line in _next(found, done):
        show.line(line)


def _essay(essay: Imported, made: Added | None) -> None:
    show.line(f"{essay.slug}: {essay.title or '(the source has no title)'}")
    _facts("by", [", ".join(essay.authors) or "not in the source"])
    where = ", ".join(filter(None, (essay.publication, essay.url, essay.date)))
    _facts("from", [where or "not in the source"])
    _facts("language", [essay.language or "not in the source"])
    _facts("holds", [", ".join(_holdings(essay))])
    if made is None:
        pictures = list(dict.fromkeys(sources(essay.body)))
        _facts("pictures", [_short(each) for each in pictures])
    else:
        waiting = [
            f"{_short(each.url, 300)} → {made.folder}/images/{each.name}" for each in made.missing if not each.why
        ]
        _facts("fetch", waiting)
        _facts("pictures", made.pictures)
        _facts(*_outcome(made))
    show.line()


def _holdings(essay: Imported) -> Iterator[str]:
    yield f"{len(essay.body.split()):,} words"
    if essay.bios:
        yield many(len(essay.bios), "bio")
    letters = [each for each in essay.comments if each.kind == "comment"]
    ids = {each.id for each in essay.comments if each.id}
    threads = sum(not ids.intersection(each.reply_to) for each in letters)
    inside = f" in {many(threads, 'thread')}" if threads < len(letters) else ""
    yield many(len(letters), "comment") + inside
    for kind in ("pingback", "trackback"):
        if count := sum(each.kind == kind for each in essay.comments):
            yield many(count, kind)


def _outcome(made: Added) -> tuple[str, list[str]]:
    if not made.known:
        return "written", [made.folder, *made.people]
    news = [f"{path} brought up to date" for path in made.changed]
    news += [f"{many(made.comments, 'new comment')}, not chosen yet"] * bool(made.comments)
    news += [f"{many(made.gone, 'comment')} no longer in the source; what you have stays"] * bool(made.gone)
    news += [f"{each.path} stays as you edited it; see {each.other}" for each in made.conflicts]
    return "known", [made.folder, *made.people, *(news or ["nothing new"])]


def _table(found: Sequence[Imported], outcome: Sequence[Added | None]) -> None:
    for essay, made in zip(found, outcome, strict=True):
        state = "" if made is None else "known  " if made.known else "new    "
        words, letters = f"{len(essay.body.split()):,}", many(len(essay.comments), "comment")
        show.line(f"  {state}{words:>7} words  {letters:>13}  {essay.slug}: {_short(essay.title or '(no title)', 50)}")
    show.line()
    length = sum(len(essay.body.split()) for essay in found)
    count = sum(len(essay.comments) for essay in found)
    _facts("in all", [f"{many(len(found), 'essay')}, {length:,} words, {many(count, 'comment')}"])
    made_all = [each for each in outcome if each]
    waiting = [
        f"{_short(each.url, 300)} → {made.folder}/images/{each.name}" for made in made_all for each in made.missing
    ]
    _facts("fetch", _at_most(waiting, 10, "pictures; each has a remark in its essay"))


def _guesses(guessed: Sequence[Diagnostic]) -> list[str]:
    """Return what was guessed, with its evidence, a few of each kind."""
    by_code: dict[str, list[Diagnostic]] = {}
    for each in guessed:
        by_code.setdefault(each.code, []).append(each)
    lines = []
    for alike in by_code.values():
        lines += [f"{each.message}{_where(each)}; {each.hint}" if each.hint else each.message for each in alike[:EACH]]
        if len(alike) > EACH:
            lines.append(f"… and {len(alike) - EACH} more of this kind ({alike[0].code})")
    return lines


def _where(each: Diagnostic) -> str:
    return f" (line {each.place.line})" if each.place.line > 1 else ""


def _dropped(dropped: Iterable[Dropped]) -> list[str]:
    """Return what was left out, by reason, with one example of each."""
    by_reason: dict[str, list[Dropped]] = {}
    for each in dropped:
        by_reason.setdefault(each.reason, []).append(each)
    lines = []
    for reason, alike in sorted(by_reason.items(), key=lambda item: -len(item[1])):
        first = alike[0]
        example = f"“{_short(' '.join(first.text.split()), 50)}”" if first.text.strip() else ""
        line = f"line {first.line}" if first.line else ""
        about = ", ".join(filter(None, (example, line)))
        lines.append(f"{len(alike)} × {reason}" + (f": {about}" if about else ""))
    return lines


def _conflict(conflict: Conflict) -> None:
    show.line()
    show.line(f"You and the source both changed {conflict.path}.")
    show.line(f"Yours (-) stays; the source's (+) is in {conflict.other}:")
    lines = conflict.diff[2 : 2 + DIFF]
    for place, line in enumerate(lines):
        other = lines[place + 1 : place + 2] if line.startswith("-") else lines[max(0, place - 1) : place]
        show.line(f"  {_short(_from_change(line, other[0] if other else ''), WIDTH)}")
    if len(conflict.diff) > 2 + DIFF:
        show.line(f"  … and {len(conflict.diff) - 2 - DIFF} more lines")


def _from_change(line: str, other: str) -> str:
    """Return a long line of a diff from a little before the place where it differs from its other side.

    >>> _from_change("-" + "Bees are busy. " * 9 + "They hum.", "+" + "Bees are busy. " * 9 + "They sing.")
    '-… busy. Bees are busy. They hum.'
    """
    if {line[:1], other[:1]} != {"-", "+"}:
        return line
    same = next((place for place, (one, two) in enumerate(zip(line[1:], other[1:], strict=False)) if one != two), 0)
    start = line.rfind(" ", 0, max(1, same - 25)) if same > WIDTH // 2 else -1
    return line if start < 0 else f"{line[0]}…{line[start:]}"


def _next(found: Sequence[Imported], done: Sequence[Added]) -> Iterator[str]:
    """Yield what to do now, in its order."""
    if not done:
        return
    show.line()
    yield "Next:"
    for each in done[:IN_FULL]:
        if each.conflicts:
            yield f"  compare the files ending in .new in {each.folder}, then delete them"
    untitled = [made for essay, made in zip(found, done, strict=False) if not essay.title and not made.known]
    yield from (f"  write the title in {each.folder}/essay.md" for each in untitled[:IN_FULL])
    if any(not each.why for made in done for each in made.missing):
        yield "  save the pictures to fetch where the list says, or run this again with --fetch-images"
    letters = [each for each in done if each.comments]
    if letters:
        name = letters[0].slug if len(letters) == 1 else "ESSAY"
        yield f"  overprint comments {name}  (none is chosen yet)"
        yield f"  overprint comments include {name} NUMBERS"
    yield "  overprint validate"
    yield "  overprint build"


def _facts(name: str, facts: Sequence[str]) -> None:
    """Show facts under one name, long ones wrapped below themselves."""
    for number, fact in enumerate(facts):
        lines = textwrap.wrap(visible(fact), WIDTH - 12, break_long_words=False, break_on_hyphens=False) or [""]
        for place, line in enumerate(lines):
            show.line(f"  {name if number == place == 0 else '':<10}{'  ' if place else ''}{line}")


def _at_most(lines: list[str], most: int, thing: str) -> list[str]:
    return lines if len(lines) <= most else [*lines[:most], f"… and {len(lines) - most} more {thing}"]


def _short(words: str, width: int = 80) -> str:
    shown = visible(words[: 4 * width])  # accents take no column
    if shown == visible(words) and columns(shown) <= width:
        return shown
    while columns(shown) > width - 1:
        shown = shown[:-1]
    return f"{shown}…"


def many(count: int, thing: str) -> str:
    """Return a count with its thing.

    >>> many(1, "comment"), many(1200, "comment")
    ('1 comment', '1,200 comments')
    """
    return f"{count:,} {thing}" + ("" if count == 1 else "s")
