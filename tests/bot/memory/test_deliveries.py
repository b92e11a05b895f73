"""What is open stands in the store, belongs to one process at a time, and is answered once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.memory.deliveries import KEPT, LEASE, Deliveries, Delivery, Place
from bot.memory.memory import Memory

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
PLACE = Place(channel_id=5, guild_id=1, user_id=8, asked_in=100)
SECOND = timedelta(seconds=1)


@pytest.fixture
def deliveries(tmp_path: Path) -> Iterator[Deliveries]:
    memory = Memory(tmp_path)
    yield memory.deliveries
    memory.close()


def test_an_event_is_claimed_once(deliveries: Deliveries) -> None:
    claimed = deliveries.claim("message:100", "question", {"question": "why?"}, PLACE, "one", NOW)
    assert claimed
    assert deliveries.claim("message:100", "question", {"question": "why?"}, PLACE, "other", NOW) is None
    deliveries.close(claimed.id)
    assert deliveries.claim("message:100", "question", {}, PLACE, "one", NOW + SECOND) is None


def test_what_was_edited_is_claimed_once_more_and_shown_where_it_was(deliveries: Deliveries) -> None:
    def claim(now: datetime) -> Delivery | None:
        return deliveries.claim("message:100", "question", {"question": "why?"}, PLACE, "one", now)

    first = claim(NOW)
    assert first
    deliveries.move(first.id, replace(PLACE, message_id=101))
    assert deliveries.ask_anew("message:100", NOW + SECOND) == first.id  # it is being answered
    deliveries.close(first.id)
    assert deliveries.ask_anew("message:100", NOW - SECOND) is None
    assert claim(NOW + SECOND) is None  # that edit came before it was answered
    assert deliveries.ask_anew("message:100", NOW + SECOND) is None
    again = claim(NOW + 2 * SECOND)
    assert again
    assert again.id != first.id
    assert again.place.message_id == 101
    assert claim(NOW + 3 * SECOND) is None
    assert deliveries.ask_anew("message:7", NOW) is None


def test_what_a_dead_process_left_is_adopted_by_one_other(deliveries: Deliveries) -> None:
    claimed = deliveries.claim("message:100", "question", {"question": "why?"}, PLACE, "dead", NOW)
    assert claimed
    moved = replace(PLACE, message_id=101)
    deliveries.move(claimed.id, moved)
    assert deliveries.adopt("one", NOW + LEASE - SECOND) == []
    [adopted] = deliveries.adopt("one", NOW + LEASE)
    assert (adopted.id, adopted.request, adopted.place) == (claimed.id, {"question": "why?"}, moved)
    assert adopted.asked_at == NOW
    assert deliveries.adopt("other", NOW + LEASE) == []
    assert deliveries.taken(claimed.id, "dead")
    assert not deliveries.taken(claimed.id, "one")


def test_a_claim_that_is_renewed_is_kept(deliveries: Deliveries) -> None:
    deliveries.claim("message:100", "question", {}, PLACE, "one", NOW)
    deliveries.renew("one", NOW + LEASE)
    assert deliveries.adopt("other", NOW + LEASE + SECOND) == []
    deliveries.release("one", NOW + LEASE + SECOND)
    assert len(deliveries.adopt("other", NOW + LEASE + SECOND)) == 1


def test_what_is_given_up_for_now_rests(deliveries: Deliveries) -> None:
    claimed = deliveries.claim("message:100", "question", {}, PLACE, "one", NOW)
    assert claimed
    deliveries.leave(claimed.id, NOW + 9 * SECOND)
    assert deliveries.adopt("one", NOW + 8 * SECOND) == []
    assert len(deliveries.adopt("one", NOW + 9 * SECOND)) == 1


def test_what_was_asked_is_forgotten_when_it_is_answered_and_kept_when_it_is_to_be_asked_again(
    deliveries: Deliveries,
) -> None:
    answered = deliveries.claim("message:100", "question", {"question": "why?"}, PLACE, "one", NOW)
    told = deliveries.claim("message:101", "question", {"question": "who?"}, PLACE, "one", NOW)
    assert answered
    assert told
    deliveries.close(answered.id)
    deliveries.close(told.id, told=True)
    assert deliveries.find(answered.id) is None
    found = deliveries.find(told.id)
    assert found
    assert found.request == {"question": "who?"}
    assert deliveries.adopt("other", NOW + LEASE) == []
    deliveries.claim("message:102", "question", {}, PLACE, "one", NOW + KEPT + SECOND)
    assert deliveries.find(told.id) is None


def test_somebody_is_forgotten_and_direct_channels_are_known(deliveries: Deliveries) -> None:
    direct = replace(PLACE, guild_id=None, channel_id=7)
    claimed = deliveries.claim("message:100", "question", {"question": "why?"}, direct, "one", NOW)
    deliveries.claim("message:101", "question", {}, PLACE, "one", NOW)
    assert claimed
    assert deliveries.direct_channels(NOW - SECOND) == [7]
    deliveries.forget(8)
    assert deliveries.find(claimed.id) is None
    assert deliveries.direct_channels(NOW - SECOND) == []
