"""Pictures in the tagged PDF: figures with their description, and artifacts where they say nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

import printed
from overprint.model import Resource
from overprint.render.pdf import PdfJob


@pytest.mark.parametrize(
    ("attributes", "figures"),
    [("alt='A red square'", 1), ("alt=''", 0), ("alt='' class='undescribed'", 1), ("alt='' class='wide'", 0)],
)
def test_decoration_is_an_artifact(attributes: str, figures: int, job: Callable[..., PdfJob], tmp_path: Path) -> None:
    Image.new("RGB", (40, 40), "red").save(tmp_path / "red.png")
    picture = Resource("images/red.png", "image/png", tmp_path / "red.png")
    made = printed.joined(
        job(f"<p>Before</p><figure><img src='../images/red.png' {attributes}></figure>", resources=(picture,)),
        tmp_path / "book.pdf",
    )
    assert made.diagnostics == ()
    with pikepdf.open(tmp_path / "book.pdf") as pdf:
        tags = [str(each.get("/S")) for each in pdf.objects if isinstance(each, pikepdf.Dictionary)]
        assert tags.count("/Figure") == figures
        assert _around_picture(pdf.pages[0]) == ("/Figure" if figures else "/Artifact")


def _around_picture(page: pikepdf.Page) -> str:
    """Return how the content that draws the page's picture is marked."""
    within: list[str] = []
    for step in pikepdf.parse_content_stream(page):
        match str(step.operator):
            case "BDC" | "BMC":
                within.append(str(step.operands[0]))
            case "EMC":
                within.pop()
            case "Do":
                return within[-1]
    raise AssertionError
