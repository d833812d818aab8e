"""Compare the packing of the EPUB with pandoc's on the same words.

`python benchmarks/epub.py [--runs N] [ESSAYS]...` prints a table of medians of processor time, for 20 and 200 essays
unless told otherwise. Each figure comes from a fresh process, and the two take turns. Ours runs from the composed book
to the finished file, with the import of what that needs; reading and checking the manuscript are not in it, but are in
pandoc's. A bare start of Python stands beside them as a measure of the machine.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from corpus import anthology
from layout import processor, row, timed


def one(root: Path, target: Path) -> None:
    """Compose a book, then print the seconds of processor that its EPUB takes."""
    from overprint import pipeline
    from overprint.compose import compose
    from overprint.render import epub

    manuscript, book = pipeline.validate(root, draft=False).value
    composed = compose(book, manuscript.project).value
    before = processor()
    epub.render(composed, target, remake=pipeline.Layouting().remake(target.parent))
    print(processor() - before)


def ours(root: Path, target: Path) -> float:
    """Return the seconds that a fresh process says."""
    words = [sys.executable, __file__, "--one", str(root), str(target)]
    return float(subprocess.run(words, check=True, stdout=subprocess.PIPE, text=True).stdout)


def pandoc(root: Path, target: Path) -> float:
    """Return the seconds that pandoc takes for the essays."""
    essays = sorted((root / "manuscript/essays").iterdir())
    texts = [str(path) for folder in essays for path in sorted(folder.glob("*.md"))]
    # Notes are numbered anew in each file, as in each essay.
    found = f"--resource-path={':'.join(map(str, essays))}"
    return timed(["pandoc", "--file-scope", found, "--metadata=title:An Anthology", "-o", str(target), *texts]).cpu


def main() -> None:
    """Measure and print."""
    reads = argparse.ArgumentParser(description=__doc__)
    reads.add_argument("essays", type=int, nargs="*", default=[20, 200])
    reads.add_argument("--runs", type=int, default=3)
    told = reads.parse_args()
    row("essays", "EPUB, CPU s", "kB", "pandoc, CPU s", "kB", "of pandoc", "`python -c pass`, CPU s")
    row(*["---"] * 7)
    for essays in told.essays:
        with tempfile.TemporaryDirectory() as held:
            root, mine, theirs = (Path(held, name) for name in ("book", "book.epub", "pandoc.epub"))
            anthology(root, essays)
            runs: list[tuple[float, float, float]] = []
            for _ in range(told.runs):
                peer = pandoc(root, theirs) if shutil.which("pandoc") else float("nan")
                runs.append((ours(root, mine), peer, timed([sys.executable, "-c", "pass"]).cpu))
            own, peer, bare = (statistics.median(each) for each in zip(*runs, strict=True))
            ratio = statistics.median(a / b for a, b, _ in runs)
            sizes = [f"{each.stat().st_size / 1000:.0f}" if each.exists() else "" for each in (mine, theirs)]
            row(essays, f"{own:.2f}", sizes[0], f"{peer:.2f}", sizes[1], f"{ratio:.3f}", f"{bare:.3f}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one(*map(Path, sys.argv[2:]))
    else:
        main()
