"""overprint: from an essay, its author's bio and chosen reader comments to an EPUB 3 and a print-ready PDF."""

__version__ = "0.1.0"
