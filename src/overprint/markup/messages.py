"""What can be wrong in an editor's Markdown."""

from __future__ import annotations

from overprint.diagnostics import error, warning

HEADING_JUMP = warning(
    "M201",
    "a heading of level {level} follows one of level {before}",
    "take away a `#`, or add the heading between",
    "Headings go down one level at a time, so that contents and screen readers can follow.",
)
NOTE_MISSING = error(
    "M206",
    "there is no note `[^{label}]`",
    "write `[^{label}]: the note` in a paragraph of its own",
    "A call such as `[^1]` in the text needs a note `[^1]: …` in the same file.",
)
NOTE_UNUSED = warning(
    "M207",
    "the note `[^{label}]` is never called, so it is not printed",
    "put `[^{label}]` where it belongs, or delete the note",
    "A note that no call points to would not be in the books.",
)
RAW_HTML = error(
    "M209",
    "`{tag}` is HTML, and manuscripts are Markdown",
    "use *emphasis*, **strong**, [text](address) and so on; for the sign itself write \\<",
    "Only `<sup>`, `<sub>`, `<cite>` and `<br>` are kept. Other HTML is refused: neither book could show it safely.",
)
TOO_DEEP = error(
    "M217",
    "lists or quotations are nested deeper than {limit}",
    "flatten them",
    "No page could show this, and deep nesting would stop the layout.",
)
UNBALANCED = error(
    "M218",
    "`{tag}` is opened and never closed, or closed and never opened",
    "write both `<{name}>` and `</{name}>` in one paragraph",
    "The few HTML tags that manuscripts may use come in pairs.",
)
HEADING_LEVEL = warning(
    "M202",
    "a heading of level 1 stands inside the text; it is set as level 2",
    "begin the line with `##`",
    "The essay's title is its only heading of level 1. Sections begin with `##`.",
)
DEAD_LINK = error(
    "M303",
    "there is no place called `#{id}` in this text",
    "use one of: {known}",
    "A link that begins with # points to a heading of the same text, by the heading's words in lower case with hyphens "
    "or by its `{#name}`.",
)
BAD_LINK = error(
    "M304",
    "`{url}` is not an address that a book may link to",
    "use an address that begins with https://, http://, mailto:, tel: or #",
    "Links in a book lead to the web, to a letter or to another place in the book; other kinds are refused.",
)
EMPTY_LINK = warning(
    "M301",
    "this link to {url} has no text",
    "put words between the square brackets",
    "A link without words cannot be seen or heard.",
)
NO_ALT = warning(
    "M312",
    "the image `{src}` has no description",
    "describe it between the square brackets, or add {{.decorative}} after it",
    "Readers who cannot see the picture hear its description. A picture that says nothing is marked `{.decorative}`.",
)
REMOTE_IMAGE = error(
    "M316",
    "the image `{src}` is not in the manuscript",
    "save it into the essay's images/ folder and name it `images/…`",
    "Books are built without the network and only from files of the manuscript.",
)
