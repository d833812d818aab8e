"""The cascade: a theme's sheets, then the project's own, with design tokens compiled away.

`shared.css` serves both books; `print.css` and `epub.css` add what only one can use; `cover.css` is for the cover. A
token is a custom property on `:root`. Old reading systems drop a whole sheet that holds `var()`, so no custom property
is left in either book.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from overprint import files, lengths, typefaces
from overprint.compose import contrast, page_grid, setting
from overprint.compose import theme as themes
from overprint.compose.theme import Theme
from overprint.diagnostics import Diagnostic, Exit, Made, Place, Stop, error
from overprint.model import Face, Look, Project, Resource

OURS = Path(__file__).parents[1]
SHARED = Path(__file__).parent / "sheets"
SHEETS = ("shared.css", "print.css", "epub.css", "cover.css")
ROOT_RULE = re.compile(r":root\s*\{([^{}]*)\}")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
TOKEN = re.compile(r"--([\w-]+)\s*:\s*([^;{}]+);?")
USE = re.compile(r"var\(\s*--([\w-]+)\s*(?:,\s*([^()]*))?\)")
CODE = "code-face"
CODE_FACE = '"Roboto Mono", var(--text-face)'
"""What code is set in where a theme does not say."""
RESOURCES = {
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
}

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


def look(project: Project, *, code: bool = False) -> Made[Look]:
    """Return the look of the book: whole sheets for print and EPUB, and the faces they use.

    Args:
        project: the book's settings.
        code: whether it holds code, and so needs a typeface for it.

    Raises:
        Stop: the theme is unknown, a sheet cannot be read, or the theme's typefaces are not installed.
    """
    theme = themes.of(project)
    sheets = {name: _sheets(theme, project, name) for name in SHEETS}
    tokens = _stated(theme, project, sheets)
    tokens = page_grid.tokens(theme.facts, tokens, project.trim, project.at("trim"), project.edges) | tokens
    tokens = contrast.in_print(tokens) | tokens
    named = _named(tokens, code=code)
    faces = _faces(named, project)
    tokens = setting.from_typeface(theme.facts, tokens, faces) | tokens
    said: list[Diagnostic] = []
    shared, for_print, for_epub, for_cover = (
        tuple((sheet.path, _compiled(sheet, tokens, said)) for sheet in sheets[name]) for name in SHEETS
    )
    said += contrast.of_cover(tokens, project)
    made = Look(
        theme=project.theme,
        print_sheets=shared + for_print,
        epub_css="\n".join(text for _, text in shared + for_epub),
        faces=faces,
        resources=tuple(_resources(project)),
        setting=setting.setting(theme.facts, tokens, faces),
        cover_sheets=for_cover,
        code=next((family for family, token in named.items() if token == CODE), ""),
        trim=_points(tokens, "trim-width", "trim-height"),
        sides=_points(tokens, "margin-inner", "margin-outer"),
        lines=(*_points(tokens, "margin-top", "margin-bottom"), *_points(tokens, "leading", "leading")[:1]),
    )
    return Made(made, tuple(said))


def _points(tokens: Mapping[str, str], *names: str) -> tuple[float, float]:
    """Return what tokens are in points; 0 for what only a layout can compute."""
    one, other = (lengths.points(tokens[name]) or 0.0 for name in names)
    return one, other


def faces(project: Project) -> tuple[Face, ...]:
    """Return the faces of the book's look, those of the text before the others; without those of code.

    Raises:
        Stop: as `look`.
    """
    theme = themes.of(project)
    tokens = _stated(theme, project, {name: _sheets(theme, project, name) for name in SHEETS})
    return _faces(_named(tokens, code=False), project)


def _stated(theme: Theme, project: Project, sheets: Mapping[str, tuple[Sheet, ...]]) -> dict[str, str]:
    """Return the tokens that theme, book and sheets set, later ones over earlier ones."""
    tokens = {CODE: CODE_FACE, **{name: str(value) for name, value in theme.facts["tokens"].items()}}
    tokens.update(project.look)
    if "text-face" in project.look and "note-face" in tokens:
        tokens["note-face"] = project.look["text-face"]
    for sheet in (each for name in SHEETS for each in sheets[name]):
        tokens.update(_tokens(sheet))
    return tokens


def _sheets(theme: Theme, project: Project, name: str) -> tuple[Sheet, ...]:
    """Return the sheets of a name: what holds for every theme, the theme's, and the project's own."""
    paths = [folder / name for folder in (SHARED, *theme.folders, project.root / "styles")]
    try:
        return tuple(_sheet(path, project) for path in paths if files.is_there(path))
    except Stop as stop:
        raise Stop(*stop.diagnostics, exit=Exit.CANNOT) from None


def _sheet(path: Path, project: Project) -> Sheet:
    if path.is_relative_to(project.root) and not path.is_relative_to(OURS):  # a project may hold overprint itself
        return Sheet(files.shown(path, project.root), files.read_text(path, project.root)[0])
    return Sheet(f"{path.parent.name}/{path.name}", path.read_text("utf-8"))


def _named(tokens: Mapping[str, str], *, code: bool) -> dict[str, str]:
    """Return the families that tokens such as `text-face` name first, with the token; that of the text comes first."""
    names = ["text-face", *(name for name in tokens if name.endswith("-face") and name != CODE), *[CODE] * code]
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(setting.family(tokens[name]), name)
    return found


def _faces(named: Mapping[str, str], project: Project) -> tuple[Face, ...]:
    """Return the faces of families: an editor's own before ours."""
    own = typefaces.own_families(project.root)
    for family, token in named.items():
        place = project.at(f"look.{token.replace('-', '_')}" if token in project.look else "theme")
        if said := typefaces.missing(family, token, project.root, place):
            raise Stop(said, exit=Exit.CONTENT)
    return tuple(face for family in named for face in own.get(family) or typefaces.faces(family))


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
