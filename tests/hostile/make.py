"""Writes the corpus: a folder for each case, and the manifest. Nothing of it is kept in the repository.

`python -m hostile.make DIR` in the folder `tests` writes it where another runner may read it.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from hostile import binaries, manuscripts, pages
from hostile.case import PORT, Case, Data

LARGEST = 4 << 20
"""Bytes; what is larger holds no placeholder."""


def cases() -> tuple[Case, ...]:
    """Return all cases."""
    return (*pages.cases(), *manuscripts.cases(), *binaries.cases())


def lay_file(path: Path, data: Data, canary: str = "") -> None:
    """Write a file of a case, or the link that `->PATH` stands for; with `canary`, placeholders are filled."""
    path.parent.mkdir(parents=True, exist_ok=True)
    made = data() if callable(data) else data
    body = made.encode("utf-8", "surrogatepass") if isinstance(made, str) else made
    if canary and len(body) < LARGEST:
        body = body.replace(b"@CANARYDIR@", canary.encode()).replace(b"@TRAP@", f"http://127.0.0.1:{PORT}".encode())
    if body.startswith(b"->"):
        path.symlink_to(body[2:].decode())
    else:
        path.write_bytes(body)


def write(folder: Path) -> None:
    """Write the corpus."""
    for case in cases():
        for name, data in case.files.items():
            lay_file(folder / case.id / name, data)
    manifest = {"version": 1, "trap_port": PORT, "cases": [case.record() for case in cases()]}
    (folder / "manifest.json").write_text(json.dumps(manifest, indent=1), "utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
