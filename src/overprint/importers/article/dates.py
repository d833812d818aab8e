"""The day an article appeared, as `YYYY-MM-DD`; a date that could be two is none."""

from __future__ import annotations

import datetime
import re

from overprint.importers.responses.dates import Calendar, machine, order_of

COMPACT = re.compile(r"\s*((?:19|20)\d\d)([01]\d)([0-3]\d)(?:[T\s]?\d{4,6}.*)?\s*")
ADDRESS = re.compile(r"/((?:19|20)\d\d)(?:[/-]([01]?\d)[/-]([0-3]?\d)|([01]\d)([0-3]\d))(?=[/_.-]|$)")


def read(text: str, language: str) -> str:
    """Return the first whole date in a text, or empty; the language tells 3/4/2014 apart, where it can."""
    if compact := COMPACT.fullmatch(text):
        return _day(*compact.groups())
    found = machine(text, Calendar(day_first=order_of([text], language, None)))
    return found.iso if found and len(found.iso) == 10 and not found.missing else ""


def in_address(url: str) -> str:
    """Return the day that an address names, as in `/2014/02/20/`, or empty."""
    found = ADDRESS.search(url)
    return _day(found[1], found[2] or found[4], found[3] or found[5]) if found else ""


def _day(year: str, month: str, day: str) -> str:
    try:
        return datetime.date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""
