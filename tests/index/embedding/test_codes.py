from __future__ import annotations

import numpy as np
import pytest

from index.embedding.codes import decode, encode


@pytest.mark.parametrize("tokens", [0, 1, 2, 300])
def test_vectors_are_nearly_what_they_were_in_few_bytes(tokens: int) -> None:
    rng = np.random.default_rng(0)
    vectors = rng.normal(size=(tokens, 384)).astype(np.float32) + rng.normal(size=384).astype(np.float32)
    data = encode(vectors)
    assert len(data) == 4 + 2 * 384 + tokens * (2 + 48)
    found = decode(data)
    assert found.shape == vectors.shape
    if tokens:
        cosines = (found * vectors).sum(1) / np.linalg.norm(found, axis=1) / np.linalg.norm(vectors, axis=1)
        assert cosines.min() > 0.8
        np.testing.assert_allclose((found * vectors).sum(1), (vectors**2).sum(1), rtol=0.1)


def test_the_closest_stays_the_closest() -> None:
    rng = np.random.default_rng(1)
    vectors = rng.normal(size=(50, 384)).astype(np.float32)
    assert (vectors @ decode(encode(vectors)).T).argmax(1).tolist() == list(range(50))
