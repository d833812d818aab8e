"""Each theme looks as it did when somebody last looked at it.

`make looks` stores what there is now; it is to be looked at before it is committed.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

import looks
from overprint import pipeline
from overprint.compose import theme as themes

HERE = Path(__file__).parent
STORED = HERE / "looks"
SPECIMEN = HERE / "specimen"
APART = HERE.parent / "build" / "looks"


@pytest.mark.parametrize("theme", themes.ours())
def test_the_theme_looks_as_it_did(theme: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    found = looks.contact_sheet(looks.pages(printed(tmp_path, theme)))
    stored = STORED / f"{theme}.png"
    if request.config.getoption("--store-looks"):
        stored.parent.mkdir(exist_ok=True)
        found.save(stored, optimize=True)
    with Image.open(stored) as before:
        apart = looks.difference(before, found)
    if apart is not None:
        APART.mkdir(parents=True, exist_ok=True)
        apart.save(APART / f"{theme}.png")
    assert apart is None, f"look at build/looks/{theme}.png; `make looks` stores what there is now"


def test_what_differs_is_shown_in_red(tmp_path: Path) -> None:
    before = Image.new("L", (60, 40), 255)
    after = before.copy()
    ImageDraw.Draw(after).rectangle((20, 10, 30, 14), 0)
    assert looks.difference(before, before) is None
    apart = looks.difference(before, after)
    assert apart is not None
    assert apart.getpixel((25, 12)) == (220, 30, 30)
    assert apart.getpixel((55, 35)) == (255, 255, 255)


def test_a_page_more_is_seen() -> None:
    page = Image.new("L", (60, 90), 255)
    few, many = looks.contact_sheet([page] * 8), looks.contact_sheet([page] * 9)
    assert looks.difference(few, many) is not None


def test_a_moved_line_is_seen() -> None:
    page = Image.new("L", (100, 150), 255)
    ImageDraw.Draw(page).line((10, 50, 90, 50), 120, 2)
    lower = Image.new("L", (100, 150), 255)
    ImageDraw.Draw(lower).line((10, 54, 90, 54), 120, 2)
    assert looks.difference(page, lower) is not None


def printed(folder: Path, theme: str) -> Path:
    """Return the PDF of the specimen in a theme."""
    root = shutil.copytree(SPECIMEN, folder / "specimen")
    book = root / "manuscript" / "book.yaml"
    book.write_text(f"{book.read_text('utf-8')}theme: {theme}\n", "utf-8")
    (made,) = pipeline.build(root, ["pdf"], folder / "out").value
    return made.path
