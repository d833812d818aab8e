"""Who wrote an essay."""

from __future__ import annotations

import pytest

from importers.article.ferries import TEXT, find
from overprint.importers.article import names


@pytest.mark.parametrize(
    ("head", "body", "expected"),
    [
        ("<meta name='author' content='Jane Doe'>", "", ["Jane Doe"]),
        (
            "",
            "<p class='byline'>By <a rel='author'>Jane Doe</a> and <a rel='author'>John Roe</a></p>",
            ["Jane Doe", "John Roe"],
        ),
        ("", "<p>By Jane Doe</p>", ["Jane Doe"]),
        ("", "<p>Jane Doe, 3 March 2014</p>", ["Jane Doe"]),
        ("<meta name='author' content='admin'>", "", []),
        ("<meta name='author' content='https://example.org/jane'>", "", []),
        ("<meta name='author' content='The Journal'><meta property='og:site_name' content='The Journal'>", "", []),
        ("<meta name='byl' content='By JANE DOE'>", "<p>Jane Doe was there.</p>", ["Jane Doe"]),
        (
            '<script type="application/ld+json">{"@graph": [{"@type": "Article", "headline": "x", '
            '"author": {"@id": "#j"}},'
            '{"@type": "Person", "@id": "#j", "name": "Jane Doe"}]}</script>',
            "",
            ["Jane Doe"],
        ),
        (
            "<meta name='twitter:label1' content='Verfasst von'><meta name='twitter:data1' content='Jane Doe'>",
            "",
            ["Jane Doe"],
        ),
        (
            "<meta name='twitter:label1' content='Reading time'><meta name='twitter:data1' content='Five Minutes'>",
            "",
            [],
        ),
        ("", "<div class='related-posts'><span class='author'>Ann Poe</span></div>", []),
        ("", "<div class='sidebar'><a rel='author' href='/jane'>Jane Doe</a></div>", ["Jane Doe"]),
        (
            "",
            "<div class='sidebar'><a rel='author' href='/a'>Jane Doe</a><a rel='author' href='/b'>Ann Poe</a></div>",
            [],
        ),
        ("<meta name='Search.Byline' content='Jane Doe'>", "", ["Jane Doe"]),
        ("", "<p class='firma'><em>Jane Doe</em> | <span>Leeds</span></p>", ["Jane Doe"]),
    ],
)
def test_authors(head: str, body: str, expected: list[str]) -> None:
    found = find(f"<h1>On Ferries</h1>{body}<article>{TEXT}</article>", head)
    assert [each.value for each in found.authors] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("By Jane Doe, John Roe and Ann Poe", ("Jane Doe", "John Roe", "Ann Poe")),
        ("Doe, Jane", ("Jane Doe",)),
        ("Jane Doe, Senior Staff Writer, The Journal", ("Jane Doe",)),
        ("von Max Muster am 3. Mai 2020", ("Max Muster",)),
        ("Jane Doe Monday, March 3, 2014", ("Jane Doe",)),
        ("Martin Roe, Jr.", ("Martin Roe Jr.",)),
        ("View all posts by Jane Doe", ("Jane Doe",)),
        ("Jane Doe – 3 March 2014", ("Jane Doe",)),
        ("jane", ("jane",)),
        ("Posted by Jane Doe, ann on 2014-02-20, all posts", ("Jane Doe", "ann")),
        ("Jane Doe Senior Harbour Correspondent", ("Jane Doe",)),
        ("Jane Doe ABC Executive News Editor", ("Jane Doe",)),
        ("Jane Doe Contributor", ("Jane Doe",)),
        ("JANE DOE Special envoy to the harbour", ("JANE DOE",)),
        ("By Jane Doe, ABC", ("Jane Doe",)),
        ("JANE DOE and ANN POE, AP", ("JANE DOE", "ANN POE")),
        ("Jane Doe, THE JOURNAL", ("Jane Doe",)),
        ("By Jane Doe journal.com Archive", ("Jane Doe",)),
        ("Jane Doe | Leeds", ("Jane Doe",)),
        ("JANE DOE, ANN POE", ("JANE DOE", "ANN POE")),
        ("The Journal's Editorial Writers", ()),
        ("Contact", ()),
        ("Staff Writer", ()),
        ("By the Editors", ()),
        ("jane@example.org", ()),
        ("What is a ferry?", ()),
        ("", ()),
    ],
)
def test_names(text: str, expected: tuple[str, ...]) -> None:
    assert names.people(text) == expected
