"""Find the ICC profile of a printing condition, and see that it is one.

None comes with overprint: those of print are under licences of their own. A path is taken from the book's folder; a
name alone is looked for where machines keep such files.
"""

from __future__ import annotations

import dataclasses
import platform
from pathlib import Path

from overprint import files
from overprint.diagnostics import Diagnostic, Exit, Place, Stop, error
from overprint.press.profile import Profile

LARGEST = 32 << 20
"""Bytes; profiles of presses have 0.1 to 3 million."""
SPACES = {"mono": "GRAY", "cmyk": "CMYK", "srgb": "RGB"}
MODES = {"GRAY": "L", "CMYK": "CMYK", "RGB": "RGB"}
"""What Pillow calls colours of these spaces."""
PLACES = (
    "~/.local/share/color/icc",
    "~/.color/icc",
    "~/Library/ColorSync/Profiles",
    "/Library/ColorSync/Profiles",
    "/System/Library/ColorSync/Profiles",
    "/usr/local/share/color/icc",
    "/usr/share/color/icc",
    "/usr/share/texlive/texmf-dist/tex/generic/colorprofiles",
    "/usr/share/texmf-dist/tex/generic/colorprofiles",
    "/usr/local/texlive/*/texmf-dist/tex/generic/colorprofiles",
    "/opt/homebrew/share/texmf-dist/tex/generic/colorprofiles",
)
FREE = "FOGRA39L_coated.icc"

NO_ICC = error(
    "B123",
    "the ICC profile `{name}` of the printing condition {condition} is not on this machine",
    "{cure}",
    "An ICC profile says which inks make a colour on one paper. It is needed to turn colours into inks, and PDF/X-4 "
    "holds it. Pages with black ink alone need none for PDF/X-1a. Printers give you theirs: put it into the book's "
    "folder, and name its path in a profile of your own, such as profiles/mine.yaml, after `intent:` and `icc:`.",
)
BAD_ICC = error(
    "B124",
    "{name} is no ICC profile that can be used here: {reason}",
    "copy it again from your printer, or name another after `icc:`",
    "An ICC profile for four inks is of the colour space CMYK and of the class of printers.",
)


def settled(profile: Profile, root: Path, place: Place) -> Profile:
    """Return the profile with the path of its ICC file; with none where it is not here and may not be needed.

    Raises:
        Stop: it is needed and not here, or is broken; `place` is where the profile is named.
    """
    intent = profile.intent
    if intent is None or not intent.icc:
        return profile
    path = find(intent.icc, root)
    if path is None and (profile.standard == "x4" or "/" in intent.icc):
        raise Stop(missing(profile, place), exit=Exit.CANNOT)
    if path is not None and (reason := fault(path, SPACES[profile.colour])):
        needless = profile.colour == "mono" and profile.standard != "x4"
        if not needless or fault(path, SPACES["cmyk"]):
            raise Stop(BAD_ICC.at(Place(files.shown(path, root)), name=path.name, reason=reason), exit=Exit.CANNOT)
        path = None  # black ink alone is turned by no profile of four: the condition is named, which is enough
    return dataclasses.replace(profile, intent=dataclasses.replace(intent, icc=str(path or "")))


def missing(profile: Profile, place: Place) -> Diagnostic:
    """Say that the ICC file of a profile is not here, and how to get it."""
    name, condition = (profile.intent.icc or FREE, profile.intent.identifier) if profile.intent else (FREE, "FOGRA39")
    own = "ask your printer for it, and name its path after `icc:` in a profile of your own"
    if Path(name).name == FREE:
        own = f"{free_cure()} brings it, under a free licence; or {own}"
    return NO_ICC.at(place, name=name, condition=condition, cure=own)


def free_cure() -> str:
    """Return what installs the free ICC profile of coated paper here."""
    return "brew install --cask mactex" if platform.system() == "Darwin" else "sudo apt-get install texlive-base"


def find(name: str, root: Path) -> Path | None:
    """Return the file: a path from the book's folder, or a name that is looked for; None where it is not here."""
    own = root / name
    if own.is_file() or "/" in name:
        return own if own.is_file() else None
    places = (Path(place).expanduser() for place in PLACES)
    folders = (folder for place in places for folder in sorted(Path("/").glob(str(place.relative_to("/")))))
    found = (path for folder in folders for path in sorted(folder.rglob(name)))
    return next((path for path in found if path.is_file()), None)


def fault(path: Path, space: str) -> str:
    """Say what is wrong with an ICC file of which the colour space should be `space`, or nothing."""
    from PIL import ImageCms

    try:
        if path.stat().st_size > LARGEST:
            return f"it is larger than {LARGEST >> 20} MB"
        made = ImageCms.getOpenProfile(str(path)).profile
        is_of, kind = made.xcolor_space.strip(), made.device_class
    except (OSError, ImageCms.PyCMSError):
        return "it cannot be read"
    if is_of != space:
        return f"its colours are {is_of}, not {space}"
    if kind != "prtr":
        return "it is not of a printer"
    try:
        ImageCms.buildTransform(ImageCms.createProfile("sRGB"), str(path), "RGB", MODES[space])
    except ImageCms.PyCMSError:
        return "it does not say which inks make a colour, or is cut off"
    return ""
