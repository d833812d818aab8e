"""Gives text that only blank lines divide its paragraphs, as blogs do when they show a post typed into a plain field.

Single line ends become breaks. Whatever already stands in a paragraph, a heading or preformatted text is left alone.
"""

from __future__ import annotations

import re
from collections import Counter

BLOCKS = frozenset(
    "address article aside blockquote body caption center col colgroup dd details dialog dir div dl dt fieldset "
    "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav noscript ol option p "
    "section summary table tbody td tfoot th thead tr ul".split()
)
HELD = frozenset("pre script style textarea svg math iframe object select video audio".split())
VOID = frozenset("hr col".split())
FLOW = frozenset(
    "address article aside blockquote body center details dialog div footer form header main section".split()
)
CELLS = frozenset("li dd td th".split())
TAG = re.compile(
    rf"<!--|<(?P<close>/?)(?P<name>{'|'.join(sorted(BLOCKS | HELD, key=len, reverse=True))})\b[^<>]*>", re.I
)
CLOSERS = {name: re.compile(rf"</{name}\s*>", re.I) for name in HELD} | {"!--": re.compile("-->")}
BLANK = re.compile(r"\n[ \t]*\n\s*")
TWO_BREAKS = re.compile(r"<br\s*/?>\s*<br\s*/?>(?:\s*<br\s*/?>)*", re.I)
BREAK = re.compile(r"(?P<made><br\s*/?>)\s*|(?P<tag><[^<>]*>)|[ \t]*\n[ \t]*", re.I)


def paragraphed(html: str) -> str:
    r"""Return HTML in which every run of text has its paragraph.

    >>> paragraphed("One\n\nTwo <em>x</em>\nmore<h2>Head</h2>Three")
    '<p>One</p>\n<p>Two <em>x</em><br>more</p><h2>Head</h2><p>Three</p>'
    """
    text = html.replace("\r\n", "\n").replace("\r", "\n")
    out: list[str] = []
    open_names: list[str] = []
    depth: Counter[str] = Counter()
    unclosed: set[str] = set()
    start = at = 0
    while found := TAG.search(text, at):
        name = (found["name"] or "!--").lower()
        end = found.end()
        if name in CLOSERS:
            closer = None if found["close"] or name in unclosed else CLOSERS[name].search(text, end)
            if not closer:
                # Looking for the same missing end again and again would take for ever.
                unclosed.add(name)
                at = end
                continue
            if name == "!--":
                at = closer.end()
                continue
            end = closer.end()
        out.append(_runs(text[start : found.start()], open_names[-1] if open_names else ""))
        out.append(text[found.start() : end])
        start = at = end
        if name in HELD or name in VOID:
            continue
        if not found["close"]:
            open_names.append(name)
            depth[name] += 1
        elif depth[name]:
            while (closed := open_names.pop()) != name:
                depth[closed] -= 1
            depth[name] -= 1
    out.append(_runs(text[start:], open_names[-1] if open_names else ""))
    return "".join(out)


def _runs(text: str, inside: str) -> str:
    if not text.strip():
        return text
    if inside and inside not in FLOW and inside not in CELLS:
        return _broken(text) if inside == "p" else text
    runs = [_broken(run.strip()) for run in BLANK.split(TWO_BREAKS.sub("\n\n", text)) if run.strip()]
    if inside in CELLS and len(runs) == 1:
        return _broken(text.strip())
    return "\n".join(run if _only_comment(run) else f"<p>{run}</p>" for run in runs)


def _only_comment(run: str) -> bool:
    return run.startswith("<!--") and run.endswith("-->") and run.count("<!--") == 1


def _broken(run: str) -> str:
    return BREAK.sub(lambda found: found["tag"] or "<br>", run.strip("\n"))
