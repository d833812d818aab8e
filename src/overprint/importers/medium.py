"""Reads an export of Medium: the ZIP, its folder, or a single post. The profile, which has e-mails, stays shut."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from overprint.diagnostics import Diagnostic, Made, Place, Stop, error
from overprint.importers import dom, walk
from overprint.importers.exports import threads
from overprint.importers.exports.choice import choose
from overprint.importers.exports.html_fields import picture
from overprint.importers.source import Source, slug_of
from overprint.model import Dropped, Imported

KIND = "medium"

NO_POSTS = error(
    "I172",
    "{name} holds no post as Medium exports them",
    "export from Medium again, and import the ZIP as it comes",
    "Medium’s export holds a folder `posts` with a page for each post and response. None of the pages in this file is "
    "marked up like one.",
)

POST = re.compile(r"(?:[^/]+/)?posts/[^/]+\.html")
MARKED = re.compile(r"""class="h-entry".*data-field="(?:subtitle|body)\"""", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Post:
    """A post's page: its `article`, and the name of its file."""

    article: Any
    name: str


def sniff(source: Source) -> float:
    """Return near certainty for a page with Medium's marks, or an archive or folder of them."""
    if source.files is None:
        return 0.97 if MARKED.search(source.head) else 0.0
    pages = [name for name in source.files.sizes if POST.fullmatch(name)][:20]
    return 0.96 if any(MARKED.search(source.files.read(name).decode("utf-8", "replace")) for name in pages) else 0.0


def read(source: Source, *, only: Collection[str] = ()) -> Made[tuple[Imported, ...]]:
    """Return the chosen posts as essays.

    Raises:
        Stop: there is no post, or none that was asked for.
    """
    posts, said = [], []
    for name, page in _pages(source):
        made = dom.page(page)
        said += [each for each in made.diagnostics if isinstance(each, Diagnostic)]
        found = [each for each in made.value.root.iter("article") if "h-entry" in (each.get("class") or "")]
        posts += [Post(each, posixpath.basename(name)) for each in found[:1]]
    if not posts:
        raise Stop(NO_POSTS.at(Place(source.name), name=source.name))
    alone = source.files is None
    chosen = choose(posts, only, source, names=_names, group=lambda post: "" if alone else _group(post))
    return Made(tuple(_essay(each) for each in chosen.value), (*said, *chosen.diagnostics))


def _pages(source: Source) -> list[tuple[str, Source]]:
    if source.files is None:
        return [(source.path.name, source)]
    names = [name for name in source.files.sizes if POST.fullmatch(name)]
    return [(name, Source(Path(f"{source.name}/{name}"), source.files.read(name), "")) for name in sorted(names)]


def _names(post: Post) -> list[str]:
    if not _words(_part(post, "e-content")):
        return []
    return [_ident(post), post.name, _words(_part(post, "p-name")), _url(post), _url(post).rpartition("/")[2]]


def _group(post: Post) -> str:
    if post.name.startswith("draft_") or _part(post, "dt-published") is None:
        return "drafts"
    if not _words(_part(post, "e-content")):
        return "posts without text"
    title, body = (_words(_part(post, each)) for each in ("p-name", "e-content"))
    # A response has no title, so Medium names it after its first words.
    headed = any("graf--title" in (each.get("class") or "") for each in post.article.iter("h2", "h3", "h4"))
    untitled = not headed and bool(title) and _same(body).startswith(_same(title.rstrip("….")))
    return "responses to others" if untitled else ""


def _essay(post: Post) -> Imported:
    body = _part(post, "e-content")
    title, subtitle = (_words(_part(post, each)) for each in ("p-name", "p-summary"))
    dropped = []
    for each in list(body.iter("h1", "h2", "h3", "h4"))[:2]:
        kind = each.get("class") or ""
        words = _words(each)
        named = "graf--title" in kind or "graf--subtitle" in kind
        if words and (_same(words) == _same(title) or (named and _same(words) == _same(subtitle))):
            each.drop_tree()
    rule = next((each for each in body.iter("hr")), None)
    if rule is not None and not _before(body, rule):
        rule.drop_tree()
    if _same(subtitle) and (subtitle.endswith("…") or _same(_words(body)).startswith(_same(subtitle))):
        dropped.append(Dropped(subtitle, "a summary cut from the essay’s first words", 0))
        subtitle = ""
    walked = walk.markdown(body, base=_url(post))
    author = threads.name(_words(_part(post, "p-author")))
    when = _part(post, "dt-published")
    tags = [_words(each) for each in post.article.iter("a") if "p-tag" in (each.get("class") or "").split()]
    return Imported(
        slug=slug_of(re.sub(r"-[0-9a-f]{8,}$", "", _url(post).rpartition("/")[2])),
        body=walked.text.strip(),
        title=_line(_part(post, "p-name")) or None,
        subtitle=_line(_part(post, "p-summary")) if subtitle else None,
        authors=(author,) if author else (),
        date=threads.date(when.get("datetime") or "") if when is not None else None,
        url=_url(post) or None,
        dropped=(*dropped, *walked.dropped),
        id=_ident(post),
        categories=tuple(tags),
        images=tuple({each.url: picture(each.url, each.alt) for each in walked.images}.values()),
    )


def _part(post: Post, name: str) -> Any:
    found = post.article.xpath(".//*[@class]")
    return next((each for each in found if name in each.get("class").split()), None)


def _words(element: Any) -> str:
    return "" if element is None else " ".join(element.text_content().split())


def _line(element: Any) -> str:
    return "" if element is None else " ".join(walk.markdown(element).text.split())


def _same(words: str) -> str:
    return " ".join(re.findall(r"\w+", words.casefold()))


def _before(body: Any, rule: Any) -> str:
    """Return the words of a body that stand before an element in it."""
    words = []
    for each in body.iter():
        if each is rule:
            break
        words.append(each.text or "")
    return "".join(words).strip()


def _url(post: Post) -> str:
    found = _part(post, "p-canonical")
    return str(found.get("href") or "") if found is not None else ""


def _ident(post: Post) -> str:
    """Return Medium's own number of a post, which also ends its address."""
    links = [str(each.get("href") or "") for each in post.article.iter("a")]
    found = (re.search(r"medium\.com/p/([0-9a-f]+)$", each) for each in links)
    number = next((each[1] for each in found if each), "") or re.sub(r".*-(?=[0-9a-f]{8,}\.)", "", post.name)
    return f"post-{number.removesuffix('.html')}"
