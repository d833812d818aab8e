"""In each theme pages and columns begin on their first line, and no break in thought is lost there."""

from __future__ import annotations

from itertools import pairwise

import pytest

import books
from overprint import pipeline
from overprint.compose import compose, theme
from overprint.render.pdf import tasks
from overprint.render.pdf.page_fit.area import Leaf, columns, is_paragraph, leaves
from overprint.render.pdf.piece import LaidOut
from overprint.render.pdf.tailored import Answers, tailored

WORDS = "The guard walks through the train at night and counts the doors and lamps and those who are asleep".split()
KINDS = ("## A section", "### A smaller one", "* * *", "> Quoted, from somebody who sleeps.", "- a door\n- a lamp")


def essay() -> str:
    """Return paragraphs of many lengths, before which stands one thing after the other."""
    head = books.text("essay").split("---\n")[1]
    texts = [" ".join((WORDS * 5)[: 25 + number * 17 % 60]) + "." for number in range(60)]
    parts = [f"{KINDS[number % len(KINDS)]}\n\n{text}" for number, text in enumerate(texts)]
    return f"---\n{head}---\n\n{texts[7]}\n\n" + "\n\n".join(parts) + "\n"


@pytest.fixture(scope="module", params=theme.ours())
def heads(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> list[tuple[float, Leaf]]:
    """Give what each page or column of a text begins with, and how far below its edge, in points."""
    root = tmp_path_factory.mktemp("heads")
    books.write(root, book=books.text("book") + f"theme: {request.param}\n", essay=essay())
    manuscript, book = pipeline.validate(root, draft=False).value
    job = pipeline._job(compose(book, manuscript.project).value, {})
    (piece,) = (each for each in job.pieces if "The guard walks" in each.html)
    at = tasks._begun(job.style, piece.resources)
    answers = Answers(before=4)
    with at.heard(), tailored(at.weasyprint, answers):
        laid = LaidOut(at, job.before + piece.html + job.after, answers)
    found: list[tuple[float, Leaf]] = []
    for before, page in pairwise(each._page_box for each in laid.pages):
        for column in columns(page) if before.foot.goes_on else ():
            first = next(leaves(column))
            if "bio" not in (first.around[-1].element.get("class") or ""):
                found.append(((first.top - page.content_box_y()) * 0.75, first))
    return found


def test_what_begins_a_page_stands_on_its_first_line(heads: list[tuple[float, Leaf]]) -> None:
    assert {leaf.box.element_tag for _, leaf in heads} >= {"h2", "p"}
    assert [white for white, leaf in heads if leaf.box.element_tag != "hr" and abs(white) > 0.2] == []


def test_a_break_in_thought_is_seen(heads: list[tuple[float, Leaf]]) -> None:
    breaks = [leaf.box for _, leaf in heads if leaf.box.element_tag == "hr"]
    assert all(is_paragraph(each) and each.children[0].children for each in breaks)
    assert breaks
