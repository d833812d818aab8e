"""Rules on the words: signs, dashes, spelling, what a web page left behind, addresses, and what must stay private.

They read what is printed: essays, lives, chosen comments, titles and abstracts. Privacy is checked in all comments.
A sign after a backslash, and whatever is code, is as its writer wanted it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html.entities import html5
from itertools import islice
from typing import Literal

from overprint.checks.prose import FILL, Prose, prose
from overprint.checks.rules import Rules, Say
from overprint.diagnostics import NOWHERE, Diagnostic, Place, Severity
from overprint.model import Comment, Essay, Manuscript, Text

RULES = Rules[Manuscript]()
ERROR, WARNING, HINT = Severity.ERROR, Severity.WARNING, Severity.HINT
MOST = 50
"""How many findings a rule may make in one essay: more would only hide the others."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One text of the book; `fixed` is the place of a value in front matter, whose signs have no place of their own."""

    prose: Prose
    kind: Literal["body", "comment", "bio", "field"]
    language: str
    fixed: Place = NOWHERE

    @property
    def words(self) -> str:
        """What the reader reads, the rest masked."""
        return self.prose.words

    def place(self, offset: int) -> Place:
        """Return where the character at `offset` stands."""
        return self.fixed if self.kind == "field" else self.prose.place(offset)


Find = Callable[[Passage], Iterator[tuple[int, dict[str, str]]]]


def _groups(manuscript: Manuscript) -> Iterator[Iterator[Passage]]:
    for essay in manuscript.essays:
        yield _passages(essay, essay.language or manuscript.project.language)
    lives = (person.bio for person in manuscript.people.values())
    yield (Passage(prose(bio), "bio", manuscript.project.language) for bio in lives)


def _passages(essay: Essay, language: str) -> Iterator[Passage]:
    for name, value in (("title", essay.title), ("subtitle", essay.subtitle), ("abstract", essay.abstract)):
        yield Passage(prose(Text(value)), "field", language, essay.at(name))
    yield Passage(prose(essay.body), "body", language)
    for comment in essay.comments:
        if comment.include:
            yield Passage(prose(comment.body), "comment", language)


def _found(say: Say, manuscript: Manuscript, find: Find) -> Iterator[Diagnostic]:
    for group in _groups(manuscript):
        said = (say(passage.place(offset), **facts) for passage in group for offset, facts in find(passage))
        yield from islice(said, MOST)


def _matches(say: Say, manuscript: Manuscript, pattern: re.Pattern[str]) -> Iterator[Diagnostic]:
    def find(passage: Passage) -> Iterator[tuple[int, dict[str, str]]]:
        for found in pattern.finditer(passage.words):
            yield found.start(), {"it": found[0]}

    return _found(say, manuscript, find)


_STRAIGHT = re.compile(r"(?<!\d)[\"']|(?<=\d)'(?=[^\W\d_])")


@RULES.rule("M401", WARNING, "straight quotation mark {it}", "write “ ” or ‘ ’; the apostrophe is ’")
def straight_quote(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Printed books set curly quotation marks and apostrophes. Feet and inches after a number are left alone.

    Bad: He said "no" and didn’t stay.
    Good: He said “no” and didn’t stay; the board is 5' 10" long, and `"x"` is code.
    """
    return _matches(say, manuscript, _STRAIGHT)


_SPACES = re.compile(r"(?<=[^\s|])[ \u00a0]{2,}+(?=[^\s|])")


@RULES.rule("M402", WARNING, "more than one space stands between two words", "leave one")
def double_space(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    r"""A space after a no-break space, or two spaces, come from a typewriter's habit or from a web page.

    Bad: One.  Two.
    Bad: One.\u00a0 Two.
    Good: One. Two.
    """
    return _matches(say, manuscript, _SPACES)


# Joiners have their work in Persian, in Indian scripts and in emoji.
_INVISIBLE = re.compile("[\u00ad\u180e\u200b\u2060\ufeff]|(?<=[A-Za-zÀ-ɏ ])[\u200c\u200d](?=[A-Za-zÀ-ɏ ])")


@RULES.rule("M405", WARNING, "an invisible sign (U+{code}) stands here", "delete it; overprint hyphenates by itself")
def invisible(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    r"""Zero-width spaces, soft hyphens and byte order marks come with pasted text and break search and hyphenation.

    Bad: A hy\u00adphen.
    Bad: A zero\u200bwidth space.
    Good: A hyphen.
    """

    def find(passage: Passage) -> Iterator[tuple[int, dict[str, str]]]:
        for found in _INVISIBLE.finditer(passage.words):
            yield found.start(), {"code": f"{ord(found[0]):04X}"}

    return _found(say, manuscript, find)


_SPACED_EN = re.compile(r"(?<=[^\s\d]) – (?=\S)|(?<=\d) – (?=[^\s\d])")
_TIGHT_EM = re.compile(r"(?<=[^\W\d])—(?=[^\W\d])")


@RULES.rule("M406", WARNING, "this dash is set otherwise than most in this essay", "write {other} here too")
def mixed_dashes(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """A book sets its dashes in one way: spaced – like this – or unspaced—like this—throughout an essay.

    Bad: One – two, and one—two.
    Good: One – two, and one – two; 1914–18.
    """

    def find(passage: Passage) -> Iterator[tuple[int, dict[str, str]]]:
        spaced, tight = (
            [found.start() for found in pattern.finditer(passage.words) if not passage.prose.is_quoted(found.start())]
            for pattern in (_SPACED_EN, _TIGHT_EM)
        )
        if passage.kind == "body" and spaced and tight:
            rare = tight if len(tight) <= len(spaced) else [offset + 1 for offset in spaced]
            yield rare[0], {"other": "“ – ”" if rare is tight else "“—”"}

    return _found(say, manuscript, find)


_HYPHEN = re.compile(r"(?<=[^\W\d_]) -{1,3} (?=[\w“‘])|(?<=[\d.,!?’”)]) -{1,3} (?=[^\W\d_]|[“‘])")


@RULES.rule("M408", WARNING, "a hyphen stands for a dash", "write – here")
def hyphen_for_dash(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """A hyphen joins words; what stands between two spaces is a dash.

    Bad: It was late - too late.
    Good: It was late – too late for a well-known sum, 5 - 3.
    """

    def find(passage: Passage) -> Iterator[tuple[int, dict[str, str]]]:
        for found in _HYPHEN.finditer(passage.words):
            yield found.start() + 1, {}

    return _found(say, manuscript, find)


_DOTS = re.compile(r"(?<![./\\])(?:\.{3,4}|\. \. \.)(?![./\\])")


@RULES.rule("M409", WARNING, "dots stand for an ellipsis", "write …")
def dots(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """The ellipsis is one sign, so that a line never breaks inside it.

    Bad: And then...
    Good: And then…
    """
    return _matches(say, manuscript, _DOTS)


_ISE = (
    "organ real recogn apolog critic summar general special civil memor modern minim maxim symbol normal visual "
    "character priorit capital categor dramat fantas stigmat digit util author standard popular global mobil "
    "harmon sympath theor ideal rational emphas"
)
_IZED = re.compile(rf"\b((?:{_ISE.replace(' ', '|')})i)([sz])(e|ed|es|er|ers|ing|ation|ations)\b")
_PAIRS = (
    ("colour", "color"),
    ("favour", "favor"),
    ("honour", "honor"),
    ("labour", "labor"),
    ("neighbour", "neighbor"),
    ("humour", "humor"),
    ("behaviour", "behavior"),
    ("flavour", "flavor"),
    ("rumour", "rumor"),
    ("centre", "center"),
    ("theatre", "theater"),
    ("fibre", "fiber"),
    ("defence", "defense"),
    ("grey", "gray"),
)
_SPELT = re.compile(
    rf"\b({'|'.join(word for pair in _PAIRS for word in pair)})(s|ed|ing|ful|fully|less|able|hood|hoods)?\b"
)
_OTHER = {one: other for pair in _PAIRS for one, other in (pair, pair[::-1])}
_BRITISH = frozenset(pair[0] for pair in _PAIRS)


def _ized(found: re.Match[str]) -> tuple[bool, str]:
    return found[2] == "s", found[1] + ("z" if found[2] == "s" else "s") + found[3]


def _spelt(found: re.Match[str]) -> tuple[bool, str]:
    return found[1] in _BRITISH, _OTHER[found[1]] + (found[2] or "")


@RULES.rule(
    "M410", WARNING, "“{word}” is spelt otherwise than its like in this essay", "write “{other}”, or change them"
)
def mixed_spelling(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """An essay keeps to one spelling: -ise or -ize, colour or color. Names and quotations are left alone.

    Bad: I realise that they organize it.
    Bad: The colour of her neighbor’s coat.
    Good: I realize that the colour was a surprise, says *The Color Purple*.
    """

    def find(passage: Passage) -> Iterator[tuple[int, dict[str, str]]]:
        if passage.kind != "body" or not _in_english(passage):
            return
        for pattern, sort in ((_IZED, _ized), (_SPELT, _spelt)):
            sides: dict[bool, list[tuple[int, dict[str, str]]]] = {True: [], False: []}
            for found in pattern.finditer(passage.words):
                if not passage.prose.is_quoted(found.start()):
                    side, other = sort(found)
                    sides[side].append((found.start(), {"word": found[0], "other": other}))
            rare = min(sides[True], sides[False], key=len)
            yield from rare[:1]

    return _found(say, manuscript, find)


def _in_english(passage: Passage) -> bool:
    return passage.language.lower().startswith("en")


def _misread(byte: int) -> str:
    """Return the character that Windows shows for a byte; the five that it has none for stay control characters."""
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


_TAIL = "".join(_misread(byte) for byte in range(0x80, 0xC0))
_LATIN = "".join(_misread(byte) for byte in range(0xA0, 0xC0))
_BYTES = {_misread(byte): byte for byte in range(0x80, 0x100)}
_MOJIBAKE = re.compile(
    rf"(?:â[€„][{re.escape(_TAIL)}]|(?<![A-ZÀ-Þ])Ã[{re.escape(_TAIL)}]|(?<![A-ZÀ-Þ])Â[{re.escape(_LATIN)}]"
    rf"|ï»¿|ðŸ[{re.escape(_TAIL)}]{{2}})+"
)


@RULES.rule("M412", WARNING, "“{it}” is text read in the wrong encoding", "write “{repaired}”")
def mojibake(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Text in UTF-8 that a program took for Windows text shows two or three odd signs for each sign.

    Bad: It isnâ€™t a cafÃ©.
    Good: It isn’t a café, and the château is in São Paulo.
    """

    def find(passage: Passage) -> Iterator[tuple[int, dict[str, str]]]:
        for found in _MOJIBAKE.finditer(passage.words):
            repaired = bytes(_BYTES[sign] for sign in found[0]).decode("utf-8", "replace")
            if "\ufffd" not in repaired:
                yield found.start(), {"it": found[0], "repaired": repaired}

    return _found(say, manuscript, find)


_LOOSE = re.compile(r"(?<=[^\s.|])[ \u00a0\u202f]++[,.;:!?](?![ .]*\.)(?=\s|$|[”’])", re.MULTILINE)


@RULES.rule("M413", WARNING, "a space stands before a sign that closes up", "delete the space")
def space_before_sign(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Full stops, commas, colons and the like follow the word at once. French, which sets spaces here, is left alone.

    Bad: Wait , please.
    Good: Wait, please :-) and see .NET.
    """

    def find(passage: Passage) -> Iterator[tuple[int, dict[str, str]]]:
        if not passage.language.lower().startswith("fr"):
            yield from ((found.start(), {}) for found in _LOOSE.finditer(passage.words))

    return _found(say, manuscript, find)


# Words that no sentence needs twice running; “had had”, “that that” and “is is” can be right.
_TWICE = (
    "the a an of to and at for from with or but be are this his my your we they their its if which into than have "
    "has will would could should were"
)
_DOUBLED = re.compile(rf"(?<![\w’'-])((?i:{_TWICE.replace(' ', '|')}))([ \u00a0]*\n?[ \t>]*)(?<=\s)([a-z]+)(?![\w’'-])")


@RULES.rule("M414", WARNING, "“{word}” stands twice", "delete one")
def doubled_word(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """A little word said twice is a slip of the hand. Words that can rightly meet, as in “had had”, are left alone.

    Bad: She read the the letter.
    Good: She had had a letter, and knew that that was the end.
    """

    def find(passage: Passage) -> Iterator[tuple[int, dict[str, str]]]:
        if _in_english(passage):
            for found in _DOUBLED.finditer(passage.words):
                if found[1].lower() == found[3]:
                    yield found.start(3), {"word": found[3]}

    return _found(say, manuscript, find)


_PAIRED = re.compile(r"[;:8=]-?[()\[\]]+|(?:^|(?<=\s))\w{1,3}\)|[()\[\]“”]", re.MULTILINE)
_CLOSES = {")": "brackets", "]": "brackets", "”": "quotes"}


@RULES.rule("M415", WARNING, "“{sign}” has no partner in this paragraph", "write the other one, or delete this")
def unbalanced(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Brackets and curly quotation marks come in pairs. A quotation may run on if the next paragraph opens it anew.

    Bad: He left (and never came back.
    Bad: “He left, she said.
    Good: He left (and came back): a) late, b) wet :-) “Well,” she said.
    """

    def find(passage: Passage) -> Iterator[tuple[int, dict[str, str]]]:
        words, blocks = passage.words, passage.prose.blocks
        for number, block in enumerate(blocks):
            following = blocks[number + 1].start if number + 1 < len(blocks) else len(words)
            further = words[following : following + 50]
            for offset in _alone(words, block.start, block.end):
                sign = words[offset]
                runs_on = sign == "“" and further.lstrip(" *_").startswith(("“", "[“"))
                if not runs_on and (sign not in "“”" or _in_english(passage)):
                    yield offset, {"sign": sign}

    return _found(say, manuscript, find)


def _alone(words: str, start: int, end: int) -> list[int]:
    """Return the offsets of signs without a partner; faces and `a)` count for nothing unless they close something."""
    open_: dict[str, list[int]] = {"brackets": [], "quotes": []}
    alone = []
    for found in _PAIRED.finditer(words, start, end):
        sign, offset = found[0][-1], found.end() - 1
        kind = _CLOSES.get(sign)
        if kind and open_[kind]:
            open_[kind].pop()
        elif len(found[0]) > 1:
            continue
        elif kind is None:
            open_["quotes" if sign == "“" else "brackets"].append(offset)
        elif sign != "”" or not words[offset - 1 : offset].isdigit():
            alone.append(offset)
    return sorted(alone + open_["brackets"] + open_["quotes"])


_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


@RULES.rule("M420", WARNING, "“{it}” is left over from a web page", "write {sign}")
def entity(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """A manuscript holds the signs themselves, not the names that web pages have for them.

    Bad: Salt &amp; pepper, and more&nbsp;salt.
    Good: Salt & pepper at AT&T; fish.
    """

    def find(passage: Passage) -> Iterator[tuple[int, dict[str, str]]]:
        for found in _ENTITY.finditer(passage.words):
            if found[0][1] == "#" or found[0][1:] in html5:
                sign = html.unescape(html.unescape(found[0]))
                shown = f"“{sign}”" if sign.isprintable() and sign.strip() else "the sign itself, or a space"
                yield found.start(), {"it": found[0], "sign": shown}

    return _found(say, manuscript, find)


_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")


@RULES.rule("M421", ERROR, "a hidden sign that turns the direction of text (U+{code}) stands here", "delete it")
def direction(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    r"""Such a sign can show a reader other words, or another address, than the file holds.

    Bad: Pay \u202e01 pounds.
    Good: Pay 10 pounds.
    """

    def find(passage: Passage) -> Iterator[tuple[int, dict[str, str]]]:
        for found in _BIDI.finditer(passage.prose.source.value):
            yield found.start(), {"code": f"{ord(found[0]):04X}"}

    return _found(say, manuscript, find)


_ATTRIBUTES = re.compile(r"\{[^{}]*\}")
_SHARPS = re.compile(r"[ >]*#{7,}\s*")


@RULES.rule("M422", WARNING, "this heading has no words", "write them, or delete the line")
def empty_heading(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """A line of nothing but # is a heading that neither the page nor the contents can show.

    Bad: ##
    Good: ## 1. Honey
    """

    def find(passage: Passage) -> Iterator[tuple[int, dict[str, str]]]:
        source = passage.prose.source.value
        for block in passage.prose.blocks:
            line = source[block.start : block.end]
            bare = block.shape == "heading" and not re.search(r"\w", _ATTRIBUTES.sub("", line))
            if bare or _SHARPS.fullmatch(line):
                yield block.start + len(line) - len(line.lstrip(" >")), {}

    return _found(say, manuscript, find)


_BOLD = re.compile(r"(\*\*|__)(?! )[^*_\n]{1,70}(?<![\s.,;:!?…”’])\1")
_NUMBERED = re.compile(r"\d{1,3}\. {1,3}\S[^\n]{0,78}(?<![\s.,;:!?…”’])")


@RULES.rule("M205", WARNING, "this paragraph looks like a heading", "write `## {words}`")
def heading_in_disguise(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """A heading begins with `##`; only then do the contents and the EPUB know it. A line such as `1. Honey` is a list.

    Bad: **The first idea**
    Good: **The first idea** was a bad one.
    """

    def find(passage: Passage) -> Iterator[tuple[int, dict[str, str]]]:
        if passage.kind != "body":
            return
        source, blocks = passage.prose.source.value, passage.prose.blocks
        for number, block in enumerate(blocks):
            words = source[block.start : block.end].rstrip()
            if block.shape == "text" and not block.quoted and _BOLD.fullmatch(words):
                yield block.start, {"words": words[2:-2]}
            elif block.shape == "item" and _NUMBERED.fullmatch(words) and _is_lone_item(passage.prose, number):
                yield block.start, {"words": words}

    return _found(say, manuscript, find)


def _is_lone_item(made: Prose, number: int) -> bool:
    """Tell whether an item stands alone between paragraphs, so that it is no list."""
    neighbours = [made.blocks[near] for near in (number - 1, number + 1) if 0 <= near < len(made.blocks)]
    indented = any(made.source.value[near.start : near.start + 1] in " \t" for near in neighbours)
    following = number + 1 < len(made.blocks) and made.blocks[number + 1].shape == "text"
    return following and not indented and all(near.shape in {"text", "heading"} for near in neighbours)


_BOILERPLATE = re.compile(
    r"leave a (?:reply|comment)(?: cancel reply)?|cancel reply|share (?:this|on \w+)|like this"
    r"|related (?:articles|posts|stories)"
    r"|this site uses akismet\b.*|click to (?:share|e-?mail|print)\b.*|(?:previous|next) (?:post|article)|read more"
    r"|advertisements?|report this ad|post (?:a )?comment|notify me of (?:new|follow-?up) (?:posts|comments)\b.*"
    r"|your e-?mail address will not be published\b.*|sign up for our newsletter\b.*|subscribe to our newsletter\b.*"
    r"|skip to (?:main )?content|\d+ (?:thoughts|comments|responses|replies) (?:on|to) [“\"‘].*|filed under:.*",
    re.IGNORECASE,
)


@RULES.rule("M216", WARNING, "“{words}” is left over from a web page", "delete the paragraph")
def boilerplate(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Buttons and forms of the page where an essay appeared are not part of it.

    Bad: Leave a Reply
    Good: The box said *Leave a reply*, and I did.
    """

    def find(passage: Passage) -> Iterator[tuple[int, dict[str, str]]]:
        for block in passage.prose.blocks:
            words = passage.words[block.start : min(block.end, block.start + 300)]
            bare = words.strip(f" *_[]#\n\t{FILL}")
            if "\n" not in bare and _BOILERPLATE.fullmatch(bare.rstrip(" :.…")):
                yield block.start + words.index(bare), {"words": bare[:60]}

    return _found(say, manuscript, find)


_HTTP = re.compile(r"http://(?!localhost|\d|\[|www\.w3\.org/|purl\.org/)", re.IGNORECASE)
_TRACKING = re.compile(r"[?&](?:amp;)?((?:utm_\w+|fbclid|gclid|mc_cid|mc_eid|igshid|msclkid)=)", re.IGNORECASE)


@RULES.rule("M306", HINT, "this address begins with http://", "try https://, which most sites use today")
def plain_http(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """A book lasts longer than an address: most sites have moved to https and will one day stop forwarding.

    Bad: See [the hive](http://example.org/hive).
    Good: See [the hive](https://example.org/hive) and `http://example.org`.
    """

    def find(passage: Passage) -> Iterator[tuple[int, dict[str, str]]]:
        for offset, address in passage.prose.addresses:
            if _HTTP.match(address):
                yield passage.prose.source.value.index(address, offset), {}

    return _found(say, manuscript, find)


@RULES.rule("M305", HINT, "this address carries “{name}”, by which a site follows its readers", "delete that part")
def tracking(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """Addresses copied out of newsletters and social networks name where they came from. The page is the same without.

    Bad: See [the hive](https://example.org/hive?utm_source=letter).
    Good: See [the hive](https://example.org/hive?page=2).
    """

    def find(passage: Passage) -> Iterator[tuple[int, dict[str, str]]]:
        for offset, address in passage.prose.addresses:
            if found := _TRACKING.search(address):
                start = passage.prose.source.value.index(address, offset)
                yield start + found.start(1), {"name": found[1].rstrip("=")}

    return _found(say, manuscript, find)


_HERE = re.compile(rf"\[[ *_]*((?:click )?here|this link)[ *_]*\](?={FILL})", re.IGNORECASE)


@RULES.rule("M302", WARNING, "the link's text is “{words}”", "link the words that say what is there")
def link_says_nothing(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """On paper nobody can click, and a screen reader lists links by their words alone.

    Bad: You find it [here](https://example.org/hive).
    Good: You find it in [The Hive](https://example.org/hive), here.
    """

    def find(passage: Passage) -> Iterator[tuple[int, dict[str, str]]]:
        for found in _HERE.finditer(passage.words):
            yield found.start(1), {"words": found[1]}

    return _found(say, manuscript, find)


_PART = r"(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)"
_PRIVATE = re.compile(
    r"(?P<mail>(?<![\w.+@-])[\w.+-]{1,64}@[\w-]++(?:\.[\w-]++)*?\.[^\W\d_]{2,})"
    rf"|(?P<address>(?<![\w.])(?!0\.|127\.)(?=[\d.]*\d\d){_PART}(?:\.{_PART}){{3}}(?!\w|\.\d))"
    r"|(?P<phone>(?<![\w.+/=-])(?:\+[1-9](?:[ ./-]?\(?\d\)?){7,13}"
    r"|\(?\b0\d{1,4}\)?[ -]\d{3,4}[ -]?\d{3,4}|\(\d{3}\) ?\d{3}[ .-]\d{4}|\d{3}[.-]\d{3}[.-]\d{4})(?![\w-]))"
    r"|(?P<picture>gravatar\.com/avatar/\w+)"
)
_NAMES = {
    "picture": "a Gravatar picture's address",
    "mail": "an e-mail address",
    "address": "a computer's address",
    "phone": "a telephone number",
}


@RULES.rule("M509", ERROR, "{what} stands in comment {number}", "delete it: it is nobody's business but its owner's")
def private_data(say: Say, manuscript: Manuscript) -> Iterator[Diagnostic]:
    """The books, and the folder that editors share, hold no reader's e-mail, internet address or telephone number.

    This is checked in all comments, chosen or not.

    Bad: Write to jane@example.org.
    Bad: My number is +44 20 7946 0958.
    Bad: Posted from 203.0.113.77.
    Good: It is @jane on page 7, ISBN 978-0-306-40615-7, of 2025-03-14, version 1.2.3.4.
    """
    for essay in manuscript.essays:
        yield from islice((said for comment in essay.comments for said in _private(say, comment)), MOST)


def _private(say: Say, comment: Comment) -> Iterator[Diagnostic]:
    for found in _PRIVATE.finditer(comment.author):
        yield say(comment.at("author"), what=_NAMES[found.lastgroup or ""], number=comment.number)
    for found in _PRIVATE.finditer(comment.body.value):
        place = prose(comment.body).place(found.start())
        yield say(place, what=_NAMES[found.lastgroup or ""], number=comment.number)
