"""Records of programs that got no text: what came instead is no article."""

from __future__ import annotations

import json

import pytest

from index.errors import ArticleError
from index.reading.read import read
from tests.index.reading.test_formats import ONE, TWO, only

GOT_NOTHING = (
    "<p>wallabag can't retrieve contents for this article. Please "
    '<a href="https://doc.wallabag.example/errors">troubleshoot this issue</a>.</p>'
)


@pytest.mark.parametrize(
    "record",
    [
        {"title": "https://a.example/1", "content": GOT_NOTHING, "http_status": "200"},
        {"title": "Just a moment...", "text": "Checking your browser before accessing a.example. Ray ID: 8f21"},
        {
            "title": "a.example",
            "text": "Sorry, the page that you asked for is not here. Try the home page.",
            "status": 404,
        },
        {"title": "Ferry", "text": "Too many requests from your network today.", "status_code": "429"},
        {"title": "Ferry", "text": "Service is down for a while, we are working on it.", "httpStatus": 503},
        {"title": "Halm", "html": "<h1>Access to this page has been denied</h1><p>Verify you are human</p>"},
    ],
)
def test_what_came_instead_of_a_text_is_none(record: dict[str, object]) -> None:
    with pytest.raises(ArticleError, match="no text"):
        list(read(json.dumps(record).encode(), "a.json"))


@pytest.mark.parametrize(
    "record",
    [
        {"title": "Ferry", "text": ONE, "status": "published"},
        {"title": "Ferry", "text": ONE, "status": 200},
        {"title": "Ferry", "text": f"{ONE} {TWO} " * 3, "status": 404},
    ],
)
def test_an_article_with_a_status_is_one(record: dict[str, str]) -> None:
    assert only(json.dumps(record), "a.json").text.strip() == record["text"].strip()
