"""One good book for tests; each fault is an overlay of the files that differ."""

from __future__ import annotations

from pathlib import Path

GOOD = {
    "manuscript/book.yaml": """\
title: Small Book
language: en-GB
identifier: urn:uuid:7c1d4c0e-5a0b-4b6e-9a51-0d1f5c9b2a10
date: 2025-03-14
publisher: Testing Press
""",
    "manuscript/people/ada-quill.md": """\
---
name: Ada Quill
---

Ada Quill keeps bees and writes about them.
""",
    "manuscript/essays/01-bees/essay.md": """\
---
title: On Bees
authors: [ada-quill]
source:
  publication: The Hive
permission: granted
---

Bees are *busy*, and [a page](https://example.org/bees) says so.[^1]

## 1. Honey

It is sweet.

[^1]: Not all of them.
""",
    "manuscript/essays/01-bees/comments.md": """\
---
comment: 1
author: Rowan Tull
date: 2025-03-15
include: yes
consent: granted
---

I keep wasps.

---
comment: 2
author: Jane
include: no
---

Never printed: marmalade.

---
comment: 3
author: ada-quill
reply_to: 1
include: yes
consent: not-needed
---

Wasps are busy too.
""",
}


def write(root: Path, **overlay: str) -> Path:
    """Write the good book into `root`; overlay keys are `book`, `person`, `essay`, `comments`."""
    names = dict(zip(("book", "person", "essay", "comments"), GOOD, strict=True))
    for name, path in names.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(overlay.get(name, GOOD[path]), "utf-8", newline="")
    return root


def text(name: str) -> str:
    """Return a file of the good book by its short name."""
    return dict(zip(("book", "person", "essay", "comments"), GOOD.values(), strict=True))[name]
