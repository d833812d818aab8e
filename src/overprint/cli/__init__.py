"""The commands: read arguments, call one function, show what came back. Only this package prints, by way of `show`.

Exit codes: 0 good, 1 errors in the content, 2 wrong usage, 3 cannot go on, 130 interrupted.
"""

from __future__ import annotations

import contextlib
import re
import shlex
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Annotated

import typer

from overprint import files, show
from overprint.cli.checking import check
from overprint.cli.comments import comments_app
from overprint.cli.errata import diff
from overprint.cli.frame import Format, app, command, main, root
from overprint.cli.importing import import_
from overprint.cli.preview import preview
from overprint.cli.profiles import profiles
from overprint.diagnostics import KINDS, Diagnostic, Exit, Place, Stop, errors

__all__ = ["app", "main"]


@command(app)
def new(folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder to make.")]) -> None:
    """Start a book: a short essay, a bio, two comments and styles, which build at once."""
    from overprint import pipeline

    pipeline.new(folder)
    show.line(f"{folder} is a book now. Next:")
    show.line(f"  overprint -C {folder} build                  builds what is there")
    show.line(f"  overprint -C {folder} import FILE            takes in an essay of yours")
    show.line(f"  {folder}/manuscript/                        is what you edit")


command(app, "import")(import_)

Codes = Annotated[
    list[str] | None, typer.Option(help="Codes such as M5 or M503,M412.", metavar="CODES", show_default=False)
]
Shown = Annotated[Format, typer.Option("--format", help="How findings are shown.")]
Release = Annotated[
    bool, typer.Option("--release", help="Pending consents and permissions, and pictures not described, are errors.")
]


@command(app)
def validate(
    paths: Annotated[
        list[Path] | None, typer.Argument(metavar="[PATH]...", help="Only findings in these.", show_default=False)
    ] = None,
    form: Shown = Format.FULL,
    select: Codes = None,
    ignore: Codes = None,
    release: Release = False,
    fix: Annotated[bool, typer.Option("--fix", help="Mend what is safe to mend, then check.")] = False,
    unsafe_fixes: Annotated[
        bool, typer.Option("--unsafe-fixes", help="Mend also what you should look at afterwards.")
    ] = False,
    diff: Annotated[
        bool, typer.Option("--diff", help="Show what would be mended and write nothing; exit code 1 if there is any.")
    ] = False,
) -> None:
    """Check the manuscript and say what is wrong, where, and what to do."""
    from overprint import pipeline
    from overprint.checks.choice import Choice

    place = root()
    choice, is_wanted = Choice(_codes(select), _codes(ignore)), _inside(paths or [], place)
    if fix or unsafe_fixes or diff:
        fixed = pipeline.fix(place, choice, wanted=is_wanted, unsafe=unsafe_fixes, write=not diff)
        if diff:
            show.diff(fixed, place)
            raise typer.Exit(Exit.CONTENT if fixed.changes else Exit.GOOD)
        show.fixed(fixed, aside=form not in {Format.FULL, Format.CONCISE})
    made = pipeline.validate(place, choice, release=release)
    found = tuple(filter(is_wanted, made.diagnostics))
    if form in {Format.FULL, Format.CONCISE}:
        safe, unsafe = pipeline.mendable(made.value[0], filter(lambda each: choice.names(each.code), found))
        help_ = dict.fromkeys(safe, "--fix") | dict.fromkeys(unsafe, "--unsafe-fixes")
        show.findings(found, str(form), lambda each: files.line_at(place, each.place), lambda each: help_.get(each, ""))
        show.verdict(made.value[0], found, (len(safe), len(unsafe)))
    else:
        show.findings(found, str(form))
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


def _inside(paths: list[Path], place: Path) -> Callable[[Diagnostic], bool]:
    """Return what tells whether a finding is in some files and folders; where none are named, all are."""
    wanted = [path.absolute() for path in paths]
    for path in wanted:
        if not path.exists() or not path.is_relative_to(place):
            raise typer.BadParameter(f"{path} is not in the project {place}")
    return lambda each: not wanted or any((place / each.place.path).is_relative_to(path) for path in wanted)


@command(app)
def build(
    outputs: Annotated[
        list[str] | None, typer.Argument(metavar="[epub] [pdf] [screen] [booklet] [cover] [wrap]", show_default=False)
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", help="Another folder for the books.", metavar="DIR")] = None,
    profile: Annotated[
        str,
        typer.Option(
            "--profile", help="The printer; `overprint profiles` lists them.", metavar="NAME", show_default=False
        ),
    ] = "",
    strict: Annotated[bool, typer.Option("--strict", help="Warnings stop the build.")] = False,
    release: Release = False,
    jobs: Annotated[
        int | None,
        typer.Option(
            "--jobs", help="How many essays are laid out at a time.", min=1, max=256, show_default="all cores"
        ),
    ] = None,
    no_cache: Annotated[bool, typer.Option("--no-cache", help="Lay out all pages anew.")] = False,
    scheduler: Annotated[
        str,
        typer.Option(
            "--scheduler", help="Have a dask cluster lay out the pages.", metavar="ADDRESS", show_default=False
        ),
    ] = "",
    form: Shown = Format.FULL,
) -> None:
    """Build the books: those named, else all that book.yaml lists."""
    from overprint import pipeline

    place = root()
    with show.progress() as watch:
        kept = None if no_cache else files.own_cache() / "pages"
        layout = pipeline.Layouting(jobs or pipeline.cores(), kept, scheduler, watch=watch)
        command = _again(outputs or (), profile=profile, strict=strict, release=release)
        made = pipeline.build(
            place, outputs or (), out, strict=strict, release=release, layout=layout, profile=profile, command=command
        )
    show.findings(made.diagnostics, str(form), lambda each: files.line_at(place, each.place))
    if form in {Format.SARIF, Format.GITHUB}:
        return
    for each in made.value:
        show.built(each, as_json=form is Format.JSON)
    if form is not Format.JSON:
        show.line("`overprint check` has them judged, and report.html beside them tells it all")


def _again(outputs: Iterable[str], *, profile: str, strict: bool, release: bool) -> str:
    """Return the line that builds the same books again.

    >>> _again(["epub"], profile="kdp", strict=False, release=True)
    'overprint build epub --profile kdp --release'
    """
    told = ["--profile", profile] if profile else []
    told += [option for option, wanted in (("--strict", strict), ("--release", release)) if wanted]
    return shlex.join(["overprint", "build", *outputs, *told])


command(app)(check)
command(app)(diff)


@command(app)
def themes() -> None:
    """List the looks that a book can have: ours, and those in its own folder themes/."""
    from overprint.compose import theme

    place = None
    with contextlib.suppress(Stop):
        place = root()
    for name in theme.known(place):
        facts = theme.find(name, place, Place(f"themes/{name}")).facts
        show.line(f"{name:<12} {facts['name']}: {facts['about']}")


command(app)(profiles)
command(app)(preview)


@command(app)
def explain(code: Annotated[str, typer.Argument(metavar="CODE", help="Such as M101.")]) -> None:
    """Show the manual page of a message."""
    from overprint import catalogue
    from overprint.fixes import FIXES

    catalogue.load()
    kind = KINDS.get(code.upper())
    if kind is None:
        raise typer.BadParameter(f"there is no message {code}; codes look like M101", param_hint="CODE")
    fix = FIXES.get(kind.code)
    show.manual(kind, "" if fix is None else "--fix" if fix.safe else "--unsafe-fixes")


@command(app)
def doctor() -> None:
    """Say what is installed, what is missing, what it is for, and the line that installs it."""
    from overprint.doctor import look

    if not show.health(look()):
        raise typer.Exit(Exit.CANNOT)


app.add_typer(comments_app, name="comments")
