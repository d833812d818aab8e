"""`overprint preview`: a local page that shows both books and follows the files."""

from __future__ import annotations

from typing import Annotated

import typer

from overprint import show
from overprint.cli.frame import root


def preview(
    port: Annotated[
        int, typer.Option("--port", help="The port of this machine.", min=0, max=65535, show_default="one that is free")
    ] = 0,
    open_: Annotated[bool, typer.Option("--open", help="Open the page in the browser.")] = False,
    editor: Annotated[
        str,
        typer.Option(
            "--editor",
            help="What opens a place in a file; {path}, {line} and {column} stand for it.",
            metavar="COMMAND",
            show_default=False,
        ),
    ] = "",
) -> None:
    """Show both books on a local page that follows the files."""
    from overprint.preview.server import serve  # loaded only here: other commands must start fast

    def ready(address: str) -> None:
        show.line(address)
        show.line("The page follows the files as you save them. Ctrl-C ends it.")
        if open_:
            import webbrowser

            webbrowser.open(address)

    serve(root(), port, editor, ready)
