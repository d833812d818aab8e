"""How a rule is declared: code, severity and wording in the decorator, the manual page in the docstring."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from typing import Generic, Protocol, TypeVar

from overprint.diagnostics import Diagnostic, Kind, Place, Severity

Subject = TypeVar("Subject")


class Say(Protocol):
    """Makes a finding of the rule's own kind: its place, and the facts that fill the wording."""

    def __call__(self, place: Place, /, **facts: object) -> Diagnostic:
        """Return the finding."""


Check = Callable[[Say, Subject], Iterator[Diagnostic]]


class Rules(Generic[Subject]):
    """The rules on one kind of subject, in the order they were declared."""

    def __init__(self) -> None:
        self._rules: list[tuple[Kind, Check[Subject]]] = []

    def rule(
        self, code: str, severity: Severity, message: str, hint: str, *, gates_release: bool = False
    ) -> Callable[[Check[Subject]], Check[Subject]]:
        """Declare the decorated function a rule; it yields a finding for each fault."""

        def declare(check: Check[Subject]) -> Check[Subject]:
            self._rules.append((Kind(code, severity, message, hint, inspect.getdoc(check) or "", gates_release), check))
            return check

        return declare

    def run(self, subject: Subject) -> tuple[Diagnostic, ...]:
        """Return all findings."""
        return tuple(finding for kind, check in self._rules for finding in check(_sayer(kind), subject))


def _sayer(kind: Kind) -> Say:
    def say(place: Place, /, **facts: object) -> Diagnostic:
        return kind.at(place, facts=facts)

    return say
