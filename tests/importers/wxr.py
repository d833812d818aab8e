"""A small export of a site that never was, for the tests of its reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

EMAILS = (
    "rosa.quill@example.org ines@example.net tom.reed@example.com spammer@example.com hidden@example.org "
    "editor@example.org"
).split()
ADDRESSES = ("203.0.113.9", "198.51.100.23", "2001:db8::7", "192.0.2.44")
PRIVATE = (*EMAILS, *ADDRESSES, "Mozilla/5.0", "0bc83cb571cd1c50ba6f3e8a78ef1346")

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/{version}/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/{version}/">
<channel><title>The Slow Review</title><link>https://slow.example</link><language>en-GB</language>
<wp:wxr_version>{version}</wp:wxr_version><wp:base_blog_url>https://slow.example</wp:base_blog_url>
<wp:author><wp:author_login>rosa</wp:author_login><wp:author_email>rosa.quill@example.org</wp:author_email>
<wp:author_display_name><![CDATA[Rosa Quill]]></wp:author_display_name></wp:author>
<wp:author><wp:author_login>editor@example.org</wp:author_login><wp:author_email>editor@example.org</wp:author_email>
<wp:author_display_name></wp:author_display_name></wp:author>
"""
TAIL = "</channel></rss>\n"


def item(text: str, comments: str = "", *, extra: str = "", **fields: str) -> str:
    """Return an entry with this raw text; `fields` replace those of an ordinary post."""
    told = {
        "title": "The Kettle",
        "link": "https://slow.example/the-kettle/",
        "creator": "rosa",
        "id": "11",
        "date": "2019-05-02 08:15:00",
        "slug": "the-kettle",
        "status": "publish",
        "type": "post",
    } | fields
    return f"""<item><title>{told["title"]}</title><link>{told["link"]}</link>
<pubDate>Thu, 02 May 2019 06:15:00 +0000</pubDate><dc:creator><![CDATA[{told["creator"]}]]></dc:creator>
<content:encoded><![CDATA[{text}]]></content:encoded>
<wp:post_id>{told["id"]}</wp:post_id><wp:post_date>{told["date"]}</wp:post_date>
<wp:post_name>{told["slug"]}</wp:post_name><wp:status>{told["status"]}</wp:status>
<wp:post_type>{told["type"]}</wp:post_type>{extra}{comments}</item>
"""


def comment(ident: int, text: str, **fields: str) -> str:
    """Return a comment, with all that an export says of a reader."""
    told = {
        "author": "Inês",
        "email": "ines@example.net",
        "ip": "203.0.113.9",
        "date": f"2019-05-03 09:00:{ident:02}",
        "approved": "1",
        "type": "comment",
        "parent": "0",
    } | fields
    return f"""<wp:comment><wp:comment_id>{ident}</wp:comment_id>
<wp:comment_author><![CDATA[{told["author"]}]]></wp:comment_author>
<wp:comment_author_email>{told["email"]}</wp:comment_author_email>
<wp:comment_author_url>https://secure.gravatar.com/avatar/0bc83cb571cd1c50ba6f3e8a78ef1346</wp:comment_author_url>
<wp:comment_author_IP>{told["ip"]}</wp:comment_author_IP><wp:comment_agent>Mozilla/5.0 (X11)</wp:comment_agent>
<wp:comment_date>{told["date"]}</wp:comment_date><wp:comment_content><![CDATA[{text}]]></wp:comment_content>
<wp:comment_approved>{told["approved"]}</wp:comment_approved><wp:comment_type>{told["type"]}</wp:comment_type>
<wp:comment_parent>{told["parent"]}</wp:comment_parent><wp:comment_user_id>0</wp:comment_user_id>
<wp:commentmeta><wp:meta_key>_ip</wp:meta_key><wp:meta_value>198.51.100.23</wp:meta_value></wp:commentmeta>
</wp:comment>"""


def meta(key: str, value: str) -> str:
    """Return a custom field of an entry."""
    return (
        f"<wp:postmeta><wp:meta_key>{key}</wp:meta_key><wp:meta_value><![CDATA[{value}]]></wp:meta_value></wp:postmeta>"
    )


def write(folder: Path, *items: str, version: str = "1.2") -> Path:
    """Write an export with these entries; return its path."""
    path = folder / "export.xml"
    path.write_text(HEAD.format(version=version) + "".join(items) + TAIL, "utf-8")
    return path


COMMENTS = "".join(
    (
        comment(1, "Mine whistles in B flat.\n\nAlways has."),
        comment(2, "Does it?", author="Tom &amp; Ann Reed", email="tom.reed@example.com", ip="2001:db8::7", parent="1"),
        comment(3, "Cheap kettles", email="spammer@example.com", ip="192.0.2.44", approved="spam"),
        comment(4, "Wait for me", approved="0", email="hidden@example.org"),
        comment(5, "An answer to what is hidden", parent="4"),
        comment(6, "An address for a name", author="ines@example.net"),
        comment(7, "[…] on kettles […]", author="Other Blog", type="pingback"),
    )
)
