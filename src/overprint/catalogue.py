"""All kinds of messages."""

from __future__ import annotations

import importlib
import pkgutil

import overprint

# These load WeasyPrint, which declares no messages and costs half a second.
HEAVY = ("overprint.render.pdf.worker", "overprint.render.pdf.fetcher", "overprint.cli", "overprint.starter")


def load() -> None:
    """Import every module that declares a kind of message, so that `KINDS` is whole."""
    for module in pkgutil.walk_packages(overprint.__path__, "overprint."):
        if not module.name.startswith(HEAVY):
            importlib.import_module(module.name)
