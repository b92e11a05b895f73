"""The embedding models, and how close texts are in their meaning. May import index.errors."""
