from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from overprint import importers
from overprint.importers import blogger

if TYPE_CHECKING:
    from pathlib import Path

    from overprint.diagnostics import Made
    from overprint.model import Imported

FEED = """<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns='http://www.w3.org/2005/Atom' xmlns:gd='http://schemas.google.com/g/2005'
 xmlns:thr='http://purl.org/syndication/thread/1.0' xmlns:app='http://www.w3.org/2007/app'
 xmlns:blogger='http://schemas.google.com/blogger/2018'>
<id>tag:blogger.com,1999:blog-1.archive</id><title type='text'>Slow &amp; Low</title>
<link rel='alternate' type='text/html' href='https://slow.example/'/>
<author><name>Rosa Quill</name><email>rosa.quill@example.org</email></author>
"""
PERSON = (
    "<author><name>{}</name><uri>https://www.blogger.com/profile/1</uri><email>noreply@blogger.com</email></author>"
)


def entry(kind: str, ident: str, text: str, extra: str = "", *, who: str = "Rosa Quill", day: int = 2) -> str:
    return f"""<entry><id>tag:blogger.com,1999:blog-1.post-{ident}</id>
<published>2019-05-0{day}T23:15:00.000+10:00</published>
<category scheme='http://schemas.google.com/g/2005#kind' term='http://schemas.google.com/blogger/2008/kind#{kind}'/>
<title type='text'>Title {ident}</title><content type='html'>{text}</content>{PERSON.format(who)}{extra}</entry>
"""


def link(rel: str, href: str) -> str:
    return f"<link rel='{rel}' type='text/html' href='{href}'/>"


def answer(post: str, more: str = "") -> str:
    return f"<thr:in-reply-to href='https://slow.example/a.html' ref='tag:blogger.com,1999:blog-1.post-{post}'/>{more}"


def read(folder: Path, text: str, only: tuple[str, ...] = ()) -> Made[tuple[Imported, ...]]:
    path = folder / "blog"
    path.write_text(text, "utf-8")
    source = importers.load(path)
    assert importers.reader_for(source).KIND == "blogger"
    return blogger.read(source, only=only)


POST = entry(
    "post", "7", "It &lt;i&gt;sings&lt;/i&gt;.&lt;br /&gt;&lt;br /&gt;It stops.",
    link("alternate", "https://slow.example/2019/05/the-kettle.html")
    + "<category scheme='http://www.blogger.com/atom/ns#' term='Home'/>",
)  # fmt: skip
DRAFT = entry("post", "8", "Not yet.", "<app:control><app:draft>yes</app:draft></app:control>")
COMMENTS = "".join(
    (
        entry(
            "comment", "21", "Later.", answer("7", link("related", "https://x/comments/default/20")), who="Bo", day=4
        ),
        entry("comment", "20", "First.", answer("7"), who="Anonymous", day=3),
        entry(
            "comment", "22", "Gone.", answer("7", "<gd:extendedProperty name='blogger.contentRemoved' value='true'/>")
        ),
        entry("comment", "23", "Lost.", answer("99")),
    )
)


def test_a_post_with_its_comments(tmp_path: Path) -> None:
    made = read(tmp_path, f"{FEED}{entry('settings', '1', 'x')}{POST}{DRAFT}{COMMENTS}</feed>")
    (essay,) = made.value
    assert essay.body == "It *sings*.\n\nIt stops."
    assert (essay.title, essay.authors, essay.date) == ("Title 7", ("Rosa Quill",), "2019-05-02")
    assert (essay.slug, essay.publication, essay.categories) == ("the-kettle", "Slow & Low", ("Home",))
    assert [(each.id, each.author, each.date, each.reply_to) for each in essay.comments] == [
        ("comment-20", "Anonymous", "2019-05-03", ()),
        ("comment-21", "Bo", "2019-05-04", ("comment-20",)),
    ]
    assert [(each.text, each.reason) for each in essay.dropped] == [("1 comment", "deleted")]
    assert [(each.code, each.message) for each in made.diagnostics] == [
        ("I127", "left out: drafts (1), settings (1)"),
        ("I133", "comments left out because their post is not in the export: 1"),
    ]
    assert "@" not in repr(made.value)


def test_the_form_of_takeout(tmp_path: Path) -> None:
    def takeout(ident: str, text: str, extra: str) -> str:
        return (
            f"<entry><id>tag:blogger.com,1999:blog-1.post-{ident}</id><content type='html'>{text}</content>"
            f"<published>2019-05-02T08:15:00Z</published>{PERSON.format('Rosa')}{extra}</entry>"
        )

    comment = (
        "<blogger:type>COMMENT</blogger:type><blogger:status>{}</blogger:status>"
        "<blogger:parent>tag:b-7</blogger:parent>"
    )
    made = read(
        tmp_path,
        FEED
        + takeout("7", "Sings.", "<blogger:type>POST</blogger:type><blogger:status>LIVE</blogger:status>"
                  "<title>Kettle</title><blogger:filename>/2019/05/the-kettle.html</blogger:filename>")
        + takeout("9", "Spam.", comment.format("SPAM"))
        + takeout("8", "Mine.", comment.format("LIVE"))
        + "</feed>",
    )  # fmt: skip
    (essay,) = made.value
    assert (essay.title, essay.url) == ("Kettle", "https://slow.example/2019/05/the-kettle.html")
    assert [each.id for each in essay.comments] == ["comment-8"]
    assert [each.reason for each in essay.dropped] == ["spam"]


def record(kind: str, ident: str, **more: Any) -> dict[str, Any]:
    told = {"kind": f"blogger#{kind}", "id": ident, "published": "2019-05-02T08:15:00-04:00", "content": "It sings."}
    author = {"id": "1", "displayName": "Rosa &amp; Co.", "image": {"url": "https://gravatar.com/avatar/1"}}
    return {**told, "author": author, "title": "Kettle", "url": "https://slow.example/k.html", **more}


@pytest.mark.parametrize("wrap", [lambda found: found, lambda found: {"kind": "blogger#postList", "items": found}])
def test_json(tmp_path: Path, wrap: Any) -> None:
    found = [
        record("post", "7", labels=["Home"]),
        record("post", "8", status="DRAFT"),
        record("comment", "20", post={"id": "7"}, status="live"),
        record("comment", "21", post={"id": "7"}, inReplyTo={"id": "20"}),
        record("comment", "22", post={"id": "7"}, status="pending"),
    ]
    made = read(tmp_path, json.dumps(wrap(found)))
    (essay,) = made.value
    assert (essay.authors, essay.slug, essay.categories) == (("Rosa & Co.",), "k", ("Home",))
    assert [(each.id, each.reply_to) for each in essay.comments] == [
        ("comment-20", ()),
        ("comment-21", ("comment-20",)),
    ]
    assert [each.reason for each in essay.dropped] == ["not approved"]


def test_only_names_drafts_too(tmp_path: Path) -> None:
    assert [each.id for each in read(tmp_path, f"{FEED}{POST}{DRAFT}</feed>", ("title 8",)).value] == ["post-8"]


def test_a_prefix_that_is_not_declared_is_read_with_a_warning(tmp_path: Path) -> None:
    made = read(
        tmp_path, f"{FEED}{POST}{COMMENTS}</feed>".replace(" xmlns:thr='http://purl.org/syndication/thread/1.0'", "")
    )
    assert len(made.value[0].comments) == 2
    assert made.diagnostics[0].code == "I123"
