"""Keeps each footnote on the page of its call, which WeasyPrint 70.0 does not always do.

When a page has room for one line of a paragraph, and two must stay together, WeasyPrint wins the second line by moving
the page's last notes to the next page: a call on page 5, its note on page 6. A printer moves the paragraph instead. One
condition in one function decides it; here the function is compiled again with that condition off, so that the ordinary
break of the paragraph follows. Tried with WeasyPrint 70.0 alone, and the line must be there once: otherwise nothing is
changed, and a note that strays is reported like any other fault.
"""

from __future__ import annotations

import inspect
from typing import Any

TRIED_WITH = "70.0"
CONDITION = "report = not context.in_column and can_break_now and not could_break_before"


def keep_notes(weasyprint: Any) -> bool:
    """Change the function in a loaded WeasyPrint; return whether it could be done."""
    from weasyprint.layout import block

    if weasyprint.__version__ != TRIED_WITH:
        return False
    source = inspect.getsource(block._linebox_layout)
    if source.count(CONDITION) != 1:
        return False
    code = compile(source.replace(CONDITION, "report = False"), block.__file__, "exec")
    exec(code, vars(block))  # noqa: S102 - WeasyPrint's own code with one condition off
    return True
