"""What people think of the answers given: helpful, or not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from sqlalchemy import Engine, case, delete, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.answer.answer import Answer
from bot.memory.answers import StoredAnswer, counted_by_day, read_answer
from bot.memory.tables import Table, insert


class _Rating(Table):
    __tablename__ = "ratings"

    answer_id: Mapped[str] = mapped_column(primary_key=True)
    user: Mapped[str] = mapped_column(primary_key=True)
    helpful: Mapped[bool]
    reason: Mapped[str | None]


@dataclass(frozen=True, slots=True)
class Rated:
    """An answer, when it was given, how many people found it helpful, and how many not, for what ``reasons``."""

    answer: Answer
    given: datetime
    helpful: int
    unhelpful: int
    reasons: tuple[str, ...] = ()


class Ratings:
    """One rating for each answer and person. They are forgotten together with the answer."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def rate(self, answer_id: str, place: str, user: str, helpful: bool, reason: str | None = None) -> bool:
        """Note what ``user`` thinks, and the ``reason`` if they gave one; the last word counts.

        False if the answer is forgotten, or was given to other people than ``place``'s.
        """
        said = {"helpful": helpful, "reason": reason}
        rating = insert(self._engine, _Rating).values(answer_id=answer_id, user=user, **said)
        rating = rating.on_conflict_do_update(index_elements=[_Rating.answer_id, _Rating.user], set_=said)
        with Session(self._engine) as session, session.begin():
            session.execute(delete(_Rating).where(_Rating.answer_id.not_in(select(StoredAnswer.id))))
            stored = session.get(StoredAnswer, answer_id)
            if stored is None or stored.place != place:
                return False
            session.execute(rating)
        return True

    def rated(self) -> list[Rated]:
        """The answers that were rated, the newest first."""
        helpful = func.sum(case((_Rating.helpful, 1), else_=0))
        statement = (
            select(StoredAnswer, helpful, func.count())
            .join(_Rating, _Rating.answer_id == StoredAnswer.id)
            .group_by(StoredAnswer.id)
            .order_by(StoredAnswer.created_at.desc())
        )
        with Session(self._engine) as session:
            reasons: dict[str, tuple[str, ...]] = {}
            for one in session.scalars(select(_Rating).where(_Rating.reason.is_not(None)).order_by(_Rating.user)):
                reasons[one.answer_id] = (*reasons.get(one.answer_id, ()), one.reason or "")
            return [
                Rated(answer, stored.created_at.replace(tzinfo=UTC), yes, count - yes, reasons.get(stored.id, ()))
                for stored, yes, count in session.execute(statement)
                if (answer := read_answer(stored))
            ]

    def by_day(self, place: str, since: date) -> dict[date, tuple[int, int]]:
        """What people of ``place`` thought of the answers of each day since then: helpful, and not."""
        thought = (
            select(StoredAnswer.created_at, _Rating.helpful)
            .join(_Rating, _Rating.answer_id == StoredAnswer.id)
            .where(StoredAnswer.place == place, StoredAnswer.created_at >= datetime.combine(since, time()))
        )
        with Session(self._engine) as session:
            return counted_by_day(session.execute(thought))

    def forget(self, user: str) -> None:
        """Forget all that ``user`` thought."""
        with Session(self._engine) as session, session.begin():
            session.execute(delete(_Rating).where(_Rating.user == user))
