"""The vectors of a passage's tokens in about one bit a number, for keeping.

Of each vector its difference from their mean is kept: the signs, and one scale such that the vector's product with
itself comes out right (after RaBitQ, Gao and Long 2024, https://arxiv.org/abs/2405.12497, without the rotation).
What is compared with them stays exact.
"""

from __future__ import annotations

import struct

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]

_HEAD = struct.Struct("<HH")


def encode(vectors: Floats) -> bytes:
    """``vectors`` (tokens, dimensions) in about tokens x dimensions / 8 bytes."""
    centre = vectors.mean(axis=0) if len(vectors) else vectors.sum(axis=0)
    apart = vectors - centre
    sizes = np.abs(apart).sum(axis=1)
    scales = np.divide((apart**2).sum(axis=1), sizes, out=np.zeros_like(sizes), where=sizes > 0)
    return b"".join(
        (
            _HEAD.pack(*vectors.shape),
            centre.astype("<f2").tobytes(),
            scales.astype("<f2").tobytes(),
            np.packbits(apart >= 0, axis=1).tobytes(),
        )
    )


def decode(data: bytes) -> Floats:
    """The vectors that ``encode`` was given, nearly: (tokens, dimensions)."""
    tokens, dimensions = _HEAD.unpack_from(data)
    position = _HEAD.size
    centre = np.frombuffer(data, "<f2", dimensions, position).astype(np.float32)
    position += centre.size * 2
    scales = np.frombuffer(data, "<f2", tokens, position).astype(np.float32)
    packed = np.frombuffer(data, np.uint8, offset=position + scales.size * 2).reshape(tokens, -(-dimensions // 8))
    signs = np.unpackbits(packed, axis=1, count=dimensions).astype(np.float32) * 2 - 1
    vectors: Floats = centre + signs * scales[:, None]
    return vectors
