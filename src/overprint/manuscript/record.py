"""What an import wrote, kept in `.overprint/import/`: the next import of the same source tells edited from unedited."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from overprint.model import Origin

FOLDER = ".overprint/import"


@dataclass(frozen=True, slots=True)
class Written:
    """A text as an import wrote it: its keys as they stand in YAML, and the SHA-256 of its body."""

    keys: Mapping[str, str]
    body: str

    @property
    def said(self) -> Written:
        """What the source says: an empty text or list would take away what an editor or an option filled in."""
        return Written({key: value for key, value in self.keys.items() if value not in {"", '""', "[]"}}, self.body)

    def then(self, new: Written) -> Written:
        """Return this after another import, which leaves alone what its source no longer says."""
        return Written({**self.keys, **new.said.keys}, new.body)


@dataclass(frozen=True, slots=True)
class WrittenComment:
    """A comment as an import wrote it: the source's `id`, empty where it has none, and its number in the manuscript."""

    id: str
    number: int
    written: Written


@dataclass(frozen=True, slots=True)
class Record:
    """An essay as an import wrote it, the source's `id` and `url` empty where it has none; `people` by their id.

    `given` names what the editor gave in place of the source.
    """

    slug: str
    origin: Origin
    id: str
    url: str
    essay: Written
    comments: tuple[WrittenComment, ...] = ()
    people: Mapping[str, Written] = field(default_factory=dict)
    given: tuple[str, ...] = ()

    def as_json(self) -> str:
        """Return the record as it is kept; `read` reads it back."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n"


def written(keys: Mapping[str, str | None], body: str) -> Written:
    """Return the record of a text that is written now."""
    return Written({key: value for key, value in keys.items() if value is not None}, fingerprint(body))


def fingerprint(body: str) -> str:
    """Return the SHA-256 of a body; empty lines around it do not count."""
    return hashlib.sha256(body.strip("\n").encode("utf-8", "surrogatepass")).hexdigest()


def path(root: Path, slug: str) -> Path:
    """Return where the record of an essay is kept."""
    return root / FOLDER / f"{slug}.json"


def read(root: Path) -> tuple[Record, ...]:
    """Return what earlier imports wrote; a record that cannot be read is as one that is not there."""
    folder = root / FOLDER
    paths = sorted(folder.glob("*.json")) if folder.is_dir() else []
    return tuple(record for each in paths for record in _read(each))


def _read(file: Path) -> tuple[Record, ...]:
    try:
        got = json.loads(file.read_text("utf-8"))
        return (
            Record(
                slug=str(got["slug"]),
                origin=Origin(**got["origin"]),
                id=str(got["id"]),
                url=str(got["url"]),
                essay=_written(got["essay"]),
                comments=tuple(
                    WrittenComment(str(each["id"]), int(each["number"]), _written(each["written"]))
                    for each in got["comments"]
                ),
                given=tuple(map(str, got["given"])),
                people={str(ident): _written(each) for ident, each in got["people"].items()},
            ),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return ()


def _written(got: Mapping[str, object]) -> Written:
    keys = got["keys"]
    if not isinstance(keys, dict):
        raise TypeError("keys are a mapping")
    return Written({str(key): str(value) for key, value in keys.items()}, str(got["body"]))
