"""What can be wrong in an editor's Markdown."""

from __future__ import annotations

from overprint.diagnostics import Kind, Severity, error, warning

HEADING_JUMP = warning(
    "M201",
    "a heading of level {level} follows one of level {before}",
    "take away a `#`, or add the heading between",
    """Headings go down one level at a time, so that contents and screen readers can follow.

    Bad:
        ## Honey

        #### Colour

        It is gold.
    Good:
        ## Honey

        ### Colour

        It is gold.
    """,
)
NOTE_MISSING = error(
    "M206",
    "there is no note `[^{label}]`",
    "write `[^{label}]: the note` in a paragraph of its own",
    """A call such as `[^1]` in the text needs a note `[^1]: …` in the same file.

    Bad: Bees are busy.[^1]
    Good:
        Bees are busy.[^1]

        [^1]: Not all of them.
    """,
)
NOTE_UNUSED = warning(
    "M207",
    "the note `[^{label}]` is never called, so it is not printed",
    "put `[^{label}]` where it belongs, or delete the note",
    """A note that no call points to would not be in the books.

    Bad:
        Bees are busy.

        [^1]: Not all of them.
    Good:
        Bees are busy.[^1]

        [^1]: Not all of them.
    """,
)
RAW_HTML = warning(
    "M209",
    "`{tag}` is HTML, and manuscripts are Markdown: {fate}",
    "use *emphasis*, **strong**, [text](address), ![a picture](images/a.png) and so on; for the sign itself write \\<",
    """Only `<sup>`, `<sub>`, `<cite>` and `<br>` are kept. Of other HTML the words are printed, without the tag; what
    holds no words, such as a script or a picture, is left out. Neither book could show it safely.

    Bad: Bees are <font color="red">busy</font>.
    Good: Bees are *busy*, and water is H<sub>2</sub>O. <!-- This is not printed. -->
    """,
)
UNENDED = error(
    "M210",
    "`{tag}` is never ended, so all that follows would be left out",
    "end it where it should end, or delete it",
    """What stands in a comment, a script or a style is not printed. Nothing here says where it ends.

    Bad: Bees are busy. <script> They fly.
    Good: Bees are busy. <!-- Who says so? --> They fly.
    """,
)
TOO_DEEP = error(
    "M217",
    "lists or quotations are nested deeper than {limit}",
    "flatten them",
    """No page could show this, and deep nesting would stop the layout.

    Bad: > (100 times) Bees are busy.
    Good: > > Bees are busy.
    """,
)
UNBALANCED = error(
    "M218",
    "`{tag}` is opened and never closed, or closed and never opened",
    "write both `<{name}>` and `</{name}>` in one paragraph",
    """The few HTML tags that manuscripts may use come in pairs.

    Bad: Water is H<sub>2O.
    Good: Water is H<sub>2</sub>O.
    """,
)
HEADING_LEVEL = warning(
    "M202",
    "a heading of level 1 stands inside the text; it is set as level 2",
    "begin the line with `##`",
    """The essay's title is its only heading of level 1. Sections begin with `##`.

    Bad:
        # Honey

        It is sweet.
    Good:
        ## Honey

        It is sweet.
    """,
)
DEAD_LINK = error(
    "M303",
    "there is no place called `#{id}` in this text",
    "use one of: {known}",
    """A link that begins with # points to a heading of the same text, by the heading's words in lower case with
    hyphens or by its `{#name}`.

    Bad:
        See [below](#money).

        ## Honey

        It is sweet.
    Good:
        See [below](#honey), or [further below](#wax).

        ## Honey

        It is sweet.

        ## The many uses of wax {#wax}

        They are known.
    """,
)
BAD_LINK = error(
    "M304",
    "`{url}` is not an address that a book may link to",
    "use an address that begins with https://, http://, mailto:, tel: or #",
    """Links in a book lead to the web, to a letter or to another place in the book; other kinds are refused.

    Bad: See [my page](file:///home/ada/bees.html).
    Good: See [my page](https://example.org/bees), or [write](mailto:ada@example.org).
    """,
)
NO_ALT = Kind(
    "M312",
    Severity.WARNING,
    "the image `{src}` has no description",
    "describe it between the square brackets, or add {{.decorative}} after it",
    """Readers who cannot see the picture hear its description. A picture that says nothing is marked `{.decorative}`.

    A draft may wait for it, and the EPUB then says that it cannot be read in full without sight. With `--release` it is
    an error.

    Bad, in essay.md:
        ![](images/bee.png)
    and in images/bee.png:
        a picture of 1200 × 900 pixels
    Good, in essay.md:
        ![](images/bee.png){.decorative}
    and in images/bee.png:
        a picture of 1200 × 900 pixels
    """,
    gates_release=True,
)
REMOTE_IMAGE = error(
    "M316",
    "the image `{src}` is not in the manuscript",
    "save it into the essay's images/ folder and name it `images/…`",
    """Books are built without the network and only from files of the manuscript.

    Bad: ![A bee on a thistle](https://example.org/bee.png)
    Good, in essay.md:
        ![A bee on a thistle](images/bee.png)
    and in images/bee.png:
        a picture of 1200 × 900 pixels
    """,
)
