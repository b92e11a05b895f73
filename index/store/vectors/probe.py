"""``python -m index.store.vectors.probe FOLDER SKIP``: reads and searches the vectors of every scope.

One JSON a line: ``{"scope": …}`` announces what is looked at next, so that whoever sees this process die knows
where; ``{"broken": …}`` names a scope that cannot be read. SKIP is a JSON list of scopes to leave out.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from index.errors import StoreError
from index.store.vectors.chroma import Vectors


def main(folder: str, skip: str) -> None:
    """Look at the vectors in ``folder``."""
    passed_over = set(json.loads(skip))
    vectors = Vectors(Path(folder))
    for scope in vectors.scopes():
        if scope in passed_over:
            continue
        print(json.dumps({"scope": scope}), flush=True)
        try:
            vectors.exercise(scope)
        except StoreError:
            print(json.dumps({"broken": scope}), flush=True)
    vectors.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
