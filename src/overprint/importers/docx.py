"""Reads a Word document: headings, lists, tables, pictures, footnotes and endnotes; remarks only on request."""

from __future__ import annotations

import hashlib
import io
import re
from collections import Counter
from typing import Any

from lxml import etree

from overprint.diagnostics import Made, Place, Stop
from overprint.importers import archive, dom, office, walk
from overprint.importers.exports import threads
from overprint.importers.exports.xml_records import attribute, local
from overprint.importers.source import Source
from overprint.model import Dropped, Imported, ImportedBio, ImportedComment, ImportedImage

KIND = "docx"

STYLES = """
p[style-name='Title'] => h1.title:fresh
p[style-name='title'] => h1.title:fresh
p[style-name='Subtitle'] => p.subtitle:fresh
p[style-name='Author'] => p.author:fresh
p[style-name='Date'] => p.date:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
p[style-name='Block Text'] => blockquote > p:fresh
p[style-name='Quotations'] => blockquote > p:fresh
p[style-name='Caption'] => p.caption:fresh
p[style-name='caption'] => p.caption:fresh
u => u
"""
REMARK_STYLE = "comment-reference => sup\n"
MOST_TAGS = 300_000
"""In all parts together. They stand for 200,000 words at the least tidy; the library takes half a minute for them."""
MAIN = re.compile(r"word/document\d*\.xml")
LOOKED_INTO = re.compile(rf"{MAIN.pattern}|word/(?:comments|commentsExtended)\.xml|docProps/core\.xml")
IGNORED = re.compile(r"An unrecognised element was ignored: (?:.*[:}])?(\w+)$")


def sniff(source: Source) -> float:
    """Return certainty for an archive with the main part of a Word document."""
    return 0.98 if source.files and any(map(MAIN.fullmatch, source.files.sizes)) else 0.0


def read(source: Source, *, word_comments: bool = False) -> Made[tuple[Imported, ...]]:
    """Return the document as one essay.

    Raises:
        Stop: it is damaged, swells beyond all limits, or holds no words.
    """
    parts = _parts(source)
    pictures = _Pictures()
    html, ignored = _converted(source, pictures, STYLES + (REMARK_STYLE if word_comments else ""))
    body = dom.fragment(html, source.name)
    place = Place(source.name)
    remarks = _remarks(body)
    about = office.properties(parts["docProps/core.xml"]) if "docProps/core.xml" in parts else {}
    top = office.top(body, about, place)
    counts = Counter(local(each.tag) for each in parts["main"].iter(tag=etree.Element))
    changes = counts["ins"] + counts["del"] + counts["moveTo"]
    left = 0 if word_comments else sum(local(each.tag) == "comment" for each in parts.get("word/comments.xml", ()))
    said = (*top.said, *office.settled(body, place, changes=changes, remarks=left))
    walked = walk.markdown(body)
    if not walked.text.strip():
        raise Stop(office.NO_WORDS.at(Place(source.name, 1, 1), name=source.name))
    return Made(
        (
            Imported(
                slug="",
                body=walked.text,
                title=top.title or None,
                subtitle=top.subtitle or None,
                authors=top.authors,
                date=top.date,
                language=about.get("language") or None,
                bios=() if top.bio is None else (ImportedBio(top.authors[0], _text(top.bio)),),
                comments=_comments(parts, remarks),
                dropped=(*top.dropped, *walked.dropped, *pictures.dropped, *_lost(parts, ignored)),
                images=tuple(pictures.found.values()),
            ),
        ),
        said,
    )


class _Pictures:
    """The pictures of a document, each taken once; what is larger than all limits is left out."""

    def __init__(self) -> None:
        self.found: dict[str, ImportedImage] = {}
        self.dropped: list[Dropped] = []
        self.spent = 0

    def take(self, image: Any) -> dict[str, str]:
        """Return the attributes of a picture's element."""
        alt = " ".join((image.alt_text or "").split())
        shown = f"a picture{f' of “{alt}”' if alt else ''}"
        try:
            if self.spent > archive.WHOLE:
                raise ValueError
            with image.open() as file:
                data: bytes = file.read(archive.LARGEST + 1)
        except (OSError, ValueError, KeyError):
            self.dropped.append(Dropped(shown, "stands outside the document, or is damaged", 0))
            return {}
        self.spent += len(data)
        name = hashlib.sha256(data).hexdigest()
        if name not in self.found:
            suffix = re.sub(r"\W.*", "", (image.content_type or "").rpartition("/")[2]) or "png"
            number = len(self.found) + 1
            self.found[name] = ImportedImage(f"picture-{number}.{suffix}", data, "", alt)
        return {"src": f"images/{self.found[name].name}"}


def _parts(source: Source) -> dict[str, etree._Element]:
    """Return the parts of the document that are looked into, once all of them are known to be harmless."""
    place, tags, parts = Place(source.name), 0, {}
    files = source.files
    if files is None or not any(map(MAIN.fullmatch, files.sizes)):
        raise Stop(office.NO_DOCUMENT.at(place, name=source.name, what="a Word document", why="its text is missing"))
    for name in files.sizes:
        if not name.endswith((".xml", ".rels")):
            continue
        data = files.read(name)
        tags += data.count(b"<")
        if tags > MOST_TAGS:
            raise Stop(archive.TOO_MUCH.at(place, name=source.name, what=f"it has more than {MOST_TAGS:,} tags"))
        if b"<!DOCTYPE" in data.replace(b"\0", b""):
            why = f"“{name}” declares a document type"
            raise Stop(office.NO_DOCUMENT.at(place, name=source.name, what="a Word document", why=why))
        if LOOKED_INTO.fullmatch(name):
            try:
                parts["main" if MAIN.fullmatch(name) else name] = office.tree(data)
            except etree.XMLSyntaxError as fault:
                why = f"“{name}” breaks off or is broken ({(fault.msg or 'no XML').partition(', line')[0].lower()})"
                raise Stop(office.NO_DOCUMENT.at(place, name=source.name, what="a Word document", why=why)) from None
    return parts


def _converted(source: Source, pictures: _Pictures, styles: str) -> tuple[str, set[str]]:
    """Return the document as HTML, and the names of its elements that were ignored."""
    import mammoth

    try:
        made = mammoth.convert_to_html(
            io.BytesIO(source.data),
            style_map=styles,
            include_embedded_style_map=False,
            external_file_access=False,
            convert_image=mammoth.images.img_element(pictures.take),
        )
    except RecursionError:
        why = "its parts nest too deep"
    except Exception:  # the library names no faults of its own: a broken document ends in whatever it happens to hit
        why = "its parts do not fit together"
    else:
        return made.value, {found[1] for each in made.messages if (found := IGNORED.fullmatch(each.message))}
    raise Stop(office.NO_DOCUMENT.at(Place(source.name), name=source.name, what="a Word document", why=why))


def _text(element: Any) -> str:
    return walk.markdown(element).text.strip()


def _remarks(body: Any) -> dict[str, str]:
    """Take the remarks out of the tree, with the marks that call them, and return their texts by id."""
    found = {}
    for note in list(body.iter("dt")):
        ident = (note.get("id") or "").removeprefix("comment-")
        holder = note.getnext()
        if ident == note.get("id") or holder is None:
            continue
        for link in [each for each in holder.iter("a") if each.get("href") == f"#comment-ref-{ident}"]:
            link.drop_tree()
        found[ident] = _text(holder)
        note.drop_tree()
        holder.drop_tree()
    for link in list(body.iter("a")):
        if (link.get("id") or "").startswith("comment-ref-"):
            link.drop_tree()
    return found


def _comments(parts: dict[str, etree._Element], remarks: dict[str, str]) -> tuple[ImportedComment, ...]:
    whole = parts.get("word/comments.xml")
    if whole is None or not remarks:
        return ()
    paragraphs: dict[str, str] = {}
    responses = []
    above = {
        attribute(each, "paraId"): attribute(each, "paraIdParent")
        for each in parts.get("word/commentsExtended.xml", ())
    }
    said = [each for each in whole if local(each.tag) == "comment"]
    for each in said:
        for inner in each.iter(tag=etree.Element):
            if paragraph := attribute(inner, "paraId"):
                paragraphs[paragraph] = attribute(each, "id")
    for each in said:
        last = [attribute(inner, "paraId") for inner in each if local(inner.tag) == "p"][-1:]
        responses.append(
            threads.Response(
                id=attribute(each, "id"),
                parent=paragraphs.get(above.get(last[0], "") if last else "", ""),
                author=attribute(each, "author"),
                when=attribute(each, "date"),
                body=attribute(each, "id"),
            )
        )
    return threads.comments(responses, lambda ident: remarks.get(ident, ""))[0]


def _lost(parts: dict[str, etree._Element], names: set[str]) -> list[Dropped]:
    """Return the words inside elements that have no place in HTML, such as formulas."""
    lost = [each for each in parts["main"].iter(tag=etree.Element) if local(each.tag) in names]
    words = (
        "".join(inner.text or "" for inner in each.iter(tag=etree.Element) if local(inner.tag) == "t") for each in lost
    )
    reason = "a formula or another part of Word’s that has no place in an essay"
    return [Dropped(each.strip(), reason, 0) for each in words if each.strip()]
