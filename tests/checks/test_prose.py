"""The mask: what is hidden, what is read, and that nothing moves."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overprint.checks.prose import FILL, _masking, prose
from overprint.diagnostics import Place
from overprint.model import Text


def masked(source: str) -> str:
    return prose(Text(source)).words.replace(FILL, "·")


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("a `b  c` d", "a ······ d"),
        ("a ``b`c`` d `e", "a ······· d `e"),
        ("a\n\n    code\n\nb", "a\n\n········\n\nb"),
        ("- a\n\n    b", "  a\n\n    b"),
        ("```\nx\n\ny\n```\nz", "···\n·\n\n·\n···\nz"),
        ("> ~~~\n> x\n\nz", "·····\n···\n\nz"),
        ('[a](http://b.c "d") e', "[a]················ e"),
        ("[a](http://b.c/d_(e)) f", "[a]·················· f"),
        ("[a][b] c\n\n[b]: http://d.e", "[a]··· c\n\n···············"),
        ("See <https://a.b>, https://c.d/e. Or f@g.org!", "See ·············, ·············. Or ·······!"),
        ("a <!-- b\nc --> d", "a ······\n····· d"),
        ("<!--\n\nb\n-->\nc", "····\n\n·\n···\nc"),
        ("H<sub>2</sub>O, 1 < 2", "H·····2······O, 1 < 2"),
        ("*a*{.b} and [c]{lang=fr} {d}", "*a*···· and [c]········· {d}"),
        ("a[^1] b\n\n[^1]: c", "a···· b\n\n······c"),
        ("## A {#b}\n\n1. c\n> d", "   A ····\n\n   c\n  d"),
        ("A\n---\n\n***", "A\n···\n\n···"),
        ("| a | b |\n|---|---|\n| c | d |", "| a | b |\n·········\n| c | d |"),
        (r"a \"b\" c", "a ··b·· c"),
    ],
)
def test_what_is_masked(source: str, words: str) -> None:
    assert masked(source) == words


MARKS = [*"`<>[]()!*_-#{}\\\n \t\"'~|^:=&", "<!--", "-->", "http://a.b", "a@b.cd", "é", "😀", "[^", "](", "```"]


@given(st.lists(st.sampled_from([*MARKS, "a", "1. "]), max_size=40).map("".join) | st.text(max_size=60))
def test_a_mask_moves_nothing(source: str) -> None:
    made = prose(Text(source, Place("a.md", 7, 1)))
    assert len(made.words) == len(source)
    assert [len(line) for line in made.words.split("\n")] == [len(line) for line in source.split("\n")]
    assert all(source.find(address, offset) >= 0 for offset, address in made.addresses)
    assert all(0 <= block.start <= block.end <= len(source) for block in made.blocks)
    for offset in range(len(source)):
        lines = source[:offset].split("\n")
        assert made.place(offset) == Place("a.md", 6 + len(lines), len(lines[-1]) + 1)


def test_blocks() -> None:
    made = prose(Text("# A\nb\nc\n\n> d\n\n- e\n- f\n\nB\n===\n\n[^1]: g\n\n|a|\n|-|\n|b|"))
    shapes = "heading text text item item heading note table".split()
    assert [block.shape for block in made.blocks] == shapes
    assert [block.quoted for block in made.blocks] == [False, False, True, False, False, False, False, False]


@pytest.mark.parametrize(
    "unit",
    ["A word, [a link](https://a.b/c) and “more”.\n\n", "`", "` ``", "<!-- ", '[x](a "', "](  ", "a", "{#a", "[^"],
)
def test_a_megabyte_takes_a_moment(unit: str) -> None:
    source = (unit * 1_000_000)[:1_000_000]
    start = time.process_time()
    prose.__wrapped__(Text(source))
    assert time.process_time() - start < 3, "about 0.2 s each; the rest is for a busy machine"


PLAIN = st.lists(
    st.sampled_from([*"aé1.,-:#!?()'’“… ", "\n", "\n\n", "  ", "word", "10. ", "&", "*"]), max_size=30
).map("".join)


@given(PLAIN)
def test_a_text_without_markup_is_read_as_any_other(words: str) -> None:
    text = Text(words, Place("a.md", 3, 5))
    assert prose.__wrapped__(text) == _masking(text)
