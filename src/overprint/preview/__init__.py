"""A local page that shows both books and follows the files: what is served, to whom, and what keeps the books alive."""
