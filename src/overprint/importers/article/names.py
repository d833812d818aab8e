"""The names of authors, out of bylines and metadata; what is no name of a person is none."""

from __future__ import annotations

import re

BEFORE = re.compile(
    r"^(?:view|show|read|see|alle?|more|voir|tous|ver|toutes?|todos?|other|mehr)\b.{0,40}?\b(?:by|of|from|von|de|par|"
    r"por)\s+|^more\s+(?=[A-Z])|^(?:about|über|à propos de|sobre)\s+"
    r"(?!the\b|den\b|die\b)",
    re.I,
)
BY = re.compile(
    r"^(?:(?:written|posted|published|words|text|story|article|essay|review|reported|contributed|verfasst|"
    r"geschrieben|veröffentlicht|"
    r"publi[ée]|écrit|escrito|publicado|scritto|pubblicato|geschreven|an? \w+)\s+)?"
    r"(?:by|von|vom|par|por|di|da|door|af|av|autor(?:in|es)?|auth?ors?|auteurs?|autore|text|words)(?:\s*:\s*|\s+)",
    re.I,
)
DAYS = (
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|mo|di|mi|do|fr|sa|so|lun|mar|mer|jeu|ven|sam|dim"
)
MONTHS = r"(?:jan|feb|fév|mar|mär|apr|avr|may|mai|jun|juin|jul|juil|aug|aoû|sep|oct|okt|nov|dec|dez|déc)\w*"
LATER = re.compile(
    r"\s*(?:[|·•–—/]|\((?:photo|foto|text|@)|https?:|\(https?:).*"
    r"|\s(?:-\s|@\w|(?:edited|translated|photograph\w*|photos?|illustrat\w+|updated) by\b"
    rf"|(?:{DAYS})\b\.?,?\s*\d|(?:mon|tues|wednes|thurs|fri|satur|sun)day$|\w+day,?\s+(?:{MONTHS}|\d)|(?:{MONTHS})\.?\s+\d|on\s+(?:\w+\s+)?\d"
    r"|(?:published|posted|updated|veröffentlicht|publié)\b|(?:am|le|el)\s+\d|\d{1,2}[./ ]|\d{4}).*",
    re.S | re.I,
)
"""What follows a name in a byline: a date, another line, an address."""
SPLIT = re.compile(r"\s*(?:;|\||,\s*(?:and|und|et|y)\s|\s(?:and|und|et|y|e|en|&|with|mit)\s)\s*")
SITE_AFTER = re.compile(r"(?<=\w\s)(?:www\.)?[\w-]+\.(?:com|org|net|de|fr|uk)\b.*", re.I | re.S)
ADDRESS = re.compile(r"https?:|www\.|@|\.(?:com|org|net|de|fr|uk)\b")
NOBODY = re.compile(
    r"(?:admin\w*|administrator|webmaster|root|user|guest|gast|editor|author|autor|unknown|anonymous|none|null|n/a|"
    r"default|staff(?: writers?)?|redaktion|editors|editorial (?:team|board|staff)|"
    r"view all posts|more posts|posts?|follow|(?:about )?(?:the )?authors?|über den autor|twitter|facebook|e-?mail|"
    r"website|comments?|share|home|about|contact|archives?|print|more|profile|bio)$",
    re.I,
)
ROLE = (
    r"\b(?:editor|writer|reporter|correspondent|staff|technologist|contributor|columnist|author|journalist|producer|"
    r"professor|redakteur\w*|autor(?:in)?|"
    r"director|senior|chief|fellow|founder|manager|university|universität|institute|ph\.?d|m\.?d|esq)\b"
)
RANK = (
    r"senior|chief|executive|associate|assistant|deputy|managing|contributing|guest|special|staff|news|national|"
    r"foreign|political|politics|science|technology|business|health|features?|arts?|culture|sports?|[A-Z]{2,}"
)
WITH_ROLE = re.compile(
    rf"(\S+(?:\s+\S+){{1,3}}?)\s+(?:(?i:{RANK})\s+)*(?:\S+\s+)?"
    r"(?i:contributor|writers?|reporter|correspondent|columnist|editor|journalist)"
)
"""A name with what its bearer does: Jane Doe Senior Harbour Correspondent, Ann Poe ABC News Editor."""
IN_CAPITALS = re.compile(r"([A-ZÀ-Þ][A-ZÀ-Þ’'.-]+(?:\s+[A-ZÀ-Þ][A-ZÀ-Þ’'.-]+)+)\s+\S*[a-zà-ÿ].*")
"""A name in capitals with what its bearer does behind it: JANE DOE at the harbour."""
JUNIOR = re.compile(r",(\s+(?:Jr|Sr|II|III|IV)\b)")
TITLES = re.compile(r"^(?:Ph\.?\s?D|M\.?D|Esq|MBA|MA|BA|MSc|DDS)\b\.?", re.I)
WORKS = re.compile(rf",\s[^,]*{ROLE}", re.I)
NO_NAME = re.compile(
    r"\d|[?!{}=<>]|(?<!Jr)(?<!Sr)(?<!\b\w)\.$|:|^(?:[Tt]he|[Dd]ie) "
    r"|\b(?:Staff|Team|Newsroom|Desk|Writers|Editors|Editorial|Redaktion)$"
)
EDGES = " ,;:|·•–—-"
LONGEST = 60


def person(text: str) -> str:
    """Return a name without the words around it, empty when it is no name."""
    text = _bare(text)
    if not text or len(text) > LONGEST or ADDRESS.search(text) or NOBODY.match(text) or NO_NAME.search(text):
        return ""
    words = text.split()
    # Someone who signs in small letters has one name.
    signed = len(words) == 1 and text.isalpha()
    return text if signed or (len(words) <= 6 and any(not each[0].islower() for each in words)) else ""


def _bare(text: str) -> str:
    text = " ".join(text.split()).strip(EDGES + '*"“”()[]<>›»')
    text = BY.sub("", BEFORE.sub("", text)).strip(EDGES)
    text = SITE_AFTER.sub("", LATER.sub("", text)).strip(EDGES)
    for pattern in (IN_CAPITALS, WITH_ROLE):
        if found := pattern.fullmatch(text):
            text = found[1]
    return text.strip(EDGES)


def people(text: str) -> tuple[str, ...]:
    """Return the names of a byline such as `By Jane Doe, John Roe and Ann Poe`, each once."""
    text = BY.sub("", BEFORE.sub("", " ".join(text.split())[: 4 * LONGEST].strip()))
    # What follows a role is the place of work.
    if role := WORKS.search(text):
        text = text[: role.start()]
    text = JUNIOR.sub(r"\1", text)
    parts = [each.strip() for part in SPLIT.split(text) for each in part.split(",") if each.strip()]
    if _is_filed(text, parts):
        parts = [f"{parts[1]} {parts[0]}"]
    names = (person(each) for each in parts if not TITLES.match(each))
    found = tuple(dict.fromkeys(name for name in names if name))
    return tuple(each for each in found if each is found[0] or not _is_employer(each, found[0], text))


def _is_employer(name: str, first: str, text: str) -> bool:
    """Tell whether a name that follows a person's is that of a paper, an agency or a town: Jane Doe, AP | Leeds."""
    if " " in first and " " not in name and f"| {name}" in text:
        return True
    return name.isupper() and " " in first and (not first.isupper() or (" " not in name and len(name) <= 5))


def _is_filed(text: str, parts: list[str]) -> bool:
    """Tell whether a name is written as in a catalogue: Doe, Jane."""
    return len(parts) == 2 and "," in text and " " not in parts[0] and parts[1].istitle() and not TITLES.match(parts[1])
