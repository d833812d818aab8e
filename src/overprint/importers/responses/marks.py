"""What the class names, ids and properties of comment markup mean. Tables of patterns, no decisions.

Names are read as words: `mtbCommentAuthor_name` becomes `mtb-comment-author-name`, and words for comments of other
languages become `comment`, so that one table serves all systems.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from lxml.etree import _Element as Element

UNSHOWN = frozenset("script style noscript svg template head link meta base title iframe object".split())
CONTROLS = frozenset("form button input select textarea label option fieldset".split())
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


def _name(*patterns: str) -> re.Pattern[str]:
    """Match one whole name that is one of these."""
    return re.compile(rf"(?<= )(?:{'|'.join(patterns)})(?= )")


ITEM = (
    "entry|item|wrapper|wrap|box|block|container|row|single|node|thread|card|holder|list-item|inner|article|unit|main"
)
NOT_ITEM = (
    "add|post-a|no|leave|write|view|show|hide|toggle|load|more|submit|recent|latest|last|has|with|count|total|form|edit"
    "|delete|quote|report|to|cancel|your|make|read|num|link|icon|button|btn|before|after|allow|open|close|popup"
)
SAID = "content|text|body|message|copy|texte|texto|inhalt|contenuto|html|desc|description|excerpt|txt|said|string"
PERSON = "author|user|username|poster|commenter|commentator|creator|nick|nickname|member|autor|auteur|autore|writer"

ROLES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "item",
        _name(
            rf"(?!(?:[\w-]+-)?(?:{NOT_ITEM})-comment)(?:[\w-]+-)?comment(?:-(?:{ITEM}))*(?:-(?:even|odd|\d+))?",
            r"comment-(?:reply|response|answer|child|parent)",
            r"(?:[\w-]+-)?(?:pingback|trackback)(?:-item)?|(?:reply|response|reaction|answer)-item|u-comment|comtr",
            r"post-article-response",
        ),
    ),
    ("ping", _name("(?:[\\w-]+-)?(?:pingback|trackback)(?:-item)?", "pings?")),
    (
        "section",
        _name(
            r"(?:[\w-]+-)?(?:comments|comment-list|responses|replies|discussion)(?:-(?:area|section|container|wrapper|wrap|list|block|box))?"
        ),
    ),
    (
        "replies",
        _name(
            r"children|(?:[\w-]+-)?(?:replies|indented|subcomments?)|comment-replies|child-of-\d+|epoch-child|comment-children|child"
        ),
    ),
    (
        "sidebar",
        _name(
            r"(?:[\w-]+-)?(?:recent|latest|last|top|popular)-?comments?(?:-[\w-]+)?",
            r"widget-[\w-]*comments?|recentcomments|letzte-comments?",
        ),
    ),
    (
        "name",
        _name(
            "fn", "p-author", "p-name", "username", "hnuser", "creator", "nickname", "display-name", "ljuser", "poster"
        ),
    ),
    (
        "author",
        _name(
            rf"(?:[\w-]+-)?(?:{PERSON})(?:-(?:name|link|nickname|username|url|title-name))?",
            r"(?:[\w-]+-)?comment-(?:name|by)|(?:[\w-]+-)?(?:by|byline|vcard|cite)|user-?name|name|from|p-author|by-?author",
        ),
    ),
    (
        "date",
        _name(
            r"(?:[\w-]+-)?(?:date|datetime|time|timestamp|posted|published|created|when|age|ago|datum|fecha|data|posted-on|date-time|time-ago|timeago)"
            r"(?:-(?:published|created|text|link|posted|time))?",
            r"dt-published|(?:[\w-]+-)?(?:permalink|date-published|metadata)|relativetime(?:-clean)?|submitted|post-date",
        ),
    ),
    (
        "meta",
        _name(
            r"(?:[\w-]+-)?(?:meta|metas|metadata|info|infos|header|head|byline|details|submitted|footer|foot|vcard|heading|top|data|intro)",
            r"(?:[\w-]+-)?comment-(?:author|date|time|user|name|util|source)",
        ),
    ),
    (
        "text",
        _name(
            "text",
            "schema-text",
            "commenttext",
            "comment-text-prop",
            "content-encoded",
            "e-content",
            "p-content",
            "review-body",
        ),
    ),
    (
        "said",
        _name(
            rf"(?:[\w-]+-)?comments?-?(?:{SAID})(?:-(?:inner|container|wrapper|area|original|\d+))?",
            r"(?:[\w-]+-)?comment-(?:entry-)?(?:content|text)|bb-wrapper|bbwrapper|cooked|usertext-body|commtext|format-text|contenttext|postbody|comment-copy|post-body|message-body|message-content|postcontent|field-comment-body|[\w-]*-comment-body",
        ),
    ),
    ("content", _name(rf"(?:[\w-]+-)?(?:{SAID}|entry|bodytext|md|prose|inner-text|comment-main)(?:-(?:inner|area))?")),
    ("title", _name(r"(?:[\w-]+-)?(?:title|titre|titel|subject|betreff|headline|subhead|topic)")),
    (
        "badge",
        _name(
            r"(?:[\w-]+-)?(?:badges?|role|rank|label|staff|moderator|verified|op|user-?title|flair|post-author|by-?post-?author|tag|icon|status|is-author|author-tag|initials?|points|karma|reputation|score)",
        ),
    ),
    (
        "noise",
        _name(
            r"(?:[\w-]+-)?(?:reply|reply-link|reply-to|replyto|respond|answer-link|antworten|likes?|liked|dislikes?|like-link|votes?|voting|vote-\w+|rating|ratings|karma|thumbs?(?:-\w+)?"
            r"|share|sharing|sharedaddy|social|report|flag|moderat\w*|edit|edit-link|avatar|gravatar|userpic|actions?|links|buttons?|toolbar|controls?"
            r"|util|utils|tools|menu|awaiting-moderation|counter|number|num|form|translate|signature|toggle|tooltip|permalink|"
            r"reactions?|dropdown|spinner|loading|trigger)",
            r"awaiting|hidden|nav|ads?|clear|expand|collapse|(?:comment-)?likes?-[\w-]+|jp-relatedposts|comment-(?:reply|edit|report|delete|share)(?:-[\w-]+)?|count|comment-(?:count|number|id|no|index)|report-[\w-]+|[\w-]*-report-link|trns-[\w-]+",
        ),
    ),
    (
        "unseen",
        _name(
            "screen-reader-text",
            "sr-only",
            "visually-hidden",
            "visuallyhidden",
            "element-hidden",
            "element-invisible",
            "assistive-text",
            "hidden",
            "hide",
            "says",
            "divide",
            "sep",
            "separator",
            "says-\\w+",
        ),
    ),
)


def text_of(element: Element, *, without: Container[str] = ()) -> str:
    """Return the words of an element on one line, without what a page does not show."""
    return " ".join("".join(_pieces(element, without)).split())


def _pieces(element: Element, without: Container[str]) -> Iterator[str]:
    stack: list[Element | str] = [element]
    while stack:
        each = stack.pop()
        if isinstance(each, str):
            yield each
        elif isinstance(each.tag, str) and each.tag not in UNSHOWN and each.tag not in CONTROLS:
            if each is not element and any(role in without for role in roles(each)):
                continue
            space = "" if each.tag in INLINE and each.tag != "img" else " "
            yield space + (each.text or "")
            stack.append(space)
            for child in reversed(each):
                stack += [child.tail or "", child]
