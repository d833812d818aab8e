"""The layout of pages: one HTML document in, one PDF and what there is to say about it out.

WeasyPrint is loaded only in a child process with limits (`worker`), never by importing this package.
"""

from overprint.render.pdf.confine import render
from overprint.render.pdf.job import Layout, Limits, PdfJob

__all__ = ["Layout", "Limits", "PdfJob", "render"]
