"""The commands: read arguments, call one function, show what came back. Only this module prints.

Exit codes: 0 good, 1 errors in the content, 2 wrong usage, 3 cannot go on, 130 interrupted.
"""

from __future__ import annotations

import contextlib
import os
import re
import signal
import sys
from collections.abc import Callable, Iterator
from enum import StrEnum
from functools import wraps
from pathlib import Path
from types import FrameType
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from overprint import __version__, files, project, show
from overprint.diagnostics import KINDS, Diagnostic, Exit, Stop, errors

app = typer.Typer(
    name="overprint",
    help="Make an EPUB and a print-ready PDF of essays, their authors' bios and the reader comments you chose.",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


class ListByDefault(TyperGroup):
    """`overprint comments ESSAY` lists that essay's comments."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Read a word that is no sub-command as the name of an essay."""
        named = args and args[0] not in self.commands and not args[0].startswith("-")
        return super().resolve_command(ctx, ["list", *args] if named else args)


comments_app = typer.Typer(
    cls=ListByDefault,
    help="List the comments of the essays, or change which are printed.",
    rich_markup_mode=None,
    invoke_without_command=True,
)


class Format(StrEnum):
    """How findings are shown."""

    FULL = "full"
    CONCISE = "concise"
    JSON = "json"
    SARIF = "sarif"
    GITHUB = "github"


class RecordFormat(StrEnum):
    """How an import is shown."""

    TEXT = "text"
    JSON = "json"


class Answer(StrEnum):
    """What the writer of a comment said."""

    GRANTED = "granted"
    PENDING = "pending"
    REFUSED = "refused"
    NOT_NEEDED = "not-needed"


class _Chosen:
    """What the options before the command chose."""

    folder: Path | None = None
    debug: bool = False


def root() -> Path:
    """Return the project's folder: the one named by -C, else the nearest upward."""
    if _Chosen.folder is None:
        return project.find(Path())
    return project.find_at(_Chosen.folder)


def _line_of(each: Diagnostic) -> str:
    with contextlib.suppress(Stop):
        return files.line_at(root(), each.place)
    return ""


def _version(wanted: bool) -> None:
    if wanted:
        show.line(f"overprint {__version__}")
        raise typer.Exit


@app.callback()
def options(
    folder: Annotated[Path | None, typer.Option("-C", "--project", help="The book's folder.", metavar="DIR")] = None,
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of an unknown fault.")] = False,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Read the options that stand before every command."""
    _Chosen.folder, _Chosen.debug = folder, debug


def command(target: typer.Typer, name: str | None = None) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Make a function a command whose `Stop` becomes messages and an exit code."""

    def declare(function: Callable[..., None]) -> Callable[..., None]:
        @wraps(function)
        def run(*args: Any, **kwargs: Any) -> None:
            with _ended(str(kwargs.get("form", Format.FULL))):
                function(*args, **kwargs)

        target.command(name)(run)
        return run

    return declare


@contextlib.contextmanager
def _ended(form: str = Format.FULL) -> Iterator[None]:
    """Turn what ends a command early into messages and an exit code, before typer does."""
    try:
        yield
    except Stop as stop:
        show.findings(stop.diagnostics, Format.FULL if form == RecordFormat.TEXT else form, _line_of)
        raise typer.Exit(stop.exit) from None
    except KeyboardInterrupt:
        show.error_line("interrupted; the last books are as they were")
        # All is undone by now; nothing that Python does at its end may change the code.
        _leave(Exit.INTERRUPTED)
    except BrokenPipeError:
        _leave(Exit.GOOD)


@command(app)
def new(folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder to make.")]) -> None:
    """Start a book: a short essay, a bio, two comments and styles, which build at once."""
    from overprint import pipeline

    pipeline.new(folder)
    show.line(f"{folder} is a book now. Next:")
    show.line(f"  overprint -C {folder} build                  builds what is there")
    show.line(f"  overprint -C {folder} import FILE            takes in an essay of yours")
    show.line(f"  {folder}/manuscript/                        is what you edit")


@command(app, "import")
def import_(
    sources: Annotated[
        list[Path], typer.Argument(metavar="SOURCE...", help="Text files to take in.", show_default=False)
    ],
    title: Annotated[str, typer.Option(help="The essay's title, where the source has none.")] = "",
    author: Annotated[str, typer.Option(help="Who wrote it.")] = "",
    date: Annotated[str, typer.Option(help="When it first appeared, as 2025-03-14.")] = "",
    url: Annotated[str, typer.Option(help="Where it first appeared.")] = "",
    slug: Annotated[str, typer.Option(help="A short name for its folder.")] = "",
    kind: Annotated[str, typer.Option("--from", help="Force a reader, such as `text`.", metavar="KIND")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Write nothing.")] = False,
    form: Annotated[RecordFormat, typer.Option("--format", help="json prints the whole record.")] = RecordFormat.TEXT,
) -> None:
    """Take essays, bios and comments from SOURCE into the manuscript."""
    from overprint import pipeline

    if date and not project.is_date(date):
        raise typer.BadParameter(f"“{date}” is not a date; write it as 2025-03-14", param_hint="--date")
    place = None if dry_run else root()
    overrules = {"title": title, "author": author, "date": date, "url": url, "slug": slug}
    found = pipeline.import_sources(sources, overrules, kind=kind)
    said = found.diagnostics
    if place is not None:
        added = pipeline.add(place, found.value)
        said += added.diagnostics
    if form is RecordFormat.JSON:
        show.records(found.value, said)
        return
    show.findings(said, "full")
    for number, (_, essay) in enumerate(found.value):
        show.imported(essay, added.value[number] if place is not None else None)
    if place is not None:
        show.line(
            "Next: overprint comments, overprint comments include ESSAY NUMBERS, overprint validate, overprint build."
        )


@comments_app.callback()
def comments(context: typer.Context) -> None:
    """List the comments, or change which are printed."""
    if context.invoked_subcommand is None:
        with _ended():
            _list_comments("")


def _list_comments(slug: str) -> None:
    from overprint import pipeline

    manuscript, _ = pipeline.validate(root()).value
    essays = [pipeline.essay(manuscript, slug)] if slug else list(manuscript.essays)
    for essay in essays:
        show.comments(essay, manuscript)


Essay = Annotated[str, typer.Argument(metavar="ESSAY", help="The essay's short name.")]
Numbers = Annotated[list[str], typer.Argument(metavar="NUMBERS...", help="Such as 1 3 5-9.", show_default=False)]


@command(comments_app, "list")
def list_(essay: Annotated[str, typer.Argument(metavar="[ESSAY]", help="The essay's short name.")] = "") -> None:
    """List the comments of one essay, or of all."""
    _list_comments(essay)


@command(comments_app)
def include(essay: Essay, numbers: Numbers) -> None:
    """Print these comments in the book."""
    _change(essay, numbers, {"include": "yes"})


@command(comments_app)
def exclude(essay: Essay, numbers: Numbers) -> None:
    """Leave these comments out of the book."""
    _change(essay, numbers, {"include": "no"})


@command(comments_app)
def consent(
    essay: Essay,
    numbers: Annotated[list[str], typer.Argument(metavar="NUMBERS... ANSWER", show_default=False)],
    note: Annotated[str, typer.Option("--note", help="How and when: “e-mail, 3 March”.")] = "",
) -> None:
    """Record whether the writers of these comments let you print them: granted, pending, refused, not-needed."""
    answer = numbers[-1]
    if answer not in set(Answer) or len(numbers) < 2:
        choices = ", ".join(Answer)
        raise typer.BadParameter(f"end with one of {choices}: overprint comments consent {essay} 2 granted")
    from overprint.manuscript.write import scalar

    _change(essay, numbers[:-1], {"consent": answer} | ({"consent_note": scalar(note)} if note else {}))


@command(comments_app)
def pick(essay: Essay) -> None:
    """Go through the comments of an essay one at a time and choose with keys: y prints one, n leaves it out."""
    from overprint import pipeline
    from overprint.picking import KEYS, Picking

    place = root()
    found = pipeline.essay(pipeline.validate(place).value[0], essay)
    state = Picking(tuple(comment.number for comment in found.comments))
    keys = ", ".join(f"{'space' if key == ' ' else key} {what}" for key, what in KEYS.items())
    while not state.done:
        manuscript = pipeline.validate(place).value[0]
        comment = next(each for each in pipeline.essay(manuscript, essay).comments if each.number == state.number)
        show.comment(comment, manuscript, f"{state.place + 1} of {len(state.numbers)}")
        show.line(keys)
        number = state.number
        state, include = state.press(typer.getchar())
        if include:
            pipeline.change_comments(place, found.slug, (number,), {"include": include})
    _list_comments(essay)


def _change(slug: str, numbers: list[str], changes: dict[str, str]) -> None:
    from overprint import pipeline

    wanted = _numbers(numbers)
    pipeline.change_comments(root(), slug, wanted, changes)
    what = ", ".join(f"{key}: {value}" for key, value in changes.items())
    show.line(f"{slug}: {what} for comment{'s' if len(wanted) > 1 else ''} {', '.join(map(str, wanted))}")


def _numbers(words: list[str]) -> tuple[int, ...]:
    """Return the numbers that `1 3 5-9` names.

    >>> _numbers(["1", "3", "5-7,9"])
    (1, 3, 5, 6, 7, 9)
    """
    numbers: list[int] = []
    for word in " ".join(words).replace(",", " ").split():
        first, dash, last = word.partition("-")
        if (
            not first.isdecimal()
            or (dash and not last.isdecimal())
            or int(last or first) - int(first) not in range(10_000)
        ):
            raise typer.BadParameter(f"“{word}” is not a number, nor a range such as 5-9")
        numbers += range(int(first), int(last or first) + 1)
    return tuple(dict.fromkeys(numbers))


Codes = Annotated[
    list[str] | None, typer.Option(help="Codes such as M5 or M503,M412.", metavar="CODES", show_default=False)
]
Shown = Annotated[Format, typer.Option("--format", help="How findings are shown.")]
Release = Annotated[bool, typer.Option("--release", help="Pending consents and permissions are errors.")]


@command(app)
def validate(
    paths: Annotated[
        list[Path] | None, typer.Argument(metavar="[PATH]...", help="Only findings in these.", show_default=False)
    ] = None,
    form: Shown = Format.FULL,
    select: Codes = None,
    ignore: Codes = None,
    release: Release = False,
) -> None:
    """Check the manuscript and say what is wrong, where, and what to do."""
    from overprint import pipeline
    from overprint.checks.choice import Choice

    place = root()
    made = pipeline.validate(place, Choice(_codes(select), _codes(ignore)), release=release)
    found = _inside(made.diagnostics, paths or [], place)
    show.findings(found, str(form), lambda each: files.line_at(place, each.place))
    if form in {Format.FULL, Format.CONCISE}:
        show.verdict(made.value[0], found)
    if errors(found):
        raise typer.Exit(Exit.CONTENT)


def _codes(words: list[str] | None) -> tuple[str, ...]:
    """Return the codes that `M5,M412` names.

    >>> _codes(["m5, M412"])
    ('M5', 'M412')
    """
    codes = " ".join(words or []).replace(",", " ").upper().split()
    for code in codes:
        if not re.fullmatch(r"[IMBEPX][0-9]{0,3}", code):
            raise typer.BadParameter(f"“{code}” is not a code; codes look like M503, or M5 for all that begin so")
    return tuple(codes)


def _inside(found: tuple[Diagnostic, ...], paths: list[Path], place: Path) -> tuple[Diagnostic, ...]:
    """Return the findings in some files and folders, or all where none are named."""
    wanted = [path.absolute() for path in paths]
    for path in wanted:
        if not path.exists() or not path.is_relative_to(place):
            raise typer.BadParameter(f"{path} is not in the project {place}")
    return tuple(
        each for each in found if not wanted or any((place / each.place.path).is_relative_to(path) for path in wanted)
    )


@command(app)
def build(
    outputs: Annotated[list[str] | None, typer.Argument(metavar="[epub] [pdf]", show_default=False)] = None,
    out: Annotated[Path | None, typer.Option("--out", help="Another folder for the books.", metavar="DIR")] = None,
    strict: Annotated[bool, typer.Option("--strict", help="Warnings stop the build.")] = False,
    release: Release = False,
    form: Shown = Format.FULL,
) -> None:
    """Build the books: those named, else all that book.yaml lists."""
    from overprint import pipeline

    place = root()
    made = pipeline.build(place, outputs or (), out, strict=strict, release=release)
    show.findings(made.diagnostics, str(form), lambda each: files.line_at(place, each.place))
    if form in {Format.SARIF, Format.GITHUB}:
        return
    for each in made.value:
        show.built(each, as_json=form is Format.JSON)


@command(app)
def explain(code: Annotated[str, typer.Argument(metavar="CODE", help="Such as M101.")]) -> None:
    """Show the manual page of a message."""
    from overprint import catalogue

    catalogue.load()
    kind = KINDS.get(code.upper())
    if kind is None:
        raise typer.BadParameter(f"there is no message {code}; codes look like M101", param_hint="CODE")
    show.manual(kind)


@command(app)
def doctor() -> None:
    """Say what is installed, what is missing, and the line that installs it."""
    from overprint import catalogue

    if not show.health(catalogue.health()):
        raise typer.Exit(Exit.CANNOT)


app.add_typer(comments_app, name="comments")


def main() -> None:
    """Run the command line; nothing but an exit code and messages comes out."""
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        app()
    except KeyboardInterrupt:
        show.error_line("interrupted; the last books are as they were")
        _leave(Exit.INTERRUPTED)
    except BrokenPipeError:
        _leave(Exit.GOOD)
    except Exception as fault:
        if _Chosen.debug:
            raise
        show.error_line(f"overprint met a fault of its own ({type(fault).__name__}: {fault}).")
        show.error_line(
            "  hint: run it again with `overprint --debug …` and report what it prints; no book was changed"
        )
        _leave(Exit.CANNOT)


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _leave(code: int) -> None:
    """Leave without Python's own complaints about a closed pipe."""
    with contextlib.suppress(OSError, ValueError):
        sys.stderr.flush()
    os._exit(code)


__all__ = ["app", "main"]
