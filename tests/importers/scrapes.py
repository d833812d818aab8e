"""Essays as plain text, and how they are read."""

from __future__ import annotations

from pathlib import Path

from lxml import html
from markdown_it import MarkdownIt

from overprint.diagnostics import Made
from overprint.importers import text as reader
from overprint.importers.source import Source
from overprint.model import Imported

SEED = Path(__file__).resolve().parents[3] / "shared" / "seed"
LONG = (
    "The ferry leaves at six and nobody on it speaks, because the river is still asleep and we have all agreed, "
    "without a word, to let it be so until the first bell."
)
ALSO = (
    "On the far bank the bakers are already up, and their lamps stand in the water like coins that somebody has "
    "dropped and means to come back for one day when the tide is out."
)


def source(text: str) -> Source:
    return Source(Path("essay.txt"), text.encode(), "")


def read(*blocks: str) -> Made[tuple[Imported, ...]]:
    return reader.read(source("\n\n".join(blocks)))


def essay(*blocks: str) -> Imported:
    return read(*blocks).value[0]


def codes(made: Made[tuple[Imported, ...]]) -> list[str]:
    return [each.code for each in made.diagnostics]


def shown(markdown: str) -> str:
    rendered = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(markdown)
    return "".join(map(str, html.fromstring(f"<div>{rendered}</div>").itertext())) if rendered else ""
