"""What judges said of the finished books, written into the record of the build that made them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from overprint import outputs
from overprint.diagnostics import Diagnostic, Place, Stop, hint
from overprint.press.preflight import Held
from overprint.report import repeat, verdict
from overprint.report.record import NAME, VERSION, Record, findings
from overprint.report.write import UNWRITTEN, write

NO_RECORD = hint(
    "B152",
    "the report was not completed: {why}",
    "type `overprint build`, then `overprint check` again",
    "A build writes a record of the books that it makes, build/report.json, with digests of them. `overprint check` "
    "adds what the judges say, as long as the books are those of the record.",
)


@dataclass(frozen=True, slots=True)
class Judged:
    """A finished file, what it was held against in words, what is to be said of it, and how much ink it has."""

    path: Path
    by: tuple[str, ...]
    said: tuple[Diagnostic, ...]
    held: Held | None = None


def complete(folder: Path, judged: Sequence[Judged]) -> tuple[Diagnostic, ...]:
    """Write into the record of the books in `folder` what judges said of them; say where that cannot be done."""
    place = Place(NAME)
    try:
        record = json.loads((folder / NAME).read_text("utf-8"))
        if record["version"] != VERSION:
            return (NO_RECORD.at(place, why="another version of overprint wrote it"),)
        for each in record["files"]:
            if repeat.digest(folder / each["name"]) != each["sha256"]:
                return (NO_RECORD.at(place, why=f"{each['name']} is not as it was built"),)
    except OSError as failed:
        lost = Path(failed.filename or NAME).name
        return (NO_RECORD.at(place, why=f"{lost} cannot be read ({failed.strerror})"),)
    except (ValueError, KeyError, TypeError):
        return (NO_RECORD.at(place, why="report.json is damaged"),)
    try:
        with outputs.workshop(folder) as making:
            made = write(_with(record, judged), making, folder)
            outputs.put_in_place({path: folder / path.name for path in made})
    except Stop as stop:
        return (UNWRITTEN.at(place, why=stop.diagnostics[0].message),)
    except OSError as failed:
        return (UNWRITTEN.at(place, why=failed.strerror or "unknown"),)
    return ()


def _with(record: Record, judged: Sequence[Judged]) -> Record:
    built = [each for each in record["findings"] if each["by"] == "build"]
    known = {(each["code"], each["message"]) for each in built}
    said = findings((each for one in judged for each in one.said), "check")
    checks = [_check(each) for each in judged]
    new = [each for each in said if (each["code"], each["message"]) not in known]
    record = {**record, "findings": built + new, "checks": checks}
    return {**record, "verdict": verdict.of(record)}


def _check(each: Judged) -> dict[str, Any]:
    counts = Counter(str(said.severity) for said in each.said)
    return {
        "file": each.path.name,
        "by": list(each.by),
        **{f"{name}s": counts[name] for name in ("error", "warning", "hint")},
        "measured": _measured(each.held) if each.held else None,
    }


def _measured(held: Held) -> dict[str, Any]:
    profile = held.profile
    return {
        "profile": profile.name,
        "ink_limit": profile.ink_limit,
        "ink": [{"page": page, "percent": round(most)} for page, most in sorted(held.ink.items())],
        "ppi_least": profile.ppi[0],
        "pictures": [{"page": page, "name": name, "ppi": ppi} for page, name, ppi in held.pictures],
    }
