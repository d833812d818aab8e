"""Typed fields out of strict YAML, each with its place.

Scalars are typed by the schema and never guessed: `no` in a title is the word “no”. Duplicate and unknown keys are
errors with the nearest known key.
"""

from __future__ import annotations

import datetime
import difflib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, cast

from overprint import lengths
from overprint.diagnostics import Diagnostic, Made, Place, error, hint
from overprint.strict_yaml import BROKEN_YAML, Block, Node, Refused, Scalar, Sequence, tree

UNKNOWN_KEY = error(
    "M104",
    "unknown key `{key}`",
    "use one of: {known}",
    """A key that overprint does not know is most often a misspelling, and its value would be lost without a word. The
    message names the nearest known key where there is one.

    Bad, in essay.md:
        ---
        subtitel: A First Look
        ---
    Good, in essay.md:
        ---
        subtitle: A First Look
        ---
    """,
)
OTHER_KEY = hint(
    "M131",
    "`{key}` is a key of other programs: {fate}",
    "{cure}",
    """Pandoc, Hugo and Jekyll write some keys otherwise. Those that mean the same are read as ours; what a web site
    alone has use for, such as tags, is passed over.

    Bad, in essay.md:
        ---
        lang: en-AU
        ---
    Bad, in essay.md:
        ---
        tags: [bees]
        ---
    Good, in essay.md:
        ---
        language: en-AU
        ---
    """,
)
WRONG_VALUE = error(
    "M105",
    "`{key}` is {found}; it takes {wanted}",
    "",
    """The value is of another form than the key takes: a word where a number stands, a list where one value stands, or
    a word that is not among the choices.

    Bad, in comments.md:
        ---
        comment: 1
        include: perhaps
        ---

        I keep wasps.
    Good, in comments.md:
        ---
        comment: 1
        include: yes
        ---

        I keep wasps.
    """,
)
DUPLICATE_KEY = error(
    "M107",
    "`{key}` is given twice",
    "delete one of them; the first is on line {first}",
    """Each key may stand once. With two, one value would be lost.

    Bad, in essay.md:
        ---
        title: On Bees
        title: On Wasps
        ---
    Good, in essay.md:
        ---
        title: On Bees
        subtitle: On Wasps
        ---
    """,
)
IMPOSSIBLE_DATE = error(
    "M108",
    "`{key}: {value}` is not a date",
    "write the year, month and day as 2025-03-14; month and day may be left out",
    """Dates are written as in ISO 8601, the year first. A day that no calendar has is refused.

    Bad, in essay.md:
        ---
        date: 2014-02-30
        ---
    Bad, in essay.md:
        ---
        date: 20 February 2014
        ---
    Good, in essay.md:
        ---
        date: 2014-02
        ---
    """,
)
MISSING = error(
    "M101",
    "`{key}` is missing",
    "write it after `{key}:`",
    """A book cannot be made without this value, and overprint never invents one.

    Bad, in essay.md:
        ---
        title:
        ---
    Good, in essay.md:
        ---
        title: On Bees
        ---
    """,
)
NOT_LANGUAGE = error(
    "M102",
    "`{value}` is not a language tag",
    "write a tag such as en-GB, en-AU, de or fr",
    """The language decides hyphenation, quotation marks and how a reading system speaks the text. It is a BCP 47 tag.

    Bad, in book.yaml:
        language: english
    Good, in book.yaml:
        language: en-AU
    """,
)

Shape = Literal[
    "text", "flag", "number", "numbers", "date", "language", "choice", "texts", "url", "map", "entries",
    "trim", "length", "colour",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Key:
    """A key that editors may write: `shape` types its value, `about` is its line in the reference.

    `also` holds what other programs call it.
    """

    name: str
    shape: Shape
    about: str
    required: bool = False
    choices: tuple[str, ...] = ()
    keys: tuple[Key, ...] = ()
    also: tuple[str, ...] = ()


OF_WEB_SITES = frozenset({"categories", "keywords", "layout", "tags"})


@dataclass(frozen=True, slots=True)
class Fields:
    """Typed values by dotted key (`source.url`), and where each stands; a key that is empty is absent."""

    values: Mapping[str, object] = field(default_factory=dict)
    places: Mapping[str, Place] = field(default_factory=dict)

    def text(self, key: str, default: str = "") -> str:
        """Return a text, date, language or choice."""
        return cast("str", self.values.get(key, default))

    def flag(self, key: str, default: bool = False) -> bool:
        """Return yes or no."""
        return cast("bool", self.values.get(key, default))

    def number(self, key: str, default: int = 0) -> int:
        """Return a whole number."""
        return cast("int", self.values.get(key, default))

    def numbers(self, key: str) -> tuple[int, ...]:
        """Return a list of whole numbers; one alone counts as a list."""
        return cast("tuple[int, ...]", self.values.get(key, ()))

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts; one alone counts as a list."""
        return cast("tuple[str, ...]", self.values.get(key, ()))

    def entries(self, key: str) -> tuple[Fields, ...]:
        """Return a list whose items have keys of their own; an item that is one text stands under the key ``."""
        return cast("tuple[Fields, ...]", self.values.get(key, ()))


def read(source: str, start: Place, keys: tuple[Key, ...]) -> Made[Fields]:
    r"""Read the YAML mapping `source`, whose first character stands at `start`, by the schema `keys`.

    >>> made = read("title: no\ndate: 2014-02-20", Place("book.yaml", 1, 1), (Key("title", "text", ""),
    ...     Key("date", "date", "")))
    >>> made.value.text("title"), made.value.text("date"), str(made.value.places["date"])
    ('no', '2014-02-20', 'book.yaml:2:7')
    """
    try:
        node = tree(source, start)
    except Refused as refused:
        return Made(Fields(), (refused.said,))
    if node is None:
        node = Block([], start)
    if not isinstance(node, Block):
        return Made(
            Fields(), (BROKEN_YAML.at(node.place, problem="this is no list of keys", cure="write `key: value`"),)
        )
    reader = _Reader({}, {}, [])
    reader.mapping(node, keys, "")
    return Made(Fields(reader.values, reader.places), tuple(reader.said))


class _Reader:
    """Collects typed values while it walks one mapping."""

    def __init__(self, values: dict[str, object], places: dict[str, Place], said: list[Diagnostic]) -> None:
        self.values, self.places, self.said = values, places, said

    def mapping(self, node: Block, keys: tuple[Key, ...], prefix: str) -> None:
        known = {key.name: key for key in keys}
        seen: dict[str, Place] = {}
        for name, node_value in node.pairs:
            if name.value in seen:
                self.said.append(DUPLICATE_KEY.at(name.place, key=name.value, first=seen[name.value].line))
                continue
            seen[name.value] = name.place
            key = known.get(name.value) or self.meant(name, keys, [each.value for each, _ in node.pairs])
            if key is None:
                if name.value in OF_WEB_SITES:
                    self.said.append(
                        OTHER_KEY.at(name.place, key=name.value, fate="it is passed over", cure="delete it")
                    )
                    continue
                near = difflib.get_close_matches(name.value, known, 1, 0.6)
                self.said.append(_unknown(name, tuple(known), near))
                self.places |= {prefix + meant: name.place for meant in near if meant not in seen}
                continue
            self.value(key, prefix + key.name, node_value)
        for key in keys:
            dotted = prefix + key.name
            faulty = dotted in self.places and any(said.place == self.places[dotted] for said in self.said)
            if key.required and dotted not in self.values and not faulty:
                self.said.append(MISSING.at(self.places.get(dotted, node.place), key=key.name))

    def meant(self, name: Scalar, keys: tuple[Key, ...], given: list[str]) -> Key | None:
        """Return the key that a name of another program stands for, unless that is given too."""
        key = next((key for key in keys if name.value in key.also and key.name not in given), None)
        if key is not None:
            fate, cure = f"it is read as `{key.name}`", f"write `{key.name}`"
            self.said.append(OTHER_KEY.at(name.place, key=name.value, fate=fate, cure=cure))
        return key

    def value(self, key: Key, name: str, node: Node) -> None:
        self.places[name] = node.place
        if isinstance(node, Sequence):
            items = (item for item in node.items if not isinstance(item, Scalar) or item.value.strip())
            self.places |= {f"{name}.{number}": item.place for number, item in enumerate(items)}
        if isinstance(node, Scalar) and key.shape != "colour" and _is_empty(node, blank=key.shape != "map"):
            return
        if key.shape == "map":
            if isinstance(node, Block):
                self.mapping(node, key.keys, f"{name}.")
            else:
                self.wrong(key, node, "keys of its own, indented below it")
            return
        value = SHAPES[key.shape](self, key, node)
        if value is not None:
            self.values[name] = value

    def wrong(self, key: Key, node: Node, wanted: str, hint: str = "") -> Any:
        found = f"`{node.value}`" if isinstance(node, Scalar) else "a list" if isinstance(node, Sequence) else "keys"
        self.said.append(WRONG_VALUE.at(node.place, key=key.name, found=found, wanted=wanted, hint=hint))

    def text(self, key: Key, node: Node) -> object:
        if isinstance(node, Scalar):
            return node.value.strip()
        return self.wrong(key, node, "one line of text")

    def flag(self, key: Key, node: Node) -> object:
        word = node.value.lower() if isinstance(node, Scalar) else ""
        if word in {"yes", "true", "on"}:
            return True
        if word in {"no", "false", "off"}:
            return False
        return self.wrong(key, node, "yes or no")

    def number(self, key: Key, node: Node) -> object:
        if isinstance(node, Scalar) and re.fullmatch(r"[0-9]{1,9}", node.value):
            return int(node.value)
        return self.wrong(key, node, "a whole number")

    def numbers(self, key: Key, node: Node) -> object:
        items = node.items if isinstance(node, Sequence) else [node]
        found = [self.number(key, item) for item in items]
        return tuple(number for number in found if number is not None)

    def texts(self, key: Key, node: Node) -> object:
        items = node.items if isinstance(node, Sequence) else [node]
        found = [self.text(key, item) for item in items]
        return tuple(text for text in found if text)

    def entries(self, key: Key, node: Node) -> object:
        found = []
        for item in node.items if isinstance(node, Sequence) else [node]:
            inner = _Reader({}, {}, self.said)
            if isinstance(item, Block):
                inner.mapping(item, key.keys, "")
            else:
                inner.value(Key(key.name, "text", key.about), "", item)
            found.append(Fields(inner.values, inner.places))
        return tuple(found)

    def date(self, key: Key, node: Node) -> object:
        if not isinstance(node, Scalar):
            return self.wrong(key, node, "a date such as 2025-03-14")
        value = node.value.strip()
        if is_date(value):
            return value
        self.said.append(IMPOSSIBLE_DATE.at(node.place, key=key.name, value=value))
        return None

    def language(self, key: Key, node: Node) -> object:
        value = node.value.strip() if isinstance(node, Scalar) else ""
        if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?(-[A-Za-z0-9]{5,8})*", value):
            return value
        self.said.append(NOT_LANGUAGE.at(node.place, value=value or "a list"))
        return None

    def url(self, key: Key, node: Node) -> object:
        value = node.value.strip() if isinstance(node, Scalar) else ""
        if re.fullmatch(r"https?://[^\s<>\"{}|\\^`]+", value):
            return value
        return self.wrong(key, node, "an address that begins with https:// or http://")

    def trim(self, key: Key, node: Node) -> object:
        value = lengths.trim(node.value) if isinstance(node, Scalar) else None
        return value or self.wrong(key, node, f"a width and a height, such as 5 x 8 in, or {', '.join(lengths.TRIMS)}")

    def length(self, key: Key, node: Node) -> object:
        value = lengths.points(node.value) if isinstance(node, Scalar) else None
        return f"{value:g}pt" if value else self.wrong(key, node, "a size on paper, such as 11.5pt or 4mm")

    def colour(self, key: Key, node: Node) -> object:
        value = node.value.strip() if isinstance(node, Scalar) else ""
        if re.fullmatch(r"#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})|[a-z]+", value):
            return value
        # After a space, YAML takes # for the start of a note, and nothing is left.
        return self.wrong(key, node, 'a colour: its English name, or its number in quotes, such as "#a8231a"')

    def choice(self, key: Key, node: Node) -> object:
        value = node.value.strip() if isinstance(node, Scalar) else ""
        if value in key.choices:
            return value
        near = difflib.get_close_matches(value, key.choices, 1, 0.5)
        return self.wrong(key, node, " or ".join(key.choices), f"did you mean `{near[0]}`?" if near else "")


SHAPES: dict[str, Callable[[_Reader, Key, Node], object]] = {
    "text": _Reader.text,
    "flag": _Reader.flag,
    "number": _Reader.number,
    "numbers": _Reader.numbers,
    "texts": _Reader.texts,
    "entries": _Reader.entries,
    "date": _Reader.date,
    "language": _Reader.language,
    "url": _Reader.url,
    "choice": _Reader.choice,
    "trim": _Reader.trim,
    "length": _Reader.length,
    "colour": _Reader.colour,
}


def _is_empty(node: Scalar, *, blank: bool) -> bool:
    """Say whether a value says nothing; `blank` counts quotes with nothing in them."""
    return (not node.quoted and node.value in {"", "~", "null"}) or (blank and not node.value.strip())


def is_date(value: str) -> bool:
    """Say whether `value` is a year, a year and month, or a day that the calendar has.

    >>> is_date("2014"), is_date("2014-02-20"), is_date("2014-02-30"), is_date("20 Feb 2014")
    (True, True, False, False)
    """
    parts = re.fullmatch(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", value)
    if not parts:
        return False
    try:
        datetime.date(*(int(part or 1) for part in parts.groups()))
    except ValueError:
        return False
    return True


def _unknown(name: Scalar, known: tuple[str, ...], near: list[str]) -> Diagnostic:
    cure = f"did you mean `{near[0]}`?" if near else ""
    return UNKNOWN_KEY.at(name.place, key=name.value, known=", ".join(known), hint=cure)


def every_key(keys: tuple[Key, ...], prefix: str = "") -> Iterator[tuple[str, Key]]:
    """Yield each key with its dotted name, for the reference page."""
    for key in keys:
        yield prefix + key.name, key
        yield from every_key(key.keys, f"{prefix}{key.name}.")
