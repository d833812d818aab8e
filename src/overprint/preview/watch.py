"""Waits until files of the book were saved."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

from watchfiles import Change, awatch

TOGETHER, QUIET = 300, 30
"""Milliseconds: the longest that changes are gathered, and how long nothing more may come before they are told of."""


async def saved(root: Path, ended: asyncio.Event) -> AsyncIterator[set[Path]]:
    """Yield the files that were written, renamed or removed since the last time."""
    real = root.resolve()

    def of_book(_: Change, path: str) -> bool:
        parts = Path(path).relative_to(real).parts
        return bool(parts) and parts[0] != "build" and not any(part.startswith(".") for part in parts)

    async for changes in awatch(
        real, watch_filter=of_book, debounce=TOGETHER, step=QUIET, stop_event=ended, recursive=True
    ):
        yield {Path(path) for _, path in changes}
