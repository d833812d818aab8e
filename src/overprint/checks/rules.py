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
Asks = Callable[[Subject], bool]


class Rules(Generic[Subject]):
    """The rules on one kind of subject, in the order they were declared."""

    def __init__(self) -> None:
        self._rules: list[tuple[Kind, Check[Subject], Asks[Subject]]] = []

    def rule(
        self,
        code: str,
        severity: Severity,
        message: str,
        hint: str,
        *,
        gates_release: bool = False,
        asks: Asks[Subject] = lambda subject: True,
    ) -> Callable[[Check[Subject]], Check[Subject]]:
        """Declare the decorated function a rule; it yields a finding for each fault.

        It is run where the subject `asks` for it.
        """

        def declare(check: Check[Subject]) -> Check[Subject]:
            kind = Kind(code, severity, message, hint, inspect.getdoc(check) or "", gates_release)
            self._rules.append((kind, check, asks))
            return check

        return declare

    def run(self, subject: Subject) -> tuple[Diagnostic, ...]:
        """Return all findings."""
        return tuple(
            finding for kind, check, asks in self._rules if asks(subject) for finding in check(_sayer(kind), subject)
        )

    def asked(self, subject: Subject) -> int:
        """Return how many rules there are for a subject."""
        return sum(asks(subject) for _, _, asks in self._rules)


def _sayer(kind: Kind) -> Say:
    def say(place: Place, /, **facts: object) -> Diagnostic:
        return kind.at(place, facts=facts)

    return say
