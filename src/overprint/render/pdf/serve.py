"""The process that does tasks for `workers`: it limits itself, then answers each order with bytes. Child side.

It is the only place where other people's HTML, CSS, pictures and typefaces meet WeasyPrint.
"""

from __future__ import annotations

import contextlib
import errno
import gc
import importlib
import json
import math
import os
import pickle
import resource
import socket
import struct
import sys
import threading
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from queue import SimpleQueue

from overprint.diagnostics import Diagnostic, Exit, Stop
from overprint.render.pdf import messages
from overprint.render.pdf.job import Limits, said_as_json
from overprint.render.pdf.listen import shown

SIZE = struct.Struct(">Q")
"""Stands before each order: how many bytes it has."""

HEAD = struct.Struct(">?QQ")
"""Stands before each answer: whether the task was stopped, the process's memory in bytes, the bytes of the answer."""


OUT_OF_MEMORY = 77
"""The exit code of a process that needs more memory than it may have."""

FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
"""What a system says where nothing more can be written."""

WATCHED = 0.02
"""Seconds between two looks at the memory that the process needs."""


def main() -> None:
    """Do orders until the parent closes the channel, which is a socket whose number is the only argument."""
    channel = socket.socket(fileno=int(sys.argv[1]))
    orders: SimpleQueue[bytes] = SimpleQueue()
    threading.Thread(target=_listen, args=(channel, orders), daemon=True).start()
    limits, warm = pickle.loads(orders.get())  # noqa: S301 - from the parent, which is ourselves
    _limit(limits)
    threading.Thread(target=_watch, args=(limits.memory,), daemon=True).start()
    if warm:
        # What fails here fails again in the task, where it is reported.
        with contextlib.suppress(Exception):
            importlib.import_module(warm)
    # A layout makes few cycles until it is thrown away as a whole, so what it leaves is collected after it. That takes
    # less time, and the process stays smaller: 82 MB after six essays of 13 pages, otherwise 93.
    gc.disable()
    while True:
        order = orders.get()
        stopped, answer = _done(order, limits)
        channel.sendall(HEAD.pack(stopped, _memory(), len(answer)) + answer)
        del order, answer
        gc.collect()
        # What is left are libraries and what they keep, which need not be looked at again.
        gc.freeze()


def _listen(channel: socket.socket, orders: SimpleQueue[bytes]) -> None:
    """Take orders, and end with the parent, however it ends: its end of the channel is closed with it."""
    with contextlib.suppress(OSError), channel.makefile("rb") as stream:
        while head := stream.read(SIZE.size):
            orders.put(stream.read(*SIZE.unpack(head)))
    os._exit(0)


def _watch(most: int) -> None:
    """End the process when it needs more memory than it may have: libraries that are refused some may crash."""
    while _memory(whole=True) <= most:
        time.sleep(WATCHED)
    os._exit(OUT_OF_MEMORY)


def _limit(limits: Limits) -> None:
    _at_most(resource.RLIMIT_CORE, 0, 0)
    # A library that takes much at once does not let the watch look.
    most = limits.memory + limits.memory // 4
    _at_most(resource.RLIMIT_AS, most, most)
    _at_most(resource.RLIMIT_FSIZE, limits.file, limits.file)


def _at_most(what: int, soft: int, hard: int) -> None:
    # macOS refuses RLIMIT_AS, and nobody may raise a limit that is already lower.
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(what, (soft, hard))


def _done(order: bytes, limits: Limits) -> tuple[bool, bytes]:
    """Return whether an order was stopped, and its result or why; no exception leaves here."""
    # Only the soft limit, so that the next task can have its own; its signal means nothing else.
    spent = math.ceil(time.process_time() + limits.seconds(len(order))[0])
    _at_most(resource.RLIMIT_CPU, spent, resource.getrlimit(resource.RLIMIT_CPU)[1])
    try:
        task: Callable[..., bytes]
        task, args = pickle.loads(order)  # noqa: S301 - from the parent, which is ourselves
        return False, task(*args)
    except Stop as stop:
        return True, _stopped(*stop.diagnostics, code=stop.exit)
    except MemoryError:
        return True, _stopped(messages.MEMORY.at(megabytes=limits.memory >> 20), trace=traceback.format_exc())
    except RecursionError as failure:
        return True, _failed(failure, "something in it is nested too deep")
    except Exception as failure:  # whatever it was, the editor needs one sentence
        return True, _failed(failure, shown(f"{type(failure).__name__}: {failure}".rstrip(": ")))


def _failed(failure: Exception, reason: str) -> bytes:
    if isinstance(failure, OSError) and failure.errno in FULL:
        return _stopped(messages.NO_ROOM.at(why=failure.strerror or "no space"), trace=traceback.format_exc())
    doing = [*getattr(failure, "__notes__", ()), "laying out the pages"][0]
    return _stopped(messages.FAILED.at(task=doing, reason=reason), trace=traceback.format_exc())


def _stopped(*said: Diagnostic, code: Exit = Exit.CANNOT, trace: str = "") -> bytes:
    return json.dumps({"said": said_as_json(said), "exit": code, "trace": trace}).encode()


def _memory(*, whole: bool = False) -> int:
    """Return the bytes of memory that this process holds, or, as the system counts it for limits, the whole of them."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[0 if whole else 1]) * resource.getpagesize()
    except OSError:
        # macOS: the most it ever held. Linux would count the parent's in.
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
