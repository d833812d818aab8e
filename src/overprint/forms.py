"""The forms in which findings are shown: for people, for scripts, and for the services that read them."""

from __future__ import annotations

import json
import os
import re
import unicodedata
from collections.abc import Callable, Iterable
from urllib.parse import quote

from overprint import __version__
from overprint.diagnostics import Diagnostic, Severity
from overprint.manual import parts

NAMES = ("full", "concise", "json", "sarif", "github")
WIDEST = 72
"""Columns of a source line that are shown; a paragraph is one long line."""
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.HINT: "note"}
COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.HINT: "notice"}
SARIF = "https://json.schemastore.org/sarif-2.1.0.json"

LineOf = Callable[[Diagnostic], str]


def visible(words: str) -> str:
    r"""Return words without the control characters that could play tricks on a terminal.

    >>> visible("a\x1b[2Jb")
    'a\ufffd[2Jb'
    """
    return "".join(
        char if char.isprintable() or char == "\xa0" else " " if char == "\t" else "\ufffd" for char in words
    )


def with_gaps(wording: str) -> str:
    """Return a wording with its facts shown as gaps.

    >>> with_gaps("`{key}` is missing")
    '`<key>` is missing'
    """
    return re.sub(r"\{(\w+)\}", r"<\1>", wording).replace("{{", "{").replace("}}", "}")


def concise(each: Diagnostic) -> str:
    """Return `path:line:column: severity CODE message`."""
    return f"{visible(str(each.place))}: {each.severity} {each.code} {visible(each.message)}"


def full(each: Diagnostic, line: str) -> str:
    """Return the finding, its line of the source with a caret below its place, and what to do."""
    parts = [concise(each)]
    if line and not line.isspace() and each.place.line:
        parts += _excerpt(line, each.place.column or 1)
    if each.hint:
        parts.append(f"  hint: {visible(each.hint)}")
    return "\n".join(parts)


def _excerpt(line: str, column: int) -> list[str]:
    """Return the line around a column, and a caret under it.

    >>> _excerpt("title: On Bees", 8)
    ['  | title: On Bees', '  |        ^']
    """
    at = min(column - 1, len(line))
    start = max(0, min(at - WIDEST // 2, len(line) - WIDEST))
    before = ("…" if start else "") + visible(line[start + bool(start) : at])
    after = visible(line[at : start + WIDEST])
    cut = "…" if start + WIDEST < len(line) else ""
    return [f"  | {before}{after}{cut}", f"  | {' ' * columns(before)}^"]


def columns(words: str) -> int:
    """Return how many columns of a terminal words take; wide characters take two, combining marks none.

    >>> columns("影a"), columns("é")
    (3, 1)
    """
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in words
    )


def as_json(each: Diagnostic) -> str:
    """Return the finding as one JSON object on one line, in ASCII, so that no terminal or locale can spoil it."""
    return json.dumps(each.as_record())


def github(each: Diagnostic) -> str:
    """Return the workflow command that puts the finding beside the changed line."""
    place = each.place
    facts = {"file": place.path, "line": place.line or "", "col": place.column or "", "title": each.code}
    known = ",".join(f"{name}={_property(str(fact))}" for name, fact in facts.items() if fact)
    words = each.message + (f" ({each.hint})" if each.hint else "")
    return f"::{COMMANDS[each.severity]} {known}::{_data(words)}"


def _data(words: str) -> str:
    return words.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(words: str) -> str:
    return _data(words).replace(":", "%3A").replace(",", "%2C")


def sarif(found: Iterable[Diagnostic]) -> str:
    """Return all findings as one SARIF 2.1.0 log."""
    found = tuple(found)
    kinds = {each.code: each.kind for each in found}
    rules = [
        {
            "id": code,
            "shortDescription": {"text": _sarif_text(with_gaps(kind.message))},
            "fullDescription": {"text": _sarif_text(parts(kind.manual)[0] or with_gaps(kind.message))},
            "defaultConfiguration": {"level": LEVELS[kind.severity]},
        }
        for code, kind in sorted(kinds.items())
    ]
    places = {rule["id"]: index for index, rule in enumerate(rules)}
    driver = {"name": "overprint", "semanticVersion": __version__, "rules": rules}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(each, places[each.code]) for each in found],
    }
    return json.dumps({"$schema": SARIF, "version": "2.1.0", "runs": [run]}, indent=1)


def _result(each: Diagnostic, rule: int) -> dict[str, object]:
    words = each.message + (f". {each.hint[0].upper()}{each.hint[1:]}." if each.hint else "")
    result: dict[str, object] = {
        "ruleId": each.code,
        "ruleIndex": rule,
        "level": LEVELS[each.severity],
        "message": {"text": _sarif_text(words)},
    }
    if each.place.path:
        location: dict[str, object] = {"artifactLocation": {"uri": _uri(each.place.path)}}
        if each.place.line:
            location["region"] = {"startLine": each.place.line, "startColumn": each.place.column or 1}
        result["locations"] = [{"physicalLocation": location}]
    if each.place.page:
        result["properties"] = {"page": each.place.page}
    return result


def _sarif_text(words: str) -> str:
    r"""Return words as a SARIF message has them: braces stand doubled, and nothing in them is a link.

    >>> print(_sarif_text("`{key}` and [it](x)"))
    `{{key}}` and [it\](x)
    """
    return words.replace("{", "{{").replace("}", "}}").replace("](", "\\](")


def _uri(path: str) -> str:
    """Return a path as a URI reference; a name that is not UTF-8 keeps its bytes.

    >>> _uri("manuscript/essays/50 %: a café.md"), _uri("/tmp/a.md")
    ('manuscript/essays/50%20%25%3A%20a%20caf%C3%A9.md', 'file:///tmp/a.md')
    """
    return ("file://" if path.startswith("/") else "") + quote(os.fsencode(path))
