"""What a theme asks of the markup, read from its `theme.yaml`, and the tokens that only the typeface can give.

    opening: {dropcap: 3, lead-in: true, face: title-face, weight: 300}   # token and weight of another cap's face
    lines:
      text: {size: text-size, width: measure}              # running text: how long is too short for a drop cap
      essay-title: {size: 25pt, width: measure}            # a class, or `h2`: what print breaks into even lines
      standfirst: {size: 12.5pt, width: measure - 84pt, style: italic}
      h2: {size: text-size, width: measure, caps: true, tracking: 0.07}   # small capitals, tracking in em
      running-head: {size: 10.5pt, width: measure, caps: true}   # what is longer is shortened: see `heads`

    cover:                                                 # the page of the cover is 400 × 640 pt
      cover-title: {width: 316pt, sizes: [[88, 1], [60, 2]], leading: 1.08, face: title-face}

`leading: 35pt` in a line, and `leading: leading` in that of the text, let such lines end on the grid: see `on_grid`.
`above: 7pt` is the space above them that does not.
On the cover the lines of a class together get the largest size at which they are no more than it may fill: at most
88 pt in one line and at most 60 in two or more, or smaller if need be. Sizes are in points, leading in em.

Sizes and widths are what the theme's sheets say; a length is a number with a unit, a token, or a sum of these.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from overprint.compose.gauge import gauge
from overprint.diagnostics import Exit, Stop, error
from overprint.lengths import points
from overprint.model import Face, Fit, Measure, Setting

COVER: dict[str, Any] = {
    "cover-title": {"width": "320pt", "sizes": [[60, 2], [44, 4], [32, 6], [27, 8]]},
    "cover-subtitle": {"width": "300pt", "sizes": [[19, 3], [15, 5]], "leading": 1.35},
    "cover-author": {"width": "300pt", "sizes": [[24, 2], [18, 4], [14, 6]], "leading": 1.4, "whole": True},
    "cover-editor": {"width": "300pt", "sizes": [[15, 3], [12, 5]], "leading": 1.4},
    "cover-imprint": {"width": "300pt", "sizes": [[12, 2]], "leading": 1.4},
    "back-blurb": {"width": "320pt", "sizes": [[15, 10], [13, 14], [11.5, 18], [10, 21]], "leading": 1.36},
    "back-life": {"width": "320pt", "sizes": [[11.5, 5], [10, 8]], "leading": 1.32},
    "spine-author": {"width": "576pt", "sizes": [[13, 1]]},
    "spine-title": {"width": "576pt", "sizes": [[16, 1]]},
    "spine-imprint": {"width": "576pt", "sizes": [[10, 1]]},
}
"""The cover of a theme that says nothing of it.

Of the spine count the largest sizes, also beside each other, and how far its title may reach on a book of 640 pt."""

NUMBER, YES, WORD = ((int, float), "a number"), (bool, "yes or no"), (str, "a word")
LENGTH = ((str, int, float), "a length such as 12pt")
KEYS: dict[str, tuple[Any, str]] = {
    **dict.fromkeys(("size", "width", "leading", "above"), LENGTH),
    "face": WORD,
    "style": WORD,
    "weight": NUMBER,
    "tracking": NUMBER,
    "caps": YES,
}
"""What may be said of a line, and what it takes."""
EXAMPLES = {
    "lines": "{size: 25pt, width: measure}",
    "cover": "{width: 320pt, sizes: [[60, 2], [40, 4]]}",
}

NO_LENGTH = error(
    "B109",
    "`{words}` is not a length on paper",
    "write a number with a unit, such as 11.5pt, 4in or 102mm",
    "Titles are broken into even lines, and drop caps are made to fit, from the sizes that a theme names in points, "
    "inches or millimetres. Sums such as `calc(…)` and sizes in em cannot be used for these.",
)
NO_FIT = error(
    "B117",
    "`{name}` in the theme's `{section}:` cannot be used: {fault}",
    "write it as {example}",
    "In `lines:` a theme says how large a line is and how wide it may be. On the cover words get the largest size at "
    "which they fill no more lines than they may: sizes are in points, each with the most lines, the largest first. "
    "docs/how-to/own-theme.md and docs/how-to/cover.md show how a theme says so.",
)
NO_FACE = error(
    "B118",
    "`{name}` is not a token that names a typeface",
    "use one of {known}, or set it in the theme's `tokens:`",
    "Where a theme measures words or a drop cap, `face:` names the token of their typeface, not the typeface itself.",
)


def setting(theme: Mapping[str, Any], tokens: Mapping[str, str], faces: Sequence[Face]) -> Setting:
    """Return what a theme asks for; the face of a line is the text's unless it says another."""
    opening, lines = theme.get("opening", {}), theme.get("lines", {})
    measures = {name: _measure(name, facts, tokens, faces) for name, facts in lines.items()}
    covers = {**COVER, **theme.get("cover", {})}
    fits = {name: _fit(name, facts, tokens, faces) for name, facts in covers.items()}
    text = measures.pop("text", None)
    if text is None:
        return Setting(even=measures, cover=fits)
    cap = _face(opening, tokens, faces).path if "face" in opening else text.face
    return Setting(opening.get("dropcap", 0), cap, opening.get("lead-in", False), text, measures, fits)


def from_typeface(theme: Mapping[str, Any], tokens: Mapping[str, str], faces: Sequence[Face]) -> dict[str, str]:
    """Return the tokens that follow from the typeface; see `openings`.

    Take `leading` L, type of size S whose capitals are c em tall, and a cap of size F = (2L + cS)/c: the cap's foot
    stands on the third baseline when its box is 3L tall and moved by 2L + (L/2 + kS) − (3L/2 + kF), where k is how far
    a baseline stands below the middle of its line, in em.
    """
    asked = setting(theme, tokens, faces)
    made = _wishes(tokens, faces) | _code(tokens, faces)
    if asked.text is None:
        return made
    body, size = gauge(asked.text.face), asked.text.size
    made |= {"quote-single": f"{body.width('‘'):.3f}em", "quote-double": f"{body.width('“'):.3f}em"}
    if asked.dropcap and asked.cap:
        leading, cap = length("leading", tokens), gauge(asked.cap)
        below, height = (asked.dropcap - 1) * leading, asked.dropcap * leading
        large = (below + body.capital * size) / cap.capital
        shift = below + (leading / 2 + body.centre * size) - (height / 2 + cap.centre * large)
        sizes = {"dropcap-size": large, "dropcap-height": height, "dropcap-shift": shift}
        made |= {name: f"{points:.2f}pt" for name, points in sizes.items()}
    return made


def _wishes(tokens: Mapping[str, str], faces: Sequence[Face]) -> dict[str, str]:
    """Return what may be asked of the text's typeface and that of notes: a feature that one lacks is not asked for."""
    families = {family(tokens[name]) for name in ("text-face", "note-face") if name in tokens}
    held = [gauge(each.path).features for each in faces if each.family in families and each.style == "normal"]
    common = frozenset.intersection(*held)
    has_capitals = {"smcp", "c2sc"} <= common
    return {
        "old-figures": "oldstyle-nums" if "onum" in common else "lining-nums",
        "small-caps": "small-caps" if has_capitals else "normal",
        "all-small-caps": "all-small-caps" if has_capitals else "normal",
    }


def _code(tokens: Mapping[str, str], faces: Sequence[Face]) -> dict[str, str]:
    """Return the size at which small letters of code are as tall as those of the text."""
    text, code = (
        next((gauge(each.path).small for each in faces if each.family == family(tokens.get(name, ""))), 0)
        for name in ("text-face", "code-face")
    )
    return {"code-size": f"{text / code:.3f}em" if text and code else "0.85em"}


def length(words: str, tokens: Mapping[str, str]) -> float:
    """Return a length in points.

    Raises:
        Stop: it is none.

    >>> length("measure - 84pt", {"measure": "4in"})
    204.0
    """
    total, sign = 0.0, 1
    for term in str(words).split():
        if term in "+-":
            sign = -1 if term == "-" else 1
            continue
        name = term.removeprefix("var(--").removesuffix(")")
        if (found := points(name)) is not None:
            total += sign * found
        elif name in tokens and tokens[name] != words:
            total += sign * length(tokens[name], tokens)
        else:
            raise Stop(NO_LENGTH.at(words=words), exit=Exit.CANNOT)
    return total


def _measure(name: str, facts: Any, tokens: Mapping[str, str], faces: Sequence[Face]) -> Measure:
    _hold(name, facts, "lines")
    face = _face(facts, tokens, faces)
    size, width = length(facts["size"], tokens), length(facts["width"], tokens)
    leading, above = (length(facts.get(name, "0pt"), tokens) for name in ("leading", "above"))
    return Measure(face.path, size, width, facts.get("tracking", 0), facts.get("caps", False), leading, above)


def _fit(name: str, own: Any, tokens: Mapping[str, str], faces: Sequence[Face]) -> Fit:
    facts = {**COVER.get(name, {}), **own} if isinstance(own, dict) else own
    _hold(name, facts, "cover")
    width = length(facts["width"], tokens)
    try:
        steps = tuple((float(size), int(lines)) for size, lines in facts["sizes"])
    except (TypeError, ValueError):
        steps = ()
    if not steps or list(steps) != sorted(steps, reverse=True) or any(min(step) < 1 for step in steps):
        raise _unfit(name, "`sizes` takes pairs such as [60, 2], the largest size first", "cover")
    path = _face(facts, tokens, faces).path
    leading, tracking = facts.get("leading", 1.1), facts.get("tracking", 0)
    return Fit(path, width, steps, leading, tracking, facts.get("caps", False), facts.get("whole", False))


def _hold(name: str, facts: Any, section: str) -> None:
    """Hold what a theme says of a line to the keys that there are, and to what each takes."""
    kinds = KEYS | ({"leading": NUMBER, "sizes": (list, "pairs"), "whole": YES} if section == "cover" else {})
    needed = ("width", "sizes") if section == "cover" else ("size", "width")
    if not isinstance(facts, dict):
        raise _unfit(name, "it takes keys of its own", section)
    if missing := [key for key in needed if key not in facts]:
        raise _unfit(name, f"it has no `{missing[0]}`", section)
    for key, value in facts.items():
        if key not in kinds:
            raise _unfit(name, f"it has the key `{key}`; there are {', '.join(kinds)}", section)
        kind, called = kinds[key]
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            raise _unfit(name, f"`{key}` takes {called}", section)


def _unfit(name: str, fault: str, section: str) -> Stop:
    return Stop(NO_FIT.at(name=name, section=section, fault=fault, example=EXAMPLES[section]), exit=Exit.CANNOT)


def family(stack: str) -> str:
    """Return the first family of a value of `font-family`.

    >>> family('"EB Garamond", serif'), family("Newsreader, serif")
    ('EB Garamond', 'Newsreader')
    """
    return stack.split(",")[0].strip().strip("\"'")


def _face(facts: Mapping[str, Any], tokens: Mapping[str, str], faces: Sequence[Face]) -> Face:
    """Return the face that is nearest to what is asked for."""
    name = facts.get("face", "text-face")
    if name not in tokens:
        known = ", ".join(sorted(each for each in tokens if each.endswith("-face")))
        raise Stop(NO_FACE.at(name=name, known=known), exit=Exit.CANNOT)
    wanted = family(tokens[name])
    of_it = [each for each in faces if each.family == wanted] or list(faces)
    style, weight = facts.get("style", "normal"), facts.get("weight", 400)
    return min(of_it, key=lambda each: (each.style != style, abs(each.weight - weight)))
