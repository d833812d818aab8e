"""Words as both books can be compared by, and the other things that must not be lost among them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

SOFT_HYPHEN, PARTED = "\N{SOFT HYPHEN}", "\ufffe"
"""What stands in a word where a line may end, and where pdfium says that one did."""
WORDS = re.compile(r"[^\W\d_]+|\d+")


class Sort(Enum):
    """What a token is."""

    WORD = auto()
    CALL = auto()
    """A figure that leads to a note, or begins one."""
    FIGURE = auto()
    """A figure that the layout makes: of a list, or of a page in the contents."""
    HEADING = auto()
    LETTER = auto()
    LINK = auto()
    NOTE = auto()
    PICTURE = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """Something that stands in a book.

    Attributes:
        key: what makes it this and no other; words are folded, so that the look of a typeface makes no difference.
        text: as a message shows it.
        sort: what it is.
        at: the nearest id above it in the manuscript's markup, or the page or document of a book.
        spare: it may be of a running head or a folio.
    """

    key: str
    text: str
    sort: Sort = Sort.WORD
    at: str = ""
    spare: bool = False


def folded(text: str) -> Iterator[tuple[str, str]]:
    """Yield the words of a text, folded and as they are; figures are words apart from letters.

    >>> [*folded("The ﬁrst de\u00adcade, 1922.")]
    [('the', 'The'), ('first', 'ﬁrst'), ('decade', 'decade'), ('1922', '1922')]
    """
    for chunk in text.replace(SOFT_HYPHEN, "").replace(PARTED, "").split():
        for found in WORDS.findall(chunk):
            if key := unicodedata.normalize("NFKC", found).casefold():
                yield key, found
