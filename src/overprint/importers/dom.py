"""Bytes of a web page → an lxml tree. Nothing is executed and nothing is fetched."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

import webencodings
from lxml import etree, html

from overprint.diagnostics import Diagnostic, Made, Place, Stop, error, warning
from overprint.importers.source import Source, position

LARGEST = 1_000_000
"""Tags; no essay with its comments has a tenth of them, and each takes time and memory."""
EMPTY = ("wbr", "source", "track", "embed", "keygen")
"""Elements that hold nothing, which the parser does not know of: it puts all that follows into them."""
START = 65_536
"""Bytes at the start in which a page names its language."""
LAST_LINE = 65_535
"""Beyond this line the parser does not count."""
DECLARED = re.compile(rb"<(?:meta\b[^>]*?\bcharset|\?xml\b[^>]*?\bencoding)\s*=\s*[\"']?\s*([\w:.+-]+)", re.I)
LANG = re.compile(rb"<html\b[^>]*?\blang\s*=\s*[\"']?([a-z]{2})\b", re.I)
LOCAL = {
    **dict.fromkeys("cs hr hu pl ro sk sl".split(), "cp1250"),
    **dict.fromkeys("be bg mk ru sr uk".split(), "cp1251"),
    "el": "cp1253",
    "tr": "cp1254",
    "he": "cp1255",
    "ar": "cp1256",
    "fa": "cp1256",
    **dict.fromkeys("et lt lv".split(), "cp1257"),
    "vi": "cp1258",
    "th": "cp874",
    "ja": "cp932",
    "ko": "cp949",
    "zh": "gb18030",
}
"""The encoding of old pages that do not name theirs, by language."""
WESTERN = frozenset(
    "ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜßàáâãäåæçèéêëìíîïñòóôõöøùúûüÿŒœ‘’‚“”„«»‹›–—…•·°§©®™€£¿¡´¨½¼¾²³ªº\xa0\xad"
)
COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
COMMENT_TEXT = re.compile(COMMENT.pattern.decode(), re.DOTALL)
SAVED = re.compile(r"\bsaved from url=\(\d+\)(https?://\S+)|^\s*url:\s*(https?://\S+)", re.I | re.MULTILINE)
MARKUP = re.compile(rb"<(?:script|style)\b.*?</(?:script|style)\s*>|<[^>]*>", re.I | re.DOTALL)
HOLDS = re.compile(
    r"<(?P<end>/?)(?P<name>script|style|textarea|title|template|noscript|select|object|iframe|svg|canvas|xmp)(?=[\s/>])"
    r"[^<>]*?(?P<alone>/)?>",
    re.I,
)
"""Tags of elements whose words are not read; where one has no end, it holds the rest of the page."""
BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
ASCII = frozenset(map(chr, range(128)))
BARE = ((b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))
# Control characters that no page shows; those from 128 were Windows-1252 before somebody took them for Latin 1.
CONTROLS = {
    **dict.fromkeys((*range(9), 11, *range(14, 32), 127)),
    12: " ",
    **{number: bytes([number]).decode("cp1252", "ignore") for number in range(128, 160)},
}
REFERRED = re.compile(r"&#(?:0*(?:[1-8]|1[124-9]|2\d|3[01]|127)(?!\d)|x0*(?:[1-8bcef]|1[\da-f]|7f)(?![\da-f]));?", re.I)
"""Control characters by their numbers; those from 128 the parser reads as browsers do."""
UNKNOWN = frozenset(("replacement", "x-user-defined"))
"""Names that stand for no encoding."""

NO_PAGE = error(
    "I050",
    "{name} is no web page: there is no HTML in it",
    "open it in a browser and save it again as “web page, HTML only”",
    "A saved web page is a file of HTML. This one holds no tag, so it may be plain text or a download that failed.",
)
TOO_DEEP = error(
    "I051",
    "{name} has elements nested more than {limit} deep",
    "open the page in a browser, copy the text, and import that as plain text",
    "A page is a tree of elements. One that goes this deep is broken, and its end could not be read, so nothing of it "
    "was imported rather than half of it.",
)
TOO_MANY = error(
    "I052",
    "{name} has more than {limit} tags",
    "save the essay’s own page, or export in parts",
    "Each tag of a page takes memory. Even an essay with thousands of comments has far fewer.",
)
GUESSED = warning(
    "I053",
    "{name} does not say its encoding rightly; it was read as {encoding}",
    "look at accents, quotation marks and dashes in the import",
    "Text is stored as bytes, and a page should say how. This one says nothing, or something that cannot be right, so "
    "the encoding was guessed from the bytes. If letters look wrong, save the page again in a browser.",
)
BAD_BYTES = warning(
    "I054",
    "{count} of the signs could not be read as {encoding}, the first on this line",
    "look at the signs near that line in the import",
    "The page mixes two encodings, which happens when text is pasted between systems. The signs were read as "
    "Windows-1252 where that is possible, which is right nearly always, and replaced by � elsewhere.",
)
UNENDED = warning(
    "I055",
    "`<{tag}` has no end, so nothing after it was read",
    "see what is missing at the end of the import; open the page in a browser and save it again",
    "A script, a remark or a drawing holds what stands between its first tag and its last. Where a page is cut off or "
    "broken, the last is missing, and the rest of the page counts as part of it, in browsers too.",
)


@dataclass(frozen=True, slots=True)
class Page:
    """A page as a tree; `encoding` is what it was read as, `base` the address its links count from, or empty."""

    root: html.HtmlElement
    encoding: str
    base: str = ""


def page(source: Source) -> Made[Page]:
    """Return the page that a source holds.

    Raises:
        Stop: it holds no HTML, or too much of it.
    """
    text, encoding, said = decoded(source.data, source.name)
    if not re.search(r"<[a-z!/]", text, re.I):
        raise Stop(NO_PAGE.at(Place(source.name, 1, 1), name=source.name))
    root = _tree(text, source.name)
    return Made(Page(root, encoding, base(root)), (*said, *_unended(text, source.name)))


def _unended(text: str, name: str) -> Iterator[Diagnostic]:
    """Yield the first element that holds the rest of a page, because nothing ends it."""
    last: dict[str, int] = {}
    # Up to the last of them every remark ends, so that none is looked for twice.
    ended = text.rfind("-->") + 1
    shown = COMMENT_TEXT.sub(lambda each: " " * len(each[0]), text[:ended]) + text[ended:]
    if remark := re.compile("<!--(?!-?>)").search(text, ended):
        last["!--"] = remark.start()
    for found in HOLDS.finditer(shown):
        tag = f"{found['name'].lower()}>"
        if found["end"]:
            last.pop(tag, None)
        elif not found["alone"]:
            last.setdefault(tag, found.start())
    if last:
        tag, at = min(last.items(), key=lambda each: each[1])
        row, column = position(text[:at])
        yield UNENDED.at(Place(name, row, column), tag=tag)


def fragment(text: str, name: str = "the text") -> html.HtmlElement:
    """Return a `body` that holds a piece of HTML, such as a field of an export; `name` is what faults are said of.

    Raises:
        Stop: it has too many tags, or they nest too deep.
    """
    root = _tree(f"<html><body>{text}", name)
    return next(root.iter("body"))


def line(element: etree._Element) -> int:
    """Return the 1-based line on which an element begins, or 0 when it is not known."""
    number = element.sourceline
    return number if isinstance(number, int) and number < LAST_LINE else 0


def base(root: html.HtmlElement) -> str:
    """Return the address that the page's links count from, or nothing where the page does not say.

    A saved page names it in `<base>`, in the remark of the browser that saved it, or in its canonical address.
    """
    own = _own_address(root)
    for element in root.iter("base"):
        if href := (element.get("href") or "").strip():
            return _joined(own, href)
    return own


def _own_address(root: html.HtmlElement) -> str:
    for remark in root.xpath("preceding-sibling::comment() | comment() | head/comment()"):
        if found := SAVED.search(remark.text or ""):
            return found.group(1) or found.group(2)
    links = ((each.get("rel"), each.get("href")) for each in root.iter("link"))
    metas = ((each.get("property"), each.get("content")) for each in root.iter("meta"))
    for wanted, pairs in (("canonical", links), ("og:url", metas)):
        for name, value in pairs:
            if (name or "").lower() == wanted and re.match(r"https?://[^/]", (value or "").strip(), re.I):
                return (value or "").strip()
    return ""


def _joined(address: str, href: str) -> str:
    try:
        whole = urljoin(address, href)
    except ValueError:
        return address
    return whole if re.match(r"https?://", whole, re.I) else address


def _tree(text: str, name: str) -> html.HtmlElement:
    if text.count("<") > LARGEST:
        raise Stop(TOO_MANY.at(Place(name), name=name, limit=f"{LARGEST:,}"))
    data = REFERRED.sub("", text.translate(CONTROLS)).encode("utf-8", "replace")
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, remove_pis=True)
    try:
        root = html.document_fromstring(data, parser=parser, ensure_head_body=True)
    except etree.ParserError:  # tags that hold nothing, such as a remark alone
        raise Stop(NO_PAGE.at(Place(name, 1, 1), name=name)) from None
    if any(each.type_name == "ERR_RESOURCE_LIMIT" for each in parser.error_log):
        raise Stop(TOO_DEEP.at(Place(name), name=name, limit="2,000"))
    for each in list(root.iter(*EMPTY)):
        _empty(each)
    return root


def _empty(element: html.HtmlElement) -> None:
    """Put what an element holds behind it."""
    parent, children = element.getparent(), list(element)
    if parent is None or not (children or element.text):
        return
    last = children[-1] if children else None
    rest, element.tail, element.text = element.tail or "", element.text, None
    for place, child in enumerate(children, parent.index(element) + 1):
        parent.insert(place, child)
    if last is None:
        element.tail = (element.tail or "") + rest
    else:
        last.tail = (last.tail or "") + rest


def decoded(data: bytes, name: str) -> tuple[str, str, tuple[Diagnostic, ...]]:
    """Return the text of a page, the encoding it was read in, and what is doubtful about it.

    A mark at the start counts first, then bytes that can only be UTF-8: browsers that save a page in UTF-8 often leave
    the old name in it. Then what the page says, then a guess.
    """
    for mark, encoding in (*BOMS, *BARE):
        if data.startswith(mark):
            body = data if mark in dict(BARE) else data[len(mark) :]
            return _clean(body.decode(encoding, "replace")), encoding.removesuffix("-le").removesuffix("-be"), ()
    said = _declared(data)
    if said != "iso2022_jp":
        try:
            return _clean(data.decode("utf-8")), "utf-8", ()
        except UnicodeDecodeError:
            pass
    encoding, guessed = said, False
    if encoding in ("", "utf-8"):
        text = data.decode("utf-8", "replace")
        faults = text.count("�")
        # More good signs than bad ones: UTF-8 with a few strays. Otherwise it is another encoding altogether.
        if sum(map(text.count, set(text) - ASCII)) > 2 * faults:
            strays = data.decode("utf-8", "overprint-windows")
            return _clean(strays), "utf-8", _bad(text, "UTF-8", name)
        encoding, guessed = _guess(data), True
    text = data.decode(encoding, "replace")
    return (
        _clean(text),
        encoding,
        (GUESSED.at(Place(name), name=name, encoding=encoding),) if guessed else _bad(text, encoding, name),
    )


def _bad(text: str, encoding: str, name: str) -> tuple[Diagnostic, ...]:
    faults = text.count("�")
    if not faults:
        return ()
    place = Place(name, _clean(text[: text.index("�")]).count("\n") + 1, 1)
    return (BAD_BYTES.at(place, count=f"{faults:,}", encoding=encoding),)


def _clean(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _declared(data: bytes) -> str:
    """Return the codec that a page names, as browsers understand the name; UTF-16 cannot be, as it was read."""
    found = DECLARED.search(COMMENT.sub(b"", data))
    known = webencodings.lookup(found.group(1).decode("ascii", "replace")) if found else None
    codec = str(known.codec_info.name) if known else ""
    return "" if codec in UNKNOWN else "utf-8" if codec.startswith("utf-16") else codec


def _as_windows(fault: UnicodeError) -> tuple[str, int]:
    """Read what is no UTF-8 as Windows-1252, for `bytes.decode`."""
    if not isinstance(fault, UnicodeDecodeError):
        raise fault
    return fault.object[fault.start : fault.end].decode("cp1252", "replace"), fault.end


codecs.register_error("overprint-windows", _as_windows)


def _guess(data: bytes) -> str:
    """Return the codec of the page's language, as browsers choose it, else the one that fits the words best."""
    lang = LANG.search(data[:START])
    words = MARKUP.sub(b" ", data)
    for encoding in (LOCAL.get(lang.group(1).decode().lower(), "") if lang else "", "cp1252"):
        if encoding and _fits(words, encoding):
            return encoding
    from charset_normalizer import from_bytes

    best = from_bytes(words[:100_000]).best()
    return best.encoding if best and best.encoding != "ascii" else "cp1252"


def _fits(words: bytes, encoding: str) -> bool:
    try:
        signs = set(words.decode(encoding))
    except UnicodeDecodeError:
        return False
    return encoding != "cp1252" or signs - ASCII <= WESTERN
