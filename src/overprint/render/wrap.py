"""The printed cover as one page of PDF: back, spine and front as they were laid out."""

from __future__ import annotations

import hashlib
import json
import tempfile
from pathlib import Path

from overprint.diagnostics import Exit, Made, Stop
from overprint.model import Composed, Resource
from overprint.render.pdf import messages, tasks
from overprint.render.pdf.cache import Cache, key
from overprint.render.pdf.files import read
from overprint.render.pdf.job import Limits, Style, said_from_json
from overprint.render.pdf.versions import versions
from overprint.render.pdf.workers import Workers


def render(
    composed: Composed,
    document: tuple[str, str],
    target: Path,
    pictures: tuple[Resource, ...] = (),
    cache: Cache | None = None,
    limits: Limits | None = None,
) -> Made[Path]:
    """Write the PDF of a cover; `document` is its HTML and the style sheet that comes after those of covers.

    Raises:
        Stop: it cannot be made. Exit CONTENT when a file of it cannot be read, CANNOT when a limit, a library or a
            crash is the reason.
    """
    html, measures = document
    look = composed.look
    style = Style((*look.cover_sheets, ("wrap", measures)), look.faces, look.resources)
    order = tasks.WholeOrder(style, html, pictures)
    made_of = _made_of(order)
    made = cache.get(made_of) if cache else None
    if made is None:
        with (
            tempfile.TemporaryDirectory(prefix="wrap-", dir=target.parent) as room,
            Workers(1, folder=Path(room), limits=limits or Limits(), private_fonts=True, warm="weasyprint") as workers,
        ):
            made = workers.submit(tasks.lay_out_whole, order).result()
        if cache:
            cache.put(made_of, made)
    size = 4 + int.from_bytes(made[:4], "big")
    target.write_bytes(made[size:])
    return Made(target, said_from_json(json.loads(made[4:size])["said"]))


def _made_of(order: tasks.WholeOrder) -> str:
    """Return the key of all that it depends on.

    Raises:
        Stop: a file of it cannot be read.
    """
    style = order.style
    paths = [each.path for each in style.faces] + [each.path for each in (*style.resources, *order.resources)]
    try:
        files = [f"{path.name} {hashlib.sha256(read(path)).hexdigest()}" for path in paths]
    except OSError as reason:
        raise Stop(messages.NO_COVER.at(reason=reason.strerror or reason), exit=Exit.CONTENT) from reason
    return key("wrap", versions(), order.document, *(part for sheet in style.stylesheets for part in sheet), *files)
