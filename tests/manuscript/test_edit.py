from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import books
from overprint import pipeline
from overprint.diagnostics import Stop
from overprint.manuscript import blocks, edit

BODIES = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=40).filter(
    lambda body: body.strip() != "---"
)


@st.composite
def comment_files(draw: st.DrawFn) -> tuple[str, int]:
    end = draw(st.sampled_from(["\n", "\r\n"]))
    count = draw(st.integers(1, 5))
    out = []
    for number in range(1, count + 1):
        keys = [f"comment: {number}", f"author: {draw(st.sampled_from(['Jane', chr(34) * 2, 'O’Neill # x']))}"]
        if draw(st.booleans()):
            keys.append(
                draw(st.sampled_from(["include: no", "include:   yes   # really", 'include: "no"', "include:"]))
            )
        out += ["---", *draw(st.permutations(keys)), "---", "", draw(BODIES), ""]
    return end.join(out), draw(st.integers(1, count))


@given(comment_files())
def test_every_other_byte_stays(made: tuple[str, int]) -> None:
    text, number = made
    after = edit.set_keys(text, "c.md", "her", (number,), {"include": "yes"})
    block = next(each for each in blocks.comment_blocks(text.replace("\r", ""), "c.md")[0] if _number(each) == number)
    first, count = block.place.line, block.head.count("\n") + 1
    before_lines, after_lines = text.split("\n"), after.split("\n")
    grown = len(after_lines) - len(before_lines)
    assert grown in {0, 1}
    assert after_lines[:first] == before_lines[:first]
    assert after_lines[first + count + grown :] == before_lines[first + count :]
    changed = [line for line in after_lines[first : first + count + grown] if line not in before_lines]
    assert all(line.startswith("include: yes") for line in changed)
    assert edit.set_keys(after, "c.md", "her", (number,), {"include": "yes"}) == after


def _number(block: blocks.Block) -> int:
    return int(next(line for line in block.head.split("\n") if line.startswith("comment:")).split(":")[1])


def test_a_comment_that_is_not_there() -> None:
    with pytest.raises(Stop, match="there is no comment 9"):
        edit.set_keys("---\ncomment: 1\n---\nHi\n", "c.md", "her", (9,), {"include": "yes"})


def test_a_key_that_stands_in_a_body_is_left_alone() -> None:
    text = "---\ncomment: 1\n---\n\ninclude: no\n"
    assert edit.set_keys(text, "c.md", "her", (1,), {"include": "yes"}) == (
        "---\ncomment: 1\ninclude: yes\n---\n\ninclude: no\n"
    )


def test_the_file_that_holds_a_comment_is_the_one_changed(tmp_path: Path) -> None:
    second = "manuscript/essays/01-bees/comments/02-jo.md"
    books.write_anthology(tmp_path, {second: "---\ncomment: 9\nauthor: Jo\n---\n\nLast.\n"})
    before = (tmp_path / "manuscript/essays/01-bees/comments.md").read_bytes()
    pipeline.change_comments(tmp_path, "bees", (9,), {"include": "yes"})
    assert (tmp_path / second).read_text("utf-8") == "---\ncomment: 9\ninclude: yes\nauthor: Jo\n---\n\nLast.\n"
    assert (tmp_path / "manuscript/essays/01-bees/comments.md").read_bytes() == before


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_of_every_system_keep_their_ends(end: str) -> None:
    text = f"---{end}comment: 1{end}---{end}Hi{end}{end}---\ncomment: 2{end}include: no{end}---{end}Ho\n"
    after = edit.set_keys(text, "c.md", "her", (1, 2), {"include": "yes"})
    assert after == text.replace("include: no", "include: yes").replace(
        f"comment: 1{end}", f"comment: 1{end}include: yes{end}"
    )


def test_a_number_is_a_number_whole() -> None:
    text = "---\ncomment: 1e9\n---\nHi\n---\ncomment: 1\n---\nHo\n---\ncomment: " + "1" * 5000 + "\n---\nHa\n"
    after = edit.set_keys(text, "c.md", "her", (1,), {"include": "yes"})
    assert after == text.replace("comment: 1\n", "comment: 1\ninclude: yes\n")
