"""The pictures of an imported essay: taken from the source, from beside it, or fetched."""

from __future__ import annotations

import base64
import binascii
import os
import re
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, unquote_to_bytes, urlsplit

from overprint.diagnostics import Diagnostic, Made, Place, warning
from overprint.importers.pictures.clean import clean
from overprint.importers.pictures.fetch import LARGEST, Fetcher, Refused
from overprint.importers.source import slug_of
from overprint.manuscript.pictures import Missing, Pictures, sources
from overprint.model import Imported, ImportedImage

NOT_FETCHED = warning(
    "I210",
    "the picture {url} was not fetched: {why}",
    "save it yourself as {path}, or go without",
    "Pictures are fetched only over https from the open web, and only up to 20 MB and 20 seconds each. "
    "What cannot be fetched waits in a remark in the essay that is not printed.",
)
UNUSABLE = warning(
    "I211",
    "the picture {name} is left out: {why}",
    "save it as PNG or JPEG and put it in by hand, or go without",
    "Every picture is opened before it is taken in. One that is broken, too large or of a kind that books cannot show "
    "stays out, and a remark in the essay that is not printed says so.",
)

SUFFIXES = (".jpg", ".jpeg", ".png", ".gif")
FOREIGN = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//|\\\\")


@dataclass(slots=True)
class _Gathering:
    """Pictures as they are found; `taken` are the stems of the names that are given."""

    place: Place
    beside: Path
    images: Path | None
    fetcher: Fetcher | None
    names: dict[str, str] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    missing: dict[str, Missing] = field(default_factory=dict)
    said: list[Diagnostic] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)

    def add(self, words: str, image: ImportedImage | None) -> None:
        """Find one picture, named in the text by `words`."""
        url = (image.url if image else "") or words
        url = f"https:{url}" if url.startswith("//") else url
        stem, suffix = self._name(image.name if image and image.name else url)
        shown = url if len(url) <= 200 and not url.startswith("data:") else f"{stem}{suffix}"
        if there := self._there(stem):
            self.names[words] = there
            return
        try:
            data = image.data if image and image.data is not None else self._local(url)
            if data is None and self.fetcher and re.match(r"https?:", url):
                try:
                    data = self.fetcher.fetch(re.sub(r"^http:", "https:", url))
                except Refused as why:
                    self._miss(words, shown, stem + suffix, "", fetched=str(why))
                    return
            if data is None:
                self._miss(words, shown, stem + suffix, "")
                return
            made, suffix = clean(data)
        except Refused as why:
            self.said.append(UNUSABLE.at(self.place, name=shown, why=why))
            self._miss(words, shown, stem + suffix, str(why))
            return
        self.names[words] = stem + suffix
        self.files[stem + suffix] = made

    def _miss(self, words: str, shown: str, name: str, why: str, fetched: str = "") -> None:
        self.missing[words] = Missing(shown, name, why)
        if fetched:
            self.said.append(NOT_FETCHED.at(self.place, url=shown, why=fetched, path=f"images/{name}"))

    def _name(self, url: str) -> tuple[str, str]:
        name = "" if url.startswith("data:") else PurePosixPath(_path(url)).name
        suffix = PurePosixPath(name).suffix.lower()
        wanted = slug_of(PurePosixPath(name).stem) or "picture"
        stem, count = wanted, 1
        while stem in self.taken:
            count += 1
            stem = f"{wanted}-{count}"
        self.taken.add(stem)
        return stem, suffix if suffix in SUFFIXES else ".jpg"

    def _there(self, stem: str) -> str:
        """Return the file of that name which an earlier import or the editor put there."""
        names = [f"{stem}{suffix}" for suffix in SUFFIXES]
        return next((name for name in names if self.images and (self.images / name).is_file()), "")

    def _local(self, url: str) -> bytes | None:
        """Return a picture that the source holds, or that stands beside it as browsers save pages; None if neither.

        Raises:
            Refused: it is elsewhere on this computer, or not there.
        """
        if url.startswith("data:"):
            return _held(url)
        path = _path(url) if not re.match(r"(?i)file:", url) else ""
        saved = re.search(r"[^/]+(?:_files|\.files|-Dateien)/[^/]+$", path)  # a browser's folder
        if not FOREIGN.match(url):
            return self._beside(path or unquote(url), needed=True)
        if re.match(r"https?:", url):
            return self._beside(saved[0], needed=False) if saved else None
        raise Refused("its address leads neither to the web nor to a file beside the page")

    def _beside(self, name: str, *, needed: bool) -> bytes | None:
        try:
            path = Path(os.path.realpath(self.beside / name, strict=True))
            about = path.stat()
            inside = path.is_relative_to(self.beside.resolve()) and stat.S_ISREG(about.st_mode)
            if inside and about.st_size <= LARGEST:
                return path.read_bytes()
        except (OSError, ValueError):
            inside = True
            about = None
        if not needed:
            return None
        if not inside:
            raise Refused("its address leads out of the folder of the page")
        raise Refused("it is larger than 20 MB" if about else "it is not beside the page")


def _path(url: str) -> str:
    try:
        return unquote(urlsplit(url).path)
    except ValueError:  # an address such as https://[
        return ""


def _held(url: str) -> bytes:
    head, comma, body = url.partition(",")
    try:
        data = base64.b64decode(unquote_to_bytes(body)) if head.endswith(";base64") else unquote_to_bytes(body)
    except (binascii.Error, ValueError):
        data = b""
    if not comma or not data:
        raise Refused("it is damaged or cut short")
    return data


def gather(found: Imported, *, images: Path | None = None, fetcher: Fetcher | None = None) -> Made[Pictures]:
    """Find the pictures of an essay.

    Args:
        found: the essay.
        images: the folder of its pictures, where the essay is there already; what is in it is not taken again.
        fetcher: fetches what is on the web; without it, that is missing.
    """
    path = Path(found.origin.path) if found.origin else Path()
    beside = path if path.is_dir() else path.parent
    made = _Gathering(Place(str(path), 1, 1) if found.origin else Place(), beside, images, fetcher)
    for words, image in _wanted(found):
        if words not in made.names and words not in made.missing:
            made.add(words, image)
    return Made(Pictures(made.names, made.files, made.missing), tuple(made.said))


def _wanted(found: Imported) -> Iterator[tuple[str, ImportedImage | None]]:
    by_words = {words: each for each in found.images for words in (each.url, f"images/{each.name}") if words}
    named: set[int] = set()
    for text in (found.body, *(comment.body for comment in found.comments)):
        for words in sources(text):
            image = by_words.get(words)
            named.add(id(image))
            yield words, image
    for image in found.images:
        if id(image) not in named:  # a featured picture
            yield image.url or f"images/{image.name}", image
