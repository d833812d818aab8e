"""What a page, a form or a pattern paints: its colours become the printer's, and black text overprints.

Black text is set over what is beneath it and takes nothing out of it, so that no white shows at its edges where plates
are not in register. All else knocks out. What lets show through what is beneath becomes a lighter solid colour where
the printer takes no transparency and beneath is bare paper.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from overprint.press.finish import spaces
from overprint.press.finish.colour import MODES, Colour, Inks, lightened
from overprint.press.finish.functions import numbers
from overprint.press.finish.spaces import Space
from overprint.press.spot import Spot

BLACK = {1: (0,), 3: (0, 0, 0), 4: (0, 0, 0, 1)}
OPERATORS = {1: ("g", "G"), 3: ("rg", "RG"), 4: ("k", "K")}
SET = {operator: (count, side) for count, both in OPERATORS.items() for side, operator in enumerate(both)}
TEXT = {"Tj", "TJ", "'", '"'}
PAINT = {"f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "sh", "Do"}
OVER, OUT = "/over", "/out"
"""Names of graphics states: paint over what is beneath, and knock it out."""


@dataclass
class Rules:
    """How contents are mended: the inks, a named one, whether transparency stays; `refuse` is told what cannot be."""

    inks: Inks
    refuse: Callable[[str], None]
    transparency: bool = True
    spot: Spot | None = None
    bare: Callable[[], bool] = lambda: False
    """Whether all on this page that lets show through what is beneath it stands on bare paper."""

    def see_through(self, what: str) -> None:
        """Refuse what is not opaque unless it can become opaque."""
        if not self.bare():
            self.refuse(f"{what} lets what is beneath it show through")


@dataclass
class _Side:
    """The colour that areas, or lines, are painted with, and what is printed for it.

    Both are None for a pattern, for an ink kept as it is, and where a form begins, which the page around it colours.
    """

    space: Space
    colour: Colour | None = None
    printed: Colour | None = None
    alpha: float = 1.0


@dataclass
class _State:
    sides: tuple[_Side, _Side]
    over: bool = False
    mode: int = 0

    def copy(self) -> _State:
        area, line = self.sides
        return _State((dataclasses.replace(area), dataclasses.replace(line)), self.over, self.mode)


@dataclass
class _Mender:
    rules: Rules
    resources: Any
    top: bool
    out: list[Any] = field(default_factory=list)

    def __post_init__(self) -> None:
        grey = spaces.DEVICE_GREY
        self.state = _State((_Side(grey), _Side(grey)))
        self.stack: list[_State] = []
        self.named = self.resources.get("/ColorSpace") or {}
        self.graphics = self.resources.get("/ExtGState") or {}

    def mend(self, instructions: Sequence[Any]) -> None:
        if self.top:
            self.colour(0, (0,))
            self.colour(1, (0,))
        for instruction in instructions:
            operands, operator = instruction.operands, str(instruction.operator)
            if operator in SET:
                count, side = SET[operator]
                self.state.sides[side].space = spaces.BY_COUNT[count]
                self.colour(side, tuple(numbers(operands)))
            elif operator in {"cs", "CS"}:
                self.space(operator == "CS", instruction)
            elif operator in {"sc", "scn", "SC", "SCN"}:
                self.special(operator[0] == "S", instruction)
            elif operator in TEXT:
                self.overprint(self.state.mode == 0 and self.state.sides[0].printed == BLACK[4])
                self.out.append(instruction)
            elif operator in PAINT:
                self.overprint(False)
                self.opaque(operator, operands)
                self.out.append(instruction)
            else:
                self.keep(operator, instruction)

    def keep(self, operator: str, instruction: Any) -> None:
        """Keep an instruction that paints nothing, and note what it changes."""
        if operator == "q":
            self.stack.append(self.state.copy())
        elif operator == "Q" and self.stack:
            self.state = self.stack.pop()
        elif operator == "Tr":
            self.state.mode = int(instruction.operands[0])
        elif operator == "INLINE IMAGE":
            self.overprint(False)
            kept = {"1", *(mode for count, mode in MODES.items() if self.rules.inks.fits(count))}
            if not instruction.iimage.image_mask and instruction.iimage.mode not in kept:
                self.rules.refuse("a picture in colour within its text")
        self.out.append(instruction)
        if operator == "gs":
            self.graphic(self.graphics.get(str(instruction.operands[0]), {}))

    def graphic(self, state: Any) -> None:
        for side, key in enumerate(("/ca", "/CA")):
            if key not in state or self.rules.transparency:
                continue
            here = self.state.sides[side]
            alpha = float(state[key])
            if alpha != 1:
                self.rules.see_through("what stands there")
            if alpha != here.alpha:
                here.alpha = alpha
                self.write(side)

    def opaque(self, operator: str, operands: Any) -> None:
        """See that nothing is painted half through that has no single colour."""
        sides = (0,) if operator in {"f", "F", "f*", "sh", "Do"} else (1,) if operator in {"S", "s"} else (0, 1)
        for side in sides:
            here = self.state.sides[side]
            if here.alpha != 1 and (operator in {"Do", "sh"} or here.printed is None):
                self.rules.refuse("a picture, a gradient or a group that lets what is beneath it show through")
        if operator == "Do" and not self.rules.transparency:
            drawn = (self.resources.get("/XObject") or {}).get(str(operands[0]))
            if drawn is not None and "/SMask" in drawn:
                self.rules.see_through("a picture with transparent parts")

    def overprint(self, wanted: bool) -> None:
        if wanted != self.state.over:
            self.state.over = wanted
            self.say("gs", [OVER if wanted else OUT])

    def space(self, side: bool, instruction: Any) -> None:
        try:
            space = spaces.read(instruction.operands[0], self.named)
        except spaces.UnknownSpaceError:
            self.rules.refuse(f"the colour space {instruction.operands[0]}")
            return
        here = self.state.sides[side]
        here.space, here.colour, here.printed = space, None, None
        if space.pattern or (space.spot and self.rules.inks.kind == "cmyk"):
            self.out.append(instruction)
        else:
            self.colour(side, space.colour(space.first))

    def special(self, side: bool, instruction: Any) -> None:
        space, operands = self.state.sides[side].space, instruction.operands
        if space.pattern or (space.spot and self.rules.inks.kind == "cmyk"):
            if space.pattern and len(operands) > 1:
                self.rules.refuse("a pattern without a colour of its own")
            self.out.append(instruction)
        else:
            self.colour(side, space.colour(numbers(operands)))

    def colour(self, side: int, colour: Colour) -> None:
        here, spot = self.state.sides[side], self.rules.spot
        if spot and len(colour) == 3 and all(abs(a - b) < 1 / 510 for a, b in zip(colour, spot.light, strict=True)):
            here.colour = here.printed = None
            self.say("CS" if side else "cs", ["/spot"])
            self.say("SCN" if side else "scn", [here.alpha])
            return
        here.colour = colour
        self.write(side)

    def write(self, side: int) -> None:
        here = self.state.sides[side]
        if here.colour is not None:  # made lighter before it is turned into inks: as it looks on a screen
            here.printed = self.rules.inks.solid(lightened(here.colour, here.alpha))
            self.say(OPERATORS[len(here.printed)][side], here.printed)

    def say(self, operator: str, operands: Sequence[Any]) -> None:
        import pikepdf

        made = [pikepdf.Name(each) if isinstance(each, str) else each for each in operands]
        self.out.append(pikepdf.ContentStreamInstruction(made, pikepdf.Operator(operator)))


def mend(source: Any, resources: Any, rules: Rules, *, top: bool) -> bytes:
    """Return the content of a page (`top`) or of a form with the printer's colours.

    What the resources name as `/over`, `/out` and `/spot` is for the caller to add.
    """
    import pikepdf

    mender = _Mender(rules, resources, top)
    mender.mend(pikepdf.parse_content_stream(source))
    return pikepdf.unparse_content_stream(mender.out)
