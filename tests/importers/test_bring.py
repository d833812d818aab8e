from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest

import books
from overprint import importers
from overprint.diagnostics import Exit, Made, Stop
from overprint.importers import Options, bring
from overprint.manuscript import read
from overprint.model import Comment, Essay, Imported, ImportedBio, ImportedComment, Origin

URL = "https://example.org/wasps/"
ESSAY = Imported(
    slug="wasps",
    body="Wasps are busy.\n\nThey hum.",
    title="On Wasps",
    authors=("Bo Reed",),
    date="2025-03-14",
    url=URL,
    bios=(ImportedBio("Bo Reed", "Bo keeps wasps."),),
    comments=(
        ImportedComment(1, "c1", "Jane", "2025-03-15", "I keep bees."),
        ImportedComment(2, "c2", "Rowan", None, "So do I.", ("c1",)),
    ),
    origin=Origin("page.html", "html", "1" * 64),
)


def changed(**changes: object) -> Imported:
    return dataclasses.replace(ESSAY, origin=Origin("page.html", "html", "2" * 64), **changes)  # type: ignore[arg-type]


def essay(root: Path) -> Essay:
    made = read.manuscript(root)
    assert [each for each in made.diagnostics if each.severity == "error"] == []
    return next(each for each in made.value.essays if each.slug == "wasps")


def summed(comment: Comment) -> tuple[int, str, str, tuple[int, ...], bool, str]:
    return comment.number, comment.author, comment.body.value, comment.reply_to, comment.include, comment.consent


def tree(root: Path) -> dict[str, bytes]:
    manuscript = root / "manuscript"
    return {str(each.relative_to(root)): each.read_bytes() for each in manuscript.rglob("*") if each.is_file()}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    bring.into(books.write(tmp_path), (ESSAY,))
    return tmp_path


def edit(root: Path, name: str, *pairs: tuple[str, str]) -> str:
    path = root / "manuscript/essays/02-wasps" / name
    text = path.read_bytes().decode()
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    path.write_bytes(text.encode())
    return text


def test_the_same_again_changes_nothing(root: Path) -> None:
    before = tree(root)
    [added] = bring.into(root, (changed(),)).value
    assert added
    assert (added.known, added.changed, added.comments, added.conflicts) == (True, (), 0, ())
    assert tree(root) == before


def test_what_nobody_edited_follows_the_source(root: Path) -> None:
    edit(root, "essay.md", ("permission: pending", "permission: granted  # by letter"))
    made = bring.into(root, (changed(body="Wasps rest.", title="Of Wasps", subtitle="At night", date=None),))
    assert made.diagnostics == ()
    now = essay(root)
    assert (now.title, now.subtitle, now.body.value) == ("Of Wasps", "At night", "Wasps rest.")
    assert (now.date, now.permission) == ("2025-03-14", "granted")


def test_edited_text_stays_and_the_conflict_is_kept_beside(root: Path) -> None:
    mine = edit(root, "essay.md", ("They hum.", "They sing."), ("title: On Wasps", "title: My Wasps"))
    made = bring.into(root, (changed(body="Wasps are busy.\n\nThey buzz.", date="2025-03-16"),))
    [added] = made.value
    assert added
    [conflict] = added.conflicts
    assert [each.code for each in made.diagnostics] == ["I203"]
    assert {"-They sing.", "+They buzz."} <= set(conflict.diff)
    assert "+title: On Wasps" not in conflict.diff  # the source has not changed there
    folder = root / "manuscript/essays/02-wasps"
    assert (folder / "essay.md").read_text("utf-8") == mine.replace("2025-03-14", "2025-03-16")
    assert "They buzz." in (folder / "essay.md.new").read_text("utf-8")
    assert essay(root).body.value.endswith("They sing.")
    (folder / "essay.md.new").unlink()
    assert bring.into(root, (changed(body="Wasps are busy.\n\nThey buzz."),)).diagnostics == ()  # said once


def test_new_comments_come_unchosen_and_the_rest_stays_byte_for_byte(root: Path) -> None:
    path = root / "manuscript/essays/02-wasps/comments.md"
    edit(root, "comments.md", ("include: no", "include: yes"), ("I keep bees.", "I keep [many] bees."))
    before = path.read_bytes().replace(b"\n", b"\r\n")
    path.write_bytes(before)
    more = (
        ImportedComment(1, "c0", "Al", None, "First!"),
        ImportedComment(4, "c3", None, None, "Me too.", ("c2", "c0")),
    )
    letters = tuple(dataclasses.replace(each, number=each.number + 1) for each in ESSAY.comments)
    [added] = bring.into(root, (changed(comments=(more[0], *letters, more[1])),)).value
    assert added
    assert (added.comments, added.gone, added.changed) == (2, 0, ("manuscript/essays/02-wasps/comments.md",))
    assert path.read_bytes().startswith(before)
    assert b"\n" not in path.read_bytes().replace(b"\r\n", b"")
    assert [summed(each) for each in essay(root).comments] == [
        (1, "Jane", "I keep [many] bees.", (), True, "pending"),
        (2, "Rowan", "So do I.", (1,), True, "pending"),
        (3, "Al", "First!", (), False, "pending"),
        (4, "", "Me too.", (2, 3), False, "pending"),
    ]


def test_a_comment_is_merged_like_an_essay(root: Path) -> None:
    edit(root, "comments.md", ("I keep bees.", "I keep *bees*."))
    letters = tuple(dataclasses.replace(each, body=f"{each.body} Now.") for each in ESSAY.comments)
    [added] = bring.into(root, (changed(comments=letters),)).value
    assert added
    assert [each.body.value for each in essay(root).comments] == ["I keep *bees*.", "So do I. Now."]
    [conflict] = added.conflicts
    assert [line for line in conflict.diff if line[0] in "+-"][2:] == ["-I keep *bees*.", "+I keep bees. Now."]


def test_comments_that_either_side_took_out(root: Path) -> None:
    text = (root / "manuscript/essays/02-wasps/comments.md").read_text("utf-8")
    second = text.index("---\ncomment: 2")
    (root / "manuscript/essays/02-wasps/comments.md").write_text(text[:second], "utf-8")
    [added] = bring.into(root, (changed(comments=ESSAY.comments[1:]),)).value
    assert added
    assert (added.comments, added.gone) == (0, 1)
    assert [each.number for each in essay(root).comments] == [1]


def test_comments_without_ids_are_known_by_their_words(tmp_path: Path) -> None:
    def letters(*words: str) -> tuple[ImportedComment, ...]:
        return tuple(ImportedComment(number, "", "Jane", None, each) for number, each in enumerate(words, 1))

    bring.into(books.write(tmp_path), (changed(comments=letters("Buzz.", "Hum.")),))
    bring.into(tmp_path, (changed(comments=letters("New.", "Buzz.", "Hum.")),))
    assert [(each.number, each.body.value) for each in essay(tmp_path).comments] == [
        (1, "Buzz."),
        (2, "Hum."),
        (3, "New."),
    ]


def test_an_essay_is_known_by_its_address_or_its_file(root: Path) -> None:
    [added] = bring.into(root, (changed(url=None),)).value
    assert added
    assert added.known
    other = Origin("other.html", "html", "3" * 64)
    same = dataclasses.replace(ESSAY, slug="elsewhere", url="http://www.example.org/wasps?utm_source=x", origin=other)
    [added] = bring.into(root, (same,)).value
    assert added
    assert (added.known, added.slug) == (True, "wasps")
    before = tree(root)
    with pytest.raises(Stop, match="already in the manuscript"):
        bring.into(root, (dataclasses.replace(ESSAY, url="https://example.org/other", origin=other),))
    assert tree(root) == before


def test_without_a_record_only_new_comments_come(root: Path) -> None:
    (root / ".overprint/import/wasps.json").write_text("{", "utf-8")
    more = (*ESSAY.comments, ImportedComment(3, "c3", "Al", None, "Late."))
    made = bring.into(root, (changed(body="Other.", comments=more),))
    assert [each.code for each in made.diagnostics if each.code != "I102"] == ["I204"]
    assert essay(root).body.value == ESSAY.body
    assert [each.number for each in essay(root).comments] == [1, 2, 3]


def test_what_the_editor_gave_stays(tmp_path: Path) -> None:
    text = tmp_path / "wasps.txt"
    text.write_text(f"On Wasps\n\nBy Bo Reed\n\n{'Wasps are busy and hum all day long. ' * 5}\n", "utf-8")
    books.write(tmp_path)
    first = bring.read_all([text], {"title": "My Wasps", "author": "Cy Ash"}).value
    bring.into(tmp_path, (dataclasses.replace(each, slug="wasps") for each in first))
    again = bring.read_all([text], {}).value
    made = bring.into(tmp_path, (dataclasses.replace(each, slug="wasps") for each in again))
    assert [each.code for each in made.diagnostics] == []
    assert (essay(tmp_path).title, essay(tmp_path).authors) == ("My Wasps", ("cy-ash",))


def test_a_bio_is_merged_too(root: Path) -> None:
    path = root / "manuscript/people/bo-reed.md"
    bring.into(root, (changed(bios=(ImportedBio("Bo Reed", "Bo kept wasps."),)),))
    assert "Bo kept wasps." in path.read_text("utf-8")
    path.write_text(path.read_text("utf-8").replace("kept", "loved"), "utf-8")
    [added] = bring.into(root, (changed(bios=(ImportedBio("Bo Reed", "Bo feared wasps."),)),)).value
    assert added
    assert "Bo loved wasps." in path.read_text("utf-8")
    assert [each.other for each in added.conflicts] == ["manuscript/people/bo-reed.md.new"]


def test_a_file_that_cannot_be_read_back_stops_everything(root: Path) -> None:
    edit(root, "comments.md", ("So do I.", "So do I.\n\n---\n\nStill."))
    before = tree(root)
    with pytest.raises(Stop, match="inside a comment"):
        bring.into(root, (changed(body="Other."), dataclasses.replace(ESSAY, slug="new", url=None, origin=None)))
    assert tree(root) == before


def test_comments_that_came_alone_find_their_essay(root: Path) -> None:
    origin = Origin("disqus.xml", "disqus", "4" * 64)
    letters = (ImportedComment(1, "d1", "Eve", None, "From elsewhere."),)
    alone = Imported(slug="x", body="", url="http://example.org/wasps#top", comments=letters, origin=origin)
    lost = dataclasses.replace(alone, url="https://example.org/nothing/")
    made = bring.into(root, (alone, lost))
    assert [each.code for each in made.diagnostics] == ["I201"]
    assert [each is None for each in made.value] == [False, True]
    assert [each.author for each in essay(root).comments] == ["Jane", "Rowan", "Eve"]
    assert essay(root).body.value == ESSAY.body
    [added] = bring.into(root, (changed(body="Wasps rest."),)).value
    assert added
    assert (added.changed, added.conflicts) == (("manuscript/essays/02-wasps/essay.md",), ())
    with pytest.raises(Stop, match="left out"):
        bring.into(root, (lost,))


def test_categories_become_parts_when_wanted(tmp_path: Path) -> None:
    found = [
        dataclasses.replace(ESSAY, slug=slug, url=None, origin=None, categories=categories)
        for slug, categories in (("ants", ("Foes", "Small")), ("rain", ()), ("wasps", ("Foes",)))
    ]
    bring.into(books.write(tmp_path), found, parts=True)
    book = read.manuscript(tmp_path).value
    assert [each.slug for each in book.essays] == ["bees", "ants", "wasps", "rain"]
    assert [(each.title, each.essays) for each in book.parts] == [("Foes", ("ants", "wasps"))]


def test_one_title_is_not_for_many_essays(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text("A line of plain words that is long enough to be an essay.\n", "utf-8")
    with pytest.raises(Stop, match="2 were found") as stop:
        bring.read_all([tmp_path / "a.txt", tmp_path / "b.txt"], {"title": "Bees"})
    assert stop.value.exit is Exit.USAGE


def test_only_what_is_named_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "the-hive.txt"
    path.write_text("A line of plain words that is long enough to be an essay.\n", "utf-8")
    assert [each.slug for each in bring.read_all([path], {}, options=Options(only=("The-Hive",))).value] == ["the-hive"]
    with pytest.raises(Stop, match="the-comb"):
        bring.read_all([path], {}, options=Options(only=("the-comb",)))


def test_many_comments_take_time_in_proportion(tmp_path: Path) -> None:
    letters = tuple(ImportedComment(number, f"c{number}", "Jane", None, "Hum.") for number in range(1, 5001))
    bring.into(books.write(tmp_path), (changed(comments=letters),))
    [added] = bring.into(tmp_path, (changed(comments=(*letters, ImportedComment(5001, "d", "Al", None, "Me."))),)).value
    assert added
    assert added.comments == 1
    text = (tmp_path / "manuscript/essays/02-wasps/comments.md").read_text("utf-8")
    assert len(re.findall(r"^comment: ", text, re.MULTILINE)) == 5001


def test_a_portrait_that_gives_an_address_away_is_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    portrait = "![Jane](https://secure.gravatar.com/avatar/b58996c504c5638798eb6b511e6f49af?s=64)"
    behind = (
        "[![Jane](https://i0.wp.com/www.gravatar.com/avatar/b58996c504c5638798eb6b511e6f49af)](https://example.org)"
    )
    letter = ImportedComment(1, "c1", "Jane", None, f"{behind} Hum.")
    found = changed(body=f"{portrait} Bees ![](https://example.org/avatar/bee.png)", comments=(letter,))
    monkeypatch.setattr(importers, "read", lambda *_, **__: Made((found,)))
    [essay] = bring.read_all([tmp_path], {}).value
    assert (essay.body.strip(), essay.comments[0].body.strip()) == (
        "Bees ![](https://example.org/avatar/bee.png)",
        "Hum.",
    )
    assert [each.reason for each in essay.dropped] == ["portraits whose address is made from an e-mail address"]
