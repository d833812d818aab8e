"""Read the manuscript folder: every value with file, line and column; all faults collected before giving up."""

from __future__ import annotations

import dataclasses
import difflib
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar, cast

from overprint import fields, files, project
from overprint.diagnostics import Diagnostic, Made, Place, Stop, error, warning
from overprint.manuscript import blocks, comments, schema, sections
from overprint.model import Essay, Manuscript, Person, Project, Section, Source, Text

T = TypeVar("T")
Signed = TypeVar("Signed", Essay, Section)

NO_ESSAYS = error(
    "M121",
    "the manuscript has no essays",
    "import one with `overprint import FILE`, or write manuscript/essays/01-name/essay.md",
    "A book needs at least one essay. Each is a folder in `manuscript/essays/` that holds `essay.md`.",
)
NOT_IN_CONTENTS = warning(
    "M112",
    "this essay is not in `contents:` of book.yaml, so the book leaves it out",
    "add `- {folder}` to contents, or move the folder elsewhere",
    """When book.yaml has `contents:`, only the essays named there are in the book, in that order.

    Bad, in essays/02-wasps/essay.md:
        ---
        title: On Wasps
        authors: [ada-quill]
        ---

        Wasps are busy too.
    and in book.yaml:
        contents:
          - essays/01-bees
    Good, in essays/02-wasps/essay.md:
        ---
        title: On Wasps
        authors: [ada-quill]
        ---

        Wasps are busy too.
    and in book.yaml:
        contents:
          - essays/02-wasps
          - essays/01-bees
    """,
)
NO_ESSAY_FILE = warning(
    "M115",
    "this folder holds no `essay.md`, so the book leaves it out",
    "name its text `essay.md`, in small letters, or move the folder elsewhere",
    """Each folder in `manuscript/essays/` is one essay, whose text is in the file `essay.md`.

    Bad, in essays/02-wasps/wasps.md:
        ---
        title: On Wasps
        authors: [ada-quill]
        ---

        Wasps are busy too.
    Good, in essays/02-wasps/essay.md:
        ---
        title: On Wasps
        authors: [ada-quill]
        ---

        Wasps are busy too.
    """,
)
MISSING_ESSAY = error(
    "M113",
    "contents names `{entry}`, and there is no {entry}/essay.md",
    "{cure}",
    """Each line of `contents:` names a folder inside `manuscript/`.

    Bad, in book.yaml:
        contents:
          - essays/1-bees
    Good, in book.yaml:
        contents:
          - essays/01-bees
    """,
)
NAMED_TWICE = error(
    "M140",
    "contents names `{entry}` twice",
    "take one of the lines out",
    """Each essay stands in the book once. A second line for it, perhaps in another part, would have to be ignored.

    Bad, in book.yaml:
        contents:
          - essays/01-bees
          - essays/01-bees
    Good, in book.yaml:
        contents:
          - essays/01-bees
    """,
)
DUPLICATE_SLUG = error(
    "M114",
    "two essays are called `{slug}`: {first} and {second}",
    "rename one of the folders",
    """The part of the folder's name after its number names the essay, in commands and inside the books.

    Bad, in essays/02-bees/essay.md:
        ---
        title: More on Bees
        authors: [ada-quill]
        ---

        They are still busy.
    Good, in essays/02-more-bees/essay.md:
        ---
        title: More on Bees
        authors: [ada-quill]
        ---

        They are still busy.
    """,
)
NOT_IN_PEOPLE = warning(
    "M132",
    "no file tells of {name}, so the book has no bio",
    "write manuscript/people/{id}.md with `name: {name}`, and name it here as `{id}`",
    """`authors:` names people by their file in `people/`. A name as it is printed may stand there as well: it is taken
    for that of the person so called, and where there is none, the name alone is printed.

    Bad, in essay.md:
        ---
        authors: [Jane Marsh]
        ---
    Good, in essay.md:
        ---
        authors: [Ada Quill]
        ---
    """,
)


def manuscript(root: Path) -> Made[Manuscript]:
    """Read the project at `root` with all that is wrong in it.

    Raises:
        Stop: `book.yaml` cannot be read at all.
    """
    book = project.read(root)
    said = list(book.diagnostics)
    folders = _folders(book.value, said)
    people = {
        person.id: person
        for path in _listed(book.value.manuscript / "people", root, said, ".md")
        # One whose file cannot be read is there all the same.
        for person in _kept(_person, path, root, said) or (Person(_id(path), path.stem, path.stem),)
    }
    essays = [essay for folder in folders for essay in _kept(_essay, folder, root, said)]
    _refuse_twins(essays, said)
    found = tuple(
        section
        for name in sections.FOLDERS
        for path in _listed(book.value.manuscript / name, root, said, ".md")
        for section in _kept(sections.read, path, root, said)
    )
    essays = [_signed(essay, people, said) for essay in essays]
    found = tuple(_signed(section, people, said) for section in found)
    named = {essay.folder: essay.slug for essay in essays}
    parts = tuple(
        dataclasses.replace(part, essays=slugs)
        for part in book.value.parts
        if (slugs := tuple(named[folder] for folder in part.essays if folder in named))
    )
    return Made(Manuscript(book.value, tuple(essays), MappingProxyType(people), parts, found), tuple(said))


def _kept(reader: Callable[[Path, Path], Made[T]], path: Path, root: Path, said: list[Diagnostic]) -> tuple[T, ...]:
    """Run a reader; what it says is collected, and a file that cannot be read is left out."""
    try:
        made = reader(path, root)
    except Stop as stop:
        said.extend(stop.diagnostics)
        return ()
    said.extend(made.diagnostics)
    return (made.value,)


def _folders(book: Project, said: list[Diagnostic]) -> list[Path]:
    found = _listed(book.manuscript / "essays", book.root, said)
    there = [folder for folder in found if files.is_there(folder / "essay.md")]
    for folder in found:
        if there and folder not in there and folder.is_dir():
            said.append(NO_ESSAY_FILE.at(Place(files.shown(folder, book.root))))
    if not there and not book.contents:
        said.append(NO_ESSAYS.at(Place("manuscript/essays")))
    if not book.contents:
        return there
    named = []
    meant: list[str] = []
    for number, entry in enumerate(book.contents):
        folder = book.manuscript / entry
        if ".." in Path(entry).parts or folder not in there:
            known = [path.relative_to(book.manuscript).as_posix() for path in there]
            near = difflib.get_close_matches(entry, known, 1, 0.5)
            cure = f"did you mean `{near[0]}`?" if near else "make the folder, or take the line out"
            said.append(MISSING_ESSAY.at(book.at(f"contents.{number}"), entry=entry, cure=cure))
            meant += near
        elif folder in named:
            said.append(NAMED_TWICE.at(book.at(f"contents.{number}"), entry=entry))
        else:
            named.append(folder)
    for folder in there:
        entry = folder.relative_to(book.manuscript).as_posix()
        if folder not in named and entry not in meant:
            where = files.shown(folder / "essay.md", book.root)
            said.append(NOT_IN_CONTENTS.at(Place(where, 1, 1), folder=entry))
    return named


def _listed(folder: Path, root: Path, said: list[Diagnostic], suffix: str = "") -> list[Path]:
    """Return what a folder holds; that it cannot be read is collected."""
    try:
        return [path for path in files.listed(folder, root) if path.name.endswith(suffix)]
    except Stop as stop:
        said.extend(stop.diagnostics)
        return []


def _refuse_twins(essays: list[Essay], said: list[Diagnostic]) -> None:
    first: dict[str, Essay] = {}
    for essay in essays:
        other = first.setdefault(essay.slug, essay)
        if other is not essay:
            said.append(DUPLICATE_SLUG.at(essay.place, slug=essay.slug, first=other.folder, second=essay.folder))


def _essay(folder: Path, root: Path) -> Made[Essay]:
    path = folder / "essay.md"
    text, said = files.read_text(path, root)
    where = files.shown(path, root)
    block, block_said = blocks.front_matter(text, where)
    said += block_said
    if block is None:
        raise Stop(*said)
    made = fields.read(block.head, block.head_place, schema.ESSAY)
    got = made.value
    found = comments.of_essay(folder, root)
    said += found.diagnostics
    name = folder.name
    essay = Essay(
        slug=project.slug(name.partition("-")[2] if name[:1].isdigit() and "-" in name else name)
        or project.slug(f"essay-{name}"),
        folder=folder.relative_to(root / "manuscript").as_posix(),
        title=got.text("title"),
        subtitle=got.text("subtitle"),
        authors=got.texts("authors"),
        date=got.text("date"),
        language=got.text("language"),
        abstract=got.text("abstract"),
        source=Source(got.text("source.publication"), got.text("source.url"), got.text("source.retrieved")),
        permission=cast("Any", got.text("permission", "not-needed")),
        permission_note=got.text("permission_note"),
        licence=got.text("licence"),
        body=Text(block.body, block.body_place),
        comments=found.value,
        place=block.place,
        places=got.places,
    )
    return Made(essay, said + made.diagnostics)


def _person(path: Path, root: Path) -> Made[Person]:
    text, said = files.read_text(path, root)
    block, block_said = blocks.front_matter(text, files.shown(path, root))
    said += block_said
    if block is None:
        raise Stop(*said)
    made = fields.read(block.head, block.head_place, schema.PERSON)
    got = made.value
    name = got.text("name") or _id(path)
    person = Person(
        _id(path),
        name,
        got.text("sort") or sort_name(name),
        got.text("url"),
        Text(block.body, block.body_place),
        block.place,
    )
    return Made(person, said + made.diagnostics)


def _signed(text: Signed, people: dict[str, Person], said: list[Diagnostic]) -> Signed:
    """Return a text whose authors are all ids: a name as printed finds its person, or makes one without a bio."""
    named = {person.name.casefold(): person.id for person in people.values()}
    authors = []
    for number, author in enumerate(text.authors):
        ident = author if author in people else named.get(author.casefold(), "")
        is_name = author.isprintable() and re.search(r"[ A-Z]", author)
        if not ident and is_name and (ident := _ident(author)) not in people:
            people[ident] = Person(ident, author, sort_name(author))
            said.append(NOT_IN_PEOPLE.at(text.at(f"authors.{number}"), name=author, id=ident))
        authors.append(ident or author)
    return text if tuple(authors) == text.authors else dataclasses.replace(text, authors=tuple(authors))


def _ident(name: str) -> str:
    return project.slug(name) or f"person-{name.encode().hex()[:40]}"


def _id(path: Path) -> str:
    """Return what `authors:` calls a person; some systems write é in file names as two signs."""
    return unicodedata.normalize("NFC", path.stem)


def sort_name(name: str) -> str:
    """Return a name as a catalogue files it, the last word first.

    >>> sort_name("Mark Riboldi"), sort_name("palimpsest_69")
    ('Riboldi, Mark', 'palimpsest_69')
    """
    first, _, last = name.rpartition(" ")
    return f"{last}, {first}" if first else name
