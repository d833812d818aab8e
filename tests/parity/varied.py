"""Small books of every kind of matter, as many as are wanted; the same number, the same book."""

from __future__ import annotations

import random
import re
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

THEMES = ("octavo", "plain", "gazette")
TRIMS = ("", "", "5 x 8 in", "A5", "6 x 9 in")
PROFILES = ("", "", "print", "ingram")
AWKWARD = (
    "first official flag fjord baffled waffle offices fluff finely affix ’90s naïve café mother-in-law twenty-one "
    "e-mail 35 1,024 3.14 40 % 12 km No. 7 J. W. Benson A4 H₂O x² ½ ¾ 5′ 9″ § ¶ † © € £ & re-entry co-operate "
    "well-known rock ’n’ roll o’clock Ångström Dvořák Łódź façade Zürich garçon mañana counterrevolutionaries "
    "incomprehensibilities dampfschifffahrt extraordinarily notwithstanding circumnavigation cannot I"
).split()
PROSE = sorted(
    {
        word.casefold()
        for path in (Path(__file__).parents[1] / "specimen/manuscript/essays").glob("*/essay.md")
        for word in re.findall(r"\b[a-z]{2,}\b", path.read_text("utf-8"))
    }
)
WORDS = (*PROSE, *AWKWARD * (len(PROSE) // len(AWKWARD) // 4))
"""A fifth of them are of the kind that books stumble over."""
FOREIGN = {
    "de": "„Donaudampfschifffahrtsgesellschaft“ schrieb sie groß; die Öfen, übrigens, waren kalt, und die Straße naß.",
    "fr": "« Où êtes-vous ? » dit-elle ; l’œuvre d’une sœur aînée : ça, peut-être, n’est pas naïf !",
    "pl": "Zażółć gęślą jaźń, powiedział; łódź płynęła po jeziorze, a źdźbło trawy drżało.",
    "ru": "Все счастливые семьи похожи друг на друга, каждая несчастливая семья несчастлива по-своему.",
    "el": "Ἄνδρα μοι ἔννεπε, Μοῦσα, πολύτροπον, ὃς μάλα πολλὰ πλάγχθη.",
    "ar": "كان القطار يسير في الليل، ولم يكن أحد ينتظره في المحطة.",
    "he": "הרכבת נסעה בלילה, ואיש לא חיכה לה בתחנה.",
    "ja": "国境の長いトンネルを抜けると雪国であった。夜の底が白くなった。",
    "vi": "Đêm khuya, đoàn tàu dừng lại giữa cánh đồng tối.",
}
NAMES = (
    "Rowan Tull",
    "palimpsest_69",
    "Jane of Crewe",
    "Zoë Ó Briain",
    "M. d’Artagnan",
    "影山 花",
    "Ann McAllister-Źrebiec",
)


def write(root: Path, number: int) -> str:
    """Write the book of a number into a new folder; return the printer's profile that it is for, empty for none."""
    chance = random.Random(number)  # noqa: S311 - nothing is to be kept secret
    author = chance.choice(("Mara Finch", "Ossian Bell", "Jean-Luc O’Hara"))
    put(root, "people/one.md", f"---\nname: {author}\n---\n\n{words(chance, 18)}\n")
    put(root, "people/two.md", f"---\nname: Hal Denby\n---\n\nHal Denby {words(chance, 9)}\n")
    settings = [
        f"title: Book {number} of *{chance.choice(PROSE)}*",
        f"language: {chance.choice(('en-GB', 'en-US', 'de', 'fr'))}",
        f"identifier: urn:uuid:3f0f7f3c-9a55-4f5e-8d0b-{number:012d}",
        "date: 2025-10-06",
        f"theme: {THEMES[number % 3]}",
        f"bios: {chance.choice(('essay', 'contributors', 'both'))}",
        f"permissions_page: {chance.choice(('yes', 'no'))}",
        f"links: {chance.choice(('footnotes', 'hide'))}",
        f"comments:\n  numbering: {chance.choice(('source', 'restart', 'none'))}",
    ]
    # Two columns ask for a wide page.
    if (trim := chance.choice(TRIMS)) and not (THEMES[number % 3] == "gazette" and trim == "5 x 8 in"):
        settings.append(f"trim: {trim}")
    put(root, "book.yaml", "\n".join(settings).replace("*", "") + "\n")
    for at in range(chance.choice((1, 1, 2))):
        essay(root / f"manuscript/essays/{at:02d}-piece-{at}", chance)
    for matter, kinds in (("front", ("dedication", "epigraph", "foreword")), ("back", ("afterword", "colophon"))):
        for kind in chance.sample(kinds, chance.choice((0, 0, 1, 2))):
            put(root, f"{matter}matter/{kind}.md", f"---\nkind: {kind}\n---\n\n{words(chance, 14)}\n")
    return chance.choice(PROFILES)


def put(root: Path, name: str, text: str) -> None:
    """Write a file of a manuscript."""
    path = root / "manuscript" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def words(chance: random.Random, count: int) -> str:
    """Return a sentence of so many words, some of them set apart."""
    found = chance.choices(WORDS, k=count)
    for mark in ("*{}*", "**{}**", "`{}`", "“{}”", "({})", "{} –", "{},", "{}…"):
        if chance.random() < 0.25:
            at = chance.randrange(count)
            if found[at].isalpha():
                found[at] = mark.format(found[at])
    text = " ".join(found)
    return f"{text[:1].upper()}{text[1:]}."


def essay(folder: Path, chance: random.Random) -> None:
    """Write an essay of blocks in any order, and comments on it."""
    folder.mkdir(parents=True)
    notes: list[str] = []
    blocks = [
        chance.choice(("", "“", "‘")).join(("", words(chance, 40))),
        *(chance.choice(BLOCKS)(chance, folder, notes) for _ in range(chance.randrange(4, 12))),
        words(chance, 60),
    ]
    blocks[0] = f"{blocks[0]}{'”' if blocks[0][0] == '“' else '’' if blocks[0][0] == '‘' else ''}"
    front = f"title: {words(chance, chance.randrange(1, 9)).strip('.').replace(':', '')!r}\n"
    front = front if "`" not in front and '"' not in front else "title: Plainly\n"
    extras = (
        f"subtitle: {chance.choice(('Eleven crossings', 'One night, two beds'))}\n",
        f"abstract: Of {number(chance)} nights.\n",
    )
    front += "".join(each for each in extras if chance.random() < 0.5)
    authors = chance.choice(("[one]", "[one, two]"))
    head = f"---\n{front}authors: {authors}\npermission: granted\nsource:\n  publication: The Waiting Room\n---\n\n"
    (folder / "essay.md").write_text(head + "\n\n".join([*blocks, *notes]) + "\n", "utf-8")
    if letters := comments(chance):
        (folder / "comments.md").write_text(letters, "utf-8")


def number(chance: random.Random) -> str:
    """Return a number as a text has it."""
    return chance.choice(("eleven", "11", "1,100", "xi"))


def comments(chance: random.Random) -> str:
    """Return comments, some of them answers, some not chosen."""
    found = []
    for at in range(1, chance.randrange(0, 6) + 1):
        keys = [f"comment: {at}", f"author: {chance.choice((*NAMES, 'one'))}", "consent: granted"]
        keys.append(f"include: {chance.choice(('yes', 'yes', 'no'))}")
        keys += [f"date: 2025-03-{at:02d}"] if chance.random() < 0.7 else []
        keys += [f"reply_to: {chance.randrange(1, at)}"] if at > 1 and chance.random() < 0.4 else []
        keys += [chance.choice(("anonymise: initials", "anonymise: A reader"))] if chance.random() < 0.2 else []
        body = "\n\n".join(words(chance, chance.randrange(3, 40)) for _ in range(chance.randrange(1, 3)))
        body = body.replace(" one ", " […] ", 1)
        found.append("---\n" + "\n".join(keys) + f"\n---\n\n{body}\n")
    return "\n".join(found)


Block = Callable[[random.Random, Path, list[str]], str]


def paragraph(chance: random.Random, folder: Path, notes: list[str]) -> str:
    return words(chance, chance.randrange(3, 120))


def noted(chance: random.Random, folder: Path, notes: list[str]) -> str:
    text = words(chance, 25)
    for _ in range(chance.randrange(1, 4)):
        name = f"n{len(notes)}"
        mark, then = chance.choice((("-", "-"), ("1.", "2."), ("7.", "8.")))
        more = f"\n\n    {mark} {words(chance, 5)}\n    {then} {words(chance, 5)}" if chance.random() < 0.3 else ""
        notes.append(f"[^{name}]: {words(chance, chance.randrange(2, 50))}{more}")
        text += f"[^{name}] {words(chance, 12)}"
    return text


def linked(chance: random.Random, folder: Path, notes: list[str]) -> str:
    path = "/".join(chance.choices(("waiting-room", "2019", "a_b", "recovery-time", "q?x=1&y=2", "%C3%A9"), k=3))
    shown = chance.choice(("a page", "the office’s own", "example.org"))
    return f"{words(chance, 20)} [{shown}](https://example.org/{path}) says so, {words(chance, 12)}"


def heading(chance: random.Random, folder: Path, notes: list[str]) -> str:
    level, number_ = chance.choice(("##", "##", "###")), chance.choice(("1. ", "II. ", ""))
    return f"{level} {number_}{words(chance, chance.randrange(1, 6)).rstrip('.')}\n\n{words(chance, 50)}"


def quote(chance: random.Random, folder: Path, notes: list[str]) -> str:
    return f"> {words(chance, 30)}\n>\n> – Ilse Varga, *Nine Hours*, 1931\n\n{words(chance, 20)}"


def verse(chance: random.Random, folder: Path, notes: list[str]) -> str:
    return "> " + "\\\n> ".join(words(chance, 7) for _ in range(4))


def table(chance: random.Random, folder: Path, notes: list[str]) -> str:
    rows = "\n".join(f"| {chance.choice(WORDS)} | {chance.randrange(9999):,} | {words(chance, 3)} |" for _ in range(3))
    return f"| Car | Berths | Linen, kg |\n| :-- | --: | :-- |\n{rows}"


def items(chance: random.Random, folder: Path, notes: list[str]) -> str:
    first = chance.choice((None, 1, 1, 5, 98))
    marks = ("-",) * 3 if first is None else [f"{first + at}." for at in range(3)]
    return "\n".join(f"{mark} {words(chance, chance.randrange(2, 20))}" for mark in marks)


def code(chance: random.Random, folder: Path, notes: list[str]) -> str:
    return "```\nberth = 10 * compartment + (1, 3, 5)[level]\nif fi_offset -- 1: pass\n```"


def rule(chance: random.Random, folder: Path, notes: list[str]) -> str:
    return f"---\n\n{words(chance, 30)}"


def foreign(chance: random.Random, folder: Path, notes: list[str]) -> str:
    language = chance.choice(tuple(FOREIGN))
    return f"{words(chance, 6)} {FOREIGN[language]} {words(chance, 6)}"


def picture(chance: random.Random, folder: Path, notes: list[str]) -> str:
    name = f"images/{len(list(folder.glob('images/*')))}"
    (folder / "images").mkdir(exist_ok=True)
    if chance.random() < 0.5:
        name += ".svg"
        shape = '<path d="M0 20h100M0 40h80" stroke="#000" fill="none"/>'
        drawn = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50" width="100" height="50">{shape}</svg>'
        (folder / name).write_text(drawn, "utf-8")
    else:
        name += ".png"
        (folder / name).write_bytes(png(chance, 1600, 800))
    alt = chance.choice(("", "A long line falls", "Pages, open"))
    said = chance.choice(("The flat place", "From the graph of the 21.10, redrawn."))
    caption = f' "{said}"' if alt and chance.random() < 0.6 else ""
    return f"![{alt}]({name}{caption})"


def png(chance: random.Random, width: int, height: int) -> bytes:
    """Return a PNG in grey."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    row = bytes([0, *(chance.randrange(256) for _ in range(width))])
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(row * height)) + chunk(b"IEND", b"")
    )


BLOCKS: tuple[Block, ...] = (
    *(paragraph, paragraph, noted, noted, linked, heading, quote, verse, table, items, code, rule, foreign, picture),
)
