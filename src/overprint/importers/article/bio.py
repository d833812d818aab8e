"""The author's bio: the site's author box, a section “About the author”, or a last paragraph in italics."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from overprint.importers.article import marks
from overprint.importers.article.blocks import Block, Element, above, blocks, is_short, line, remove, tag, words
from overprint.importers.article.names import BEFORE, person
from overprint.importers.article.title import key

ABOUT = re.compile(
    r"(?:about|über|à propos de|sobre|acerca de|informazioni su|over|om)\s+(?:(?:the|den|die|l[’']|el|la|de|o|a)\s*)?"
    r"(?:authors?|writers?|contributors?|autor(?:in|en|es|as?)?|auteure?s?|autores?|autrice|forfatteren|"
    r"(?P<who>.{3,60}))\s*:?|(?:zur person|zum autor|zur autorin|bio|biography):?",
    re.I,
)
VERBS = (
    r"(?:is|was|has|lives|writes|works|teaches|ist|lebt|schreibt|arbeitet|est|vit|écrit|es|vive|escribe|è|scrive|"
    r"[’']s)"
)
BYLINE = re.compile(r"(?:by|von|par|por)\s", re.I)
SENTENCE = re.compile(r"[^\W\d_]{3,}[.!?…)]")
LABEL = 80
SHORTEST, LONGEST = 40, 2_500


@dataclass(frozen=True, slots=True)
class Bio:
    """A bio: whose, the elements that hold it, and the evidence."""

    name: str
    elements: tuple[Element, ...]
    evidence: str
    line: int


def find(root: Element, article: Element, authors: Sequence[str]) -> tuple[Bio, ...]:
    """Return the bios of a page, one for each author."""
    found: list[Bio] = []
    for bio in (*_boxes(root, authors), *_sections(root, authors), *_last(article, authors)):
        taken = {name for each in found for name in (key(each.name),)}
        if bio.name and key(bio.name) not in taken:
            found.append(bio)
    return tuple(found)


def _boxes(root: Element, authors: Sequence[str]) -> list[Bio]:
    found = []
    for each in root.iter():
        if tag(each) in ("", "html", "body", "a", "span", "img", "meta") or marks.reason(each) != marks.BIO:
            continue
        around = {marks.reason(holder) for holder in above(each, root)}
        if marks.COMMENTS in around or (marks.SIDEBAR in around and not _names(each, authors)):
            continue
        if parts := _paragraphs(each):
            name = _whose(each, parts, authors)
            found.append(Bio(name, parts, "the author box", line(parts[0])))
    return found


def _names(box: Element, authors: Sequence[str]) -> str:
    """Return the author whom a box names, or nothing."""
    said = key(words(box))
    return next((name for name in authors if key(name) in said), "")


def _paragraphs(box: Element) -> tuple[Element, ...]:
    """Return the elements of an author box that tell of the author: sentences, not the name alone or links."""
    for link in [each for each in box.iter("a") if BEFORE.match(words(each))]:
        remove(link)
    parts = [each for each in blocks(box) if each.linked < 0.6 * each.size and _tells(each)]
    return tuple(each.element for each in parts) if sum(each.size for each in parts) <= LONGEST else ()


def _tells(block: Block) -> bool:
    """Tell whether a block is a sentence about someone, not a byline."""
    text = block.text
    long = block.size >= SHORTEST and len(text.split()) >= 6
    return long and not BYLINE.match(text) and bool(SENTENCE.search(text))


def _whose(box: Element, parts: Sequence[Element], authors: Sequence[str]) -> str:
    if name := _names(box, authors):
        return name
    if len(authors) == 1:
        return authors[0]
    for each in box.iter("h1", "h2", "h3", "h4", "h5", "h6", "strong", "b", "a"):
        if (name := person(words(each))) and " " in name:
            return name
    return ""


def _sections(root: Element, authors: Sequence[str]) -> list[Bio]:
    found = []
    for each in root.iter("h2", "h3", "h4", "h5", "h6", "strong", "b", "p"):
        text = words(each) if is_short(each, LABEL) else ""
        about = ABOUT.fullmatch(text)
        who = about["who"] if about else None
        if not about or (who and key(who) not in {key(name) for name in authors}):
            continue
        label = each
        while tag(label) in ("strong", "b") and (parent := label.getparent()) is not None and words(parent) == text:
            label = parent
        parts = []
        for after in label.itersiblings():
            if not tag(after):
                continue
            if tag(after) not in ("p", "div") or not SHORTEST <= len(words(after)) <= LONGEST:
                break
            parts.append(after)
        if parts and (who or len(authors) == 1):
            whose = next((name for name in authors if who and key(name) == key(who)), authors[0])
            found.append(Bio(whose, tuple(parts[:3]), f"the section “{text}”", line(label)))
    return found


def _last(article: Element, authors: Sequence[str]) -> list[Bio]:
    """Return the paragraphs at the essay's end that begin with an author's name and say what they do."""
    paragraphs = [
        each for each in article.iter("p", "em", "i", "div") if tag(each) == "p" or next(each.iter("p"), None) is None
    ][-8:]
    found = []
    for each in paragraphs:
        text = words(each)
        italic = tag(each) in ("em", "i") or sum(len(words(one)) for one in each.iter("em", "i")) > 0.7 * len(text)
        for name in authors:
            if italic and SHORTEST <= len(text) <= 800 and re.match(rf"{re.escape(name)}(?:,| \(|\s+{VERBS}\b)", text):
                found.append(
                    Bio(name, (each,), "the last paragraph in italics, which begins with the author's name", line(each))
                )
    return found
