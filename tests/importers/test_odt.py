from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from importers.packed import codes, picture, put
from overprint import importers
from overprint.diagnostics import Made, Stop
from overprint.importers import odt as reader

if TYPE_CHECKING:
    from pathlib import Path

    from overprint.model import Imported

NAMES = (
    " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{what}:1.0"'
        for name, what in (
            ("office", "office"),
            ("text", "text"),
            ("style", "style"),
            ("fo", "xsl-fo-compatible"),
            ("table", "table"),
            ("draw", "drawing"),
            ("svg", "svg-compatible"),
            ("meta", "meta"),
        )
    )
    + ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink"'
)
STYLES = """
<style:style style:name="T1" style:family="text"><style:text-properties fo:font-style="italic"/></style:style>
<style:style style:name="T2" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="T3" style:family="text"><style:text-properties style:text-position="super 58%"/></style:style>
<style:style style:name="T4" style:family="text"><style:text-properties style:text-underline-style="solid"/>
</style:style>
<style:style style:name="T5" style:family="text"><style:text-properties fo:font-weight="normal"/></style:style>
<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Title"/>
<style:style style:name="P2" style:family="paragraph" style:parent-style-name="Standard"><style:text-properties
 fo:font-style="italic"/></style:style>
<text:list-style style:name="L1"><text:list-level-style-number text:level="1"/><text:list-level-style-bullet
 text:level="2"/></text:list-style>
"""


def files(body: str, about: str = "", **more: str | bytes) -> dict[str, str | bytes]:
    return {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": f"<office:document-content {NAMES}><office:automatic-styles>{STYLES}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>",
        "meta.xml": f"<office:document-meta {NAMES}><office:meta>{about}</office:meta></office:document-meta>",
        **more,
    }


def read(
    folder: Path, body: str, about: str = "", *, remarks: bool = False, plate: bytes = b""
) -> Made[tuple[Imported, ...]]:
    held = files(body, about)
    if plate:
        held["Pictures/plate.png"] = plate
    options = importers.Options(word_comments=remarks)
    return importers.read(put(folder, "kiln.odt", held), options=options)


def body(folder: Path, inside: str) -> str:
    return read(folder, inside).value[0].body


def test_a_document_with_styles(tmp_path: Path) -> None:
    made = read(
        tmp_path,
        '<text:p text:style-name="P1">The <text:span text:style-name="T1">Kiln</text:span></text:p>'
        '<text:p text:style-name="Subtitle">On fire</text:p><text:p>By Rosa Quill</text:p>'
        '<text:h text:outline-level="1">First</text:h>'
        '<text:p>Clay<text:s text:c="2"/>is <text:span text:style-name="T2">wet</text:span>, mostly.</text:p>'
        '<text:p text:style-name="Quotations">Said she.</text:p>'
        "<text:p>Rosa Quill lives in a mill.</text:p>",
        "<meta:initial-creator>Someone Else</meta:initial-creator><dc:language>en-GB</dc:language>",
    )
    (essay,) = made.value
    assert (essay.title, essay.subtitle, essay.authors, essay.language) == (
        "The *Kiln*",
        "On fire",
        ("Rosa Quill",),
        "en-GB",
    )
    assert essay.body == "## First\n\nClay is **wet**, mostly.\n\n> Said she."
    assert [each.text for each in essay.bios] == ["Rosa Quill lives in a mill."]
    assert (codes(made), essay.origin and essay.origin.kind) == ([], "odt")


def test_who_began_the_document_is_the_author_not_who_saved_it_last(tmp_path: Path) -> None:
    about = "<meta:initial-creator>Rosa Quill</meta:initial-creator><dc:creator>Ed Itor</dc:creator>"
    made = read(tmp_path, "<text:p>Clay is wet.</text:p>", about)
    assert (made.value[0].authors, codes(made)) == (("Rosa Quill",), ["I021", "I024"])


@pytest.mark.parametrize(
    ("inside", "markdown"),
    [
        ('<text:p>10<text:span text:style-name="T3">2</text:span></text:p>', "10<sup>2</sup>"),
        ('<text:p>so <text:span text:style-name="T5">plain</text:span></text:p>', "so plain"),
        ('<text:p text:style-name="P2">All of it.</text:p>', "*All of it.*"),
        ('<text:p>a <text:a xlink:href="https://a.example/">b</text:a></text:p>', "a [b](https://a.example/)"),
        ("<text:p>one<text:line-break/>two</text:p>", "one\\\ntwo"),
        ("<text:p>one<text:tab/>two</text:p>", "one two"),
        ("<text:p>one<text:soft-page-break/>two</text:p>", "onetwo"),
        (
            '<text:list text:style-name="L1"><text:list-item><text:p>a</text:p><text:list><text:list-item><text:p>b'
            "</text:p></text:list-item></text:list></text:list-item></text:list>",
            "1. a\n   - b",
        ),
        (
            '<text:p>Clay<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>'
            "<text:note-body><text:p>Of a kind.</text:p></text:note-body></text:note> is wet.</text:p>",
            "Clay[^1] is wet.\n\n[^1]: Of a kind.",
        ),
        (
            "<text:tracked-changes><text:changed-region><text:deletion><text:p>Mud</text:p></text:deletion>"
            "</text:changed-region></text:tracked-changes><text:p>Clay</text:p>",
            "Clay",
        ),
        ("<text:section><text:p>in it</text:p></text:section>", "in it"),
    ],
)
def test_elements(tmp_path: Path, inside: str, markdown: str) -> None:
    assert body(tmp_path, inside) == markdown


def test_a_table_keeps_its_cells(tmp_path: Path) -> None:
    cells = "".join(f"<table:table-cell><text:p>{words}</text:p></table:table-cell>" for words in ("Clay", "Fire"))
    row = f"<table:table-row>{cells}</table:table-row>"
    assert body(tmp_path, f"<table:table>{row}{row}</table:table>").count("| Clay | Fire |") == 2


def test_pictures_come_with_their_alt_text(tmp_path: Path) -> None:
    inside = (
        '<text:p>Clay.</text:p><text:p><draw:frame><draw:image xlink:href="Pictures/plate.png"/><svg:desc>A plate'
        '</svg:desc></draw:frame></text:p><text:p><draw:frame><draw:image xlink:href="../../etc/x.png"/></draw:frame>'
        "</text:p>"
    )
    (essay,) = read(tmp_path, inside, plate=picture()).value
    assert essay.body == "Clay.\n\n![A plate](images/picture-1.png)"
    assert [(each.name, each.data, each.alt) for each in essay.images] == [("picture-1.png", picture(), "A plate")]
    assert [each.text for each in essay.dropped] == ["../../etc/x.png"]


def test_remarks_are_comments_on_request_alone(tmp_path: Path) -> None:
    inside = (
        "<text:p>Clay<office:annotation><dc:creator>Bo Lark</dc:creator><dc:date>2024-05-02T10:00:00</dc:date>"
        "<text:p>Is it?</text:p></office:annotation> is wet.</text:p>"
    )
    made = read(tmp_path, inside)
    assert (made.value[0].body, made.value[0].comments, "I155" in codes(made)) == ("Clay is wet.", (), True)
    made = read(tmp_path, inside, remarks=True)
    assert [(each.author, each.date, each.body) for each in made.value[0].comments] == [
        ("Bo Lark", "2024-05-02", "Is it?")
    ]
    assert "I155" not in codes(made)


def test_underlining_and_changes_are_told(tmp_path: Path) -> None:
    made = read(
        tmp_path,
        "<text:tracked-changes><text:changed-region/></text:tracked-changes>"
        '<text:p>so <text:span text:style-name="T4">wet</text:span></text:p>',
    )
    assert (made.value[0].body, {"I156", "I158"} <= set(codes(made))) == ("so *wet*", True)


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"content.xml": "<office:text"}, "breaks off"),
        ({"content.xml": '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'}, "no such part"),
        ({"META-INF/manifest.xml": "<manifest:encryption-data/>"}, "locked with a password"),
        ({"content.xml": f"<x>{'<p>' * 5000}words{'</p>' * 5000}</x>"}, "breaks off"),
    ],
)
def test_broken_documents_are_explained(tmp_path: Path, more: dict[str, str], why: str) -> None:
    with pytest.raises(Stop) as caught:
        importers.read(put(tmp_path, "kiln.odt", files("<text:p>x</text:p>", **more)))
    (said,) = caught.value.diagnostics
    assert (said.code, why in said.message) == ("I154", True)


def test_no_words_and_too_many_tags(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(Stop) as caught:
        read(tmp_path, "<text:p> </text:p>")
    assert caught.value.diagnostics[0].code == "I153"
    monkeypatch.setattr(reader, "MOST_TAGS", 5)
    with pytest.raises(Stop) as caught:
        read(tmp_path, "<text:p>Clay</text:p>")
    assert caught.value.diagnostics[0].code == "I154"
