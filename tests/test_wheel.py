"""The wheel holds all that a book needs, and works from any folder."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_a_book_is_built_by_what_the_wheel_holds(tmp_path: Path) -> None:
    made = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    subprocess.run([*made, "--wheel-dir", tmp_path, ROOT], check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "site")
        assert not [name for name in archive.namelist() if "__pycache__" in name]
    env = {**os.environ, "PYTHONPATH": str(tmp_path / "site")}
    (tmp_path / "elsewhere").mkdir()
    for words in (["new", "x"], ["-C", "x", "build"], ["-C", "x", "check"], ["-C", "x", "themes"]):
        command = [sys.executable, "-P", "-m", "overprint", *words]
        done = subprocess.run(command, cwd=tmp_path / "elsewhere", env=env, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
    where = "import overprint, pathlib; print(pathlib.Path(overprint.__file__).parents[1])"
    told = subprocess.run([sys.executable, "-P", "-c", where], env=env, capture_output=True, text=True, check=True)
    assert told.stdout.strip() == str(tmp_path / "site")
    assert {each.suffix for each in (tmp_path / "elsewhere/x/build").iterdir()} >= {".epub", ".pdf", ".jpg"}
