"""Reads Markdown of other programs, such as pandoc, Hugo and Jekyll: front matter, and a body in their dialects.

The body goes through HTML, as all that is imported does, for the manuscript's own Markdown is smaller than theirs.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from typing import Any

from lxml import etree
from markdown_it import MarkdownIt
from mdit_py_plugins.attrs import attrs_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from overprint.diagnostics import Diagnostic, Made, Place, Stop
from overprint.importers import dom, office, walk
from overprint.importers.exports import html_fields, threads
from overprint.importers.front_matter import front_matter, opened
from overprint.importers.source import LINE_END, Source, binary, signature, slug_of
from overprint.importers.text import NO_AUTHOR, NO_TITLE
from overprint.importers.text_phrases import iso, names
from overprint.model import Dropped, Imported, ImportedBio

KIND = "markdown"

MARKS = re.compile(r"^#{1,6} \S|^```\w*$|^\[\^?[^\]\n]{1,80}\]: ?\S|\]\([^()\s]{1,400}\)", re.MULTILINE)
SUFFIXES = (".md", ".markdown", ".mdown", ".mkd", ".qmd", ".rmd")
DATED = re.compile(r"(\d{4}-\d\d-\d\d)-(.+)")
CODE = re.compile(r"^(?P<fence>`{3,}|~{3,})[^\n]*\n(?:.*?^(?P=fence)[ \t]*$|.*)|`[^`\n]+`", re.MULTILINE | re.DOTALL)
FIGURE = re.compile(r"\{\{<\s*figure\b(?P<arguments>[^\n{}]{1,2000}?)/?>\}\}")
ARGUMENT = re.compile(r"(\w+)\s*=\s*(?:\"((?:[^\"\\\n]|\\.)*)\"|`([^`\n]*)`)")
FOREIGN = (
    (
        re.compile(r"\{\{[<%][^\n]{0,2000}?[%>]\}\}|\{%[^\n]{0,2000}?%\}"),
        "a shortcode, which only the site can fill in",
    ),
    (re.compile(r"^:{3,}[ \t]*(?:\{[^}\n]*\}|\w[\w-]*)?[ \t]*:*[ \t]*$", re.MULTILINE), "a mark around a block"),
    (re.compile(r"^\{:[^}\n]*\}[ \t]*$|(?<=\S)[ \t]*\{#[\w:.-]+[^}\n]*\}(?=[ \t]*$)", re.MULTILINE), "attributes"),
)
"""What other dialects know and Markdown does not, with why it is left out."""


def sniff(source: Source) -> float:
    """Return some certainty for text with front matter, or with marks that only Markdown has."""
    if source.files or binary(source) or signature(source):
        return 0.0
    text = LINE_END.sub("\n", source.head)
    if opened(text):
        return 0.6
    if re.match(r"\s*<[A-Za-z!?]", text):
        return 0.0
    marks = len(MARKS.findall(text))
    return 0.5 if marks and source.path.suffix.lower() in SUFFIXES else 0.3 if marks > 2 else 0.0


def read(source: Source) -> Made[tuple[Imported, ...]]:
    """Return the file as one essay.

    Raises:
        Stop: its front matter is broken, or nothing stands below it.
    """
    place = Place(source.name)
    about = front_matter(LINE_END.sub("\n", source.text), source.name)
    dropped: list[Dropped] = []
    body = dom.fragment(_markdown().render(_common(about.text, about.line, dropped)), source.name)
    _settle(body)
    title = _title(_one(about.take("title")), body)
    writers = _people(about.take("author", "authors"))
    walked = walk.markdown(body)
    if not walked.text.strip():
        raise Stop(office.NO_WORDS.at(Place(source.name, about.line, 1), name=source.name))
    said: list[Diagnostic] = [NO_TITLE.at(place)] if not title else []
    said += [NO_AUTHOR.at(place)] if not writers else []
    dated = DATED.fullmatch(source.path.stem)
    date = _one(about.take("date", "pubdate", "published_at"))
    slug = _one(about.take("slug")) or (dated[2] if dated else "")
    address = _address(about.values)
    essay = Imported(
        slug=slug_of(slug),
        body=walked.text,
        title=title or None,
        subtitle=_inline(_one(about.take("subtitle"))) or None,
        authors=tuple(writers),
        date=threads.date(date) or iso(date) or (dated[1] if dated and not date else None),
        language=_one(about.take("lang", "language", "locale")).replace("_", "-") or None,
        url=_one(about.take(address)) or None,
        publication=_one(about.take("publication", "container-title")) or None,
        bios=tuple(ImportedBio(name, _inline(bio)) for name, bio in writers.items() if bio),
        categories=tuple(_many(about.take("categories", "category"))),
        images=tuple({each.url: html_fields.picture(each.url, each.alt) for each in walked.images}.values()),
    )
    reason = "front matter that an essay has no place for"
    dropped += [Dropped(f"{key}: {_shown(value)}", reason, line) for key, (value, line) in about.values.items()]
    dropped += [replace(each, line=0) for each in walked.dropped]
    return Made((replace(essay, dropped=tuple(sorted(dropped, key=lambda each: each.line))),), tuple(said))


@lru_cache(maxsize=1)
def _markdown() -> MarkdownIt:
    # Raw HTML is read like a page's; the walk leaves out what no book may hold.
    markdown = MarkdownIt("commonmark", {"html": True, "maxNesting": 100}).enable(["table", "strikethrough"])
    return markdown.use(footnote_plugin).use(deflist_plugin).use(attrs_plugin, spans=True, allowed=["lang"])


def _settle(body: Any) -> None:
    """Take out the rule above the notes, and make a caption of the title that a picture alone in a paragraph has."""
    for rule in body.xpath(".//hr[@class='footnotes-sep']"):
        rule.drop_tree()
    for image in body.xpath(".//p/img[@title]"):
        holder = image.getparent()
        if len(holder) == 1 and not "".join(holder.itertext()).strip():
            holder.tag = "figure"
            etree.SubElement(holder, "figcaption").text = image.get("title")


def _common(text: str, line: int, dropped: list[Dropped]) -> str:
    """Return the text without what only one program knows; code stays as it is."""
    out = []
    at = 0
    for code in (*CODE.finditer(text), None):
        before = FIGURE.sub(_figure, text[at : code.start() if code else len(text)])
        for pattern, reason in FOREIGN:
            here = line + text.count("\n", 0, at)
            dropped += [
                Dropped(each[0].strip(), reason, here + before.count("\n", 0, each.start()))
                for each in pattern.finditer(before)
            ]
            before = pattern.sub("", before)
        out.append(before)
        if code:
            out.append(code[0])
            at = code.end()
    return "".join(out)


def _figure(found: re.Match[str]) -> str:
    given = ARGUMENT.findall(found["arguments"])
    said = {name: first.replace('\\"', '"') or second for name, first, second in given}
    words = said.get("caption") or said.get("title") or ""
    alt, caption = (re.sub(r"([\\\"\[\]])", r"\\\1", each) for each in (said.get("alt", ""), words))
    return f'![{alt}](<{said["src"]}> "{caption}")' if said.get("src") else found[0]


def _title(said: str, body: Any) -> str:
    """Return the title: what the front matter says, or the only highest heading where it stands first of all."""
    first = next((each for each in body.iterchildren() if "".join(each.itertext()).strip()), None)
    if first is None or first.tag != "h1" or len(list(body.iter("h1"))) > 1:
        return _inline(said)
    heading = office.line(first)
    if not said or _same(_inline(said)) == _same(heading):
        office.take_out(first)
    return _inline(said) or heading


def _same(words: str) -> str:
    return " ".join(re.findall(r"\w+", words.casefold()))


def _inline(words: str) -> str:
    return html_fields.title(_markdown().renderInline(words)) if words else ""


def _address(values: dict[str, tuple[Any, int]]) -> str:
    """Return the key that holds the whole address of the essay; a path of the site is none."""
    keys = ("canonical_url", "canonicalurl", "canonical", "original_url", "url", "link")
    return next((key for key in keys if re.match(r"https?://", _one(values.get(key, ("",))[0]))), "")


def _one(value: Any) -> str:
    """Return a value as one line of text: the first of a list, nothing of what has keys of its own."""
    value = value[0] if isinstance(value, list) and value else value
    return " ".join(value.split()) if isinstance(value, str) else ""


def _many(value: Any) -> list[str]:
    each = value if isinstance(value, list) else re.split(r"\s*,\s*", value) if isinstance(value, str) else []
    return [words for one in each if (words := _one(one))]


def _people(value: Any) -> dict[str, str]:
    """Return names, each with what is said of them."""
    listed = value if isinstance(value, list) else [value]
    people: dict[str, str] = {}
    for each in listed:
        if isinstance(each, dict):
            people[threads.name(_one(each.get("name"))) or ""] = _one(each.get("bio"))
        else:
            several = names(_one(each))
            people |= dict.fromkeys(several if len(several) > 1 else (threads.name(_one(each)) or "",), "")
    return {name: bio for name, bio in people.items() if name}


def _shown(value: Any) -> str:
    shown = ", ".join(map(_shown, value)) if isinstance(value, list) else ""
    shown = ", ".join(f"{key} {_shown(each)}" for key, each in value.items()) if isinstance(value, dict) else shown
    return (shown or str(value))[:200]
