"""Machines on which something is missing: it is said what it is for, and how to install it there."""

from __future__ import annotations

import ctypes
import importlib.util
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from overprint import cli, doctor, typefaces
from overprint.diagnostics import Exit, Stop
from overprint.preflight import judge
from overprint.press import icc
from overprint.typefaces import cuts

USEFUL = ["scripts", "Java", "EPUBCheck", "ICC profile", "Ghostscript", "browser", "dask"]


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Take away all that is useful and not needed."""
    find = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "distributed" else find(name))
    for module, name in ((shutil, "which"), (judge, "jar"), (icc, "find")):
        monkeypatch.setattr(module, name, lambda *_: None)
    monkeypatch.setattr(cuts, "installed", lambda _: False)
    monkeypatch.setattr(doctor, "SAFARI", "/nowhere")
    return monkeypatch


def said() -> tuple[int, list[str]]:
    result = CliRunner().invoke(cli.app, ["doctor"])
    return result.exit_code, result.output.splitlines()


def test_what_is_useful_may_be_absent(bare: pytest.MonkeyPatch) -> None:
    code, lines = said()
    assert code == Exit.GOOD
    assert len(lines) <= 24
    for name in USEFUL:
        at = next(at for at, line in enumerate(lines) if line.startswith(f"absent   {name} "))
        assert "install" in lines[at + 1]


@pytest.mark.parametrize(
    ("manager", "line"),
    [
        ("apt-get", "sudo apt-get install default-jre-headless"),
        ("brew", "brew install openjdk"),
        ("pacman", "install default-jre-headless (so named on Debian) with the packages of your system"),
    ],
)
def test_the_line_is_the_machines_own(manager: str, line: str, bare: pytest.MonkeyPatch) -> None:
    bare.setattr(shutil, "which", lambda name: f"/bin/{name}" if name == manager else None)
    assert f"{'':<22}{line}" in said()[1]


def broken(*_: object) -> ctypes.CDLL:
    raise OSError("cannot open shared object file")


class OldPango:
    """Stands for every library; that of Pango is too old."""

    def pango_version(self) -> int:
        return 1_43_00


@pytest.mark.parametrize("library", [broken, lambda _: OldPango()])
def test_nothing_is_laid_out_without_pango(library: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ctypes, "CDLL", library)
    monkeypatch.setattr(shutil, "which", lambda name: f"/bin/{name}")
    code, lines = said()
    assert code == Exit.CANNOT
    cure = lines[lines.index("missing  Pango        lays out the PDF") + 1]
    assert cure.split() == ["sudo", "apt-get", "install", *doctor.LIBRARIES.values()]


def test_a_broken_library_is_named_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    load = ctypes.CDLL
    monkeypatch.setattr(ctypes, "CDLL", lambda name: broken() if "harfbuzz-subset" in name else load(name))
    monkeypatch.setattr(shutil, "which", lambda name: f"/bin/{name}")
    code, lines = said()
    assert code == Exit.CANNOT
    assert f"{'':<22}sudo apt-get install libharfbuzz-subset0" in lines


def refuse(_: str) -> tuple[()]:
    raise Stop(exit=Exit.CANNOT)


def test_no_typefaces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(typefaces, "faces", refuse)
    code, lines = said()
    assert code == Exit.CANNOT
    assert lines[lines.index("missing  typefaces    the letters of the themes") + 1].split()[:2] == ["pip", "install"]


def test_a_browser_of_macos(tmp_path: Path, bare: pytest.MonkeyPatch) -> None:
    bare.setattr(doctor, "SAFARI", str(tmp_path))
    assert f"ok       browser      shows EPUBs and reports: {tmp_path}" in said()[1]
