"""The documentation says what the program does."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml

from overprint import cli

ROOT = Path(__file__).parents[1]
# The manual of a message shows Markdown as an example.
PAGES = sorted({*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")} - {ROOT / "docs/reference/messages.md"})
ESSAY = """Her
By Ann Example
Published in The Slow Review, 2 May 2019

She came back in spring, when the river had fallen and the boats lay on their sides.

Nobody had asked her to. That, she said later, was the whole of the reason.

Comments

Rowan Tull says:
May 3, 2019 at 9:10 am
I remember that spring.

Ines Moor says:
May 4, 2019 at 10:00 am
And the boats.

Otto Vane says:
May 5, 2019 at 8:15 am
Not all of them.
"""


def test_the_reference_is_fresh() -> None:
    command = [sys.executable, str(ROOT / "scripts" / "reference.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_links_between_pages_lead_somewhere() -> None:
    for page in PAGES:
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text("utf-8")):
            assert (page.parent / target).exists(), f"{page.relative_to(ROOT)} links to {target}"


def test_each_page_can_be_found() -> None:
    index = (ROOT / "docs/README.md").read_text("utf-8") + (ROOT / "docs/explanation/README.md").read_text("utf-8")
    lost = [page.name for page in (ROOT / "docs").rglob("*.md") if page.name != "README.md" and page.name not in index]
    assert lost == []


def commands(text: str) -> Iterator[list[str]]:
    """Yield each call of `overprint` in the blocks and between the backticks of a page."""
    blocks = re.findall(r"^```(?:sh|yaml)?\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    words = re.findall(r"`(overprint [^`\n]+)`", re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL))
    for line in [*"\n".join(blocks).splitlines(), *words]:
        call = re.match(r"(?:.*(?:- run: |&& ))?(overprint .*)", line.strip())
        if call:
            # Two spaces part a command from a remark on it.
            yield shlex.split(re.split(r"\s+#|\s{2,}", call[1])[0])[1:]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_commands_are_there(page: Path) -> None:
    for call in commands(page.read_text("utf-8")):
        parse(typer.main.get_command(cli.app), call)


def parse(command: Any, call: list[str]) -> None:
    """Look for a command and its options, as a page names them."""
    call = [word for word in call if word != "…"]
    while hasattr(command, "commands"):
        if call[:1] == ["-C"]:
            call = call[2:]
        if not call or call[0].startswith("-"):
            break
        # `overprint comments ESSAY` is short for `overprint comments list ESSAY`.
        command = command.commands.get(call[0]) or command.commands["list"]
        call = call[1:]
    known = {name for each in command.params for name in each.opts} | {"--help"}
    assert {word.partition("=")[0] for word in call if word.startswith("--")} <= known, call


def test_the_tutorial_does_what_it_says(tmp_path: Path) -> None:
    text = (ROOT / "docs/tutorial/first-book.md").read_text("utf-8")
    blocks = re.findall(r"^```sh\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    assert len(blocks) >= 6
    # Before the last build and its check the reader is told to write a title and to take the first essay away.
    by_hand = "sed -i.old 's/^title: .*/title: Her/' manuscript/book.yaml && rm -r manuscript/essays/01-first-essay\n"
    script = "set -eu\n" + "".join(blocks[:-2]) + by_hand + "".join(blocks[-2:])
    # The preview runs on in a second terminal.
    shown = "overprint preview --open"
    assert shown in script
    script = script.replace(shown, f"BROWSER=true {shown} & trap 'kill $!' EXIT")
    (tmp_path / "essay.txt").write_text(ESSAY, "utf-8")
    env = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(
        ["sh", "-c", script], cwd=tmp_path, env=env, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stderr
    assert {"her.epub", "her.print.pdf", "my-book.epub"} <= {
        each.name for each in (tmp_path / "mybook/build").iterdir()
    }


def test_versions_agree() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))["version"] == version
    for page in PAGES:
        for said in re.findall(r"overprint(?:\[\w+\])?==([\d.]+\d)|rev: v([\d.]+\d)", page.read_text("utf-8")):
            assert version in said, page


def test_settings_for_other_programs_can_be_read() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    for hook in hooks:
        parse(typer.main.get_command(cli.app), shlex.split(hook["entry"])[1:])
    templates = [yaml.safe_load(each.read_text("utf-8")) for each in (ROOT / ".github/ISSUE_TEMPLATE").glob("*.yml")]
    assert sum("body" in each for each in templates) == 3
    for page in PAGES:
        for block in re.findall(r"^```yaml\n(.*?)^```", page.read_text("utf-8"), re.MULTILINE | re.DOTALL):
            assert yaml.safe_load(block)
    text = (ROOT / "docs/how-to/check-at-each-commit.md").read_text("utf-8")
    assert all(name in {hook["id"] for hook in hooks} for name in re.findall(r"`(overprint-\w+)`", text))
