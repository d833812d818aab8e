"""The rule on privacy: what it takes for somebody's address or number, and what not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from overprint.diagnostics import Place
from overprint.model import Comment, Text
from passages_said import book, codes, run

PRIVATE = [
    ("Ü jane.doe+x@mail.example.com", "comments.md:7:3"),
    ("Ü\n<mailto:jane@example.org>", "comments.md:8:9"),
    ("Ü from 192.168.10.7.", "comments.md:7:8"),
    ("Ü call (555) 123-4567 now", "comments.md:7:8"),
    ("Ü call 020 7946 0958", "comments.md:7:8"),
    ("![Ü](https://gravatar.com/avatar/0bc8)", "comments.md:7:14"),
    ("Ü call +49 (0)30 901820", "comments.md:7:8"),
]


@pytest.mark.parametrize("chosen", [True, False])
@pytest.mark.parametrize(("body", "place"), PRIVATE)
def test_private_data_is_found(body: str, place: str, chosen: bool) -> None:
    made = book("", body)
    [essay] = made.essays
    essay = replace(essay, comments=(replace(essay.comments[0], include=chosen),))
    found = run(replace(made, essays=(essay,)))
    assert [("M509", place)] == [(each.code, str(each.place)) for each in found]


def test_private_data_in_the_name_of_a_writer() -> None:
    letter = Comment(3, "jane@example.com", Text(), places={"author": Place("c.md", 3, 9)})
    [found] = run(replace(book(), essays=(replace(book().essays[0], comments=(letter,)),)))
    assert (found.code, str(found.place), found.message) == (
        "M509",
        "c.md:3:9",
        "an e-mail address stands in comment 3",
    )


@pytest.mark.parametrize(
    "body",
    [
        "In 1998-2004 and 2025-03-14, 10:30, 1,000,000 or 1 000 000 people on pp. 100-200.",
        "Version 1.2.3.4, section 10.2.3, 127.0.0.1, @jane@social.example and ISBN 0-306-40615-2.",
        "See https://example.org/2014/02/20/555-123-4567 and doi 10.1000/182.",
    ],
)
def test_what_is_not_private(body: str) -> None:
    assert "M509" not in codes(run(book("", body)))
