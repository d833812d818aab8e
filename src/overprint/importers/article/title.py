"""The title of an article: the heading that says what the page's data says, else the data without the site's name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from overprint.importers.article import marks
from overprint.importers.article.blocks import Element, above, having, is_glued, line, tag, words
from overprint.importers.article.guess import Guess
from overprint.importers.article.names import BY, people
from overprint.importers.article.stated import Stated

HEADINGS = ("h1", "h2", "h3")
NAMED = re.compile(
    r"(?:^| )(?:(?:post|entry|article|story|page|blog|single|content|chapter|tdb?|node)-?(?:title|headline|heading|"
    r"header-title|hed)\S*|headline\S*|p-name|"
    r"title|hed)(?= |$)"
)
SUBTITLE = re.compile(
    r"(?:^| )(?:\S*-)?(?:sub-?title|sub-?headline|sub-?heading|sub-?head|dek|deck|standfirst|strap-?line|untertitel|"
    r"sous-titre|chapo|sottotitolo)(?= |$)"
)
PARTS = re.compile(r"\s+[|–—·•»«:✩★/>-]+\s+|\s*[|»«✩]\s*|\s+::\s+")
LONGEST = 300
NEAR = 12


@dataclass(frozen=True, slots=True)
class Title:
    """The title, and the elements of the page that show it."""

    guess: Guess | None
    heading: Element | None
    shown: tuple[Element, ...]


def key(text: str) -> str:
    """Return the words of a text in lower case, for comparing."""
    return " ".join(re.findall(r"\w+", text.lower()))


def find(root: Element, said: Stated, sites: Sequence[str], url: str = "") -> Title:
    """Return the title.

    Args:
        root: the page.
        said: what its data says.
        sites: the names of the site, which are no part of a title.
        url: the page's address, where it is known.
    """
    site = {key(each) for each in sites if each}
    headings = [each for each in having(root, "class", "id", "itemprop", tags=HEADINGS) if _is_heading(each)]
    banners = {each for each in headings if _leads_home(each, url)}
    headings = [each for each in headings if each not in banners]
    for name in [key(said_by(each)) for each in banners]:
        site |= {name, f"{name} blog archive"}
    named = [(guess, without_site(guess.value, site)) for guess in said.of("title")]
    whole = next((words(each) for each in root.iter("title")), "")
    best, most = None, 0.0
    for heading in headings:
        text = said_by(heading)
        if not text or len(text) > LONGEST or key(text) in site or not key(text):
            continue
        score = max(
            [_likeness(text, value) for _, value in named]
            + [
                0.9 * _likeness(text, without_site(whole, site)),
                0.8 * _within(text, whole),
                0.95 * _begins(text, whole),
            ]
        )
        score += 0.15 * _marked(heading) + (0.1 if tag(heading) == "h1" else 0.0)
        if score > most + 1e-9:
            best, most = heading, score
    if best is not None and most >= 0.75:
        source = next(
            (guess.evidence for guess, value in named if _likeness(said_by(best), value) > 0.6),
            "the page's title" if whole else "",
        )
        evidence = f"the heading{f', as in {source}' if source else ''}"
        return _shown(root, Guess(said_by(best), evidence, min(0.98, most), line(best)), best, headings)
    alone = [
        each
        for each in headings
        if tag(each) == "h1" and key(words(each)) and key(words(each)) not in site and _marked(each) >= 0
    ]
    if len(alone) == 1 and len(said_by(alone[0])) <= LONGEST and not _in_banner(alone[0], root):
        return _shown(
            root, Guess(said_by(alone[0]), "the only main heading of the page", 0.7, line(alone[0])), alone[0], headings
        )
    for guess, value in named:
        if value and key(value) not in site:
            return _shown(root, Guess(value, guess.evidence, guess.sure - 0.1, guess.line), None, headings)
    if (named_so := _named_so(headings, site)) is not None:
        guess = Guess(said_by(named_so), "the heading that the page marks as its title", 0.6, line(named_so))
        return _shown(root, guess, named_so, headings)
    value = without_site(whole, site)
    last = Guess(value, "the page's title, which browsers show", 0.5) if value and key(value) not in site else None
    return _shown(root, last, None, headings)


def _leads_home(heading: Element, url: str) -> bool:
    """Tell whether a heading is a link to the site's front page, and so shows the site's name."""
    link = next(heading.iter("a"), None)
    if link is None or key(words(link)) != key(words(heading)):
        return False
    try:
        home = urljoin(url, link.get("href") or "").rstrip("/")
        top = not urlsplit(home).path and bool(urlsplit(home).netloc or link.get("href") == "/")
    except ValueError:
        return False
    rest = url.removeprefix(f"{home}/").strip("/")
    below = url.startswith(f"{home}/") and bool(rest) and not re.fullmatch(r"(?:page/)?\d+", rest)
    return "home" in (link.get("rel") or "").split() or below or (top and not (url and url.rstrip("/") == home))


def _named_so(headings: Sequence[Element], site: set[str]) -> Element | None:
    """Return the one heading that is called a title; where a main heading says its end, that one, without a number."""
    marked = {
        key(said_by(each)): each for each in headings if tag(each) in HEADINGS and NAMED.search(marks.names(each))
    }
    if len(marked) != 1 or (said := next(iter(marked))) in site:
        return None
    ends = (each for each in headings if tag(each) == "h1" and f" {said}".endswith(f" {key(said_by(each))}"))
    return next((each for each in ends if key(said_by(each))), marked[said])


def said_by(heading: Element) -> str:
    """Return a heading's words, without the sign that links to itself."""
    return words(heading).strip("¶#§ ")


def _shown(root: Element, guess: Guess | None, heading: Element | None, headings: Sequence[Element]) -> Title:
    same = tuple(each for each in headings if guess and key(words(each)) == key(guess.value))
    return Title(guess, heading, same)


def _is_heading(element: Element) -> bool:
    name = tag(element)
    if name in HEADINGS:
        return True
    if not name or name in (
        "html",
        "body",
        "title",
        "meta",
        "a",
        "span",
        "img",
        "svg",
        "article",
        "header",
        "section",
        "li",
    ):
        return False
    return "headline" in (element.get("itemprop") or "").split() or bool(
        NAMED.search(marks.names(element)) and len(list(element.iter())) < 8
    )


def _marked(heading: Element) -> int:
    for each in (heading, heading.getparent()):
        if each is not None and ("headline" in (each.get("itemprop") or "") or NAMED.search(marks.names(each))):
            return 1
    return 0


def _in_banner(heading: Element, root: Element) -> bool:
    return any(marks.reason(each) in (marks.HEADER, marks.NAVIGATION, marks.SIDEBAR) for each in above(heading, root))


def _likeness(one: str, other: str) -> float:
    """Return how much two titles say the same, from 0 to 1."""
    left, right = key(one), key(other)
    if not left or not right:
        return 0.0
    if left == right:
        return 1.0
    first, second = set(left.split()), set(right.split())
    return len(first & second) / len(first | second) if len(first) > 1 else 0.0


def _within(text: str, whole: str) -> float:
    inner, outer = key(text), key(whole)
    long = len(inner.split()) > 2 or len(inner) > 0.6 * len(outer)
    return 1.0 if inner and long and f" {inner} " in f" {outer} " else 0.0


def _begins(text: str, whole: str) -> float:
    inner = key(text)
    return 1.0 if " " in inner and f"{key(whole)} ".startswith(f"{inner} ") else 0.0


def without_site(text: str, site: set[str]) -> str:
    """Return a title without the site's name at its end or beginning."""
    cuts = list(PARTS.finditer(text))
    for cut in cuts:
        if key(text[cut.end() :]) in site:
            return text[: cut.start()].strip()
    for cut in reversed(cuts):
        if key(text[: cut.start()]) in site:
            return text[cut.end() :].strip()
    return text.strip()


def _is_byline(text: str) -> bool:
    return bool(BY.match(text)) and any(" " in name and name.istitle() for name in people(text))


def subtitle(root: Element, title: Title, said: Stated) -> tuple[Guess | None, Element | None]:
    """Return what stands below the title as its second part, and its element."""
    found = next((each for each in said.of("subtitle")), None)
    if title.heading is not None:
        after = title.heading.itersiblings()
        around = [each for each, _ in zip(after, range(NEAR), strict=False)]
        parent = title.heading.getparent()
        if parent is not None and parent is not root:
            around += [each for each, _ in zip(parent.itersiblings(), range(NEAR // 3), strict=False)]
        for each in around:
            for inner in [each, *list(each.iter())[:NEAR]]:
                if (
                    tag(inner)
                    and not is_glued(inner)
                    and (SUBTITLE.search(marks.names(inner)) or "alternativeHeadline" in (inner.get("itemprop") or ""))
                ):
                    text = words(inner)
                    if (
                        text
                        and len(text) <= LONGEST
                        and not _is_byline(text)
                        and key(text) != key(title.guess.value if title.guess else "")
                    ):
                        return Guess(text, "the line below the title", 0.8, line(inner)), inner
    if found and title.guess and key(found.value) != key(title.guess.value):
        return found, None
    return None, None
