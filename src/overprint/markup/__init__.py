"""Markdown → XHTML fragments by one allow-list (pure)."""

from overprint.markup.markdown import Fragment, fragment, inline

__all__ = ["Fragment", "fragment", "inline"]
