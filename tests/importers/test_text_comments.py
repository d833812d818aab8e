"""Comments below an essay of plain text."""

from __future__ import annotations

from importers.scrapes import ALSO, LONG, codes, essay, read


def test_numbered_comments_with_paragraphs() -> None:
    found = essay(
        LONG,
        "3 comments",
        "  1. First.",
        "    More of it.",
        "  2. Second * one.",
        "  4. Fourth.",
        "Leave a Reply",
        "Name *",
    )
    assert [(each.number, each.id) for each in found.comments] == [
        (1, "comment-1"),
        (2, "comment-2"),
        (4, "comment-4"),
    ]
    assert [each.body for each in found.comments] == ["First.\n\nMore of it.", r"Second \* one.", "Fourth."]
    assert all(each.author is None and each.date is None and each.reply_to == () for each in found.comments)
    assert [each.reason for each in found.dropped] == ["comment-section label", "comment form", "page footer"]
    assert found.body == LONG


def test_numbers_aligned_to_the_right_and_lines_without_blanks() -> None:
    found = essay(LONG, "Comments", "  8. Eight\n     goes on.\n  9. Nine.\n 10. Ten.")
    assert [(each.number, each.body) for each in found.comments] == [(8, "Eight goes on."), (9, "Nine."), (10, "Ten.")]


def test_list_inside_a_comment_is_told() -> None:
    made = read(LONG, "Responses", "  1. Two things:", "      1. Bread", "      2. Water", "  2. Quite.")
    assert len(made.value[0].comments) == 2
    assert "1\\. Bread" in made.value[0].comments[0].body
    assert codes(made).count("I032") == 1


def test_signed_comments() -> None:
    found = essay(
        LONG,
        "2 Responses to “Six”",
        "Jane says:\nMarch 3, 2014 at 5:05 pm\n\nBread, yes.",
        "Reply",
        "Tom B on 4 March 2014\nWater.",
        "My sister says:",
        "only bread.",
        "Post Comment",
    )
    assert [(each.author, each.date, each.body) for each in found.comments] == [
        ("Jane", "2014-03-03", "Bread, yes."),
        ("Tom B", "2014-03-04", "Water.\n\nMy sister says:\n\nonly bread."),
    ]


def test_numbered_and_signed() -> None:
    found = essay(LONG, "Discussion", "  1. Jane says:", "    Bread.", "  2. Tom on 4 March 2014", "    Water.")
    assert [(each.author, each.date, each.body) for each in found.comments] == [
        ("Jane", None, "Bread."),
        ("Tom", "2014-03-04", "Water."),
    ]


def test_own_heading_called_discussion_stays() -> None:
    found = essay(LONG, "Discussion", ALSO, "1. First point.", "2. Second point.")
    assert found.comments == ()
    assert "Discussion" in found.body


def test_label_without_comments_is_told_and_kept() -> None:
    made = read(LONG, "Leave a comment", ALSO)
    assert "I031" in codes(made)
    assert "Leave a comment" in made.value[0].body


def test_undivided_comments_are_one_with_a_warning() -> None:
    made = read(LONG, ALSO, "2 comments", "I like bread.", "I like water.", "Leave a Reply")
    assert [each.body for each in made.value[0].comments] == ["I like bread.\n\nI like water."]
    assert "I030" in codes(made)


def test_count_of_the_label_is_compared() -> None:
    assert "I033" in codes(read(LONG, "12 comments", "  1. Bread.", "  2. Water."))
    assert "I033" not in codes(read(LONG, "2 comments", "  1. Bread.", "  2. Water.", "Leave a Reply Cancel reply"))


def test_names_in_later_comments_are_suggested_and_never_written() -> None:
    made = read(
        LONG,
        ALSO,
        "Ada Quill",
        "Ada bakes.",
        "Comments",
        "  1. What about sourdough starters in winter kitchens?",
        "  2. A lovely thing to wake up to.",
        "  3. Thanks Jane, glad of it.",
        "    Crustacean, I keep sourdough starters on the stove; winter kitchens are cold.",
    )
    assert all(each.author is None and not each.reply_to for each in made.value[0].comments)
    said = [each for each in made.diagnostics if each.code == "I040"]
    assert "comment 2 may be by Jane (low" in said[0].message
    assert "comment 1 may be by Crustacean (medium" in said[1].message
    assert "reply_to: [2, 1]" in said[0].hint
    assert "Ada Quill" in next(each.message for each in made.diagnostics if each.code == "I042")


def test_name_of_a_signed_comment_is_an_answer() -> None:
    made = read(LONG, "2 comments", "Jane says:\nBread.", "Tom says:\n@Jane: water!")
    assert "which Jane wrote" in next(each.message for each in made.diagnostics if each.code == "I041")
