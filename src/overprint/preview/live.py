"""The book kept alive: built again whenever files were saved, the last good one shown meanwhile."""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import hashlib
import shutil
import tempfile
import threading
import time
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any

from overprint import files, pipeline
from overprint.diagnostics import Diagnostic, Place, Stop, error, in_order
from overprint.model import Composed, Manuscript
from overprint.preview import facts
from overprint.preview.book_parts import EpubFiles
from overprint.preview.pages import Gallery
from overprint.render.pdf import Layout
from overprint.render.pdf.job import Limits
from overprint.render.pdf.workers import Workers

OUTPUTS = ("pdf", "epub", "cover")

NOT_BUILT = error(
    "B151",
    "the books could not be built again ({reason})",
    "save again; if it comes back, run `overprint build` and report what it says",
    "A file that is written while it is read can be the cause. The preview keeps showing the last books.",
)


LARGE = 100
"""Pages; a smaller book is laid out and joined before its preview could be shown a part of it."""


class Lasting(Executor):
    """Workers that a finished book does not end: the next one comes soon."""

    def __init__(self, own: Workers) -> None:
        """Lend out `own`."""
        self._own = own
        self.start = own.start

    def submit(self, task: Callable[..., bytes], /, *args: Any) -> Future[bytes]:  # type: ignore[override]
        """Have a task done."""
        return self._own.submit(task, *args)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Stay."""


class Live:
    """Both books of a project, and what is to be said of them.

    Attributes:
        state: what the page shows, as JSON values; replaced as a whole.
        gallery: the printed pages.
        epub: the files of the EPUB, None before the first is there.
    """

    def __init__(self, root: Path, folder: Path, *, editor: bool) -> None:
        """Begin without books; they are made in `folder`, never in the project's own `build/`."""
        self.root, self._folder = root, folder
        self.gallery = Gallery()
        self.epub: EpubFiles | None = None
        self.state: dict[str, Any] = facts.EMPTY | {"editor": editor}
        self.ended = asyncio.Event()
        self._changed = asyncio.Event()
        self._loop = asyncio.get_running_loop()
        self._telling = threading.Lock()
        self._starts: dict[str, int] = {}
        self._sheets: list[str] = []
        (folder / "workers").mkdir(parents=True, exist_ok=True)
        self._lock = (folder / ".lock").open("w")
        fcntl.flock(self._lock, fcntl.LOCK_EX)
        self._workers = Workers(
            pipeline.cores(), folder=folder / "workers", limits=Limits(memory=2 << 30), warm="weasyprint"
        )

    @property
    def books(self) -> Path:
        """The folder of the finished books."""
        return self._folder / "books"

    def build(self) -> None:
        """Build both books of what the files hold now; when they cannot be built, the last ones stay."""
        begun = time.monotonic()
        self._tell(building=True)
        self._workers.start()
        said: tuple[Diagnostic, ...] = ()
        try:
            self._hasten(begun)
            checked = pipeline.validate(self.root, draft=False)
            said, manuscript = checked.diagnostics, checked.value[0]
            how = pipeline.Layouting(
                pipeline.cores(),
                files.own_cache() / "pages",
                workers=Lasting(self._workers),
                seen=lambda composed, layout, path: self._show_pages(manuscript, composed, layout, path, begun),
            )
            made = pipeline.bind(self.root, checked, OUTPUTS, self.books, layout=how)
        except Stop as stop:
            found = self._found(in_order(tuple(dict.fromkeys((*said, *stop.diagnostics)))))
            self._tell(building=False, stale=True, findings=found)
            return
        except Exception as fault:
            found = self._found((*said, NOT_BUILT.at(reason=f"{type(fault).__name__}: {fault}")))
            self._tell(building=False, stale=True, findings=found)
            return
        self._show_books(manuscript, made.diagnostics, begun)

    def _show_pages(self, manuscript: Manuscript, composed: Composed, layout: Layout, path: Path, begun: float) -> None:
        """Show pages as soon as they are laid out; the other books follow."""
        self._composed = composed
        self._sheets = [sheet.label for sheet in layout.sheets]
        self._starts = {}
        for index, sheet in enumerate(layout.sheets):
            if sheet.start:
                self._starts.setdefault(sheet.start.chapter, index)
        bleed = facts.bleed(path)
        pictures = self.gallery.show(path, bleed)
        self._tell(
            **facts.of_book(manuscript, composed),
            **facts.of_pages(composed, layout, pictures, bleed),
            stale=False,
            seconds=round(time.monotonic() - begun, 3),
        )

    def _hasten(self, begun: float) -> None:
        """Show the pages of what has changed before all is checked and joined, where there are books to show it in."""
        if len(self.gallery.names) < LARGE:
            return
        how = pipeline.Layouting(
            pipeline.cores(),
            files.own_cache() / "pages",
            workers=Lasting(self._workers),
            first=lambda composed, layout, path, at: self._show_first(composed, layout, path, at, begun),
        )
        with contextlib.suppress(Stop, OSError), tempfile.TemporaryDirectory(dir=self._folder) as room:
            pipeline.glimpse(self.root, how, Path(room))

    def _show_first(self, composed: Composed, layout: Layout, path: Path, at: tuple[int, ...], begun: float) -> None:
        """Show the pages of what has changed among those that were there; the whole book follows."""
        if at != tuple(range(at[0], at[-1] + 1)) or len(self.gallery.names) < len(layout.sheets) - len(at):
            return
        bleed = self.state["bleed"]
        pictures = self.gallery.show_among(path, bleed, at, len(layout.sheets))
        self._sheets = [sheet.label for sheet in layout.sheets]
        self._tell(**facts.of_pages(composed, layout, pictures, bleed), seconds=round(time.monotonic() - begun, 3))

    def _show_books(self, manuscript: Manuscript, said: tuple[Diagnostic, ...], begun: float) -> None:
        slug = manuscript.project.slug
        self.epub = EpubFiles(self.books / f"{slug}.epub")
        chapters = [(each.name, each.title) for each in self._composed.chapters if each.media != "print"]
        self._tell(
            building=False,
            chapters=self.epub.chapters(chapters),
            cover=_name(self.cover()),
            wrap=_name(self.wrap()),
            spine=facts.spine(manuscript.project, self._composed, len(self._sheets)),
            findings=self._found(said),
            stale=False,
            seconds=round(time.monotonic() - begun, 3),
        )

    def cover(self) -> Path | None:
        """Return the picture of the front."""
        return next(iter(sorted(self.books.glob("*.cover.jpg"))), None)

    def wrap(self) -> Path | None:
        """Return the picture of the whole cover."""
        return next(iter(sorted(self.books.glob("*.cover.proof.png"))), None)

    async def versions(self) -> AsyncIterator[int]:
        """Yield the number of the state now and whenever it has changed; 0 now and then, when nothing has."""
        told = -1
        while not self.ended.is_set():
            changed = self._changed
            if self.state["version"] != told:
                told = self.state["version"]
                yield told
                continue
            try:
                async with asyncio.timeout(15):
                    await changed.wait()
            except TimeoutError:
                yield 0

    def end(self) -> None:
        """Let go of all: processes, pages and the folder."""
        self._workers.shutdown(wait=True, cancel_futures=True)
        self.gallery.close()
        shutil.rmtree(self._folder, ignore_errors=True)
        self._lock.close()

    def wake(self) -> None:
        """Let all who wait look again."""
        changed, self._changed = self._changed, asyncio.Event()
        changed.set()

    def _tell(self, **news: Any) -> None:
        with self._telling:
            self.state = self.state | news | {"version": self.state["version"] + 1}
        with contextlib.suppress(RuntimeError):  # the server has ended
            self._loop.call_soon_threadsafe(self.wake)

    def _found(self, said: tuple[Diagnostic, ...]) -> list[dict[str, Any]]:
        return [{**each.as_record(), "page": self._page(each.place)} for each in said]

    def _page(self, place: Place) -> int | None:
        """Return the page that shows a place: the one named, else that on which its essay begins."""
        if place.page in self._sheets:
            return self._sheets.index(place.page)
        for part in reversed(Path(place.path).parts):
            name = part.partition(".")[0].lstrip("0123456789").lstrip("-")
            if name in self._starts:
                return self._starts[name]
        return None


def sweep(home: Path) -> None:
    """Remove the folders of previews that were killed; the lock of one that lives is held."""
    for folder in home.iterdir():
        if folder.is_dir():
            with contextlib.suppress(OSError), (folder / ".lock").open("w") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder, ignore_errors=True)


def _name(path: Path | None) -> str | None:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:24] if path else None
