"""The example book of this repository: it builds without a word, and both books are what the README says."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pypdf
import pytest

import judges
from overprint import pipeline

ROOT = Path(__file__).parents[1]
TRIM = (396, 612)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    made = pipeline.build(ROOT, out=tmp_path_factory.mktemp("build"))
    assert made.diagnostics == ()
    return {"".join(each.path.suffixes[-2:]): each.path for each in made.value}


@pytest.fixture(scope="module")
def pdf(built: dict[str, Path]) -> Iterator[pypdf.PdfReader]:
    with pypdf.PdfReader(built[".print.pdf"]) as reader:
        yield reader


@pytest.fixture(scope="module")
def pages(pdf: pypdf.PdfReader) -> list[str]:
    return [page.extract_text() for page in pdf.pages]


def test_the_essay_is_as_long_as_promised_and_four_of_six_comments_are_chosen() -> None:
    manuscript, _ = pipeline.validate(ROOT).value
    [essay] = manuscript.essays
    assert 1500 <= len(re.findall(r"\w+(?:[’-]\w+)*", essay.body.value)) <= 2500
    assert (len(essay.comments), sum(comment.include for comment in essay.comments)) == (6, 4)
    assert any(comment.include and comment.reply_to for comment in essay.comments)


@judges.every_judge
def test_judges_find_nothing(judge: judges.Judge, built: dict[str, Path]) -> None:
    assert judges.complaints(judge, built[".epub"]) == []


def test_every_page_is_of_the_trim_size(pdf: pypdf.PdfReader) -> None:
    assert {(round(page.mediabox.width, 2), round(page.mediabox.height, 2)) for page in pdf.pages} == {TRIM}


def test_the_order_of_the_front_matter(pages: list[str]) -> None:
    assert [bool(text.strip()) for text in pages[:7]] == [True, False, True, True, True, False, True]
    assert "isolde marchetti" in pages[2].lower()
    assert "©" in pages[3]
    assert "Contents" in pages[4]


def test_contents_give_the_right_pages(pages: list[str]) -> None:
    found = {
        title: int(page) for title, page in re.findall(r"(Everything Prints on Something|Letters)[ .]*(\d+)", pages[4])
    }
    sheets = {number: index for index, text in enumerate(pages) for number in re.findall(r"\b(\d+)\s*$", text)[-1:]}
    for title, page in found.items():
        opener = pages[sheets[str(page)]]
        assert title.split()[0] in opener, title
        assert sheets[str(page)] % 2 == 0, f"{title} does not open on a recto"
    assert found["Everything Prints on Something"] == 1


def test_blank_versos_are_blank(pdf: pypdf.PdfReader, pages: list[str]) -> None:
    for index, text in enumerate(pages):
        if not text.strip():
            assert index % 2 == 1
            contents = pdf.pages[index].get_contents()
            assert b"Tj" not in (contents.get_data() if contents else b"")


def test_openers_have_a_folio_and_no_running_head(pages: list[str]) -> None:
    head = re.compile("second impressions", re.IGNORECASE)
    assert not head.search(pages[6])
    assert pages[6].strip().endswith("1")
    assert head.search(pages[7])


def test_addresses_stand_on_the_page_of_their_links(pages: list[str]) -> None:
    page = next(text for text in pages if "surcharged notes" in text.replace("\n", " "))
    assert "example.org/museum/surcharged-notes" in page


def test_faces_are_embedded_and_none_is_faked(pdf: pypdf.PdfReader) -> None:
    names = set()
    for page in pdf.pages:
        resources: Any = page["/Resources"]
        for font in resources.get("/Font", {}).values():
            names.add(font.get_object()["/BaseFont"])
            [descendant] = font.get_object()["/DescendantFonts"]
            assert {"/FontFile2", "/FontFile3"} & set(descendant.get_object()["/FontDescriptor"].get_object())
    assert names
    assert all("EB-Garamond" in name.replace("EBGaramond", "EB-Garamond") for name in names), names
    assert not any("Oblique" in name for name in names)


def test_the_pdf_says_what_it_is(pdf: pypdf.PdfReader) -> None:
    root: Any = pdf.trailer["/Root"]
    assert root["/Lang"] == "en-GB"
    assert pdf.metadata is not None
    assert pdf.metadata.title == "Second Impressions"
    titles = [item.title for item in _flat(pdf.outline)]
    assert "Everything Prints on Something" in titles
    assert "Letters" in titles


def _flat(outline: Sequence[Any]) -> Iterator[pypdf.generic.Destination]:
    for item in outline:
        if isinstance(item, list):
            yield from _flat(item)
        elif isinstance(item, pypdf.generic.Destination):
            yield item


def test_unchosen_comments_are_in_neither_book(built: dict[str, Path], pages: list[str]) -> None:
    manuscript, _ = pipeline.validate(ROOT).value
    with zipfile.ZipFile(built[".epub"]) as epub:
        ebook = "".join(epub.read(name).decode() for name in epub.namelist() if name.endswith("xhtml"))
    for comment in manuscript.essays[0].comments:
        name = comment.author
        if not comment.include:
            assert name not in ebook
            assert not any(name.lower() in text.lower() for text in pages), name


def digests(project: Path, out: Path, umask: int, **environment: str) -> list[str]:
    command = [sys.executable, "-m", "overprint", "-C", str(project), "build", "--out", str(out)]
    subprocess.run(command, env=os.environ | environment, check=True, cwd=out.parent, umask=umask, capture_output=True)
    return [
        hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(out.glob("*.*"))
        if path.is_file() and path.name != ".lock"
    ]


def test_the_same_manuscript_gives_the_same_bytes_anywhere(tmp_path: Path) -> None:
    far = tmp_path / "ein Büro 影" / "copy"
    for folder in ("manuscript", "styles"):
        shutil.copytree(ROOT / folder, far / folder)
    here = digests(ROOT, tmp_path / "a", 0o022, TZ="Pacific/Auckland", LC_ALL="C.UTF-8", PYTHONHASHSEED="1")
    there = digests(far, tmp_path / "b", 0o077, TZ="America/Lima", LC_ALL="C", PYTHONHASHSEED="2")
    assert len(here) == 6
    assert here == there
