"""Files of a manuscript that attack: texts, keys, comments, styles, themes and profiles of one's own."""

from __future__ import annotations

from collections.abc import Iterator

from hostile.case import FIRST, LAST, TOLD, Case

ESSAY = "manuscript/essays/01-first-essay/essay.md"
COMMENTS = "manuscript/essays/01-first-essay/comments.md"
BOOK = "manuscript/book.yaml"
HIDDEN = "@CANARYDIR@/canary"
HEAD = "---\ntitle: T\nauthor: Ann Bee\n---\n\n"
KEYS = "title: My Book\nlanguage: en-GB\nidentifier: urn:uuid:5f0c1f0e-8a55-4f3c-9c7b-2a3f0f6c9d11\npublisher: P\ndate: 2026\n"

TEXTS: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "html": ("every tag that does something", "<script>alert(1)</script>\n\n<img src=x onerror=alert(1)> <iframe src='@TRAP@'></iframe> <b onclick=x>KEEPME-b</b>", (TOLD,)),
    "html-broken": ("tags in tags", "<scr<script>ipt>alert(1)</script> <svg/onload=alert(1)> <<b>> <a href=\"x\"y'>z", ()),
    "html-block": ("words in blocks of HTML", "<div>\n<p>KEEPME-b *x*</p>\n\n<table><tr><td>c</td></tr></table>\n</div>", (TOLD,)),
    "html-unended": ("a script that never ends", "<script>\n\nKEEPME-b", ("error_names:essay\\.md:8",)),
    "comment-unended": ("a comment that never ends", "<!-- a\n\nb", ("error_names:essay\\.md:8",)),
    "links": ("links of odd schemes", " ".join(f"[w]({each})" for each in ("java%0Ascript:1", "%01javascript:1", "blob:x", "epub:x", "//host/x", "<java script:1>", "JAVASCRIPT:1", "data:text/html;base64,x")), (TOLD,)),
    "autolinks": ("addresses that link themselves", "<javascript:alert(1)> <file:///etc/passwd> <mailto:a@b.c>", (TOLD,)),
    "reference": ("links by reference", "[a][x] ![b][y]\n\n[x]: javascript:1\n[y]: @TRAP@/a.png", (TOLD,)),
    "pictures": ("pictures from elsewhere", f"![a]({HIDDEN}.png)\n\n![b](file://{HIDDEN}.png)\n\n![c](@TRAP@/a.png)\n\n![d](images/..%2f..%2f..%2fetc%2fpasswd)", (TOLD,)),
    "picture-dots": ("a picture's path in code, twice", "![a](images/%252e%252e/%252e%252e/%252e%252e/book.yaml)", (TOLD,)),
    "attributes": ("attributes on words", 'A [b]{onclick=x style="a:url(@TRAP@)" lang="\\"><script>" class="a\\" b" id="a b"} KEEPME-b', ()),
    "note-ring": ("notes that call each other", "A[^a].\n\n[^a]: B[^b].\n\n[^b]: C[^a].", ()),
    "note-long": ("a note longer than a page", "A[^a].\n\n[^a]: " + "Long words of a note. " * 500 + "KEEPME-b", ()),
    "note-many": ("a thousand notes in one line", " ".join(f"a[^{n}]" for n in range(1_000)) + "\n\n" + "\n\n".join(f"[^{n}]: n{n}" for n in range(1_000)), ()),
    "table-wide": ("a table of 300 columns", "|a" * 300 + "|\n" + "|-" * 300 + "|\n" + "|KEEPME-b" * 300 + "|\n", (TOLD,)),
    "table-long": ("a table of 3,000 rows", "|a|b|\n|-|-|\n" + "|c|d|\n" * 3_000, ()),
    "quotes-deep": ("quotations nested deep", ">" * 3_000 + " deep", ("error_names:essay\\.md:8",)),
    "brackets": ("brackets without end", "[" * 20_000 + "![" * 20_000, ()),
    "stars": ("stars without end", "*a_ " * 20_000, ()),
    "backticks": ("ticks of every length", " ".join("`" * n for n in range(1, 400)), ()),
    "entities": ("entities that are no signs", "&#0; &#xD800; &#x110000; &#12345678; &bogus; &#xFFFE;", ()),
    "headings": ("a heading of a page", f"## {'Words of a heading ' * 400}", ()),
    "heading-ids": ("ids that clash", "\n\n".join(f"## H {{#{each}}}" for each in ("toc", "cover", "x", "x", "nav")), ()),
    "long-word": ("a word of 100,000 letters", "x" * 100_000 + " KEEPME-b", ()),
    "marks": ("marks piled high", "o" + "\u0301" * 3_000, ()),
    "emoji": ("signs of every sort", "👩‍👩‍👧‍👦🏳️‍🌈 🇦🇺 e\u0301 ﷽ 𒐫 ꧅", ()),
    "rtl": ("text from right to left", "שלום عربى abc \u200f KEEPME-b", ()),
    "template": ("marks of templates", "{{ 7*7 }} {% raw %} {{ ''.__class__ }} ${7} KEEPME-b", ()),
    "css-class": ("classes of the book's own", "[x]{.noteref .backlink .cover} KEEPME-b", ()),
    "fence": ("a fence that never ends", "```html\n<script>alert(1)</script>\nKEEPME-b", ()),
    "lists": ("lists as stairs", "\n".join(" " * 2 * n + "- x" for n in range(300)), (TOLD,)),
    "numbers": ("lists with huge numbers", "999999999. a\n\n1. b\n\n0. KEEPME-b", ()),
}  # fmt: skip

BOOKS: dict[str, tuple[str, str]] = {
    "title": ("a title of every mark", KEYS.replace("My Book", '"<b>&amp; \\" ]]> {{7*7}} \\u202Ex"')),
    "title-path": ("a title that is a path", KEYS.replace("My Book", "../../../tmp/op-title")),
    "title-long": ("a title of 20,000 letters", KEYS.replace("My Book", "Long " * 4_000)),
    "cover": ("a cover from elsewhere", f"{KEYS}cover: {HIDDEN}.png\n"),
    "cover-up": ("a cover from above", f"{KEYS}cover: ../../../..{HIDDEN}.png\n"),
    "contents": ("contents from elsewhere", f"{KEYS}contents: [../../../../etc, essays/01-first-essay]\n"),
    "theme": ("a theme that is a path", f"{KEYS}theme: ../../../../@CANARYDIR@\n"),
    "profile": ("a profile that is a path", f"{KEYS}profile: ../../@CANARYDIR@/canary\n"),
    "look": ("a look that breaks out of its sheet", f'{KEYS}look: {{text_face: "x; }} @import url(@TRAP@/a.css); a {{", accent: "url(@TRAP@)"}}\n'),
    "size": ("a page without size", f"{KEYS}trim: 0 x 0 in\n"),
    "size-huge": ("a page of a mile", f"{KEYS}trim: 63360 x 63360 in\n"),
    "tags": ("tags of YAML", f"{KEYS}subtitle: !!python/object/apply:os.system [touch {HIDDEN}]\n"),
    "merge": ("merge keys and anchors", f"x: &x {{a: b}}\n{KEYS}<<: *x\n"),
    "docs": ("two documents in one", f"{KEYS}---\n{KEYS}"),
    "bom": ("a mark in the middle", KEYS.replace("publisher", "\ufeffpublisher")),
    "outputs": ("an output that is a path", f"{KEYS}outputs: [../../x, epub]\n"),
    "url": ("a publisher's address that runs", f"{KEYS}rights: '<a href=\"javascript:1\">x</a>'\n"),
}  # fmt: skip

SHEETS: dict[str, tuple[str, str]] = {
    "import": ("sheets from elsewhere", f'@import url("file://{HIDDEN}.css"); @import "@TRAP@/a.css"; p {{ color: red }}'),
    "escape": ("addresses in escapes", rf"p {{ b\61 ckground: u\72l(file://{HIDDEN}.png); list-style: \55 RL(@TRAP@/a.png) }}"),
    "image-set": ("pictures in functions", 'p { background: image-set("@TRAP@/a.png" 1x); content: image(url(@TRAP@/b.png)) }'),
    "attr": ("addresses out of attributes", "a::after { content: url(attr(href)) } a { content: target-text(attr(href url)) }"),
    "face": ("a typeface from elsewhere", f"@font-face {{ font-family: x; src: url(file://{HIDDEN}.ttf), url(@TRAP@/a.ttf), local('x') }} p {{ font-family: x }}"),
    "profile": ("a colour profile from elsewhere", f"@color-profile --x {{ src: url(file://{HIDDEN}.png) }} p {{ color: color(--x 1 0 0) }}"),
    "attachment": ("a style that attaches", f"p {{ -weasy-link: url(file://{HIDDEN}.txt); link: url(@TRAP@) }}"),
    "namespace": ("a namespace that is an address", "@namespace x url(@TRAP@/ns); x|p { color: red }"),
    "bomb": ("variables that multiply", ":root { --a: x x x x x x x x x x; " + " ".join(f"--{chr(98 + n)}: {f'var(--{chr(97 + n)}) ' * 10};" for n in range(9)) + " } p { content: var(--j) }"),
    "ring": ("variables in a ring", ":root { --a: var(--b); --b: var(--a) } p { color: var(--a) }"),
    "calc": ("sums in sums", "p { margin: " + "calc(1pt + " * 2_000 + "1pt" + ")" * 2_000 + " }"),
    "nest": ("blocks in blocks", "p { " * 2_000 + "color: red" + " }" * 2_000),
    "sizes": ("sizes without measure", "p { font-size: 1e30pt; margin: -1e30pt; line-height: 0; column-count: 1000000 } @page { size: 1e9pt 1pt; margin: 99cm }"),
    "hidden": ("a sheet that hides the text", "p { display: none; visibility: hidden; font-size: 0; color: transparent; position: fixed; left: -99cm }"),
    "cut": ("a sheet that is cut off", "p { color: red; background: url('"),
    "not": ("selectors that take for ever", ", ".join("p:not(:has(*)):has(a, b) > * ~ * + *" for _ in range(300)) + " { color: red }"),
    "noise": ("bytes that are no sheet", "".join(map(chr, range(1, 0x250))) * 20),
    "counters": ("counters without end", "p { counter-increment: a 99999999 } p::before { content: counter(a, upper-roman) counter(a, symbols('x')) }"),
}  # fmt: skip


def cases() -> Iterator[Case]:
    """Yield the cases."""
    for name, (title, text, *musts) in TEXTS.items():
        body = f"{HEAD}{FIRST}.\n\n{text}\n\n{LAST}.\n"
        kept = (FIRST, LAST, *["KEEPME-b"] * ("KEEPME-b" in text and "unended" not in name))
        must = tuple(musts[0]) if musts else ()
        yield Case(f"m-{name}", "project", "", title, {ESSAY: body}, must=must, keep=kept)
    for name, (title, text) in BOOKS.items():
        yield Case(f"b-{name}", "project", "", title, {BOOK: text})
    for name, (title, text) in SHEETS.items():
        yield Case(f"s-{name}", "project", "", title, {"styles/shared.css": text, "styles/print.css": text})
    yield from _others()


def _others() -> Iterator[Case]:
    person = "---\nname: '<script>alert(1)</script>'\nsort: '{{7*7}}'\nurl: javascript:alert(1)\n---\n\nBio.\n"
    yield Case("p-person", "project", "", "a person who is a script", {"manuscript/people/x.md": person}, must=(TOLD,))
    up = "---\ntitle: T\nauthors: [../../../../../etc/passwd]\n---\n\nText.\n"
    yield Case("p-up", "project", "", "a person from above", {ESSAY: up}, "reject", ("error_names:essay\\.md:3",))
    ring = "".join(
        f"---\ncomment: {n}\nauthor: R\nreply_to: {n % 9 + 1}\ninclude: yes\n---\n\nA.\n" for n in range(1, 10)
    )
    yield Case(
        "k-ring", "project", "", "comments in a ring", {COMMENTS: ring}, "reject", ("error_names:comments\\.md",)
    )
    html = "---\ncomment: 1\nauthor: '<img src=x onerror=alert(1)>'\ninclude: yes\nconsent: granted\n---\n\n<b onclick=x>KEEPME-b</b> <script>x</script>\n"
    yield Case("k-html", "project", "", "a comment of HTML", {COMMENTS: html}, keep=("KEEPME-b",))
    mail = "---\ncomment: 1\nauthor: R\ninclude: yes\nconsent: granted\n---\n\nWrite to jane.secret@example.org.\n"
    yield Case("k-private", "project", "", "an address in a comment", {COMMENTS: mail}, must=(TOLD,))
    deep = "".join(f"---\ncomment: {n}\nauthor: R\nreply_to: {max(n - 1, 1)}\n---\n\nA.\n" for n in range(1, 2_000))
    yield Case("k-deep", "project", "", "a thread of two thousand", {COMMENTS: deep})
    theme = {
        "themes/evil/theme.yaml": "name: Evil\nabout: x\nextends: ../../../../@CANARYDIR@\ntokens: {}\n",
        BOOK: f"{KEYS}theme: evil\n",
    }
    yield Case(
        "y-theme",
        "project",
        "",
        "a theme that rests on a path",
        theme,
        "reject",
        ("error_names:theme\\.yaml|book\\.yaml",),
    )
    ours = {
        "themes/evil/theme.yaml": "name: Evil\nabout: '{{7*7}}'\nextends: octavo\ntokens: {text-face: 'x; } @import url(@TRAP@)'}\n",
        "themes/evil/opening.html": "{{ ''.__class__.__mro__ }}",
        BOOK: f"{KEYS}theme: evil\n",
    }
    yield Case("y-theme-code", "project", "", "a theme that runs and fetches", ours)
    profile = {
        "profiles/evil.yaml": f"title: Evil\nintent: {{identifier: x, icc: {HIDDEN}.png}}\nstandard: x4\n",
        BOOK: f"{KEYS}profile: evil\n",
    }
    yield Case("y-profile", "project", "", "a profile whose ICC file lies elsewhere", profile, must=(TOLD,))
    bomb = {"profiles/evil.yaml": "a: &a [x, x, x]\nb: &b [*a, *a, *a]\ntitle: *b\n", BOOK: f"{KEYS}profile: evil\n"}
    yield Case(
        "y-profile-bomb", "project", "", "a profile that multiplies", bomb, "reject", ("error_names:evil\\.yaml",)
    )
    yield Case(
        "y-link",
        "project",
        "",
        "an essay that leads out",
        {ESSAY: f"->{HIDDEN}.txt"},
        "reject",
        ("error_names:essay\\.md",),
    )
    yield Case(
        "y-styles-link", "project", "", "a sheet that leads out", {"styles/print.css": f"->{HIDDEN}.css"}, must=(TOLD,)
    )
    yield Case(
        "y-images-link",
        "project",
        "",
        "a folder of pictures that leads out",
        {"manuscript/essays/01-first-essay/images": "->@CANARYDIR@", ESSAY: f"{HEAD}{FIRST} ![a](images/canary.png)\n"},
        must=(TOLD,),
    )
