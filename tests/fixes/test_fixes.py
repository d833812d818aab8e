"""What `validate --fix` changes, what it never changes, and that it leaves nothing to do that it could have done."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import books
from overprint import pipeline
from overprint.diagnostics import KINDS, Diagnostic
from overprint.fixes import FIXES
from overprint.fixes.gist import alike, plain_words
from overprint.fixes.passage import Fix, Passage, each
from overprint.fixes.sheet import Edit

HEAD = books.text("essay").partition("\n\n")[0] + "\n\n"
ESSAY = "manuscript/essays/01-bees/essay.md"


def codes(root: Path) -> list[str]:
    return sorted(each.code for each in pipeline.validate(root).diagnostics)


def body_after(root: Path, body: str, *, unsafe: bool = False, language: str = "en-GB") -> str:
    book = books.text("book").replace("en-GB", language)
    books.write(root, essay=HEAD + body + "\n", book=book)
    pipeline.fix(root, unsafe=unsafe)
    text = (root / ESSAY).read_text("utf-8")
    assert text.startswith(HEAD)
    return text[len(HEAD) : -1]


SAFE = [
    ("M202", "A.\n\n# B", "A.\n\n## B"),
    ("M305", "[a](https://b.c/?utm_a=1)", "[a](https://b.c/)"),
    ("M305", "<https://b.c/?utm_a=1&d=2#e>", "<https://b.c/?d=2#e>"),
    ("M305", "https://b.c/?d=2&amp;fbclid=x, and", "https://b.c/?d=2, and"),
    ("M401", '"It\'s," she said, "*Her*\'s \'90s end."', "‘It’s,’ she said, ‘*Her*’s ’90s end.’"),
    ("M401", 'In ["Her"](https://a.b)\'s "1999" and `"x"`', 'In [‘Her’](https://a.b)’s ‘1999’ and `"x"`'),
    ("M401", "_Her_'s, <sup>a</sup>'s and \\*b's", "_Her_’s, <sup>a</sup>’s and \\*b’s"),
    ("M401", '"One.\n\n"Two," she said.', "‘One.\n\n‘Two,’ she said."),
    ("M402", "A.  B.\u00a0 C.  \nD", "A. B. C.  \nD"),
    ("M405", "a\u200bb hy\u00adphen", "ab hyphen"),
    ("M409", "And... so.... . . . on", "And… so…. … on"),
    ("M412", "Itâ€™s a cafÃ© in SÃO", "It’s a café in SÃO"),
    ("M413", "a , b ; c :", "a, b; c:"),
    ("M420", "&amp;amp; &eacute;&nbsp; &lt;b&gt; 1 &lt; 2", "& é \\<b> 1 < 2"),
]
UNSAFE = [
    ("M201", "## A\n\n##### B", "## A\n\n### B"),
    ("M205", "A.\n\n**The idea**\n\nB.", "A.\n\n## The idea\n\nB."),
    ("M205", "A.\n\n1. Honey\n\nB.", "A.\n\n## 1. Honey\n\nB."),
    ("M213", "A.\n\n&nbsp;\n\nB.", "A.\n\nB."),
    ("M220", "By Ada Quill\n\nA.", "A."),
    ("M223", "On Bees\n\nA.", "A."),
    ("M225", "• Honey\n• Wax", "- Honey\n- Wax"),
    ("M403", "The vision ofhow we live", "The vision of how we live"),
    ("M403", "The vision of[how we live](https://a.b)", "The vision of [how we live](https://a.b)"),
    ("M403", "The vision *of*how we live", "The vision *of* how we live"),
    ("M216", "A.\n\nLeave a Reply\n\nB.", "A.\n\nB."),
    ("M404", "a\x07b", "ab"),
    ("M408", "late - too late", "late – too late"),
    ("M414", "the the end of\nof it", "the end of\nit"),
    ("M421", "a \u202eb", "a b"),
    ("M422", "A.\n\n##\n\nB.", "A.\n\nB."),
]


@pytest.mark.parametrize(("code", "before", "after"), SAFE)
def test_safe_fixes(code: str, before: str, after: str, tmp_path: Path) -> None:
    assert FIXES[code].safe
    assert body_after(tmp_path, before) == after
    assert code not in codes(tmp_path)


@pytest.mark.parametrize(("code", "before", "after"), UNSAFE)
def test_unsafe_fixes_are_made_only_when_wanted(code: str, before: str, after: str, tmp_path: Path) -> None:
    assert not FIXES[code].safe
    assert body_after(tmp_path, before) == before
    assert code in codes(tmp_path)
    assert body_after(tmp_path, before, unsafe=True) == after
    assert code not in codes(tmp_path)


def test_every_fix_is_of_a_kind_and_has_an_example() -> None:
    tried = {code for code, *_ in SAFE + UNSAFE} | {"M101", "M103", "M104", "M224"}
    assert tried == set(FIXES)
    assert tried <= set(KINDS)


LEFT = [
    'He said "no.',
    'no" and "yes',
    'in 5\' 10" and 12"',
    "-\u00a0 no list",
    "1 . no list",
    "&nbsp;",
    "## &amp;",
    "&#10; and &#x202e; and &#65;",
    "the the\n[^1] [end](https://a.b)",
    "ภาษา\u200bไทย",
    "🙂 Leave a Reply to nobody",
    "    don't ... indent\n\n```\ndon't  ...\n```\n\n`&amp; ...` and <sup>\u00b2</sup>",
    "a * . b* c",
]


@pytest.mark.parametrize("body", LEFT)
def test_what_only_an_editor_can_decide_stays(body: str, tmp_path: Path) -> None:
    assert body_after(tmp_path, f"A.\n\n{body}") == f"A.\n\n{body}"


@pytest.mark.parametrize(
    ("language", "before", "after"),
    [
        ("en-US", "\"It's 'so'.\"", "“It’s ‘so’.”"),
        ("de", 'Sie sagte "nein" , und', "Sie sagte „nein“, und"),
        ("fr", 'Elle dit "non" !', "Elle dit «non» !"),
        ("nl", 'Zij zei "foto\'s"', 'Zij zei "foto’s"'),
    ],
)
def test_each_language_has_its_own_marks(language: str, before: str, after: str, tmp_path: Path) -> None:
    assert body_after(tmp_path, before, language=language) == after


def test_a_sign_in_a_comment_stands_for_itself(tmp_path: Path) -> None:
    comments = books.text("comments").replace("I keep wasps.", "# 1 is wrong.\n\nI keep wasps.")
    books.write(tmp_path, comments=comments)
    pipeline.fix(tmp_path, unsafe=True)
    path = tmp_path / "manuscript/essays/01-bees/comments.md"
    assert path.read_text("utf-8") == comments.replace("# 1", "\\# 1")
    assert "M224" not in codes(tmp_path)


def test_an_essay_has_the_marks_of_its_own_language(tmp_path: Path) -> None:
    books.write(tmp_path, essay=HEAD.replace("\nsource", "\nlanguage: de\nsource") + 'Ein "Wort".\n')
    pipeline.fix(tmp_path)
    assert "Ein „Wort“." in (tmp_path / ESSAY).read_text("utf-8")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("title: It's  On...", "title: It’s On…"),
        ("title: \"It's so\"  # don't", 'title: "It’s so"  # don\'t'),
        ("title: 'It''s so'", "title: 'It''s so'"),
        ('title: "a \\"b\\""', 'title: "a \\"b\\""'),
        ("titel: On Bees", "title: On Bees"),
        ("title: On Bees\nsubtitel: A", "title: On Bees\nsubtitle: A"),
        ("title: On Bees\ntitlee: A", "title: On Bees\ntitlee: A"),
        ("title: On Bees\nsubtle: A", "title: On Bees\nsubtle: A"),
    ],
)
def test_keys_and_their_values(before: str, after: str, tmp_path: Path) -> None:
    essay = books.text("essay")
    books.write(tmp_path, essay=essay.replace("title: On Bees", before))
    pipeline.fix(tmp_path)
    assert (tmp_path / ESSAY).read_text("utf-8") == essay.replace("title: On Bees", after)


UUID = "7c1d4c0e-5a0b-4b6e-9a51-0d1f5c9b2a10"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", r"language: en-GB\nidentifier: urn:uuid:[0-9a-f-]{36}\n"),
        ("identifier:\n", r"language: en-GB\nidentifier: urn:uuid:[0-9a-f-]{36}\n"),
        ("identifier: # to come\n", r"language: en-GB\nidentifier: urn:uuid:[0-9a-f-]{36} # to come\n"),
        (f"identifier: {UUID.upper()}\n", f"identifier: urn:uuid:{UUID}\n"),
        ("identifier: 978-0-306-40615-7\n", "identifier: urn:isbn:9780306406157\n"),
        ("identifier: my book\n", "identifier: my book\n"),
    ],
)
def test_identifiers(before: str, after: str, tmp_path: Path) -> None:
    books.write(tmp_path, book=books.text("book").replace(f"identifier: urn:uuid:{UUID}\n", before))
    pipeline.fix(tmp_path)
    assert re.search(after, (tmp_path / "manuscript/book.yaml").read_text("utf-8"))
    assert ("M103" in codes(tmp_path)) == ("my" in before)


PIECES = [
    *"\"'`*_[]()#>-|\\&;. ,:!<\n",
    *("it's", '"', "...", "  ", "\n\n", "&amp;", "&lt;", "&quot;", "&nbsp;", "&#42;", "â€™", "Ã©", "\u200b", "\u00ad"),
    *("\u00a0", "a", "Her", "1", "the ", "](https://a.b)", "[", "[^1]", "<sup>", "<!-- ", "-->", "```\n", "- ", "1. "),
    *(" , ", " . ", "é", "“", "”", "’", "“no”", '"no"', "# ", "> ", "    ", "| a | b |\n|---|---|\n", "{.x}", "\\"),
]
BODIES = st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=30).map("".join)
LANGUAGES = st.sampled_from(["en-GB", "en-US", "de", "fr", "nl", "sv"])
RUNS = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def body_of(root: Path, body: str, language: str) -> str:
    """Write an essay with a body that is read whole, and return what is there after all safe fixes."""
    books.write(root, essay="", book=books.text("book").replace("en-GB", language))
    (root / ESSAY).write_bytes((HEAD + body).encode("utf-8", "replace"))
    pipeline.fix(root)
    return (root / ESSAY).read_bytes().decode("utf-8")


@RUNS
@given(BODIES, LANGUAGES)
@example("a Â'b", "en-GB")
def test_words_and_markup_stay(tmp_path: Path, body: str, language: str) -> None:
    body = body.encode("utf-8", "replace").decode()
    after = body_of(tmp_path, body, language)
    assert after.startswith(HEAD)
    assert plain_words(after) == plain_words(HEAD + body)
    assert alike(*(text.replace("\r\n", "\n").replace("\r", "\n") for text in (after[len(HEAD) :], body)))


@RUNS
@given(BODIES, LANGUAGES)
def test_what_is_mended_stays_mended(tmp_path: Path, body: str, language: str) -> None:
    once = body_of(tmp_path, body, language)
    assert pipeline.fix(tmp_path).changes == ()
    assert (tmp_path / ESSAY).read_bytes().decode("utf-8") == once
    made = pipeline.validate(tmp_path)
    assert pipeline.mendable(made.value[0], made.diagnostics)[0] == frozenset()


@RUNS
@given(BODIES, LANGUAGES)
def test_no_fix_makes_a_new_finding(tmp_path: Path, body: str, language: str) -> None:
    books.write(tmp_path, essay="", book=books.text("book").replace("en-GB", language))
    (tmp_path / ESSAY).write_bytes((HEAD + body).encode("utf-8", "replace"))
    before = Counter(codes(tmp_path))
    gone = {each.code for each in pipeline.fix(tmp_path).findings}
    if not gone & {"M412", "M420"}:  # a sign that is read as it was meant may be a fault by itself, such as a lone “
        assert Counter(codes(tmp_path)) <= before


def test_more_is_mended_than_is_shown(tmp_path: Path) -> None:
    assert body_after(tmp_path, "don't  " * 200 + "end") == "don’t " * 200 + "end"


def test_two_fixes_that_undo_each_other_come_to_an_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def swap(there: Passage, at: int, said: Diagnostic) -> Iterator[Edit]:
        yield Edit(at, at + 2, "  ")

    monkeypatch.setitem(FIXES, "M402", Fix(each(swap)))
    assert body_after(tmp_path, "A.  B") == "A.  B"
    assert list(tmp_path.glob(".overprint")) == []
