from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from importers import wxr
from overprint import importers
from overprint.diagnostics import Exit, Severity, Stop
from overprint.importers import wordpress

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from overprint.diagnostics import Diagnostic
    from overprint.model import Imported


def read(path: Path, *only: str) -> tuple[tuple[Imported, ...], tuple[Diagnostic, ...]]:
    source = importers.load(path)
    assert importers.reader_for(source).KIND == "wordpress"
    made = wordpress.read(source, only=only)
    return made.value, made.diagnostics


def one(folder: Path, *items: str) -> Imported:
    (essay,), _ = read(wxr.write(folder, *items))
    return essay


def codes(said: Iterable[Diagnostic]) -> list[str]:
    return [each.code for each in said]


@pytest.mark.parametrize("version", ["1.0", "1.1", "1.2"])
def test_a_post_is_an_essay_in_every_version_of_the_format(tmp_path: Path, version: str) -> None:
    terms = '<category domain="category" nicename="home"><![CDATA[Home &amp; Hearth]]></category>'
    (essay,), said = read(wxr.write(tmp_path, wxr.item("It sings.\n\nThen it stops.", extra=terms), version=version))
    assert said == ()
    assert essay.body == "It sings.\n\nThen it stops."
    assert (essay.title, essay.authors, essay.date) == ("The Kettle", ("Rosa Quill",), "2019-05-02")
    assert (essay.slug, essay.id, essay.url) == ("the-kettle", "post-11", "https://slow.example/the-kettle/")
    assert (essay.language, essay.publication, essay.categories) == ("en-GB", "The Slow Review", ("Home & Hearth",))


def test_comments_are_threaded_and_only_approved_ones_taken(tmp_path: Path) -> None:
    essay = one(tmp_path, wxr.item("It sings.", wxr.COMMENTS))
    assert [(each.number, each.id, each.author, each.reply_to, each.kind) for each in essay.comments] == [
        (1, "comment-1", "Inês", (), "comment"),
        (2, "comment-2", "Tom & Ann Reed", ("comment-1",), "comment"),
        (3, "comment-5", "Inês", (), "comment"),
        (4, "comment-6", None, (), "comment"),
        (5, "comment-7", "Other Blog", (), "pingback"),
    ]
    assert essay.comments[0].body == "Mine whistles in B flat.\n\nAlways has."
    assert essay.comments[0].date == "2019-05-03"
    assert {(each.text, each.reason) for each in essay.dropped} == {
        ("1 comment", "spam"),
        ("1 comment", "not approved"),
    }


def test_nothing_private_enters_the_model(tmp_path: Path) -> None:
    path = wxr.write(tmp_path, wxr.item("It sings.", wxr.COMMENTS), wxr.item("Two.", creator="editor@example.org"))
    held = path.read_text("utf-8")
    assert all(each in held for each in wxr.PRIVATE)
    shown = repr(read(path))
    assert [each for each in wxr.PRIVATE if each in shown] == []


def test_an_account_without_a_name_is_no_author(tmp_path: Path) -> None:
    (essay,), said = read(wxr.write(tmp_path, wxr.item("It sings.", creator="night-desk")))
    assert essay.authors == ()
    assert codes(said) == ["I131"]
    assert "night-desk" in said[0].message


def test_several_authors_and_their_profiles(tmp_path: Path) -> None:
    profile = wxr.item(
        "", title="Bo Lark", id="90", slug="cap-bo", type="guest-author",
        extra=wxr.meta("cap-user_login", "bo") + wxr.meta("cap-description", "Bo <em>mends</em> clocks.")
        + wxr.meta("cap-user_email", "hidden@example.org"),
    )  # fmt: skip
    terms = "".join(f'<category domain="author" nicename="cap-{each}">{each}</category>' for each in ("bo", "rosa"))
    essay = one(tmp_path, profile, wxr.item("It sings.", extra=terms))
    assert essay.authors == ("Bo Lark", "Rosa Quill")
    assert [(each.name, each.text) for each in essay.bios] == [("Bo Lark", "Bo *mends* clocks.")]


def site(folder: Path) -> Path:
    home = '<category domain="category" nicename="home">Home</category>'
    return wxr.write(
        folder,
        wxr.item("One.", id="1", slug="one", title="One <em>thing</em>", extra=home),
        wxr.item("Two.", id="2", slug="two", title="Two", status="draft", extra=home),
        wxr.item("Three.", id="3", slug="three", title="Three", type="page"),
        wxr.item("Four.", id="4", slug="four", title="Four", extra="<wp:post_password>x</wp:post_password>"),
        wxr.item("", id="5", slug="five", title="Five", type="attachment", status="inherit"),
        wxr.item("", id="6", slug="six", title="Six"),
    )


def test_published_posts_are_taken_and_the_rest_is_counted(tmp_path: Path) -> None:
    essays, said = read(site(tmp_path))
    assert [each.title for each in essays] == ["One *thing*"]
    assert said[0].message == (
        "left out: drafts (1), pages (1), pictures and files (1), posts behind a password (1), posts without text (1)"
    )


@pytest.mark.parametrize(
    ("only", "slugs"),
    [
        ("three", ["three"]),
        ("2", ["two"]),
        ("ONE  thing", ["one"]),
        ("post-4", ["four"]),
        ("https://slow.example/the-kettle/", ["one", "two", "three", "four"]),
        ("type:page", ["three"]),
        ("status:draft", ["two"]),
        ("category:home", ["one", "two"]),
    ],
)
def test_only_chooses_by_title_slug_number_address_or_group(tmp_path: Path, only: str, slugs: list[str]) -> None:
    assert [each.slug for each in read(site(tmp_path), only)[0]] == slugs


def test_a_name_that_is_not_there_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(Stop) as caught:
        read(site(tmp_path), "thre", "two")
    assert caught.value.exit is Exit.USAGE
    assert [each.code for each in caught.value.diagnostics] == ["I126"]
    assert "“three”" in caught.value.diagnostics[0].hint


def test_an_export_without_a_published_post_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(Stop) as caught:
        read(wxr.write(tmp_path, wxr.item("Three.", type="page"), wxr.item("Two.", status="private")))
    assert [each.code for each in caught.value.diagnostics] == ["I125"]
    assert "pages (1), private posts (1)" in caught.value.diagnostics[0].message


def test_comments_of_a_post_without_text_are_kept(tmp_path: Path) -> None:
    essay = one(tmp_path, wxr.item("", wxr.comment(1, "Words.")))
    assert (essay.body, len(essay.comments)) == ("", 1)


def test_pictures_are_named_for_fetching(tmp_path: Path) -> None:
    def file(number: str, name: str) -> str:
        extra = (
            f"<wp:attachment_url>https://slow.example/up/{name}</wp:attachment_url><wp:post_parent>11</wp:post_parent>"
            + wxr.meta("_wp_attachment_image_alt", f"Alt of {name}")
        )
        return wxr.item("", id=number, type="attachment", status="inherit", extra=extra)

    essay = one(
        tmp_path,
        file("21", "lid.jpg"),
        file("22", "spout.png"),
        wxr.item(
            'See <img src="/up/base.gif" alt="The base"> here.\n\n[gallery ids="22"]',
            extra=wxr.meta("_thumbnail_id", "21") + wxr.meta("_edit_lock", "1:hidden@example.org"),
        ),
    )
    assert [(each.name, each.data, each.url, each.alt) for each in essay.images] == [
        ("lid.jpg", None, "https://slow.example/up/lid.jpg", "Alt of lid.jpg"),
        ("base.gif", None, "https://slow.example/up/base.gif", "The base"),
        ("spout.png", None, "https://slow.example/up/spout.png", "Alt of spout.png"),
    ]


def test_a_mark_that_only_the_site_can_fill_in_is_told_where_it_stands(tmp_path: Path) -> None:
    path = wxr.write(tmp_path, wxr.item('It sings.\n\n[contact-form-7 id="3"] and [sic]\n\n<!-- wp:latest-posts /-->'))
    (essay,), said = read(path)
    assert codes(said) == ["I130"]
    assert said[0].severity is Severity.WARNING
    assert "[contact-form-7], the block “latest-posts”" in said[0].message
    assert "[contact-form-7" in path.read_text("utf-8").splitlines()[said[0].place.line - 1]
    assert {each.text for each in essay.dropped} == {"[contact-form-7]", "the block “latest-posts”"}
    assert "sic" in essay.body
    assert "contact" not in essay.body


def test_subtitle_excerpt_and_tags(tmp_path: Path) -> None:
    extra = (
        "<excerpt:encoded><![CDATA[In short.]]></excerpt:encoded>"
        '<category domain="post_tag" nicename="tea">Tea</category>' + wxr.meta("_subtitle", "A song")
    )
    essay = one(tmp_path, wxr.item("It sings.", extra=extra))
    assert essay.subtitle == "A song"
    assert {(each.text, each.reason) for each in essay.dropped} == {
        ("In short.", "the excerpt shown in lists"),
        ("Tea", "tags"),
    }


def test_the_first_format_wrote_each_category_twice(tmp_path: Path) -> None:
    terms = "".join(
        f"<category{domain}>{name}</category>"
        for name, kind in (("Home", "category"), ("Tea", "tag"))
        for domain in ("", f' domain="{kind}" nicename="x"')
    )
    assert one(tmp_path, wxr.item("It sings.", extra=terms)).categories == ("Home",)


def test_squarespace_writes_finished_html_and_relative_addresses(tmp_path: Path) -> None:
    text = '<div class="sqs-block">\n  <p>It\n  sings.</p>\n</div>'
    essay = one(tmp_path, wxr.item(text, link="/blog/kettle.html", slug="blog/kettle.html", date="", id="7"))
    assert essay.body == "It sings."
    assert (essay.slug, essay.url, essay.date) == ("kettle", "https://slow.example/blog/kettle.html", "2019-05-02")


def test_ampersands_and_controls_are_mended_with_a_warning(tmp_path: Path) -> None:
    path = wxr.write(tmp_path, wxr.item("It\x0bsings & <em>hums</em>\x08.", title="Salt & Vinegar&mdash;More &amp; so"))
    (essay,), said = read(path)
    assert codes(said) == ["I122"]
    assert "bare or unknown & (2), control characters (2)" in said[0].message
    assert essay.title == "Salt & Vinegar—More & so"
    assert essay.body == "It sings & *hums*."


def test_a_file_that_breaks_off_gives_what_is_there_with_a_warning(tmp_path: Path) -> None:
    path = wxr.write(tmp_path, wxr.item("One.", slug="one"), wxr.item("Two.", slug="two"))
    text = path.read_text("utf-8")
    path.write_text(text[: text.index("Two.")], "utf-8")
    essays, said = read(path)
    assert [each.slug for each in essays] == ["one"]
    assert codes(said) == ["I123", "I127"]
