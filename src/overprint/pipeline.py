"""The whole tool on one screen: read → check → assemble → compose → render → put in place."""

from __future__ import annotations

import contextlib
import dataclasses
import os
import re
import shutil
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from overprint import checks, files, outputs
from overprint.assemble import assemble
from overprint.checks import causes, passages
from overprint.checks.choice import Choice, chosen
from overprint.diagnostics import NOWHERE, Diagnostic, Exit, Made, Place, Stop, error, errors, in_order, warning
from overprint.manuscript import comments, edit, json_schema, read
from overprint.manuscript.ledger import ledger
from overprint.model import Book, Composed, Edges, Essay, Imported, Manuscript, PrintedPage, Project
from overprint.project import read as read_project

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from overprint.bindery import Bindery
    from overprint.fixes.save import Change
    from overprint.importers import Options
    from overprint.manuscript.work import Added
    from overprint.press.preflight import Held
    from overprint.pressroom import Printer
    from overprint.render.epub.pictures import Remake
    from overprint.render.pdf import Layout, PdfJob
    from overprint.report import Judged

LEDGER = "permissions.csv"
THEMES = tuple(Path(__file__).with_name("themes").glob("*/theme.yaml"))
EVERYTHING = Choice()
SHOWN = passages.MOST
AT_ONCE = 10_000
"""How many findings of a kind `fix` mends in one essay before it looks again."""
NAMES = {
    "epub": "{slug}.epub",
    "pdf": "{slug}.print.pdf",
    "screen": "{slug}.screen.pdf",
    "booklet": "{slug}.booklet.pdf",
    "cover": "{slug}.cover.jpg",
    "wrap": "{slug}.cover.pdf",
    "onix": "{slug}.onix.xml",
}
INKLESS = {"epub", "screen", "cover"}
"""What is made without a printer; an ONIX message asks for the printed book."""
LAID_OUT = {"pdf", "screen", "booklet"}
PROOF = "{slug}.cover.proof.png"

UNKNOWN_OUTPUT = error(
    "B105",
    "`{name}` is not something that can be built",
    "use one of: {known}",
    "`overprint build` takes the names of outputs, and so does `outputs:` in book.yaml.",
)
NO_SENDER = error(
    "B119",
    "a catalogue record needs a publisher, and the book has none",
    "write the name after `publisher:`, or take `onix` out of `outputs:`",
    "Shops and libraries take an ONIX message only from somebody who answers for the book. Whoever got its ISBN is the "
    "publisher.",
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
        release: make errors of consents and permissions that are pending, and of pictures without a description.
        draft: leave quotes, dashes and spaces as typed; not for a book that is to be built.
        most: how often a rule on words may speak in one essay.
    """
    manuscript = read.manuscript(root)
    said = manuscript.diagnostics + checks.of_manuscript(manuscript.value, most)
    book = assemble(manuscript.value, draft=draft)
    said += book.diagnostics + checks.of_book(book.value)
    wanted = manuscript.value.project
    said += _unknown(wanted.outputs, wanted.at("outputs")) + _unsent(wanted.outputs, wanted) + _themeless(wanted)
    said += _unprintable(wanted)
    said = causes.first(said)
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
    profile: str = "",
    command: str = "",
) -> Made[tuple[Built, ...]]:
    """Build the books and put them in place together; `profile` names the printer in place of book.yaml.

    A report of them is put beside them where the `command` is told that builds them again.

    Raises:
        Stop: the manuscript has errors (or, when strict, warnings), or a tool or a limit is in the way. Nothing that
            was built before is touched.
    """
    wanted = tuple(dict.fromkeys(names))
    if unknown := _unknown(wanted, NOWHERE):
        raise Stop(*unknown, exit=Exit.USAGE)
    checked = validate(root, release=release, draft=False)
    return bind(root, checked, wanted, out, strict=strict, layout=layout, profile=profile, command=command)


def glimpse(root: Path, layout: Layouting, folder: Path) -> None:
    """Lay out the printed book as a build will: `layout.first` is shown what has changed, unless there are errors.

    The manuscript is checked while a worker lays out. A build says all that this does not.

    Raises:
        Stop: it cannot be laid out.
    """
    from concurrent.futures import ThreadPoolExecutor

    from overprint.compose import compose

    manuscript = read.manuscript(root)
    book = assemble(manuscript.value)
    _stop_at_faults(manuscript.diagnostics + book.diagnostics, strict=False)
    printer, project = _printer(manuscript.value.project, book.value, "", ink=False)
    composed = compose(book.value, project)
    _stop_at_faults(composed.diagnostics, strict=False)
    with ThreadPoolExecutor(1) as beside:
        said = beside.submit(checks.of_manuscript, manuscript.value)

        def first(*shown: Any) -> None:
            if layout.first and not errors((*said.result(), *checks.of_book(book.value))):
                layout.first(*shown)

        how = dataclasses.replace(layout, places=_places(manuscript.value), printer=printer, first=first)
        how.printed(composed.value, (), {"pdf": folder / NAMES["pdf"].format(slug=book.value.slug)})


def bind(
    root: Path,
    checked: Made[tuple[Manuscript, Book]],
    wanted: tuple[str, ...] = (),
    out: Path | None = None,
    *,
    strict: bool = False,
    layout: Layouting | None = None,
    profile: str = "",
    command: str = "",
) -> Made[tuple[Built, ...]]:
    """Build the books of what `validate` made for a build.

    Raises:
        Stop: as `build`.
    """
    manuscript, book = checked.value
    _stop_at_faults(checked.diagnostics, strict=strict)
    wanted = wanted or manuscript.project.outputs
    _stop_at_faults(_unsent(wanted, manuscript.project), strict=strict)
    from overprint.compose import compose  # jinja2 is loaded only to build: `validate` must start fast

    printer, project = _printer(manuscript.project, book, profile, ink=not {*wanted} <= INKLESS)
    binding, unbound = _bindery(printer, project, wanted)
    wanted += ("wrap",) * (binding is not None and "wrap" not in wanted)
    composed = compose(book, project)
    said = checked.diagnostics + unbound + composed.diagnostics
    _stop_at_faults(said, strict=strict)
    folder = out or root / "build"
    with _told_from(root), outputs.workshop(folder) as making:
        try:
            how = dataclasses.replace(
                layout or Layouting(), places=_places(manuscript), printer=printer, bindery=binding
            )
            made = render(composed.value, wanted, making, how)
            said = in_order(_near(root, said + made.diagnostics))
            _stop_at_faults(said, strict=strict)
            (making / LEDGER).write_text(ledger(manuscript), "utf-8-sig", newline="")
            reported: Made[tuple[Path, ...]] = Made(())
            if command:
                from overprint import report

                pages = {each.path: each.pages for each in made.value}
                spine = binding.thickness(composed.value, _printed(pages)) if binding else ("", 0.0)
                told = report.Build(
                    root,
                    manuscript,
                    composed.value,
                    pages,
                    said,
                    command,
                    printer.profile.name if printer else "",
                    spine,
                )
                reported = report.of_build(told, making)
            ours = (making / LEDGER, *reported.value)
            places = {each.path: folder / each.path.name for each in made.value}
            outputs.put_in_place(places | {path: folder / path.name for path in ours})
            if command and not reported.value:  # the last report is of other books
                report.discard(folder)
        except OSError as failed:
            raise outputs.cannot_write(failed, folder) from None
    built = tuple(dataclasses.replace(each, path=places[each.path]) for each in made.value)
    return Made(built, said + reported.diagnostics)


def render(
    composed: Composed, wanted: Iterable[str], folder: Path, layout: Layouting | None = None
) -> Made[tuple[Built, ...]]:
    """Render the books into `folder`, the PDF first: its pages give the EPUB its page-list.

    The EPUB holds the cover, which is made for it whether it is wanted by itself or not. The catalogue record is made
    of the finished books, so these are made with it: the printed one where it has an ISBN.
    """
    said: tuple[Diagnostic, ...] = ()
    built: list[Built] = []
    how = layout or Layouting()
    paths = {name: folder / NAMES[name].format(slug=composed.book.slug) for name in NAMES}
    wanted = set(wanted)
    wanted |= {"pdf"} if "wrap" in wanted else set()
    if "onix" in wanted:
        wanted |= {"epub", "pdf"} if composed.book.edition.isbn_print else {"epub"}
    pages: tuple[PrintedPage, ...] = ()
    if wanted & LAID_OUT:
        printed = how.printed(composed, wanted, paths)
        said += printed.diagnostics
        files_made, pages = printed.value
        built += files_made
    for name in sorted(wanted - LAID_OUT, key=("cover", "epub", "onix", "wrap").index):
        target = paths[name]
        if name == "cover":
            said += how.cover(composed, target).diagnostics
        elif name == "wrap":
            count = sum(each.pages for each in built if each.path == paths["pdf"])
            proof = folder / PROOF.format(slug=composed.book.slug)
            said += how.wrap(composed, count, paths["cover"], target, proof)
            built += [Built(proof, proof.stat().st_size)] if proof.exists() else []
        elif name == "onix":
            from overprint.render import onix

            onix.render(composed.book, target, paths["epub"], paths["pdf"] if paths["pdf"].exists() else None)
        else:
            from overprint.render import epub

            dressed = how.covered(composed, paths["cover"])
            packed = epub.render(dressed.value, target, remake=how.remake(folder), pages=pages)
            said += dressed.diagnostics + packed.diagnostics
        if target.exists():
            built.append(Built(target, target.stat().st_size))
    return Made(tuple(built), said)


def check(path: Path) -> Made[str]:
    """Say what is to be said of a finished EPUB by itself; the value says who was asked.

    Raises:
        Stop: the file is no EPUB that can be opened.
    """
    from overprint.preflight import check as preflight

    return preflight(path)


class Parity:
    """Holds finished books against the manuscript of a project, which is read once."""

    def __init__(self, root: Path) -> None:
        """Read the manuscript; one that cannot be built is the business of `validate`, and nothing is compared."""
        from overprint import parity
        from overprint.compose import compose

        self.composed: Composed | None = None
        with contextlib.suppress(Stop):
            manuscript, book = validate(root, draft=False).value
            self.composed = compose(book, manuscript.project).value
            self.places = parity.Places(root, _places(manuscript))

    def of(self, path: Path) -> Made[str]:
        """Say where a book differs from its manuscript; the value says how much was compared."""
        from overprint import parity

        if self.composed is None or not parity.is_of(path, self.composed):
            return Made("")
        compare = parity.of_epub if path.suffix.lower() == ".epub" else parity.of_pdf
        return compare(path, self.composed, self.places)


def check_shop(path: Path, name: str) -> Made[str]:
    """Hold an EPUB against what a shop says that it takes; the value says against how much.

    Raises:
        Stop: there is no such shop, or the file is no EPUB that can be opened.
    """
    from overprint.preflight import shops

    return shops.check(path, name)


def check_pdf(path: Path, root: Path | None = None, profile: str = "") -> Made[Held]:
    """Hold a PDF for print against a printer's profile; the value says by how many rules of which.

    Without a name it is the profile that book.yaml names, and the rules that hold for every printer where it names
    none.

    Raises:
        Stop: there is no such profile, or the file is no PDF that can be opened.
    """
    from overprint.press import preflight
    from overprint.press import profile as profiles

    name, place = profile, Place(f"--profile {profile}")
    if root and not profile:
        with contextlib.suppress(Stop):
            project = read_project(root).value
            name, place = project.profile, project.at("profile")
    found = profiles.find(name or profiles.UNMENDED, root, place)
    return preflight.check(path, found)


def check_covers(folders: Iterable[Path], root: Path | None = None) -> tuple[tuple[Path, tuple[Diagnostic, ...]], ...]:
    """Return each printed cover that stands beside its pages, and whether it still fits them.

    `root` is the project whose paper they are for.
    """
    paper = ""
    if root:
        with contextlib.suppress(Stop):
            paper = read_project(root).value.paper
    found = []
    for cover in (path for folder in sorted(folders) for path in sorted(folder.glob(NAMES["wrap"].format(slug="*")))):
        slug = cover.name.removesuffix(NAMES["wrap"].format(slug=""))
        interior = cover.with_name(NAMES["pdf"].format(slug=slug))
        if interior.exists():
            from overprint.press import wrap

            found.append((cover, wrap.stale(cover, interior, paper)))
    return tuple(found)


def left_over(paths: Sequence[Path], root: Path | None) -> list[Path]:
    """Return those finished files that the manuscript does not make any more, if there are others that it makes."""
    if root is None:
        return []
    try:
        slug = read_project(root).value.slug
    except Stop:
        return []
    left = [path for path in paths if path.name.partition(".")[0] != slug]
    return left if len(left) < len(paths) else []


def complete_report(root: Path, folder: Path, judged: Iterable[Judged]) -> tuple[Diagnostic, ...]:
    """Write into the report of the books in `folder` what judges said of them; say where that cannot be done."""
    from overprint import report

    found = (dataclasses.replace(each, said=_near(root, each.said)) for each in judged)
    return report.complete(folder, tuple(found))


def cores() -> int:
    """Return how many processors there are for us."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@dataclass(frozen=True, slots=True)
class Layouting:
    """How the pages are laid out: by how many workers, where laid-out pieces are kept, where editors find ids.

    `scheduler` is the address of a dask cluster that does it instead; `watch` is told how far it is. `printer` is whom
    the PDF is for; without one it stays as it was laid out. `bindery` makes the printed cover. `workers` are processes
    that outlive the book, for the next; `seen` is shown the pages as soon as they are laid out, and `first` those of a
    few essays that have changed before they are joined to the others.
    """

    jobs: int = 1
    cache: Path | None = None
    scheduler: str = ""
    places: Mapping[str, Place] = field(default_factory=dict)
    watch: Callable[[int, int, str], None] | None = None
    printer: Printer | None = None
    bindery: Bindery | None = None
    workers: Executor | None = None
    seen: Callable[[Composed, Layout, Path], None] | None = None
    first: Callable[[Composed, Layout, Path, tuple[int, ...]], None] | None = None

    def printed(
        self, composed: Composed, wanted: Iterable[str], paths: Mapping[str, Path]
    ) -> Made[tuple[tuple[Built, ...], tuple[PrintedPage, ...]]]:
        """Lay out the book once, and make of it the files that are wanted, for the printer and for screens.

        Also returned is what its pages begin with.
        """
        laid_out = paths["pdf"].with_name("laid-out.pdf")
        if self.printer:
            again = self.printer.lay_out(composed, laid_out, self.pdf)
            (composed, layout), said = again.value, again.diagnostics
        else:
            made = self.pdf(composed, laid_out)
            layout, said = made.value, made.diagnostics
        pages = {name: layout.pages for name in NAMES if name in LAID_OUT and name in wanted}
        finished = laid_out
        if self.printer and {"pdf", "booklet"} & pages.keys():
            finished = paths["pdf"] if "pdf" in pages else laid_out.with_name("finished.pdf")
            mended = self.printer.mend(laid_out, finished, composed, layout.pages)
            pages |= {"pdf": mended.value} if "pdf" in pages else {}
            said += mended.diagnostics
        elif "pdf" in pages:
            shutil.copyfile(laid_out, paths["pdf"])
        if "booklet" in pages and finished.exists():
            from overprint.press.booklet import impose, section_size

            profile = self.printer.profile if self.printer else None
            imposed = impose(finished, paths["booklet"], section_size(layout.pages, profile))
            pages["booklet"], said = 2 * imposed.value, said + imposed.diagnostics
        if "screen" in pages:
            from overprint.press.screen import screen

            screen(laid_out, paths["screen"], composed.look.sides, title=composed.book.title)
        there = {name: count for name, count in pages.items() if paths[name].exists()}
        built = tuple(Built(paths[name], paths[name].stat().st_size, count) for name, count in there.items())
        return Made((built, begins(layout)), said)

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
        kept = self.workers if job.style.private_fonts else None
        executor, first = cluster or kept, partial(self.first, composed) if self.first else None
        made = render_pdf(job, target, jobs=self.jobs, cache=cache, executor=executor, watch=self.watch, first=first)
        if self.seen:
            self.seen(composed, made.value, target)
        return made

    def remake(self, folder: Path) -> Remake:
        """Return what makes the EPUB's pictures anew; `folder` is for temporary files."""
        from overprint.render.pdf.cache import Cache
        from overprint.render.pictures import remake

        return partial(remake, folder=folder, jobs=self.jobs, cache=Cache(self.cache) if self.cache else None)

    def cover(self, composed: Composed, target: Path) -> Made[Path]:
        """Make the cover."""
        from overprint.render.cover import render as render_cover
        from overprint.render.pdf.cache import Cache

        return render_cover(composed, target, Cache(self.cache) if self.cache else None)

    def wrap(self, composed: Composed, pages: int, picture: Path, target: Path, proof: Path) -> tuple[Diagnostic, ...]:
        """Make the printed cover and its proof; nothing is made where the pages were not."""
        from overprint.render.pdf.cache import Cache

        if not self.bindery or not pages:
            return ()
        said: tuple[Diagnostic, ...] = ()
        if composed.cover.picture and not picture.exists():
            picture = target.with_name("front.jpg")
            said = self.cover(composed, picture).diagnostics
        cache = Cache(self.cache) if self.cache else None
        return said + self.bindery.bind(composed, pages, picture, target, proof, cache).diagnostics

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


def begins(layout: Layout) -> tuple[PrintedPage, ...]:
    """Return what the pages begin with, those without text left out."""
    begun = ((sheet.label, sheet.start) for sheet in layout.sheets)
    return tuple(PrintedPage(label, at.chapter, at.block, at.offset) for label, at in begun if at)


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


@contextlib.contextmanager
def _told_from(root: Path) -> Iterator[None]:
    """Let what stops a build name files as the editor knows them."""
    try:
        yield
    except Stop as stop:
        raise Stop(*_near(root, stop.diagnostics), exit=stop.exit) from None


def _printed(pages: Mapping[Path, int]) -> int:
    """Return how many pages the printer gets."""
    return next((count for path, count in pages.items() if path.name.endswith(NAMES["pdf"].format(slug=""))), 0)


def _near(root: Path, said: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return findings of which each file of the project is named from its folder."""
    found = []
    for each in said:
        path = Path(each.place.path)
        if path.is_relative_to(root) and path != root:
            each = dataclasses.replace(each, place=dataclasses.replace(each.place, path=str(path.relative_to(root))))
        found.append(each)
    return tuple(found)


def _stop_at_faults(said: tuple[Diagnostic, ...], *, strict: bool) -> None:
    if errors(said) or (strict and any(each.severity == "warning" for each in said)):
        raise Stop(*in_order(said))


def _unknown(wanted: tuple[str, ...], place: Place) -> tuple[Diagnostic, ...]:
    return tuple(UNKNOWN_OUTPUT.at(place, name=name, known=", ".join(NAMES)) for name in wanted if name not in NAMES)


def _unprintable(project: Project) -> tuple[Diagnostic, ...]:
    """Say what is wrong with the printer's profile that the book names."""
    if not project.profile:
        return ()
    from overprint.press import profile  # loaded where one is named only

    try:
        found = profile.find(project.profile, project.root, project.at("profile"))
    except Stop as stop:
        return stop.diagnostics
    from overprint import bindery

    return tuple(bindery.faults(project, found))


def _bindery(
    printer: Printer | None, project: Project, wanted: tuple[str, ...]
) -> tuple[Bindery | None, tuple[Diagnostic, ...]]:
    """Return who makes the printed cover, where one is wanted or can be made beside the pages and the front.

    Raises:
        Stop: it is wanted by name, and nobody says how thick the book is.
    """
    if "wrap" not in wanted and (printer is None or not {"pdf", "cover"} <= {*wanted}):
        return None, ()
    from overprint import bindery

    profile, place = (printer.profile, printer.place) if printer else (None, project.at("profile"))
    if "wrap" not in wanted and profile and not profile.spine:
        return None, (bindery.NO_WRAP.at(place, name=profile.name),)
    return bindery.bindery(profile, place, project), ()


def _printer(project: Project, book: Book, named: str, *, ink: bool) -> tuple[Printer | None, Project]:
    """Return whom the PDF is for, and the book's settings with the margins of that printer; `ink` asks for colours.

    Raises:
        Stop: there is no such profile, or its ICC profile is not here.
    """
    if not (name := named or project.profile):
        return None, project
    from overprint import pressroom
    from overprint.compose import compose
    from overprint.press import icc, profile

    place = Place(f"--profile {name}") if named else project.at("profile")
    found = profile.find(name, project.root, place)
    if ink:
        found = icc.settled(found, project.root, place)
    made_for = dataclasses.replace(project, edges=pressroom.edges(found))

    def again(edges: Edges) -> Composed:
        return compose(book, dataclasses.replace(project, edges=edges)).value

    return pressroom.Printer(found, place, again), made_for


def _themeless(project: Project) -> tuple[Diagnostic, ...]:
    """Say what is wrong with the book's theme."""
    if not (project.root / "themes").is_dir() and project.theme in {each.parent.name for each in THEMES}:
        return ()
    from overprint.compose import theme  # loaded for an own theme only: `validate` must start fast

    try:
        theme.of(project)
    except Stop as stop:
        return stop.diagnostics
    return ()


def _unsent(wanted: tuple[str, ...], project: Project) -> tuple[Diagnostic, ...]:
    return (NO_SENDER.at(project.at("publisher")),) if "onix" in wanted and not project.publisher else ()


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
