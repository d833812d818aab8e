"""One main heading to a document, in the words of its title."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from overprint.diagnostics import Exit, Stop
from overprint.model import Composed, Entry
from overprint.render.epub import render


def changed(composed: Composed, html: str) -> Composed:
    chapters = (
        replace(each, html=html, title="On Bees") if each.name == "people" else each for each in composed.chapters
    )
    return replace(composed, chapters=tuple(chapters), contents=())


@pytest.mark.parametrize(
    "html",
    [
        "<p>No heading at all.</p>",
        "<h1>On Bees</h1><h2>Honey</h2>",
        "<header><p>The Hive</p><h1>On\n <em>Bees</em></h1></header>",
        '<section><h1><span class="a">On</span> Bees</h1></section>',
    ],
)
def test_sound(composed: Composed, html: str, tmp_path: Path) -> None:
    assert render(changed(composed, html), tmp_path / "a.epub").diagnostics == ()


@pytest.mark.parametrize(
    ("html", "code"),
    [
        ("<h1>On Bees</h1><h1>On Bees</h1>", "E009"),
        ("<h2>Honey</h2><h1>On Bees</h1>", "E009"),
        ("<h2>On Bees</h2>", "E009"),
        ("<h1>On Wasps</h1>", "E010"),
        ("<h1></h1>", "E010"),
    ],
)
def test_faults(composed: Composed, html: str, code: str, tmp_path: Path) -> None:
    with pytest.raises(Stop) as stop:
        render(changed(composed, html), tmp_path / "a.epub")
    assert [(each.code, each.place.path) for each in stop.value.diagnostics] == [(code, "text/people.xhtml")]
    assert stop.value.exit is Exit.CANNOT
    assert not (tmp_path / "a.epub").exists()


@pytest.mark.parametrize(
    ("html", "place"),
    [
        ('<h1 id="a">On Bees</h1>', "a"),
        ('<section id="a" aria-labelledby="b"><h1 id="b">On Bees</h1></section>', "a"),
        ('<h1>On Bees</h1><section id="a" aria-label="About Ada"></section>', "a"),
    ],
)
def test_the_contents_call_places_as_they_are_called(html: str, place: str, composed: Composed, tmp_path: Path) -> None:
    said = "About Ada" if "About" in html else "On Bees"
    inside = (Entry(f"people.xhtml#{place}", said), Entry("people.xhtml", "Whatever"))
    right = replace(changed(composed, html), contents=(Entry("her.xhtml", "Her", children=inside),))
    assert render(right, tmp_path / "a.epub").diagnostics == ()
    other = (Entry("her.xhtml", "Her", children=(replace(inside[0], title="On Wasps"),)),)
    with pytest.raises(Stop) as stop:
        render(replace(right, contents=other), tmp_path / "b.epub")
    assert [each.code for each in stop.value.diagnostics] == ["E010"]
