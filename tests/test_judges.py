"""The EPUB before every judge: the seed essay and large anthologies in `make judges`, and whether judges see at all."""

from __future__ import annotations

import zipfile
from pathlib import Path

import corpus
import pytest

import books
import judges
from overprint import pipeline

ROOT = Path(__file__).parents[1]
SEED = ROOT.parent / "shared" / "seed" / "her.txt"
THEMES = ["octavo", "plain", "gazette"]


def epub(project: Path, out: Path) -> Path:
    """Build both books, so that the EPUB lists the printed pages."""
    [path] = [each.path for each in pipeline.build(project, ["epub", "pdf"], out).value if each.path.suffix == ".epub"]
    return path


def themed(project: Path, theme: str) -> Path:
    settings = project / "manuscript" / "book.yaml"
    settings.write_text(f"{settings.read_text('utf-8')}theme: {theme}\n", "utf-8")
    return project


SPOILT = {
    b"<h1": b'<p><img src="../images/cover.jpg"/></p>\n<h1',
    b"margin: 0": b"margin: ;;0;",
}
"""A picture without words for it, and a broken sheet: each judge sees one of them."""


@judges.every_judge
def test_a_spoilt_book_is_seen(judge: judges.Judge, tmp_path: Path) -> None:
    spoilt = tmp_path / "spoilt.epub"
    with zipfile.ZipFile(epub(books.write(tmp_path), tmp_path)) as book, zipfile.ZipFile(spoilt, "w") as worse:
        for entry in book.infolist():
            data = book.read(entry)
            for good, bad in SPOILT.items():
                data = data.replace(good, bad, 1) if entry.filename.endswith(("xhtml", "css")) else data
            worse.writestr(entry, data)
    assert judges.complaints(judge, spoilt)


@pytest.fixture(scope="module", params=[pytest.param(theme, marks=pytest.mark.judged) for theme in THEMES])
def large(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("large")
    corpus.anthology(root, 40)
    return epub(themed(root, request.param), root / "build")


@judges.every_judge
def test_forty_essays_are_clean_in_every_theme(judge: judges.Judge, large: Path) -> None:
    assert judges.complaints(judge, large) == []


@pytest.fixture(scope="module", params=[pytest.param(theme, marks=pytest.mark.judged) for theme in THEMES])
def seed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not SEED.is_file():
        pytest.skip("the seed essay is not beside this project")
    root = books.write(tmp_path_factory.mktemp("seed"))
    pipeline.add(root, pipeline.import_sources([SEED], {"title": "Her", "slug": "her"}).value)
    pipeline.change_comments(root, "her", (1, 2, 3), {"include": "yes"})
    return epub(themed(root, request.param), root / "build")


@judges.every_judge
def test_the_seed_is_clean_in_every_theme(judge: judges.Judge, seed: Path) -> None:
    assert judges.complaints(judge, seed) == []
