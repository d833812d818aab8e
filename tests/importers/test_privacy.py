"""What an export says of its readers beside their names and words must reach neither manuscript nor books."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from pypdf import PdfReader

import books
from importers import wxr
from overprint import importers
from overprint.diagnostics import Stop

EXPORTS = Path(__file__).resolve().parents[3] / "shared" / "data" / "exports"
FIELDS = re.compile(
    rb"(?:email|author_ip|ipaddress|_agent)[^<>]{0,9}>\s*(?:<!\[CDATA\[)?\s*([^<>\]\s]+)"
    rb'|"(?:author_email|author_ip|author_user_agent|email)"\s*:\s*"([^"]+)"|(?:gravatar\.com/avatar/)(\w+)',
    re.IGNORECASE,
)


def overprint(*words: object) -> None:
    command = [sys.executable, "-m", "overprint", *map(str, words)]
    done = subprocess.run(command, capture_output=True, text=True, env=os.environ, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_manuscript_and_books_hold_nothing_private(tmp_path: Path) -> None:
    books.write(tmp_path)
    export = wxr.write(tmp_path, wxr.item("It sings.", wxr.COMMENTS))
    overprint("-C", tmp_path, "import", export)
    overprint("-C", tmp_path, "comments", "include", "the-kettle", "1-5")
    overprint("-C", tmp_path, "build", "epub", "pdf")
    written = "".join(path.read_text("utf-8") for path in (tmp_path / "manuscript").rglob("*.md"))
    (epub,) = (tmp_path / "build").glob("*.epub")
    (pdf,) = (tmp_path / "build").glob("*.pdf")
    with zipfile.ZipFile(epub) as archive:
        pages = b"".join(archive.read(name) for name in archive.namelist()).decode("utf-8", "replace")
    printed = "".join(page.extract_text() for page in PdfReader(pdf).pages)
    for text in (written, pages, printed):
        assert "Mine whistles" in text
        assert [each for each in wxr.PRIVATE if each in text] == []


@pytest.mark.skipif(not EXPORTS.is_dir(), reason="the shared exports are not here")
def test_nothing_private_of_real_exports_is_imported() -> None:
    kinds = {"wordpress", "wordpress-rest", "disqus", "blogger"}
    seen = 0
    for path in sorted(each for each in EXPORTS.rglob("*") if each.suffix in (".xml", ".json")):
        source = importers.load(path)
        private = {max(found).decode() for found in FIELDS.findall(source.data)}
        try:
            if importers.reader_for(source).KIND not in kinds:
                continue
            shown = repr(importers.read(path).value)
        except Stop:
            continue
        seen += len(private)
        assert [each for each in sorted(private) if len(each) > 6 and each in shown] == [], path.name
    assert seen > 30
