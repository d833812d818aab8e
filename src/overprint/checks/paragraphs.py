"""Rules on whole paragraphs: headings without words or in disguise, and what a web page left behind."""

from __future__ import annotations

import re
from collections.abc import Iterator

from overprint.checks import passages
from overprint.checks.passages import Finds, Passage, Reading
from overprint.checks.prose import FILL, Prose
from overprint.checks.rules import Rules, Say
from overprint.diagnostics import Diagnostic, Severity

ERROR, WARNING, HINT = Severity.ERROR, Severity.WARNING, Severity.HINT

RULES = Rules[Reading]()

_ATTRIBUTES = re.compile(r"\{[^{}]*\}")
_SHARPS = re.compile(r"[ >]*#{7,}\s*")


@RULES.rule("M422", WARNING, "this heading has no words", "write them, or delete the line")
def empty_heading(say: Say, reading: Reading) -> Iterator[Diagnostic]:
    """A line of nothing but # is a heading that neither the page nor the contents can show.

    Bad: ##
    Good: ## 1. Honey
    """

    def find(passage: Passage) -> Finds:
        source = passage.prose.source.value
        sharps = "#######" in source
        for block in passage.prose.blocks:
            if block.shape != "heading" and not sharps:
                continue
            line = source[block.start : block.end]
            bare = block.shape == "heading" and not re.search(r"\w", _ATTRIBUTES.sub("", line))
            if bare or _SHARPS.fullmatch(line):
                yield block.start + len(line) - len(line.lstrip(" >")), {}

    return passages.found(say, reading, find)


_BOLD = re.compile(r"(\*\*|__)(?! )[^*_\n]{1,70}(?<![\s.,;:!?…”’])\1")
_NUMBERED = re.compile(r"\d{1,3}\. {1,3}\S[^\n]{0,78}(?<![\s.,;:!?…”’])")


@RULES.rule("M205", WARNING, "this paragraph looks like a heading", "write `## {words}`")
def heading_in_disguise(say: Say, reading: Reading) -> Iterator[Diagnostic]:
    """A heading begins with `##`; only then do the contents and the EPUB know it. A line such as `1. Honey` is a list.

    Bad: **The first idea**
    Good: **The first idea** was a bad one.
    """

    def find(passage: Passage) -> Finds:
        if passage.kind != "body":
            return
        source, blocks = passage.prose.source.value, passage.prose.blocks
        for number, block in enumerate(blocks):
            if block.end - block.start > 100 or block.shape not in {"text", "item"}:
                continue
            words = source[block.start : block.end].rstrip()
            if block.shape == "text" and not block.quoted and _BOLD.fullmatch(words):
                yield block.start, {"words": words[2:-2]}
            elif block.shape == "item" and _NUMBERED.fullmatch(words) and _is_lone_item(passage.prose, number):
                yield block.start, {"words": words}

    return passages.found(say, reading, find)


def _is_lone_item(made: Prose, number: int) -> bool:
    """Tell whether an item stands alone between paragraphs, so that it is no list."""
    neighbours = [made.blocks[near] for near in (number - 1, number + 1) if 0 <= near < len(made.blocks)]
    indented = any(made.source.value[near.start : near.start + 1] in " \t" for near in neighbours)
    following = number + 1 < len(made.blocks) and made.blocks[number + 1].shape == "text"
    return following and not indented and all(near.shape in {"text", "heading"} for near in neighbours)


_BOILERPLATE = re.compile(
    r"leave a (?:reply|comment)(?: cancel reply)?|cancel reply|share (?:this|on \w+)|like this"
    r"|related (?:articles|posts|stories)"
    r"|this site uses akismet\b.*|click to (?:share|e-?mail|print)\b.*|(?:previous|next) (?:post|article)|read more"
    r"|advertisements?|report this ad|post (?:a )?comment|notify me of (?:new|follow-?up) (?:posts|comments)\b.*"
    r"|your e-?mail address will not be published\b.*|sign up for our newsletter\b.*|subscribe to our newsletter\b.*"
    r"|skip to (?:main )?content|\d+ (?:thoughts|comments|responses|replies) (?:on|to) [“\"‘].*|filed under:.*",
    re.IGNORECASE,
)


_OPENINGS = (
    *("leave a", "cancel", "share", "like", "related", "this si", "click", "previou", "next", "read mo", "adverti"),
    *("report", "post", "notify", "your e", "sign up", "subscri", "skip to", "filed", *"0123456789"),
)


@RULES.rule("M216", WARNING, "“{words}” is left over from a web page", "delete the paragraph")
def boilerplate(say: Say, reading: Reading) -> Iterator[Diagnostic]:
    """Buttons and forms of the page where an essay appeared are not part of it.

    Bad: Leave a Reply
    Good: The box said *Leave a reply*, and I did.
    """

    def find(passage: Passage) -> Finds:
        for block in passage.prose.blocks:
            words = passage.words[block.start : min(block.end, block.start + 300)]
            bare = words.strip(f" *_[]#\n\t{FILL}")
            if (
                bare[:7].lower().startswith(_OPENINGS)
                and "\n" not in bare
                and _BOILERPLATE.fullmatch(bare.rstrip(" :.…"))
            ):
                yield block.start + words.index(bare), {"words": bare[:60]}

    return passages.found(say, reading, find)
