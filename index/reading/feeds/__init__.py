"""What announces articles: feeds, news sitemaps, lists of feeds. May import index.reading and index.text."""
