from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from importers.packed import archive
from overprint import importers
from overprint.diagnostics import Stop

if TYPE_CHECKING:
    from pathlib import Path

    from overprint.diagnostics import Made
    from overprint.model import Imported


def post(
    title: str, body: str, *, subtitle: str = "", when: str = "2019-05-02T06:15:00.123Z", ident: str = "ab12cd34"
) -> str:
    date = f'<a href="https://medium.com/p/{ident}"><time class="dt-published" datetime="{when}">then</time></a>'
    summary = f'<section data-field="subtitle" class="p-summary">{subtitle}</section>' if subtitle else ""
    return f"""<!DOCTYPE html><html><head><title>{title}</title></head><body><article class="h-entry">
<header><h1 class="p-name">{title}</h1></header>{summary}
<section data-field="body" class="e-content"><section class="section"><div class="section-divider"><hr></div>
<div class="section-content">{body}</div></section></section><footer>
<p class="p-tags">Tagged in <a href="https://medium.com/tag/tea" class="p-tag">Tea</a></p>
<p>By <a href="https://medium.com/@rosa" class="p-author h-card">Rosa Quill</a>{f" on {date}" if when else ""}.</p>
<p><a href="https://medium.com/@rosa/the-kettle-{ident}" class="p-canonical">Canonical link</a></p>
<p>Exported from <a href="https://medium.com">Medium</a> on May 3, 2019.</p></footer></article></body></html>"""


KETTLE = post(
    "The Kettle",
    '<h3 class="graf graf--h3 graf--title">The Kettle</h3><h4 class="graf graf--h4 graf--subtitle">On tea</h4>'
    '<p class="graf">It <em>sings</em>.</p><figure class="graf--figure"><img class="graf-image" '
    'src="https://cdn.example/pot.jpg" alt="A pot"><figcaption>Hot</figcaption></figure><p><a href="/p/x">More</a></p>',
    subtitle="On tea",
)
RESPONSE = post("I agree with…", '<p class="graf">I agree with all of it.</p>', ident="ee11ee11")
FILES: dict[str, str | bytes] = {
    "posts/2019-05-02_The-Kettle-ab12cd34.html": KETTLE,
    "posts/draft_Lid-cd34cd34.html": post("Lid", "<p>Draft.</p>", when="", ident="cd34cd34"),
    "posts/2019-05-03_I-agree-ee11ee11.html": RESPONSE,
    "profile/profile.html": "<p>rosa@example.org</p>",
    "sessions/sessions.html": "<p>203.0.113.9</p>",
}


def read(path: Path, *only: str) -> Made[tuple[Imported, ...]]:
    return importers.read(path, options=importers.Options(only=only))


def zipped(folder: Path, top: str = "") -> Path:
    path = folder / "medium-export.zip"
    path.write_bytes(archive({f"{top}{name}": data for name, data in FILES.items()}))
    return path


def unpacked(folder: Path) -> Path:
    for name, data in FILES.items():
        path = folder / "export" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(str(data), "utf-8")
    return folder / "export"


@pytest.mark.parametrize("how", ["zip", "nested", "folder", "page"])
def test_a_post_is_an_essay(tmp_path: Path, how: str) -> None:
    if how == "page":
        path = tmp_path / "kettle.html"
        path.write_text(KETTLE, "utf-8")
    else:
        path = unpacked(tmp_path) if how == "folder" else zipped(tmp_path, "in/" if how == "nested" else "")
    made = read(path)
    (essay,) = made.value
    assert (essay.title, essay.subtitle, essay.authors, essay.date) == (
        "The Kettle",
        "On tea",
        ("Rosa Quill",),
        "2019-05-02",
    )
    assert essay.body == (
        'It *sings*.\n\n![A pot](https://cdn.example/pot.jpg "Hot")\n\n[More](https://medium.com/p/x)'
    )
    assert (essay.id, essay.slug, essay.url) == (
        "post-ab12cd34",
        "the-kettle",
        "https://medium.com/@rosa/the-kettle-ab12cd34",
    )
    assert (essay.categories, essay.origin and essay.origin.kind) == (("Tea",), "medium")
    assert [each.message for each in made.diagnostics] == (
        [] if how == "page" else ["left out: drafts (1), responses to others (1)"]
    )
    assert "rosa@example.org" not in repr(made)


def test_drafts_and_responses_can_be_named(tmp_path: Path) -> None:
    assert [each.body for each in read(zipped(tmp_path), "Lid", "post-ee11ee11").value] == [
        "I agree with all of it.",
        "Draft.",
    ]


def test_a_summary_cut_from_the_text_is_no_subtitle(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(post("Tea", '<p class="graf">It sings at dawn.</p>', subtitle="It sings at…"), "utf-8")
    (essay,) = read(path).value
    assert (essay.subtitle, [each.text for each in essay.dropped]) == (None, ["It sings at…"])


def test_a_page_of_another_site_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("<html><body><p>x</p></body></html>", "utf-8")
    with pytest.raises(Stop) as caught:
        importers.read(path, kind="medium")
    assert caught.value.diagnostics[0].code == "I172"
