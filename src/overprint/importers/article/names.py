"""The names of authors, out of bylines and metadata; what is no name of a person is none."""

from __future__ import annotations

import re

BEFORE = re.compile(
    r"^(?:view|show|read|see|alle?|more|voir|tous|ver|toutes?|todos?|other|mehr)\b.{0,40}?\b(?:by|of|from|von|de|par|por)\s+|^more\s+(?=[A-Z])|^(?:about|über|à propos de|sobre)\s+"
    r"(?!the\b|den\b|die\b)",
    re.I,
)
BY = re.compile(
    r"^(?:(?:written|posted|published|words|text|story|article|essay|review|reported|contributed|verfasst|geschrieben|veröffentlicht|"
    r"publi[ée]|écrit|escrito|publicado|scritto|pubblicato|geschreven|an? \w+)\s+)?"
    r"(?:by|von|vom|par|por|di|da|door|af|av|autor(?:in|es)?|auth?ors?|auteurs?|autore|text|words)(?:\s*:\s*|\s+)",
    re.I,
)
LATER = re.compile(
    r"\s*(?:[|·•–—/]|\(\s*(?:photo|foto|text|@)|\s-\s|\b(?:(?:edited|translated|photographs?|photos?|illustrat\w+|updated) by|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b|\b(?:mon|tue|wed|thu|fri|sat|sun|mo|di|mi|do|fr|sa|so)\b\.?,?\s*\d|\bon\s+\w+\s+\d|\b(?:published|posted|updated|veröffentlicht|am \d|le \d|el \d|in [A-Z]\w+ ?$)).*$|"
    r"\s+\d{1,2}[./ ].*$|\s+(?:\d{4}).*$|\s+@\w+.*$|\s+\(?https?:.*$",
    re.S,
)
SPLIT = re.compile(r"\s*(?:;|\||,\s*(?:and|und|et|y)\s|\s(?:and|und|et|y|e|en|&|with|mit)\s)\s*")
ADDRESS = re.compile(r"https?:|www\.|@|\.(?:com|org|net|de|fr|uk)\b")
NOBODY = re.compile(
    r"(?:admin\w*|administrator|webmaster|root|user|guest|gast|editor|author|autor|unknown|anonymous|none|null|n/a|default|staff|"
    r"view all posts|more posts|posts?|follow|(?:about )?(?:the )?authors?|über den autor|twitter|facebook|e-?mail|website|comments?|share|home|about)$",
    re.I,
)
ROLE = re.compile(
    r"\b(?:editor|writer|reporter|correspondent|staff|technologist|contributor|columnist|author|journalist|producer|professor|redakteur\w*|autor(?:in)?|"
    r"director|senior|chief|fellow|founder|manager|university|universität|institute|ph\.?d|m\.?d|esq)\b",
    re.I,
)
ROLE_AFTER = re.compile(rf"(?<=\w)\s+(?:\S+\s+)?(?:contributor|staff writer|reporter|correspondent|columnist)$", re.I)
SUFFIX = re.compile(r"^(?:Jr|Sr|II|III|IV|Ph\.?\s?D|M\.?D|Esq|MBA|MA|BA|MSc|DDS)\b\.?", re.I)
LONGEST = 60


def person(text: str) -> str:
    """Return a name without the words around it, empty when it is no name."""
    text = " ".join(text.split()).strip(" ,;:|·•–—-*\"“”()[]<>›»")
    text = BY.sub("", BEFORE.sub("", text)).strip(" ,;:|·•–—-")
    text = ROLE_AFTER.sub("", LATER.sub("", text)).strip(" ,;:|·•–—-")
    if not text or len(text) > LONGEST or ADDRESS.search(text) or NOBODY.match(text) or re.search(r"\d|[?!{}=<>]", text):
        return ""
    words = text.split()
    if len(words) > 6 or text.endswith(".") and not re.search(r"\b(?:Jr|Sr|\w)\.$", text) or not any(word[0].isupper() or not word[0].isascii() for word in words):
        # Someone who signs in small letters has one name.
        return text if len(words) == 1 and text.isalpha() else ""
    return text


def people(text: str) -> tuple[str, ...]:
    """Return the names of a byline such as `By Jane Doe, John Roe and Ann Poe`, each once."""
    text = BY.sub("", BEFORE.sub("", " ".join(text.split())[: 4 * LONGEST].strip()))
    # What follows a role is the place of work.
    if role := re.search(rf",\s[^,]*{ROLE.pattern}", text, re.I):
        text = text[: role.start()]
    found: list[str] = []
    for part in SPLIT.split(text):
        commas = [each.strip() for each in part.split(",") if each.strip()]
        if len(commas) == 2 and len(commas[0].split()) == 1 and len(commas[1].split()) <= 2 and not SUFFIX.match(commas[1]) and not found:
            # A catalogue's form: Doe, Jane.
            commas = [f"{commas[1]} {commas[0]}"] if commas[1].split()[0][:1].isupper() and not ROLE.search(commas[1]) else commas[:1]
        for each in commas:
            if ROLE.search(each) and found:
                break
            if SUFFIX.match(each):
                continue
            if (name := person(each)) and name not in found:
                found.append(name)
    return tuple(found)
