"""Elements of ONIX for Books, with its reference names."""

from __future__ import annotations

from lxml import etree

NAMESPACE = "http://ns.editeur.org/onix/3.0/reference"


def make(name: str, *inside: etree._Element | str, **attributes: str) -> etree._Element:
    """Return an element with its text, or with the elements in it."""
    # The stubs do not know that the default namespace's prefix is None.
    made = etree.Element(f"{{{NAMESPACE}}}{name}", attributes, nsmap={None: NAMESPACE})  # type: ignore[dict-item]
    for each in inside:
        if isinstance(each, str):
            made.text = each
        else:
            made.append(each)
    return made
