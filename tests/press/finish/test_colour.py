"""What colours become, and that nothing has more ink than it may."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest
from PIL import Image

from overprint.press.finish.colour import Inks, NoProfileError, from_lab, limited
from press.pages import a_press


@pytest.fixture
def press(tmp_path: Path) -> str:
    (tmp_path / "press.icc").write_bytes(a_press())
    return str(tmp_path / "press.icc")


@pytest.mark.parametrize("black", [(0,), (0, 0, 0), (0, 0, 0, 1)])
def test_black_is_black_ink_alone(black: tuple[float, ...]) -> None:
    assert Inks("cmyk").solid(black) == (0, 0, 0, 1)
    assert Inks("mono").solid(black) == (0,)
    assert Inks("srgb").solid(black) == (0,)


def test_grey_hangs_on_one_plate_and_needs_no_profile() -> None:
    assert Inks("cmyk").solid((0.5, 0.5, 0.5)) == (0, 0, 0, 0.5)
    grey = Image.new("RGB", (2, 2), (90, 90, 90))
    assert Inks("cmyk").picture(grey).getpixel((0, 0)) == 90


def test_colours_go_through_the_profile(press: str) -> None:
    cyan, magenta, yellow, black = Inks("cmyk", press).solid((0.8, 0.1, 0.1))
    assert cyan < 0.1 < 0.7 < min(magenta, yellow)
    assert black < 0.4


def test_a_colour_without_a_profile_is_not_guessed() -> None:
    with pytest.raises(NoProfileError):
        Inks("cmyk").solid((1, 0, 0))


def test_colours_become_grey_by_their_luma() -> None:
    assert Inks("mono").solid((1, 0, 0)) == pytest.approx((0.299,), abs=0.005)
    assert Inks("mono").solid((0, 0, 0, 0.25)) == (0.75,)


@pytest.mark.parametrize(("lab", "light"), [((0, 0, 0), 0), ((50, 0, 0), 0.466), ((100, 0, 0), 1)])
def test_greys_of_lab_are_greys(lab: tuple[float, float, float], light: float) -> None:
    assert from_lab(*lab) == pytest.approx((light,) * 3, abs=0.01)


def test_red_of_lab_is_red() -> None:
    red, green, blue = from_lab(53, 80, 67)
    assert red > 0.97
    assert max(green, blue) < 0.1


@pytest.mark.parametrize("limit", [200, 240, 300])
def test_no_spot_has_more_ink_than_the_limit(limit: int) -> None:
    wheel = Image.new("CMYK", (36, 36))
    wheel.putdata(list(itertools.product(range(0, 256, 51), repeat=4)))
    inks = limited(wheel, limit)
    dots = inks.tobytes()
    most = max(sum(dots[at : at + 4]) for at in range(0, len(dots), 4))
    assert (limit - 3) * 255 < most * 100 <= limit * 255
    before, after = wheel.getchannel("K").tobytes(), inks.getchannel("K").tobytes()
    assert all(old <= new for old, new in zip(before, after, strict=True))


def test_what_is_below_the_limit_is_left_alone() -> None:
    light = Image.new("CMYK", (3, 300), (60, 50, 40, 90))
    assert limited(light, 240).tobytes() == light.tobytes()
    assert Inks("cmyk", limit=240).solid((0.6, 0.4, 0.4, 1)) == (0.6, 0.4, 0.4, 1)


def test_rich_black_gives_way_to_black() -> None:
    cyan, magenta, yellow, black = Inks("cmyk", limit=240).solid((1, 1, 1, 0.5))
    assert cyan + magenta + yellow + black <= 2.4
    assert black == 1
