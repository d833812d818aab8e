"""In each theme pages end as a typographer ends them: on one line, and with nothing torn that belongs together."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator
from itertools import pairwise
from operator import attrgetter
from pathlib import Path
from typing import Any

import pytest

from overprint import pipeline
from overprint.compose import compose, theme
from overprint.render.pdf import PdfJob, tasks
from overprint.render.pdf.page_fit.area import columns, is_paragraph, leaves
from overprint.render.pdf.piece import LaidOut
from overprint.render.pdf.tailored import Answers, tailored

sys.path.append(str(Path(__file__).parents[1] / "benchmarks"))
import corpus

SPECIMEN = Path(__file__).parent / "specimen"
bottom = attrgetter("bottom")
HEADS = {"h1", "h2", "h3", "h4", "h5", "h6"}
Page = Any


def jobs(root: Path, name: str) -> Iterator[PdfJob]:
    shutil.copytree(SPECIMEN, root / "specimen")
    corpus.anthology(root / "anthology", 3)
    # Notes at the foot, addresses of links too, move the last line; these pages have none.
    corpus.anthology(root / "noteless", 1)
    for essay in (root / "noteless/manuscript/essays").rglob("essay.md"):
        words = re.sub(r"(?m)^\[\^\w+\]:.*\n?|\[\^\w+\]", "", essay.read_text("utf-8"))
        essay.write_text(re.sub(r"(?<!!)\[([^\]]*)\]\([^)]*\)", r"\1", words), "utf-8")
    for project in ("specimen", "anthology", "noteless"):
        with (root / project / "manuscript/book.yaml").open("a", encoding="utf-8") as settings:
            settings.write(f"theme: {name}\n")
        manuscript, book = pipeline.validate(root / project, draft=False).value
        yield pipeline._job(compose(book, manuscript.project).value, {})


@pytest.fixture(scope="module", params=theme.ours())
def runs(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> list[list[Page]]:
    """Give the pages of each piece of a book with one of everything and of an anthology."""
    found = []
    for job in jobs(tmp_path_factory.mktemp("ends"), request.param):
        for piece in job.pieces:
            at = tasks._begun(job.style, piece.resources)
            answers = Answers(before=4)
            with at.heard(), tailored(at.weasyprint, answers):
                laid = LaidOut(at, job.before + piece.html + job.after, answers)
            found.append([page._page_box for page in laid.pages])
    return found


def going_on(runs: list[list[Page]]) -> Iterator[tuple[Page, Page]]:
    """Yield each page whose text goes on, with the next."""
    return (pair for run in runs for pair in pairwise(run) if pair[0].foot.goes_on)


def test_full_pages_end_on_one_line(runs: list[list[Page]]) -> None:
    full = [page for page, _ in going_on(runs) if page.foot.level == 0 and not page.foot.notes]
    last = [max((leaf for column in columns(page) for leaf in leaves(column)), key=bottom) for page in full]
    ends = [leaf.bottom * 0.75 for leaf in last if is_paragraph(leaf.box)]
    assert len(ends) > 1
    assert max(ends) - min(ends) <= 0.2


def test_facing_pages_end_level(runs: list[list[Page]]) -> None:
    facing = [(left, right) for left, right in going_on(runs) if left.page_type.side == "left" and right.foot.goes_on]
    unlevel = [1 for left, right in facing if left.foot.level != right.foot.level]
    assert len(facing) > 5
    # A picture or a table that finds no room leaves a hole that nothing can hide; it is told.
    assert len(unlevel) <= len(facing) // 6


def test_no_text_ends_with_a_few_lines_on_a_page(runs: list[list[Page]]) -> None:
    assert not [page for _, page in going_on(runs) if page.foot.lacks and page.foot.lines < 5]


def test_nothing_is_torn_that_belongs_together(runs: list[list[Page]]) -> None:
    for page, following in going_on(runs):
        *_, last = (leaf.box for column in columns(page) for leaf in leaves(column))
        first = next(leaf.box for column in columns(following) for leaf in leaves(column))
        assert last.element_tag not in HEADS
        assert "comment-head" not in kinds(last)
        assert "attribution" not in kinds(first)
        if is_paragraph(last) and last.children[-1].resume_at is not None:
            assert len(last.children) >= 2
            assert len(first.children) >= 2
        # No word goes on overleaf.
        ended = vars(last.children[-1]).get("total_fit") if is_paragraph(last) else None
        assert not ended or not ended.place.hyphen


def kinds(box: Any) -> set[str]:
    """Return the classes of a box and of those around it that it is the last of."""
    return set((box.element.get("class") or "").split()) if box.element is not None else set()


def test_a_paragraph_whose_page_was_taken_back_is_left_alone(tmp_path: Path) -> None:
    corpus.anthology(tmp_path, 148)
    for folder in sorted((tmp_path / "manuscript/essays").iterdir())[:-1]:
        shutil.rmtree(folder)
    [built] = pipeline.build(tmp_path, ["pdf"]).value
    assert built.pages > 12
