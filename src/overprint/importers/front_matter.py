"""What a Markdown file says of itself above its text: YAML, TOML, or the title block of pandoc."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from typing import Any

from overprint import strict_yaml
from overprint.diagnostics import Place, Stop, error

NO_TOML = error(
    "I180",
    "the lines between the +++ marks are not TOML: {why}",
    'write `key = "value"`, one to a line',
    "Hugo keeps what it knows about an essay in TOML between two lines of plus signs. Each value that is no number, "
    "date or list stands in quotation marks.",
)
UNCLOSED = error(
    "I181",
    "the front matter that begins here never ends",
    "close it with a line of the same three marks",
    "A file that begins with three hyphens or plus signs says something about itself until the same line comes again. "
    "Without that line nobody can tell where the essay begins.",
)

OPENED = re.compile(r"(?P<mark>---|\+\+\+)[ \t]*\n(?=(?:[ \t]*(?:#[^\n]*)?\n){0,20}[ \t]*[\w\"'.-]{1,60}[ \t]*[:=])")
BLOCK = re.compile(r"%[^\n]*\n(?:[ \t]+\S[^\n]*\n)*")


@dataclass(slots=True)
class FrontMatter:
    """Values by key in lower case, each with its line; the text below, and the line it begins on."""

    values: dict[str, tuple[Any, int]] = field(default_factory=dict)
    text: str = ""
    line: int = 1

    def take(self, *keys: str) -> Any:
        """Return the first value that one of these keys has, and forget it; None where there is none."""
        found = next((key for key in keys if key in self.values), "")
        return self.values.pop(found)[0] if found else None


def opened(text: str) -> bool:
    """Tell whether a text begins with front matter."""
    return bool(OPENED.match(text)) or text.startswith("% ")


def front_matter(text: str, path: str) -> FrontMatter:
    """Return the front matter of a text, whose line ends are plain, empty where it has none.

    Raises:
        Stop: it is broken, or never ends.
    """
    start = OPENED.match(text)
    if not start:
        return _title_block(text) if text.startswith("% ") else FrontMatter(text=text)
    mark = start["mark"]
    end = re.compile(rf"^(?:{re.escape(mark)}|{'[.]' * 3})[ \t]*$\n?", re.MULTILINE).search(text, start.end())
    if not end:
        raise Stop(UNCLOSED.at(Place(path, 1, 1)))
    inside = text[start.end() : end.start()]
    values = _toml(inside, path) if mark == "+++" else _yaml(inside, path)
    return FrontMatter(values, text[end.end() :], text.count("\n", 0, end.end()) + 1)


def _yaml(inside: str, path: str) -> dict[str, tuple[Any, int]]:
    try:
        tree = strict_yaml.tree(inside, Place(path, 2, 1))
    except strict_yaml.Refused as refused:
        raise Stop(refused.said) from None
    pairs = tree.pairs if isinstance(tree, strict_yaml.Block) else []
    return {key.value.lower(): (_value(node), key.place.line) for key, node in pairs}


def _value(node: strict_yaml.Node) -> Any:
    if isinstance(node, strict_yaml.Scalar):
        return "" if not node.quoted and node.value in ("~", "null") else node.value
    if isinstance(node, strict_yaml.Sequence):
        return [_value(each) for each in node.items]
    return {key.value.lower(): _value(value) for key, value in node.pairs}


def _toml(inside: str, path: str) -> dict[str, tuple[Any, int]]:
    try:
        values = tomllib.loads(inside)
    except (tomllib.TOMLDecodeError, RecursionError) as fault:
        place = re.search(r" \(at line (\d+), column (\d+)\)$", str(fault))
        line, column = (int(place[1]) + 1, int(place[2])) if place else (2, 1)
        why = re.sub(r" \(at .*\)$", "", str(fault)).lower()
        raise Stop(NO_TOML.at(Place(path, line, column), why=why)) from None
    lines = {found[1].lower(): number for number, each in enumerate(inside.split("\n"), 2) if (found := _key(each))}
    return {key.lower(): (_plain(value), lines.get(key.lower(), 2)) for key, value in values.items()}


def _key(line: str) -> re.Match[str] | None:
    return re.match(r"\s*\[*\s*[\"']?([\w-]+)", line)


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if isinstance(value, dict):
        return {key.lower(): _plain(each) for key, each in value.items()}
    return str(value)


def _title_block(text: str) -> FrontMatter:
    """Return pandoc's own form: up to three lines with a percent sign, for title, authors and date."""
    values: dict[str, tuple[Any, int]] = {}
    at = 0
    for line, key in enumerate(("title", "authors", "date"), 1):
        if not (found := BLOCK.match(text, at)):
            break
        words = found[0][1:].strip()
        if words:
            value = [each.strip() for each in re.split(r";|\n", words)] if key == "authors" else " ".join(words.split())
            values[key] = (value, line)
        at = found.end()
    return FrontMatter(values, text[at:], text.count("\n", 0, at) + 1)
