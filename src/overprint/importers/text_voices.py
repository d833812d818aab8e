"""Who may have written an unsigned comment: names that later comments address. Suggestions only, never records."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from overprint.diagnostics import Diagnostic, Place, hint
from overprint.importers.text_comments import Letter
from overprint.importers.text_paragraphs import Paragraph

UNSIGNED = hint(
    "I040",
    "comment {number} says “{words}”: comment {meant} may be by {name} ({confidence} confidence: {why})",
    "add author: {name} to comment {meant} and reply_to: [{all}] to comment {number} if so",
    "The source gives no names with its comments, but a later comment greets someone. Which comment was meant is "
    "judged by the words that both share and by nearness, and the evidence is given. It is a suggestion: nothing is "
    "written unless you write it.",
)
ANSWERS = hint(
    "I041",
    "comment {number} says “{words}”: it answers comment {meant}, which {name} wrote",
    "add reply_to: [{all}] to comment {number} if so",
    "A text scrape loses which comment answers which. This comment greets by name someone who wrote an earlier one. "
    "Add the number to reply_to if you agree.",
)
BY_AUTHOR = hint(
    "I042",
    "comment {number} answers {count} readers and is not signed: it may be by the essay's author, {author} "
    "(medium confidence)",
    "set the author of comment {number} to {author} if so",
    "An author who joins the discussion tends to answer several readers at once. The source does not say who wrote "
    "this comment, so it is for you to decide.",
)

GREETING = re.compile(
    r"(?:(?i:cheers|thanks|thank you|hi|hey|hello|dear|sorry|agreed|well said|good point)(?: again)?,?\s+|@)"
    r"(?P<name>[A-Z]\w{1,20})(?=\s*(?:[,.!:–—-]|$))"
)
CALL = re.compile(r"(?P<name>[A-Z][\w’'-]{1,20}), (?:I|you|your|thanks|thank you)\b")
# Words that open a sentence before “I” or “you” without being names; those in -ly are left out by rule.
OPENERS = frozenset(
    re.findall(
        r"[\w’]+",
        "however also yes no well oh so now indeed still again ok okay sure look first second third anyway otherwise "
        "perhaps maybe besides instead meanwhile sometimes often today yesterday then there here although though "
        "nevertheless thanks cheers sorry please everyone everybody all guys folks friends mate",
    )
)
COMMON = frozenset(
    re.findall(
        r"[\w’]+",
        "about above after again against almost along already always among another anything around because become "
        "before being below between could doing don’t during either enough every everything first found great having "
        "instead interesting kinds least like little maybe might never nothing often other others people perhaps "
        "place point quite rather really right seems should since something still their theirs there these thing "
        "things think those though thought through today together under until using usually wants where which while "
        "whole whose without words would writing years yours thanks cheers review essay article piece",
    )
)
NEAR = 50
MOST = 5


@dataclass(frozen=True, slots=True)
class Address:
    """A name that a comment speaks to, where, and the words said to it."""

    name: str
    said: str
    line: int
    column: int
    words: frozenset[str]


def suggestions(letters: Sequence[Letter], authors: Sequence[str], path: str) -> list[Diagnostic]:
    """Return hints on who may have written which comment, and whom a comment answers."""
    known = {part.lower() for author in authors for part in author.split()}
    words = [_words(letter) for letter in letters]
    said: list[Diagnostic] = []
    for at, letter in enumerate(letters):
        calls = [call for call in _addresses(letter) if call.name.lower() not in known]
        near = range(max(0, at - NEAR), at)
        meant = _meant(calls, [(letters[each], words[each]) for each in near])
        answered = ", ".join(str(other.number) for _, other, _, _ in meant)
        for call, other, sure, why in meant:
            kind = ANSWERS if other.author else UNSIGNED
            said.append(
                kind.at(
                    Place(path, call.line, call.column),
                    number=letter.number,
                    words=call.said,
                    meant=other.number,
                    name=call.name,
                    all=answered,
                    confidence=sure,
                    why=why,
                )
            )
        if len(meant) > 1 and letter.author is None and authors:
            place = Place(path, letter.paragraphs[0].line, letter.paragraphs[0].column)
            said.append(BY_AUTHOR.at(place, number=letter.number, count=len(meant), author=authors[0]))
    return said


def _words(letter: Letter) -> frozenset[str]:
    return frozenset().union(*(_telling(each.text) for each in letter.paragraphs))


def _telling(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W\d_]{5,}", text.lower())) - COMMON


def _addresses(letter: Letter) -> list[Address]:
    """Return whom the comment's paragraphs open with; what follows is said to them until the next is named."""
    found: dict[str, tuple[str, Paragraph, list[frozenset[str]]]] = {}
    heard: list[frozenset[str]] = []
    for each in letter.paragraphs:
        opening = each.text[:80]
        call = GREETING.match(opening) or CALL.match(opening)
        name = call["name"] if call else ""
        if call and len(found) < MOST and name.lower() not in OPENERS and not name.endswith("ly"):
            heard = found.setdefault(name, (call[0], each, []))[2]
        heard.append(_telling(each.text))
    return [
        Address(name, said, where.line, where.column, frozenset().union(*words) - {name.lower()})
        for name, (said, where, words) in found.items()
    ]


def _meant(
    calls: Sequence[Address], earlier: Sequence[tuple[Letter, frozenset[str]]]
) -> list[tuple[Address, Letter, str, str]]:
    """Match names with earlier comments: by signature, then by shared words, then the nearest that is left."""
    signed = {(letter.author or "").split(" ")[0].lower(): letter for letter, _ in earlier if letter.author}
    chosen = {call: (signed[call.name.lower()], "high", "signed") for call in calls if call.name.lower() in signed}
    unsigned = [(letter, words) for letter, words in earlier if letter.author is None]
    pairs = [
        (len(call.words & words), letter.number, call, letter, words)
        for call in calls
        if call not in chosen
        for letter, words in unsigned
    ]
    taken: set[int] = set()
    for score, number, call, letter, words in sorted(pairs, key=lambda pair: (-pair[0], -pair[1])):
        if call in chosen or number in taken:
            continue
        shared = sorted(call.words & words, key=lambda word: (-len(word), word))[:3]
        rivals = [other for other, where, who, _, _ in pairs if who == call and where != number]
        if score >= 2 and all(other * 2 <= score for other in rivals):
            chosen[call] = (letter, "medium", "both say " + ", ".join(f"“{word}”" for word in shared))
        elif score < 2:
            chosen[call] = (letter, "low", "the nearest earlier comment without a name")
        else:
            continue
        taken.add(number)
    return [(call, *chosen[call]) for call in calls if call in chosen]
