"""Tasks for the tests of `render/pdf/workers`: their processes find this module by `PYTHONPATH`."""

from __future__ import annotations

import ctypes
import errno
import os
import signal
import sys
import time
from pathlib import Path

from overprint.diagnostics import Exit, Place, Stop
from overprint.render.pdf import messages


def echo(word: str) -> bytes:
    return word.encode()


def number() -> bytes:
    """Return the number of the process."""
    return str(os.getpid()).encode()


def meet(own: str, other: str) -> bytes:
    """End only while another process does the same."""
    Path(own).touch()
    while not Path(other).exists():
        time.sleep(0.01)
    return b"met"


def chatter(size: int) -> bytes:
    """Say much on every way out, and return much."""
    sys.stdout.write("rubbish" * 20_000)
    os.write(1, b"rubbish" * 20_000)
    os.write(2, b"rubbish" * 20_000)
    return bytes(range(256)) * (size // 256)


def leave(code: int, last: str = "") -> bytes:
    sys.stderr.write(last)
    sys.stderr.flush()
    os._exit(code)


def kill(signal: int) -> bytes:
    os.kill(os.getpid(), signal)
    return b""


def crash() -> bytes:
    return ctypes.string_at(0)


def fill(megabytes: int) -> bytes:
    return bytes(len(bytearray(megabytes << 20)))[:1]


def compute(seconds: float) -> bytes:
    """Use so much of the processor."""
    until = time.process_time() + seconds
    while time.process_time() < until:
        pass
    return b"computed"


def wait(started: str = "") -> bytes:
    if started:
        Path(started).write_text(str(os.getpid()))
    time.sleep(60)
    return b""


def fail(note: str = "") -> bytes:
    failure = KeyError("x")
    if note:
        failure.add_note(note)
    raise failure


def write_much() -> bytes:
    """Meet a full disk."""
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def recurse() -> bytes:
    return recurse()


def refuse() -> bytes:
    raise Stop(messages.TWICE.at(Place("a.md", 3, 4), id="bee"), exit=Exit.CONTENT)


def lie() -> bytes:
    """Write rubbish where the answers go."""
    os.write(int(sys.argv[1]), b"\xff" * 17 + b"nonsense")
    os._exit(0)


def environment() -> bytes:
    return "\n".join(f"{name}={value}" for name, value in os.environ.items()).encode()


def imported(module: str) -> bytes:
    return str(module in sys.modules).encode()


def read_there(path: Path) -> bytes:
    """Return where a file lies, its name and its text."""
    return f"{path}\n{path.name}\n{path.read_text()}".encode()


def kill_parent() -> bytes:
    os.kill(os.getppid(), signal.SIGKILL)
    return b""
