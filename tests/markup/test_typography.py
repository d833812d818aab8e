from __future__ import annotations

import re
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from overprint.markup.typography import Run, profile, typeset

LANGUAGES = ("en-GB", "en-US", "de", "de-CH", "fr", "nl")
MEASURED = Path(__file__).resolve().parents[3] / "shared" / "data" / "typography-cases.txt"
NO_BREAKS = str.maketrans({"\u00a0": "~", "\u202f": "_"})


def runs(marked: str) -> list[Run]:
    """Read `<em>` as markup, `` `code` `` and a hard break, `⏎`, as verbatim."""
    parts = re.split(r"<[^<>\s]+>|(`[^`]*`|⏎)", marked)
    return [Run("\n" if part == "⏎" else part.strip("`"), part[0] in "`⏎") for part in parts if part]


def lines(source: list[Run], language: str) -> str:
    return "".join(typeset(source, profile(language)))


# In the expected text ~ is a no-break space and _ a narrow one.
CASES = [
    ("double quotes, British", "en-GB", '"Ours," said Ada.', "‘Ours,’ said Ada."),
    ("double quotes, Australian", "en-AU", '"Ours."', "‘Ours.’"),
    ("double quotes, American", "en-US", '"Ours," said Ada.', "“Ours,” said Ada."),
    ("single quotes, British", "en-GB", "'Ours,' said Ada.", "‘Ours,’ said Ada."),
    ("single quotes stay single", "en-US", "the gloss 'house' here", "the gloss ‘house’ here"),
    ("nested, British", "en-GB", "\"Who wrote 'Emma'?\"", "‘Who wrote “Emma”?’"),
    ("nested, American", "en-US", "\"Who wrote 'Emma'?\"", "“Who wrote ‘Emma’?”"),
    ("single outside double", "en-GB", "'Who cried \"wolf\"?' I asked", "‘Who cried “wolf”?’ I asked"),
    ("three deep", "en-US", '"She: \'He: "Go."\'"', "“She: ‘He: “Go.”’”"),
    ("ends together", "en-US", "\"It was called 'Emma'\" was all", "“It was called ‘Emma’” was all"),
    ("in brackets", "en-US", 'one (the "true" one) ["so"]', "one (the “true” one) [“so”]"),
    ("after a closed dash", "en-US", 'he said--"stop"--twice', "he said—“stop”—twice"),
    ("broken off", "en-US", '"But I--" She left.', "“But I—” She left."),
    ("broken off, British", "en-GB", '"But I--" She left.', "‘But I~–’ She left."),
    ("taken up again", "en-GB", '"--and so to bed"', "‘–and so to bed’"),
    ("pause at the start", "en-US", '"...so"', "“…so”"),
    ("hyphenated", "en-US", 'a pseudo-"scholar"', "a pseudo-“scholar”"),
    ("open to the end", "en-US", '"First paragraph of two.', "“First paragraph of two."),
    ("no space between", "en-US", 'He said,"Go," and went.', "He said,“Go,” and went."),
    ("curly stays", "en-GB", "“Ours,” it’s ‘so’", "“Ours,” it’s ‘so’"),
    ("curly outside", "en-GB", "‘a \"b\" c’ and “d 'e' f”", "‘a “b” c’ and “d ‘e’ f”"),
    ("alone", "en-US", "the key \" and (')", "the key \" and (')"),
    ("over emphasis", "en-US", '<em>"Emma"</em>\'s end', "“Emma”’s end"),
    ("possessive of emphasis", "en-GB", "<em>Emma</em>'s end", "Emma’s end"),
    ("around a link", "en-GB", '"<a>Emma</a>," she said', "‘Emma,’ she said"),
    ("around code", "en-US", "\"`it's`\" and `a--b`'s", "“it's” and a--b’s"),
    ("after a hard break", "en-US", '"One"⏎"Two"', "“One”\n“Two”"),
    ("contractions", "en-US", "I'd've, y'all, O'Neill, d'you", "I’d’ve, y’all, O’Neill, d’you"),
    ("possessive plural", "en-GB", "the cats' tails, Dickens' death", "the cats’ tails, Dickens’ death"),
    ("possessive plural within", "en-GB", "'The cats' \"tails\" fell,' he said", "‘The cats’ “tails” fell,’ he said"),
    ("decades", "en-GB", "in the '60s or '71, the 1980's", "in the ’60s or ’71, the 1980’s"),
    ("decade within", "en-GB", "'We met in the '60s,' she said", "‘We met in the ’60s,’ she said"),
    ("hyphen and decade", "en-US", "post-'60s", "post-’60s"),
    ("not a decade", "en-GB", "'20 guests came,' he said", "‘20 guests came,’ he said"),
    ("elisions", "en-US", "'Twas for 'em, 'cause I'd walk 'round", "’Twas for ’em, ’cause I’d walk ’round"),
    ("elision within", "en-GB", "'Tell 'em,' she said", "‘Tell ’em,’ she said"),
    ("no elision", "en-US", "'Cause and effect,' he said", "‘Cause and effect,’ he said"),
    ("and", "en-GB", "salt 'n' pepper; drag'n'drop; Mac 'N' Cheese", "salt ’n’ pepper; drag’n’drop; Mac ’N’ Cheese"),
    ("the letter n", "en-GB", "the letter 'n' here", "the letter ‘n’ here"),
    ("clipped ends", "en-GB", "'Goin' an' comin',' he said", "‘Goin’ an’ comin’,’ he said"),
    ("dropped h", "en-GB", "'Give 'im 'is 'at,' he said", "‘Give ’im ’is ’at,’ he said"),
    ("will-o'-the-wisp", "en-GB", "'A will-o'-the-wisp,' he said", "‘A will-o’-the-wisp,’ he said"),
    ("feet and inches", "en-US", "She's 5'9\" tall, 6' at most", "She’s 5′9″ tall, 6′ at most"),
    ("inches within", "en-US", '"A 7" single by 3" wide," he said', "“A 7″ single by 3″ wide,” he said"),
    ("year before a quote", "en-US", '"In 1984" and "2001"', "“In 1984” and “2001”"),
    ("dash, British", "en-GB", "So -- it went---thus", "So~– it went~– thus"),
    ("dash, American", "en-US", "So -- it went --- thus", "So—it went—thus"),
    ("dash at a line's end", "en-US", "So --\nit went", "So—it went"),
    ("dash across markup", "en-GB", "<em>So</em>--<strong>thus</strong>", "So~– thus"),
    ("set dashes stay", "en-US", "a – b — c—d", "a~– b~— c—d"),
    ("no dashes", "en-GB", "a ---- b --> c <!-- use --force now", "a ---- b --> c <!-- use --force now"),
    ("dash and elision", "en-GB", "it was--'tis done", "it was~– ’tis done"),
    ("dashes in a pair", "en-GB", "so --they say-- it was", "so~– they say~– it was"),
    ("source of a quotation", "en-GB", "-- Ada Quill", "– Ada Quill"),
    ("ranges", "en-GB", "1939-45, 1801-1815, pp. 7-9, 2006-07", "1939–45, 1801–1815, pp.~7–9, 2006–07"),
    ("range of pages", "en-US", "pp. 124-6, £5-10, 1,000-2,000, 1939--45", "pp.~124–6, £5–10, 1,000–2,000, 1939–45"),
    ("date", "en-GB", "2021-03-04, 2021-03, 04-03-2021", "2021-03-04, 2021-03, 04-03-2021"),
    ("numbers of things", "en-GB", "ISBN 978-0-00-000000-2, ISSN 0317-8471", "ISBN 978-0-00-000000-2, ISSN 0317-8471"),
    ("telephones", "en-US", "555-0123, 555-1234, tel. 12-34", "555-0123, 555-1234, tel. 12-34"),
    ("no ranges", "en-GB", "50-50, a 12-year-old, 4-4-2, 3-2, B-52", "50-50, a 12-year-old, 4-4-2, 3-2, B-52"),
    ("ellipsis", "en-US", "Oh... No....", "Oh… No…."),
    ("ellipsis in brackets", "en-GB", "It [...] ends", "It […] ends"),
    ("ellipsis after a space", "en-GB", "Oh ... no ...", "Oh~… no~…"),
    ("no ellipsis", "en-GB", "see ../a, .../b, 12...Nf6, ......", "see ../a, .../b, 12...Nf6, ......"),
    ("units", "en-GB", "35 mm, 20 °C, 5 %, 9 a week, 3 in all", "35~mm, 20~°C, 5~%, 9 a week, 3 in all"),
    ("units over a line", "en-GB", "70\nkg", "70~kg"),
    ("initials", "en-GB", "P. D. James, W.H. Auden, E. Waugh", "P.~D.~James, W.H.~Auden, E.~Waugh"),
    ("no initials", "en-GB", "Vitamin C. The end. So did I. Ada", "Vitamin C. The end. So did I. Ada"),
    ("abbreviations", "en-GB", "p. 12, No. 5, vol. IV, § 5, c. 1900", "p.~12, No.~5, vol.~IV, §~5, c.~1900"),
    ("titles", "en-GB", "Mr Pym, Dr. Who, Mrs. X; Mr or Mrs", "Mr~Pym, Dr.~Who, Mrs.~X; Mr or Mrs"),
    (
        "saint and street",
        "en-GB",
        "At St Paul's, to St Ives, in High St Ada",
        "At St~Paul’s, to St~Ives, in High St Ada",
    ),
    ("address", "en-GB", "See https://e.org/a--b'c_(d), it's", "See https://e.org/a--b'c_(d), it’s"),
    ("quoted address", "en-US", "'https://e.org/1914-18...'", "‘https://e.org/1914-18…’"),
    ("electronic mail", "en-GB", "a--b@e.org's or www.e.org/--x", "a--b@e.org’s or www.e.org/--x"),
    ("German", "de", "\"Kennst du 'Faust'?\", fragte er -- leise.", "„Kennst du ‚Faust‘?“, fragte er~– leise."),
    ("German apostrophes", "de", "'Wie geht's Hans' Hund?' So 'ne Frage", "‚Wie geht’s Hans’ Hund?‘ So ’ne Frage"),
    ("German stays", "de", "„Ja“, »nein«, ‚doch‘", "„Ja“, »nein«, ‚doch‘"),
    ("German abbreviations", "de", "z. B. auf S. 12, Nr. 5, Dr. Faust", "z.~B. auf S.~12, Nr.~5, Dr.~Faust"),
    ("Swiss", "de-CH", "\"Im 'Bund'\", 10'000", "«Im ‹Bund›», 10’000"),
    ("French", "fr", 'Il dit: "Oui!" -- c\'est l\'"ami"; non?', "Il dit~: «_Oui_!_»~– c’est l’«_ami_»_; non_?"),
    ("French, spaced by hand", "fr", "« Oui » ; quoi ? 12:30 : fin !", "«_Oui_»_; quoi_? 12:30~: fin_!"),
    ("French, nested", "fr", "\"Lis 'Emma' !\"", "«_Lis “Emma”_!_»"),
    ("French, several signs", "fr", "Quoi?! (!) Mme Ada, n° 5", "Quoi_?! (!) Mme~Ada, n°~5"),
    ("French, over markup", "fr", "«<em>Oui</em>»<em>!</em>", "«_Oui_»_!"),
    ("unknown language", "nl", "'s Avonds... zei \"ze\" foto's -- 35 mm", '\'s Avonds… zei "ze" foto’s -- 35 mm'),
    ("nothing", "en-GB", "", ""),
]


@pytest.mark.parametrize(("language", "source", "expected"), [case[1:] for case in CASES], ids=[c[0] for c in CASES])
def test_own_cases(language: str, source: str, expected: str) -> None:
    out = lines(runs(source), language)
    assert out.translate(NO_BREAKS) == expected
    assert lines([Run(out)] if "`" not in source and "⏎" not in source else runs(source), language) == out


# The marks that each measured sentence must get, in the file's order; its letters are compared with its own.
BRITISH_MARKS = (
    ("’’ ’’ ’’’ ‘“”’ ‘“”’ ’′″″ ~–~–~– …….~ ~~~~ ‘~–’ ’’ ‘’ ‘’’ ’ –~– ~~ ‘’—’‘’ ‘’’ ‘’ ‘’ … ’’ ‘…’ ’’’’ ‘’ ’")
    .replace("…….~", "……")
    .split()
)
AMERICAN_MARKS = (
    "’’ ’’ ’’’ “‘’” “‘’” ’′″″ ——— …… ~~~~ “—” ’’ “” “”’ ’ –~– ~~ “’—”“” ‘’’ ‘’ ‘’ … ’’ “…” ’’’’ ‘’ ’"
).split()


@pytest.mark.skipif(not MEASURED.exists(), reason="the measured sentences are not part of the repository")
@pytest.mark.parametrize(("language", "marks"), [("en-GB", BRITISH_MARKS), ("en-US", AMERICAN_MARKS)])
def test_measured_sentences(language: str, marks: list[str]) -> None:
    sources = [line[4:] for line in MEASURED.read_text(encoding="utf-8").splitlines() if line.startswith("IN  ")]
    assert len(sources) == len(marks)
    for source, expected in zip(sources, marks, strict=True):
        out = lines(runs(re.sub(r"<[^>]+>", "<>", source).replace("<>", "<i>")), language).translate(NO_BREAKS)
        assert re.sub("[^‘’“”′″–—…~]", "", out) == expected, source
        assert folded(out) == folded(re.sub(r"<[^>]+>", "", source))


def folded(text: str) -> str:
    """Take away all that typesetting may change."""
    plain = re.sub("[‘’“”„‚«»‹›′″\"']", "'", text).replace("…", "...")
    return re.sub(r"[-–—]+", "-", re.sub(r"[\s~]+", "", plain))


PIECES = (
    "\" ' -- --- - ... …. . , ; : ! ? ( ) [ ] ’ ‘ “ ” „ « » – — ′ tis em n s in dogs a B No p mm Mr St St. J. R. é "
    "e\u0301 1914 18 90s 7 000 000 https://e.org/a's x@e.org / > < \u00ad ʘ"
)
SPACES = (" ", " ", " ", "  ", "\n", "\u00a0", "\u202f", "\u2028")
FRAGMENTS = st.sampled_from([*PIECES.split(), *SPACES])
PARAGRAPHS = st.lists(FRAGMENTS, max_size=80).map("".join) | st.text(max_size=40)
RUNS = st.lists(st.builds(Run, PARAGRAPHS, st.sampled_from([False, False, False, True])), max_size=6)
TONGUES = st.sampled_from(LANGUAGES)


@settings(deadline=None)
@given(RUNS, TONGUES)
def test_letters_and_digits_stay(source: list[Run], language: str) -> None:
    for run, out in zip(source, typeset(source, profile(language)), strict=True):
        assert re.findall(r"\w", out) == re.findall(r"\w", run.text)
    assert folded(lines(source, language)) == folded("".join(run.text for run in source))


@settings(deadline=None)
@given(RUNS, TONGUES)
def test_setting_twice_changes_nothing(source: list[Run], language: str) -> None:
    once = typeset(source, profile(language))
    again = [Run(text, run.verbatim) for text, run in zip(once, source, strict=True)]
    assert typeset(again, profile(language)) == once


@settings(deadline=None)
@given(RUNS, TONGUES)
def test_verbatim_runs_stay(source: list[Run], language: str) -> None:
    for run, out in zip(source, typeset(source, profile(language)), strict=True):
        assert not run.verbatim or out == run.text


@settings(deadline=None)
@given(PARAGRAPHS, st.lists(st.integers(0, 60)), TONGUES)
def test_markup_does_not_matter(text: str, cuts: list[int], language: str) -> None:
    edges = [0, *sorted(cuts), len(text)]
    parts = [Run(text[start:end]) for start, end in pairwise(edges)]
    assert lines(parts, language) == lines([Run(text)], language)


@pytest.mark.parametrize(
    "unit",
    ["\"It's 35 mm -- 'so',\" he said... ", " ", "a.", "a", "'tis ", "x@", "1-", "-- ", "« ", '" 12" \'', "1,000"],
)
@pytest.mark.parametrize("language", ["en-US", "fr"])
def test_a_long_paragraph_takes_linear_time(unit: str, language: str) -> None:
    text = unit * (100_000 // len(unit))
    begun = time.perf_counter()
    lines([Run(text)], language)
    assert time.perf_counter() - begun < 3
