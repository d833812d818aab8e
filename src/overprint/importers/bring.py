"""Sources → essays → manuscript: reads all that is named, joins comments to their essays, gathers the pictures."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from overprint import importers
from overprint.diagnostics import Diagnostic, Exit, Made, Place, Stop, error
from overprint.diagnostics import warning as warn
from overprint.importers.exports import join
from overprint.importers.pictures.fetch import Fetcher
from overprint.importers.pictures.gather import gather
from overprint.manuscript import add, read
from overprint.manuscript.known import Known
from overprint.manuscript.pictures import Pictures, without
from overprint.manuscript.work import Added
from overprint.model import Dropped, Imported

HOMELESS = warn(
    "I201",
    "the comments on {page} are left out ({count}): that essay is not in the manuscript",
    "import the essay too, from a saved page or another export",
    "Some exports hold comments alone. They are joined to an essay with the same address, number or title, from the "
    "same import or an earlier one. Comments on pages that you do not print can be left out.",
)
ONE_ESSAY = error(
    "I202",
    "--{option} is about one essay, but {count} were found",
    "choose one of them with --only, or leave --{option} out",
    "A title and an address belong to one essay. With several, each keeps what its source says.",
)
PORTRAIT = re.compile(
    r"//(?:[\w-]+\.)*(?:gravatar\.com|libravatar\.org)/avatar/|/(?:[\w-]+\.)*gravatar\.com/", re.IGNORECASE
)


def read_all(
    sources: Iterable[Path],
    overrules: Mapping[str, str],
    *,
    kind: str = "",
    options: importers.Options = importers.NO_OPTIONS,
) -> Made[tuple[Imported, ...]]:
    """Read each source; comments that came without their essay are joined to it, where it is among the sources.

    Args:
        sources: files, or folders that a reader knows.
        overrules: `title`, `author`, `date`, `url` and `slug` that replace what the sources say.
        kind: the reader to use.
        options: what else the editor wants of the sources.

    Raises:
        Stop: a source cannot be read, or an option is about one essay and there are several.
    """
    found: list[Imported] = []
    said: tuple[Diagnostic, ...] = ()
    options = dataclasses.replace(options, url=overrules.get("url", ""))
    for source in sources:
        made = importers.read(source, kind=kind, slug=overrules.get("slug", ""), options=options)
        found += made.value
        said += tuple(each for each in made.diagnostics if not overrules.get(importers.ANSWERED_BY.get(each.code, "")))
    essays = sum(not join.without_essay(each) for each in found)
    for option in ("title", "url"):
        if overrules.get(option) and essays > 1:
            raise Stop(ONE_ESSAY.at(option=option, count=essays), exit=Exit.USAGE)
    return Made(join.joined(_overruled(_without_portraits(each), overrules) for each in found), said)


def _without_portraits(found: Imported) -> Imported:
    """Return an essay without the portraits whose address is made from somebody's e-mail address."""
    body = without(found.body, PORTRAIT)
    comments = tuple(dataclasses.replace(each, body=without(each.body, PORTRAIT)) for each in found.comments)
    images = tuple(each for each in found.images if not PORTRAIT.search(each.url))
    if body == found.body and comments == found.comments and images == found.images:
        return found
    dropped = Dropped("", "portraits whose address is made from an e-mail address", 0)
    return dataclasses.replace(found, body=body, comments=comments, images=images, dropped=(*found.dropped, dropped))


def _overruled(found: Imported, overrules: Mapping[str, str]) -> Imported:
    if join.without_essay(found):
        return found
    changes: dict[str, object] = {key: overrules[key] for key in ("title", "date", "url") if overrules.get(key)}
    if overrules.get("author"):
        changes["authors"] = (overrules["author"],)
    return dataclasses.replace(found, **changes, given=tuple(changes))  # type: ignore[arg-type]


def into(
    root: Path, found: Iterable[Imported], *, parts: bool = False, fetcher: Fetcher | None = None
) -> Made[tuple[Added | None, ...]]:
    """Bring essays into the manuscript at `root`, with their pictures; comments alone go to their essay.

    Returns:
        What became of each, None where comments have no essay.

    Raises:
        Stop: as `add.add`; then nothing has changed.
    """
    found = tuple(found)
    known = Known(root)
    homes = _homes(root, found, known)
    said: list[Diagnostic] = []
    ready: list[tuple[Imported, Pictures]] = []
    for each, slug in zip(found, homes, strict=True):
        if slug is None:
            page = each.url or each.title or each.id or "a page without an address"
            place = Place(each.origin.path if each.origin else "")
            said.append(HOMELESS.at(place, count=len(each.comments), page=page))
            continue
        essay = dataclasses.replace(each, slug=slug)
        folder, _ = known.find(essay)
        made = gather(essay, images=folder / "images" if folder else None, fetcher=fetcher)
        said += made.diagnostics
        ready.append((essay, made.value))
    if not ready and said:
        raise Stop(*said)
    added = add.add(root, ready, parts=parts, originals=_originals(found))
    done = iter(added.value)
    return Made(tuple(None if slug is None else next(done) for slug in homes), (*said, *added.diagnostics))


def _homes(root: Path, found: tuple[Imported, ...], known: Known) -> list[str | None]:
    """Return the slug of each essay: its own, or for comments alone that of the essay in the manuscript."""
    if not any(map(join.without_essay, found)):
        return [each.slug for each in found]
    records = {each.slug: each for each in known.records}
    there = [
        Imported(
            slug=essay.slug,
            body=essay.body.value,
            title=essay.title,
            url=essay.source.url or (records[essay.slug].url if essay.slug in records else ""),
            id=records[essay.slug].id if essay.slug in records else "",
        )
        for essay in read.manuscript(root).value.essays
    ]
    return [
        next((essay.slug for essay in there if join.same(each, essay)), None) if join.without_essay(each) else each.slug
        for each in found
    ]


def _originals(found: Iterable[Imported]) -> dict[str, bytes]:
    """Return the sources as they came, named by their SHA-256, so that a later import can tell what has changed."""
    origins = dict.fromkeys(each.origin for each in found if each.origin and Path(each.origin.path).is_file())
    return {
        f"{each.sha256[:16]}-{Path(each.path).name}": importers.load(Path(each.path)).data for each in origins if each
    }
