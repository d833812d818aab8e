"""Which entries of an export become essays: the published posts, or those that the editor names."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import TypeVar

from overprint.diagnostics import Diagnostic, Exit, Made, Place, Stop, error, hint
from overprint.importers.source import Source

T = TypeVar("T")

NO_ENTRY = error(
    "I125",
    "{name} holds no published essay{left}",
    "name what you want with --only, or export again with the posts in it",
    "An import that finds nothing would only look as if all were well. Either the export was made without posts, or "
    "the file is damaged, or everything in it is a draft, a page or a picture. Entries that are left out by default "
    "can be named with --only.",
)
NOT_THERE = error(
    "I126",
    "no entry of {name} is called “{wanted}”",
    "give a title, an address or its last part, or a number; near to it: {near}",
    "--only chooses entries of an export by title, by address or its last part, or by the site's number. "
    "Whole groups are chosen by `type:page`, `status:draft` or `category:NAME`.",
)
LEFT_OUT = hint(
    "I127",
    "left out: {counts}",
    "name those you want with --only, by title or slug",
    "From an export of a whole site only published posts become essays. Drafts, private texts, pages and pictures stay "
    "out unless they are named. `--only status:draft` or `--only type:page` names a whole group.",
)


def choose(
    entries: Sequence[T],
    only: Collection[str],
    source: Source,
    *,
    names: Callable[[T], Iterable[str]],
    group: Callable[[T], str],
) -> Made[list[T]]:
    """Return the entries to import.

    Args:
        entries: all that could be essays, and others that are only counted.
        only: what the editor named; nothing means all whose group is empty.
        source: the file, for what is said.
        names: what an entry answers to; nothing for one that can never be an essay.
        group: why an entry is not imported unless named, as a plural such as `drafts`; empty for published posts.

    Raises:
        Stop: a name is not there, or nothing is left to import.
    """
    place = Place(source.name)
    wanted = {_same(each): each for each in only if each.strip()}
    answers = [{_same(name) for name in names(entry) if name} for entry in entries]
    known = set().union(*answers)
    missing = [
        NOT_THERE.at(place, name=source.name, wanted=each, near=_near(name, known))
        for name, each in wanted.items()
        if name not in known
    ]
    if missing:
        raise Stop(*missing, exit=Exit.USAGE)
    chosen = [
        entry
        for entry, called in zip(entries, answers, strict=True)
        if (called & wanted.keys() if wanted else called and not group(entry))
    ]
    kept = {id(entry) for entry in chosen}
    left = Counter(group(entry) or "published posts not named" for entry in entries if id(entry) not in kept)
    counts = ", ".join(f"{name} ({count})" for name, count in sorted(left.items()))
    if not chosen:
        raise Stop(NO_ENTRY.at(Place(source.name, 1, 1), name=source.name, left=f"; it has {counts}" if left else ""))
    said: tuple[Diagnostic, ...] = (LEFT_OUT.at(place, counts=counts),) if left else ()
    return Made(chosen, said)


def _same(name: str) -> str:
    return " ".join(name.casefold().split())


def _near(name: str, known: Iterable[str]) -> str:
    found = difflib.get_close_matches(name, sorted(known), n=3, cutoff=0.3) or sorted(known)[:3]
    return ", ".join(f"“{each}”" for each in found) or "nothing"
