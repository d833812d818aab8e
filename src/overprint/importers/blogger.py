"""Reads the export of a Blogger blog: the Atom file of its settings or of Takeout, and the JSON of its address.

`read(source, *, only=())`: without `only` every published post becomes an essay; `only` names posts and pages by title,
address's last part or number, or groups by `type:page`, `status:draft`, `category:LABEL`. A post's `id` is
`post-NUMBER`, a comment's `comment-NUMBER`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from lxml import etree

from overprint.diagnostics import Diagnostic, Made, Place, warning
from overprint.importers.exports import json_records, threads, xml_records
from overprint.importers.exports.choice import choose
from overprint.importers.exports.html_fields import held, title
from overprint.importers.exports.json_records import words
from overprint.importers.source import Source, slug_of
from overprint.model import Imported

KIND = "blogger"

ORPHANS = warning(
    "I133",
    "comments left out because their post is not in the export: {count}",
    "export again with all posts if you miss comments",
    "Each comment of a blog names the post that it answers. The posts that these name are not in the file, so no essay "
    "can be found for them.",
)

REMOVED = {
    "spam": "spam",
    "emptied": "deleted",
    "pending": "not approved",
    "trashed": "deleted",
    "draft": "not approved",
}
HIDDEN = {"draft": "drafts", "scheduled": "posts not yet published", "trashed": "posts in the bin"}
OTHERS = {"settings": "settings", "template": "layouts"}


@dataclass(frozen=True, slots=True)
class Blog:
    """What the export says of the whole blog."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A post, page or comment; `post` is the number of the post that a comment stands under, `parent` its answer's."""

    line: int
    id: str
    kind: str
    status: str
    title: str
    url: str
    author: str
    when: str
    text: str
    labels: tuple[str, ...] = ()
    post: str = ""
    parent: str = ""


def sniff(source: Source) -> float:
    """Return certainty for an Atom file of Blogger's kinds, or for JSON that names them."""
    head = source.head
    if head.lstrip().startswith(("[", "{")):
        return 1.0 if re.search(r'"kind"\s*:\s*"blogger#(?:post|page|comment)', head) else 0.0
    named = any(mark in head for mark in ("schemas.google.com/blogger", "tag:blogger.com", "blogger/2008/kind#"))
    return 1.0 if named and "<feed" in head else 0.0


def read(source: Source, *, only: Collection[str] = ()) -> Made[tuple[Imported, ...]]:
    """Return the chosen posts as essays with their comments.

    Raises:
        Stop: the file cannot be read, or holds nothing that was asked for.
    """
    said: tuple[Diagnostic, ...] = ()
    blog = Blog("", "")
    if source.head.lstrip().startswith(("[", "{")):
        entries = [made for each in json_records.records(source) if (made := _from_json(each))]
    else:
        found = xml_records.gather(source, frozenset(("entry", "feed")), _take)
        entries = [each for each in found.value if isinstance(each, Entry)]
        blog = next((each for each in found.value if isinstance(each, Blog)), blog)
        said = found.diagnostics
    texts = [each for each in entries if each.kind != "comment"]
    letters: defaultdict[str, list[Entry]] = defaultdict(list)
    for each in entries:
        if each.kind == "comment":
            letters[each.post].append(each)
    chosen = choose(texts, only, source, names=_names, group=_group)
    known = {each.id for each in texts}
    orphans = sum(len(each) for post, each in letters.items() if post not in known)
    lost = (ORPHANS.at(Place(source.name), count=orphans),) if orphans else ()
    essays = tuple(_essay(each, letters[each.id], blog) for each in chosen.value)
    return Made(essays, (*said, *chosen.diagnostics, *lost))


def _take(element: etree._Element) -> Entry | Blog:
    told = xml_records.fields(element)
    links = {each.get("rel", ""): each.get("href", "") for each in xml_records.children(element, "link")}
    if xml_records.local(element.tag) == "feed":
        return Blog(threads.plain(told.get("title", "")), links.get("alternate", ""))
    terms = [each.get("term", "") for each in xml_records.children(element, "category")]
    kinds = [term.rpartition("#")[2] for term in terms if "/kind#" in term]
    answered = next(xml_records.children(element, "in-reply-to"), None)
    people = list(xml_records.children(element, "author"))
    control = next(xml_records.children(element, "control"), None)
    draft = control is not None and xml_records.fields(control).get("draft") == "yes"
    removed = any(
        each.get("name") == "blogger.contentRemoved" for each in xml_records.children(element, "extendedProperty")
    )
    status = "trashed" if removed or told.get("trashed") else "draft" if draft else told.get("status", "")
    return Entry(
        line=xml_records.line(element),
        id=_number(told.get("id", "")),
        kind=(told.get("type") or next(iter(kinds), "post")).lower(),
        status=status.lower(),
        title=told.get("title", ""),
        url=links.get("alternate") or told.get("filename", ""),
        author=xml_records.fields(people[0]).get("name", "") if people else "",
        when=told.get("published") or told.get("created", ""),
        text=told.get("content", ""),
        labels=tuple(dict.fromkeys(threads.plain(term) for term in terms if term and "/kind#" not in term)),
        post=_number(told.get("parent") or (xml_records.attribute(answered, "ref") if answered is not None else "")),
        parent=_number(told.get("inReplyTo") or links.get("related", "")),
    )


def _from_json(record: dict[str, Any]) -> Entry | None:
    kind = words(record, "kind").removeprefix("blogger#")
    if kind not in ("post", "page", "comment"):
        return None
    labels = (threads.plain(each) for each in json_records.items(record, "labels") if isinstance(each, str))
    return Entry(
        line=0,
        id=words(record, "id"),
        kind=kind,
        status=words(record, "status").lower(),
        title=words(record, "title"),
        url=words(record, "url"),
        author=words(record, "author", "displayName"),
        when=words(record, "published"),
        text=words(record, "content"),
        labels=tuple(labels),
        post=words(record, "post", "id"),
        parent=words(record, "inReplyTo", "id"),
    )


def _number(ident: str) -> str:
    """Return the number that an id such as `tag:blogger.com,1999:blog-1.post-23` or an address ends in."""
    found = re.search(r"(\d+)/?$", ident)
    return found[1] if found else ident


def _names(entry: Entry) -> Iterable[str]:
    if not entry.text or entry.kind in OTHERS:
        return []
    groups = [f"type:{entry.kind}", f"status:{entry.status or 'live'}", *(f"category:{each}" for each in entry.labels)]
    return [entry.id, f"post-{entry.id}", entry.url, threads.plain(entry.title), _slug(entry), *groups]


def _group(entry: Entry) -> str:
    if entry.kind != "post":
        return OTHERS.get(entry.kind) or ("pages" if entry.kind == "page" else f"entries of the kind “{entry.kind}”")
    if not entry.text:
        return "posts without text"
    return "" if entry.status in ("", "live") else HIDDEN.get(entry.status, f"posts with the status “{entry.status}”")


def _slug(entry: Entry) -> str:
    last = unquote(urlsplit(entry.url).path).rpartition("/")[2]
    return slug_of(last.removesuffix(".html"))


def _essay(entry: Entry, letters: list[Entry], blog: Blog) -> Imported:
    url = urljoin(blog.url, entry.url) if entry.url else ""
    body = held(entry.text, base=url, line=entry.line)
    author = threads.name(entry.author)
    responses = (
        threads.Response(
            each.id, each.parent, each.author, each.when, each.text,
            refused="" if each.status in ("", "live") else REMOVED.get(each.status, "not approved"),
        )
        for each in letters
    )  # fmt: skip
    comments, refused = threads.comments(responses, lambda text: held(text, base=url).text, entry.line)
    return Imported(
        slug=_slug(entry),
        body=body.text,
        title=title(entry.title) or None,
        authors=(author,) if author else (),
        date=threads.date(entry.when),
        url=url or None,
        publication=blog.title or None,
        comments=comments,
        dropped=(*body.dropped, *refused),
        id=f"post-{entry.id}" if entry.id else "",
        categories=entry.labels,
        images=tuple({each.url: each for each in body.images}.values()),
    )
