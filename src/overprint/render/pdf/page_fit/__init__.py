"""Makes pages end level, where WeasyPrint ends each as soon as the next thing does not fit.

`area` says what stands on a page, `fill` fills one that ends short, `spreads` makes facing pages again, `said` tells
what could not be met.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from overprint.render.pdf.page_fit.fill import Fill
from overprint.render.pdf.page_fit.spreads import Spreads
from overprint.render.pdf.total_fit import TRIED_WITH, Composer

__all__ = ["fit_pages"]


def fit_pages(weasyprint: Any, composer: Composer | None) -> None:
    """Have a loaded WeasyPrint's pages end level; once is enough, and another WeasyPrint is left alone."""
    if composer is None or weasyprint.__version__ != TRIED_WITH or hasattr(weasyprint, "page_fit"):
        return
    from weasyprint import layout
    from weasyprint.layout import page

    fill = weasyprint.page_fit = Fill(composer)
    page.make_page = partial(fill.page, page.make_page)
    page.page_height = partial(fill.page_height, page.page_height)
    layout.make_all_pages = partial(Spreads(fill, composer).pages, layout.make_all_pages)
