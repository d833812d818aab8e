"""From bytes to a tree: the encoding, what a page may not hold, and how much of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html as lxml_html

from overprint.diagnostics import Made, Stop
from overprint.importers import dom, walk
from overprint.importers.dom import Page
from overprint.importers.source import Source

RIVER = "Привет, это письмо о реке и о лодке, на которой мы плыли всю ночь."


def page(data: bytes | str) -> Made[Page]:
    return dom.page(Source(Path("page.html"), data if isinstance(data, bytes) else data.encode(), ""))


def text(data: bytes | str) -> str:
    return walk.markdown(page(data).value.root.find("body")).text


def meta(name: str) -> bytes:
    return f"<meta charset={name}>".encode()


@pytest.mark.parametrize(
    ("data", "shown", "encoding", "said"),
    [
        pytest.param("<p>é—".encode(), "é—", "utf-8", [], id="not named"),
        pytest.param(meta("iso-8859-1") + "<p>é—".encode(), "é—", "utf-8", [], id="named wrongly, but UTF-8"),
        pytest.param(meta("utf-8") + b"<p>caf\xe9 \x93a\x94", "café “a”", "cp1252", ["I053"], id="no UTF-8"),
        pytest.param(b"<p>caf\xe9 \x93a\x94", "café “a”", "cp1252", ["I053"], id="guessed"),
        pytest.param(meta("iso-8859-1") + b"<p>\x93a\x94", "“a”", "cp1252", [], id="Latin 1 is Windows-1252"),
        pytest.param(meta("utf-8") + "<p>éééé\n".encode() + b"\x93a", "éééé “a", "utf-8", ["I054"], id="mixed"),
        pytest.param(meta("windows-1252") + b"<p>a\n\x81b", "a �b", "cp1252", ["I054"], id="no such sign"),
        pytest.param(b"\xef\xbb\xbf" + meta("koi8-r") + "<p>é".encode(), "é", "utf-8", [], id="mark before name"),
        pytest.param("<p>é".encode("utf-16"), "é", "utf-16", [], id="UTF-16"),
        pytest.param("<p>é".encode("utf-16-be"), "é", "utf-16", [], id="UTF-16 without a mark"),
        pytest.param("<p>é".encode("utf-16") + b"x", "é�", "utf-16", [], id="UTF-16, half a sign"),
        pytest.param("<p>é".encode("utf-32"), "é", "utf-32", [], id="UTF-32"),
        pytest.param(meta("utf-16") + "<p>é".encode(), "é", "utf-8", [], id="named UTF-16, but read"),
        pytest.param(meta("iso-2022-jp") + "<p>川".encode("iso2022_jp"), "川", "iso2022_jp", [], id="Japanese"),
        pytest.param(meta("koi8-r") + RIVER.encode("koi8-r"), RIVER, "koi8-r", [], id="Russian"),
        pytest.param(b"<html lang=ru><p>" + RIVER.encode("cp1251"), RIVER, "cp1251", ["I053"], id="by language"),
        pytest.param(
            f"<p>{'x' * 70_000}<br><br>".encode() + meta("koi8-r") + RIVER.encode("koi8-r"),
            f"{'x' * 70_000}\n\n{RIVER}",
            "koi8-r",
            [],
            id="named late",
        ),
        pytest.param(b"<!-- <meta charset=koi8-r> --><p>caf\xe9", "café", "cp1252", ["I053"], id="named in a remark"),
        *(
            pytest.param(meta(name) + b"<p>caf\xe9", "café", "cp1252", ["I053"], id=name)
            for name in ("x-user-defined", "hz-gb-2312", "no-such-thing")
        ),
    ],
)
def test_encodings(data: bytes, shown: str, encoding: str, said: list[str]) -> None:
    made = page(data)
    assert walk.markdown(made.value.root.find("body")).text == shown
    assert (made.value.encoding, [each.code for each in made.diagnostics]) == (encoding, said)


def test_the_first_bad_sign_is_named_by_its_line() -> None:
    assert page(meta("windows-1252") + b"\r\n<p>a\r\x81b").diagnostics[0].place.line == 3


@pytest.mark.parametrize(
    ("data", "shown"),
    [
        ("<p>a\0b\x01c\x0cd\x7fe\x1ff", "abc def"),
        ("<p>a&#0;b&#1;c&#x1F;d&#011;e&#127f", "a�bcdef"),
        ("<p>It&#146;s &#x93;a&#x94; &#128512; &#12345;", "It’s “a” 😀 〹"),
        ("<p>It\x92s\x85", "It’s…"),
        ("<p>a&#xD800;b&#x110000;", "a�b�"),
        ("<p>a\r\nb\rc", "a b c"),
    ],
)
def test_no_control_character_comes_through(data: str, shown: str) -> None:
    assert text(data).replace("\ufffd\ufffd", "�") == shown


@pytest.mark.parametrize(
    ("data", "shown"),
    [
        ("<p>a b<a href='x", "a b"),
        ("<p>a b</p><!-- c", "a b"),
        ("<p>a b</p><script>c", "a b"),
        ("<p>a b</p><p tit", "a b"),
        ("<p>a b</p><table><tr><td>c<td>d", "a b\n\n|  |  |\n| --- | --- |\n| c | d |"),
    ],
)
def test_a_page_that_breaks_off_is_read_as_far_as_it_goes(data: str, shown: str) -> None:
    assert text(data) == shown


@pytest.mark.parametrize("data", ["hello", "<!-- a -->", "2 < 3", ""])
def test_what_holds_no_tag_is_no_page(data: str) -> None:
    with pytest.raises(Stop) as caught:
        page(data)
    assert caught.value.diagnostics[0].code == "I050"


@pytest.mark.parametrize("tag", ["div", "span", "em", "blockquote"])
def test_depth_is_read_to_its_bound_and_refused_beyond(tag: str) -> None:
    assert text(f"<{tag}>" * 900 + "<i>deep</i>").endswith("deep*")
    with pytest.raises(Stop) as caught:
        page(f"<{tag}>" * 2_100 + "deep")
    assert caught.value.diagnostics[0].code == "I051"


def test_too_many_tags_are_refused_before_they_are_read() -> None:
    with pytest.raises(Stop) as caught:
        page("<p>" * (dom.LARGEST + 1))
    assert caught.value.diagnostics[0].code == "I052"


def test_sizes_that_would_burst_a_reader_do_not() -> None:
    assert text(f"<p title='{'x' * 3_000_000}' {' '.join(f'a{number}' for number in range(5_000))}>a") == "a"
    entities = "".join(f'<!ENTITY e{number} "{f"&e{number - 1};" * 10}">' for number in range(1, 20))
    assert len(text(f"<!DOCTYPE html [<!ENTITY e0 'ha'>{entities}]><p>&e19;")) < 100


@pytest.mark.parametrize("tag", ["wbr", "source", "track", "embed", "keygen"])
def test_an_empty_element_holds_nothing(tag: str) -> None:
    body = dom.fragment(f"<p>a<{tag}>b<i>c</i>d<{tag}><u>e</u></p>f")
    shown = lxml_html.tostring(body, encoding="unicode").replace(f"</{tag}>", "")
    assert shown == f"<body><p>a<{tag}>b<i>c</i>d<{tag}><u>e</u></p>f</body>"


@pytest.mark.parametrize(
    ("head", "base"),
    [
        ("<base href='/b/'><link rel=canonical href='https://example.org/a/'>", "https://example.org/b/"),
        ("<link rel=canonical href='https://example.org/a/'>", "https://example.org/a/"),
        ("<meta property=og:url content='https://example.org/c/'>", "https://example.org/c/"),
        ("<!-- saved from url=(0022)https://example.org/d/ -->", "https://example.org/d/"),
        ("<base href='/b/'>", ""),
        ("<base href='https://[broken'><link rel=canonical href='https://example.org/a/'>", "https://example.org/a/"),
        ("", ""),
    ],
)
def test_the_address_that_links_count_from(head: str, base: str) -> None:
    assert page(f"<html><head>{head}</head><p>a").value.base == base


def test_the_line_of_an_element() -> None:
    root = page("<p>a\n<p>b\n\n<i>c</i>").value.root
    assert [dom.line(each) for each in root.iter("p", "i")] == [1, 2, 4]


@pytest.mark.parametrize(
    ("data", "tags"),
    [
        ("<p>a\n<script>b", ["`<script>`"]),
        ("<p>a\n <!-- b", ["`<!--`"]),
        ("<p>a\n<noscript><p>b<script>c</script>", ["`<noscript>`"]),
        ("<select></select>\n<SELECT ><option>b", ["`<select>`"]),
        ("a<svg/><!-- <script> --><style>b</style><!--><p>c", []),
    ],
)
def test_what_holds_the_rest_of_a_page_is_named(data: str, tags: list[str]) -> None:
    said = page(data).diagnostics
    assert [each.message.split()[0] for each in said] == tags
    assert all((each.code, each.place.line) == ("I055", 2) for each in said)
