"""A generated anthology for benchmarks: the same seed gives the same files."""

from __future__ import annotations

import random
import sys
from pathlib import Path

from PIL import Image

WORDS = """a about across after again almost although among and another answer around as at away because before behind
better between book both bring carry certain change city close colour come could country day different door
during each early either end enough even every eye face fall far feel few figure find first follow for from
garden give go great half hand hear here high hold house idea if in it keep kind know large last late learn
leave letter light like line little long look make margin mean mind moment morning more move name near never
new night no nothing now of often old on once one only open or other our out over own page paper part perhaps
place plain point press print put question quite rather read reason remember room round same say seem sense
several shape sheet side since small some soon sound stand still street such take talk tell than that the
their then there thing think though three through time to together too toward town true turn two under until
up upon very voice wait walk wall want was watch water way well what when where whether which while white who
whole why wide will window with without word work world would write year yet young""".split()


def sentence(dice: random.Random) -> str:
    """Return eight to twenty-two words with a capital and a full stop."""
    words = dice.choices(WORDS, k=dice.randint(8, 22))
    if dice.random() < 0.1:
        words[3] = f"*{words[3]}*"
    if dice.random() < 0.04:
        words[5] = f"[{words[5]}](https://example.org/{words[6]}/{dice.randint(1, 999)})"
    return " ".join(words).capitalize() + "."


def paragraph(dice: random.Random, sentences: int) -> str:
    """Return a paragraph of so many sentences."""
    return " ".join(sentence(dice) for _ in range(sentences))


def picture(path: Path, number: int) -> None:
    """Draw a gradient with some grain, in colour or in greys."""
    size = (900, 600)
    tones = Image.linear_gradient("L").rotate(90 * number).resize(size)
    grain = Image.frombytes("L", (90, 60), random.Random(number).randbytes(5400)).resize(size)  # noqa: S311
    mixed = Image.blend(tones, grain, 0.2)
    (Image.merge("RGB", (mixed, tones, grain)) if number % 2 else mixed).save(path)


def table(number: int) -> str:
    """Return a table of six rows."""
    cells = [f"| {WORDS[number + row]} | {number * row} | {row * row} |" for row in range(6)]
    return "\n".join(["| word | first | second |", "| --- | --- | --- |", *cells])


def anthology(root: Path, essays: int, words: int = 3100, comments: int = 12) -> None:
    """Write a project of so many essays, each of about so many words and with so many comments, all chosen.

    Every third essay has a picture, every fourth a table.
    """
    dice = random.Random(1)  # noqa: S311 - a corpus, not a secret
    book = root / "manuscript"
    (book / "people").mkdir(parents=True)
    (book / "book.yaml").write_text(
        "title: An Anthology\nlanguage: en-GB\ndate: 2025-01-01\n"
        "identifier: urn:uuid:7c1d4c0e-5a0b-4b6e-9a51-0d1f5c9b2a10\n"
    )
    for number in range(1, essays + 1):
        person = f"person-{number}"
        (book / "people" / f"{person}.md").write_text(
            f"---\nname: Writer Number{number}\n---\n\n{paragraph(dice, 3)}\n"
        )
        folder = book / "essays" / f"{number:03d}-essay-{number}"
        folder.mkdir(parents=True)
        body = []
        for part in range(1, words // 600 + 1):
            body += [
                f"## {part}. {' '.join(dice.choices(WORDS, k=4)).capitalize()}",
                *(paragraph(dice, 6) for _ in range(6)),
            ]
            body[-1] += f"[^{part}]"
        if number % 3 == 0:
            picture(folder / "figure.png", number)
            body.insert(8, "![A gradient with some grain](figure.png)")
        if number % 4 == 0:
            body.insert(16, table(number % 20))
        notes = [f"[^{part}]: {sentence(dice)}" for part in range(1, words // 600 + 1)]
        head = f"---\ntitle: Essay {number}\nauthors: [{person}]\npermission: granted\n---\n\n"
        (folder / "essay.md").write_text(head + "\n\n".join(body + notes) + "\n")
        blocks = [
            f"---\ncomment: {each}\nauthor: Reader {each}\ndate: 2025-01-{each % 28 + 1:02d}\n"
            + "include: yes\nconsent: granted\n"
            + (f"reply_to: {each - 1}\n" if each % 3 == 0 else "")
            + f"---\n\n{paragraph(dice, 4)}\n"
            for each in range(1, comments + 1)
        ]
        (folder / "comments.md").write_text("\n".join(blocks))


if __name__ == "__main__":
    anthology(Path(sys.argv[1]), int(sys.argv[2]))
