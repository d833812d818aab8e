"""Joins comments that came without their essay to the essay they belong to, by address, number or title."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import parse_qsl, unquote, urlsplit

from overprint.importers.exports.threads import plain
from overprint.model import Imported, ImportedComment

TRACKING = re.compile(r"utm_|fbclid|gclid|mc_|replytocom|share$")
INDEX = re.compile(r"/(?:index|default)\.\w{2,5}$")


def without_essay(found: Imported) -> bool:
    """Tell whether a record holds comments alone, to be joined to an essay."""
    return not found.body and bool(found.comments)


def address(url: str | None) -> str:
    """Return what two addresses of the same page have in common; empty for a site's front page or no address.

    >>> address("http://www.example.org/her/?utm_source=x#comments") == address("https://example.org/her")
    True
    """
    try:
        parts = urlsplit(url or "")
        query = [f"{key}={value}" for key, value in sorted(parse_qsl(parts.query)) if not TRACKING.match(key)]
    except ValueError:
        return ""
    path = INDEX.sub("/", unquote(parts.path)).rstrip("/")
    host = (parts.netloc.rpartition("@")[2]).lower().removeprefix("www.")
    return "?".join([f"{host}{path}", *["&".join(query)] * bool(query)]) if path or query else ""


def same(comments: Imported, essay: Imported) -> str:
    """Return the evidence that the comments belong to the essay, or nothing."""
    first, second = address(comments.url), address(essay.url)
    if first and first == second:
        return f"the address {essay.url}"
    if comments.id and comments.id == essay.id and (not first or not second or _host(first) == _host(second)):
        return f"the number {essay.id.rpartition('-')[2]}"
    wanted = _words(comments.title)
    return f"the title “{essay.title}”" if wanted and wanted == _words(essay.title) else ""


def joined(found: Iterable[Imported]) -> tuple[Imported, ...]:
    """Return the essays with the comments that belong to them; comments that no essay here fits stay as they are."""
    essays: list[Imported] = []
    apart: list[Imported] = []
    for each in found:
        (apart if without_essay(each) else essays).append(each)
    left = []
    for record in apart:
        at = next((at for at, essay in enumerate(essays) if same(record, essay)), None)
        if at is None:
            left.append(record)
            continue
        essay = essays[at]
        dropped = (*essay.dropped, *record.dropped)
        essays[at] = replace(essay, comments=together(essay.comments, record.comments), dropped=dropped)
    return (*essays, *left)


def together(comments: tuple[ImportedComment, ...], more: tuple[ImportedComment, ...]) -> tuple[ImportedComment, ...]:
    """Return both, those with an id that is already there left out, the new ones numbered on."""
    known = {each.id for each in comments if each.id}
    last = max((each.number for each in comments), default=0)
    new = [each for each in more if each.id not in known]
    return (*comments, *(replace(each, number=number) for number, each in enumerate(new, last + 1)))


def _host(address: str) -> str:
    return re.split(r"[/?]", address, maxsplit=1)[0]


def _words(title: str | None) -> str:
    return " ".join(re.findall(r"\w+", plain(title or "").casefold()))
