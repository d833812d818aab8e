"""How far characters stand in the margin, so that the edges of the text look straight."""

from __future__ import annotations

_BOTH = {
    **dict.fromkeys("‘’", (0.4, 0.5)),
    **dict.fromkeys("“”", (0.3, 0.35)),
    **dict.fromkeys("«»‹›", (0.25, 0.25)),
    **dict.fromkeys("'\"", (0.35, 0.35)),
    "–": (0.2, 0.25),
    "—": (0.15, 0.2),
    **dict.fromkeys("ATVWXY", (0.05, 0.05)),
    **dict.fromkeys("vwxy", (0.05, 0.06)),
}
_LEFT = {"(": 0.12, "[": 0.08, "J": 0.06, "¿": 0.1, "¡": 0.1, "„": 0.35, "‚": 0.45}
_RIGHT = {
    **dict.fromkeys(".,", 0.6),
    **dict.fromkeys("-\u2010\u2011", 0.5),
    **dict.fromkeys(":;", 0.4),
    **dict.fromkeys("!?", 0.12),
    **dict.fromkeys(")]", 0.12),
    **dict.fromkeys("FKLPkrt", 0.05),
    "…": 0.15,
}

LEFT = {char: left for char, (left, _) in _BOTH.items()} | _LEFT
"""The share of its own width by which a character stands in the left margin."""

RIGHT = {char: right for char, (_, right) in _BOTH.items()} | _RIGHT
"""The same for the right margin."""
