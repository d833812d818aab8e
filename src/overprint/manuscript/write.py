"""What an import writes: the texts of essays, comments and people, with what the source did not say left open."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from overprint.model import Imported, ImportedComment

PLAIN = re.compile(r"[^\W\d_][^:#\n\"'\[\]{}&*!|>%@`,]*")
WORDS = {"yes", "no", "true", "false", "on", "off", "null", "~"}
Keys = dict[str, str | None]


def essay_keys(found: Imported, ids: list[str]) -> Keys:
    """Return the keys of an essay as YAML has them, without those that are the editor's alone.

    Names that begin with spaces stand below `source:`; None is not written.
    """
    return {
        "title": scalar(found.title or ""),
        "subtitle": scalar(found.subtitle) if found.subtitle else None,
        "authors": f"[{', '.join(ids)}]",
        "date": found.date or "",
        "source": "",
        "  publication": scalar(found.publication) if found.publication else "",
        "  url": _address(found.url or ""),
        "language": found.language,
    }


def essay_text(keys: Keys, body: str) -> str:
    """Return `essay.md`; what the source did not say has a remark."""
    shown = {name: keys[name] for name in keys if name != "language"}
    if keys["title"] == '""':
        shown["title"] = '""  # not in the source: write it here'
    if keys["authors"] == "[]":
        shown["authors"] = "[]  # not in the source: a file name in people/"
    return text({**shown, "permission": "pending", "language": keys["language"]}, body)


def comment_keys(comment: ImportedComment, numbers: Mapping[str, int]) -> Keys:
    """Return the keys of a comment that a source says; `numbers` of the manuscript by the source's ids."""
    parents = [str(numbers[parent]) for parent in comment.reply_to if parent in numbers]
    return {
        "author": scalar(comment.author or ""),
        "author_note": scalar(comment.author_note or "not in the source") if not comment.author else None,
        "date": comment.date,
        "reply_to": (parents[0] if len(parents) == 1 else f"[{', '.join(parents)}]") if parents else None,
        "kind": comment.kind if comment.kind != "comment" else None,
    }


def comment_text(number: int, ident: str, keys: Keys, body: str) -> str:
    """Return a block of `comments.md`: not chosen, consent pending."""
    own: Keys = {"comment": str(number), "id": scalar(ident) if ident else None}
    return text({**own, **keys, "include": "no", "consent": "pending"}, body)


def comment_body(body: str) -> str:
    """Return a comment with `***` for its rules: a line of `---` would open the next comment."""
    return re.sub(r"^---[ \t]*$", "***", body.strip(), flags=re.MULTILINE)


def _address(url: str) -> str:
    """Return an address as YAML; quotation marks only where it is an odd one."""
    return url if not url or (re.fullmatch(r"https?://\S*[^\s:]", url) and url.isprintable()) else scalar(url)


def text(keys: Keys, body: str) -> str:
    """Return keys between two lines of `---`, and the body below."""
    lines = [f"{key}: {value}".rstrip() for key, value in keys.items() if value is not None]
    head = "\n".join(["---", *lines, "---", ""])
    return f"{head}\n{body}\n" if body else head


def scalar(value: str) -> str:
    """Return a YAML scalar that reads back as `value`, quoted only where it must be.

    >>> scalar("Reading Her"), scalar("Her: a film"), scalar("no"), scalar("")
    ('Reading Her', '"Her: a film"', '"no"', '""')
    """
    if PLAIN.fullmatch(value) and value.lower() not in WORDS and value == value.strip() and value.isprintable():
        return value
    return "".join(
        char if char.isprintable() or char == "\xa0" else f"\\U{ord(char):08x}"
        for char in json.dumps(value, ensure_ascii=False)
    )
