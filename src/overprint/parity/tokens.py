"""Words as both books can be compared by, and the other things that must not be lost among them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

SOFT_HYPHEN, PARTED = "\N{SOFT HYPHEN}", "\ufffe"
"""What stands in a word where a line may end, and where pdfium says that one did."""
LETTERS = r"[^\W\d_]+"
SIGNS = "$€£¥¢₹%‰&§°+−±×÷=≠<>≤≥"
"""Signs that are read aloud."""
WORDS = re.compile(rf"{LETTERS}(?:['’]{LETTERS})*['’]?|\d+|[{re.escape(SIGNS)}]")
"""An apostrophe belongs to a word, for “its” is not “it’s”; at the end of a line it parts one."""
MARKS = re.compile(rf"{WORDS.pattern}|[^\w\s]")
UNSEEN = frozenset({"Cc", "Cf", "Mn", "Me"})
"""Unicode's categories of what is not a sign by itself."""


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
    MARK = auto()
    """A mark of punctuation."""
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


def folded(text: str, *, marks: bool = False) -> Iterator[tuple[str, str]]:
    """Yield the words of a text, folded and as they are; figures are words apart from letters, and so are some signs.

    With `marks`, each mark of punctuation is a word too; a printed page has others where its lines end.

    >>> [*folded("The ﬁrst de\u00adcade’s 5%, 1922.")]
    [('the', 'The'), ('first', 'ﬁrst'), ("decade's", 'decade’s'), ('5', '5'), ('%', '%'), ('1922', '1922')]
    >>> [key for key, _ in folded("No, no.", marks=True)]
    ['no', ',', 'no', '.']
    """
    for chunk in text.replace(SOFT_HYPHEN, "").replace(PARTED, "").split():
        for found in (MARKS if marks else WORDS).findall(chunk):
            key = unicodedata.normalize("NFKC", found).casefold().replace("’", "'")
            if key and (len(key) > 1 or unicodedata.category(key) not in UNSEEN):
                yield key, found
