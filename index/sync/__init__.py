"""Makes the store equal to its sources. May import index.store, index.sources, index.passages."""
