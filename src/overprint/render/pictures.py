"""The EPUB's pictures made anew in processes with limits, and kept: what comes from the web may be made to do harm."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from concurrent.futures import Future
from pathlib import Path

from overprint.diagnostics import Stop
from overprint.render.pdf import messages
from overprint.render.pdf.cache import Cache, key
from overprint.render.pdf.job import Limits
from overprint.render.pdf.workers import Workers

LIMITS = Limits(cpu=60, wall=180, per_kb=0)

_REASONS = {messages.TIME.code: "it takes too long", messages.MEMORY.code: "it takes too much memory"}


def remake(
    pictures: Sequence[bytes], *, folder: Path, jobs: int = 1, cache: Cache | None = None, limits: Limits = LIMITS
) -> list[bytes | str]:
    """Return each picture as `repaint` makes it, or why it cannot; made before, it is taken from the cache.

    Args:
        pictures: PNG, JPEG or GIF.
        folder: where the processes may keep temporary files.
        jobs: how many processes there may be.
        cache: keeps what is made.
        limits: what one picture may take.
    """
    from overprint.render.epub.repaint import FORM, repaint  # which loads Pillow, and many books have no pictures

    keys = [key(FORM, each) for each in pictures]
    made: list[bytes | str | None] = [cache.get(each) if cache else None for each in keys]
    waiting = [number for number, each in enumerate(made) if each is None]
    if waiting:
        with (
            tempfile.TemporaryDirectory(prefix="pictures-", dir=folder) as room,
            Workers(
                min(jobs, len(waiting)), folder=Path(room), limits=limits, private_fonts=False, warm=repaint.__module__
            ) as workers,
        ):
            orders = {number: workers.submit(repaint, pictures[number]) for number in waiting}
            for number, order in orders.items():
                made[number] = _result(order)
                if cache and isinstance(content := made[number], bytes):
                    cache.put(keys[number], content)
    return [each for each in made if each is not None]


def _result(order: Future[bytes]) -> bytes | str:
    try:
        return order.result()
    except Stop as stop:
        return _REASONS.get(stop.diagnostics[0].code, "it is damaged inside")
