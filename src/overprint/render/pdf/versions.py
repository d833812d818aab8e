"""What the look of a page depends on besides the book: the versions of all that lays it out."""

from __future__ import annotations

import ctypes
import ctypes.util
import hashlib
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

PACKAGES = ("weasyprint", "pydyf", "tinycss2", "tinyhtml5", "cssselect2", "Pyphen", "fonttools", "pillow")
LIBRARIES = {
    "pango-1.0": ("libpango-1.0.so.0", "libpango-1.0.dylib"),
    "harfbuzz": ("libharfbuzz.so.0", "libharfbuzz.0.dylib"),
    "fribidi": ("libfribidi.so.0", "libfribidi.0.dylib"),
}
_SAYS = {"pango-1.0": "pango_version_string", "harfbuzz": "hb_version_string"}


@lru_cache(maxsize=1)
def versions() -> str:
    """Return the versions of the packages, of Pango and HarfBuzz, and of our own layout code."""
    packages = [f"{each} {version(each)}" for each in PACKAGES]
    libraries = [f"{each} {_library(each)}" for each in _SAYS]
    return "\n".join((*packages, *libraries, _own()))


def _library(name: str) -> str:
    for file in LIBRARIES[name]:
        try:
            says = getattr(ctypes.CDLL(file), _SAYS[name])
        except (OSError, AttributeError):
            continue
        says.restype = ctypes.c_char_p
        return str(says().decode())
    return "unknown"


def _own() -> str:
    """Return a digest of the code that lays out pages, so that a changed line makes every kept page a stranger."""
    made_of = hashlib.sha256()
    here = Path(__file__).parent
    for path in sorted((*here.rglob("*.py"), here.parent / "on_screen.py", here.parent / "text_blocks.py")):
        made_of.update(path.read_bytes())
    return made_of.hexdigest()
