"""Rules on links: addresses that will not last, that follow readers, and words that say nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from overprint.checks import passages
from overprint.checks.passages import Finds, Passage, Reading
from overprint.checks.prose import FILL
from overprint.checks.rules import Rules, Say
from overprint.diagnostics import Diagnostic, Severity

ERROR, WARNING, HINT = Severity.ERROR, Severity.WARNING, Severity.HINT

RULES = Rules[Reading]()

_HTTP = re.compile(r"http://(?!localhost|\d|\[|www\.w3\.org/|purl\.org/)", re.IGNORECASE)
_TRACKING = re.compile(r"[?&](?:amp;)?((?:utm_\w+|fbclid|gclid|mc_cid|mc_eid|igshid|msclkid)=)", re.IGNORECASE)


@RULES.rule("M306", HINT, "this address begins with http://", "try https://, which most sites use today")
def plain_http(say: Say, reading: Reading) -> Iterator[Diagnostic]:
    """A book lasts longer than an address: most sites have moved to https and will one day stop forwarding.

    Bad: See [the hive](http://example.org/hive).
    Good: See [the hive](https://example.org/hive) and `http://example.org`.
    """

    def find(passage: Passage) -> Finds:
        for offset, address in passage.prose.addresses:
            if _HTTP.match(address):
                yield passage.prose.source.value.index(address, offset), {}

    return passages.found(say, reading, find)


@RULES.rule("M305", HINT, "this address carries “{name}”, by which a site follows its readers", "delete that part")
def tracking(say: Say, reading: Reading) -> Iterator[Diagnostic]:
    """Addresses copied out of newsletters and social networks name where they came from. The page is the same without.

    Bad: See [the hive](https://example.org/hive?utm_source=letter).
    Good: See [the hive](https://example.org/hive?page=2).
    """

    def find(passage: Passage) -> Finds:
        for offset, address in passage.prose.addresses:
            if found := _TRACKING.search(address):
                start = passage.prose.source.value.index(address, offset)
                yield start + found.start(1), {"name": found[1].rstrip("=")}

    return passages.found(say, reading, find)


_HERE = re.compile(rf"\[[ *_]*((?:click )?here|this link)[ *_]*\](?={FILL})", re.IGNORECASE)


@RULES.rule("M302", WARNING, "the link's text is “{words}”", "link the words that say what is there")
def link_says_nothing(say: Say, reading: Reading) -> Iterator[Diagnostic]:
    """On paper nobody can click, and a screen reader lists links by their words alone.

    Bad: You find it [here](https://example.org/hive).
    Good: You find it in [The Hive](https://example.org/hive), here.
    """

    def find(passage: Passage) -> Finds:
        for hit in _HERE.finditer(passage.words):
            yield hit.start(1), {"words": hit[1]}

    return passages.found(say, reading, find)
