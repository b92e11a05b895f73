"""A server's own words are found in an error of any shape, and shown without secrets."""

from __future__ import annotations

from typing import Any

import pytest

from index.refusals import beside, cleaned, shown_address, without_logins, words_in


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"error": {"message": "No.", "type": "invalid", "code": 400}}, "No."),
        ([{"error": {"code": 400, "message": "No.", "status": "INVALID", "details": [{"@type": "x"}]}}], "No."),
        ({"error": "No."}, "No."),
        ({"detail": {"msg": "No.", "type": "unavailable"}}, "No."),
        ({"errors": [{"code": "expired", "message": "No."}], "trace": "t", "status_code": 401}, "No."),
        ({"success": False, "result": [], "error": [{"code": 2009, "message": "No."}]}, "No."),
        ({"type": "about:blank", "title": "No.", "status": 400}, "No."),
        ({"error": "Bad Request", "message": "No.", "path": "/v1"}, "Bad Request; No."),
        ({"message": '{"error": {"message": "No."}}'}, "No."),
        ({"detail": [{"loc": ["body", "n"], "msg": "No.", "input": "the whole prompt"}]}, "body.n No."),
        ({"choices": None, "base_resp": {"status_code": 1, "status_msg": "No."}}, "No."),
        ('{"message":"No."}', "No."),
        ('{"message": cut', '{"message": cut'),
        ("No.\n", "No."),
        ("<html><head><title>No.</title><style>p{}</style></head><body><p>No&nbsp;way</p></html>", "No. No way"),
        ({"code": 50001}, ""),
        ([], ""),
        (None, ""),
    ],
)
def test_words_are_found_in_errors_of_any_shape(body: Any, words: str) -> None:
    assert words_in(body) == words


@pytest.mark.parametrize(
    "words",
    [
        "Incorrect API key provided: sk-very-secret1",
        "Bearer very-secret1 is wrong",
        "postgres://user:very-secret1@host",
        "The token own-very-secret is unknown",
        "eyJ0very0secret0very0secret0very0secret0 is expired",
    ],
)
def test_secrets_and_what_looks_like_one_are_taken_out(words: str) -> None:
    assert "secret" not in cleaned(words, ["Bearer own-very-secret"])


def test_words_about_keys_stay() -> None:
    words = "Make sure to include subscription key when making requests. Model m-2024 has none."
    assert cleaned(words, ["none"]) == words


def test_a_terminal_gets_one_harmless_line() -> None:
    assert cleaned("No\x1b[31m,\r\nnever", ()) == "No [31m, never"


def test_an_operator_reads_status_place_and_words() -> None:
    assert shown_address("http://user:se@cret@127.0.0.1:1/v1?key=secret") == "http://127.0.0.1:1/v1"
    assert without_logins("GET http://user:secret@a/b and http://c/d@e") == "GET http://a/b and http://c/d@e"
    url = "http://user:secret@127.0.0.1:1/v1/chat?key=secret"
    assert beside("No.", 404, url) == "(404 from http://127.0.0.1:1/v1/chat: “No.”)"
    assert beside("No.", None, "", "SETTING") == "(“No.”)"
    assert beside("No X-Key header.", 400, "", "SETTING") == "(400: “No X-Key header.”; headers go into SETTING)"
    assert beside("", 404, "") == "(404)"
    assert beside("", None, "") == ""
    assert len(beside("word " * 500, 404, "")) < 400
