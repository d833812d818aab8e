from __future__ import annotations

from overprint.manuscript import blocks


def test_a_rule_inside_a_comment_starts_no_storm() -> None:
    text = "---\ncomment: 1\n---\n\nOne.\n\n---\n\nStill one.\n\n---\ncomment: 2\n---\n\nTwo.\n"
    found, said = blocks.comment_blocks(text, "c.md")
    assert [each.head for each in found] == ["comment: 1", "comment: 2"]
    assert [(each.code, each.place.line) for each in said] == [("M518", 7)]


def test_an_unclosed_block_is_named_where_it_opens() -> None:
    _, said = blocks.comment_blocks("---\ncomment: 1\n\nHello.\n", "c.md")
    assert [(each.code, each.place.line) for each in said] == [("M126", 1)]


def test_text_before_the_first_block() -> None:
    found, said = blocks.comment_blocks("Hello\n---\ncomment: 1\n---\nHi\n", "c.md")
    assert (found, [each.code for each in said]) == ((), ["M127"])


def test_front_matter_that_is_not_there() -> None:
    block, said = blocks.front_matter("Hello", "essay.md")
    assert (block, [each.code for each in said]) == (None, ["M127"])


def test_bodies_keep_their_place() -> None:
    found, _ = blocks.comment_blocks("\n\n---\ncomment: 1\n---\n\n\nHello\n\n", "c.md")
    assert (found[0].body, str(found[0].body_place), str(found[0].head_place)) == ("Hello", "c.md:8:1", "c.md:4:1")
