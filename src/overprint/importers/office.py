"""What stands above and below an essay in a document of a word processor, and what its file says of itself."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from overprint.diagnostics import Diagnostic, Place, error, hint, warning
from overprint.importers import walk
from overprint.importers.exports.xml_records import local, text
from overprint.importers.text import AUTHOR, NO_AUTHOR, NO_TITLE, TITLE
from overprint.importers.text_ends import LONG
from overprint.importers.text_phrases import BYLINE, DATELINE, ONLY_DATE, is_name, iso, names
from overprint.importers.walk.inline import escaped
from overprint.model import Dropped

NO_WORDS = error(
    "I153",
    "{name} holds no words that could be an essay",
    "open it in the program that made it, and look whether the text is there",
    "The file can be read, but no paragraph is left in it once its title is set apart. Perhaps the text is a picture, "
    "such as a scanned page. Nothing was written.",
)
NO_DOCUMENT = error(
    "I154",
    "{name} cannot be read as {what}: {why}",
    "open it in the program that made it, save it again, and import the new file",
    "The file is an archive of the right kind, but a part of it is missing or breaks the rules. Word processors mend "
    "much of that when they open and save a document. Nothing was written.",
)

REMARKS = hint(
    "I155",
    "remarks in the margin are left out ({count})",
    "import again with --word-comments if they are comments of readers",
    "Remarks in a document are usually notes between author and editor, so they do not belong in a book. "
    "Where they were used to collect readers’ comments, --word-comments takes them as such.",
)
CHANGES = warning(
    "I156",
    "tracked changes are not settled ({count}); insertions were kept, deletions left out",
    "accept or reject them in the document, and import again, if that is not what you want",
    "The document records who changed what. An import reads it as if all changes were accepted, which may not be what "
    "author and editor agreed on.",
)
STRUCK = warning(
    "I157",
    "struck-out words were kept ({count}), the first “{words}”",
    "delete them in the essay if they should not be printed",
    "Struck-out words are still words of the document, and some writers mean them to be read. "
    "The books have no such marking, so they stand as plain text.",
)
UNDERLINED = hint(
    "I158",
    "underlined words are set in italics ({count})",
    "remove the asterisks in the essay where plain text was meant",
    "Underlining is how typescripts ask for italics. Links are not counted: their underline is the program’s own.",
)

TOP = 5
GENERIC = re.compile(r"microsoft word\b.*|untitled.*|document\s*\d*|.*\.(?:docx?|odt|rtf|pages)", re.I)
IS = r"(?:is|was|has|lives?|writes?|works?|teaches|edits|grew up|studied|holds|publishes)"


@dataclass(slots=True)
class Top:
    """What was taken from a document's beginning and end, out of its tree; title and subtitle in Markdown."""

    title: str = ""
    subtitle: str = ""
    authors: tuple[str, ...] = ()
    date: str | None = None
    bio: Any = None
    dropped: list[Dropped] = field(default_factory=list)
    said: list[Diagnostic] = field(default_factory=list)


def tree(data: bytes) -> etree._Element:
    """Return the root of an XML part; entities stay unresolved, and nothing is fetched.

    Raises:
        lxml.etree.XMLSyntaxError: it is no well-formed XML.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    return etree.fromstring(data, parser)


def properties(root: etree._Element) -> dict[str, str]:
    """Return what a document says of itself, by local names such as `title`, `creator` and `language`."""
    found = (each for each in root.iter(tag=etree.Element) if len(each) == 0 and text(each))
    return {local(each.tag): " ".join(text(each).split()) for each in reversed(list(found))}


def top(body: Any, about: dict[str, str], place: Place) -> Top:
    """Take title, subtitle, byline and bio out of a tree.

    Args:
        body: holds the document's blocks; those styled as title, subtitle, author or date have these for a class.
        about: what the file says of itself; it counts only where the text is silent.
        place: of the file, for what is said.
    """
    made = Top()
    for each in list(body):
        kind = each.get("class") if each.tag in {"p", "h1"} else None
        if words := _words(each):
            if kind in {"title", "subtitle"} and not getattr(made, kind):
                setattr(made, kind, line(each))
                take_out(each)
            elif kind in {"author", "date"}:
                _byline(made, each, words, styled=kind)
    _untitled(made, body, about, place)
    for each in _first(body):
        _byline(made, each, _words(each))
    creator = about.get("creator") or about.get("initial-creator") or ""
    if not made.authors and is_name(creator) and "user" not in creator.casefold():
        made.authors = (creator,)
        made.said.append(AUTHOR.at(place, name=creator, evidence="the file’s properties name them"))
    if not made.authors:
        made.said.append(NO_AUTHOR.at(place))
    made.bio = _bio(body, made.authors)
    return made


def settled(body: Any, place: Place, *, changes: int, remarks: int) -> list[Diagnostic]:
    """Turn underlining into emphasis, and say what of a document's marks could not be kept.

    Args:
        body: the tree, with `u` and `s` for what is underlined and struck out.
        place: of the file.
        changes: how many tracked changes there are.
        remarks: how many remarks are left out.
    """
    said = [kind.at(place, count=count) for kind, count in ((REMARKS, remarks), (CHANGES, changes)) if count]
    if struck := [words for each in body.iter("s") if (words := _words(each))]:
        said.append(STRUCK.at(place, count=len(struck), words=struck[0][:60]))
    underlined = [each for each in body.iter("u") if _words(each)]
    for each in underlined:
        each.tag = "em"
    return [*said, *([UNDERLINED.at(place, count=len(underlined))] if underlined else [])]


def _untitled(made: Top, body: Any, about: dict[str, str], place: Place) -> None:
    """Find the title of a document that styles none: its only highest heading, a short first line, its properties."""
    if made.title:
        return
    start = _first(body)
    highest = list(body.iter("h1"))
    if start and highest == [start[0]]:
        made.title = line(start[0])
    elif len(start) > 1 and start[0].tag == "p" and _titular(_words(start[0])):
        second = _words(start[1])
        what = "a byline" if BYLINE.fullmatch(second) else "a long paragraph"
        if what == "a byline" or len(second.split()) >= LONG:
            made.title = line(start[0])
            made.said.append(TITLE.at(place, title=_words(start[0]), what=what))
    if made.title:
        take_out(start[0])
        return
    if (title := about.get("title", "")) and not GENERIC.fullmatch(title):
        made.title = escaped(title)
    else:
        made.said.append(NO_TITLE.at(place))


def _titular(words: str) -> bool:
    return len(words) <= 120 and len(words.split()) <= 15 and words[-1] not in ".,;:" and not BYLINE.fullmatch(words)


def _byline(made: Top, element: Any, words: str, styled: str = "") -> None:
    found = BYLINE.fullmatch(words) or DATELINE.fullmatch(words) if len(words) <= 160 else None
    bare = ONLY_DATE.fullmatch(words) if made.authors or styled == "date" else None
    who = names(found["who"]) if found and found["who"] else names(words) if styled == "author" else ()
    date = iso(found["date"]) if found and found["date"] else iso(bare[1]) if bare else None
    if (who and not made.authors) or (date and not made.date):
        made.authors, made.date = made.authors or who, made.date or date
        made.dropped.append(Dropped(words, "byline", 0))
        take_out(element)


def _bio(body: Any, authors: tuple[str, ...]) -> Any:
    """Return the last paragraph where it says who the author is, taken out of the tree."""
    # Footnotes stand last of all, in a list of their own.
    blocks = [each for each in body if each.tag == "p" and _words(each)]
    last = blocks[-1] if len(blocks) > 1 else None
    if last is None or len(_words(last).split()) > 150:
        return None
    if not any(re.match(rf"(?:About )?{re.escape(name)},? (?:.{{0,60}} )?{IS}\b", _words(last)) for name in authors):
        return None
    take_out(last)
    return last


def take_out(element: Any) -> None:
    """Remove an element, but not the words that follow it."""
    before, parent = element.getprevious(), element.getparent()
    if element.tail and before is not None:
        before.tail = (before.tail or "") + element.tail
    elif element.tail:
        parent.text = (parent.text or "") + element.tail
    element.tail = None
    parent.remove(element)


def _first(body: Any) -> list[Any]:
    return [each for each in body if _words(each)][:TOP]


def _words(element: Any) -> str:
    return " ".join("".join(map(str, element.itertext())).split())


def line(element: Any) -> str:
    """Return an element as one line of Markdown, without notes, and without the bold type of all of it."""
    line = re.sub(r"\[\^\w+\]", "", " ".join(walk.markdown(element).text.partition("\n\n[^")[0].split()))
    return re.sub(r"\*\*([^*]+)\*\*", r"\1", line)
