"""Rules on a cover that the editor brings; one that is made needs none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from overprint.checks.book import fault_of
from overprint.checks.pictures import MOST_PIXELS, measured
from overprint.checks.rules import Rules, Say
from overprint.diagnostics import Diagnostic, Severity
from overprint.model import Manuscript

RULES = Rules[Manuscript]()
WARNING, HINT = Severity.WARNING, Severity.HINT
TYPES = {".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".png": "image/png"}
NARROWEST = 1400
"""Pixels; some large bookshops take no cover that is narrower."""
LOWEST, HIGHEST = 1.3, 1.7
"""How many times as high as wide: 1.6 is what most ask for, 1.33 is a tablet's screen, 1.5 a common trim."""


def _picture(manuscript: Manuscript) -> tuple[str, Path]:
    """Return the cover as the editor names it, and its file; an empty name where one is made."""
    name = manuscript.project.cover
    return name, manuscript.project.manuscript / name


def _size(manuscript: Manuscript) -> tuple[int, int, str]:
    """Return the pixels across and down, and the colours; nothing where there is no picture, or no good one."""
    name, path = _picture(manuscript)
    return (0, 0, "") if not name or _fault(path) else measured(path)


def _fault(path: Path) -> str:
    if path.suffix.lower() not in TYPES:
        return "is no JPEG and no PNG"
    if fault := fault_of(path, TYPES[path.suffix.lower()]):
        return fault
    return "" if all(measured(path)) else "is damaged, or has far too many pixels"


@RULES.rule(
    "M144",
    Severity.ERROR,
    "the cover `{name}` {fault}",
    "put a JPEG or PNG there, or delete the line: a cover is then made",
)
def cover_unusable(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """The picture that `cover:` names is a JPEG or PNG in `manuscript/`, or in a folder there.

    Without `cover:` a cover is made of title and authors in the type of the theme.

    Bad, in book.yaml:
        cover: front.jpg
    Bad, in book.yaml:
        cover: front.webp
    and in front.webp:
        a picture of 1600 × 2560 pixels
    Good, in book.yaml:
        cover: front.jpg
        cover_alt: a hive at dusk
    and in front.jpg:
        a picture of 1600 × 2560 pixels
    """
    name, path = _picture(manuscript)
    if name and (fault := _fault(path)):
        yield say(manuscript.project.at("cover"), name=name, fault=fault)


@RULES.rule(
    "M145",
    WARNING,
    "the cover `{name}` is {across} × {down} pixels, which is too few for bookshops",
    "find one of 1600 × 2560 pixels",
)
def small_cover(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """A cover fills the screen of a tablet. Some bookshops take none of less than 1400 pixels on the shorter side.

    Making a small picture larger does not help: it looks as coarse as before.

    Bad, in book.yaml:
        cover: front.jpg
    and in front.jpg:
        a picture of 800 × 1280 pixels
    Good, in book.yaml:
        cover: front.jpg
    and in front.jpg:
        a picture of 1600 × 2560 pixels
    """
    across, down, _ = _size(manuscript)
    if across and min(across, down) < NARROWEST:
        yield say(manuscript.project.at("cover"), name=manuscript.project.cover, across=across, down=down)


@RULES.rule(
    "M146",
    WARNING,
    "the cover `{name}` is {times} times as high as wide; shelves are made for 1.6",
    "cut it to {good_across} × {good_down} pixels",
)
def odd_cover(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Shops and reading systems show covers upright, 1.6 times as high as wide or somewhat less.

    Others get grey bars, or are cut.

    Bad, in book.yaml:
        cover: front.jpg
    and in front.jpg:
        a picture of 2000 × 2000 pixels
    Good, in book.yaml:
        cover: front.jpg
    and in front.jpg:
        a picture of 1500 × 2250 pixels
    """
    across, down, _ = _size(manuscript)
    if across and not LOWEST <= down / across <= HIGHEST:
        good = min(across, round(down / 1.6))
        facts = {"good_across": good, "good_down": round(good * 1.6), "times": f"{down / across:.2f}"}
        yield say(manuscript.project.at("cover"), name=manuscript.project.cover, **facts)


@RULES.rule(
    "M147",
    WARNING,
    "the cover `{name}` is in the printer's colours, CMYK",
    "save it in RGB, as cameras and screens do, so that you see what readers will see",
)
def cover_in_printers_colours(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Screens show red, green and blue. A cover in four inks is turned into these, and its colours may shift.

    Bad, in book.yaml:
        cover: front.jpg
    and in front.jpg:
        a picture of 1600 × 2560 pixels, in CMYK
    Good, in book.yaml:
        cover: front.jpg
    and in front.jpg:
        a picture of 1600 × 2560 pixels
    """
    if _size(manuscript)[2] == "CMYK":
        yield say(manuscript.project.at("cover"), name=manuscript.project.cover)


@RULES.rule(
    "M148",
    HINT,
    "the cover `{name}` has {millions} million pixels",
    "save it as 1600 × 2560 pixels: readers load it before anything else",
)
def vast_cover(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """More pixels than a screen can show make the EPUB heavy and slow to open.

    Some bookshops refuse a picture of more than 5.6 million pixels.

    Bad, in book.yaml:
        cover: front.jpg
    and in front.jpg:
        a picture of 3200 × 5120 pixels
    Good, in book.yaml:
        cover: front.jpg
    and in front.jpg:
        a picture of 1600 × 2560 pixels
    """
    across, down, _ = _size(manuscript)
    if across * down > MOST_PIXELS:
        millions = round(across * down / 1e6, 1)
        yield say(manuscript.project.at("cover"), name=manuscript.project.cover, millions=millions)


@RULES.rule(
    "M149",
    HINT,
    "nothing says what is on the cover `{name}`",
    "describe it in a few words: `cover_alt: a hive at dusk`",
)
def cover_undescribed(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Readers who cannot see the cover are told title and authors, and what `cover_alt:` says of the picture.

    Bad, in book.yaml:
        cover: front.jpg
    and in front.jpg:
        a picture of 1600 × 2560 pixels
    Good, in book.yaml:
        cover: front.jpg
        cover_alt: a hive at dusk
    and in front.jpg:
        a picture of 1600 × 2560 pixels
    """
    project = manuscript.project
    if project.cover and not project.cover_alt:
        yield say(project.at("cover"), name=project.cover)
