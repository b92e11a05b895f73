"""An embedding model that became another one behind its name is noticed, and a rebuild gets out of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from index.article import SHARED
from index.embedding.endpoint import Vector
from index.library import Library
from index.store.care.watch import ChangedModelError
from tests.conftest import MAX_BYTES
from tests.fakes.embeddings import WordEmbeddings
from tests.index.news import BRIDGE, FERRY, found_ids, write


class Served(WordEmbeddings):
    """A model behind an API, which may be another one by now."""

    def __init__(self, *, turned: bool = False, cut: int | None = None) -> None:
        super().__init__()
        self._turned = turned
        self._cut = cut

    def embed_query(self, text: str) -> list[float]:
        vector = super().embed_query(text)
        return (vector[::-1] if self._turned else vector)[: self._cut]

    def embed_each(self, texts: Sequence[str]) -> list[Vector | None]:
        return [np.asarray(vector, np.float32) for vector in self.embed_documents(list(texts))]


def opened(home: Path, model: Served, *, change_model: bool = False) -> Library:
    return Library(home, "openai:m", model, max_bytes=MAX_BYTES, change_model=change_model)


@pytest.mark.parametrize(
    ("model", "says"),
    [(Served(turned=True), "gives other vectors"), (Served(cut=64), "vectors of 64 numbers, and .* have 128")],
)
def test_another_model_under_the_same_name(home: Path, tmp_path: Path, model: Served, says: str) -> None:
    folder = write(tmp_path / "a", bridge=BRIDGE)
    with opened(home, Served()) as library:
        library.sync([str(folder)], SHARED)
        assert library.embedding_problem() is None
    with opened(home, Served()) as library:
        assert found_ids(library, "harbour bridge mayor") == ["bridge.txt"]
    with opened(home, model) as library:
        with pytest.raises(ChangedModelError, match=says):
            library.search("harbour bridge mayor", [SHARED])
        write(folder, ferry=FERRY)
        with pytest.raises(ChangedModelError, match="newsdesk rebuild"):
            library.sync([str(folder)], SHARED)
        assert "newsdesk rebuild" in (library.embedding_problem() or "")
    with opened(home, model, change_model=True) as library:
        assert library.rebuild() == 1
    with opened(home, model) as library:
        assert library.embedding_problem() is None
        assert found_ids(library, "harbour bridge mayor") == ["bridge.txt"]
        assert library.sync([str(folder)], SHARED).added == 1
        assert library.examine() == []
