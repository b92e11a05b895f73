"""What embedding models want written before a question and before a passage, by their family.

From the models' own cards; without them these models find less.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Prefixes:
    """Texts that are put before a question and before a passage."""

    query: str = ""
    passage: str = ""


_TASK = "Instruct: Given a web search query, retrieve relevant passages that answer the query\nQuery: "
_BGE = "Represent this sentence for searching relevant passages: "
_FAMILIES = (
    (r"e5-mistral|e5\b.*instruct|gte-qwen|qwen3-?embedding", Prefixes(_TASK)),
    (r"\be5-|multilingual-e5", Prefixes("query: ", "passage: ")),
    (r"nomic-embed", Prefixes("search_query: ", "search_document: ")),
    (r"embedding-?gemma", Prefixes("task: search result | query: ", "title: none | text: ")),
    (r"bge-m3|bge-multilingual", Prefixes()),
    (r"bge-\w+-zh", Prefixes("为这个句子生成表示以用于检索相关文章：")),
    (r"bge-(?:small|base|large)|mxbai-embed|arctic-embed(?!.*(?:v2|2\.0))", Prefixes(_BGE)),
    (r"arctic-embed", Prefixes("query: ")),
)


def prefixes_of(model: str) -> Prefixes:
    """The prefixes of the family that ``model`` belongs to by its name; none if it belongs to none of them."""
    name = model.lower()
    return next((prefixes for pattern, prefixes in _FAMILIES if re.search(pattern, name)), Prefixes())
