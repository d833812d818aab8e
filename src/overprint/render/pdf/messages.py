"""What the layout of pages says."""

from __future__ import annotations

from overprint.diagnostics import error, hint, warning

TIME = error(
    "P001",
    "the layout was stopped after {seconds} seconds of {clock}",
    "look for nested boxes, very long tables or very long paragraphs, and leave out pieces until it ends",
    manual="""Laying out the pages took far longer than a document of this size needs. Some constructions take for
    ever: a dozen boxes with `display: flex` inside each other, a table of ten thousand rows, a paragraph of a
    million characters. The last good book was not touched.""",
)
MEMORY = error(
    "P002",
    "the layout was stopped because it needs more than {megabytes} MB of memory",
    "make the largest pictures smaller, or build the book in two parts",
    manual="""Laying out the pages took more memory than a layout may use, so it was stopped before the machine
    suffered. Very large pictures are the usual reason: a picture of 12,000 by 12,000 dots takes more than a
    gigabyte. The last good book was not touched.""",
)
CRASH = error(
    "P003",
    "the layout crashed ({reason})",
    "run `overprint doctor`, which tries the typefaces and libraries one by one",
    manual="""The process that lays out the pages ended without a word. A damaged typeface or a fault in a system
    library, such as Pango, is the usual reason; the manuscript seldom is. The last good book was not touched.""",
)
SHORT = "close other programs, or allow more open files and processes (ulimit -n, ulimit -u), and build again"
NO_PANGO = error(
    "P004",
    "the layout cannot start: {reason}",
    "{install}",
    manual="""Pages are laid out with WeasyPrint, which uses the system's library Pango for letters and lines. It is
    not part of Python, so it has to be installed once with the system's own means. The EPUB needs none of it.""",
)
FAILED = error(
    "P005",
    "the layout failed while {task}: {reason}",
    "undo the latest change to the named part; if that does not help, report it with `--debug`",
    manual="""WeasyPrint, which lays out the pages, met something that it could not work with. The message says what
    it was doing and what it said. A style sheet with an unusual value is the usual reason.""",
)
NO_ROOM = error(
    "P030",
    "the layout cannot write its files ({why})",
    "free some space on the disk and build again, or build elsewhere with --out DIR",
    manual="""While pages are laid out, pictures and typefaces are kept in a hidden folder beside the books. The disk is
    full, or files may not be as large as they need to be. The last good book was not touched.""",
)
TOO_DEEP = error(
    "P006",
    "{where}: elements are nested more than {most} deep",
    "flatten the lists or quotations that stand inside each other",
    manual="""So many elements stand inside each other that the pages cannot be laid out. This comes from damaged or
    hostile pages, not from writing: a list in a list in a list is only six deep.""",
)
LONG_WORD = error(
    "P007",
    "a word of {length} characters starts with “{start}”",
    "put spaces into it, or take it out",
    manual="""A word without any place to break does not fit a line, and what does not fit the page is cut off
    without a word. Such words are almost always leftovers: a key, a picture's data, a line of code without spaces.
    Hyphens, soft hyphens and zero-width spaces make it breakable.""",
)
REFUSED = error(
    "P008",
    "“{url}” was not opened: it is not one of the book's files",
    "put the file into the manuscript and refer to it there",
    manual="""Pages are laid out from the book's own files only. Nothing is fetched from the network, and no other file
    of this machine is opened, whatever a comment, an imported page or a style sheet asks for. The message names the
    address as it was written.""",
)
IMAGE = error(
    "P009",
    "picture “{name}” cannot be shown: {reason}",
    "open the file in a picture program and save it again",
    manual="""A picture's file is there but damaged, empty or of a kind that cannot be printed, and the page has a hole
    in its place. PNG, JPEG, WebP, GIF and SVG work.""",
)
GLYPH = error(
    "P010",
    "the typefaces have no sign for “{char}” ({code}), {where}",
    "choose a typeface that has it, or write it another way",
    manual="""A character is in none of the book's typefaces, so an empty box would be printed. Other typefaces that
    this machine may have are not used, because the book would then look different on each machine.""",
)
FACE = error(
    "P011",
    "a cut of typeface “{family}” cannot be loaded",
    "replace its file",
    manual="""The file of a typeface is damaged or empty. Another cut would have been printed in its place.""",
)
FAKED = error(
    "P040",
    "“{family}” has no {what}, {where}",
    "choose a typeface that has it, or take the {what} away there: in the text, or in the style sheet for print",
    manual="""Something is to be bold, in italics, in small capitals or with old-style figures, and the typeface has no
    such letters. They would have to be made up: slanted, or left as they are. A made-up italic looks like a
    mistake, and small capitals that are not there turn a name into ordinary letters, so nothing is printed until the
    style asks for what there is. The manuscript is seldom wrong; a changed typeface in `styles/` often is.""",
)
STYLE = warning(
    "P012",
    "style sheet: {line}",
    "correct the rule, or take it out of the sheet for print",
    manual="""A rule in a style sheet was not understood and had no effect on the printed pages. The properties that
    WeasyPrint knows are fewer than those of a browser; the EPUB may still use the rule.""",
)
LINK = error(
    "P013",
    "a link leads to “{target}”, which is not in the book, {where}",
    "correct the link, or take it out",
    manual="""A link or a page number in the contents points to a place that does not exist in the printed book. Either
    the name is misspelt or the piece that it named was left out.""",
)
TWICE = error(
    "P014",
    "two elements have the id “{id}”",
    "rename one of them",
    manual="""Links and the page numbers of the contents need each name to stand for one place. With two, they lead to
    the first, which may be the wrong one.""",
)
LOST = error(
    "P015",
    "{lost} of {all} letters are on no page, {where}",
    "{advice}",
    manual="""Text that was in the document is not on the pages. A footnote longer than a page, a table with too many
    columns and a line that runs over the page's edge are cut off without a word, so the letters of each paragraph are
    counted before and after. The message shows the first words of the paragraph that is not whole.""",
)
UNKNOWN = warning(
    "P016",
    "the layout says: {line}",
    manual="""WeasyPrint, which lays out the pages, said something that overprint has no words for. Look at the
    page in question; if it is good, the message can be left alone.""",
)
UNWRITABLE = error(
    "P018",
    "the PDF cannot be written: {reason}",
    "make room on the disk, or choose a folder that can be written",
    manual="""The pages were laid out but could not be saved. The disk is full or the folder is not yours to write in.
    The last good book was not touched.""",
)
UNREADABLE = error(
    "P019",
    "“{name}” cannot be read: {reason}",
    "put a regular file of less than 100 MB in its place",
    manual="""One of the book's own files has gone, is a folder or a device, or is larger than 100 MB.""",
)
DRIFTED = warning(
    "P020",
    "a footnote stands on sheet {note}, and its call on sheet {call}: {where}",
    "shorten the note, or change a line or two of the text around its call",
    manual="""A reader looks for a note at the foot of the page. This one did not fit there and went on to the next.
    Sheets are counted from the first page of the file.""",
)
UNSETTLED = warning(
    "P021",
    "the page numbers in the text do not settle",
    "change the words around a page number so that its line does not turn over",
    manual="""Each time the pages are laid out with the right page numbers, a line turns over and the numbers change
    again. The book has the numbers of the last try, of which some may be one off.""",
)
WHOLE = hint(
    "P022",
    "the pages are laid out in one go, which takes longer: the style sheets use `{reason}`",
    "leave it so, or take that out of styles/print.css to have only changed essays laid out again",
    manual="""Each essay is laid out by itself and kept, so that the next build lays out only what has changed. Some
    means of CSS join the essays so closely that this cannot be: a counter that runs through the book, an element that
    moves into the margin or stands on every page, an essay that begins in the middle of a page. The book is then laid
    out as one document. It is the same book, and takes two or three times as long.""",
)
LARGE_TABLE = error(
    "P023",
    "{where}: a table has more than {most} cells, or a cell that takes a thousand rows or columns",
    "split the table, or leave out what nobody will read",
    manual="""Pages are laid out with all of a table in mind, so a table of thousands of rows takes minutes, and one
    with a cell that claims a million columns never ends. Such tables come from spreadsheets and damaged pages.""",
)
LONG_PARAGRAPH = error(
    "P024",
    "{where}: {length} characters stand without a new paragraph; {most} are the most",
    "break the text into paragraphs",
    manual="""Lines are broken with the whole paragraph in mind. A whole book in one paragraph takes hours. An empty
    line in the manuscript begins a new paragraph; an import that lost them all may be worth repeating.""",
)

LINE_BY_LINE = hint(
    "P025",
    "a paragraph is broken line by line, {where}: {reason}",
    "look at its word spaces, and reword it if they are wide",
    manual="""Justified paragraphs are broken into lines as a whole, which keeps the spaces between words even and
    words undivided. A few things are beyond that: text that runs from right to left, pictures in the middle of a
    line, a word that is longer than the line. Such a paragraph is filled one line after the other, and its spaces may
    be wider.""",
)
UNTRIED = hint(
    "P029",
    "paragraphs are broken line by line: WeasyPrint {version} was not tried with whole paragraphs, {tried} was",
    "install WeasyPrint {tried}",
    manual="""Justified paragraphs are broken into lines as a whole, by a part of overprint that knows one version of
    WeasyPrint well. Another version is left alone. The book is the same, with wider spaces between words.""",
)
NO_COVER = error(
    "P041",
    "the picture of the cover cannot be read: {reason}",
    "save it again as JPEG, in a program for pictures",
    manual="""The file that `cover:` in book.yaml names is no JPEG or PNG, whatever its name says, or it is damaged or
    has far too many pixels. The last good book was not touched.""",
)
UNLEVEL = hint(
    "P043",
    "pages {verso} and {recto} do not end level: page {short} ends {lines} early, {where}",
    "make a paragraph on one of them a line longer or shorter",
    manual="""Facing pages end on the same line, or both a line early. overprint fills a page that ends short: it gives
    a paragraph another line where its spaces allow it, adds white where a blank line is, or lets both pages end
    early. Where nothing of that works, some words more or fewer do. A picture or a table that found no room can be
    moved to another paragraph.""",
)
HOLE = hint(
    "P044",
    "page {page} ends {lines} early, {where}",
    "move the picture, the table or the note that comes next to another paragraph",
    manual="""What comes next in the text must not be torn, and found no room on this page: a picture, a table, a
    heading with its first lines, a line with a long footnote. The page was filled as far as it could be.""",
)
RUNT = hint(
    "P045",
    "page {page} holds only {lines}, {where}",
    "make the text before it a few lines longer or shorter",
    manual="""The last page of a text should hold five lines at least, or it looks left over. overprint lengthens and
    shortens paragraphs before it by a line where their spaces allow it; here that was not enough.""",
)
TOO_LARGE = error(
    "P042",
    "the PDF would be larger than {gigabytes} GB",
    "cut the book into volumes, each with its own `contents:`",
    manual="""A PDF as overprint writes it, and as most programs read it, ends at four gigabytes. A book of that size
    has tens of thousands of essays or a great many large pictures. The last good book was not touched.""",
)

LIBRARIES = (
    "install Pango: `apt install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0` on Debian and Ubuntu, "
    "`brew install pango` on macOS"
)
