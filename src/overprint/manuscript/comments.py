"""Read the comments of an essay: `comments.md`, and the files in `comments/`, each block with its place."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import Any, cast

from overprint import fields, files
from overprint.diagnostics import Diagnostic, Made, Stop, errors
from overprint.manuscript import blocks, schema
from overprint.model import Comment, Text


def of_essay(folder: Path, root: Path) -> Made[tuple[Comment, ...]]:
    """Return the comments in their order; what is wrong with them is said."""
    said: list[Diagnostic] = []
    comments: list[Comment] = []
    broken = False
    for path in paths(folder, root):
        try:
            text, file_said = files.read_text(path, root)
        except Stop as stop:
            said += stop.diagnostics
            broken = True
            continue
        found, block_said = blocks.comment_blocks(text, files.shown(path, root))
        said += file_said + block_said
        broken = broken or bool(errors(block_said))
        for block in found:
            made = fields.read(block.head, block.head_place, schema.COMMENT)
            said += made.diagnostics
            if "comment" in made.value.values:
                comments.append(_comment(block, made.value))
            else:
                broken = True
    return Made(tuple(_without_lost_parents(comments) if broken else comments), tuple(said))


def paths(folder: Path, root: Path) -> list[Path]:
    """Return the files that hold an essay's comments, in the order of the book.

    Raises:
        Stop: the folder that holds them cannot be read.
    """
    one, several = folder / "comments.md", files.listed(folder / "comments", root)
    return [path for path in (one,) if files.is_there(path)] + [path for path in several if path.suffix == ".md"]


def _without_lost_parents(comments: list[Comment]) -> list[Comment]:
    """Return the comments as if none answered a block that could not be read: what is wrong there has been said."""
    known = {comment.number for comment in comments}
    return [
        dataclasses.replace(comment, reply_to=tuple(number for number in comment.reply_to if number in known))
        for comment in comments
    ]


def _comment(block: blocks.Block, got: fields.Fields) -> Comment:
    return Comment(
        number=got.number("comment"),
        author=got.text("author"),
        body=Text(block.body, block.body_place),
        source_id=got.text("id"),
        date=got.text("date"),
        reply_to=got.numbers("reply_to"),
        include=got.flag("include"),
        consent=cast("Any", got.text("consent", "pending")),
        consent_note=got.text("consent_note"),
        anonymise=got.text("anonymise"),
        author_note=got.text("author_note"),
        editor_note=got.text("editor_note"),
        kind=got.text("kind", "comment"),
        place=block.place,
        places=got.places,
    )
