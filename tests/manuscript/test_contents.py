from __future__ import annotations

import itertools
from pathlib import Path

import pytest

import books
from overprint.diagnostics import Stop
from overprint.manuscript import read
from overprint.manuscript.contents import added

LISTS = {
    "plain": "contents:\n  - essays/01-bees  # first\n  # the end\n",
    "flush": "contents:\n- essays/01-bees",
    "flow": "contents: [essays/01-bees]  # all\n",
    "flow over lines": "contents: [\n  'essays/01-bees',\n]\n",
    "part": "contents:\n  - part: Foes\n    essays:\n      - essays/01-bees\n",
    "part and flow": "contents:\n  - part: Foes\n    essays: [essays/01-bees]   # one\n",
    "all flow": "contents: [{part: Foes, essays: [essays/01-bees]}]\n",
    "none": "",
}


@pytest.mark.parametrize(
    ("name", "part", "tail"), [*itertools.product(LISTS, ["", "Foes", "A: b"], ["", "links: hide\n"])]
)
def test_essays_are_added_wherever_the_list_is(name: str, part: str, tail: str, tmp_path: Path) -> None:
    head = books.text("book") + LISTS[name]
    text = head + (tail if head.endswith("\n") else f"\n{tail}")
    for newline in ("\n", "\r\n"):
        made = added(text.replace("\n", newline), [("essays/02-wasps", part)], ["essays/01-bees"])
        project = read.manuscript(_book(tmp_path, made)).value.project
        wanted = () if name == "none" and not part else ("essays/01-bees", "essays/02-wasps")
        assert project.contents == wanted
        assert project.links == ("hide" if tail else "footnotes")
        if part:
            assert [(each.title, each.essays[-1]) for each in project.parts][-1] == (part, "essays/02-wasps")
        kept = [line for line in text.split("\n") if line and not {*"[]"} & {*line}]
        lines = iter(made.replace(newline, "\n").split("\n"))
        assert all(line in lines for line in kept)  # each once, in their order


def _book(root: Path, text: str) -> Path:
    books.write(root, book=text)
    wasps = root / "manuscript/essays/02-wasps"
    wasps.mkdir(exist_ok=True)
    (wasps / "essay.md").write_text(books.text("essay").replace("On Bees", "On Wasps"), "utf-8")
    return root


def test_several_essays_share_a_part(tmp_path: Path) -> None:
    essays = [("essays/02-wasps", "Foes"), ("essays/03-ants", "Foes"), ("essays/04-rain", "")]
    made = added(books.text("book"), essays, ["essays/01-bees"])
    listed = "contents:\n  - essays/01-bees\n  - part: Foes\n    essays:\n      - essays/02-wasps\n"
    assert made == books.text("book") + listed + "      - essays/03-ants\n  - essays/04-rain\n"


def test_a_book_that_is_not_yaml_stops_the_import() -> None:
    with pytest.raises(Stop, match="quotation mark"):
        added('title: "Bees\n', [("essays/02-wasps", "")])
