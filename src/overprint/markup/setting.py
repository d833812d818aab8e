"""Set the words of a paragraph by the practice of its language, across the tokens of its markup."""

from __future__ import annotations

from markdown_it.token import Token

from overprint.markup.typography import Run, profile, typeset


def set_tokens(tokens: list[Token], language: str) -> list[Token]:
    """Return the tokens with the quotes, dashes and spaces of the language."""
    runs = [_run(token) for token in tokens]
    words = typeset(runs, profile(language))
    return [
        token if run.verbatim or run.text == new else Token("text", "", 0, content=new)
        for token, run, new in zip(tokens, runs, words, strict=True)
    ]


def _run(token: Token) -> Run:
    """Return a token's text as typography reads it; calls of notes and HTML tags stand between letters unseen."""
    if token.type in {"softbreak", "hardbreak"}:
        return Run("\n", verbatim=token.type == "hardbreak")
    if token.type in {"html_inline", "footnote_ref"}:
        return Run("", verbatim=True)
    return Run(token.content, verbatim=token.type != "text")
