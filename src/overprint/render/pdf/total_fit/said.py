"""Says which paragraphs were left to WeasyPrint, and why."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from overprint.diagnostics import NOWHERE, Diagnostic
from overprint.render.pdf import messages
from overprint.render.pdf.audit import REPORTED, Blocks
from overprint.render.pdf.total_fit.compose import TRIED_WITH, Composer


def left_alone(composer: Composer | None, version: str, blocks: Blocks) -> Iterator[Diagnostic]:
    """Yield a hint for each paragraph that was not broken as a whole, or one if this WeasyPrint does not allow it."""
    if composer is None:
        yield messages.UNTRIED.at(version=version, tried=TRIED_WITH)
        return
    for element, reason in islice(composer.left.items(), REPORTED):
        block = blocks.of(element)
        yield messages.LINE_BY_LINE.at(block.place if block else NOWHERE, where=block or "in the text", reason=reason)
