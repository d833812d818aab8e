"""Where pages begin, proved against the text of the PDF itself, page by page."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import pypdf
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from overprint import typefaces
from overprint.render.pdf.page_map import NotePages, PageStart, notes, page_starts
from overprint.render.text_blocks import PICTURE, TextBlock, blocks_of

SHEET = """
@page { size: 200pt 130pt; margin: 12pt }
body { font: 10pt/12pt "EB Garamond"; margin: 0; hyphens: auto }
h2, p, pre, figure, ul, ol, blockquote, table { margin: 0 12pt; orphans: 1; widows: 1; text-align: justify }
h2 { break-before: right } pre { white-space: pre-wrap } tr { break-inside: avoid } ul { list-style: square }
.footnote { float: footnote } .footnote::footnote-call { content: "*" }
.upper { text-transform: uppercase } .wide { text-transform: full-width } .caps { font-variant: small-caps }
.cap::first-letter { font-size: 24pt; line-height: 12pt }
.drop { break-before: page } .drop::first-letter { float: left; font-size: 24pt; line-height: 24pt }
.before::before { content: "= " } .none { display: none } .left { float: left; width: 40pt }
.absolute { position: absolute; bottom: 0 } .fixed { position: fixed; top: 0 }
"""
BOX = (
    '<img src="data:image/svg+xml,&lt;svg xmlns=%27http://www.w3.org/2000/svg%27 width=%2750%27 height=%2780%27/&gt;">'
)


@lru_cache(maxsize=1)
def sheet() -> tuple[Any, Any]:
    """Return the style sheet with our typeface, whose ligatures are many, and what WeasyPrint wants beside it."""
    import weasyprint
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    faces = "".join(
        f'@font-face {{ font-family: "{each.family}"; font-weight: {each.weight}; font-style: {each.style};'
        f" src: url({each.path.as_uri()}) }}"
        for each in typefaces.faces("EB Garamond")
    )
    return weasyprint.CSS(string=faces + SHEET, font_config=fonts), fonts


@pytest.fixture(autouse=True, scope="module")
def typefaces_are_given_back() -> Iterator[None]:
    """WeasyPrint takes its typefaces down badly when the interpreter ends."""
    yield
    sheet.cache_clear()


class Laid:
    """A body on its pages."""

    def __init__(self, body: str) -> None:
        import weasyprint

        html = weasyprint.HTML(string=f'<!DOCTYPE html><html lang="en"><body>{body}</body></html>')
        style, fonts = sheet()
        self.document = html.render(stylesheets=[style], font_config=fonts)
        self.body = html.etree_element.find("body")
        self.blocks = blocks_of(self.body)
        self.starts = page_starts(self.body, self.document.pages)
        self.notes = notes(self.document.pages)

    def printed(self) -> list[str]:
        """Return the letters on each page of the PDF."""
        reader = pypdf.PdfReader(io.BytesIO(self.document.write_pdf()))
        return [letters(page.extract_text()) for page in reader.pages]

    def mapped(self) -> list[str]:
        """Return the letters from each page's start to the next, empty for a page that has none."""
        texts = [block.text for block in self.blocks]
        begins = [sum(map(len, texts[: each.block])) + each.offset if each else None for each in self.starts]
        ends = [each for each in begins[1:] if each is not None]
        whole, found = "".join(texts), []
        for begin in begins:
            if begin is None:
                found.append("")
                continue
            end = next((each for each in ends if each > begin), len(whole))
            found.append(letters(whole[begin:end]))
        return found

    def first(self, page: int) -> PageStart:
        """Return the start of a page that has one."""
        start = self.starts[page]
        assert start
        return start


def letters(text: str) -> str:
    """Return letters without case, marks and ligatures; z is kept for notes and q for what is printed again."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(each for each in plain if each.isalpha() and each not in "zq")


WORDS = (
    "a on the counter counterrevolutionaries finest offices straße café well-known micro\u00adorganisms "
    "extra\u00adordinary “incomprehensibilities” o’clock and/or naïve LOUD Ümlaut interchangeabilities".split()
)
words = st.lists(st.sampled_from(WORDS), min_size=1, max_size=25).map(" ".join)


def plain(text: str) -> str:
    return text.replace("\u00ad", "")


@st.composite
def prose(draw: st.DrawFn) -> tuple[str, str]:
    """Draw a run of inline elements: HTML and its text."""
    html, text = "", ""
    for _ in range(draw(st.integers(1, 4))):
        more = draw(words)
        around = draw(
            st.sampled_from(["{}", "<em>{}</em>", '<a href="#x"><b>{}</b></a>', '<span class="upper">{}</span>'])
        )
        between = draw(st.sampled_from(["", " ", "\n \t", "<br>", " <!-- zz --> ", "<wbr>"]))
        note = draw(st.sampled_from(["", "", "", f'<span class="footnote">{"zzz " * draw(st.integers(1, 9))}</span>']))
        # Two elements may share a word; a note may stand in the middle of it.
        html += around.format(more) + note + between
        text += plain(more) + (" " if between not in ("", "<wbr>") else "")
    return html, " ".join(text.split())


@st.composite
def blocks(draw: st.DrawFn) -> tuple[str, list[str]]:
    """Draw a block with its inner blocks: HTML and the texts of all."""
    kind = draw(st.sampled_from("p p p caps cap upper before h2 quote list table pre none figure".split()))
    inner = [draw(prose()) for _ in range(draw(st.integers(1, 3)))]
    (html, text), texts = inner[0], [text for _, text in inner]
    if kind == "quote":
        return "<blockquote>\n" + "\n".join(f"<p>{each}</p>" for each, _ in inner) + "</blockquote>", texts
    if kind == "list":
        return "<ol><li>" + "<ul><li>".join(each for each, _ in inner) + "</ul>" * (len(inner) - 1) + "</ol>", texts
    if kind == "table":
        rows = "".join(f"<tr><td>{draw(st.sampled_from(WORDS))}</td></tr>" for _ in range(9))
        cells = [plain(each.split("<")[0]) for each in rows.split("<td>")[1:]]
        return f"<table><thead><tr><th>qqq</th></tr></thead><tbody>{rows}</tbody></table>", ["qqq", *cells]
    if kind == "pre":
        more = draw(words)
        return f"<pre>\n  {more.replace(' ', '   ')}\n\n  {more}\n</pre>", [plain(f"{more} {more}")]
    if kind == "none":
        return '<p class="none">zzz</p><p>' + html + "</p>", ["zzz", text]
    if kind == "figure":
        return f"<figure>{BOX}<figcaption>{html}</figcaption></figure>", [PICTURE, text]
    if kind == "h2":
        return f"<h2>{html}</h2>", [text]
    return f'<p class="{kind}">{html}</p>', [text]


@given(st.lists(blocks(), min_size=1, max_size=5))
# Half the pages of a book would be laid out again to shrink one.
@settings(max_examples=25, phases=[Phase.explicit, Phase.reuse, Phase.generate])
def test_a_page_holds_the_text_from_its_start_to_the_next(drawn: list[tuple[str, list[str]]]) -> None:
    laid = Laid("".join(html for html, _ in drawn))
    assert [block.text for block in laid.blocks] == [text for _, texts in drawn for text in texts]
    assert laid.mapped() == laid.printed()
    for start in filter(None, laid.starts):
        text = laid.blocks[start.block].text
        assert text[start.offset] not in " \u00ad"
        assert start.text == text[start.offset :].strip(PICTURE)[:40] or text == PICTURE
        assert not start.word or text[start.offset - 1] != " "


def paragraphs(*counts: int) -> str:
    return "".join(f"<p id=p{number}>{'all the same words again ' * count}</p>" for number, count in enumerate(counts))


def test_the_layout_engine_is_the_one_that_this_is_written_for() -> None:
    import weasyprint

    assert weasyprint.__version__ == "70.0"


def test_equal_words_do_not_mislead() -> None:
    laid = Laid(paragraphs(9, 9, 40))
    assert [each and (each.block, each.id) for each in laid.starts][-1] == (2, "p2")
    assert laid.mapped() == laid.printed()
    assert len(laid.starts) > 4


def test_a_page_begins_inside_a_word() -> None:
    word = "incomprehen\u00adsibilities"
    for count in range(40):
        laid = Laid(f"<p style='text-align: left'>{'ab ' * (60 + count)}{word * 2}</p>" + paragraphs(4))
        start = laid.starts[1]
        if start and start.word:
            block = laid.blocks[0].text
            assert block[start.offset - 1] != " "
            assert start.text == block[start.offset :]
            assert laid.mapped() == laid.printed()
            return
    pytest.fail("no page began inside a word")


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("one|two", True),
        ("well-|known", True),
        ("o’|clock", True),
        ("e\u0301|tage", True),
        ("one |two", False),
        ("one—|two", False),
        ("and/|or", False),
        ("“|one", False),
        ("|one", False),
        (f"{PICTURE}|one", False),
    ],
)
def test_what_inside_a_word_means(text: str, inside: bool) -> None:
    from overprint.render.pdf.page_map import _is_inside_a_word

    before, after = text.split("|")
    assert _is_inside_a_word(before + after, len(before)) is inside


def test_a_drop_cap_floats_and_is_first() -> None:
    laid = Laid(f"{paragraphs(4)}<p class=drop id=d><em>“First</em> letters {'of many words ' * 40}</p>")
    assert laid.first(1) == PageStart(1, "d", 0, False, "“First letters of many words of many wor")
    # The PDF draws what floats after the lines.
    assert list(map(sorted, laid.mapped())) == list(map(sorted, laid.printed()))


def test_generated_text_is_not_taken_for_the_own() -> None:
    items = f"<li>zz zz {'and so on ' * 20}</li>" * 8
    laid = Laid(f"<style>li::before {{ content: 'zz ' }}</style><ol>{items}</ol>")
    assert laid.mapped() == laid.printed()
    assert laid.first(0).text.startswith("zz zz and so on")
    assert len(laid.starts) > 3


def test_text_around_another_block_is_met_in_its_order() -> None:
    laid = Laid(f"<div id=d>{'before ' * 70}<p id=p>{'inside ' * 70}</p>{'behind ' * 70}</div>")
    begun = [(each.block, each.offset, each.text.split()[0]) for each in laid.starts if each]
    assert [word for _, _, word in begun] == [text.split()[0] for text in map(texts, laid.document.pages)]


def test_blank_pages_and_pictures_alone_have_no_start() -> None:
    figures = f"<figure>{BOX}</figure>" * 3
    laid = Laid(f"<h2>One</h2><p>words</p><h2>Two</h2>{figures}<p id=end style='break-before: page'>end</p>")
    begun = [each and each.text for each in laid.starts]
    assert begun == ["One", None, "Two", None, None, "end"]
    assert laid.first(5).block == laid.blocks[-1].number == 6


def test_a_page_begins_with_a_picture() -> None:
    laid = Laid(f"<h2>One</h2>{paragraphs(8)}<figure id=f>{BOX}<figcaption>Caption</figcaption></figure>")
    assert laid.starts[-1] == PageStart(2, "f", 0, False, "Caption")
    assert laid.blocks[2].text == PICTURE
    laid = Laid(f"<h2>One</h2>{paragraphs(8)}<p id=p>before<br>{BOX}<br>behind</p>")
    assert laid.blocks[2].text == f"before {PICTURE} behind"
    assert laid.starts[-1] == PageStart(2, "p", 7, False, "behind")


def test_a_picture_that_is_missing_is_still_one(caplog: pytest.LogCaptureFixture) -> None:
    laid = Laid(f'<h2>One</h2>{paragraphs(14)}<p id=p><img src="data:x" alt="words in its place">behind</p>')
    assert laid.blocks[2].text == f"{PICTURE}behind"
    assert laid.mapped()[-1] in laid.printed()[-1]


def test_a_heading_that_is_printed_again_begins_no_page() -> None:
    rows = "".join(f"<tr><td>row {number}</td></tr>" for number in range(30))
    laid = Laid(f"<table><thead><tr><th>row</th></tr></thead>{rows}</table>")
    assert len(laid.starts) > 3
    for start, page in zip(laid.starts[1:], laid.document.pages[1:], strict=True):
        assert start
        shown = [each.text for each in page._page_box.descendants() if getattr(each, "text", "").startswith("row ")]
        assert start.text == shown[0]


def test_rows_that_break_begin_in_the_first_cell() -> None:
    laid = Laid(f"<style>tr {{ break-inside: auto }}</style><table><tr><td>{'left ' * 60}<td>{'right ' * 60}</table>")
    assert {each.block for each in laid.starts if each} == {0}
    assert sorted({each.offset for each in laid.starts if each}) == [each.offset for each in laid.starts if each]


def test_what_stands_out_of_the_flow() -> None:
    laid = Laid(
        f"<p class=fixed>always here</p>{paragraphs(8)}<p class=absolute>below</p><p id=q>{'after it ' * 40}</p>"
        "<p class=left>a float of words that does not fit on its page any more, so that it is put off</p>"
        f"<p id=last>{'last words ' * 60}</p>"
    )
    numbers = [(each.block, each.offset) for each in laid.starts if each]
    assert numbers == sorted(numbers)
    assert laid.first(0).text == "always here"
    assert laid.first(len(laid.starts) - 1).id == "last"


def test_a_float_that_is_put_off_begins_no_page() -> None:
    """WeasyPrint breaks a float and lets the text beside it go on; the rest of the float is first on the next page."""
    laid = Laid(f"{paragraphs(5)}<p class=left>{'float ' * 60}</p><p id=q>{'beside ' * 60}</p>")
    on_second = [each.text for each in laid.document.pages[1]._page_box.descendants() if hasattr(each, "text")]
    assert on_second[0].startswith("float")
    assert laid.first(1).text.startswith("beside")


@pytest.mark.parametrize(
    ("lang", "text"), [("el", "Μάιος άυλος της"), ("tr", "ılık İstanbul iyi"), ("nl", "ijs ŉ ĳ ǆ")]
)
@pytest.mark.parametrize("transform", ["uppercase", "lowercase", "capitalize", "full-width"])
def test_changed_letters_are_matched(lang: str, text: str, transform: str) -> None:
    style = f"text-transform: {transform}; hyphens: none"
    laid = Laid(f'<p lang="{lang}" style="{style}">{f"{text} - " * 60}</p>')
    assert len(laid.starts) > 1
    lines = [
        [each.text for each in page._page_box.descendants() if getattr(each, "text", "").strip()]
        for page in laid.document.pages
    ]
    for start, shown in zip(laid.starts, lines, strict=True):
        assert start
        expected = {"uppercase": str.upper, "lowercase": str.lower}.get(transform, str)(start.text.split()[0])
        assert letters(shown[0]).replace("ı", "i").startswith(letters(expected).replace("ı", "i"))


def test_notes_say_the_pages_of_call_and_body() -> None:
    laid = Laid(
        f"{paragraphs(4)}<p>first<span class=footnote id=n1>one</span></p>{paragraphs(20)}"
        '<p>second<span class="footnote address">two</span></p>'
    )
    assert laid.notes == (NotePages("n1", 0, 0), NotePages("", len(laid.starts) - 1, len(laid.starts) - 1))
    long = Laid(f"{paragraphs(9)}<p>call<span class=footnote id=far>{'much ' * 60}</span> more {'words ' * 60}</p>")
    (note,) = long.notes
    bodies = [number for number, page in enumerate(long.document.pages) if "much" in texts(page)]
    calls = [number for number, page in enumerate(long.document.pages) if "*" in texts(page)]
    assert note == NotePages("far", calls[0], bodies[0])


def texts(page: Any) -> str:
    return " ".join(each.text for each in page._page_box.descendants() if hasattr(each, "text"))


# ---------------------------------------------------------------------- the rule that both books share


def xhtml(body: str) -> Any:
    from lxml import etree

    return etree.fromstring(f'<body xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="urn:e">{body}</body>')


def listed(*roots: Any) -> list[tuple[str, str]]:
    return [(block.id, block.text) for block in blocks_of(*roots)]


def test_the_rule_of_blocks() -> None:
    root = xhtml(
        """<section id="s"> <p> two
        \twords<br/>no\u00adbreak\u00a0 space </p><p>\u00ad </p><div>around<p id="p">in</p><!-- no -->text</div>
        <p>word<a role="doc-noteref" id="r" href="#n">1</a>s</p><ul><li><em>a</em>b<ul><li>c</li></ul></li></ul><pre> x
        y</pre><p><svg xmlns="urn:s"><text>z</text></svg></p><section class="notes"><h2>No</h2></section>
        <aside role="doc-footnote" id="n"><p>no</p></aside></section>"""
    )
    assert listed(root) == [
        ("s", "two words nobreak\u00a0 space"),
        ("s", "around text"),
        ("p", "in"),
        ("s", "words"),
        ("s", "ab"),
        ("s", "c"),
        ("s", "x y"),
        ("s", PICTURE),
    ]
    assert [block.number for block in blocks_of(root)] == list(range(8))


def test_a_character_is_found_where_it_is_written() -> None:
    first, second = blocks_of(xhtml("<p>  o\u00adne <em>t</em>wo</p>"), xhtml("<p>a<img/>b</p>"))
    assert [written(first, offset) for offset in range(7)] == [
        *(("p", None, 2), ("p", None, 4), ("p", None, 5), ("p", None, 6)),
        *(("em", None, 0), ("p", "em", 0), ("p", "em", 1)),
    ]
    assert written(second, 1) == ("img", None, 0)
    for offset in range(7):
        assert first.offset(*first.at(offset)) == offset


def written(block: TextBlock, offset: int) -> tuple[str, str | None, int]:
    from lxml import etree

    segment, index = block.at(offset)
    after = None if segment.after is None else etree.QName(segment.after).localname
    return etree.QName(segment.owner).localname, after, index


@pytest.mark.parametrize("which", ["example", "small", "anthology"])
def test_print_and_epub_count_alike(which: str, tmp_path: Path) -> None:
    import weasyprint

    import books
    from overprint import pipeline
    from overprint.compose import compose, sheaf

    make: dict[str, Callable[[Path], Path]] = {
        "example": lambda _: Path(__file__).parents[3],
        "small": books.write,
        "anthology": books.write_anthology,
    }
    manuscript, book = pipeline.validate(make[which](tmp_path)).value
    composed = compose(book, manuscript.project).value
    body = weasyprint.HTML(string=sheaf(composed).document).etree_element.find("body")
    chapters = [xhtml(chapter.html) for chapter in composed.chapters if chapter.media != "epub"]
    assert listed(body) == listed(*chapters)
    assert len(listed(body)) > 20
