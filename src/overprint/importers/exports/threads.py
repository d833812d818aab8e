"""Comments of an export as records: approved ones only, in the order of time, threads by the source's own ids."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from overprint.model import Dropped, ImportedComment

ADDRESS = re.compile(r"[^\s@<>]{1,200}@[^\s@<>]{1,200}\.[^\s@<>.]{2,60}")
DATE = re.compile(r"(?!0000)\d{4}-(?!00)\d\d-(?!00)\d\d")
PINGS: dict[str, Literal["pingback", "trackback"]] = {"pingback": "pingback", "trackback": "trackback"}


@dataclass(frozen=True, slots=True)
class Response:
    """A comment as its export has it. There is no field for an e-mail or network address, so none can go astray.

    Attributes:
        id: the source's own, without a prefix.
        parent: the id of the comment that it answers, or empty.
        when: date and time as written, year first.
        body: HTML.
        kind: `comment`, `pingback`, `trackback`, or a word of the site's own.
        refused: why it is left out, such as `spam`; empty for an approved one.
    """

    id: str
    parent: str
    author: str
    when: str
    body: str
    kind: str = "comment"
    refused: str = ""


def comments(
    responses: Iterable[Response], markdown: Callable[[str], str], line: int = 0
) -> tuple[tuple[ImportedComment, ...], tuple[Dropped, ...]]:
    """Return the comments that readers of the site could see, and how many were left out for which reason.

    They stand in the order of time, or of the file where a comment has no date.

    What was left out is counted and never shown: an unapproved comment was not written for the public.
    """
    kept: list[tuple[Response, str]] = []
    refused: Counter[str] = Counter()
    given = list(responses)
    if all(date(each.when) for each in given):
        given.sort(key=lambda response: response.when)
    for each in given:
        reason, body = each.refused, ""
        if not reason and each.kind not in ("comment", *PINGS):
            reason = f"of the kind “{each.kind}”"
        if not reason and not (body := markdown(each.body)) and each.kind == "comment":
            reason = "without words"
        if reason:
            refused[reason] += 1
        else:
            kept.append((each, body))
    answers = parents([each for each, _ in kept])
    found = tuple(
        ImportedComment(
            number=number,
            id=named(each.id),
            author=name(each.author),
            date=date(each.when),
            body=body,
            reply_to=(named(answers[each.id]),) if each.id in answers else (),
            kind=PINGS.get(each.kind, "comment"),
        )
        for number, (each, body) in enumerate(kept, 1)
    )
    return found, tuple(
        Dropped(f"{count} comment{'s' * (count > 1)}", reason, line) for reason, count in sorted(refused.items())
    )


def named(ident: str) -> str:
    """Return a comment's id as web pages write it, so that a page and an export of the same site agree."""
    return f"comment-{ident}" if ident else ""


def parents(responses: Sequence[Response]) -> dict[str, str]:
    """Return whom each comment answers, by ids; a parent that is not there, or answers in a circle, is no parent."""
    known = {each.id for each in responses if each.id}
    answers = {each.id: each.parent for each in responses if each.id in known and each.parent in known}
    sound: set[str] = set()
    for ident in list(answers):
        path = []
        seen = set()
        while ident in answers and ident not in sound and ident not in seen:
            path.append(ident)
            seen.add(ident)
            ident = answers[ident]
        if ident in seen:
            del answers[path[-1]]
        sound.update(path)
    return answers


def name(text: str) -> str | None:
    """Return a person's name, or None where there is none: an e-mail address is not shown for a name."""
    shown = plain(text)
    return None if not shown or ADDRESS.search(shown) else shown


def plain(text: str) -> str:
    """Return the words of a short HTML text on one line.

    >>> plain("Mind &amp; <i>Matter</i>")
    'Mind & Matter'
    """
    return " ".join(html.unescape(re.sub(r"</?[A-Za-z][^<>]*>", "", text)).split())


def date(text: str) -> str | None:
    """Return the date that a time begins with, as ISO 8601.

    >>> date("2014-02-21 10:00:00"), date("2014-02-21T10:00:00Z"), date("0000-00-00 00:00:00"), date("")
    ('2014-02-21', '2014-02-21', None, None)
    """
    found = DATE.match(text.strip())
    return found[0] if found else None
