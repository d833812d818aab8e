"""ONIX for Books 3.0: what shops and libraries are told of the two books, each a product with its own ISBN."""

from __future__ import annotations

from pathlib import Path

from lxml import etree

from overprint.model import Book
from overprint.render.onix import codes, products
from overprint.render.onix.element import make
from overprint.render.onix.facts import of_epub, of_print

__all__ = ["render"]


def render(book: Book, target: Path, epub: Path, pdf: Path | None) -> None:
    """Write a message with a record of the EPUB, and one of the printed book where it has an ISBN.

    Args:
        book: the book as the catalogue knows it; it has a publisher.
        target: where to write; it is the caller's to move into place.
        epub: the finished EPUB.
        pdf: the finished printed book, None where there is none.

    Raises:
        OSError: the target cannot be written, as on a full disk.
    """
    read, printed = of_epub(epub), of_print(pdf) if pdf else None
    records = [products.electronic(book, read, printed)]
    if printed and book.edition.isbn_print:
        records.append(products.on_paper(book, printed, read.pictures))
    header = make(
        "Header",
        make("Sender", make("SenderName", book.publisher)),
        make("SentDateTime", book.modified[:10].replace("-", "")),
        make("DefaultLanguageOfText", codes.language(book.language)),
    )
    message = make("ONIXMessage", header, *records, release="3.0")
    etree.indent(message)
    target.write_bytes(etree.tostring(message, encoding="utf-8", xml_declaration=True) + b"\n")
