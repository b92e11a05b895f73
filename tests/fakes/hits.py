"""Hits to answer from, made of a few real-looking articles."""

from __future__ import annotations

from datetime import UTC, datetime

from index.article import ArticleRef, Passage
from index.search import Hit

FRIDAY_12_MAY = datetime(2023, 5, 12, 18, tzinfo=UTC)

ROAD = (
    "The head of the mercenaries, Prigozhin, says the main road to Bachmut is in the hands of Ukraine again. “The "
    "enemy has completely cleared the road that we had blocked – so they can use it again.” He blames losses."
)
DEFENCE = (
    "The Russians say they have repelled 26 attacks on Thursday. No positions were abandoned, spokesman "
    "Konashenkov said. According to him, more than a thousand soldiers and at least forty tanks attacked north of "
    "the town."
)


def hit(
    key: str,
    text: str,
    *,
    start: int = 0,
    title: str = "Fighting around Bakhmut",
    article_id: str | None = None,
    url: str | None = "https://news.example/bakhmut",
    published_at: datetime | None = FRIDAY_12_MAY,
    language: str = "en",
) -> Hit:
    """A hit whose passage has the id ``key`` and begins at ``start`` of its article."""
    article = ArticleRef(article_id or f"article-{key}", title, url, "The Wire", None, published_at, language)
    passage = Passage(key, article.id, text, start, start + len(text))
    return Hit(passage, article, score=1.0, dense=0.9, lexical=0.9)
