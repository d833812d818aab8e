"""One hostile input: its files, what must hold, and the words that may not get lost."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

ALWAYS = (
    "no_canary",
    "no_network",
    "no_traceback",
    "clean_exit",
    "no_outside_write",
    "epubcheck",
    "pdf_safe",
    "epub_safe",
    "uri_schemes",
    "pdf_no_attachments",
    "no_local_paths",
)
PORT = 18_000 + os.getpid() % 12_000
"""Where the trap listens for what should not be asked; tests that run at once have one each."""
LIMITS = {"seconds": 20, "mib": 1024}

Data = str | bytes | Callable[[], bytes]
"""What a file holds; what takes long to make is made when it is wanted."""


@dataclass(frozen=True, slots=True)
class Case:
    """A case; in texts, `@TRAP@` is an address that nobody may ask, `@CANARYDIR@` a folder that nobody may read.

    Attributes:
        id: its name, a letter for where it comes in before it.
        kind: the command it is given to: an `…-import`, `check`, or `project` for files laid into a project.
        entry: the file that the command is given.
        title: what it tries.
        files: by path; `->PATH` is a link.
        mode: whether the book must be built (`accept`), refused (`reject`), or `either`.
        must: what holds besides ALWAYS.
        keep: words that both books must hold if they are made.
        source: where it was seen first.
    """

    id: str
    kind: str
    entry: str
    title: str
    files: Mapping[str, Data] = field(repr=False)
    mode: str = "either"
    must: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()
    source: str = ""

    def record(self) -> dict[str, object]:
        """Return the case as the manifest has it."""
        names = ("id", "kind", "entry", "title", "source", "mode")
        return {name: getattr(self, name) for name in names} | {
            "limits": LIMITS,
            "must": [*ALWAYS, *self.must],
            "keep_text": list(self.keep),
        }


TOLD = "error_or_warn"
FIRST, LAST = "KEEPME-first", "KEEPME-last"
