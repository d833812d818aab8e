from __future__ import annotations

from pathlib import Path

import pikepdf
import pytest

from overprint.press.pages import fill, wanted
from overprint.press.profile import Profile


@pytest.mark.parametrize(
    ("pages", "multiple", "blank", "count"),
    [(33, None, False, 33), (33, 4, False, 36), (36, 4, False, 36), (36, 4, True, 40), (35, None, True, 36)],
)
def test_books_are_filled_up_to_what_is_bound(pages: int, multiple: int | None, blank: bool, count: int) -> None:
    assert wanted(pages, Profile("", "", multiple=multiple, last_page_blank=blank)) == count


def test_blank_pages_stand_at_the_end_and_have_the_boxes_of_their_side(tmp_path: Path) -> None:
    with pikepdf.new() as pdf:
        for inner in (0, 9, 0):
            pdf.add_blank_page(page_size=(369, 594))
            pdf.pages[-1].trimbox = pikepdf.Array([inner, 9, inner + 360, 585])
            pdf.pages[-1].contents_add(b"0 0 9 9 re f")
        pdf.save(tmp_path / "three.pdf")
    for name in ("one.pdf", "two.pdf"):
        fill(tmp_path / "three.pdf", tmp_path / name, 6)
    assert (tmp_path / "one.pdf").read_bytes() == (tmp_path / "two.pdf").read_bytes()
    with pikepdf.open(tmp_path / "one.pdf") as pdf:
        assert [float(page.trimbox[0]) for page in pdf.pages] == [0, 9, 0, 9, 0, 9]
        painted = [len(list(pikepdf.parse_content_stream(page))) for page in pdf.pages]
        assert painted == [2, 2, 2, 0, 0, 0]
