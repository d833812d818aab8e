"""What the terminal shows: findings, tables and summaries. Called by the command line alone."""

from __future__ import annotations

import contextlib
import json
import os
import sys
import textwrap
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from overprint import forms
from overprint import manual as pages
from overprint.diagnostics import Diagnostic, Kind, Severity
from overprint.forms import columns, visible, with_gaps

if TYPE_CHECKING:
    from overprint.doctor import Part
    from overprint.model import Comment, Essay, Imported, Manuscript
    from overprint.pipeline import Built, Fixed

COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.HINT: "36"}


def line(words: str = "") -> None:
    """Print one line on standard output."""
    _print(visible(words), sys.stdout)


def error_line(words: str) -> None:
    """Print one line on standard error."""
    _print(visible(words), sys.stderr)


def _print(words: str, stream: TextIO) -> None:
    # Flushed at once, so that a closed pipe is met here and not when Python ends.
    try:
        print(words, file=stream, flush=True)
    except UnicodeEncodeError:  # a terminal that knows only ASCII
        print(words.encode("ascii", "backslashreplace").decode(), file=stream, flush=True)


def _json(record: object) -> None:
    """Print one JSON object on a line; in ASCII, so that no terminal or locale can spoil it."""
    _print(json.dumps(record), sys.stdout)


def findings(
    found: Iterable[Diagnostic],
    form: str,
    line_of: Callable[[Diagnostic], str] = lambda each: "",
    option_of: Callable[[Diagnostic], str] = lambda each: "",
) -> None:
    """Show findings: forms for scripts on standard output, those for people on standard error.

    `line_of` returns the line of the source, `option_of` the option of `validate` that mends a finding, or nothing.
    """
    found = tuple(found)
    if form == "sarif":
        for part in forms.sarif(found).split("\n"):
            line(part)
        return
    for each in found:
        if form in {"json", "github"}:
            line(forms.as_json(each) if form == "json" else forms.github(each))
            continue
        head, *rest = (forms.full(each, line_of(each)) if form == "full" else forms.concise(each)).split("\n")
        _print(_with_colour(visible(head), each), sys.stderr)
        if rest and (option := option_of(each)):
            rest[-1] += f" [{option} does this]"
        for part in rest:
            error_line(part)


def _with_colour(head: str, each: Diagnostic) -> str:
    """Return the first line of a finding, its severity in colour where a terminal shows it."""
    if "NO_COLOR" in os.environ or not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        return head
    word = f"{each.severity} {each.code}"
    return head.replace(word, f"\x1b[{COLOURS[each.severity]}m{each.severity}\x1b[0m {each.code}", 1)


def verdict(manuscript: Manuscript, found: Iterable[Diagnostic], mendable: tuple[int, int] = (0, 0)) -> None:
    """Say in one line what there is, how many findings, and how many can be mended safely and otherwise."""
    counts = Counter(each.severity for each in found)
    comments = [comment for essay in manuscript.essays for comment in essay.comments]
    chosen = sum(comment.include for comment in comments)
    held = f"{_many(len(manuscript.essays), 'essay')}, {len(comments)} comments, {chosen} of them chosen"
    if not counts:
        line(f"{held}: nothing to mend")
        return
    said = ", ".join(_many(counts[severity], str(severity)) for severity in Severity if counts[severity])
    safe, unsafe = mendable
    cures = [f"{safe} can be fixed with --fix"] * bool(safe)
    cures += [f"{unsafe}{' more' * bool(safe)} {'' if safe else 'can be fixed '}with --unsafe-fixes"] * bool(unsafe)
    line("; ".join([f"{held}: {said}", *cures[:1]]) + "".join(f", {cure}" for cure in cures[1:]))


def checked(path: Path, found: Iterable[Diagnostic], by: str = "") -> None:
    """Say in one line how many findings a finished book has, and by what it was checked."""
    counts = Counter(each.severity for each in found)
    said = ", ".join(_many(counts[severity], str(severity)) for severity in Severity if counts[severity])
    line(f"{_near(path)}: {said or 'nothing to mend'}{f'; {by}' * bool(by)}")


def fixed(done: Fixed, *, aside: bool) -> None:
    """Say what was mended, by file and code; `aside` of what a script reads on standard output."""
    say = error_line if aside else line
    by_file: dict[str, Counter[str]] = {}
    for each in done.findings:
        by_file.setdefault(each.place.path, Counter())[each.code] += 1
    for path, counts in sorted(by_file.items()):
        say(f"{path}: fixed " + ", ".join(f"{count} {code}" for code, count in sorted(counts.items())))
    say(_in_files("fixed", done) if done.findings else "nothing that could be fixed")


def diff(wanted: Fixed, root: Path) -> None:
    """Show what would be mended as a unified diff."""
    from overprint.fixes.save import diff as lines_of

    for words in lines_of(wanted.changes, root):
        line(words)
    error_line(_in_files("would fix", wanted) if wanted.findings else "nothing that could be fixed")


def _in_files(verb: str, done: Fixed) -> str:
    return f"{verb} {_many(len(done.findings), 'finding')} in {_many(len(done.changes), 'file')}"


def _many(count: int, thing: str) -> str:
    return f"{count} {thing}" + ("" if count == 1 else "s")


@contextlib.contextmanager
def progress() -> Iterator[Callable[[int, int, str], None] | None]:
    """Yield what draws a bar by essay, with the time left, on a terminal; None where nobody would see it."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console  # loaded only for a terminal, and only to build
    from rich.markup import escape
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    shown = (TextColumn("laying out"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(compact=True))
    with Progress(*shown, TextColumn("{task.description}"), console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, total, title: bar.update(
            task, completed=done, total=total, description=escape(visible(title))
        )


def built(each: Built, *, as_json: bool) -> None:
    """Name a finished file, its size and its pages."""
    path = _near(each.path)
    if as_json:
        _json({"output": str(path), "bytes": each.size, "pages": each.pages or None})
        return
    pages = f", {_many(each.pages, 'page')}" if each.pages else ""
    line(f"{path}  {max(1, round(each.size / 1000))} kB{pages}")


def _near(path: Path) -> Path:
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def comments(essay: Essay, manuscript: Manuscript) -> None:
    """Show an essay's comments as a table: number, chosen, consent, name, first words."""
    line(f"{essay.slug}: {essay.title or '(no title)'}")
    if not essay.comments:
        line("  no comments")
    for comment in essay.comments:
        person = manuscript.people.get(comment.author)
        name = visible(person.name if person else comment.author or "(no name)")
        words = visible(" ".join(comment.body.value.split()))
        chosen = "yes" if comment.include else "no"
        line(f"  {comment.number:>4}  {chosen:<3}  {comment.consent:<10}  {_fit(name, 20)}  {_fit(words, 40).rstrip()}")


def comment(each: Comment, manuscript: Manuscript, where: str) -> None:
    """Show one comment whole: who, when, whether it is printed, and its text."""
    person = manuscript.people.get(each.author)
    name = person.name if person else each.author or "(no name)"
    printed = "printed" if each.include else "not printed"
    line()
    line(f"{where} · comment {each.number} · {name} · {each.date or 'no date'} · {printed} · consent {each.consent}")
    line()
    for paragraph in each.body.value.split("\n\n"):
        for part in textwrap.wrap(visible(" ".join(paragraph.split())), 76) or [""]:
            line(f"  {part}")
        line()


def _fit(words: str, width: int) -> str:
    """Return words cut or filled to a width in columns."""
    cut = words[: 4 * width]  # accents take no column
    if cut != words or columns(words) > width:
        while columns(cut) > width - 1:
            cut = cut[:-1]
        words = f"{cut}…"
    return words + " " * (width - columns(words))


ESSAY = ("slug", "title", "subtitle", "authors", "date", "language", "url", "publication", "body")
COMMENT = ("number", "id", "author", "date", "reply_to", "kind", "body")
DIAGNOSTIC = ("code", "severity", "message", "line", "column")


def records(found: tuple[tuple[Path, Imported], ...], said: Iterable[Diagnostic]) -> None:
    """Print the import record of the command line's contract, one object a source."""
    said = tuple(said)
    for origin in dict.fromkeys(essay.origin for _, essay in found if essay.origin):
        others = {each.origin.path for _, each in found if each.origin} - {origin.path}
        _json(
            {
                "source": {"path": origin.path, "kind": origin.kind, "sha256": origin.sha256},
                "essays": [_record(essay) for _, essay in found if essay.origin == origin],
                "diagnostics": [_only(each.as_record(), DIAGNOSTIC) for each in said if each.place.path not in others],
            }
        )


def _record(essay: Imported) -> dict[str, object]:
    parts = {
        "bios": [asdict(bio) for bio in essay.bios],
        "comments": [_only(asdict(comment), COMMENT) for comment in essay.comments],
        "dropped": [asdict(dropped) for dropped in essay.dropped],
    }
    return {**{key: getattr(essay, key) for key in ESSAY}, **parts}


def _only(record: dict[str, object], keys: tuple[str, ...]) -> dict[str, object]:
    return {key: record[key] for key in keys}


def manual(kind: Kind, option: str = "") -> None:
    """Show the manual page of a message, and the option of `validate` that mends what it is about."""
    line(f"{kind.code} ({kind.severity}): {with_gaps(kind.message)}")
    if kind.hint:
        line(f"  hint: {with_gaps(kind.hint)}")
    line()
    words, examples = pages.parts(kind.manual)
    for each in (*textwrap.wrap(words, 80), *(("", *examples.split("\n")) if examples else ())):
        line(each)
    if option:
        line()
        line(f"Fixed by `overprint validate {option}`{'' if option == '--fix' else '; look at the result'}.")


def health(parts: Iterable[Part]) -> bool:
    """Show what is installed; say whether all that is needed is there."""
    good = True
    for part in parts:
        mark = "ok" if part.found else "missing" if part.needed else "absent"
        line(f"{mark:<8} {part.name:<12} {part.purpose}{f': {part.found}' if part.found else ''}")
        if not part.found:
            line(f"{'':<22}{part.cure}")
        good = good and bool(part.found or not part.needed)
    return good
