"""ICC profiles: found where machines keep them, and refused where they are not what is asked for."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from PIL import ImageCms

from overprint.diagnostics import Exit, Place, Stop
from overprint.press import icc, profile
from overprint.press.profile import Profile
from press.pages import a_press

NAMED = Place("book.yaml", 3, 10)


def press(path: Path, space: bytes = b"CMYK", kind: bytes = b"prtr") -> Path:
    """Write the head of an ICC profile, which is all that is asked about."""
    head = bytearray(132)
    head[0:4] = len(head).to_bytes(4, "big")
    head[8:12] = bytes((2, 0x40, 0, 0))
    head[12:16], head[16:20], head[20:24], head[36:40] = kind, space, b"Lab ", b"acsp"
    path.write_bytes(head)
    return path


def offset(name: str, icc_file: str) -> Profile:
    found = profile.find(name, None, NAMED)
    assert found.intent
    return dataclasses.replace(found, intent=dataclasses.replace(found.intent, icc=icc_file))


def test_a_path_is_taken_from_the_books_folder(tmp_path: Path) -> None:
    (tmp_path / "press").mkdir()
    mine = tmp_path / "press/mine.icc"
    mine.write_bytes(a_press())
    found = icc.settled(offset("offset", "press/mine.icc"), tmp_path, NAMED)
    assert found.intent
    assert found.intent.icc == str(mine)


def test_a_name_is_looked_for_where_machines_keep_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "kept/deep").mkdir(parents=True)
    mine = press(tmp_path / "kept/deep/FOGRA39L_coated.icc")
    monkeypatch.setattr(icc, "PLACES", (str(tmp_path / "none"), str(tmp_path / "kept")))
    assert icc.find("FOGRA39L_coated.icc", tmp_path) == mine


def test_pdf_x_4_cannot_do_without_and_says_what_brings_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(icc, "PLACES", ())
    with pytest.raises(Stop) as stop:
        icc.settled(offset("offset", "FOGRA39L_coated.icc"), tmp_path, NAMED)
    [said] = stop.value.diagnostics
    assert (said.code, said.place, stop.value.exit) == ("B123", NAMED, Exit.CANNOT)
    assert "texlive-base" in said.hint or "mactex" in said.hint


def test_pdf_x_1a_can_as_long_as_nothing_is_turned_into_inks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(icc, "PLACES", ())
    found = icc.settled(offset("offset-x1a", "FOGRA39L_coated.icc"), tmp_path, NAMED)
    assert found.intent
    assert (found.intent.identifier, found.intent.icc) == ("FOGRA39", "")


def test_a_path_that_leads_nowhere_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Stop, match="not on this machine"):
        icc.settled(offset("offset-x1a", "press/none.icc"), tmp_path, NAMED)


def test_black_ink_alone_does_without_the_profile_of_four_inks(tmp_path: Path) -> None:
    (tmp_path / "four.icc").write_bytes(a_press())
    mono = dataclasses.replace(offset("offset-x1a", "four.icc"), colour="mono")
    found = icc.settled(mono, tmp_path, NAMED)
    assert found.intent
    assert (found.intent.identifier, found.intent.icc) == ("FOGRA39", "")
    with pytest.raises(Stop, match="its colours are CMYK, not GRAY"):
        icc.settled(dataclasses.replace(mono, standard="x4"), tmp_path, NAMED)


@pytest.mark.parametrize("broken", ["words", "cut", "screen", "display", "device", "empty", "half"])
def test_a_file_that_is_none_of_a_press_is_refused(broken: str, tmp_path: Path) -> None:
    path = tmp_path / "mine.icc"
    reasons = {"screen": "RGB, not CMYK", "display": "not of a printer", "device": "GRAY, not CMYK"}
    reasons |= dict.fromkeys(("empty", "half"), "does not say which inks")
    if broken == "words":
        path.write_text("FOGRA39 as a text")
    elif broken == "half":
        path.write_bytes(a_press()[:4000])
    elif broken == "screen":
        path.write_bytes(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    else:
        press(path, b"GRAY" if broken == "device" else b"CMYK", b"mntr" if broken == "display" else b"prtr")
        path.write_bytes(path.read_bytes()[: 60 if broken == "cut" else None])
    with pytest.raises(Stop) as stop:
        icc.settled(offset("offset", "mine.icc"), tmp_path, NAMED)
    [said] = stop.value.diagnostics
    assert (said.code, stop.value.exit) == ("B124", Exit.CANNOT)
    assert reasons.get(broken, "cannot be read") in said.message
