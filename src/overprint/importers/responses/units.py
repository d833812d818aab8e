"""Which elements of a page are comments, each once, however many boxes the theme puts around it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from overprint.importers.responses.marks import CONTROLS, INLINE, UNSHOWN, claimed, roles, text_of, words

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterator

    from lxml.etree import _Element as Element

PLACE = (
    r"(?:li|div|article|dsq|wpd|wc|media|single|user|post|view|node|ajax|kmt|blog\d*|thing|t1|the|item|show|display|js"
    r"|container)"
)
WORD = (
    r"(?:comment|comm|cmt|commentid|cid|komentar|kommentar|commentaire|comentario|reactie|pingback|trackback|talkback"
    r"|webmention)"
)
PART = (
    r"(?:id|item|wrapper|wrap|entry|number|no|li|div|box|block|node|body|content|text|message|anchor|container|inner|main"
    r"|permalink)"
)
NUMBER = r"(?P<number>\d+|(?=[a-f\d-]*\d)[a-f\d]{6,}(?:-[a-f\d]+)*)"
STRONG_ID = re.compile(rf"(?:{PLACE}[-_])*{WORD}(?:[-_]?{PART})*[-_:.]?{NUMBER}(?:_(?P<parent>\d+))?", re.I)
WEAK_ID = re.compile(r"(?:c|r|t|p|reply|response|answer|message|msg|forum|post|thing_t1)[-_]?(?P<number>\d+)", re.I)
POST_ID = re.compile(r"(?:js-)?(?:p|post|msg|pid|edit|td-post|table)[-_]?(?P<number>\d+)", re.I)
# Links that name the comment they stand in: permalinks and reply links.
OWN_LINK = re.compile(
    rf"#(?:{PLACE}[-_])*(?:{WORD}[-_]?|c)(\d+)$|/comments?/(?:reply/(?:[\w-]+/)*)?(\d+)(?:[/#?]|$)|[?&](?:replytocom|comment_?id|cid)=(\d+)",
    re.I,
)
DATA = ("data-comment-id", "data-commentid", "data-comment", "data-cid", "comment-id", "data-post-id", "data-id")


TYPED = re.compile(r"\b(?:User)?Comments?\b(?!Action)")
ANCHOR = 4
"""Signs that an anchor may show, such as “#12”."""
LISTS = frozenset(("ul", "ol", "div", "section"))
HEAD = 160
"""Signs of a box that holds no more than the name and the date."""


@dataclass(eq=False, slots=True)
class Unit:
    """A comment's place in the page.

    Attributes:
        element: the outermost box.
        id: the source's own id, empty when it has none.
        parent_id: the id of the comment that the markup says it answers.
        outer: the comment that it stands in.
        strong: whether the markup says in so many words that it is a comment.
        roots: the boxes that hold it: the element, and siblings where the theme uses no box for all.
    """

    element: Element
    id: str = ""
    parent_id: str = ""
    outer: Unit | None = None
    strong: bool = False
    roots: list[Element] = field(default_factory=list)
    inner: list[Unit] = field(default_factory=list)


def find(root: Element) -> list[Unit]:
    """Return the comments of a page in its order."""
    return _Search(root, _identify).units()


def find_posts(root: Element) -> list[Unit]:
    """Return the posts of a forum's page; two at least, since a single one may be the essay of a blog."""
    found = _Search(root, _identify_post).units()
    return found if len(found) > 1 else []


def number_in(element: Element) -> str:
    """Return the number of a comment that an element, or an anchor in it, names."""
    names = (each.get("id") or each.get("name") or "" for each in element.iter("*"))
    return next((found["number"] for name in names if (found := STRONG_ID.fullmatch(name))), _own_id(element))


def _identify_post(element: Element) -> Unit | None:
    found = POST_ID.fullmatch(element.get("id") or "")
    if not found or element.tag in INLINE:
        return None
    held = (
        claim for each in element.iter("div", "article", "td", "blockquote") for claim in roles(each) if claim == "post"
    )
    return Unit(element, found["number"]) if next(held, None) else None


def _identify(element: Element) -> Unit | None:
    """Return the comment that an element claims to be."""
    claims = roles(element)
    typed = f"{element.get('itemtype') or ''} {element.get('typeof') or ''}"
    strong = "ping" in claims or bool(TYPED.search(typed)) or "p-comment" in (element.get("class") or "").split()
    item = strong or ("item" in claims and element.tag not in INLINE)
    ident = element.get("id") or (element.get("name") if element.tag == "a" else None) or ""
    weak = item or element.tag == "dt" or (element.tag == "a" and _near_comments(element))
    found = STRONG_ID.fullmatch(ident) or (WEAK_ID.fullmatch(ident) if weak else None)
    data = next(
        (value for key in DATA[: None if item else 4] if (value := element.get(key)) and re.fullmatch(NUMBER, value)),
        "",
    )
    if not (item or found or (data and element.tag not in INLINE)):
        return None
    parent = (found.groupdict().get("parent") or "") if found else ""
    return Unit(element, data or (found["number"] if found else ""), parent if parent != "0" else "", strong=strong)


def _near_comments(anchor: Element) -> bool:
    """Tell whether an anchor such as `<a name="c12">` stands in a box for comments: some systems number all so."""
    parent = anchor.getparent()
    return parent is not None and "comment" in words(f"{parent.get('class') or ''} {parent.get('id') or ''}")


class _Search:
    """The claims of a page, settled from the innermost box outwards."""

    def __init__(self, root: Element, identify: Callable[[Element], Unit | None]) -> None:
        self.root = root
        self.claims: dict[Element, Unit] = {}
        for element in root.iter("*"):
            if element.attrib and element.tag not in UNSHOWN and element.tag not in CONTROLS:
                unit = identify(element)
                if unit:
                    self.claims[element] = unit
        self.above: dict[Element, tuple[Unit | None, bool]] = {}

    def units(self) -> list[Unit]:
        for unit in list(self.claims.values()):
            unit.outer, beside = self._around(unit.element)
            if beside:
                del self.claims[unit.element]
        self._settle_anchors()
        for unit in self.claims.values():
            if unit.outer:
                unit.outer.inner.append(unit)
        for unit in reversed(list(self.claims.values())):
            self._settle(unit)
        self._number()
        self._drop_strays()
        for unit in self.claims.values():
            self._gather(unit)
        return list(self.claims.values())

    def _around(self, element: Element) -> tuple[Unit | None, bool]:
        """Return the nearest claim above, and whether a sidebar or a form for comments stands between."""
        path: list[Element] = []
        parent = element.getparent()
        while parent is not None and parent not in self.above:
            path.append(parent)
            parent = parent.getparent()
        answer: tuple[Unit | None, bool] = self.above[parent] if parent is not None else (None, False)
        for each in reversed(path):
            answer = (self.claims.get(each) or answer[0], answer[1] or "sidebar" in roles(each))
            self.above[each] = answer
        return answer

    def _settle_anchors(self) -> None:
        """Hand the number of an empty `<a id="comment-1">` to the box that it marks, or to what follows it."""
        anchors = [unit for unit in self.claims.values() if unit.element.tag in INLINE]
        shared = Counter(unit.element.getparent() for unit in anchors)
        for unit in anchors:
            element, parent = unit.element, unit.element.getparent()
            del self.claims[element]
            empty = len(text_of(element, most=ANCHOR)) <= ANCHOR
            following = _next(element) if empty else None
            box = (self.claims.get(following) if following is not None else None) or unit.outer
            if box is not None:
                box.id = box.id or unit.id
            elif empty and element.tag == "a" and parent is not None:
                whole = parent if shared[parent] == 1 and parent.tag not in ("body", "main") else element
                self.claims[whole] = Unit(whole, unit.id)
        if anchors:
            self.claims = {each: self.claims[each] for each in self.root.iter("*") if each in self.claims}

    def _settle(self, unit: Unit) -> None:
        """Decide whether boxes in boxes are one comment, a comment with replies, or a list of comments."""
        numbers = {each.id for each in unit.inner if each.id}
        if not unit.id and len(numbers) == 1 and not _lists(unit):
            unit.id = numbers.pop()
        elif not unit.id and numbers:
            self._dissolve(unit)
            return
        if unit.id:
            for each in [each for each in unit.inner if each.id in ("", unit.id)]:
                unit.parent_id = unit.parent_id or each.parent_id
                self._dissolve(each)
        elif unit.inner and not owns(unit, self.claims):
            owners = [each for each in unit.inner if owns(each, self.claims)]
            for each in unit.inner if not owners else ():
                self._dissolve(each)
            if owners:
                self._dissolve(unit)
        else:
            for each in [each for each in unit.inner if not owns(each, self.claims)]:
                self._dissolve(each)

    def _dissolve(self, unit: Unit) -> None:
        """Take away a claim; what it holds belongs to the claim around it."""
        del self.claims[unit.element]
        for each in unit.inner:
            each.outer = unit.outer
        if unit.outer:
            unit.outer.inner = [each for each in unit.outer.inner if each is not unit] + unit.inner

    def _number(self) -> None:
        """Read the numbers of boxes without one from their own links; the second box of a number is no comment."""
        seen: set[str] = set()
        for unit in list(self.claims.values()):
            if not unit.id:
                links = (OWN_LINK.search(each.get("href") or "") for each in own(unit, self.claims) if each.tag == "a")
                found = next((each for each in links if each), None)
                unit.id = next((group for group in found.groups() if group), "") if found else _own_id(unit.element)
            if unit.id and unit.id in seen:
                self._dissolve(unit)
            seen.add(unit.id)

    def _drop_strays(self) -> None:
        """Where comments are numbered, a box without a number is something else, unless it says that it is one."""
        numbered = {_shape(unit.element) for unit in self.claims.values() if unit.id}
        for unit in list(self.claims.values()):
            if numbered and not unit.id and not unit.strong and _shape(unit.element) not in numbered:
                self._dissolve(unit)

    def _gather(self, unit: Unit) -> None:
        """Add the siblings that belong to a comment whose own box holds no more than its head."""
        unit.roots = [unit.element]
        if unit.element.tag != "dt" and self._is_whole(unit):
            return
        for each in unit.element.itersiblings():
            stop = (
                each in self.claims
                or each.tag in ("h1", "h2", "form", "dt")
                or roles(each) & {"section", "replies", "sidebar"}
            )
            if stop or any(inner in self.claims for inner in each.iter()):
                break
            if isinstance(each.tag, str):
                unit.roots.append(each)

    def _is_whole(self, unit: Unit) -> bool:
        """Tell whether a box holds more than its head: an element for words, or as many as no head has."""
        length = 0
        for each in own(unit, self.claims):
            if each is not unit.element and (each.tag in ("p", "dd") or roles(each) & {"text", "said", "content"}):
                return True
            length += len((each.text or "").strip()) + len((each.tail or "").strip())
        return length > HEAD


def _lists(unit: Unit) -> bool:
    """Tell whether a box is, or holds, the section that the numbered comments in it stand in."""
    box: Element | None = next((each.element for each in unit.inner if each.id), unit.element)
    while box is not None and box is not unit.element:
        box = box.getparent()
        if box is not None and "section" in roles(box) | claimed(box.get("id") or ""):
            return True
    return "section" in roles(unit.element)


def _own_id(element: Element) -> str:
    """Return the id of a box where it holds a number: the system's own name for it."""
    ident = element.get("id") or ""
    return ident if re.search(r"\d", ident) else ""


def _shape(element: Element) -> str:
    return f"{element.tag} {(element.get('class') or '').split(' ')[0]}"


def _next(element: Element) -> Element | None:
    """Return the following element, unless words stand between."""
    return None if (element.tail or "").strip() else element.getnext()


def own(unit: Unit, units: Container[Element]) -> Iterator[Element]:
    """Yield the elements of a comment in order, without other comments, replies and what is not shown."""
    stack = list(reversed(unit.roots or [unit.element]))
    roots = set(stack)
    while stack:
        element = stack.pop()
        if element not in roots and (element in units or (element.tag in LISTS and "replies" in roles(element))):
            continue
        if element.tag in UNSHOWN or not isinstance(element.tag, str):
            continue
        yield element
        stack.extend(reversed(element))


def owns(unit: Unit, units: Container[Element]) -> bool:
    """Tell whether a box names its own writer or time, outside the boxes that it holds."""
    for element in own(unit, units):
        if element is not unit.element and (
            element.tag in ("time", "cite") or roles(element) & {"name", "author", "date"}
        ):
            return True
    return False
