"""Reads the comments that Disqus exports: threads with their addresses and titles, and the posts in them.

`read(source, *, only=())`: each thread is returned as a record without a body, to be joined to the essay with the same
address or title; see `exports.join`. `only` names threads by title, address or identifier. A comment's `id` is
`comment-NUMBER`.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from lxml import etree

from overprint.diagnostics import Made, Place, warning
from overprint.importers.exports import threads, xml_records
from overprint.importers.exports.choice import choose
from overprint.importers.exports.html_fields import held, title
from overprint.importers.exports.join import address
from overprint.importers.source import Source
from overprint.model import Imported

KIND = "disqus"

ORPHANS = warning(
    "I132",
    "comments left out because their page is not in the export: {count}",
    "nothing can be done here; export again if you miss comments",
    "Each comment of Disqus names the page that it belongs to. These name a page that the file does not describe, as "
    "happens when a page was deleted, so no essay can be found for them.",
)


@dataclass(frozen=True, slots=True)
class Thread:
    """A page with comments; `key` is Disqus's own number, `name` the site's."""

    key: str
    name: str
    link: str
    title: str
    line: int


@dataclass(frozen=True, slots=True)
class Post:
    """A comment and the number of its thread."""

    thread: str
    response: threads.Response


def sniff(source: Source) -> float:
    """Return certainty for XML of the root that Disqus writes."""
    return 1.0 if "<disqus" in source.head else 0.0


def read(source: Source, *, only: Collection[str] = ()) -> Made[tuple[Imported, ...]]:
    """Return a record of comments for each page that has any.

    Raises:
        Stop: the file cannot be read, or holds no comment that was asked for.
    """
    found = xml_records.gather(source, frozenset(("thread", "post")), _take)
    pages = {each.key: each for each in found.value if isinstance(each, Thread) and (each.link or each.title)}
    # A page that was moved from http to https has two threads.
    first = {(address(each.link) or key): key for key, each in reversed(pages.items())}
    leading = set(first.values())
    by_page: dict[str, list[threads.Response]] = {}
    orphans = 0
    for post in found.value:
        if isinstance(post, Post):
            page = pages.get(post.thread)
            if page:
                by_page.setdefault(first[address(page.link) or page.key], []).append(post.response)
            orphans += page is None
    chosen = choose(
        [page for key, page in pages.items() if key in leading],
        only,
        source,
        names=lambda page: [page.title, page.link, page.name] if page.key in by_page else [],
        group=lambda page: "" if page.key in by_page else "pages without comments",
    )
    lost = (ORPHANS.at(Place(source.name), count=orphans),) if orphans else ()
    records = tuple(_record(page, by_page[page.key]) for page in chosen.value)
    return Made(records, (*found.diagnostics, *chosen.diagnostics, *lost))


def _take(element: etree._Element) -> Thread | Post | None:
    told = xml_records.fields(element)
    inside = {xml_records.local(child.tag): child for child in element.iterchildren(tag=etree.Element)}
    key = xml_records.attribute(element, "id")
    if "createdAt" not in told and "link" not in told:
        # Inside a post, `thread` only points at its thread.
        return None
    if xml_records.local(element.tag) == "thread":
        return Thread(
            key,
            told.get("id", ""),
            told.get("link", ""),
            threads.plain(told.get("title", "")),
            xml_records.line(element),
        )
    author = xml_records.fields(inside["author"]) if "author" in inside else {}
    refused = {"isSpam": "spam", "isDeleted": "deleted"}
    reasons = [reason for field, reason in refused.items() if told.get(field, "").lower() == "true"]
    unapproved = ["not approved"] if told.get("isApproved", "").lower() == "false" else []
    return Post(
        xml_records.attribute(inside["thread"], "id") if "thread" in inside else "",
        threads.Response(
            id=key,
            parent=xml_records.attribute(inside["parent"], "id") if "parent" in inside else "",
            author=author.get("name", ""),
            when=told.get("createdAt", ""),
            body=told.get("message", ""),
            refused=next(iter(reasons + unapproved), ""),
        ),
    )


def _record(page: Thread, responses: list[threads.Response]) -> Imported:
    comments, refused = threads.comments(responses, lambda text: held(text, base=page.link).text, page.line)
    return Imported(
        slug="",
        body="",
        title=title(page.title) or None,
        url=page.link or None,
        comments=comments,
        dropped=refused,
        id=f"thread-{page.key}",
    )
