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
        (">" * 200 + " deep", "M217", "e.md:10:1"),
    ],
)
def test_faults_are_named_with_their_place(source: str, code: str, place: str) -> None:
    assert (code, place) in made(source)[1]


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
