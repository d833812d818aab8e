from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from overprint.manuscript import blocks
from overprint.manuscript.merge import Change, Merged, merge
from overprint.manuscript.record import written
from overprint.manuscript.work import plain

WORDS = st.text("ab é\n", min_size=1, max_size=12).map(lambda text: "x" + text.strip("\n ") + "y")


def merged(text: str, old: tuple[dict[str, str], str], new: tuple[dict[str, str], str]) -> Merged:
    block, said = blocks.front_matter(plain(text), "essay.md")
    assert block is not None, said
    return merge(text, [Change(block, written({**old[0]}, old[1]), written({**new[0]}, new[1]), new[1])])


def essay(title: str, body: str, newline: str = "\n") -> str:
    return f"---\ntitle: {title}  # mine\npermission: granted\n---\n\n{body}\n".replace("\n", newline)


@given(WORDS, WORDS, WORDS, st.sampled_from(["\n", "\r\n"]), st.sampled_from(["", "\ufeff"]))
def test_words_of_the_editor_stay_and_others_follow_the_source(
    old: str, new: str, mine: str, newline: str, mark: str
) -> None:
    made = merged(mark + essay("Bees", mine, newline), ({"title": "Bees"}, old), ({"title": "Bees"}, new))
    theirs = new if new != old else mine
    assert made.text == mark + essay("Bees", theirs if mine == old else mine, newline)
    assert made.other == mark + essay("Bees", theirs, newline)


@given(*[st.sampled_from(["Bees", "Wasps", "Ants"])] * 3)
def test_keys_are_merged_one_by_one_and_remarks_stay(old: str, new: str, mine: str) -> None:
    made = merged(essay(mine, "Hum."), ({"title": old}, "Hum."), ({"title": new}, "Hum."))
    theirs = new if new != old else mine
    assert made.text == essay(theirs if mine == old else mine, "Hum.")
    assert made.other == essay(theirs, "Hum.")


def test_keys_that_are_new_find_their_place() -> None:
    text = "---\ntitle: Bees\nsource:\n  url: https://example.org\n---\n\nHum.\n"
    new = {"title": "Bees", "  publication": "The Hive", "language": "en", "date": "2025"}
    made = merged(text, ({"title": "Bees"}, "Hum."), (new, "Hum."))
    head = "title: Bees\nsource:\n  publication: The Hive\n  url: https://example.org\nlanguage: en\ndate: 2025\n"
    assert made.text == f"---\n{head}---\n\nHum.\n"
    made = merged("---\ntitle: Bees\n---\n", ({"title": "Bees"}, ""), ({"  url": "https://example.org"}, "Hum."))
    assert made.text == "---\ntitle: Bees\nsource:\n  url: https://example.org\n---\n\nHum.\n"


def test_a_key_that_the_editor_took_out_stays_out() -> None:
    made = merged("---\ntitle: Bees\n---\n\nHum.\n", ({"date": "2024"}, "Hum."), ({"date": "2025"}, "Hum."))
    assert made.text == "---\ntitle: Bees\n---\n\nHum.\n"
    assert "+date: 2025" in made.diff("essay.md", "essay.md.new")


def test_a_value_over_several_lines_is_left_whole() -> None:
    text = "---\nauthors:\n  - ada-quill\n---\n\nHum.\n"
    made = merged(text, ({"authors": "[ada-quill]"}, "Hum."), ({"authors": "[bo-reed]"}, "Hum."))
    assert (made.text, made.other) == (text, text)


def test_what_was_not_in_the_source_loses_that_remark_only() -> None:
    text = '---\ntitle: ""  # not in the source: write it here\n---\n\nHum.\n'
    made = merged(text, ({"title": '""'}, "Hum."), ({"title": "Bees"}, "Hum."))
    assert made.text == "---\ntitle: Bees\n---\n\nHum.\n"
