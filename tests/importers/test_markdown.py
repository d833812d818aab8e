from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from importers.packed import codes
from overprint import importers
from overprint.diagnostics import Place, Stop

if TYPE_CHECKING:
    from pathlib import Path

    from overprint.diagnostics import Made
    from overprint.model import Imported


def read(folder: Path, text: str, name: str = "kettle.md") -> Made[tuple[Imported, ...]]:
    path = folder / name
    path.write_text(text, "utf-8", newline="")
    assert importers.reader_for(importers.load(path)).KIND == "markdown"
    return importers.read(path)


JEKYLL = """---
layout: post
title: "The *Kettle* & I"
author: Rosa Quill and Bo Lark
categories: [Home, Tea]
tags:
  - hot
canonical_url: https://slow.example/kettle
permalink: /kettle/
---
# The Kettle & I

It sings.
"""


def test_the_front_matter_of_jekyll(tmp_path: Path) -> None:
    made = read(tmp_path, JEKYLL, "2019-05-02-the-kettle.md")
    (essay,) = made.value
    assert (essay.title, essay.body, essay.slug, essay.date) == (
        "The *Kettle* & I",
        "It sings.",
        "the-kettle",
        "2019-05-02",
    )
    assert (essay.authors, essay.categories, essay.url) == (
        ("Rosa Quill", "Bo Lark"),
        ("Home", "Tea"),
        "https://slow.example/kettle",
    )
    assert [(each.text, each.line) for each in essay.dropped] == [
        ("layout: post", 2),
        ("tags: hot", 6),
        ("permalink: /kettle/", 9),
    ]
    assert codes(made) == []


def test_the_front_matter_of_hugo(tmp_path: Path) -> None:
    text = (
        '+++\ntitle = "The Kettle"\ndate = 2019-05-02T08:00:00Z\nauthors = ["Rosa Quill"]\nlanguage = "en_GB"\n'
        'draft = true\n[params]\n  hero = "a.jpg"\n+++\r\nIt sings.\n'
    )
    (essay,) = read(tmp_path, text).value
    assert (essay.title, essay.date, essay.authors, essay.language, essay.body) == (
        "The Kettle",
        "2019-05-02",
        ("Rosa Quill",),
        "en-GB",
        "It sings.",
    )
    assert [(each.text, each.line) for each in essay.dropped] == [("draft: True", 6), ("params: hero a.jpg", 7)]


def test_the_front_matter_of_pandoc(tmp_path: Path) -> None:
    text = (
        "---\ntitle: Tea\nsubtitle: And *why*\nauthor:\n- name: Rosa Quill\n  bio: Rosa writes.\n- Bo Lark\n"
        "date: 2 May 2019\n...\n\nA\n"
    )
    (essay,) = read(tmp_path, text).value
    assert (essay.title, essay.subtitle, essay.authors, essay.date, essay.body) == (
        "Tea",
        "And *why*",
        ("Rosa Quill", "Bo Lark"),
        "2019-05-02",
        "A",
    )
    assert [(each.name, each.text) for each in essay.bios] == [("Rosa Quill", "Rosa writes.")]


def test_the_title_block_of_pandoc(tmp_path: Path) -> None:
    (essay,) = read(tmp_path, "% The Kettle\n  and I\n% Rosa Quill; Bo Lark\n% 2019-05-02\n\nA\n").value
    assert (essay.title, essay.authors, essay.date, essay.body) == (
        "The Kettle and I",
        ("Rosa Quill", "Bo Lark"),
        "2019-05-02",
        "A",
    )


def test_a_heading_above_all_is_the_title(tmp_path: Path) -> None:
    made = read(tmp_path, "# The *Kettle*\n\n## One\n\nA\n\n### Two\n\nB\n")
    assert (made.value[0].title, made.value[0].body) == ("The *Kettle*", "## One\n\nA\n\n### Two\n\nB")
    assert codes(made) == ["I023"]
    made = read(tmp_path, "# One\n\nA\n\n# Two\n\nB\n")
    assert (made.value[0].title, made.value[0].body) == (None, "## One\n\nA\n\n## Two\n\nB")
    assert codes(made) == ["I021", "I023"]


@pytest.mark.parametrize(
    ("text", "body"),
    [
        ("One\n===\n\n_a_ __b__ <sup>c</sup>\n", "*a* **b** <sup>c</sup>"),
        ("[a][1]\n\n[1]: https://a.example/\n", "[a](https://a.example/)"),
        ("a[^x]\n\n[^x]: b\n\n    c\n", "a[^1]\n\n[^1]: b\n\n    c"),
        ("a^[b *c*]\n", "a[^1]\n\n[^1]: b *c*"),
        ("* a\n* b\n\n1) c\n", "- a\n- b\n\n1. c"),
        ("un [mot]{lang=fr} et [x]{.y}\n", "un [mot]{lang=fr} et x"),
        ('![A](a.jpg "B")\n', '![A](a.jpg "B")'),
        ('{{< figure src="a.jpg" alt="A" caption="B \\"C\\"" >}}\n', '![A](a.jpg "B \\"C\\"")'),
        ("a <script>b()</script><b>c</b>\n", "a **c**"),
        (
            "`{{< kept >}}` and\n\n```\n::: kept\n{% kept %}\n```\n",
            "`{{< kept >}}` and\n\n```\n::: kept\n{% kept %}\n```",
        ),
        ("a\nb\n", "a b"),
        ("a\\\nb\n", "a\\\nb"),
        ("Tea\n: A drink\n", "**Tea**\n\nA drink"),
    ],
)
def test_other_dialects_become_ours(tmp_path: Path, text: str, body: str) -> None:
    assert read(tmp_path, f"---\ntitle: One\n---\n{text}").value[0].body == body


def test_what_only_a_site_can_fill_in_is_told_with_its_line(tmp_path: Path) -> None:
    text = (
        "---\ntitle: T\n---\na\n\n{{< youtube x >}}\n\n`b`\n\n::: {.note}\nc\n:::\n\n{% include d.html %}\n\n"
        "## e {#f}\n\n{:toc}\n"
    )
    (essay,) = read(tmp_path, text).value
    assert essay.body == "a\n\n`b`\n\nc\n\n## e"
    assert [(each.text, each.line) for each in essay.dropped] == [
        ("{{< youtube x >}}", 6),
        ("::: {.note}", 10),
        (":::", 12),
        ("{% include d.html %}", 14),
        ("{#f}", 16),
        ("{:toc}", 18),
    ]


@pytest.mark.parametrize(
    ("text", "code", "line", "column"),
    [
        ("---\ntitle: Tea: a love story\n---\nA\n", "M106", 2, 11),
        ("---\ntitle: !!python/object/apply:os.system [x]\n---\nA\n", "M106", 2, 8),
        ("---\na: &a [x]\nb: [*a, *a]\n---\nA\n", "M106", 2, 4),
        ("+++\ntitle = Tea\n+++\nA\n", "I180", 2, 9),
        ("---\ntitle: Tea\n\nA\n", "I181", 1, 1),
        ("---\ntitle: Tea\n---\n\n", "I153", 4, 1),
    ],
)
def test_broken_front_matter_says_where(tmp_path: Path, text: str, code: str, line: int, column: int) -> None:
    with pytest.raises(Stop) as caught:
        read(tmp_path, text)
    (said,) = caught.value.diagnostics
    assert (said.code, said.place) == (code, Place(str(tmp_path / "kettle.md"), line, column))


def test_plain_text_with_a_rule_is_no_markdown(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("A line of words.\n\n---\n\nAnother, 2 * 3 * 4.\n", "utf-8")
    assert importers.reader_for(importers.load(path)).KIND == "text"
