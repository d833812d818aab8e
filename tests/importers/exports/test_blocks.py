from __future__ import annotations

import json

from overprint.importers.exports.blocks import Library, shown
from overprint.importers.exports.html_fields import held
from overprint.importers.exports.shortcodes import Picture


def markdown(raw: str, library: Library | None = None, footnotes: str = "") -> str:
    return held(shown(raw, library or Library(), post="1", footnotes=footnotes).html).text


def test_blocks_are_html_already() -> None:
    raw = (
        "<!-- wp:paragraph -->\n<p>One\nline.</p>\n<!-- /wp:paragraph -->\n\n"
        '<!-- wp:heading {"level":3} -->\n<h3>Head</h3>\n<!-- /wp:heading -->\n\n'
        "<!-- wp:quote --><blockquote><!-- wp:paragraph --><p>Said.</p><!-- /wp:paragraph --></blockquote>"
        "<!-- /wp:quote -->"
    )
    assert markdown(raw) == "One line.\n\n## Head\n\n> Said."


def test_typed_text_between_blocks_and_in_the_classic_block() -> None:
    raw = "Before\n\nit\n\n<!-- wp:freeform -->\nTyped\n\ntext\n<!-- /wp:freeform -->"
    assert markdown(raw) == "Before\n\nit\n\nTyped\n\ntext"


def test_footnotes_kept_beside_the_post() -> None:
    raw = (
        '<!-- wp:paragraph --><p>Word<sup data-fn="ab-1" class="fn"><a href="#ab-1" id="ab-1-link">1</a></sup> on.</p>'
        "<!-- /wp:paragraph -->\n<!-- wp:footnotes /-->"
    )
    made = markdown(raw, footnotes=json.dumps([{"id": "ab-1", "content": "A <em>note</em>."}]))
    assert made.startswith("Word[^")
    assert made.endswith("]: A *note*.")
    assert "↩" not in made


def test_a_block_kept_for_many_posts_is_put_in() -> None:
    library = Library(blocks={"5": "<!-- wp:paragraph --><p>Kept.</p><!-- /wp:paragraph -->"})
    assert (
        markdown('<!-- wp:block {"ref":5} /-->\n<!-- wp:more -->\n<!--more-->\n<!-- /wp:more -->', library) == "Kept."
    )
    assert shown('<!-- wp:block {"ref":6} /-->', library).left == (("the block “block”", 0),)


def test_blocks_that_hold_each_other_end() -> None:
    library = Library(blocks={"5": '<p>Kept.</p><!-- wp:block {"ref":5} /-->' * 50})
    assert markdown('<!-- wp:block {"ref":5} /-->', library).count("Kept.") <= 50 * 101


def test_lone_addresses_become_links() -> None:
    assert (
        markdown("See\n\nhttps://v.example/a_b_c\n\nso")
        == "See\n\n[https://v.example/a_b_c](https://v.example/a_b_c)\n\nso"
    )
    figure = (
        '<figure class="wp-block-embed"><div class="wp-block-embed__wrapper">\nhttps://v.example/w\n</div></figure>'
    )
    assert "](https://v.example/w)" in markdown(
        f'<!-- wp:embed {{"url":"https://v.example/w"}} -->{figure}<!-- /wp:embed -->'
    )


def test_a_gallery_without_numbers_shows_the_pictures_of_its_post() -> None:
    library = Library({"3": Picture("https://x.example/a.jpg", "A")}, {"1": ["3"]})
    assert "![A](https://x.example/a.jpg)" in markdown("One\n\n[gallery]\n\ntwo", library)


def test_nesting_beyond_measure_keeps_the_words() -> None:
    made = held("<div>" * 3000 + "deep *words*" + "</div>" * 3000, line=7)
    assert made.text == "deep \\*words\\*"
    assert [(each.reason, each.line) for each in made.dropped] == [("nested too deep to follow", 7)]
