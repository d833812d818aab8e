"""The permissions ledger: for each essay and comment who said what, when and how."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from overprint.model import Manuscript

COLUMNS = ("kind", "essay", "comment", "writer", "printed", "consent", "how and when", "date written", "source")


def ledger(manuscript: Manuscript) -> str:
    r"""Return the ledger as CSV that spreadsheets open: commas, quotation marks, one line each.

    A value that a spreadsheet would run as a formula is marked as text.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for row in rows(manuscript):
        writer.writerow(map(_as_text, row))
    return out.getvalue()


def rows(manuscript: Manuscript) -> Iterator[tuple[str, ...]]:
    """Yield what the ledger says of each essay and, below it, of its comments, by `COLUMNS`."""
    for essay in manuscript.essays:
        names = "; ".join(_name(manuscript, author) for author in essay.authors)
        facts = (essay.permission, essay.permission_note, essay.date, essay.source.url or essay.source.publication)
        yield ("essay", essay.slug, "", names, "yes", *facts)
        for comment in essay.comments:
            printed = "yes" if comment.include else "no"
            known = ("comment", essay.slug, str(comment.number), _name(manuscript, comment.author), printed)
            yield (*known, comment.consent, comment.consent_note, comment.date, comment.source_id)


def _name(manuscript: Manuscript, author: str) -> str:
    person = manuscript.people.get(author)
    return person.name if person else author


def _as_text(value: str) -> str:
    """Return a value that no spreadsheet takes for a formula.

    >>> _as_text("=1+1"), _as_text("Jane")
    ("'=1+1", 'Jane')
    """
    return f"'{value}" if value.startswith(("=", "+", "-", "@", "\t")) else value
