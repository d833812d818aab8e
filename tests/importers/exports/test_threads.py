from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overprint.importers.exports.threads import Response, comments, date, name, parents


def response(ident: str, parent: str = "", when: str = "2019-05-02", **more: str) -> Response:
    return Response(ident, parent, more.pop("author", "Bo"), when, more.pop("body", "Words."), **more)


def test_order_is_that_of_time_or_of_the_file() -> None:
    dated = [response("1", when="2019-05-03"), response("2", when="2019-05-02")]
    assert [each.id for each in comments(dated, str)[0]] == ["comment-2", "comment-1"]
    assert [each.id for each in comments([*dated, response("3", when="")], str)[0]][:2] == ["comment-1", "comment-2"]


def test_left_out_comments_are_counted_and_not_shown() -> None:
    found, dropped = comments(
        [
            response("1", refused="spam"),
            response("2", refused="spam"),
            response("3", kind="order_note", body="Card 1234"),
            response("4", body=""),
            response("5", kind="pingback", body=""),
        ],
        str,
        9,
    )
    assert [each.kind for each in found] == ["pingback"]
    assert [(each.text, each.reason, each.line) for each in dropped] == [
        ("1 comment", "of the kind “order_note”", 9),
        ("2 comments", "spam", 9),
        ("1 comment", "without words", 9),
    ]


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 12)), max_size=12))
def test_no_thread_is_a_circle_and_no_sound_answer_is_lost(pairs: list[tuple[int, int]]) -> None:
    answers = {str(ident): str(parent) for ident, parent in pairs}
    found = parents([response(ident, parent) for ident, parent in answers.items()])
    for ident in answers:
        steps, at = 0, ident
        while at in found:
            at, steps = found[at], steps + 1
            assert steps <= len(answers)
    for ident, parent in answers.items():
        seen, at = {ident}, parent
        while at in answers and at not in seen:
            seen.add(at)
            at = answers[at]
        if parent in answers and at not in seen:
            assert found[ident] == parent


def test_a_long_thread_ends() -> None:
    chain = [response(str(each), str(each - 1)) for each in range(1, 100_001)]
    assert len(parents(chain)) == 99_999


@pytest.mark.parametrize(
    ("text", "shown"),
    [("Bo", "Bo"), (" Tom &amp; <b>Ann</b> ", "Tom & Ann"), ("bo@example.org", None), ("", None), ("b@home", "b@home")],
)
def test_an_address_is_no_name(text: str, shown: str | None) -> None:
    assert name(text) == shown


@pytest.mark.parametrize("text", ["", "0000-00-00 00:00:00", "2019-00-01", "yesterday"])
def test_no_date_is_made_up(text: str) -> None:
    assert date(text) is None
