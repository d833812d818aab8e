"""What of a page is never read: what its reader does not see, and what cannot be printed."""

from __future__ import annotations

import re
from typing import Any

from overprint.importers.walk import pictures

SILENT = dict.fromkeys(
    "script style template head link meta base source track annotation annotation-xml".split(), ""
) | {
    **dict.fromkeys("button input select textarea datalist".split(), "form"),
    **dict.fromkeys(("canvas", "svg"), "drawing"),
}
"""Elements that are left out, with the reason where they may hold words."""
UNSEEN = re.compile(r"\b(?:screen-reader-text|sr-only|visually-hidden|visuallyhidden|u-hiddenVisually)\b")
NOT_SHOWN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def reason(element: Any) -> str | None:
    """Return why an element is left out, empty where it holds no words of the page; None where it is read."""
    tag = element.tag
    if not isinstance(tag, str):
        return ""
    if tag in SILENT:
        return SILENT[tag]
    if tag == "noscript":
        # It shows the picture that a script would load, unless that stands beside it with its address.
        beside = [each for each in (element.getprevious(), element.getnext()) if each is not None and each.tag == "img"]
        shows = next(element.iter("img"), None) is not None and not any(map(pictures.address, beside))
        return None if shows else ""
    if not element.keys() and tag != "dialog":
        return None
    get = element.get
    hidden = (
        get("hidden") is not None
        or (tag == "dialog" and get("open") is None)
        or NOT_SHOWN.search(get("style") or "")
        or UNSEEN.search(get("class") or "")
    )
    return "hidden on the page" if hidden else None
