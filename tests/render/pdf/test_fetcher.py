from __future__ import annotations

import os
from pathlib import Path

import pytest

from overprint.model import Resource
from overprint.render.pdf.fetcher import DATA, SealedFetcher, table
from overprint.render.pdf.files import FILE, read
from overprint.render.pdf.job import BASE, Style


@pytest.fixture
def fetcher(tmp_path: Path) -> SealedFetcher:
    (tmp_path / "a.txt").write_text("within")
    (tmp_path / "b.txt").write_text("without")
    return SealedFetcher(table(Style(resources=(Resource("images/ä b.txt", "text/plain", tmp_path / "a.txt"),))))


@pytest.mark.parametrize("url", ["images/ä b.txt", "images/%C3%A4%20b.txt", "images/ä b.txt?x#y"])
def test_files_of_the_table_are_served(fetcher: SealedFetcher, url: str) -> None:
    answer = fetcher.fetch(BASE + url)
    assert (answer.read(), answer.content_type) == (b"within", "text/plain")
    assert not fetcher.refused


@pytest.mark.parametrize(
    "url",
    [
        "{folder}/a.txt",
        "file://{folder}/a.txt",
        "FILE:{folder}/a.txt",
        "http://127.0.0.1/a.txt",
        "ftp://127.0.0.1/a.txt",
        "//127.0.0.1/a.txt",
        "book:/images/a.txt",
        "https://book.invalid.example/images/ä b.txt",
        "https://book.invalid@127.0.0.1/images/ä b.txt",
        BASE + "images/b.txt",
        BASE + "images/../b.txt",
        BASE + "images/%2e%2e/%2e%2e{folder}/b.txt",
        BASE + "images/%25C3%25A4%20b.txt",
        "data:text/plain," + "x" * DATA,
    ],
)
def test_all_else_is_refused(fetcher: SealedFetcher, tmp_path: Path, url: str) -> None:
    url = url.replace("{folder}", str(tmp_path))
    with pytest.raises(ValueError, match="not one of the book's files"):
        fetcher.fetch(url)
    assert [each.code for each in fetcher.refused.values()] == ["P008"]


def test_data_is_served(fetcher: SealedFetcher) -> None:
    assert fetcher.fetch("data:text/plain,x").read() == b"x"


def test_only_regular_files_of_some_size_are_read(tmp_path: Path) -> None:
    pipe, large = tmp_path / "pipe", tmp_path / "large"
    os.mkfifo(pipe)
    with large.open("wb") as file:
        file.truncate(FILE + 1)
    for path in (pipe, tmp_path, Path("/dev/zero"), large, tmp_path / "missing"):
        with pytest.raises(OSError, match=r"regular|directory|larger|No such"):
            read(path)
