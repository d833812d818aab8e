"""What the back of a cover says of people."""

from __future__ import annotations

import pytest

from overprint import markup
from overprint.compose.wrap import first_words, lives
from overprint.model import Bio, Book, Creator, Piece, Text

NAME = '<span class="back-name">Ada Quill</span>'


@pytest.mark.parametrize(
    ("life", "said"),
    [
        ("Ada Quill keeps *bees*.", f"{NAME} keeps <em>bees</em>."),
        ("She keeps bees.\n\nAnd wasps.", f"{NAME}: She keeps bees."),
        ("*Ada Quill* keeps bees.", "<em>Ada Quill</em> keeps bees."),
        ("Ada Quill [keeps](https://example.org) *bees*.[^1]\n\n[^1]: Not all.", f"{NAME} keeps <em>bees</em>."),
        ("Ada Quill & \\<i>bees.", f"{NAME} &amp; &lt;i&gt;bees."),
        ("> Bees.\n\nAda Quill said so.", f"{NAME} said so."),
        ("> Bees.", NAME),
    ],
)
def test_a_life_is_its_first_paragraph_and_begins_with_the_name(life: str, said: str) -> None:
    html = markup.fragment(Text(life), "ada", language="en").value.html
    assert str(first_words(Bio("ada", "Ada Quill", html))) == said


def a_book(roles: str, *, together: bool = False) -> Book:
    bios = tuple(Bio(name, name, "<p>.</p>") for name in "ABCDE")
    creators = tuple(
        Creator(name, name, {"a": "aut", "e": "edt"}[role]) for name, role in zip("ABCDE", roles, strict=False)
    )
    pieces = (Piece("one", "One", ("A",), "", "en", bios=() if together else bios),)
    return Book("a", "A", "en", "", "", pieces, creators, contributors=bios if together else ())


@pytest.mark.parametrize(
    ("roles", "told"), [("a", "A"), ("aa", "AB"), ("aae", "AB"), ("aaae", "D"), ("aaaa", ""), ("aaeee", "AB"), ("", "")]
)
def test_few_have_their_lives_told(roles: str, told: str) -> None:
    for together in (False, True):
        assert "".join(each.name for each in lives(a_book(roles, together=together))) == told
