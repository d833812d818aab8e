"""An executor whose processes cannot hang, starve or outlive the tool, and which says in a sentence what failed.

A fetcher alone does not make other people's HTML safe: WeasyPrint's own manual asks for limits of time and memory. A
process that fails takes only its own task with it. Nothing that a process sends is executed: results are bytes.
"""

from __future__ import annotations

import contextlib
import json
import os
import pickle
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import CancelledError, Executor, Future, ThreadPoolExecutor
from html import escape
from pathlib import Path
from types import TracebackType
from typing import Any

import overprint
from overprint.diagnostics import Diagnostic, Exit, Stop
from overprint.render.pdf import messages
from overprint.render.pdf.job import Limits, said_from_json
from overprint.render.pdf.serve import FULL, HEAD, OUT_OF_MEMORY, SIZE

# What the libraries of the child need to be found and to find theirs; nothing else of the user's is its business.
_KEPT = {"PATH", "HOME", "LANG", "LANGUAGE", "LD_LIBRARY_PATH", "SYSTEMROOT", "VIRTUAL_ENV", "PYTHONHOME"}
_KEPT_PREFIXES = ("LC_", "DYLD_", "FONTCONFIG_", "XDG_")

# No folder of fonts at all: the book's own are added by WeasyPrint, and no machine's fonts creep in.
_NO_SYSTEM_FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><cachedir>{folder}</cachedir></fontconfig>
"""

# Not `-m`: the package imports the module itself, which would then be there twice.
_SERVE = "from overprint.render.pdf.serve import main; main()"

# Not `-m`: the package imports the module before it would be run, and Python warns of that.
_START = "from overprint.render.pdf.serve import main; main()"

_DYING = 5
"""Seconds that a process may take to end after it has closed its channel."""


class Workers(Executor):
    """Runs tasks in processes with limits; a process is started when there is work and kept for the next task.

    A task is a function of a module, its arguments can be pickled, and its result is bytes. The limits hold for each
    task; the size that `Limits.seconds` asks for is that of the pickled task. A future that fails has a `Stop`: the
    task's own, or exit CANNOT with a limit, a crash or an exception; the cause then holds the traceback, if there is
    one. A task can say what it was doing with `add_note` on its exception.
    """

    def __init__(
        self,
        count: int,
        *,
        folder: Path,
        limits: Limits,
        private_fonts: bool = True,
        warm: str = "",
        memory: int = 100 << 20,
        tasks: int = 50,
    ) -> None:
        """Start nothing yet.

        Args:
            count: the most processes at a time.
            folder: where they keep temporary files; the caller removes it.
            limits: what one task may use.
            private_fonts: hide the machine's typefaces. Without any typeface Pango crashes, so this is for tasks that
                bring their own.
            warm: a module that each process imports before its first task comes.
            memory: bytes above which a process is replaced after its task.
            tasks: how many a process does before it is replaced.

        Raises:
            OSError: the folder cannot be written to.
        """
        self._folder = folder.absolute()
        self._environment = _environment(self._folder, private_fonts)
        self._limits, self._warm, self._memory, self._tasks = limits, warm, memory, tasks
        self._threads = ThreadPoolExecutor(count, "layout")
        self._lock = threading.Lock()
        self._idle: list[_Process] = []
        self._busy: set[_Process] = set()
        self._closing = self._cancelled = False

    def submit(self, task: Callable[..., bytes], /, *args: Any) -> Future[bytes]:  # type: ignore[override]
        """Have `task(*args)` done in a process.

        Raises:
            RuntimeError: the executor was shut down.
        """
        return self._threads.submit(self._do, task, args)

    def start(self) -> None:
        """Start a first process now, so that it is warm when the work comes."""
        with self._lock:
            if not self._idle and not self._busy and not self._closing:
                with contextlib.suppress(OSError):
                    self._idle.append(self._process())

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Take no more tasks. With `cancel_futures` what is being done ends at once, with `CancelledError`."""
        with self._lock:
            # Without waiting, each process ends with its task, since nobody comes back for it.
            self._closing = self._closing or not wait
            self._cancelled = self._cancelled or cancel_futures
            for process in self._busy if self._cancelled else ():
                process.hang_up()
        self._threads.shutdown(wait, cancel_futures=cancel_futures)
        with self._lock:
            self._closing = True
            idle, self._idle = self._idle, []
        for process in idle:
            process.end()

    def __exit__(
        self, kind: type[BaseException] | None, failure: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Shut down; at once when the caller failed or was interrupted."""
        self.shutdown(cancel_futures=kind is not None)

    def _do(self, task: Callable[..., bytes], args: tuple[Any, ...]) -> bytes:
        order = pickle.dumps((task, args), pickle.HIGHEST_PROTOCOL)
        process = self._taken()
        try:
            return process.do(order)
        except Stop as stop:
            if self._cancelled:
                raise CancelledError from stop
            raise
        finally:
            with self._lock:
                self._busy.discard(process)
                kept = process.sound and process.done < self._tasks and process.memory <= self._memory
                kept = kept and not self._closing and not self._cancelled
                if kept:
                    self._idle.append(process)
            if not kept:
                process.end()

    def _taken(self) -> _Process:
        with self._lock:
            if self._cancelled:
                raise CancelledError
            process = self._living() or self._process()
            self._busy.add(process)
        return process

    def _living(self) -> _Process | None:
        while self._idle:
            process = self._idle.pop()
            if process.lives():
                return process
            process.end()
        return None

    def _process(self) -> _Process:
        try:
            return _Process(self._folder, self._environment, self._limits, self._warm)
        except OSError as reason:
            full = messages.NO_ROOM.at(why=reason.strerror)
            short = messages.CRASH.at(reason=reason.strerror, hint=messages.SHORT)
            raise Stop(full if reason.errno in FULL else short, exit=Exit.CANNOT) from reason


class _Process:
    """One process and the channel to it.

    Attributes:
        done: how many tasks it was given.
        memory: how many bytes it held after the last one.
        sound: whether it answered the last one as it should, so that it can be given another.
    """

    def __init__(self, folder: Path, environment: Mapping[str, str], limits: Limits, warm: str) -> None:
        """Start it.

        Raises:
            OSError: there is no room for it.
        """
        self._limits = limits
        self.done = self.memory = 0
        self.sound = True
        self._hung_up = False
        with contextlib.ExitStack() as held:
            # What WeasyPrint leaves behind when it is killed goes with the folder.
            own = held.enter_context(tempfile.TemporaryDirectory(dir=folder, ignore_cleanup_errors=True))
            self._said = held.enter_context(Path(own, "stderr").open("w+b"))
            self._channel, theirs = socket.socketpair()
            held.enter_context(self._channel)
            with theirs:
                # -P: a module in the folder where the user stands must not take the place of ours.
                self._popen = subprocess.Popen(  # noqa: S603 - our own interpreter and module
                    [sys.executable, "-P", "-c", _SERVE, str(theirs.fileno())],
                    stdin=subprocess.DEVNULL,
                    # Nothing that a library prints can end up in the answers.
                    stdout=self._said,
                    stderr=self._said,
                    env={**environment, "TMPDIR": own},
                    cwd=own,
                    pass_fds=(theirs.fileno(),),
                    start_new_session=True,
                )
            held.callback(self._kill)
            self._held = held.pop_all()
        # It fits the channel's buffer, so this does not wait for the process; one that is dead already is met later.
        with contextlib.suppress(OSError):
            self._send(pickle.dumps((limits, warm)))

    def do(self, order: bytes) -> bytes:
        """Have a pickled task done.

        Raises:
            Stop: the task was stopped or failed, or the process is no more.
        """
        computing, waiting = self._limits.seconds(len(order))
        until = time.monotonic() + waiting
        already_said = os.fstat(self._said.fileno()).st_size
        self.sound = False
        self.done += 1
        try:
            self._channel.settimeout(waiting)
            self._send(order)
            stopped, self.memory, size = HEAD.unpack(self._received(HEAD.size, until))
            answer = self._received(min(size, self._limits.file), until)
            if stopped:
                raw = json.loads(answer)
                stop = Stop(*said_from_json(raw["said"]), exit=Exit(raw["exit"]))
        except TimeoutError as late:
            raise Stop(messages.TIME.at(seconds=round(waiting), clock="waiting"), exit=Exit.CANNOT) from late
        except (OSError, EOFError, ValueError, LookupError, TypeError):
            # It hung up, or what it says makes no sense: either way it is lost.
            last = self._last_words(already_said)
            raise Stop(self._death(last, computing), exit=Exit.CANNOT) from RuntimeError(last)
        self.sound = not (stopped and raw["trace"])
        if stopped:
            raise stop from (RuntimeError(raw["trace"]) if raw["trace"] else None)
        return answer

    def hang_up(self) -> None:
        """End what it does, from another thread: the thread that waits for it is woken and ends it."""
        self._hung_up = True
        with contextlib.suppress(OSError):
            self._channel.shutdown(socket.SHUT_RDWR)

    def lives(self) -> bool:
        """Tell whether it can be given a task."""
        return self._popen.poll() is None

    def end(self) -> None:
        """End it, with all of its session, and remove its folder."""
        self._held.close()

    def _kill(self) -> None:
        if self._popen.poll() is None:
            # It leads its session's only group, and still exists because nobody has waited for it.
            os.killpg(self._popen.pid, signal.SIGKILL)
        self._popen.wait()

    def _send(self, order: bytes) -> None:
        self._channel.sendall(SIZE.pack(len(order)) + order)

    def _received(self, size: int, until: float) -> bytes:
        """Return so many bytes of the answer."""
        parts = []
        while size:
            self._channel.settimeout(max(until - time.monotonic(), 0.001))
            part = self._channel.recv(min(size, 1 << 20))
            if not part:
                raise EOFError
            parts.append(part)
            size -= len(part)
        return b"".join(parts)

    def _last_words(self, already_said: int) -> str:
        """Return the last of what it wrote in this task, which may be much."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._popen.wait(0 if self._hung_up else _DYING)
        self._kill()
        end = os.fstat(self._said.fileno()).st_size
        start = max(already_said, end - 4000)
        # Not by seeking: the process writes where this file stands.
        return os.pread(self._said.fileno(), end - start, start).decode("utf-8", "replace")

    def _death(self, last: str, computing: float) -> Diagnostic:
        """Say why it died without an answer."""
        code = self._popen.returncode
        if code == -signal.SIGXCPU:
            return messages.TIME.at(seconds=round(computing), clock="computing")
        refused = ("MemoryError", "failed to allocate", "bad_alloc", "Cannot allocate memory")
        if code == OUT_OF_MEMORY or any(word in last for word in refused):
            return messages.MEMORY.at(megabytes=self._limits.memory >> 20)
        if code < 0:
            return messages.CRASH.at(reason=signal.strsignal(-code) or f"signal {-code}")
        lines = last.strip().splitlines()
        return messages.CRASH.at(reason=lines[-1][:200] if lines else f"exit code {code}")


def _environment(folder: Path, private_fonts: bool) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name in _KEPT or name.startswith(_KEPT_PREFIXES)}
    # Absolute, since the process works in another folder.
    paths = [str(Path(overprint.__file__).parents[1])]
    paths += [str(Path(path).absolute()) for path in os.environ.get("PYTHONPATH", "").split(os.pathsep) if path]
    kept |= {"PYTHONPATH": os.pathsep.join(paths), "PYTHONUTF8": "1", "PYTHONHASHSEED": "0"}
    if sys.platform == "darwin":
        # Where Homebrew puts Pango; macOS takes this variable away from every shell, so it cannot be inherited.
        kept.setdefault("DYLD_FALLBACK_LIBRARY_PATH", "/opt/homebrew/lib:/usr/local/lib:/usr/lib")
    if private_fonts:
        settings = folder / "fonts.conf"
        # In an old locale a path may hold bytes that are no text in it.
        settings.write_bytes(os.fsencode(_NO_SYSTEM_FONTS.format(folder=escape(str(folder)))))
        kept["FONTCONFIG_FILE"] = str(settings)
    return kept
