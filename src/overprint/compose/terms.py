"""The few words that overprint itself puts into a book, by language; English where a language is not known."""

from __future__ import annotations

TERMS = {
    "en": {
        "cover": "Cover",
        "cover_of": "Cover: {title}",
        "contents": "Contents",
        "copyright": "Copyright",
        "comments": "Comments",
        "title_page": "Title page",
        "half_title": "Half-title",
        "about": "About {name}",
        "notes": "Notes",
        "by": "by {names}",
        "and": "and",
        "replies": "replies",
        "answers": "in reply to {names}",
        "not_printed": "{name} (not printed)",
        "first_published": "‘{title}’ first appeared in {publication}, {date}.",
        "first_published_undated": "‘{title}’ first appeared in {publication}.",
        "isbn": "ISBN",
        "comments_under": "Comments on ‘{title}’",
        "edited_by": "edited by {names}",
        "translated_by": "translated by {names}",
        "illustrated_by": "illustrated by {names}",
        "isbn_epub": "ISBN (EPUB)",
        "isbn_print": "ISBN (print)",
        "editor_note": "[{note} —Ed.]",
        "contributors": "Contributors",
        "permissions": "Permissions",
        "comment": "Comment",
        "granted": "granted",
        "pending": "pending",
        "refused": "refused",
        "not-needed": "not needed",
        "licence": "‘{title}’ is licensed under {licence}.",
        "set_in_own": "Set in {names}.",
        "set_in": "Set in {names}, used under the SIL Open Font License.",
        "dedication": "Dedication",
        "epigraph": "Epigraph",
        "foreword": "Foreword",
        "preface": "Preface",
        "introduction": "Introduction",
        "acknowledgments": "Acknowledgements",
        "afterword": "Afterword",
        "appendix": "Appendix",
        "glossary": "Glossary",
        "bibliography": "Bibliography",
        "colophon": "Colophon",
    },
    "de": {
        "cover": "Umschlag",
        "cover_of": "Umschlag: {title}",
        "contents": "Inhalt",
        "copyright": "Impressum",
        "comments": "Kommentare",
        "title_page": "Titelseite",
        "half_title": "Schmutztitel",
        "about": "Über {name}",
        "notes": "Anmerkungen",
        "by": "von {names}",
        "and": "und",
        "replies": "antwortet",
        "answers": "Antwort an {names}",
        "not_printed": "{name} (nicht abgedruckt)",
        "first_published": "„{title}“ erschien zuerst in {publication}, {date}.",
        "first_published_undated": "„{title}“ erschien zuerst in {publication}.",
        "isbn": "ISBN",
        "comments_under": "Kommentare zu „{title}“",
        "edited_by": "herausgegeben von {names}",
        "translated_by": "übersetzt von {names}",
        "illustrated_by": "illustriert von {names}",
        "isbn_epub": "ISBN (EPUB)",
        "isbn_print": "ISBN (Druck)",
        "editor_note": "[{note} – Anm. d. Hrsg.]",
        "contributors": "Autorinnen und Autoren",
        "permissions": "Abdruckrechte",
        "comment": "Kommentar",
        "granted": "erteilt",
        "pending": "angefragt",
        "refused": "verweigert",
        "not-needed": "nicht nötig",
        "licence": "„{title}“ steht unter der Lizenz {licence}.",
        "set_in_own": "Gesetzt aus {names}.",
        "set_in": "Gesetzt aus {names}, unter der SIL Open Font License.",
        "dedication": "Widmung",
        "epigraph": "Motto",
        "foreword": "Geleitwort",
        "preface": "Vorwort",
        "introduction": "Einleitung",
        "acknowledgments": "Dank",
        "afterword": "Nachwort",
        "appendix": "Anhang",
        "glossary": "Glossar",
        "bibliography": "Literatur",
        "colophon": "Kolophon",
    },
    "fr": {
        "cover": "Couverture",
        "cover_of": "Couverture : {title}",
        "contents": "Table des matières",
        "copyright": "Mentions légales",
        "comments": "Commentaires",
        "title_page": "Page de titre",
        "half_title": "Faux-titre",
        "about": "À propos de {name}",
        "notes": "Notes",
        "by": "par {names}",
        "and": "et",
        "replies": "répond",
        "answers": "en réponse à {names}",
        "not_printed": "{name} (non reproduit)",
        "first_published": "« {title} » a paru d’abord dans {publication}, {date}.",
        "first_published_undated": "« {title} » a paru d’abord dans {publication}.",
        "isbn": "ISBN",
        "comments_under": "Commentaires sur « {title} »",
        "edited_by": "sous la direction de {names}",
        "translated_by": "traduit par {names}",
        "illustrated_by": "illustré par {names}",
        "isbn_epub": "ISBN (EPUB)",
        "isbn_print": "ISBN (papier)",
        "editor_note": "[{note} – N.D.L.R.]",
        "contributors": "Les auteurs",
        "permissions": "Autorisations",
        "comment": "Commentaire",
        "granted": "accordée",
        "pending": "demandée",
        "refused": "refusée",
        "not-needed": "non requise",
        "licence": "« {title} » est placé sous licence {licence}.",
        "set_in_own": "Composé en {names}.",
        "set_in": "Composé en {names}, sous la SIL Open Font License.",
        "dedication": "Dédicace",
        "epigraph": "Épigraphe",
        "foreword": "Avant-propos",
        "preface": "Préface",
        "introduction": "Introduction",
        "acknowledgments": "Remerciements",
        "afterword": "Postface",
        "appendix": "Annexe",
        "glossary": "Glossaire",
        "bibliography": "Bibliographie",
        "colophon": "Achevé d’imprimer",
    },
}
MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
}


def terms(language: str) -> dict[str, str]:
    """Return the words for a language tag."""
    return TERMS.get(_base(language), TERMS["en"])


def names(people: tuple[str, ...], language: str) -> str:
    """Return names as a list in words.

    >>> names(("Ada", "Bo", "Cy"), "en-GB")
    'Ada, Bo and Cy'
    """
    if len(people) < 2:
        return "".join(people)
    return f"{', '.join(people[:-1])} {terms(language)['and']} {people[-1]}"


def date(iso: str, language: str) -> str:
    """Return a date in words; what is not an ISO date stays as it is.

    >>> date("2025-03-15", "en-GB"), date("2025-03-15", "en-US"), date("2025-03", "de"), date("2025", "fr")
    ('15 March 2025', 'March 15, 2025', 'März 2025', '2025')
    """
    parts = iso.split("-")
    months = MONTHS.get(_base(language))
    if len(parts) == 1 or months is None:
        return iso
    year, month = parts[0], months.split()[int(parts[1]) - 1]
    if len(parts) == 2:
        return f"{month} {year}"
    day = int(parts[2])
    if language.lower() == "en-us":
        return f"{month} {day}, {year}"
    return f"{day}{'.' if _base(language) == 'de' else ''} {month} {year}"


def _base(language: str) -> str:
    return language.partition("-")[0].lower()
