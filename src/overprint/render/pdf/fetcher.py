"""The only way in for files: a closed table of the job's own. Worker side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from weasyprint.urls import URLFetcher, URLFetcherResponse

from overprint.diagnostics import Diagnostic
from overprint.model import Resource
from overprint.render.pdf import messages
from overprint.render.pdf.files import read
from overprint.render.pdf.job import BASE, Style

DATA = 10 << 20


@dataclass(frozen=True, slots=True)
class Served:
    """A file that may be opened."""

    path: Path
    media_type: str


def face_url(index: int, path: Path) -> str:
    """Return the address of the job's typeface number `index`; the number keeps equal file names apart."""
    return f"{BASE}fonts/{index}/{path.name}"


def files(resources: Iterable[Resource]) -> dict[str, Served]:
    """Return the files that a document can reach, by path."""
    return {f"/{each.name}": Served(each.path, each.media_type) for each in resources}


def table(style: Style) -> dict[str, Served]:
    """Return all that a book's sheets can reach, by path."""
    reachable = files(style.resources)
    for index, face in enumerate(style.faces):
        reachable[urlsplit(face_url(index, face.path)).path] = Served(face.path, "font/ttf")
    return reachable


class SealedFetcher(URLFetcher):  # type: ignore[misc]
    """Serves the files of a table and `data:` addresses. It knows no protocol, so there is nothing to get around.

    Attributes:
        refused: a diagnostic for each address that was not served.
    """

    def __init__(self, served: Mapping[str, Served]) -> None:
        super().__init__(allowed_protocols=("data",), allow_redirects=False)
        self._always = served
        self._served = served
        self.refused: dict[str, Diagnostic] = {}

    def serve(self, served: Mapping[str, Served]) -> None:
        """Serve these files besides those of the table, and forget what was refused."""
        self._served = {**served, **self._always}
        self.refused.clear()

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        """Return the content of a served file or a `data:` address.

        Raises:
            ValueError: the address is not served; WeasyPrint goes on without it.
            OSError: the file cannot be read.
        """
        if url[:5].lower() == "data:" and len(url) <= DATA:
            return super().fetch(url)
        served = self._served.get(unquote(urlsplit(url).path)) if url.startswith(BASE) else None
        if served is None:
            shown = url.removeprefix(BASE)[:200]
            self.refused[url] = messages.REFUSED.at(url=shown)
            raise ValueError("not one of the book's files")
        try:
            content = read(served.path)
        except OSError as reason:
            self.refused[url] = messages.UNREADABLE.at(name=served.path.name, reason=reason.strerror or reason)
            raise
        return URLFetcherResponse(url, content, {"Content-Type": served.media_type})
