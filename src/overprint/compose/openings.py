"""How a text opens: the drop cap, the lead-in in small capitals, and quotes that hang.

The markup says what a thing is; a theme decides by its sheets what is seen, and by `opening` in its `theme.yaml` what
is asked for at all:

    opening: {dropcap: 3, lead-in: true}    # lines, 0 for none; both may be left out

| markup | where | what it is |
| --- | --- | --- |
| `p.opening` | both books | the first paragraph of an essay, foreword, preface, introduction or afterword |
| `p.initial` | both books | such a paragraph where it begins with a capital letter |
| `span.lead-in` | both books | its first three to six words, never across other markup |
| `span.dropcap` | print | the first letter, just before the lead-in and in no other element: to be floated |
| `span.whole` | print | such a letter that is a word |
| `p.hang-single`, `p.hang-double` | print | a paragraph that begins with a quote, to be hung by a negative indent |
| `span.cut` | both books | an editor's cut `[…]`, upright within italics |
| `.attribution .writer` | both books | who is quoted, up to the first comma |
| `p.verse` | both books | lines that their writer broke, within a quotation |

`The first job` is `<span class="dropcap">T</span><span class="lead-in">he first job</span>` in print. The EPUB keeps
its words whole; a theme may enlarge `p.initial:first-letter` there. A paragraph that is too short to go around a drop
cap has none: it stays `p.opening`, with its lead-in.

The sheets of a theme find in these tokens what only the typeface knows. All follow from the tokens `text-size` and
`leading`, lengths of any absolute unit:

| token | what it is |
| --- | --- |
| `dropcap-size` | font size: top level with the first line's capitals, foot on the baseline of the last line |
| `dropcap-height` | line height and height of the float: as many lines as asked for |
| `dropcap-shift` | top margin that brings the baselines together |
| `quote-single`, `quote-double` | widths of the quotes that hang, in em |
"""

from __future__ import annotations

import re

from lxml import etree

from overprint.compose.gauge import gauge
from overprint.model import Setting

SHORTEST, LONGEST = 3, 6
"""Words of a lead-in."""
LEAD_LETTERS = 34
"""A longer lead-in would go on into the second line."""
RUNNING = frozenset({"text", "comment", "bio", "life"})
SINGLE, DOUBLE = frozenset("‘‚‹"), frozenset("“„«")
LEANING = frozenset(
    "a an and are as at be been but by can could did do does for from had has have he her his i if in into is it its "
    "may my no nor not of on or our she so than that the their them then there they this to was we were when where "
    "which while who whose will with would you your der die das den dem des ein eine einen einer und oder aber als an "
    "auf aus bei für im in ist mit nach nicht sich sie so um von vor war wenn wie zu zum zur le la les un une des du "
    "de et ou mais que qui dans en pour par sur avec est sont au aux ce cette il elle".split()
)
"""Words that lean on the next: a phrase does not end with one, nor, if it can be helped, a line of a title."""
_PHRASE = re.compile(r"[,;:.!?…–—]$")
_BEFORE = re.compile(r"<(blockquote|figure|h\d)(?: id=[^>]*)?>")
_VERSE = re.compile(r"<p>((?:(?!</p>).)*?<br/>.*?)</p>", re.DOTALL)
_SOURCE = re.compile(r'(<p class="attribution">)([^<,]{1,50})(?=,|</p>)')
_CUT = re.compile(r"\[…\](?![^<]*>)")


def opened(html: str, *, lead_in: bool) -> str:
    """Mark the first paragraph of a text, and its lead-in.

    >>> opened("<p>Bees are busy all day, and so on.</p>", lead_in=True)
    '<p class="opening initial"><span class="lead-in">Bees are busy all day,</span> and so on.</p>'
    """
    at = _first(html)
    if at is None:
        return html
    words = html[at + 3 :].partition("<")[0]
    length = _lead(words) if lead_in else 0
    led = f'<span class="lead-in">{words[:length]}</span>' if length else ""
    name = "opening initial" if words[:1].isupper() else "opening"
    return f'{html[:at]}<p class="{name}">{led}{html[at + 3 + length :]}'


def _first(html: str) -> int | None:
    """Return where the first paragraph begins, behind headings, figures and quotations, if any does."""
    at = 0
    while found := _BEFORE.match(html, at):
        end = html.find(f"</{found[1]}>", at)
        if end < 0 or html.find(f"<{found[1]}>", found.end(), end) >= 0:
            return None
        at = html.index(">", end) + 1
        while html[at : at + 1].isspace():
            at += 1
    return at if html.startswith("<p>", at) else None


def marked(html: str) -> str:
    r"""Mark an editor's cuts, and verse and sources in quotations.

    >>> marked("<blockquote>\n<p>Busy […]<br/>\nbees</p>\n</blockquote>").split("\n")[1:3]
    ['<p class="verse"><span>Busy <span class="cut">[…]</span></span><br/>', '<span>bees</span></p>']
    """
    depth, parts = 0, []
    for part in re.split(r"(</?blockquote>)", html) if "<br/>" in html and "<blockquote>" in html else [html]:
        depth += (part == "<blockquote>") - (part == "</blockquote>")
        parts.append(_VERSE.sub(_verse, part) if depth else part)
    html = _SOURCE.sub(r'\1<span class="writer">\2</span>', "".join(parts))
    return _CUT.sub('<span class="cut">[…]</span>', html)


def _verse(found: re.Match[str]) -> str:
    lines = re.split(r"<br/>\n?", found.group(1))
    whole = all(each.count("</") * 2 + each.count("/>") == each.count("<") for each in lines)
    words = "<br/>\n".join(f"<span>{each}</span>" if whole else each for each in lines)
    return f'<p class="verse">{words}</p>'


def _lead(words: str) -> int:
    """Return how many characters the lead-in takes: to the end of a phrase, if there is one near enough."""
    ends = [each.end() for each in re.finditer(r"\S+", words.partition("&")[0])]
    # The last word of the run may go on in other markup.
    usable = [end for end in ends[:-1] if end <= LEAD_LETTERS][:LONGEST]
    if len(usable) < SHORTEST:
        return 0
    return max(usable[SHORTEST - 1 :], key=lambda end: (_phrase_ends(words, end), -end))


def _phrase_ends(words: str, end: int) -> int:
    last = words[:end].rsplit(None, 1)[-1]
    if _PHRASE.search(last):
        return 4
    following = words[end:].split(None, 1)[0]
    return 2 * (last.lower() not in LEANING) + (following.lower() in LEANING)


def dress(part: etree._Element, setting: Setting) -> None:
    """Give the paragraphs of a printed chapter their drop cap and their hanging quotes."""
    for paragraph in part.iter("p"):
        name = paragraph.get("class") or ""
        if name not in {"", "opening", "opening initial"} or not _runs(paragraph):
            continue
        if "initial" in name and setting.dropcap:
            _drop(paragraph, setting)
        first = _first_letter(paragraph)
        if first in SINGLE or first in DOUBLE:
            paragraph.set("class", f"{name} hang-{'single' if first in SINGLE else 'double'}".strip())


def _runs(paragraph: etree._Element) -> bool:
    """Tell whether a paragraph is running text, not one of the lines that we make ourselves."""
    return any(RUNNING & set((above.get("class") or "").split()) for above in paragraph.iterancestors())


def _first_letter(paragraph: etree._Element) -> str:
    return next((char for text in paragraph.itertext() for char in str(text).lstrip()[:1]), "")


def _drop(paragraph: etree._Element, setting: Setting) -> None:
    """Take the first letter out, where the paragraph is long enough to go around it."""
    lead = paragraph[0] if len(paragraph) and paragraph[0].get("class") == "lead-in" else None
    holder = lead if lead is not None and not paragraph.text else paragraph
    letter = (holder.text or "")[:1]
    if not _goes_around(paragraph, letter, setting):
        return
    cap = etree.Element("span", {"class": "dropcap"})
    # Its stem stands on the margin, not the white that its font has before it.
    if setting.cap and (white := gauge(setting.cap).bearings.get(letter)):
        cap.set("style", f"margin-left:{-white:.3f}em")
    cap.text, rest = letter, (holder.text or "")[1:]
    if holder is paragraph:
        cap.tail, paragraph.text = rest, None
    else:
        words = rest.lstrip()
        cap.tail, holder.text = rest[: len(rest) - len(words)] or None, words
    if rest[:1].isspace():
        cap.set("class", "dropcap whole")
    paragraph.insert(0, cap)


def _goes_around(paragraph: etree._Element, letter: str, setting: Setting) -> bool:
    """Tell whether the paragraph reaches into the cap's last line, and the text is long enough for two columns of it.

    Two columns of less are made level, and the letter stands in one, its word in the other.
    """
    if setting.text is None:
        return False
    body, size, width = gauge(setting.text.face), setting.text.size, setting.text.width
    words = "".join(str(each) for each in paragraph.itertext())
    cap = setting.dropcap * body.width(letter) * setting.dropcap / body.capital * 1.3 * size
    if body.width(words) * size + cap <= (setting.dropcap - 0.8) * width:
        return False
    behind = "".join(str(each) for block in paragraph.itersiblings() for each in block.itertext())
    return (body.width(words) + body.width(behind)) * size + cap > (2 * setting.dropcap - 1) * width
