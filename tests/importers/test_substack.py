from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from importers.packed import archive, codes
from overprint import importers
from overprint.diagnostics import Stop
from overprint.importers.archive import Files

if TYPE_CHECKING:
    from pathlib import Path

    from overprint.diagnostics import Made
    from overprint.model import Imported

LIST = """post_id,post_date,is_published,email_sent_at,type,audience,title,subtitle,podcast_url
101.the-kettle,2019-07-26T20:48:19.814Z,true,,newsletter,everyone,The Kettle &amp; I,"On tea, mostly",
102.lid,2019-08-26T20:48:19.814Z,FALSE,,newsletter,everyone,Lid,,
103.talk,2019-09-26T20:48:19.814Z,TRUE,,podcast,everyone,Talk,,https://a.example/x.mp3
104.gone,2019-10-26T20:48:19.814Z,TRUE,,newsletter,everyone,Gone,,
"""
KETTLE = """<p>It <em>sings</em>.<a class="footnote-anchor" id="footnote-anchor-1" href="#footnote-1">1</a></p>
<div class="captioned-image-container"><figure><a class="image-link" href="https://cdn.example/big.jpg"><div>
<img src="https://cdn.example/pot.jpg" alt="A pot"></div></a><figcaption class="image-caption">Hot</figcaption></figure>
</div><div><hr></div><div class="subscription-widget-wrap"><p>Thanks for reading!</p></div>
<p class="button-wrapper">
<a class="button primary" href="https://a.example/subscribe"><span>Subscribe now</span></a></p>
<div class="footnote"><a id="footnote-1" href="#footnote-anchor-1" class="footnote-number">1</a>
<div class="footnote-content"><p>Loudly.</p></div></div>"""
FILES: dict[str, str | bytes] = {
    "posts.csv": LIST,
    "email_list.the-slow-letter.csv": "reader@example.org",
    "posts/101.opens.csv": "reader@example.org",
    "posts/101.the-kettle.html": KETTLE,
    "posts/102.lid.html": "<p>Draft.</p>",
    "posts/103.talk.html": "<p>Listen.</p>",
}


def put(folder: Path, how: str, files: dict[str, str | bytes]) -> Path:
    if how == "folder":
        for name, data in files.items():
            path = folder / "export" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(str(data), "utf-8")
        return folder / "export"
    path = folder / "export.zip"
    path.write_bytes(archive({f"{'in/' if how == 'nested' else ''}{name}": data for name, data in files.items()}))
    return path


def read(path: Path, *only: str) -> Made[tuple[Imported, ...]]:
    return importers.read(path, options=importers.Options(only=only))


@pytest.mark.parametrize("how", ["zip", "nested", "folder"])
def test_a_published_post_is_an_essay(tmp_path: Path, how: str) -> None:
    made = read(put(tmp_path, how, FILES))
    (essay,) = made.value
    assert (essay.title, essay.subtitle, essay.slug, essay.date, essay.id) == (
        "The Kettle & I",
        "On tea, mostly",
        "the-kettle",
        "2019-07-26",
        "post-101",
    )
    assert essay.body.startswith('It *sings*.[^1]\n\n![A pot](https://cdn.example/pot.jpg "Hot")\n\n')
    assert essay.body.endswith("[^1]: Loudly.")
    assert [(each.text, each.reason) for each in essay.dropped] == [
        ("Thanks for reading!", "an invitation to subscribe"),
        ("Subscribe now", "a button"),
    ]
    assert [each.url for each in essay.images] == ["https://cdn.example/pot.jpg"]
    assert (essay.origin and essay.origin.kind, codes(made)) == ("substack", ["I127", "I171"])
    assert [each.message for each in made.diagnostics] == [
        "left out: drafts (1), podcasts (1), posts without text (1)",
        "posts whose text is not in the export (1): Gone",
    ]


def test_drafts_and_other_types_can_be_named(tmp_path: Path) -> None:
    path = put(tmp_path, "zip", FILES)
    assert [each.body for each in read(path, "lid", "type:podcast").value] == ["Draft.", "Listen."]


def test_subscribers_are_never_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = []
    bytes_of = Files._bytes

    def watched(files: Files, name: str) -> bytes:
        opened.append(name)
        return bytes_of(files, name)

    monkeypatch.setattr(Files, "_bytes", watched)
    for how in ("zip", "folder"):
        assert "@example.org" not in repr(read(put(tmp_path, how, FILES)))
    assert opened
    assert not [name for name in opened if "email" in name or "opens" in name]


@pytest.mark.parametrize(
    ("text", "why"),
    [("post_id,title\n1.a,A\n", "no such columns"), ("post_id,is_published\n", "no lines")],
)
def test_a_list_that_cannot_be_read(tmp_path: Path, text: str, why: str) -> None:
    with pytest.raises(Stop) as caught:
        importers.read(put(tmp_path, "zip", {**FILES, "posts.csv": text}), kind="substack")
    assert (caught.value.diagnostics[0].code, why in caught.value.diagnostics[0].message) == ("I170", True)


def test_no_list_at_all(tmp_path: Path) -> None:
    with pytest.raises(Stop) as caught:
        importers.read(put(tmp_path, "zip", {"a.txt": "x"}), kind="substack")
    assert "posts.csv is missing" in caught.value.diagnostics[0].message


def test_a_name_in_the_list_leads_nowhere_else(tmp_path: Path) -> None:
    (tmp_path / "secret.html").write_text("<p>secret</p>")
    files: dict[str, str | bytes] = {**FILES, "posts.csv": LIST.replace("101.the-kettle", "../../secret")}
    assert "secret</p>" not in repr(read(put(tmp_path, "folder", files), "type:podcast"))
    with pytest.raises(Stop):
        read(put(tmp_path, "folder", files), "../../secret")
