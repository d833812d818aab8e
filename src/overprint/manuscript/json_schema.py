"""JSON Schemas of the manuscript's keys, by which text editors complete and check them while they are typed."""

from __future__ import annotations

import json
from pathlib import Path

from overprint import lengths, outputs, project
from overprint.fields import Key
from overprint.manuscript import schema

FILES = {
    "book": project.KEYS,
    "essay": schema.ESSAY,
    "section": schema.SECTION,
    "person": schema.PERSON,
    "comment": schema.COMMENT,
}
DATE = r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"
# What YAML itself makes of a value before an editor's checker sees it: a bare 2025 is a number, an empty value null.
TEXT: dict[str, object] = {"type": ["string", "number", "boolean", "null"]}
SHAPES: dict[str, dict[str, object]] = {
    "text": TEXT,
    "flag": {"type": ["boolean", "null"]},
    "number": {"type": ["integer", "null"], "minimum": 0},
    "numbers": {"anyOf": [{"type": ["integer", "null"]}, {"type": "array", "items": {"type": "integer"}}]},
    "date": {"type": ["string", "integer", "null"], "pattern": DATE},
    "language": {"type": ["string", "null"], "pattern": "^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$"},
    "url": {"type": ["string", "null"], "pattern": "^https?://"},
    "trim": {"type": ["string", "null"], "examples": ["5 x 8 in", *lengths.TRIMS]},
    "length": {"type": ["string", "null"], "pattern": "^[0-9.]+ ?(pt|px|pc|in|cm|mm|q)$"},
    "colour": {"type": "string", "pattern": "^(#[0-9a-fA-F]{3}|#[0-9a-fA-F]{6}|[a-z]+)$"},
    "texts": {"anyOf": [TEXT, {"type": "array", "items": TEXT}]},
}


def json_schema(title: str, keys: tuple[Key, ...]) -> dict[str, object]:
    """Return the JSON Schema (draft 2020-12) of a mapping with these keys and no others."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": title, **_mapping(keys)}


def _mapping(keys: tuple[Key, ...]) -> dict[str, object]:
    made: dict[str, object] = {
        "type": ["object", "null"],
        "additionalProperties": False,
        "properties": {key.name: _value(key) for key in keys},
    }
    required = [key.name for key in keys if key.required]
    return made | ({"required": required} if required else {})


def _value(key: Key) -> dict[str, object]:
    if key.shape == "map":
        return {"description": key.about, **_mapping(key.keys)}
    if key.shape == "entries":
        return {"description": key.about, "type": ["array", "null"], "items": {"anyOf": [TEXT, _mapping(key.keys)]}}
    if key.shape == "choice":
        return {"description": key.about, "enum": [*key.choices, None]}
    return {"description": key.about, **SHAPES[key.shape]}


def write(root: Path) -> None:
    """Write the schemas into `.overprint/`, where the first line of `book.yaml` names them.

    Raises:
        Stop: the folder cannot be written.
    """
    folder = root / ".overprint"
    try:
        folder.mkdir(exist_ok=True)
    except OSError as failed:
        raise outputs.cannot_write(failed, folder) from None
    for name, keys in FILES.items():
        text = json.dumps(json_schema(f"overprint: {name}", keys), ensure_ascii=False, indent=1)
        outputs.write_text(folder / f"{name}.schema.json", f"{text}\n")
