"""Reads an essay from plain text, such as what a web page leaves when all of it is selected and copied.

Paragraphs stand between blank lines. What a reader would see is taken (title, byline, numbered headings, bio,
comments); what a reader would doubt is left in the essay or told as a hint. No word is lost: `dropped` holds the rest.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from overprint.diagnostics import Diagnostic, Made, Place, Stop, error, hint, warning
from overprint.importers.source import CONTROL, Source, binary, position, signature
from overprint.importers.text_comments import Letter, read_section, section_at
from overprint.importers.text_ends import Bio, Ending, Head, ending, has_bio, head
from overprint.importers.text_language import language
from overprint.importers.text_paragraphs import Paragraph, escape, heading, inline, paragraphs
from overprint.importers.text_phrases import HOUSE, MORE_BY, publication
from overprint.importers.text_voices import suggestions
from overprint.model import Dropped, Imported, ImportedBio, ImportedComment

KIND = "text"

NO_ESSAY = error(
    "I020",
    "nothing in {name} reads like an essay",
    "give a file with paragraphs between blank lines",
    "The file holds text, but no paragraph of words is left once title, comments and the site's own words are set "
    "apart. Perhaps the page was saved before it had loaded, or only its menu was copied.",
)
NO_TITLE = warning(
    "I021",
    "no title was found",
    "give --title, or write it in essay.md",
    "A title is taken only from a short first line without a full stop that stands above the essay. This text begins "
    "at once, and a title is never invented. The essay cannot be built until it has one.",
)
TITLE = hint(
    "I022",
    "“{title}” is taken as the title: a short first line without a full stop, above {what}",
    "give --title if it is not",
    "Plain text does not mark its title. A short first line above a long paragraph or a byline nearly always is one. "
    "Look at it once, and give --title if it is something else.",
)
NO_AUTHOR = warning(
    "I023",
    "no author was found",
    "give --author, or write it in essay.md",
    "An author is taken from a line such as “By Jane Doe”, from the name above a bio at the end, or from a line such "
    "as “More by Jane Doe”. This text has none of them.",
)
AUTHOR = hint(
    "I024",
    "{name} is taken as the author: {evidence}",
    "give --author if it is someone else",
    "Without a byline the author is known by the bio at the essay's end or by the site's link to more of their work. "
    "The lines that say so are given.",
)
OTHER_AUTHOR = warning(
    "I025",
    "the site's line names {other}, but the author is taken to be {name}",
    "give --author if {other} wrote the essay",
    "Two places of the page name different people: the byline or bio one, the link to further work another. "
    "One of them may be an editor or a translator.",
)
LINK = hint(
    "I026",
    "{address} is offered as a link to {target}",
    "remove the link from the bio if it is not wanted",
    "A bio often ends in a web address written without its link. It is made a link so that readers can follow it. "
    "Check that it still leads where the author meant.",
)
LANGUAGE = hint(
    "I027",
    "the language is taken as {tag}: {evidence}",
    "correct language: in essay.md if it is another",
    "Hyphenation, quotation marks and reading aloud depend on the language. It is judged by spellings that differ "
    "between countries and by where the essay appeared, and left empty where they do not tell.",
)
PUBLICATION = hint(
    "I028",
    "{name} is taken as the publication, as the site says “{words}”",
    "correct source: in essay.md if it is another",
    "The site's own words below an essay are left out of the book, but they often name the magazine. "
    "The name is kept for the credit line.",
)
CONTROLS = warning(
    "I029",
    "control character U+{code:0>4} stands in the text{more}",
    "remove it in the editor",
    "Control characters cannot be seen or printed, and an EPUB may not hold them. They come from damaged files "
    "or old word processors. Remove them before the book is built.",
)

TOP_LEVEL = "com|org|net|edu|gov|info|io|me|blog|dev|au|uk|nz|ca|ie|de|at|ch|fr|eu|us"
ADDRESS = re.compile(
    r"https?://[^\s<>()\[\]]{1,500}[^\s<>()\[\].,;:!?’”\"']"
    rf"|(?<![\w@./-])(?:[a-z0-9-]{{1,63}}\.){{1,4}}(?:{TOP_LEVEL})\b(?![\w@-])(?:/[\w/.-]{{0,200}}\w)?"
)
SCENE_BREAK = re.compile(r"(?:[*–—_#~•·-]\s*){3,20}|⁂|[*#]")
FINAL = (".", ",", ";", ":", "!")
LONG = 20


@dataclass(slots=True)
class Findings:
    """What the reader has to say, with the file it is said of."""

    path: str
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def place(self, paragraph: Paragraph, offset: int = 0) -> Place:
        """Return where a paragraph, or a place inside it, stands."""
        return Place(self.path, *paragraph.at(offset))


def sniff(source: Source) -> float:
    """Return a low confidence for anything that is text: every other reader knows its kind better."""
    marked = re.match(r"\s*<[A-Za-z!?]", source.head)
    return 0.0 if binary(source) or signature(source) or marked else 0.1


def read(source: Source) -> Made[tuple[Imported, ...]]:
    """Return the one essay of a text.

    Raises:
        Stop: the file is no UTF-8 text, or holds no essay.
    """
    findings = Findings(source.name)
    _controls(source.text, findings)
    start = head(paragraphs(source.text))
    label, said = section_at(start.rest, lambda index: has_bio(start.rest, index, start.authors), source.name)
    end = ending(start.rest[:label], start.authors)
    if not any(re.search(r"[^\W\d_]", each.text) for each in end.body):
        raise Stop(NO_ESSAY.at(Place(source.name, 1, 1), name=source.name))
    section = read_section(start.rest[label:], source.name) if label < len(start.rest) else None
    left = sorted((*start.dropped, *end.dropped, *(section.dropped if section else ())), key=lambda each: each.line)
    letters = section.letters if section else []
    authors = _authors(start, end, findings)
    appeared = _publication(left, findings)
    essay = Imported(
        slug="",
        body=_body(end.body),
        title=_title(start, findings),
        authors=authors,
        date=start.date,
        language=_language(end, left, appeared, findings),
        publication=appeared or None,
        bios=tuple(_bio(bio, findings) for bio in end.bios),
        comments=tuple(_comment(letter) for letter in letters),
        dropped=tuple(left),
    )
    said += section.diagnostics if section else []
    return Made((essay,), (*findings.diagnostics, *said, *suggestions(letters, authors, source.name)))


def _controls(text: str, findings: Findings) -> None:
    stray = list(CONTROL.finditer(text))
    if stray:
        line, column = position(text[: stray[0].start()])
        more = f", with {len(stray) - 1} more" if len(stray) > 1 else ""
        place = Place(findings.path, line, column)
        findings.diagnostics.append(CONTROLS.at(place, code=f"{ord(stray[0][0]):X}", more=more))


def _title(start: Head, findings: Findings) -> str | None:
    if start.title is None:
        findings.diagnostics.append(NO_TITLE.at(Place(findings.path, 1, 1)))
        return None
    what = "a byline" if start.dropped else "a long paragraph"
    findings.diagnostics.append(TITLE.at(findings.place(start.title), title=start.title.text, what=what))
    return start.title.text


def _authors(start: Head, end: Ending, findings: Findings) -> tuple[str, ...]:
    """Return the byline's authors, else the bio's, else whom “More by” names; tell the evidence for a guess."""
    more = next((each for each in end.dropped if MORE_BY.fullmatch(each.text)), None)
    named = MORE_BY.fullmatch(more.text) if more else None
    other = named["who"] if named else ""
    line = more.line if more else 0
    if start.authors:
        # Without a title above, a line such as “By Grand Central Station” could be the title itself.
        where = start.dropped[0].line
        authors, evidence = start.authors, "" if start.title else f"“{start.dropped[0].text}” in line {where}"
    elif end.bios:
        where = end.bios[0].line
        authors, evidence = tuple(bio.name for bio in end.bios), f"the bio's name in line {where}"
    elif other:
        authors, evidence, where = (other,), f"“{named[0] if named else other}” in line {line}", line
    else:
        findings.diagnostics.append(NO_AUTHOR.at(Place(findings.path, 1, 1)))
        return ()
    if evidence:
        again = f", confirmed by “{named[0]}” in line {line}" if named and end.bios and other in authors else ""
        place = Place(findings.path, where, 1)
        findings.diagnostics.append(AUTHOR.at(place, name=", ".join(authors), evidence=evidence + again))
    if other and other not in authors:
        place = Place(findings.path, line, 1)
        findings.diagnostics.append(OTHER_AUTHOR.at(place, other=other, name=", ".join(authors)))
    return authors


def _publication(left: Sequence[Dropped], findings: Findings) -> str:
    for each in left:
        named = publication(each.text) if each.reason == HOUSE else None
        if named:
            place = Place(findings.path, each.line, named.start("name") + 1)
            findings.diagnostics.append(PUBLICATION.at(place, name=named["name"], words=named[0]))
            return named["name"]
    return ""


def _language(end: Ending, left: Sequence[Dropped], appeared: str, findings: Findings) -> str | None:
    around = " ".join([*(each.text for each in left), *(part.text for bio in end.bios for part in bio.paragraphs)])
    found = language("\n".join(each.text for each in end.body), around, appeared)
    if found is None:
        return None
    offset = found.offset
    for each in end.body:
        if offset <= len(each.text):
            place = findings.place(each, offset)
            findings.diagnostics.append(LANGUAGE.at(place, tag=found.tag, evidence=found.evidence))
            break
        offset -= len(each.text) + 1
    return found.tag


def _body(found: Sequence[Paragraph]) -> str:
    headings = _headings(found)
    return "\n\n".join(heading(each.text) if at in headings else _block(each) for at, each in enumerate(found))


def _block(paragraph: Paragraph) -> str:
    return "***" if SCENE_BREAK.fullmatch(paragraph.text) else escape(paragraph.text)


def _headings(found: Sequence[Paragraph]) -> frozenset[int]:
    """Return which paragraphs are numbered headings: short, alone, without a stop, in order from 1, text below."""
    run: list[int] = []
    for at, each in enumerate(found[:-1]):
        below = found[at + 1]
        short = len(each.lines) == 1 and each.indent == 0 and 2 <= each.size <= 15 and not each.text.endswith(FINAL)
        if short and each.numbered() == len(run) + 1 and below.size >= LONG and below.numbered() is None:
            run.append(at)
    # One number alone is as likely the start of a list.
    return frozenset(run) if len(run) > 1 else frozenset()


def _bio(bio: Bio, findings: Findings) -> ImportedBio:
    return ImportedBio(bio.name, "\n\n".join(_linked(each, findings) for each in bio.paragraphs))


def _linked(paragraph: Paragraph, findings: Findings) -> str:
    """Return a bio's paragraph as Markdown, its web addresses made links."""
    text, done = paragraph.text, 0
    parts: list[str] = []
    for found in ADDRESS.finditer(text):
        address = found[0]
        target = address if "://" in address else f"http://{address}"
        parts += [text[done : found.start()], address, target]
        done = found.end()
        findings.diagnostics.append(LINK.at(findings.place(paragraph, found.start()), address=address, target=target))
    if not parts:
        return escape(text)
    plain, shown, targets = [*parts[::3], text[done:]], parts[1::3], parts[2::3]
    links = [f"[{inline(show)}]({target})" for show, target in zip(shown, targets, strict=True)]
    marked = [escape(plain[0]), *(inline(each) for each in plain[1:])]
    return "".join(word for pair in zip(marked, [*links, ""], strict=True) for word in pair)


def _comment(letter: Letter) -> ImportedComment:
    return ImportedComment(
        number=letter.number,
        id=f"comment-{letter.number}" if letter.numbered else "",
        author=letter.author,
        date=letter.date,
        body="\n\n".join(_block(each) for each in letter.paragraphs),
    )
