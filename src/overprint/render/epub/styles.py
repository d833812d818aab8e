"""The style sheet of the EPUB: only the CSS that old reading systems survive, and what it asks of the fonts.

Old engines throw away a whole sheet, or the book, at the first custom property or media query, so the theme is compiled
to plain CSS 2.1 before it comes here. This holds it to that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from overprint.diagnostics import Diagnostic, Place, Stop, error, errors

SHEET = "css/book.css"

MODERN = error(
    "E021",
    "the style sheet uses {thing}, at which old reading systems throw the whole sheet away",
    "write the plain value or rule in `styles/epub.css` or `styles/shared.css`",
    manual="Kobo's older engine and Adobe's reading systems reject a whole style sheet, sometimes the whole book, when "
    "they meet variables, `calc()`, `min()`, nested rules, media queries or new selectors such as `:has()`. Lengths "
    "that count from the window, such as `vh`, are new too, and shrink a picture to nothing where pages are scrolled. "
    "The EPUB's style sheet therefore keeps to plain CSS 2.1. "
    "Write the value itself instead; `styles/print.css` may use everything, for it never reaches the EPUB.",
)
LOADS = error(
    "E022",
    "the style sheet loads {address}, which is not part of the book",
    "take the `url()` or `@import` out of `styles/epub.css` and `styles/shared.css`",
    manual="A book must be whole without a network, so its style sheet may load only the fonts and pictures that the "
    "theme brings. Anything else, be it on the web or on this computer, would be missing at the reader's or would tell "
    "a stranger who is reading. Copy the rules you want into the sheet itself.",
)
BROKEN = error(
    "E023",
    "the style sheet cannot be read here: {reason}",
    "mend the quote or bracket in `styles/epub.css` or `styles/shared.css`",
    manual="A quotation mark or bracket in the style sheet has no partner. Reading systems skip an unknown amount of "
    "the sheet after such a place, so the book would look different everywhere. Close it at the line that is named.",
)

_FUNCTIONS = frozenset({"var", "env", "calc", "min", "max", "clamp"})
_SELECTORS = frozenset({"has", "is", "where"})
_RULES = frozenset({"charset", "font-face", "import", "page"})
_UNITS = frozenset({"em", "ex", "px", "pt", "pc", "in", "cm", "mm", "deg", "grad", "rad", "ms", "s"})
_TAG = re.compile(r"[ -~]{4}")
_LOADERS = frozenset({"url", "src", "image", "image-set", "-webkit-image-set", "cross-fade", "element"})
# Fonts bring them; what every text asks for by itself, such as ligatures, is not among them.
_FEATURES = {
    "small-caps": ("smcp",),
    "all-small-caps": ("smcp", "c2sc"),
    "petite-caps": ("pcap",),
    "all-petite-caps": ("pcap", "c2pc"),
    "unicase": ("unic",),
    "titling-caps": ("titl",),
    "lining-nums": ("lnum",),
    "oldstyle-nums": ("onum",),
    "proportional-nums": ("pnum",),
    "tabular-nums": ("tnum",),
    "stacked-fractions": ("afrc",),
    "ordinal": ("ordn",),
    "slashed-zero": ("zero",),
    "discretionary-ligatures": ("dlig",),
    "historical-ligatures": ("hlig",),
    "historical-forms": ("hist",),
    "sub": ("subs",),
    "super": ("sups",),
    "ruby": ("ruby",),
}


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a sheet asks of the fonts: lower-case `families`, `weights`, inserted `characters`, tags of `features`."""

    families: str
    weights: frozenset[int]
    characters: str
    features: frozenset[str] = frozenset()


MOST = 50
"""Findings that are shown; one slip may be found a thousand times."""


def check(css: str, names: frozenset[str]) -> None:
    """Hold the sheet to plain CSS; `names` are the files that it may load, such as `images/ornament.svg`.

    Raises:
        Stop: the sheet uses what old engines do not survive, loads something, or cannot be read.
    """
    found = errors(_faults(css, frozenset(f"../{name}" for name in names)))
    if found:
        raise Stop(*found[:MOST])


def addresses(css: str) -> tuple[str, ...]:
    """Return what the sheet loads, `@import` included, in the order of the sheet."""
    return tuple(address for address, _ in _addresses(css))


def loads(css: str, *, own: bool = False) -> bool:
    """Tell whether CSS, such as a `style` attribute, loads something; `own` allows parts of the same file."""
    if not any(sign in css.lower() for sign in ("(", "@", "\\")):
        return False
    return any(not (own and address.startswith("#")) for address in addresses(css))


def wishes(css: str) -> Wishes:
    """Return what the sheet asks of the fonts."""
    families: list[str] = []
    weights: set[int] = set()
    features: set[str] = set()
    for _, each in declarations(css):
        name, value = each.lower_name, each.value
        if name in {"font", "font-family"}:
            families.append(_words(value))
        if name in {"font", "font-weight"}:
            weights.update(_weights(value))
        if name == "font" or name.startswith("font-variant"):
            features.update(
                tag for node in value if node.type == "ident" for tag in _FEATURES.get(node.lower_value, ())
            )
        if name == "font-feature-settings":
            features.update(node.value for node in value if node.type == "string" and _TAG.fullmatch(node.value))
    strings = sorted({node.value for node, _ in _walk(_nodes(css)) if node.type == "string"})
    return Wishes(" , ".join(families), frozenset(weights), "".join(strings), frozenset(features))


def _faults(css: str, known: frozenset[str]) -> Iterator[Diagnostic]:
    for node, _ in _walk(_nodes(css)):
        if node.type == "error":
            yield BROKEN.at(Place(SHEET, node.source_line, node.source_column), reason=node.message)
    for thing, line, column in modern(css):
        yield MODERN.at(Place(SHEET, line, column), thing=thing)
    for address, node in _addresses(css):
        if address not in known:
            yield LOADS.at(Place(SHEET, node.source_line, node.source_column), address=address)


def modern(css: str) -> Iterator[tuple[str, int, int]]:
    """Yield what goes beyond the grammar of CSS 2.1 that old engines know, with its line and column."""
    previous = ""
    for node, depth in _walk(_nodes(css)):
        if thing := _modern(node, depth, previous):
            yield thing, node.source_line, node.source_column
        previous = str(getattr(node, "value", ""))


def declarations(css: str) -> Iterator[tuple[str, Any]]:
    """Yield the declarations outside at-rules, as tinycss2 reads them, with the selectors they stand under."""
    import tinycss2

    for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
        if rule.type == "qualified-rule":
            selectors = tinycss2.serialize(rule.prelude).strip()
            for each in tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True):
                if each.type == "declaration":
                    yield selectors, each


def _modern(node: Any, depth: int, previous: str) -> str:
    if node.type == "function" and node.lower_name in _FUNCTIONS:
        return f"{node.lower_name}()"
    if node.type == "function" and node.lower_name in _SELECTORS and previous == ":":
        return f":{node.lower_name}()"
    if node.type == "at-keyword" and node.lower_value not in _RULES:
        return f"@{node.lower_value}"
    if node.type == "ident" and node.value.startswith("--"):
        return f"the custom property {node.value}"
    # In `:nth-child(2n+1)` stands no length.
    if node.type == "dimension" and node.lower_unit not in _UNITS and not node.lower_unit.startswith("n"):
        return f"the unit {node.unit}"
    return "a rule inside a rule" if node.type == "{} block" and depth else ""


def _addresses(css: str) -> Iterator[tuple[str, Any]]:
    for node, _ in _walk(_nodes(css)):
        if node.type == "url":
            yield node.value, node
        elif node.type == "function" and node.lower_name in _LOADERS:
            yield "".join(part.value for part in node.arguments if part.type == "string") or node.serialize(), node
        elif node.type == "at-keyword" and node.lower_value == "import":
            yield "@import", node


def _nodes(css: str) -> list[Any]:
    import tinycss2

    nodes: list[Any] = tinycss2.parse_component_value_list(css, skip_comments=True)
    return nodes


def _walk(nodes: list[Any]) -> Iterator[tuple[Any, int]]:
    """Yield all nodes in the order of the sheet, with how many blocks they stand in; however deep it nests."""
    waiting = [(node, 0) for node in reversed(nodes)]
    while waiting:
        node, depth = waiting.pop()
        yield node, depth
        inner = getattr(node, "content", None) or getattr(node, "arguments", None)
        if isinstance(inner, list):
            deeper = depth + (node.type == "{} block")
            waiting += [(each, deeper) for each in reversed(inner)]


def _words(value: list[Any]) -> str:
    return " ".join(str(node.value) for node in value if node.type in {"ident", "string", "literal"}).lower()


def _weights(value: list[Any]) -> Iterator[int]:
    for node in value:
        if node.type == "ident" and node.lower_value in {"bold", "bolder"}:
            yield 700
        elif node.type == "number" and node.int_value is not None and node.int_value >= 100:
            yield node.int_value
