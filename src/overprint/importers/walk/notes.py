"""Footnotes of a page, in the markup of many programs: which words call a note, and where its text stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

CALLED = re.compile(r"foot-?note|end-?note|noteref|fn-?ref|\bfn\b|reference", re.IGNORECASE)
MARK = re.compile(r"[\[(]?\s*(?:\d{1,3}|[*†‡§¶]{1,3}|[ivxlc]{1,5}|[a-z])\s*[\])]?")
BACK = re.compile(r"[\s↩↑↵⤴^▲←\ufe0e]*|back|return|zurück|retour|jump up", re.IGNORECASE)
HOLDERS = frozenset({"li", "p", "div", "aside", "dd", "section", "td"})


class Notes:
    """The notes of an element, numbered in the order of their first calls."""

    def __init__(self, element: Any, name: str) -> None:
        self._calls: dict[Any, str] = {}
        self._apart: dict[Any, str] = {}
        named = _whole(element).xpath("//*[@id or @name]")
        targets = {key: each for each in named if (key := each.get("id") or each.get("name"))}
        labels: dict[Any, str] = {}
        for link in element.iter("a") if targets else ():
            href = link.get("href") or ""
            holder = _holder(targets.get(href.rpartition("#")[2])) if "#" in href else None
            if holder is None or not _is_call(link, holder):
                continue
            if holder not in labels and any(
                above in labels for above in (*holder.iterancestors(), *link.iterancestors())
            ):
                continue
            label = labels.setdefault(holder, f"{name}{len(labels) + 1}")
            self._calls[_outer(link)] = label
        self._apart = labels

    def called(self, element: Any) -> str:
        """Return the label of the note that an element calls, or nothing."""
        return self._calls.get(element, "")

    def is_apart(self, element: Any) -> bool:
        """Tell whether an element is a note, which stands at the end, or leads back from one to its call."""
        if not self._apart or element in self._apart:
            return bool(self._apart)
        if element.tag != "a" or "#" not in (element.get("href") or ""):
            return False
        words = "".join(element.itertext()).strip()
        leads_back = BACK.fullmatch(words) or MARK.fullmatch(words)
        return bool(leads_back) and any(above in self._apart for above in element.iterancestors())

    def bodies(self) -> Iterator[tuple[str, Any]]:
        """Yield each note's label with the element that holds its text."""
        for holder, label in self._apart.items():
            yield label, holder


def _whole(element: Any) -> Any:
    return element.getroottree().getroot()


def _holder(target: Any) -> Any | None:
    """Return the element that holds a note's text: the target, or the paragraph or item around it."""
    while target is not None and target.tag not in HOLDERS:
        target = target.getparent()
    return target


def _is_call(link: Any, holder: Any) -> bool:
    words = "".join(link.itertext()).strip()
    around = " ".join(
        filter(None, (link.get("class"), link.get("role"), link.get("rel"), link.get("id"), link.get("href")))
    )
    parent = link.getparent()
    raised = (parent is not None and parent.tag == "sup") or any(each.tag == "sup" for each in link)
    if not MARK.fullmatch(words) or any(above is holder for above in link.iterancestors()):
        return False
    text = "".join(holder.itertext()).strip()
    return bool(raised or CALLED.search(around)) and 0 < len(text) < 20_000


def _outer(link: Any) -> Any:
    """Return the `sup` or span that holds nothing but the call."""
    parent = link.getparent()
    alone = parent is not None and "".join(parent.itertext()).strip() == "".join(link.itertext()).strip()
    return parent if alone and parent.tag in {"sup", "span"} else link
