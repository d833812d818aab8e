"""The files of the preview's page, without a browser."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import overprint

STATIC = Path(overprint.__file__).parent / "preview" / "static"
STYLE = (STATIC / "style.css").read_text("utf-8")
LIGHT, DARK = (
    dict(re.findall(r"--([a-z]+): (#[0-9a-f]{6});", rules)) for rules in re.findall(r":root \{(.*?)\}", STYLE, re.S)
)


def brightness(colour: str) -> float:
    """Return the relative luminance of WCAG.

    >>> brightness("#ffffff")
    1.0
    """
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("words", ["ink", "soft", "accent", "error", "warning", "hint"])
@pytest.mark.parametrize("ground", ["ground", "desk", "sheet", "hover"])
def test_words_stand_out(colours: dict[str, str], words: str, ground: str) -> None:
    low, high = sorted(brightness(colours[name]) for name in (words, ground))
    assert (high + 0.05) / (low + 0.05) >= 4.5


def test_nothing_comes_from_elsewhere_and_nothing_is_inline() -> None:
    page = (STATIC / "index.html").read_text("utf-8")
    assert not re.search(r"<script(?![^>]* src=\"static/)|<style|\sstyle=|\son[a-z]+=", page)
    for path in STATIC.iterdir():
        text = path.read_text("utf-8")
        foreign = [url for url in re.findall(r"https?://[^\s\"')]+", text) if url != "http://www.w3.org/2000/svg"]
        assert foreign == [], path.name
        assert "innerHTML" not in text, path.name
        assert "eval(" not in text, path.name


def test_each_module_names_only_files_that_are_there() -> None:
    for path in STATIC.glob("*.js"):
        for name in re.findall(r'from "\./([^"]+)"', path.read_text("utf-8")):
            assert (STATIC / name).is_file(), f"{path.name} imports {name}"
