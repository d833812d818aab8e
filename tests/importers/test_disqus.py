from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from overprint import importers
from overprint.diagnostics import Stop
from overprint.importers import disqus

if TYPE_CHECKING:
    from pathlib import Path

    from overprint.diagnostics import Made
    from overprint.model import Imported


def thread(key: int, link: str, title: str) -> str:
    return f"""<thread dsq:id="{key}"><id>n{key}</id><forum>slow</forum><link>{link}</link>
<title>{title}</title><message />
<createdAt>2019-05-02T08:15:00Z</createdAt><author><name>Rosa</name><email>rosa.quill@example.org</email></author></thread>
"""


def post(key: int, page: int, *, parent: int = 0, **more: str) -> str:
    told = {
        "name": "Inês",
        "message": "<![CDATA[<p>Mine &amp; yours.</p>]]>",
        "deleted": "false",
        "spam": "false",
    } | more
    above = f'<parent dsq:id="{parent}" />' if parent else ""
    return f"""<post dsq:id="{key}"><id /><message>{told["message"]}</message>
<createdAt>2019-05-0{key}T09:00:00Z</createdAt>
<isDeleted>{told["deleted"]}</isDeleted><isSpam>{told["spam"]}</isSpam><author><name>{told["name"]}</name>
<email>ines@example.net</email><isAnonymous>true</isAnonymous></author><ipAddress>203.0.113.9</ipAddress>
<thread dsq:id="{page}" />{above}</post>
"""


def read(folder: Path, *parts: str, only: tuple[str, ...] = ()) -> Made[tuple[Imported, ...]]:
    path = folder / "disqus.xml"
    head = '<?xml version="1.0"?>\n<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals">\n'
    path.write_text(f"{head}{''.join(parts)}</disqus>", "utf-8")
    source = importers.load(path)
    assert importers.reader_for(source).KIND == "disqus"
    return disqus.read(source, only=only)


KETTLE = thread(1, "http://slow.example/the-kettle/", "The Kettle")
MOVED = thread(2, "https://slow.example/the-kettle", "The Kettle")
EMPTY = thread(3, "https://slow.example/quiet", "Quiet")


def test_comments_of_a_page_are_a_record_to_be_joined(tmp_path: Path) -> None:
    made = read(
        tmp_path, KETTLE, EMPTY, post(4, 1), post(5, 1, parent=4), post(6, 1, spam="true"), post(7, 1, deleted="true")
    )
    (record,) = made.value
    assert (record.body, record.title, record.url) == ("", "The Kettle", "http://slow.example/the-kettle/")
    assert [(each.id, each.author, each.date, each.body, each.reply_to) for each in record.comments] == [
        ("comment-4", "Inês", "2019-05-04", "Mine & yours.", ()),
        ("comment-5", "Inês", "2019-05-05", "Mine & yours.", ("comment-4",)),
    ]
    assert {(each.text, each.reason) for each in record.dropped} == {("1 comment", "spam"), ("1 comment", "deleted")}
    assert [each.message for each in made.diagnostics] == ["left out: pages without comments (1)"]
    assert not any(each in repr(made) for each in ("@example", "203.0.113.9"))


def test_a_page_that_moved_has_one_record(tmp_path: Path) -> None:
    made = read(tmp_path, KETTLE, MOVED, post(4, 1), post(5, 2, parent=4))
    assert [len(each.comments) for each in made.value] == [2]
    assert made.value[0].comments[1].reply_to == ("comment-4",)
    assert made.diagnostics == ()


def test_comments_of_no_page_are_counted(tmp_path: Path) -> None:
    made = read(tmp_path, KETTLE, post(4, 1), post(5, 9), post(6, 9))
    assert [(each.code, each.message[-3:]) for each in made.diagnostics] == [("I132", ": 2")]


def test_only_names_pages(tmp_path: Path) -> None:
    other = thread(2, "https://slow.example/the-pot", "The Pot")
    made = read(tmp_path, KETTLE, other, post(4, 1), post(5, 2), only=("the pot",))
    assert [each.title for each in made.value] == ["The Pot"]


def test_an_export_without_comments_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(Stop) as caught:
        read(tmp_path, KETTLE, EMPTY)
    assert caught.value.diagnostics[0].code == "I125"
