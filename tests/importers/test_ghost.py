from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from importers.packed import codes
from overprint import importers
from overprint.diagnostics import Stop

if TYPE_CHECKING:
    from pathlib import Path

    from overprint.diagnostics import Made
    from overprint.model import Imported


def post(**more: Any) -> dict[str, Any]:
    return {
        "id": "p1",
        "title": "The Kettle & I",
        "slug": "the-kettle",
        "html": '<p>It <em>sings</em>. <a href="__GHOST_URL__/lid/">Lid</a></p><figure class="kg-card kg-image-card">'
        '<img src="__GHOST_URL__/content/images/pot.jpg" alt="A pot"><figcaption>Hot</figcaption></figure>',
        "mobiledoc": "{}",
        "lexical": None,
        "comment_id": "p1",
        "status": "published",
        "type": "post",
        "visibility": "public",
        "published_at": "2019-05-02T06:15:00.000Z",
        "feature_image": "__GHOST_URL__/content/images/lid.jpg",
        "custom_excerpt": "On tea.",
        "canonical_url": None,
        "locale": None,
    } | more


def export(*posts: dict[str, Any], bare: bool = False) -> dict[str, Any]:
    data = {
        "posts": list(posts),
        "posts_meta": [{"post_id": "p1", "feature_image_alt": "A lid"}],
        "users": [
            {"id": "u1", "name": "Rosa Quill", "email": "rosa@example.org", "bio": "Rosa writes *things*."},
            {"id": "u2", "name": "Bo Lark", "email": "bo@example.org", "bio": None},
        ],
        "posts_authors": [
            {"post_id": "p1", "author_id": "u2", "sort_order": 1},
            {"post_id": "p1", "author_id": "u1", "sort_order": 0},
        ],
        "tags": [{"id": "t1", "name": "Home"}, {"id": "t2", "name": "#hidden"}],
        "posts_tags": [{"post_id": "p1", "tag_id": "t1"}, {"post_id": "p1", "tag_id": "t2"}],
        "members": [{"email": "reader@example.org"}],
    }
    meta = {"exported_on": 1700000000000, "version": "5.0.0"}
    return {"meta": meta, "data": data} if bare else {"db": [{"meta": meta, "data": data}]}


def read(folder: Path, value: Any, *only: str) -> Made[tuple[Imported, ...]]:
    path = folder / "ghost.json"
    path.write_text(json.dumps(value), "utf-8")
    assert importers.reader_for(importers.load(path)).KIND == "ghost"
    return importers.read(path, options=importers.Options(only=only))


@pytest.mark.parametrize("bare", [True, False])
def test_a_post_is_an_essay(tmp_path: Path, bare: bool) -> None:
    made = read(tmp_path, export(post(), bare=bare))
    (essay,) = made.value
    assert (essay.title, essay.slug, essay.id, essay.date) == (
        "The Kettle & I",
        "the-kettle",
        "post-p1",
        "2019-05-02",
    )
    assert essay.body == 'It *sings*. Lid\n\n![A pot](content/images/pot.jpg "Hot")'
    assert (essay.authors, essay.categories) == (("Rosa Quill", "Bo Lark"), ("Home",))
    assert [(each.name, each.text) for each in essay.bios] == [("Rosa Quill", r"Rosa writes \*things\*.")]
    assert [(each.url, each.alt) for each in essay.images] == [
        ("content/images/lid.jpg", "A lid"),
        ("content/images/pot.jpg", "A pot"),
    ]
    assert [each.text for each in essay.dropped] == ["On tea."]
    assert codes(made) == ["I165"]
    assert "@example.org" not in repr(made)


def test_drafts_pages_and_empty_posts_are_left_out_but_can_be_named(tmp_path: Path) -> None:
    others = [
        post(id="p2", slug="b", title="B", status="draft"),
        post(id="p3", slug="c", title="C", type="page"),
        post(id="p4", slug="d", title="D", html=None),
        post(id="p5", slug="e", title="E", status="scheduled"),
    ]
    made = read(tmp_path, export(post(), *others))
    assert [each.slug for each in made.value] == ["the-kettle"]
    assert made.diagnostics[0].message == (
        "left out: drafts (1), pages (1), posts not yet published (1), posts without text (1)"
    )
    assert [each.slug for each in read(tmp_path, export(post(), *others), "C", "status:draft").value] == ["b", "c"]


def test_an_export_of_an_old_version(tmp_path: Path) -> None:
    old = post(author_id="u2", published_at=1556777700000, type=None, page=0, feature_image=None, image=None)
    value = export(old)
    value["db"][0]["data"]["posts_authors"] = []
    (essay,) = read(tmp_path, value).value
    assert (essay.authors, essay.date) == (("Bo Lark",), "2019-05-02")


def test_an_export_without_posts_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(Stop) as caught:
        read(tmp_path, export(post(html="")))
    assert caught.value.diagnostics[0].code == "I125"
