"""Keeps each footnote on the page of its call, which WeasyPrint 70.0 does not always do.

When a page has room for one line of a paragraph, and two must stay together, WeasyPrint wins the second line by moving
the page's last notes to the next page: a call on page 5, its note on page 6. A printer moves the paragraph instead. One
condition in one function decides it.

Columns are laid out again and again until there is room for their notes. Less room for the text takes lines with calls
off the page, and their notes with them; then there is room for these lines again, and so on. WeasyPrint gives up with
the lines on the page and no room for their notes, which go to the next page or, in some books, are lost. Here the room
grows step by step instead until it is enough.

In both cases the function is compiled again with other lines in it. Tried with WeasyPrint 70.0 alone, and the lines
must be there once: otherwise nothing is changed, and a note that strays is reported like any other fault.
"""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from typing import Any

TRIED_WITH = "70.0"
CONDITION = "report = not context.in_column and can_break_now and not could_break_before"
ROOM = """\
                if last_footnotes_height not in footnote_area_heights:
                    # Footnotes have been rendered, try to re-render with the
                    # new footnote area height
                    height -= last_footnotes_height - footnote_area_heights[-1]
                    footnote_area_heights.append(last_footnotes_height)
                    continue
"""
ENOUGH_ROOM = """\
                room = room_for_notes(footnote_area_heights, last_footnotes_height)
                if room != footnote_area_heights[-1]:
                    height -= room - footnote_area_heights[-1]
                    footnote_area_heights.append(room)
                    continue
"""
STEP = 8
"""How much more room notes are given at a time, in px: less than a line."""
MOST = 40
"""How often columns are laid out for the sake of their notes."""


def keep_notes(weasyprint: Any) -> bool:
    """Change the functions in a loaded WeasyPrint; return whether it could be done."""
    from weasyprint.layout import block, column

    if weasyprint.__version__ != TRIED_WITH:
        return False
    changed = [
        (module, inspect.getsource(function), before, after)
        for module, function, before, after in (
            (block, block._linebox_layout, CONDITION, "report = False"),
            (column, column.columns_layout, ROOM, ENOUGH_ROOM),
        )
    ]
    if any(source.count(before) != 1 for _, source, before, _ in changed):
        return False
    column.room_for_notes = room_for_notes
    for module, source, before, after in changed:
        code = compile(source.replace(before, after), module.__file__, "exec")
        exec(code, vars(module))  # noqa: S102 - WeasyPrint's own code with a few lines changed
    block.columns_layout = column.columns_layout
    return True


def room_for_notes(given: Sequence[float], taken: float) -> float:
    """Return how much room notes are given next, in px; as much as now where that will do.

    Args:
        given: the rooms that were tried, the present one last.
        taken: what the notes of the lines take that stand on the page with the present room.

    >>> room_for_notes([0], 50), room_for_notes([0, 50], 20), room_for_notes([0, 50, 20], 20)
    (50, 20, 20)
    >>> room_for_notes([0, 50, 20], 50), room_for_notes([0, 50, 20, 30], 20)
    (30.0, 28)
    """
    now = given[-1]
    if taken not in given:
        return taken
    if taken > now:
        return taken if len(given) > MOST else now + min(max(STEP, (taken - now) / 3), taken - now)
    # There is more than is needed: a line more may have room without its note coming along.
    less = taken + STEP
    return less if less < now and less not in given else now
