"""The words of bylines, in many languages: “Jane says:”, “Kommentar von Jane am 3. Mai”."""

from __future__ import annotations

import re

from overprint.importers.responses import dates

EDGES = "# \t\n,·:|–—•/\u00a0\u200b\u200e"
SAYS = (
    r"(?:says|said|wrote|writes|commented|replied|replies|sagt|sagte|schrieb|schreibt|meinte?|kommentierte?"
    r"|antwortete?|a (?:dit|[eé]crit|r[eé]pondu|comment[eé])|dit|[eé]crit|dijo|dice|escribi[oó]|coment[oó]|disse|diz"
    r"|escreveu|ha (?:detto|scritto)|scrive|schreef|schrijft|zegt|zei)"
)
BY = r"(?:by|von|par|por|door|da|di|de|af|av)"
WHAT = (
    r"(?:comment|kommentar|commentaire|comentario|commento|reactie|posted|written|submitted|geschrieben|verfasst"
    r"|[eé]crit|post[eé]|escrito|publicado|publi[eé]|envoy[eé]|scritto|inviato|geplaatst|eingestellt|author|autor|auteur"
    r"|name)"
)
ON = r"(?:on|am|le|el|il|op|em|at|um)"
ROLE = (
    r"(?:(?:post |article )?author|autorin|autor|auteur|autore|auctor|verfasser(?:in)?|beitragsautor(?:in)?"
    r"|autor de la entrada|auteur de l[’']article|autore articolo)"
)
OFFICE = (
    rf"(?:{ROLE}|moderat\w*|admin\w*|redaktion|guest|gast|invit[eé]|staff|op|not verified"
    r"|nicht (?:[uü]berpr[uü]ft|verifiziert)"
    r"|non v[eé]rifi[eé]|no verificado|n[aã]o verificado|niet gecontroleerd|non verificato)"
)
ANSWERS = (
    r"(?:replied|replies|replying|in reply|reply|responded|antwortete?|als antwort|antwort|en r[eé]ponse|en respuesta"
    r"|in risposta|als antwoord|em resposta)"
)
TO = r"(?:to|auf|an|[aà]|op)"
COUNTER = re.compile(r"^(?:#\d+|\d+\.)\s+")
ANSWERING = re.compile(rf"\s*\b{ANSWERS}\s+{TO}\b.*$", re.I)
ONLY_SAYS = re.compile(rf"[\s,;:·•|–—/-]*\b{SAYS}(?:\s+{ON})?\s*(?:\.\.\.|…|:)?\s*$", re.I)
ONLY_BY = re.compile(rf"^\s*(?:{WHAT}(?:\s+{BY}\s+|\s*:\s*)|(?:by|von|par|por|door):?\s+)", re.I)
BADGE = re.compile(rf"\s+{ROLE}$|\s*[(\[]{OFFICE}[)\]]$", re.I)
ONLY_BADGE = re.compile(rf"[(\[]?{ROLE}[)\]]?", re.I)
BETWEEN = rf"(?:\s+{ON}\s+|\s*[,|·•–—@»:-]\s+|\s*,\s*)"
SIGNED = re.compile(rf"^(?:{WHAT}\s*:?\s*)?{BY}:?\s+(?P<who>.{{1,80}}?){BETWEEN}(?P<rest>\S.*)$", re.I)
SPOKEN = re.compile(rf"^(?P<who>.{{1,80}}?),?\s+{SAYS}\b(?P<rest>.*)$", re.I)
DATED = re.compile(rf"^(?P<who>.{{1,80}}?)(?:\s*[|·•–—@»,-]\s+|\s+{ON}\s+)(?P<rest>.*\d.*)$", re.I)
LAST = re.compile(r"^(?P<rest>.*\d.*?),?\s+(?:by|von|par|por|door|da|di)\s+(?P<who>.{1,80})$", re.I)
DAYS = (
    r"(?:mon|tue|wed|thu|fri|sat|sun)\w*|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|mo|di|mi|do|fr|sa|so"
    r"|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bado|domingo"
)
BUTTONS = (
    r"reply|antworten|r[eé]pondre|responder|rispondi|beantwoorden|permalink|permanent(?:er)?|link|edit|quote|zitieren|like"
    r"|report|melden|share"
)
CLOCK = r"uhr|h|uur|kl|alle|ore|om|[aà]s|las|los|les|[ap]\.?m\.?|utc|gmt|[mc]es?t|[ep][sd]t|hrs|#?\d+\.?|\d+[:.h]\d+\S*"
CONNECTOR = re.compile(rf"{SAYS}|{WHAT}|{BY}|{ON}|{CLOCK}|{DAYS}|{BUTTONS}|{OFFICE}|[aà]|ha|via|in|the|post|\W+", re.I)
AGAIN = re.compile(r"\s*(?:re|aw|r[eé]p|res?p?)\s*:|^(?:comment|kommentar|commentaire)?\s*#?\d+$", re.I)


def bare(text: str) -> str:
    """Return a name without the words of a byline: `By Jane says:` is `Jane`."""
    text = ANSWERING.sub("", COUNTER.sub("", text)) or text
    text = ONLY_BY.sub("", ONLY_SAYS.sub("", text)).strip(EDGES)
    text = (BADGE.sub("", text) or text).strip(EDGES)
    return "" if ONLY_BADGE.fullmatch(text) else text


def writer(text: str) -> str | None:
    """Return who a line says wrote it, where a date or a verb makes that certain."""
    for pattern in (SIGNED, LAST, DATED):
        found = pattern.match(text)
        if found and dates.read(found["rest"]) and not dates.read(found["who"]):
            return bare(found["who"]) or None
    found = SPOKEN.match(text)
    if found and len(found["rest"]) < 60 and (not found["rest"].strip(" :.…") or dates.read(found["rest"])):
        return bare(found["who"]) or None
    return None


def subject(text: str) -> bool:
    """Tell whether a heading is a subject of the writer's own: no byline, no number and no “Re:”."""
    return not AGAIN.match(text) and not connects(text, ()) and dates.read(text) is None and writer(text) is None


def connects(text: str, known: tuple[str, ...]) -> bool:
    """Tell whether a text adds nothing to the name and date that are known but words such as “says” or “at”."""
    for each in known:
        if each:
            text = text.replace(each, " ", 1)
    parts = re.findall(r"[#\w][\w.:'’]*|\W+", text)
    parts = [part.rstrip(".:'’") or part for part in parts]
    return all(CONNECTOR.fullmatch(part) or dates.month(dates.plain(part).rstrip(".")) for part in parts)
