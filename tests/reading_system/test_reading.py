"""The EPUB as a reading system sees it: epub.js on phone and tablet, by day and by night, in large letters."""

from __future__ import annotations

import json
import shutil
import subprocess
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

import judges
from overprint import pipeline
from overprint.compose import contrast

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
SIZES = [(390, 844), (820, 1180)]
VIEWS = [
    {"width": width, "height": height, "flow": flow, "dark": dark, "percent": percent}
    for (width, height), percent in product(SIZES, [100, 200])
    # Colours do not move letters: pages by day and the scroll by night show all.
    for flow, dark in (("paginated", False), ("scrolled-doc", True))
]
SEEN = 3.0
"""The least contrast that WCAG asks of what a picture shows."""

pytestmark = judges.needs_browser


def read(book: Path, folder: Path) -> dict[str, Any]:
    """Return what epub.js makes of a book, and its pictures by night."""
    folder.mkdir()
    command = ["node", HERE / "read.mjs", book, folder, judges.FOLDER, shutil.which("chromium"), json.dumps(VIEWS)]
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True, check=False, timeout=600)
    assert done.returncode == 0, done.stderr
    report: dict[str, Any] = json.loads(done.stdout)
    assert report["said"] == []
    return report


@pytest.fixture(scope="module", params=["example", "octavo", "plain", "gazette"])
def seen(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Return what is seen of the example and of the book with one of everything in each theme, printed too."""
    folder = tmp_path_factory.mktemp("reading")
    project = ROOT
    if request.param != "example":
        project = shutil.copytree(ROOT / "tests" / "specimen", folder / "specimen")
        settings = project / "manuscript" / "book.yaml"
        settings.write_text(f"{settings.read_text('utf-8')}theme: {request.param}\n", "utf-8")
    pipeline.build(project, ["epub", "pdf"], folder / "build")
    [book] = (folder / "build").glob("*.epub")
    return read(book, folder / "shown")


def test_every_view_shows_every_document(seen: dict[str, Any]) -> None:
    assert len(seen["views"]) == len(VIEWS) * len(seen["spine"]) > len(VIEWS)
    words = {(each["href"], each["words"].strip() != "" or len(each["pictures"]) > 0) for each in seen["views"]}
    assert words == {(each["href"], True) for each in seen["spine"]}


def test_nothing_is_clipped_or_stands_out(seen: dict[str, Any]) -> None:
    assert [(each["href"], view(each), each["faults"]) for each in seen["views"] if each["faults"]] == []


def test_tables_fit_but_on_a_phone_in_large_letters(seen: dict[str, Any]) -> None:
    assert {(each["width"], each["percent"]) for each in seen["views"] if each["tables"]} <= {(390, 200)}


def view(each: dict[str, Any]) -> str:
    return f"{each['width']} {each['flow']} {'dark' if each['dark'] else 'light'} {each['percent']} %"


def test_letters_and_ink_are_the_readers_own(seen: dict[str, Any]) -> None:
    found = {(each["dark"], each["percent"], each["ink"], each["letters"]) for each in seen["views"]}
    day, night = "rgb(0, 0, 0)", "rgb(255, 255, 255)"
    assert found == {(False, 100, day, 16), (False, 200, day, 32), (True, 100, night, 16), (True, 200, night, 32)}


def test_pictures_are_seen_on_black(seen: dict[str, Any]) -> None:
    pictures = [(each["name"], each["path"]) for found in seen["views"] if found["dark"] for each in found["pictures"]]
    assert pictures
    assert [name for name, path in pictures if contrast_in(Path(path)) < SEEN] == []


def contrast_in(path: Path) -> float:
    """Return the contrast between the darkest and the lightest hundredth of a picture's pixels."""
    with Image.open(path) as picture:
        greys = sorted(picture.convert("L").tobytes())
    dark, light = (greys[int(part * (len(greys) - 1))] for part in (0.01, 0.99))
    return contrast.contrast(f"#{dark:02x}{dark:02x}{dark:02x}", f"#{light:02x}{light:02x}{light:02x}")


def test_a_reading_system_finds_its_way(seen: dict[str, Any]) -> None:
    places = {each["href"] for each in seen["spine"]}
    lines = list(flat(seen["contents"]))
    assert lines
    assert {href.partition("#")[0] for _, href, _ in lines} <= places
    assert max(depth for _, _, depth in lines) <= 2
    assert {"cover", "toc", "bodymatter"} <= {each["type"] for each in seen["landmarks"]}
    assert {each["href"].partition("#")[0] for each in seen["landmarks"]} <= places
    names = {each["href"]: each["names"] for each in seen["views"]}
    for label, href, _ in lines:
        document, _, target = href.partition("#")
        assert squeezed(names[document][target]) == squeezed(label), href
    numbers = [int(each["page"]) for each in seen["pages"] if each["page"] != "NaN"]  # what epub.js makes of romans
    assert numbers == sorted(set(numbers)) != []
    for page, (document, _, target) in ((each["page"], each["href"].partition("#")) for each in seen["pages"]):
        assert target in names[document], page


def squeezed(words: str) -> str:
    return "".join(words.split()).casefold()


def flat(lines: list[dict[str, Any]], depth: int = 1) -> list[tuple[str, str, int]]:
    """Return the lines of the contents with those under them: words, target, depth from 1."""
    return [each for line in lines for each in [(line["label"], line["href"], depth), *flat(line["under"], depth + 1)]]
