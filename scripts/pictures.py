"""Make the pictures of the documentation from the built example book: needs poppler's pdftoppm."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

GAP = 2
GREY = (150, 150, 150)


def spread(pdf: Path, verso: int, target: Path) -> None:
    """Write the facing pages `verso` and `verso + 1` of a PDF, counted from 1, as one PNG at 96 dpi."""
    with tempfile.TemporaryDirectory() as folder:
        pages = ["-f", str(verso), "-l", str(verso + 1)]
        subprocess.run(["pdftoppm", "-r", "96", "-png", *pages, str(pdf), f"{folder}/page"], check=True)  # noqa: S603, S607
        left, right = (Image.open(path).convert("RGB") for path in sorted(Path(folder).glob("*.png")))
        picture = Image.new("RGB", (left.width + right.width + 3 * GAP, left.height + 2 * GAP), GREY)
        picture.paste(left, (GAP, GAP))
        picture.paste(right, (left.width + 2 * GAP, GAP))
        picture.quantize(32).save(target, optimize=True)


if __name__ == "__main__":
    book, first, place = sys.argv[1:]
    Path(place).parent.mkdir(parents=True, exist_ok=True)
    spread(Path(book), int(first), Path(place))
