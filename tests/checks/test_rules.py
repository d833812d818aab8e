"""Rules: the exact place of each finding, and one finding for one slip."""

from __future__ import annotations

import struct
from pathlib import Path
from zlib import crc32

import pytest

import books
from overprint import pipeline

ESSAY, COMMENTS = "manuscript/essays/01-bees/essay.md", "manuscript/essays/01-bees/comments.md"


def said(root: Path, **overlay: str) -> list[tuple[str, str]]:
    found = pipeline.validate(books.write(root, **overlay)).diagnostics
    return [(each.code, str(each.place)) for each in found]


def essay(old: str, new: str) -> dict[str, str]:
    assert old in books.text("essay")
    return {"essay": books.text("essay").replace(old, new)}


def comments(old: str, new: str) -> dict[str, str]:
    assert old in books.text("comments")
    return {"comments": books.text("comments").replace(old, new)}


def book(added: str) -> dict[str, str]:
    return {"book": books.text("book") + added}


def test_the_good_book_has_nothing_to_mend(tmp_path: Path) -> None:
    assert said(tmp_path) == []


BAD = [
    ("M101", f"{ESSAY}:2:8", essay("title: On Bees", 'title: ""')),
    ("M101", f"{ESSAY}:2:1", essay("title: On Bees\n", "")),
    ("M102", "manuscript/book.yaml:2:11", {"book": books.text("book").replace("en-GB", "english_uk")}),
    ("M103", "manuscript/book.yaml:3:13", {"book": books.text("book").replace("urn:uuid:7", "uuid:7")}),
    ("M104", f"{ESSAY}:2:1", essay("title:", "titel:")),
    ("M105", f"{COMMENTS}:5:10", comments("include: yes\nconsent: granted\n", "include: maybe\nconsent: granted\n")),
    ("M106", f"{ESSAY}:2:11", essay("title: On Bees", "title: Her: a film")),
    ("M107", f"{ESSAY}:3:1", essay("title: On Bees", "title: On Bees\ntitle: On Wasps")),
    ("M108", f"{COMMENTS}:4:7", comments("2025-03-15", "2025-02-30")),
    ("M110", f"{ESSAY}:3:11", essay("[ada-quill]", "[ada-quil]")),
    ("M131", f"{ESSAY}:3:1", essay("authors:", "author:")),
    ("M131", f"{ESSAY}:2:1", essay("title:", "tags: [a, b]\ntitle:")),
    ("M104", f"{ESSAY}:2:1", essay("title:", "author: Ada\ntitle:")),
    ("M132", f"{ESSAY}:3:22", essay("[ada-quill]", "[Ada Quill, Jan Marsh]")),
    ("M132", f"{ESSAY}:3:11", essay("[ada-quill]", "[Лев Т]")),
    ("M112", f"{ESSAY}:1:1", book("contents: [x]\n")),
    ("M113", "manuscript/book.yaml:6:12", book("contents: [essays/01-bee]\n")),
    ("M116", f"{ESSAY}:6:13", essay("permission: granted", "permission: refused")),
    ("M117", f"{ESSAY}:6:13", essay("permission: granted", "permission: pending")),
    ("M125", "manuscript/book.yaml:6:7", book("isbn: 978-0-306-40615-8\n")),
    ("M126", f"{ESSAY}:1:1", essay("---\n\nBees", "\nBees")),
    ("M127", f"{ESSAY}:1:1", {"essay": "Just text."}),
    ("M206", f"{ESSAY}:9:65", essay("[^1]\n", "[^2]\n")),
    ("M219", f"{ESSAY}:1:1", {"essay": books.text("essay").partition("Bees are")[0]}),
    ("M311", f"{ESSAY}:13:10", essay("It is sweet.", "![A bee](images/bee.png)")),
    ("M318", f"{ESSAY}:13:10", essay("It is sweet.", "![A bee](images/bee.webp)")),
    ("M501", f"{COMMENTS}:1:1", comments("I keep wasps.", "")),
    ("M502", f"{COMMENTS}:22:11", comments("reply_to: 1", "reply_to: 9")),
    ("M503", f"{COMMENTS}:22:11", comments("reply_to: 1", "reply_to: 2")),
    ("M504", f"{COMMENTS}:22:11", comments("reply_to: 1", "reply_to: [1, 3]")),
    ("M505", f"{COMMENTS}:12:10", comments("comment: 2", "comment: 1")),
    ("M506", f"{COMMENTS}:3:9", comments("author: Rowan Tull", 'author: ""')),
    ("M507", f"{COMMENTS}:5:10", comments("consent: granted", "consent: refused")),
    ("M508", f"{COMMENTS}:6:10", comments("consent: granted", "consent: pending")),
    ("M111", "manuscript/people/ada-quill.md:1:1", {"person": "---\nname: Ada Quill\n---\n"}),
    ("M128", "manuscript/people/ada-quill.md:1:1", {"essay": "---\ntitle: A\nauthors: [x]\n---\nB\n", "comments": ""}),
    (
        "M510",
        f"{COMMENTS}:6:10",
        comments("include: yes\nconsent: granted", "kind: pingback\ninclude: yes\nconsent: granted"),
    ),
    ("M514", f"{COMMENTS}:23:7", comments("reply_to: 1", "reply_to: 1\ndate: 2025-03-14")),
    ("M515", f"{COMMENTS}:3:9", comments("author: Rowan Tull", "author: ada QUILL")),
    ("M516", f"{COMMENTS}:9:1", comments("I keep wasps.", "I keep wasps. " * 500)),
    ("M518", f"{COMMENTS}:10:1", comments("I keep wasps.", "I keep wasps.\n---\nAnd ants.")),
]


@pytest.mark.parametrize(
    ("code", "place", "overlay"), BAD, ids=[f"{code}-{number}" for number, (code, *_) in enumerate(BAD)]
)
def test_a_fault_is_named_at_its_place(code: str, place: str, overlay: dict[str, str], tmp_path: Path) -> None:
    assert (code, place) in said(tmp_path, **overlay)


def body(words: str) -> dict[str, str]:
    return {"essay": books.text("essay").partition("Bees are")[0] + words + "\n"}


def letter(words: str, keys: str = "") -> dict[str, str]:
    first = books.text("comments").partition("I keep")[0].replace("include: yes\n", f"include: yes\n{keys}")
    return {"comments": f"{first}{words}\n"}


@pytest.mark.parametrize(
    ("code", "place", "overlay"),
    [
        ("M130", f"{ESSAY}:4:7", essay("source:", "date: 2026\nsource:")),
        ("M134", f"{ESSAY}:3:22", essay("[ada-quill]", "[ada-quill, ada-quill]")),
        ("M137", "manuscript/book.yaml:5:7", {"book": books.text("book")[:-25] + "isbn: 978-0-306-40615-7\n"}),
        ("M138", "manuscript/book.yaml:7:18", book("rules:\n  ignore: [M414, M999]\n")),
        ("M142", f"{ESSAY}:2:8", essay("title: On Bees", "title: On Bees – The Hive")),
        ("M143", f"{ESSAY}:2:8", essay("title: On Bees", "title: On Bees.")),
        ("M204", f"{ESSAY}:13:1", body("## Ü {#a}\n\nÜ.\n\n## B {#a}\n\nÜ.")),
        ("M208", f"{ESSAY}:13:1", body("Ü.[^a]\n\n[^a]: B.\n\n[^a]: C.")),
        ("M212", f"{ESSAY}:13:1", body("## I. Ü\n\nÜ.\n\n## IV. B\n\nC.")),
        ("M213", f"{ESSAY}:11:1", body("Ü.\n\n\u00a0\n\nB.")),
        ("M214", f"{ESSAY}:11:1", body("Ü.\n\n| | |\n|-|-|\n|a|b|")),
        ("M215", f"{ESSAY}:11:1", body("Ü.\n\n~~~\nB.")),
        ("M220", f"{ESSAY}:11:1", body("> Ü.\n\n**By Ada Quill**\n\nB.")),
        ("M221", f"{ESSAY}:11:1", body("Ü.\n\nB\n---\n")),
        ("M222", f"{ESSAY}:2:8", essay("title: On Bees", "title: ON BEES AND WASPS")),
        ("M223", f"{ESSAY}:9:1", body("*On Bees*\n\nÜ.")),
        ("M225", f"{ESSAY}:10:1", body("Ü:\n• b")),
        ("M226", f"{ESSAY}:11:5", body("Ü.\n\n    Here is a line of words.")),
        ("M228", f"{ESSAY}:11:5", body("Ü.\n\nÜ. [Read more](https://example.org)")),
        ("M229", f"{ESSAY}:9:1", body("*Originally published in Ü.*\n\nB.")),
        ("M301", f"{ESSAY}:9:3", body("Ü [](https://example.org)")),
        ("M307", f"{ESSAY}:9:3", body("Ü [example.com](https://example.org)")),
        ("M309", f"{ESSAY}:9:3", body("Ü (it)[https://example.org]")),
        ("M411", f"{ESSAY}:9:18", body("Ü Spike Jonze, ü Spike Jonz.")),
        ("M416", f"{ESSAY}:9:27", body("Ü *A Bee*, ü *A Bee*, and A Bee.")),
        ("M419", f"{ESSAY}:9:3", body(f"Ü {'0a' * 30}")),
        ("M423", f"{ESSAY}:9:3", body("Ü [check this] b")),
        ("M224", f"{COMMENTS}:11:1", letter("Ü.\n\n# 4 is b.")),
        ("M512", f"{COMMENTS}:9:4", letter("Ü ü[…]b.")),
        (
            "M513",
            f"{COMMENTS}:17:8",
            {
                "comments": books.text("comments")
                .replace("include: no", "include: yes")
                .replace("Never", "Cheers Rowan – never")
            },
        ),
        ("M517", f"{COMMENTS}:9:3", {"comments": books.text("comments").replace("I keep wasps", "Ü comment 2")}),
        ("M520", f"{COMMENTS}:4:7", essay("source:", "date: 2025-03-17\nsource:")),
        ("M522", f"{COMMENTS}:10:6", letter("Ü. – Rowan Tull", "anonymise: initials\n")),
        ("M523", f"{COMMENTS}:6:12", letter("Ü.", "anonymise: Rowan\n")),
        ("M524", f"{COMMENTS}:6:15", letter("Ü.", "consent_note: e-mail, anonymous please\n")),
        (
            "M525",
            f"{COMMENTS}:27:1",
            {"comments": books.text("comments").replace("Wasps are busy too.", "I keep wasps.")},
        ),
    ],
)
def test_the_exact_place(code: str, place: str, overlay: dict[str, str], tmp_path: Path) -> None:
    assert (code, place) in said(tmp_path, **overlay)


@pytest.mark.parametrize(
    ("code", "overlay"),
    [
        ("M106", comments("author: Rowan Tull", "author: Rowan: Tull")),
        ("M105", comments("comment: 1", "comment: one")),
        ("M101", comments("comment: 1\n", "")),
        ("M104", comments("author: Rowan", "autor: Rowan")),
        ("M105", comments("author: Rowan Tull", "author: [Rowan]")),
        ("M105", comments("consent: granted", "consent: grated")),
        ("M105", comments("reply_to: 1", "reply_to: first")),
        ("M126", comments("consent: granted\n---", "consent: granted\n")),
        ("M127", {"comments": "So." + books.text("comments")}),
        ("M126", essay("granted\n---", "granted\n")),
        ("M127", {"essay": "So." + books.text("essay")}),
        ("M105", essay("[ada-quill]", "{a: b}")),
        ("M104", {"person": books.text("person").replace("name:", "nmae:")}),
        ("M106", {"person": books.text("person").replace("Ada", "Ada: A")}),
        ("M102", {"book": books.text("book").replace("en-GB", "english")}),
        ("M113", book("contents: [essays/01-bee]\n")),
    ],
)
def test_one_slip_is_one_finding(code: str, overlay: dict[str, str], tmp_path: Path) -> None:
    assert [found for found, _ in said(tmp_path, **overlay)] == [code]


@pytest.mark.parametrize(
    ("name", "data", "fault"),
    [
        ("a.png", b"", "is empty"),
        ("a.png", b"GIF89a", "is not PNG inside"),
        ("a.jpg", b"plain text", "is not JPEG inside"),
    ],
)
def test_pictures_are_what_they_say(name: str, data: bytes, fault: str, tmp_path: Path) -> None:
    books.write(tmp_path, **essay("It is sweet.", f"![A bee](images/{name})"))
    images = tmp_path / "manuscript/essays/01-bees/images"
    images.mkdir()
    (images / name).write_bytes(data)
    [found] = pipeline.validate(tmp_path).diagnostics
    assert (found.code, str(found.place)) == ("M311", f"{ESSAY}:13:10")
    assert fault in found.message


def test_a_picture_that_leads_outside(tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    root = books.write(tmp_path / "book", **essay("It is sweet.", "![A bee](images/a.png)"))
    (root / "manuscript/essays/01-bees/images").mkdir()
    (root / "manuscript/essays/01-bees/images/a.png").symlink_to(tmp_path / "secret.png")
    assert [each.code for each in pipeline.validate(root).diagnostics] == ["M311"]


def test_two_essays_with_one_title(tmp_path: Path) -> None:
    books.write(tmp_path)
    other = tmp_path / "manuscript/essays/02-again"
    other.mkdir()
    (other / "essay.md").write_text(books.text("essay"))
    found = [(each.code, str(each.place)) for each in pipeline.validate(tmp_path).diagnostics]
    assert ("M129", "manuscript/essays/02-again/essay.md:2:8") in found


def test_a_vast_picture_is_measured_and_not_opened(tmp_path: Path) -> None:
    books.write(tmp_path, **essay("It is sweet.", f"![A bee](images/a.png) ![A bee](images/{'a' * 300}.png)"))
    images = tmp_path / "manuscript/essays/01-bees/images"
    images.mkdir()
    chunks = (b"IHDR" + struct.pack(">IIBBBBB", 12_000, 12_000, 8, 0, 0, 0, 0), b"IDAT")
    parts = [struct.pack(">I", len(chunk) - 4) + chunk + struct.pack(">I", crc32(chunk)) for chunk in chunks]
    (images / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(parts))
    assert {each.code for each in pipeline.validate(tmp_path).diagnostics} == {"M311", "M320"}
