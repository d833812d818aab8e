from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import etree
from PIL import Image

from overprint.compose.figures import level
from overprint.model import Measure, Resource, Setting

SETTING = Setting(text=Measure(Path("none"), 11.5, 288, leading=15))
DRAWN = '<svg xmlns="http://www.w3.org/2000/svg" {}/>'


def whites(art: Path, caption: str = "") -> tuple[float, float] | None:
    """Return the white below the art, and below its caption."""
    figure = f'<div><figure><img src="../images/{art.name}" alt=""/>{caption}</figure></div>'
    part = etree.fromstring(figure)
    level(part, SETTING, (Resource(f"images/{art.name}", "", art),))
    found = re.fullmatch(r"margin-bottom:([\d.]+)pt", next(part.iter("img")).get("style") or "")
    rest = re.fullmatch(r"padding-bottom:([\d.]+)pt", part[0].get("style") or "padding-bottom:0pt")
    return (float(found[1]), float(rest[1])) if found and rest else None


@pytest.mark.parametrize(
    ("size", "high"),
    [
        ('width="288" height="120"', 90),
        ('width="4in" height="100pt"', 100),
        ('width="576pt" height="200pt"', 100),
        ('width="10" height="20"', 15),
    ],
)
def test_a_drawing_fills_whole_lines(size: str, high: float, tmp_path: Path) -> None:
    art = tmp_path / "art.svg"
    art.write_text(DRAWN.format(size), "utf-8")
    bare, captioned = whites(art), whites(art, "<figcaption>A bee</figcaption>")
    assert bare == pytest.approx((-high % 15, 0))
    assert captioned is not None
    assert 6 <= captioned[0] <= 9
    assert (sum(captioned) + high) % 15 == pytest.approx(0, abs=0.01)


def test_a_photograph_is_as_high_as_its_column_lets_it_be(tmp_path: Path) -> None:
    art = tmp_path / "art.png"
    Image.new("L", (1200, 1000)).save(art)
    assert whites(art) == pytest.approx((0, 0))  # 240 pt high at 288 pt across


@pytest.mark.parametrize("size", ['viewBox="0 0 10 10"', 'width="100%" height="50%"', 'width="10" height="4000"'])
def test_what_cannot_be_told_is_left_alone(size: str, tmp_path: Path) -> None:
    art = tmp_path / "art.svg"
    art.write_text(DRAWN.format(size), "utf-8")
    assert whites(art) is None
    assert whites(tmp_path / "none.png") is None


@pytest.mark.parametrize("side", [12_000, 65_000])
def test_a_vast_picture_is_left_to_those_who_tell_of_it(side: int, tmp_path: Path) -> None:
    art = tmp_path / "art.gif"
    art.write_bytes(b"GIF89a" + side.to_bytes(2, "little") * 2 + bytes(3))
    assert whites(art) is None
