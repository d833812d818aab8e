"""The book's typefaces: only the cuts that are used, cut down to the characters that are used."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
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
# Of the texts in a font, its copyright, names and licence.
_NAMES = (0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17)


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
    rest = _beyond([face for face in faces if face.family != look.code], characters)
    # One file may be a face for several styles: a script without italics is not to be slanted.
    files = {face.path: face for face in reversed(faces)}
    parts = {
        path: _part(number, files[path], rest if files[path].family in FALLBACKS else characters, wanted.features)
        for number, path in enumerate(dict.fromkeys(face.path for face in faces), 1)
    }
    return tuple(parts.values()), "".join(_rule(face, parts[face.path].name) for face in faces)


def as_called(look: Look) -> Look:
    """Return the look with families named as their files name themselves: some reading systems compare."""
    names = {face.family: typefaces.called(face.family) for face in look.faces}
    kept = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True) if names[name] != name)
    if not kept:
        return look
    css = re.sub(rf"""(?<![\w-])(["']?)({kept})\1(?=\s*(?:[,;}}!]|$))""", lambda at: f'"{names[at[2]]}"', look.epub_css)
    return replace(look, epub_css=css, faces=tuple(replace(face, family=names[face.family]) for face in look.faces))


def licences(look: Look) -> tuple[Part, ...]:
    """Return the licences of the fonts, which must travel with them; they are no part of what is read."""
    first = {face.family: face for face in reversed(look.faces)}
    # Typefaces of one wheel have one licence; an editor's own may have none.
    texts = {text: family for family, face in first.items() if (text := typefaces.licence(face))}
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
    texts = (etree.tostring(root, method="text", encoding="unicode") for root in roots)
    shown = set(wanted.characters + _ALWAYS).union(*texts)
    # Capitals too, for `text-transform` and for small capitals that a reading system makes itself.
    return "".join(sorted(shown.union("".join(shown).upper())))


def _part(number: int, face: Face, characters: str, features: frozenset[str]) -> Part:
    content = _subset(face, characters, features)
    kind = "otf" if content.startswith(b"OTTO") else "ttf"
    name = f"fonts/{_slug(face.family)}-{face.weight}-{face.style}.{kind}"
    return Part(f"font-{number}", name, f"font/{kind}", content)


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def _subset(face: Face, characters: str, features: frozenset[str]) -> bytes:
    """Return a font with some characters; of its features those that are always on, and those that are named."""
    # It takes thousandths of a second for what takes fontTools one. What it makes bears no time of day.
    import uharfbuzz

    wanted = uharfbuzz.SubsetInput()
    wanted.flags = uharfbuzz.SubsetFlags.NO_HINTING | uharfbuzz.SubsetFlags.NOTDEF_OUTLINE
    wanted.unicode_set.update(map(ord, characters))
    wanted.layout_feature_tag_set.update(int.from_bytes(tag.encode()) for tag in features)
    wanted.name_id_set.set(_NAMES)
    try:
        whole = uharfbuzz.Face(uharfbuzz.Blob(face.path.read_bytes()))
        if not whole.glyph_count:  # which is how it takes rubbish
            raise _unreadable(face, "it holds no glyphs")
        return bytes(uharfbuzz.subset(whole, wanted).blob.data)
    except OSError as fault:
        raise _unreadable(face, fault.strerror or str(fault)) from fault
    except RuntimeError as fault:
        raise _unreadable(face, str(fault)) from fault


def _unreadable(face: Face, reason: str) -> Stop:
    return Stop(UNREADABLE.at(Place(str(face.path)), path=face.path, reason=reason), exit=Exit.CANNOT)


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
