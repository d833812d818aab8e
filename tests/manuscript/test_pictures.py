from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overprint.diagnostics import Place
from overprint.manuscript.pictures import Missing, Pictures, placed, sources
from overprint.markup.markdown import fragment
from overprint.model import Text

URL = "https://example.org/a--b.png"
MISSING = Pictures(missing={URL: Missing(URL, "a-b.png")})
PICTURE = f'![A bee]({URL} "In June")'


@pytest.mark.parametrize(
    "text",
    [f"{PICTURE} Bees hum.", f"Bees\n{PICTURE}\nhum.", f"Bees {PICTURE}\\\nhum.", f"- {PICTURE} Bees\n- hum.",
     f"> {PICTURE}\n> Bees hum.", f"[{PICTURE}](https://example.org) Bees hum.", f"## Bees\n{PICTURE}\n\nhum.",
     f"Bees\n\n{PICTURE}\n\nhum.", f"| Bees | hum. |\n|---|---|\n| {PICTURE} | . |", f"Bees  \n{PICTURE} hum."],
)  # fmt: skip
def test_a_missing_picture_hides_no_word_and_stops_no_build(text: str) -> None:
    made = fragment(Text(placed(text, MISSING), Place("essay.md", 1, 1)), "her")
    bare = (
        text.replace(f"[{PICTURE}](https://example.org)", "").replace(f"Bees\n{PICTURE}", "Bees").replace(PICTURE, "")
    )
    without = fragment(Text(bare), "her")
    assert made.diagnostics == ()
    assert _tidy(made.value.html) == _tidy(without.value.html)


def _tidy(html: str) -> str:
    return re.sub(r" (?=</)", "", " ".join(html.split()))


def test_a_picture_at_hand_keeps_its_words() -> None:
    at_hand = Pictures(names={URL: "a-b.png"})
    assert placed(f"[{PICTURE}](https://example.org)", at_hand) == (
        '[![A bee](images/a-b.png "In June")](https://example.org)'
    )


@pytest.mark.parametrize("text", [f"`{PICTURE}`", f"```\n{PICTURE}\n```", f"\\{PICTURE}".replace("\\!", "\\!\\")])
def test_code_and_escapes_hold_no_pictures(text: str) -> None:
    assert list(sources(text)) == []
    assert placed(text, MISSING) == text


@given(st.text("![]()`\\ab\n<>-\"'{}~ ", max_size=60))
def test_any_text_without_known_pictures_stays(text: str) -> None:
    assert placed(text, MISSING) == text
    list(sources(text))


def test_time_grows_with_length_only() -> None:
    for piece in ("![", "[![a](", "`` ` ", "![a](b ", "~~~\n![a](b)\n", "<!-- picture "):
        assert placed(piece * 20_000, MISSING) == piece * 20_000
