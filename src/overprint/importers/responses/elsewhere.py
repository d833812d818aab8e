"""Services that keep a page's comments elsewhere: a saved page holds their frame, and not a word of a reader."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


@dataclass(frozen=True, slots=True)
class Service:
    """A service, the marks that it leaves in a page, and how to get the comments from it."""

    name: str
    marks: re.Pattern[str]
    advice: str
    hosts_form: bool = False
    """Whether it may keep the form for new comments alone."""


def _service(name: str, marks: str, advice: str, *, hosts_form: bool = False) -> Service:
    return Service(name, re.compile(marks, re.I), advice, hosts_form)


BY_SITE = "ask the owner of the site for an export of the comments"
SCROLL = (
    "open the page, scroll down until the comments show, unfold them all, and save it again as “Web page, complete”"
)
SERVICES = (
    _service(
        "Disqus",
        r"\bdisqus_thread\b|\.disqus\.com/(?:embed|count)|disqus_shortname",
        "ask the owner of the site for the export of Disqus (an XML file), and import it with the page",
    ),
    _service("Facebook", r"\bfb[-:]comments\b|facebook\.com/plugins/(?:feedback|comments)", SCROLL),
    _service("Commento", r"\bid=commento\b|commento\.io/|/commento\.js", BY_SITE),
    _service("Hyvor Talk", r"hyvor[-_.]talk|talk\.hyvor\.com", BY_SITE),
    _service("Isso", r"\bisso-thread\b|embed(?:\.min)?\.js data-isso|/isso/js/|isso-embed", BY_SITE),
    _service(
        "Giscus",
        r"\bgiscus\b",
        "open the discussion on GitHub that the page links to, and copy the comments from there",
    ),
    _service(
        "Utterances",
        r"utteranc\.es|\butterances\b",
        "open the issue on GitHub that the page links to, and copy the comments from there",
    ),
    _service(
        "Coral",
        r"\bcoral_(?:thread|talk_stream)\b|coral\.coralproject|coralproject\.net|\bcoral-embed",
        BY_SITE,
    ),
    _service("IntenseDebate", r"intensedebate\.com|\bidc-container\b", BY_SITE),
    _service("Livefyre", r"livefyre", BY_SITE),
    _service("Remark42", r"\bremark42\b|remark_config", BY_SITE),
    _service("Cusdis", r"\bcusdis(?:_thread)?\b", BY_SITE),
    _service(
        "Jetpack",
        r"jetpack_remote_comment|jetpack\.wordpress\.com/jetpack-comment",
        "ask the owner of the site for the WordPress export, which holds the comments",
        hosts_form=True,
    ),
    _service("OpenWeb (Spot.IM)", r"spot\.im/|data-spotim-module|spotim-", SCROLL),
    _service("Viafoura", r"viafoura", SCROLL),
    _service("Muut", r"\bmuut\.com|moot\.it", BY_SITE),
    _service("Talkyard", r"talkyard", BY_SITE),
    _service("Graphcomment", r"graphcomment", BY_SITE),
    _service("Ghost", r"ghost/comments-ui|\bghost-comments-root\b|comments-ui(?:\.min)?\.js", SCROLL),
    _service(
        "Discourse",
        r"\bdiscourse-comments\b|discourseembed",
        "open the discussion that the page links to, and save that page",
    ),
)
START = 4000
"""Signs of a script that are looked into: the settings of a service stand at its top."""


def find(root: Element) -> list[tuple[Service, Element]]:
    """Return the services that the page names, with the element that does, in the order of the table."""
    found: dict[str, tuple[Service, Element]] = {}
    for element in root.iter("script", "iframe", "div", "section"):
        said = _said(element)
        if said:
            for service in SERVICES:
                if service.name not in found and service.marks.search(said):
                    found[service.name] = service, element
    return [found[each.name] for each in SERVICES if each.name in found]


def _said(element: Element) -> str:
    """Return where an element may name a service: addresses, names, and the start of a script."""
    keys = ("src", "id", "class", "name", "data-spotim-module")
    said = " ".join(f"{key}={value}" for key in keys if (value := element.get(key)))
    if element.tag == "script":
        data = " ".join(str(key) for key in element.attrib if str(key).startswith("data-"))
        return f"{said} {data} {(element.text or '')[:START]}"
    return said
