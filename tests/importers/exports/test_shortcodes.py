from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from overprint.importers.exports.shortcodes import Picture, expand

if TYPE_CHECKING:
    from collections.abc import Mapping

PICTURES = [Picture("https://x.example/a.jpg", "An “a”", "The <em>a</em>")]


def shown(text: str, pictures: list[Picture] = PICTURES) -> str:
    def gallery(attributes: Mapping[str, str]) -> list[Picture]:
        return pictures

    return expand(text, gallery).text


def left(text: str) -> list[tuple[str, int]]:
    return expand(text, lambda attributes: []).left


@pytest.mark.parametrize(
    "text",
    ["He said [sic] so.", "[the film] was long", "a[i] and [1]", "[…]", "[]", "[ caption ]", "[Editor’s note: no.]"],
)
def test_words_in_brackets_are_the_authors(text: str) -> None:
    assert shown(text) == text
    assert left(text) == []


@pytest.mark.parametrize(
    "text",
    [
        '[caption id="x" align="left" width="300"]<a href="b"><img src="a.jpg" /></a> The <i>lid</i>[/caption]',
        '[caption caption="The <i>lid</i>"]<a href="b"><img src="a.jpg" /></a>[/caption]',
        '[wp_caption]\n<a href="b"><img src="a.jpg" /></a>The <i>lid</i>[/wp_caption]',
    ],
)
def test_captions(text: str) -> None:
    picture = '<a href="b"><img src="a.jpg" /></a>'
    assert shown(text) == f"<figure>{picture}<figcaption>The <i>lid</i></figcaption></figure>"


def test_gallery() -> None:
    made = shown('A [gallery ids="3"] b')
    assert '<img src="https://x.example/a.jpg" alt="An “a”"><figcaption>The <em>a</em></figcaption>' in made
    assert left('A [gallery ids="3"] b') == [("[gallery]", 2)]


def test_embedded_address() -> None:
    assert '<a href="https://v.example/?a=1&amp;b">' in shown("[embed width=3]https://v.example/?a=1&amp;b[/embed]")
    assert left("[embed]no address[/embed]") == [("[embed]", 0)]


def test_footnotes() -> None:
    made = shown("One[efn_note]First [sic].[/efn_note] two[mfn]Second.[/mfn]")
    assert made.startswith('One<sup><a href="#fn-1" id="fnref-1" role="doc-noteref">1</a></sup> two<sup>')
    assert '<li id="fn-2">Second. <a href="#fnref-2"' in made
    assert "First [sic]." in made


def test_any_other_is_left_out_and_told_but_the_words_in_it_stay() -> None:
    text = "A [box colour=red]word[/box] and [my_form] b [audio]"
    assert shown(text, []) == "A word and  b "
    assert left(text) == [("[box]", 2), ("[my_form]", 33), ("[audio]", 45)]


def test_doubled_brackets_show_a_shortcode() -> None:
    assert shown('Type [[gallery ids="1"]] so') == 'Type [gallery ids="1"] so'
    assert left('Type [[gallery ids="1"]] so') == []


@pytest.mark.parametrize("hostile", ["[caption]", "[fn]", "[", "[a ", "[/caption]", '[a b="', "[fn]a[/fn]"])
def test_much_of_the_same_ends(hostile: str) -> None:
    assert isinstance(shown(hostile * 40_000 + "[/caption]"), str)
