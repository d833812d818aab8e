"""What overprint says about a book: each kind of message is declared once and shown everywhere.

A `Kind` holds the code, severity, wording and hint; `Kind.at` makes a `Diagnostic` with its `Place`. Stages return
`Made(value, diagnostics)` or raise `Stop(diagnostics)`; nothing returns None for failure and nothing prints here.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

T = TypeVar("T")


class Severity(enum.StrEnum):
    """How much a finding matters: an error stops the build, a warning does not, a hint only helps."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"


class Exit(enum.IntEnum):
    """The exit codes of the command line."""

    GOOD = 0
    CONTENT = 1
    USAGE = 2
    CANNOT = 3
    INTERRUPTED = 130


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands.

    Attributes:
        path: file, relative to the project (or as the user named it).
        line: 1-based line, 0 when unknown.
        column: 1-based column in code points, 0 when unknown.
        page: folio of the printed page, empty when unknown.
    """

    path: str = ""
    line: int = 0
    column: int = 0
    page: str = ""

    def __str__(self) -> str:
        """Show `path:line:column`, leaving out what is unknown."""
        known = [self.path or "overprint"]
        if self.line:
            known += [str(self.line), str(self.column or 1)]
        return ":".join(known)

    def moved(self, lines: int, column: int = 0) -> Place:
        """Return the place `lines` further down; `column` replaces the column when it is not 0."""
        return Place(self.path, self.line + lines, column or self.column, self.page)


NOWHERE = Place()


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of message: `code` such as `M101`, wording and hint with `{names}` for facts, and its manual page.

    `gates_release` makes it an error when a book is released: consent that is pending, a picture that is not described.

    Raises:
        ValueError: a code is declared twice.
    """

    code: str
    severity: Severity
    message: str
    hint: str = ""
    manual: str = field(default="", compare=False, repr=False)
    gates_release: bool = False

    def __post_init__(self) -> None:
        """Register the kind, so that `overprint explain` finds it."""
        if self.code in KINDS:
            raise ValueError(f"{self.code} is declared twice")
        KINDS[self.code] = self

    def __reduce__(self) -> tuple[object, tuple[str]]:
        """Travel between processes by code, so that a kind is never declared twice."""
        return _kind, (self.code,)

    def at(
        self, place: Place = NOWHERE, /, *, hint: str = "", facts: Mapping[str, object] | None = None, **named: object
    ) -> Diagnostic:
        """Return this kind of message said of `place`; facts fill the wording, `hint` replaces the usual hint."""
        words = {name: _short(str(fact)) for name, fact in {**(facts or {}), **named}.items()}
        return Diagnostic(self, place, self.message.format(**words), hint or self.hint.format(**words))


KINDS: dict[str, Kind] = {}
LONGEST_FACT = 400
"""Characters; a value that fills a page would hide what is said of it."""


def _short(fact: str) -> str:
    return fact if len(fact) <= LONGEST_FACT else f"{fact[: LONGEST_FACT - 1]}…"


def _kind(code: str) -> Kind:
    return KINDS[code]


def error(code: str, message: str, hint: str = "", manual: str = "") -> Kind:
    """Declare a kind that stops the build."""
    return Kind(code, Severity.ERROR, message, hint, manual)


def warning(code: str, message: str, hint: str = "", manual: str = "") -> Kind:
    """Declare a kind that warns."""
    return Kind(code, Severity.WARNING, message, hint, manual)


def hint(code: str, message: str, advice: str = "", manual: str = "") -> Kind:
    """Declare a kind that only helps."""
    return Kind(code, Severity.HINT, message, advice, manual)


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding: what, where, and what to do."""

    kind: Kind
    place: Place
    message: str
    hint: str
    released: bool = False

    @property
    def code(self) -> str:
        """The code, such as `M101`."""
        return self.kind.code

    @property
    def severity(self) -> Severity:
        """Error, warning or hint; a release makes errors of what it may not leave open."""
        return Severity.ERROR if self.released and self.kind.gates_release else self.kind.severity

    def as_record(self) -> dict[str, object]:
        """Return the JSON object of the command line's contract; what is unknown is null."""
        return {
            "code": self.code,
            "severity": str(self.severity),
            "message": self.message,
            "hint": self.hint or None,
            "path": self.place.path or None,
            "line": self.place.line or None,
            "column": self.place.column or None,
            "page": self.place.page or None,
        }


@dataclass(frozen=True, slots=True)
class Made(Generic[T]):
    """What a stage made, with what it has to say about it."""

    value: T
    diagnostics: tuple[Diagnostic, ...] = ()


class Stop(Exception):  # noqa: N818 - a stop is not always an error
    """A stage cannot go on.

    Attributes:
        diagnostics: why, at least one.
        exit: the exit code: CONTENT when the editor's files are at fault, CANNOT when tools or limits are.
    """

    def __init__(self, *diagnostics: Diagnostic, exit: Exit = Exit.CONTENT) -> None:  # noqa: A002
        super().__init__("; ".join(each.message for each in diagnostics))
        self.diagnostics = diagnostics
        self.exit = exit


def errors(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return those that stop a build."""
    return tuple(each for each in diagnostics if each.severity is Severity.ERROR)


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return them by place, each once."""
    return tuple(dict.fromkeys(sorted(diagnostics, key=lambda each: (each.place, each.code, each.message))))
