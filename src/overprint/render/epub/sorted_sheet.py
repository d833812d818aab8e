"""The style sheet as one hand would write it: a rule for each selector, the least particular first.

A book's sheet is several on top of each other, so a selector comes again and again, and general rules follow particular
ones. The cascade does not mind, but editors' tools do. Sorting by specificity changes nothing of what the sheet means,
for the cascade asks for that before it asks for the order. Nor does moving a declaration past others of the same
weight, unless one of them sets the same thing of the same elements.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

from lxml import etree

Weight = tuple[int, int, int]
_OLD_PSEUDO_ELEMENTS = frozenset({"before", "after", "first-line", "first-letter"})


@dataclass(frozen=True, slots=True)
class _Declaration:
    """What a rule declares, as it is written with its semicolon; `rule` counts the rules of the sheet."""

    name: str
    important: bool
    text: str
    rule: int

    def before(self, other: _Declaration) -> bool:
        """Tell whether the other must stay behind this: it sets the same thing, as `margin-top` does of `margin`."""
        if self.rule >= other.rule or self.important != other.important or self.text == other.text:
            return False
        short, long = sorted((self.name, other.name), key=len)
        apart = {short, long} != {"font", "line-height"} and not (short[:6] == long[:6] == "border")
        return not apart or long == short or long.startswith(f"{short}-")


class _Meetings:
    """Which kinds of element a selector may select: two that share none never meet."""

    def __init__(self, elements: tuple[frozenset[str], ...]) -> None:
        self._elements = elements
        self._known: dict[str, int] = {}

    def of(self, selector: str) -> int:
        """Return a number with a bit for each kind that the last part of a selector fits."""
        if selector not in self._known:
            last = re.split(r"[\s>+~]", re.sub(r"\([^()]*\)|\[[^\]]*\]", "", selector))[-1]
            wanted = frozenset(re.findall(r"^[a-z]\w*|\.[\w-]+", re.sub(r"::?[\w-]+", "", last)))
            self._known[selector] = sum(1 << bit for bit, each in enumerate(self._elements) if wanted <= each)
        return self._known[selector]


def sort(css: str, elements: Iterable[frozenset[str]]) -> str:
    """Return a sheet that means the same to these documents, its rules in order.

    Args:
        css: a sheet without nested rules and faults.
        elements: for each kind of element in the documents its name, and its classes with their dots.
    """
    import tinycss2

    others = []
    classes: dict[Weight, dict[str, list[_Declaration]]] = {}
    for number, node in enumerate(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)):
        if node.type != "qualified-rule":
            others.append(node.serialize())
            continue
        declared = list(_declared(node, number))
        now = {(each.name, each.important) for each in declared}
        for part in _parted(node.prelude) if declared else ():
            selector = " ".join(tinycss2.serialize(part).split())
            alike = classes.setdefault(_weight(part), {})
            # Taken out first, so that the last comes last.
            kept = [each for each in alike.pop(selector, []) if (each.name, each.important) not in now]
            alike[selector] = kept + declared
    meetings = _Meetings(tuple(elements))
    rules = [rule for weight in sorted(classes) for rule in _ordered(classes[weight], meetings)]
    joined = [(", ".join(selector for selector, _ in alike), text) for text, alike in groupby(rules, key=itemgetter(1))]
    sheet = "\n".join([*others, *(f"{selectors} {{ {text} }}" for selectors, text in joined)]) + "\n"
    # Spaces other than the usual stay to be seen: they are written as escapes.
    return re.sub(r"[^\S \n]", lambda space: f"\\{ord(space[0]):x} ", sheet)


def kinds(roots: Iterable[etree._Element]) -> list[frozenset[str]]:
    """Return the kinds of element in these documents."""
    found = {(each.tag, each.get("class", "")) for root in roots for each in root.iter(tag=etree.Element)}
    kinds = {(etree.QName(name).localname, words) for name, words in found}
    return [frozenset([name, *(f".{word}" for word in words.split())]) for name, words in sorted(kinds)]


def _declared(node: Any, number: int) -> Iterator[_Declaration]:
    import tinycss2

    for each in tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True):
        if each.type == "declaration":
            yield _Declaration(each.lower_name, each.important, f"{each.serialize().strip()};", number)


def _ordered(left: dict[str, list[_Declaration]], meetings: _Meetings) -> Iterator[tuple[str, str]]:
    """Yield selectors of one weight with what they declare; one that cannot stand whole in one place comes twice."""
    while left:
        free = {}
        for selector, declared in left.items():
            rivals = [name for name in left if name != selector and meetings.of(name) & meetings.of(selector)]
            others = [each for name in rivals for each in left[name]]
            # What follows one that must wait waits too: within a rule, as well, the last word counts.
            waiting = (place for place, each in enumerate(declared) if any(other.before(each) for other in others))
            free[selector] = next(waiting, len(declared))
            if free[selector] == len(declared):
                break
        else:
            selector = next(name for name in left if free[name])
        declared = left[selector]
        yield selector, " ".join(each.text for each in declared[: free[selector]])
        if free[selector] < len(declared):
            left[selector] = declared[free[selector] :]
        else:
            del left[selector]


def _parted(prelude: Iterable[Any]) -> list[list[Any]]:
    parts: list[list[Any]] = [[]]
    for each in prelude:
        if each == ",":
            parts.append([])
        else:
            parts[-1].append(each)
    return parts


def _weight(selector: list[Any]) -> Weight:
    """Return the specificity: ids, then classes, attributes and pseudo-classes, then elements and pseudo-elements."""
    ids = classes = elements = 0
    before = ("", "")
    for token in selector:
        value = getattr(token, "lower_value", "") or getattr(token, "lower_name", "")
        if token.type == "hash":
            ids += 1
        elif token.type == "[] block":
            classes += 1
        elif token.type == "ident" and before[1] == ":" and (before[0] == ":" or value in _OLD_PSEUDO_ELEMENTS):
            elements += 1
        elif token.type == "ident" and before[1] in {".", ":"}:
            classes += 1
        elif token.type == "ident":
            elements += 1
        elif token.type == "function" and value == "not":
            inner = max(map(_weight, _parted(token.arguments)))
            ids, classes, elements = ids + inner[0], classes + inner[1], elements + inner[2]
        elif token.type == "function":
            classes += 1
        before = (before[1], token.value if token.type == "literal" else "")
    return ids, classes, elements
