"""YAML as a tree in which every value keeps its line and column.

The parser's events are read one by one, so nothing is guessed about a value and nothing recurses. Aliases, tags
and deep nests are refused: they can hide, forge or exhaust.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import yaml

from overprint.diagnostics import Diagnostic, Place, error

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
DEEPEST = 20

BROKEN_YAML = error(
    "M106",
    "{problem}",
    "{cure}",
    """The lines between `---` marks, and `book.yaml`, are YAML: `key: value`, one to a line. A value that holds a
    colon and a space, or begins with a special character, needs quotation marks.

    Bad, in essay.md:
        ---
        title: Bees: a love story
        ---
    Good, in essay.md:
        ---
        title: "Bees: a love story"
        ---
    """,
)


@dataclass(frozen=True, slots=True)
class Scalar:
    """A YAML scalar as written."""

    value: str
    place: Place
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Sequence:
    """A YAML list."""

    items: list[Node]
    place: Place


@dataclass(frozen=True, slots=True)
class Block:
    """A YAML mapping with its keys in order, duplicates kept."""

    pairs: list[tuple[Scalar, Node]]
    place: Place


Node = Scalar | Sequence | Block


class Refused(Exception):  # noqa: N818 - it carries what is said, not a fault of ours
    """The YAML cannot be read; `said` says why."""

    def __init__(self, said: Diagnostic) -> None:
        self.said = said


def tree(source: str, start: Place) -> Node | None:
    """Return the YAML tree of `source`, or None when there is nothing in it.

    Raises:
        Refused: the YAML is broken, or uses an alias, a tag or a deep nest.
    """
    stack: list[Node] = []
    keys: list[Scalar | None] = []
    root: Node | None = None
    try:
        for event in iter(LOADER(source).get_event, None):
            made = _node(event, start)
            if made is None:
                if isinstance(event, yaml.CollectionEndEvent):
                    stack.pop()
                    keys.pop()
                continue
            if not stack:
                root = made
            else:
                _hang(stack[-1], keys, made)
            if not isinstance(made, Scalar):
                if len(stack) >= DEEPEST:
                    raise Refused(BROKEN_YAML.at(made.place, problem="the YAML is nested too deep", cure="flatten it"))
                stack.append(made)
                keys.append(None)
    except yaml.YAMLError as broken:
        raise Refused(_reworded(broken, source, start)) from None
    return root


def _hang(parent: Node, keys: list[Scalar | None], made: Node) -> None:
    if isinstance(parent, Sequence):
        parent.items.append(made)
    elif isinstance(parent, Block):
        key = keys[-1]
        if key is not None:
            parent.pairs.append((key, made))
            keys[-1] = None
        elif isinstance(made, Scalar):
            keys[-1] = made
        else:
            raise Refused(BROKEN_YAML.at(made.place, problem="a key cannot be a list", cure="write `key: value`"))


def _node(event: Any, start: Place) -> Node | None:
    if not isinstance(event, yaml.NodeEvent):
        return None
    if event.anchor:
        raise Refused(
            BROKEN_YAML.at(
                _at(event.start_mark, start),
                problem="`&` and `*` have a meaning in YAML at the start of a value",
                cure="put the value in quotation marks",
            )
        )
    if getattr(event, "tag", None):
        raise Refused(
            BROKEN_YAML.at(
                _at(event.start_mark, start),
                problem="`!` has a meaning in YAML at the start of a value",
                cure="put the value in quotation marks",
            )
        )
    if isinstance(event, yaml.ScalarEvent):
        return Scalar(event.value, _at(event.start_mark, start), bool(event.style))
    if isinstance(event, yaml.SequenceStartEvent):
        return Sequence([], _at(event.start_mark, start))
    return Block([], _at(event.start_mark, start))


def _at(mark: Any, start: Place) -> Place:
    column = mark.column + (start.column if mark.line == 0 else 1)
    return Place(start.path, start.line + mark.line, column)


def _reworded(broken: yaml.YAMLError, source: str, start: Place) -> Diagnostic:
    mark = getattr(broken, "problem_mark", None) or getattr(broken, "context_mark", None)
    problem = str(getattr(broken, "problem", "") or getattr(broken, "reason", "") or "")
    context = str(getattr(broken, "context", "") or "")
    if mark is None:
        return BROKEN_YAML.at(start, problem="these lines are not YAML", cure="write `key: value`, one to a line")
    lines = source.split("\n")
    line = lines[mark.line] if mark.line < len(lines) else ""
    place = _at(mark, start)
    if "mapping values are not allowed" in problem:
        key, _, value = line.partition(":")
        cure = f'write {key.strip()}: "{value.strip()}"' if value.strip() else "indent the lines below their key"
        return BROKEN_YAML.at(place, problem="a colon inside a value needs quotation marks", cure=cure)
    if "quoted scalar" in context:
        where = _at(broken.context_mark, start) if getattr(broken, "context_mark", None) else place  # type: ignore[attr-defined]
        return BROKEN_YAML.at(
            where,
            problem="a quotation mark is opened and never closed",
            cure="close it, or put the whole value in the other kind of quotation marks",
        )
    if "\t" in line or "tab" in problem:
        return BROKEN_YAML.at(place, problem="a tab stands where only spaces may", cure="use spaces to indent")
    if "could not find expected ':'" in problem or "did not find expected key" in problem:
        return BROKEN_YAML.at(
            place, problem="this line is not `key: value`", cure="write `key: value`, the colon followed by a space"
        )
    if "cannot start any token" in problem:
        return BROKEN_YAML.at(
            place,
            problem="a value cannot begin with this character",
            cure="put the value in quotation marks",
        )
    return BROKEN_YAML.at(
        place, problem=f"these lines are not YAML ({problem or 'unreadable'})", cure="write `key: value`, one to a line"
    )
