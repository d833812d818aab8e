from __future__ import annotations

import base64
import io
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image

from overprint.importers.pictures.fetch import Fetcher, Refused
from overprint.importers.pictures.gather import gather
from overprint.model import Imported, ImportedComment, ImportedImage, Origin


def png(size: int = 4) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (size, size), "red").save(made, "PNG")
    return made.getvalue()


@dataclass(frozen=True, slots=True)
class Web(Fetcher):
    """A web with one server on it."""

    def fetch(self, url: str) -> bytes:
        if not url.startswith("https://example.org/"):
            raise Refused("its server is not known")
        return png()


def found(body: str, folder: Path, *images: ImportedImage, comment: str = "") -> Imported:
    letters = (ImportedComment(1, "", None, None, comment),) if comment else ()
    origin = Origin(str(folder / "page.html"), "html", "0" * 64)
    return Imported(slug="her", body=body, comments=letters, images=images, origin=origin)


def test_without_the_web_it_is_said_what_to_fetch(tmp_path: Path) -> None:
    body = "![](https://example.org/Bee%20One.PNG?w=3) ![](http://example.org/other/bee-one.jpeg) ![](//example.org/x)"
    made = gather(found(body, tmp_path))
    assert [(each.url, each.name, each.why) for each in made.value.missing.values()] == [
        ("https://example.org/Bee%20One.PNG?w=3", "bee-one.png", ""),
        ("http://example.org/other/bee-one.jpeg", "bee-one-2.jpeg", ""),
        ("https://example.org/x", "x.jpg", ""),
    ]
    assert (made.value.names, made.diagnostics) == ({}, ())


def test_fetched_pictures_are_named_by_what_they_are(tmp_path: Path) -> None:
    body = "![](http://example.org/bee.jpg) ![](https://nowhere.org/a.png)"
    made = gather(found(body, tmp_path, comment="![](https://example.org/bee.jpg)"), fetcher=Web())
    assert made.value.names == {"http://example.org/bee.jpg": "bee.png", "https://example.org/bee.jpg": "bee-2.png"}
    assert set(made.value.files) == {"bee.png", "bee-2.png"}
    [said] = made.diagnostics
    assert (said.code, said.place.path) == ("I210", str(tmp_path / "page.html"))
    assert "its server is not known" in said.message


def test_pictures_beside_the_page_are_taken(tmp_path: Path) -> None:
    (tmp_path / "page_files").mkdir()
    (tmp_path / "page_files" / "a bee.png").write_bytes(png())
    body = "![](./page_files/a%20bee.png) ![](https://example.org/2025/page_files/a%20bee.png)"
    made = gather(found(body, tmp_path))
    assert list(made.value.names.values()) == ["a-bee.png", "a-bee-2.png"]
    assert (made.value.missing, made.diagnostics) == ({}, ())


def test_pictures_elsewhere_on_the_computer_are_not(tmp_path: Path) -> None:
    page = tmp_path / "page"
    page.mkdir()
    (tmp_path / "secret.png").write_bytes(png())
    (page / "link.png").symlink_to(tmp_path / "secret.png")
    (page / "folder.png").mkdir()
    names = (f"file://{tmp_path}/secret.png", "../secret.png", "..%2Fsecret.png", str(tmp_path / "secret.png"))
    body = " ".join(
        f"![](<{name}>)" for name in (*names, "link.png", "folder.png", "gone.png", "C:\\a.png", "\\\\a\\b")
    )
    made = gather(found(body, page))
    assert (made.value.names, made.value.files) == ({}, {})
    assert all(each.why for each in made.value.missing.values())
    assert [each.code for each in made.diagnostics] == ["I211"] * 9


def test_pictures_that_came_with_the_source(tmp_path: Path) -> None:
    inside = ImportedImage("Figure 1.png", png(), "", "A bee")
    featured = ImportedImage("hive.jpg", None, "https://example.org/hive.jpg", "A hive")
    broken = ImportedImage("chart.emf", b"\x01\0\0\0", "", "A chart")
    held = "data:image/png;base64," + base64.b64encode(png()).decode()
    body = f"![A bee](<images/Figure 1.png>) ![]({held}) ![](images/chart.emf) ![](data:image/png;base64,%%%)"
    made = gather(found(body, tmp_path, inside, featured, broken))
    assert made.value.names == {"images/Figure 1.png": "figure-1.png", held: "picture.png"}
    assert [each.code for each in made.diagnostics] == ["I211", "I211"]
    assert made.value.missing["https://example.org/hive.jpg"].name == "hive.jpg"


def test_what_is_there_already_is_not_taken_again(tmp_path: Path) -> None:
    (tmp_path / "bee.png").write_bytes(b"mine")
    made = gather(found("![](https://example.org/bee.jpg)", tmp_path), images=tmp_path, fetcher=Web())
    assert made.value.names == {"https://example.org/bee.jpg": "bee.png"}
    assert made.value.files == {}


@pytest.mark.parametrize("url", ["https://example.org/%00.png", "https://[bad/a.png", "a\x00b.png", "x" * 5000, "%"])
def test_odd_addresses_stop_nothing(url: str, tmp_path: Path) -> None:
    made = gather(found(f"![](<{url}>)", tmp_path), fetcher=Web())
    assert len(made.value.missing) + len(made.value.names) == 1
