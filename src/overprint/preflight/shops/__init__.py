"""What shops take, as dated data with its sources, and a finished EPUB held against it.

What could not be established is absent from the data, and said in it.
"""

from __future__ import annotations

from pathlib import Path

from overprint.diagnostics import Exit, Made, Place, Stop, error, in_order
from overprint.preflight.opened import opened
from overprint.preflight.shops import cover, file, pictures, text
from overprint.preflight.shops.goods import goods
from overprint.preflight.shops.shop import Shop, known, shop

__all__ = ["Shop", "check", "known", "shop"]

RULES = (file, cover, pictures, text)

NO_SHOP = error(
    "E140",
    "there is no shop called `{name}`",
    "use one of: {known}",
    "`overprint check --shop NAME` holds an EPUB against what a shop says that it takes.",
)


def check(path: Path, name: str) -> Made[str]:
    """Say all that a shop may refuse in an EPUB; the value says against how much it was held.

    Raises:
        Stop: there is no such shop, or the file is no EPUB that can be opened.
    """
    if name not in known():
        place = Place(f"--shop {name}")
        raise Stop(NO_SHOP.at(place, name=name, known=", ".join(known())), exit=Exit.USAGE)
    found = shop(name)
    subject = goods(path, opened(path).value, found)
    said = in_order([each for group in RULES for each in group.RULES.run(subject)])
    limits = sum(group.RULES.asked(subject) for group in RULES)
    return Made(f"checked against {limits} limits of shop {name} ({found.dated:%Y-%m})", said)
