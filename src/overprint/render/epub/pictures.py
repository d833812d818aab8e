"""Pictures as reading systems and shops want them; those that are so already keep every pixel as it is."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from overprint.diagnostics import Diagnostic, Place, Stop, error
from overprint.model import Resource
from overprint.render.epub import images

Remake = Callable[[Sequence[bytes]], Sequence[bytes | str]]
"""Makes pictures anew as `repaint` does: nothing for one that would be hardly better, words for one that it cannot."""

UNFIT = error(
    "E017",
    "the picture {path} cannot be made ready for reading systems: {reason}",
    "open it in a program for pictures and save it again as PNG or JPEG, with fewer pixels",
    manual="Pictures that are too large for any screen, lie on their side or have a printer's colours are made anew "
    "for the EPUB. This one could not be: it is damaged inside, or it would take more memory or time than a picture "
    "may. A side of 2,560 pixels is enough for every reading system.",
)

MOST_DOTS = 100_000_000
"""More would take more memory than many computers can spare."""

_TOO_MANY = f"it has more than {MOST_DOTS // 1_000_000} million dots"

_SUSPECT = 50_000
"""Bytes below which it is not worth asking whether a PNG is a photograph."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A finished picture; its name differs from that of the file it is made of where its kind does."""

    name: str
    media_type: str
    content: bytes


def made_fit(resources: Sequence[Resource], remake: Remake | None = None) -> dict[str, Picture]:
    """Return the pictures by the names of the resources that they are made of.

    Args:
        resources: pictures; none is made larger.
        remake: makes pictures anew that are not fit; without it they go into the book as they are.

    Raises:
        Stop: a picture is not what it says, not inert, or cannot be made fit.
    """
    cleaned = {each.name: images.clean(each) for each in resources}
    unfit = [each for each in resources if remake and not _is_fit(each, cleaned[each.name])]
    made = remake([cleaned[each.name] for each in unfit]) if remake and unfit else []
    found = [_unfit(each, reason) for each, reason in zip(unfit, made, strict=True) if isinstance(reason, str)]
    if found:
        raise Stop(*found)
    anew = {each.name: content for each, content in zip(unfit, made, strict=True) if isinstance(content, bytes)}
    taken = set(cleaned)
    return {
        each.name: _named(each.name, anew[each.name], taken)
        if anew.get(each.name)
        else Picture(each.name, each.media_type, cleaned[each.name])
        for each in resources
    }


def _named(name: str, content: bytes, taken: set[str]) -> Picture:
    ending, media_type = (".png", "image/png") if content.startswith(b"\x89PNG") else (".jpg", "image/jpeg")
    path = PurePosixPath(name)
    if path.suffix not in {ending, ".jpeg" if ending == ".jpg" else ending}:
        path, number = path.with_suffix(ending), 1
        while str(path) in taken:
            number += 1
            path = path.with_stem(f"{PurePosixPath(name).stem}-{number}")
        taken.add(str(path))
    return Picture(str(path), media_type, content)


def _is_fit(resource: Resource, data: bytes) -> bool:
    """Tell from its head whether a picture goes into the book as it is.

    A PNG that could not be packed to half of its size looks like a photograph, which is smaller as JPEG.
    """
    if resource.media_type == "image/svg+xml":
        return True
    from PIL import Image

    from overprint.render.epub.repaint import FORMATS, fitting, is_foreign, is_turned

    try:
        with (
            warnings.catch_warnings(action="ignore"),
            Image.open(io.BytesIO(data), formats=FORMATS) as picture,
        ):
            dots = picture.width * picture.height
            if dots > MOST_DOTS:
                raise Stop(_unfit(resource, _TOO_MANY))
            if getattr(picture, "is_animated", False):
                return True
            photograph = picture.format == "PNG" and _SUSPECT < len(data) > dots * len(picture.getbands()) / 2
            return not (
                fitting(*picture.size) != picture.size
                or is_foreign(picture, data)
                or is_turned(picture)
                or picture.has_transparency_data
                or photograph
            )
    except Image.DecompressionBombError:
        raise Stop(_unfit(resource, _TOO_MANY)) from None
    except (OSError, ValueError, SyntaxError, EOFError) as fault:
        raise Stop(images.mistaken(resource)) from fault


def _unfit(resource: Resource, reason: str) -> Diagnostic:
    return UNFIT.at(Place(str(resource.path)), path=resource.path.name, reason=reason)
