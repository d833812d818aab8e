"""Fragments made by hand become one PDF that readers read."""

from __future__ import annotations

import io
import zlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

import printed
from overprint.render.pdf.fragment import Fragment, moved, streams_needed
from overprint.render.pdf.link import FIRST_BASE, LEAST_ROOM, Bound, Placed, TooLargeError, bases, link, shared

FONTS = Fragment({"dictionary": 1}, {1: b"<<>>"}, (), 1)
Mark = tuple[int, str, float, float, str]


def piece(
    anchors: tuple[tuple[str, int, int], ...] = (), marks: tuple[Mark, ...] = (), picture: bytes = b""
) -> Fragment:
    """Return a page: content 1, page 2, resources 3, paragraph 4, picture 8; 5 and 6 are elsewhere."""
    page = {
        "number_of": 2,
        "content": 1,
        "rest": "<</MediaBox[0 0 90 80]/Tabs/S>>",
        "anchors": anchors,
        "marks": marks,
    }
    head = {
        "pages": [page],
        "top": [4],
        "leaf": 7,
        "shared": {"structure": 5, "typefaces": 6},
        "resources": {"number": 3, "colours": "null", "kinds": {"XObject": {"i": "8 0 R"}}},
        "catalog": {"Lang": "(en)"},
        "info": {"Title": "(A Book)"},
        "pictures": {"8": picture.hex()},
    }
    plain = {
        4: b"<</Type/StructElem/S/P/P 5 0 R/Pg 2 0 R/K[0]>>",
        7: b"<</Limits[0 0 S 0 0 S]/Nums[0 0 S [4 0 R]]>>",
    }
    dictionary = b"<</Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8>>"
    streams = ((1, b"<<>>", b"/P <</MCID 0>> BDC /i Do EMC"), (8, dictionary, picture[:1]))
    return Fragment(head, plain, streams, 8)


def book(*pieces: Fragment) -> Bound:
    counts = [(FONTS.count, len(FONTS.plain)), *((each.count, len(each.plain)) for each in pieces)]
    fonts, *starts = bases(counts)
    placed: list[Placed] = []
    pictures: dict[str, int] = {}
    for each, base in zip(pieces, starts, strict=False):
        leads = shared(each.head, base, fonts + 1, pictures)
        placed.append(Placed(each.head, base, leads, moved(each, base, leads), [0], [["folio"]]))
    furniture = {"folio": zlib.compress(b"/Artifact BMC EMC")}
    return Bound(placed, moved(FONTS, fonts, {}), fonts + 1, furniture, {}, [(0, "r", 1)], "abcd", starts[-1])


def pdf(bound: Bound) -> bytes:
    written = io.BytesIO()
    link(bound, written)
    return written.getvalue()


def read(bound: Bound, folder: Path) -> PdfReader:
    path = folder / "book.pdf"
    path.write_bytes(pdf(bound))
    printed.checked(path)
    return PdfReader(path)


def outline(entries: Any) -> list[Any]:
    return [outline(each) if isinstance(each, list) else each.title for each in entries]


def test_pages_content_and_facts(tmp_path: Path) -> None:
    with read(book(piece(), piece()), tmp_path) as reader:
        root: Any = reader.root_object
        assert len(reader.pages) == 2
        assert [str(label) for label in reader.page_labels] == ["i", "ii"]
        assert root["/Lang"] == "en"
        assert reader.metadata is not None
        assert reader.metadata.title == "A Book"
        for page in reader.pages:
            assert page.mediabox == [0, 0, 90, 80]
            content = page.get_contents()
            assert content is not None
            assert content.get_data().strip().split(b"\n") == [b"/P <</MCID 0>> BDC /i Do EMC", b"/Artifact BMC EMC"]
        assert "/Outlines" not in root
        assert "/Names" not in root
        printed.Tree(reader)


def test_an_anchor_leads_to_its_first_page(tmp_path: Path) -> None:
    one, two = piece((("é", 1, 2), ("b", 3, 4))), piece((("b", 5, 6), ("c(", 7, 8)))
    with read(book(one, two), tmp_path) as reader:
        found: dict[str, Any] = {
            name: (reader.get_destination_page_number(at), at.left, at.top)
            for name, at in reader.named_destinations.items()
        }
    assert found == {"é": (0, 1, 2), "b": (0, 3, 4), "c(": (1, 7, 8)}


def test_the_outline_nests_and_closes_gaps(tmp_path: Path) -> None:
    one = piece(marks=((1, "Teil “Ä”", 0, 0, "closed"), (3, "deep", 0, 0, "open"), (2, "two", 0, 0, "open")))
    two = piece(marks=((2, "three", 0, 0, "open"), (1, "last (1 0 R)", 0, 0, "open")))
    with read(book(one, two), tmp_path) as reader:
        root: Any = reader.root_object
        assert outline(reader.outline) == ["Teil “Ä”", ["deep", "two", "three"], "last (1 0 R)"]
        first = root["/Outlines"]["/First"]
        # A closed line counts what it hides, and shows none of it.
        assert (root["/Outlines"]["/Count"], first["/Count"]) == (2, -3)


def test_an_equal_picture_is_stored_once(tmp_path: Path) -> None:
    with read(book(piece(picture=b"a"), piece(picture=b"b"), piece(picture=b"a")), tmp_path) as reader:
        pictures: list[Any] = [page["/Resources"]["/XObject"].raw_get("/i").idnum for page in reader.pages]  # type: ignore[index]
    assert pictures[0] == pictures[2] != pictures[1]
    assert pdf(book(piece(picture=b"a"), piece(picture=b"a"))).count(b"/Subtype/Image") == 1


def test_the_same_bytes_again() -> None:
    assert pdf(book(piece(), piece())) == pdf(book(piece(), piece()))


@given(st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 5000)).filter(lambda each: each[1] <= each[0])))
def test_bases_leave_room(counts: list[tuple[int, int]]) -> None:
    found = bases(counts)
    assert found[0] == FIRST_BASE
    for (count, plain), base, following in zip(counts, found, found[1:], strict=False):
        assert base + count + 1 + streams_needed(plain) <= following
        assert (following - base) % LEAST_ROOM == 0


@pytest.mark.parametrize("grown", [1, 5])
def test_a_piece_that_grows_a_little_moves_no_other(grown: int) -> None:
    counts = [(300, 280), (300, 280)]
    assert bases([(300 + grown, 280 + grown), counts[1]]) == bases(counts)


def test_a_file_ends_where_its_table_does(monkeypatch: pytest.MonkeyPatch) -> None:
    made = pdf(book(piece(), piece()))
    monkeypatch.setattr("overprint.render.pdf.link.LARGEST", len(made))
    assert pdf(book(piece(), piece())) == made
    monkeypatch.setattr("overprint.render.pdf.link.LARGEST", len(made) - 1)
    with pytest.raises(TooLargeError):
        pdf(book(piece(), piece()))
