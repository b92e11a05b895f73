"""What somebody in Discord waits for, kept until it is delivered, so that no restart and no outage loses it."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

from sqlalchemy import JSON, DateTime, Engine, delete, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from bot.memory.tables import DISCORD_ID, Table, insert, naive

LEASE = timedelta(seconds=15)
"""How long a process that says nothing more keeps what it has claimed."""

KEPT = timedelta(days=1)
"""How long it is known which events were answered, and how long undelivered ones are tried."""

OPEN, DONE, TOLD, EDITED = "open", "done", "told", "edited"
_ADOPTED_AT_ONCE = 50


class _Stored(Table):
    __tablename__ = "deliveries"

    id: Mapped[str] = mapped_column(primary_key=True)
    event: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    user_id: Mapped[int] = mapped_column(DISCORD_ID, index=True)
    request: Mapped[dict[str, Any]] = mapped_column(JSON)
    place: Mapped[dict[str, Any]] = mapped_column(JSON)
    asked_at: Mapped[datetime] = mapped_column(DateTime, index=True)
    state: Mapped[str] = mapped_column(index=True)
    owner: Mapped[str | None]
    claimed_until: Mapped[datetime] = mapped_column(DateTime)


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody waits: all that it takes to write there, also for another process.

    ``asked_in`` is the message that asks. ``token`` belongs to an interaction and works until ``token_until``
    (seconds since 1970); the interaction is ``acknowledged`` once Discord has shown anything for it, and ``turns``
    if it changes the message that it came from. ``message_id``: the bot's message. ``private``: only the asker
    sees it. ``thread``: the channel is a thread. ``language``: that of the fixed words of what is shown there;
    ``answer_in``: that of what a chat model writes, if one is set.
    """

    channel_id: int
    guild_id: int | None
    user_id: int
    asked_in: int | None = None
    token: str | None = None
    token_until: float = 0.0
    acknowledged: bool = False
    turns: bool = False
    private: bool = False
    thread: bool = False
    message_id: int | None = None
    language: str = "en"
    answer_in: str | None = None


@dataclass(frozen=True, slots=True)
class Delivery:
    """Something that somebody waits for: what was asked (``kind``, ``request``), where, and when."""

    id: str
    kind: str
    request: Mapping[str, Any]
    place: Place
    asked_at: datetime


class Deliveries:
    """Deliveries, each claimed by one process (``owner``) at a time.

    A claim lasts for ``LEASE`` and is renewed; those of a process that died can be adopted by another. Every
    moment is given, since the tests' clocks are not the machine's.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def claim(
        self, event: str, kind: str, request: Mapping[str, Any], place: Place, owner: str, now: datetime
    ) -> Delivery | None:
        """The delivery that ``event`` (its unique name) asks for; None if it was claimed before, by anybody.

        What was asked anew is shown where it was shown before.
        """
        moment = naive(now)
        delivery = Delivery(secrets.token_hex(8), kind, request, place, now)
        values = {
            "id": delivery.id,
            "kind": kind,
            "request": dict(request),
            "asked_at": moment,
            "state": OPEN,
            "owner": owner,
            "claimed_until": moment + LEASE,
        }
        row = insert(self._engine, _Stored).values(
            event=event, user_id=place.user_id, place=asdict(place), **values
        )
        row = row.on_conflict_do_update(index_elements=[_Stored.event], set_=values, where=_Stored.state == EDITED)
        with Session(self._engine) as session, session.begin():
            session.execute(delete(_Stored).where(_Stored.asked_at < moment - KEPT))
            claimed = session.execute(row.returning(_Stored.place)).scalar()
        return replace(delivery, place=Place(**claimed)) if claimed else None

    def ask_anew(self, event: str, edited_at: datetime) -> str | None:
        """Let ``event``, which was edited, be claimed once more; the id of its delivery, if that is still open."""
        mine = (_Stored.event == event, _Stored.asked_at < naive(edited_at))
        closed = update(_Stored).where(*mine, _Stored.state.in_((DONE, TOLD)))
        with Session(self._engine) as session, session.begin():
            session.execute(closed.values(state=EDITED))
            return session.scalar(select(_Stored.id).where(*mine, _Stored.state == OPEN))

    def renew(self, owner: str, now: datetime) -> None:
        """Keep what ``owner`` has claimed for another ``LEASE``."""
        mine = update(_Stored).where(_Stored.owner == owner, _Stored.state == OPEN)
        self._run(mine.values(claimed_until=naive(now) + LEASE))

    def taken(self, delivery_id: str, owner: str) -> bool:
        """Whether anybody but ``owner``, who may have slept for longer than a claim lasts, has it or closed it."""
        with Session(self._engine) as session:
            stored = session.get(_Stored, delivery_id)
            return stored is not None and (stored.state != OPEN or stored.owner != owner)

    def move(self, delivery_id: str, place: Place) -> None:
        """Note where it stands now."""
        self._run(update(_Stored).where(_Stored.id == delivery_id).values(place=asdict(place)))

    def close(self, delivery_id: str, *, told: bool = False) -> None:
        """It is delivered. What was asked is forgotten, unless the asker was ``told`` to ask again."""
        values = {"state": TOLD} if told else {"state": DONE, "request": {}}
        self._run(update(_Stored).where(_Stored.id == delivery_id).values(values))

    def leave(self, delivery_id: str, until: datetime) -> None:
        """Give it up for now; from ``until`` on it can be adopted."""
        mine = update(_Stored).where(_Stored.id == delivery_id, _Stored.state == OPEN)
        self._run(mine.values(owner=None, claimed_until=naive(until)))

    def release(self, owner: str, now: datetime) -> None:
        """Leave all that ``owner`` has to whoever adopts it next."""
        mine = update(_Stored).where(_Stored.owner == owner, _Stored.state == OPEN)
        self._run(mine.values(owner=None, claimed_until=naive(now)))

    def adopt(
        self, owner: str, now: datetime, among: Callable[[int | None], bool] = lambda _: True
    ) -> Sequence[Delivery]:
        """Claim open deliveries that nobody works at, of servers ``among`` these, the oldest first."""
        moment = naive(now)
        free = (_Stored.state == OPEN, _Stored.claimed_until <= moment, _Stored.owner.is_distinct_from(owner))
        with Session(self._engine) as session, session.begin():
            found = session.execute(select(_Stored.id, _Stored.place).where(*free).order_by(_Stored.asked_at))
            mine = (one for one, place in found if among(place["guild_id"]))
            ids = list(islice(mine, _ADOPTED_AT_ONCE))
            if not ids:
                return []
            # The conditions stand in the update too: another process may have adopted some in between.
            claimed = update(_Stored).where(_Stored.id.in_(ids), *free)
            claimed = claimed.values(owner=owner, claimed_until=moment + LEASE).returning(_Stored.id)
            adopted = list(session.scalars(claimed))
            session.expire_all()
            stored = select(_Stored).where(_Stored.id.in_(adopted)).order_by(_Stored.asked_at)
            return [_read(one) for one in session.scalars(stored)]

    def find(self, delivery_id: str) -> Delivery | None:
        """The delivery with that id, if it is still known what was asked."""
        with Session(self._engine) as session:
            stored = session.get(_Stored, delivery_id)
            return _read(stored) if stored and stored.state != DONE else None

    def last_asked(self, user_id: int, guild_id: int | None, kind: str, since: datetime) -> datetime | None:
        """When somebody last asked for something of that ``kind`` in a server, if that was after ``since``."""
        asked = select(_Stored.asked_at, _Stored.place).where(_Stored.user_id == user_id, _Stored.kind == kind)
        asked = asked.where(_Stored.asked_at > naive(since)).order_by(_Stored.asked_at.desc())
        with Session(self._engine) as session:
            here = (at for at, place in session.execute(asked) if place["guild_id"] == guild_id)
            last = next(here, None)
        return last.replace(tzinfo=UTC) if last else None

    def direct_channels(self, since: datetime) -> Sequence[int]:
        """The channels of direct messages in which something was asked since then."""
        with Session(self._engine) as session:
            places = session.scalars(select(_Stored.place).where(_Stored.asked_at >= naive(since)))
            return list(dict.fromkeys(one["channel_id"] for one in places if one["guild_id"] is None))

    def forget(self, user_id: int) -> None:
        """Forget what somebody asked; what they wait for just now they get no more after a restart."""
        self._run(delete(_Stored).where(_Stored.user_id == user_id))

    def _run(self, statement: Any) -> None:
        with Session(self._engine) as session, session.begin():
            session.execute(statement)


def _read(stored: _Stored) -> Delivery:
    asked_at = stored.asked_at.replace(tzinfo=UTC)
    return Delivery(stored.id, stored.kind, stored.request, Place(**stored.place), asked_at)
