"""The day an article appeared, as `YYYY-MM-DD`; a date that could be two is none."""

from __future__ import annotations

import datetime
import re

from overprint.importers.responses.dates import Calendar, machine, order_of

UNIVERSAL = re.compile(r"\d:\d\d(?::\d\d(?:\.\d+)?)?\s?(?:Z|[+-]00:?00|GMT|UTC)\s*$")
COMPACT = re.compile(r"\s*((?:19|20)\d\d)([01]\d)([0-3]\d)(?:[T\s]?\d{4,6}.*)?\s*")
MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
ADDRESS = re.compile(
    r"/((?:19|20)\d\d)"
    rf"(?:(?:[/-]|/[a-z_-]+/)([01]?\d|{'|'.join(MONTHS)})[/-]([0-3]?\d)|([01]\d)([0-3]\d))(?=[/_.-]|$)",
    re.I,
)


def read(text: str, language: str) -> str:
    """Return the first whole date in a text, or empty; the language tells 3/4/2014 apart, where it can."""
    if compact := COMPACT.fullmatch(text):
        return _day(*compact.groups())
    found = machine(text, Calendar(day_first=order_of([text], language, None)))
    return found.iso if found and len(found.iso) == 10 and not found.missing else ""


def in_address(url: str) -> str:
    """Return the day that an address names, as in `/2014/02/20/` or `/2014/feb/20/`, or empty."""
    found = ADDRESS.search(url)
    if not found:
        return ""
    month = (found[2] or found[4]).lower()
    return _day(found[1], str(MONTHS.index(month) + 1) if month in MONTHS else month, found[3] or found[5])


def local(text: str, day: str, beside: str) -> str:
    """Return the day on which an essay appeared where its site is at home.

    Args:
        text: the moment as the page's data says it.
        day: its date.
        beside: the day in the page's address, which tells where a moment in universal time is the day before or after.
    """
    if not beside or not UNIVERSAL.search(text):
        return day
    apart = datetime.date.fromisoformat(beside) - datetime.date.fromisoformat(day)
    return beside if abs(apart.days) == 1 else day


def _day(year: str, month: str, day: str) -> str:
    try:
        return datetime.date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""
