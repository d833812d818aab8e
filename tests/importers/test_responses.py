"""Comments of saved pages, family by family of markup."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from importers.comment_markup import FAMILIES, FORM, Seen, page

from overprint.importers import dom, responses
from overprint.importers.source import Source


def found(html: str, *, today: str = "") -> responses.Responses:
    source = Source(Path("page.html"), html.encode(), "")
    return responses.find(dom.page(source).value, today=today, path="page.html")


def seen(made: responses.Responses) -> list[Seen]:
    """Return the comments without the marks of Markdown, on one line each."""
    return [
        Seen(
            each.id,
            each.author,
            each.date,
            " ".join(re.sub(r"[*>\\]", "", each.body).split()),
            "".join(each.reply_to),
            each.kind,
        )
        for each in made.comments
    ]


@pytest.mark.parametrize("name", FAMILIES)
def test_family(name: str) -> None:
    html, expected = FAMILIES[name]
    assert seen(found(html)) == expected
