"""One text in Markdown → one XHTML fragment, with its headings, images and faults."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.attrs import attrs_plugin
from mdit_py_plugins.footnote import footnote_plugin

from overprint.diagnostics import Diagnostic, Made, Place
from overprint.markup import messages, plain, raw_html
from overprint.markup.writer import Image, Writer
from overprint.model import Heading, Text

DEEPEST = 50

# One of these begins whatever is not plain words inside a line.
_MARK = re.compile(r"[\\`*_\[\]<&{^!\n]")


@dataclass(frozen=True, slots=True)
class Fragment:
    """XHTML as it stands inside a section, and what it holds."""

    html: str
    headings: tuple[Heading, ...] = ()
    images: tuple[Image, ...] = ()


@lru_cache(maxsize=1)
def _markdown() -> MarkdownIt:
    # Raw HTML is tokenised so that it can be named and its words kept; the writer never passes it on.
    markdown = MarkdownIt("commonmark", {"html": True, "maxNesting": 2 * DEEPEST})
    markdown.enable("table").use(footnote_plugin, inline=False)
    markdown.use(attrs_plugin, spans=True, allowed=["lang", "class", "id"])
    # Every address reaches the writer's allow-list; the library's own list would leave `[a](x:y)` as bare text.
    markdown.validateLink = lambda url: True  # type: ignore[method-assign]
    markdown.core.ruler.at("inline", _inline)
    markdown.core.ruler.before("inline", "spread", raw_html.spread)
    markdown.core.ruler.after("inline", "mute", raw_html.mute)
    return markdown


def _inline(state: StateCore) -> None:
    """Parse what paragraphs, headings and cells hold, as the library does; plain words, as most are, need no parser."""
    for token in state.tokens:
        if token.type == "inline":
            token.children = []
            if token.content and not _MARK.search(token.content):
                token.children.append(Token("text", "", 0, content=token.content))
            else:
                state.md.inline.parse(token.content, state.md, state.env, token.children)


# What stays open, such as the preview, meets the same texts again and again, all but the one that was saved.
@lru_cache(maxsize=8192)
def fragment(text: Text, prefix: str, *, folder: str = "", level: int = 2, language: str = "") -> Made[Fragment]:
    """Turn Markdown into XHTML.

    Args:
        text: the Markdown with its place.
        prefix: makes ids unique in the book.
        folder: where images go inside the books, such as `images/her`.
        level: the heading level of `##`.
        language: whose quotes, dashes and spaces to set; none leaves the text as written.

    >>> fragment(Text("*Her* is a [film](https://example.org/her)."), "her").value.html
    '<p><em>Her</em> is a <a href="https://example.org/her">film</a>.</p>'
    """
    if not language and (spans := plain.paragraphs(text.value)) is not None:
        shown = (_plain(text.value[start:end]) for start, end in spans)
        return Made(Fragment("\n".join(f"<p>{words}</p>" for words in shown)))
    env: dict[str, object] = {}
    tokens = _markdown().parse(text.value, env)
    said = list(_shape(tokens, text))
    writer = Writer(text, prefix, folder, level, language)
    html = writer.write(tokens)
    said += writer.said
    said += _unused_notes(env, text)
    return Made(Fragment(html, tuple(writer.headings), tuple(writer.images)), tuple(said))


def _plain(words: str) -> str:
    return escape("\n".join(line.strip(" ") for line in words.split("\n")), quote=False)


def inline(words: str, language: str = "") -> str:
    """Turn one line of Markdown, such as a title or an abstract, into XHTML; faults are shown as written.

    >>> inline("After *Her* & before")
    'After <em>Her</em> &amp; before'
    """
    return Writer(Text(words), "x", "", 2, language).write_inline(_markdown().parseInline(words, {})[0].children or [])


def _shape(tokens: list[Token], text: Text) -> list[Diagnostic]:
    for token in tokens:
        if token.level >= 2 * DEEPEST - 2:
            return [messages.TOO_DEEP.at(text.place.moved((token.map or [0])[0], 1), limit=DEEPEST)]
    return []


def _unused_notes(env: dict[str, object], text: Text) -> list[Diagnostic]:
    notes = env.get("footnotes")
    refs = notes.get("refs", {}) if isinstance(notes, dict) else {}
    said = []
    for name, number in refs.items():
        if number < 0:
            label = str(name).removeprefix(":")
            said.append(messages.NOTE_UNUSED.at(_find(text, rf"\[\^{re.escape(label)}\]:"), label=label))
    return said


def _find(text: Text, pattern: str) -> Place:
    found = re.search(pattern, text.value)
    before = text.value[: found.start()] if found else ""
    return text.place.moved(before.count("\n"), len(before) - before.rfind("\n"))
