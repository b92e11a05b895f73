"""What chat models were used for whom: a line for each day, server, person and model."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import Date, delete, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.chat.usage import Usage
from bot.memory.tables import Table, insert
from bot.memory.usage_lines import ELSEWHERE, UsageLines

if TYPE_CHECKING:
    from bot.chat.budget import Asker

KEPT = timedelta(days=92)
"""How long it is known what was used."""

FORGOTTEN = ""
"""The name of all who asked to be forgotten: their sums stay, for the bill."""


class _Used(Table):
    __tablename__ = "usage"

    day: Mapped[date] = mapped_column(Date, primary_key=True)
    server: Mapped[str] = mapped_column(primary_key=True)
    user: Mapped[str] = mapped_column(primary_key=True)
    model: Mapped[str] = mapped_column(primary_key=True)
    answers: Mapped[int]
    read: Mapped[int]
    written: Mapped[int]
    cost: Mapped[float | None]


class _Forgotten(Table):
    """Somebody who is forgotten as soon as ``day``, whose share stays used, is over."""

    __tablename__ = "forgotten"

    user: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(Date)


class UsageLedger(UsageLines):
    """A ``Ledger`` that survives restarts. Days are those of UTC."""

    def add(self, day: date, asker: Asker, model: str, used: Usage) -> None:
        """One answer's calls of ``model``; what is older than ``KEPT`` is forgotten."""
        with Session(self._engine) as session, session.begin():
            session.execute(delete(_Used).where(_Used.day < day - KEPT))
            self._sweep(session, day)
            session.execute(
                self._added(
                    day=day,
                    server=asker.server or ELSEWHERE,
                    user=asker.user,
                    model=model,
                    answers=1,
                    read=used.prompt_tokens,
                    written=used.completion_tokens,
                    cost=used.cost,
                )
            )

    def forget(self, user: str, today: date) -> None:
        """Take ``user``'s name off what was used: at once off earlier days, off ``today`` when it is over.

        Until then it is what their share of the day is counted by.
        """
        noted = insert(self._engine, _Forgotten).values(user=user, day=today)
        noted = noted.on_conflict_do_update(index_elements=[_Forgotten.user], set_={"day": today})
        with Session(self._engine) as session, session.begin():
            session.execute(noted)
            self._sweep(session, today)

    def _sweep(self, session: Session, today: date) -> None:
        """Take the names of those who are to be forgotten off all days before ``today``."""
        for one in session.scalars(select(_Forgotten)).all():
            for used in session.scalars(select(_Used).where(_Used.user == one.user, _Used.day < today)).all():
                values = {column.name: getattr(used, column.name) for column in _Used.__table__.columns}
                session.delete(used)
                session.flush()
                session.execute(self._added(**values | {"user": FORGOTTEN}))
            if one.day < today:
                session.delete(one)

    def _added(self, **values: Any) -> Any:
        """The statement that adds a line: one alone, so that two processes can't lose each other's additions."""
        line = insert(self._engine, _Used).values(values)
        new = line.excluded
        return line.on_conflict_do_update(
            index_elements=[_Used.day, _Used.server, _Used.user, _Used.model],
            set_={
                "answers": _Used.answers + new.answers,
                "read": _Used.read + new.read,
                "written": _Used.written + new.written,
                "cost": func.coalesce(_Used.cost + new.cost, _Used.cost, new.cost),
            },
        )

    def used(self, day: date, *, server: str | None = None, user: str | None = None) -> Usage:
        """All that was used on ``day`` in ``server``, or by ``user`` wherever they asked."""
        statement = select(func.sum(_Used.read), func.sum(_Used.written), func.sum(_Used.cost)).filter_by(day=day)
        if server is not None:
            statement = statement.filter_by(server=server)
        if user is not None:
            statement = statement.filter_by(user=user)
        with Session(self._engine) as session:
            read, written, cost = session.execute(statement).one()
        return Usage(read or 0, written or 0, cost)
