"""Extracted -> Article: tidy paragraphs, each once; credits, captions and boilerplate taken out."""
