"""The manuscript folder ↔ Manuscript: `read` it, `write` essays into it, `edit` the choice of comments."""
