"""What a page says of the author."""

from __future__ import annotations

import pytest

from importers.article.ferries import TEXT, find, reasons
from overprint.importers.article import bio
from overprint.importers.article.blocks import words

LIFE = "Jane Doe lives by the river and has written two books about ferries."


@pytest.mark.parametrize(
    "box",
    [
        f"<div class='author-box'><h4>Jane Doe</h4><p>{LIFE}</p><a href='/jane'>View all posts by Jane Doe</a></div>",
        f"<section class='c-author-article'><p class='c-author-article__bio'>{LIFE}</p></section>",
        f"<h3>About the author</h3><p>{LIFE}</p>",
        f"<h3>About Jane Doe</h3><p>{LIFE}</p>",
        f"<p><em>{LIFE}</em></p>",
    ],
)
def test_bio(box: str) -> None:
    found = find(f"<article>{TEXT}{box}</article>", "<meta name='author' content='Jane Doe'>")
    assert [(each.name, [words(part) for part in each.elements]) for each in found.bios] == [("Jane Doe", [LIFE])]
    assert LIFE not in words(found.element)
    assert LIFE not in reasons(found)


def test_what_is_no_bio_stays_in_the_essay() -> None:
    found = find(f"<article>{TEXT}<p>{LIFE}</p></article>", "<meta name='author' content='Jane Doe'>")
    assert found.bios == ()
    assert LIFE in words(found.element)
    assert not bio.ABOUT.fullmatch("Something about the author of it")
