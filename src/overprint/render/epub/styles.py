"""The style sheet of the EPUB: only the CSS that old reading systems survive, and what it asks of the fonts.

Old engines throw away a whole sheet, or the book, at the first custom property or media query, so the theme is compiled
to plain CSS 2.1 before it comes here. This holds it to that.
"""

from __future__ import annotations

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
    "they meet variables, `calc()`, `min()`, nested rules, media queries or new selectors such as `:has()`. "
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
_RULES = frozenset({"media", "supports", "container", "layer", "property", "scope"})
_LOADERS = frozenset({"url", "src", "image", "image-set", "-webkit-image-set", "cross-fade", "element"})


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a style sheet asks of the fonts: lower-case `families`, `weights` and the `characters` it inserts."""

    families: str
    weights: frozenset[int]
    characters: str


def check(css: str, names: frozenset[str]) -> None:
    """Hold the sheet to plain CSS; `names` are the files that it may load, such as `images/ornament.svg`.

    Raises:
        Stop: the sheet uses what old engines do not survive, loads something, or cannot be read.
    """
    found = errors(_faults(css, frozenset(f"../{name}" for name in names)))
    if found:
        raise Stop(*found)


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
    for name, value in _declarations(css):
        if name in {"font", "font-family"}:
            families.append(_words(value))
        if name in {"font", "font-weight"}:
            weights.update(_weights(value))
    strings = sorted({node.value for node, _ in _walk(_nodes(css)) if node.type == "string"})
    return Wishes(" , ".join(families), frozenset(weights), "".join(strings))


def _faults(css: str, known: frozenset[str]) -> Iterator[Diagnostic]:
    previous = ""
    for node, depth in _walk(_nodes(css)):
        place = Place(SHEET, node.source_line, node.source_column)
        if node.type == "error":
            yield BROKEN.at(place, reason=node.message)
        elif thing := _modern(node, depth, previous):
            yield MODERN.at(place, thing=thing)
        previous = str(getattr(node, "value", ""))
    for address, node in _addresses(css):
        if address not in known:
            yield LOADS.at(Place(SHEET, node.source_line, node.source_column), address=address)


def _modern(node: Any, depth: int, previous: str) -> str:
    if node.type == "function" and node.lower_name in _FUNCTIONS:
        return f"{node.lower_name}()"
    if node.type == "function" and node.lower_name in _SELECTORS and previous == ":":
        return f":{node.lower_name}()"
    if node.type == "at-keyword" and node.lower_value in _RULES:
        return f"@{node.lower_value}"
    if node.type == "ident" and node.value.startswith("--"):
        return f"the custom property {node.value}"
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


def _walk(nodes: list[Any], depth: int = 0) -> Iterator[tuple[Any, int]]:
    for node in nodes:
        yield node, depth
        inner = getattr(node, "content", None) or getattr(node, "arguments", None)
        if isinstance(inner, list):
            yield from _walk(inner, depth + (node.type == "{} block"))


def _declarations(css: str) -> Iterator[tuple[str, list[Any]]]:
    import tinycss2

    for rule in tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True):
        if rule.type == "qualified-rule":
            for each in tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True):
                if each.type == "declaration":
                    yield each.lower_name, each.value


def _words(value: list[Any]) -> str:
    return " ".join(str(node.value) for node in value if node.type in {"ident", "string", "literal"}).lower()


def _weights(value: list[Any]) -> Iterator[int]:
    for node in value:
        if node.type == "ident" and node.lower_value in {"bold", "bolder"}:
            yield 700
        elif node.type == "number" and node.int_value is not None and node.int_value >= 100:
            yield node.int_value
