from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overprint.importers.exports.paragraphs import paragraphed


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("One", "<p>One</p>"),
        ("One\r\n\r\nTwo", "<p>One</p>\n<p>Two</p>"),
        ("One\nline", "<p>One<br>line</p>"),
        ("One<br />\nline", "<p>One<br>line</p>"),
        ("One<br><br/>Two", "<p>One</p>\n<p>Two</p>"),
        ("<h2>A\nhead</h2>\nText", "<h2>A\nhead</h2><p>Text</p>"),
        ("<p>Is one</p>\n\nAnother", "<p>Is one</p><p>Another</p>"),
        ("<p>A verse\nof two</p>", "<p>A verse<br>of two</p>"),
        (
            "<ul>\n<li>One</li>\n<li>Two\n\nThree</li>\n</ul>",
            "<ul>\n<li>One</li>\n<li><p>Two</p>\n<p>Three</p></li>\n</ul>",
        ),
        ("<blockquote>Said\n\nMore</blockquote>", "<blockquote><p>Said</p>\n<p>More</p></blockquote>"),
        ("<pre>a\n\n  b</pre>", "<pre>a\n\n  b</pre>"),
        ('<a\nhref="x">One</a>', '<p><a\nhref="x">One</a></p>'),
        ("<figure>\n<img src=x>\n</figure>", "<figure>\n<img src=x>\n</figure>"),
        ("One <!-- a --> two", "<p>One <!-- a --> two</p>"),
        ("<div>In</div></div>Out", "<div><p>In</p></div></div><p>Out</p>"),
    ],
)
def test_paragraphs_and_breaks(typed: str, shown: str) -> None:
    assert paragraphed(typed) == shown


TAGS = "<p> </p> <li> </li> <br> <pre> </pre> <!-- --> <b> <".split()


@given(st.lists(st.sampled_from(["a", "b c", "\n", "\n\n", *TAGS])))
def test_no_word_is_lost_or_moved(parts: list[str]) -> None:
    typed = "".join(f" {part} " for part in parts)
    kept = [word for word in typed.split() if word in "abc"]
    made = paragraphed(typed)
    for tag in TAGS:
        made = made.replace(tag, " ")
    assert [word for word in made.split() if word in "abc"] == kept


@pytest.mark.parametrize("hostile", ["<pre>", "<!--", "<div>", "</div>", "<p", "\n", "<br>", "<div>\n\na"])
def test_much_of_the_same_ends(hostile: str) -> None:
    assert "the end" in paragraphed(hostile * 60_000 + "the end")
