from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from overprint import markup
from overprint.markup import plain
from overprint.markup.markdown import _markdown
from overprint.markup.writer import Writer
from overprint.model import Text

SIGNS = [*"aé1.,-:#!?()'’“…$% =>", "\n", "\n\n", "  ", "   ", "word", "10. ", "1) ", "&", "*", "http", "://"]
WORDS = st.lists(st.sampled_from(SIGNS), max_size=30).map("".join) | st.text(max_size=20)


@given(WORDS)
def test_a_text_without_markup_is_written_as_the_parser_would(words: str) -> None:
    text = Text(words)
    made = markup.fragment(text, "x")
    assert made.value.html == Writer(text, "x", "", 2, "").write(_markdown().parse(words, {}))


def test_what_may_be_markup_is_left_to_the_parser() -> None:
    for words in ("a *b*", "# a", "1. a", "- a", "a\n===", "    a", "a  \nb", "see http://x.org", "a & b", "[^1]: a"):
        assert plain.paragraphs(words) is None, words
