"""When a chat model is left alone, and when it is tried again."""

from __future__ import annotations

import pytest

from bot.chat.breaker import LONGEST_REST_SECONDS, Breaker


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def breaker(clock: Clock) -> Breaker:
    return Breaker(failures=3, rest_seconds=60, clock=clock)


def fail(breaker: Breaker, times: int) -> None:
    for _ in range(times):
        assert breaker.admit() == 0
        breaker.failed()


def test_a_few_failures_do_no_harm_and_an_answer_makes_up_for_them(breaker: Breaker) -> None:
    fail(breaker, 2)
    assert breaker.admit() == 0
    breaker.answered()
    fail(breaker, 2)
    assert breaker.admit() == 0


def test_after_too_many_it_rests_and_says_for_how_long(breaker: Breaker, clock: Clock) -> None:
    fail(breaker, 2)
    assert breaker.failed() == 60
    clock.now += 20
    assert breaker.admit() == 40


def test_one_call_tries_it_after_the_rest_and_the_others_wait(breaker: Breaker, clock: Clock) -> None:
    fail(breaker, 3)
    clock.now += 60
    assert breaker.admit() == 0
    assert 0 < breaker.admit() <= 5
    breaker.answered()
    assert breaker.admit() == 0
    assert breaker.admit() == 0


def test_a_trial_that_fails_makes_it_rest_again_at_once(breaker: Breaker, clock: Clock) -> None:
    fail(breaker, 3)
    clock.now += 60
    fail(breaker, 1)
    assert breaker.admit() == 60


def test_a_trial_that_nobody_waited_for_is_left_to_the_next(breaker: Breaker, clock: Clock) -> None:
    fail(breaker, 3)
    clock.now += 60
    assert breaker.admit() == 0
    breaker.left()
    assert breaker.admit() == 0


def test_a_trial_that_never_ends_does_not_keep_others_out_for_ever(breaker: Breaker, clock: Clock) -> None:
    fail(breaker, 3)
    clock.now += 60
    assert breaker.admit() == 0
    clock.now += 60
    assert breaker.admit() == 0


def test_a_server_that_asks_for_a_pause_gets_it_at_the_first_failure(breaker: Breaker, clock: Clock) -> None:
    assert breaker.admit() == 0
    assert breaker.failed(retry_after=120) == 120
    assert breaker.admit() == 120
    clock.now += 120
    assert breaker.admit() == 0
    breaker.answered()
    assert breaker.admit() == 0


def test_no_server_can_ask_for_a_pause_without_end(breaker: Breaker) -> None:
    assert breaker.failed(retry_after=10**9) == LONGEST_REST_SECONDS
