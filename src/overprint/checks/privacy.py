"""The rule on what must stay private: addresses and telephone numbers in comments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from overprint.checks.passages import MOST
from overprint.checks.prose import prose
from overprint.checks.rules import Rules, Say
from overprint.diagnostics import Diagnostic, Severity
from overprint.model import Comment, Manuscript

RULES = Rules[Manuscript]()

_PART = r"(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)"
_PRIVATE = re.compile(
    r"(?P<mail>(?<![\w.+@-])[\w.+-]{1,64}@[\w-]++(?:\.[\w-]++)*?\.[^\W\d_]{2,})"
    rf"|(?P<address>(?<![\w.])(?!0\.|127\.)(?=[\d.]*\d\d){_PART}(?:\.{_PART}){{3}}(?!\w|\.\d))"
    r"|(?P<phone>(?<![\w.+/=-])(?:\+[1-9](?:[ ./-]?\(?\d\)?){7,13}"
    r"|\(?\b0\d{1,4}\)?[ -]\d{3,4}[ -]?\d{3,4}|\(\d{3}\) ?\d{3}[ .-]\d{4}|\d{3}[.-]\d{3}[.-]\d{4})(?![\w-]))"
    r"|(?P<picture>gravatar\.com/avatar/\w+)"
)
_TRACE = re.compile(r"[@\d]|gravatar")
_NAMES = {
    "picture": "a Gravatar picture's address",
    "mail": "an e-mail address",
    "address": "a computer's address",
    "phone": "a telephone number",
}


@RULES.rule(
    "M509", Severity.ERROR, "{what} stands in comment {number}", "delete it: it is nobody's business but its owner's"
)
def private_data(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """The books, and the folder that editors share, hold no reader's e-mail, internet address or telephone number.

    This is checked in all comments, chosen or not.

    Bad: Write to jane@example.org.
    Bad: My number is +44 20 7946 0958.
    Bad: Posted from 203.0.113.77.
    Good: It is @jane on page 7, ISBN 978-0-306-40615-7, of 2025-03-14, version 1.2.3.4.
    """
    for essay in manuscript.essays:
        yield from islice((said for comment in essay.comments for said in _private(say, comment)), MOST)


def _private(say: Say, comment: Comment) -> Iterator[Diagnostic]:
    for found in _PRIVATE.finditer(comment.author):
        yield say(comment.at("author"), what=_NAMES[found.lastgroup or ""], number=comment.number)
    # Every such thing holds one of these.
    if not _TRACE.search(comment.body.value):
        return
    for found in _PRIVATE.finditer(comment.body.value):
        place = prose(comment.body).place(found.start())
        yield say(place, what=_NAMES[found.lastgroup or ""], number=comment.number)
