"""WeasyPrint 70.0's busiest functions with less work and the same results.

No byte of the PDF changes but those of PNG pictures, which show the same. The tests compare with WeasyPrint's own, and
fail when the source of a function that is changed here is no longer the one that was read. Another WeasyPrint is left
alone.
"""

from __future__ import annotations

import inspect
import struct
import sys
import textwrap
import zlib
from collections.abc import Callable
from operator import itemgetter
from typing import Any

TRIED_WITH = "70.0"

FONT = (
    *("font_family", "font_style", "font_stretch", "font_weight", "font_variant_ligatures", "font_variant_position"),
    *("font_variant_caps", "font_variant_numeric", "font_variant_alternates", "font_variant_east_asian"),
    *("font_feature_settings", "font_variation_settings", "font_language_override", "lang"),
)
"""What WeasyPrint tells typefaces apart by."""

SETTING = ("font_size", "font_kerning", "direction", "text_decoration_line")
"""With `FONT`, all that Pango's setting for a text depends on."""


def quicken(weasyprint: Any) -> None:
    """Put the quicker functions in the place of WeasyPrint's; once is enough, and again does nothing."""
    if weasyprint.__version__ != TRIED_WITH or getattr(weasyprint, "quickened", False):
        return
    for each in QUICKER:
        each()
    weasyprint.quickened = True


def inherit_at_once() -> None:
    """Take a property that no rule sets and that needs no computing from the parent or the initial values."""
    from weasyprint import css
    from weasyprint.css.computed_values import PHYSICAL_FUNCTIONS
    from weasyprint.css.functions import check_math
    from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES

    own = css.ComputedStyle.__missing__
    # Whether a property is inherited, for those without rules of their own.
    plain = {
        key: key in INHERITED
        for key in INITIAL_VALUES
        if key not in ("float", "display", "position", "page")
        and not key.startswith("text_decoration_")
        and (key in INHERITED or key not in INITIAL_NOT_COMPUTED)
    }
    logical = {
        (key, direction): function(block="ttb", inline=direction)
        for key, function in PHYSICAL_FUNCTIONS.items()
        for direction in ("ltr", "rtl")
    }

    def missing(self: Any, key: str) -> Any:
        parent, inherited = self.parent_style, plain.get(key)
        if parent is None or inherited is None or key in self.cascaded:
            return own(self, key)
        if key in PHYSICAL_FUNCTIONS and logical[key, self["direction"]] in self.cascaded:
            return own(self, key)
        value = parent[key] if inherited else INITIAL_VALUES[key]
        if not isinstance(value, (str, float, int)) and check_math(value):
            return own(self, key)
        self[key] = value
        return value

    css.ComputedStyle.__missing__ = missing


def resolve_only_percentages() -> None:
    """Take lengths in pixels, which most are, as they are."""
    from weasyprint.css.properties import Dimension
    from weasyprint.layout import percent

    one, adjust = percent.resolve_one_percentage, percent.adjust_box_sizing

    def resolve_one(box: Any, name: str, refer_to: Any) -> None:
        value = box.style[name]
        if type(value) is Dimension and value.unit == "px":
            setattr(box, name, value.value)
        elif value == "auto":
            setattr(box, name, 0 if name in ("min_width", "min_height") else value)
        else:
            one(box, name, refer_to)

    _replace(one, resolve_one)

    def adjust_box_sizing(box: Any, axis: str) -> None:
        if box.style["box_sizing"] != "content-box":
            adjust(box, axis)

    _replace(adjust, adjust_box_sizing)


def name_typefaces_by_properties() -> None:
    """Tell typefaces apart by their properties themselves, not by those written out as text."""
    from weasyprint.text import line_break

    properties, more = itemgetter(*FONT), itemgetter(*FONT, "font_size", "line_height")

    def cache_key(style: Any, include_size: bool = False) -> Any:
        key = more(style) if include_size else properties(style)
        return key if _hashable(key) else str(key)

    _replace(line_break._font_style_cache_key, cache_key)


def set_up_once() -> None:
    """Shape all texts of the same properties in one setting of Pango's, where each text has made its own."""
    from weasyprint.text import line_break
    from weasyprint.text.ffi import ffi, gobject, pango

    own = line_break.Layout.setup
    properties = itemgetter(*FONT, *SETTING)
    lines = (f"{line}_{what}" for line in ("underline", "strikethrough") for what in ("position", "thickness"))
    measured = ("first_line_direction", "language", "ascent", *lines)

    def setup(self: Any, style: Any) -> None:
        key = properties(style)
        if not _hashable(key):
            own(self, style)
            return
        settings = vars(style.font_config).setdefault("settings", {})
        if key not in settings:
            line_break.pango = listening = _Listening(pango)
            try:
                own(self, style)
            finally:
                line_break.pango = pango
            settings[key] = listening, {name: value for name, value in vars(self).items() if name in measured}
            return
        made, known = settings[key]
        vars(self).update(known, style=style)
        self.layout = ffi.gc(pango.pango_layout_new(made.context), gobject.g_object_unref)
        pango.pango_layout_set_auto_dir(self.layout, False)
        pango.pango_layout_set_font_description(self.layout, made.description)
        if made.features is not None:
            attributes = pango.pango_attr_list_new()
            pango.pango_attr_list_insert(attributes, made.features)
            pango.pango_layout_set_attributes(self.layout, attributes)

    line_break.Layout.setup = setup


class _Listening:
    """Pango, with an ear on what it is given to make a layout of."""

    def __init__(self, pango: Any) -> None:
        self.pango = pango
        self.features = None

    def __getattr__(self, name: str) -> Any:
        return getattr(self.pango, name)

    def pango_layout_new(self, context: Any) -> Any:
        self.context = context
        return self.pango.pango_layout_new(context)

    def pango_layout_set_font_description(self, layout: Any, description: Any) -> None:
        self.description = description
        self.pango.pango_layout_set_font_description(layout, description)

    def pango_attr_list_insert(self, attributes: Any, features: Any) -> None:
        self.features = features
        self.pango.pango_attr_list_insert(attributes, features)


def write_glyphs_again() -> None:
    """Write a glyph that stood in the same size and place before as it was written then."""
    from weasyprint.draw import text
    from weasyprint.text.ffi import ffi

    glyph = struct.Struct("=Iiii4x")

    def glyphs(infos: Any, count: int) -> Any:
        return glyph.iter_unpack(ffi.buffer(infos, count * glyph.size))

    text.unpacked_glyphs = glyphs
    drawn = _rewritten(
        text.draw_first_line,
        (
            """\
        for i, glyph_info in enumerate(glyphs_info[0:num_glyphs]):
            glyph_id = glyph_info.glyph
""",
            """\
        written = vars(font).setdefault('written', {}).setdefault(font_size, {})
        for i, raw in enumerate(unpacked_glyphs(glyphs_info, num_glyphs)):
            if raw in written:
                again, advance = written[raw]
                string += again
                x_advance += advance
                continue
            start = len(string)
            glyph_info = glyphs_info[i]
            glyph_id = glyph_info.glyph
""",
        ),
        (
            """\
            x_advance += (logical_width + offset - kerning) / 1000
""",
            """\
            advance = (logical_width + offset - kerning) / 1000
            x_advance += advance
            if glyph_id == raw[0] and not (rise or font.svg or font.png or font.colr):
                written[raw] = string[start:], advance
""",
        ),
    )
    _replace(text.draw_first_line, drawn)


def pass_pictures() -> None:
    """Put a PNG's own data into the PDF, which wants just that, where it was decoded and encoded again."""
    from weasyprint.images import RasterImage

    own = RasterImage._get_png_data

    def png_data(picture: Any) -> bytes:
        source = getattr(picture, "fp", None)  # none for a picture that has been changed
        return (passable(source.getvalue()) if source else None) or own(picture)

    RasterImage._get_png_data = staticmethod(png_data)


def passable(png: bytes) -> bytes | None:
    """Return the compressed lines of an 8-bit grey or RGB picture; None if a PDF cannot have them as they are."""
    at, data, head = 8, [], b""
    while at + 12 <= len(png):
        size = int.from_bytes(png[at : at + 4])
        kind, content = png[at + 4 : at + 8], png[at + 8 : at + 8 + size]
        at += size + 12
        if kind == b"IHDR":
            head = content
        elif kind == b"IDAT":
            data.append(content)
        elif kind in (b"tRNS", b"acTL"):
            return None
    if len(head) != 13:
        return None
    width, height, depth, colours, *rest = struct.unpack("!IIBBBBB", head)
    if depth != 8 or colours not in (0, 2) or any(rest):
        return None
    line = 1 + width * (1 + colours)
    packed = b"".join(data)
    reading = zlib.decompressobj()
    try:
        lines = reading.decompress(packed, line * height + 1)
    except zlib.error:
        return None
    whole = reading.eof and not reading.unused_data and len(lines) == line * height
    # Each line begins with the number of its filter; data that is not compressed at all would swell the book.
    return packed if whole and max(lines[::line]) <= 4 and len(packed) < len(lines) else None


QUICKER: tuple[Callable[[], None], ...] = (
    inherit_at_once,
    resolve_only_percentages,
    name_typefaces_by_properties,
    set_up_once,
    write_glyphs_again,
    pass_pictures,
)


def _replace(own: Any, ours: Any) -> None:
    """Set ours wherever a module of WeasyPrint has taken its own by name."""
    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] == "weasyprint":
            for each in [each for each, value in vars(module).items() if value is own]:
                setattr(module, each, ours)


def _rewritten(own: Any, *changes: tuple[str, str]) -> Any:
    """Return a function with some lines changed, each of which must be there once; else the function as it is."""
    source = inspect.getsource(own)
    for old, new in changes:
        if source.count(old) != 1:
            return own
        source = source.replace(old, new)
    made: dict[str, Any] = {}
    exec(compile(textwrap.dedent(source), own.__code__.co_filename, "exec"), own.__globals__, made)  # noqa: S102
    return made[own.__name__]


def _hashable(key: tuple[Any, ...]) -> bool:
    try:
        hash(key)
    except TypeError:  # SVG names typefaces in a list
        return False
    return True
