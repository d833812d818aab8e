"""Importers: one module a kind of source. The folder is scanned, so a new reader needs no other edit.

A reader is a module of this folder that defines `KIND`, `sniff(source)` and `read(source)`; see `Reader`. A module
whose name begins with an underscore, or that lacks these names, is no reader.
"""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING, Protocol, cast

from overprint.diagnostics import Exit, Made, Place, Stop, error
from overprint.importers.source import Source, load, refusal, slug_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from overprint.model import Imported

__all__ = ["Reader", "Source", "kinds", "load", "read", "slug_of"]

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
ANSWERED_BY = {"I021": "title", "I023": "author"}
"""Findings that an option of the command line answers: I021 no title was found, I023 no author."""


class Reader(Protocol):
    """What a reader's module defines."""

    KIND: str

    def sniff(self, source: Source) -> float:
        """Return how sure the reader is, by content, that the source is its own: 0 not at all, 1 certain."""

    def read(self, source: Source) -> Made[tuple[Imported, ...]]:
        """Return the essays of the source; an empty `slug` is filled in afterwards."""


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


def keep_original(path: Path, folder: Path) -> None:
    """Keep the source as it came, named by its SHA-256, so that a later import can tell what has changed.

    Raises:
        OSError: the folder cannot be written.
    """
    source = load(path)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{source.sha256[:16]}-{path.name}").write_bytes(source.data)


def read(path: Path, *, kind: str = "", slug: str = "") -> Made[tuple[Imported, ...]]:
    """Read the essays of a source.

    Args:
        path: the file.
        kind: the reader to use; by default the one that recognises the file.
        slug: the short name of the essay; by default made from its title or the file's name.

    Raises:
        Stop: the source cannot be read, or holds no essay.
    """
    if kind and kind not in _readers():
        raise Stop(UNKNOWN_KIND.at(kind=kind, known=", ".join(kinds())), exit=Exit.USAGE)
    source = load(path)
    made = reader_for(source, kind).read(source)
    if slug and len(made.value) > 1:
        fault = ONE_SLUG.at(Place(source.name), name=source.name, count=len(made.value))
        raise Stop(fault, exit=Exit.USAGE)
    return Made(_named(made.value, slug, path.stem), made.diagnostics)


def _named(essays: Iterable[Imported], slug: str, stem: str) -> tuple[Imported, ...]:
    """Give each essay a slug of its own, in order, so that the same source gives the same names each time."""
    taken: set[str] = set()
    latest: dict[str, int] = {}
    named = []
    for essay in essays:
        wanted = slug_of(slug) or essay.slug or slug_of(essay.title or "") or slug_of(stem) or "essay"
        name, count = wanted, latest.get(wanted, 1)
        while name in taken:
            count += 1
            name = f"{wanted}-{count}"
        latest[wanted] = count
        taken.add(name)
        named.append(replace(essay, slug=name))
    return tuple(named)
