"""The book's typefaces: only the cuts that are used, cut down to the characters that are used."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from string import printable

from lxml import etree

from overprint import typefaces
from overprint.diagnostics import Exit, Place, Stop, error
from overprint.model import Face, Look
from overprint.render.epub.package import Part
from overprint.render.epub.styles import Wishes, wishes
from overprint.render.epub.tree import XHTML
from overprint.typefaces import coverage
from overprint.typefaces.wheels import FALLBACKS

UNREADABLE = error(
    "E031",
    "the font {path} cannot be read: {reason}",
    "install overprint again, or put an undamaged TTF or OTF there",
    manual="A typeface of the theme is missing or damaged, so the book cannot carry it. "
    "overprint brings the typefaces of its own themes; installing it again restores them. "
    "A theme of your own needs static TTF or OTF files.",
)

_REGULAR, _BOLD = 400, 700
_BOLD_BY_ITSELF = ("b", "strong", "th")
# What reading systems set by themselves: numbers of lists, and the hyphen at the end of a line.
_ALWAYS = printable.strip() + " \u00a0\u00ad\u2010"
_FAMILY_NAMES = (1, 16)
_NAMES = [0, *_FAMILY_NAMES, 2, 3, 4, 5, 6, 13, 14, 17]


def fonts(look: Look, roots: Sequence[etree._Element]) -> tuple[tuple[Part, ...], str]:
    """Return the subset fonts and the `@font-face` rules that name them.

    Args:
        look: the faces that there are and the style sheet that asks for some of them.
        roots: all documents, the navigation included.

    Raises:
        Stop: a font cannot be read.
    """
    wanted = wishes(look.epub_css)
    bold = any(next(root.iter(*(f"{{{XHTML}}}{tag}" for tag in _BOLD_BY_ITSELF)), None) is not None for root in roots)
    faces = chosen(look.faces, wanted, bold=bold)
    characters = _characters(roots, wanted)
    rest = _beyond(faces, characters)
    # One file may be a face for several styles: a script without italics is not to be slanted.
    files = {face.path: face for face in reversed(faces)}
    parts = {
        path: _part(number, files[path], rest if files[path].family in FALLBACKS else characters)
        for number, path in enumerate(dict.fromkeys(face.path for face in faces), 1)
    }
    return tuple(parts.values()), "".join(_rule(face, parts[face.path].name) for face in faces)


def licences(look: Look) -> tuple[Part, ...]:
    """Return the licences of the fonts, which must travel with them; they are no part of what is read."""
    families = dict.fromkeys(face.family for face in look.faces)
    # Typefaces of one wheel have one licence.
    texts = {typefaces.licence(family): family for family in reversed(families)}
    return tuple(
        Part(f"licence-{number}", f"META-INF/licence-{_slug(family)}.txt", "text/plain", text.encode(), listed=False)
        for number, (text, family) in enumerate(sorted(texts.items(), key=lambda each: each[1]), 1)
    )


def _beyond(faces: Sequence[Face], characters: str) -> str:
    """Return the characters that further typefaces stand in for."""
    if not any(face.family in FALLBACKS for face in faces):
        return ""
    held = frozenset[str]().union(*(coverage.of(face.path) for face in faces if face.family not in FALLBACKS))
    return "".join(char for char in characters if char not in held)


def chosen(faces: Sequence[Face], wanted: Wishes, *, bold: bool) -> tuple[Face, ...]:
    """Return the faces that the sheet asks for, regular and italic always, bolder ones only where something is bold."""
    kept: list[Face] = []
    for family in dict.fromkeys(face.family for face in faces if face.family.lower() in wanted.families):
        cuts = [face for face in faces if face.family == family]
        weights = {_nearest(cuts, weight) for weight in {_REGULAR, *wanted.weights, *([_BOLD] if bold else [])}}
        kept += [face for face in cuts if face.weight in weights]
    return tuple(sorted(kept, key=lambda face: (face.family, face.weight, face.style != "normal")))


def _nearest(cuts: Sequence[Face], weight: int) -> int:
    return min((face.weight for face in cuts), key=lambda each: (abs(each - weight), each))


def _characters(roots: Sequence[etree._Element], wanted: Wishes) -> str:
    shown = set(wanted.characters + _ALWAYS).union(*(str(run) for root in roots for run in root.itertext()))
    # Capitals too, for `text-transform` and for small capitals that a reading system makes itself.
    return "".join(sorted(shown.union("".join(shown).upper())))


def _part(number: int, face: Face, characters: str) -> Part:
    content = _subset(face, characters)
    kind = "otf" if content.startswith(b"OTTO") else "ttf"
    name = f"fonts/{_slug(face.family)}-{face.weight}-{face.style}.{kind}"
    return Part(f"font-{number}", name, f"font/{kind}", content)


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def _subset(face: Face, characters: str) -> bytes:
    from fontTools.subset import Options, Subsetter
    from fontTools.ttLib import TTFont

    # No time of day and no FontForge stamp: the same book is the same bytes.
    options = Options(layout_features=["*"], hinting=False, notdef_outline=True, name_IDs=_NAMES)
    options.drop_tables += ["FFTM"]
    subsetter = Subsetter(options)
    subsetter.populate(text=characters)
    try:
        font = TTFont(io.BytesIO(face.path.read_bytes()), lazy=True, recalcTimestamp=False)
        subsetter.subset(font)
        _name(font["name"], face.family)
        out = io.BytesIO()
        font.save(out)
    except Exception as fault:
        # A damaged font raises whatever the code that stumbles over it raises.
        reason = str(fault) or type(fault).__name__
        raise Stop(UNREADABLE.at(Place(str(face.path)), path=face.path, reason=reason), exit=Exit.CANNOT) from fault
    return out.getvalue()


def _name(table: object, family: str) -> None:
    """Give the font the family's name that the style sheet uses: some reading systems look for it in the font."""
    for record in table.names:  # type: ignore[attr-defined]
        if record.nameID in _FAMILY_NAMES:
            record.string = family


def _rule(face: Face, name: str) -> str:
    from tinycss2.serializer import serialize_string_value

    return (
        "@font-face {\n"
        f'  font-family: "{serialize_string_value(face.family)}";\n'
        f"  font-weight: {face.weight};\n"
        f"  font-style: {face.style};\n"
        f"  src: url(../{name});\n"
        "}\n"
    )
