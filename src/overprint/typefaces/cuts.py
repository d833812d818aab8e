"""Static cuts of the variable typefaces that come in wheels: made where they are missing, and kept.

WeasyPrint draws a variable font's default weight only and readers on paper devices often draw none, so both books get
static files. A cut is keyed by its source, its axes and the cutter, and so never needs refreshing.
"""

from __future__ import annotations

import functools
import hashlib
import re
import struct
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from overprint.diagnostics import Exit, Stop, error
from overprint.model import Face
from overprint.typefaces import coverage, kept, own
from overprint.typefaces.wheels import EVERY_STYLE, FALLBACKS, FAMILIES, Cut, Family

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

UNUSABLE = error(
    "P017",
    "typeface “{family}” cannot be used: {reason}",
    "install overprint again with all its dependencies, or choose another typeface",
    manual="""The book asks for a typeface that overprint cannot find or cut. Typefaces come in packages that are
    installed with overprint, so a missing one means that the installation is not whole, or that a theme names a
    typeface that is not there. Nothing in the manuscript is wrong.""",
)

FINISH = "names 2, figures 2"
"""What is done to cuts, as it goes into their keys."""

RAISED = {"sups": "⁰¹²³⁴⁵⁶⁷⁸⁹", "subs": "₀₁₂₃₄₅₆₇₈₉"}
"""Features that raise or lower figures, and the characters that are such figures from 0 on."""

OTHER_NAMES = frozenset({18, 20, 21, 22, 25})
"""Numbers of further names that a variable font gives itself."""

OPEN = re.compile("open font license|scripts.sil.org/ofl|openfontlicense.org", re.IGNORECASE)
"""How fonts say that they are under that licence."""

CUTTER = "uharfbuzz 0.57.0"
"""What cuts, as it goes into the key of a cut: asking the installed package costs a tenth of a second."""


def faces(family: str) -> tuple[Face, ...]:
    """Return the family's static cuts, making those that are not kept yet.

    Raises:
        Stop: there is no such family, or its wheel is missing or unfit.
    """
    made = tuple(Face(family, cut.weight, cut.style, _made(family, cut)) for cut in _family(family).cuts)
    return tuple(_standing_in(made)) if family in FALLBACKS else made


def _standing_in(made: tuple[Face, ...]) -> Iterator[Face]:
    """Yield a face for every style, the nearest that there is: a script without italics is not to be slanted."""
    for weight, style in EVERY_STYLE:
        nearest = min(made, key=lambda face: (face.style != style, abs(face.weight - weight)))
        yield Face(nearest.family, weight, style, nearest.path)


def installed(family: str) -> bool:
    """Tell whether the family's wheel is there."""
    return _folder(_family(family).package) is not None


def names(used: Iterable[Face], *, free: bool = True) -> tuple[str, ...]:
    """Return what a colophon calls the typefaces of these faces, each once: those under the SIL Open Font License.

    Without `free`, return the others.
    """
    called = {}
    for face in used:
        told = own.facts(face.path)
        if (told is None or bool(OPEN.search(told["licence"]))) is free:
            called[face.family if told else _family(face.family).typeface] = True
    return tuple(called)


def called(family: str) -> str:
    """Return what the files of a family call themselves; an editor's own do by the family's name."""
    known = FAMILIES.get(family)
    return (known and known.called) or family


def licence(face: Face) -> str:
    """Return the text of a typeface's licence, which must travel with its files; an editor's own may have none.

    Raises:
        Stop: its wheel is missing.
    """
    if (told := own.facts(face.path)) is not None:
        return str(told["licence"])
    family = face.family
    from importlib.metadata import PackageNotFoundError, distribution

    wheel = _family(family).package.replace("_", "-")
    try:
        text = distribution(wheel).read_text("licenses/LICENSE")
    except PackageNotFoundError:
        text = None
    if text is None:
        raise _unusable(family, f"the licence of the package {wheel} is missing")
    return text


def features(font: bytes) -> frozenset[str]:
    """Return the tags of the OpenType features of a TTF or OTF.

    fontTools would read all of the tables for it, which takes a second with a large typeface.
    """
    (count,) = struct.unpack_from(">H", font, 4)
    tags = set()
    for record in range(12, 12 + 16 * count, 16):
        if font[record : record + 4] in (b"GSUB", b"GPOS"):
            (table,) = struct.unpack_from(">L", font, record + 8)
            start = table + struct.unpack_from(">H", font, table + 6)[0]
            (entries,) = struct.unpack_from(">H", font, start)
            tags |= {font[at : at + 4].decode("ascii") for at in range(start + 2, start + 2 + 6 * entries, 6)}
    return frozenset(tags)


def _family(name: str) -> Family:
    try:
        return FAMILIES.get(name) or FALLBACKS[name]
    except KeyError:
        known = ", ".join(FAMILIES)
        raise _unusable(name, f"overprint brings only {known}") from None


def _folder(package: str) -> Path | None:
    """Return where a wheel is unpacked, None where it is not installed."""
    # Asking for the distribution would take a tenth of a second.
    from importlib.util import find_spec

    found = find_spec(package)
    return Path(found.origin).parent if found and found.origin else None


def _read(family: str, name: str) -> bytes:
    try:
        return _file(family, name).read_bytes()
    except OSError:
        raise _missing(family, name) from None


def _file(family: str, name: str) -> Path:
    package = _family(family).package
    return (_folder(package) or Path(package)) / name


def _missing(family: str, name: str) -> Stop:
    wheel = _family(family).package.replace("_", "-")
    return _unusable(family, f"“{name}” of the package {wheel} is missing")


def _unusable(family: str, reason: str) -> Stop:
    return Stop(UNUSABLE.at(family=family, reason=reason), exit=Exit.CANNOT)


def _made(family: str, cut: Cut) -> Path:
    """Return the cut's file, which is made when it is not there."""
    path = _path(family, cut)
    if not path.is_file():
        content = _cut(family, cut)
        try:
            kept.put(coverage.file_of(path), coverage.characters(content))
            kept.put(path, content)
        except OSError as reason:
            raise _unusable(family, f"“{path}” cannot be written ({reason.strerror})") from None
    return path


def _path(family: str, cut: Cut) -> Path:
    """Return where a cut is kept."""
    key = hashlib.sha256(
        f"{called(family)} {cut} {CUTTER} {coverage.FORM} {FINISH} {_digest(family, cut.source)}".encode()
    ).hexdigest()[:32]
    return kept.place(key, _file_name(family, cut))


def _digest(family: str, source: str) -> str:
    file = _file(family, source)
    try:
        stat = file.stat()
        return _digest_of(file, stat.st_size, stat.st_mtime_ns)
    except OSError:
        raise _missing(family, source) from None


@functools.lru_cache(maxsize=64)
def _digest_of(file: Path, size: int, changed: int) -> str:
    """Return a digest of a file; its size and its time say whether it is still the same."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _file_name(family: str, cut: Cut) -> str:
    """Return a PostScript name with the file's ending, such as `EBGaramond-BoldItalic.ttf`."""
    return f"{called(family)}-{cut.style_name}{Path(cut.source).suffix}".replace(" ", "")


def _cut(family: str, cut: Cut) -> bytes:
    """Return the bytes of a static cut."""
    import io

    from fontTools.ttLib import TTFont

    source = _read(family, cut.source)
    pinned = _pinned(source, cut) if cut.axes else source
    if lost := features(source) - features(pinned) - {"rvrn"}:  # required variations are settled by the cut
        raise _unusable(family, f"{_file_name(family, cut)} has lost the features {', '.join(sorted(lost))}")
    # A time stamp would make every machine's book differ. What is not touched is copied as it is.
    font = TTFont(io.BytesIO(pinned), recalcTimestamp=False)
    _rename(font, family, cut)
    _name_raised_figures(font)
    for tag in ("STAT", "DSIG"):  # one describes axes that are gone, the other signs other bytes
        if tag in font:
            del font[tag]
    made = io.BytesIO()
    font.save(made)
    return made.getvalue()


def _pinned(source: bytes, cut: Cut) -> bytes:
    """Return a variable font nailed down where the cut lies; all its glyphs and features stay."""
    # HarfBuzz takes hundredths of a second for what takes fontTools twenty with these typefaces.
    import uharfbuzz

    face = uharfbuzz.Face(uharfbuzz.Blob(source))
    wanted = uharfbuzz.SubsetInput()
    wanted.keep_everything()
    for axis, value in cut.axes:
        wanted.pin_axis_location(face, axis, value)
    return bytes(uharfbuzz.subset(face, wanted).blob.data)


def _rename(font: TTFont, family: str, cut: Cut) -> None:
    """Give the cut the family name that style sheets use: readers that match by name then find it too."""
    table, name = font["name"], called(family)
    postscript = _file_name(family, cut).partition(".")[0]
    names = {
        1: name,
        2: cut.style_name,
        3: f"{postscript};overprint",
        4: f"{name} {cut.style_name}",
        6: postscript,
        16: name,
        17: cut.style_name,
    }
    table.names = [record for record in table.names if record.nameID not in OTHER_NAMES]
    for record in table.names:
        record.string = names.get(record.nameID, record.toUnicode())


def _name_raised_figures(font: TTFont) -> None:
    """Give raised and lowered figures that are there as features only, as in an italic, their characters too."""
    characters = font.getBestCmap()
    for feature, raised in RAISED.items():
        shapes = _single(font, feature)
        for figure, char in enumerate(raised):
            shape = shapes.get(characters.get(ord(str(figure)), ""))
            if shape and ord(char) not in characters:
                for table in font["cmap"].tables:
                    if table.isUnicode():
                        table.cmap[ord(char)] = shape
                _make_room(font, shape)


def _make_room(font: TTFont, shape: str) -> None:
    """Keep a slanted figure from leaning over the space behind it: it goes back half the way, and takes the rest."""
    width, before = font["hmtx"][shape]
    glyph = font["glyf"][shape]
    half = (glyph.xMax - width) // 2
    if half > 0 and glyph.isComposite():
        for component in glyph.components:
            component.x -= half
        font["hmtx"][shape] = width + half, before - half


def _single(font: TTFont, feature: str) -> dict[str, str]:
    """Return the glyphs that a feature puts in the place of others, one for one."""
    found: dict[str, str] = {}
    if "GSUB" in font:
        table = font["GSUB"].table
        lookups = (
            at
            for each in table.FeatureList.FeatureRecord
            if each.FeatureTag == feature
            for at in each.Feature.LookupListIndex
        )
        for at in lookups:
            for subtable in table.LookupList.Lookup[at].SubTable:
                found |= getattr(getattr(subtable, "ExtSubTable", subtable), "mapping", {})
    return found
