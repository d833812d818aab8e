from __future__ import annotations

import csv
import io
from pathlib import Path

import books
from overprint.manuscript import read
from overprint.manuscript.ledger import COLUMNS, ledger


def rows(root: Path, **overlay: str) -> list[dict[str, str]]:
    text = ledger(read.manuscript(books.write(root, **overlay)).value)
    return list(csv.DictReader(io.StringIO(text)))


def test_who_said_what_when_and_how(tmp_path: Path) -> None:
    comments = books.text("comments").replace("consent: granted", 'consent: granted\nconsent_note: "e-mail, 3 March"')
    found = rows(tmp_path, comments=comments)
    assert [each["writer"] for each in found] == ["Ada Quill", "Rowan Tull", "Jane", "Ada Quill"]
    assert [each["printed"] for each in found] == ["yes", "yes", "no", "yes"]
    assert [each["consent"] for each in found] == ["granted", "granted", "pending", "not-needed"]
    assert found[1]["how and when"] == "e-mail, 3 March"
    assert tuple(found[0]) == COLUMNS


def test_a_name_is_never_a_formula(tmp_path: Path) -> None:
    comments = books.text("comments").replace("author: Rowan Tull", "author: '=HYPERLINK(1)'")
    assert rows(tmp_path, comments=comments)[1]["writer"] == "'=HYPERLINK(1)"
