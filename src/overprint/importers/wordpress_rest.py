"""Reads what the REST address of a WordPress site answers: `/wp-json/wp/v2/posts?_embed` and `…/comments`, saved.

`read(source, *, only=())`, as for the export. Comments that come in a file of their own have no essay to stand under:
they are returned as records without a body, `id` being the `post-NUMBER` that they belong to; see `exports.join`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any
from urllib.parse import urldefrag

from overprint.diagnostics import Diagnostic, Made, Place
from overprint.importers import wordpress
from overprint.importers.exports import threads
from overprint.importers.exports.blocks import Library, shown
from overprint.importers.exports.choice import choose
from overprint.importers.exports.html_fields import held, picture, title
from overprint.importers.exports.json_records import items, records, words
from overprint.importers.source import Source, slug_of
from overprint.model import Dropped, Imported, ImportedBio, ImportedComment, ImportedImage

KIND = "wordpress-rest"


def sniff(source: Source) -> float:
    """Return near certainty for JSON with the fields of a WordPress post or comment."""
    head = source.head.lstrip()
    if not head.startswith(("[", "{")) or '"rendered"' not in head:
        return 0.0
    return 0.95 if '"content"' in head and ('"slug"' in head or '"author_name"' in head) else 0.0


def read(source: Source, *, only: Collection[str] = ()) -> Made[tuple[Imported, ...]]:
    """Return the chosen posts as essays, and the comments that stand apart as records without a body.

    Raises:
        Stop: the file cannot be read, or holds nothing that was asked for.
    """
    found = [each for each in records(source) if isinstance(each.get("content"), dict)]
    letters = [each for each in found if "author_name" in each]
    posts = [each for each in found if "author_name" not in each]
    said: list[Diagnostic] = []
    essays: list[Imported] = []
    if posts or not letters:
        chosen = choose(posts, only, source, names=_names, group=_group)
        said += chosen.diagnostics
        essays = [_essay(each, [*letters, *_replies(each)], source, said) for each in chosen.value]
    known = {words(each, "id") for each in posts}
    apart = dict.fromkeys(post for each in letters if (post := words(each, "post")) not in known)
    return Made((*essays, *(_apart(post, letters) for post in apart)), tuple(said))


def _names(post: dict[str, Any]) -> Iterable[str]:
    groups = [f"type:{words(post, 'type') or 'post'}", f"status:{words(post, 'status') or 'publish'}"]
    groups += [f"category:{name}" for name in _terms(post, "category")]
    called = [
        words(post, "id"),
        f"post-{words(post, 'id')}",
        words(post, "slug"),
        words(post, "link"),
        threads.plain(words(post, "title", "rendered")),
    ]
    return [*called, *groups] if words(post, "content", "rendered") else []


def _group(post: dict[str, Any]) -> str:
    # Whoever saved the answer asked for this kind of entry.
    empty, locked = not words(post, "content", "rendered"), bool(post["content"].get("protected"))
    return wordpress.group_of("post", words(post, "status") or "publish", empty=empty, locked=locked)


def _essay(post: dict[str, Any], letters: list[dict[str, Any]], source: Source, said: list[Diagnostic]) -> Imported:
    url = words(post, "link")
    whole = shown(words(post, "content", "rendered"), Library(), typed=False)
    body = held(whole.html, base=url)
    heading = title(words(post, "title", "rendered"))
    said += wordpress.left_out(whole.left, heading, lambda _: Place(source.name))
    writers = _writers(post)
    comments, refused = _comments([each for each in letters if words(each, "post") in ("", words(post, "id"))])
    return Imported(
        slug=slug_of(words(post, "slug")),
        body=body.text,
        title=heading or None,
        authors=tuple(writers),
        date=threads.date(words(post, "date")),
        language=words(post, "yoast_head_json", "og_locale").replace("_", "-") or None,
        url=url or None,
        publication=threads.plain(words(post, "yoast_head_json", "og_site_name")) or None,
        bios=tuple(ImportedBio(name, held(about).text) for name, about in writers.items() if about),
        comments=comments,
        dropped=(*body.dropped, *refused),
        id=f"post-{words(post, 'id')}",
        categories=tuple(_terms(post, "category")),
        images=tuple({each.url: each for each in (*_featured(post), *body.images)}.values()),
    )


def _writers(post: dict[str, Any]) -> dict[str, str]:
    """Return the names of a post's writers, each with what the site says of them; several stand as terms."""
    several = [each for group in _groups(post) for each in group if _is(each, "author")]
    named = ((threads.name(words(each, "name")), each) for each in several or items(post, "_embedded", "author"))
    return {name: words(each, "description") for name, each in named if name}


def _terms(post: dict[str, Any], taxonomy: str) -> list[str]:
    return [threads.plain(words(each, "name")) for group in _groups(post) for each in group if _is(each, taxonomy)]


def _groups(post: dict[str, Any]) -> list[list[Any]]:
    return [each for each in items(post, "_embedded", "wp:term") if isinstance(each, list)]


def _is(term: Any, taxonomy: str) -> bool:
    return words(term, "taxonomy") == taxonomy and bool(words(term, "name"))


def _featured(post: dict[str, Any]) -> list[ImportedImage]:
    found = items(post, "_embedded", "wp:featuredmedia")
    return [picture(url, words(each, "alt_text")) for each in found if (url := words(each, "source_url"))]


def _replies(post: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the comments that `?_embed` puts into a post."""
    pages = [each for each in items(post, "_embedded", "replies") if isinstance(each, list)]
    return [each for page in pages for each in page if isinstance(each, dict) and isinstance(each.get("content"), dict)]


def _apart(post: str, letters: list[dict[str, Any]]) -> Imported:
    own = [each for each in letters if words(each, "post") == post]
    comments, refused = _comments(own)
    url = next((urldefrag(link).url for each in own if (link := words(each, "link"))), None)
    return Imported(slug="", body="", url=url, comments=comments, dropped=refused, id=f"post-{post}")


def _comments(letters: list[dict[str, Any]]) -> tuple[tuple[ImportedComment, ...], tuple[Dropped, ...]]:
    found = {words(each, "id"): each for each in letters}
    return threads.comments((_response(each) for each in found.values()), lambda text: held(text).text)


def _response(letter: dict[str, Any]) -> threads.Response:
    parent = words(letter, "parent")
    return threads.Response(
        id=words(letter, "id"),
        parent="" if parent == "0" else parent,
        author=words(letter, "author_name"),
        when=words(letter, "date") or words(letter, "date_gmt"),
        body=words(letter, "content", "rendered"),
        kind=words(letter, "type") or "comment",
        refused=wordpress.UNAPPROVED.get(words(letter, "status").lower(), "not approved"),
    )
