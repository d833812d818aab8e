"""Hostile input: no command reads what it may not, asks the network, breaks, or loses words without telling.

A sample runs with every test, all cases with `make judges`. `python -m hostile.make DIR` writes the cases out.
"""

from __future__ import annotations

import html
import io
import os
import re
import shutil
import socket
import subprocess
import sys
import threading
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import pikepdf
import pymupdf
import pytest
from PIL import Image

import judges
from hostile import make
from hostile.case import ALWAYS, LIMITS, PORT, Case
from overprint import pipeline

MARK = "CANARY-57b0c3"
HANG = 300
"""Seconds after which a command hangs; each takes a few."""
SHORT = Path("/tmp/overprint-canary")
TEXTS = {".html", ".md", ".xml", ".css", ".svg", ".txt", ".yaml", ".mhtml", ".json", ".png"}
COMMANDS = {
    "html-import": ["-C", "@", "import", "#", "--author", "Ada Quill", "--slug", "hostile"],
    "text-import": ["-C", "@", "import", "#", "--title", "Hostile", "--author", "Ada Quill", "--slug", "hostile"],
    "wxr-import": ["-C", "@", "import", "#"],
    "epub-import": ["-C", "@", "import", "#"],
    "check": ["check", "#"],
}
COMMANDS |= dict.fromkeys(("docx-import", "markdown-import"), COMMANDS["text-import"])
LINKS = re.compile(r"(?i)(https?:|mailto:|tel:|urn:|#|[^:/?#]*([/?#]|$))")
SCRIPTED = re.compile(
    r"(?i)<script\b|<(iframe|object|embed|form|base)\b|\son[a-z]+\s*=|javascript:|http-equiv=.refresh"
)
ACTIONS = {
    "/JS",
    "/JavaScript",
    "/Launch",
    "/EmbeddedFile",
    "/AA",
    "/OpenAction",
    "/SubmitForm",
    "/RichMedia",
    "/GoToR",
}
SAMPLE = (
    "h-mxss-namespace h-deep-spans h-json-deep w-parameter w-quadratic i-aliases m-html m-html-unended m-pictures "
    "b-look s-import k-ring p-up y-theme g-eps-png g-svg-entity f-noise d-laughs d-slip"
).split()
"""One of each sort; most end before pages are laid out."""
CASES = {case.id: case for case in make.cases()}


@dataclass
class Trap:
    """What was asked of an address that nobody may ask, and a folder with what nobody may read."""

    folder: Path
    asked: list[str] = field(default_factory=list)


@pytest.fixture(scope="session")
def trap(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trap]:
    here = Trap(tmp_path_factory.mktemp("canary"))
    picture = io.BytesIO()
    Image.new("RGB", (8, 8), (171, 83, 29)).save(picture, "PNG")
    secrets = {
        "txt": f"{MARK} top secret\n".encode(),
        "css": f'body::before {{ content: "{MARK}" }}'.encode(),
        "svg": f'<svg xmlns="http://www.w3.org/2000/svg"><text id="t">{MARK}</text></svg>'.encode(),
        "ttf": MARK.encode() * 100,
        "png": picture.getvalue() + MARK.encode(),
    }
    for ending, data in secrets.items():
        (here.folder / f"canary.{ending}").write_bytes(data)
    if not SHORT.exists():
        SHORT.unlink(missing_ok=True)
        SHORT.symlink_to(here.folder)
    with socket.socket() as ear:
        ear.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        ear.bind(("127.0.0.1", PORT))
        ear.listen(64)
        threading.Thread(target=_listen, args=(ear, here.asked), daemon=True).start()
        yield here
    if SHORT.is_symlink() and SHORT.readlink() == here.folder:
        SHORT.unlink()


def _listen(ear: socket.socket, asked: list[str]) -> None:
    while True:
        try:
            line, _ = ear.accept()
        except OSError:  # the tests are over
            return
        with line:
            line.settimeout(2)
            try:
                asked.append(line.recv(200).decode("latin-1"))
                line.sendall(b"HTTP/1.0 404 x\r\n\r\n")
            except OSError:
                asked.append("connected")


@pytest.fixture(scope="session")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a project as `overprint new` makes it."""
    root = tmp_path_factory.mktemp("begun") / "project"
    pipeline.new(root)
    return root


@dataclass
class Outcome:
    """What became of a case: the exit codes, all that was said, the most memory a process took, and the books."""

    codes: list[int]
    said: str
    memory: int
    out: Path
    project: Path

    @property
    def fails(self) -> bool:
        return any(self.codes)

    @property
    def told(self) -> bool:
        return self.fails or re.search("warning|error", self.said) is not None

    @cached_property
    def parts(self) -> dict[str, bytes]:
        """The files of the EPUB, and the streams of the PDF unpacked."""
        found: dict[str, bytes] = {}
        for path in self.out.glob("*.epub"):
            with zipfile.ZipFile(path) as book:
                assert book.testzip() is None
                found |= {name: book.read(name) for name in book.namelist()}
        for path in self.out.glob("*.pdf"):
            unpacked = io.BytesIO()
            with pikepdf.open(path) as pdf:
                pdf.save(unpacked, stream_decode_level=pikepdf.StreamDecodeLevel.specialized, compress_streams=False)
            found[path.name] = unpacked.getvalue()
        return found

    @cached_property
    def markup(self) -> str:
        """All documents of the EPUB."""
        names = (".xhtml", ".svg", ".opf", ".ncx", ".css")
        return "\n".join(data.decode() for name, data in self.parts.items() if name.endswith(names))

    @property
    def tags(self) -> str:
        """The documents without what stands between their tags."""
        return re.sub(r">[^<]*<", "><", self.markup)

    @cached_property
    def words(self) -> list[str]:
        """The words of each book."""
        plain = html.unescape(re.sub(r"<[^>]*>", "", self.markup))
        printed: list[Any] = [pymupdf.open(path) for path in self.out.glob("*.pdf")]  # type: ignore[no-untyped-call]
        return [plain, *("".join(page.get_text() for page in book) for book in printed)]

    @cached_property
    def links(self) -> list[str]:
        found = re.findall(r'(?:href|src)="([^"]*)"', self.tags)
        for path in self.out.glob("*.pdf"):
            with pikepdf.open(path) as pdf:
                uris = (
                    str(each.URI) for each in pdf.objects if isinstance(each, pikepdf.Dictionary) and "/URI" in each
                )
                found += uris
        return [html.unescape(each) for each in found]

    @cached_property
    def keys(self) -> set[str]:
        """All keys of the PDF, and the kinds of its actions."""
        found: set[str] = set()
        for path in self.out.glob("*.pdf"):
            with pikepdf.open(path) as pdf:
                for each in pdf.objects:
                    if isinstance(each, (pikepdf.Dictionary, pikepdf.Stream)):
                        found |= {*each.keys(), *(str(each.get(key)) for key in ("/S", "/Type") if key in each)}
        return found

    def holds(self, text: str) -> bool:
        return text.encode() in b"\n".join(self.parts.values()) or any(text in each for each in self.words)


def run(case: Case, work: Path, begun: Path, trap: Trap) -> Outcome:
    """Give a case to its command, and build what comes of it."""
    project, out, given = work / "project", work / "out", work / "in"
    shutil.copytree(begun, project, symlinks=True)
    folder = project if case.kind == "project" else given
    for name, data in case.files.items():
        path = folder / name
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        path.unlink(missing_ok=True)
        make.lay_file(path, data, str(trap.folder))
    trap.asked.clear()
    commands = [COMMANDS[case.kind]] if case.kind in COMMANDS else []
    where = {"@": str(project), "#": str(given / case.entry)}
    words = [[where.get(word, word) for word in command] for command in commands]
    words.append(["-C", str(project), "build", "epub", "pdf", "--out", str(out)])
    outcome = Outcome([], "", 0, out, project)
    for each in words:
        command = [sys.executable, "-m", "overprint", *each]
        with (work / "said").open("w+b") as said:
            child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=said, stderr=said, cwd=work)
            clock = threading.Timer(HANG, child.kill)
            clock.start()
            _, status, used = os.wait4(child.pid, 0)
            clock.cancel()
            child.returncode = os.waitstatus_to_exitcode(status)
            said.seek(0)
            outcome.said += said.read().decode("utf-8", "replace")
        outcome.codes.append(child.returncode)
        outcome.memory = max(outcome.memory, used.ru_maxrss >> 10)
        if child.returncode:
            break
    return outcome


def _outside(outcome: Outcome, trap: Trap) -> list[str]:
    names = ("op-slip.txt", "op-abs.txt", "op-slug", "op-title")
    written = [name for name in names if Path("/tmp", name).exists()]
    return [*written, *(path.name for path in trap.folder.iterdir() if not path.name.startswith("canary."))]


Check = Callable[[Outcome, Trap], object]
CHECKS: dict[str, Check] = {
    "no_canary": lambda it, trap: it.holds(MARK) or MARK in it.said or it.holds("root:x:0:0"),
    "no_network": lambda it, trap: trap.asked,
    "no_traceback": lambda it, trap: "Traceback" in it.said or "a fault of its own" in it.said,
    "clean_exit": lambda it, trap: set(it.codes) - {0, 1, 2, 3},
    "no_outside_write": _outside,
    "pdf_safe": lambda it, trap: it.keys & ACTIONS,
    "epub_safe": lambda it, trap: SCRIPTED.findall(it.tags),
    "uri_schemes": lambda it, trap: [each for each in it.links if not LINKS.match(each)],
    "pdf_no_attachments": lambda it, trap: it.keys & {"/EmbeddedFile", "/EmbeddedFiles", "/FileAttachment"},
    "no_local_paths": lambda it, trap: it.holds("file://") or it.holds(str(it.project)),
    "error_or_warn": lambda it, trap: not it.told,
}


def _must(must: str, it: Outcome, trap: Trap) -> object:
    """Return what speaks against one thing that has to hold, or nothing."""
    name, _, fact = must.partition(":")
    if name in {"error_names", "says"}:
        return not re.search(fact, it.said)
    if name == "no_string":
        return it.holds(fact) or any(fact.encode() in path.read_bytes() for path in kept(it.project))
    if name == "kept_or_warned":
        return not it.told and not all(fact in each for each in it.words)
    return name != "epubcheck" and CHECKS[name](it, trap)  # EPUBCheck has a test of its own


def broken(case: Case, it: Outcome, trap: Trap) -> Iterator[str]:
    """Yield what does not hold."""
    if (case.mode == "accept" and it.fails) or (case.mode == "reject" and not it.fails):
        yield f"{case.mode}: exit codes {it.codes}"
    if it.memory > LIMITS["mib"]:
        yield f"took {it.memory} MiB"
    if it.fails and not re.search(r"(error|warning) [A-Z]\d{3} ", it.said):
        yield "fails without a message"
    if not it.fails:
        if len(list(it.out.iterdir())) < 2:
            yield "no books"
        squeezed = [re.sub(r"\s+", "", each) for each in it.words]
        yield from (f"lost {text}" for text in case.keep if not all(text in each for each in squeezed))
    for must in (*ALWAYS, *case.must):
        if wrong := _must(must, it, trap):
            yield f"{must}: {wrong}"


def kept(project: Path) -> list[Path]:
    """Return the files of the manuscript."""
    return [path for path in (project / "manuscript").rglob("*") if path.is_file()]


def holds(case: Case, work: Path, begun: Path, trap: Trap) -> Outcome:
    outcome = run(case, work, begun, trap)
    assert list(broken(case, outcome, trap)) == [], outcome.said[-2_000:]
    return outcome


@pytest.mark.parametrize("name", SAMPLE)
def test_hostile_input_is_borne(name: str, tmp_path: Path, begun: Path, trap: Trap) -> None:
    holds(CASES[name], tmp_path, begun, trap)


@pytest.mark.judged
@judges.needs_java
@pytest.mark.parametrize("name", sorted(CASES))
def test_all_hostile_input_is_borne_and_its_books_are_valid(name: str, tmp_path: Path, begun: Path, trap: Trap) -> None:
    outcome = holds(CASES[name], tmp_path, begun, trap)
    for book in outcome.out.glob("*.epub"):
        assert [each for each in judges.epubcheck(book) if each.severity in {"FATAL", "ERROR"}] == []


def test_cases_are_many_and_their_names_are_one_each() -> None:
    assert len(CASES) == len(make.cases()) >= 100
    assert set(SAMPLE) <= set(CASES)


def test_the_checks_see_what_they_look_for(begun: Path, tmp_path: Path, trap: Trap) -> None:
    """Without this, a check that sees nothing would pass everything."""
    out = tmp_path / "out"
    out.mkdir()
    with zipfile.ZipFile(out / "a.epub", "w") as book:
        bad = f'<html><a href="file:///etc/passwd">{MARK}</a><a href="javascript:1" onclick="x">y</a><script/></html>'
        book.writestr("a.xhtml", bad)
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="1")
    pdf.attachments["a"] = b"x"
    pdf.save(out / "a.pdf")
    it = Outcome([-11], "Traceback", 2_000, out, tmp_path)
    (trap.folder / "written").touch()
    trap.asked.append("GET /")
    wrong = {name for name, check in CHECKS.items() if check(it, trap)}
    (trap.folder / "written").unlink()
    assert wrong == set(CHECKS) - {"error_or_warn"}
    assert CHECKS["error_or_warn"](Outcome([0], "", 0, out, tmp_path), trap)
