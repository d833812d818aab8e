"""What overprint can mend by itself: for each kind of finding, the edits that take it away.

A fix begins where its rule found the fault, so that the two cannot disagree. Safe fixes alter no word, and what the
books show of a passage, beside the signs mended, is compared before and after: an edit that changes more is left.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from overprint import files
from overprint.checks.prose import prose
from overprint.diagnostics import Diagnostic, Place, Stop
from overprint.fixes import gist, keys, quotes, signs, words
from overprint.fixes.passage import Edits, Fix, Keeps, Passage, passage
from overprint.fixes.save import Change
from overprint.fixes.sheet import Edit, Sheet, edited
from overprint.model import Manuscript, Text
from overprint.strict_yaml import Block, Refused, Scalar, tree

__all__ = ["FIXES", "Mended", "mended"]

FIXES: dict[str, Fix] = {
    "M101": Fix(keys.new_identifier),
    "M103": Fix(keys.identifier_form),
    "M104": Fix(keys.known_key),
    "M201": Fix(words.one_level_up, safe=False),
    "M202": Fix(words.second_level),
    "M205": Fix(words.heading, safe=False),
    "M213": Fix(words.no_line, safe=False),
    "M216": Fix(words.no_paragraph, safe=False),
    "M220": Fix(words.no_paragraph, safe=False),
    "M223": Fix(words.no_paragraph, safe=False),
    "M224": Fix(words.no_heading, safe=False),
    "M225": Fix(words.plain_list, safe=False),
    "M305": Fix(signs.no_tracking, keeps=None),
    "M401": Fix(quotes.curly, keeps=gist.same_book, fields=True),
    "M402": Fix(signs.one_space, fields=True),
    "M403": Fix(words.apart, safe=False),
    "M404": Fix(signs.no_hidden, safe=False),
    "M405": Fix(signs.no_invisible, fields=True),
    "M408": Fix(words.dash, safe=False),
    "M409": Fix(signs.ellipsis, fields=True),
    "M412": Fix(signs.encoding, fields=True),
    "M413": Fix(signs.no_space, fields=True),
    "M414": Fix(words.once, safe=False),
    "M420": Fix(signs.entity),
    "M421": Fix(signs.no_hidden, safe=False),
    "M422": Fix(words.no_paragraph, safe=False),
}
"""By code. Others need a decision that only an editor can make."""


@dataclass(frozen=True, slots=True)
class Mended:
    """A file with edits made, and the findings that the edits take away."""

    change: Change
    findings: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class _Region:
    """A passage of a file: it begins at `place` and takes up so many lines; a field is one value of a line."""

    text: Text
    language: str
    is_field: bool = False

    def holds(self, place: Place) -> bool:
        start = self.text.place
        return place == start if self.is_field else 0 <= place.line - start.line <= self.text.value.count("\n")


def mended(manuscript: Manuscript, found: Iterable[Diagnostic], *, unsafe: bool = False) -> Iterator[Mended]:
    """Yield each file in which something can be mended; nothing is written.

    Edits that would overlap wait: mend again what is then there, until nothing comes back.

    Args:
        manuscript: as it was read.
        found: findings to mend; those without a fix are passed over.
        unsafe: also make fixes that an editor should look at.
    """
    by_path: dict[str, list[Diagnostic]] = defaultdict(list)
    for each in found:
        fix = FIXES.get(each.code)
        if fix and each.place.line and (fix.safe or unsafe):
            by_path[each.place.path].append(each)
    regions = _regions(manuscript) if by_path else {}
    root = manuscript.project.root
    for path, said in by_path.items():
        try:
            data, (text, _) = files.read_bytes(root / path, root, files.LARGEST), files.read_text(root / path, root)
            sheet = Sheet(data, text)
        except Stop:  # what is wrong with the file has been said
            continue
        made = dict(_compatible(_of_file(sheet, said, regions.get(path, []))))
        if made:
            edits = _edits(made.items())
            yield Mended(Change(root / path, data, sheet.edited(edits)), tuple(made))


def _regions(manuscript: Manuscript) -> dict[str, list[_Region]]:
    by_path: dict[str, list[_Region]] = defaultdict(list)
    main = manuscript.project.language
    for essay in manuscript.essays:
        language = essay.language or main
        texts = [essay.body, *(comment.body for comment in essay.comments)]
        values = {"title": essay.title, "subtitle": essay.subtitle, "abstract": essay.abstract}
        fields = [Text(value, essay.places[key]) for key, value in values.items() if value and key in essay.places]
        for text in texts:
            by_path[text.place.path].append(_Region(text, language))
        for text in fields:
            by_path[text.place.path].append(_Region(text, language, is_field=True))
    for section in manuscript.sections:
        by_path[section.body.place.path].append(_Region(section.body, section.language or main))
    for person in manuscript.people.values():
        by_path[person.bio.place.path].append(_Region(person.bio, main))
    return {path: sorted(regions, key=lambda region: region.text.place) for path, regions in by_path.items()}


Group = tuple[Diagnostic, Edits]


def _of_file(sheet: Sheet, said: list[Diagnostic], regions: list[_Region]) -> Iterator[Group]:
    """Yield what mends each finding of a file, as edits of the file."""
    inside: dict[_Region | None, list[Diagnostic]] = defaultdict(list)
    for each in said:
        last = bisect_right(regions, each.place, key=lambda region: region.text.place)
        inside[next((region for region in regions[max(0, last - 1) : last] if region.holds(each.place)), None)].append(
            each
        )
    for region, here in inside.items():
        if region is None:
            whole = Passage(sheet.text, "", prose(Text()))
            yield from _made(whole, here, {each: sheet.offset(each.place) for each in here})
        elif region.is_field:
            yield from _of_field(sheet, region, here)
        else:
            start = sheet.offset(region.text.place)
            if sheet.text.startswith(region.text.value, start):
                there = passage(region.text, region.language)
                groups = _made(there, here, {each: sheet.offset(each.place) - start for each in here})
                for each, edits in _harmless(there, groups):
                    yield each, tuple(edit.moved(start) for edit in edits)


def _made(there: Passage, said: list[Diagnostic], offsets: Mapping[Diagnostic, int]) -> list[Group]:
    by_code: dict[str, dict[int, Diagnostic]] = defaultdict(dict)
    for each in said:
        by_code[each.code][offsets[each]] = each
    return [
        (found[at], edits)
        for code, found in by_code.items()
        for at, edits in FIXES[code].make(there, dict(sorted(found.items())))
    ]


def _compatible(groups: Iterable[Group]) -> Iterator[Group]:
    """Yield the groups of edits that do not touch what an earlier one changes."""
    taken: set[int] = set()
    made: set[Edit] = set()
    for each, edits in groups:
        new = [edit for edit in edits if edit not in made]
        spots = {spot for edit in new for spot in range(edit.start, max(edit.end, edit.start + 1))}
        if taken.isdisjoint(spots):
            taken |= spots
            made.update(new)
            yield each, edits


def _harmless(there: Passage, groups: list[Group]) -> list[Group]:
    """Return the groups but for those that are safe and yet alter what their fix promises to keep."""
    groups = list(_compatible(groups))
    for keeps in (gist.same_book, gist.alike):
        bound = [group for group in groups if FIXES[group[0].code].safe and FIXES[group[0].code].keeps is keeps]
        lost = {each for each, _ in bound} - {each for each, _ in _kept(there, keeps, [], bound)}
        groups = [group for group in groups if group[0] not in lost]
    return groups


def _kept(there: Passage, keeps: Keeps, before: list[Group], groups: list[Group]) -> list[Group]:
    """Return the groups that do no harm once those `before` are made; where all do none together, in one look."""
    if not groups or keeps(there.source, edited(there.source, _edits(before + groups)), there.language):
        return groups
    if len(groups) == 1:
        return []
    half = len(groups) // 2
    first = _kept(there, keeps, before, groups[:half])
    return first + _kept(there, keeps, before + first, groups[half:])


def _edits(groups: Iterable[Group]) -> set[Edit]:
    return {edit for _, edits in groups for edit in edits}


def _of_field(sheet: Sheet, region: _Region, said: list[Diagnostic]) -> Iterator[Group]:
    """Mend a value such as a title, where it stands in its line as it is read; its signs have no place of their own."""
    start = sheet.offset(region.text.place)
    quote = sheet.text[start : start + 1] if sheet.text[start : start + 1] in {'"', "'"} else ""
    value = region.text.value
    if not sheet.text.startswith(f"{quote}{value}{quote}", start):
        return
    there = passage(Text(value), region.language)
    for each in said:
        if not FIXES[each.code].fields:
            continue
        groups = [(each, edits) for _, edits in FIXES[each.code].make(there, dict.fromkeys(range(len(value)), each))]
        edits = _edits(_compatible(groups))
        new = edited(value, edits)
        if edits and gist.alike(value, new) and _reads_back(f"{quote}{new}{quote}", new):
            yield each, tuple(edit.moved(start + len(quote)) for edit in sorted(edits))


def _reads_back(written: str, value: str) -> bool:
    try:
        node = tree(f"key: {written}\n", Place())
    except Refused:
        return False
    [(_, found)] = node.pairs if isinstance(node, Block) else [(None, None)]
    return isinstance(found, Scalar) and found.value == value
