from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

import books
from overprint.cli import app


def test_ours_are_listed_where_there_is_no_book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(app, ["themes"])
    assert result.exit_code == 0
    assert [line.split()[0] for line in result.output.splitlines()] == ["gazette", "octavo", "plain"]
    assert "Plain: a contemporary paperback" in result.output


def test_a_books_own_are_listed_with_ours(tmp_path: Path) -> None:
    books.write(tmp_path)
    (tmp_path / "themes/mine").mkdir(parents=True)
    (tmp_path / "themes/mine/theme.yaml").write_text("base: plain\n", "utf-8")
    result = CliRunner().invoke(app, ["-C", str(tmp_path), "themes"])
    assert result.output.splitlines()[-1].split() == ["mine", "mine:", "rests", "on", "plain"]


def test_a_broken_one_is_named(tmp_path: Path) -> None:
    books.write(tmp_path)
    (tmp_path / "themes/mine").mkdir(parents=True)
    (tmp_path / "themes/mine/theme.yaml").write_text("base: [\n", "utf-8")
    result = CliRunner().invoke(app, ["-C", str(tmp_path), "themes"])
    assert result.exit_code == 1
    assert "themes/mine/theme.yaml:" in result.output
