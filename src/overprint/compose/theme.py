"""A theme is a folder: `theme.yaml` says what it is called and sets its tokens, sheets and templates do the rest.

    name: Broadsheet
    about: wide and airy, in Newsreader
    base: plain                          # the theme that it changes; its sheets and templates come first
    tokens: {text-face: '"Newsreader", serif', text-size: 10.5pt}
    page: {inner: 70pt}                  # see `page_grid`
    sinks: {opener: 6}
    display: {title-size: 40pt}          # see `page_grid`
    opening: {dropcap: 2}                # see `setting`
    lines: {essay-title: {size: 32pt}}
    cover: {cover-title: {width: 330pt}}  # see `setting`

Everything but the name may be left out where there is a base. The folder may hold `shared.css`, `print.css`,
`epub.css`, `cover.css`, and `templates/` with pages of its own. Ours lie beside this package, a book's own in its
`themes/`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from overprint import files, lengths, strict_yaml
from overprint.diagnostics import Exit, Place, Stop, error
from overprint.model import Project

OURS = Path(__file__).parents[1] / "themes"
FACTS = "theme.yaml"
KEYS = ("name", "about", "base", "tokens", "page", "sinks", "display", "opening", "lines", "cover")
MAPS = KEYS[3:]
INSIDE = {
    "page": ("trim", "top", "bottom", "inner", "outer", "columns", "gap"),
    "opening": ("dropcap", "lead-in", "face", "weight"),
}
COUNTS = ("columns", "dropcap", "weight")
NEEDED = {"page": ("trim", "top", "bottom", "inner", "outer"), "tokens": ("text-face", "text-size", "leading")}

NO_THEME = error(
    "B101",
    "there is no theme called `{name}`",
    "use one of: {known}",
    "A theme is the look of a book. `overprint themes` lists those that there are: ours, and those in the book's own "
    "folder `themes/`.",
)
NOT_WHOLE = error(
    "B111",
    "the theme `{name}` cannot be used: {fault}",
    "mend its theme.yaml; docs/how-to/own-theme.md shows a whole one",
    "A theme's `theme.yaml` holds `name`, `about`, `base`, `tokens`, `page`, `sinks`, `display`, `opening`, `lines` "
    "and `cover`. "
    "A theme with a `base` needs only what differs from it.",
)


@dataclass(frozen=True, slots=True)
class Theme:
    """`folders` are its own and those of the themes that it rests on, the lowest first; `facts` are all of theirs."""

    name: str
    folders: tuple[Path, ...]
    facts: Mapping[str, Any]


def ours() -> tuple[str, ...]:
    """Return the names of the themes that come with overprint."""
    return tuple(_in(OURS))


def known(root: Path | None) -> tuple[str, ...]:
    """Return the names of all themes that a book in `root` can have; without one, ours."""
    own = _in(root / "themes") if root else ()
    return tuple(dict.fromkeys((*ours(), *own)))


def of(project: Project) -> Theme:
    """Return the project's theme.

    Raises:
        Stop: there is no such theme, or it cannot be used.
    """
    return find(project.theme, project.root, project.at("theme"))


def find(name: str, root: Path | None, place: Place) -> Theme:
    """Return a theme; a book's own comes before ours. `place` is where it is named.

    Raises:
        Stop: there is no such theme, or it cannot be used.
    """
    found: list[tuple[Path, dict[str, Any]]] = []
    wanted = name
    while wanted:
        folder = _folder(wanted, root, [each for each, _ in found])
        if folder is None:
            raise Stop(NO_THEME.at(place, name=wanted, known=", ".join(known(root))), exit=Exit.CONTENT)
        facts = _facts(folder, wanted, root)
        found.insert(0, (folder, facts))
        wanted = facts.get("base", "")
    merged: dict[str, Any] = {key: {} for key in MAPS}
    for _, facts in found:
        merged |= {key: _merged(merged.get(key), value) for key, value in facts.items()}
    own = found[-1][1]
    merged |= {"name": own.get("name", name), "about": own.get("about", f"rests on {own.get('base', '')}")}
    if fault := _lack(merged):
        raise Stop(NOT_WHOLE.at(place, name=name, fault=fault), exit=Exit.CONTENT)
    return Theme(name, tuple(folder for folder, _ in found), merged)


def _in(folder: Path) -> Iterator[str]:
    if folder.is_dir():
        yield from sorted(each.name for each in folder.iterdir() if (each / FACTS).is_file())


def _folder(name: str, root: Path | None, taken: list[Path]) -> Path | None:
    """Return the folder of a theme that is not taken: one's own `plain` may rest on ours."""
    places = [root / "themes"] if root else []
    for place in (*places, OURS):
        if name in _in(place) and place / name not in taken:
            return place / name
    return None


def _facts(folder: Path, name: str, root: Path | None) -> dict[str, Any]:
    path = folder / FACTS
    if root and path.is_relative_to(root):
        text, place = files.read_text(path, root)[0], Place(files.shown(path, root), 1, 1)
    else:
        text, place = path.read_text("utf-8"), Place(f"{name}/{FACTS}", 1, 1)
    try:
        strict_yaml.tree(text, place)  # refuses what could hide or exhaust
    except strict_yaml.Refused as refused:
        raise Stop(refused.said, exit=Exit.CONTENT) from None
    facts: dict[str, Any] = yaml.load(text, strict_yaml.LOADER)  # noqa: S506 - one that makes plain values only
    if fault := _fault(facts):
        raise Stop(NOT_WHOLE.at(place, name=name, fault=fault), exit=Exit.CONTENT)
    return facts


def _fault(facts: object) -> str:
    if not isinstance(facts, dict):
        return "its theme.yaml holds no keys"
    for key, value in facts.items():
        if key not in KEYS:
            return f"it has the key `{key}`; there are {', '.join(KEYS)}"
        if key in MAPS and not isinstance(value, dict):
            return f"`{key}` takes keys of its own"
        if key not in MAPS and not isinstance(value, str):
            return f"`{key}` takes a word"
        if key in MAPS and (fault := _fault_inside(key, value)):
            return fault
    return ""


def _fault_inside(key: str, held: Mapping[str, Any]) -> str:
    for name, value in held.items():
        known = INSIDE.get(key, (name,))
        if name not in known:
            return f"`{key}` has the key `{name}`; there are {', '.join(known)}"
        if (key == "sinks" or name in COUNTS) and (type(value) is not int or value < (name == "columns")):
            return f"`{name}` in `{key}` takes a whole number"
        if name == "lead-in" and not isinstance(value, bool):
            return f"`{name}` in `{key}` takes yes or no"
    return ""


def _lack(facts: Mapping[str, Any]) -> str:
    """Say what no theme in the pile says."""
    if not facts["page"]:
        return "it has neither a page nor a base"
    for key, names in NEEDED.items():
        if missing := [name for name in names if name not in facts[key]]:
            return f"`{key}` lacks `{missing[0]}`"
    size = facts["page"]["trim"]
    return "" if lengths.trim(str(size)) else f"`{size}` is no trim, such as 5 x 8 in"


def _merged(below: Any, value: Any) -> Any:
    if isinstance(below, dict) and isinstance(value, dict):
        return {**below, **{key: _merged(below.get(key), each) for key, each in value.items()}}
    return value
