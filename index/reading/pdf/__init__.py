"""PDF: letters with their places -> lines -> columns -> paragraphs. May import index.reading."""
