"""Write imported essays into the manuscript: new folders and files only; nothing that is there is touched."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from overprint import files, outputs, project
from overprint.diagnostics import Diagnostic, Made, Place, Stop, error, hint
from overprint.model import Imported, ImportedComment

SLUG_TAKEN = error(
    "I101",
    "an essay called `{slug}` is already in the manuscript, in {folder}",
    "give another name with --slug, or move that folder away first",
    "An import never overwrites what an editor may have changed.",
)
PERSON_KEPT = hint(
    "I102",
    "{name} is already in people/{id}.md, which stays as it is",
    "compare the bio there with the new one",
    "A person who is already in the manuscript may have been edited; the file is not touched.",
)
PLAIN = re.compile(r"[^\W\d_][^:#\n\"'\[\]{}&*!|>%@`,]*")
NUMBERED = re.compile(r"[0-9]+-")
WORDS = {"yes", "no", "true", "false", "on", "off", "null", "~"}


@dataclass(frozen=True, slots=True)
class Added:
    """An essay that was written; `folder` is relative to the project, `people` are new files."""

    slug: str
    folder: str
    people: tuple[str, ...]


def add(root: Path, found: tuple[Imported, ...]) -> Made[tuple[Added, ...]]:
    """Write each essay into a folder of its own, in one step, and its people where they are new.

    Raises:
        Stop: a slug is taken, or the manuscript cannot be written.
    """
    essays = root / "manuscript" / "essays"
    taken = {_slug_of(path.name): path for path in essays.glob("*/")} if essays.is_dir() else {}
    for each in found:
        if each.slug in taken:
            where = files.shown(taken[each.slug], root)
            raise Stop(SLUG_TAKEN.at(Place(where), slug=each.slug, folder=where))
        taken[each.slug] = essays / each.slug
    said: list[Diagnostic] = []
    try:
        essays.mkdir(parents=True, exist_ok=True)
        added = tuple(_add(root, essays, each, said) for each in found)
        _append_to_contents(root, added)
    except OSError as failed:
        raise outputs.cannot_write(failed, essays) from None
    return Made(added, tuple(said))


def _add(root: Path, essays: Path, found: Imported, said: list[Diagnostic]) -> Added:
    numbers = [int(path.name.partition("-")[0]) for path in essays.glob("[0-9]*-*/") if NUMBERED.match(path.name)]
    folder = essays / f"{max(numbers, default=0) + 1:02d}-{found.slug}"
    # A name in letters that file names do not have is called after the essay.
    ids = [project.slug(name) or f"{found.slug}-author-{place}" for place, name in enumerate(found.authors, 1)]
    people = tuple(
        filter(
            None, (_add_person(root, ident, name, found, said) for ident, name in zip(ids, found.authors, strict=True))
        )
    )
    making = Path(tempfile.mkdtemp(prefix=outputs.MAKING, dir=essays))
    try:
        (making / "essay.md").write_text(essay_text(found, ids), "utf-8")
        if found.comments:
            (making / "comments.md").write_text(comments_text(found.comments), "utf-8")
        (making / "images").mkdir()
        making.chmod(0o755)
        making.rename(folder)
    except BaseException:
        shutil.rmtree(making, ignore_errors=True)
        raise
    return Added(found.slug, files.shown(folder, root), people)


def _slug_of(folder: str) -> str:
    return folder.partition("-")[2] if folder[:1].isdigit() and "-" in folder else folder


def _add_person(root: Path, ident: str, name: str, found: Imported, said: list[Diagnostic]) -> str:
    path = root / "manuscript" / "people" / f"{ident}.md"
    bio = next((bio.text for bio in found.bios if bio.name == name), "")
    if path.exists():
        said.append(PERSON_KEPT.at(Place(files.shown(path, root), 1, 1), name=name, id=ident))
        return ""
    path.parent.mkdir(exist_ok=True)
    head = {"name": scalar(name)}
    outputs.write_text(path, f"{_head(head)}\n{bio}\n" if bio else _head(head))
    return files.shown(path, root)


def essay_text(found: Imported, ids: list[str]) -> str:
    """Return `essay.md` for an essay; what the source did not say is left open."""
    head = {
        "title": scalar(found.title or "") + ("" if found.title else "  # not in the source: write it here"),
        "subtitle": scalar(found.subtitle or "") if found.subtitle else None,
        "authors": f"[{', '.join(ids)}]" + ("" if ids else "  # not in the source: a file name in people/"),
        "date": found.date or "",
        "source": "",
        "  publication": scalar(found.publication or "") if found.publication else "",
        "  url": found.url or "",
        "permission": "pending",
        "language": found.language,
    }
    return f"{_head(head)}\n{found.body.strip()}\n"


def comments_text(comments: tuple[ImportedComment, ...]) -> str:
    """Return `comments.md`: every comment of the source, none chosen yet."""
    numbers = {comment.id: comment.number for comment in comments}
    return "\n".join(
        f"{_head(_comment(comment, numbers))}\n{_without_marks(comment.body.strip())}\n" for comment in comments
    )


def _without_marks(body: str) -> str:
    """Return a comment with `***` for its rules: a line of `---` would open the next comment."""
    return re.sub(r"^---[ \t]*$", "***", body, flags=re.MULTILINE)


def _comment(comment: ImportedComment, numbers: Mapping[str, int]) -> dict[str, str | None]:
    parents = [str(numbers[parent]) for parent in comment.reply_to if parent in numbers]
    return {
        "comment": str(comment.number),
        "id": scalar(comment.id) if comment.id else None,
        "author": scalar(comment.author or ""),
        "author_note": scalar(comment.author_note or "not in the source") if not comment.author else None,
        "date": comment.date,
        "reply_to": (parents[0] if len(parents) == 1 else f"[{', '.join(parents)}]") if parents else None,
        "kind": comment.kind if comment.kind != "comment" else None,
        "include": "no",
        "consent": "pending",
    }


def _head(keys: Mapping[str, str | None]) -> str:
    lines = [f"{key}: {value}".rstrip() for key, value in keys.items() if value is not None]
    return "\n".join(["---", *lines, "---", ""])


def scalar(value: str) -> str:
    """Return a YAML scalar that reads back as `value`, quoted only where it must be.

    >>> scalar("Reading Her"), scalar("Her: a film"), scalar("no"), scalar("")
    ('Reading Her', '"Her: a film"', '"no"', '""')
    """
    if PLAIN.fullmatch(value) and value.lower() not in WORDS and value == value.strip() and value.isprintable():
        return value
    return "".join(
        char if char.isprintable() or char == "\xa0" else f"\\U{ord(char):08x}"
        for char in json.dumps(value, ensure_ascii=False)
    )


def _append_to_contents(root: Path, added: tuple[Added, ...]) -> None:
    """Add the essays to `contents:` of book.yaml where it has one, below its last line."""
    path = root / project.BOOK
    text = path.read_bytes().decode("utf-8")
    found = re.search(
        r"^contents:[^\n]*\n((?:[ \t]*-[^\n]*\n|[ \t]*#[^\n]*\n|[ \t]*\r?\n)*[ \t]*-[^\r\n]*)", text, re.MULTILINE
    )
    if not found:
        return
    indent = re.findall(r"^([ \t]*)-", found.group(1), re.MULTILINE)[-1]
    newline = "\r\n" if "\r\n" in text else "\n"
    lines = "".join(f"{newline}{indent}- {each.folder.removeprefix('manuscript/')}" for each in added)
    outputs.write_text(path, text[: found.end()] + lines + text[found.end() :])
