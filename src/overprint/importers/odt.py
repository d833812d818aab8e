"""Reads an OpenDocument text, as LibreOffice writes it: its elements become HTML, and the walk does the rest."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator
from typing import Any

from lxml import etree

from overprint.diagnostics import Made, Place, Stop
from overprint.importers import office, walk
from overprint.importers.archive import Files
from overprint.importers.exports import threads
from overprint.importers.exports.xml_records import attribute, children, local, text
from overprint.importers.source import Source
from overprint.model import Dropped, Imported, ImportedBio, ImportedImage

KIND = "odt"

CONTENT = "content.xml"
MANIFEST = "META-INF/manifest.xml"
MOST_TAGS = 500_000
NAMED = {"Title": "title", "Subtitle": "subtitle", "Author": "author", "Date": "date"}
QUOTES = frozenset({"Quotations", "Quote", "Block Text", "Intense Quote"})
SILENT = frozenset("tracked-changes forms sequence-decls variable-decls user-field-decls table-of-content".split())
SILENT |= frozenset("alphabetical-index bibliography note-citation annotation-end title desc".split())
TAGS = {"table": "table", "table-row": "tr", "table-cell": "td", "line-break": "br"}


def sniff(source: Source) -> float:
    """Return certainty for an archive that calls itself an OpenDocument text."""
    if source.files is None or not {"mimetype", CONTENT} <= source.files.sizes.keys():
        return 0.0
    return 0.98 if b"opendocument.text" in source.files.read("mimetype")[:100] else 0.0


def read(source: Source, *, word_comments: bool = False) -> Made[tuple[Imported, ...]]:
    """Return the document as one essay.

    Raises:
        Stop: it is damaged or locked, swells beyond all limits, or holds no words.
    """
    place = Place(source.name)
    parts = _parts(source)
    document = _Document(source.files, parts)  # type: ignore[arg-type] # `_parts` has looked
    try:
        body = document.body()
    except RecursionError:
        raise Stop(_refused(source, "its parts nest too deep")) from None
    about = office.properties(parts["meta.xml"]) if "meta.xml" in parts else {}
    about["creator"] = about.get("initial-creator") or about.get("creator") or ""
    top = office.top(body, about, place)
    changes = sum(local(each.tag) == "changed-region" for each in parts[CONTENT].iter(tag=etree.Element))
    remarks = 0 if word_comments else len(document.remarks)
    said = (*top.said, *office.settled(body, place, changes=changes, remarks=remarks))
    walked = walk.markdown(body)
    if not walked.text.strip():
        raise Stop(office.NO_WORDS.at(Place(source.name, 1, 1), name=source.name))
    essay = Imported(
        slug="",
        body=walked.text,
        title=top.title or None,
        subtitle=top.subtitle or None,
        authors=top.authors,
        date=top.date,
        language=about.get("language") or None,
        bios=() if top.bio is None else (ImportedBio(top.authors[0], walk.markdown(top.bio).text.strip()),),
        comments=threads.comments(document.responses(), document.said)[0] if word_comments else (),
        dropped=(*top.dropped, *walked.dropped, *document.dropped),
        images=tuple(document.images.values()),
    )
    return Made((essay,), said)


def _refused(source: Source, why: str) -> Any:
    return office.NO_DOCUMENT.at(Place(source.name), name=source.name, what="an OpenDocument text", why=why)


def _parts(source: Source) -> dict[str, etree._Element]:
    files, parts = source.files, {}
    if files is None or CONTENT not in files.sizes:
        raise Stop(_refused(source, "its text is missing"))
    if MANIFEST in files.sizes and b"encryption-data" in files.read(MANIFEST):
        raise Stop(_refused(source, "it is locked with a password"))
    for name in (CONTENT, "styles.xml", "meta.xml"):
        if name not in files.sizes:
            continue
        data = files.read(name)
        if data.count(b"<") > MOST_TAGS or b"<!DOCTYPE" in data.replace(b"\0", b""):
            raise Stop(_refused(source, f"“{name}” is no such part as a word processor writes"))
        try:
            parts[name] = office.tree(data)
        except etree.XMLSyntaxError as fault:
            why = (fault.msg or "no XML").partition(", line")[0].lower()
            raise Stop(_refused(source, f"“{name}” breaks off or is broken ({why})")) from None
    return parts


class _Document:
    """A document on its way to HTML."""

    def __init__(self, files: Files, parts: dict[str, etree._Element]) -> None:
        self.files, self.parts = files, parts
        self.images: dict[str, ImportedImage] = {}
        self.remarks: list[Any] = []
        self.notes: list[Any] = []
        self.dropped: list[Dropped] = []
        self.makers: dict[str, Callable[[Any, Any], None]] = {
            "p": self._paragraph,
            "h": self._paragraph,
            "span": lambda made, element: self._fill(self._marked(made, element), element),
            "a": lambda made, element: self._fill(
                etree.SubElement(made, "a", href=attribute(element, "href")), element
            ),
            "list": self._list,
            "note": self._note,
            "s": self._spaces,
            "tab": lambda made, element: _write(made, " "),
            "image": self._image,
            "annotation": lambda made, element: self.remarks.append(element),
            "object": self._object,
            "object-ole": self._object,
        }
        found = [each for root in parts.values() for each in root.iter(tag=etree.Element)]
        self.styles = {attribute(each, "name"): each for each in found if local(each.tag) == "style"}
        self.lists = {attribute(each, "name"): each for each in found if local(each.tag) == "list-style"}

    def body(self) -> Any:
        """Return the document as a `body` of HTML, its notes in a list at the end."""
        made = etree.Element("body")
        for each in self.parts[CONTENT].iter(tag=etree.Element):
            if local(each.tag) == "text":
                self._fill(made, each)
                break
        if self.notes:
            made.append(etree.Element("ol"))
            made[-1].extend(self.notes)
        return made

    def responses(self) -> list[threads.Response]:
        """Return the remarks as records; the body of each is its number, which `said` knows."""
        names = {
            attribute(each, "name"): str(number) for number, each in enumerate(self.remarks) if attribute(each, "name")
        }
        return [
            threads.Response(
                id=str(number),
                parent=names.get(attribute(each, "parent-name"), ""),
                author=next((text(inner) for inner in children(each, "creator")), ""),
                when=next((text(inner) for inner in children(each, "date")), ""),
                body=str(number),
            )
            for number, each in enumerate(self.remarks)
        ]

    def said(self, number: str) -> str:
        """Return a remark in Markdown."""
        made = etree.Element("body")
        for each in self.remarks[int(number)]:
            if local(each.tag) in {"p", "list"}:
                self._add(made, each)
        return walk.markdown(made).text.strip()

    def _fill(self, made: Any, element: Any) -> None:
        """Add the content of an element to what is made of it."""
        _write(made, element.text)
        for child in element.iterchildren():
            if isinstance(child.tag, str):
                self._add(made, child)
            _write(made, child.tail)

    def _add(self, made: Any, element: Any) -> None:
        name = local(element.tag)
        if name in self.makers:
            self.makers[name](made, element)
        elif name in TAGS:
            self._fill(etree.SubElement(made, TAGS[name]), element)
        elif name not in SILENT:
            self._fill(made, element)

    def _spaces(self, made: Any, element: Any) -> None:
        count = attribute(element, "c")
        _write(made, " " * min(int(count) if count.isdecimal() else 1, 100))

    def _object(self, made: Any, element: Any) -> None:
        self.dropped.append(Dropped(attribute(element, "href") or "an object", "a formula, chart or other object", 0))

    def _paragraph(self, made: Any, element: Any) -> None:
        self._fill(self._opened(made, element), element)

    def _opened(self, made: Any, element: Any) -> Any:
        """Return the paragraph or heading that an element becomes, inside what its style asks for."""
        names = list(self._ancestry(attribute(element, "style-name")))
        level = attribute(element, "outline-level")
        if kind := next((NAMED[each] for each in names if each in NAMED), ""):
            return etree.SubElement(made, "h1" if kind == "title" else "p", {"class": kind})
        if local(element.tag) == "h":
            return etree.SubElement(made, f"h{min(max(int(level) if level.isdecimal() else 1, 1), 6)}")
        holder = etree.SubElement(made, "blockquote") if QUOTES & set(names) else made
        made = etree.SubElement(holder, "p")
        # Styles with a number are the program's own, for what was marked by hand.
        return self._marked(made, element) if names and names[0][:1] == "P" and names[0][1:].isdecimal() else made

    def _ancestry(self, name: str) -> Iterator[str]:
        """Yield the names of a style and of those it is based on, without the signs that stand for spaces."""
        seen: set[str] = set()
        while name and name not in seen:
            seen.add(name)
            yield name.replace("_20_", " ")
            name = attribute(self.styles[name], "parent-style-name") if name in self.styles else ""

    def _marked(self, made: Any, element: Any) -> Any:
        """Return the element for the words of a styled one, inside as many marks as its style has."""
        style = self.styles.get(attribute(element, "style-name"))
        marks = [] if style is None else [each for each in style if local(each.tag) == "text-properties"]
        value = {local(key): str(said) for each in marks for key, said in each.attrib.items()}
        wanted = (
            ("strong", value.get("font-weight", "")[:1] in set("b6789") and value.get("font-weight") != "normal"),
            ("em", value.get("font-style") in {"italic", "oblique"}),
            ("u", value.get("text-underline-style", "none") != "none"),
            ("s", value.get("text-line-through-style", "none") != "none"),
            ("sup", value.get("text-position", "").startswith("super")),
            ("sub", value.get("text-position", "").startswith("sub")),
        )
        named = {"Emphasis": "em", "Strong_20_Emphasis": "strong", "Quotation": "em"}.get(
            attribute(element, "style-name")
        )
        for tag in [tag for tag, is_so in wanted if is_so] or [named or ""]:
            made = etree.SubElement(made, tag) if tag else made
        return made

    def _list(self, made: Any, element: Any, outer: str = "", depth: int = 0) -> None:
        name = attribute(element, "style-name") or outer
        levels = list(self.lists.get(name, ()))[depth : depth + 1]
        numbered = bool(levels) and local(levels[0].tag) == "list-level-style-number"
        whole = etree.SubElement(made, "ol" if numbered else "ul")
        for item in element.iterchildren(tag=etree.Element):
            held = etree.SubElement(whole, "li")
            for each in item.iterchildren(tag=etree.Element):
                if local(each.tag) == "list":
                    self._list(held, each, name, depth + 1)
                else:
                    self._add(held, each)

    def _note(self, made: Any, element: Any) -> None:
        note = etree.Element("li", id=f"note-{len(self.notes) + 1}")
        self.notes.append(note)
        call = etree.SubElement(etree.SubElement(made, "sup"), "a", {"href": f"#{note.get('id')}", "class": "noteref"})
        call.text = str(len(self.notes))
        for each in children(element, "note-body"):
            self._fill(note, each)

    def _image(self, made: Any, element: Any) -> None:
        frame = element.getparent()
        alts = [text(each) for name in ("desc", "title") for each in children(frame, name)]
        path, alt = posixpath.normpath(attribute(element, "href") or "."), " ".join((alts or [""])[0].split())
        if path not in self.files.sizes:
            self.dropped.append(Dropped(path, "a picture outside the document", 0))
            return
        if path not in self.images:
            name = f"picture-{len(self.images) + 1}{posixpath.splitext(path)[1].lower()}"
            self.images[path] = ImportedImage(name, self.files.read(path), "", alt)
        etree.SubElement(made, "img", src=f"images/{self.images[path].name}", alt=alt)


def _write(made: Any, words: str | None) -> None:
    """Add words at the end of an element."""
    if words and len(made):
        made[-1].tail = (made[-1].tail or "") + words
    elif words:
        made.text = (made.text or "") + words
