"""Compare the layout of the printed book with WeasyPrint on one document, and with other tools.

`python benchmarks/layout.py [--runs N] [--peers] [ESSAYS]...` prints a table of medians, for 20 and 200 essays unless
told otherwise. Each figure comes from a fresh process. The clock runs from the composed book to the finished file:
starting Python, importing overprint and reading the manuscript are not in it, but importing WeasyPrint is.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import random
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus import anthology, paragraph

JOBS = 2
BARS = {
    # what is measured: its bars for 20 and for 200 essays, as parts of WeasyPrint's time
    "full build": (0.50, 0.35),
    "nothing changed": (0.03, 0.005),
    "one essay edited": (0.11, 0.015),
    "one edited, pages shift": (0.15, 0.03),
}
MEMORY = (110, 220)


@dataclass(frozen=True)
class Spent:
    """What a run took: seconds of clock and of processor, the MB of its largest process, and pages made."""

    wall: float
    cpu: float
    memory: float
    pages: int = 0


# ---------------------------------------------------------------------- in a process of its own


def stock(job: Any, target: Path) -> int:
    """Lay out a book by WeasyPrint as it comes, in one document with tags, and return its pages."""
    from weasyprint import CSS, DEFAULT_OPTIONS, HTML
    from weasyprint.css.counters import CounterStyle
    from weasyprint.text.fonts import FontConfiguration

    from overprint.render.pdf.desk import _face_sheet
    from overprint.render.pdf.fetcher import SealedFetcher, files, table
    from overprint.render.pdf.job import BASE

    fetcher = SealedFetcher(table(job.style) | files(job.resources))
    shared = {"font_config": FontConfiguration(), "counter_style": CounterStyle(), "color_profiles": {}}
    texts = (_face_sheet(job.style), *(text for _, text in job.style.stylesheets))
    sheets = [CSS(string=text, base_url=f"{BASE}styles/", url_fetcher=fetcher, **shared) for text in texts]
    html = HTML(string=job.document(), base_url=f"{BASE}text/book.html", url_fetcher=fetcher)
    options = DEFAULT_OPTIONS | {"stylesheets": sheets, "pdf_tags": True, "pdf_version": "1.7"}
    document = html.render(**shared, **options)
    document.write_pdf(target, **options)
    return len(document.pages)


def one(what: str, root: Path, kept: Path, target: Path) -> None:
    """Compose a book, then measure one thing, and print what it took as JSON."""
    from overprint import pipeline
    from overprint.compose import compose
    from overprint.diagnostics import errors
    from overprint.render import epub
    from overprint.render.pdf.book import render
    from overprint.render.pdf.cache import Cache

    manuscript, book = pipeline.validate(root, draft=False).value
    composed = compose(book, manuscript.project).value

    def pieces() -> int:
        made = render(pipeline._job(composed, {}), target, jobs=JOBS, cache=Cache(kept))
        if wrong := errors(made.diagnostics):
            raise SystemExit(str(wrong[0]))
        return made.value.pages

    do: dict[str, Callable[[], Any]] = {
        "stock": lambda: stock(pipeline._job(composed, {}), target),
        "pieces": pieces,
        "epub": lambda: epub.render(composed, target) and 0,
    }
    wall, cpu = time.perf_counter(), processor()
    pages = do[what]()
    spent = Spent(time.perf_counter() - wall, processor() - cpu, largest(), pages)
    print(json.dumps(vars(spent)))


def processor() -> float:
    """Return the seconds of processor that this process and its ended children have used."""
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in both)


def largest() -> float:
    """Return the MB that the largest of this process and its ended children has ever held."""
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) / unit


# ---------------------------------------------------------------------- the measuring


def fresh(what: str, root: Path, kept: Path, target: Path) -> Spent:
    """Have one thing measured by a fresh process."""
    words = [sys.executable, __file__, "--one", what, str(root), str(kept), str(target)]
    done = subprocess.run(words, check=True, stdout=subprocess.PIPE, text=True)
    return Spent(**json.loads(done.stdout.splitlines()[-1]))


def timed(words: list[str], **more: Any) -> Spent:
    """Return what a command takes, with all its children; its memory is that of the largest process so far."""
    before, wall = processor(), time.perf_counter()
    done = subprocess.run(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False, **more)
    if done.returncode:
        raise RuntimeError(f"{' '.join(words)} ended with {done.returncode}:\n{done.stderr[-2000:]}")
    return Spent(time.perf_counter() - wall, processor() - before, math.nan)


def middle(values: list[Spent]) -> Spent:
    """Return the medians."""
    return Spent(*(statistics.median(getattr(each, name) for each in values) for name in vars(values[0])))


class Book:
    """A generated anthology that is edited and brought back to what it was."""

    def __init__(self, root: Path, essays: int) -> None:
        anthology(root, essays)
        self.root = root
        self._essays = sorted((root / "manuscript/essays").iterdir())
        self._texts = {each: (each / "essay.md").read_text("utf-8") for each in self._essays}

    def restore(self) -> None:
        """Undo all edits."""
        for folder, text in self._texts.items():
            (folder / "essay.md").write_text(text, "utf-8")

    def edit(self, run: int) -> None:
        """Change one word of an essay in the middle into one that is as long."""
        folder = self._essays[len(self._essays) // 2 - run]
        (folder / "essay.md").write_text(self._texts[folder].replace(" the ", " teh ", 1), "utf-8")

    def lengthen(self, run: int) -> None:
        """Add some pages to an essay near the beginning, an even number of them, or the next one would not move."""
        folder = self._essays[1 + run]
        more = "\n\n".join(paragraph(random.Random(run), 8) for _ in range(8))  # noqa: S311 - a corpus, not a secret
        (folder / "essay.md").write_text(self._texts[folder].replace("\n\n[^1]:", f"\n\n{more}\n\n[^1]:", 1), "utf-8")


def measured(book: Book, folder: Path, runs: int, stock_runs: int) -> dict[str, list[Spent]]:
    """Return what each thing took, run after run, side by side."""
    took: dict[str, list[Spent]] = {}
    target, kept = folder / "book.pdf", folder / "kept"

    def add(name: str, spent: Spent) -> None:
        took.setdefault(name, []).append(spent)
        print(
            f"  {name}: {spent.wall:.2f} s, {spent.cpu:.2f} s CPU, {spent.memory:.0f} MB", file=sys.stderr, flush=True
        )

    for run in range(runs):
        book.restore()
        shutil.rmtree(kept, ignore_errors=True)
        if run < stock_runs:
            add("WeasyPrint, one document", fresh("stock", book.root, kept, target))
        add("full build", fresh("pieces", book.root, kept, target))
        add("nothing changed", fresh("pieces", book.root, kept, target))
        book.edit(run)
        add("one essay edited", fresh("pieces", book.root, kept, target))
        book.lengthen(run)
        add("one edited, pages shift", fresh("pieces", book.root, kept, target))
        full, edited, longer = (took[name][-1].pages for name in list(BARS)[0::1] if name != "nothing changed")
        if edited != full or longer <= full:
            raise SystemExit(f"the edits do not do what they should: {full}, {edited}, {longer} pages")
        book.restore()
        add("EPUB", fresh("epub", book.root, kept, folder / "book.epub"))
    return took


def commands(book: Book, folder: Path) -> dict[str, list[Spent]]:
    """Return what the whole command takes, as a reader of the manual would type it, once each."""
    own = {**os.environ, "OVERPRINT_CACHE": str(folder / "cache")}
    words = [sys.executable, "-m", "overprint", "-C", str(book.root), "build", "--jobs", str(JOBS)]
    words += ["--out", str(folder / "out")]
    timed([*words, "epub"], env=own)  # which cuts the typefaces, once on a machine
    took = {name: timed([*words, "pdf"], env=own) for name in ("`build pdf`", "`build pdf`, nothing changed")}
    book.edit(0)
    took["`build pdf`, one essay edited"] = timed([*words, "pdf"], env=own)
    book.restore()
    took["`build epub`"] = timed([*words, "epub"], env=own)
    return {name: [spent] for name, spent in took.items()}


# ---------------------------------------------------------------------- other tools


def peers(book: Book, folder: Path) -> list[tuple[str, list[str] | None]]:
    """Return other tools with the command that makes the same book, None where one is not installed."""
    from overprint import pipeline
    from overprint.compose import compose
    from overprint.render.pdf.desk import _face_sheet
    from overprint.render.pdf.fetcher import table

    manuscript, assembled = pipeline.validate(book.root, draft=False).value
    job = pipeline._job(compose(assembled, manuscript.project).value, {})
    web = folder / "web"
    served = {path: each.path for path, each in table(job.style).items()}
    for name, path in (served | {each.name: each.path for each in job.resources}).items():
        (web / name.lstrip("/")).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, web / name.lstrip("/"))
    sheets = "\n".join((_face_sheet(job.style), *(text for _, text in job.style.stylesheets)))
    # The first page of a group, as tools know it that run in a browser.
    sheets = re.sub(r"@page :nth\(1 of ([\w-]+)\)", r"@page \1:first", sheets)
    (web / "text").mkdir(exist_ok=True)
    style = f"<style>{sheets.replace('https://book.invalid/', '../')}</style></head>"
    page = web / "text/book.html"
    page.write_text(job.document().replace("</head>", style, 1), "utf-8")
    (chromium, *_) = [each for each in map(shutil.which, ("chromium", "google-chrome", "chrome")) if each] or [""]
    notes = [str(path) for path in sorted((book.root / "manuscript/essays").rglob("*.md"))]
    folders = ":".join(str(path) for path in (book.root / "manuscript/essays").iterdir())
    # Notes are numbered anew in each file, as in each essay.
    tools = {
        "pandoc, EPUB": ["pandoc", "--file-scope", f"--resource-path={folders}", "-o", str(folder / "p.epub"), *notes],
        "paged.js CLI": [
            *["pagedjs-cli", str(page), "-o", str(folder / "paged.pdf"), "--timeout", "1200000"],
            *["--browserArgs=--no-sandbox", "--outline-tags", "h1,h2"],
        ],
        "Vivliostyle CLI": [
            *["vivliostyle", "build", str(page), "-o", str(folder / "viv.pdf"), "--timeout", "1200"],
            *["--executable-browser", chromium],
        ],
    }
    if chromium:
        os.environ["PUPPETEER_EXECUTABLE_PATH"] = chromium
    needs = {name: chromium if "CLI" in name else "none" for name in tools}
    return [(name, words if shutil.which(words[0]) and needs[name] else None) for name, words in tools.items()]


# ---------------------------------------------------------------------- the table


def row(*cells: object) -> None:
    """Print a row of a table in Markdown."""
    print("| " + " | ".join(map(str, cells)) + " |", flush=True)


def part(values: list[Spent], base: list[Spent], name: str) -> str:
    """Return the median of what each run takes of WeasyPrint's time beside it, or else of the median of that."""
    middling = middle(base)
    beside = base + [middling] * (len(values) - len(base))
    return f"{statistics.median(getattr(a, name) / getattr(b, name) for a, b in zip(values, beside, strict=False)):.4f}"


def show(essays: int, took: dict[str, list[Spent]], whole: dict[str, list[Spent]]) -> None:
    """Print what was measured."""
    base = middle(took["WeasyPrint, one document"])
    print(f"\n{essays} essays, {base.pages:.0f} pages, {JOBS} workers\n")
    row("", "wall s", "CPU s", "largest process MB", "of WeasyPrint's wall", "of its CPU", "bar")
    row(*["---"] * 7)
    for name, values in took.items():
        each = middle(values)
        bar = f"{BARS[name][essays >= 100]}" if name in BARS else ""
        row(
            *[name, f"{each.wall:.2f}", f"{each.cpu:.2f}", f"{each.memory:.0f}"],
            *[part(values, took["WeasyPrint, one document"], clock) for clock in ("wall", "cpu")],
            bar,
        )
    for name, values in whole.items():
        each = middle(values)
        row(name, f"{each.wall:.2f}", f"{each.cpu:.2f}", "", f"{each.wall / base.wall:.4f}", "", "")


def show_peers(book: Book, folder: Path, base: Spent) -> None:
    """Print what other tools take, once each."""
    for name, words in peers(book, folder):
        if words is None:
            row(name, "not installed", "", "", "", "", "")
            continue
        try:
            spent = timed(words, cwd=folder)
        except RuntimeError as failure:
            print(failure, file=sys.stderr)
            row(name, "fails", "", "", "", "", "")
            continue
        row(name, f"{spent.wall:.2f}", f"{spent.cpu:.2f}", "", f"{spent.wall / base.wall:.2f}", "", "")


def main() -> None:
    """Measure and print."""
    reads = argparse.ArgumentParser(description=__doc__)
    reads.add_argument("essays", type=int, nargs="*", default=[20, 200])
    reads.add_argument("--runs", type=int, default=3)
    reads.add_argument("--stock-runs", type=int, help="how often WeasyPrint lays out the whole; as the rest")
    reads.add_argument("--peers", action="store_true", help="measure other tools too, where they are installed")
    told = reads.parse_args()
    computed = {}
    for essays in told.essays:
        with tempfile.TemporaryDirectory() as held:
            book = Book(Path(held, "book"), essays)
            took = measured(book, Path(held), told.runs, told.stock_runs or told.runs)
            show(essays, took, commands(book, Path(held)))
            if told.peers:
                show_peers(book, Path(held), middle(took["WeasyPrint, one document"]))
            computed[essays] = middle(took["full build"]).cpu
    if len(computed) > 1:
        (few, first), *_, (many, last) = sorted(computed.items())
        growth = math.log(last / first) / math.log(many / few)
        print(f"\nThe CPU of a full build grows with the essays to the power of {growth:.3f}; the bar is 1.05.")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one(sys.argv[2], *map(Path, sys.argv[3:]))
    else:
        main()
