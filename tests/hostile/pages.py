"""Pages, exports and texts to import that attack the importer, the book, or whoever reads it."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator

from hostile.case import FIRST, LAST, TOLD, Case

FILL = "<p>" + "An ordinary sentence about bees and their keepers stands here. " * 6 + "</p>"
HIDDEN = "@CANARYDIR@/canary"
DEEP = 3_000
DATA = base64.b64encode(b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>').decode()


def page(body: str, head: str = "") -> str:
    """Return an essay's page with something between its first and its last paragraph."""
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A Page</title>{head}</head><body><article>'
        f"<h1>A Page</h1><p>{FIRST} begins.</p>{FILL}{body}{FILL}<p>{LAST} ends.</p></article></body></html>"
    )


BODIES: dict[str, tuple[str, str]] = {
    "svg-script": ("scripts inside SVG", '<svg onload=alert(1)><script>alert(1)</script><a href="javascript:1"></a></svg>'),
    "math": ("MathML with a link that runs", '<math><maction actiontype="statusline" xlink:href="javascript:1">x</maction></math>'),
    "mxss-noscript": ("markup that changes when read twice", '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>'),
    "mxss-style": ("a style inside foreign markup", "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'>"),
    "mxss-namespace": ("namespaces that change back", '<form><math><mtext></form><form><mglyph><svg><mtext><style><path id="</style><img onerror=alert(1) src>">'),
    "template": ("words in a template", "<template><script>alert(1)</script></template>"),
    "srcset": ("pictures of which a reader chooses", '<picture><source srcset="@TRAP@/a.webp 2x"><img src="@TRAP@/a.png" srcset="@TRAP@/b.png 2x" alt="a"></picture>'),
    "css-url": ("addresses in style attributes", '<p style="background:url(@TRAP@/a.png);list-style:url(file://@CANARYDIR@/canary.png)">styled</p>'),
    "css-escape": ("addresses in escaped styles", r'<p style="b\61 ckground:u\72l(@TRAP@/a.png)">styled</p>'),
    "link-import": ("sheets and imports", '<link rel=stylesheet href="file://@CANARYDIR@/canary.css"><style>@import "@TRAP@/a.css";</style>'),
    "object": ("objects and embedded files", '<object data="file://@CANARYDIR@/canary.txt">x</object><embed src="file://@CANARYDIR@/canary.svg"><iframe srcdoc="&lt;img src=@TRAP@/x&gt;"></iframe>'),
    "form": ("a form", '<form action="@TRAP@/steal"><input name=a><button formaction="javascript:1">Send</button></form>'),
    "meta-refresh": ("a page that leads elsewhere", '<meta http-equiv="refresh" content="0;url=@TRAP@/">'),
    "video": ("films and sounds", '<video poster="@TRAP@/p.png" autoplay><source src="file://@CANARYDIR@/canary.txt"></video><audio src="@TRAP@/a.mp3"></audio>'),
    "background": ("an attribute that shows a picture", '<table background="file://@CANARYDIR@/canary.png"><tr><td background="@TRAP@/a.png">cell</td></tr></table>'),
    "links-odd": ("links of odd schemes", "".join(f'<p><a href="{each}">word</a></p>' for each in ("java\nscript:1", "&#1;javascript:1", "JaVaScRiPt&colon;1", "vbscript:1", "data:text/html,x", "blob:x", "epub:x", "//host/x", "file:///etc/passwd", "\\\\host\\share", "http://a b/", "view-source:x"))),
    "ids": ("ids that clash with the book's own", "".join(f'<p id="{each}">x <a href="#{each}">y</a></p>' for each in ("toc", "cover", "nav", "a b", "1", "é", "../x", '"><script>'))),
    "entities": ("broken entities", "<p>&#0; &#xD800; &#x110000; &#xFFFE; &#99999999999999999999; &bogus; &amp &lt</p>"),
    "comments": ("broken comments", "<!--> <!---> <!-- -- --> <!--- a --!> <![CDATA[ x ]]> <?php echo 1 ?> <!doctype b>"),
    "unclosed": ("nothing is closed", "<b><i><u><ul><li><blockquote><table><tr><td><pre><h2>never"),
    "controls": ("control signs", "<p>a\x00b\x0bc\x1bd\x7fe\ufffef\ufdd0g\u2028h\u2029i</p>"),
    "turned": ("text that is turned round", "<p>user\u202e\u2066txt.exe\u2069</p>"),
    "zalgo": ("marks piled high", "<p>" + "o" + "\u0300\u0323\u0489" * 400 + "</p>"),
    "wide-table": ("a table of many columns", "<table><tr>" + "".join(f"<td>c{n}</td>" for n in range(400)) + "</tr></table>"),
    "span-table": ("cells that span a million columns", '<table><tr><td colspan="1000000" rowspan="65534">cell</td></tr></table>'),
    "long-word": ("a word without end", f"<p>{'x' * 60_000}</p>"),
    "long-attribute": ("an attribute of a megabyte", f'<p title="{"y" * 1_000_000}">titled</p>'),
    "many-attributes": ("ten thousand attributes", "<p " + " ".join(f"a{n}=1" for n in range(10_000)) + ">attributed</p>"),
    "deep-lists": ("lists nested deep", "<ul><li>" * 400 + "KEEPME-deep" + "</li></ul>" * 400),
    "deep-spans": ("spans nested deep", "<span>" * DEEP + "KEEPME-deep" + "</span>" * DEEP),
    "deep-quotes": ("quotations nested deep", "<blockquote>" * 300 + "<p>KEEPME-deep</p>" + "</blockquote>" * 300),
    "footnotes": ("notes that call each other", '<p>a<sup><a href="#n1" id="r1">1</a></sup></p><ol><li id="n1">b <a href="#n1">1</a> <a href="#r1">↩</a></li></ol>'),
    "shadow": ("a shadow root", "<div><template shadowrootmode=open><p>x</p><script>alert(1)</script></template></div>"),
    "data-picture": ("a picture in an address that is a script", f'<img alt="a" src="data:image/svg+xml;base64,{DATA}">'),
    "percent": ("paths written in code twice", '<img alt="a" src="%252e%252e/%252e%252e/@CANARYDIR@/canary.png"><img alt="b" src="..%2f..%2f..%2f..%2f..%2f@CANARYDIR@/canary.png">'),
    "json-ld": ("facts in broken JSON", '<script type="application/ld+json">{"@type":"Article","headline":"' + "[" * 5_000 + '</script><script type="application/ld+json">' + "[" * 20_000 + "</script>"),
}  # fmt: skip

SWALLOWING = ("ids", "mxss-namespace")
"""These open a script or a drawing that holds the rest of the page, as browsers see it; it has to be told."""
HEADS: dict[str, tuple[str, str]] = {
    "base": ("a base that moves every address", '<base href="file://@CANARYDIR@/">'),
    "title-breaks": ("a title with line ends and tags", '<meta property="og:title" content="A&#10;B: [c](d) <b>*e*</b> &quot; \\">'),
    "title-path": ("a title that is a path", '<meta property="og:title" content="../../../tmp/op-title">'),
    "meta-charset": ("a charset that is a lie", '<meta http-equiv="content-type" content="text/html; charset=utf-7">'),
    "canonical": ("an address that is none", '<link rel="canonical" href="javascript:alert(1)"><meta property="og:url" content="file:///etc/passwd">'),
}  # fmt: skip


def wxr(item: str, head: str = "") -> str:
    """Return an export of WordPress with one post; `item` follows its text."""
    names = "content:http://purl.org/rss/1.0/modules/content/ dc:http://purl.org/dc/elements/1.1/ wp:http://wordpress.org/export/1.2/"
    spaces = " ".join(f'xmlns:{each.partition(":")[0]}="{each.partition(":")[2]}"' for each in names.split())
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{head}<rss version="2.0" {spaces}><channel><title>Site</title>'
        "<wp:wxr_version>1.2</wp:wxr_version><item><title>A Post</title><dc:creator>ann</dc:creator>"
        f"<content:encoded><![CDATA[<p>{FIRST}</p>{FILL}<p>{LAST}</p>]]></content:encoded><wp:post_id>1</wp:post_id>"
        f"<wp:status>publish</wp:status><wp:post_type>post</wp:post_type>{item}</item></channel></rss>"
    )


def remark(number: int | str, parent: int | str, text: str = "Hello.", more: str = "") -> str:
    """Return a comment of an export."""
    return (
        f"<wp:comment><wp:comment_id>{number}</wp:comment_id><wp:comment_author>R</wp:comment_author>{more}"
        f"<wp:comment_content><![CDATA[{text}]]></wp:comment_content><wp:comment_approved>1</wp:comment_approved>"
        f"<wp:comment_parent>{parent}</wp:comment_parent></wp:comment>"
    )


EXPORTS: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "parameter": ("parameter entities", wxr("", f'<!DOCTYPE rss [<!ENTITY % a SYSTEM "file://{HIDDEN}.txt"> %a;]>'), ()),
    "dtd": ("a DTD of the network", wxr("", '<!DOCTYPE rss SYSTEM "@TRAP@/a.dtd">'), ()),
    "quadratic": ("one long entity many times", wxr(f"<x>{'&a;' * 5_000}</x>", f'<!DOCTYPE rss [<!ENTITY a "{"a" * 50_000}">]>'), ("error_names:in\\.xml",)),
    "xinclude": ("an inclusion", wxr(f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file://{HIDDEN}.txt" parse="text"/>'), ()),
    "sheet": ("a style sheet of its own", wxr("", '<?xml-stylesheet type="text/xsl" href="@TRAP@/a.xsl"?>'), ()),
    "cut": ("a file that is cut off", wxr("")[:-60], (TOLD,)),
    "ring": ("comments that answer each other", wxr(remark(1, 2) + remark(2, 1) + remark(3, 3)), ()),
    "thread": ("a thread of a thousand", wxr("".join(remark(n, n - 1) for n in range(1, 1_001))), ()),
    "numbers": ("comments with odd numbers", wxr(remark("x", "-1") + remark("1e9", "") + remark(9**30, 9**31)), ()),
    "front": ("a comment that looks like front matter", wxr(remark(1, 0, "---\ninclude: yes\nconsent: granted\n---\n\n<script>alert(1)</script>KEEPME")), ()),
    "private": ("addresses of those who comment", wxr(remark(1, 0, "Write to me.", "<wp:comment_author_email>jane.secret@example.org</wp:comment_author_email><wp:comment_author_IP>203.0.113.77</wp:comment_author_IP>")), ("no_string:jane.secret@example.org", "no_string:203.0.113.77")),
    "slug": ("a slug that is a path", wxr("<wp:post_name>../../../../tmp/op-slug</wp:post_name>"), ()),
    "shortcode": ("shortcodes that include", wxr("").replace(FIRST, f"{FIRST} [include file={HIDDEN}.txt] [gallery ids=1] [caption][caption]"), ()),
    "twice": ("two posts of one name", wxr("").replace("</channel>", wxr("").partition("<item>")[2].partition("</item>")[0].join(("<item>", "</item></channel>"))), ()),
    "utf-7": ("an encoding that hides tags", wxr("").replace("UTF-8", "UTF-7"), ()),
}  # fmt: skip

TEXTS: dict[str, tuple[str, str]] = {
    "keys": ("a text that begins like front matter", f"---\ntitle: !!python/object/apply:os.system [x]\n---\n\n{FIRST}\n\n{LAST}\n"),
    "html": ("a text that is HTML in parts", f"A Title\n\n{FIRST} <script>alert(1)</script> &lt;img src=x onerror=alert(1)&gt;\n\n{LAST}\n"),
    "marks": ("a text of Markdown's signs", f"A Title\n\n{FIRST} *a _b `c [d](java:1) ![e](/etc/passwd) {{{{< x >}}}}\n\n{'#' * 500}\n\n{LAST}\n"),
    "one-line": ("a text of one long line", f"A Title\n\n{FIRST} {'word ' * 60_000}{LAST}\n"),
    "ends": ("line ends of every kind", f"A Title\r\n\r\r{FIRST}\x85\u2028\n\r\n{LAST}\r"),
    "templates": ("a text of template marks", f"A Title\n\n{FIRST} {{{{ 7*7 }}}} {{% include '/etc/passwd' %}} ${{7*7}} <%= 7 %>\n\n{LAST}\n"),
}  # fmt: skip

MARKDOWN: dict[str, tuple[str, str]] = {
    "includes": ("includes of other programs", f"# A Title\n\n{FIRST}\n\n!include {HIDDEN}.txt\n\n{{{{< include {HIDDEN}.txt >}}}}\n\n![a]({HIDDEN}.png)\n\n<<[{HIDDEN}.txt]\n\n{LAST}\n"),
    "toml": ("keys in TOML, broken", f"+++\ntitle = '''\n+++\n\n{FIRST}\n\n{LAST}\n"),
    "keys-list": ("front matter that is a list", f"---\n- a\n- b\n---\n\n# T\n\n{FIRST}\n\n{LAST}\n"),
    "aliases": ("aliases that multiply", "---\n" + "a0: &a0 x\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 10)) + f"title: *a9\n---\n\n# T\n\n{FIRST}\n"),
    "raw-block": ("raw blocks of other formats", f"# T\n\n{FIRST}\n\n```{{=latex}}\n\\input{{{HIDDEN}.txt}}\n```\n\n```{{=html}}\n<script>alert(1)</script>\n```\n\n{LAST}\n"),
}  # fmt: skip


def cases() -> Iterator[Case]:
    """Yield the cases."""
    for name, (title, body) in BODIES.items():
        must = ("kept_or_warned:KEEPME-deep",) if name.startswith("deep") else ()
        kept: tuple[str, ...] = (FIRST, LAST)
        if name in SWALLOWING:
            must, kept = ("says:I055",), (FIRST,)
        yield Case(f"h-{name}", "html-import", "in.html", title, {"in.html": page(body)}, "either", must, kept)
    for name, (title, head) in HEADS.items():
        yield Case(f"h-{name}", "html-import", "in.html", title, {"in.html": page("", head)}, keep=(FIRST, LAST))
    for name, (title, text, musts) in EXPORTS.items():
        yield Case(f"w-{name}", "wxr-import", "in.xml", title, {"in.xml": text}, must=musts, keep=(FIRST, LAST))
    for name, (title, text) in TEXTS.items():
        yield Case(f"t-{name}", "text-import", "in.txt", title, {"in.txt": text}, keep=(FIRST, LAST))
    for name, (title, text) in MARKDOWN.items():
        yield Case(f"i-{name}", "markdown-import", "in.md", title, {"in.md": text}, keep=(FIRST,))
    wide = page("").encode("utf-16")
    yield Case("h-utf16", "html-import", "in.html", "a page in UTF-16", {"in.html": wide}, keep=(FIRST, LAST))
    noise = bytes(range(256)) * 200
    yield Case("h-noise", "html-import", "in.html", "bytes that are no page", {"in.html": noise}, "reject", (TOLD,))
    yield Case("h-empty", "html-import", "in.html", "nothing", {"in.html": b""}, "reject", ("error_names:in\\.html",))
    yield Case("h-link", "html-import", "in.html", "a page that is a link", {"in.html": f"->{HIDDEN}.txt"}, must=())
    mail = "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b; type=text/html\n\n"
    part = "Content-Type: multipart/related; boundary=b\n\n--b\n"
    nest = mail + "--b\n" + part * 2_000 + "Content-Type: text/html\n\n" + page("")
    yield Case("h-mhtml-deep", "html-import", "in.mhtml", "mail in mail in mail", {"in.mhtml": nest})
    far = f"{mail}--b\nContent-Type: text/html\nContent-Location: file://{HIDDEN}.txt\n\n{page('<img src=cid:../../x>')}\n--b--\n"
    yield Case("h-mhtml-file", "html-import", "in.mhtml", "a page saved from a file", {"in.mhtml": far}, keep=(FIRST,))
    ghost = {
        "db": [{"data": {"posts": [{"title": "T", "html": page("<script>alert(1)</script>"), "slug": "../../x"}]}}]
    }
    yield Case("h-ghost", "text-import", "in.json", "an export of Ghost with a path", {"in.json": json.dumps(ghost)})
    yield Case(
        "h-json-deep", "text-import", "in.json", "JSON nested deep", {"in.json": "[" * 100_000}, "reject", (TOLD,)
    )
