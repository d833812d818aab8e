"""Reads the JSON that Ghost exports: its posts with their authors. Members and e-mails are never looked at."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from typing import Any

from overprint.diagnostics import Made, Place, hint
from overprint.importers.exports import threads
from overprint.importers.exports.choice import choose
from overprint.importers.exports.html_fields import held, picture, title
from overprint.importers.exports.json_records import items, records, words
from overprint.importers.source import Source, slug_of
from overprint.importers.walk.inline import escaped
from overprint.model import Dropped, Imported, ImportedBio, ImportedImage

KIND = "ghost"

NO_ADDRESS = hint(
    "I165",
    "links to pages of the same site lead nowhere ({count}), as the export does not say its address",
    "put the links in by hand where they matter",
    "Ghost writes its exports without the address of the site. A link to another post of it keeps its words, "
    "but cannot lead anywhere.",
)
HERE = "__GHOST_URL__"


def sniff(source: Source) -> float:
    """Return near certainty for JSON with the tables of Ghost."""
    head = source.head.lstrip()
    marks = sum(f'"{name}"' in head for name in ("db", "exported_on", "posts", "mobiledoc", "lexical", "comment_id"))
    return 0.95 if head.startswith("{") and marks > 1 else 0.0


def read(source: Source, *, only: Collection[str] = ()) -> Made[tuple[Imported, ...]]:
    """Return the chosen posts as essays.

    Raises:
        Stop: the file cannot be read, or holds nothing that was asked for.
    """
    whole = next(iter(records(source)), {})
    data = next((each for each in items(whole, "db") if isinstance(each, dict)), whole)
    data = data.get("data", data)
    tables = {
        name: _rows(data, name) for name in ("posts", "users", "tags", "posts_authors", "posts_tags", "posts_meta")
    }
    chosen = choose(tables["posts"], only, source, names=lambda post: _names(post, tables), group=_group)
    links = sum(words(each, "html").count(f'href="{HERE}') for each in chosen.value)
    said = (NO_ADDRESS.at(Place(source.name), count=links),) if links else ()
    return Made(tuple(_essay(each, tables) for each in chosen.value), (*chosen.diagnostics, *said))


def _rows(data: Any, name: str) -> list[dict[str, Any]]:
    return [each for each in items(data, name) if isinstance(each, dict)]


def _names(post: dict[str, Any], tables: dict[str, list[dict[str, Any]]]) -> list[str]:
    if not words(post, "html"):
        return []
    groups = [f"type:{_type(post)}", f"status:{words(post, 'status')}"]
    groups += [f"category:{name}" for name in _tags(post, tables)]
    return [words(post, "id"), words(post, "slug"), threads.plain(words(post, "title")), *groups]


def _type(post: dict[str, Any]) -> str:
    return words(post, "type") or ("page" if post.get("page") else "post")


def _group(post: dict[str, Any]) -> str:
    if not words(post, "html"):
        return "posts without text"
    if words(post, "status") not in ("published", "sent"):
        return {"draft": "drafts", "scheduled": "posts not yet published"}.get(words(post, "status"), "private posts")
    return "" if _type(post) == "post" else "pages"


def _essay(post: dict[str, Any], tables: dict[str, list[dict[str, Any]]]) -> Imported:
    url = words(post, "canonical_url")
    # Where the export's folder of pictures lies beside it, they are found there.
    body = held(words(post, "html").replace(f'src="{HERE}/', 'src="').replace(f'href="{HERE}', 'href="#'))
    writers = _joined(post, tables, "posts_authors", "author_id", "users") or [
        each for each in tables["users"] if words(post, "author_id") and words(each, "id") == words(post, "author_id")
    ]
    named = {name: words(each, "bio") for each in writers if (name := threads.name(words(each, "name")))}
    excerpt = words(post, "custom_excerpt")
    return Imported(
        slug=slug_of(words(post, "slug")),
        body=body.text,
        title=title(words(post, "title")) or None,
        authors=tuple(named),
        date=_date(post.get("published_at")),
        language=words(post, "locale") or None,
        url=url or None,
        bios=tuple(ImportedBio(name, escaped(" ".join(bio.split()))) for name, bio in named.items() if bio),
        dropped=(*body.dropped, *([Dropped(excerpt, "the excerpt shown in lists", 0)] if excerpt else [])),
        id=f"post-{words(post, 'id')}",
        categories=tuple(_tags(post, tables)),
        images=tuple({each.url: each for each in (*_featured(post, tables), *body.images)}.values()),
    )


def _joined(
    post: dict[str, Any], tables: dict[str, list[dict[str, Any]]], between: str, key: str, table: str
) -> list[dict[str, Any]]:
    """Return the rows of a table that a post is joined to, in their order."""
    own = [each for each in tables[between] if words(each, "post_id") == words(post, "id")]
    own.sort(key=lambda each: int(words(each, "sort_order") or 0))
    rows = {words(each, "id"): each for each in tables[table]}
    return [rows[words(each, key)] for each in own if words(each, key) in rows]


def _tags(post: dict[str, Any], tables: dict[str, list[dict[str, Any]]]) -> list[str]:
    """Return the names of a post's tags; those with a hash are the site's own marks."""
    found = [threads.plain(words(each, "name")) for each in _joined(post, tables, "posts_tags", "tag_id", "tags")]
    return [each for each in found if each and not each.startswith("#")]


def _featured(post: dict[str, Any], tables: dict[str, list[dict[str, Any]]]) -> list[ImportedImage]:
    url = words(post, "feature_image") or words(post, "image")
    about = next((each for each in tables["posts_meta"] if words(each, "post_id") == words(post, "id")), {})
    return [picture(url.replace(f"{HERE}/", ""), words(about, "feature_image_alt"))] if url else []


def _date(when: Any) -> str | None:
    """Return a date; old exports count the milliseconds since 1970."""
    if isinstance(when, int) and 0 < when < 10**14:
        return datetime.datetime.fromtimestamp(when / 1000, datetime.UTC).date().isoformat()
    return threads.date(when) if isinstance(when, str) else None
