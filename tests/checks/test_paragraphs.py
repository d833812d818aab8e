"""Rules on whole paragraphs: headings in disguise, and what a web page left behind."""

from __future__ import annotations

import pytest

from passages_said import said


@pytest.mark.parametrize(
    ("body", "code", "place"),
    [
        ("Ü\n\n> ##", "M422", "essay.md:11:3"),
        ("Ü.\n\n#######", "M422", "essay.md:11:1"),
        ("## {#a}", "M422", "essay.md:9:1"),
        ("Ü\n\n…\n---", "M422", "essay.md:11:1"),
        ("Ü.\n\n1. The Ark\n\nIt sank.", "M205", "essay.md:11:1"),
        ("Ü.\n\n## Share this:", "M216", "essay.md:11:4"),
    ],
)
def test_the_exact_place(body: str, code: str, place: str) -> None:
    assert (code, place) in said(body)


@pytest.mark.parametrize(
    "body",
    [
        "1. One\n\n2. Two\n\n3. Three\n\nAnd so on.",
        "1. One\n\n   More of it.\n\nAnd so on.",
        "**Bold.**\n\n**Bold** and **bold**",
        "[^1]\n\n[^1]:  Well.",
    ],
)
def test_nothing_to_mend(body: str) -> None:
    assert said(body) == []
