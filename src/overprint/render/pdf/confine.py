"""Runs the layout in a child process that cannot hang, starve or outlive the tool, and says in a sentence what failed.

A fetcher alone does not make other people's HTML safe: WeasyPrint's own manual asks for limits of time and memory.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import IO

import overprint
from overprint.diagnostics import Diagnostic, Exit, Made, Stop, in_order
from overprint.render.pdf import messages
from overprint.render.pdf.job import Layout, Limits, Order, PdfJob, Report

# What the libraries of the child need to be found and to find theirs; nothing else of the user's is its business.
_KEPT = {"PATH", "HOME", "LANG", "LANGUAGE", "LD_LIBRARY_PATH", "SYSTEMROOT", "VIRTUAL_ENV", "PYTHONHOME"}
_KEPT_PREFIXES = ("LC_", "DYLD_", "FONTCONFIG_", "XDG_")

# No folder of fonts at all: the book's own are added by WeasyPrint, and no machine's fonts creep in.
_NO_SYSTEM_FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><cachedir>{folder}</cachedir></fontconfig>
"""


def render(job: PdfJob, target: Path, *, limits: Limits | None = None) -> Made[Layout]:
    """Lay out a document and write its PDF to `target`, a temporary file of the caller's.

    Errors among the diagnostics mean a PDF that must not be published: letters, pictures or links are missing.

    Raises:
        Stop: there is no PDF. Exit CONTENT when the document cannot be laid out as it is, CANNOT when a limit, a
            library or a crash is the reason; the cause then holds the traceback, if there is one.
    """
    order = Order(job, target.absolute(), limits or Limits())
    try:
        # Beside the target, so that what a killed build leaves is swept with it.
        with tempfile.TemporaryDirectory(prefix="layout-", dir=order.target.parent) as folder:
            report = _run(order, Path(folder))
    except FileNotFoundError as missing:
        raise Stop(messages.UNWRITABLE.at(reason=missing.strerror), exit=Exit.CANNOT) from missing
    if report.exit is not None:
        raise Stop(*report.diagnostics, exit=report.exit) from (RuntimeError(report.trace) if report.trace else None)
    return Made(Layout(report.pages), in_order(report.diagnostics))


def _run(order: Order, folder: Path) -> Report:
    clock = order.limits.seconds(order.job)[1]
    with contextlib.ExitStack() as held:
        listening, lifeline = os.pipe()
        held.callback(os.close, listening)
        held.callback(os.close, lifeline)
        said = held.enter_context((folder / "stderr").open("w+b"))
        # -P: a module in the folder where the user stands must not take the place of ours.
        child = subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-P", "-m", "overprint.render.pdf.worker", str(listening)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=said,
            env=_environment(order.job, folder),
            cwd=folder,
            pass_fds=(listening,),
            start_new_session=True,
        )
        try:
            text, _ = child.communicate(pickle.dumps(order), timeout=clock)
        except subprocess.TimeoutExpired:
            why = messages.TIME.at(seconds=round(clock), clock="waiting")
            return Report(diagnostics=(why,), exit=Exit.CANNOT)
        finally:
            # Whatever ended the waiting, Ctrl-C too: nothing of the child's session stays behind.
            _end(child)
        try:
            return Report.from_json(text)
        except ValueError:
            last = _tail(said)
            return Report(diagnostics=(_death(child.returncode, last, order),), exit=Exit.CANNOT, trace=last)


def _environment(job: PdfJob, folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name in _KEPT or name.startswith(_KEPT_PREFIXES)}
    # Absolute, since the child works in another folder.
    paths = [str(Path(overprint.__file__).parents[1])]
    paths += [str(Path(path).absolute()) for path in os.environ.get("PYTHONPATH", "").split(os.pathsep) if path]
    kept |= {
        "PYTHONPATH": os.pathsep.join(paths),
        "PYTHONUTF8": "1",
        "PYTHONHASHSEED": "0",
        # What WeasyPrint leaves behind when it is killed goes with the folder.
        "TMPDIR": str(folder),
    }
    if sys.platform == "darwin":
        # Where Homebrew puts Pango; macOS takes this variable away from every shell, so it cannot be inherited.
        kept.setdefault("DYLD_FALLBACK_LIBRARY_PATH", "/opt/homebrew/lib:/usr/local/lib:/usr/lib")
    # Without any typeface Pango crashes, so a job that brings none has to use the machine's.
    if job.faces and not job.system_fonts:
        settings = folder / "fonts.conf"
        settings.write_text(_NO_SYSTEM_FONTS.format(folder=folder), encoding="utf-8")
        kept["FONTCONFIG_FILE"] = str(settings)
    return kept


def _end(child: subprocess.Popen[bytes]) -> None:
    if child.poll() is None:
        # It leads its session's only group, and still exists because nobody has waited for it.
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()
    for pipe in (child.stdin, child.stdout):
        # What it did not read is still in the buffer and cannot go anywhere.
        with contextlib.suppress(OSError):
            if pipe:
                pipe.close()


def _tail(said: IO[bytes]) -> str:
    """Return the last of what the child wrote, which may be much."""
    size = said.seek(0, os.SEEK_END)
    said.seek(max(0, size - 4000))
    return said.read().decode("utf-8", "replace")


def _death(code: int, last: str, order: Order) -> Diagnostic:
    """Say why a child died without a report."""
    if code == -signal.SIGXCPU:
        return messages.TIME.at(seconds=round(order.limits.seconds(order.job)[0]), clock="computing")
    if any(word in last for word in ("MemoryError", "failed to allocate", "bad_alloc", "Cannot allocate memory")):
        return messages.MEMORY.at(megabytes=order.limits.memory >> 20)
    if code < 0:
        return messages.CRASH.at(reason=signal.strsignal(-code) or f"signal {-code}")
    lines = last.strip().splitlines()
    return messages.CRASH.at(reason=lines[-1][:200] if lines else f"exit code {code}")
