"""A profile: what one printer takes, as dated data with its sources. What could not be established is None, and said.

Ours are in `profiles/`; a book's own are in `profiles/NAME.yaml` beside its `manuscript/`, and come first. A profile
may rest on another (`like: kdp`) and then says only what differs.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

from overprint import fields, files, lengths
from overprint.diagnostics import Diagnostic, Exit, Made, Place, Stop, error, errors
from overprint.fields import WRONG_VALUE, Fields
from overprint.press import spot, standards
from overprint.press.profile_keys import KEYS

OURS = Path(__file__).parent / "profiles"
FOLDER = "profiles"
UNMENDED = "print"
"""The profile of a book for which no printer is named."""

NO_PROFILE = error(
    "B121",
    "there is no profile called `{name}`",
    "use one of: {known}",
    "A profile says what one printer takes. `overprint profiles` lists those that there are: ours, and those in the "
    "book's own folder `profiles/`.",
)
IN_A_RING = error(
    "B122",
    "the profile `{name}` rests on itself",
    "name another after `like:`, or none",
    "A profile may rest on another, `like: kdp`, and then says only what differs. Two that rest on each other say "
    "nothing.",
)

Colour = Literal["mono", "cmyk", "srgb"]


@dataclass(frozen=True, slots=True)
class Bleed:
    """How far ink runs over each edge of the page, in points; `inner` is the edge at the spine."""

    top: float = 0
    bottom: float = 0
    outer: float = 0
    inner: float = 0


@dataclass(frozen=True, slots=True)
class Band:
    """The least inner margin, in points, of books of so many pages, first and last included."""

    pages: tuple[int, int]
    gutter: float


@dataclass(frozen=True, slots=True)
class Intent:
    """The printing condition: its name in a registry, and the ICC profile's path or file name, empty for none."""

    identifier: str
    registry: str
    info: str
    icc: str


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper by name; `page` is how thick the spine grows with each page, in points."""

    name: str
    page: float


@dataclass(frozen=True, slots=True)
class Spine:
    """How thick a book is: pages times its paper's, and `cover` for the cover's board, in points.

    Words stand on it from `text_from` pages on, `clear` points from both folds; None where that is not established.
    """

    papers: tuple[Paper, ...]
    cover: float
    text_from: int | None
    clear: float | None


@dataclass(frozen=True, slots=True)
class Box:
    """A place on the back cover for the barcode: its size, and how far from the spine and the foot, in points."""

    width: float
    height: float
    spine: float
    foot: float


@dataclass(frozen=True, slots=True)
class Profile:
    """What one printer takes.

    Attributes:
        name: how `--profile` names it.
        title: who takes such files.
        dated: when its facts were last looked up, as 2026-11-23; empty where nobody says.
        sources: where the facts are from.
        unknown: what could not be established, in words.
        standard: the standard that the file claims: PDF/X-1a, PDF/X-4 or none.
        pdf_version: such as `1.4`. X-1a on 1.3 is PDF/X-1a:2001, on 1.4 PDF/X-1a:2003.
        colour: what inks or light the pages are in. Black text is black alone in each.
        intent: the printing condition; None where the file names none.
        spot: an ink with a name of its own, beside the four.
        ink_limit: the most ink on a spot, in per cent of one solid ink.
        bleed: how far ink runs over the edges, where pages have ink that does.
        marks: whether crop marks stand outside the bleed.
        safety: the least distance of text from the edges, in points.
        gutters: inner margins by page count.
        pages: the fewest and the most pages.
        multiple: the number of pages is a multiple of it.
        trims: page sizes, width and height in points; empty where all are taken.
        ppi: the least and the most pixels to an inch of a picture as printed.
        annotations: whether links may stay.
        outline: whether bookmarks may stay.
        metadata: whether the file may tell its title and author, and be tagged.
        transparency: whether it may stay.
        fonts_cff: whether PostScript outlines may stand in OpenType files (FontFile3 /OpenType, from PDF 1.6 on).
        type_least: the smallest type, in points.
        hairline: the thinnest line, in points.
        last_page_blank: whether the last page must be blank.
        file_limit: the largest file, in bytes.
        spine: how thick the book is, for the cover.
        barcode: where the barcode stands on the cover.
        cover_bleed: how far the cover runs over all its edges, in points.
    """

    name: str
    title: str
    dated: str = ""
    sources: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    standard: Literal["", "x1a", "x4"] = ""
    pdf_version: str = "1.7"
    colour: Colour = "srgb"
    intent: Intent | None = None
    spot: spot.Spot | None = None
    ink_limit: float | None = None
    bleed: Bleed = Bleed()
    marks: bool = False
    safety: float | None = None
    gutters: tuple[Band, ...] = ()
    pages: tuple[int | None, int | None] = (None, None)
    multiple: int | None = None
    trims: tuple[tuple[float, float], ...] = ()
    ppi: tuple[float | None, float | None] = (None, None)
    annotations: bool = True
    outline: bool = True
    metadata: bool = True
    transparency: bool = True
    fonts_cff: bool = True
    type_least: float | None = None
    hairline: float | None = None
    last_page_blank: bool = False
    file_limit: int | None = None
    spine: Spine | None = None
    barcode: Box | None = None
    cover_bleed: float | None = None

    def gutter(self, pages: int) -> float | None:
        """Return the least inner margin of a book of so many pages, in points; None where none is asked."""
        return next((band.gutter for band in self.gutters if band.pages[0] <= pages <= band.pages[1]), None)


def known(root: Path | None) -> tuple[str, ...]:
    """Return the names of all profiles that a book in `root` can have; without one, ours."""
    folders = (OURS, root / FOLDER) if root else (OURS,)
    return tuple(dict.fromkeys(path.stem for folder in folders for path in sorted(folder.glob("*.yaml"))))


def find(name: str, root: Path | None, place: Place) -> Profile:
    """Return a profile; a book's own comes before ours. `place` is where it is named.

    Raises:
        Stop: there is none, or what it says is wrong: each fault with its line.
    """
    got = _all(name, root, place, ())
    faults = tuple(_disagreeing(got.value))
    if faults or errors(got.diagnostics):
        raise Stop(*got.diagnostics, *faults)
    return _profile(name, got.value)


def _all(name: str, root: Path | None, place: Place, above: tuple[Path, ...]) -> Made[Fields]:
    """Return what a profile and those that it rests on say, its own word last."""
    places = [folder / f"{name}.yaml" for folder in ((root / FOLDER, OURS) if root else (OURS,))]
    named = name in known(root)
    path = next((each for each in places if named and each.is_file() and each not in above), None)
    if path is None:
        near = difflib.get_close_matches(name, known(root), 1, 0.5)
        cure = f"did you mean `{near[0]}`?" if near and not named else ""
        kind = IN_A_RING if named else NO_PROFILE
        why = kind.at(place, name=name, known=", ".join(known(root)), hint=cure)
        raise Stop(why, exit=Exit.CONTENT if place.line else Exit.USAGE)  # without a line it was typed as an option
    own = root is not None and path.is_relative_to(root)
    text, said = files.read_text(path, root or OURS) if own else (path.read_text("utf-8"), ())
    start = Place(files.shown(path, root) if own and root else f"{FOLDER}/{path.name}", 1, 1)
    got = fields.read(text, start, KEYS)
    said += got.diagnostics
    if not (like := got.value.text("like")):
        return Made(got.value, said)
    below = _all(like, root, got.value.places["like"], (*above, path))
    # A list or a part that is said anew replaces the whole one below.
    anew = tuple(f"{key.name}." for key in KEYS if key.name in {"intent", "spot", "bleed", "spine", "barcode"})
    anew = tuple(part for part in anew if any(key.startswith(part) for key in got.value.values))
    kept = {key: value for key, value in below.value.values.items() if not key.startswith(anew)}
    merged = Fields({**kept, **got.value.values}, {**below.value.places, **got.value.places})
    return Made(merged, below.diagnostics + said)


def _disagreeing(got: Fields) -> list[Diagnostic]:
    """Say what keys, each right by itself, say together that cannot be."""
    said = []
    for number, words in enumerate(got.texts("trims")):
        if lengths.trim(words) is None:
            place = got.places.get(f"trims.{number}", got.places["trims"])
            said.append(WRONG_VALUE.at(place, key="trims", found=f"`{words}`", wanted="sizes such as 6 x 9 in"))
    for key, wanted in (("pages", "at least as many as `least`"), ("pictures", "at least as many as `least`")):
        least, most = got.values.get(f"{key}.least"), got.values.get(f"{key}.most")
        if least is not None and most is not None and got.number(f"{key}.most") < got.number(f"{key}.least"):
            said.append(WRONG_VALUE.at(got.places[f"{key}.most"], key="most", found=f"`{most}`", wanted=wanted))
    return [*said, *spot.faults(got), *standards.faults(got)]


def _profile(name: str, got: Fields) -> Profile:
    def points(key: str, source: Fields = got) -> float | None:
        return lengths.points(source.text(key)) if key in source.values else None

    def length(key: str, source: Fields = got) -> float:
        return points(key, source) or 0.0

    def count(key: str) -> int | None:
        return got.number(key) if key in got.values else None

    standard, version = got.text("standard", "none"), got.text("pdf", "1.7")
    forbidden = standards.forbidden(standard, version)
    papers = tuple(Paper(each.text("name"), length("page", each)) for each in got.entries("spine.papers"))
    trims = tuple(size for words in got.texts("trims") if (size := lengths.trim(words)))
    megabytes = count("megabytes")
    return Profile(
        name=name,
        title=got.text("title"),
        dated=got.text("dated"),
        sources=got.texts("sources"),
        unknown=got.texts("unknown"),
        standard=cast("Literal['', 'x1a', 'x4']", "" if standard == "none" else standard),
        pdf_version=version,
        colour=cast("Colour", got.text("colour", "srgb")),
        intent=Intent(*(got.text(f"intent.{key}") for key in ("identifier", "registry", "info", "icc")))
        if "intent.identifier" in got.values
        else None,
        spot=spot.read(got),
        ink_limit=count("ink_limit"),
        bleed=Bleed(*(length(f"bleed.{side}") for side in ("top", "bottom", "outer", "inner"))),
        marks=got.flag("marks"),
        safety=points("safety"),
        gutters=tuple(
            Band((each.number("from"), each.number("to")), length("inner", each)) for each in got.entries("gutters")
        ),
        pages=(count("pages.least"), count("pages.most")),
        multiple=count("pages.multiple"),
        trims=trims,
        ppi=(count("pictures.least"), count("pictures.most")),
        annotations=got.flag("annotations", "annotations" not in forbidden),
        outline=got.flag("outline", True),
        metadata=got.flag("metadata", True),
        transparency=got.flag("transparency", "transparency" not in forbidden),
        fonts_cff=got.flag("opentype", "opentype" not in forbidden),
        type_least=points("type_least"),
        hairline=points("hairline"),
        last_page_blank=got.flag("pages.last_blank"),
        file_limit=megabytes * 1_000_000 if megabytes else None,
        spine=Spine(papers, length("spine.cover"), count("spine.text_from"), points("spine.clear")) if papers else None,
        barcode=Box(*(length(f"barcode.{key}") for key in ("width", "height", "spine", "foot")))
        if "barcode.width" in got.values
        else None,
        cover_bleed=points("cover_bleed"),
    )
