"""Finished books with one thing left out, put in twice or made another."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
from lxml import etree

XHTML = "{http://www.w3.org/1999/xhtml}"
OTHER = {"a": "o", "e": "i", "i": "a", "o": "e", "u": "o", "n": "m", "s": "t", "t": "s", "r": "n"}


def epub(source: Path, target: Path, change: Callable[[dict[str, Any]], str]) -> str:
    """Write a copy of an EPUB whose chapters were changed, and return what was done."""
    with zipfile.ZipFile(source) as book:
        parts = {each.filename: book.read(each) for each in book.infolist()}
    chapters = {name: etree.fromstring(data) for name, data in parts.items() if is_text(name)}
    done = change(chapters)
    with zipfile.ZipFile(target, "w") as worse:
        for name, data in parts.items():
            worse.writestr(name, etree.tostring(chapters[name]) if name in chapters else data)
    return done


def is_text(name: str) -> bool:
    return "/text/" in name and not name.endswith(("cover.xhtml", "nav.xhtml"))


def words(chapters: dict[str, Any], what: str = r"[^\W\d_]{2,}") -> list[tuple[Any, str, re.Match[str]]]:
    """Return each word of the chapters, or what else is meant: its element, which text of it, and where in that."""
    found = []
    for root in chapters.values():
        for each in root.find(f"{XHTML}body").iter():
            for kind in ("text", "tail"):
                is_read = isinstance(each.tag, str) and each.get("role") != "doc-pagebreak"
                if is_read or kind == "tail":
                    found += [(each, kind, word) for word in re.finditer(what, getattr(each, kind) or "")]
    return [each for each in found if _is_shown(each[0], each[1])]


def _is_shown(element: Any, kind: str) -> bool:
    above = element if kind == "text" else element.getparent()
    return all(each.get("role") not in {"doc-noteref", "doc-backlink"} for each in (above, *above.iterancestors()))


def word(number: int) -> Callable[[dict[str, Any]], str]:
    """Leave out a word, alter it or double it."""

    def change(chapters: dict[str, Any]) -> str:
        found = words(chapters)
        element, kind, at = found[number * 7919 % len(found)]
        new = ("", altered(at[0]), f"{at[0]} {at[0]}")[number % 3]
        text = getattr(element, kind)
        setattr(element, kind, text[: at.start()] + new + text[at.end() :])
        return f"{at[0]} → {new}"

    return change


def mark(number: int) -> Callable[[dict[str, Any]], str]:
    """Leave out a mark of punctuation, or put another in its place."""

    def change(chapters: dict[str, Any]) -> str:
        found = words(chapters, r"[,.;:!?’“”–—]")
        element, kind, at = found[number * 7919 % len(found)]
        new = ("", "¡")[number % 2]
        text = getattr(element, kind)
        setattr(element, kind, text[: at.start()] + new + text[at.end() :])
        return f"{at[0]} → {new} in {text[:60]}"

    return change


def altered(text: str) -> str:
    """Return a word with one letter changed."""
    at = next((place for place, sign in enumerate(text) if sign in OTHER), 0)
    return text[:at] + OTHER.get(text[at], "x") + text[at + 1 :]


def element(path: str, number: int) -> Callable[[dict[str, Any]], str]:
    """Leave out what an XPath finds, with all in it; the text behind it stays."""

    def change(chapters: dict[str, Any]) -> str:
        names = {"h": XHTML.strip("{}"), "e": "http://www.idpf.org/2007/ops"}
        found = [each for root in chapters.values() for each in root.xpath(path, namespaces=names)]
        each = found[number * 7919 % len(found)]
        before, parent = each.getprevious(), each.getparent()
        if before is not None:
            before.tail = (before.tail or "") + (each.tail or "")
        else:
            parent.text = (parent.text or "") + (each.tail or "")
        parent.remove(each)
        return etree.tostring(each).decode()[:60]

    return change


def pdf(source: Path, target: Path, change: Callable[[pikepdf.Pdf], str]) -> str:
    """Write a copy of a PDF that was changed, and return what was done."""
    with pikepdf.open(source) as book:
        done = change(book)
        book.save(target)
    return done


def printed_word(number: int) -> Callable[[pikepdf.Pdf], str]:
    """Leave out, alter or double a word of a page's text."""

    def change(book: pikepdf.Pdf) -> str:
        pages = [page for page in book.pages if len(list(runs(page))) > 20]
        page = pages[number * 7919 % len(pages)]
        found = list(runs(page))
        run = found[number * 31 % len(found)]
        instructions: list[Any] = list(pikepdf.parse_content_stream(page))
        array = list(instructions[run.at].operands[0])
        own = array[run.start : run.end]
        new, done = [*own, -400, *own], f"{run.word} {run.word}"
        if number % 3 == 0:
            new, done = [], ""
        elif number % 3 == 1:
            done = altered(run.word)
            place = next(place for place, sign in enumerate(run.word) if sign != done[place])
            codes = {sign: code for each in found if each.font == run.font for sign, code in each.signs}
            strings = [spot for spot, each in enumerate(own) if isinstance(each, pikepdf.String)]
            new = list(own)
            if done[place] in codes:
                new[strings[place]] = pikepdf.String(codes[done[place]])
            else:
                new, done = [], ""
        array[run.start : run.end] = new
        told = pikepdf.ContentStreamInstruction([pikepdf.Array(array)], pikepdf.Operator("TJ"))
        instructions[run.at] = told
        page.Contents = book.make_stream(pikepdf.unparse_content_stream(instructions))
        return f"{run.word} → {done} on {page.label}"

    return change


@dataclass
class Run:
    """A word in the array of an operator of text: which operator, from where to where, its signs and their codes."""

    at: int
    font: str
    start: int
    end: int
    signs: list[tuple[str, bytes]]

    @property
    def word(self) -> str:
        return "".join(sign for sign, _ in self.signs)


def runs(page: Any) -> Iterator[Run]:
    """Yield each word of two letters and more that stands between spaces and is no head or folio."""
    maps = {name: _unicode(font) for name, font in page.Resources.get("/Font", {}).items()}
    font, marks = "", []
    for at, instruction in enumerate(pikepdf.parse_content_stream(page)):
        operator, operands = str(instruction.operator), list(instruction.operands)
        if operator in {"BDC", "BMC"}:
            marks.append(str(operands[0]))
        elif operator == "EMC":
            marks.pop()
        elif operator == "Tf":
            font = str(operands[0])
        elif operator == "TJ" and "/Artifact" not in marks:
            yield from _words(at, font, list(operands[0]), maps.get(font, {}))


def _words(at: int, font: str, array: list[Any], signs: dict[bytes, str]) -> Iterator[Run]:
    run: Run | None = None
    for place, each in enumerate(array):
        if not isinstance(each, pikepdf.String):
            continue
        code = bytes(each)
        sign = signs.get(code, "")
        if sign.isspace() or not code:
            if run and len(run.word) > 1 and run.word.isalpha():
                run.end = place
                yield run
            if sign.isspace():
                run = Run(at, font, place + 1, place + 1, [])
        elif run:
            run.signs.append((sign or "?", code))


def _unicode(font: Any) -> dict[bytes, str]:
    table = font.ToUnicode.read_bytes().decode("ascii")
    pairs = re.findall(r"^<([0-9a-f]+)> <([0-9a-f]+)>$", table, re.MULTILINE)
    return {bytes.fromhex(code): bytes.fromhex(text).decode("utf-16-be") for code, text in pairs}


def without_picture(book: pikepdf.Pdf) -> str:
    """Leave out what a figure shows; its mark stays."""
    for page in book.pages:
        kept, within = [], False
        instructions: list[Any] = list(pikepdf.parse_content_stream(page))
        for each in instructions:
            name = str(each.operator)
            if name == "BDC" and str(each.operands[0]) == "/Figure":
                within = True
            elif within and name == "EMC":
                within = False
            elif within:
                continue
            kept.append(each)
        if len(kept) < len(instructions):
            page.Contents = book.make_stream(pikepdf.unparse_content_stream(kept))
            return f"picture on {page.label}"
    raise AssertionError("there is no picture")


def without_link(number: int) -> Callable[[pikepdf.Pdf], str]:
    """Leave out all annotations of one address."""

    def change(book: pikepdf.Pdf) -> str:
        all_of = [note for page in book.pages for note in page.get("/Annots", []) if "/URI" in note.get("/A", {})]
        address = str(all_of[number % len(all_of)].A.URI)
        for page in book.pages:
            notes: Any = page.get("/Annots", [])
            page.Annots = pikepdf.Array([note for note in notes if str(note.get("/A", {}).get("/URI", "")) != address])
        return address

    return change
