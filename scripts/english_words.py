"""Make src/overprint/checks/words/ from SCOWL: needs the folder of its lists (Debian: scowl, /usr/share/dict/scowl).

SCOWL sorts words by how common they are, from 10 to 95. The file has four parts, divided by empty lines: common words,
other known words, names, and all words and names of SCOWL that would pass for two words that have run together.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from pathlib import Path

from overprint.checks.english import FILE, LITTLE, Lexicon

COMMON, KNOWN, NAMES, ALL = 20, 35, 50, 95
RARE = ("variant_2", "variant_3")
# Words that are younger than SCOWL or that it leaves out, and that would pass for two.
NEWER = """howto linkedin localhost inbox incel inpainting insourced onboarding oncall onscreen onsite nofollow noindex
noscript nosql bycatch whataboutism whataboutery whodunnit anycast todo redstone"""


def words(folder: Path, size: int, kinds: Iterable[str], *, rare: bool = False) -> frozenset[str]:
    """Return the words of some kinds of list, up to a size."""
    found: set[str] = set()
    for path in sorted(folder.iterdir()):
        family, _, kind = path.stem.partition("-")
        if kind in kinds and int(path.suffix[1:]) <= size and (rare or not family.startswith(RARE)):
            found.update(path.read_text("latin-1").split())
    return frozenset(found)


def plain(found: frozenset[str]) -> frozenset[str]:
    """Leave out possessives, abbreviations and letters."""
    return frozenset(word for word in found if word.isalpha() and len(word) > 1)


def build(folder: Path) -> Lexicon:
    """Return the lexicon that the lists give."""
    common = plain(words(folder, COMMON, ["words"]))
    known = plain(words(folder, KNOWN, ["words"])) | LITTLE
    names = plain(words(folder, NAMES, ["upper", "proper-names"]))
    bare = Lexicon(common, known, names, frozenset())
    kinds = ["words", "upper", "proper-names", "contractions", "abbreviations", "numerals", "hacker"]
    every = {re.split("'", word)[0] for word in words(folder, ALL, kinds, rare=True)} | set(NEWER.split())
    return Lexicon(common, known, names, frozenset(word.lower() for word in every if bare.cut(word)))


if __name__ == "__main__":
    made = build(Path(sys.argv[1]))
    parts = (made.common, made.known - made.common - LITTLE, made.names, made.whole)
    FILE.write_text("\n\n".join("\n".join(sorted(part)) for part in parts) + "\n", "utf-8")
