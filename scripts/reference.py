"""Write docs/reference/ from the program itself; with --check, say whether it is fresh."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

from typer.testing import CliRunner

from overprint import catalogue, cli, manual
from overprint.diagnostics import KINDS
from overprint.fields import Key, every_key
from overprint.forms import with_gaps
from overprint.manuscript.json_schema import FILES

FOLDER = Path(__file__).parents[1] / "docs" / "reference"
NOTE = "<!-- Made by `make reference`; change the program, not this page. -->"
STAGES = {"I": "Import", "M": "Manuscript", "B": "Book", "E": "EPUB", "P": "PDF", "X": "Both books", "D": "Editions"}
TITLES = {
    "book": "`book.yaml`",
    "essay": "`essays/…/essay.md`",
    "section": "`frontmatter/….md` and `backmatter/….md`",
    "person": "`people/….md`",
    "comment": "`essays/…/comments.md`, each comment",
}


def manuscript() -> str:
    """Return the page of all keys."""
    parts = ["# Keys of the manuscript", NOTE]
    for name, keys in FILES.items():
        rows = [
            f"| `{dotted}` | {_shape(key)} | {key.about}{'; required' * key.required} |"
            for dotted, key in every_key(keys)
        ]
        parts += [f"## {TITLES[name]}", "| key | value | meaning |\n| --- | --- | --- |\n" + "\n".join(rows)]
    return "\n\n".join(parts) + "\n"


SHAPES = {
    "map": "keys below",
    "entries": "list of texts, or of the keys below",
    "numbers": "number or list",
    "texts": "text or list",
}


def _shape(key: Key) -> str:
    return ", ".join(key.choices) or SHAPES.get(key.shape, key.shape)


def messages() -> str:
    """Return the page of all messages."""
    catalogue.load()
    parts = ["# Messages", NOTE, "`overprint explain CODE` prints these entries."]
    for letter, stage in STAGES.items():
        kinds = [KINDS[code] for code in sorted(KINDS) if code[0] == letter]
        if kinds:
            parts.append(f"## {stage}")
        for kind in kinds:
            hint = f"\n\n*{with_gaps(kind.hint)}*" if kind.hint else ""
            words, examples = manual.parts(kind.manual)
            shown = f"\n\n~~~text\n{examples}\n~~~" if examples else ""
            parts.append(f"### {kind.code}\n\n{kind.severity}: {with_gaps(kind.message)}{hint}\n\n{words}{shown}")
    return "\n\n".join(parts) + "\n"


def commands() -> str:
    """Return the page of all commands, as `--help` shows them."""
    os.environ["COLUMNS"] = os.environ["TERMINAL_WIDTH"] = "100"
    names = [[command.name or ""] for command in cli.app.registered_commands]
    names = [[word or function] for [word], function in zip(names, _functions(), strict=True)]
    names += [["comments"], *(["comments", name] for name in ("list", "include", "exclude", "consent", "pick"))]
    parts = ["# Commands", NOTE]
    for words in [[], *names]:
        shown = CliRunner().invoke(cli.app, [*words, "--help"], prog_name="overprint").output.strip()
        title = " ".join(["overprint", *words])
        parts.append(f"## {title}\n\n```\n{re.sub(r' +$', '', shown, flags=re.MULTILINE)}\n```")
    return "\n\n".join(parts) + "\n"


def _functions() -> list[str]:
    return [
        command.callback.__name__.rstrip("_") if command.callback else "" for command in cli.app.registered_commands
    ]


PAGES = {"manuscript.md": manuscript, "messages.md": messages, "commands.md": commands}

if __name__ == "__main__":
    stale = []
    for name, page in PAGES.items():
        path, text = FOLDER / name, page()
        if "--check" in sys.argv:
            stale += [name] if not path.exists() or path.read_text("utf-8") != text else []
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
    if stale:
        sys.exit(f"stale in docs/reference: {', '.join(stale)}; type: make reference")
