"""Where a server is asked whose address may lack its version."""

from __future__ import annotations

import pytest

from index.address import Address

SET = "http://127.0.0.1:8000"


@pytest.mark.parametrize("status", [403, 408, 429, 500, 503])
def test_what_is_in_the_way_settles_no_address(status: int) -> None:
    address = Address(SET)
    assert not address.answered(SET, status)
    assert address.instead_of(SET) == f"{SET}/v1"
    assert address.answered(f"{SET}/v1", 200)
    assert address.current == address.answers_at == f"{SET}/v1"


@pytest.mark.parametrize("status", [200, 400, 401, 422])
def test_the_first_answer_settles_it(status: int) -> None:
    address = Address(SET)
    address.answered(SET, status)
    assert (address.current, address.answers_at, address.instead_of(SET)) == (SET, None, None)
    assert not address.answered(f"{SET}/v1", 200)
    assert address.current == SET
