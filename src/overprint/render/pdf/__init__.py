"""The layout of pages: a book in pieces of HTML in, one PDF and what there is to say about it out.

The call is `book.render`. WeasyPrint is loaded only in processes with limits (`serve`), never by importing this
package, and those processes load no more of the package than they need.
"""

from overprint.render.pdf.job import Layout, Limits, PdfJob, Piece, Style

__all__ = ["Layout", "Limits", "PdfJob", "Piece", "Style"]
