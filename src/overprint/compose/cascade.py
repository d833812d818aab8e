"""The cascade: a theme's sheets, then the project's own, with design tokens compiled away.

`shared.css` serves both books; `print.css` and `epub.css` add what only one can use. A token is a custom property on
`:root`. Old reading systems drop a whole sheet that holds `var()`, so no custom property is left in either book.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import yaml

from overprint import files, typefaces
from overprint.compose import setting
from overprint.diagnostics import Diagnostic, Exit, Made, Place, Stop, error
from overprint.model import Look, Project, Resource

THEMES = Path(__file__).parents[1] / "themes"
SHEETS = ("shared.css", "print.css", "epub.css")
ROOT_RULE = re.compile(r":root\s*\{([^{}]*)\}")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
TOKEN = re.compile(r"--([\w-]+)\s*:\s*([^;{}]+);?")
USE = re.compile(r"var\(\s*--([\w-]+)\s*(?:,\s*([^()]*))?\)")
RESOURCES = {
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
}

NO_THEME = error(
    "B101",
    "there is no theme called `{name}`",
    "use one of: {known}",
    "A theme is the look of a book. `overprint themes` lists those that there are.",
)
NO_TOKEN = error(
    "B102",
    "the style sheet uses `--{name}`, which nothing sets",
    "set it on :root in styles/shared.css, or use one of the theme's: {known}",
    "Tokens such as `--indent` are set once and used in many places; without a value the rule would be lost.",
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One style sheet as written; `path` as messages show it."""

    path: str
    text: str


def themes() -> tuple[str, ...]:
    """Return the names of the themes there are."""
    return tuple(sorted(folder.name for folder in THEMES.iterdir() if (folder / "theme.yaml").is_file()))


def theme_folder(project: Project) -> Path:
    """Return the folder of the project's theme.

    Raises:
        Stop: there is no such theme.
    """
    if project.theme not in themes():
        raise Stop(NO_THEME.at(project.at("theme"), name=project.theme, known=", ".join(themes())))
    return THEMES / project.theme


def look(project: Project) -> Made[Look]:
    """Return the look of the book: whole sheets for print and EPUB, and the faces they use.

    Raises:
        Stop: the theme is unknown, a sheet cannot be read, or the theme's typefaces are not installed.
    """
    folder = theme_folder(project)
    theme = yaml.safe_load((folder / "theme.yaml").read_text("utf-8"))
    sheets = {name: _sheets(folder, project, name) for name in SHEETS}
    tokens = {name: str(value) for name, value in theme["tokens"].items()}
    for sheet in (each for name in SHEETS for each in sheets[name]):
        tokens.update(_tokens(sheet))
    faces = tuple(face for family in theme["families"] for face in typefaces.faces(family))
    tokens = setting.from_typeface(theme, tokens, faces) | tokens
    said: list[Diagnostic] = []
    shared, for_print, for_epub = (
        tuple((sheet.path, _compiled(sheet, tokens, said)) for sheet in sheets[name]) for name in SHEETS
    )
    made = Look(
        theme=project.theme,
        print_sheets=shared + for_print,
        epub_css="\n".join(text for _, text in shared + for_epub),
        faces=faces,
        resources=tuple(_resources(project)),
        setting=setting.setting(theme, tokens, faces),
    )
    return Made(made, tuple(said))


def _sheets(folder: Path, project: Project, name: str) -> tuple[Sheet, ...]:
    theirs = Sheet(f"{project.theme}/{name}", (folder / name).read_text("utf-8"))
    own = project.root / "styles" / name
    if not files.is_there(own):
        return (theirs,)
    try:
        return theirs, Sheet(files.shown(own, project.root), files.read_text(own, project.root)[0])
    except Stop as stop:
        raise Stop(*stop.diagnostics, exit=Exit.CANNOT) from None


def _tokens(sheet: Sheet) -> dict[str, str]:
    plain = COMMENT.sub("", sheet.text)
    return {
        token.group(1): token.group(2).strip()
        for rule in ROOT_RULE.finditer(plain)
        for token in TOKEN.finditer(rule.group(1))
    }


def _compiled(sheet: Sheet, tokens: dict[str, str], said: list[Diagnostic]) -> str:
    """Return a sheet without comments and tokens; lines keep their numbers for messages."""

    def value(found: re.Match[str]) -> str:
        name, fallback = found.group(1), found.group(2)
        if name in tokens:
            return tokens[name]
        if fallback is not None:
            return fallback.strip()
        line = text.count("\n", 0, found.start()) + 1
        known = ", ".join(f"--{each}" for each in sorted(tokens))
        said.append(NO_TOKEN.at(Place(sheet.path, line, 1), name=name, known=known))
        return "initial"

    text = COMMENT.sub(lambda found: "\n" * found.group().count("\n"), sheet.text)
    text = ROOT_RULE.sub(lambda found: "\n" * found.group().count("\n"), text)
    for _ in range(4):  # a token may name another
        text, found = USE.subn(value, text)
        if not found:
            break
    return text


def _resources(project: Project) -> list[Resource]:
    folder = project.root / "styles"
    found = sorted(folder.rglob("*")) if folder.is_dir() else []
    return [
        Resource(f"styles/{path.relative_to(folder).as_posix()}", RESOURCES[path.suffix.lower()], path)
        for path in found
        if path.suffix.lower() in RESOURCES and path.is_file()
    ]
