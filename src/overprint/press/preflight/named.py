"""Names of colour spaces, as messages have them."""

from __future__ import annotations

from typing import Any

from overprint.press.finish import spaces

DEVICE = {1: "DeviceGray", 3: "DeviceRGB", 4: "DeviceCMYK"}
BY_COUNT = {1: "grey", 3: "RGB", 4: "CMYK"}


def named_space(source: Any, named: Any) -> tuple[str, spaces.Space]:
    """Return the name of a colour space as messages have it, and what its numbers mean."""
    try:
        read = spaces.read(source, named)
    except spaces.UnknownSpaceError:
        read = spaces.Space(0, pattern=True)
    return called(source), read


def called(source: Any) -> str:
    """Return the name of a colour space, such as `Separation Black`."""
    text = str(source)
    if text.startswith("/"):
        return DEVICE.get(spaces.DEVICE.get(text, 0), text[1:])
    kind = str(source[0])[1:]
    if kind == "ICCBased":
        return f"ICCBased {BY_COUNT.get(int(source[1].N), '')}"
    if kind == "Separation":
        return f"Separation {str(source[1])[1:]}"
    if kind == "DeviceN":
        return f"DeviceN {', '.join(str(each)[1:] for each in source[1])}"
    if kind in {"Indexed", "I"}:
        return called(source[1])
    return DEVICE.get(spaces.DEVICE.get(f"/{kind}", 0), kind)
