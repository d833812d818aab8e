"""The keys that editors may write in essays, people and comments; the reference page is made from them."""

from __future__ import annotations

from overprint.fields import Key

KINDS = (
    "dedication",
    "epigraph",
    "foreword",
    "preface",
    "introduction",
    "acknowledgments",
    "afterword",
    "appendix",
    "glossary",
    "bibliography",
    "colophon",
)
"""What front and back matter may be, in the words of EPUB's structural semantics."""
CONSENT = ("granted", "pending", "refused", "not-needed")

ESSAY = (
    Key("title", "text", "the essay's title", required=True),
    Key("subtitle", "text", "the essay's subtitle"),
    Key("authors", "texts", "who wrote it: file names in people/ without .md", required=True, also=("author",)),
    Key("date", "date", "when it first appeared"),
    Key(
        "source",
        "map",
        "where it first appeared",
        keys=(
            Key("publication", "text", "magazine or site"),
            Key("url", "url", "its address"),
            Key("retrieved", "date", "when it was taken from there"),
        ),
    ),
    Key("permission", "choice", "whether the author lets you print it", choices=CONSENT),
    Key("permission_note", "text", "how and when the author said so"),
    Key("licence", "text", "the licence it stands under, such as CC BY 4.0; printed on the copyright page"),
    Key("language", "language", "its language, where it is not the book's", also=("lang",)),
    Key("abstract", "text", "a sentence or two set under the title", also=("description", "summary")),
)
SECTION = (
    Key("title", "text", "its heading; by default the usual word for its kind, such as Foreword"),
    Key("kind", "choice", "what it is; by default as its file is called", choices=tuple(KINDS)),
    Key("authors", "texts", "who wrote it: file names in people/ without .md", also=("author",)),
    Key("language", "language", "its language, where it is not the book's", also=("lang",)),
)
PERSON = (
    Key("name", "text", "the name as printed", required=True),
    Key("sort", "text", "the name as a catalogue files it: Riboldi, Mark"),
    Key("url", "url", "the person's own page"),
)
COMMENT = (
    Key("comment", "number", "its number on the source", required=True),
    Key("id", "text", "its identifier on the source"),
    Key("author", "text", "the name as written, or a file name in people/ without .md"),
    Key("date", "date", "when it was written"),
    Key("reply_to", "numbers", "the number of the comment it answers, or a list"),
    Key("include", "flag", "yes prints it"),
    Key("consent", "choice", "whether its writer lets you print it", choices=CONSENT),
    Key("consent_note", "text", "how and when the writer said so"),
    Key("anonymise", "text", "a name to print instead, or `initials`"),
    Key("author_note", "text", "how the name is known; not printed"),
    Key("editor_note", "text", "the editor's word on it, printed below it in brackets"),
    Key("kind", "choice", "what the source calls it", choices=("comment", "pingback", "trackback")),
    Key("url", "url", "its address"),
)
