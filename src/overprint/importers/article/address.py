"""The address of a page, and that of its site: relative links count from there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import parse_qs, urljoin, urlsplit

from overprint.importers.article.blocks import Element, line
from overprint.importers.article.guess import Guess, best
from overprint.importers.article.stated import Stated

SHARERS = re.compile(
    r"//(?:www\.|m\.)?(?:facebook\.com/sharer|twitter\.com/(?:share|intent/tweet)|x\.com/intent/|linkedin\.com/share|"
    r"reddit\.com/submit|(?:\w+\.)?tumblr\.com/share|pinterest\.com/pin/create)"
)
SHARED = ("u", "url", "link")
OEMBED = re.compile(r"application/(?:json|xml)\+oembed|text/xml\+oembed")
OF_SITE = frozenset("home amphtml shortlink pingback editoruri search next prev start index https://api.w.org/".split())
"""What a page links to on its own site, though the address is not its own."""
FEED = re.compile(r"application/(?:rss|atom)\+xml")
ELSEWHERE = re.compile(
    r"//(?:[\w-]+\.)*(?:wp\.me|bit\.ly|feedburner\.com|feedblitz\.com|feedpress\.me|ampproject\.org)/"
)
"""Services that keep feeds and short links for others."""


def is_whole(url: str) -> bool:
    """Tell whether an address leads to the web by itself."""
    try:
        return urlsplit(url).scheme in ("http", "https") and "." in urlsplit(url).netloc
    except ValueError:
        return False


def own(root: Element, said: Stated) -> Guess | None:
    """Return the page's own address, out of what its data says and whatever names it."""
    told = next((each for each in said.of("url") if is_whole(each.value)), None)
    return best(told, _embedded(root), _shared(root))


def site(root: Element) -> Guess | None:
    """Return the front page of the site, as `https://example.org/`, where the page's own address is not known."""
    for each in root.iter("link"):
        kinds, url = (each.get("rel") or "").lower().split(), (each.get("href") or "").strip()
        feed = "alternate" in kinds and FEED.search(each.get("type") or "")
        if is_whole(url) and not ELSEWHERE.search(url) and (feed or OF_SITE & set(kinds)):
            called = "the link to its feed" if feed else f"the link called {min(OF_SITE & set(kinds))}"
            return Guess(urljoin(url, "/"), called, 0.6, line(each))
    return None


def _embedded(root: Element) -> Guess | None:
    """Return the address by which other sites embed the page."""
    for each in root.iter("link"):
        if OEMBED.search(each.get("type") or "") and (url := _within(each.get("href") or "")):
            return Guess(url, "the link by which others embed the page", 0.65, line(each))
    return None


def _shared(root: Element) -> Guess | None:
    """Return the address that all buttons for sharing give away; none where they share several, or the front page."""
    found = {_bare(url): (url, each) for each, url in _sharing(root)}
    if len(found) != 1:
        return None
    url, link = next(iter(found.values()))
    url = re.sub(r"[?&]utm_.*|#.*", "", url)
    return Guess(url, "the page's buttons for sharing", 0.55, line(link)) if urlsplit(url).path.strip("/") else None


def _sharing(root: Element) -> Iterator[tuple[Element, str]]:
    for each in root.iter("a"):
        if SHARERS.search(each.get("href") or "") and (url := _within(each.get("href") or "")):
            yield each, url


def _within(url: str) -> str:
    """Return the address that an address carries as a parameter, or nothing."""
    try:
        said = parse_qs(urlsplit(url).query)
    except ValueError:
        return ""
    return next((value for name in SHARED for value in said.get(name, ()) if is_whole(value)), "")


def _bare(url: str) -> str:
    return re.sub(r"^https?:|/?(?:[?&]utm_.*|#.*)?$", "", url)
