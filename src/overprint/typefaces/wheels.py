"""Which typefaces there are: the wheels that bring them, and the static cuts that are made of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

WEIGHTS = dict(enumerate("Thin ExtraLight Light Regular Medium SemiBold Bold ExtraBold Black".split(), 1))
"""What hundreds of CSS's units of weight are called."""


def style_name(weight: int, style: str) -> str:
    """Return the name of a weight and a style.

    >>> style_name(400, "normal"), style_name(400, "italic"), style_name(700, "italic")
    ('Regular', 'Italic', 'Bold Italic')
    """
    words = (WEIGHTS[weight // 100], "Italic" if style == "italic" else "")
    return " ".join(word for word in words if word).replace("Regular Italic", "Italic")


@dataclass(frozen=True, slots=True)
class Cut:
    """One static cut: `source` is the font's file in the wheel, `axes` say where in a variable one's space it lies.

    `weight` and `style` are what style sheets call it.
    """

    source: str
    weight: int
    style: Literal["normal", "italic"]
    axes: tuple[tuple[str, float], ...]

    @property
    def style_name(self) -> str:
        """The name of weight and style, such as `Bold Italic`."""
        return style_name(self.weight, self.style)


@dataclass(frozen=True, slots=True)
class Family:
    """A family as style sheets name it: the import `package` of its wheel, and its `cuts`.

    `typeface` is what a colophon calls it: the sizes of one typeface are families to a style sheet. `called` is what
    our cuts call themselves where its makers keep the name for their own files.
    """

    package: str
    typeface: str
    cuts: tuple[Cut, ...]
    called: str = ""


def _cuts(upright: str, italic: str, *weights: int, **axes: float) -> Iterator[Cut]:
    """Yield cuts of two variable fonts; a negative weight is an italic."""
    for weight in weights:
        place = tuple(sorted({**axes, "wght": float(abs(weight))}.items()))
        yield Cut(italic, -weight, "italic", place) if weight < 0 else Cut(upright, weight, "normal", place)


_GARAMOND = ("files/EBGaramond[wght].ttf", "files/EBGaramond-Italic[wght].ttf")
_SOURCE = ("files/SourceSerif4[opsz,wght].ttf", "files/SourceSerif4-Italic[opsz,wght].ttf")
_NEWS = ("files/Newsreader[opsz,wght].ttf", "files/Newsreader-Italic[opsz,wght].ttf")
_FRANKLIN = ("files/LibreFranklin[wght].ttf", "files/LibreFranklin-Italic[wght].ttf")
_MONO = ("files/RobotoMono[wght].ttf", "files/RobotoMono-Italic[wght].ttf")
_PLAIN_AND_BOLD = (400, -400, 700, -700)

# The licence in the wheel keeps no name, but the copyright line within the fonts keeps “Source” for Adobe's own files.
# A cut is a changed version, and one that travels in an EPUB might be handed on: it must not bear that name.
_SOURCE_CALLED = "Overprint Serif"

FAMILIES = {
    "EB Garamond": Family("fontpkg_eb_garamond", "EB Garamond", tuple(_cuts(*_GARAMOND, *_PLAIN_AND_BOLD))),
    "Source Serif 4": Family(
        "fontpkg_source_serif_4",
        "Source Serif 4",
        tuple(_cuts(*_SOURCE, *_PLAIN_AND_BOLD, 600, opsz=11)),
        _SOURCE_CALLED,
    ),
    "Source Serif 4 Display": Family(
        "fontpkg_source_serif_4",
        "Source Serif 4",
        tuple(_cuts(*_SOURCE, *_PLAIN_AND_BOLD, opsz=40)),
        f"{_SOURCE_CALLED} Display",
    ),
    "Source Serif 4 SmText": Family(
        "fontpkg_source_serif_4",
        "Source Serif 4",
        tuple(_cuts(*_SOURCE, *_PLAIN_AND_BOLD, opsz=8)),
        f"{_SOURCE_CALLED} SmText",
    ),
    "Newsreader": Family("fontpkg_newsreader", "Newsreader", tuple(_cuts(*_NEWS, *_PLAIN_AND_BOLD, opsz=10))),
    # Its italic stands at sizes at which the hairlines of the largest cut would break.
    "Newsreader Display": Family(
        "fontpkg_newsreader", "Newsreader", (*_cuts(*_NEWS, 300, opsz=72), *_cuts(*_NEWS, -300, opsz=40))
    ),
    "Libre Franklin": Family(
        "fontpkg_libre_franklin", "Libre Franklin", tuple(_cuts(*_FRANKLIN, *_PLAIN_AND_BOLD, 600))
    ),
    "Roboto Mono": Family("fontpkg_roboto_mono", "Roboto Mono", tuple(_cuts(*_MONO, *_PLAIN_AND_BOLD))),
}


_NOTO = ("files/NotoSerif[wdth,wght].ttf", "files/NotoSerif-Italic[wdth,wght].ttf")
_SIGNS = ("Sans Symbols", "Emoji")
_SCRIPTS = (
    "Armenian Bengali Devanagari Ethiopic Georgian Gujarati Gurmukhi Kannada Khmer Lao Malayalam Myanmar Oriya Sinhala "
    "Tamil Telugu Thai"
).split()


def _east(script: str, package: str) -> Family:
    return Family(package, f"Noto Serif {script}", (Cut(f"NotoSerif{script}-Regular.otf", 400, "normal", ()),))


def _sans(name: str) -> Family:
    file = f"Noto{name.replace(' ', '')}[wght].ttf"
    return Family("manimgx_fonts", f"Noto {name}", tuple(_cuts(file, file, 400, 700)))


FALLBACKS = {
    "Noto Serif": Family("fontpkg_noto_serif", "Noto Serif", tuple(_cuts(*_NOTO, *_PLAIN_AND_BOLD, wdth=100))),
    "Amiri": Family(
        "fontpkg_amiri",
        "Amiri",
        (Cut("files/Amiri-Regular.ttf", 400, "normal", ()), Cut("files/Amiri-Bold.ttf", 700, "normal", ())),
    ),
    "Frank Ruhl Libre": Family(
        "fontpkg_frank_ruhl_libre", "Frank Ruhl Libre", tuple(_cuts("files/FrankRuhlLibre[wght].ttf", "", 400, 700))
    ),
    "Noto Serif JP": _east("JP", "pylopdf_fonts_jp"),
    "Noto Serif KR": _east("KR", "pylopdf_fonts_ko"),
    "Noto Serif SC": _east("SC", "pylopdf_fonts_zh_cn"),
    "Noto Serif TC": _east("TC", "pylopdf_fonts_zh_tw"),
    **{f"Noto {name}": _sans(name) for name in (*_SIGNS, *(f"Sans {script}" for script in _SCRIPTS))},
}
"""What stands in for characters that a theme's typefaces lack, the first that has one: Greek, Cyrillic and phonetic
signs, Arabic, Hebrew, Japanese, Korean, Chinese, symbols, emoji in black and white, and further scripts. They come with
the extra `scripts`.
"""

EVERY_STYLE: tuple[tuple[int, Literal["normal", "italic"]], ...] = (
    (400, "normal"),
    (400, "italic"),
    (700, "normal"),
    (700, "italic"),
)
"""The styles that text may ask of a fall-back; few of them have italics, and a script without them is not slanted."""
