"""What the file of a profile may say."""

from __future__ import annotations

from overprint.fields import Key
from overprint.press import spot

LENGTH = "such as 0.125in or 3mm"
KEYS = (
    Key("title", "text", "who takes such files", required=True),
    Key("like", "text", "the profile that it rests on; then only what differs need be said"),
    Key("dated", "date", "when the facts were last looked up"),
    Key("sources", "texts", "where they are from"),
    Key("unknown", "texts", "what could not be established, in words"),
    Key("standard", "choice", "the standard that files claim", choices=("none", "x1a", "x4")),
    Key("pdf", "choice", "the version of PDF", choices=("1.3", "1.4", "1.6", "1.7")),
    Key("colour", "choice", "black ink alone, four inks, or a screen's light", choices=("mono", "cmyk", "srgb")),
    Key(
        "intent",
        "map",
        "the printing condition that colours are meant for",
        keys=(
            Key("identifier", "text", "its name, such as FOGRA39", required=True),
            Key("registry", "text", "who registered it, such as http://www.color.org"),
            Key("info", "text", "what it is, in words"),
            Key(
                "icc", "text", "the ICC profile: a path from the book's folder, or the name of a file that is installed"
            ),
        ),
    ),
    spot.KEY,
    Key("ink_limit", "number", "the most ink on a spot, in per cent"),
    Key(
        "bleed",
        "map",
        "how far ink runs over the edges of pages, where it does",
        keys=tuple(Key(side, "length", LENGTH) for side in ("top", "bottom", "outer", "inner")),
    ),
    Key("marks", "flag", "yes sets crop marks outside the bleed"),
    Key("safety", "length", f"the least distance of text from the edges, {LENGTH}"),
    Key(
        "gutters",
        "entries",
        "the least inner margin by page count",
        keys=(
            Key("from", "number", "the fewest pages that it is for", required=True),
            Key("to", "number", "the most", required=True),
            Key("inner", "length", f"the margin, {LENGTH}", required=True),
        ),
    ),
    Key(
        "pages",
        "map",
        "how many pages the book may have",
        keys=(
            Key("least", "number", "the fewest"),
            Key("most", "number", "the most"),
            Key("multiple", "number", "their number is a multiple of it; blank pages fill up"),
            Key("last_blank", "flag", "yes leaves the last page blank"),
        ),
    ),
    Key("trims", "texts", "sizes of pages; by default all are taken"),
    Key(
        "pictures",
        "map",
        "pixels to an inch of pictures as printed",
        keys=(Key("least", "number", "the fewest"), Key("most", "number", "the most")),
    ),
    Key("annotations", "flag", "no takes links out"),
    Key("outline", "flag", "no takes bookmarks out"),
    Key("metadata", "flag", "no takes out what tells title and author, and tags"),
    Key("transparency", "flag", "no allows none"),
    Key("opentype", "flag", "no unwraps fonts with PostScript outlines from their OpenType files"),
    Key("type_least", "length", "the smallest type, such as 7pt"),
    Key("hairline", "length", "the thinnest line, such as 0.25pt"),
    Key("megabytes", "number", "the largest file"),
    Key(
        "spine",
        "map",
        "how thick the book is",
        keys=(
            Key(
                "papers",
                "entries",
                "papers; the first is taken where the book names none",
                required=True,
                keys=(
                    Key("name", "text", "such as white", required=True),
                    Key("page", "length", "how much the spine grows with a page, such as 0.002252in", required=True),
                ),
            ),
            Key("cover", "length", "what the cover adds"),
            Key("text_from", "number", "the fewest pages of a book with words on its spine"),
            Key("clear", "length", "how far those stay from the folds"),
        ),
    ),
    Key(
        "barcode",
        "map",
        "where the barcode stands on the back cover",
        keys=(
            Key("width", "length", "of its white box", required=True),
            Key("height", "length", "of its white box", required=True),
            Key("spine", "length", "how far from the spine", required=True),
            Key("foot", "length", "how far from the foot", required=True),
        ),
    ),
    Key("cover_bleed", "length", f"how far the cover runs over its edges, {LENGTH}"),
)
