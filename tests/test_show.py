"""What a terminal, a pipe and a script see."""

from __future__ import annotations

import io
import json
import sys

import pytest

from overprint import show
from overprint.diagnostics import Place, error

TRICK = error("X099", "said of {name}", "look at {name}", "A kind of message that only this test declares and shows.")
NAME = "a\x1b[2J\u202e\x9bb\nc"


def test_nothing_that_is_shown_steers_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    show.findings([TRICK.at(Place(NAME, 1, 1), name=NAME)], "full")
    show.line(NAME)
    show.error_line(NAME)
    out, err = capsys.readouterr()
    assert all(char.isprintable() for char in (out + err).replace("\n", ""))
    assert (out.count("\n"), err.count("\n")) == (1, 3)


def test_json_is_ascii_and_loses_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    show.findings([TRICK.at(Place("é\udcff.md", 1, 1), name=NAME)], "json")
    out = capsys.readouterr().out
    assert out.isascii()
    record = json.loads(out)
    assert (record["path"], record["message"]) == ("é\udcff.md", f"said of {NAME}")


@pytest.mark.parametrize(("encoding", "shown"), [("utf-8", "é\n"), ("ascii", "\\xe9\n")])
def test_a_terminal_that_knows_only_ascii(encoding: str, shown: str, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding))
    show.line("é")
    assert raw.getvalue().decode() == shown
    sys.stdout.detach()  # type: ignore[union-attr]


def test_colours_are_for_terminals_that_want_them(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    def shown() -> str:
        monkeypatch.setattr(sys, "stderr", terminal := Terminal())
        show.findings([TRICK.at(Place("a.md", 1, 1), name="b")], "concise")
        return terminal.getvalue()

    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert shown() == "a.md:1:1: \x1b[31merror\x1b[0m X099 said of b\n"
    monkeypatch.setenv("NO_COLOR", "")
    assert shown() == "a.md:1:1: error X099 said of b\n"
