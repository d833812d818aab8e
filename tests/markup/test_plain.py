from __future__ import annotations

from functools import cache

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.rules_core import inline

from overprint import markup
from overprint.markup import plain
from overprint.markup.markdown import _markdown
from overprint.markup.writer import Writer
from overprint.model import Text

SIGNS = [*"aé1.,-:#!?()'’“…$% =>", "\n", "\n\n", "  ", "   ", "word", "10. ", "1) ", "&", "*", "http", "://"]
SIGNS += ["\u00a0", "\u2003"]  # at the edge of a paragraph the parser drops these
WORDS = st.lists(st.sampled_from(SIGNS), max_size=30).map("".join) | st.text(max_size=20)


@cache
def whole() -> MarkdownIt:
    """Return the parser without the short way past plain words."""
    markdown = _markdown.__wrapped__()
    markdown.core.ruler.at("inline", inline)
    return markdown


@given(WORDS)
def test_a_text_without_markup_is_written_as_the_parser_would(words: str) -> None:
    text = Text(words)
    made = markup.fragment(text, "x")
    assert made.value.html == Writer(text, "x", "", 2, "").write(whole().parse(words, {}))


MARKS = st.sampled_from([*"\\`_[](){}<>^~|@;", "!", "**", "{.a}", "[^1]", "&amp;", "\n\n", "# ", "www.x.org", "<br>"])


@given(st.lists(MARKS | st.sampled_from(SIGNS), max_size=20).map("".join))
def test_a_paragraph_of_plain_words_is_what_the_parser_would_make_of_it(words: str) -> None:
    made, wanted = (markdown.parse(words, {}) for markdown in (_markdown(), whole()))
    assert [token.as_dict() for token in made] == [token.as_dict() for token in wanted]


def test_what_may_be_markup_is_left_to_the_parser() -> None:
    for words in ("a *b*", "# a", "1. a", "- a", "a\n===", "    a", "a  \nb", "see http://x.org", "a & b", "[^1]: a"):
        assert plain.paragraphs(words) is None, words
