"""What every command shares: the program, the project it works on, and how it ends."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Callable, Iterator
from enum import StrEnum
from functools import wraps
from pathlib import Path
from types import FrameType
from typing import Annotated, Any

import typer

from overprint import __version__, files, project, show
from overprint.diagnostics import Diagnostic, Exit, Stop

app = typer.Typer(
    name="overprint",
    help="Make an EPUB and a print-ready PDF of essays, their authors' bios and the reader comments you chose.",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
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
            with ended(str(kwargs.get("form", Format.FULL))):
                function(*args, **kwargs)

        target.command(name)(run)
        return run

    return declare


@contextlib.contextmanager
def ended(form: str = Format.FULL) -> Iterator[None]:
    """Turn what ends a command early into messages and an exit code, before typer does."""
    try:
        yield
    except Stop as stop:
        show.findings(stop.diagnostics, form if form in set(Format) else Format.FULL, _line_of)
        raise typer.Exit(stop.exit) from None
    except KeyboardInterrupt:
        show.error_line("interrupted; the last books are as they were")
        # All is undone by now; nothing that Python does at its end may change the code.
        _leave(Exit.INTERRUPTED)
    except BrokenPipeError:
        _leave(Exit.GOOD)


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
