"""Renderers: each turns the composed book into one format and knows nothing of the others."""
