from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from overprint import importers
from overprint.diagnostics import Made, Stop
from overprint.importers.exports import xml_records

if TYPE_CHECKING:
    from pathlib import Path


def gather(folder: Path, data: bytes) -> Made[list[str]]:
    path = folder / "export.xml"
    path.write_bytes(data)
    return xml_records.gather(importers.load(path), frozenset(("item",)), xml_records.text)


def stop(folder: Path, data: bytes) -> str:
    with pytest.raises(Stop) as caught:
        gather(folder, data)
    assert caught.value.diagnostics[0].place.path.endswith("export.xml")
    return caught.value.diagnostics[0].code


@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>',
        '<!DOCTYPE rss SYSTEM "http://x.example/rss.dtd">',
        "<!DOCTYPE rss>",
        '<?xml version="1.0"?>\n<!-- a note -->\n<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
        "\n <b>Notice</b>: x <br />\n<!DOCTYPE rss>",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_document_type_is_refused(tmp_path: Path, head: str, encoding: str) -> None:
    assert stop(tmp_path, f"{head}<rss><item>&b;</item></rss>".encode(encoding)) == "I120"


def test_records_by_local_name_whatever_the_prefix(tmp_path: Path) -> None:
    data = b'<rss xmlns:a="urn:a" xmlns:b="urn:b"><a:item>One</a:item><b:item> Two </b:item><item><i>3</i></item></rss>'
    assert gather(tmp_path, data) == Made(["One", "Two", "<i>3</i>"])


def test_a_declared_encoding_is_kept_to(tmp_path: Path) -> None:
    assert gather(
        tmp_path, '<?xml version="1.0" encoding="iso-8859-1"?><r><item>é</item></r>'.encode("latin-1")
    ).value == ["é"]


def test_utf8_under_another_name_is_utf8(tmp_path: Path) -> None:
    data = '<?xml version="1.0" encoding="iso-8859-1"?><r><item>é’ &</item><item>é’</item></r>'.encode()
    assert gather(tmp_path, data).value == ["é’ &", "é’"]


@pytest.mark.parametrize(
    ("data", "text", "what"),
    [
        (
            b"<r><item>a & b &amp; c &mdash; &nosuch; &#233; &#8; &lt;</item></r>",
            "a & b & c — &nosuch; é  <",
            "bare or unknown & (4)",
        ),
        (b"<r><item><![CDATA[a & b &amp; \x08c\x0bd]]></item></r>", "a & b &amp; c d", "control characters (2)"),
        (b"<r><item>caf\xe9 \xc3\xa9 \x93so\x94</item></r>", "café é “so”", "bytes not of UTF-8 (3)"),
    ],
)
def test_small_faults_are_mended_and_told(tmp_path: Path, data: bytes, text: str, what: str) -> None:
    made = gather(tmp_path, data)
    assert made.value == [text]
    assert [each.code for each in made.diagnostics] == ["I122"]
    assert what in made.diagnostics[0].message
    assert made.diagnostics[0].place.line == 1


def test_words_of_a_plugin_before_the_beginning_are_skipped(tmp_path: Path) -> None:
    made = gather(tmp_path, b'\n<b>Notice</b>: undefined\n<?xml version="1.0"?>\n<rss><item>One</item></rss>')
    assert made.value == ["One"]
    assert [each.code for each in made.diagnostics] == ["I122"]
    assert "words before the beginning (2)" in made.diagnostics[0].message


def test_great_faults_are_recovered_from_and_told(tmp_path: Path) -> None:
    made = gather(tmp_path, b"<r>\n<item>One</item>\n<x:item>Two & more</x:item>\n<item>Three</r>")
    assert made.value == ["One", "Two & more", "Three"]
    assert [(each.code, each.place.line) for each in made.diagnostics] == [("I123", 3)]


@pytest.mark.parametrize("data", [b"<", b"no xml at all", b"\x00\x01", b'<!DOCTYPE rss [<!ENTITY a "'])
def test_nothing_to_recover_is_an_error(tmp_path: Path, data: bytes) -> None:
    assert stop(tmp_path, data) == "I121"


def test_depth_is_bounded(tmp_path: Path) -> None:
    made = gather(tmp_path, b"<r><item>One</item>" + b"<a>" * 100_000 + b"</a>" * 100_000 + b"</r>")
    assert made.value == ["One"]
    assert [each.code for each in made.diagnostics] == ["I123"]
