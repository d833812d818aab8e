"""The layout of pages: a book in pieces of HTML in, one PDF and what there is to say about it out.

WeasyPrint is loaded only in processes with limits (`serve`), never by importing this package.
"""

from overprint.render.pdf.book import render
from overprint.render.pdf.job import Layout, Limits, PdfJob, Piece, Style

__all__ = ["Layout", "Limits", "PdfJob", "Piece", "Style", "render"]
