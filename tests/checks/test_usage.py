"""Rules on words: dashes, spellings, and words said twice."""

from __future__ import annotations

import pytest

from passages_said import said


@pytest.mark.parametrize(
    ("body", "code", "place"),
    [
        ("Ü – b. C – d. E—f", "M406", "essay.md:9:16"),
        ("Ü—b. C—d. E – f", "M406", "essay.md:9:13"),
        ("😀 ü - b", "M408", "essay.md:9:5"),
        ("Ü realise, organise, organize", "M410", "essay.md:9:22"),
        ("Ü the\nthe b", "M414", "essay.md:10:1"),
        ("> Ü the\n> the b", "M414", "essay.md:10:3"),
        ("Ü[^1]\n\n[^1]: The the b", "M414", "essay.md:11:11"),
        ("Ü and/the the b", "M414", "essay.md:9:11"),
        ("Ü The the the b", "M414", "essay.md:9:7"),
    ],
)
def test_the_exact_place(body: str, code: str, place: str) -> None:
    assert (code, place) in said(body)


@pytest.mark.parametrize(
    "body",
    [
        "A note – here – and 1914–18, and 10 – 12 of them; the end—",
        "The Color Purple, in colour with colord; an honorary, humorous, laborious emphasis with emphases.",
        "> We organize it.\n\nWe organise it.",
        "Line one,  \nline two.\\\nAnd [sic] (yes).",
        "What it is is good; he had had it; “no no”; to and fro; a A.",
    ],
)
def test_nothing_to_mend(body: str) -> None:
    assert said(body) == []
