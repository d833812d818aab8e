"""The cover as a JPEG: drawn from its page, or made of the editor's own picture."""

from __future__ import annotations

import hashlib
import json
import tempfile
from importlib.metadata import version
from pathlib import Path

from overprint.diagnostics import Exit, Made, Stop
from overprint.model import Composed, Resource
from overprint.render.epub import images
from overprint.render.pdf import messages, tasks
from overprint.render.pdf.cache import Cache, key
from overprint.render.pdf.files import read
from overprint.render.pdf.job import Limits, Style, said_from_json
from overprint.render.pdf.versions import versions
from overprint.render.pdf.workers import Workers

DRAWS = ("pypdfium2", "pillow")


def render(composed: Composed, target: Path, cache: Cache | None = None, limits: Limits | None = None) -> Made[Path]:
    """Write the cover to `target` as a JPEG; what was made before is taken from the cache.

    Raises:
        Stop: there is no cover. Exit CONTENT when it cannot be made of what there is, CANNOT when a limit, a library
            or a crash is the reason.
        OSError: the target cannot be written.
    """
    picture = composed.cover.picture
    if picture and _is_plain(picture):
        target.write_bytes(images.clean(Resource(picture.name, "image/jpeg", picture)))
        return Made(target)
    made_of = _made_of(composed)
    made = cache.get(made_of) if cache else None
    if made is None:
        made = _made(composed, target.parent, limits or Limits())
        if cache:
            cache.put(made_of, made)
    size = 4 + int.from_bytes(made[:4], "big")
    target.write_bytes(made[size:])
    return Made(target, said_from_json(json.loads(made[4:size])["said"]))


def _made(composed: Composed, folder: Path, limits: Limits) -> bytes:
    """Return the JPEG behind what there is to say of it, as the workers do."""
    picture = composed.cover.picture
    warm = "PIL.Image" if picture else "weasyprint"
    # Beside the target, so that what a killed build leaves is swept with it.
    with (
        tempfile.TemporaryDirectory(prefix="cover-", dir=folder) as room,
        Workers(1, folder=Path(room), limits=limits, private_fonts=not picture, warm=warm) as workers,
    ):
        if picture:
            return workers.submit(tasks.flatten, tasks.PictureOrder(picture)).result()
        return workers.submit(tasks.draw_cover, tasks.CoverOrder(_style(composed), composed.cover.html)).result()


def _style(composed: Composed) -> Style:
    look = composed.look
    return Style(look.cover_sheets, look.faces, look.resources)


def _is_plain(picture: Path) -> bool:
    """Tell whether a picture is a JPEG in three colours or in grey, and upright: then no pixel of it is changed."""
    from PIL import Image

    try:
        with Image.open(picture, formats=("JPEG",)) as opened:
            return opened.mode in {"RGB", "L"} and opened.getexif().get(images.EXIF_ORIENTATION, 1) == 1
    except (OSError, ValueError, Image.DecompressionBombError):
        return False


def _made_of(composed: Composed) -> str:
    """Return the key of all that a cover depends on.

    Raises:
        Stop: a file of it cannot be read.
    """
    cover, style = composed.cover, _style(composed)
    drawn_with = [each.path for each in style.faces] + [each.path for each in style.resources]
    paths = [cover.picture] if cover.picture else drawn_with
    try:
        files = [f"{path.name} {hashlib.sha256(read(path)).hexdigest()}" for path in paths]
    except OSError as reason:
        raise Stop(messages.NO_COVER.at(reason=reason.strerror or reason), exit=Exit.CONTENT) from reason
    used = [f"{each} {version(each)}" for each in DRAWS]
    sheets = () if cover.picture else style.stylesheets
    return key("cover", versions(), *used, cover.html, *(part for sheet in sheets for part in sheet), *files)
