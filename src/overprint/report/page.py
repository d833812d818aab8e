"""The report as one page: the verdict first, then what to do, what was made, and how it can be made again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from overprint.report import pictures
from overprint.report.record import Record
from overprint.report.verdict import judged, many

SEVERITIES = ("error", "warning", "hint")
SHOWN = 5
"""Of longer lists so many items are open to view."""
FEW = 16
"""Longer tables are folded."""
WIDE, HIGH = 640, 120
"""The chart of ink, in units of its own."""
KINDS = {
    ".epub": "EPUB, for reading systems and shops",
    ".print.pdf": "pages for the printer",
    ".screen.pdf": "pages for screens",
    ".booklet.pdf": "pages for folding and stapling",
    ".cover.jpg": "the front, for shops",
    ".cover.pdf": "the printed cover: back, spine and front",
    ".cover.proof.png": "the printed cover with its guides",
    ".onix.xml": "the catalogue record",
}
ROLES = {"aut": "by", "edt": "edited by", "trl": "translated by", "ill": "illustrated by"}


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do, and all the findings that it settles."""

    severity: str
    code: str
    what: str
    found: Sequence[Record]


@dataclass(frozen=True, slots=True)
class Ink:
    """The chart of ink: a bar for each page, as its place and height, and the line of the limit."""

    limit: float
    line: float
    bars: tuple[tuple[float, float, float, bool], ...]
    most: Record
    heavy: tuple[Record, ...]


def html(record: Record, books: Path) -> str:
    """Return the page; `books` is the folder of the finished files."""
    loader = PackageLoader("overprint", "report")
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True)
    environment.filters |= {"many": many, "size": size, "whole": "{:,}".format, "advice": advice}
    names = [each["name"] for each in record["files"]]
    named = {kind: books / name for kind in KINDS for name in names if name.endswith(kind)}
    sheet = named.get(".print.pdf") or named.get(".screen.pdf")
    checks = {each["file"]: each for each in record["checks"]}
    measured = [each["measured"] for each in record["checks"] if each["measured"] and ".print." in each["file"]]
    return environment.get_template("report.html").render(
        record=record,
        by=_by(record["book"]["creators"]),
        tasks=tuple(tasks(record["findings"])),
        kind=lambda name: next((said for end, said in KINDS.items() if name.endswith(end)), ""),
        judged=judged,
        checks=checks,
        others=[each for each in record["checks"] if each["file"] not in names],
        spreads=tuple(pictures.spreads(sheet)) if sheet else (),
        front=pictures.small(named[".cover.jpg"], pictures.COVER) if ".cover.jpg" in named else None,
        proof=pictures.small(named[".cover.proof.png"], pictures.PROOF) if ".cover.proof.png" in named else None,
        measured=measured[0] if measured else None,
        ink=ink(measured[0]) if measured and measured[0]["ink_limit"] else None,
        consents=Counter(each["consent"] for each in record["permissions"] if each["printed"] == "yes"),
        shown=SHOWN,
        few=FEW,
        chart=(WIDE, HIGH),
    )


def tasks(findings: Iterable[Record]) -> Iterator[Task]:
    """Yield what to do, the gravest first, each with the findings that ask for it.

    >>> found = {"severity": "hint", "code": "M1", "message": "a", "hint": "b"}
    >>> [(task.what, len(task.found)) for task in tasks([found, found])]
    [('b', 2)]
    """

    def order(each: Record) -> tuple[int, str, str]:
        # What is said of a thing takes the place of advice where there is none.
        return SEVERITIES.index(each["severity"]), each["code"], each["hint"] or each["message"]

    for (severity, code, what), found in groupby(sorted(findings, key=order), order):
        yield Task(SEVERITIES[severity], code, what, tuple(found))


def ink(measured: Record) -> Ink:
    """Return the chart of what was measured of a file."""
    limit, found = measured["ink_limit"], measured["ink"]
    most = max(found, key=lambda each: each["percent"])
    top = max(limit, most["percent"]) * 1.1
    step = WIDE / max(1, len(found))
    wide = round(max(0.5, step * 0.8), 2)
    bars = tuple(
        (round(at * step, 2), wide, round(each["percent"] / top * HIGH, 2), each["percent"] > limit)
        for at, each in enumerate(found)
    )
    return Ink(limit, round(HIGH - limit / top * HIGH, 2), bars, most, tuple(x for x in found if x["percent"] > 100))


def advice(words: str) -> Markup:
    """Return a hint as a sentence, with what is to be typed as code.

    >>> str(advice("type `overprint build` & wait"))
    'Type <code>overprint build</code> &amp; wait.'
    """
    begun = f"{words[:1].upper()}{words[1:]}{'' if words.endswith(('.', '!', '?')) else '.'}"
    return Markup(re.sub(r"`([^`]+)`", r"<code>\1</code>", str(escape(begun))))  # noqa: S704 - escaped before


def size(count: int) -> str:
    """Return a number of bytes for people.

    >>> size(302_000), size(4_500_000)
    ('302 kB', '4.5 MB')
    """
    return f"{count / 1e6:.1f} MB" if count >= 1e6 else f"{max(1, round(count / 1000))} kB"


def _by(creators: Iterable[Record]) -> str:
    found = groupby(creators, key=lambda each: each["role"])
    return "; ".join(
        f"{ROLES[role]} {', '.join(each['name'] for each in those)}" for role, those in found if role in ROLES
    )
