"""How long it takes from a save to the new page: the median of some saves, in seconds.

    python benchmarks/preview.py FOLDER [SAVES]

FOLDER is a book, such as one of benchmarks/corpus.py; it is copied first. Each save adds a sentence to an essay. Timed
are the first picture of a page that differs, as the preview's page would ask for it, and the whole: both books.
"""

from __future__ import annotations

import http.client
import json
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

WIDTH = 800


class Asked:
    """The server, asked as the page asks it."""

    def __init__(self, address: str) -> None:
        """Ask at an address."""
        found = re.fullmatch(r"http://([\d.]+:\d+)(/.*/)", address)
        if not found:
            raise SystemExit(f"no server: {address}")
        self._to, self._base = http.client.HTTPConnection(found[1]), found[2]

    def get(self, path: str) -> bytes:
        """Return what the server answers."""
        self._to.request("GET", self._base + path)
        return self._to.getresponse().read()

    def state(self) -> Any:
        """Return the state."""
        return json.loads(self.get("state"))

    def until_built(self) -> Any:
        """Wait for both books."""
        while (state := self.state())["building"]:
            time.sleep(0.1)
        return state


def save(essay: Path, number: int) -> None:
    """Save an essay that has one more sentence."""
    essay.write_text(f"{essay.read_text('utf-8').rstrip()} Saved {number} times.\n", "utf-8")


def one(asked: Asked, essay: Path, number: int) -> tuple[float, float]:
    """Save once; return the seconds to the first new picture and to the whole."""
    before = asked.until_built()
    old = [page["picture"] for page in before["pages"]]
    begun = time.monotonic()
    save(essay, number)
    while True:
        state = asked.state()
        new = [page["picture"] for page in state["pages"]]
        differs = [index for index, picture in enumerate(new) if index >= len(old) or picture != old[index]]
        if differs and asked.get(f"page/{differs[0]}.png?width={WIDTH}&v={new[differs[0]]}").startswith(b"\x89PNG"):
            break
        time.sleep(0.01)
    shown = time.monotonic() - begun
    asked.until_built()
    return shown, time.monotonic() - begun


def main(folder: Path, saves: int = 9) -> None:
    """Measure and say."""
    with tempfile.TemporaryDirectory() as temporary:
        root = Path(temporary) / "book"
        shutil.copytree(folder, root)
        essays = sorted(root.glob("manuscript/essays/*/essay.md"))
        command = [sys.executable, "-m", "overprint", "-C", str(root), "preview"]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
            try:
                asked = Asked(server.stdout.readline().strip() if server.stdout else "")
                asked.until_built()
                one(asked, essays[len(essays) // 2], 0)  # the first save warms the workers
                times = [one(asked, essays[(number * 7) % len(essays)], number) for number in range(1, saves + 1)]
            finally:
                server.terminate()
    shown, whole = (statistics.median(each) for each in zip(*times, strict=True))
    print(f"{len(essays)} essays, {saves} saves: first new page {shown:.2f} s, both books {whole:.2f} s")


if __name__ == "__main__":
    main(Path(sys.argv[1]), *map(int, sys.argv[2:3]))
