"""``python -m benchmarks extraction``: what is lost of articles, and what else gets into their texts."""
