"""Makes what an answer compares with its question before it is asked for, while nobody waits."""

from __future__ import annotations

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from index.store.sql.rows import live_passages, passage_of
from index.store.sql.schema import ArticleRow, VersionRow
from index.store.sql.sentence_vectors import SentenceVectors

_ARTICLES = 8
"""How many articles are taken at once: a second of work, or so."""


class Ahead:
    """Goes through the live articles as they came in, and embeds the sentences and words of their passages.

    Where it is not done yet, an answer embeds the sentences that it looks at.
    """

    def __init__(self, engine: Engine, sentences: SentenceVectors) -> None:
        self._engine = engine
        self._sentences = sentences
        self._last = 0

    def step(self) -> bool:
        """See to the next few articles; whether there were any. Raises ``SQLAlchemyError``, ``EmbeddingError``.

        SQLite gives the number of a version that is gone to the next one: so the last one is looked at again, and
        all are where numbers have become smaller.
        """
        live = select(ArticleRow.live_pk).order_by(ArticleRow.live_pk)
        with Session(self._engine) as session:
            if (session.scalar(select(func.max(ArticleRow.live_pk))) or 0) < self._last:
                self._last = 0
            following = live.where(ArticleRow.live_pk >= self._last)
            versions = [pk for pk in session.scalars(following.limit(_ARTICLES)) if pk]
            rows = session.execute(live_passages(None).where(VersionRow.pk.in_(versions)))
            passages = [passage_of(row) for row in rows]
        made = self._sentences.add(passages)
        before, self._last = self._last, max(versions, default=0)
        return made > 0 or self._last > before
