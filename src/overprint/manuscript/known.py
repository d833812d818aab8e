"""Which essay of the manuscript an imported one is, if it was imported before."""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path

from overprint import files
from overprint.diagnostics import Stop
from overprint.manuscript import blocks, record
from overprint.manuscript.record import Record
from overprint.model import Imported

NUMBERED = re.compile(r"[0-9]+-")
URL = re.compile(r"^[ \t]+url[ \t]*:[ \t]*[\"']?([^\s\"']+)", re.MULTILINE)


class Known:
    """The essays that are in the manuscript before an import: their folders by slug, and what earlier imports wrote."""

    def __init__(self, root: Path) -> None:
        self.root = root
        essays = root / "manuscript" / "essays"
        found = sorted(essays.glob("*/")) if essays.is_dir() else []
        self.folders = {slug_of(path.name): path for path in found}
        self.records = tuple(each for each in record.read(root) if each.slug in self.folders)

    @cached_property
    def _by_address(self) -> dict[str, tuple[Path, Record | None]]:
        """What the essays themselves say counts less than the records: an editor may have changed it."""
        found: dict[str, tuple[Path, Record | None]] = {}
        recorded = {each.slug for each in self.records if each.url}
        for slug, folder in self.folders.items():
            block = None if slug in recorded else _block(folder / "essay.md", self.root)
            url = URL.search(block.head) if block else None
            if url:
                own = next((each for each in self.records if each.slug == slug), None)
                found[address(url[1])] = folder, own
        return found | {address(each.url): (self.folders[each.slug], each) for each in self.records if each.url}

    @cached_property
    def _by_file(self) -> dict[tuple[str, str], Record]:
        """The records by each of: name of the file or its SHA-256, then the essay's id or slug."""
        return {
            (file, name): each
            for each in self.records
            for file in (Path(each.origin.path).name, each.origin.sha256)
            for name in (f"id {each.id}" if each.id else "", f"slug {each.slug}")
            if file and name
        }

    def find(self, found: Imported) -> tuple[Path | None, Record | None]:
        """Return folder and record of the essay that this one is: by address, or by file with its id or slug.

        Comments that came alone have the slug of their essay already.
        """
        if found.comments and not found.body.strip():
            own = next((each for each in self.records if each.slug == found.slug), None)
            return self.folders.get(found.slug), own
        if found.url and (same := self._by_address.get(address(found.url))):
            return same
        if found.origin:
            for file in (Path(found.origin.path).name, found.origin.sha256):
                own = self._by_file.get((file, f"id {found.id}" if found.id else f"slug {found.slug}"))
                if own and not (found.url and own.url):
                    return self.folders[own.slug], own
        return None, None


def slug_of(folder: str) -> str:
    """Return a folder's name without its number.

    >>> slug_of("01-bees"), slug_of("bees")
    ('bees', 'bees')
    """
    return folder.partition("-")[2] if folder[:1].isdigit() and "-" in folder else folder


def address(url: str) -> str:
    """Return what tells one page's address from another's.

    >>> address("http://www.example.org/bees/?utm_source=mail#top")
    'example.org/bees'
    """
    plain = re.sub(r"#.*|(?<=[?&])utm_\w+=[^&#]*&?", "", url.strip())
    return re.sub(r"^https?://(?:www\.)?", "", plain, flags=re.IGNORECASE).rstrip("?&").rstrip("/")


def _block(path: Path, root: Path) -> blocks.Block | None:
    try:
        return blocks.front_matter(files.read_text(path, root)[0], path.name)[0]
    except Stop:
        return None
