"""What must not be in a book: anything that runs, loads, sends or leads where a book may not lead.

The markup was cleaned when it was read. This looks once more at the finished trees, so that a mistake anywhere before
stops the build and never reaches a reader.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator
from typing import Literal

from lxml import etree

from overprint.render.epub.styles import loads
from overprint.render.epub.tree import MATHML, SVG, XHTML, XLINK, XML, local, split

Reach = Literal["nothing", "fragment", "relative", "web", "picture", "refused"]

_NAMESPACES = frozenset({XHTML, SVG, MATHML})
_ELEMENTS = re.compile(
    "script|noscript|i?frame|frameset|form|input|button|select|textarea|object|embed|applet|param|base|link|meta|style|"
    "audio|video|source|track|canvas|dialog|template|portal|foreignobject|handler|listener|animate.*|set|discard"
)
_ATTRIBUTES = re.compile(
    "on.*|action|formaction|background|(image)?srcset|poster|data|codebase|classid|archive|ping|manifest|srcdoc|is"
)
_ADDRESSES = frozenset({"href", f"{{{XLINK}}}href", "src", "cite", "longdesc"})
_WEB = frozenset({"http", "https", "mailto", "tel"})
_PICTURE = re.compile(r"data:image/(png|jpeg|gif);base64,[A-Za-z0-9+/=\s]*\Z", re.IGNORECASE)


def faults(root: etree._Element, *, alone: bool = False) -> Iterator[tuple[etree._Element, str]]:
    """Yield each element that is not inert, with what is wrong with it.

    Args:
        root: the body of a chapter, or a picture.
        alone: whether this is an SVG file, which may hold its own `style` but points at nothing outside itself.
    """
    for element in root.iter():
        for fault in _of_element(element.tag, alone=alone):
            yield element, fault
        if alone and local(element).lower() == "style" and loads(element.text or "", own=True):
            yield element, "<style> that loads something"
        for key, value in element.items():
            look = _of_attribute(element.tag, str(key), alone=alone)
            if look and (fault := look(str(value))):
                yield element, fault


@functools.lru_cache(maxsize=4096)
def reach(address: str) -> Reach:
    """Tell what an address leads to; browsers drop blanks and controls from it, so they are no disguise here."""
    if address.startswith("#"):
        return "fragment"
    plain = re.sub(r"[\x00-\x20\x7f-\x9f]", "", address)
    scheme, colon, _ = re.split(r"[/?#]", plain, maxsplit=1)[0].partition(":")
    if colon:
        known: Reach = "web" if scheme.lower() in _WEB else "refused"
        return "picture" if _PICTURE.match(address.strip()) else known
    if plain.startswith("//") or "\\" in plain:
        return "refused"
    if plain.startswith("#"):
        return "fragment"
    return "relative" if plain else "nothing"


# The same few names come again and again, a million times in a long book: what is known of a name is kept.


@functools.cache
def _of_element(tag: object, *, alone: bool) -> tuple[str, ...]:
    space, name = split(tag)
    refused = _ELEMENTS.fullmatch(name.lower()) and not (alone and name.lower() == "style")
    unknown = [f"<{name or 'entity'}> of an unknown vocabulary"] if space not in _NAMESPACES else []
    return (*unknown, *([f"<{name}>"] if refused else []))


@functools.cache
def _of_attribute(tag: object, key: str, *, alone: bool) -> Callable[[str], str] | None:
    """Return what tells the fault of an attribute's value, empty for none; or None where any value is good."""
    space, name = split(tag)
    plain = split(key)[1].lower()
    where = f"{plain} on <{name}>"
    drawn = space == SVG
    if _ATTRIBUTES.fullmatch(plain) or key == f"{{{XML}}}base":
        return lambda _: where
    if key in _ADDRESSES:
        allowed = _allowed(name, key, alone=alone)
        return lambda value: "" if reach(value) in allowed else f"{where} leading to {value[:80]}"
    if drawn or plain == "style":
        # In SVG every property may also stand as an attribute.
        return lambda value: f"{where} that loads something" if loads(value, own=drawn) else ""
    return None


def _allowed(name: str, key: str, *, alone: bool) -> frozenset[Reach]:
    if key == "src" or name in {"img", "image", "feImage"}:
        return frozenset({"picture"} if alone else {"relative"})
    if name in {"a", "area"} or key in {"cite", "longdesc"}:
        return frozenset({"fragment", "web"} if alone else {"nothing", "fragment", "relative", "web"})
    return frozenset({"fragment"})
