from __future__ import annotations

import time

import pytest

from overprint.render.pdf.tame import tame


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 100 + "</div>" * 100,
        "<p>one" * 500,
        "<br>" * 500,
        "<div><br/><img src=x></div>" * 500,
        "<p>" + "word " * 1000,
        "<p>" + "well-" * 1000,
        "<p>" + "a&shy;" * 2000,
        "<p>" + "中" * 2000,
        "<script>" + "x" * 2000 + "</script>",
    ],
)
def test_tame(html: str) -> None:
    assert tame(html) == ()


def test_depth_is_told_once_with_its_place() -> None:
    (said,) = tame('<section id="here">' + "<b>" * 300)
    assert said.message == "near #here: elements are nested more than 100 deep"


def test_long_word_is_told_with_its_start() -> None:
    (said,) = tame("<p>so " + "abc" * 400 + " on")
    assert said.message == "a word of 1200 characters starts with “abcabcabcabcabcabcabcabcabcabc”"


def test_hostile_documents_take_no_time() -> None:
    start = time.process_time()
    assert tame("<div>" * 100_000 + "</b>" * 100_000)
    assert tame("<p>" + "x" * 1_000_000)
    assert time.process_time() - start < 3
