from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from overprint.diagnostics import Exit, Stop
from overprint.render.pdf import Limits, PdfJob, confine, render
from overprint.render.pdf.job import Order

ENDLESS = '<div style="display: flex">' * 14 + "x" + "</div>" * 14


def stopped(run: Callable[[], object]) -> str:
    with pytest.raises(Stop) as stop:
        run()
    (said,) = stop.value.diagnostics
    assert stop.value.exit is Exit.CANNOT
    assert said.hint
    return f"{said.code} {said.message}"


def test_too_long_a_wait(tmp_path: Path) -> None:
    said = stopped(lambda: render(PdfJob(ENDLESS), tmp_path / "x.pdf", limits=Limits(wall=1)))
    assert said == "P001 the layout was stopped after 1 seconds of waiting"


def test_too_much_computing(tmp_path: Path) -> None:
    said = stopped(lambda: render(PdfJob(ENDLESS), tmp_path / "x.pdf", limits=Limits(cpu=1)))
    assert said == "P001 the layout was stopped after 1 seconds of computing"


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS does not limit memory")
def test_too_much_memory(tmp_path: Path) -> None:
    many = PdfJob("<p>a</p>" * 20_000)
    said = stopped(lambda: render(many, tmp_path / "x.pdf", limits=Limits(memory=190 << 20)))
    assert said == "P002 the layout was stopped because it needs more than 190 MB of memory"


def test_folder_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # A module that stands where the user stands must not be run in place of ours.
    (tmp_path / "weasyprint.py").write_text("raise OSError('run')")
    monkeypatch.chdir(tmp_path)
    said = stopped(lambda: render(PdfJob('<html lang="en"><p>a'), Path("no", "x.pdf")))
    assert said == "P018 the PDF cannot be written: No such file or directory"


def test_missing_pango_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "weasyprint.py").write_text("raise OSError('cannot load library \\'libpango-1.0-0\\'')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    said = stopped(lambda: render(PdfJob("<p>a</p>"), tmp_path / "x.pdf"))
    assert said == "P004 the layout cannot start: cannot load library 'libpango-1.0-0'"


def test_crashes_are_told(tmp_path: Path) -> None:
    order = Order(PdfJob(""), tmp_path, Limits(memory=1 << 30))
    assert confine._death(-signal.SIGSEGV, "", order).message == "the layout crashed (Segmentation fault)"
    assert confine._death(1, "Traceback\nKeyError: 'x'\n", order).message == "the layout crashed (KeyError: 'x')"
    assert confine._death(-signal.SIGABRT, "GLib: failed to allocate 8 bytes", order).code == "P002"


def test_interrupt_leaves_no_child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    children: list[subprocess.Popen[bytes]] = []

    def interrupted(child: subprocess.Popen[bytes], *_: object, **__: object) -> None:
        children.append(child)
        raise KeyboardInterrupt

    monkeypatch.setattr(subprocess.Popen, "communicate", interrupted)
    with pytest.raises(KeyboardInterrupt):
        render(PdfJob(ENDLESS), tmp_path / "x.pdf")
    assert children[0].returncode == -signal.SIGKILL


def test_child_ends_with_its_parent(tmp_path: Path) -> None:
    code = f"""
import os, pathlib, subprocess
from overprint.render.pdf import PdfJob, render
start = subprocess.Popen.communicate
def noted(child, *args, **more):
    print(child.pid, flush=True)
    return start(child, *args, **more)
subprocess.Popen.communicate = noted
render(PdfJob({ENDLESS!r}), pathlib.Path({str(tmp_path / "x.pdf")!r}))
"""
    parent = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, env={**os.environ, "TMPDIR": str(tmp_path)}
    )
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    time.sleep(1)
    parent.kill()
    parent.wait()
    parent.stdout.close()
    for _ in range(50):
        if not _runs(child):
            return
        time.sleep(0.1)
    pytest.fail("the child outlives its parent")


def _runs(pid: int) -> bool:
    """Tell whether a process runs; one that has ended may stay listed until init takes notice."""
    with contextlib.suppress(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{pid}/stat")
    return not (stat.exists() and stat.read_text().rpartition(")")[2].split()[0] == "Z")
