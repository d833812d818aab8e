"""Turns the raw text of a WordPress post into the HTML that the site would show: blocks, or text typed as it is."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from overprint.importers.exports.paragraphs import paragraphed
from overprint.importers.exports.shortcodes import Picture, expand, link

BLOCK = re.compile(
    r"<!--\s+(?P<close>/)?wp:(?P<name>[a-z][\w/-]{0,80})\s+(?P<attributes>\{[^<>]*\}\s+)?(?P<void>/)?-->"
)
LONE_ADDRESS = re.compile(r"^[ \t]*(https?://[^\s<>\"\[\]]+)[ \t]*$", re.M)
EMBEDDED = re.compile(r"(?<=__wrapper\">)\s*(https?://[^\s<>\"]+)\s*(?=</div>)")
TYPED = frozenset(("freeform", "core/freeform", "shortcode", "core/shortcode"))
SILENT = frozenset("more nextpage spacer separator block footnotes".split())
NESTED = 3
REUSED = 100
"""How deep a block that is kept for many posts may hold another such block, and how many a post may call for."""


@dataclass(frozen=True, slots=True)
class Library:
    """What the posts of a site share: the pictures by id, those of a post by its id, and the reusable blocks by id."""

    pictures: Mapping[str, Picture] = field(default_factory=dict)
    children: Mapping[str, list[str]] = field(default_factory=dict)
    blocks: Mapping[str, str] = field(default_factory=dict)

    def gallery(self, attributes: Mapping[str, str], post: str) -> list[Picture]:
        """Return the pictures that a gallery names, or those uploaded to its post."""
        named = attributes.get("ids") or attributes.get("include")
        ids = re.split(r"[\s,]+", named) if named else self.children.get(attributes.get("id", post), [])
        return [self.pictures[each] for each in ids if each in self.pictures]


@dataclass(frozen=True, slots=True)
class Shown:
    """A post as HTML; `left` names what only the site can fill in, with its offset in the raw text."""

    html: str
    left: tuple[tuple[str, int], ...] = ()


def shown(raw: str, library: Library, *, post: str = "", footnotes: str = "", typed: bool = True) -> Shown:
    """Return a post as HTML.

    Args:
        raw: the text as the database has it.
        library: pictures and blocks that the text may call for.
        post: its id.
        footnotes: the JSON that WordPress keeps beside a post: `[{"id": …, "content": HTML}]`.
        typed: whether line ends mean paragraphs; not so in exports that hold finished HTML.
    """
    expanded = expand(raw, lambda attributes: library.gallery(attributes, post))
    left = expanded.left
    if not BLOCK.search(expanded.text):
        text = LONE_ADDRESS.sub(lambda found: link(found[1]), expanded.text) if typed else expanded.text
        return Shown(paragraphed(text) if typed else text, tuple(left))
    made = _Blocks(library, _notes(footnotes))
    text = made.render(expanded.text)
    # Offsets of blocks are sought again, as shortcodes before them may have changed the length.
    starts = {found["name"]: found.start() for found in reversed(list(BLOCK.finditer(raw)))}
    left += [(f"the block “{name}”", starts.get(name, 0)) for name in made.left]
    return Shown(EMBEDDED.sub(lambda found: link(found[1]).strip(), text), tuple(left))


class _Blocks:
    def __init__(self, library: Library, notes: str) -> None:
        self.library = library
        self.notes = notes
        self.left: dict[str, None] = {}
        self.reused = 0

    def render(self, text: str, depth: int = 0) -> str:
        out: list[str] = []
        names: list[str] = []
        done = 0
        for block in BLOCK.finditer(text):
            out.append(self._chunk(text[done : block.start()], names))
            done = block.end()
            if block["close"]:
                if names:
                    names.pop()
            elif block["void"]:
                out.append(self._void(block["name"], block["attributes"], depth))
            else:
                names.append(block["name"])
        return "".join([*out, self._chunk(text[done:], names)])

    def _chunk(self, text: str, names: list[str]) -> str:
        typed = not names or names[-1] in TYPED
        return paragraphed(LONE_ADDRESS.sub(lambda found: link(found[1]), text)) if typed and text.strip() else text

    def _void(self, name: str, attributes: str | None, depth: int) -> str:
        name = name.removeprefix("core/")
        if name == "footnotes":
            return self.notes
        if name == "block" and depth < NESTED and self.reused < REUSED:
            self.reused += 1
            kept = self.library.blocks.get(str(_json(attributes or "{}", dict).get("ref", "")), "")
            if kept:
                return self.render(kept, depth + 1)
        if name not in SILENT or name == "block":
            self.left[name] = None
        return ""


def _notes(footnotes: str) -> str:
    """Return the list of notes as WordPress shows it, its marks being links to `#ID` in the text."""
    entries = [each for each in _json(footnotes or "[]", list) if isinstance(each, dict) and each.get("id")]
    notes = "".join(
        f'<li id="{html.escape(str(each["id"]))}">{each.get("content", "")} '
        f'<a href="#{html.escape(str(each["id"]))}-link" role="doc-backlink">↩</a></li>'
        for each in entries
    )
    return f'<ol class="wp-block-footnotes" role="doc-endnotes">{notes}</ol>' if notes else ""


def _json(text: str, kind: Callable[[], Any]) -> Any:
    """Return the JSON of a text if it is of this kind, else an empty one."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return kind()
    return value if isinstance(value, type(kind())) else kind()
