from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from importers.packed import OFFICE, WORD, codes, core, docx, drawn, paragraph, picture, put, run
from overprint import importers
from overprint.diagnostics import Made, Stop
from overprint.importers import docx as reader

if TYPE_CHECKING:
    from pathlib import Path

    from overprint.model import Imported

LONG = "The kiln was lit before the frost, and all of the village came to see what would come out of it by spring."
BIO = paragraph("Rosa Quill lives in a mill and writes about water.")


def read(
    folder: Path, body: str, links: str = "", media: bytes = b"", *, remarks: bool = False, **parts: str | bytes
) -> Made[tuple[Imported, ...]]:
    files = docx(body, links, **parts)
    if media:
        files["word/media/plate.png"] = media
    options = importers.Options(word_comments=remarks)
    return importers.read(put(folder, "kiln.docx", files), options=options)


def test_a_document_with_styles(tmp_path: Path) -> None:
    body = (
        paragraph(run("The ") + run("Kiln", "<w:i/>"), "Title")
        + paragraph("On fire", "Subtitle")
        + paragraph("By Rosa Quill, 3 March 2014")
        + paragraph("First", "Heading1")
        + paragraph(run("Clay") + run(" is ") + run("wet", "<w:b/>") + run(", mostly."))
        + paragraph("Said she.", "Quote")
        + BIO
    )
    made = read(tmp_path, body)
    (essay,) = made.value
    assert (essay.title, essay.subtitle, essay.authors, essay.date) == (
        "The *Kiln*",
        "On fire",
        ("Rosa Quill",),
        "2014-03-03",
    )
    assert essay.body == "## First\n\nClay is **wet**, mostly.\n\n> Said she."
    assert [(each.name, each.text) for each in essay.bios] == [
        ("Rosa Quill", "Rosa Quill lives in a mill and writes about water.")
    ]
    assert [each.text for each in essay.dropped] == ["By Rosa Quill, 3 March 2014"]
    assert (essay.slug, essay.origin and essay.origin.kind, codes(made)) == ("the-kiln", "docx", [])


@pytest.mark.parametrize(
    ("body", "title", "said"),
    [
        (paragraph("The Kiln", "Heading1") + paragraph("Part", "Heading2") + paragraph(LONG), "The Kiln", []),
        (paragraph("The Kiln") + paragraph(LONG), "The Kiln", ["I022"]),
        (paragraph(run("The Kiln", "<w:b/>")) + paragraph("By Rosa Quill") + paragraph("Clay."), "The Kiln", ["I022"]),
        (paragraph(LONG), None, ["I021"]),
        (paragraph("One", "Heading1") + paragraph(LONG) + paragraph("Two", "Heading1"), None, ["I021"]),
    ],
)
def test_a_title_without_its_style(tmp_path: Path, body: str, title: str | None, said: list[str]) -> None:
    made = read(tmp_path, body, core=core(creator="Rosa Quill", title="Microsoft Word - kiln.docx"))
    assert made.value[0].title == title
    assert [each for each in codes(made) if each != "I024"] == said


def test_properties_are_taken_where_the_text_is_silent_and_told(tmp_path: Path) -> None:
    about = core(title="The Kiln", creator="Rosa Quill", language="en-GB")
    made = read(tmp_path, paragraph(LONG), core=about)
    (essay,) = made.value
    assert (essay.title, essay.authors, essay.language, codes(made)) == ("The Kiln", ("Rosa Quill",), "en-GB", ["I024"])


@pytest.mark.parametrize("creator", ["Microsoft Office User", "rq", "rosa@example.org"])
def test_an_account_is_no_author(tmp_path: Path, creator: str) -> None:
    made = read(tmp_path, paragraph(LONG), core=core(title="The Kiln", creator=creator))
    assert (made.value[0].authors, codes(made)) == ((), ["I023"])


def note(kind: str, number: int, words: str) -> str:
    return f'<w:{kind}s {WORD}><w:{kind} w:id="{number}">{paragraph(words)}</w:{kind}></w:{kind}s>'


def test_footnotes_and_endnotes(tmp_path: Path) -> None:
    calls = '<w:r><w:footnoteReference w:id="2"/></w:r>', '<w:r><w:endnoteReference w:id="5"/></w:r>'
    body = paragraph(run("Clay") + calls[0] + run(" is wet.") + calls[1])
    (essay,) = read(
        tmp_path, body, footnotes=note("footnote", 2, "Of a kind."), endnotes=note("endnote", 5, "So.")
    ).value
    assert essay.body == "Clay[^1] is wet.[^2]\n\n[^1]: Of a kind.\n\n[^2]: So."


def test_a_table_keeps_its_cells(tmp_path: Path) -> None:
    row = "<w:tr>" + "".join(f"<w:tc>{paragraph(words)}</w:tc>" for words in ("Clay", "Fire")) + "</w:tr>"
    (essay,) = read(tmp_path, f"<w:tbl>{row}{row}</w:tbl>").value
    assert essay.body.count("| Clay | Fire |") == 2


def test_pictures_come_with_their_alt_text_each_once(tmp_path: Path) -> None:
    link = f'<Relationship Id="p1" Type="{OFFICE}/image" Target="media/plate.png"/>'
    body = paragraph("Clay.") + paragraph(drawn("p1", "A plate")) * 2
    (essay,) = read(tmp_path, body, link, picture()).value
    assert essay.body == "Clay.\n\n![A plate](images/picture-1.png)\n\n![A plate](images/picture-1.png)"
    assert [(each.name, each.data, each.url, each.alt) for each in essay.images] == [
        ("picture-1.png", picture(), "", "A plate")
    ]


@pytest.mark.parametrize("target", ["file:///etc/hostname", "https://tracker.example/pixel.png", "beside.png"])
def test_pictures_outside_the_document_are_never_opened(tmp_path: Path, target: str) -> None:
    (tmp_path / "beside.png").write_bytes(picture())
    link = f'<Relationship Id="p1" Type="{OFFICE}/image" Target="{target}" TargetMode="External"/>'
    body = paragraph("Clay.") + paragraph(drawn("p1", "A plate").replace("r:embed", "r:link"))
    (essay,) = read(tmp_path, body, link).value
    assert (essay.body, essay.images) == ("Clay.", ())
    assert [each.text for each in essay.dropped] == ["a picture of “A plate”"]


REMARKS = f"""<w:comments {WORD}>
<w:comment w:id="0" w:author="Bo Lark" w:date="2024-05-02T10:00:00Z" w:initials="BL">
<w:p w14:paraId="A1"><w:r><w:t>Is it </w:t></w:r><w:r><w:rPr><w:i/></w:rPr><w:t>really?</w:t></w:r></w:p></w:comment>
<w:comment w:id="4" w:author="Ines Moor" w:date="2024-05-03T10:00:00Z">
<w:p w14:paraId="A2"><w:r><w:t>Yes.</w:t></w:r></w:p>
</w:comment></w:comments>"""
THREAD = f'<w15:commentsEx {WORD}><w15:commentEx w15:paraId="A2" w15:paraIdParent="A1"/></w15:commentsEx>'
REMARKED = paragraph(
    run("Clay") + '<w:r><w:commentReference w:id="0"/></w:r><w:r><w:commentReference w:id="4"/></w:r>' + run(" is wet.")
)


def test_remarks_are_comments_on_request_alone(tmp_path: Path) -> None:
    made = read(tmp_path, REMARKED, comments=REMARKS, commentsExtended=THREAD)
    assert (made.value[0].body, made.value[0].comments, "I155" in codes(made)) == ("Clay is wet.", (), True)
    assert any("remarks in the margin are left out (2)" in each.message for each in made.diagnostics)
    made = read(tmp_path, REMARKED, remarks=True, comments=REMARKS, commentsExtended=THREAD)
    (essay,) = made.value
    assert (essay.body, "I155" in codes(made)) == ("Clay is wet.", False)
    assert [(each.id, each.author, each.date, each.body, each.reply_to) for each in essay.comments] == [
        ("comment-0", "Bo Lark", "2024-05-02", "Is it *really?*", ()),
        ("comment-4", "Ines Moor", "2024-05-03", "Yes.", ("comment-0",)),
    ]


def test_unsettled_changes_struck_words_and_underlining_are_told(tmp_path: Path) -> None:
    body = paragraph(
        f'<w:ins w:id="1" w:author="x">{run("Clay ")}</w:ins>'
        '<w:del w:id="2" w:author="x"><w:r><w:delText>Mud </w:delText></w:r></w:del>'
        + run("old", "<w:strike/>")
        + run(" is ")
        + run("wet", '<w:u w:val="single"/>')
    )
    made = read(tmp_path, body)
    assert made.value[0].body == "Clay old is *wet*"
    assert {"I156", "I157", "I158"} <= set(codes(made))
    assert any("not settled (2)" in each.message for each in made.diagnostics)


def test_a_formula_is_told_as_dropped(tmp_path: Path) -> None:
    formula = "<m:oMath><m:r><m:t>a+b</m:t></m:r></m:oMath>"
    (essay,) = read(tmp_path, paragraph(run("So") + formula + run(" it is."))).value
    assert (essay.body, [each.text for each in essay.dropped]) == ("So it is.", ["a+b"])


def stop(folder: Path, files: dict[str, str | bytes]) -> str:
    with pytest.raises(Stop) as caught:
        importers.read(put(folder, "broken.docx", files), kind="docx")
    return f"{caught.value.diagnostics[0].code} {caught.value.diagnostics[0].message}"


def test_broken_documents_are_explained(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    good = docx(paragraph(LONG))
    main = str(good["word/document.xml"])
    assert stop(tmp_path, {"a.txt": "words"}).endswith("its text is missing")
    assert "breaks off" in stop(tmp_path, {**good, "word/document.xml": main[:-40]})
    assert "document type" in stop(tmp_path, {**good, "word/styles.xml": '<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'})
    assert "do not fit" in stop(tmp_path, {**good, "word/styles.xml": "<x"})
    assert stop(tmp_path, docx(paragraph(""))).startswith("I153")
    monkeypatch.setattr(reader, "MOST_TAGS", 10)
    assert stop(tmp_path, good).startswith("I152")


def test_deep_nests_are_explained(tmp_path: Path) -> None:
    deep = "<w:sdt><w:sdtContent>" * 5000 + paragraph("x") + "</w:sdtContent></w:sdt>" * 5000
    assert stop(tmp_path, docx(deep)).startswith("I154")


def test_every_word_of_the_body_is_a_word_of_the_document(tmp_path: Path) -> None:
    runs = [run(words) for words in ("un", "til ", "the", " kiln", "—cold", "; ", "so")]
    (essay,) = read(tmp_path, paragraph("".join(runs)) + paragraph("Next") + paragraph("one.")).value
    assert essay.body == "until the kiln—cold; so\n\nNext\n\none."
