"""Rules on the assembled book."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from overprint.checks.rules import Rules, Say
from overprint.diagnostics import Diagnostic, Severity
from overprint.model import Book

RULES = Rules[Book]()
SIGNS = {
    "image/jpeg": (b"\xff\xd8\xff",),
    "image/png": (b"\x89PNG\r\n\x1a\n",),
    "image/gif": (b"GIF87a", b"GIF89a"),
}
LARGEST_IMAGE = 100 * 2**20


@RULES.rule("M311", Severity.ERROR, "the image `{name}` {fault}", "put the file there, or correct its name")
def image_unusable(say: Say, book: Book) -> Iterator[Diagnostic]:
    """A picture is a file in its essay's folder, of the kind that its name says, inside the project.

    Bad, in essay.md:
        ![A bee on a thistle](images/bea.png)
    and in images/bee.png:
        a picture of 1200 × 900 pixels
    Good, in essay.md:
        ![A bee on a thistle](images/bee.png)
    and in images/bee.png:
        a picture of 1200 × 900 pixels
    """
    for image in book.images:
        fault = fault_of(image.path, image.media_type)
        if fault:
            yield say(image.place, name=image.path.name, fault=fault)


def fault_of(path: Path, media_type: str) -> str:
    """Say why a picture cannot be used, or nothing."""
    try:
        if not path.is_file():
            return "is not there"
        manuscript = next((folder for folder in path.parents if (folder / "book.yaml").exists()), None)
        if manuscript is None or not path.resolve().is_relative_to(manuscript.resolve()):
            return "leads outside the project"
        if path.stat().st_size > LARGEST_IMAGE:
            return f"is larger than {LARGEST_IMAGE // 2**20} MB"
        with path.open("rb") as file:
            head = file.read(16)
    except OSError as failed:
        return f"cannot be read ({failed.strerror})"
    if not head:
        return "is empty"
    signs = SIGNS.get(media_type)
    if signs and not head.startswith(signs):
        return f"is not {media_type.partition('/')[2].upper()} inside, though its name says so"
    return ""
