"""Importers: one module a kind of source. The folder is scanned, so a new reader needs no other edit.

A reader is a module of this folder that defines `KIND`, `sniff(source)` and `read(source)`; see `Reader`. A module
whose name begins with an underscore, or that lacks these names, is no reader.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any, Protocol, cast

from overprint.diagnostics import Exit, Made, Place, Stop, error
from overprint.importers.exports.choice import choose
from overprint.importers.source import Source, load, refusal, slug_of
from overprint.model import Origin

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from overprint.model import Imported

__all__ = ["Options", "Reader", "Source", "kinds", "load", "read", "slug_of"]

UNKNOWN_KIND = error(
    "I009",
    "no reader is called “{kind}”",
    "use one of {known} after --from, or leave --from out",
    "--from forces the reader of a source. The name after it must be one that this installation has. "
    "Without --from the reader is chosen by what the file holds, which is right nearly always.",
)
ONE_SLUG = error(
    "I010",
    "--slug names one essay, but {name} holds {count}",
    "leave --slug out: each essay is named after its title",
    "A slug is the short name of one essay's folder. A source with several essays cannot put them all "
    "in one folder, so their names are made from their titles. Rename the folders afterwards if you like.",
)
ANSWERED_BY = {"I021": "title", "I023": "author", "I072": "title", "I074": "author", "I076": "date"}
"""Findings that an option of the command line answers: no title, author or date was found."""


@dataclass(frozen=True, slots=True)
class Options:
    """What the editor wants of a source; a reader gets those that its `read` has a keyword for.

    Attributes:
        only: the essays to take, by title, slug, id or address; nothing means all.
        today: the date from which “2 days ago” counts, as 2025-03-14; empty means that it cannot be known.
        url: the address of the one page that is imported; empty means that the page has to say it.
        word_comments: whether the remarks in a Word document are comments of readers.
    """

    only: tuple[str, ...] = ()
    today: str = ""
    word_comments: bool = False
    url: str = ""


NO_OPTIONS = Options()


class Reader(Protocol):
    """What a reader's module defines."""

    KIND: str

    def sniff(self, source: Source) -> float:
        """Return how sure the reader is, by content, that the source is its own: 0 not at all, 1 certain."""

    def read(self, source: Source, **options: Any) -> Made[tuple[Imported, ...]]:
        """Return the essays of the source; an empty `slug` is filled in afterwards. It has the `Options` it takes."""


@cache
def _readers() -> dict[str, Reader]:
    names = sorted(module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_"))
    modules = [importlib.import_module(f"{__name__}.{name}") for name in names]
    found = [cast("Reader", each) for each in modules if all(hasattr(each, name) for name in ("KIND", "sniff", "read"))]
    return {reader.KIND: reader for reader in found}


def kinds() -> tuple[str, ...]:
    """Return the kinds of source that can be read, sorted."""
    return tuple(sorted(_readers()))


def reader_for(source: Source, kind: str = "") -> Reader:
    """Return the reader called `kind`, or the one that is most sure of the source.

    Raises:
        Stop: there is no reader of that name, or none that knows the source.
    """
    readers = _readers()
    if kind:
        if kind not in readers:
            raise Stop(UNKNOWN_KIND.at(kind=kind, known=", ".join(kinds())), exit=Exit.USAGE)
        return readers[kind]
    sure, best = max((readers[name].sniff(source), name) for name in kinds())
    if sure <= 0:
        raise Stop(refusal(source, kinds()))
    return readers[best]


def read(path: Path, *, kind: str = "", slug: str = "", options: Options = NO_OPTIONS) -> Made[tuple[Imported, ...]]:
    """Read the essays of a source.

    Args:
        path: the file.
        kind: the reader to use; by default the one that recognises the file.
        slug: the short name of the essay; by default made from its title or the file's name.
        options: what else the editor wants.

    Raises:
        Stop: the source cannot be read, or holds no essay.
    """
    if kind and kind not in _readers():
        raise Stop(UNKNOWN_KIND.at(kind=kind, known=", ".join(kinds())), exit=Exit.USAGE)
    source = load(path)
    reader = reader_for(source, kind)
    takes = inspect.signature(reader.read).parameters
    wanted = {name: getattr(options, name) for name in ("only", "today", "word_comments", "url") if name in takes}
    made = reader.read(source, **wanted)
    said = made.diagnostics
    essays = _named(made.value, path.stem)
    if options.only and "only" not in takes:
        chosen = choose(essays, options.only, source, names=_names, group=lambda each: "")
        essays, said = tuple(chosen.value), (*said, *chosen.diagnostics)
    if slug and len(essays) > 1:
        fault = ONE_SLUG.at(Place(source.name), name=source.name, count=len(essays))
        raise Stop(fault, exit=Exit.USAGE)
    origin = Origin(str(path), reader.KIND, source.sha256)
    return Made(tuple(replace(each, slug=slug_of(slug) or each.slug, origin=origin) for each in essays), said)


def _names(essay: Imported) -> tuple[str, ...]:
    return (essay.slug, essay.title or "", essay.id, essay.url or "")


def _named(essays: Iterable[Imported], stem: str) -> tuple[Imported, ...]:
    """Give each essay a slug of its own, in order, so that the same source gives the same names each time."""
    taken: set[str] = set()
    latest: dict[str, int] = {}
    named = []
    for essay in essays:
        wanted = essay.slug or slug_of(essay.title or "") or slug_of(stem) or "essay"
        name, count = wanted, latest.get(wanted, 1)
        while name in taken:
            count += 1
            name = f"{wanted}-{count}"
        latest[wanted] = count
        taken.add(name)
        named.append(replace(essay, slug=name))
    return tuple(named)
