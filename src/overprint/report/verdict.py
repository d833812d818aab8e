"""Can I send it? The answer, and the reason for it in a sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any


def of(record: Mapping[str, Any]) -> dict[str, str]:
    """Return the verdict on what is on record: `answer` for scripts, `says` and `why` for people.

    >>> of({"findings": [], "files": [{"name": "a.epub"}], "checks": [{"file": "a.epub"}]})["says"]
    'Send it.'
    >>> of({"findings": [{"severity": "error"}], "files": [], "checks": []})["answer"]
    'no'
    """
    counts = Counter(each["severity"] for each in record["findings"])
    open_ = sum(each.get("gates_release", False) for each in record["findings"])
    checked = {each["file"] for each in record["checks"]}
    left = [each["name"] for each in record["files"] if judged(each["name"]) and each["name"] not in checked]
    if counts["error"]:
        return _answer("no", "Not yet.", f"{many(counts['error'], 'error')} must be mended first.")
    if left:
        why = "The books are built. Type `overprint check` to have them judged, and this page completed."
        return _answer("unchecked", "Not checked yet.", why)
    if open_:
        be = "is" if open_ == 1 else "are"
        why = f"{many(open_, 'thing')} {be} open that a release waits for: consents, permissions or descriptions."
        return _answer("no", "Not yet.", why)
    if counts["warning"]:
        return _answer("look", "You can send it.", f"{many(counts['warning'], 'thing')} to look at before you do.")
    return _answer("yes", "Send it.", "Nothing is left to be mended.")


def judged(name: str) -> bool:
    """Say whether `overprint check` looks at a file of this name."""
    return name.endswith((".epub", ".print.pdf", ".screen.pdf", ".cover.pdf"))


def many(count: int, thing: str) -> str:
    """Return a count with its thing, such as `2 errors`."""
    return f"{count:,} {thing}" + ("" if count == 1 else "s")


def _answer(answer: str, says: str, why: str) -> dict[str, str]:
    return {"answer": answer, "says": says, "why": why}
