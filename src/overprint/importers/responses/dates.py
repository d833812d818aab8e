"""Dates as pages write them, in many languages, to ISO 8601: `2021-03-04`, or `2021-03` where no day is known."""

from __future__ import annotations

import datetime
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

MONTH_NAMES = (
    "january januar janvier enero gennaio januari janeiro jaenner janner stycznia styczen leden ledna",
    "february februar fevrier febrero febbraio februari fevereiro feber lutego luty unor unora",
    "march marz maerz mars marzo maart marco mrz mrt marts marca marzec brezen brezna",
    "april avril abril aprile kwietnia kwiecien duben dubna",
    "may mai mayo maggio mei maio maj maja kveten kvetna",
    "june juni juin junio giugno junho czerwca czerwiec cerven cervna",
    "july juli juillet julio luglio julho jly lipca lipiec cervenec cervence",
    "august aout agosto augustus augusti sierpnia sierpien srpen srpna",
    "september septembre septiembre setiembre settembre setembro sept wrzesnia wrzesien zari",
    "october oktober octobre octubre ottobre outubro pazdziernika pazdziernik rijen rijna",
    "november novembre noviembre novembro listopada listopad",
    "december dezember decembre diciembre dicembre dezembro desember grudnia grudzien prosinec prosince",
)
AGO = re.compile(
    r"\b(?:ago|her|geleden|fa|atras|sedan|siden)\b|\b(?:vor|il y a|hace|ha)\s+(?:\d|ein|un|uma?|etwa|ca|plus|environ)"
    r"|^\s*\d+\s*(?:h|d|w|mo|y|yr|hr|min)s?\s*$"
)
UNIT = (
    (r"s(?:ec|eco|eg|ek)\w*|min\w*|m|h|hrs?|hours?|stunden?|std|heures?|horas?|or[ae]|uur|uren|timm\w*|timer?", "hour"),
    (r"days?|d|tag(?:en?)?|jours?|dias?|giorn[oi]|dag(?:en|ar|e)?", "day"),
    (r"weeks?|wks?|w|wochen?|semaines?|semanas?|settiman[ae]|weken|week|veckor|uger?", "week"),
    (r"months?|mos?|monate?n?|mois|mes(?:es)?|mes[ei]|maand(?:en)?|manad(?:er)?", "month"),
    (r"years?|yrs?|y|jahre?n?|ans?|annees?|anos?|ann[oi]|jaar|jaren|ar", "year"),
)
COUNTED = tuple(
    (re.compile(rf"(\d+|\bein\w*|\bune?|\buna|\buno|\bum|\buma|\ba|\ban)\s*(?:{words})\b"), unit)
    for words, unit in UNIT
)
YESTERDAY = re.compile(r"\b(?:yesterday|gestern|hier|ayer|ieri|gisteren|ontem)\b")
TODAY = re.compile(r"\b(?:today|just now|heute|gerade eben|aujourd.?hui|hoy|oggi|vandaag|hoje)\b")

WORD = r"([^\W\d_]{3,12})\.?"
NOT_A_CLOCK = r"(?!\d|\s*(?:[:.h]\s*\d|uhr|[ap]\.?m\b))"
YEAR = rf"(\d{{4}}(?!\d)|['’]?\d{{2}}{NOT_A_CLOCK})"
ISO = re.compile(r"(?<!\d)(\d{4})[-/.年] ?(\d{1,2})[-/.月] ?(\d{1,2})(?!\d)")
DAY_FIRST = re.compile(
    rf"(?<![\d:])(\d{{1,2}})(?:st|nd|rd|th|er|[ºª°.])?[\s/,-]*(?:(?:of|de|di)\s+)?{WORD},?(?:\s+(?:de|del)\s+|[\s/-]*){YEAR}"
)
MONTH_FIRST = re.compile(rf"(?<!\w){WORD}\s*(\d{{1,2}})(?:st|nd|rd|th)?\b[,.]?\s*(?:(?:at|de|del)\s+)?{YEAR}")
NUMERIC = re.compile(r"(?<![\d.:])(\d{1,2})([./-])(\d{1,2})(?:[./-]|,\s?)\s?(\d{4}|\d{2})(?![\d:])")
YEARLESS = (
    re.compile(rf"(?<![\d:])(\d{{1,2}})(?:st|nd|rd|th|er|[ºª°.])?\s*(?:(?:of|de|di)\s+)?{WORD}(?!\w)"),
    re.compile(rf"(?<!\w){WORD}\s*(\d{{1,2}})(?:st|nd|rd|th)?(?![\d:])"),
)
DIGIT = re.compile(r"\d")
EPOCH = re.compile(r"\s*(\d{10})(?:\d{3})?(?:\.\d+)?\s*")
LONGEST = 300
LINE = 40


@dataclass(frozen=True, slots=True)
class Calendar:
    """What a page says of its own time.

    Attributes:
        published: when the essay appeared; years that a comment leaves out are counted from it.
        today: when the page was saved; relative dates are counted back from it.
        day_first: whether 03/04 is the third of April; None when nobody can tell.
    """

    published: datetime.date | None = None
    today: datetime.date | None = None
    day_first: bool | None = None


@dataclass(frozen=True, slots=True)
class When:
    """A date: `iso` is empty where the words do not suffice; `missing` names what they lack, or what was filled in."""

    iso: str
    missing: str = ""


def plain(text: str) -> str:
    """Return text in lower case without accents, white space made single spaces."""
    if text.isascii():
        return " ".join(text.lower().split())
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(sign))
    return " ".join(bare.split())


@lru_cache(maxsize=512)
def month(word: str) -> int:
    """Return the number of a month named by word or by three letters and more of it; 0 when it is none."""
    found = {number for number, names in enumerate(MONTH_NAMES, 1) for name in names.split() if name.startswith(word)}
    exact = {number for number, names in enumerate(MONTH_NAMES, 1) if word in names.split()}
    chosen = exact or found
    return chosen.pop() if len(chosen) == 1 else 0


def read(text: str, calendar: Calendar = Calendar()) -> When | None:
    """Return the first date in a text, or None when there is none."""
    words = plain(text[:LONGEST])
    if DIGIT.search(words) and (found := _complete(words, calendar) or _yearless(words, calendar)):
        return found
    return _relative(words, calendar)


def machine(value: str, calendar: Calendar = Calendar()) -> When | None:
    """Return the date of an attribute made for machines: ISO 8601, seconds since 1970, or a date in words."""
    if epoch := EPOCH.fullmatch(value):
        moment = datetime.datetime.fromtimestamp(int(epoch[1]), datetime.UTC)
        return When(moment.date().isoformat()) if moment.year > 1990 else None
    return _complete(plain(value[:LONGEST]), calendar)


def _complete(words: str, calendar: Calendar) -> When | None:
    if found := ISO.search(words):
        return _day(found[1], int(found[2]), found[3])
    for found in DAY_FIRST.finditer(words):
        if number := month(found[2]):
            return _day(found[3], number, found[1])
    for found in MONTH_FIRST.finditer(words):
        if number := month(found[1]):
            return _day(found[3], number, found[2])
    found = NUMERIC.search(words)
    return _numeric(found, calendar) if found else None


def _numeric(found: re.Match[str], calendar: Calendar) -> When | None:
    first, second = int(found[1]), int(found[3])
    day_first = True if found[2] == "." or first > 12 else False if second > 12 else calendar.day_first
    if day_first is None and first != second:
        return When("", "order")
    return _day(found[4], second, found[1]) if day_first is not False else _day(found[4], first, found[3])


def _day(year: str, number: int, day: str) -> When | None:
    digits = int(year.lstrip("'’"))
    if len(year.lstrip("'’")) == 2:
        digits += 1900 if digits > 80 else 2000
    try:
        return When(datetime.date(digits, number, int(day)).isoformat())
    except ValueError:
        return None


def _yearless(words: str, calendar: Calendar) -> When | None:
    for pattern in YEARLESS:
        for found in pattern.finditer(words):
            day, word = sorted((found[1], found[2]), key=lambda part: not part.isdigit())
            number = month(word)
            if not number or not 1 <= int(day) <= 31:
                continue
            if not calendar.published:
                return When("", "year")
            year = calendar.published.year
            if (number, int(day)) < (calendar.published.month, calendar.published.day):
                year += 1
            made = _day(str(year), number, day)
            return When(made.iso, "year") if made else None
    return None


def _relative(words: str, calendar: Calendar) -> When | None:
    if len(words) <= LINE and (TODAY.search(words) or YESTERDAY.search(words)):
        days = 1 if YESTERDAY.search(words) else 0
        return _back(calendar.today, "day", days)
    if not AGO.search(words):
        return None
    for pattern, unit in COUNTED:
        if found := pattern.search(words):
            return _back(calendar.today, unit, int(found[1]) if found[1].isdigit() else 1)
    return None


def _back(today: datetime.date | None, unit: str, count: int) -> When | None:
    """Count back; months and years leave the day open, as the page does."""
    if today is None:
        return When("", "today")
    if count > 1000:
        return None
    if unit == "year":
        return When(f"{today.year - count:04}")
    if unit == "month":
        months = today.year * 12 + today.month - 1 - count
        return When(f"{months // 12:04}-{months % 12 + 1:02}")
    days = {"hour": 0, "day": count, "week": 7 * count}[unit]
    return When((today - datetime.timedelta(days=days)).isoformat())


def order_of(texts: list[str], language: str, published: datetime.date | None) -> bool | None:
    """Tell whether the numeric dates of a page put the day first: by a part above 12, by language, by their course.

    Args:
        texts: the dates as the page shows them.
        language: the page's language tag, such as `en-GB`, or empty.
        published: when the essay appeared; no comment is older.
    """
    found = [each for text in texts if (each := NUMERIC.search(plain(text[:LONGEST]))) and each[2] != "."]
    if any(int(each[1]) > 12 for each in found):
        return True
    if any(int(each[3]) > 12 for each in found):
        return False
    tag = language.lower().replace("_", "-")
    if tag and tag != "en":
        return tag not in ("en-us", "en-ph")
    if published and found:
        fits = {
            order: all(
                (when := _numeric(each, Calendar(day_first=order))) is None or when.iso >= published.isoformat()
                for each in found
            )
            for order in (True, False)
        }
        if fits[True] != fits[False]:
            return fits[True]
    return None
