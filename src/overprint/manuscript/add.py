"""Bring imported essays into the manuscript: new ones as folders, known ones merged; all of an import or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from overprint import files, project
from overprint.diagnostics import Diagnostic, Made, Place, Stop, error, hint
from overprint.manuscript import add_comments, blocks, contents, merge, record, write
from overprint.manuscript.known import NUMBERED, Known, slug_of
from overprint.manuscript.pictures import NONE, Pictures, placed
from overprint.manuscript.plan import Plan
from overprint.manuscript.record import Record, Written, WrittenComment, written
from overprint.manuscript.work import Added, Work, plain
from overprint.model import Imported, Origin

SLUG_TAKEN = error(
    "I230",
    "another essay called `{slug}` is already in the manuscript, in {folder}",
    "give another name with --slug, or leave this one out",
    "An essay is taken for one that was imported before when it has the same address, or the same file and name. "
    "This one only has the same short name, and an import never overwrites what is there.",
)
PERSON_KEPT = hint(
    "I231",
    "{name} is already in people/{id}.md, which stays as it is",
    "compare the bio there with the new one",
    "A person who is already in the manuscript may have been edited; the file is not touched.",
)
NO_RECORD = hint(
    "I204",
    "there is no record of how {slug} was imported, so its texts stay as they are",
    "only new comments were added; compare the rest by hand if the source has changed",
    "The folder `.overprint/import` says what an import wrote, so that the next one can tell your changes from the "
    "source's. Without it everything counts as edited.",
)


def add(
    root: Path,
    found: Iterable[tuple[Imported, Pictures] | Imported],
    *,
    parts: bool = False,
    originals: Mapping[str, bytes] | None = None,
) -> Made[tuple[Added, ...]]:
    """Write each essay into a folder of its own, or merge it into the one that an earlier import made.

    Args:
        root: the project's folder.
        found: the essays, with their pictures.
        parts: make the first category of each new essay the part of the book that it stands in.
        originals: bytes to keep in `.overprint/originals`, by name.

    Raises:
        Stop: a slug is taken by another essay, a file to merge into cannot be read, or the manuscript cannot be
            written. Then nothing has changed.
    """
    plan, known = Plan(root), Known(root)
    added: list[Added] = []
    said: list[Diagnostic] = []
    listed: list[tuple[str, str]] = []
    taken: dict[str, Path] = {}
    number = _next_number(known.folders.values())
    for each in found:
        essay, pictures = (each, NONE) if isinstance(each, Imported) else each
        folder, before = known.find(essay)
        slug = slug_of(folder.name) if folder else essay.slug
        clash = taken.get(slug) or (None if folder else known.folders.get(slug))
        if clash:
            where = files.shown(clash, root)
            raise Stop(SLUG_TAKEN.at(Place(where), slug=slug, folder=where))
        work = Work(plan, essay, pictures, folder or root / f"manuscript/essays/{number:02d}-{slug}", before)
        taken[slug] = work.folder
        people = _people(work, known.records)
        if folder:
            added.append(_merged(work, slug, people))
        else:
            added.append(_new(work, slug, people))
            listed.append((f"essays/{work.folder.name}", (*essay.categories, "")[0] if parts else ""))
            number += 1
        said += work.said
    if listed:
        book = root / project.BOOK
        there = [f"essays/{each.name}" for each in sorted(known.folders.values())]
        plan.write(book, contents.added(plan.text(book), listed, there))
    for name, data in (originals or {}).items():
        plan.keep(root / ".overprint" / "originals" / name, data)
    plan.carry_out()
    return Made(tuple(added), tuple(said))


def _next_number(folders: Iterable[Path]) -> int:
    numbers = [int(path.name.partition("-")[0]) for path in folders if NUMBERED.match(path.name)]
    return max(numbers, default=0) + 1


def _people(work: Work, records: Iterable[Record]) -> dict[str, Written]:
    """Write the essay's people where they are new, merge them where they were imported before."""
    root, found = work.plan.root, work.found
    people: dict[str, Written] = {}
    for place, name in enumerate(found.authors, 1):
        # A name in letters that file names do not have is called after the essay.
        ident = project.slug(name) or f"{found.slug}-author-{place}"
        path = root / "manuscript" / "people" / f"{ident}.md"
        bio = next((bio.text.strip() for bio in found.bios if bio.name == name), "")
        keys: write.Keys = {"name": write.scalar(name)}
        new = written(keys, bio)
        work.ids.append(ident)
        people[ident] = new
        if not work.plan.is_there(path):
            work.plan.write(path, write.text(keys, bio))
            work.people.append(files.shown(path, root))
            continue
        block, _ = blocks.front_matter(plain(work.plan.text(path)), files.shown(path, root), optional=True)
        before = [each.people[ident] for each in records if ident in each.people]
        now = record.fingerprint(block.body) if block else ""
        if before and block and bio:
            old = next((each for each in before if each.body in {now, new.body}), before[-1])
            people[ident] = old.then(new)
            work.merge(path, [merge.Change(block, old, new, bio)])
        elif before:
            people[ident] = before[-1]
        elif bio and now != new.body:
            work.said.append(PERSON_KEPT.at(Place(files.shown(path, root), 1, 1), name=name, id=ident))
    return people


def _new(work: Work, slug: str, people: Mapping[str, Written]) -> Added:
    found, folder, plan = work.found, work.folder, work.plan
    keys, body = write.essay_keys(found, work.ids), placed(found.body.strip(), work.pictures)
    plan.write(folder / "essay.md", write.essay_text(keys, body))
    letters = add_comments.new(work)
    plan.folders.append(folder / "images")
    _remember(work, slug, written(keys, body), letters, people)
    return _done(work, slug, comments=len(letters))


def _merged(work: Work, slug: str, people: Mapping[str, Written]) -> Added:
    path = work.folder / "essay.md"
    shown = files.shown(path, work.plan.root)
    block, said = blocks.front_matter(plain(work.plan.text(path)), shown)
    if block is None:
        raise Stop(*said)
    body = placed(work.found.body.strip(), work.pictures)
    # What an editor gave once in place of the source stays until they give something else.
    given = set(work.before.given if work.before else ()).difference(work.found.given)
    keys = {key: value for key, value in write.essay_keys(work.found, work.ids).items() if key.strip() not in given}
    new = written(keys, body).said
    if not body:  # comments that came alone
        new = Written({}, work.before.essay.body if work.before else new.body)
    # Where nobody knows what was imported, it is as if the source had always said this: nothing is replaced.
    old = work.before.essay if work.before else new
    if work.before is None:
        work.said.append(NO_RECORD.at(Place(shown), slug=slug))
    work.merge(path, [merge.Change(block, old, new, body)])
    letters, fresh, gone = add_comments.merged(work)
    _remember(work, slug, old.then(new), letters, {**(work.before.people if work.before else {}), **people})
    return _done(work, slug, known=True, comments=fresh, gone=gone)


def _remember(
    work: Work, slug: str, essay: Written, letters: Iterable[WrittenComment], people: Mapping[str, Written]
) -> None:
    found, root = work.found, work.plan.root
    before = work.before
    made = Record(
        slug=slug,
        origin=found.origin or Origin("", "", ""),
        id=found.id or (before.id if before else ""),
        url=found.url or (before.url if before else ""),
        essay=essay,
        comments=tuple(letters),
        people=people,
        given=tuple(sorted({*found.given, *(before.given if before else ())})),
    )
    if before and not found.body.strip():  # comments that came alone are not the essay's source
        made = replace(made, origin=before.origin, id=before.id, url=before.url)
    work.plan.remember(record.path(root, slug), made.as_json())


def _done(work: Work, slug: str, *, known: bool = False, comments: int = 0, gone: int = 0) -> Added:
    root, images = work.plan.root, work.folder / "images"
    for name, data in work.pictures.files.items():
        work.plan.keep(images / name, data)
    return Added(
        slug=slug,
        folder=files.shown(work.folder, root),
        people=tuple(work.people),
        known=known,
        changed=tuple(dict.fromkeys(work.changed)),
        comments=comments,
        gone=gone,
        conflicts=tuple(work.conflicts),
        pictures=tuple(files.shown(images / name, root) for name in work.pictures.files),
        missing=tuple(work.pictures.missing.values()),
    )
