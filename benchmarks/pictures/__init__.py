"""Pictures of the running bot, for the README and the docs: ``python -m benchmarks.pictures``."""
