"""Make the pictures of the documentation from the example book, in each theme: `python scripts/pictures.py FOLDER`."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image
from playwright.sync_api import sync_playwright

from overprint import pipeline
from overprint.compose.theme import ours

EXAMPLE = Path(__file__).parents[1]
DOTS = 96
HEIGHT = 520
GAP = 2
GREY = (150, 150, 150)
OPENER = 7
"""The page of the PDF on which the essay begins, counted from 1."""
SCREEN = {"width": 1360, "height": 820}


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


def preview(path: Path) -> None:
    """Write a picture of the page of `overprint preview`, open at the example's drawing; needs Chromium."""
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(EXAMPLE / "manuscript", Path(folder) / "manuscript")
        command = [sys.executable, "-m", "overprint", "-C", folder, "preview", "--port", "0"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:  # noqa: S603
            try:
                address = next(found[0] for line in server.stdout or () if (found := re.search(r"http://\S+/", line)))
                with sync_playwright() as playwright:
                    browser = playwright.chromium.launch(
                        executable_path=shutil.which("chromium"), args=["--no-sandbox"]
                    )
                    page = browser.new_page(viewport=SCREEN)  # type: ignore[arg-type]
                    page.goto(address)
                    page.get_by_label("Page", exact=True).fill("3")
                    page.keyboard.press("Enter")
                    page.get_by_role("img", name="Page 3", exact=True).wait_for()
                    page.frame_locator("#screen iframe:not(.coming)").locator("#page-3").wait_for(state="attached")
                    page.evaluate("document.activeElement.blur()")
                    # How long the build took is another figure each time.
                    page.locator("#figures").evaluate(
                        "(node) => (node.textContent = node.textContent.split(' · built')[0])"
                    )
                    page.screenshot(path=path)
                    browser.close()
            finally:
                server.terminate()
    with Image.open(path) as picture:
        picture.convert("RGB").quantize(96).save(path, optimize=True)


def main(target: Path) -> None:
    """Write the preview, a spread of the usual theme, and of each theme its cover, opener and next spread."""
    target.mkdir(parents=True, exist_ok=True)
    preview(target / "preview.png")
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
