"""Good books for four printers, each built once, from which the tests make bad ones."""

from __future__ import annotations

import dataclasses

import pytest

import books
from overprint import pipeline
from overprint.diagnostics import NOWHERE
from overprint.press import icc, profile
from overprint.press.finish import finish
from overprint.press.pages import fill
from overprint.press.profile import Band
from press.pages import FACTS, a_press
from press.preflight.spoiling import Good

TEXT = "\n\n".join(f"Paragraph {number} of {'many words that fill a page ' * 25}" for number in range(3))
FOUR = """\
like: {like}
intent: {{identifier: FOGRA39, registry: 'http://www.color.org', icc: press.icc}}
ink_limit: 300
"""
PRINTERS = {"black": "like: ingram\n", "bare": "like: kdp\npages: {least: 2}\nhairline: 0.3pt\n"}
PRINTERS |= {"four": FOUR.format(like="offset"), "flat": FOUR.format(like="offset-x1a")}


@pytest.fixture(scope="session")
def good(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Good]:
    """Return a book built for each printer: `black` (PDF/X-1a), `bare` (as KDP), `four` (PDF/X-4) and `flat`."""
    root = books.write(tmp_path_factory.mktemp("good"), essay=f"{books.text('essay')}\n{TEXT}\n")
    (root / "press.icc").write_bytes(a_press())
    (root / "profiles").mkdir()
    [laid_out] = pipeline.build(root, ["pdf"]).value
    count = laid_out.pages + 1 + (laid_out.pages + 1) % 2
    fill(laid_out.path, root / "filled.pdf", count)
    made = {}
    for name, words in PRINTERS.items():
        (root / f"profiles/{name}.yaml").write_text(f"title: {name}\n{words}", "utf-8")
        found = icc.settled(profile.find(name, root, NOWHERE), root, NOWHERE)
        finish(root / "filled.pdf", root / f"{name}.pdf", found, **FACTS)
        made[name] = Good(root / f"{name}.pdf", found)
    # What no printer of ours asks is asked here too, so that rules on it are run.
    strict = dataclasses.replace(
        made["black"].profile,
        pages=(count, count),
        multiple=2,
        ink_limit=None,
        trims=((396, 612),),
        gutters=(Band((1, 99), 40),),
        ppi=(300, 600),
        type_least=7,
        hairline=0.3,
        file_limit=made["black"].path.stat().st_size + 100_000,
    )
    return {**made, "black": Good(made["black"].path, strict)}
