"""Reads the JSON of an export: objects in lists, however the pages of an answer were put together."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from overprint.diagnostics import Place, Stop, error
from overprint.importers.source import Source

NO_JSON = error(
    "I124",
    "{name} is not JSON that can be read: {why}",
    "export again; the file was perhaps cut off on its way",
    "The file begins like JSON, but breaks its rules at this place. A download that stopped half-way looks like this. "
    "Nothing was written.",
)
DEEPEST = 6


def records(source: Source) -> list[dict[str, Any]]:
    """Return the objects of the file: itself, those of its list, or those of the lists it holds.

    Raises:
        Stop: it is no UTF-8 text or no JSON.
    """
    try:
        value = json.loads(source.text)
    except json.JSONDecodeError as fault:
        place = Place(source.name, fault.lineno, fault.colno)
        raise Stop(NO_JSON.at(place, name=source.name, why=fault.msg.lower())) from None
    except (RecursionError, ValueError):
        raise Stop(NO_JSON.at(Place(source.name, 1, 1), name=source.name, why="it nests too deep")) from None
    return list(_objects(value, DEEPEST))


def _objects(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict) and isinstance(value.get("items"), list):
        value = value["items"]
    if isinstance(value, dict):
        yield value
    elif isinstance(value, list) and depth:
        for each in value:
            yield from _objects(each, depth - 1)


def words(record: Any, *path: str) -> str:
    """Return the text at a path of keys, or nothing where the path breaks off or ends in no text or number.

    >>> words({"title": {"rendered": "Her"}, "id": 7}, "title", "rendered"), words({"id": 7}, "id"), words({}, "id")
    ('Her', '7', '')
    """
    for key in path:
        record = record.get(key) if isinstance(record, dict) else None
    if isinstance(record, str):
        return record.strip()
    return str(record) if isinstance(record, int) and not isinstance(record, bool) else ""


def items(record: Any, *path: str) -> list[Any]:
    """Return the list at a path of keys, or an empty one."""
    for key in path:
        record = record.get(key) if isinstance(record, dict) else None
    return record if isinstance(record, list) else []
