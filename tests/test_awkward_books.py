"""What editors bring that books were not made for: a valid book, or words on what is wrong and where."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from PIL import Image

import books
import judges
from overprint import pipeline
from overprint.diagnostics import Exit, Stop

TITLE = 'Bees & <honey> "now" 🐝'
ARABIC = "النحل يعرف الطريق إلى البيت، ولا أحد يعرف كيف."


def saved(mode: str, size: tuple[int, int], kind: str) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, 128 if mode == "L" else None).save(out, kind)
    return out.getvalue()


def moving() -> bytes:
    out = io.BytesIO()
    first, second = (Image.new("RGB", (20, 20), colour) for colour in ("black", "white"))
    first.save(out, "GIF", save_all=True, append_images=[second])
    return out.getvalue()


def illustrated(root: Path, **pictures: bytes) -> Path:
    """Put pictures of these names into the essay of a book; `_` in a name is its full stop."""
    essay = root / "manuscript/essays/01-bees/essay.md"
    (essay.parent / "images").mkdir()
    for name, data in pictures.items():
        (essay.parent / "images" / name.replace("_", ".")).write_bytes(data)
    shown = "\n\n".join(f"![A comb](images/{name.replace('_', '.')})" for name in pictures)
    essay.write_text(essay.read_text("utf-8").replace("It is sweet.\n", f"It is sweet.\n\n{shown}\n"), "utf-8")
    return root


# EPUBCheck takes two minutes for 3,000 letters in one document.
@pytest.fixture(scope="module", params=[200, pytest.param(3_000, marks=pytest.mark.judged)])
def letters(request: pytest.FixtureRequest) -> int:
    """Give the number of letters on one essay."""
    return int(request.param)


@pytest.fixture(scope="module")
def awkward(letters: int, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build one EPUB of all that is awkward and may be."""
    root = books.write(tmp_path_factory.mktemp("awkward"))
    illustrated(
        root, inks_jpg=saved("CMYK", (40, 30), "JPEG"), huge_png=saved("L", (10_000, 6_000), "PNG"), run_gif=moving()
    )
    bees = root / "manuscript/essays/01-bees"
    essay = (bees / "essay.md").read_text("utf-8")
    (bees / "essay.md").write_text(essay.replace("title: On Bees", f"title: '{TITLE}'"), "utf-8")
    keys = "author: Reader {0}\ninclude: yes\nconsent: granted"
    comments = [
        f"---\ncomment: {number}\n{keys.format(number)}\n---\n\nI keep {number} wasps.\n"
        for number in range(1, letters + 1)
    ]
    (bees / "comments.md").write_text("\n".join(comments), "utf-8")
    twin = root / "manuscript/essays/02-arabic"
    (twin / "images").mkdir(parents=True)
    (twin / "images/huge.png").write_bytes(saved("L", (30, 40), "PNG"))
    (twin / "essay.md").write_text(
        "---\ntitle: النحل\nlanguage: ar\nauthors: [ada-quill]\npermission: granted\n---\n\n"
        f"{ARABIC}\n\n![خلية](images/huge.png)\n",
        "utf-8",
    )
    settings = root / "manuscript/book.yaml"
    settings.write_text(f"{settings.read_text('utf-8')}subtitle: '{TITLE}'\n", "utf-8")
    [built] = pipeline.build(root, ["epub"]).value
    return built.path


def test_all_of_it_is_there(awkward: Path, letters: int) -> None:
    with zipfile.ZipFile(awkward) as book:
        texts = {name: book.read(name).decode() for name in book.namelist() if name.endswith(".xhtml")}
        pictures = {name: book.read(name) for name in book.namelist() if "/images/" in name}
    whole = "".join(texts.values())
    assert all(f"I keep {number} wasps." in whole for number in (1, letters // 2, letters))
    assert whole.count("<article") == letters
    assert "Bees &amp; &lt;honey&gt; " in whole
    assert "🐝" in whole
    arabic = next(text for text in texts.values() if ARABIC.rpartition("،")[2] in text)
    assert 'dir="rtl"' in arabic
    sizes = sorted(Image.open(io.BytesIO(data)).size for name, data in pictures.items() if "huge" in name)
    assert sizes[0] == (30, 40)
    assert sizes[1][0] * sizes[1][1] <= 2560 * 2560
    assert {Image.open(io.BytesIO(data)).mode for name, data in pictures.items() if "inks" in name} == {"RGB"}


@judges.needs_java
def test_it_is_valid(awkward: Path) -> None:
    assert {said.id for said in judges.epubcheck(awkward)} == {"CSS-028"}


DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">%s<rect width="9" height="9"/></svg>'


@pytest.mark.parametrize(
    ("name", "data", "code", "words"),
    [
        ("map_svg", DRAWING % b"<script>alert(1)</script>", "E015", "<script>"),
        ("map_svg", DRAWING % b'<rect onclick="x()"/>', "E015", "onclick"),
        ("map_svg", DRAWING % b'<image href="https://example.org/x.png"/>', "E015", "example.org"),
        ("new_webp", saved("RGB", (20, 20), "WEBP"), "M318", "new.webp"),
        ("old_tif", saved("RGB", (20, 20), "TIFF"), "M318", "old.tif"),
        ("not_png", b"<html></html>", "", "not.png"),
    ],
)
def test_what_no_book_can_hold_is_named(name: str, data: bytes, code: str, words: str, tmp_path: Path) -> None:
    root = illustrated(books.write(tmp_path), **{name: data})
    with pytest.raises(Stop) as stop:
        pipeline.build(root, ["epub"])
    assert stop.value.exit == Exit.CONTENT
    said = [each for each in stop.value.diagnostics if each.code == (code or each.code)]
    assert any(words in each.message for each in said)
    assert all(not each.place.path.startswith("/") and str(tmp_path) not in each.message for each in said)
    assert all(each.hint for each in said)
    assert not list((root / "build").glob("*.epub"))
