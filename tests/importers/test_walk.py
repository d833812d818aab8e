"""From HTML to Markdown: every word, in its order, none joined and none split; links, emphasis, notes, pictures."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html

from importers.pages import TREES, words
from overprint import markup
from overprint.importers import dom, walk
from overprint.model import Text


def text(html: str, base: str = "https://example.org/a/") -> str:
    return walk.markdown(dom.fragment(html), base=base).text


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<p>One<em> two </em>three <b>four</b>five</p>", "One *two* three **four**five"),
        ("<p>un<i>believ</i>able</p>", "un*believ*able"),
        ("<p>he said<em>“no”</em>yes</p>", "he said“*no*”yes"),
        ("<p>a <b>b <i>c</i></b><i>d</i></p>", "a **b *c***d"),
        ("<p><a href='/x'>six </a>seven</p>", "[six](https://example.org/x) seven"),
        ("<p><a href='javascript:x()'>six</a></p>", "six"),
        ("<p>1. one<br>- two</p>", "1\\. one\\\n\\- two"),
        ("<p>one<br><br>two</p>", "one\n\ntwo"),
        ("<p>one<br>two<br>&nbsp;<br>&nbsp;</p>", "one\\\ntwo"),
        ("<p>2 * 3 [x] _y_ snake_case &lt;b&gt; &amp;amp;</p>", "2 \\* 3 \\[x\\] \\_y\\_ snake_case \\<b> \\&amp;"),
        ("<h1>A</h1>b<div>c</div><h2>D</h2>", "## A\n\nb\n\nc\n\n### D"),
        ("<ul><li>a<li>b<ul><li>c</ul></ul>", "- a\n- b\n  - c"),
        ("<ol start=3><li><p>a</p><p>b</p></ol>", "3. a\n\n   b"),
        ("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b"),
        ("<pre>a\n  `b`</pre>", "```\na\n  `b`\n```"),
        ("<p>See <code>a`b</code></p>", "See ``a`b``"),
        ("<table><tr><th>a<th>b<tr><td>1|2<td>3</table>", "| a | b |\n| --- | --- |\n| 1\\|2 | 3 |"),
        ("<table><tr><td><p>a</p><p>b</p></table>", "a\n\nb"),
        ("<dl><dt>a</dt><dd>b</dd></dl>", "**a**\n\nb"),
        ("<p>H<sub>2</sub>O, <span lang=fr>bon mot</span>, <q>so</q></p>", "H<sub>2</sub>O, [bon mot]{lang=fr}, “so”"),
        ("<p><a href='/x'><em>Her</em></a><em>, and</em> more</p>", "[*Her*](https://example.org/x)*, and* more"),
        ("<p><a href='/x'>a <em>b</em> c</a></p>", "[a *b* c](https://example.org/x)"),
        ("<p>Oh!<a href='/x'>b</a> free!</p>", "Oh\\![b](https://example.org/x) free!"),
        ("<table><tr><td>a<p>b</p><td>c<tr><td>d<td>e</table>", "|  |  |\n| --- | --- |\n| a b | c |\n| d | e |"),
        ("<code><b>a</b> <a href='/x'>b<i>c</i></a></code>", "**`a`** [`bc`](https://example.org/x)"),
        ("<pre>a<br>b</pre>", "```\na\nb\n```"),
        ("<pre class='x lang-c++'>a<button>Copy</button></pre>", "```c++\na\n```"),
        ("<pre><code class=language-js><div>a</div><div>b</div></code></pre>", "```js\na\nb\n```"),
        ("<div class='highlight highlight-source-python'><pre>a</pre></div>", "```python\na\n```"),
        ("<b><div>a</div><div>b <i>c</i></div></b>", "**a**\n\n**b *c***"),
        ("<b style='font-weight: normal'>a<div>b</div></b>", "a\n\nb"),
        ("<a href='/x'><div>a</div><h2>b</h2></a>", "[a](https://example.org/x)\n\n## [b](https://example.org/x)"),
        ("<ul>a <i>b</i><li>c</li>d</ul>", "- a *b*\n- c\n- d"),
        ("<ul><li>a<ol start=3><li>b</ol></ul>", "- a\n\n  3. b"),
        ("<ol start=999999999999><li>a</ol>", "1. a"),
        ("<p>a<button>b</button>c<svg></svg>.</p>", "a c."),
        ("<p>a<wbr>b<source>c</p>", "ab c"),
        ("<h2>The #</h2>", "## The \\#"),
        ("<p><i>a&nbsp;</i> b</p>", "*a*\xa0 b"),
        ("<table>a<tr><td>b<td>c</table>", "a\n\nb\n\nc"),
        ("<table><tr><td>a<table><tr><td>b</table></table>", "a\n\nb"),
        ("<figure><img src=b.png>a<figcaption>c</figcaption></figure>", "![](https://example.org/a/b.png) a\n\nc"),
        ("<dialog>a</dialog><ruby>b<rp>(</rp><rt>c</rt><rp>)</rp></ruby>", "b(c)"),
        ("<p>a <ruby>b<rt>c</rt>d<rt><i>e</i></rt>f<rt> </rt></ruby>g</p>", "a b(c)d(*e*)f g"),
        ("<ol><li>a<li>b</ol><ol><li>c</ol>", "1. a\n2. b\n\n<!-- -->\n\n1. c"),
        ("<div><ul><li>a</ul></div><ul><li>b</ul><ol><li>c</ol>", "- a\n\n<!-- -->\n\n- b\n\n1. c"),
        ("<ul><li><ol><li>a</ol><ol><li>b</ol></ul>", "- 1. a\n\n  <!-- -->\n\n  1. b"),
        ("<ul><li>a<ol><li>b</ol></ul>", "- a\n  1. b"),
        ("<blockquote><ul><li>a</ul><ul><li>b</ul></blockquote>", "> - a\n>\n> <!-- -->\n>\n> - b"),
        ("<p>1. a</p><p>1. b</p>", "1\\. a\n\n1\\. b"),
        ("<hr>", "***"),
        ("<figure><img src=b.png alt='A [b]'><figcaption>C <i>d</i></figcaption></figure>",
         '![A \\[b\\]](https://example.org/a/b.png "C *d*")'),
        ("<figure><img src=b.png><figcaption><a href=/x>C [c]</a> <b>d</b><br><i>e</i></figcaption></figure>",
         '![](https://example.org/a/b.png "C [c] d *e*")'),
        ("<p>a<img src=b.png alt=b>c, <img src=b.png>.</p>",
         "a ![b](https://example.org/a/b.png) c, ![](https://example.org/a/b.png)."),
        ("<noscript><img src=y.jpg></noscript><img src='data:x' data-src=y.jpg>", "![](https://example.org/a/y.jpg)"),
        ("<img src='data:x'><noscript><img src=y.jpg></noscript>", "![](https://example.org/a/y.jpg)"),
        ("<img src='data:x' data-src='y.jpg' alt=''>", "![](https://example.org/a/y.jpg)"),
    ],
)  # fmt: skip
def test_what_stands_for_what(html: str, markdown: str) -> None:
    assert text(html) == markdown


@pytest.mark.parametrize(
    "html",
    [
        "<p>A<sup><a href='#n' id='r'>1</a></sup> b.</p><ol><li id='n'>Note. <a href='#r'>↩</a></li></ol><p>c</p>",
        "<p>A<a class='footnote' href='#n'><sup>1</sup></a> b.</p><div id='n'><a href='#r'>1</a> Note.</div><p>c</p>",
        "<p>A<a role='doc-noteref' href='#n'>1</a> b.</p><p>c</p><aside id='n' role='doc-footnote'>Note.</aside>",
    ],
)
def test_notes_of_many_kinds(html: str) -> None:
    assert text(html) == "A[^1] b.\n\nc\n\n[^1]: Note."


def test_what_is_left_out_is_said() -> None:
    html = "<p>a<span hidden>b</span><button>Share</button><script>x()</script></p>"
    html += "<iframe src='https://v.example/1'></iframe>"
    walked = walk.markdown(dom.fragment(html))
    assert walked.text == "a\n\n[v.example/1](https://v.example/1)"
    assert [(each.text, each.reason) for each in walked.dropped] == [
        ("b", "hidden on the page"),
        ("Share", "form"),
        ("https://v.example/1", "plays in a browser only; a link stands for it"),
    ]


def test_links_in_a_caption_are_said() -> None:
    caption = "C <a href='/x'>d <i>e</i></a>, <a href='/y'>f</a> <a href='#g'>g</a> <a href='javascript:x()'>h</a>."
    html = f"<figure><img src=b.png><figcaption>{caption}</figcaption></figure>"
    walked = walk.markdown(dom.fragment(html), base="https://example.org/a/")
    assert walked.text == '![](https://example.org/a/b.png "C d *e*, f g h.")'
    assert [(each.text, each.reason) for each in walked.dropped] == [
        ("javascript:x()", "javascript: address"),
        ("d e: https://example.org/x", "link in a caption; its words are kept"),
        ("f: https://example.org/y", "link in a caption; its words are kept"),
    ]


def test_a_caption_that_calls_a_note_is_a_paragraph_that_does() -> None:
    call = "<sup><a href='#n'>1</a></sup>"
    html = f"<figure><img src=b.png><figcaption>C{call}</figcaption></figure><ol><li id=n>Note.</ol>"
    assert text(html) == "![](https://example.org/a/b.png)\n\nC[^1]\n\n[^1]: Note."


def test_two_lists_stay_two() -> None:
    made = markup.fragment(Text(text("<ol><li>a</ol><ol><li>b</ol>")), "x").value.html
    assert made.count("<ol>") == 2


def test_the_page_stays_as_it_is() -> None:
    element = dom.fragment("<figure><img src=a.png><img src=b.png><figcaption>c</figcaption></figure>")
    before = lxml_html.tostring(element)
    walk.markdown(element)
    assert lxml_html.tostring(element) == before


@settings(max_examples=400)
@given(st.lists(TREES, min_size=1, max_size=3).map("".join))
def test_every_word_comes_through_unchanged(html: str) -> None:
    assert words(markup.fragment(Text(text(html)), "x").value.html) == words(html)
