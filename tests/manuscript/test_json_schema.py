from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from overprint import pipeline
from overprint.manuscript import json_schema

ROOT = Path(__file__).parents[2]


def schema(name: str) -> dict[str, Any]:
    return json_schema.json_schema(f"overprint: {name}", json_schema.FILES[name])


@pytest.mark.parametrize("name", json_schema.FILES)
def test_the_schema_is_a_schema(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(schema(name))


@pytest.mark.parametrize("path", ["manuscript/book.yaml", "src/overprint/starter/manuscript/book.yaml"])
def test_our_own_books_keep_to_it(path: str) -> None:
    read = yaml.load((ROOT / path).read_text("utf-8"), Loader=yaml.BaseLoader)  # noqa: S506 - it makes only text
    faults = [
        each for each in jsonschema.Draft202012Validator(schema("book")).iter_errors(read) if each.validator != "type"
    ]
    assert faults == []


@pytest.mark.parametrize(
    "fault", [{"titel": "x"}, {"links": "footnote"}, {"language": "english uk"}, {"comments": {"numbering": 1}}]
)
def test_faults_are_seen_while_typing(fault: dict[str, object]) -> None:
    good: dict[str, object] = {"title": "A", "language": "en", "identifier": "urn:uuid:x", "date": "2025"}
    validator = jsonschema.Draft202012Validator(schema("book"))
    assert validator.is_valid(good)
    assert not validator.is_valid(good | fault)


def test_a_new_book_names_its_schema(tmp_path: Path) -> None:
    pipeline.new(tmp_path / "book")
    first = (tmp_path / "book/manuscript/book.yaml").read_text("utf-8").split("\n")[0]
    named = (tmp_path / "book/manuscript" / first.partition("$schema=")[2]).resolve()
    assert json.loads(named.read_text("utf-8")) == json.loads(json.dumps(schema("book")))
