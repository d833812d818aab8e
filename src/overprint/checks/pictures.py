"""Rules on pictures: what is said of them, and how large they are."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote, unquote

from overprint.checks.prose import prose
from overprint.checks.rules import Rules, Say
from overprint.diagnostics import Diagnostic, Place, Severity
from overprint.model import Essay, Manuscript, Text

RULES = Rules[Manuscript]()
WARNING, HINT = Severity.WARNING, Severity.HINT
SHOWN = (".png", ".jpg", ".jpeg", ".gif")
MEASURE = 4.0
"""Inches; the width of the text on the narrowest page that a theme sets in one column."""
CSS_PIXELS = 96
"""Pixels to the inch of a picture narrower than the text; a wider one is made as narrow."""
COARSE = 150
MOST_PIXELS = 5_600_000
"""What a large bookshop allows in one picture."""

_PICTURE = re.compile(
    r"!\[(?P<alt>(?:[^\[\]\\]|\\.|\[[^\[\]]*\])*)\]\(\s*<?(?P<source>[^\s<>]+?)>?(?:\s+[\"'(](?P<title>[^\"\n]*)[\"')])?\s*\)"
    r"(?P<attributes>\{[^{}\n]*\})?"
)


@dataclass(frozen=True, slots=True)
class _Picture:
    """A picture as a text names it; `path` is the file, which may not be there."""

    alt: str
    source: str
    caption: str
    decorative: bool
    path: Path
    place: Place


def _pictures(manuscript: Manuscript, essay: Essay) -> Iterator[_Picture]:
    for text in (essay.body, *(comment.body for comment in essay.comments if comment.include)):
        if "![" in text.value:
            yield from _in_text(text, manuscript.project.manuscript / essay.folder)


def _in_text(text: Text, folder: Path) -> Iterator[_Picture]:
    made = prose(text)
    for found in _PICTURE.finditer(text.value):
        if made.words[found.start()] == "!":  # not in code
            yield _Picture(
                found["alt"].strip(),
                found["source"],
                (found["title"] or "").strip(),
                "decorative" in (found["attributes"] or ""),
                folder / unquote(found["source"]),
                made.place(found.start("source")),
            )


def _all(manuscript: Manuscript) -> Iterator[_Picture]:
    for essay in manuscript.essays:
        yield from _pictures(manuscript, essay)


_NAMELESS = re.compile(
    r"(?:an? |the )?(?:image|picture|photo(?:graph)?|graphic|screen ?shot|img|dsc[nf]?|pxl|untitled|figure)?"
    r"[\s\d_.:#-]*(?:\.\w{2,4})?|\S+\.(?:jpe?g|png|gif|svg|webp)",
    re.IGNORECASE,
)


@RULES.rule(
    "M313", WARNING, "“{alt}” does not say what is in the picture", "describe it in a few words, or add {{.decorative}}"
)
def description_says_nothing(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """What stands between the square brackets is read aloud to readers who cannot see the picture.

    The name of its file tells them nothing.

    Bad, in essay.md:
        ![IMG_2041.png](images/bee.png)
    and in images/bee.png:
        a picture of 1200 × 800 pixels
    Good, in essay.md:
        ![A bee on a thistle](images/bee.png)
    and in images/bee.png:
        a picture of 1200 × 800 pixels
    """
    for picture in _all(manuscript):
        alt, stem = picture.alt.casefold(), picture.path.stem.casefold()
        named = alt == stem and not alt.isalpha()
        if alt and not picture.decorative and (named or _NAMELESS.fullmatch(alt)):
            yield say(picture.place, alt=picture.alt)


@RULES.rule(
    "M317", HINT, "this picture has no caption, unlike others in this essay", 'write it as `({source} "The caption")`'
)
def caption_missing(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """If most pictures of an essay have captions, readers look for one below each.

    A caption stands in quotation marks behind the file's name.

    Bad, in essay.md:
        ![A bee on a thistle](images/bee.png "A worker, in June")

        ![A hive](images/hive.png "The hive")

        ![A wasp](images/wasp.png)
    and in images/bee.png:
        a picture of 1200 × 800 pixels
    Good, in essay.md:
        ![A bee on a thistle](images/bee.png "A worker, in June")

        ![A wasp](images/wasp.png "Her enemy")
    and in images/bee.png:
        a picture of 1200 × 800 pixels
    """
    for essay in manuscript.essays:
        pictures = [picture for picture in _pictures(manuscript, essay) if not picture.decorative]
        bare = [picture for picture in pictures if not picture.caption]
        if len(bare) * 2 < len(pictures):
            yield from (say(picture.place, source=picture.source) for picture in bare)


@RULES.rule(
    "M322",
    HINT,
    "the picture {path} is not in the essay",
    "name it in the text as `![what is in it](images/{name})`, or move it elsewhere",
)
def unused_picture(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """A file in `images/` that no text names is in neither book. Often it was forgotten, or its name is misspelt.

    Bad, in images/bee.png:
        a picture of 1200 × 800 pixels
    Good, in essay.md:
        ![A bee on a thistle](images/bee.png)
    and in images/bee.png:
        a picture of 1200 × 800 pixels
    """
    for essay in manuscript.essays:
        folder = manuscript.project.manuscript / essay.folder / "images"
        texts = [essay.body.value, *(comment.body.value for comment in essay.comments)]
        for path in sorted(folder.glob("*.*")) if folder.is_dir() else ():
            named = any(name in text for name in {path.name, quote(path.name)} for text in texts)
            if path.suffix.lower() in (*SHOWN, ".svg", ".webp", ".tif", ".tiff") and not named and path.name[0] != ".":
                where = path.relative_to(manuscript.project.root).as_posix()
                yield say(Place(where), path=where, name=path.name)


@lru_cache(maxsize=1024)
def measured(path: Path) -> tuple[int, int, str]:
    """Return the pixels across and down, and the colours; nothing where another rule says that the file is no good."""
    if path.suffix.lower() not in SHOWN or not _is_there(path):
        return 0, 0, ""
    from PIL import Image

    try:
        with (
            warnings.catch_warnings(action="ignore"),
            Image.open(path) as image,
        ):  # it warns of large pictures, as we do
            return *image.size, image.mode
    except (OSError, ValueError, Image.DecompressionBombError):
        return 0, 0, ""


def _is_there(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name that is too long
        return False


@RULES.rule(
    "M314",
    WARNING,
    "`{source}` is {across} pixels wide: in print that is {ppi} to the inch",
    "find a larger one: {fair} pixels for a fair print, {good} for a good one",
)
def coarse_picture(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """A picture made for a screen looks soft or stepped on paper.

    Printers ask for 300 pixels to the inch; below 150 everybody sees it.

    Bad, in essay.md:
        ![A bee on a thistle](images/bee.png)
    and in images/bee.png:
        a picture of 400 × 300 pixels
    Good, in essay.md:
        ![A bee on a thistle](images/bee.png)
    and in images/bee.png:
        a picture of 1200 × 900 pixels
    """
    for picture in _all(manuscript):
        across = measured(picture.path)[0]
        ppi = round(max(CSS_PIXELS, across / MEASURE))
        if across and ppi < COARSE:
            fair, good = round(MEASURE * COARSE), round(MEASURE * 2 * COARSE)
            yield say(picture.place, source=picture.source, across=across, ppi=ppi, fair=fair, good=good)


@RULES.rule(
    "M320",
    HINT,
    "`{source}` has {millions} million pixels",
    "save it smaller: {across} × {down} is enough for any page",
)
def vast_picture(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """More pixels than a page can show make the EPUB heavy and slow.

    Some bookshops refuse a picture of more than 5.6 million pixels.

    Bad, in essay.md:
        ![A bee on a thistle](images/bee.png)
    and in images/bee.png:
        a picture of 4000 × 3000 pixels
    Good, in essay.md:
        ![A bee on a thistle](images/bee.png)
    and in images/bee.png:
        a picture of 2000 × 1500 pixels
    """
    for picture in _all(manuscript):
        across, down, _ = measured(picture.path)
        if across * down > MOST_PIXELS:
            scale = (MOST_PIXELS / (across * down)) ** 0.5
            size = {"across": int(across * scale), "down": int(down * scale)}
            yield say(picture.place, source=picture.source, millions=round(across * down / 1e6, 1), **size)


@RULES.rule(
    "M315", WARNING, "`{source}` is in the printer's colours, CMYK", "save it in RGB, as cameras and screens do"
)
def printers_colours(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """A few reading systems show a JPEG of four inks with wrong colours, or not at all.

    Save it in RGB: overprint makes one file serve both books.

    Bad, in essay.md:
        ![A bee on a thistle](images/bee.jpg)
    and in images/bee.jpg:
        a picture of 1200 × 900 pixels, in CMYK
    Good, in essay.md:
        ![A bee on a thistle](images/bee.jpg)
    and in images/bee.jpg:
        a picture of 1200 × 900 pixels
    """
    for picture in _all(manuscript):
        if measured(picture.path)[2] == "CMYK":
            yield say(picture.place, source=picture.source)
