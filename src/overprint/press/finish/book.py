"""All pages of a PDF and what they are made of, each part once: contents, forms, patterns, pictures, gradients."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from overprint.press.finish import boxes, content, overlaps, pictures, shadings
from overprint.press.finish.boxes import Sheet
from overprint.press.finish.colour import Inks
from overprint.press.finish.content import OUT, OVER, Rules
from overprint.press.finish.functions import numbers
from overprint.press.profile import Profile

SPOT, REGISTRATION = "/spot", "/registration"
OPAQUE = ("/ca", "/CA", "/BM", "/SMask", "/AIS")
"""What a graphics state says of transparency; PDF 1.3 does not even know the words."""
BLENDS = {"cmyk": "/DeviceCMYK", "mono": "/DeviceGray"}
GREY = Inks("mono")
"""What masks are in: how light they are is how much shows."""


class Mending:
    """One PDF being mended; `refused` is what cannot be, with the index of the first page that has it."""

    def __init__(self, pdf: Any, source: Path, profile: Profile) -> None:
        """Begin; `source` is the file that `pdf` was read from."""
        self.pdf, self.source, self.profile, self.inks = pdf, source, profile, Inks.of(profile)
        self.refused: dict[str, int] = {}
        self._seen: set[tuple[int, int]] = set()
        self._bare: dict[int, bool] = {}
        self._graphics: list[Any] = []
        self._spaces: list[Any] = []
        self._shifted: dict[tuple[object, ...], Any] = {}

    def pages(self, sheets: Sequence[Sheet]) -> None:
        """Mend all pages; each is put on its sheet."""
        for at, page in enumerate(self.pdf.pages):
            rules = self._rules(at, self.inks, top=True)
            before, behind = boxes.framed(sheets[at], marks=self.profile.marks)
            data = content.mend(page, page.resources, rules, top=True)
            page.obj.Contents = self.pdf.make_stream(before + data + behind)
            boxes.write(page, sheets[at])
            self._move_patterns(page, sheets[at].move)
            self._group(page.obj, self.inks)
        for at, page in enumerate(self.pdf.pages):
            self._resources(page.resources, at, self.inks)
        # Only now: pages share them, and each reads what they say.
        for graphics in self._graphics:
            self._tidy_graphics(graphics)
        for spaces in self._spaces:
            self._tidy_spaces(spaces)

    def _rules(self, at: int, inks: Inks, *, top: bool = False) -> Rules:
        def refuse(what: str) -> None:
            self.refused.setdefault(what, at)

        def bare() -> bool:
            if at not in self._bare:
                self._bare[at] = overlaps.bare(self.source, at)
            return self._bare[at]

        spot = self.profile.spot if inks is self.inks else None
        return Rules(inks, refuse, self.profile.transparency, spot, bare if top else lambda: False)

    def _resources(self, resources: Any, at: int, inks: Inks) -> None:
        if self._known(resources):
            return
        for drawn in _each(resources, "/XObject"):
            if drawn.Subtype != "/Image":
                self._form(drawn, resources, at, inks)
            elif not self._known(drawn):
                version, transparency = self.profile.pdf_version, self.profile.transparency
                self._told(pictures.mend(drawn, inks, version=version, transparency=transparency), at)
        patterns = _each(resources, "/Pattern")
        for tiling in (each for each in patterns if "/Shading" not in each):
            self._form(tiling, resources, at, inks)
        shaded = (each.Shading for each in patterns if "/Shading" in each)
        for shading in (*_each(resources, "/Shading"), *shaded):
            self._told(shadings.mend(self.pdf, shading, inks), at)
        for font in _each(resources, "/Font"):
            if "/CharProcs" in font and not self._known(font):
                self._drawn_font(font, resources, at, inks)
        for state in _each(resources, "/ExtGState"):
            self._state(state, resources, at)
        self._graphics.append(_part(resources, "/ExtGState"))
        self._spaces.append(_part(resources, "/ColorSpace"))

    def _drawn_font(self, font: Any, around: Any, at: int, inks: Inks) -> None:
        own = font.get("/Resources", around)
        for glyph in font.CharProcs.values():
            glyph.write(content.mend(glyph, own, self._rules(at, inks), top=False))
        self._resources(own, at, inks)

    def _state(self, state: Any, around: Any, at: int) -> None:
        """Mend the mask of a graphics state, or refuse it."""
        mask = state.get("/SMask")
        if mask is not None and mask != "/None":
            if self.profile.transparency:
                self._form(mask.G, around, at, GREY)
            else:
                self._told("a soft mask that lets what is beneath it show through", at)
        if str(state.get("/BM", "/Normal")) not in {"/Normal", "/Compatible"} and not self.profile.transparency:
            self._told("a blend that lets what is beneath it show through", at)

    def _form(self, form: Any, around: Any, at: int, inks: Inks) -> None:
        """Mend a form or a tiling pattern and what it is made of."""
        if self._known(form):
            return
        own = form.get("/Resources", around)
        form.write(content.mend(form, own, self._rules(at, inks), top=False))
        self._group(form, inks)
        self._resources(own, at, inks)

    def _group(self, holder: Any, inks: Inks) -> None:
        if "/Group" not in holder:
            return
        if not self.profile.transparency:
            del holder["/Group"]
        elif (blend := BLENDS.get(inks.kind)) is not None:
            holder.Group.CS = _name(blend)

    def _move_patterns(self, page: Any, move: tuple[float, float]) -> None:
        """Move the patterns of a page with its content: they hang on its corner, not on what is painted."""
        from pikepdf import Array, Dictionary, Matrix

        if not (patterns := page.resources.get("/Pattern")) or move == (0, 0):
            return
        moved = Dictionary()
        for name, pattern in patterns.items():
            key = (pattern.objgen, move)
            if key not in self._shifted or pattern.objgen == (0, 0):
                copy = _copy(self.pdf, pattern)
                matrix = Matrix(*numbers(pattern.get("/Matrix", [1, 0, 0, 1, 0, 0]))) @ Matrix(1, 0, 0, 1, *move)
                copy.Matrix = Array([round(each, 5) for each in matrix.shorthand])
                self._shifted[key] = copy
            moved[name] = self._shifted[key]
        page.obj.Resources = Dictionary(page.resources)
        page.obj.Resources.Pattern = moved

    def _tidy_graphics(self, graphics: Any) -> None:
        from pikepdf import Dictionary

        if not self.profile.transparency:
            for state in graphics.values():
                for key in OPAQUE:
                    if key in state:
                        del state[key]
        if self.profile.colour == "cmyk":
            graphics[OVER] = Dictionary(Type=_name("/ExtGState"), OP=True, op=True, OPM=1)
            graphics[OUT] = Dictionary(Type=_name("/ExtGState"), OP=False, op=False, OPM=0)

    def _tidy_spaces(self, spaces: Any) -> None:
        """Take out spaces that nothing is painted in any more, and put in those that we paint in."""
        from pikepdf import Array

        for name, space in list(spaces.items()):
            kind = str(space[0]) if isinstance(space, Array) else str(space)
            if kind != "/Pattern" and not (kind in {"/Separation", "/DeviceN"} and self.profile.colour == "cmyk"):
                del spaces[name]
        if spot := self.profile.spot:
            spaces[SPOT] = _separation(spot.name, spot.inks)
        if self.profile.marks:
            spaces[REGISTRATION] = _separation("All", (1, 1, 1, 1) if self.profile.colour == "cmyk" else (0,))

    def _known(self, part: Any) -> bool:
        """Say whether a part was mended before, and note that it is now."""
        number = part.objgen
        if number != (0, 0) and number in self._seen:
            return True
        self._seen.add(number)
        return False

    def _told(self, what: str, at: int) -> None:
        if what:
            self.refused.setdefault(what, at)


def _separation(name: str, full: tuple[float, ...]) -> Any:
    """Return the colour space of one ink; `full` is what stands in its place where it is not at hand."""
    from pikepdf import Array, Dictionary

    paper = [0] * 4 if len(full) == 4 else [1] * len(full)
    tint = Dictionary(FunctionType=2, Domain=[0, 1], N=1, C0=paper, C1=list(full), Range=[0, 1] * len(full))
    device = {4: "/DeviceCMYK", 1: "/DeviceGray"}[len(full)]
    return Array([_name("/Separation"), _name(f"/{name}"), _name(device), tint])


def _copy(pdf: Any, source: Any) -> Any:
    """Return another object that is the same, of which entries can be changed."""
    from pikepdf import Dictionary, Stream

    if not isinstance(source, Stream):
        return pdf.make_indirect(Dictionary(source))
    copy = pdf.make_stream(source.read_bytes())
    for key, value in source.items():
        if key not in {"/Length", "/Filter", "/DecodeParms"}:
            copy[key] = value
    return copy


def _each(resources: Any, key: str) -> list[Any]:
    return list(resources[key].values()) if key in resources else []


def _part(resources: Any, key: str) -> Any:
    """Return a part of resources, which is added where it is not there."""
    from pikepdf import Dictionary

    if key not in resources:
        resources[key] = Dictionary()
    return resources[key]


def _name(name: str) -> Any:
    from pikepdf import Name

    return Name(name)
