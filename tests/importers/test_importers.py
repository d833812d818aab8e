from __future__ import annotations

import hashlib
import os
from typing import TYPE_CHECKING

import pytest

from overprint import importers
from overprint.diagnostics import KINDS, Exit, Place, Severity, Stop
from overprint.importers import source as sources

if TYPE_CHECKING:
    from pathlib import Path

PLAIN = "A line of plain words that any reader may take for the start of an essay.\n"


def stop(path: Path, kind: str = "") -> Stop:
    with pytest.raises(Stop) as caught:
        importers.read(path, kind=kind)
    return caught.value


def written(folder: Path, data: bytes, name: str = "piece.txt") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def test_the_folder_is_scanned_for_readers() -> None:
    assert "text" in importers.kinds()
    assert importers.kinds() == tuple(sorted(importers.kinds()))


def test_a_source_keeps_bytes_fingerprint_and_text(tmp_path: Path) -> None:
    data = b"\xef\xbb\xbfWords"
    source = importers.load(written(tmp_path, data))
    assert source.data == data
    assert source.sha256 == hashlib.sha256(data).hexdigest()
    assert source.text == "Words"


def test_unknown_kind_is_wrong_usage_and_names_the_known(tmp_path: Path) -> None:
    fault = stop(tmp_path / "missing.txt", kind="papyrus")
    assert fault.exit is Exit.USAGE
    assert fault.diagnostics[0].code == "I009"
    assert "text" in fault.diagnostics[0].hint


def test_missing_file(tmp_path: Path) -> None:
    fault = stop(tmp_path / "missing.txt")
    assert (fault.exit, fault.diagnostics[0].code) == (Exit.CANNOT, "I001")
    assert fault.diagnostics[0].place.path == str(tmp_path / "missing.txt")


def test_folder(tmp_path: Path) -> None:
    fault = stop(tmp_path)
    assert (fault.exit, fault.diagnostics[0].code) == (Exit.CANNOT, "I002")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    fault = stop(tmp_path / "pipe")
    assert (fault.exit, fault.diagnostics[0].code) == (Exit.CANNOT, "I003")


def test_file_without_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(sources, "_bytes", refuse)
    fault = stop(written(tmp_path, b"Words"))
    assert (fault.exit, fault.diagnostics[0].code) == (Exit.CANNOT, "I003")
    assert "permission denied" in fault.diagnostics[0].message


def test_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "LIMIT", 10)
    fault = stop(written(tmp_path, b"more than ten"))
    assert (fault.exit, fault.diagnostics[0].code) == (Exit.CANNOT, "I004")


@pytest.mark.parametrize("data", [b"", b" \n\t\n", b"\xef\xbb\xbf\n"])
def test_empty(tmp_path: Path, data: bytes) -> None:
    fault = stop(written(tmp_path, data))
    assert (fault.exit, fault.diagnostics[0].code) == (Exit.CONTENT, "I005")


@pytest.mark.parametrize("data", [b"Words\0and more", bytes(range(1, 32)) * 9, "Words".encode("utf-16")])
@pytest.mark.parametrize("kind", ["", "text"])
def test_binary(tmp_path: Path, data: bytes, kind: str) -> None:
    fault = stop(written(tmp_path, data), kind)
    assert (fault.exit, fault.diagnostics[0].code) == (Exit.CONTENT, "I006")


@pytest.mark.parametrize(
    ("data", "line", "column"),
    [(b"\xe9tude", 1, 1), (b"\xef\xbb\xbfa\n\xc3\xa9 b\xff", 2, 4), (b"a\r\nb\rcaf\xe9", 3, 4)],
)
def test_not_utf8_says_where(tmp_path: Path, data: bytes, line: int, column: int) -> None:
    path = written(tmp_path, data)
    fault = stop(path, "text")
    assert (fault.exit, fault.diagnostics[0].code) == (Exit.CONTENT, "I007")
    assert fault.diagnostics[0].place == Place(str(path), line, column)


@pytest.mark.parametrize(("data", "what"), [(b"%PDF-1.7 words", "a PDF"), (b"{\\rtf1 words}", "an RTF document")])
def test_format_not_recognised(tmp_path: Path, data: bytes, what: str) -> None:
    fault = stop(written(tmp_path, data))
    assert fault.diagnostics[0].code == "I008"
    assert what in fault.diagnostics[0].message
    assert "text" in fault.diagnostics[0].hint


@pytest.mark.parametrize(
    ("slug", "text", "name"),
    [
        ("", PLAIN, "the-garden-wall"),
        ("", f"L’Été, again\n\n{PLAIN * 3}", "lete-again"),
        ("Own Name", f"A title\n\n{PLAIN * 3}", "own-name"),
    ],
)
def test_slug_is_given_or_from_title_or_file(tmp_path: Path, slug: str, text: str, name: str) -> None:
    path = written(tmp_path, text.encode(), "The Garden  Wall.txt")
    assert importers.read(path, slug=slug).value[0].slug == name


def test_every_kind_of_message_has_a_manual_in_the_common_style() -> None:
    ours = [kind for code, kind in KINDS.items() if code in {f"I{number:03}" for number in range(1, 50)}]
    assert len(ours) > 20
    for kind in ours:
        assert 2 <= kind.manual.count(". ") + 1 <= 5, kind.code
        assert kind.hint, kind.code
        assert "please" not in kind.message + kind.hint, kind.code
        assert not kind.message.endswith("."), kind.code
    assert {kind.severity for kind in ours} == set(Severity)
