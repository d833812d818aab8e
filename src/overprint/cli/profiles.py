"""`overprint profiles`: which printers are known, what each takes, who says so, and what could not be established."""

from __future__ import annotations

import contextlib
import json
import textwrap
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from overprint import show
from overprint.cli.frame import RecordFormat, root
from overprint.diagnostics import Place, Stop

if TYPE_CHECKING:
    from overprint.press.profile import Profile

STANDARDS = {"": "none", "x1a": "PDF/X-1a", "x4": "PDF/X-4"}
COLOURS = {"mono": "black ink alone", "cmyk": "four inks", "srgb": "as on a screen (sRGB)"}
WIDTH = 100


def profiles(
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="The profile to show whole.", show_default=False)
    ] = None,
    form: Annotated[RecordFormat, typer.Option("--format", help="How they are shown.")] = RecordFormat.TEXT,
) -> None:
    """List the printers that a book can be built for, or show all that one of them takes."""
    from overprint.press import profile

    place: Path | None = None
    with contextlib.suppress(Stop):
        place = root()
    names = (name,) if name else profile.known(place)
    found = [profile.find(each, place, Place(f"{profile.FOLDER}/{each}")) for each in names]
    if form is RecordFormat.JSON:
        for each in found:
            show.line(json.dumps(asdict(each)))
    elif name:
        _whole(found[0])
    else:
        for each in found:
            show.line(f"{each.name:<12} {each.dated or 'no date':<12} {each.title}")
        show.line()
        show.line(
            "Facts are of the date beside them. `overprint profiles NAME` says who says so, and what nobody does."
        )


def _whole(profile: Profile) -> None:
    """Show a profile; what is not established is not shown among its values, and said below them."""
    show.line(f"{profile.name}: {profile.title}")
    show.line(f"  {'dated':<16}{profile.dated or 'no date'}")
    for label, words in _values(profile):
        show.line(f"  {label:<16}{words}")
    for label, lines in (("sources", profile.sources), ("not established", profile.unknown)):
        for number, each in enumerate(lines):
            first, *rest = textwrap.wrap(each, WIDTH - 20, break_on_hyphens=False)
            show.line(f"  {'' if number else label:<16}- {first}")
            for more in rest:
                show.line(f"  {'':<18}{more}")


def _values(profile: Profile) -> Iterator[tuple[str, str]]:
    """Yield what is established, by its name."""
    yield "standard", f"{STANDARDS[profile.standard]}, PDF {profile.pdf_version}"
    yield "colour", COLOURS[profile.colour]
    if intent := profile.intent:
        icc = f"ICC profile {intent.icc}" if intent.icc else ""
        yield "printed as", ", ".join(filter(None, (intent.identifier, intent.info, icc)))
    if spot := profile.spot:
        yield "named ink", f"{spot.name}, instead of #{bytes(round(255 * part) for part in spot.light).hex()}"
    if profile.ink_limit:
        yield "ink", f"{profile.ink_limit:g} % at most"
    yield from _pages(profile)
    for label, allowed in (
        ("links", profile.annotations),
        ("bookmarks", profile.outline),
        ("metadata, tags", profile.metadata),
        ("transparency", profile.transparency),
        ("OpenType in PDF", profile.fonts_cff),
    ):
        yield label, "kept" if allowed else "not allowed"
    for label, length in (("smallest type", profile.type_least), ("thinnest line", profile.hairline)):
        if length:
            yield label, f"{length:g} pt"
    if ppi := _range(profile.ppi):
        yield "pictures", f"{ppi} (pixels to an inch)"
    if profile.file_limit:
        yield "file", f"{profile.file_limit / 1_000_000:g} MB at most"
    yield from _cover(profile)


def _pages(profile: Profile) -> Iterator[tuple[str, str]]:
    """Yield how large pages are, and how many."""
    if profile.trims:
        yield "sizes", ", ".join(f"{_length(width)} x {_length(height)}" for width, height in profile.trims)
    sides = [(side, getattr(profile.bleed, side)) for side in ("top", "bottom", "outer", "inner")]
    if bleeding := [f"{side} {_length(length)}" for side, length in sides if length]:
        yield "bleed", f"{', '.join(bleeding)}, where ink runs to the edge"
    yield "crop marks", "yes" if profile.marks else "no"
    if profile.safety:
        yield "margins", f"{_length(profile.safety)} at least"
    for band in profile.gutters:
        yield "inner margin", f"{_length(band.gutter)} at least, from {band.pages[0]} to {band.pages[1]} pages"
    if pages := _range(profile.pages):
        yield "pages", pages
    if profile.multiple:
        yield "in steps of", f"{profile.multiple} pages"
    if profile.last_page_blank:
        yield "last page", "blank"


def _cover(profile: Profile) -> Iterator[tuple[str, str]]:
    """Yield what is known of the cover."""
    if spine := profile.spine:
        for paper in spine.papers:
            yield "paper", f"{paper.name}, {paper.page / 72:.6f} in of spine a page"
        if spine.cover:
            yield "cover", f"{spine.cover / 72:.6f} in of spine"
        if spine.text_from:
            yield "words on spine", f"from {spine.text_from} pages on"
        if spine.clear:
            yield "", f"{_length(spine.clear)} at least from its folds"
    if box := profile.barcode:
        place = f"{_length(box.spine)} from the spine, {_length(box.foot)} from the foot"
        yield "barcode", f"{_length(box.width)} x {_length(box.height)} on the back cover, {place}"
    if profile.cover_bleed:
        yield "cover's bleed", _length(profile.cover_bleed)


def _length(points: float) -> str:
    """Return a length as people on both sides of the sea read it.

    >>> _length(9)
    '0.125 in (3.17 mm)'
    """
    return f"{points / 72:.4g} in ({points / 72 * 25.4:.3g} mm)"


def _range(bounds: tuple[float | None, float | None]) -> str:
    """Return bounds in words, of which either may be unknown.

    >>> _range((24, 828)), _range((None, 5)), _range((None, None))
    ('24 to 828', '5 at most', '')
    """
    least, most = bounds
    if least is not None and most is not None:
        return f"{least:g} to {most:g}"
    return f"{least:g} at least" if least is not None else f"{most:g} at most" if most is not None else ""
