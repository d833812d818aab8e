from __future__ import annotations

import base64
import quopri
from pathlib import Path

import pytest

from overprint import importers
from overprint.diagnostics import Stop
from overprint.importers import mhtml
from overprint.importers.source import Source
from overprint.model import Imported

FERRY = (
    "The ferry leaves at six – and nobody on it speaks, because the river is still asleep and we have all agreed, "
    "without a word, to let it be so until the first bell."
)
PAGE = f"""<!DOCTYPE html><html><head><meta charset="iso-8859-1"><title>On Ferries</title></head><body><article>
<h1>On Ferries</h1><p>{FERRY}</p><p>{FERRY} <a href="/notes">The notes</a>.</p>
<p><img src="https://example.org/pier.png" alt="A pier"> <img src="plan.png" alt="A plan">
<img src="cid:bell@x" alt="A bell"> <img src="https://example.org/away.png" alt="Far away"></p></article>
</body></html>"""
ADDRESS = "https://example.org/ferries"


def part(data: bytes, kind: str, *heads: str, encoding: str = "base64") -> bytes:
    body = quopri.encodestring(data) if encoding == "quoted-printable" else base64.encodebytes(data)
    lines = (f"Content-Type: {kind}", f"Content-Transfer-Encoding: {encoding}", *heads)
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body + b"\r\n"


def page(text: str = PAGE, kind: str = "text/html; charset=utf-8", *heads: str, code: str = "utf-8") -> bytes:
    data = text.encode(code)
    return part(data, kind, *(heads or (f"Content-Location: {ADDRESS}",)), encoding="quoted-printable")


def picture(name: str, *heads: str) -> bytes:
    return part(name.encode(), "image/png", *heads)


PICTURES = (
    picture("pier", "Content-Location: https://example.org/pier.png"),
    picture("plan", "Content-Location: https://example.org/plan.png"),
    picture("bell", "Content-ID: <bell@x>"),
)


def bundle(*parts: bytes, head: str = "From: <Saved by a browser>\r\nSubject: On Ferries\r\n", more: str = "") -> bytes:
    kind = f'Content-Type: multipart/related;\r\n\ttype="text/html";{more}\r\n\tboundary="=b="\r\n\r\n'
    return (
        f"{head}MIME-Version: 1.0\r\n{kind}".encode() + b"".join(b"--=b=\r\n" + each for each in parts) + b"--=b=--\r\n"
    )


def source(data: bytes) -> Source:
    return Source(Path("ferries.mhtml"), data, "")


def read(data: bytes) -> Imported:
    return mhtml.read(source(data)).value[0]


def test_a_saved_page_is_read_with_its_pictures() -> None:
    found = read(bundle(page(), *PICTURES))
    assert (found.title, found.url) == ("On Ferries", ADDRESS)
    assert found.body.startswith(FERRY)
    assert "[The notes](https://example.org/notes)" in found.body
    assert [(each.url, each.data, each.alt) for each in found.images] == [
        ("https://example.org/pier.png", b"pier", "A pier"),
        ("https://example.org/plan.png", b"plan", "A plan"),
        ("cid:bell@x", b"bell", "A bell"),
        ("https://example.org/away.png", None, "Far away"),
    ]


def test_the_folder_knows_it_by_content(tmp_path: Path) -> None:
    path = tmp_path / "saved.txt"
    path.write_bytes(bundle(page(), *PICTURES))
    found = importers.read(path).value[0]
    assert found.origin
    assert (found.origin.kind, found.slug) == ("mhtml", "on-ferries")


@pytest.mark.parametrize(
    ("data", "sure"),
    [
        (bundle(page()), 0.9),
        (b"\xef\xbb\xbf\r\n" + bundle(page()).replace(b"\r\n", b"\n"), 0.9),
        (bundle(page(), head=""), 0.9),
        (b"From: Jane\r\nContent-Type: text/plain\r\n\r\nContent-Type: multipart/related", 0.0),
        (b"An essay.\n\nContent-Type: multipart/related", 0.0),
        (PAGE.encode(), 0.0),
        (b"", 0.0),
    ],
)
def test_sniff(data: bytes, sure: float) -> None:
    assert mhtml.sniff(source(data)) == sure


@pytest.mark.parametrize(
    ("kind", "code"),
    [("text/html; charset=windows-1252", "cp1252"), ("text/html", "utf-8"), ("text/html; charset=no", "utf-8")],
)
def test_the_encoding_is_the_parts_else_the_pages(kind: str, code: str) -> None:
    text = PAGE if code == "cp1252" else PAGE.replace("iso-8859-1", "utf-8")
    assert read(bundle(page(text, kind, code=code))).body.startswith(FERRY)


FRAME = page(
    PAGE.replace("On Ferries", "A frame"), "text/html; charset=utf-8", "Content-Location: https://ads.example/"
)


def test_frames_are_not_the_page() -> None:
    placed = f"Snapshot-Content-Location: {ADDRESS}\r\n"
    assert read(bundle(FRAME, page(), head=placed)).title == "On Ferries"
    called = page(PAGE, "text/html; charset=utf-8", "Content-ID: <one@x>")
    found = read(bundle(FRAME, called, more='\r\n\tstart="<one@x>";'))
    assert (found.title, found.url) == ("On Ferries", None)
    assert read(bundle(page(), FRAME)).title == "On Ferries"


def test_the_editor_knows_the_address_better() -> None:
    found = mhtml.read(source(bundle(page())), url="https://example.net/a").value[0]
    assert "[The notes](https://example.net/notes)" in found.body


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "https://example.org/-->", "file:///home/jane/a.html", "//["]
)
def test_an_address_cannot_break_out(address: str) -> None:
    found = read(bundle(page(PAGE, "text/html; charset=utf-8", f"Content-Location: {address}")))
    assert found.body.startswith(FERRY)
    assert found.url in (None, "https://example.org/--%3E")


@pytest.mark.parametrize(
    "data", [bundle(*PICTURES), bundle(), bundle(page(" ")), bundle(page())[:150], bundle(part(b"x", "text/css"))]
)
def test_a_file_without_a_page_is_refused(data: bytes) -> None:
    with pytest.raises(Stop) as caught:
        read(data)
    assert caught.value.diagnostics[0].code == "I084"


def test_a_swollen_file_is_refused() -> None:
    with pytest.raises(Stop) as caught:
        read(bundle(page(), *(mhtml.MOST_PARTS * PICTURES[:1])))
    assert caught.value.diagnostics[0].code == "I085"


def nested(count: int) -> bytes:
    head = "".join(f"Content-Type: multipart/mixed; boundary={n}\r\n\r\n--{n}\r\n" for n in range(1, count))
    return bundle(head.encode() + page())


def test_a_bundle_may_hold_a_bundle_but_not_for_ever() -> None:
    assert read(nested(2)).title == "On Ferries"
    with pytest.raises(Stop) as caught:
        read(nested(2_000))
    assert caught.value.diagnostics[0].code == "I084"


@pytest.mark.parametrize("line", [b" x\r\n", b"X: y\r\n", b"Content-Type: text/html; a*0=x;\r\n"])
def test_endless_headers_are_not_read(line: bytes) -> None:
    endless = b"Content-Type: multipart/related; boundary=b\r\n" + line * 100_000
    with pytest.raises(Stop) as caught:
        read(endless + b"\r\n--b\r\n" + page())
    assert caught.value.diagnostics[0].code == "I084"


def test_damaged_pictures_are_empty_and_the_essay_is_read() -> None:
    damaged = b"Content-Type: image/png\nContent-Transfer-Encoding: base64\nContent-ID: <bell@x>\n\nA\n"
    assert [each.data for each in read(bundle(page(), damaged)).images if each.url == "cid:bell@x"] == [b""]


def test_findings_do_not_name_lines_of_a_file_that_is_encoded() -> None:
    made = mhtml.read(source(bundle(page(), *PICTURES)))
    assert {(each.place.path, each.place.line) for each in made.diagnostics} == {("ferries.mhtml", 0)}
