"""The chosen lines are the best of all ways to break a paragraph, tried one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from overprint.render.pdf.total_fit.breaks import NO_WISH, Line, Measures, Place, Search, Start, Wish
from overprint.render.pdf.total_fit.settings import Pass, Settings

SETTINGS = Settings(shortest_last=1)
EM = 10.0
MEASURE = 60.0
LAX = Pass(10_000, True)
STRICT = Pass(200, True)


@st.composite
def paragraphs(draw: st.DrawFn, most: int = 9) -> tuple[Place, ...]:
    """Words of some px with spaces of 3 px between them; some places are in words."""
    at = stretch = shrink = 0.0
    places: list[Place] = []
    for number in range(draw(st.integers(1, most))):
        word = draw(st.integers(4, 30))
        hyphen = draw(st.booleans())
        at += word
        stretch += word / 50
        shrink += word / 50
        space = 0.0 if hyphen else 3.0
        name = draw(st.sampled_from(["", "", "bee", "wax"]))
        start = Start(
            number + 1, at + space, stretch + space / 2, shrink + space / 3, draw(st.sampled_from([0, 1])), name
        )
        mark = 2.0 if hyphen else 0.0
        penalty = 50.0 if hyphen else draw(st.sampled_from([0.0, 0.0, 150.0]))
        out = draw(st.sampled_from([0.0, 1.0]))
        places.append(Place(number + 1, at + mark, stretch, shrink, start, out, penalty, hyphen, hyphen, word=name))
        at, stretch, shrink = at + space, stretch + space / 2, shrink + space / 3
    last = places[-1]
    return (*places[:-1], last._replace(forced=True, hyphen=False, added=False, penalty=0.0))


def lines_of(way: Sequence[Place], measures: Measures) -> list[Line] | None:
    """Return the lines of one way, None where one of them is too full."""
    lines = []
    start = Start(0)
    for number, place in enumerate(way):
        left = start.out if number >= len(measures.first) else 0.0
        slack = measures.of(number) + left + place.out - (place.width - start.width)
        give, grow = place.shrink - start.shrink, place.stretch - start.stretch
        if slack < -give:
            return None
        ratio = slack / give if slack < 0 else 0.0 if place.forced else slack / grow
        lines.append(Line(start, place, measures.of(number), ratio, left))
        start = place.next
    return lines


def tightness(line: Line) -> int:
    return 0 if line.ratio < -0.5 else 1 if line.ratio <= 0.5 else 2 if line.ratio <= 1 else 3


def demerits(lines: Sequence[Line], settings: Settings) -> float:
    total = 0.0
    for line in lines:
        total += (settings.line + 100 * abs(line.ratio) ** 3) ** 2 + line.place.penalty**2
    total += settings.unlike * (tightness(lines[0]) == 3)  # as if a good line stood above the first
    for above, line in pairwise(lines):
        total += settings.two_hyphens * (above.place.hyphen and line.place.hyphen)
        total += settings.unlike * (abs(tightness(above) - tightness(line)) > 1)
        total += settings.same_word * bool(above.place.word and above.place.word == line.place.word)
    for line in lines:
        total += settings.same_word * bool(line.start.word and line.start.word == line.place.next.word)
    return total + settings.hyphen_before_last * (len(lines) > 1 and lines[-2].place.hyphen)


def ways(places: Sequence[Place], measures: Measures, one: Pass, whole: frozenset[int]) -> Iterator[list[Line]]:
    """Yield all ways that a pass allows."""
    *inner, last = places
    for count in range(len(places)):
        for chosen in combinations(inner, count):
            lines = lines_of((*chosen, last), measures)
            if lines is None or any(100 * abs(line.ratio) ** 3 > one.tolerance for line in lines):
                continue
            hyphens = [line.place.hyphen for line in lines]
            if any(all(three) for three in zip(hyphens, hyphens[1:], hyphens[2:], strict=False)):
                continue
            end = lines[-1]
            length = end.place.width - end.place.out - end.start.width
            if len(lines) > 1 and length < SETTINGS.shortest_last * EM:
                continue
            if not any(hyphens[line] for line in whole if line < len(hyphens)):
                yield lines


def search(places: Sequence[Place], measures: Measures, one: Pass, wish: Wish = NO_WISH) -> tuple[Line, ...]:
    return Search(places, Start(0), measures, EM, SETTINGS, one, wish).lines()


MEASURES = st.builds(
    Measures, st.just(MEASURE), st.sampled_from([(), (MEASURE - 12,), (MEASURE - 20, MEASURE - 20, MEASURE)])
)


@given(paragraphs(), MEASURES, st.sampled_from([STRICT, LAX]), st.frozensets(st.integers(0, 2), max_size=2))
def test_the_lines_are_the_best_of_all(
    places: tuple[Place, ...], measures: Measures, one: Pass, whole: frozenset[int]
) -> None:
    costs = sorted(demerits(lines, SETTINGS) for lines in ways(places, measures, one, whole))
    found = search(places, measures, one, Wish(whole=whole))
    assert bool(found) == bool(costs)
    if found:
        assert demerits(found, SETTINGS) == pytest.approx(costs[0])


@given(paragraphs(), MEASURES)
def test_the_lines_hold_all_of_the_text_in_order(places: tuple[Place, ...], measures: Measures) -> None:
    found = search(places, measures, LAX)
    assume(found)
    assert found[0].start == Start(0)
    assert found[-1].place == places[-1]
    assert all(above.place.next is below.start for above, below in pairwise(found))
    assert [line.measure for line in found] == [measures.of(number) for number in range(len(found))]


@given(paragraphs(), st.integers(-2, 2))
def test_the_number_of_lines_comes_as_near_as_can_be(places: tuple[Place, ...], looseness: int) -> None:
    measures = Measures(MEASURE)
    best = search(places, measures, LAX)
    assume(best)
    could = {len(lines) for lines in ways(places, measures, LAX, frozenset())}
    assert Search(places, Start(0), measures, EM, SETTINGS, LAX).could_take() == could
    wanted = len(best) + looseness
    found = search(places, measures, LAX, Wish(wanted))
    assert abs(len(found) - wanted) == min(abs(each - wanted) for each in could)


def test_a_line_ends_where_it_has_to() -> None:
    def place(end: int, forced: bool) -> Place:
        return Place(end, end * 10, end, end, Start(end, end * 10, end, end), forced=forced)

    places = [place(end, forced=end in (2, 9)) for end in range(1, 10)]
    found = search(places, Measures(40.0), LAX)
    assert [line.place.end for line in found] == [2, 6, 9]
    assert found[0].ratio == 0


def test_no_lines_where_a_word_is_too_long() -> None:
    places = [Place(1, 100, 1, 1, Start(1, 100, 1, 1), forced=True)]
    assert search(places, Measures(50.0), LAX) == ()


def test_hyphens_above_count() -> None:
    """A page break does not hide the hyphens above it from the lines below."""
    places = [
        Place(1, 50, 5, 5, Start(1, 50, 5, 5), hyphen=True),
        Place(2, 100, 10, 10, Start(2, 100, 10, 10), forced=True),
    ]
    assert search(places, Measures(50.0), LAX, Wish(hyphens=1))
    assert not search(places, Measures(50.0), LAX, Wish(hyphens=2))
