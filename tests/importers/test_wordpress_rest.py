from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from overprint import importers
from overprint.diagnostics import Place, Stop
from overprint.importers import wordpress_rest

if TYPE_CHECKING:
    from pathlib import Path

    from overprint.model import Imported


def post(**more: Any) -> dict[str, Any]:
    author = {
        "name": "Rosa Quill",
        "description": "Rosa writes.",
        "avatar_urls": {"24": "https://gravatar.com/avatar/1"},
    }
    return {
        "id": 11,
        "date": "2019-05-02T08:15:00",
        "slug": "the-kettle",
        "status": "publish",
        "type": "post",
        "link": "https://slow.example/the-kettle/",
        "title": {"rendered": "The Kettle &#038; I"},
        "content": {"rendered": "<p>It <em>sings</em>.</p>\n", "protected": False},
        "_embedded": {
            "author": [author],
            "wp:featuredmedia": [{"source_url": "https://slow.example/up/lid.jpg", "alt_text": "A lid"}],
            "wp:term": [[{"taxonomy": "category", "name": "Home"}], []],
        },
    } | more


def comment(ident: int, **more: Any) -> dict[str, Any]:
    return {
        "id": ident,
        "post": 11,
        "parent": 0,
        "author_name": "Inês",
        "author_email": "ines@example.net",
        "author_ip": "203.0.113.9",
        "author_user_agent": "Mozilla/5.0",
        "author_avatar_urls": {"24": "https://secure.gravatar.com/avatar/0bc83cb5"},
        "date": f"2019-05-03T09:00:0{ident}",
        "content": {"rendered": "<p>Mine too.</p>"},
        "link": f"https://slow.example/the-kettle/#comment-{ident}",
        "status": "approved",
        "type": "comment",
    } | more


def read(folder: Path, value: Any) -> tuple[Imported, ...]:
    path = folder / "answer.json"
    path.write_text(json.dumps(value, indent=1), "utf-8")
    source = importers.load(path)
    assert importers.reader_for(source).KIND == "wordpress-rest"
    return wordpress_rest.read(source).value


def test_a_post_is_an_essay(tmp_path: Path) -> None:
    (essay,) = read(tmp_path, [post()])
    assert (essay.title, essay.body, essay.authors) == ("The Kettle & I", "It *sings*.", ("Rosa Quill",))
    assert (essay.id, essay.date, essay.categories) == ("post-11", "2019-05-02", ("Home",))
    assert [(each.name, each.text) for each in essay.bios] == [("Rosa Quill", "Rosa writes.")]
    assert [(each.url, each.alt) for each in essay.images] == [("https://slow.example/up/lid.jpg", "A lid")]


@pytest.mark.parametrize("wrap", [lambda each: each, lambda each: [[each]], lambda each: {"items": [each]}])
def test_an_entry_alone_or_in_pages_and_of_any_type(tmp_path: Path, wrap: Any) -> None:
    assert [each.slug for each in read(tmp_path, wrap(post(type="page")))] == ["the-kettle"]


def test_several_authors_stand_as_terms(tmp_path: Path) -> None:
    terms = [[{"taxonomy": "author", "name": name, "description": ""} for name in ("Bo Lark", "Rosa Quill")]]
    (essay,) = read(tmp_path, post(_embedded={"author": [{"name": "Rosa Quill"}], "wp:term": terms}))
    assert essay.authors == ("Bo Lark", "Rosa Quill")


def test_embedded_comments_are_threaded_and_only_approved_ones_taken(tmp_path: Path) -> None:
    replies = [[comment(2, parent=1), comment(1), comment(3, status="hold"), comment(4, type="trackback")]]
    (essay,) = read(tmp_path, post(_embedded={"replies": replies}))
    assert [(each.id, each.author, each.reply_to, each.kind) for each in essay.comments] == [
        ("comment-1", "Inês", (), "comment"),
        ("comment-2", "Inês", ("comment-1",), "comment"),
        ("comment-4", "Inês", (), "trackback"),
    ]
    shown = repr(essay)
    assert not any(each in shown for each in ("ines@", "203.0.113.9", "Mozilla", "gravatar"))


def test_comments_of_their_own_are_records_without_a_body(tmp_path: Path) -> None:
    first, second = read(
        tmp_path, [comment(1), comment(2, parent=1), comment(3, post=12, link="https://slow.example/b/")]
    )
    assert (first.id, first.url, first.body, len(first.comments)) == (
        "post-11",
        "https://slow.example/the-kettle/",
        "",
        2,
    )
    assert (second.id, second.url, len(second.comments)) == ("post-12", "https://slow.example/b/", 1)


def test_a_protected_post_is_left_out(tmp_path: Path) -> None:
    with pytest.raises(Stop) as caught:
        read(tmp_path, [post(content={"rendered": "<p>x</p>", "protected": True})])
    assert "posts behind a password (1)" in caught.value.diagnostics[0].message


@pytest.mark.parametrize(
    ("text", "line"),
    [('[{"content": {"rendered": "x"}, "slug": "y",\n', 2), ('{"rendered": "content"' + "[" * 200_000, 1)],
)
def test_broken_json_says_where(tmp_path: Path, text: str, line: int) -> None:
    path = tmp_path / "answer.json"
    path.write_text(text, "utf-8")
    with pytest.raises(Stop) as caught:
        wordpress_rest.read(importers.load(path))
    assert caught.value.diagnostics[0].code == "I124"
    place = caught.value.diagnostics[0].place
    assert place == Place(str(path), line, place.column)
