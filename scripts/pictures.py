"""Make the pictures of the documentation from the example book, in each theme: `python scripts/pictures.py FOLDER`."""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image

from overprint import pipeline
from overprint.compose.theme import ours

EXAMPLE = Path(__file__).parents[1]
DOTS = 96
HEIGHT = 520
GAP = 2
GREY = (150, 150, 150)
OPENER = 7
"""The page of the PDF on which the essay begins, counted from 1."""


def built(theme: str, folder: Path) -> tuple[Path, Path]:
    """Return the PDF and the cover of the example in a theme."""
    shutil.copytree(EXAMPLE / "manuscript", folder / "manuscript")
    book = folder / "manuscript" / "book.yaml"
    book.write_text(re.sub(r"^theme: \w+", f"theme: {theme}", book.read_text("utf-8"), flags=re.MULTILINE), "utf-8")
    paths = [each.path for each in pipeline.build(folder).value]
    (pdf,) = [path for path in paths if path.suffix == ".pdf"]
    (cover,) = [path for path in paths if path.suffix == ".jpg"]
    return pdf, cover


def page(pdf: Path, number: int) -> Image.Image:
    """Return a page of a PDF, counted from 1."""
    opened: Any = pypdfium2.PdfDocument
    with opened(pdf) as document:
        return document[number - 1].render(scale=DOTS / 72).to_pil().convert("RGB")  # type: ignore[no-any-return]


def side_by_side(pictures: list[Image.Image]) -> Image.Image:
    """Return pictures of one height in a row, on grey."""
    width = sum(each.width + GAP for each in pictures) + GAP
    row = Image.new("RGB", (width, pictures[0].height + 2 * GAP), GREY)
    left = GAP
    for each in pictures:
        row.paste(each, (left, GAP))
        left += each.width + GAP
    return row


def as_high(picture: Image.Image, height: int) -> Image.Image:
    """Return a picture in another size."""
    return picture.resize((round(picture.width * height / picture.height), height), Image.Resampling.LANCZOS)


def main(target: Path) -> None:
    """Write a spread of the usual theme, and of each theme the cover, the opener and the spread behind it."""
    target.mkdir(parents=True, exist_ok=True)
    for theme in ours():
        with tempfile.TemporaryDirectory() as folder:
            pdf, cover = built(theme, Path(folder))
            opener, verso, recto = (page(pdf, number) for number in range(OPENER, OPENER + 3))
            if theme == "octavo":
                side_by_side([verso, recto]).quantize(32).save(target / "spread.png", optimize=True)
            with Image.open(cover) as front:
                row = [as_high(each, HEIGHT) for each in (front.convert("RGB"), opener, verso, recto)]
            side_by_side(row).quantize(64).save(target / f"{theme}.png", optimize=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
