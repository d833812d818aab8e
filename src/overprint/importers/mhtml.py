"""Reads a page that a browser saved as one file (`.mhtml`, `.mht`): the page itself, with the pictures beside it."""

from __future__ import annotations

import binascii
import codecs
import itertools
import quopri
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from email import message_from_bytes
from email.message import Message
from urllib.parse import quote, urljoin

from overprint.diagnostics import Made, Place, Stop, error
from overprint.importers import html
from overprint.importers.source import Source
from overprint.model import Imported

KIND = "mhtml"
MOST_PARTS, DEEPEST, LONGEST = 5_000, 3, 16_384
"""Parts of a bundle, bundles within each other, and bytes of a part's headers; a saved page has some hundreds of parts.

The library is asked about headers alone: it takes minutes for a body, or for headers, that are made to be slow."""
HEAD = re.compile(r"\A\ufeff?\s*(?:[\w-]+[ \t]*:.*(?:\r?\n|\r)(?:[ \t]+.*(?:\r?\n|\r))*)+", re.A)
SAVED = re.compile(r"^content-type[ \t]*:\s*multipart/related\b", re.I | re.M)
GAP = re.compile(rb"\A\r?\n|\r?\n\r?\n")
PAGES = ("text/html", "application/xhtml+xml")

NO_PAGE = error(
    "I084",
    "{name} holds no web page",
    "open the page in a browser and save it again",
    "A page saved as one file is a bundle of parts: the page, its pictures, its styles. None of the parts of this one "
    "is a page, usually because the file is cut short.",
)
TOO_MANY = error(
    "I085",
    "{name} has too many parts",
    "save the page again, as “web page, complete”",
    "A page saved as one file has a part for each of its pictures and styles, and a few hundred at most. With more "
    "than 5,000 parts it is no page that a browser saved.",
)


def sniff(source: Source) -> float:
    """Return how sure it is that the source is a page with its parts: by its headers."""
    head = HEAD.match(source.head)
    return 0.9 if head and SAVED.search(head[0]) else 0.0


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a bundle: its headers, and its body as it stands in the file."""

    head: Message
    body: bytes

    @property
    def data(self) -> bytes:
        """The body, decoded."""
        encoding = str(self.head.get("Content-Transfer-Encoding") or "").strip().lower()
        if encoding == "quoted-printable":
            return quopri.decodestring(self.body)
        try:
            return binascii.a2b_base64(self.body) if encoding == "base64" else self.body
        except binascii.Error:
            return b""

    @property
    def address(self) -> str:
        """Where it was on the web; signs that could end a remark are written otherwise."""
        said = str(self.head.get("Snapshot-Content-Location") or self.head.get("Content-Location") or "")
        return quote("".join(said.split()), safe="!#$%&'()*+,/:;=?@[]~-._")

    @property
    def id(self) -> str:
        """What other parts call it after `cid:`."""
        return str(self.head.get("Content-ID") or "").strip("<> \r\n\t")


def read(source: Source, today: str = "", url: str = "") -> Made[tuple[Imported, ...]]:
    """Return the one essay of a saved page; arguments and errors are those of `html.read`.

    Raises:
        Stop: it has too many parts, or none of them is a page that holds an essay.
    """
    place = Place(source.name)
    whole = _part(source.data.lstrip(codecs.BOM_UTF8 + b" \r\n\t"))
    parts = list(itertools.islice(_parts(whole), MOST_PARTS + 1)) if whole else []
    if len(parts) > MOST_PARTS:
        raise Stop(TOO_MANY.at(place, name=source.name))
    page = _page(whole.head, parts) if whole else None
    if whole is None or page is None or not (data := page.data).strip():
        raise Stop(NO_PAGE.at(place, name=source.name))
    address = page.address or whole.address
    note = f"<!-- saved from url=({len(address):04}){address} -->\n" if re.match(r"https?://", address) else ""
    text = _text(page.head, data)
    made = html.essay(
        Source(source.path, note.encode() + (text.encode() if text else data), ""),
        today,
        url,
        _pictures(parts, address),
    )
    # Lines count within the page, which stands in the file in another form.
    return Made(made.value, tuple(replace(each, place=place) for each in made.diagnostics))


def _part(data: bytes) -> Part | None:
    gap = GAP.search(data)
    if gap is None or gap.start() > LONGEST:
        return None
    return Part(message_from_bytes(data[: gap.start()] + b"\n\n"), data[gap.end() :])


def _parts(part: Part, deep: int = 0) -> Iterator[Part]:
    """Yield the parts that hold no parts, in order; of a bundle with too many, at least one more than the most."""
    boundary = part.head.get_boundary() if part.head.get_content_maintype() == "multipart" else None
    if not boundary:
        yield part
    elif deep < DEEPEST:
        mark = rb"\n--" + re.escape(boundary.encode("utf-8", "surrogateescape")) + rb"(?=--|\s)"
        for each in re.split(mark, b"\n" + part.body, maxsplit=MOST_PARTS + 1)[1:]:
            if each.startswith(b"--"):  # the end of the bundle
                return
            if inner := _part(each.partition(b"\n")[2]):
                yield from _parts(inner, deep + 1)


def _page(whole: Message, parts: Sequence[Part]) -> Part | None:
    """Return the part that the file says is the page, else the first that is one; others are frames in it."""
    pages = [each for each in parts if each.head.get_content_type() in PAGES]
    start, address = str(whole.get_param("start") or "").strip("<> "), Part(whole, b"").address
    called = [each for each in pages if start and each.id == start]
    placed = [each for each in pages if address and each.address == address]
    return next(iter((*called, *placed, *pages)), None)


def _text(head: Message, data: bytes) -> str:
    """Return the page's text where its part names an encoding that is known, else nothing: the page may name it."""
    try:
        return data.decode(head.get_content_charset() or "", "replace")
    except LookupError:
        return ""


def _pictures(parts: Sequence[Part], address: str) -> dict[str, bytes]:
    """Return the pictures of a saved page by the addresses that the page may call them."""
    found: dict[str, bytes] = {}
    for each in (one for one in parts if one.head.get_content_maintype() == "image"):
        try:
            place = urljoin(address, str(each.head.get("Content-Location") or "").strip())
        except ValueError:
            place = ""
        data = each.data
        for name in (place, f"cid:{each.id}"):
            if name not in ("", "cid:", address):
                found.setdefault(name, data)
    return found
