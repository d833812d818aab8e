"""Reads what a page paints: forms and patterns with it, each kind of thing once."""

from __future__ import annotations

import math
import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from overprint.press.finish import spaces
from overprint.press.finish.colour import Colour
from overprint.press.finish.functions import numbers
from overprint.press.preflight.content import Content, Mark, Placed
from overprint.press.preflight.named import DEVICE, named_space
from overprint.press.preflight.paths import IDENTITY, Matrix, Path, ppi, scale, times

DEEPEST = 12
"""How many forms may stand in each other; nobody draws so, and a file may turn in a ring."""
TEXT = {"Tj", "TJ", "'", '"'}
FILLS = {"f", "F", "f*", "B", "B*", "b", "b*"}
STROKES = {"S", "s", "B", "B*", "b", "b*"}
SET = {"g": 1, "rg": 3, "k": 4, "G": 1, "RG": 3, "K": 4}
PATHS = {"m", "l", "c", "v", "y", "re"}
FOREIGN = {"/OPI": "a picture from a server", "/Alternates": "another picture in its place", "/Ref": "another file"}


@dataclass(slots=True)
class _Side:
    space: str = "DeviceGray"
    read: spaces.Space = spaces.DEVICE_GREY
    colour: Colour | None = (0,)
    alpha: float = 1.0
    over: bool = False

    def copy(self) -> _Side:
        return _Side(self.space, self.read, self.colour, self.alpha, self.over)


@dataclass(slots=True)
class _State:
    area: _Side
    line: _Side
    ctm: Matrix = IDENTITY
    width: float = 1.0
    font: tuple[str, Any] = ("", None)
    size: float = 0.0
    mode: int = 0
    masked: bool = False
    blend: str = "/Normal"

    def saved(self) -> _State:
        area, line = self.area.copy(), self.line.copy()
        return _State(area, line, self.ctm, self.width, self.font, self.size, self.mode, self.masked, self.blend)


class Reader:
    """Reads pages one after the other; what they share is looked up once."""

    def __init__(self) -> None:
        self._spaces: dict[object, tuple[str, spaces.Space]] = {}

    def read(self, page: Any) -> Content:
        """Return what a page paints; where it cannot be read to its end, that is said and what was read is returned."""
        import pikepdf

        made = Content()
        if "/Group" in page.obj:
            made.groups.append(page.obj.Group)
        try:
            _Walk(made, self._spaces, set(), page.resources, _State(_Side(), _Side())).walk(page)
        except (pikepdf.PdfError, TypeError, ValueError, KeyError, AttributeError, IndexError) as why:
            made.broken = str(why).split("\n", 1)[0] or type(why).__name__
        return made


@dataclass
class _Walk:
    """A walk through one content: of a page, of a form or of a pattern."""

    made: Content
    known: dict[object, tuple[str, spaces.Space]]
    seen: set[tuple[object, Matrix]]
    resources: Any
    state: _State
    depth: int = 0

    def __post_init__(self) -> None:
        self.stack: list[_State] = []
        self.matrix: Matrix = IDENTITY
        self.path = Path()
        self.parts: dict[str, Any] = {}
        self.fonts: dict[str, tuple[str, Any]] = {}

    def walk(self, source: Any) -> None:
        import pikepdf

        for instruction in pikepdf.parse_content_stream(source, WANTED):
            operator = str(instruction.operator)
            if isinstance(instruction, pikepdf.ContentStreamInlineImage):
                self.inline(instruction.iimage)
            elif operator in SET:
                self.plain(operator, instruction.operands)
            elif operator in FILLS or operator in STROKES:
                self.painted(operator)
            elif operator in PATHS:
                self.path.add(operator, numbers(instruction.operands), self.state.ctm)
            else:
                ACTIONS[operator](self, instruction.operands)

    def push(self, _operands: Any) -> None:
        self.stack.append(self.state.saved())

    def pop(self, _operands: Any) -> None:
        if self.stack:
            self.state = self.stack.pop()

    def move(self, operands: Any) -> None:
        self.state.ctm = times(tuple(numbers(operands)), self.state.ctm)

    def width(self, operands: Any) -> None:
        self.state.width = float(operands[0])

    def begin_text(self, _operands: Any) -> None:
        self.matrix = IDENTITY

    def place_text(self, operands: Any) -> None:
        self.matrix = tuple(numbers(operands))

    def font(self, operands: Any) -> None:
        self.state.font, self.state.size = self.named_font(str(operands[0])), float(operands[1])

    def mode(self, operands: Any) -> None:
        self.state.mode = int(operands[0])

    def end_path(self, _operands: Any) -> None:
        self.path = Path()

    def plain(self, operator: str, operands: Any) -> None:
        side = self.state.area if operator.islower() else self.state.line
        count = SET[operator]
        side.space, side.read, side.colour = DEVICE[count], spaces.BY_COUNT[count], tuple(numbers(operands))

    def area_space(self, operands: Any) -> None:
        self.choose(self.state.area, operands[0])

    def line_space(self, operands: Any) -> None:
        self.choose(self.state.line, operands[0])

    def choose(self, side: _Side, name: Any) -> None:
        side.space, side.read = self.space(name)
        side.colour = _colour(side.read, side.read.first)

    def area_colour(self, operands: Any) -> None:
        self.coloured(self.state.area, operands)

    def line_colour(self, operands: Any) -> None:
        self.coloured(self.state.line, operands)

    def gradient(self, operands: Any) -> None:
        space = self.space(self.part("/Shading", operands[0]).ColorSpace)[0]
        self.shown(Mark("a gradient", space, None, self.state.area.over), self.state.area)

    def text(self, operands: Any) -> None:
        import pikepdf

        state, shown = self.state, operands[-1]
        if state.mode in {3, 7}:
            return
        key, font = state.font
        codes = self.made.fonts.setdefault(key, (font, set()))[1]
        matrix = times(self.matrix, state.ctm)
        size = round(abs(state.size) * math.hypot(matrix[2], matrix[3]), 2)
        # Numbers between the letters are Python's own, which is told fastest by their type.
        parts = shown if isinstance(shown, pikepdf.Array) else (shown,)
        data = b"".join(bytes(each) for each in parts if type(each) is pikepdf.Object)
        count = len(data) // 2
        codes.update(struct.unpack(f">{count}H", data[: 2 * count]))
        total, longest = self.made.sizes.get(size, (0, 0))
        self.made.sizes[size] = (total + count, max(longest, count))
        painted = [state.area] * (state.mode % 4 in {0, 2}) + [state.line] * (state.mode % 4 in {1, 2})
        for side in painted:
            self.shown(Mark("text", side.space, side.colour, side.over), side)

    def painted(self, operator: str) -> None:
        state, path = self.state, self.path
        self.path = Path()
        if operator in FILLS:
            side = state.area
            self.shown(Mark("an area", side.space, side.colour, side.over, path.thin(), path.of(side.space)), side)
        if operator in STROKES:
            side = state.line
            wide = round(state.width * scale(state.ctm), 3)
            self.shown(Mark("a line", side.space, side.colour, side.over, wide, path.of(side.space)), side)

    def shown(self, mark: Mark, side: _Side) -> None:
        self.made.marks[mark] = None
        if side.alpha != 1:
            self.made.through[f"{mark.thing} of {side.alpha * 100:.0f} % opacity"] = None
        if self.state.masked:
            self.made.through[f"{mark.thing} behind a soft mask"] = None
        if self.state.blend not in {"/Normal", "/Compatible"}:
            self.made.through[f"{mark.thing} that blends ({self.state.blend[1:]})"] = None

    def coloured(self, side: _Side, operands: Any) -> None:
        if not side.read.pattern:
            side.colour = _colour(side.read, numbers(operands))
            return
        side.colour = None
        pattern = self.part("/Pattern", operands[-1])
        if "/Shading" in pattern:
            side.space = self.space(pattern.Shading.ColorSpace)[0]
        else:
            side.space = "Pattern"
            self.form(pattern, _State(_Side(), _Side(), ctm=self.state.ctm))

    def graphic(self, operands: Any) -> None:
        graphic, state = self.part("/ExtGState", operands[0]), self.state
        self.made.states[graphic.objgen, str(operands[0])] = graphic
        for key, side in (("/ca", state.area), ("/CA", state.line)):
            if key in graphic:
                side.alpha = float(graphic[key])
        if "/OP" in graphic:  # alone it is for areas too
            state.line.over = state.area.over = bool(graphic.OP)
        if "/op" in graphic:
            state.area.over = bool(graphic.op)
        if "/LW" in graphic:
            state.width = float(graphic.LW)
        if "/SMask" in graphic:
            state.masked = str(graphic.SMask) != "/None"
        if "/BM" in graphic:
            mode = str(graphic.BM)
            state.blend = mode if mode.startswith("/") else str(graphic.BM[0])
        if "/Font" in graphic:
            state.font, state.size = _known(graphic.Font[0], ""), float(graphic.Font[1])

    def drawn(self, operands: Any) -> None:
        thing = self.part("/XObject", operands[0])
        kind = str(thing.get("/Subtype", ""))
        for key in FOREIGN:
            if key in thing:
                self.made.foreign[FOREIGN[key]] = None
        if kind == "/PS":
            self.made.foreign["PostScript"] = None
        elif kind == "/Form":
            self.form(thing, self.state)
        elif kind == "/Image":
            self.picture(thing)

    def form(self, form: Any, state: _State) -> None:
        inner = state.saved()
        inner.ctm = times(tuple(numbers(form.get("/Matrix", IDENTITY))), state.ctm)
        key = (form.objgen, tuple(round(each, 2) for each in inner.ctm))
        if self.depth >= DEEPEST or key in self.seen:
            return
        self.seen.add(key)
        if "/Group" in form:
            self.made.groups.append(form.Group)
        own = form.get("/Resources", self.resources)
        _Walk(self.made, self.known, self.seen, own, inner, self.depth + 1).walk(form)

    def picture(self, thing: Any) -> None:
        # JPEG 2000 may know its space itself.
        space = self.space(thing.ColorSpace)[0] if "/ColorSpace" in thing else "a space that only its file tells"
        if "/SMask" in thing or int(thing.get("/SMaskInData", 0)):
            self.made.through["a picture with transparent parts"] = None
        stencil = bool(thing.get("/ImageMask", False))
        self.laid((int(thing.Width), int(thing.Height)), thing, space, stencil=stencil)

    def inline(self, image: Any) -> None:
        space = self.space(image.obj.ColorSpace)[0] if image.colorspace else "DeviceGray"
        self.laid((int(image.width), int(image.height)), image.obj, space, stencil=bool(image.image_mask))

    def laid(self, size: tuple[int, int], thing: Any, space: str, *, stencil: bool) -> None:
        area = self.state.area
        mark = Mark("a stencil", area.space, area.colour, area.over) if stencil else Mark("a picture", space)
        self.shown(mark, area)
        name = f"the picture of {size[0]} × {size[1]} pixels"
        self.made.pictures[Placed(name, thing, ppi(size, self.state.ctm), stencil)] = None

    def part(self, kind: str, name: Any) -> Any:
        """Return what resources name; they are asked once for each kind."""
        if kind not in self.parts:
            self.parts[kind] = self.resources.get(kind, {})
        return self.parts[kind][str(name)]

    def named_font(self, name: str) -> tuple[str, Any]:
        if name not in self.fonts:
            self.fonts[name] = _known(self.part("/Font", name), name)
        return self.fonts[name]

    def space(self, source: Any) -> tuple[str, spaces.Space]:
        """Return a colour space's name as messages have it, and what its numbers mean."""
        named = self.resources.get("/ColorSpace", {})
        name = str(source) if str(source).startswith("/") else ""
        found = named[name] if name in named and name not in spaces.DEVICE else source
        key = getattr(found, "objgen", (0, 0))
        if key == (0, 0):
            return named_space(found, named)
        if key not in self.known:
            self.known[key] = named_space(found, named)
        return self.known[key]


ACTIONS: dict[str, Callable[[_Walk, Any], None]] = {
    **dict.fromkeys(TEXT, _Walk.text),
    **dict.fromkeys(("sc", "scn"), _Walk.area_colour),
    **dict.fromkeys(("SC", "SCN"), _Walk.line_colour),
    "BT": _Walk.begin_text,
    "Do": _Walk.drawn,
    "CS": _Walk.line_space,
    "Q": _Walk.pop,
    "Tf": _Walk.font,
    "Tm": _Walk.place_text,
    "Tr": _Walk.mode,
    "cm": _Walk.move,
    "cs": _Walk.area_space,
    "gs": _Walk.graphic,
    "n": _Walk.end_path,
    "q": _Walk.push,
    "sh": _Walk.gradient,
    "w": _Walk.width,
}
WANTED = " ".join([*ACTIONS, *FILLS, *STROKES, *SET, *PATHS, "BI", "ID", "EI"])


def _known(font: Any, name: str) -> tuple[str, Any]:
    """Return a key of a font, and the font."""
    return f"{font.objgen} {font.get('/BaseFont', name)}", font


def _colour(space: spaces.Space, values: Any) -> Colour | None:
    return None if space.pattern else tuple(round(each, 4) for each in space.colour(list(values)))
