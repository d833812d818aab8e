"""Titles whose lines are not those of the text end on the grid all the same, so that facing pages stay level.

A title of three lines of 35 pt leaves a grid of 14 pt. CSS cannot round; the builder knows how many lines there are.
"""

from __future__ import annotations

from lxml import etree

from overprint.compose import balance
from overprint.model import Setting


def keep(part: etree._Element, setting: Setting) -> None:
    """Fill up what a theme's `lines` give a leading of their own; after `balance.balance`."""
    grid = setting.text.leading if setting.text else 0
    if not grid:
        return
    for element, measure in balance.measured(part, setting.even):
        if measure.leading:
            spare = -(measure.above + balance.count(element, measure) * measure.leading) % grid
            if 0.01 < spare < grid - 0.01:
                element.set("style", f"padding-bottom: {spare:g}pt")
