"""What the class names, ids and properties of comment markup mean. Tables of patterns, no decisions.

Names are read as words: `mtbCommentAuthor_name` becomes `mtb-comment-author-name`, and words for comments of other
languages become `comment`, so that one table serves all systems.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Container, Iterator

    from lxml.etree import _Element as Element

UNSHOWN = frozenset("script style noscript svg template head base title iframe object".split())
SILENT = frozenset(("meta", "link"))
CONTROLS = frozenset("form button input select textarea label option fieldset".split())
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
UNREAD = UNSHOWN | CONTROLS
INLINE = frozenset("a abbr b bdi cite code em font i img mark s small span strong sub sup time u".split())

CAMEL = re.compile(r"(?<=[a-z\d])(?=[A-Z])")
HASH = re.compile(r"(?:__|--)(?=[\w-]*\d)[A-Za-z\d]{5,8}(?=\s|$)")
OTHER_WORDS = re.compile(
    r"(?<![a-z])(?:kommentare?n?|commentaires?|comentarios?|commenti|commento|komentarz[ey]?|komentare?|kommentti"
    r"|kommenter|reacties?|talkbacks?|cmnts?|cmts?|webmentions?)(?![a-z])"
)
JOINED = re.compile(r"comment(?=[a-z])(?!s(?![a-z])|ed|er|ar|at|ing)")


@lru_cache(maxsize=8192)
def words(names: str) -> str:
    """Return names as lower-case words joined by hyphens, one space around each name.

    >>> words("mtbCommentAuthor comment__body")
    ' mtb-comment-author comment-body '
    """
    bare = CAMEL.sub("-", HASH.sub("", names)).lower()
    bare = re.sub(r"[^\w\s:-]", "-", bare).replace("_", "-").replace(":", "-")
    bare = OTHER_WORDS.sub(lambda found: "comments" if found[0].endswith("s") else "comment", bare)
    bare = JOINED.sub("comment-", bare)
    return f" {' '.join(re.sub('-{2,}', '-', name).strip('-') for name in bare.split())} "


@lru_cache(maxsize=8192)
def claimed(names: str) -> frozenset[str]:
    """Return the roles that names claim: keys of `ROLES`."""
    return frozenset(role for role, pattern in ROLES if pattern.search(words(names)))


def names_of(element: Element) -> str:
    """Return what an element is called: its class, and its properties of microdata, RDFa and tests."""
    get = element.get
    called = f"{get('class') or ''} {get('itemprop') or ''} {get('property') or ''} {get('data-testid') or ''}"
    return called.strip()


def roles(element: Element) -> frozenset[str]:
    """Return the roles that an element's names claim."""
    called = names_of(element)
    return claimed(called) if called else frozenset()


def text_of(element: Element, *, without: Collection[str] = (), most: int = 0, skip: Container[Element] = ()) -> str:
    """Return the words of an element on one line, without what a page does not show.

    Args:
        element: any element.
        without: roles of elements that are left out.
        most: how many signs are enough; 0 for all.
        skip: elements that are left out.
    """
    if not len(element):
        return " ".join((element.text or "").split()) if element.tag not in UNREAD else ""
    pieces: list[str] = []
    length = 0
    for piece in _pieces(element, without, skip):
        pieces.append(piece)
        if most and (length := length + len(piece.strip())) > most:
            break
    return " ".join("".join(pieces).split())


def _pieces(element: Element, without: Collection[str], skip: Container[Element]) -> Iterator[str]:
    stack: list[Element | str] = [element]
    while stack:
        each = stack.pop()
        if isinstance(each, str):
            yield each
            continue
        tag = each.tag
        if not isinstance(tag, str) or tag in UNREAD or each in skip:
            continue
        if without and each is not element and not roles(each).isdisjoint(without):
            continue
        space = "" if tag in INLINE and tag != "img" else " "
        yield space + (each.text or "")
        if space:
            stack.append(space)
        for child in reversed(each):
            if tail := child.tail:
                stack.append(tail)
            stack.append(child)


def _names(*patterns: str, prefixed: str = "") -> re.Pattern[str]:
    """Match a whole name that is one of these, or ends in one of those that may be `prefixed`."""
    whole = [*patterns, *([rf"(?:[\w-]+-)?(?:{prefixed})"] if prefixed else [])]
    return re.compile(rf"(?<= )(?:{'|'.join(whole)})(?= )")


BOX = (
    "entry|item|wrapper|wrap|box|block|container|row|single|node|thread|card|holder|list-item|inner|article|unit|main"
    "|root|default"
)
NO_BOX = (
    "add|post-a|no|leave|write|view|show|hide|toggle|load|more|submit|recent|latest|last|has|with|count|total|form|edit"
    "|delete|quote|report|to|cancel|your|make|read|num|link|icon|button|btn|before|after|allow|open|close|popup"
)
SAID = "content|text|body|message|copy|texte|texto|inhalt|contenuto|html|desc|description|excerpt|txt|said|string"
PERSON = "author|user|username|poster|commenter|commentator|creator|nick|nickname|member|autor|auteur|autore|writer"
WHEN = "date|datetime|time|timestamp|posted|published|created|when|age|ago|datum|fecha|data|time-ago|timeago"

ROLES: tuple[tuple[str, re.Pattern[str]], ...] = (
    # The boxes: a comment, a post of a forum, a list of replies, the section of all, and lists of recent comments.
    (
        "item",
        _names(
            rf"(?!(?:[\w-]+-)?(?:{NO_BOX})-comment)(?:[\w-]+-)?comment(?:-(?:{BOX}))*(?:-(?:even|odd|\d+))?",
            r"comment-(?:reply|response|answer|child|parent)|u-comment|comtr|post-article-response",
            r"(?:reply|response|reaction|answer)-item",
            prefixed="(?:pingback|trackback)(?:-item)?",
        ),
    ),
    ("ping", _names("pings?", prefixed="(?:pingback|trackback)(?:-item)?")),
    ("post", _names("post-?body|post-?content|bb-wrapper|message-body|post-message")),
    (
        "replies",
        _names(r"children|child|child-of-\d+|epoch-child", prefixed="replies|indented|subcomments?|comment-children"),
    ),
    (
        "section",
        _names(
            prefixed="(?:comments|comment-list|responses|replies|discussion)"
            "(?:-(?:area|section|container|wrapper|wrap|list|block|box))?"
        ),
    ),
    (
        "sidebar",
        _names(
            r"(?:[\w-]+-)?(?:recent|latest|last|top|popular)-?comments?(?:-[\w-]+)?",
            r"widget-[\w-]*comments?|letzte-comments?",
        ),
    ),
    # The byline.
    ("name", _names("fn|p-author|p-name|username|hnuser|creator|nickname|display-name|ljuser|poster")),
    (
        "author",
        _names(
            "from|p-author",
            prefixed=f"(?:{PERSON})(?:-(?:name|link|nickname|username|lockup|details|line|box|area))?"
            "|name|comment-by|by|byline|vcard|cite",
        ),
    ),
    (
        "date",
        _names(
            "dt-published|relativetime|relativetime-clean|submitted",
            prefixed=f"(?:{WHEN})(?:-(?:published|created|text|link|posted|time))?|permalink|metadata",
        ),
    ),
    (
        "meta",
        _names(
            r"(?:[\w-]+-)?comment-(?:author|date|time|user|name|util|source)",
            prefixed="metas?|metadata|infos?|header|head|byline|details|submitted|footer|foot|vcard|heading|top|data|intro",
        ),
    ),
    (
        "profile",
        _names(
            r"profile-[\w-]+|message-user",
            prefixed="post-?profile|user-?info|user-?details|user-?extras|joined|register-date|member-since",
        ),
    ),
    (
        "badge",
        _names(
            prefixed="badges?|role|rank|label|staff|moderator|verified|op|user-?title|flair|(?:by-?)?post-author|tag|icon"
            "|status|is-author|author-tag|initials?|points|karma|reputation|score"
        ),
    ),
    # The words: named as a property, named after comments, named in general, and their subject.
    ("text", _names("text|schema-text|content-encoded|e-content|p-content|review-body")),
    (
        "said",
        _names(
            r"[\w-]*-comment-body|postbody|post-?content|post-body|message-body|message-content|bb-wrapper|cooked|commtext",
            "usertext-body|format-text|contenttext",
            prefixed=f"comments?-(?:entry-)?(?:{SAID})(?:-(?:inner|container|wrapper|area|original|\\d+))?",
        ),
    ),
    ("content", _names(prefixed=f"(?:{SAID}|entry|bodytext|md|prose|inner-text|comment-main)(?:-(?:inner|area))?")),
    ("title", _names(prefixed="title|titre|titel|subject|betreff|headline|subhead|topic")),
    # What is no part of a comment.
    (
        "noise",
        _names(
            r"awaiting|hidden|nav|ads?|clear|expand|collapse|count|(?:comment-)?likes?-[\w-]+|trns-[\w-]+|report-[\w-]+",
            r"comment-(?:reply|edit|report|delete|share)(?:-[\w-]+)?|comment-(?:count|number|id|no|index)",
            prefixed="reply|reply-link|reply-to|respond|answer-link|antworten|likes?|liked|dislikes?|like-link|votes?|voting"
            r"|vote-\w+|ratings?|karma|thumbs?(?:-\w+)?|share|sharing|sharedaddy|social|report|report-link|flag|moderat\w*"
            "|edit|edit-link|avatar|gravatar|userpic|actions?|links|buttons?|toolbar|controls?|utils?|tools|menu"
            "|awaiting-moderation|counter|number|num|form|translate|signature|toggle|tooltip|permalink|reactions?|dropdown"
            "|spinner|loading|trigger",
        ),
    ),
    (
        "unseen",
        _names(
            r"screen-reader-text|sr-only|visually-?hidden|element-hidden|element-invisible|assistive-text|hidden|hide",
            prefixed="says|divide|sep|separator",
        ),
    ),
)
