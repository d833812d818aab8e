"""Mended files are written all together, whole, and never over what somebody else wrote meanwhile."""

from __future__ import annotations

from pathlib import Path

import pytest

from overprint.diagnostics import Exit, Stop
from overprint.fixes.save import Change, diff, save
from overprint.fixes.sheet import Edit, Sheet


def changes(root: Path) -> tuple[Change, ...]:
    made = tuple(Change(root / name, b"before", b"after") for name in ("a.md", "b.md"))
    for each in made:
        each.path.write_bytes(each.before)
    return made


def there(root: Path) -> list[bytes]:
    return [(root / name).read_bytes() for name in ("a.md", "b.md")]


def test_all_are_written_with_their_permissions_and_nothing_is_left_behind(tmp_path: Path) -> None:
    made = changes(tmp_path)
    (tmp_path / "a.md").chmod(0o640)
    save(made, tmp_path)
    assert there(tmp_path) == [b"after", b"after"]
    assert (tmp_path / "a.md").stat().st_mode & 0o777 == 0o640
    assert list((tmp_path / ".overprint").iterdir()) == []


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    made = changes(tmp_path)
    (tmp_path / "c.md").symlink_to("a.md")
    save((Change(tmp_path / "c.md", b"before", b"after"), made[1]), tmp_path)
    assert (tmp_path / "c.md").is_symlink()
    assert there(tmp_path) == [b"after", b"after"]


def test_a_file_that_changed_meanwhile_is_not_overwritten_nor_any_other(tmp_path: Path) -> None:
    made = changes(tmp_path)
    (tmp_path / "b.md").write_bytes(b"somebody else")
    with pytest.raises(Stop) as caught:
        save(made, tmp_path)
    assert (caught.value.exit, caught.value.diagnostics[0].code) == (Exit.CANNOT, "B108")
    assert str(caught.value.diagnostics[0].place) == "b.md"
    assert there(tmp_path) == [b"before", b"somebody else"]
    assert list((tmp_path / ".overprint").iterdir()) == []


def test_a_full_disk_leaves_all_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = changes(tmp_path)
    replace = Path.replace

    def full(self: Path, target: Path) -> Path:
        if target.name == "b.md" and self.name.isdigit():
            raise OSError(28, "No space left on device")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(Stop) as caught:
        save(made, tmp_path)
    assert (caught.value.exit, caught.value.diagnostics[0].code) == (Exit.CANNOT, "B104")
    assert there(tmp_path) == [b"before", b"before"]


def test_a_diff_names_the_files(tmp_path: Path) -> None:
    assert list(diff(changes(tmp_path)[:1], tmp_path)) == [
        "--- a/a.md",
        "+++ b/a.md",
        "@@ -1 +1 @@",
        "-before",
        "+after",
    ]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_other_bytes_stay(newline: str, mark: str) -> None:
    before = mark + newline.join(["é  ", "", "b  c\t", "😀", "d"])
    text = before.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    at = text.index("  c")
    made = Sheet(before.encode(), text).edited([Edit(at, at + 2, " "), Edit(at + 6, at + 6, "x")])
    assert made.decode() == before.replace("b  c", "b c").replace("😀", "😀x")
