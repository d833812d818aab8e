"""Read the front and back matter: a foreword, a dedication, a colophon. What a file is called says what it is."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from overprint import fields, files, project
from overprint.diagnostics import Made, Place, Stop
from overprint.manuscript import blocks, schema
from overprint.model import Matter, Section, Text

FOLDERS = {"frontmatter": "front", "backmatter": "back"}
ALIKE = {"acknowledgements": "acknowledgments", "thanks": "acknowledgments", "prologue": "introduction"}


def read(path: Path, root: Path) -> Made[Section]:
    """Read one text; its keys may be left out where the name of its file says all.

    Raises:
        Stop: it cannot be read.
    """
    text, said = files.read_text(path, root)
    where = files.shown(path, root)
    block, block_said = blocks.front_matter(text, where, optional=True)
    said += block_said
    if block is None:
        raise Stop(*said)
    got = fields.read(block.head, block.head_place, schema.SECTION)
    name = path.stem.partition("-")[2] if path.stem[:1].isdigit() and "-" in path.stem else path.stem
    slug = project.slug(name) or "text"
    kind = got.value.text("kind") or ALIKE.get(slug, slug)
    kind = kind if kind in schema.KINDS else ""
    title = got.value.text("title")
    if not title and not kind and not got.diagnostics:
        said += (fields.MISSING.at(Place(where, 1, 1), key="title"),)
    matter = cast("Matter", FOLDERS[path.parent.name])
    section = Section(
        slug=f"{matter}-{slug}",
        path=path.relative_to(root / "manuscript").as_posix(),
        matter=matter,
        kind=kind,
        title=title,
        body=Text(block.body, block.body_place),
        authors=got.value.texts("authors"),
        language=got.value.text("language"),
        place=block.place,
        places=got.value.places,
    )
    return Made(section, said + got.diagnostics)
