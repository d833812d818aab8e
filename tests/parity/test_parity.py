"""Finished books hold what their manuscript chose: whatever is changed is found, and nothing where nothing is."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

import books
from overprint import parity, pipeline, preflight
from overprint.cli import app
from overprint.compose import theme
from overprint.diagnostics import Diagnostic, Made
from parity import spoiling

SPECIMEN = Path(__file__).parents[1] / "specimen"
FEW, ALL = 24, 200
HOW_OFTEN = [FEW, pytest.param(ALL, marks=pytest.mark.judged)]


class Built:
    """A project with its books, and what compares them."""

    def __init__(self, root: Path, *names: str) -> None:
        made = pipeline.build(root, names).value
        self.paths = {each.path.name.partition(".")[2]: each.path for each in made}
        self.with_manuscript = pipeline.Parity(root)

    def said(self, path: Path) -> tuple[Diagnostic, ...]:
        made = self.with_manuscript.of(path)
        assert made.value.startswith("compared with the manuscript: ")
        return made.diagnostics

    def spoilt(self, kind: str, folder: Path) -> tuple[Path, Path]:
        folder.mkdir(exist_ok=True)
        return self.paths[kind], folder / self.paths[kind].name


@pytest.fixture(scope="module", params=theme.ours())
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Give the books of the specimen, which has one of everything, in each theme."""
    root = shutil.copytree(SPECIMEN, tmp_path_factory.mktemp("parity") / "specimen")
    with (root / "manuscript/book.yaml").open("a", encoding="utf-8") as settings:
        settings.write(f"theme: {request.param}\n")
    return Built(root, "epub", "pdf", "screen")


@pytest.mark.parametrize("kind", ["epub", "print.pdf", "screen.pdf"])
def test_a_book_as_it_was_built_is_whole(kind: str, built: Built) -> None:
    assert built.said(built.paths[kind]) == ()


@pytest.mark.parametrize("times", HOW_OFTEN)
def test_each_word_that_is_changed_in_an_epub_is_found(times: int, built: Built, tmp_path: Path) -> None:
    source, target = built.spoilt("epub", tmp_path / "a")
    for number in range(times):
        done = spoiling.epub(source, target, spoiling.word(number))
        said = built.said(target)
        assert len(said) in {1, 2}, done
        assert all(".xhtml" in each.message for each in said)


@pytest.mark.parametrize("times", HOW_OFTEN)
def test_each_mark_that_is_changed_in_an_epub_is_found(times: int, built: Built, tmp_path: Path) -> None:
    source, target = built.spoilt("epub", tmp_path / "a")
    for number in range(times):
        done = spoiling.epub(source, target, spoiling.mark(number))
        assert len(built.said(target)) == 1, done


THINGS = {
    "a note": "//h:aside",
    "its call": "//h:a[@role='doc-noteref']",
    "a picture": "//h:img",
    "a link": "//h:a[starts-with(@href, 'http')]",
    "a letter": "//h:article",
    "a heading": "//h:h1 | //h:h2",
    "a paragraph": "//h:p",
}


@pytest.mark.parametrize("thing", THINGS)
def test_each_thing_that_is_lost_from_an_epub_is_found(thing: str, built: Built, tmp_path: Path) -> None:
    source, target = built.spoilt("epub", tmp_path / "a")
    for number in range(4):
        done = spoiling.epub(source, target, spoiling.element(THINGS[thing], number))
        assert built.said(target), done


@pytest.mark.parametrize("kind", ["print.pdf", "screen.pdf"])
@pytest.mark.parametrize("times", HOW_OFTEN)
def test_each_word_that_is_changed_in_a_pdf_is_found(times: int, kind: str, built: Built, tmp_path: Path) -> None:
    source, target = built.spoilt(kind, tmp_path / "a")
    for number in range(times // 2):
        done = spoiling.pdf(source, target, spoiling.printed_word(number))
        said = built.said(target)
        assert said, done
        assert any(f"page {done.rpartition(' ')[2]} " in each.message for each in said), (done, said)


@pytest.mark.parametrize("kind", ["print.pdf", "screen.pdf"])
def test_pictures_and_links_that_are_lost_from_a_pdf_are_found(kind: str, built: Built, tmp_path: Path) -> None:
    source, target = built.spoilt(kind, tmp_path / "a")
    spoiling.pdf(source, target, spoiling.without_picture)
    assert ["a picture" in each.message for each in built.said(target)] == [True]
    for number in range(3):
        address = spoiling.pdf(source, target, spoiling.without_link(number))
        assert any(address in each.message for each in built.said(target))


def test_the_place_in_the_manuscript_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preflight, "epubcheck", lambda path: Made(""))
    root = books.write(tmp_path)
    pipeline.build(root, ["epub", "pdf"])
    essay = root / "manuscript/essays/01-bees/essay.md"
    essay.write_text(essay.read_text("utf-8").replace("It is sweet.", "It is very sweet."), "utf-8")
    done = CliRunner().invoke(app, ["-C", str(root), "check", "--format", "concise"])
    assert done.exit_code == 1
    line = essay.read_text("utf-8").split("\n").index("It is very sweet.") + 1
    place = f"manuscript/essays/01-bees/essay.md:{line}:7: error X001"
    assert f"{place} small-book.epub/text/bees.xhtml lacks “very” after “Honey It is”" in done.output
    assert f"{place} page 1 of small-book.print.pdf lacks “very” after “Honey It is”" in done.output


@pytest.mark.parametrize(("before", "after"), [("its", "it’s"), ("£5", "$5"), ("5%", "5")])
def test_a_word_is_another_with_an_apostrophe_and_a_sum_with_another_sign(
    before: str, after: str, tmp_path: Path
) -> None:
    root = books.write(tmp_path)
    essay = root / "manuscript/essays/01-bees/essay.md"
    said = essay.read_text("utf-8")
    essay.write_text(said.replace("It is sweet.", f"Of {before} sweetness."), "utf-8")
    pipeline.build(root, ["epub", "pdf"])
    essay.write_text(said.replace("It is sweet.", f"Of {after} sweetness."), "utf-8")
    parity_of = pipeline.Parity(root)
    for name in ("small-book.epub", "small-book.print.pdf"):
        (found,) = parity_of.of(root / "build" / name).diagnostics
        assert found.place.line == said.split("\n").index("It is sweet.") + 1


def test_books_of_others_are_not_compared(tmp_path: Path) -> None:
    root = books.write(tmp_path / "ours")
    other = books.write(tmp_path / "theirs")
    settings = other / "manuscript/book.yaml"
    settings.write_text(settings.read_text("utf-8").replace("7c1d4c0e", "8c1d4c0e"), "utf-8")
    [built] = pipeline.build(other, ["epub"]).value
    assert pipeline.Parity(root).of(built.path).value == ""
    assert parity.is_of(built.path, pipeline.Parity(other).composed)  # type: ignore[arg-type]


def test_what_takes_a_manuscript_that_is_broken(tmp_path: Path) -> None:
    root = books.write(tmp_path)
    [built] = pipeline.build(root, ["epub"]).value
    (root / "manuscript/book.yaml").write_text("title: [", "utf-8")
    assert pipeline.Parity(root).of(built.path).value == ""
