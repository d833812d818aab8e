"""A book in pieces → one PDF: new pieces are laid out in workers, known ones come from the cache, then all are joined.

The parent loads neither WeasyPrint nor a PDF library. `concurrent.futures.Executor` is the only seam to the workers.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import re
from base64 import b64decode
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, as_completed
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from overprint.diagnostics import NOWHERE, Diagnostic, Exit, Place, Stop
from overprint.model import Resource
from overprint.render.pdf import messages, numbering, tasks
from overprint.render.pdf.audit import astray, drift
from overprint.render.pdf.cache import Cache, key
from overprint.render.pdf.files import read
from overprint.render.pdf.fragment import Fragment, Moved, moved
from overprint.render.pdf.glyphs import union
from overprint.render.pdf.job import (
    Layout,
    PdfJob,
    Piece,
    Sheet,
    Start,
    Style,
    identifier,
    said_as_json,
    said_from_json,
)
from overprint.render.pdf.link import LARGEST, Bound, Placed, TooLargeError, bases, link, shared
from overprint.render.pdf.numbering import Leaf
from overprint.render.pdf.page_fit.said import bad_end
from overprint.render.pdf.tailored import UNKNOWN_PAGE
from overprint.render.pdf.tame import oversized, tame
from overprint.render.pdf.versions import versions

ROUNDS = 8
"""How often pieces are laid out again because page numbers that they show have changed."""

AT_ONCE = 100
"""Pages whose margins one worker draws in one task."""

FEW = 3
"""So many pieces that are laid out anew are shown before the book is whole, where there are more that are not."""

SPARE = 4
"""How many times as much furniture is kept as the book has."""

Watch = Callable[[int, int, str], None]
"""Called with pieces done, pieces to do, and the title of the one just done."""

First = Callable[[Layout, Path, tuple[int, ...]], None]
"""Called with how the book will be, a PDF of the pages that were laid out anew, and where they stand in it."""


_ID = re.compile(r' id="([^"]+)"')


class OneDocumentError(Exception):
    """The pieces cannot be laid out apart; the reason is in words of CSS."""


class LostBodyError(Exception):
    """A fragment of which the head is kept has lost its body; the build has to begin again without what was kept."""


@dataclass
class Engine:
    """One build of one book."""

    job: PdfJob
    executor: Executor
    cache: Cache
    watch: Watch = lambda *_: None
    begin: Callable[[], object] = lambda: None
    first: First | None = None
    said: list[Diagnostic] = field(default_factory=list)
    _unkept: dict[str, bytes] = field(default_factory=dict)
    _new: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Find the keys of all pieces."""
        self.style = key("style", versions(), repr(self.job.style.stylesheets), *_contents(self.job.style))
        self.shell = key("shell", self.style, self.job.before, self.job.after)
        self.keys = [
            # Messages name places, so a piece of which the lines have moved is another one.
            key(self.shell, each.name, each.html, str(at == 0), repr(self._places(each)), *_files(each.resources))
            for at, each in enumerate(self.job.pieces)
        ]

    # ------------------------------------------------------------------ the whole

    def pdf(self, target: Path) -> Layout:
        """Write the book.

        Raises:
            OneDocumentError: it has to be laid out as one document.
            LostBodyError: what was kept is gone; nothing is to be made of what has been written.
            Stop: a piece could not be laid out.
            OSError: the book cannot be written.
        """
        whole = key("book", *self.keys)
        if kept := self.cache.get(whole):
            size = int.from_bytes(kept[:4])
            told = json.loads(kept[4 : 4 + size])
            self.said += said_from_json(told["said"])
            target.write_bytes(memoryview(kept)[4 + size :])
            return Layout.from_json(told["layout"])
        # There is work: let a worker load its libraries while we look up what is known.
        self.begin()
        heads, names = self._settled()
        leaves = numbering.leaves(heads, self.blank_pages)
        drawn = self._furniture(heads, leaves)
        if self.first and 0 < len(self._new) <= FEW < len(heads):
            changed = {at: leaf for at, leaf in enumerate(leaves) if not leaf.blank and leaf.piece in self._new}
            beside = target.with_suffix(".first.pdf")
            self._join(heads, names, [*changed.values()], drawn, beside)
            self.first(Layout(self._sheets(heads, leaves), ()), beside, tuple(changed))
        self._join(heads, names, leaves, drawn, target)
        layout = self._layout(heads, leaves)
        told = json.dumps({"said": said_as_json(self.said), "layout": layout.to_json()}).encode()
        self.cache.put(whole, len(told).to_bytes(4), told, target.read_bytes())
        return layout

    # ------------------------------------------------------------------ pieces

    def _settled(self) -> tuple[list[dict[str, Any]], list[str]]:
        """Lay out the pieces until the page numbers that they show are the book's; return their heads and keys."""
        shown = [self._shown_last(at) for at in range(len(self.keys))]
        for _ in range(ROUNDS):
            names = [
                key("laid out", name, json.dumps(told, sort_keys=True))
                for name, told in zip(self.keys, shown, strict=True)
            ]
            heads = self._laid_out(names, shown)
            if reason := numbering.apart(heads):
                raise OneDocumentError(reason)
            leaves = numbering.leaves(heads, self.blank_pages)
            wanted = self._wanted(heads, leaves)
            for name, head, told in zip(self.keys, heads, wanted, strict=True):
                if head["asked"] or head["own"]:
                    self.cache.put(key("asked", name), json.dumps(told).encode())
            if wanted == shown:
                break
            shown = wanted
        else:
            self.said.append(messages.UNSETTLED.at())
        return heads, names

    def _shown_last(self, at: int) -> dict[str, Any]:
        """Return the page numbers that a piece showed in the last build, if it shows any."""
        kept = self.cache.get(key("asked", self.keys[at]))
        return json.loads(kept) if kept else {}

    def _wanted(self, heads: Sequence[Mapping[str, Any]], leaves: Sequence[Leaf]) -> list[dict[str, Any]]:
        known = numbering.anchors(leaves)
        before = {leaf.piece: leaf.number - leaf.facts["number"] for leaf in reversed(leaves) if not leaf.blank}
        wanted: list[dict[str, Any]] = []
        for at, head in enumerate(heads):
            told: dict[str, Any] = {}
            if head["asked"]:
                told["pages"] = {name: known.get(name, UNKNOWN_PAGE) for name in head["asked"]}
            if head["own"]:
                told["before"] = before[at]
            wanted.append(told)
        return wanted

    def _laid_out(self, names: Sequence[str], shown: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        heads: list[dict[str, Any] | None] = [self._head(name) for name in names]
        new = [at for at, head in enumerate(heads) if head is None]
        self._new.update(new)
        wild = [said for at in new for said in tame(self.job.document(self.job.pieces[at]))]
        wild += [said for at in new for said in oversized(self.job.pieces[at].resources)]
        if wild:
            raise Stop(*wild, exit=Exit.CONTENT)
        blank = self._blank_begun()
        waiting = {self.executor.submit(tasks.lay_out, self._order(at, shown[at])): at for at in new}
        done = len(heads) - len(waiting)
        try:
            for future in as_completed(waiting):
                at = waiting.pop(future)  # or its result would be held as long as any
                heads[at] = self._keep(names[at], self._result(future, self.job.pieces[at]))
                done += 1
                self.watch(done, len(heads), self.job.pieces[at].title or self.job.pieces[at].name)
            self._blank_done(blank)
        finally:
            for future in waiting:
                future.cancel()
        return [head for head in heads if head is not None]

    def _blank_begun(self) -> Future[bytes] | None:
        """Have the blank pages laid out, if they are not known."""
        self.blank_name = key("blank", self.shell)
        self.blank_head = self._head(self.blank_name) or {}
        return None if self.blank_head else self.executor.submit(tasks.blanks, self._order(-1, {}))

    def _blank_done(self, begun: Future[bytes] | None) -> None:
        if begun is not None:
            self.blank_head = self._keep(self.blank_name, begun.result())
        pages = enumerate(self.blank_head["pages"])
        self.blank_pages = {facts["kind"][0]: (at, facts) for at, facts in pages if facts["kind"][1]}

    def _order(self, at: int, told: Mapping[str, Any]) -> tasks.PieceOrder:
        piece = self.job.pieces[at] if at >= 0 else Piece("blank", tasks.BLANKS)
        return tasks.PieceOrder(
            self.job.style,
            self.job.document(piece),
            piece,
            at == 0,
            told.get("before", 0),
            told.get("pages", {}),
            self._places(piece),
        )

    def _places(self, piece: Piece) -> dict[str, Place]:
        """Return where editors find the elements of a piece."""
        places = self.job.places
        return {name: places[name] for name in _ID.findall(piece.html) if name in places}

    def _result(self, future: Future[bytes], piece: Piece) -> bytes:
        try:
            return future.result()
        except Stop as stop:
            place = self.job.places.get(piece.name, NOWHERE)
            said = (each if each.place.path else dataclasses.replace(each, place=place) for each in stop.diagnostics)
            raise Stop(*said, exit=stop.exit) from stop.__cause__

    def _keep(self, name: str, data: bytes) -> dict[str, Any]:
        """Keep a fragment in two entries, since most builds need the head alone, and return the head."""
        fragment = Fragment.unpacked(data)
        head = fragment.head | {"count": fragment.count, "plain": len(fragment.plain)}
        if not self.cache.put(key("body", name), data):
            self._unkept[name] = data
        self.cache.put(name, json.dumps(head).encode())
        return head

    def _head(self, name: str) -> dict[str, Any] | None:
        kept = self.cache.get(name)
        return json.loads(kept) if kept else None

    # ------------------------------------------------------------------ running heads, folios, typefaces

    def _furniture(self, heads: Sequence[Mapping[str, Any]], leaves: Sequence[Leaf]) -> dict[str, list[Any]]:
        """Return what stands on the edges of the pages, by the key that `_edges` gives it."""
        kept = self.cache.get(key("furniture", self.shell))
        known: dict[str, list[Any]] = json.loads(kept) if kept else {}
        total = len(leaves)
        missing: dict[str, tuple[Leaf, list[tuple[str, str]]]] = {}
        used: set[str] = set()
        for leaf in leaves:
            leaf.edges = edges = self._edges(heads, leaf, total)
            used.update(edges.values())
            if any(edge not in known for edge in edges.values()):
                missing.setdefault(json.dumps(list(edges.values())), (leaf, list(edges.items())))
        pages = list(missing.values())
        batches = [pages[start : start + AT_ONCE] for start in range(0, len(pages), AT_ONCE)]
        shell = self.job.before + self.job.after
        futures = [
            self.executor.submit(
                tasks.draw,
                tasks.FurnitureOrder(self.job.style, shell, tuple(_margins(leaf, total) for leaf, _ in batch)),
            )
            for batch in batches
        ]
        whole = True
        for future, batch in zip(futures, batches, strict=True):
            result = json.loads(future.result())
            if "reason" in result:
                raise OneDocumentError(result["reason"])
            self.said += said_from_json(result["said"])
            whole = whole and not result["said"]
            for (_, shown), drawn in zip(batch, result["drawn"], strict=True):
                known.update((name, drawn.get(edge) or []) for edge, name in shown)
        now = {name: known[name] for name in sorted(used)}
        if missing and whole:
            # What the book had before may come back with the next edit, but not for ever.
            rest = known if len(known) < SPARE * len(now) else now
            self.cache.put(key("furniture", self.shell), json.dumps(rest).encode())
        return now

    def _edges(self, heads: Sequence[Mapping[str, Any]], leaf: Leaf, total: int) -> dict[str, str]:
        """Return a key for what stands on each edge of a page: equal keys look equal."""
        kind = leaf.facts["class"]
        margins = (self.blank_head if leaf.blank else heads[leaf.piece])["margins"][kind]
        counters = {"page": leaf.number, "pages": total}
        edges = {}
        for edge, shown in margins.items():
            strings = [leaf.strings.get((name, keyword), "") for name, keyword in shown["strings"]]
            numbers = [counters.get(name, 0) for name, _ in shown["counters"]]
            edges[edge] = json.dumps([kind, edge, strings, numbers], ensure_ascii=False)
        return edges

    def _fonts(self, heads: Iterable[Mapping[str, Any]], drawn: Mapping[str, list[Any]]) -> Fragment:
        uses = [use for head in heads for use in head["fonts"]]
        uses += [use for each in drawn.values() if each for use in each[2]]
        order = tasks.FontsOrder(self.job.style, json.dumps(union(uses)))
        name = key("typefaces", self.style, order.uses)
        data = self.cache.get(name)
        if data is None:
            data = self.executor.submit(tasks.subset_fonts, order).result()
            self.cache.put(name, data)
        return Fragment.unpacked(data)

    # ------------------------------------------------------------------ joining

    def _join(
        self,
        heads: Sequence[Mapping[str, Any]],
        names: Sequence[str],
        leaves: Sequence[Leaf],
        drawn: Mapping[str, list[Any]],
        target: Path,
    ) -> None:
        fonts = self._fonts([*heads, self.blank_head], drawn)
        runs = _runs(leaves)
        counts = [(fonts.count, len(fonts.plain))]
        of_run = [
            (self.blank_head, self.blank_name) if run[0].blank else (heads[run[0].piece], names[run[0].piece])
            for run in runs
        ]
        counts += [(head["count"], head["plain"]) for head, _ in of_run]
        fonts_base, *starts = bases(counts)
        dictionary = fonts_base + fonts.head["dictionary"]

        def placed() -> Iterator[Placed]:
            pictures: dict[str, int] = {}
            for run, (head, name), base in zip(runs, of_run, starts, strict=False):
                leads = shared(head, base, dictionary, pictures)
                edges = [[edge for edge in leaf.edges.values() if drawn[edge]] for leaf in run]
                objects = self._moved(name, base, leads)
                yield Placed(head, base, leads, objects, [leaf.at for leaf in run], edges)

        bound = Bound(
            placed(),
            moved(fonts, fonts_base, {}),
            dictionary,
            {name: b64decode(each[0]) for name, each in drawn.items() if each},
            {state: text for each in drawn.values() if each for state, text in each[1]["ExtGState"].items()},
            numbering.labels(leaves),
            identifier(self.job.document(), self.job.style),
            starts[-1],
        )
        try:
            with target.open("wb") as file:
                link(bound, file)
        except TooLargeError:
            raise Stop(messages.TOO_LARGE.at(gigabytes=LARGEST >> 30), exit=Exit.CANNOT) from None

    def _moved(self, name: str, base: int, leads: Mapping[int, int]) -> Moved:
        there = key("moved", name, str(base), repr(sorted(leads.items())))
        if kept := self.cache.get(there):
            return Moved.unpacked(kept)
        # The disk may be full or read-only, or another build may just have made room.
        body = self._unkept.get(name) or self.cache.get(key("body", name))
        if body is None:
            raise LostBodyError(name)
        made = moved(Fragment.unpacked(body), base, leads)
        self.cache.put(there, made.packed())
        return made

    def _layout(self, heads: Sequence[Mapping[str, Any]], leaves: Sequence[Leaf]) -> Layout:
        known = numbering.anchors(leaves)
        for head in heads:
            self.said += said_from_json(head["said"])
            for target, where, *place in head["leads"]:
                if target not in known:
                    self.said.append(astray(target, Place(*place), where))
        sheets = {(leaf.piece, leaf.at): sheet for sheet, leaf in enumerate(leaves) if not leaf.blank}
        named = numbering.labelled(numbering.labels(leaves), len(leaves))
        notes = []
        for piece, head in enumerate(heads):
            notes += [(ident, sheets[piece, call], sheets[piece, body]) for ident, call, body in head["notes"]]
            for where, call, note, *place in head["drifted"]:
                self.said.append(drift(Place(*place), where, sheets[piece, call], sheets[piece, note]))
            for place, where, what, page, lines in head["uneven"]:
                self.said.append(bad_end(Place(*place), where, what, sheets[piece, page], lines, named))
        return Layout(self._sheets(heads, leaves), tuple(notes))

    def _sheets(self, heads: Sequence[Mapping[str, Any]], leaves: Sequence[Leaf]) -> tuple[Sheet, ...]:
        named = numbering.labelled(numbering.labels(leaves), len(leaves))
        told = [None if leaf.blank else heads[leaf.piece]["starts"][leaf.at] for leaf in leaves]
        begun = [start_of(self.job.pieces[leaf.piece], start) for leaf, start in zip(leaves, told, strict=True)]
        return tuple(map(Sheet, named, begun))


def start_of(piece: Piece, told: Sequence[Any] | None) -> Start | None:
    """Return what a page begins with, as the worker told it of a piece."""
    if told is None:
        return None
    chapter, *rest = told
    return Start(piece.chapters[chapter] if chapter < len(piece.chapters) else piece.name, *rest)


def _runs(leaves: Iterable[Leaf]) -> list[list[Leaf]]:
    """Return the pages that stand together: those of a piece, and each blank page by itself."""
    runs: list[list[Leaf]] = []
    for leaf in leaves:
        if runs and not leaf.blank and not runs[-1][0].blank and runs[-1][0].piece == leaf.piece:
            runs[-1].append(leaf)
        else:
            runs.append([leaf])
    return runs


def _margins(leaf: Leaf, total: int) -> tuple[Any, ...]:
    """Return the arguments of `furniture.Margins` for a page."""
    side, blank, name, index, groups = leaf.facts["kind"]
    strings = tuple((name, keyword, text) for (name, keyword), text in sorted(leaf.strings.items()))
    kind = (side, blank, name, index, tuple((group, at) for group, at in groups))
    return kind, strings, (("page", leaf.number), ("pages", total))


def _contents(style: Style) -> list[str]:
    """Return what makes a style, besides its sheets: digests of its files, with all that names them."""
    faces = [f"{each.family} {each.weight} {each.style} {each.path.name} {_digest(each.path)}" for each in style.faces]
    return [*faces, *_files(style.resources), repr((style.srgb, style.system_fonts))]


def _files(resources: Iterable[Resource]) -> list[str]:
    return [f"{each.name} {each.media_type} {_digest(each.path)}" for each in resources]


def _digest(path: Path) -> str:
    """Return a digest of a file; of one that cannot be read the layout speaks."""
    try:
        return hashlib.sha256(read(path)).hexdigest()
    except OSError as reason:
        return str(reason)
