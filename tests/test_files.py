from __future__ import annotations

import os
from pathlib import Path

import pytest

from overprint import files
from overprint.diagnostics import Exit, Stop


def stop(path: Path, root: Path) -> Stop:
    with pytest.raises(Stop) as caught:
        files.read_text(path, root)
    return caught.value


def test_invalid_utf8_is_placed_to_the_character(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes("one\nzwé ".encode() + b"\xff\n")
    assert str(stop(path, tmp_path).diagnostics[0].place) == "a.md:2:5"


def test_line_ends_and_bom_are_dropped(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"\xef\xbb\xbfone\r\ntwo\rthree\n")
    assert files.read_text(path, tmp_path) == ("one\ntwo\nthree\n", ())


def test_nul_bytes_are_named(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_bytes(b"one\nt\x00o")
    said = files.read_text(path, tmp_path)[1]
    assert [(each.code, str(each.place)) for each in said] == [("M404", "a.md:2:2")]


def test_a_link_out_of_the_project_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("canary")
    root = tmp_path / "book"
    root.mkdir()
    (root / "a.md").symlink_to(tmp_path / "secret")
    found = stop(root / "a.md", root)
    assert found.diagnostics[0].code == "M123"
    assert "canary" not in str(found)


def test_a_pipe_never_hangs(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.md")
    assert stop(tmp_path / "a.md", tmp_path).diagnostics[0].code == "M122"


def test_a_missing_file(tmp_path: Path) -> None:
    assert stop(tmp_path / "a.md", tmp_path).exit is Exit.CANNOT


def test_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LARGEST", 3)
    (tmp_path / "a.md").write_text("four")
    assert stop(tmp_path / "a.md", tmp_path).diagnostics[0].code == "M124"
