"""A look at a finished EPUB before it goes out: EPUBCheck where Java is, and what no judge catches."""

from __future__ import annotations

from pathlib import Path

from overprint.diagnostics import Made, in_order
from overprint.preflight import claims, contents, page_list, sheets
from overprint.preflight.judge import epubcheck
from overprint.preflight.opened import opened

__all__ = ["check"]

RULES = (claims, contents, page_list, sheets)


def check(path: Path) -> Made[str]:
    """Say all that is to be said of an EPUB by itself; the value says who was asked.

    Raises:
        Stop: the file is no EPUB that can be opened.
    """
    made = opened(path)
    said = [each for group in RULES for each in group.RULES.run(made.value)]
    asked = sum(group.RULES.asked(made.value) for group in RULES)
    judged = epubcheck(path)
    by = f"{judged.value} and {asked} rules" if judged.value else f"{asked} rules"
    return Made(f"checked by {by}", in_order([*made.diagnostics, *said, *judged.diagnostics]))
