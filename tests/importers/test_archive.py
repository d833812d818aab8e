from __future__ import annotations

import io
import stat
import zipfile
from typing import TYPE_CHECKING

import pytest

from importers.packed import put
from overprint import importers
from overprint.diagnostics import Stop
from overprint.importers import archive

if TYPE_CHECKING:
    from pathlib import Path


def stop(path: Path) -> tuple[str, str]:
    with pytest.raises(Stop) as caught:
        importers.load(path)
    return caught.value.diagnostics[0].code, caught.value.diagnostics[0].message


@pytest.mark.parametrize("name", ["../out.txt", "a/../../out.txt", "/etc/out", "C:\\out", "a\\..\\..\\out"])
def test_a_name_that_leads_out_is_refused(tmp_path: Path, name: str) -> None:
    code, message = stop(put(tmp_path, "in.docx", {"word/document.xml": "<x/>", name: "words"}))
    assert code == "I151"
    assert "leads out of the archive" in message


def test_a_name_with_dots_is_no_fault(tmp_path: Path) -> None:
    files = importers.load(put(tmp_path, "in.zip", {"a..b/c...txt": "words"})).files
    assert files
    assert files.read("a..b/c...txt") == b"words"


def test_a_link_and_a_lock_are_refused(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("word/media")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(tmp_path / "link.docx", "w") as packed:
        packed.writestr(link, "/etc")
    assert stop(tmp_path / "link.docx") == (
        "I151",
        f"{tmp_path / 'link.docx'} holds “word/media”, a link to another place",
    )
    path = put(tmp_path, "locked.zip", {"a.txt": "words"})
    data = bytearray(path.read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    assert "locked with a password" in stop(path)[1]


def test_a_bomb_is_refused_before_it_goes_off(tmp_path: Path) -> None:
    path = put(tmp_path, "bomb.docx", {f"word/{number}.xml": b"\0" * 30_000_000 for number in range(2)})
    assert path.stat().st_size < 100_000
    code, message = stop(path)
    assert (code, "60 MB" in message) == ("I152", True)


def test_a_single_huge_entry_and_a_great_many_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = put(tmp_path, "many.zip", {f"{number}.txt": str(number) for number in range(30)})
    monkeypatch.setattr(archive, "MOST", 29)
    assert stop(path)[1].endswith("it holds 30 files")
    monkeypatch.setattr(archive, "MOST", 30)
    monkeypatch.setattr(archive, "LARGEST", 1)
    code, message = stop(path)
    assert (code, "“10.txt” alone" in message) == ("I152", True)


def test_an_entry_that_is_larger_than_it_says_is_no_way_round(tmp_path: Path) -> None:
    path = put(tmp_path, "liar.zip", {"a.txt": "words " * 1000})
    data = bytearray(path.read_bytes())
    at = data.index(b"PK\x01\x02") + 24
    data[at : at + 4] = (6).to_bytes(4, "little")
    path.write_bytes(data)
    files = importers.load(path).files
    assert files
    with pytest.raises(Stop) as caught:
        files.read("a.txt")
    assert caught.value.diagnostics[0].code == "I150"


def test_all_reads_together_have_a_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files = importers.load(put(tmp_path, "in.zip", {"a.txt": "words"})).files
    monkeypatch.setattr(archive, "WHOLE", 12)
    assert files
    files.read("a.txt")
    files.read("a.txt")
    with pytest.raises(Stop) as caught:
        files.read("a.txt")
    assert caught.value.diagnostics[0].code == "I152"


def test_an_archive_cut_short_is_explained(tmp_path: Path) -> None:
    whole = put(tmp_path, "in.docx", {"word/document.xml": "words " * 500}).read_bytes()
    for size in (4, 30, len(whole) // 2, len(whole) - 10):
        path = tmp_path / "cut.docx"
        path.write_bytes(whole[:size])
        assert stop(path)[0] == "I150"


def test_bytes_that_went_wrong_are_explained(tmp_path: Path) -> None:
    path = put(tmp_path, "in.zip", {"a.txt": "words " * 500})
    data = bytearray(path.read_bytes())
    data[45] ^= 0xFF
    path.write_bytes(data)
    files = importers.load(path).files
    assert files
    with pytest.raises(Stop) as caught:
        files.read("a.txt")
    assert "“a.txt” in it cannot be read" in caught.value.diagnostics[0].message


def test_an_archive_of_no_known_kind_is_named(tmp_path: Path) -> None:
    with pytest.raises(Stop) as caught:
        importers.read(put(tmp_path, "in.zip", {"a.txt": "words"}))
    assert (caught.value.diagnostics[0].code, "ZIP" in caught.value.diagnostics[0].message) == ("I008", True)


def test_archives_inside_and_finder_files_are_not_opened(tmp_path: Path) -> None:
    inner = io.BytesIO()
    zipfile.ZipFile(inner, "w").close()
    files = importers.load(put(tmp_path, "in.zip", {"__MACOSX/._a": "x", "in/inner.zip": inner.getvalue()})).files
    assert files
    assert list(files.sizes) == ["in/inner.zip"]


def test_only_the_posts_of_a_folder_are_seen(tmp_path: Path) -> None:
    (tmp_path / "posts").mkdir()
    (tmp_path / "posts" / "1.a.html").write_text("<p>x</p>")
    (tmp_path / "posts" / "1.opens.csv").write_text("reader@example.org")
    (tmp_path / "email_list.csv").write_text("reader@example.org")
    (tmp_path / "posts" / "out.html").symlink_to("/etc/hostname")
    source = importers.load(tmp_path)
    assert source.files
    assert list(source.files.sizes) == ["posts/1.a.html"]
    again = importers.load(tmp_path).sha256
    (tmp_path / "email_list.csv").write_text("other@example.org")
    assert importers.load(tmp_path).sha256 == again == source.sha256
    (tmp_path / "posts" / "1.a.html").write_text("<p>y</p>")
    assert importers.load(tmp_path).sha256 != again
