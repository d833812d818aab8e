from __future__ import annotations

import pickle

import pytest

from overprint import catalogue
from overprint.diagnostics import KINDS, Kind, Place, Severity, in_order


def test_every_kind_has_a_manual_and_good_wording() -> None:
    catalogue.load()
    assert len(KINDS) > 60
    for code, kind in KINDS.items():
        assert code[0] in "IMBEPXD", code
        assert code[1:].isdigit(), code
        assert len(kind.manual) > 40, f"{code} has no manual page"
        assert "please" not in (kind.message + kind.hint).lower(), code
        assert not kind.message.endswith("."), code


def test_a_code_is_never_declared_twice() -> None:
    catalogue.load()
    with pytest.raises(ValueError, match="M101 is declared twice"):
        Kind("M101", Severity.ERROR, "again")


def test_diagnostics_travel_between_processes() -> None:
    catalogue.load()
    said = KINDS["M101"].at(Place("book.yaml", 1, 8), key="title")
    assert pickle.loads(pickle.dumps(said)) == said  # noqa: S301 - our own bytes
    assert said.as_record()["column"] == 8


def test_order_is_by_place_and_each_is_said_once() -> None:
    kind = KINDS["M101"]
    late, early = kind.at(Place("a", 9, 1), key="x"), kind.at(Place("a", 2, 1), key="x")
    assert in_order([late, early, late]) == (early, late)
