"""Add essays to `contents:` of book.yaml, into its parts where that is wanted; every other byte stays."""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Sequence as Several

from overprint.diagnostics import Place, Stop
from overprint.manuscript.write import scalar
from overprint.strict_yaml import Block, Node, Refused, Scalar, Sequence, tree


def added(text: str, essays: Several[tuple[str, str]], others: Several[str] = ()) -> str:
    r"""Return book.yaml with essays at the end of its contents, or of their part.

    Args:
        text: the file.
        essays: folders such as `essays/02-wasps`, each with the title of its part or an empty text.
        others: the folders that were there before: where the book has no `contents:` and a part is wanted, it is made.

    Raises:
        Stop: the file is not YAML.

    >>> print(added("title: Bees\ncontents:\n  - essays/01-bees  # first\n", [("essays/02-wasps", "")]), end="")
    title: Bees
    contents:
      - essays/01-bees  # first
      - essays/02-wasps
    >>> print(added("title: Bees\n", [("essays/02-wasps", "Foes")], ["essays/01-bees"]), end="")
    title: Bees
    contents:
      - essays/01-bees
      - part: Foes
        essays:
          - essays/02-wasps
    """
    newline = "\r\n" if "\r\n" in text else "\n"
    made = text
    entries: dict[str, tuple[str, list[str]]] = {}  # a part, or one essay that is in none
    for folder, part in essays:
        entries.setdefault(f"part {part}" if part else folder, (part, []))[1].append(folder)
    contents = _value(_tree(made), "contents")
    for key, (part, folders) in list(entries.items()):
        inside = _part(contents, part) if part and isinstance(contents, Sequence) else None
        if inside:
            made = _append(made, inside, [("", [folder]) for folder in folders], newline)
            contents = _value(_tree(made), "contents")
            del entries[key]
    if isinstance(contents, Sequence) and entries:
        made = _append(made, contents, entries.values(), newline)
    elif contents is None and any(part for part, _ in entries.values()):
        end = "" if made.endswith(("\n", "\r")) else newline
        listed = [*(("", [each]) for each in others), *entries.values()]
        made += end + newline.join(["contents:", *(line for each in listed for line in _lines(*each, "  ")), ""])
    try:
        _tree(made)
    except Stop:  # an odd way to write YAML: better an essay that is not in the contents, of which `validate` warns
        return text
    return made


def _tree(text: str) -> Node | None:
    try:
        return tree(text.removeprefix("\ufeff"), Place("manuscript/book.yaml", 1, 1))
    except Refused as refused:
        raise Stop(refused.said) from None


def _value(node: Node | None, key: str) -> Node | None:
    return next((value for name, value in node.pairs if name.value == key), None) if isinstance(node, Block) else None


def _part(contents: Sequence, title: str) -> Sequence | None:
    for each in contents.items:
        named, essays = _value(each, "part"), _value(each, "essays")
        if isinstance(named, Scalar) and named.value == title and isinstance(essays, Sequence) and essays.items:
            return essays
    return None


def _lines(part: str, folders: list[str], indent: str) -> list[str]:
    listed = [f"{'    ' if part else ''}- {folder}" for folder in folders]
    return [indent + line for line in ([f"- part: {scalar(part)}", "  essays:", *listed] if part else listed)]


def _flow(part: str, folders: list[str]) -> str:
    return f"{{part: {scalar(part)}, essays: [{', '.join(folders)}]}}" if part else ", ".join(folders)


def _append(text: str, target: Sequence, entries: Iterable[tuple[str, list[str]]], newline: str) -> str:
    lines = re.findall(r"[^\r\n]*(?:\r\n?|\n|$)", text)
    row, column = target.place.line - 1, target.place.column - 1
    if lines[row][column : column + 1] == "[":  # [a, b]
        words = ", ".join(_flow(*each) for each in entries)
        row, column = _after(lines, target)
        comma = ", " if target.items else ""
        while "]" not in lines[row][column:]:
            comma = "" if "," in lines[row][column:] else comma
            row, column = row + 1, 0
        end = lines[row].index("]", column)
        comma = "" if "," in lines[row][column:end] else comma
        lines[row] = f"{lines[row][:end]}{comma}{words}{lines[row][end:]}"
        return "".join(lines)
    indent = lines[row][:column]  # a list of `- ` begins at its first dash
    row, _ = _after(lines, target)
    end = "" if lines[row].endswith(("\n", "\r")) else newline
    lines[row] += end + newline.join([*(line for each in entries for line in _lines(*each, indent)), ""])
    return "".join(lines)


def _after(lines: list[str], node: Node) -> tuple[int, int]:
    """Return the row and column behind the last word of a node, brackets of lists inside it included."""
    if isinstance(node, Scalar):
        row, column = node.place.line - 1, node.place.column - 1
        return row, column + (len(node.value) if lines[row][column:].startswith(node.value) else 1)
    inner = node.items if isinstance(node, Sequence) else [value for _, value in node.pairs]
    if not inner:
        return node.place.line - 1, node.place.column
    last = inner[-1]
    row, column = _after(lines, last)
    start = lines[last.place.line - 1][last.place.column - 1 : last.place.column]
    if not isinstance(last, Scalar) and start in {"[", "{"}:
        while {"[": "]", "{": "}"}[start] not in lines[row][column:]:
            row, column = row + 1, 0
        column = lines[row].index({"[": "]", "{": "}"}[start], column) + 1
    return row, column
