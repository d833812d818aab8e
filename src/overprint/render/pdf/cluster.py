"""An executor whose tasks are done by the machines of a dask cluster, within the same limits and with the same result.

The machines need not share our disk: what a task reads travels as bytes, once to each of the cluster's workers, and is
laid down in that worker's own folder. There `workers` does the task in a process with limits, as it does at home.
A cluster runs whatever its users send it, so it has to be one's own or that of people one trusts.
"""

from __future__ import annotations

import hashlib
import io
import json
import logging
import pickle
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import CancelledError, Executor, Future
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any
from uuid import uuid4

from overprint.diagnostics import Exit, Stop, error
from overprint.render.pdf import messages
from overprint.render.pdf.files import read
from overprint.render.pdf.job import Limits, said_as_json, said_from_json
from overprint.render.pdf.listen import shown
from overprint.render.pdf.versions import versions
from overprint.render.pdf.workers import Workers

NOT_INSTALLED = error(
    "P026",
    "`--scheduler` needs a part of overprint that is not installed",
    'pip install "overprint[cluster]"',
    manual="""The pages of a very large book can be laid out by several machines, which dask.distributed joins to a
    cluster. It is not needed for anything else, so it is installed only when it is asked for.""",
)
NO_ANSWER = error(
    "P027",
    "the cluster at {address} does not answer: {reason}",
    "start its scheduler and its workers, correct the address, or build without `--scheduler`",
    manual="""`--scheduler` names the address of a dask scheduler, such as `tcp://192.0.2.7:8786`, which
    `dask scheduler` shows when it starts. It must answer, and have a worker, within ten seconds. The last good book
    was not touched.""",
)
CLUSTER = error(
    "P028",
    "the cluster cannot lay out the pages: {reason}",
    "install the same overprint, the same libraries and enough memory on all its machines, or build without "
    "`--scheduler`",
    manual="""All machines of a cluster must have what this one has: the same release of overprint and of the libraries
    that it uses, Pango and HarfBuzz among them. Otherwise lines would break in other places on other machines, and the
    book would not be the one that is built at home. A machine that is ended by its owner or by its system while it
    works is met in the same way, after three tries. The last good book was not touched.""",
)

PATIENCE = 10
"""Seconds in which a scheduler and a first worker must answer."""

KEPT = 64
"""How many files are held ready in the cluster; the look's typefaces are among them, since every task asks for them."""

_LOCK = threading.Lock()


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds for each task on every machine."""

    limits: Limits
    private_fonts: bool
    versions: str


class Cluster(Executor):
    """Runs tasks like `Workers`, on the machines of a cluster; the orders may hold paths of files, but no folders'."""

    def __init__(
        self, address: str, *, limits: Limits | None = None, private_fonts: bool = True, patience: float = PATIENCE
    ) -> None:
        """Reach the scheduler.

        Args:
            address: the scheduler's, such as `tcp://192.0.2.7:8786`.
            limits: what one task may use.
            private_fonts: hide the machines' typefaces.
            patience: seconds to wait for an answer.

        Raises:
            Stop: dask is not installed, or the scheduler does not answer, or has no workers.
        """
        until = time.monotonic() + patience
        try:
            from distributed import Client
        except ImportError as missing:
            raise Stop(NOT_INSTALLED.at(), exit=Exit.CANNOT) from missing
        for name in ("distributed", "distributed.client"):  # what it logs is for its developers
            logging.getLogger(name).setLevel(logging.CRITICAL)
        try:
            # A patience of its own it has for a connection only, not for the first word.
            start: Callable[..., Any] = Client
            self._client = _within(patience, lambda: start(address, timeout=patience, set_as_default=False))
        except (OSError, ValueError, TypeError, RuntimeError) as reason:
            said = shown(str(reason), 100) or f"it said nothing for {patience} seconds"
            raise Stop(NO_ANSWER.at(address=address, reason=said), exit=Exit.CANNOT) from reason
        try:
            self._client.wait_for_workers(1, timeout=max(until - time.monotonic(), 0.1))
        except TimeoutError as late:
            self._client.close()
            raise Stop(NO_ANSWER.at(address=address, reason="it has no workers"), exit=Exit.CANNOT) from late
        self._theirs = self._client.get_executor(pure=False)
        self._terms = Terms(limits or Limits(), private_fonts, versions())
        self._sent = lru_cache(KEPT)(self._send)
        self._closed = False

    def submit(self, task: Callable[..., bytes], /, *args: Any) -> Future[bytes]:  # type: ignore[override]
        """Have `task(*args)` done by the cluster.

        Raises:
            RuntimeError: the executor was shut down.
            Stop: a file that the task needs cannot be read.
        """
        packed = io.BytesIO()
        packer = _Packer(packed, self._sent)
        packer.dump((task, args))
        theirs = self._theirs.submit(done, packed.getvalue(), self._terms, list(packer.files), *packer.files.values())
        ours: Future[bytes] = Future()
        ours.add_done_callback(lambda _: theirs.cancel() if ours.cancelled() else None)
        theirs.add_done_callback(lambda _: self._settle(ours, theirs))
        return ours

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Take no more tasks, and leave the cluster. With `cancel_futures` nobody waits for what is being done."""
        if not self._closed:
            self._closed = cancel_futures or not wait
            self._theirs.shutdown(wait=not self._closed)
            self._closed = True
            self._client.close()

    def _send(self, path: Path) -> tuple[str, Any]:
        """Return a file's digest, and its bytes' name in the cluster."""
        try:
            content = read(path)
        except OSError as reason:
            raise Stop(messages.UNREADABLE.at(name=path.name, reason=reason.strerror or reason)) from reason
        digest = hashlib.sha256(content).hexdigest()
        # A task, which can be done again when the machine that holds its result is lost; `scatter` cannot.
        return digest, self._client.submit(bytes, content, key=f"overprint-{digest}")

    def _settle(self, ours: Future[bytes], theirs: Future[tuple[bool, bytes]]) -> None:
        """Pass on how a task ended."""
        if not ours.set_running_or_notify_cancel():
            return
        try:
            stopped, answer = theirs.result()
            if not stopped:
                ours.set_result(answer)
                return
            raw = json.loads(answer)
            stop = Stop(*said_from_json(raw["said"]), exit=Exit(raw["exit"]))
            stop.__cause__ = RuntimeError(raw["cause"]) if raw["cause"] else None
        except CancelledError as lost:
            if self._closed:
                ours.set_exception(lost)
                return
            stop = _failed("its scheduler was lost")
        except Exception as failure:  # dask's own, or what stands in the way of starting a task
            stop = _failed(f"{type(failure).__name__}: {failure}")
            stop.__cause__ = failure
        ours.set_exception(stop)


def _within(seconds: float, run: Callable[[], Any]) -> Any:
    """Return what a function returns.

    Raises:
        TimeoutError: it takes longer; its thread is left to itself.
    """
    result: Future[Any] = Future()

    def runs() -> None:
        try:
            result.set_result(run())
        except Exception as reason:  # for the caller
            result.set_exception(reason)

    threading.Thread(target=runs, daemon=True).start()
    return result.result(seconds)


def done(order: bytes, terms: Terms, digests: list[str], *files: bytes) -> tuple[bool, bytes]:
    """Return whether a task was stopped, and its result or, as JSON, why. For a worker of the cluster."""
    from distributed import get_worker

    worker = get_worker()
    folder = Path(worker.local_directory, "overprint")
    try:
        if strange := set(versions().splitlines()) - set(terms.versions.splitlines()):
            # A release of our own has no name there, only a digest.
            named = sorted(each for each in strange if " " in each)
            raise _failed(f"{worker.address} has {', '.join(named) or 'another overprint'}")
        held = dict(zip(digests, files, strict=True))
        task, args = _Unpacker(order, folder, held).load()
        with _LOCK:
            workers = _workers(folder, terms.limits, terms.private_fonts, worker.state.nthreads)
        return False, workers.submit(task, *args).result()
    except Stop as stop:
        cause = str(stop.__cause__ or "")
        said = {"said": said_as_json(stop.diagnostics), "exit": stop.exit, "cause": cause}
        return True, json.dumps(said).encode()


@lru_cache
def _workers(folder: Path, limits: Limits, private_fonts: bool, count: int) -> Workers:
    """Return the processes that do a worker's tasks; they end with it."""
    folder.mkdir(parents=True, exist_ok=True)
    return Workers(count, folder=folder, limits=limits, private_fonts=private_fonts, warm="weasyprint")


def _failed(reason: str) -> Stop:
    return Stop(CLUSTER.at(reason=shown(reason)), exit=Exit.CANNOT)


class _Packer(pickle.Pickler):
    """Writes paths as digests and names of files.

    Attributes:
        files: by digest, what `send` returned for each file.
    """

    def __init__(self, to: io.BytesIO, send: Callable[[Path], tuple[str, Any]]) -> None:
        super().__init__(to, pickle.HIGHEST_PROTOCOL)
        self._send = send
        self.files: dict[str, Any] = {}

    def persistent_id(self, value: object) -> tuple[str, str] | None:
        """Return what stands for a path."""
        if not isinstance(value, Path):
            return None
        digest, sent = self._send(value)
        self.files[digest] = sent
        return digest, value.name


class _Unpacker(pickle.Unpickler):
    """Reads what `_Packer` wrote, and lays the files down under their own names, which messages show."""

    def __init__(self, order: bytes, folder: Path, files: Mapping[str, bytes]) -> None:
        super().__init__(io.BytesIO(order))
        self._folder, self._files = folder, files

    def persistent_load(self, stands_for: Any) -> Path:
        """Return the path of a file, which stays there for the next task."""
        digest, name = stands_for
        path: Path = self._folder / digest / name
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            unfinished = path.with_name(uuid4().hex)
            unfinished.write_bytes(self._files[digest])
            unfinished.replace(path)
        return path
