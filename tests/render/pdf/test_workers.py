from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError, Future
from pathlib import Path
from typing import Any

import pytest

import chores
from overprint.diagnostics import Exit, Place, Stop
from overprint.render.pdf import Limits
from overprint.render.pdf.workers import Workers

Make = Callable[..., Workers]


@pytest.fixture
def make(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Make]:
    monkeypatch.setenv("PYTHONPATH", str(Path(chores.__file__).parent))
    with contextlib.ExitStack() as held:

        def made(count: int = 1, limits: Limits | None = None, **more: Any) -> Workers:
            return held.enter_context(Workers(count, folder=tmp_path, limits=limits or Limits(), **more))

        yield made
    assert [each.name for each in tmp_path.iterdir() if each.is_dir()] == []


def stop_of(future: Future[bytes]) -> Stop:
    with pytest.raises(Stop) as stop:
        future.result()
    return stop.value


def said_of(future: Future[bytes]) -> str:
    stop = stop_of(future)
    (said,) = stop.diagnostics
    assert stop.exit is Exit.CANNOT
    return f"{said.code} {said.message}"


def test_results_in_the_order_of_the_tasks(make: Make) -> None:
    words = [f"word {number}" for number in range(20)]
    assert list(make(2).map(chores.echo, words)) == [word.encode() for word in words]


def test_processes_work_at_the_same_time_and_are_kept(make: Make, tmp_path: Path) -> None:
    workers = make(2)
    both = [workers.submit(chores.meet, str(tmp_path / own), str(tmp_path / other)) for own, other in ("ab", "ba")]
    assert [future.result() for future in both] == [b"met", b"met"]
    numbers = {workers.submit(chores.number).result() for _ in range(6)}
    assert len(numbers) <= 2
    assert str(os.getpid()).encode() not in numbers


def test_much_in_the_answer_and_much_beside_it(make: Make, capfd: pytest.CaptureFixture[str]) -> None:
    size = 10 << 20
    assert make().submit(chores.chatter, size).result() == bytes(range(256)) * (size // 256)
    assert capfd.readouterr() == ("", "")


def test_much_in_the_order(make: Make) -> None:
    assert make().submit(chores.echo, "x" * 5_000_000).result() == b"x" * 5_000_000


@pytest.mark.parametrize(
    ("task", "args", "said"),
    [
        (chores.leave, (3,), "P003 the layout crashed (exit code 3)"),
        (chores.leave, (1, "Traceback\nKeyError: 'x'\n"), "P003 the layout crashed (KeyError: 'x')"),
        (chores.leave, (1, "GLib: failed to allocate 8 bytes"), "P002 {memory}"),
        (chores.crash, (), "P003 the layout crashed (Segmentation fault)"),
        (chores.kill, (signal.SIGKILL,), "P003 the layout crashed (Killed)"),
        (chores.lie, (), "P003 the layout crashed (exit code 0)"),
        (chores.fail, (), "P005 the layout failed while laying out the pages: KeyError: 'x'"),
        (chores.write_much, (), "P030 the layout cannot write its files (No space left on device)"),
        (chores.fail, ("sewing",), "P005 the layout failed while sewing: KeyError: 'x'"),
        (chores.recurse, (), "P005 the layout failed while laying out the pages: something in it is nested too deep"),
    ],
)
def test_a_failure_takes_only_its_own_task(
    make: Make, task: Callable[..., bytes], args: tuple[object, ...], said: str
) -> None:
    workers = make()
    first, bad, last = (
        workers.submit(chores.number),
        workers.submit(task, *args),
        workers.submit(chores.number),
    )
    memory = "the layout was stopped because it needs more than 2048 MB of memory"
    assert said_of(bad) == said.format(memory=memory)
    assert first.result() != last.result()


def test_an_exception_keeps_its_traceback(make: Make) -> None:
    cause = stop_of(make().submit(chores.fail)).__cause__
    assert isinstance(cause, RuntimeError)
    assert "in fail" in str(cause)


def test_a_stop_travels_whole_and_its_process_is_kept(make: Make) -> None:
    workers = make()
    first = workers.submit(chores.number).result()
    stop = stop_of(workers.submit(chores.refuse))
    (said,) = stop.diagnostics
    assert (said.code, said.place, said.message) == ("P014", Place("a.md", 3, 4), "two elements have the id “bee”")
    assert stop.exit is Exit.CONTENT
    assert workers.submit(chores.number).result() == first


@pytest.mark.skipif(sys.platform == "darwin", reason="macOS does not limit memory")
def test_too_much_memory(make: Make) -> None:
    workers = make(limits=Limits(memory=400 << 20))
    said = said_of(workers.submit(chores.fill, 500))
    assert said == "P002 the layout was stopped because it needs more than 400 MB of memory"
    assert workers.submit(chores.fill, 10).result()


def test_too_much_computing_in_one_task(make: Make) -> None:
    workers = make(limits=Limits(cpu=1, wall=20))
    # Each has its own allowance, or the last would be stopped.
    assert [workers.submit(chores.compute, 0.7).result() for _ in range(3)] == [b"computed"] * 3
    assert said_of(workers.submit(chores.compute, 9)) == "P001 the layout was stopped after 1 seconds of computing"


def test_too_long_a_wait(make: Make) -> None:
    workers = make(limits=Limits(wall=1))
    assert said_of(workers.submit(chores.wait)) == "P001 the layout was stopped after 1 seconds of waiting"
    assert workers.submit(chores.echo, "next").result() == b"next"


def test_a_large_task_has_more_time(make: Make) -> None:
    workers = make(limits=Limits(wall=0.001, per_kb=1))
    assert workers.submit(chores.echo, "x" * 20_000).result()
    assert "seconds of waiting" in said_of(workers.submit(chores.wait))


def test_a_process_is_replaced_when_it_has_grown_or_done_enough(make: Make) -> None:
    grown, worn, neither = make(memory=1), make(tasks=2), make()
    for workers, processes in ((grown, 4), (worn, 2), (neither, 1)):
        assert len({workers.submit(chores.number).result() for _ in range(4)}) == processes


def test_a_process_that_died_between_tasks_is_replaced(make: Make) -> None:
    workers = make()
    first = int(workers.submit(chores.number).result())
    os.kill(first, signal.SIGKILL)
    while workers._idle[0].lives():
        time.sleep(0.01)
    assert int(workers.submit(chores.number).result()) != first


def test_a_module_is_imported_before_the_first_task(make: Make) -> None:
    assert make(warm="colorsys").submit(chores.imported, "colorsys").result() == b"True"
    assert make().submit(chores.imported, "colorsys").result() == b"False"
    # One that fails is for the task to report.
    assert make(warm="no.such.module").submit(chores.echo, "word").result() == b"word"


def test_a_process_can_be_started_early(make: Make) -> None:
    workers = make(2)
    workers.start()
    workers.start()
    (early,) = workers._idle
    assert int(workers.submit(chores.number).result()) == early._popen.pid


def test_what_a_process_sees(make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET", "hush")
    monkeypatch.setenv("LC_TIME", "C")
    seen = dict(line.split("=", 1) for line in make().submit(chores.environment).result().decode().splitlines())
    assert seen["FONTCONFIG_FILE"] == str(tmp_path / "fonts.conf")
    assert Path(seen["TMPDIR"]).parent == tmp_path
    assert (seen["PYTHONHASHSEED"], seen["PYTHONUTF8"], seen["LC_TIME"]) == ("0", "1", "C")
    assert "SECRET" not in seen
    monkeypatch.delenv("FONTCONFIG_FILE", raising=False)
    assert b"FONTCONFIG_FILE" not in make(private_fonts=False).submit(chores.environment).result()


def test_modules_where_the_user_stands_are_not_run(make: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "socket.py").write_text("raise OSError('run')")
    monkeypatch.chdir(tmp_path)
    assert make().submit(chores.echo, "word").result() == b"word"


def test_what_waits_can_be_cancelled(make: Make, tmp_path: Path) -> None:
    workers = make()
    other = tmp_path / "other"
    first, second = workers.submit(chores.meet, str(tmp_path / "own"), str(other)), workers.submit(chores.echo, "word")
    assert second.cancel()
    other.touch()
    assert first.result() == b"met"


def test_shutdown_waits_for_what_was_asked(make: Make) -> None:
    workers = make()
    futures = [workers.submit(chores.echo, word) for word in ("a", "b", "c")]
    workers.shutdown()
    assert [future.result() for future in futures] == [b"a", b"b", b"c"]
    with pytest.raises(RuntimeError):
        workers.submit(chores.echo, "d")


def test_shutdown_without_waiting_still_does_what_was_asked(make: Make) -> None:
    workers = make()
    futures = [workers.submit(chores.echo, word) for word in ("a", "b")]
    workers.shutdown(wait=False)
    assert [future.result() for future in futures] == [b"a", b"b"]


def test_cancelling_ends_what_is_being_done(make: Make, tmp_path: Path) -> None:
    workers = make()
    started = tmp_path / "started"
    running, waiting = workers.submit(chores.wait, str(started)), workers.submit(chores.echo, "word")
    process = _number_in(started)
    workers.shutdown(cancel_futures=True)
    assert not _runs(process)
    assert waiting.cancelled()
    with pytest.raises(CancelledError):
        running.result()


def test_an_interrupted_caller_leaves_no_process(tmp_path: Path, make: Make) -> None:
    workers, started = make(), tmp_path / "started"
    running = workers.submit(chores.wait, str(started))
    process = _number_in(started)
    with pytest.raises(KeyboardInterrupt), workers:
        raise KeyboardInterrupt
    assert not _runs(process)
    assert isinstance(running.exception(), CancelledError)


def test_processes_end_with_their_parent(tmp_path: Path) -> None:
    code = f"""
import chores, pathlib
from overprint.render.pdf import Limits
from overprint.render.pdf.workers import Workers
folder = pathlib.Path({str(tmp_path)!r})
workers = Workers(2, folder=folder, limits=Limits())
for name in "ab":
    workers.submit(chores.wait, str(folder / name))
workers.submit(chores.wait).result()
"""
    parent = subprocess.Popen(
        [sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": str(Path(chores.__file__).parent)}
    )
    processes = [_number_in(tmp_path / name) for name in "ab"]
    parent.kill()
    parent.wait()
    for _ in range(100):
        if not any(map(_runs, processes)):
            return
        time.sleep(0.05)
    pytest.fail("a process outlives its parent")


def test_a_folder_that_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Workers(1, folder=tmp_path / "no", limits=Limits())


def test_a_process_that_cannot_be_started(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    workers = make()
    monkeypatch.setattr(sys, "executable", "/no/such/python")
    assert said_of(workers.submit(chores.echo, "word")) == "P003 the layout crashed (No such file or directory)"


def _number_in(file: Path) -> int:
    """Return the number in a file as soon as a process has written it."""
    while not (file.exists() and file.read_text()):
        time.sleep(0.01)
    return int(file.read_text())


def _runs(number: int) -> bool:
    """Tell whether a process runs; one that has ended may stay listed until its parent takes notice."""
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    stat = Path(f"/proc/{number}/stat")
    return not (stat.exists() and stat.read_text().rpartition(")")[2].split()[0] == "Z")
