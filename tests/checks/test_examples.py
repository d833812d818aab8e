"""The examples of every manual page: a bad one sets off its own message, a good one does not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image

import books
from overprint import catalogue, manual, pipeline
from overprint.diagnostics import KINDS
from overprint.manual import Example

catalogue.load()
ESSAY = "manuscript/essays/01-bees/"
MANUSCRIPT = {code: kind for code, kind in sorted(KINDS.items()) if code.startswith("M")}
NOT_WORDS = {
    "M119": "bytes that are no text",
    "M120": "no book at all",
    "M121": "no essay at all",
    "M122": "a file that the system will not read",
    "M123": "a link out of the project",
    "M124": "a file of more than 20 MB",
    "M519": "said of a number on the command line",
}
"""Faults that no words in a file can show; other tests set them off."""
EXAMPLES = [
    pytest.param(code, example, id=f"{code}-{number}")
    for code, kind in MANUSCRIPT.items()
    for number, example in enumerate(manual.examples(kind.manual))
]


def keys(head: str) -> dict[str, str]:
    """Return the top-level keys of a block with their lines."""
    found = re.split(r"^(?=[\w-]+:)", head, flags=re.MULTILINE)
    made: dict[str, str] = {}
    for lines in filter(str.strip, found):
        name = lines.partition(":")[0]
        made[name] = made.get(name, "") + lines.rstrip("\n") + "\n"
    return made


def merged(old: str, new: str) -> str:
    """Return a file with the keys and the text of `new`, the rest as in `old`."""
    if not old.startswith("---"):
        return "".join((keys(old) | keys(new)).values())
    head, body = old.split("---\n", 2)[1:]
    block = re.fullmatch(r"---\n(.*\n)?---(?:\n(.*))?", new, re.DOTALL)
    if block is None:
        return new if new.startswith("---") else f"---\n{head}---\n\n{new}\n"
    return f"---\n{''.join((keys(head) | keys(block[1] or '')).values())}---\n\n{(block[2] or '').strip() or body}\n"


def write(root: Path, example: Example) -> Path:
    """Write the good book with what the example changes in it."""
    books.write(root)
    for path, text in example.files:
        if not path:
            put(root, "essay.md", text)
            put(root, "comments.md", f"---\ncomment: 1\nauthor: Rowan Tull\ninclude: yes\n---\n\n{text}\n")
        else:
            put(root, path, text)
    return root


def put(root: Path, path: str, text: str) -> None:
    at_root = path.startswith((".overprint/", "styles/"))
    of_essay = path in {"essay.md", "comments.md"} or path.startswith(("images/", "image/", "comment"))
    target = root / ("" if at_root else ESSAY if of_essay else "manuscript/") / path
    target.parent.mkdir(parents=True, exist_ok=True)
    if size := re.fullmatch(r"a picture of (\d+) × (\d+) pixels(, in CMYK)?", text):
        Image.new("CMYK" if size[3] else "L", (int(size[1]), int(size[2]))).save(target)
        return
    text = re.sub(r"(\S+) \((\d+) times\)", lambda found: " ".join([found[1]] * int(found[2])), text)
    known = target.read_text("utf-8") if target.is_file() and path != "comments.md" else ""
    target.write_text(merged(known, text) if known else text + "\n", "utf-8", newline="")


@pytest.mark.parametrize(("code", "example"), EXAMPLES)
def test_an_example_is_what_it_says(code: str, example: Example, tmp_path: Path) -> None:
    said = {each.code for each in pipeline.validate(write(tmp_path, example)).diagnostics}
    assert (code in said) is not example.good, sorted(said)


@pytest.mark.parametrize("code", sorted(MANUSCRIPT.keys() - NOT_WORDS))
def test_every_manual_page_has_words_and_both_examples(code: str) -> None:
    page = MANUSCRIPT[code].manual
    assert manual.parts(page)[0]
    assert {example.good for example in manual.examples(page)} == {True, False}


def test_there_are_many_rules() -> None:
    assert len(MANUSCRIPT) >= 80


def test_every_message_says_what_to_do() -> None:
    assert [code for code, kind in MANUSCRIPT.items() if not kind.hint and code != "M105"] == []


def test_a_page_sets_long_examples_apart() -> None:
    page = "Words.\n\n    Bad:\n        One.\n    Good: Two.\n    Good: Three."
    assert manual.parts(page) == ("Words.", "Bad:\n    One.\n\nGood: Two.\nGood: Three.")
    assert [example.good for example in manual.examples(page)] == [False, True, True]
