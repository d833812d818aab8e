from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from overprint import outputs
from overprint.diagnostics import Exit, Stop


def test_one_build_at_a_time(tmp_path: Path) -> None:
    with outputs.workshop(tmp_path), pytest.raises(Stop) as caught, outputs.workshop(tmp_path):
        pass
    assert (caught.value.exit, caught.value.diagnostics[0].code) == (Exit.CANNOT, "B103")


def test_what_a_killed_build_left_is_swept(tmp_path: Path) -> None:
    (tmp_path / ".making-old").mkdir()
    (tmp_path / ".making-old" / "half.pdf").write_text("half")
    with outputs.workshop(tmp_path) as making:
        assert list(tmp_path.glob(".making-*")) == [making]
    assert not list(tmp_path.glob(".making-*"))


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "build").write_text("")
    with pytest.raises(Stop) as caught, outputs.workshop(tmp_path / "build"):
        pass
    assert caught.value.exit is Exit.CANNOT


def failing(real: Callable[..., Path], at: int) -> Callable[..., Path]:
    calls = [0]

    def run(self: Path, *args: object) -> Path:
        calls[0] += 1
        if calls[0] == at:
            raise OSError(28, "No space left on device")
        return real(self, *args)

    return run


@pytest.mark.parametrize("at", [1, 2, 3])
def test_all_or_none(at: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    places = [tmp_path / name for name in ("a.epub", "b.pdf", "c.new")]
    for place in places[:2]:
        place.write_text("old")
    with outputs.workshop(tmp_path) as making:
        made = {making / place.name: place for place in places}
        for source in made:
            source.write_text("new")
        with monkeypatch.context() as patch:
            patch.setattr(Path, "replace", failing(Path.replace, at))
            with pytest.raises(OSError, match="No space"):
                outputs.put_in_place(made)
    assert [place.read_text() if place.exists() else "" for place in places] == ["old", "old", ""]


def test_files_are_put_in_place_together(tmp_path: Path) -> None:
    place = tmp_path / "a.epub"
    with outputs.workshop(tmp_path) as making:
        (making / "a.epub").write_text("new")
        outputs.put_in_place({making / "a.epub": place})
    assert place.read_text() == "new"


def test_a_text_keeps_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "comments.md"
    path.write_text("old")
    path.chmod(0o640)
    outputs.write_text(path, "new\r\n")
    assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"new\r\n", 0o640)
    assert [each.name for each in tmp_path.iterdir()] == ["comments.md"]


def test_an_interrupt_just_after_a_rename(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    places = [tmp_path / name for name in ("a.epub", "b.pdf")]
    places[0].write_text("old")
    real = Path.replace

    def renamed_then_interrupted(self: Path, target: Path) -> Path:
        monkeypatch.setattr(Path, "replace", real)
        real(self, target)
        raise KeyboardInterrupt

    with outputs.workshop(tmp_path) as making:
        made = {making / place.name: place for place in places}
        for source in made:
            source.write_text("new")
        monkeypatch.setattr(Path, "replace", renamed_then_interrupted)
        with pytest.raises(KeyboardInterrupt):
            outputs.put_in_place(made)
    assert (places[0].read_text(), places[1].exists()) == ("old", False)


def test_a_file_system_without_hard_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_links(*_: object) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr("os.link", no_links)
    test_all_or_none(2, tmp_path, monkeypatch)
