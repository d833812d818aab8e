"""Fragments are read as they were written, and their objects move without a change but of numbers."""

from __future__ import annotations

import re
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overprint.render.pdf.fragment import IN_ONE, ROW, Fragment, Moved, in_streams, moved, references, streams_needed

ONE = Fragment(
    {"pages": 1, "name": "Bienen & Wächs"},
    {2: b"<</K 1 0 R/S(1 0 R \\) 3 0 R)/X<1234>/P 0 0 S>>", 4: b"[2 0 R 3 0 R]"},
    ((1, b"<</Kind 4 0 R>>", b"\0binary 2 0 R\n\0\n"), (3, b"<<>>", b"")),
    4,
)


def shift(text: bytes) -> bytes:
    return references(text, lambda number: number + 100, lambda key: key + 7)


def test_written_and_read() -> None:
    assert Fragment.unpacked(ONE.packed()) == ONE
    assert Fragment.unpacked(Fragment({}, {}, (), 0).packed()) == Fragment({}, {}, (), 0)


@given(
    st.dictionaries(st.text(), st.integers() | st.text()),
    st.dictionaries(st.integers(1, 99), st.binary(min_size=1).filter(lambda text: b"\0" not in text)),
    st.lists(st.tuples(st.integers(1, 99), st.binary(), st.binary())),
)
def test_any_fragment_is_written_and_read(
    head: dict[str, int | str], plain: dict[int, bytes], streams: list[tuple[int, bytes, bytes]]
) -> None:
    made = Fragment(head, plain, tuple(streams), 99)
    assert Fragment.unpacked(made.packed()) == made


def test_something_else_is_refused() -> None:
    with pytest.raises(ValueError, match="no fragment"):
        Fragment.unpacked(b"%PDF-1.7")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"1 0 R", b"101 0 R"),
        (b"[1 0 R 12 0 R]", b"[101 0 R 112 0 R]"),
        (b"5 0 S", b"12"),
        (b"/A 1 0 R/B 2", b"/A 101 0 R/B 2"),
        (b"(1 0 R)", b"(1 0 R)"),
        (b"(a \\(1 0 R\\) 1 0 R) 1 0 R", b"(a \\(1 0 R\\) 1 0 R) 101 0 R"),
        (b"(\\\\) 1 0 R (x)", b"(\\\\) 101 0 R (x)"),
        (b"<31203020 52> 1 0 R", b"<31203020 52> 101 0 R"),
        (b"<</A 1 0 R>>", b"<</A 101 0 R>>"),
        (b"1 0 0 1 0 0 cm", b"1 0 0 1 0 0 cm"),
        (b"1 0 RG", b"1 0 RG"),
        (b"/Rect[1 0 9 0]", b"/Rect[1 0 9 0]"),
    ],
)
def test_only_references_move(before: bytes, after: bytes) -> None:
    assert shift(before) == after


@given(st.binary())
def test_no_string_is_touched(text: bytes) -> None:
    escaped = b"(" + re.sub(rb"([\\()])", rb"\\\1", text) + b")"
    assert shift(b"1 0 R" + escaped + b" 2 0 R") == b"101 0 R" + escaped + b" 102 0 R"
    assert shift(b"<" + text.hex().encode() + b">3 0 R") == b"<" + text.hex().encode() + b">103 0 R"


def held(made: Moved) -> dict[int, bytes]:
    """Return all objects by their number, as a reader finds them by the rows and places."""
    found = {}
    places = dict(made.places)
    for number, at in places.items():
        assert made.data[at:].startswith(b"%d 0 obj\n" % number)
        found[number] = made.data[at : made.data.index(b"\nendobj\n", at)]
    for index in range(len(made.rows) // ROW.size):
        kind, holder, place = ROW.unpack_from(made.rows, index * ROW.size)
        if kind == 2:
            dictionary, _, rest = found[holder].partition(b">>\nstream\n")
            size = int(dictionary.partition(b"/Length ")[2])
            text = zlib.decompress(rest[:size])
            first = int(re.findall(rb"/First (\d+)", dictionary)[0])
            numbers = list(map(int, text[:first].split()))
            assert numbers[2 * place] == made.first + index
            found[made.first + index] = text[first + numbers[2 * place + 1] :].partition(b"\n")[0]
    return found


def test_moved() -> None:
    made = moved(ONE, 1000, {4: 9})
    objects = held(made)
    assert objects[1002] == b"<</K 1001 0 R/S(1 0 R \\) 3 0 R)/X<1234>/P 1000>>"
    assert objects[1001] == b"1001 0 obj\n<</Kind 9 0 R/Length 16>>\nstream\n\0binary 2 0 R\n\0\n\nendstream"
    assert objects[1004] == b"[1002 0 R 1003 0 R]"
    assert Moved.unpacked(made.packed()) == made


def test_a_stream_that_the_book_has_is_left_out() -> None:
    objects = held(moved(ONE, 1000, {3: 7}))
    assert 1003 not in objects
    assert objects[1004] == b"[1002 0 R 7 0 R]"


@pytest.mark.parametrize("many", [0, 1, IN_ONE, IN_ONE + 1, 3 * IN_ONE])
def test_object_streams(many: int) -> None:
    made = in_streams([(number, b"<<>>") for number in range(many)], 5000)
    assert len(made) == streams_needed(many)
    assert [number for _, numbers in made for number in numbers] == list(range(many))
    assert [data.partition(b" ")[0] for data, _ in made] == [b"%d" % (5000 + at) for at in range(len(made))]
    several = moved(Fragment({}, {number + 1: b"<<>>" for number in range(many)}, (), many), 16, {})
    assert {text for number, text in held(several).items() if number <= 16 + many} <= {b"<<>>"}
