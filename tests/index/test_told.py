"""What people are told of what happened below the faces."""

from __future__ import annotations

import ast
from datetime import date
from pathlib import Path

import pytest

import index
from index.errors import ArticleError
from index.told import Told, from_text, packed, tell, tell_count, to_operator, to_text, unpacked, words_of

INNER = tell("{count} pages", count=1200)
COUNTED = tell_count("{count} page", "{count} pages")
TOLD = tell("“{title}” has {what}, since {day}.", title="A {strange} title", what=INNER, day=date(2026, 5, 3))


def test_it_is_written_in_english_with_what_is_named_in_it() -> None:
    assert str(TOLD) == "“A {strange} title” has 1,200 pages, since 2026-05-03."


def test_what_is_beside_it_is_in_english_alone_and_not_kept() -> None:
    told = tell("{why} Sorry.", why=INNER.given(count=1).beside("(the server: “no”)"))
    assert str(told) == "1 pages (the server: “no”) Sorry."
    assert "server" not in str(packed(told))


@pytest.mark.parametrize(("count", "words"), [(0, "0 pages"), (1, "1 page"), (2, "2 pages"), (21, "21 pages")])
def test_one_thing_is_told_in_other_words_than_several(count: int, words: str) -> None:
    assert str(COUNTED.given(count=count)) == words


@pytest.mark.parametrize("words", ["{0.__class__}", "{limit:>999999999}", "{missing}", 'Write {"title": …}.'])
def test_other_braces_mean_nothing(words: str) -> None:
    assert str(tell(words, limit=3)) == words


def test_an_error_tells_its_fixed_words() -> None:
    assert words_of(ArticleError(INNER)) is INNER
    assert str(ArticleError(INNER)) == "1,200 pages"
    assert words_of(ValueError("no page")) == "no page"


@pytest.mark.parametrize(
    "told",
    [
        INNER,
        COUNTED.given(count=1),
        tell("Empty."),
        tell("{one}: {other}", one="a", other=COUNTED.given(count=2)),
        "as it is",
    ],
)
def test_it_can_be_sent_and_kept(told: Told | str) -> None:
    assert unpacked(packed(told)) == told
    assert from_text(to_text(told)) == told


def test_what_was_kept_before_is_told_as_it_is() -> None:
    assert from_text("The site answered 404.") == "The site answered 404."
    assert from_text(None) is None


@pytest.mark.parametrize("sent", [7, {"english": "x"}, {"english": "x", "values": {"a": ["b"]}}, None])
def test_anything_else_is_not_taken_for_it(sent: object) -> None:
    with pytest.raises((TypeError, KeyError)):
        unpacked(sent)


TELLING = ("ArticleError", "FetchError", "ParserError", "EmbeddingError", "Refused", "Failure")
"""What says why something is no article, or has no vectors; ``Failure`` says where first."""

PARTS = ("reading", "sources", "fetch", "parser", "embedding", "sync")
"""What is told to others than the operator."""


def test_why_something_is_no_article_is_told_in_fixed_words() -> None:
    """Words that are put together where they arise could be shown in English alone."""
    found = []
    folder = Path(index.__file__).parent
    for module in (path for part in PARTS for path in sorted((folder / part).rglob("*.py"))):
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            name = node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""
            if isinstance(node, ast.Call) and name in TELLING:
                told = node.args[1:2] if name == "Failure" else node.args[:1]
                fixed = [one for one in told if isinstance(one, ast.Constant | ast.JoinedStr | ast.BinOp)]
                found += [f"{module.name}:{one.lineno}" for one in fixed]
    assert found == []


def test_the_operator_is_told_what_readers_are_told_about_them() -> None:
    why = tell("It is shut. Its operator must open it. Its operator can close it.").beside("(404)")
    assert str(why) == "It is shut. Its operator must open it. Its operator can close it. (404)"
    both = tell("{why} {when}").given(why=why, when=tell("It is asked again."))
    assert to_operator(both) == "It is shut. Open it. You can close it. (404) It is asked again."
    assert to_operator("Its operator must do it, a server says.") == "Its operator must do it, a server says."
