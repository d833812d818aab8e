"""What total fit strives for, in numbers."""

from __future__ import annotations

from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Pass:
    """One try at a paragraph: the loosest line that it takes, whether it hyphenates, and what it pretends.

    Attributes:
        tolerance: the greatest badness of a line, as TeX counts it: 100 where its spaces are stretched to their limit.
        hyphenate: whether words may be divided.
        emergency: stretch that each line is given besides its own, as a share of the measure, so that hopeless lines
            can still be told apart.
    """

    tolerance: float
    hyphenate: bool
    emergency: float = 0


@dataclass(frozen=True, slots=True)
class Settings:
    """Penalties and demerits are counted as TeX counts them, and are TeX's where nothing else is said.

    Attributes:
        stretch: how far a space may grow before it is ugly, as a share of itself.
        narrowest: the width of the narrowest space, in em. TeX's spaces give way by a third; a bit more is needed
            where dictionaries divide fewer words than TeX's, and for typefaces with wide spaces.
        expansion: how much wider or narrower letters may be drawn, as a share of their width.
        narrow, narrow_expansion: in lines of fewer em than this, letters may give that much: there are too few spaces.
        line: what each line costs, so that fewer lines are better.
        hyphen, compound, part: what it costs to divide a word, a compound at its own hyphen, a part of a compound.
        joint: what it costs to break without a space, behind a dash or a stroke.
        dash: what it costs to begin a line with a spaced dash.
        two_hyphens: what two lines in a row with a hyphen at the end cost; three in a row are never set.
        hyphen_before_last: what a hyphen at the end of the last line but one costs.
        unlike: what a tight line beside a loose one costs.
        same_word: what two lines in a row cost that begin, or end, with the same word.
        shortest_last: the least length of a last line, in em; a shorter one is not set while there is another way.
        worst_wished: the tolerance with which one line more or less is still worth it.
        passes: one after the other, until one finds lines.
    """

    stretch: float = 1 / 2
    narrowest: float = 0.125
    expansion: float = 0.02
    narrow: float = 22
    narrow_expansion: float = 0.03
    line: float = 10
    hyphen: float = 50
    compound: float = 50
    part: float = 150
    joint: float = 50
    dash: float = 150
    two_hyphens: float = 10_000
    hyphen_before_last: float = 5_000
    unlike: float = 10_000
    same_word: float = 100_000
    shortest_last: float = 2
    worst_wished: float = 200
    passes: tuple[Pass, ...] = (
        Pass(50, False),
        Pass(200, True),
        Pass(1_000, True),
        Pass(10_000, True),
        Pass(1e9, True, 0.1),
    )

    def of_measure(self, ems: float) -> Settings:
        """Return the settings for lines of so many em.

        >>> Settings().of_measure(25).expansion, Settings().of_measure(19).expansion
        (0.02, 0.03)
        """
        return replace(self, expansion=self.narrow_expansion) if ems < self.narrow else self
