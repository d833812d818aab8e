"""The functions of a PDF that gradients and spot colours are made of, of one number or more."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

Function = Callable[[Sequence[float]], tuple[float, ...]]


class UnknownFunctionError(Exception):
    """A function is of a kind that is not worked out here: PostScript's, or sampled over more than one number."""


def read(source: Any) -> Function:
    """Return a function of a PDF, or an array of functions that give one number each.

    Raises:
        UnknownFunctionError: it is of another kind.
    """
    import pikepdf

    if isinstance(source, pikepdf.Array):
        each = [read(part) for part in source]
        return lambda inputs: tuple(number for function in each for number in function(inputs))
    made = {0: _sampled, 2: _exponential, 3: _stitched}.get(int(source.FunctionType))
    if made is None:
        raise UnknownFunctionError
    inner, domain = made(source), numbers(source.Domain)
    limits = numbers(source.Range) if "/Range" in source else []

    def function(inputs: Sequence[float]) -> tuple[float, ...]:
        clipped = [min(max(x, domain[2 * at]), domain[2 * at + 1]) for at, x in enumerate(inputs)]
        result = inner(clipped)
        if limits:
            result = tuple(min(max(y, limits[2 * at]), limits[2 * at + 1]) for at, y in enumerate(result))
        return result

    return function


def numbers(source: Any) -> list[float]:
    """Return an array of numbers."""
    return [float(each) for each in source]


def _exponential(source: Any) -> Function:
    low = numbers(source.get("/C0", [0]))
    high = numbers(source.get("/C1", [1]))
    power = float(source.N)
    return lambda inputs: tuple(a + inputs[0] ** power * (b - a) for a, b in zip(low, high, strict=True))


def _stitched(source: Any) -> Function:
    parts = [read(each) for each in source.Functions]
    domain, encode = numbers(source.Domain), numbers(source.Encode)
    edges = [domain[0], *numbers(source.Bounds), domain[1]]

    def function(inputs: Sequence[float]) -> tuple[float, ...]:
        x = inputs[0]
        at = next((at for at in range(len(parts) - 1) if x < edges[at + 1]), len(parts) - 1)
        start, end = edges[at : at + 2]
        low, high = encode[2 * at : 2 * at + 2]
        return parts[at]([low if end == start else low + (x - start) * (high - low) / (end - start)])

    return function


def _sampled(source: Any) -> Function:
    sizes, bits = [int(each) for each in source.Size], int(source.BitsPerSample)
    if len(sizes) != 1 or bits not in {8, 16, 32}:
        raise UnknownFunctionError
    count, most = sizes[0], (1 << bits) - 1
    decode = numbers(source.get("/Decode", source.Range))
    domain = numbers(source.Domain)
    encode = numbers(source.get("/Encode", [0, count - 1]))
    wide, bands, data = bits // 8, len(decode) // 2, source.read_bytes()

    def sample(at: int) -> list[float]:
        row = data[at * bands * wide :][: bands * wide]
        raw = (int.from_bytes(row[band * wide :][:wide]) / most for band in range(bands))
        return [decode[2 * band] + x * (decode[2 * band + 1] - decode[2 * band]) for band, x in enumerate(raw)]

    def function(inputs: Sequence[float]) -> tuple[float, ...]:
        part = (inputs[0] - domain[0]) / ((domain[1] - domain[0]) or 1)
        x = min(max(encode[0] + part * (encode[1] - encode[0]), 0), count - 1)
        low = min(int(x), max(count - 2, 0))
        before, after = sample(low), sample(min(low + 1, count - 1))
        return tuple(a + (x - low) * (b - a) for a, b in zip(before, after, strict=True))

    return function
