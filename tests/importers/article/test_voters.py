"""What two readers of web pages take for the essay."""

from __future__ import annotations

import pytest

from importers.article.ferries import BAKERS, FERRY, HARBOUR, TEXT, find, page
from overprint.importers.article import voters


def test_a_ballot_knows_passages_and_short_lines() -> None:
    ballot = voters.Ballot(f"On Ferries\n{FERRY}\n")
    assert ballot.keeps("On ferries")
    assert ballot.keeps(f"A lost beginning. {FERRY}")
    assert not ballot.keeps("ferries")
    assert not ballot.keeps(BAKERS)
    assert not ballot.keeps("…")


def test_a_voter_that_fails_has_no_vote(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: str) -> str:
        raise RuntimeError

    monkeypatch.setattr(voters, "_trafilatura", fail)
    monkeypatch.setattr(voters, "_readability", lambda _: FERRY)
    cast = voters.ballots(page(TEXT).root, 4)
    assert [each.keeps(FERRY) for each in cast] == [True]


def test_passages_that_all_voters_take_are_told_when_they_stand_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(voters, "_trafilatura", lambda _: "\n".join((FERRY, BAKERS, HARBOUR)))
    monkeypatch.setattr(voters, "_readability", lambda _: "\n".join((FERRY, BAKERS, HARBOUR)))
    found = find(f"<section><p>{FERRY}</p></section><article>{f'<p>{BAKERS}</p>' * 30}</article>")
    assert [each.text for each in found.beside] == [FERRY]


def test_a_passage_that_stands_in_the_essay_too_is_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(voters, "_trafilatura", lambda _: "\n".join((FERRY, BAKERS)))
    monkeypatch.setattr(voters, "_readability", lambda _: "\n".join((FERRY, BAKERS)))
    found = find(f"<section><p>{FERRY}</p></section><article><p>{FERRY}</p>{f'<p>{BAKERS}</p>' * 30}</article>")
    assert found.beside == ()
