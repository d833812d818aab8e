"""Reads an export of Substack, zipped or unpacked: `posts.csv` and the posts. Lists of subscribers are never opened."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from overprint.diagnostics import Made, Place, Stop, error, warning
from overprint.importers import dom, walk
from overprint.importers.exports import threads
from overprint.importers.exports.choice import choose
from overprint.importers.exports.html_fields import picture, title
from overprint.importers.source import Source, slug_of
from overprint.model import Dropped, Imported

KIND = "substack"

NO_LIST = error(
    "I170",
    "{name} has no list of posts that can be read: {why}",
    "export from Substack again, and import the ZIP as it comes",
    "An export of Substack holds `posts.csv`, a line for each post with its title and date, and a folder `posts` with "
    "the texts. Without the list nothing says what is published and what is a draft.",
)
ABSENT = warning(
    "I171",
    "posts whose text is not in the export ({count}): {titles}",
    "export from Substack again if they are wanted",
    "The list of posts names them, but the folder `posts` has no file for them. Posts with sound or film alone are "
    "exported like this.",
)

LIST = "posts.csv"
RULES = re.compile(r"^(?:\*\*\*\s+)+|(?:\s+\*\*\*)+\s*$")
"""Lines between the essay and what is taken out above and below it."""
FIELD = 1_000_000
FURNITURE = (
    (("subscription-widget-wrap", "subscription-widget", "subscribe-widget"), "an invitation to subscribe"),
    (("button-wrapper", "captioned-button-wrap"), "a button"),
    (("digest-post-embed", "embedded-post-wrap"), "a preview of another post"),
    (("poll-embed", "install-substack-app-embed", "community-chat"), "a part that works on the site alone"),
)


@dataclass(frozen=True, slots=True)
class Post:
    """A line of the list, and the HTML of the post, empty where it is not in the export."""

    row: dict[str, str]
    html: str


def sniff(source: Source) -> float:
    """Return near certainty for an archive or folder with the list of posts, by its columns."""
    if source.files is None or (top := source.files.under(LIST)) is None:
        return 0.0
    first = source.files.read(top + LIST)[:400].decode("utf-8-sig", "replace").partition("\n")[0]
    return 0.97 if "post_id" in first and "is_published" in first else 0.0


def read(source: Source, *, only: Collection[str] = ()) -> Made[tuple[Imported, ...]]:
    """Return the chosen posts as essays.

    Raises:
        Stop: there is no list of posts, or nothing in it that was asked for.
    """
    posts = _posts(source)
    chosen = choose(posts, only, source, names=_names, group=_group)
    absent = [each.row["title"] or each.row["post_id"] for each in posts if not each.html and not _kept_out(each)]
    said = (ABSENT.at(Place(source.name), count=len(absent), titles=", ".join(absent[:5])),) if absent else ()
    return Made(tuple(_essay(each) for each in chosen.value), (*chosen.diagnostics, *said))


def _posts(source: Source) -> list[Post]:
    files = source.files
    top = files.under(LIST) if files else None
    if files is None or top is None:
        raise Stop(NO_LIST.at(Place(source.name), name=source.name, why=f"{LIST} is missing"))
    text = files.read(top + LIST).decode("utf-8-sig", "replace").replace("\0", "")
    place = Place(f"{source.name}/{LIST}" if source.path.is_dir() else source.name)
    csv.field_size_limit(FIELD)
    try:
        rows = [{key: (value or "").strip() for key, value in row.items() if key} for row in _rows(text)]
    except csv.Error as fault:
        raise Stop(NO_LIST.at(place, name=source.name, why=str(fault))) from None
    rows = [row for row in rows if row.get("post_id")]
    if not rows or "is_published" not in rows[0]:
        raise Stop(NO_LIST.at(place, name=source.name, why="it has no such columns, or no lines"))
    posts = []
    for row in rows:
        path = f"{top}posts/{row['post_id']}.html"
        html = dom.decoded(files.read(path), path)[0] if path in files.sizes else ""
        posts.append(Post({"title": "", **row}, html))
    return posts


def _rows(text: str) -> list[dict[str, Any]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def _names(post: Post) -> list[str]:
    if not post.html.strip():
        return []
    ident, _, slug = post.row["post_id"].partition(".")
    status = "publish" if post.row["is_published"].lower() == "true" else "draft"
    groups = [f"type:{post.row.get('type') or 'newsletter'}", f"status:{status}"]
    return [ident, slug, post.row["post_id"], threads.plain(post.row["title"]), *groups]


def _kept_out(post: Post) -> str:
    if post.row["is_published"].lower() != "true":
        return "drafts"
    kind = post.row.get("type") or "newsletter"
    return "" if kind == "newsletter" else f"{kind}s"


def _group(post: Post) -> str:
    return _kept_out(post) or ("" if post.html.strip() else "posts without text")


def _essay(post: Post) -> Imported:
    ident, _, slug = post.row["post_id"].partition(".")
    body = dom.fragment(post.html, post.row["title"])
    dropped = _furniture(body)
    walked = walk.markdown(body)
    return Imported(
        slug=slug_of(slug),
        body=RULES.sub("", walked.text),
        title=title(post.row["title"]) or None,
        subtitle=title(post.row.get("subtitle", "")) or None,
        date=threads.date(post.row.get("post_date", "")),
        dropped=(*dropped, *walked.dropped),
        id=f"post-{ident}",
        images=tuple({each.url: picture(each.url, each.alt) for each in walked.images}.values()),
    )


def _furniture(body: Any) -> list[Dropped]:
    """Take out what belongs to the newsletter and not to the essay."""
    dropped = []
    for classes, reason in FURNITURE:
        for each in [each for each in body.iter("div", "p") if {*(each.get("class") or "").split()} & {*classes}]:
            if each.getparent() is not None:
                words = " ".join(each.text_content().split())
                dropped.append(Dropped(words[:200] or classes[0], reason, 0))
                each.drop_tree()
    return dropped
