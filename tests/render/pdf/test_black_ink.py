from __future__ import annotations

from pathlib import Path

import pikepdf

from overprint.render.pdf import PdfJob, Piece
from overprint.render.pdf.book import render


def test_black_is_black_alone_and_grey_a_shade_of_it(tmp_path: Path) -> None:
    words = [f'<p style="color: {colour}">Bees</p>' for colour in ("black", "#808080", "white", "#a8231a")]
    drawing = '<svg viewBox="0 0 9 9"><path d="M0 0L9 9" stroke="#000"/></svg>'
    html = f'<p style="border: 1pt solid #333">hum</p>{"".join(words)}{drawing}'
    render(PdfJob((Piece("one", html),), before="<html><body>", after="</body></html>"), tmp_path / "book.pdf")
    inks: dict[str, set[tuple[float, ...]]] = {}
    with pikepdf.open(tmp_path / "book.pdf") as pdf:
        forms = [each for each in pdf.objects if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == "/Form"]
        contents: list[pikepdf.Object] = [pdf.pages[0].obj.Contents, *forms]
        found = [each for content in contents for each in pikepdf.parse_content_stream(content)]
    for each in found:
        if (name := str(each.operator)) in {"g", "G", "rg", "RG"} and isinstance(
            each, pikepdf.ContentStreamInstruction
        ):
            inks.setdefault(name, set()).add(tuple(round(float(operand), 3) for operand in each.operands))
    assert inks.pop("rg") == {(0.659, 0.137, 0.102)}
    assert "RG" not in inks
    assert {(0.0,), (0.502,), (1.0,), (0.2,)} <= inks["g"] | inks["G"]
    assert (0.0,) in inks["G"]
