"""Rules on what looks like a link and is none, or says another address than it leads to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from overprint.checks.prose import FILL, Prose, prose
from overprint.checks.rules import Rules, Say
from overprint.checks.texts import printed
from overprint.diagnostics import Diagnostic, Severity
from overprint.model import Manuscript

RULES = Rules[Manuscript]()
WARNING = Severity.WARNING


_EMPTY = re.compile(r"\[\s*\]\((?P<url>[^()\s]+)\)")


@RULES.rule("M301", WARNING, "this link to {url} has no text", "put words between the square brackets")
def empty_link(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """A link without words cannot be seen or heard.

    Bad: See [](https://example.org/bees).
    Good: See [the hive](https://example.org/bees).
    """
    for text in printed(manuscript):
        if "[](" in text.value or "[ ](" in text.value:
            made = prose(text)
            for found in _EMPTY.finditer(text.value):
                if _is_read(made, found.start()):
                    yield say(made.place(found.start()), url=found["url"])


_SITE = (
    r"(?:www\.)?[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|edu|gov|info|co\.uk|org\.uk|com\.au|net\.au|org\.au|de|fr|ie|nz|ca)"
)
_SAID = re.compile(
    rf"\[(?:https?://(?P<said>[^\s\]/]+)|(?P<bare>{_SITE}))(?:/[^\s\]]*)?\]\(<?https?://(?P<site>[^\s()<>/?#]+)",
    re.IGNORECASE,
)


@RULES.rule("M307", WARNING, "the link says {said} and leads to {site}", "make both the same, or link words instead")
def another_address(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """A reader of the EPUB follows the link, a reader of the printed book types what stands there.

    Both must arrive at the same place.

    Bad: It is on [example.org](https://example.com/bees).
    Good: It is on [www.example.org](https://example.org/bees), and in [the hive](https://example.com).
    """
    for text in printed(manuscript):
        if "](http" in text.value:
            made = prose(text)
            for found in _SAID.finditer(text.value):
                said, site = (
                    name.casefold().removeprefix("www.") for name in (found["said"] or found["bare"], found["site"])
                )
                if said != site and _is_read(made, found.start()) and not site.endswith(f".{said}"):
                    yield say(made.place(found.start()), said=said, site=site)


_NEARLY = (
    ("] (http", re.compile(r"\] \(https?://[^\s()]+\)"), "a space stands between its brackets"),
    (")[http", re.compile(r"\)\[https?://[^\s\[\]]+\]"), "its brackets are the wrong way round"),
    ("](", re.compile(r"\]\((?!<)(?:https?://|www\.)[^()\n\" ]*\w [^()\n\"]*\)"), "its address holds a space"),
)


@RULES.rule("M309", WARNING, "this looks like a link and is none: {fault}", "write `[words](https://example.org)`")
def no_link(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """A link is words in square brackets and at once, without a space, the address in round ones.

    Otherwise both are printed as they stand. A space in an address is written `%20`.

    Bad: It is in [The Hive] (https://example.org/hive).
    Bad: It is in (The Hive)[https://example.org/hive].
    Bad: It is in [The Hive](https://example.org/the hive).
    Good: It is in [The Hive](https://example.org/the%20hive) (https://example.org) [sic].
    """
    for text in printed(manuscript):
        for sign, pattern, fault in _NEARLY:
            if sign in text.value:
                made = prose(text)
                for found in pattern.finditer(text.value):
                    start = text.value.rfind("(" if sign[0] == ")" else "[", 0, found.start())
                    if start >= 0 and _is_read(made, start):
                        yield say(made.place(start), fault=fault)


def _is_read(made: Prose, offset: int) -> bool:
    """Tell whether a bracket is neither in code nor a picture's."""
    return made.words[offset] != FILL and made.words[max(0, offset - 1)] != "!"
