"""Where a page keeps the address of a picture, which many load by a script."""

from __future__ import annotations

from typing import Any

KEYS = ("data-src", "data-lazy-src", "data-original", "data-orig-file", "src")


def address(image: Any) -> str:
    """Return the address of an `img` as the page writes it, or nothing."""
    for key in KEYS:
        url = str(image.get(key) or "").strip()
        if url and not url.startswith("data:"):
            return url
    return str(image.get("srcset") or "").split(",")[0].split(" ")[0]
