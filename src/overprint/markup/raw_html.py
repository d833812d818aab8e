"""HTML in an editor's Markdown: its words stay, its tags and whatever is no words go, and the writer tells of each."""

from __future__ import annotations

import re
from collections.abc import Iterator

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

NAMES = frozenset(
    "a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big blink blockquote body "
    "br button canvas caption center cite code col colgroup data datalist dd del details dfn dialog dir div dl dt em "
    "embed fieldset figcaption figure font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i "
    "iframe img input ins kbd label legend li link main map mark marquee math menu meta meter nav nobr noframes "
    "noscript object ol optgroup option output p param picture plaintext pre progress q rp rt ruby s samp script "
    "search section select slot small source span strike strong style sub summary sup svg table tbody td template "
    "textarea tfoot th thead time title tr track tt u ul var video wbr xmp".split()
)
"""Elements of HTML; `<T>` and `<ada@example.org>` are none, and are words."""
FLOWING = frozenset(
    "a abbr b bdi bdo big cite code del dfn em font i ins kbd mark q s samp small span strike strong sub sup time tt "
    "u var wbr".split()
)
"""Those that a line of words may hold; any other ends a paragraph."""
KEPT = frozenset({"br", "cite", "sub", "sup"})
"""What manuscripts may use."""
WORDLESS = frozenset("audio canvas embed hr iframe img input object script style svg video".split())
_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9]*)(?=[\s/>])[^<>]*>")
_MUTE = re.compile(r"<!--|<(script|style|iframe)(?=[\s/>])[^<>]*>", re.IGNORECASE)
"""What begins that which holds no words."""
_DECLARED = re.compile(r"<\?[^<>]*>|<!\[CDATA\[|\]\]>|<![A-Za-z][^<>]*>")


def name_of(tag: str) -> str:
    """Return the name of the element that a tag begins or ends, empty where HTML knows none such.

    >>> name_of("</DIV >"), name_of("<T>")
    ('div', '')
    """
    found = _TAG.fullmatch(tag)
    name = found.group(1).lower() if found else ""
    return name if name in NAMES else ""


def is_wordless(tag: str) -> bool:
    """Tell whether a tag stands for something without words.

    >>> is_wordless('<img src="a.png">'), is_wordless("<?php x ?>"), is_wordless("<b>")
    (True, True, False)
    """
    return name_of(tag) in WORDLESS or tag.startswith(("<?", "<!"))


def is_silent(tag: str) -> bool:
    """Tell whether a tag or a comment prints nothing: `<br>` does, and what is no HTML is printed as it stands."""
    return is_wordless(tag) or name_of(tag) not in {"", "br"}


def first_refused(html: str) -> str:
    """Return the first tag of a block that manuscripts may not use.

    >>> first_refused("<!-- <p> --><cite>Her</cite> <b>x</b>")
    '<b>'
    """
    mute = _MUTE.search(html)
    shown = _parts(html)[0] if mute and mute.group() == "<!--" else html
    refused = (tag.group() for tag in _TAG.finditer(shown) if tag.group(1).lower() not in KEPT)
    declared = _DECLARED.search(shown)
    return next(refused, declared.group() if declared else "")


def unended(html: str) -> str:
    """Return the tag after which all would be mute, because nothing ends it; empty where there is none.

    >>> unended("<script>a</script> b <!-- c"), unended("<p>a <!-- b --> c</p>")
    ('<!--', '')
    """
    return _parts(html)[1]


def _parts(html: str) -> tuple[str, str]:
    kept, at = [], 0
    while found := _MUTE.search(html, at):
        kept.append(html[at : found.start()])
        ending = rf"</{found.group(1)}\s*>" if found.group(1) else "-->"
        end = re.compile(ending, re.IGNORECASE).search(html, found.end())
        if end is None:
            return "".join(kept), found.group()
        at = end.end()
    return "".join([*kept, html[at:]]), ""


def paragraphs(html: str) -> list[str]:
    r"""Return the words of a block of HTML, a paragraph each, with what Markdown they hold.

    >>> paragraphs("<div><p>One *more* <b>bee</b></p><p>Two</p>\n<script>x</script></div>")
    ['One *more* bee', 'Two']
    """
    words = _DECLARED.sub("", _parts(html)[0])
    apart = _TAG.sub(lambda tag: _between(tag.group(), tag.group(1).lower()), words)
    lines = (re.sub(r"\s*\n\s*", "\n", part.strip()) for part in apart.split("\0"))
    return [part for part in lines if part]


def _between(tag: str, name: str) -> str:
    return tag if name in KEPT or name not in NAMES else "" if name in FLOWING else "\0"


def spread(state: StateCore) -> None:
    """Put the words of each block of HTML after it, as paragraphs."""
    tokens: list[Token] = []
    for token in state.tokens:
        tokens.append(token)
        if token.type == "html_block":
            for words in paragraphs(token.content):
                level, lines = token.level, token.map
                tokens.append(Token("paragraph_open", "p", 1, level=level, map=lines, block=True))
                tokens.append(
                    Token("inline", "", 0, level=level + 1, map=lines, content=words, block=True, children=[])
                )
                tokens.append(Token("paragraph_close", "p", -1, level=level, block=True))
    state.tokens = tokens


def mute(state: StateCore) -> None:
    """Take from each line what stands between a tag and its end that holds no words; titles keep it as words."""
    for token in state.tokens:
        if not any(each.type == "html_inline" for each in token.children or ()):
            continue
        if not state.inlineMode:
            token.children = list(_heard(token.children or []))
            continue
        for each in token.children or ():
            if each.type == "html_inline" and name_of(each.content) not in KEPT and not each.content.startswith("<!--"):
                each.type = "text"


def _heard(tokens: list[Token]) -> Iterator[Token]:
    """Yield what is heard; a mute tag is marked `ended` where its end follows."""
    last = {name_of(each.content): at for at, each in enumerate(tokens) if _is_tag(each, "</")}
    awaited = ""
    for at, token in enumerate(tokens):
        if awaited:
            if _is_tag(token, "</") and name_of(token.content) == awaited:
                awaited = ""
            continue
        found = _MUTE.fullmatch(token.content) if _is_tag(token, "<") else None
        name = (found.group(1) or "").lower() if found else ""
        if name and last.get(name, -1) > at:
            awaited, token.meta = name, {"ended": True}
        yield token


def _is_tag(token: Token, beginning: str) -> bool:
    return token.type == "html_inline" and token.content.startswith(beginning)
