"""An errata sheet: in Markdown, as a page to print, and for programs."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from pathlib import Path

from overprint.errata.changes import Change, What
from overprint.errata.edition import Edition

LONGEST, HEAD, TAIL = 60, 24, 12
"""Words: of more than the first number only so many at both ends are shown."""
VERSION = 1
NO_PAGES = (
    "The EPUB of the {which} edition has no list of printed pages, so places in it have no page. Build `pdf` with it."
)
SIGNS = "signs alone"
MARKS = "¶ begins a paragraph, § a heading, • an item of a list."


@dataclass(frozen=True, slots=True)
class Sheet:
    """Two editions and what differs between them."""

    old: Edition
    new: Edition
    changes: tuple[Change, ...]

    @property
    def chapters(self) -> list[tuple[str, list[Change]]]:
        """The changes by chapter, and those of signs alone behind the others."""
        found = groupby(self.changes, key=lambda each: each.chapter)
        return [(chapter, sorted(each, key=lambda change: change.signs_only)) for chapter, each in found]

    @property
    def summary(self) -> str:
        """How much differs, in words."""
        signs = sum(each.signs_only for each in self.changes)
        words = len(self.changes) - signs
        if not self.changes:
            return "Both editions hold the same words, notes, letters and pictures."
        said = [f"{words} {'change' if words == 1 else 'changes'}"] if words else []
        said += [f"{signs} of signs alone"] if signs else []
        return f"{' and '.join(said)}."

    @property
    def remarks(self) -> list[str]:
        """What a reader of the sheet has to know."""
        found = [
            NO_PAGES.format(which=which) for which, each in (("old", self.old), ("new", self.new)) if not each.has_pages
        ]
        shown = " ".join(part for each in self.changes for part in (each.old, each.new, each.after))
        return [*found, *([MARKS] if {"¶", "§", "•"} & set(shown.split()) else [])]


def place(change: Change) -> str:
    """Return the page in the old edition, and in the new one where it is another."""
    old, new = change.page, change.new_page
    if old and new and old != new:
        return f"p. {old}, now p. {new}"
    return f"p. {old}" if old else f"now p. {new}" if new else ""


def instruction(change: Change, quote: Callable[[str], str]) -> str:
    """Return what to do with a pen, in the words of printers; `quote` makes what is quoted of a text."""
    old, new = quote(short(change.old)), quote(short(change.new))
    at = (
        f"after {quote(change.after)}, "
        if change.after
        else f"before {quote(change.before)}, "
        if change.before
        else ""
    )
    count = f"{change.count} {'word' if change.count == 1 else 'words'}"
    return {
        What.REPLACED: f"{at}for {old} read {new}",
        What.INSERTED: f"{at}insert {new}",
        What.DELETED: f"{at}delete {old}",
        What.ADDED: f"is new, {count}: {new}",
        What.REMOVED: f"is no longer in the book, {count}: {old}",
        What.MOVED: "stands in another place now",
    }[change.what]


def short(text: str) -> str:
    """Return a text, or both its ends if it is long."""
    words = text.split(" ")
    return text if len(words) <= LONGEST else " ".join([*words[:HEAD], "[…]", *words[-TAIL:]])


def as_json(sheet: Sheet) -> str:
    """Return one JSON object; texts are whole."""
    editions = {
        name: {"title": each.title, "pages": each.has_pages} for name, each in (("old", sheet.old), ("new", sheet.new))
    }
    record = {"version": VERSION, **editions, "changes": [asdict(each) for each in sheet.changes]}
    return json.dumps(record, ensure_ascii=True, indent=1)


def as_markdown(sheet: Sheet) -> str:
    """Return the sheet in Markdown."""
    return "\n".join(_markdown(sheet)) + "\n"


def _markdown(sheet: Sheet) -> Iterator[str]:
    yield f"# Errata: {_plain(sheet.new.title)}"
    yield ""
    yield _plain(sheet.summary)
    for each in sheet.remarks:
        yield f"\n{each}"
    for chapter, found in sheet.chapters:
        yield f"\n## {_plain(chapter)}\n"
        for change in found:
            yield f"* {': '.join(filter(None, _parts(change)))}"


def _parts(change: Change) -> Sequence[str]:
    head = ", ".join(filter(None, (place(change), _plain(change.part), SIGNS if change.signs_only else "")))
    return (f"**{head}**" if head else "", instruction(change, lambda text: f"“{_plain(text)}”"))


def _plain(text: str) -> str:
    """Return a text whose signs mean nothing in Markdown or HTML."""
    return "".join(f"\\{sign}" if sign in "\\`*_[]<>#|~&" else sign for sign in text)


def as_html(sheet: Sheet) -> str:
    """Return the sheet as a page that prints on A5 or larger, without scripts and without anything from elsewhere."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    loader = FileSystemLoader(Path(__file__).parent)
    template = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    quoted = Markup("<q>{}</q>")

    def said(change: Change) -> Markup:
        # All but what is quoted is ours, and quoting escapes.
        return Markup(instruction(change, quoted.format))  # noqa: S704

    return template.get_template("sheet.html").render(sheet=sheet, place=place, said=said, signs=SIGNS)
