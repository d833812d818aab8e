"""Static cuts of the variable typefaces that come in wheels: the same bytes on every machine, cut once and kept.

WeasyPrint draws a variable font's default weight only and readers on paper devices often draw none, so both books get
static files. A cut is keyed by its source, its axes and the version of fontTools, and so never needs refreshing.
"""

from __future__ import annotations

import atexit
import functools
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from overprint import files
from overprint.diagnostics import Exit, Stop, error
from overprint.model import Face

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

KEPT_FEATURES = frozenset({"smcp", "c2sc", "onum", "lnum", "pnum", "tnum", "sups", "liga", "kern"})
"""The features that the themes use; a cut without one of them would print wrongly in silence."""


@dataclass(frozen=True, slots=True)
class Cut:
    """One static cut: `source` is the variable font's file in the wheel, `name` the file that is made."""

    name: str
    source: str
    weight: int
    style: Literal["normal", "italic"] = "normal"

    @property
    def style_name(self) -> str:
        """What stands behind the dash of the name, such as `Regular`."""
        return self.name.partition("-")[2].removesuffix(".ttf")


@dataclass(frozen=True, slots=True)
class Wheel:
    """A wheel that brings a family: its import `package`, the `cuts` made of it and where its licence stands."""

    package: str
    cuts: tuple[Cut, ...]
    licence: str = "LICENSE"


WHEELS = {
    "EB Garamond": Wheel(
        "fontpkg_eb_garamond",
        (
            Cut("EBGaramond-Regular.ttf", "files/EBGaramond[wght].ttf", 400),
            Cut("EBGaramond-Italic.ttf", "files/EBGaramond-Italic[wght].ttf", 400, "italic"),
            Cut("EBGaramond-Bold.ttf", "files/EBGaramond[wght].ttf", 700),
        ),
    ),
}


def faces(family: str) -> tuple[Face, ...]:
    """Return the family's static cuts, making those that are not kept yet.

    Raises:
        Stop: there is no such family, or its wheel is missing or unfit.
    """
    cuts = _wheel(family).cuts
    paths = [_path(family, cut) for cut in cuts]
    missing = [cut for cut, path in zip(cuts, paths, strict=True) if not path.is_file()]
    if len(missing) > 1:
        _make_together(family, missing)
    return tuple(Face(family, cut.weight, cut.style, _made(family, cut)) for cut in cuts)


def licence(family: str) -> str:
    """Return the text of the family's licence, which must travel with its files.

    Raises:
        Stop: there is no such family, or its wheel is missing.
    """
    return _read(family, _wheel(family).licence).decode("utf-8")


def features(path: Path) -> frozenset[str]:
    """Return the tags of the OpenType features of a font file."""
    from fontTools.ttLib import TTFont

    with TTFont(path, lazy=True) as font:
        return _features(font)


def _features(font: TTFont) -> frozenset[str]:
    tables = [font[tag].table for tag in ("GSUB", "GPOS") if tag in font]
    return frozenset(record.FeatureTag for table in tables for record in table.FeatureList.FeatureRecord)


def _wheel(family: str) -> Wheel:
    try:
        return WHEELS[family]
    except KeyError:
        known = ", ".join(WHEELS)
        raise _unusable(family, f"overprint brings only {known}") from None


def _read(family: str, name: str) -> bytes:
    import importlib.resources

    package = _wheel(family).package
    try:
        return importlib.resources.files(package).joinpath(name).read_bytes()
    except (ModuleNotFoundError, OSError):
        wheel = package.replace("_", "-")
        raise _unusable(family, f"“{name}” of the package {wheel} is missing") from None


def _unusable(family: str, reason: str) -> Stop:
    return Stop(UNUSABLE.at(family=family, reason=reason), exit=Exit.CANNOT)


def _made(family: str, cut: Cut) -> Path:
    """Return the cut's file, which is made when it is not there."""
    path = _path(family, cut)
    if not path.is_file():
        content = _cut(family, cut)
        try:
            _put(path, content)
        except OSError as reason:
            raise _unusable(family, f"“{path}” cannot be written ({reason.strerror})") from None
    return path


def _make_together(family: str, cuts: list[Cut]) -> None:
    """Make several cuts at once: each takes a processor for seconds. What fails here is made, or told, by `_made`."""
    where = {"OVERPRINT_CACHE": str(_cache()), "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    children = [
        subprocess.Popen(  # noqa: S603 - our own interpreter and module
            [sys.executable, "-P", "-m", "overprint.typefaces", family, cut.name],
            env={**os.environ, **where},
            stderr=subprocess.DEVNULL,
        )
        for cut in cuts
    ]
    for child in children:
        child.wait()


def _path(family: str, cut: Cut) -> Path:
    """Return where a cut is kept."""
    # Asking the metadata costs tens of milliseconds, importing fontTools and its instancer a few hundred.
    import importlib.metadata

    recipe = f"{family} {cut} fontTools={importlib.metadata.version('fonttools')}"
    key = hashlib.sha256(_read(family, cut.source) + recipe.encode()).hexdigest()[:32]
    inside = Path("fonts", key, cut.name)
    # What was put there for all users can be read although they cannot write there.
    kept = files.own_cache() / inside
    return kept if kept.is_file() else _cache() / inside


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
    from fontTools.varLib.instancer import instantiateVariableFont

    # A time stamp would make every machine's book differ.
    source = TTFont(io.BytesIO(_read(family, cut.source)), recalcTimestamp=False)
    font = instantiateVariableFont(source, {"wght": cut.weight})
    _rename(font, family, cut)
    # It describes axes that are gone.
    if "STAT" in font:
        del font["STAT"]
    if lost := KEPT_FEATURES - _features(font):
        raise _unusable(family, f"{cut.name} has lost the features {', '.join(sorted(lost))}")
    made = io.BytesIO()
    font.save(made)
    return made.getvalue()


def _rename(font: TTFont, family: str, cut: Cut) -> None:
    """Give the cut the family name that style sheets use: readers that match by name then find it too."""
    names = {
        1: family,
        2: cut.style_name,
        4: f"{family} {cut.style_name}",
        6: cut.name.removesuffix(".ttf"),
        16: family,
        17: cut.style_name,
    }
    for record in font["name"].names:
        record.string = names.get(record.nameID, record.toUnicode())


if __name__ == "__main__":
    _family, _name = sys.argv[1:]
    _made(_family, next(cut for cut in _wheel(_family).cuts if cut.name == _name))
