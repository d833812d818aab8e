"""Breaks whole paragraphs into lines at once, as TeX does, where WeasyPrint fills one line after the other.

`breaks` chooses the lines and knows numbers only. `paragraph` makes these numbers of WeasyPrint's boxes, `measure` of
Pango's letters, `protrusion` says what stands in the margin, `settings` what is striven for. `compose` puts itself in
front of WeasyPrint's own functions and gives them one chosen line at a time.
"""

from __future__ import annotations

from overprint.render.pdf.total_fit.compose import TRIED_WITH, Composer, compose_paragraphs
from overprint.render.pdf.total_fit.plan import Plan

__all__ = ["TRIED_WITH", "Composer", "Plan", "compose_paragraphs"]
