"""Reads the export of a WordPress site (WXR), and that of Squarespace, which is written the same way.

`read(source, *, only=())`: without `only` every published post becomes an essay, or a record without a body
where it has comments and no text (see `exports.join`); `only` names entries by title, slug
or number, or groups by `type:page`, `status:draft`, `category:NAME`. Only the fields named here are looked at, so no
e-mail or network address of a reader can reach the book. A post's `id` is `post-NUMBER`, a comment's `comment-NUMBER`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from email.utils import parsedate_to_datetime
from urllib.parse import unquote, urljoin

from lxml import etree

from overprint.diagnostics import Diagnostic, Made, Place, warning
from overprint.importers.exports import threads, xml_records
from overprint.importers.exports.blocks import Library, Shown, shown
from overprint.importers.exports.choice import choose
from overprint.importers.exports.html_fields import Held, held, picture, title
from overprint.importers.exports.shortcodes import Picture
from overprint.importers.source import Source, slug_of
from overprint.model import Dropped, Imported, ImportedBio, ImportedImage

KIND = "wordpress"

SHORTCODE = warning(
    "I130",
    "left out of “{title}”, as only the site itself can fill it in: {what}",
    "look at the page on the site, and write what readers saw there into essay.md",
    "A post holds marks that a plugin of the site replaces when the page is shown: a form, a player, a list of recent "
    "posts. The export has the mark alone. Captions, galleries, embedded addresses and footnotes are understood.",
)
NAMELESS = warning(
    "I131",
    "the author of “{title}” is known to the export only by the account “{login}”",
    "give --author, or correct the name in people/",
    "WordPress names the author of a post by an account. Usually the export also says which name readers see for it. "
    "Here it does not, and an account's name may be anything, so no author was set.",
)

STATUSES = {
    "draft": "drafts",
    "auto-draft": "drafts",
    "pending": "posts waiting for review",
    "future": "posts not yet published",
    "private": "private posts",
    "trash": "posts in the bin",
}
NEVER = {
    "attachment": "pictures and files",
    "nav_menu_item": "menu entries",
    "revision": "earlier versions",
    "guest-author": "authors' profiles",
    "wp_block": "reusable blocks",
}
UNAPPROVED = {"": "", "1": "", "approve": "", "approved": "", "spam": "spam", "trash": "in the bin"}
PROFILE = frozenset(("cap-display_name", "cap-user_login", "cap-description"))
SUBTITLES = ("subtitle", "_subtitle", "wps_subtitle", "kia_subtitle", "secondary_title", "_secondary_title")
META = PROFILE | {*SUBTITLES, "footnotes", "_thumbnail_id", "_wp_attachment_image_alt"}
"""The custom fields that are looked at; any other may hold what is not for readers."""


@dataclass(frozen=True, slots=True)
class Site:
    """What the export says of the whole site."""

    title: str = ""
    url: str = ""
    language: str = ""
    plain: bool = True


@dataclass(frozen=True, slots=True)
class Account:
    """A writer's account, and the name that readers see for it."""

    login: str
    name: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of the export; texts are raw, `line` is that of its text."""

    line: int
    id: str
    kind: str
    status: str
    title: str
    link: str
    slug: str
    creator: str
    when: str
    text: str
    excerpt: str
    locked: bool
    parent: str
    attachment: str
    terms: tuple[tuple[str, str, str], ...] = ()
    meta: dict[str, str] = field(default_factory=dict)
    responses: tuple[threads.Response, ...] = ()

    def named(self, domain: str) -> list[str]:
        """Return the names that a domain such as `category` gives the entry."""
        return list(dict.fromkeys(name for kind, _, name in self.terms if kind == domain and name))


def sniff(source: Source) -> float:
    """Return certainty for an RSS file with the elements of a WordPress export."""
    if "<rss" not in source.head and "<channel" not in source.head:
        return 0.0
    return 1.0 if any(mark in source.head for mark in ("wordpress.org/export/", "wxr_version", "wp:post_")) else 0.0


def read(source: Source, *, only: Collection[str] = ()) -> Made[tuple[Imported, ...]]:
    """Return the chosen posts as essays.

    Raises:
        Stop: the file cannot be read, or holds nothing that was asked for.
    """
    found = xml_records.gather(source, frozenset(("item", "author", "channel")), _take)
    entries = [each for each in found.value if isinstance(each, Entry)]
    site = next((each for each in found.value if isinstance(each, Site)), Site())
    accounts = {each.login: each for each in (*_guests(entries), *found.value) if isinstance(each, Account)}
    chosen = choose(entries, only, source, names=_names, group=_group)
    library = _library(entries)
    said = [*found.diagnostics, *chosen.diagnostics]
    essays = tuple(_essay(each, site, accounts, library, source, said) for each in chosen.value)
    return Made(essays, tuple(said))


def _take(element: etree._Element) -> Entry | Account | Site | None:
    name = xml_records.local(element.tag)
    if name == "item":
        return _entry(element)
    told = xml_records.fields(element)
    if name == "author":
        login = told.get("author_login", "")
        return Account(login, told.get("author_display_name", "")) if login else None
    return Site(
        told.get("title", ""),
        told.get("base_blog_url") or told.get("link", ""),
        told.get("language", "").replace("_", "-"),
        "squarespace" not in told.get("generator", "").lower(),
    )


def _entry(element: etree._Element) -> Entry:
    told = xml_records.fields(element)
    text = next((each for each in xml_records.children(element, "encoded") if "excerpt" not in str(each.tag)), element)
    raw = text.text or "" if text is not element else ""
    pairs = (xml_records.fields(each) for each in xml_records.children(element, "postmeta"))
    return Entry(
        line=xml_records.line(text) + len(raw[: len(raw) - len(raw.lstrip())].splitlines()[1:]),
        id=told.get("post_id", ""),
        kind=told.get("post_type") or "post",
        status=told.get("status") or "publish",
        title=told.get("title", ""),
        link=told.get("link", ""),
        slug=unquote(told.get("post_name", "")),
        creator=told.get("creator", ""),
        when=threads.date(told.get("post_date", "")) or _date(told.get("pubDate", "")) or "",
        text=told.get("encoded", ""),
        excerpt=told.get("excerpt", ""),
        locked=bool(told.get("post_password")),
        parent=told.get("post_parent", ""),
        attachment=told.get("attachment_url", ""),
        terms=_terms(element),
        meta={pair["meta_key"]: pair.get("meta_value", "") for pair in pairs if pair.get("meta_key") in META},
        responses=tuple(_response(each) for each in xml_records.children(element, "comment")),
    )


def _terms(element: etree._Element) -> tuple[tuple[str, str, str], ...]:
    """Return an entry's terms as domain, slug and name; the first format wrote each again without its domain."""
    found = list(xml_records.children(element, "category"))
    told = [each for each in found if each.get("domain")] or found
    return tuple(
        (each.get("domain", "category"), each.get("nicename", ""), threads.plain(xml_records.text(each)))
        for each in told
    )


def _response(element: etree._Element) -> threads.Response:
    told = xml_records.fields(element)
    parent = told.get("comment_parent", "")
    return threads.Response(
        id=told.get("comment_id", ""),
        parent="" if parent == "0" else parent,
        author=told.get("comment_author", ""),
        when=told.get("comment_date") or told.get("comment_date_gmt", ""),
        body=told.get("comment_content", ""),
        kind=told.get("comment_type") or "comment",
        refused=UNAPPROVED.get(told.get("comment_approved", "").lower(), "not approved"),
    )


def _date(text: str) -> str | None:
    """Return the date of an RSS time such as `Mon, 20 Jan 2014 00:00:00 +0000`, as its own zone has it."""
    try:
        found = parsedate_to_datetime(text).date()
    except (ValueError, OverflowError):
        return None
    return found.isoformat() if found.year > 0 else None


def _names(entry: Entry) -> Iterable[str]:
    if entry.kind in NEVER or entry.kind.startswith("wp_") or not (entry.text or entry.responses):
        return []
    groups = [f"type:{entry.kind}", f"status:{entry.status}", *(f"category:{name}" for name in entry.named("category"))]
    return [entry.id, f"post-{entry.id}", entry.slug, entry.link, threads.plain(entry.title), *groups]


def _group(entry: Entry) -> str:
    return NEVER.get(entry.kind) or group_of(
        entry.kind, entry.status, empty=not (entry.text or entry.responses), locked=entry.locked
    )


def group_of(kind: str, status: str, *, empty: bool, locked: bool) -> str:
    """Return why an entry is left out unless it is named, as a plural; nothing for a published post."""
    if empty and kind in ("post", "page"):
        return "posts without text"
    if kind != "post":
        return "pages" if kind == "page" else f"entries of the kind “{kind}”"
    if locked:
        return "posts behind a password"
    return "" if status == "publish" else STATUSES.get(status, f"posts with the status “{status}”")


def _guests(entries: Iterable[Entry]) -> list[Account]:
    """Return the writers that the plugin for several authors keeps as entries of their own."""
    guests = [each for each in entries if each.kind == "guest-author"]
    return [
        Account(
            login, each.meta.get("cap-display_name") or threads.plain(each.title), each.meta.get("cap-description", "")
        )
        for each in guests
        if (login := each.meta.get("cap-user_login") or each.slug.removeprefix("cap-"))
    ]


def _library(entries: Iterable[Entry]) -> Library:
    library = Library({}, {}, {})
    pictures, children, blocks = {}, dict[str, list[str]](), {}
    for each in entries:
        if each.kind == "attachment" and each.attachment:
            alt = each.meta.get("_wp_attachment_image_alt", "")
            pictures[each.id] = Picture(each.attachment, alt, each.excerpt)
            children.setdefault(each.parent, []).append(each.id)
        elif each.kind == "wp_block":
            blocks[each.id] = each.text
    return replace(library, pictures=pictures, children=children, blocks=blocks)


def _essay(
    entry: Entry,
    site: Site,
    accounts: dict[str, Account],
    library: Library,
    source: Source,
    said: list[Diagnostic],
) -> Imported:
    url = urljoin(site.url, entry.link) if entry.link else ""
    typed = site.plain and "sqs-" not in entry.text
    whole = shown(entry.text, library, post=entry.id, footnotes=entry.meta.get("footnotes", ""), typed=typed)
    body = held(whole.html, base=url or site.url, line=entry.line)
    heading = title(entry.title)
    said += left_out(whole.left, heading or entry.slug, lambda at: _place(entry, source, at))
    writers = _writers(entry, accounts)
    if not writers and entry.creator:
        place = Place(source.name, entry.line)
        said.append(NAMELESS.at(place, title=heading or entry.slug, login=threads.name(entry.creator) or "an e-mail"))
    letters, refused = threads.comments(
        entry.responses, lambda text: held(shown(text, Library()).html, base=url).text, entry.line
    )
    return Imported(
        slug=slug_of(entry.slug.rpartition("/")[2].removesuffix(".html")),
        body=body.text,
        title=heading or None,
        subtitle=next((title(entry.meta[key]) for key in SUBTITLES if entry.meta.get(key)), None),
        authors=tuple(each.name for each in writers),
        date=entry.when or None,
        language=site.language or None,
        url=url or None,
        publication=threads.plain(site.title) or None,
        bios=tuple(ImportedBio(each.name, held(each.about).text) for each in writers if each.about),
        comments=letters,
        dropped=(*body.dropped, *_set_aside(entry, whole), *refused),
        id=f"post-{entry.id}" if entry.id else "",
        categories=tuple(entry.named("category")),
        images=_images(entry, body, library),
    )


def _writers(entry: Entry, accounts: dict[str, Account]) -> list[Account]:
    """Return the writers whose names are known: those the entry lists, else its one account."""
    logins = [nice.removeprefix("cap-") for domain, nice, _ in entry.terms if domain == "author"]
    writers = [accounts[each] for each in logins or [entry.creator] if each in accounts]
    if not writers and not accounts and entry.creator:
        # The first exports had no accounts and wrote the name that readers saw.
        writers = [Account(entry.creator, entry.creator)]
    named = (replace(each, name=threads.name(each.name) or "") for each in writers)
    return [each for each in named if each.name]


def left_out(left: Sequence[tuple[str, int]], heading: str, place: Callable[[int], Place]) -> list[Diagnostic]:
    """Tell what an essay lost because only its site can show it, where the first of it stands."""
    counts = Counter(what for what, _ in left)
    names = ", ".join(f"{what} ({count} times)" if count > 1 else what for what, count in counts.items())
    return [SHORTCODE.at(place(min(at for _, at in left)), what=names, title=heading)] if left else []


def _place(entry: Entry, source: Source, offset: int) -> Place:
    return Place(source.name, entry.line + entry.text.count("\n", 0, offset))


def _set_aside(entry: Entry, whole: Shown) -> list[Dropped]:
    marks = [
        Dropped(what, "filled in by the site", entry.line + entry.text.count("\n", 0, offset))
        for what, offset in whole.left
    ]
    excerpt = [Dropped(held(entry.excerpt).text, "the excerpt shown in lists", entry.line)] if entry.excerpt else []
    named = [*entry.named("post_tag"), *entry.named("tag")]
    tags = [Dropped(", ".join(named), "tags", entry.line)] if named else []
    return [*marks, *excerpt, *tags]


def _images(entry: Entry, body: Held, library: Library) -> tuple[ImportedImage, ...]:
    featured = library.pictures.get(entry.meta.get("_thumbnail_id", ""))
    ahead = [picture(featured.url, featured.alt)] if featured else []
    return tuple({each.url: each for each in (*ahead, *body.images)}.values())
