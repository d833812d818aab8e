"""Reads a saved web page: the essay, what the page says of it, its author's bio and the readers' comments."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING
from urllib.parse import unquote, urljoin, urlsplit

from lxml.etree import SubElement

from overprint.diagnostics import Diagnostic, Kind, Made, Place, Stop, error, hint, warning
from overprint.importers.source import Source
from overprint.importers.text_paragraphs import inline
from overprint.model import Dropped, Imported, ImportedBio, ImportedImage

if TYPE_CHECKING:
    from overprint.importers.article import Bio, Element, Found, Guess
    from overprint.importers.walk import Walked

KIND = "html"
FEW = 250
"""Characters; a shorter essay is more often a page that was saved before it had loaded, or the front of a paywall."""

NO_ESSAY = error(
    "I070",
    "nothing in {name} reads like an essay",
    "open the essay in the browser, wait until it is there, and save it again",
    "The page was read, but no text is left once menus, boxes and comments are set apart. Some pages load their text "
    "by a script: save them from the browser, not with a download program. A list of essays is no essay either.",
)
TITLE = hint(
    "I071",
    "“{value}” is taken as the title: {evidence}",
    "give --title if it is not",
    "A page says its title in several places, and the site's name often stands in it. The heading that agrees with "
    "the page's data is taken, and the place it was found is told.",
)
NO_TITLE = warning(
    "I072",
    "no title was found",
    "give --title, or write it in essay.md",
    "The page has no heading of its own and does not name a title in its data. A title is never invented. "
    "The essay cannot be built until it has one.",
)
AUTHOR = hint(
    "I073",
    "{value} is taken as the author: {evidence}",
    "give --author if it is someone else",
    "The author is taken from the page's data, else from the byline. Sites sometimes name an editor or an account "
    "there, so look at it once.",
)
NO_AUTHOR = warning(
    "I074",
    "no author was found",
    "give --author, or write it in essay.md",
    "Neither the page's data nor a byline names a person. The site's own name is not taken for an author. "
    "The essay needs one before the book is built.",
)
DATE = hint(
    "I075",
    "{value} is taken as the date: {evidence}",
    "correct date: in essay.md if it is another",
    "The day the essay first appeared is taken from the page's data, else from what stands beside the title, else "
    "from the address. The day of a later change is never taken.",
)
NO_DATE = hint(
    "I076",
    "no date was found",
    "give --date, or leave it out",
    "The page does not say when the essay appeared, or writes it so that day and month could be confused, "
    "as in 3/4/2014. A date is never invented.",
)
FACT = hint(
    "I077",
    "{what}: {value}, from {evidence}",
    "correct it in essay.md if it is wrong",
    "Language, address and publication are taken from the page's data. A site may name a language that its essays "
    "are not written in, so it is worth a look.",
)
SUBTITLE = hint(
    "I078",
    "“{value}” is taken as the subtitle: {evidence}",
    "move it into the essay if it is its first paragraph",
    "A line right below the title that the page marks as subtitle or standfirst is kept apart from the text. "
    "Some sites use it for a summary that the author did not write.",
)
BIO = hint(
    "I079",
    "a bio of {name} was found in {evidence}",
    "check it in people/, and leave out what is only of the site",
    "Bios stand in an author box, under “About the author”, or in italics at the end. They are kept with the person, "
    "not in the essay.",
)
BESIDE = warning(
    "I080",
    "a passage that may belong to the essay was left out: “{text}”",
    "compare with the page, and put it into essay.md if it is part of it",
    "Two readers of web pages take this passage for text, but it stands outside the element that holds the essay. "
    "It may be a teaser of another essay, or a part that the site sets apart.",
)
SHORT = warning(
    "I081",
    "the essay has only {count} characters",
    "compare with the page: it may have been saved before all of it had loaded",
    "Pages behind a subscription, or pages that load as one scrolls, often hold only the beginning. "
    "Save the page again when all of it can be read.",
)


SITE = hint(
    "I082",
    "links to other pages of the site are led to {value}, from {evidence}",
    "give --url with the page's address if they lead astray",
    "The page does not say its own address, but names its site's. Links that begin with / count from there. Links that "
    "count from the page itself need its own address.",
)
HOMELESS = warning(
    "I083",
    "links that lead nowhere in a book: {count}, the first to {first}; the page does not say its own address",
    "give --url with the page's address",
    "A link such as /about or notes.html counts from the address of its page. Where the page does not say it, the link "
    "is kept as it stands. With --url it is made whole.",
)


def sniff(source: Source) -> float:
    """Return how sure it is that the source is a page: by its first tags."""
    utf16 = source.data[:2] in (b"\xff\xfe", b"\xfe\xff")
    head = source.data[:4096].decode("utf-16", "ignore") if utf16 else source.head
    start = re.sub(r"\A(?:\s|\ufeff|<\?xml[^>]*>|<!--.*?-->)+", "", head, flags=re.S)[:200].lower()
    if re.match(r"<!doctype\s+html|<html[\s>]", start):
        return 0.8
    return (
        0.5
        if re.match(r"<(?:head|body|article|main|div|p|h[1-6]|section|title|meta|table|span|a|ul)\b", start)
        else 0.0
    )


def read(source: Source, today: str = "", url: str = "") -> Made[tuple[Imported, ...]]:
    """Return the one essay of a page, with its comments.

    Args:
        source: the page.
        today: the day from which “2 days ago” counts, as 2025-03-14; empty where it cannot be known.
        url: the page's address as the editor knows it; empty where the page has to say it.

    Raises:
        Stop: it is no page that can be read, or holds no essay.
    """
    return essay(source, today, url, {})


def essay(source: Source, today: str, url: str, held: Mapping[str, bytes]) -> Made[tuple[Imported, ...]]:
    """Return the one essay of a page, as `read`; `held` are pictures that came with it, by their address."""
    from overprint.importers import article, dom, responses, walk

    page = dom.page(source)
    base, site = _rebased(page.value.root, url)
    comments = responses.find(page.value, today=today, path=source.name)
    found = article.find(page.value, comments.elements)
    walked = walk.markdown(found.element, base=base)
    if not re.search(r"[^\W\d_]", walked.text):
        raise Stop(NO_ESSAY.at(Place(source.name, 1, 1), name=source.name))
    body, images = _pictures(walked, source, base, found.element, held)
    made = Imported(
        slug="",
        body=body,
        title=_title(found),
        subtitle=inline(found.subtitle.value) if found.subtitle else None,
        authors=tuple(each.value for each in found.authors),
        date=_value(found.date),
        language=_value(found.language),
        url=_value(found.url),
        publication=_value(found.publication),
        comments=comments.comments,
        bios=tuple(_bio(each, base) for each in found.bios),
        dropped=_in_order((*found.dropped, *walked.dropped)),
        images=images,
    )
    told = (*_told(found, made, source.name), *_homeless(found.element, base, site, source.name))
    return Made((made,), (*page.diagnostics, *comments.said, *told))


def _value(guess: Guess | None) -> str | None:
    return guess.value if guess else None


def _in_order(dropped: Iterable[Dropped]) -> tuple[Dropped, ...]:
    return tuple(sorted(dropped, key=lambda each: each.line))


def _rebased(root: Element, url: str) -> tuple[str, Guess | None]:
    """Have the page say what its links count from, for all who read it, and return it.

    Where only the site is known, it is returned too, and links from its top are made whole.
    """
    from overprint.importers.article import address
    from overprint.importers.article.stated import stated

    own = address.own(root, stated(root))
    given = [each for each in root.iter("base") if each.get("href")]
    try:
        base = urljoin(url or (own.value if own else ""), given[0].get("href") or "" if given else "")
    except ValueError:
        base = url or (own.value if own else "")
    if base:
        for each in given:
            each.set("href", base)
        if not given and (head := next(root.iter("head"), None)) is not None:
            SubElement(head, "base", href=base)
        return base, None
    if site := address.site(root):
        for each in root.iter("a", "img"):
            name = "href" if each.tag == "a" else "src"
            if re.match(r"/(?!/)", each.get(name) or ""):
                each.set(name, urljoin(site.value, each.get(name)))
    return "", site


def _homeless(element: Element, base: str, site: Guess | None, path: str) -> Iterator[Diagnostic]:
    """Tell what the essay's links count from where the page does not say its address."""
    if base:
        return
    links = [each.get("href") or "" for each in element.iter("a")]
    left = [each for each in links if each and not re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|//|#", each)]
    if left:
        yield HOMELESS.at(Place(path, 1, 1), count=len(left), first=left[0])
    if site and any(each.startswith(site.value) for each in links):
        yield SITE.at(Place(path, site.line or 1, 1), value=site.value, evidence=site.evidence)


def _title(found: Found) -> str | None:
    """Return the title as Markdown, with the emphasis of its heading."""
    if found.title is None:
        return None
    if found.heading is not None and next(found.heading.iter("em", "i", "cite"), None) is not None:
        from overprint.importers import walk

        text = walk.markdown(found.heading).text.strip().lstrip("#").strip()
        return " ".join(text.split())
    return inline(found.title.value)


def _bio(bio: Bio, base: str) -> ImportedBio:
    from overprint.importers import walk

    parts = (walk.markdown(each, base=base).text.strip() for each in bio.elements)
    return ImportedBio(bio.name, "\n\n".join(part for part in parts if part))


def _pictures(
    walked: Walked, source: Source, base: str, element: Element, held: Mapping[str, bytes]
) -> tuple[str, tuple[ImportedImage, ...]]:
    """Return the text and its pictures; those that the browser saved beside the page are named by their files."""
    beside = {}
    for each in element.iter("img"):
        name = each.get("src") or ""
        if name and not urlsplit(name).scheme and not name.startswith("/") and _is_beside(source, name):
            beside[urljoin(base, name)] = name.removeprefix("./")
    text, images = walked.text, []
    for image in walked.images:
        url = beside.get(image.url, image.url)
        text = text.replace(image.url, url) if url != image.url else text
        name = re.sub(r"[^\w.-]+", "-", unquote(urlsplit(url).path).rpartition("/")[2]).strip("-.")
        images.append(ImportedImage(name or "picture", held.get(url), url, image.alt))
    return text, tuple(images)


def _is_beside(source: Source, name: str) -> bool:
    try:
        return (source.path.parent / unquote(name.partition("?")[0])).is_file()
    except (OSError, ValueError):
        return False


def _told(found: Found, essay: Imported, path: str) -> list[Diagnostic]:
    """Return what the editor should know of the guesses."""

    def tell(kind: Kind, line: int = 1, **facts: object) -> Diagnostic:
        return kind.at(Place(path, line or 1, 1), facts=facts)

    guesses = [(TITLE, found.title), *((AUTHOR, each) for each in found.authors)]
    guesses += [(DATE, found.date), (SUBTITLE, found.subtitle)]
    said = [tell(kind, each.line, value=each.value, evidence=each.evidence) for kind, each in guesses if each]
    missing = ((NO_TITLE, found.title), (NO_AUTHOR, found.authors), (NO_DATE, found.date))
    said += [tell(kind) for kind, there in missing if not there]
    facts = (("language", found.language), ("address", found.url), ("publication", found.publication))
    said += [tell(FACT, each.line, what=what, value=each.value, evidence=each.evidence) for what, each in facts if each]
    said += [tell(BIO, each.line, name=each.name, evidence=each.evidence) for each in found.bios]
    said += [tell(BESIDE, each.line, text=each.text[:80]) for each in found.beside]
    return said if len(essay.body) >= FEW else [*said, tell(SHORT, count=len(essay.body))]
