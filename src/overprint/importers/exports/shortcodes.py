"""Understands WordPress's shortcodes, `[name key="value"]…[/name]`, in the text of a post.

Captions, galleries, embedded addresses and footnotes become HTML. Any other is left out, the words between its ends
kept. A word in brackets that shows no sign of being a shortcode, such as [sic], is the author's own.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_left
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

CODE = re.compile(
    r"(?P<open>\[)?\[(?P<close>/)?(?P<name>[A-Za-z][\w-]{0,60})(?P<attributes>(?:\s[^\[\]]{0,2000})?)/?\](?P<shut>\])?"
)
ATTRIBUTE = re.compile(r"""([\w-]{1,60})\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+))""")
PICTURE = re.compile(r"\s*(?:<a\b[^<>]*>\s*)?<img\b[^<>]*>(?:\s*</a>)?", re.I)
CAPTIONS = frozenset(("caption", "wp_caption"))
MEDIA = frozenset(("audio", "video", "playlist", "youtube", "vimeo", "soundcloud"))
NOTES = frozenset(("footnote", "fn", "ref", "efn_note", "mfn", "modern_footnote"))
BARE = frozenset(("gallery", "embed", "contact-form-7"))
WRAPPING = CAPTIONS | NOTES | {"embed"}
KNOWN = CAPTIONS | MEDIA | NOTES | BARE


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the site's library."""

    url: str
    alt: str = ""
    caption: str = ""


@dataclass(slots=True)
class Expanded:
    """The text as HTML; `left` are the shortcodes left out, by name and offset in the text given."""

    text: str = ""
    left: list[tuple[str, int]] = field(default_factory=list)


def expand(text: str, gallery: Callable[[Mapping[str, str]], list[Picture]]) -> Expanded:
    """Return the text with its shortcodes turned into HTML or left out; `gallery` finds the pictures of one."""
    made = Expanded()
    codes = list(CODE.finditer(text)) if "[" in text else []
    closers: dict[str, list[int]] = {}
    for at, code in enumerate(codes):
        if code["close"]:
            closers.setdefault(code["name"].lower(), []).append(at)
    out: list[str] = []
    notes: list[str] = []
    done = at = 0
    while at < len(codes):
        code, at = codes[at], at + 1
        name = code["name"].lower()
        ends = closers.get(name, [])
        if code["open"] and code["shut"]:
            # Doubled brackets show a shortcode to readers.
            out += [text[done : code.start()], code[0][1:-1]]
            done = code.end()
            continue
        attributes = {key.lower(): a or b or c for key, a, b, c in ATTRIBUTE.findall(code["attributes"])}
        if not (name in KNOWN or attributes or "_" in name or ends):
            continue
        start, end = code.start() + len(code["open"] or ""), code.end() - len(code["shut"] or "")
        inner = ""
        nearest = bisect_left(ends, at)
        if name in WRAPPING and not code["close"] and nearest < len(ends):
            at = ends[nearest] + 1
            inner, end = _bare(text[code.end() : codes[at - 1].start()]), codes[at - 1].end()
        shown = "" if code["close"] else _shown(name, attributes, inner, notes, gallery)
        if shown is None:
            made.left.append((f"[{name}]", start))
        out += [text[done:start], shown or ""]
        done = end
    made.text = "".join([*out, text[done:], _list(notes)])
    return made


def _bare(inner: str) -> str:
    """Return what a shortcode holds without further ones in it."""
    return CODE.sub(lambda found: "" if ATTRIBUTE.search(found[0]) or found["close"] else found[0], inner)


def _list(notes: list[str]) -> str:
    entries = "".join(
        f'<li id="fn-{number}">{note} <a href="#fnref-{number}" role="doc-backlink">↩</a></li>'
        for number, note in enumerate(notes, 1)
    )
    return f'\n\n<section class="footnotes" role="doc-endnotes"><ol>{entries}</ol></section>' if notes else ""


def _shown(
    name: str,
    attributes: Mapping[str, str],
    inner: str,
    notes: list[str],
    gallery: Callable[[Mapping[str, str]], list[Picture]],
) -> str | None:
    """Return the HTML of one shortcode, or None when it is left out."""
    if name in CAPTIONS and (picture := PICTURE.match(inner)):
        return figure(picture[0].strip(), attributes.get("caption") or inner[picture.end() :].strip())
    if name in NOTES and inner.strip():
        notes.append(inner.strip())
        number = len(notes)
        return f'<sup><a href="#fn-{number}" id="fnref-{number}" role="doc-noteref">{number}</a></sup>'
    if name == "gallery" and (pictures := gallery(attributes)):
        return "\n\n" + "\n".join(figure(image(each), each.caption) for each in pictures) + "\n\n"
    address = inner.strip() or attributes.get("src") or attributes.get("url") or ""
    if name == "embed" and re.match(r"https?://\S+$", address):
        return link(address)
    return None


def figure(picture: str, caption: str) -> str:
    """Return a figure of a picture's HTML, with its caption where it has one."""
    return f"<figure>{picture}{f'<figcaption>{caption}</figcaption>' if caption else ''}</figure>"


def image(picture: Picture) -> str:
    """Return the HTML of a picture."""
    return f'<img src="{html.escape(picture.url)}" alt="{html.escape(picture.alt)}">'


def link(address: str) -> str:
    """Return a paragraph that holds an address, linked to itself."""
    shown = html.escape(html.unescape(address))
    return f'\n\n<p><a href="{shown}">{shown}</a></p>\n\n'
