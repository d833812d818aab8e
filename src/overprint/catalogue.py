"""All kinds of messages, and what overprint needs on a machine."""

from __future__ import annotations

import ctypes.util
import importlib
import pkgutil
import platform
import shutil
from collections.abc import Iterator
from dataclasses import dataclass

import overprint
from overprint import typefaces
from overprint.diagnostics import Stop
from overprint.typefaces import cuts, wheels

# These load WeasyPrint, which declares no messages and costs half a second.
HEAVY = ("overprint.render.pdf.worker", "overprint.render.pdf.fetcher", "overprint.cli", "overprint.starter")


def load() -> None:
    """Import every module that declares a kind of message, so that `KINDS` is whole."""
    for module in pkgutil.walk_packages(overprint.__path__, "overprint."):
        if not module.name.startswith(HEAVY):
            importlib.import_module(module.name)


@dataclass(frozen=True, slots=True)
class Part:
    """Something that overprint uses: `found` says which, empty when it is missing."""

    name: str
    found: str
    purpose: str
    cure: str
    needed: bool = True


def health() -> Iterator[Part]:
    """Yield what is needed and what is useful."""
    yield Part("Python", platform.python_version(), "runs overprint", "")
    pango = ctypes.util.find_library("pango-1.0") or ""
    yield Part("Pango", pango, "lays out the PDF", pango_cure())
    try:
        faces = [face for family in wheels.FAMILIES for face in typefaces.faces(family)]
    except Stop:
        faces = []
    found = f"{len(faces)} faces of {', '.join(typefaces.names(faces))}" if faces else ""
    yield Part("typefaces", found, "the letters of the themes", "install overprint again with all its dependencies")
    further = [family for family in wheels.FALLBACKS if cuts.installed(family)]
    scripts = f"{len(further)} of {len(wheels.FALLBACKS)} families" if further else ""
    cure = "pip install 'overprint[scripts]'"
    yield Part("scripts", scripts, "typefaces for more scripts, and emoji", cure, needed=False)
    java = shutil.which("java") or ""
    yield Part(
        "Java", java, "lets EPUBCheck judge the EPUB", "install a Java runtime, version 11 or later", needed=False
    )


def pango_cure() -> str:
    """Return the line that installs Pango here."""
    if platform.system() == "Darwin":
        return "brew install pango"
    return "sudo apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
