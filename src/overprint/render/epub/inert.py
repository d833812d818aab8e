"""What must not be in a book: anything that runs, loads, sends or leads where a book may not lead.

The markup was cleaned when it was read. This looks once more at the finished trees, so that a mistake anywhere before
stops the build and never reaches a reader.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import Literal

from lxml import etree

from overprint.render.epub.styles import loads
from overprint.render.epub.tree import MATHML, SVG, XHTML, XLINK, XML, attributes, local, namespace

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
        for fault in (*_of_element(element, alone=alone), *_of_attributes(element, alone=alone)):
            yield element, fault


@functools.lru_cache(maxsize=4096)
def reach(address: str) -> Reach:
    """Tell what an address leads to; browsers drop blanks and controls from it, so they are no disguise here."""
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


def _of_element(element: etree._Element, *, alone: bool) -> Iterator[str]:
    name = local(element)
    if namespace(element) not in _NAMESPACES:
        yield f"<{name or 'entity'}> of an unknown vocabulary"
    if name.lower() == "style" and alone:
        if loads(element.text or "", own=True):
            yield "<style> that loads something"
    elif _ELEMENTS.fullmatch(name.lower()):
        yield f"<{name}>"


def _of_attributes(element: etree._Element, *, alone: bool) -> Iterator[str]:
    drawn = namespace(element) == SVG
    for key, value in attributes(element):
        plain = etree.QName(key).localname.lower()
        where = f"{plain} on <{local(element)}>"
        if _ATTRIBUTES.fullmatch(plain) or key == f"{{{XML}}}base":
            yield where
        elif key in _ADDRESSES:
            if reach(value) not in _allowed(element, key, alone=alone):
                yield f"{where} leading to {value[:80]}"
        elif (drawn or plain == "style") and loads(value, own=drawn):
            # In SVG every property may also stand as an attribute.
            yield f"{where} that loads something"


def _allowed(element: etree._Element, key: str, *, alone: bool) -> frozenset[Reach]:
    name = local(element)
    if key == "src" or name in {"img", "image", "feImage"}:
        return frozenset({"picture"} if alone else {"relative"})
    if name in {"a", "area"} or key in {"cite", "longdesc"}:
        return frozenset({"fragment", "web"} if alone else {"nothing", "fragment", "relative", "web"})
    return frozenset({"fragment"})
