"""Compare the processor time of `overprint validate` with that of other checkers on the same words.

`python benchmarks/validate.py [RUNS]` measures the checkers that are on the PATH, on the example and on 200 essays.
"""

from __future__ import annotations

import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from corpus import anthology

from overprint import markup
from overprint.diagnostics import Exit
from overprint.manuscript import read
from overprint.model import Text

CHAPTER = """\
<?xml version="1.0" encoding="utf-8"?>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" xml:lang="en-GB">
	<head>
		<title>{title}</title>
		<link href="../css/core.css" rel="stylesheet" type="text/css"/>
	</head>
	<body epub:type="bodymatter">
		<section id="{name}" epub:type="chapter">
			<h2 epub:type="title">{title}</h2>
			{body}
		</section>
	</body>
</html>
"""
SILENT = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


def texts(root: Path) -> Iterator[tuple[str, str, list[Text]]]:
    """Yield each essay's name and title, and its body, its authors' lives and its comments."""
    manuscript = read.manuscript(root).value
    for essay in manuscript.essays:
        lives = [manuscript.people[author].bio for author in essay.authors]
        yield essay.slug, essay.title, [essay.body, *lives, *(comment.body for comment in essay.comments)]


def ebook(root: Path, folder: Path) -> Path:
    """Write the words of a project as a source tree of Standard Ebooks."""
    subprocess.run(
        ["se", "create-draft", "--offline", "--author", "A Writer", "--title", "A Book"],
        cwd=folder,
        check=True,
        **SILENT,
    )
    [draft] = folder.iterdir()
    names = []
    for name, title, parts in texts(root):
        names.append(f"{name}.xhtml")
        body = "\n".join(markup.fragment(part, f"{name}-{each}").value.html for each, part in enumerate(parts))
        target = draft / "src/epub/text" / names[-1]
        target.write_text(CHAPTER.format(name=name, title=title, body=body), "utf-8")
    package = draft / "src/epub/content.opf"
    items = "".join(
        f'\t\t<item href="text/{name}" id="{name}" media-type="application/xhtml+xml"/>\n' for name in names
    )
    spine = "".join(f'\t\t<itemref idref="{name}"/>\n' for name in names)
    opf = package.read_text("utf-8").replace("\t</manifest>", f"{items}\t</manifest>")
    package.write_text(opf.replace("\t</spine>", f"{spine}\t</spine>"), "utf-8")
    return draft


def commands(root: Path, folder: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield the name and the command of each checker that is here, with what it reads made ready in `folder`."""
    pages = sorted(map(str, (root / "manuscript").rglob("*.md")))
    yield "overprint validate", [sys.executable, "-m", "overprint", "-C", str(root), "validate"]
    if shutil.which("se"):
        yield "se lint", ["se", "lint", str(ebook(root, folder))]
    if shutil.which("proselint"):
        yield "proselint check", ["proselint", "check", *pages]
    if shutil.which("markdownlint-cli2"):
        yield "markdownlint-cli2", ["markdownlint-cli2", *pages]


def seconds(command: list[str], cwd: Path) -> float:
    """Return the seconds of processor that a command and its children take."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, check=False, cwd=cwd, **SILENT)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if command[:3] == [sys.executable, "-m", "overprint"] and done.returncode not in {Exit.GOOD, Exit.CONTENT}:
        raise SystemExit(f"{' '.join(command)} ended with {done.returncode}")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main(runs: int) -> None:
    """Print a table: checker, median seconds, and how often overprint's time goes into it."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program has its modules compiled
    with tempfile.TemporaryDirectory() as held:
        folder = Path(held)
        anthology(folder / "200 essays", 200)
        for root in (Path(__file__).parents[1], folder / "200 essays"):
            words = sum(len(part.value.split()) for _, _, parts in texts(root) for part in parts)
            print(f"{root.name}, {words:,} words")
            tree = Path(tempfile.mkdtemp(dir=folder))
            own = 0.0
            for name, command in commands(root, tree):
                seconds(command, folder)
                took = statistics.median(seconds(command, folder) for _ in range(runs))
                own = own or took
                print(f"  {name:<20}{took:8.2f} s{took / own:8.1f} ×", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
