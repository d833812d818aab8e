"""An essay on ferries, the pages around it, and what is found in them."""

from __future__ import annotations

from lxml import html

from overprint.importers import article
from overprint.importers.dom import Page

FERRY = (
    "The ferry leaves at six and nobody on it speaks, because the river is still asleep and we have all agreed, "
    "without a word, to let it be so until the first bell."
)
BAKERS = (
    "On the far bank the bakers are already up, and their lamps stand in the water like coins that somebody has "
    "dropped and means to come back for one day when the tide is out."
)
HARBOUR = (
    "By noon the harbour has forgotten the morning, the gulls have divided the pier among themselves, and the old "
    "timetable, which nobody obeys, hangs in its frame as a picture of another country."
)
TEXT = "".join(f"<p>{each}</p>" for each in (FERRY, BAKERS, HARBOUR, FERRY[::-1].replace(" ", "e ")))


def page(body: str, head: str = "", attributes: str = "") -> Page:
    text = f"<html {attributes}><head>{head}</head><body>{body}</body></html>"
    return Page(html.document_fromstring(text, ensure_head_body=True), "utf-8")


def find(body: str, head: str = "", attributes: str = "") -> article.Found:
    return article.find(page(body, head, attributes))


def reasons(found: article.Found) -> dict[str, str]:
    return {each.text: each.reason for each in found.dropped}
