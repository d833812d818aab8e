"""Turns HTML that an export holds in a field into Markdown, and names the pictures in it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from urllib.parse import unquote, urlsplit

from overprint.diagnostics import Stop
from overprint.importers import dom, walk
from overprint.importers.exports.threads import plain
from overprint.importers.text_paragraphs import inline
from overprint.model import Dropped, ImportedImage

GRAVATAR = re.compile(r"https?://(?:[\w-]+\.)?gravatar\.com/avatar/", re.I)
MARKUP = re.compile(r"<[a-z!/]", re.I)


@dataclass(frozen=True, slots=True)
class Held:
    """What a field held: its Markdown, the pictures it names, and what was left out."""

    text: str = ""
    images: tuple[ImportedImage, ...] = ()
    dropped: tuple[Dropped, ...] = ()


def held(html: str, *, base: str = "", line: int = 0) -> Held:
    """Return an HTML field as Markdown; `base` makes its addresses whole, `line` is where it stands in the file."""
    if not html.strip():
        return Held()
    try:
        walked = walk.markdown(dom.fragment(html), base=base)
    except Stop:
        # One text with hundreds of elements inside one another must not cost the editor the whole export.
        return Held(inline(plain(html)), (), (Dropped("paragraphs and emphasis", "nested too deep to follow", line),))
    return Held(
        walked.text.strip(),
        tuple(picture(each.url, each.alt) for each in walked.images),
        tuple(replace(each, line=line) for each in walked.dropped),
    )


def title(html: str) -> str:
    """Return a title as one line of Markdown: its emphasis is kept, and marks that are only signs are escaped."""
    if MARKUP.search(html):
        return " ".join(held(f"<p>{html}</p>").text.split())
    return inline(plain(html))


def picture(url: str, alt: str = "") -> ImportedImage:
    """Return a picture to fetch, named after the last part of its address."""
    name = re.sub(r"[^\w.-]+", "-", unquote(urlsplit(url).path).rpartition("/")[2]).strip("-.")
    return ImportedImage(name or "picture", None, url, alt)
