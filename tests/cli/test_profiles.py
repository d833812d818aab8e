from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

import books
from overprint.cli import app


def run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, list(words))
    return result.exit_code, result.output


def test_ours_are_listed_where_there_is_no_book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    code, output = run("profiles")
    assert code == 0
    rows = [line.split()[:2] for line in output.splitlines() if "2026-" in line]
    assert [name for name, _ in rows] == ["ingram", "kdp", "lulu", "offset-x1a", "offset", "print", "screen"]


def test_a_books_own_is_listed_with_ours(tmp_path: Path) -> None:
    books.write(tmp_path)
    (tmp_path / "profiles").mkdir()
    (tmp_path / "profiles/mine.yaml").write_text("title: the shop at the corner\n", "utf-8")
    assert "mine         no date      the shop at the corner" in run("-C", str(tmp_path), "profiles")[1]


def test_one_is_shown_whole_with_its_sources_and_what_nobody_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    code, output = run("profiles", "kdp")
    assert code == 0
    for words in (
        "inner margin    0.375 in (9.52 mm) at least, from 24 to 150 pages",
        "pages           24 to 828",
        "links           not allowed",
        "file            650 MB at most",
        "paper           cream, 0.002500 in of spine a page",
        "sources         - kdp.amazon.com/en_US/help/topic/G201857950",
        "- a limit on ink",
    ):
        assert words in output
    assert "ink  " not in output
    assert "240 % at most" in run("profiles", "ingram")[1]


def test_scripts_get_all_of_them_as_json(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    records = [json.loads(line) for line in run("profiles", "--format", "json")[1].splitlines()]
    kdp = next(each for each in records if each["name"] == "kdp")
    assert kdp["pages"] == [24, 828]
    assert kdp["ink_limit"] is None
    assert kdp["spine"]["papers"][0] == {"name": "white", "page": pytest.approx(0.002252 * 72)}


def test_a_misspelt_name_and_a_broken_one_are_named(tmp_path: Path) -> None:
    books.write(tmp_path)
    code, output = run("-C", str(tmp_path), "profiles", "ingrem")
    assert (code, "did you mean `ingram`?" in output) == (2, True)
    (tmp_path / "profiles").mkdir()
    (tmp_path / "profiles/mine.yaml").write_text("title: A\nink_limt: 240\n", "utf-8")
    code, output = run("-C", str(tmp_path), "profiles")
    assert (code, "profiles/mine.yaml:2:1: error M104" in output) == (1, True)


def test_build_refuses_a_profile_that_there_is_not(tmp_path: Path) -> None:
    books.write(tmp_path)
    code, output = run("-C", str(tmp_path), "build", "pdf", "--profile", "kpd")
    assert code == 2
    assert "--profile kpd: error B121 there is no profile called `kpd`" in output
    assert not (tmp_path / "build").exists()
