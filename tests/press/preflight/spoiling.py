"""What makes a bad PDF of a good one: one fault each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name

from overprint.press import preflight
from overprint.press.profile import Profile


@dataclass(frozen=True)
class Good:
    """A good book: its file and the profile that it was built for."""

    path: Path
    profile: Profile


Spoil = Callable[[pikepdf.Pdf], object]


def codes(path: Path, wanted: Profile) -> list[str]:
    """Return the codes of what is said of a file, each once."""
    return sorted({each.code for each in preflight.check(path, wanted).diagnostics})


def spoilt(source: Good, target: Path, spoil: Spoil, **how: Any) -> Path:
    """Write a bad copy of a good book; nothing else of it changes."""
    with pikepdf.open(source.path) as pdf:
        spoil(pdf)
        pdf.save(target, **{"fix_metadata_version": False, "object_stream_mode": _streams(source), **how})
    return target


def _streams(source: Good) -> Any:
    kinds = pikepdf.ObjectStreamMode
    return kinds.disable if source.profile.pdf_version < "1.5" else kinds.generate


AT = 4
"""The index of the page on which things are put: a right-hand page with words."""


def put(content: str, at: int = AT, **parts: dict[str, Any]) -> Spoil:
    """Return what paints something more on a page; `parts` are resources, such as `XObject={"/a": picture}`."""

    def spoil(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[at]
        own = Dictionary(dict(page.resources))
        for key, named in parts.items():
            own[f"/{key}"] = Dictionary({**dict(own.get(f"/{key}", {})), **{k: _of(pdf, v) for k, v in named.items()}})
        page.obj.Resources = own
        page.contents_add(b"q", prepend=True)
        page.contents_add(f"Q q {content} Q".encode())

    return spoil


def _of(pdf: pikepdf.Pdf, made: Any) -> Any:
    return made(pdf) if callable(made) else made


def picture(**more: Any) -> Callable[[pikepdf.Pdf], Any]:
    """Return what makes a grey picture of 300 × 300 pixels; `more` is what differs."""

    def make(pdf: pikepdf.Pdf) -> Any:
        facts: dict[str, Any] = {"Width": 300, "Height": 300, "BitsPerComponent": 8, "ColorSpace": Name.DeviceGray}
        facts |= {key: value(pdf) if callable(value) else value for key, value in more.items()}
        bands = {"/DeviceRGB": 3, "/DeviceCMYK": 4}.get(str(facts["ColorSpace"]), 1)
        size = facts["Width"] * facts["Height"] * bands * facts["BitsPerComponent"] // 8
        made = pdf.make_stream(bytes([128]) * size)
        for key, value in {"Type": Name.XObject, "Subtype": Name.Image, **facts}.items():
            made[f"/{key}"] = value
        return made

    return make


SHOW = "72 0 0 72 100 300 cm /new Do"
"""Shows the picture `/new` an inch wide, within the margins."""
AREA = "100 300 50 50 re f"


def words(pdf: pikepdf.Pdf, size: float = 12, count: int = 4, at: int = AT) -> str:
    """Return what shows some letters of a font that the page has."""
    for each in pikepdf.parse_content_stream(pdf.pages[at]):
        if str(each.operator) == "Tf":
            font = each.operands[0]
        if str(each.operator) == "TJ":
            shown = next(bytes(part)[:2] for part in each.operands[0] if isinstance(part, pikepdf.String))
            return f"BT {font} {size} Tf 1 0 0 1 100 300 Tm <{(shown * count).hex()}> Tj ET"
    raise AssertionError("the page has no words")
