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


ANTHOLOGY = {
    "manuscript/book.yaml": GOOD["manuscript/book.yaml"]
    + """\
editors: bo-reed
bios: both
permissions_page: yes
contents:
  - part: The *Hive*
    essays: [essays/01-bees, essays/02-wax]
  - essays/03-winter
""",
    "manuscript/people/bo-reed.md": "---\nname: Bo Reed\n---\n\nBo Reed has never been stung.\n",
    "manuscript/people/cy-ash.md": "---\nname: Cy Ash\n---\n\nCy Ash draws maps of hives.\n",
    "manuscript/essays/01-bees/comments.md": GOOD["manuscript/essays/01-bees/comments.md"].replace(
        "consent: granted\n", "consent: granted\nconsent_note: e-mail, 1 March 2025\n"
    ),
    "manuscript/essays/02-wax/essay.md": """\
---
title: On Wax
authors: [bo-reed, ada-quill]
permission: granted
licence: CC BY 4.0
---

Wax remembers.
""",
    "manuscript/essays/02-wax/comments/01-cy.md": """\
---
comment: 1
author: Cyrus the Elder
anonymise: initials
include: yes
consent: granted
consent_note: letter, 3 March 2025
editor_note: The comb was in *Kent*.
---

So do combs.
""",
    "manuscript/essays/03-winter/essay.md": """\
---
title: On Winter
authors: bo-reed
permission: granted
---

Bees do not sleep.
""",
    "manuscript/frontmatter/01-dedication.md": "For whoever was stung.\n",
    "manuscript/frontmatter/02-foreword.md": "---\nauthors: cy-ash\n---\n\nRead on.[^1]\n\n[^1]: A note.\n",
    "manuscript/backmatter/01-note-on-the-text.md": "---\ntitle: A Note on the Text\n---\n\nIt is short.\n",
    "manuscript/backmatter/99-colophon.md": "Set in EB Garamond.\n",
}
"""What makes an anthology of the good book: parts, front and back matter, comments in files, an editor."""


def write_anthology(root: Path, overlay: dict[str, str] | None = None) -> Path:
    """Write the anthology into `root`; `overlay` replaces or adds files by their path."""
    for path, written in {**GOOD, **ANTHOLOGY, **(overlay or {})}.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(written, "utf-8", newline="")
    return root
