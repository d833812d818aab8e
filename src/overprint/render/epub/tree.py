"""XML as the EPUB needs it: one strict parser, text that is always escaped, one way to serialise."""

from __future__ import annotations

import functools
from collections.abc import Mapping

from lxml import etree

from overprint.diagnostics import Exit, Stop, error

XHTML = "http://www.w3.org/1999/xhtml"
OPS = "http://www.idpf.org/2007/ops"
SVG = "http://www.w3.org/2000/svg"
MATHML = "http://www.w3.org/1998/Math/MathML"
XLINK = "http://www.w3.org/1999/xlink"
XML = "http://www.w3.org/XML/1998/namespace"

EPUB_TYPE = f"{{{OPS}}}type"
XML_LANG = f"{{{XML}}}lang"

UNWRITABLE = error(
    "E005",
    "the text {text} holds a character that XML cannot hold",
    "report this: it is a fault of overprint",
    manual="An EPUB is made of XML files, and XML has no way to write control characters or half characters. "
    "overprint removes such characters when it reads a manuscript, so one that comes this far is a fault of overprint. "
    "Until it is mended, retype the title or name that the message shows.",
)

_VOID = frozenset({"area", "br", "col", "hr", "img", "link", "meta", "wbr"})


def parse(markup: bytes) -> etree._Element:
    """Parse strictly, without DTD, entities or network; comments and instructions are private and are dropped.

    Raises:
        etree.XMLSyntaxError: the markup is not well-formed.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    return etree.fromstring(markup, parser)


def root(name: str, space: str, **prefixes: str) -> etree._Element:
    """Return a new root in the default namespace `space`, with prefixes for others."""
    # The stubs do not know that the default namespace's prefix is None.
    return etree.Element(f"{{{space}}}{name}", nsmap={None: space, **prefixes})  # type: ignore[dict-item]


def add(
    parent: etree._Element, tag: str, attributes: Mapping[str, str] | None = None, text: str = ""
) -> etree._Element:
    """Append an element in its parent's namespace, unless `tag` names its own.

    Raises:
        Stop: the text holds a character that XML cannot hold.
    """
    name = tag if tag.startswith("{") else etree.QName(etree.QName(parent).namespace, tag).text
    try:
        child = etree.SubElement(parent, name, dict(attributes or {}))
        child.text = text or None
    except ValueError as fault:
        wrong = ascii(" ".join([text, *(attributes or {}).values()]).strip())
        raise Stop(UNWRITABLE.at(text=wrong), exit=Exit.CANNOT) from fault
    return child


def line(element: etree._Element) -> int:
    """Return the line of the source where an element starts, 0 when unknown."""
    number = element.sourceline
    return number if isinstance(number, int) else 0


def local(element: etree._Element) -> str:
    """Return the name without its namespace, empty for what is no element."""
    return split(element.tag)[1]


def namespace(element: etree._Element) -> str:
    """Return the namespace, empty for none and for what is no element."""
    return split(element.tag)[0]


@functools.cache
def split(tag: object) -> tuple[str, str]:
    """Return the namespace and the name of a tag, both empty where it is that of no element.

    What was split is kept, for a long book has a million elements of a few dozen names.
    """
    if not isinstance(tag, str):
        return "", ""
    name = etree.QName(tag)
    return name.namespace or "", name.localname


def xhtml(document: etree._Element) -> bytes:
    """Serialise a whole XHTML document."""
    etree.cleanup_namespaces(document)
    for element in document.iter(f"{{{XHTML}}}*"):
        # Readers that take XHTML for HTML would not see the end of `<span/>`.
        if not len(element) and element.text is None and local(element) not in _VOID:
            element.text = ""
    return etree.tostring(document, encoding="utf-8", xml_declaration=True, doctype="<!DOCTYPE html>") + b"\n"


def xml(document: etree._Element) -> bytes:
    """Serialise any other document."""
    return etree.tostring(document, encoding="utf-8", xml_declaration=True) + b"\n"
