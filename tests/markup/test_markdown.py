from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from overprint import markup
from overprint.diagnostics import Place
from overprint.model import Text


def made(source: str) -> tuple[str, list[tuple[str, str]]]:
    result = markup.fragment(Text(source, Place("e.md", 10, 1)), "her", folder="images/her")
    return result.value.html, [(each.code, str(each.place)) for each in result.diagnostics]


@pytest.mark.parametrize(
    ("source", "html"),
    [
        (
            "## 1. The *gap*",
            '<h2 id="her-the-gap"><span class="number">1</span> <span class="words">The <em>gap</em></span></h2>',
        ),
        ("## Name {#ai}", '<h2 id="her-ai">Name</h2>'),
        ("a\n\n***\n\nb", '<p>a</p>\n<hr class="break"/>\n<p>b</p>'),
        ("- a\n- b", "<ul><li>a</li>\n<li>b</li>\n</ul>"),
        ("3. a", '<ol start="3"><li>a</li>\n</ol>'),
        (
            "> Said.\n>\n> — Pym, *Book*",
            '<blockquote><p>Said.</p>\n<p class="attribution">Pym, <em>Book</em></p>\n</blockquote>',
        ),
        ("[la vie]{lang=fr}", '<p><span lang="fr" xml:lang="fr">la vie</span></p>'),
        ("H<sub>2</sub>O <!-- gone -->end", "<p>H<sub>2</sub>O end</p>"),
        ("a & b < c", "<p>a &amp; b &lt; c</p>"),
        ('H<sub class="a">2</sub>O<BR />', "<p>H<sub>2</sub>O<br/></p>"),
        ("<cite>Her</cite>", "<p><cite>Her</cite></p>"),
    ],
)
def test_markdown_becomes_xhtml(source: str, html: str) -> None:
    assert made(source) == (html, [])


def test_figures_have_their_words() -> None:
    html, said = made('![Two plates](images/My Plates.svg "The *first* pass")'.replace("My Plates", "Plates_2"))
    assert html == (
        '<figure>\n<img src="../images/her/plates_2.svg" alt="Two plates"/>\n'
        "<figcaption>The <em>first</em> pass</figcaption>\n</figure>"
    )
    assert said == []


LEFT_OUT = "the books leave it out"
WITHOUT = "its words are printed without it"
AS_IT_STANDS = "it is printed as it stands"


@pytest.mark.parametrize(
    ("source", "html", "fate"),
    [
        ("a <b>b</b> c", "<p>a b c</p>", WITHOUT),
        ("a </b> c", "<p>a  c</p>", WITHOUT),
        ("<div>\nSaid *so* &amp; <i>c</i>\n</div>", "<p>Said <em>so</em> &amp; c</p>", WITHOUT),
        ("<table><tr><td>a</td><td>b</td></tr></table>", "<p>a</p>\n<p>b</p>", WITHOUT),
        ("<pre>\na\n\nb</pre>", "<p>a\nb</p>", WITHOUT),
        ("- <p>x</p>", "<ul><li><p>x</p>\n</li>\n</ul>", WITHOUT),
        ("<a href='javascript:x'>w</a>", "<p>w</p>", WITHOUT),
        ("<p onclick=x>w", "<p>w</p>", WITHOUT),
        ("<script>alert(1)</script>", "", LEFT_OUT),
        ("a<SCRIPT src=x>alert(1)</script >b", "<p>ab</p>", LEFT_OUT),
        ("## A <script>x</script>", '<h2 id="her-a">A </h2>', LEFT_OUT),
        ("<style>\np {}\n\nq {}</style> tail", "<p>tail</p>", LEFT_OUT),
        ("<img src=x onerror=alert(1)>", "", LEFT_OUT),
        ("<?php x ?>", "", LEFT_OUT),
        ("<!DOCTYPE html>", "", LEFT_OUT),
        ("a List<T> b", "<p>a List&lt;T&gt; b</p>", AS_IT_STANDS),
    ],
)
def test_html_goes_and_its_words_stay(source: str, html: str, fate: str) -> None:
    result = markup.fragment(Text(source, Place("e.md", 10, 1)), "her")
    assert result.value.html == html
    (said,) = result.diagnostics
    assert (said.code, said.severity, said.message.split(": ")[-1]) == ("M209", "warning", fate)


@pytest.mark.parametrize("source", ["x <script>y", "<script>\ny\n\nz", "<!-- y", "<div><style>\n\ny", "a <iframe> b"])
def test_what_is_never_ended_takes_nothing_with_it(source: str) -> None:
    assert [each.code for each in markup.fragment(Text(source), "her").diagnostics] == ["M210"]


def test_old_line_ends_lose_no_place() -> None:
    assert made("a\r\r![](b.png)")[1] == [("M312", "e.md:10:8")]


def test_titles_keep_html_as_words() -> None:
    assert markup.inline("A <script>x</script>") == "A &lt;script&gt;x&lt;/script&gt;"


@pytest.mark.parametrize(
    ("source", "code", "place"),
    [
        ("x [^9]", "M206", "e.md:10:3"),
        ("x\n\n[^7]: lost", "M207", "e.md:12:1"),
        ("é <b>x</b>", "M209", "e.md:10:3"),
        ("<script>alert(1)</script>", "M209", "e.md:10:1"),
        ("## One\n\n#### Two", "M201", "e.md:12:1"),
        ("# One", "M202", "e.md:10:1"),
        ("a [b](#nope)", "M303", "e.md:10:7"),
        ("a [b](javascript:x)", "M304", "e.md:10:7"),
        ("a [b](file:///etc/passwd)", "M304", "e.md:10:7"),
        ("a [b](//host/x)", "M304", "e.md:10:7"),
        ("![](images/a.png)", "M312", "e.md:10:5"),
        ("![x](https://e.org/a.png)", "M316", "e.md:10:6"),
        ("![x](../../a.png)", "M316", "e.md:10:6"),
        ("![x](%2e%2e/a.png)", "M316", "e.md:10:6"),
        ("a<sup>2", "M218", "e.md:10:2"),
        ("*a<sup>2* b</sup>", "M218", "e.md:10:3"),
        ("<sup>*a</sup> b*", "M218", "e.md:10:8"),
        ("[a<sub>2](https://e.org) <sup>*b*</sup>", "M218", "e.md:10:3"),
        (">" * 200 + " deep", "M217", "e.md:10:1"),
    ],
)
def test_faults_are_named_with_their_place(source: str, code: str, place: str) -> None:
    html, said = made(source)
    assert (code, place) in said
    etree.fromstring(f'<div xmlns:epub="http://www.idpf.org/2007/ops">{html}</div>')


def test_notes_and_their_calls() -> None:
    html, _ = made("One.[^a] Two.[^a]\n\n[^a]: Said *once*.\n")
    assert html.count('role="doc-noteref"') == 2
    assert html.count('role="doc-footnote"') == 1
    assert 'id="her-noteref-1-2"' in html


WORDS = st.lists(
    st.sampled_from(["bee", "*wasp*", "[link](https://e.org)", "`x<y`", "&amp;", "<b>", "é", "---", "1."]), max_size=30
)


@given(WORDS, st.sampled_from([" ", "\n", "\n\n", "\n> ", "\n- ", "\n## "]))
def test_what_comes_out_is_well_formed_and_inert(words: list[str], between: str) -> None:
    html, _ = made(between.join(words))
    root = etree.fromstring(f'<div xmlns:epub="x">{html}</div>')
    assert not {"script", "style", "b", "iframe"} & {str(each.tag) for each in root.iter()}


@given(
    st.lists(st.sampled_from(["bee", "wasp", "hive", "comb"]), min_size=1, max_size=40),
    st.sampled_from([" ", "\n", "\n\n"]),
)
def test_no_word_is_lost(words: list[str], between: str) -> None:
    html, _ = made(between.join(words))
    assert re.findall(r"\w+", re.sub(r"<[^>]+>", "", html)) == words


@given(st.text(max_size=300))
def test_no_text_is_too_strange(source: str) -> None:
    clean = "".join(
        char for char in source if char in "\n\t" or (char.isprintable() and ord(char) not in {0xFFFE, 0xFFFF})
    )
    html, _ = made(clean)
    etree.fromstring(f'<div xmlns:epub="x">{html}</div>'.encode())


@pytest.mark.parametrize(
    "note", ["- one\n    - two", "> quoted", "![A bee](bee.png)", "1. one", "~~~\n    code\n    ~~~"]
)
def test_a_note_that_begins_without_words_has_its_way_back_first(note: str) -> None:
    html = markup.fragment(Text(f"A.[^1]\n\n[^1]: {note}\n"), "bees").value.html
    aside = html.partition("<aside")[2]
    assert (
        aside.partition(">")[2].lstrip().startswith('<a class="backlink" role="doc-backlink" href="#bees-noteref-1">')
    )
    assert aside.count("doc-backlink") == 1


@pytest.mark.parametrize("words", ["*mot*", "mot", "le **mot** juste"])
def test_the_language_of_a_passage_survives(words: str) -> None:
    html = markup.fragment(Text(f"She said [{words}]{{lang=fr}} again."), "bees", language="en-GB").value.html
    assert 'She said <span lang="fr" xml:lang="fr">' in html


def test_decoration_is_told_apart_from_what_nobody_has_described() -> None:
    html = markup.fragment(Text("![](a.png)\n\n![](b.png){.decorative}\n\n![A bee](c.png)"), "bees").value.html
    assert re.findall(r"<img [^>]*>", html) == [
        '<img src="..//a.png" alt="" class="undescribed"/>',
        '<img src="..//b.png" alt=""/>',
        '<img src="..//c.png" alt="A bee"/>',
    ]
