"""Markdown tokens → XHTML. Only what is written here can come out: this is the allow-list."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from pathlib import PurePosixPath
from urllib.parse import unquote

from markdown_it.token import Token

from overprint.diagnostics import Diagnostic, Kind, Place
from overprint.markup import messages, raw_html
from overprint.model import Heading, Text

SCHEMES = ("https://", "http://", "mailto:", "tel:")
COMMENT = re.compile(r"\s*(<!--.*?-->\s*)+", re.DOTALL)
NUMBERED = re.compile(r"([0-9]{1,3}|[IVXL]{1,6})\.\s+")
ATTRIBUTION = re.compile(r"^(?:—|–|--)\s*")
# The tags of a paragraph are written with its words.
SIMPLE = {
    "paragraph_open": "",
    "paragraph_close": "",
    "bullet_list_open": "<ul>",
    "bullet_list_close": "</ul>",
    "ordered_list_close": "</ol>",
    "list_item_open": "<li>",
    "list_item_close": "</li>",
    "blockquote_open": "<blockquote>",
    "blockquote_close": "</blockquote>",
    "hr": '<hr class="break"/>',
    "table_open": "<table>",
    "table_close": "</table>",
    "thead_open": "<thead>",
    "thead_close": "</thead>",
    "tbody_open": "<tbody>",
    "tbody_close": "</tbody>",
    "tr_open": "<tr>",
    "tr_close": "</tr>",
    "th_close": "</th>",
    "td_close": "</td>",
    "em_open": "<em>",
    "em_close": "</em>",
    "strong_open": "<strong>",
    "strong_close": "</strong>",
    "link_close": "</a>",
    "span_close": "</span>",
    "hardbreak": "<br/>\n",
    "softbreak": "\n",
    "footnote_block_open": '<section class="notes">\n',
    "footnote_block_close": "</section>",
    "footnote_close": "</aside>",
}
BLOCK_ENDS = frozenset(
    "paragraph_close bullet_list_close ordered_list_close list_item_close blockquote_close hr table_close tr_close "
    "thead_close tbody_close heading_close footnote_close footnote_block_close".split()
)


@dataclass(frozen=True, slots=True)
class Image:
    """A picture that a text names: `source` as written, `name` inside the books."""

    source: str
    name: str
    place: Place


class Writer:
    """Writes one text; `said`, `headings` and `images` fill while it goes."""

    def __init__(self, text: Text, prefix: str, folder: str, level: int, language: str = "") -> None:
        self.text, self.prefix, self.folder, self.lift = text, prefix, folder, level - 2
        self._language = language
        self.said: list[Diagnostic] = []
        self.headings: list[Heading] = []
        self.images: list[Image] = []
        self._ids: set[str] = set()
        self._twins: defaultdict[str, int] = defaultdict(lambda: 1)
        self._line = 0
        self._starts = [0, *(found.end() for found in re.finditer("\n", text.value))]
        self._links: list[tuple[str, Place]] = []
        self._notes: list[str] = []
        self._searched: dict[tuple[int, str], int] = {}
        self._tight: list[bool] = []

    def write(self, tokens: list[Token]) -> str:
        """Return the XHTML of a whole text."""
        self._notes = [token.meta.get("label", "") for token in tokens if token.type == "footnote_open"]
        html = self._blocks(tokens)
        known = {heading.id for heading in self.headings} | self._ids
        for target, place in self._links:
            if f"{self.prefix}-{target}" not in known:
                names = ", ".join(sorted(f"#{each.removeprefix(self.prefix + '-')}" for each in known))
                self.said.append(messages.DEAD_LINK.at(place, id=target, known=names or "none yet"))
        return html

    def _blocks(self, tokens: list[Token]) -> str:
        out: list[str] = []
        for number, token in enumerate(tokens):
            if token.map:
                self._line = token.map[0]
            out.append(self._block(tokens, number, token))
            if token.type in BLOCK_ENDS and out[-1]:
                out.append("\n")
        return "".join(out).strip()

    def _block(self, tokens: list[Token], number: int, token: Token) -> str:
        if token.type in SIMPLE:
            return SIMPLE[token.type]
        special: dict[str, Callable[[], str]] = {
            "inline": lambda: self._paragraph(tokens, number),
            "heading_open": lambda: self._heading(token, tokens[number + 1]),
            "heading_close": lambda: f"</{self._tag(token)}>",
            "ordered_list_open": lambda: self._ordered(token),
            "th_open": lambda: self._cell(token),
            "td_open": lambda: self._cell(token),
            "fence": lambda: f"<pre><code>{escape(token.content, quote=False)}</code></pre>\n",
            "code_block": lambda: f"<pre><code>{escape(token.content, quote=False)}</code></pre>\n",
            "html_block": lambda: self._html_block(token.content),
            "footnote_open": lambda: self._note_open(tokens, number),
            "footnote_anchor": lambda: "",
        }
        return special[token.type]()

    def _paragraph(self, tokens: list[Token], number: int) -> str:
        inline, before = tokens[number], tokens[number - 1]
        children = inline.children or []
        if before.type != "paragraph_open":
            if before.type == "heading_open":
                return self._heading_words(inline)
            return self.write_inline(children)
        solid = _solid(children)
        if _is_picture(solid):
            return self._figure(solid[0])
        if _is_silent(solid):
            self.write_inline(children)  # what is left out is told
            return ""
        if before.hidden:  # a tight list: its items hold bare text
            return self.write_inline(children)
        words = self.write_inline(children)
        after = tokens[number + 2].type if number + 2 < len(tokens) else ""
        back = self._backlink(tokens, number)
        if after == "blockquote_close" and ATTRIBUTION.match(inline.content):
            return f'<p class="attribution">{ATTRIBUTION.sub("", words)}</p>\n'
        return f"<p>{back}{words}</p>\n"

    def _backlink(self, tokens: list[Token], number: int) -> str:
        if number < 2 or tokens[number - 2].type != "footnote_open":
            return ""
        note = tokens[number - 2].meta["id"] + 1
        call = f"{self.prefix}-noteref-{note}"
        return f'<a class="backlink" role="doc-backlink" href="#{call}">{note}</a> '

    def _note_open(self, tokens: list[Token], number: int) -> str:
        note = tokens[number].meta["id"] + 1
        ident = f"{self.prefix}-note-{note}"
        # The way back stands before the words; a note that begins with a list or a picture has it to itself.
        solid = _solid(tokens[number + 2].children or []) if tokens[number + 1].type == "paragraph_open" else []
        runs = solid and not _is_picture(solid) and not _is_silent(solid)
        back = "" if runs else self._backlink(tokens, number + 2)
        return f'<aside class="note" epub:type="footnote" role="doc-footnote" id="{ident}">\n{back}'

    def _tag(self, token: Token) -> str:
        return f"h{min(6, max(2, int(token.tag[1])) + self.lift)}"

    def _heading(self, token: Token, words: Token) -> str:
        if token.tag == "h1":
            self.said.append(messages.HEADING_LEVEL.at(self._here()))
        plain = _plain(words.children or [])
        given = re.search(r"\s*\{#([A-Za-z][\w-]*)\}\s*$", plain)
        plain = plain[: given.start()] if given else plain
        number = NUMBERED.match(plain)
        title = plain[number.end() :] if number else plain
        ident = self._unique(given.group(1) if given else _slug(title))
        level = int(self._tag(token)[1])
        before = self.headings[-1].level if self.headings else level
        if level > before + 1:
            self.said.append(messages.HEADING_JUMP.at(self._here(), level=level - self.lift, before=before - self.lift))
        self.headings.append(Heading(ident, level, title.strip(), number.group(1) if number else ""))
        return f'<h{level} id="{ident}">'

    def _heading_words(self, inline: Token) -> str:
        html = self.write_inline(inline.children or [])
        html = re.sub(r"\s*\{#[A-Za-z][\w-]*\}\s*$", "", html)
        found = NUMBERED.match(html)
        if found:
            return f'<span class="number">{found.group(1)}</span> <span class="words">{html[found.end() :]}</span>'
        return html

    def _unique(self, name: str) -> str:
        ident = f"{self.prefix}-{name}"
        while ident in self._ids:
            self._twins[name] += 1
            ident = f"{self.prefix}-{name}-{self._twins[name]}"
        self._ids.add(ident)
        return ident

    def _ordered(self, token: Token) -> str:
        start = token.attrGet("start")
        return f'<ol start="{int(start)}">' if start is not None else "<ol>"

    def _cell(self, token: Token) -> str:
        align = re.search(r"text-align:(left|right|center)", str(token.attrGet("style") or ""))
        return f'<{token.tag} class="{align.group(1)}">' if align else f"<{token.tag}>"

    def _figure(self, token: Token) -> str:
        caption = str(token.attrGet("title") or "")
        words = f"<figcaption>{inline_words(caption)}</figcaption>\n" if caption else ""
        return f"<figure>\n{self._image(token)}\n{words}</figure>\n"

    def _image(self, token: Token) -> str:
        source = str(token.attrGet("src") or "")
        alt = _plain(token.children or [])
        place = self._at(f"({source}" if source else "![")
        silent = ""
        if "decorative" in str(token.attrGet("class") or "").split():
            alt = ""
        elif not alt:
            self.said.append(messages.NO_ALT.at(place, src=source))
            silent = ' class="undescribed"'  # or the EPUB would take it for decoration
        path = PurePosixPath(unquote(source))
        if not source or re.match(r"[A-Za-z][A-Za-z0-9+.-]*:|//|/", source) or ".." in path.parts:
            self.said.append(messages.REMOTE_IMAGE.at(place, src=source))
            return f"<span>{escape(alt)}</span>"
        name = f"{self.folder}/{_slug(path.stem)}{path.suffix.lower()}"
        self.images.append(Image(path.as_posix(), name, place))
        return f'<img src="../{escape(name)}" alt="{escape(alt)}"{silent}/>'

    def write_inline(self, tokens: list[Token]) -> str:
        """Return the XHTML of one paragraph's inside."""
        out: list[str] = []
        open_tags: list[str] = []
        told: set[str] = set()
        for token in self._typeset(tokens):
            if token.nesting < 0:  # what was opened inside *emphasis* ends there
                out += self._ended(open_tags)
                open_tags.pop()
            if token.type == "text":
                out.append(self._words(token.content))
            elif token.type == "html_inline":
                out.append(self._html(token, open_tags, told))
            else:
                out.append(self._inline(token))
            if token.nesting > 0:
                open_tags.append("")
        return "".join([*out, *self._ended(open_tags)])

    def _ended(self, open_tags: list[str]) -> Iterator[str]:
        """Yield the ends of tags that have none, up to where Markdown's own begin."""
        while open_tags and open_tags[-1]:
            name = open_tags.pop()
            self._say(messages.UNBALANCED, f"<{name}>", tag=f"<{name}>", name=name)
            yield f"</{name}>"

    def _typeset(self, tokens: list[Token]) -> list[Token]:
        """Give a paragraph the quotes, dashes and spaces of its language, across its markup."""
        if not self._language:
            return tokens
        from overprint.markup.setting import set_tokens  # a draft is read without it

        return set_tokens(tokens, self._language)

    def _inline(self, token: Token) -> str:
        if token.type in SIMPLE:
            return SIMPLE[token.type]
        special: dict[str, Callable[[], str]] = {
            "code_inline": lambda: f"<code>{escape(token.content, quote=False)}</code>",
            "link_open": lambda: self._link(token),
            "span_open": lambda: f"<span{_lang_and_class(token)}>",
            "image": lambda: self._image(token),
            "footnote_ref": lambda: self._noteref(token),
        }
        return special[token.type]()

    def _words(self, content: str) -> str:
        for found in re.finditer(r"\[\^([^\]\s]+)\]", content):
            self._say(messages.NOTE_MISSING, found.group(), label=found.group(1))
        return escape(content, quote=False)

    def _link(self, token: Token) -> str:
        url = str(token.attrGet("href") or "")
        if url.startswith("#") and len(url) > 1:
            target = unquote(url[1:])
            self._links.append((target, self._at(f"(#{target}")))
            return f'<a href="#{escape(self.prefix)}-{escape(target)}">'
        if not url.lower().startswith(SCHEMES) or re.search(r"[\s\x00-\x1f]", url):
            self._say(messages.BAD_LINK, f"({unquote(url)}", url=unquote(url))
            return "<a>"
        return f'<a href="{escape(url)}"{_lang_and_class(token)}>'

    def _noteref(self, token: Token) -> str:
        note, again = token.meta["id"] + 1, token.meta.get("subId", 0)
        ident = f"{self.prefix}-noteref-{note}" + (f"-{again + 1}" if again else "")
        return (
            f'<a class="noteref" epub:type="noteref" role="doc-noteref" id="{ident}" '
            f'href="#{self.prefix}-note-{note}">{note}</a>'
        )

    def _html_block(self, html: str) -> str:
        """Tell of a block of HTML, whose words follow as paragraphs."""
        first = raw_html.first_refused(html)
        if endless := raw_html.unended(html):
            self._say(messages.UNENDED, endless, tag=endless[:40])
        elif first:
            self._refuse(first)
        return ""

    def _html(self, token: Token, open_tags: list[str], told: set[str]) -> str:
        tag = token.content
        name, ends = raw_html.name_of(tag), tag.startswith("</")
        if name == "br":
            return "<br/>"
        if name in raw_html.KEPT:
            if not ends:
                open_tags.append(name)
            elif open_tags[-1:] == [name]:
                open_tags.pop()
            else:
                self._say(messages.UNBALANCED, tag, tag=tag, name=name)
                return ""
            return f"<{'/' * ends}{name}>"
        if COMMENT.fullmatch(tag) or (ends and name in told):
            return ""
        if name and raw_html.unended(tag) and not token.meta.get("ended"):
            self._say(messages.UNENDED, tag, tag=tag[:40])
            return ""
        told.add(name)
        return self._refuse(tag)

    def _refuse(self, tag: str) -> str:
        """Tell of a tag that manuscripts may not use, and return what is printed of it."""
        fates = {True: "the books leave it out", False: "its words are printed without it"}
        known = raw_html.is_wordless(tag) or bool(raw_html.name_of(tag))
        fate = fates[raw_html.is_wordless(tag)] if known else "it is printed as it stands"
        first = tag.split("\n")[0]
        self._say(messages.RAW_HTML, first, tag=first[:40], fate=fate)
        return "" if known else escape(tag, quote=False)

    def _say(self, kind: Kind, needle: str, **facts: str) -> None:
        self.said.append(kind.at(self._at(needle), facts=facts))

    def _here(self) -> Place:
        return self.text.place.moved(self._line, 1)

    def _at(self, needle: str) -> Place:
        """Return where `needle` stands: in the block being written, after what was found there before."""
        known = (self._line, needle)
        start = self._starts[min(self._line, len(self._starts) - 1)]  # the parser counts a lone CR as a line
        offset = self.text.value.find(needle, self._searched.get(known, start))
        if offset < 0:
            return self._here()
        self._searched[known] = offset + 1
        offset += needle.startswith("(")
        line = bisect_right(self._starts, offset) - 1
        return self.text.place.moved(line, offset - self._starts[line] + 1)


def inline_words(words: str) -> str:
    """Return a caption's words as XHTML text, with *emphasis* kept."""
    return re.sub(r"\*([^*]+)\*", r"<em>\1</em>", escape(words, quote=False))


def _solid(tokens: list[Token]) -> list[Token]:
    return [token for token in tokens if not (token.type == "text" and not token.content.strip())]


def _is_picture(solid: list[Token]) -> bool:
    return len(solid) == 1 and solid[0].type == "image"


def _is_silent(solid: list[Token]) -> bool:
    """Tell whether nothing here is printed: comments, and tags that are left out."""
    return all(token.type == "html_inline" and raw_html.is_silent(token.content) for token in solid)


def _plain(tokens: list[Token]) -> str:
    words = []
    for token in tokens:
        if token.type in {"text", "code_inline"}:
            words.append(token.content)
        elif token.type in {"softbreak", "hardbreak"}:
            words.append(" ")
        elif token.children:
            words.append(_plain(token.children))
    return "".join(words)


def _slug(words: str) -> str:
    plain = re.sub(r"[^\w]+", "-", words.lower().replace("’", "").replace("'", ""))
    ascii_only = plain.encode("ascii", "ignore").decode().strip("-")
    return ascii_only[:60].strip("-") or "section"


def _lang_and_class(token: Token) -> str:
    lang, classes = str(token.attrGet("lang") or ""), str(token.attrGet("class") or "")
    out = ""
    if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", lang):
        out += f' lang="{lang}" xml:lang="{lang}"'
    names = [name for name in classes.split() if re.fullmatch(r"[A-Za-z][\w-]*", name)]
    return out + (f' class="{" ".join(names)}"' if names else "")
