from __future__ import annotations

from dataclasses import replace

import pytest

from overprint.importers.exports.join import address, joined, same
from overprint.model import Dropped, Imported, ImportedComment


def comment(number: int, ident: str = "") -> ImportedComment:
    return ImportedComment(number, ident or f"comment-{number}", "Bo", None, "Words.")


ESSAY = Imported("kettle", "It sings.", title="The *Kettle*!", url="https://slow.example/kettle/", id="post-7")
COMMENTS = Imported("", "", comments=(comment(1), comment(2)), dropped=(Dropped("1 comment", "spam", 0),))


@pytest.mark.parametrize(
    "url",
    [
        "http://slow.example/kettle",
        "https://www.slow.example/kettle/index.html",
        "https://SLOW.example/kettle/?utm_source=a&fbclid=b#comments",
    ],
)
def test_addresses_of_one_page_agree(url: str) -> None:
    assert address(url) == address(ESSAY.url)


@pytest.mark.parametrize(
    "url", ["https://slow.example/", None, "", "https://slow.example/pot", "https://slow.example/?p=7", "https://[x"]
)
def test_other_addresses_do_not(url: str | None) -> None:
    assert address(url) != address(ESSAY.url)


@pytest.mark.parametrize(
    ("record", "evidence"),
    [
        (Imported("", "", url="http://slow.example/kettle"), "the address https://slow.example/kettle/"),
        (Imported("", "", id="post-7"), "the number 7"),
        (Imported("", "", title="The kettle"), "the title “The *Kettle*!”"),
        (Imported("", "", id="post-7", url="https://other.example/pot"), ""),
        (Imported("", ""), ""),
    ],
)
def test_evidence(record: Imported, evidence: str) -> None:
    assert same(record, ESSAY) == evidence


def test_comments_join_their_essay_once_and_others_stay() -> None:
    essay = replace(ESSAY, comments=(comment(1),))
    fitting, lost = replace(COMMENTS, url=ESSAY.url), replace(COMMENTS, url="https://slow.example/pot")
    whole, left = joined((fitting, essay, lost))
    assert [(each.number, each.id) for each in whole.comments] == [(1, "comment-1"), (2, "comment-2")]
    assert whole.dropped == COMMENTS.dropped
    assert left == lost
