"""Reads the XML of an export record by record: no document type, no entities of its own, no network.

Elements are matched by their local names, as exports differ in their namespaces and some do not declare them.
"""

from __future__ import annotations

import codecs
import html
import io
import re
from collections.abc import Callable, Iterator
from typing import TypeVar, cast

from lxml import etree

from overprint.diagnostics import Made, Place, Stop, error, warning
from overprint.importers.source import Source

T = TypeVar("T")

DOCUMENT_TYPE = error(
    "I120",
    "{name} declares a document type, which no export needs",
    "export again, and import the file as the site made it",
    "A document type (`<!DOCTYPE …>`) can make a small file swell to gigabytes or read other files of this computer. "
    "Blogs do not write one into their exports, so such a file is refused unread.",
)
NO_XML = error(
    "I121",
    "{name} is not XML that can be read: {why}",
    "export again; the file was perhaps cut off on its way",
    "The file begins like an export but breaks off or is damaged so early that nothing can be taken from it. "
    "Nothing was written.",
)
MENDED = warning(
    "I122",
    "the export breaks the rules of XML here; mended: {what}",
    "look through the texts for odd characters",
    "Some blogs write exports with signs that XML does not allow, such as a bare & or a control character. They were "
    "put right in memory. The file itself is as it was.",
)
RECOVERED = warning(
    "I123",
    "the export is damaged here ({why}); what could be read was taken",
    "compare the essays and comments with the site, the last ones first",
    "The file is no well-formed XML and could not be mended without loss. Texts after this place may be missing "
    "or cut short. An export made again is better than a damaged one.",
)

DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._-]{1,40})")
MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
SPACES = re.compile("[\x0b\x0c\x1c-\x1f]")
BEGINNING = re.compile(r"<(?:\?xml|!DOCTYPE|rss|feed|disqus)\b", re.IGNORECASE)
DECLARATION = re.compile(r"<\?xml\b[^>]*\?>")
STRANGE = re.compile("[\udc80-\udcff]")
CONTROLS = re.compile("[\x00-\x08\x0e-\x1b\ufffe\uffff]")
NAMESPACE = re.compile(r"\sxmlns(?::[\w.-]+)?=\"[^\"]*\"")
AMPERSAND = re.compile(r"&(?:#(?:x([0-9a-fA-F]{1,6})|([0-9]{1,7}));|(amp|lt|gt|quot|apos);|(\w{1,32};)|)")


def local(name: object) -> str:
    """Return the local name of an element or attribute, also of one whose prefix was never declared."""
    return str(name).rpartition("}")[2].rpartition(":")[2]


def gather(source: Source, names: frozenset[str], take: Callable[[etree._Element], T | None]) -> Made[list[T]]:
    """Hand each element with one of these local names to `take`, in order; what it returns is kept.

    An element is emptied after it was kept, so `take` has to copy what it needs. Only after the file has failed to
    parse is it mended, and only after that too has failed is the damaged rest skipped; both are told.

    Raises:
        Stop: the file has a document type, or no element at all.
    """
    _refuse_document_type(source.data, source)
    declared = _declared(source.data)
    other = declared != "utf-8" and not source.data.startswith(MARKS) and _is_utf8(source.data)
    try:
        return Made(_records(source.data, names, take, encoding="utf-8" if other else None))
    except etree.XMLSyntaxError as fault:
        first = fault
    place = _place(source, first)
    mended, what = _mended(source.data, "utf-8" if other else declared)
    _refuse_document_type(mended, source, "utf-8")
    why = (first.msg or "no XML").partition(", line")[0]
    try:
        if what:
            return Made(_records(mended, names, take, encoding="utf-8"), (MENDED.at(place, what=what),))
    except etree.XMLSyntaxError as fault:
        why = (fault.msg or why).partition(", line")[0]
        place = _place(source, fault)
    try:
        rest = _records(mended, names, take, encoding="utf-8", recover=True)
    except etree.XMLSyntaxError:
        rest = []
    if not rest:
        raise Stop(NO_XML.at(place, name=source.name, why=why.lower()))
    return Made(rest, (RECOVERED.at(place, why=why.lower()),))


def fields(element: etree._Element) -> dict[str, str]:
    """Return the texts of an element's children by local name, the first that says something for each."""
    found: dict[str, str] = {}
    for child in element.iterchildren(tag=etree.Element):
        name = "excerpt" if "excerpt" in str(child.tag) else local(child.tag)
        if not found.get(name):
            found[name] = text(child)
    return found


def children(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """Yield an element's children of this local name."""
    return (child for child in element.iterchildren(tag=etree.Element) if local(child.tag) == name)


def text(element: etree._Element) -> str:
    """Return what an element holds, markup inside it included, without the white space around."""
    if len(element) == 0:
        return (element.text or "").strip()
    inner = (etree.tostring(child, encoding="unicode") for child in element)
    return NAMESPACE.sub("", "".join((html.escape(element.text or "", quote=False), *inner))).strip()


def line(element: etree._Element) -> int:
    """Return the line that an element begins in, 0 where it is unknown."""
    return cast("int | None", element.sourceline) or 0


def attribute(element: etree._Element, name: str) -> str:
    """Return the value of the attribute of this local name, or nothing."""
    return next((str(value) for key, value in element.attrib.items() if local(key) == name), "")


def _place(source: Source, fault: etree.XMLSyntaxError) -> Place:
    row, column = fault.position
    return Place(source.name, max(row, 0), max(column, 0))


def _records(
    data: bytes,
    names: frozenset[str],
    take: Callable[[etree._Element], T | None],
    *,
    encoding: str | None,
    recover: bool = False,
) -> list[T]:
    taken = []
    for _, element in etree.iterparse(
        io.BytesIO(data), encoding=encoding, recover=recover, resolve_entities=False, remove_comments=True,
        remove_pis=True, load_dtd=False, no_network=True, huge_tree=False,
    ):  # fmt: skip
        if local(element.tag) in names and (made := take(element)) is not None:
            taken.append(made)
            element.clear()
    return taken


def _refuse_document_type(data: bytes, source: Source, encoding: str | None = None) -> None:
    """Look at the first pieces of the file alone, before anything of it is used."""
    try:
        for _, root in etree.iterparse(
            io.BytesIO(data), events=("start",), encoding=encoding, recover=True, resolve_entities=False,
            load_dtd=False, no_network=True, huge_tree=False,
        ):  # fmt: skip
            if root.getroottree().docinfo.doctype:
                raise Stop(DOCUMENT_TYPE.at(Place(source.name, 1, 1), name=source.name))
            return
    except etree.XMLSyntaxError:
        return  # nothing can be taken from it either


def _declared(data: bytes) -> str:
    """Return the encoding that the XML declares, UTF-8 where it is silent or names one that nobody knows."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    found = DECLARED.match(data.removeprefix(codecs.BOM_UTF8))
    try:
        return codecs.lookup(found[1].decode() if found else "utf-8").name
    except LookupError:
        return "utf-8"


def _is_utf8(data: bytes) -> bool:
    try:
        return not data.isascii() and bool(data.decode("utf-8"))
    except UnicodeDecodeError:
        return False


def _mended(data: bytes, encoding: str) -> tuple[bytes, str]:
    """Return the XML as UTF-8 with what XML forbids put right, and what that was; line ends stay where they are."""
    text = data.decode(encoding, "surrogateescape" if encoding == "utf-8" else "replace").removeprefix("\ufeff")
    # One program wrote UTF-8 and another Windows' Western encoding, into the same file.
    text, strange = STRANGE.subn(lambda found: bytes([ord(found[0]) - 0xDC00]).decode("cp1252", "replace"), text)
    begin = BEGINNING.search(text)
    before = text[: begin.start()] if begin else ""
    text = "\n" * before.count("\n") + DECLARATION.sub("", text[len(before) :], count=1)
    text, spaces = SPACES.subn(" ", text)
    text, controls = CONTROLS.subn("", text)
    bare = 0

    def ampersand(found: re.Match[str]) -> str:
        nonlocal bare
        hexadecimal, decimal, known, named = found.groups()
        code = int(hexadecimal, 16) if hexadecimal else int(decimal or 0)
        if known or (code <= 0x10FFFF and not CONTROLS.match(chr(code)) and not SPACES.match(chr(code))):
            return found[0]
        bare += 1
        return html.escape(html.unescape(found[0]), quote=False) if named else "" if code else "&amp;"

    first, *rest = text.split("<![CDATA[")
    parts = [AMPERSAND.sub(ampersand, first)]
    for each in rest:
        inside, end, outside = each.partition("]]>")
        parts += ["<![CDATA[", inside, end, AMPERSAND.sub(ampersand, outside)]
    counts = {"bare or unknown &": bare, "control characters": spaces + controls, "bytes not of UTF-8": strange}
    counts["words before the beginning"] = len(before.split()) or bool(before)
    what = ", ".join(f"{name} ({count})" for name, count in counts.items() if count)
    return "".join(parts).encode("utf-8", "replace"), what
