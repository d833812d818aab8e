"""The package of an EPUB: what it says of itself, its documents in the order of reading, and its table of contents."""

from __future__ import annotations

import html
import posixpath
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

import tinycss2
from lxml import etree

from overprint.diagnostics import Place, Stop, error
from overprint.importers import dom, office
from overprint.importers.archive import Files
from overprint.importers.exports.xml_records import attribute, children, local, text
from overprint.importers.source import Source

LOCKED = error(
    "I160",
    "{name} is locked: its text is encrypted",
    "ask the publisher for a copy without protection",
    "Shops lock some EPUBs with a key that only their own programs have. Such a book cannot be read by others, "
    "and breaking the lock is forbidden in many countries.",
)
ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)[A-Za-z]\w{1,31};")
CONTAINER = "META-INF/container.xml"
ENCRYPTION = "META-INF/encryption.xml"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table of contents: where it leads, its words, and how many lines it stands under."""

    path: str
    label: str
    depth: int


@dataclass(frozen=True, slots=True)
class Package:
    """An EPUB opened. `spine` are the paths of its documents, `contents` the lines of its table of contents."""

    title: str
    authors: tuple[str, ...]
    language: str
    date: str
    identifier: str
    spine: tuple[str, ...]
    contents: tuple[Line, ...]
    kinds: dict[str, str]
    italic: frozenset[str]
    bold: frozenset[str]


def package(source: Source, files: Files) -> Package:
    """Return the package of an EPUB.

    Raises:
        Stop: it is locked, or its package is missing or broken.
    """
    place = Place(source.name)
    try:
        container = office.tree(files.read(CONTAINER))
        rootfile = next(each for each in container.iter(tag=etree.Element) if local(each.tag) == "rootfile")
        path = attribute(rootfile, "full-path")
        root = office.tree(files.read(path))
        locked = _locked(files)
    except (StopIteration, etree.XMLSyntaxError):
        why = "its list of parts is missing or broken"
        raise Stop(office.NO_DOCUMENT.at(place, name=source.name, what="an EPUB", why=why)) from None
    base = posixpath.dirname(path)
    items = {attribute(each, "id"): each for each in _all(root, "item")}
    paths = {ident: resolved(base, attribute(each, "href")) for ident, each in items.items()}
    nav = next((paths[ident] for ident, each in items.items() if "nav" in attribute(each, "properties").split()), "")
    ncx = next((paths[ident] for ident, each in items.items() if "dtbncx" in attribute(each, "media-type")), "")
    refs = [attribute(each, "idref") for each in _all(root, "itemref") if attribute(each, "linear") != "no"]
    spine = tuple(dict.fromkeys(paths[ref] for ref in refs if paths.get(ref, "") in files.sizes))
    if locked & set(spine):
        raise Stop(LOCKED.at(place, name=source.name))
    contents = _contents(files, nav) or _ncx(files, ncx)
    guides = {resolved(base, attribute(each, "href")): attribute(each, "type") for each in _all(root, "reference")}
    sheets = [paths[ident] for ident, each in items.items() if attribute(each, "media-type") == "text/css"]
    italic, bold = _emphatic(files, [each for each in sheets if each in files.sizes])
    said = {local(each.tag): " ".join(text(each).split()) for each in reversed(_metadata(root))}
    return Package(
        title=said.get("title", ""),
        authors=_authors(root),
        language=said.get("language", "").replace("_", "-"),
        date=said.get("date", ""),
        identifier=said.get("identifier", ""),
        spine=tuple(each for each in spine if each != nav),
        contents=contents,
        kinds=guides,
        italic=italic,
        bold=bold,
    )


def document(files: Files, path: str) -> Any:
    """Return the `body` of a document, its names without namespaces; damaged XML is read as a browser reads HTML."""
    data = files.read(path)
    words, _, _ = dom.decoded(data, path)
    words = re.sub(r"^\s*<\?xml[^>]*\?>", "", words)
    try:
        root = office.tree(ENTITY.sub(lambda found: html.unescape(found[0]), words).encode())
    except etree.XMLSyntaxError:
        try:
            return next(dom.page(Source(files.path / path, data, "")).value.root.iter("body"))
        except Stop as stop:
            if stop.diagnostics[0].code != dom.NO_PAGE.code:
                raise
            return etree.Element("body")
    for each in root.iter(tag=etree.Element):
        kind = attribute(each, "type") if any(key.endswith("}type") for key in map(str, each.attrib)) else ""
        if kind and not each.get("role"):
            each.set("role", " ".join(f"doc-{part}" for part in kind.split()))
        each.tag = local(each.tag)
    etree.cleanup_namespaces(root)
    found = next(root.iter("body"), None)
    return root if found is None else found


def resolved(base: str, href: str) -> str:
    """Return the path inside the archive that an address leads to, or nothing where it leads out of it."""
    try:
        parts = urlsplit(href)
    except ValueError:
        return ""
    if parts.scheme or parts.netloc or not parts.path:
        return ""
    path = posixpath.normpath(posixpath.join(base, unquote(parts.path)))
    return "" if path.startswith(("..", "/")) else path


def _all(root: Any, name: str) -> list[Any]:
    return [each for each in root.iter(tag=etree.Element) if local(each.tag) == name]


def _metadata(root: Any) -> list[Any]:
    return [each for found in children(root, "metadata") for each in found.iterdescendants(tag=etree.Element)]


def _authors(root: Any) -> tuple[str, ...]:
    """Return the creators who are authors, or of whom the book does not say what they did."""
    roles = {
        attribute(each, "refines").removeprefix("#"): text(each)
        for each in _metadata(root)
        if attribute(each, "property") == "role"
    }
    creators = [each for each in _metadata(root) if local(each.tag) == "creator" and text(each)]
    return tuple(
        " ".join(text(each).split())
        for each in creators
        if (roles.get(attribute(each, "id")) or attribute(each, "role") or "aut") == "aut"
    )


def _locked(files: Files) -> set[str]:
    if ENCRYPTION not in files.sizes:
        return set()
    return {unquote(attribute(each, "URI")) for each in _all(office.tree(files.read(ENCRYPTION)), "CipherReference")}


def _contents(files: Files, path: str) -> tuple[Line, ...]:
    if path not in files.sizes:
        return ()
    navs = list(document(files, path).iter("nav"))
    found = [each for each in navs if "doc-toc" in (each.get("role") or "")] or navs
    lines = []
    for link in found[0].iter("a") if found else ():
        target = resolved(posixpath.dirname(path), link.get("href") or "")
        depth = sum(above.tag in {"ol", "ul"} for above in link.iterancestors()) - 1
        lines.append(Line(target, " ".join("".join(link.itertext()).split()), depth))
    return tuple(each for each in lines if each.path in files.sizes)


def _ncx(files: Files, path: str) -> tuple[Line, ...]:
    if path not in files.sizes:
        return ()
    try:
        points = _all(office.tree(files.read(path)), "navPoint")
    except etree.XMLSyntaxError:
        return ()
    lines = []
    for each in points:
        content = next(children(each, "content"), None)
        label = " ".join(
            " ".join(str(words) for found in children(each, "navLabel") for words in found.itertext()).split()
        )
        target = "" if content is None else resolved(posixpath.dirname(path), attribute(content, "src"))
        lines.append(Line(target, label, sum(local(above.tag) == "navPoint" for above in each.iterancestors())))
    return tuple(each for each in lines if each.path in files.sizes)


def _emphatic(files: Files, sheets: list[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Return the classes that the styles make italic, and those they make bold: many programs mark emphasis so."""
    italic: set[str] = set()
    bold: set[str] = set()
    for path in sheets:
        rules = tinycss2.parse_stylesheet(files.read(path).decode("utf-8", "replace"), skip_comments=True)
        for rule in (each for each in rules if each.type == "qualified-rule"):
            names = re.findall(r"(?:^|,)\s*(?:span|i|em|b|a)?\.([\w-]+)\s*(?=,|$)", tinycss2.serialize(rule.prelude))
            style = re.sub(r"\s", "", tinycss2.serialize(rule.content)).lower()
            italic.update(names if re.search(r"font-style:(?:italic|oblique)", style) else ())
            bold.update(names if re.search(r"font-weight:(?:bold|[6-9]00)", style) else ())
    return frozenset(italic), frozenset(bold)
