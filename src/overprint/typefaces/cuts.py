"""Static cuts of the variable typefaces that come in wheels: made where they are missing, and kept.

WeasyPrint draws a variable font's default weight only and readers on paper devices often draw none, so both books get
static files. A cut is keyed by its source, its axes and the cutter, and so never needs refreshing.
"""

from __future__ import annotations

import atexit
import functools
import hashlib
import os
import shutil
import struct
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from overprint import files
from overprint.diagnostics import Exit, Stop, error
from overprint.model import Face
from overprint.typefaces import coverage
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


def names(used: Iterable[Face]) -> tuple[str, ...]:
    """Return what a colophon calls the typefaces of these faces, each once."""
    return tuple(dict.fromkeys(_family(face.family).typeface for face in used))


def licence(family: str) -> str:
    """Return the text of the family's licence, which must travel with its files.

    Raises:
        Stop: there is no such family, or its wheel is missing.
    """
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
            _put(coverage.file_of(path), coverage.characters(content))
            _put(path, content)
        except OSError as reason:
            raise _unusable(family, f"“{path}” cannot be written ({reason.strerror})") from None
    return path


def _path(family: str, cut: Cut) -> Path:
    """Return where a cut is kept."""
    key = hashlib.sha256(f"{family} {cut} {CUTTER} {coverage.FORM} {_digest(family, cut.source)}".encode()).hexdigest()[
        :32
    ]
    inside = Path("fonts", key, _file_name(family, cut))
    # What was put there for all users can be read although they cannot write there.
    kept = files.own_cache() / inside
    return kept if kept.is_file() else _cache() / inside


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
    return f"{family}-{cut.style_name}{Path(cut.source).suffix}".replace(" ", "")


def _cache() -> Path:
    """Return a folder that can be written, in the worst case one that lives as long as this process."""
    folder = files.own_cache()
    try:
        (folder / "fonts").mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=folder / "fonts").close()
    except OSError:
        return _passing_cache()
    return folder


@functools.cache
def _passing_cache() -> Path:
    folder = tempfile.mkdtemp(prefix="overprint-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder)


def _put(path: Path, content: bytes) -> None:
    """Write a file whole or not at all: another process may be making the same one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".cut-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


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
    names = {
        1: family,
        2: cut.style_name,
        4: f"{family} {cut.style_name}",
        6: _file_name(family, cut).partition(".")[0],
        16: family,
        17: cut.style_name,
    }
    for record in font["name"].names:
        record.string = names.get(record.nameID, record.toUnicode())
