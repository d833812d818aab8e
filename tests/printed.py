"""What tests of printed books share: workers that work at once, WeasyPrint's own PDF, and all that a PDF shows."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any

import pymupdf
from PIL import Image, ImageChops
from pypdf import PdfReader

from overprint.diagnostics import Made
from overprint.render.pdf import Layout, PdfJob, tasks
from overprint.render.pdf.book import render
from overprint.render.pdf.cache import Cache

Seen = dict[str, Any]
ROUNDED = 4
"""Of 255 shades."""


class AtOnce(Executor):
    """Does each task when it is asked for, in this process, and counts them by name."""

    def __init__(self) -> None:
        self.done: list[str] = []

    def submit(self, task: Callable[..., Any], /, *args: Any, **more: Any) -> Future[Any]:
        future: Future[Any] = Future()
        self.done.append(task.__name__)
        try:
            future.set_result(task(*args, **more))
        except Exception as failed:
            future.set_exception(failed)
        return future


def joined(job: PdfJob, target: Path, *, cache: Cache | None = None, executor: Executor | None = None) -> Made[Layout]:
    """Lay out a book in pieces."""
    return render(job, target, cache=cache, executor=executor or AtOnce())


def stock(job: PdfJob, target: Path) -> None:
    """Lay out a book by WeasyPrint's one usual call."""
    desk = tasks._begun(job.style, job.resources)
    with desk.heard():
        desk.html(job.document()).write_pdf(target, **desk.options(), **desk.shared)


def checked(path: Path) -> None:
    """Have qpdf look at a PDF, where it is installed."""
    if shutil.which("qpdf"):
        done = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr


def seen(path: Path) -> Seen:
    """Return all that a reader, a printer or a screen reader gets from a PDF, but page labels."""
    opened: Any = pymupdf.Document
    with opened(path) as pdf:
        pages = [_page(each) for each in pdf]
        result: Seen = {f"page {number}": page for number, page in enumerate(pages, 1)}
        result["outline"] = [(*line[:3], _target(line[3])) for line in pdf.get_toc(simple=False)]
        result["info"] = pdf.metadata
        result["names"] = {
            name: (at["page"], tuple(round(each, 1) for each in at.get("to", ())))
            for name, at in pdf.resolve_names().items()
        }
    with PdfReader(path) as reader:
        result["catalogue"] = {
            key: repr(value)
            for key, value in reader.root_object.items()
            if key not in ("/Pages", "/StructTreeRoot", "/Names", "/Outlines", "/PageLabels")
        }
        result["tree"] = Tree(reader).lines
    return result


def labels(path: Path) -> list[str]:
    """Return the page labels of a PDF."""
    with PdfReader(path) as reader:
        return list(reader.page_labels)


def _page(page: Any) -> Seen:
    text = page.get_text("rawdict", flags=0)["blocks"]
    spans = [span for block in text for line in block.get("lines", ()) for span in line["spans"]]
    return {
        "letters": [
            (each["c"], *(round(at, 1) for at in each["origin"]), span["font"], round(span["size"], 2), span["color"])
            for span in spans
            for each in span["chars"]
        ],
        "boxes": [tuple(box) for box in (page.mediabox, page.cropbox, page.bleedbox, page.trimbox, page.artbox)],
        "links": [(tuple(round(edge, 1) for edge in each["from"]), _target(each)) for each in page.get_links()],
        "pictures": sorted((*map(round, each["bbox"]), each["digest"]) for each in page.get_image_info(hashes=True)),
        "look": Look(page),
    }


def _target(link: Any) -> tuple[Any, ...]:
    there = tuple(round(each) for each in link.get("to") or ())
    return link["kind"], link.get("uri"), link.get("page"), there, link.get("collapse"), link.get("zoom")


class Look:
    """How a page looks. Two are equal where no dot differs by more than one letter's edge may by rounding."""

    def __init__(self, page: Any) -> None:
        dots = page.get_pixmap(dpi=72)
        self.picture = Image.frombytes("RGB", (dots.width, dots.height), dots.samples)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Look) or self.picture.size != other.picture.size:
            return False
        apart = ImageChops.difference(self.picture, other.picture).convert("L")
        return max(apart.tobytes()) <= ROUNDED

    __hash__ = None  # type: ignore[assignment]


class Tree:
    """The structure of a PDF as lines: each element in its order, with the marks and links that it holds.

    Names of header cells are told as numbers in their order, since a joined book names them otherwise.
    """

    def __init__(self, reader: PdfReader) -> None:
        catalogue: Any = reader.root_object
        self.root = catalogue["/StructTreeRoot"]
        self.pages = {_number(page): at for at, page in enumerate(reader.pages)}
        keys: dict[int, Any] = {_number(page): page.get("/StructParents") for page in reader.pages}
        self.cells: dict[bytes, int] = {}
        self.lines: list[str] = []
        self.owners: dict[tuple[int, int], int] = {}
        self.leaves = dict(self._leaves(self.root["/ParentTree"]))
        self._element(self.root["/K"][0].get_object(), 0, self.root)
        for page, at in self.pages.items():
            for mark, owner in enumerate(self.leaves[keys[page]].get_object()):
                # WeasyPrint tags margins, but hangs them nowhere.
                assert self.owners.pop((at, mark), owner.idnum) == owner.idnum, f"mark {mark} on {at} leads elsewhere"
        assert not self.owners

    def _leaves(self, node: Any) -> Iterator[tuple[int, Any]]:
        for each in node.get("/Kids", ()):
            yield from self._leaves(each.get_object())
        numbers = node.get("/Nums", ())
        low, high = node.get("/Limits", (0, len(numbers)))
        for key, value in zip(numbers[::2], numbers[1::2], strict=True):
            assert low <= key <= high, "a reader will not find this key"
            yield int(key), value

    def _element(self, element: Any, depth: int, parent: Any) -> None:
        assert _number(element["/P"]) == _number(parent), "an element names another parent than the one it stands in"
        told = {
            key: self._told(key, element[key]) for key in sorted(element) if key not in ("/K", "/P", "/Pg", "/Type")
        }
        self.lines.append(f"{' ' * depth}{told}")
        for kid in element.get("/K", ()):
            kid = kid.get_object()
            if isinstance(kid, int):
                self._holds(element, kid, depth)
            elif kid["/Type"] == "/OBJR":
                link, page = kid["/Obj"], self.pages[_number(kid["/Pg"])]
                words = [str(link.get(key)) for key in ("/Subtype", "/Contents", "/Rect")]
                self.lines.append(f"{' ' * depth} {' '.join(words)} on {page}")
                assert self.leaves[link["/StructParent"]].idnum == _number(element), "a link's element is another"
            else:
                self._element(kid, depth + 1, element)

    def _holds(self, element: Any, mark: int, depth: int) -> None:
        page = self.pages[_number(element["/Pg"])]
        self.owners[page, mark] = _number(element)
        self.lines.append(f"{' ' * depth} mark {mark} on {page}")

    def _told(self, key: str, value: Any) -> Any:
        if key == "/ID":
            return self.cells.setdefault(value, len(self.cells))
        if key == "/Headers":
            return [self.cells.setdefault(each, len(self.cells)) for each in value]
        if isinstance(value, dict):
            return {inner: self._told(inner, value[inner]) for inner in sorted(value)}
        return value


def _number(thing: Any) -> int:
    return int(thing.indirect_reference.idnum)
