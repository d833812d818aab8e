"""The sentences in which a book says how accessible it is, in its own language."""

from __future__ import annotations

from collections.abc import Mapping

_SENTENCES = {
    "en": {
        "always": "The size, typeface, spacing and colours of the text can be changed.",
        "aloud": "All of it can be read aloud or in braille.",
        "navigation": "A table of contents and headings lead through it.",
        "pages": "Page numbers are those of the printed book.",
        "described": "All pictures have alternative text or are decoration.",
        "undescribed": "Not all pictures have alternative text.",
        "formulas": "Formulas are in MathML.",
        "unknown": "It holds moving pictures, and it is not known whether they flash.",
        "flashing": "It holds pictures that flash.",
        "motion": "It holds pictures that seem to move the viewer.",
    },
    "de": {
        "always": "Größe, Schriftart, Abstände und Farben des Textes lassen sich ändern.",
        "aloud": "Der ganze Inhalt lässt sich vorlesen oder in Brailleschrift lesen.",
        "navigation": "Inhaltsverzeichnis und Überschriften führen durch das Buch.",
        "pages": "Die Seitenzahlen sind die des gedruckten Buches.",
        "described": "Alle Bilder haben Alternativtexte oder sind Schmuck.",
        "undescribed": "Nicht alle Bilder haben Alternativtexte.",
        "formulas": "Formeln sind in MathML gesetzt.",
        "unknown": "Das Buch enthält bewegte Bilder; ob sie blitzen, ist nicht bekannt.",
        "flashing": "Das Buch enthält Bilder, die blitzen.",
        "motion": "Das Buch enthält Bilder, die den Eindruck eigener Bewegung erwecken.",
    },
    "es": {
        "always": "Se pueden cambiar el tamaño, el tipo de letra, el espaciado y los colores del texto.",
        "aloud": "Todo el contenido se puede leer en voz alta o en braille.",
        "navigation": "Un índice y los títulos permiten recorrerlo.",
        "pages": "Los números de página son los del libro impreso.",
        "described": "Todas las imágenes tienen texto alternativo o son decorativas.",
        "undescribed": "No todas las imágenes tienen texto alternativo.",
        "formulas": "Las fórmulas están en MathML.",
        "unknown": "Contiene imágenes en movimiento; no se sabe si producen destellos.",
        "flashing": "Contiene imágenes que producen destellos.",
        "motion": "Contiene imágenes que simulan movimiento.",
    },
    "fr": {
        "always": "La taille, la police, l’espacement et les couleurs du texte peuvent être modifiés.",
        "aloud": "Tout le contenu peut être lu par synthèse vocale ou en braille.",
        "navigation": "Une table des matières et des titres permettent de s’y déplacer.",
        "pages": "Les numéros de page sont ceux du livre imprimé.",
        "described": "Toutes les images ont un texte de remplacement ou sont décoratives.",
        "undescribed": "Certaines images n’ont pas de texte de remplacement.",
        "formulas": "Les formules sont en MathML.",
        "unknown": "Le livre contient des images animées ; on ignore si elles clignotent.",
        "flashing": "Le livre contient des images qui clignotent.",
        "motion": "Le livre contient des images qui simulent le mouvement.",
    },
    "it": {
        "always": "Dimensione, carattere, spaziatura e colori del testo si possono cambiare.",
        "aloud": "Tutto il contenuto si può leggere con la sintesi vocale o in braille.",
        "navigation": "Un indice e i titoli permettono di percorrerlo.",
        "pages": "I numeri di pagina sono quelli del libro stampato.",
        "described": "Tutte le immagini hanno un testo alternativo o sono decorative.",
        "undescribed": "Non tutte le immagini hanno un testo alternativo.",
        "formulas": "Le formule sono in MathML.",
        "unknown": "Contiene immagini in movimento; non si sa se lampeggino.",
        "flashing": "Contiene immagini che lampeggiano.",
        "motion": "Contiene immagini che simulano il movimento.",
    },
    "nl": {
        "always": "Grootte, lettertype, afstanden en kleuren van de tekst kunnen worden aangepast.",
        "aloud": "De hele inhoud kan worden voorgelezen of in braille gelezen.",
        "navigation": "Een inhoudsopgave en koppen wijzen de weg.",
        "pages": "De paginanummers zijn die van het gedrukte boek.",
        "described": "Alle afbeeldingen hebben een alternatieve tekst of zijn versiering.",
        "undescribed": "Niet alle afbeeldingen hebben een alternatieve tekst.",
        "formulas": "Formules staan in MathML.",
        "unknown": "Het boek bevat bewegende beelden; of ze flitsen, is niet bekend.",
        "flashing": "Het boek bevat beelden die flitsen.",
        "motion": "Het boek bevat beelden die beweging nabootsen.",
    },
}


def sentences(language: str, facts: Mapping[str, bool]) -> tuple[str, str]:
    """Return the language of the words, which is English where the book's is not known, and what is true in it.

    >>> sentences("en-GB", {"aloud": False, "pages": True})
    ('en', 'The size, typeface, spacing and colours of the text can be changed. Page numbers are those of the printed \
book.')
    """
    base = language.partition("-")[0].lower()
    known = base if base in _SENTENCES else "en"
    words = _SENTENCES[known]
    return known, " ".join([words["always"], *(words[fact] for fact, true in facts.items() if true)])
