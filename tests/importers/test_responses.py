"""Comments of saved pages: family by family of markup, then what is said of them, then bounds."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overprint.importers import dom, responses
from overprint.importers.source import Source

FAMILIES = Path(__file__).parent / "comments"
ESSAY = "<article><h1>Tides</h1><p>The sea comes and goes, and nobody asks it why.</p></article>"

MARKUP = (
    '<div class="comment" id="comment-1">',
    '<li class="comment">',
    "<p>",
    '<a id="comment-2"></a>',
    "</div>",
    "</li>",
    "</p>",
    '<time datetime="2020-05-03">',
    "</time>",
    '<b class="fn">',
    "Ada",
    "</b>",
    '<div class="comment-content">',
    "word ",
    '<ol class="children">',
    "</ol>",
    '<dt id="c3">',
    "</dt>",
    "<dd>",
    '<section id="comments">',
    "3 May 2020",
    "<form>",
    '<div itemprop="comment" itemscope itemtype="https://schema.org/Comment">',
    '<li class="pingback" id="comment-4">',
    "<fb:like>",
    '<a{b}"c! 1d="e" :f x">',
)


def found(inner: str, *, head: str = "", lang: str = "en-GB", today: str = "") -> responses.Responses:
    html = f'<html lang="{lang}"><head><title>Tides</title>{head}</head><body>{ESSAY}{inner}</body></html>'
    return read(html, today=today)


def read(html: str, *, today: str = "") -> responses.Responses:
    source = Source(Path("page.html"), html.encode(), "")
    return responses.find(dom.page(source).value, today=today, path="page.html")


def comment(ident: int, date: str, *, name: str = "Ada", body: str = "<p>So it goes.</p>", attributes: str = "") -> str:
    return (
        f'<li class="comment" id="comment-{ident}" {attributes}><b class="fn">{name}</b> '
        f'<span class="comment-date">{date}</span><div class="comment-content">{body}</div></li>'
    )


def section(*comments: str, title: str = "Comments") -> str:
    return f'<div id="comments"><h2>{title}</h2><ol class="comment-list">{"".join(comments)}</ol></div>'


def words(markdown: str) -> str:
    """Return Markdown without its marks, on one line."""
    return " ".join(re.sub(r"[*>\\]", "", markdown).split())


def codes(made: responses.Responses) -> list[str]:
    return [each.code for each in made.said]


@pytest.mark.parametrize("name", sorted(each.stem for each in FAMILIES.glob("*.html")))
def test_each_family_of_markup_gives_what_a_reader_sees(name: str) -> None:
    made = read((FAMILIES / f"{name}.html").read_text(encoding="utf-8"))
    seen = [
        {
            "id": each.id,
            "author": each.author,
            "date": each.date,
            "words": words(each.body),
            "parent": "".join(each.reply_to),
            "kind": each.kind,
        }
        for each in made.comments
    ]
    expected = json.loads((FAMILIES / f"{name}.json").read_text(encoding="utf-8"))
    assert seen == [{"parent": "", "kind": "comment", **each} for each in expected]
    assert [each.number for each in made.comments] == list(range(1, len(seen) + 1))


@pytest.mark.parametrize("name", sorted(each.stem for each in FAMILIES.glob("*.html")))
def test_the_elements_hold_all_comments_and_nothing_of_the_essay(name: str) -> None:
    made = read((FAMILIES / f"{name}.html").read_text(encoding="utf-8"))
    held = " ".join(" ".join("".join(map(str, each.itertext())).split()) for each in made.elements)
    assert "nobody asks it why. " not in held.replace("nobody asks it why I do.", "")
    assert "The sea comes and goes" not in held
    if name != "json-ld":
        assert all(word in held for each in made.comments for word in re.findall(r"\w+", each.body))


class TestNoComments:
    @pytest.mark.parametrize(
        "inner",
        [
            "",
            '<div class="comment">A box that a theme calls so</div>',
            '<div class="comments"><p>Comments are closed.</p></div>',
            '<ul class="recentcomments"><li id="comment-9" class="comment"><b class="fn">Zed</b> 3 May 2020</li></ul>',
            '<div id="post-9" class="post"><div class="post-content"><b class="author">Zed</b> 3 May 2020</div></div>',
            '<div class="related"><div><b>Hills</b> <em>3 May 2020</em><p>Another essay.</p></div></div>',
            '<div id="c77"><a id="c78"></a><h2>News</h2><time datetime="2020-05-03">3 May</time><p>Other.</p></div>',
        ],
    )
    def test_what_only_looks_like_a_comment_is_none(self, inner: str) -> None:
        assert found(inner).comments == ()

    @pytest.mark.parametrize(
        ("mark", "service"),
        [
            ('<div id="disqus_thread"></div>', "Disqus"),
            ('<script src="https://x.disqus.com/embed.js"></script>', "Disqus"),
            ('<div class="fb-comments" data-href="#"></div>', "Facebook"),
            ('<div id="commento"></div>', "Commento"),
            ('<div id="hyvor-talk-view"></div>', "Hyvor Talk"),
            ('<section id="isso-thread"></section>', "Isso"),
            ('<script src="https://giscus.app/client.js"></script>', "Giscus"),
            ('<script src="https://utteranc.es/client.js"></script>', "Utterances"),
            ('<div id="coral_thread"></div>', "Coral"),
            ('<script src="https://www.intensedebate.com/js/x.js"></script>', "IntenseDebate"),
            ('<div id="livefyre-comments"></div>', "Livefyre"),
            ('<div id="remark42"></div>', "Remark42"),
            ('<div id="cusdis_thread"></div>', "Cusdis"),
            ('<iframe id="jetpack_remote_comment" src="about:blank"></iframe>', "Jetpack"),
        ],
    )
    def test_a_service_that_keeps_them_is_named_with_a_way_to_get_them(self, mark: str, service: str) -> None:
        said = found(mark).said
        assert [each.code for each in said] == ["I101"]
        assert service in said[0].message
        assert len(said[0].hint) > 20

    def test_a_service_beside_comments_of_the_page_is_a_hint(self) -> None:
        made = found(section(comment(1, "3 May 2020")) + '<div id="disqus_thread"></div>')
        assert codes(made) == ["I102"]

    def test_a_frame_for_new_comments_alone_is_not_worth_a_word(self) -> None:
        made = found(section(comment(1, "3 May 2020")) + '<iframe id="jetpack_remote_comment" src="#"></iframe>')
        assert codes(made) == []

    def test_a_count_without_comments_is_said(self) -> None:
        said = found('<div id="comments"><h2>12 Comments</h2></div>').said
        assert [(each.code, "12 Comments" in each.message, "no comments were" in each.message) for each in said] == [
            ("I100", True, True)
        ]


class TestCounts:
    @pytest.mark.parametrize(
        "title",
        [
            "3 Comments",
            "3 thoughts on “Tides”",
            "3 Responses to “Tides”",
            "Kommentare (3)",
            "3 Gedanken zu „Tides“",
            "3 commentaires",
            "3 réflexions sur « Tides »",
            "3 comentarios en “Tides”",
            "3 commenti",
            "3 reacties",
            "3 comentários em “Tides”",
        ],
    )
    def test_another_number_is_said(self, title: str) -> None:
        two = [comment(1, "3 May 2020"), comment(2, "4 May 2020")]
        said = found(section(*two, title=title)).said
        assert [each.code for each in said] == ["I100"]
        assert title in said[0].message
        assert "2 comments were found" in said[0].message
        assert said[0].place.path == "page.html"
        assert said[0].place.line > 0
        assert codes(found(section(*two, comment(3, "5 May 2020"), title=title))) == []

    def test_one_in_words_counts(self) -> None:
        assert codes(found(section(comment(1, "3 May 2020"), title="One thought on “Tides”"))) == []
        assert codes(found(section(comment(1, "3 May 2020"), comment(2, "4 May 2020"), title="Ein Kommentar"))) == [
            "I100"
        ]

    def test_the_page_may_count_pingbacks_or_leave_them_out(self) -> None:
        ping = '<li class="pingback" id="comment-2">Pingback: <a href="#">Elsewhere</a></li>'
        for title in ("2 Comments", "1 Comment"):
            assert codes(found(section(comment(1, "3 May 2020"), ping, title=title))) == []

    def test_data_for_search_engines_counts_too(self) -> None:
        head = '<script type="application/ld+json">{"@type": "Article", "commentCount": 5}</script>'
        assert codes(found(section(comment(1, "3 May 2020")), head=head)) == ["I100"]


class TestDates:
    @pytest.mark.parametrize(
        ("shown", "date"),
        [
            ("3 March 2014", "2014-03-03"),
            ("March 3rd, 2014 at 2:41 am", "2014-03-03"),
            ("Mon, 3 Mar 2014 10:33", "2014-03-03"),
            ("2014-03-03 10:33", "2014-03-03"),
            ("2014/3/3", "2014-03-03"),
            ("03.03.14", "2014-03-03"),
            ("3. März 2014 um 21:07 Uhr", "2014-03-03"),
            ("Montag, 3. Mrz. 2014, 19:04", "2014-03-03"),
            ("le lundi 3 mars 2014 à 08h07", "2014-03-03"),
            ("1er août 2014", "2014-08-01"),
            ("3 de marzo de 2014 a las 14:02", "2014-03-03"),
            ("marzo 3, 2014", "2014-03-03"),
            ("3 marzo 2014 alle 10:00", "2014-03-03"),
            ("3 maart 2014 om 10:00", "2014-03-03"),
            ("3 de março de 2014 às 10:00", "2014-03-03"),
            ("31/12/2014", "2014-12-31"),
            ("2014年3月3日", "2014-03-03"),
            ("3 mars 2014 kl. 10.00", "2014-03-03"),
            ("3 marca 2014", "2014-03-03"),
            ("31 February 2014", None),
        ],
    )
    def test_the_months_of_many_languages(self, shown: str, date: str | None) -> None:
        assert [each.date for each in found(section(comment(1, shown))).comments] == [date]

    @pytest.mark.parametrize(
        ("shown", "date"),
        [
            ("3 days ago", "2024-02-27"),
            ("vor 3 Tagen", "2024-02-27"),
            ("il y a 3 jours", "2024-02-27"),
            ("hace 3 días", "2024-02-27"),
            ("3 giorni fa", "2024-02-27"),
            ("3 dagen geleden", "2024-02-27"),
            ("há 3 dias", "2024-02-27"),
            ("vor 2 Wochen", "2024-02-16"),
            ("5 hours ago", "2024-03-01"),
            ("yesterday", "2024-02-29"),
            ("1 Monat her", "2024-02"),
            ("a year ago", "2023"),
        ],
    )
    def test_relative_dates_count_back_from_the_day_of_saving_as_exactly_as_they_say(
        self, shown: str, date: str
    ) -> None:
        page = section(comment(1, shown))
        assert [each.date for each in found(page, today="2024-03-01").comments] == [date]
        saved = "<!-- Page saved with a tool\n url: https://example.org/\n saved date: Fri Mar 01 2024 10:00:00 -->"
        assert [each.date for each in found(saved + page).comments] == [date]
        without = found(page, head='<meta property="article:published_time" content="2024-02-01">')
        assert [each.date for each in without.comments] == [None]
        assert codes(without) == ["I103"]

    def test_a_year_left_out_is_counted_from_the_essay_and_said(self) -> None:
        page = section(comment(1, "20 June"), comment(2, "Jan 4th"))
        made = found(page, head='<meta property="article:published_time" content="2019-06-19T10:00:00Z">')
        assert [each.date for each in made.comments] == ["2019-06-20", "2020-01-04"]
        assert codes(made) == ["I104"]
        assert "2019-06-19" in made.said[0].message
        without = found(page)
        assert [each.date for each in without.comments] == [None, None]
        assert codes(without) == ["I105"]

    @pytest.mark.parametrize(
        ("lang", "others", "date"),
        [
            ("en-GB", [], "2019-04-03"),
            ("de", [], "2019-04-03"),
            ("en-US", [], "2019-03-04"),
            ("en", ["12/31/2019"], "2019-03-04"),
            ("en-US", ["31/12/2019"], "2019-04-03"),
        ],
    )
    def test_the_order_of_day_and_month_is_read_from_the_page(self, lang: str, others: list[str], date: str) -> None:
        shown = ["03/04/2019", *others]
        made = found(section(*(comment(at, each) for at, each in enumerate(shown, 1))), lang=lang)
        assert made.comments[0].date == date
        assert codes(made) == []

    def test_the_order_that_nothing_tells_stays_open(self) -> None:
        made = found(section(comment(1, "03/04/2019")), lang="en")
        assert [each.date for each in made.comments] == [None]
        assert codes(made) == ["I106"]
        head = '<meta property="article:published_time" content="2019-03-20">'
        assert found(section(comment(1, "03/04/2019")), lang="en", head=head).comments[0].date == "2019-04-03"

    def test_what_readers_saw_wins_over_universal_time(self) -> None:
        late = '<time datetime="2020-05-03T23:30:00Z">4 May 2020, 1:30</time>'
        assert found(section(comment(1, late))).comments[0].date == "2020-05-04"


class TestWords:
    def test_buttons_votes_and_forms_stay_out(self) -> None:
        body = (
            '<p>So it goes.</p><div class="sharedaddy">Share this</div><p class="comment-likes">Liked by 3 people</p>'
            '<a href="javascript:void(0)">Show more</a><form><label>Name</label><button>Send</button></form>'
            '<span class="screen-reader-text">to Ada</span><a class="comment-reply-link" href="#">Reply</a>'
        )
        assert words(found(section(comment(1, "3 May 2020", body=body))).comments[0].body) == "So it goes."

    def test_markup_is_kept_as_markdown(self) -> None:
        body = '<p>An <em>old</em> <a href="/x">book</a>.</p><blockquote><p>Quoted.</p></blockquote>'
        head = '<link rel="canonical" href="https://example.org/tides/">'
        made = found(section(comment(1, "3 May 2020", body=body)), head=head)
        assert made.comments[0].body.strip() == "An *old* [book](https://example.org/x).\n\n> Quoted."

    @pytest.mark.parametrize("tag", ["fb:comments", "o:p", "a1", "h1.2-b", "a{b}c", 'x"y', "né", "a=b"])
    def test_a_tag_or_an_attribute_of_any_name_keeps_its_words(self, tag: str) -> None:
        body = f"""<p>An <{tag} {{{{x}}}}="1" x:y="2" 3 ">old</{tag}> <em lang="fr" "=1>book</em>.</p>"""
        assert found(section(comment(1, "3 May 2020", body=body))).comments[0].body == "An old *book*."

    def test_a_long_part_stays_whatever_it_is_called(self) -> None:
        body = f'<div class="reply">{"Tides turn, and turn again. " * 20}</div>'
        assert len(found(section(comment(1, "3 May 2020", body=body))).comments[0].body) > 400

    def test_no_name_is_no_name(self) -> None:
        made = found(
            section('<li class="comment" id="comment-1"><time datetime="2020-05-03">3 May</time><p>Hm.</p></li>')
        )
        assert [(each.author, words(each.body)) for each in made.comments] == [(None, "Hm.")]
        assert codes(made) == ["I107"]

    def test_addresses_of_mail_and_pictures_of_people_never_come_along(self) -> None:
        name = '<img src="https://secure.gravatar.com/avatar/0f1e"><a href="mailto:ada@example.org">Ada</a>'
        made = found(section(comment(1, "3 May 2020", name=name)))
        assert [each.author for each in made.comments] == ["Ada"]
        assert not re.search("gravatar|0f1e|ada@example", repr(made.comments))

    def test_an_answer_to_a_comment_without_an_id_gives_it_one_that_lasts(self) -> None:
        box = '<div class="comment"><b class="author">{}</b> <i class="date">3 May 2020</i><p>{}</p>{}</div>'
        page = section(box.format("Ada", "One.", '<div class="replies">' + box.format("Ben", "Two.", "") + "</div>"))
        first, second = found(page).comments
        assert second.reply_to == (first.id,)
        assert re.fullmatch("[0-9a-f]{10}", first.id)
        more = found(section(box.format("Zed", "Zero.", "")) + page).comments
        assert [each.id for each in more if each.author == "Ada"] == [first.id]


class TestBounds:
    def test_many_comments_are_read_once_each(self) -> None:
        made = found(section(*(comment(at, "3 May 2020", name=f"Ada {at}") for at in range(1, 2001))))
        assert len(made.comments) == 2000
        assert len({each.id for each in made.comments}) == 2000

    def test_deep_threads_keep_their_order(self) -> None:
        page = ""
        for at in range(60, 0, -1):
            page = comment(at, "3 May 2020").removesuffix("</li>") + f'<ol class="children">{page}</ol></li>'
        made = found(section(page))
        assert [each.reply_to for each in made.comments] == [(), *((str(at),) for at in range(1, 60))]

    @given(st.lists(st.sampled_from(MARKUP), max_size=40))
    def test_no_page_breaks_the_reader(self, pieces: list[str]) -> None:
        made = found("".join(pieces))
        idents = [each.id for each in made.comments if each.id]
        assert len(set(idents)) == len(idents)
        assert all(parent in idents for each in made.comments for parent in each.reply_to)
        assert made.comments == found("".join(pieces)).comments
