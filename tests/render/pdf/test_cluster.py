"""Real clusters of worker processes on this machine, which are not told where the book's files lie."""

from __future__ import annotations

import re
import socket
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Executor
from pathlib import Path
from typing import Any

import pytest
from distributed import LocalCluster
from PIL import Image

import books
import chores
from overprint import pipeline
from overprint.diagnostics import Exit, Stop
from overprint.render.pdf import Limits, cluster
from overprint.render.pdf.cluster import Cluster
from overprint.render.pdf.versions import versions
from overprint.render.pdf.workers import Workers

LIMITS = Limits(memory=1 << 30, wall=6)


def local(workers: int) -> Any:
    """Return a cluster of so many processes on this machine, for a `with` statement."""
    kind: Any = LocalCluster
    return kind(n_workers=workers, threads_per_worker=1, dashboard_address="127.0.0.1:0", host="127.0.0.1")


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", str(Path(chores.__file__).parent))
        with local(2) as started:
            yield started.scheduler_address


@pytest.fixture
def afar(address: str) -> Iterator[Cluster]:
    with Cluster(address, limits=LIMITS, private_fonts=False) as executor:
        yield executor


def no_workers(*_: object) -> Any:
    raise AssertionError("a task was done at home")


def said_of(run: Callable[[], object]) -> str:
    with pytest.raises(Stop) as stop:
        run()
    (said,) = stop.value.diagnostics
    assert stop.value.exit is Exit.CANNOT
    assert said.hint
    return f"{said.code} {said.message}"


def test_the_same_book_as_at_home(address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = books.write_anthology(tmp_path / "book")
    essay = root / "manuscript/essays/01-bees"
    Image.new("RGB", (80, 50), "gold").save(essay / "hive.png")
    with (essay / "essay.md").open("a", encoding="utf-8") as text:
        text.write("\n![A gold hive](hive.png)\n")

    def built(**how: Any) -> bytes:
        (book, *_) = pipeline.build(root, ["pdf"], layout=pipeline.Layouting(**how)).value
        return book.path.read_bytes()

    at_home = built(jobs=2)
    monkeypatch.setattr(Workers, "submit", no_workers)
    assert built(scheduler=address) == at_home


def test_files_travel(afar: Cluster, tmp_path: Path) -> None:
    paths = [tmp_path / "a" / "page.txt", tmp_path / "b" / "page.txt"]
    for path in paths:
        path.parent.mkdir()
        path.write_text(f"in {path.parent.name}")
    for path in paths:
        there, name, content = afar.submit(chores.read_there, path).result().decode().split("\n")
        assert (name, content) == ("page.txt", f"in {path.parent.name}")
        assert Path(there) != path


def test_a_file_that_cannot_be_read(afar: Cluster, tmp_path: Path) -> None:
    with pytest.raises(Stop) as stop:
        afar.submit(chores.read_there, tmp_path / "gone.png")
    assert stop.value.diagnostics[0].message == "“gone.png” cannot be read: No such file or directory"


@pytest.mark.parametrize(
    ("task", "args"),
    [
        (chores.refuse, ()),
        (chores.fail, ("sewing",)),
        (chores.crash, ()),
        (chores.leave, (3,)),
        (chores.wait, ()),
        pytest.param(
            chores.fill,
            (1500,),
            marks=pytest.mark.skipif(sys.platform == "darwin", reason="macOS does not limit memory"),
        ),
    ],
)
def test_it_fails_as_it_does_at_home(
    afar: Cluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, task: Callable[..., bytes], args: tuple[Any, ...]
) -> None:
    def stop_of(executor: Executor) -> Stop:
        with pytest.raises(Stop) as stop:
            executor.submit(task, *args).result()
        return stop.value

    monkeypatch.setenv("PYTHONPATH", str(Path(chores.__file__).parent))
    with Workers(1, folder=tmp_path, limits=LIMITS) as near:
        here, there = stop_of(near), stop_of(afar)
    assert (there.diagnostics, there.exit) == (here.diagnostics, here.exit)
    assert bool(str(there.__cause__ or "")) == bool(str(here.__cause__ or ""))


def test_the_processes_are_kept(afar: Cluster) -> None:
    assert len({afar.submit(chores.number).result() for _ in range(6)}) <= 2


def test_other_versions_there(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    ours = versions()
    monkeypatch.setattr(cluster, "versions", lambda: re.sub("harfbuzz .*", "harfbuzz 1.0", ours))
    with Cluster(address) as executor:
        said = said_of(executor.submit(chores.number).result)
    assert re.fullmatch(r"P028 the cluster cannot lay out the pages: tcp://[0-9.:]+ has harfbuzz [0-9.]+", said)


def test_a_task_that_is_not_installed_there(address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "only_here.py").write_text("def task():\n    return b''\n")
    monkeypatch.syspath_prepend(tmp_path)
    import only_here  # type: ignore[import-not-found]

    with Cluster(address) as executor:
        said = said_of(executor.submit(only_here.task).result)
    assert said == "P028 the cluster cannot lay out the pages: ModuleNotFoundError: No module named 'only_here'"


def test_a_worker_that_dies_again_and_again(afar: Cluster) -> None:
    said = said_of(afar.submit(chores.kill_parent).result)
    assert said.startswith("P028 the cluster cannot lay out the pages: KilledWorker: ")


def test_what_is_not_begun_can_be_cancelled(address: str) -> None:
    with Cluster(address, limits=LIMITS, private_fonts=False) as executor:
        futures = [executor.submit(chores.wait) for _ in range(6)]
        executor.shutdown(cancel_futures=True)
        assert all(future.cancel() or future.exception(5) for future in futures)


def test_nobody_answers() -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        port = deaf.getsockname()[1]
        said = said_of(lambda: Cluster(f"tcp://127.0.0.1:{port}", patience=1))
    assert said.startswith(f"P027 the cluster at tcp://127.0.0.1:{port} does not answer: ")


@pytest.mark.parametrize("wrong", ["ftp://127.0.0.1:1", "tcp://127.0.0.1:x", "nonsense"])
def test_what_is_no_address(wrong: str) -> None:
    assert said_of(lambda: Cluster(wrong, patience=1)).startswith(f"P027 the cluster at {wrong} does not answer: ")


def test_a_cluster_without_workers() -> None:
    with local(0) as empty:
        said = said_of(lambda: Cluster(empty.scheduler_address, patience=1))
    assert said.endswith("does not answer: it has no workers")


def test_dask_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    assert said_of(lambda: Cluster("tcp://127.0.0.1:1")) == (
        "P026 `--scheduler` needs a part of overprint that is not installed"
    )
