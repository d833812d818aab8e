"""How an essay begins and ends in plain text: title and byline above it, bio and the site's words below."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from overprint.importers.text_comments import dropped
from overprint.importers.text_paragraphs import Paragraph
from overprint.importers.text_phrases import BYLINE, DATELINE, ONLY_DATE, Phrase, boilerplate, is_name, iso, names
from overprint.model import Dropped

LONG = 20
LONGEST_BIO = 120
TOP = 5
# “He is” opens a bio; “He walked” opens the last section of a story as well.
PRONOUN = re.compile(r"(?:He|She|They)(?:[’']s|[’']re|\s+(?:is|are|was|has|have|lives?|works?|writes?|teach(?:es)?))\b")
NO_NAME = frozenset(
    ("The", "A", "An", "My", "Our", "His", "Her", "In", "On", "At", "After", "Before", "Part", "Chapter")
)


@dataclass(slots=True)
class Head:
    """What stands above an essay, and the paragraphs left."""

    rest: list[Paragraph]
    title: Paragraph | None = None
    authors: tuple[str, ...] = ()
    date: str | None = None
    dropped: list[Dropped] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Bio:
    """A bio: the person, the line that names them, and what is said of them."""

    name: str
    line: int
    paragraphs: tuple[Paragraph, ...]


@dataclass(slots=True)
class Ending:
    """An essay's own paragraphs, and what stands below them."""

    body: list[Paragraph]
    bios: list[Bio] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)


def head(found: Sequence[Paragraph]) -> Head:
    """Take title, byline and date from the top of a text."""
    top = Head([*(line for each in found[:TOP] for line in _apart(each)), *found[TOP:]])
    at = 0
    while at < min(TOP, len(top.rest)) and top.rest[at].size < LONG:
        if _byline(top, top.rest[at]):
            top.dropped.append(dropped(top.rest.pop(at), "byline"))
        elif at > 1:
            break
        else:
            at += 1
    if len(top.rest) > 1 and _titular(top.rest[0]) and (top.dropped or top.rest[1].size >= LONG):
        top.title = top.rest.pop(0)
    return top


def _apart(paragraph: Paragraph) -> list[Paragraph]:
    """Divide a paragraph of short lines with a byline among them, as in a title with the byline right below."""
    lines = [Paragraph((line,)) for line in paragraph.lines[: TOP + 1]]
    short = len(paragraph.lines) <= TOP and all(line.size < LONG for line in lines)
    return lines if short and any(_byline(Head([]), line) for line in lines) else [paragraph]


def _byline(top: Head, paragraph: Paragraph) -> bool:
    """Take authors and date from a byline; a bare date counts only right below one."""
    text = paragraph.text
    if len(text) > 160:
        return False
    found = BYLINE.fullmatch(text) or DATELINE.fullmatch(text)
    if not found:
        bare = ONLY_DATE.fullmatch(text) if top.authors and not top.date else None
        top.date = iso(bare[1]) if bare else top.date
        return bool(bare and top.date)
    authors = names(found["who"]) if found["who"] else ()
    date = iso(found["date"]) if found["date"] else None
    clear = (authors or not found["who"]) and (date or not found["date"])
    if not clear or (authors and top.authors) or (date and top.date):
        return False
    top.authors, top.date = authors or top.authors, date or top.date
    return True


def _titular(paragraph: Paragraph) -> bool:
    text = paragraph.text
    short = len(paragraph.lines) == 1 and paragraph.size <= 15 and len(text) <= 120
    ends = text.endswith((".", ",", ";", ":")) and not text.endswith("...")
    lower = text[0].islower() or not any(letter.isalpha() for letter in text)
    return short and not ends and not lower and paragraph.numbered() is None and boilerplate(text) is None


def has_bio(found: Sequence[Paragraph], index: int, authors: Sequence[str]) -> bool:
    """Tell whether a bio or the words of a site stand right before this index."""
    if not index:
        return False
    phrase = boilerplate(found[index - 1].text)
    return bool(phrase and phrase.sure) or _bio(found, index - 1, authors) is not None


def ending(found: Sequence[Paragraph], authors: Sequence[str]) -> Ending:
    """Part an essay from bio and boilerplate below it; the first paragraph is always the essay's."""
    parted = _parted(found, authors, max(1, len(authors)))
    # Where names stand above paragraphs all along, the last of them heads a portrait and not a bio.
    portraits = not authors and any(_names_someone(each) for each in parted.body[1:])
    return _parted(found, authors, 0) if portraits and parted.bios else parted


def _parted(found: Sequence[Paragraph], authors: Sequence[str], most: int) -> Ending:
    last = len(found) - 1
    below: list[tuple[Bio | Phrase, int]] = []
    bios = 0
    while last > 0:
        phrase = boilerplate(found[last].text)
        bio = _bio(found, last, authors) if phrase is None and bios < most else None
        if phrase:
            below.append((phrase, last))
            last -= 1
        elif bio:
            start = next(at for at in range(last, -1, -1) if found[at].line <= bio.line)
            below.append((bio, start))
            last, bios = start - 1, bios + 1
        else:
            break
    # House words that are not sure count only once something else shows that the essay is over.
    while below and isinstance(below[-1][0], Phrase) and not below[-1][0].sure:
        last = below.pop()[1]
    below.reverse()
    return Ending(
        list(found[: last + 1]),
        [what for what, _ in below if isinstance(what, Bio)],
        [dropped(found[at], what.reason) for what, at in below if isinstance(what, Phrase)],
    )


def _bio(found: Sequence[Paragraph], last: int, authors: Sequence[str]) -> Bio | None:
    """Return the bio that ends here: a name with up to three paragraphs on that person, or one on a known author."""
    if found[last].size > LONGEST_BIO:
        return None
    for start in range(last - 1, max(0, last - 4), -1):
        said = found[start + 1 : last + 1]
        name = found[start]
        if _names_someone(name):
            told = all(each.size <= LONGEST_BIO and _speaks(each.text, name.text) for each in said)
            return Bio(name.text, name.line, tuple(said)) if told else None
    known = next((name for name in authors if len(name.split()) > 1 and found[last].text.startswith(f"{name} ")), None)
    return Bio(known, found[last].line, (found[last],)) if known else None


def _names_someone(paragraph: Paragraph) -> bool:
    text = paragraph.text
    one = len(paragraph.lines) == 1 and is_name(text)
    return one and not text.isupper() and text.split()[0] not in NO_NAME


def _speaks(text: str, name: str) -> bool:
    first, *_, family = name.split()
    subjects = "|".join(re.escape(each) for each in (name, first, family))
    named = rf"(?:(?:Dr|Prof|Professor|Ms|Mr|Mx)\.?\s+)?(?:{subjects})(?![\w-])"
    return bool(re.match(named, text) or PRONOUN.match(text))
