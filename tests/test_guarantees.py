"""What is promised in the documentation is held by tests that exist; and two promises of their own."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

import books

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs/explanation/guarantees.md").read_text("utf-8")
PROMISES = dict(re.findall(r"^\| (G[0-9]+) \| .* \| (.*) \|$", PAGE, re.MULTILINE))


def test_there_are_twelve() -> None:
    assert list(PROMISES) == [f"G{number}" for number in range(1, 13)]


@pytest.mark.parametrize("name", PROMISES)
def test_each_promise_is_held(name: str) -> None:
    tests = re.findall(r"`([\w/]+\.py)::(\w+)`", PROMISES[name])
    assert tests
    for path, test in tests:
        tree = ast.parse((ROOT / path).read_text("utf-8"))
        assert test in {each.name for each in tree.body if isinstance(each, ast.FunctionDef)}, f"{path}::{test}"


STARTED = """
import sys
started = []
sys.addaudithook(lambda event, args: started.append(str(args[0])) if event in {"subprocess.Popen", "os.exec",
    "os.system", "os.posix_spawn", "os.spawn"} else None)
from pathlib import Path
from overprint import pipeline
pipeline.build(Path(sys.argv[1]))
print(*sorted(set(started)), sep="\\n")
"""


def test_no_other_program_is_started(tmp_path: Path) -> None:
    """A build starts itself, which lays out the pages, and what tells the system's libraries; nothing else."""
    done = subprocess.run(
        [sys.executable, "-c", STARTED, books.write(tmp_path)], capture_output=True, text=True, check=True
    )
    known = {sys.executable, "/sbin/ldconfig", "gcc", "cc", "ld"}  # by which Python finds a library
    assert {line for line in done.stdout.splitlines() if line} <= known
    assert sys.executable in done.stdout
