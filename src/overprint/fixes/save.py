"""Put mended files in place: all of them or none, and none that changed since it was read."""

from __future__ import annotations

import difflib
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from overprint import files, outputs
from overprint.diagnostics import Exit, Place, Stop, error

CHANGED = error(
    "B108",
    "this file changed while it was being mended",
    "save it in your editor, then run `overprint validate --fix` again",
    "A file that somebody else writes at the same moment is never overwritten. No file was changed.",
)


@dataclass(frozen=True, slots=True)
class Change:
    """A file's bytes as they were read, and as they shall be."""

    path: Path
    before: bytes
    after: bytes


def save(changes: Iterable[Change], root: Path) -> None:
    """Write all files in one step; each keeps its permissions.

    Raises:
        Stop: a file changed meanwhile, or cannot be written. All are then as they were.
    """
    folder = root / ".overprint"
    made: dict[Path, Path] = {}
    making = None
    try:
        folder.mkdir(exist_ok=True)
        making = Path(tempfile.mkdtemp(prefix=outputs.MAKING, dir=folder))
        for number, each in enumerate(changes):
            draft, place = making / str(number), each.path.resolve()
            draft.write_bytes(each.after)
            shutil.copymode(place, draft)
            if place.read_bytes() != each.before:
                raise Stop(CHANGED.at(Place(files.shown(each.path, root))), exit=Exit.CANNOT)
            made[draft] = place
        outputs.put_in_place(made)
    except OSError as failed:
        raise outputs.cannot_write(failed, folder) from None
    finally:
        if making:
            shutil.rmtree(making, ignore_errors=True)


def diff(changes: Iterable[Change], root: Path) -> Iterator[str]:
    """Yield the lines of a unified diff of what would be written."""
    for each in changes:
        name = files.shown(each.path, root)
        before, after = (data.decode("utf-8-sig").splitlines() for data in (each.before, each.after))
        yield from difflib.unified_diff(before, after, f"a/{name}", f"b/{name}", lineterm="")
