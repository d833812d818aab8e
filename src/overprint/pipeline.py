"""The whole tool on one screen: read → check → assemble → compose → render → put in place."""

from __future__ import annotations

import dataclasses
import os
import re
import shutil
import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from overprint import checks, files, outputs
from overprint.assemble import assemble
from overprint.checks import causes, passages
from overprint.checks.choice import Choice, chosen
from overprint.diagnostics import NOWHERE, Diagnostic, Exit, Made, Place, Stop, error, errors, in_order, warning
from overprint.manuscript import comments, edit, json_schema, read
from overprint.manuscript.ledger import ledger
from overprint.model import Book, Composed, Essay, Imported, Manuscript

if TYPE_CHECKING:
    from overprint.fixes.save import Change
    from overprint.importers import Options
    from overprint.manuscript.work import Added
    from overprint.render.pdf import Layout, PdfJob

LEDGER = "permissions.csv"
EVERYTHING = Choice()
SHOWN = passages.MOST
AT_ONCE = 10_000
"""How many findings of a kind `fix` mends in one essay before it looks again."""
NAMES = {"epub": "{slug}.epub", "pdf": "{slug}.print.pdf", "cover": "{slug}.cover.jpg"}

UNKNOWN_OUTPUT = error(
    "B105",
    "`{name}` is not something that can be built",
    "use one of: {known}",
    "`overprint build` takes the names of outputs, and so does `outputs:` in book.yaml.",
)
FOLDER_IN_USE = error(
    "B106",
    "{folder} is already there and not empty",
    "name a new folder",
    "A new project is made in an empty folder, so that nothing of yours is ever overwritten.",
)
NO_ESSAY = error(
    "B107",
    "there is no essay `{slug}`",
    "use one of: {known}",
    "Essays are named by their folder's name without its number.",
)
NO_COVER = warning(
    "B116",
    "the EPUB has no cover: {reason}",
    "{cure}",
    "A cover is drawn with what lays out the printed pages. Without that an EPUB can still be made, but a shop or a "
    "shelf then shows a grey box in place of the book. `overprint doctor` says what is missing.",
)
STARTER = Path(__file__).parent / "starter"


@dataclass(frozen=True, slots=True)
class Fixed:
    """What was or would be mended: the findings that are gone, and the files that change."""

    findings: tuple[Diagnostic, ...]
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Built:
    """A finished file: its path, and its size in bytes or pages."""

    path: Path
    size: int
    pages: int = 0


def validate(
    root: Path, choice: Choice = EVERYTHING, *, release: bool = False, draft: bool = True, most: int = SHOWN
) -> Made[tuple[Manuscript, Book]]:
    """Read the manuscript and say all that is wrong with it, errors included.

    Args:
        root: the project's folder.
        choice: the findings to show; errors always are.
        release: make errors of consents and permissions that are pending.
        draft: leave quotes, dashes and spaces as typed; not for a book that is to be built.
        most: how often a rule on words may speak in one essay.
    """
    manuscript = read.manuscript(root)
    said = manuscript.diagnostics + checks.of_manuscript(manuscript.value, most)
    book = assemble(manuscript.value, draft=draft)
    said += book.diagnostics + checks.of_book(book.value)
    wanted = manuscript.value.project
    said = causes.first(said + _unknown(wanted.outputs, wanted.at("outputs")))
    if release:
        said = tuple(dataclasses.replace(each, released=True) for each in said)
    kept = dataclasses.replace(choice, ignore=choice.ignore + wanted.ignored)
    shown = chosen(in_order(said), kept, lambda place, further: files.line_at(root, place, further))
    return Made((manuscript.value, book.value), shown)


def fix(
    root: Path,
    choice: Choice = EVERYTHING,
    *,
    wanted: Callable[[Diagnostic], bool] = lambda each: True,
    unsafe: bool = False,
    write: bool = True,
) -> Fixed:
    """Mend what can be mended, again and again until nothing is left, then write the files: all or none.

    Args:
        root: the project's folder.
        choice: the findings to mend, errors too.
        wanted: narrows them further, such as to some files.
        unsafe: also make fixes that an editor should look at.
        write: if not, the files stay as they are.

    Raises:
        Stop: a file changed meanwhile, or cannot be written.
    """
    from overprint import fixes  # loaded only to mend: `validate` must start fast
    from overprint.fixes.save import save

    changes: dict[Path, Change] = {}
    gone: list[Diagnostic] = []
    seen: set[int] = set()
    while True:
        drafts = {path: change.after for path, change in changes.items()}
        state = hash(frozenset(drafts.items()))
        if state in seen:  # two fixes undo each other; what is there is no worse than another round
            break
        seen.add(state)
        with files.drafted(drafts):
            made = validate(root, choice, most=AT_ONCE)
            found = [each for each in made.diagnostics if choice.names(each.code) and wanted(each)]
            mended = tuple(fixes.mended(made.value[0], found, unsafe=unsafe))
        if not mended:
            break
        for each in mended:
            first = changes.get(each.change.path, each.change)
            changes[each.change.path] = dataclasses.replace(first, after=each.change.after)
            gone += each.findings
    really = tuple(change for change in changes.values() if change.before != change.after)
    if write and really:
        save(really, root)
    return Fixed(tuple(gone), really)


def mendable(
    manuscript: Manuscript, found: Iterable[Diagnostic]
) -> tuple[frozenset[Diagnostic], frozenset[Diagnostic]]:
    """Return the findings that `fix` takes away, and those that it takes away when also unsafe fixes are wanted."""
    found = tuple(found)
    if not found:
        return frozenset(), frozenset()
    from overprint import fixes

    safe = frozenset(gone for each in fixes.mended(manuscript, found) for gone in each.findings)
    rest = (each for each in found if each not in safe)
    return safe, frozenset(gone for each in fixes.mended(manuscript, rest, unsafe=True) for gone in each.findings)


def build(
    root: Path,
    names: Iterable[str] = (),
    out: Path | None = None,
    *,
    strict: bool = False,
    release: bool = False,
    layout: Layouting | None = None,
) -> Made[tuple[Built, ...]]:
    """Build the books and put them in place together.

    Raises:
        Stop: the manuscript has errors (or, when strict, warnings), or a tool or a limit is in the way. Nothing that
            was built before is touched.
    """
    wanted = tuple(dict.fromkeys(names))
    if unknown := _unknown(wanted, NOWHERE):
        raise Stop(*unknown, exit=Exit.USAGE)
    checked = validate(root, release=release, draft=False)
    manuscript, book = checked.value
    _stop_at_faults(checked.diagnostics, strict=strict)
    wanted = wanted or manuscript.project.outputs
    from overprint.compose import compose  # jinja2 is loaded only to build: `validate` must start fast

    composed = compose(book, manuscript.project)
    _stop_at_faults(checked.diagnostics + composed.diagnostics, strict=strict)
    folder = out or root / "build"
    said = checked.diagnostics + composed.diagnostics
    with outputs.workshop(folder) as making:
        try:
            how = dataclasses.replace(layout or Layouting(), places=_places(manuscript))
            made = render(composed.value, wanted, making, how)
            said = in_order(said + made.diagnostics)
            _stop_at_faults(said, strict=strict)
            (making / LEDGER).write_text(ledger(manuscript), "utf-8-sig", newline="")
            places = {each.path: folder / each.path.name for each in made.value}
            outputs.put_in_place(places | {making / LEDGER: folder / LEDGER})
        except OSError as failed:
            raise outputs.cannot_write(failed, folder) from None
    return Made(tuple(dataclasses.replace(each, path=places[each.path]) for each in made.value), said)


def render(
    composed: Composed, wanted: Iterable[str], folder: Path, layout: Layouting | None = None
) -> Made[tuple[Built, ...]]:
    """Render the books into `folder`, the PDF first: its pages give the EPUB its page-list.

    The EPUB holds the cover, which is made for it whether it is wanted by itself or not.
    """
    said: tuple[Diagnostic, ...] = ()
    built = []
    how = layout or Layouting()
    paths = {name: folder / NAMES[name].format(slug=composed.book.slug) for name in NAMES}
    for name in sorted(wanted, key=("pdf", "cover", "epub").index):
        target = paths[name]
        pages = 0
        if name == "pdf":
            laid_out = how.pdf(composed, target)
            said, pages = said + laid_out.diagnostics, laid_out.value.pages
        elif name == "cover":
            said += how.cover(composed, target).diagnostics
        else:
            from overprint.render import epub

            dressed = how.covered(composed, paths["cover"])
            said += dressed.diagnostics + epub.render(dressed.value, target).diagnostics
        if target.exists():
            built.append(Built(target, target.stat().st_size, pages))
    return Made(tuple(built), said)


def cores() -> int:
    """Return how many processors there are for us."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass(frozen=True, slots=True)
class Layouting:
    """How the pages are laid out: by how many workers, where laid-out pieces are kept, where editors find ids.

    `scheduler` is the address of a dask cluster that does it instead; `watch` is told how far it is.
    """

    jobs: int = 1
    cache: Path | None = None
    scheduler: str = ""
    places: Mapping[str, Place] = field(default_factory=dict)
    watch: Callable[[int, int, str], None] | None = None

    def pdf(self, composed: Composed, target: Path) -> Made[Layout]:
        """Lay out the printed book."""
        from overprint.render.pdf.book import render as render_pdf
        from overprint.render.pdf.cache import Cache

        job = _job(composed, self.places)
        cluster = None
        if self.scheduler:
            from overprint.render.pdf.cluster import Cluster

            cluster = Cluster(self.scheduler, private_fonts=job.style.private_fonts)
        cache = Cache(self.cache) if self.cache else None
        return render_pdf(job, target, jobs=self.jobs, cache=cache, executor=cluster, watch=self.watch)

    def cover(self, composed: Composed, target: Path) -> Made[Path]:
        """Make the cover."""
        from overprint.render.cover import render as render_cover
        from overprint.render.pdf.cache import Cache

        return render_cover(composed, target, Cache(self.cache) if self.cache else None)

    def covered(self, composed: Composed, picture: Path) -> Made[Composed]:
        """Return the book with its cover, which is made unless it is there; with a warning where it cannot be."""
        from overprint.compose import covered

        said: tuple[Diagnostic, ...] = ()
        if not picture.exists():
            try:
                said = self.cover(composed, picture).diagnostics
            except Stop as stop:
                if stop.exit is not Exit.CANNOT:
                    raise
                why = stop.diagnostics[0]
                return Made(composed, (NO_COVER.at(why.place, reason=why.message, cure=why.hint),))
        return Made(covered(composed, picture), said)


def _job(composed: Composed, places: Mapping[str, Place]) -> PdfJob:
    from overprint.compose import sheaf
    from overprint.render.pdf import PdfJob, Piece, Style

    look, printed = composed.look, sheaf(composed)
    pictures = {each.name: each for each in composed.book.images}
    titles = {chapter.name: chapter.title for chapter in composed.chapters}
    pieces = tuple(
        Piece(
            names[0],
            html,
            tuple(pictures[each] for each in _shown_in(html) if each in pictures),
            titles[names[0]],
            names,
        )
        for names, html in printed.pieces
    )
    style = Style(look.print_sheets, look.faces, look.resources)
    return PdfJob(pieces, style, printed.before, printed.after, places)


def _shown_in(html: str) -> tuple[str, ...]:
    """Return the pictures that a piece shows, by their names, each once."""
    return tuple(dict.fromkeys(unquote(unescape(name)) for name in re.findall(r'src="\.\./([^"]+)"', html)))


def _places(manuscript: Manuscript) -> dict[str, Place]:
    """Return where editors find what has these ids in the books."""
    found = {each.slug: each.place for each in manuscript.sections}
    found |= {each.slug: each.place for each in manuscript.essays}
    for essay in manuscript.essays:
        found |= {f"{essay.slug}-about-{each.id}": each.place for each in manuscript.people.values()}
        found |= {f"{essay.slug}-comment-{each.number}": each.place for each in essay.comments}
    return found


def _stop_at_faults(said: tuple[Diagnostic, ...], *, strict: bool) -> None:
    if errors(said) or (strict and any(each.severity == "warning" for each in said)):
        raise Stop(*in_order(said))


def _unknown(wanted: tuple[str, ...], place: Place) -> tuple[Diagnostic, ...]:
    return tuple(UNKNOWN_OUTPUT.at(place, name=name, known=", ".join(NAMES)) for name in wanted if name not in NAMES)


def import_sources(
    sources: Iterable[Path], overrules: Mapping[str, str], *, kind: str = "", options: Options | None = None
) -> Made[tuple[tuple[Path, Imported], ...]]:
    """Read each source; `overrules` fill or replace what it says. Nothing is written."""
    from overprint.importers import NO_OPTIONS, bring  # loaded only to import: `validate` must start fast

    made = bring.read_all(sources, overrules, kind=kind, options=options or NO_OPTIONS)
    return Made(tuple((Path(each.origin.path if each.origin else ""), each) for each in made.value), made.diagnostics)


def add(
    root: Path, found: tuple[tuple[Path, Imported], ...], *, parts: bool = False, fetch_images: bool = False
) -> Made[tuple[Added | None, ...]]:
    """Bring imported essays into the manuscript: new ones as folders, known ones merged; keep the originals.

    Args:
        root: the project's folder.
        found: what `import_sources` found.
        parts: the first category of each new essay names the part of the book that it stands in.
        fetch_images: fetch pictures from the web.

    Raises:
        Stop: something is in the way; then nothing has changed.
    """
    from overprint.importers import bring
    from overprint.importers.pictures.fetch import Fetcher

    added = bring.into(root, (each for _, each in found), parts=parts, fetcher=Fetcher() if fetch_images else None)
    json_schema.write(root)
    return added


def essay(manuscript: Manuscript, slug: str) -> Essay:
    """Return the essay called `slug`, by its short name or its folder.

    Raises:
        Stop: there is none.
    """
    for each in manuscript.essays:
        if slug in {each.slug, each.folder, Path(each.folder).name}:
            return each
    known = ", ".join(each.slug for each in manuscript.essays)
    raise Stop(NO_ESSAY.at(Place("manuscript/essays"), slug=slug, known=known or "none yet"), exit=Exit.USAGE)


def change_comments(root: Path, slug: str, numbers: tuple[int, ...], changes: dict[str, str]) -> None:
    """Change keys of some comments in the files that hold them; every other byte stays.

    Raises:
        Stop: the essay or a comment is not there, or a file cannot be written.
    """
    found = essay(read.manuscript(root).value, slug)
    folder = root / "manuscript" / found.folder
    paths = {files.shown(path, root): path for path in comments.paths(folder, root)}
    for path in paths.values():
        files.read_text(path, root)  # refuses what is not text
    texts = {shown: files.read_bytes(path, root, files.LARGEST).decode("utf-8") for shown, path in paths.items()}
    changed = edit.set_keys_in(texts, files.shown(folder / "comments.md", root), found.slug, numbers, changes)
    for shown, text in changed.items():
        if text != texts[shown]:
            outputs.write_text(paths[shown], text)


def new(folder: Path) -> None:
    """Start a project in a new folder, with an identifier of its own.

    Raises:
        Stop: the folder holds files, or cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Stop(FOLDER_IN_USE.at(Place(str(folder)), folder=folder), exit=Exit.USAGE)
    try:
        shutil.copytree(STARTER, folder, dirs_exist_ok=True)
        book = folder / "manuscript" / "book.yaml"
        book.write_text(book.read_text("utf-8").replace("{identifier}", str(uuid.uuid4())), "utf-8")
    except OSError as failed:
        raise outputs.cannot_write(failed, folder) from None
    json_schema.write(folder)
