"""Comments that a page holds as data for search engines (JSON-LD) and not as text."""

from __future__ import annotations

import html
import json
from typing import TYPE_CHECKING

from overprint.importers import dom, walk
from overprint.importers.responses import dates
from overprint.model import ImportedComment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

MOST = 100_000


def find(root: Element) -> list[ImportedComment]:
    """Return the comments in a page's JSON-LD, in order; none where the data is broken."""
    found: list[ImportedComment] = []
    for value in data(root):
        stack: list[tuple[object, str]] = [(value, "")]
        while stack and len(found) < MOST:
            each, parent = stack.pop()
            if isinstance(each, list):
                stack += [(item, parent) for item in reversed(each)]
            elif isinstance(each, dict) and _is_comment(each) and (made := _comment(each, len(found) + 1, parent)):
                found.append(made)
                stack.append((each.get("comment"), made.id))
            elif isinstance(each, dict):
                stack += [(item, parent) for item in reversed(list(each.values()))]
    return found


def data(root: Element) -> Iterator[object]:
    """Yield the JSON-LD values of a page."""
    for script in root.iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            try:
                yield json.loads(script.text or "", strict=False)
            except (ValueError, RecursionError):
                continue


def count(root: Element) -> int | None:
    """Return how many comments the data counts, or None."""
    for value in data(root):
        stack = [value]
        while stack:
            each = stack.pop()
            if isinstance(each, dict):
                said = each.get("commentCount")
                if isinstance(said, int) or (isinstance(said, str) and said.isdigit()):
                    return int(said)
                stack += each.values()
            elif isinstance(each, list):
                stack += each
    return None


def _is_comment(value: object) -> bool:
    kind = value.get("@type") if isinstance(value, dict) else None
    return "Comment" in (kind if isinstance(kind, list) else [kind])


def _comment(value: dict[str, object], number: int, parent: str) -> ImportedComment | None:
    text = _text(value, "text", "commentText", "description")
    body = walk.markdown(dom.fragment(text if "<" in text else _paragraphs(text)), heading=4).text.strip()
    if not body:
        return None
    when = dates.machine(_text(value, "dateCreated", "datePublished"))
    ident = _text(value, "identifier", "@id", "url").rstrip("/").rpartition("#")[2].rpartition("/")[2]
    item = value.get("parentItem")
    above = (
        _text(item, "identifier", "@id", "url").rpartition("#")[2].rpartition("/")[2] if _is_comment(item) else parent
    )
    return ImportedComment(
        number=number,
        id=ident or f"data-{number}",
        author=_person(value.get("author") or value.get("creator")),
        date=when.iso or None if when else None,
        body=body,
        reply_to=(above,) if above else (),
    )


def _paragraphs(text: str) -> str:
    """Return plain text as HTML, its line ends kept."""
    return "".join(f"<p>{html.escape(each, quote=False).replace(chr(10), '<br>')}" for each in text.split("\n\n"))


def _text(value: object, *keys: str) -> str:
    """Return the first of these that is text."""
    found = (value.get(key) for key in keys) if isinstance(value, dict) else ()
    return next((each for each in found if isinstance(each, str) and each), "")


def _person(value: object) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    name = value.get("name") if isinstance(value, dict) else value
    return " ".join(name.split()) or None if isinstance(name, str) else None
