from pathlib import Path

import pytest

from bot.answer.engines.reply import NOT_IN_ARTICLES
from bot.answer.question.question import Kind
from prompts import load_prompt, prompt_names


@pytest.mark.parametrize("name", prompt_names())
def test_every_prompt_renders_with_nothing_left_to_fill_in(name: str) -> None:
    prompt = load_prompt(name)
    assert prompt.version >= 1
    values = {variable: f"<{variable} {{braces}} stay>" for variable in prompt.variables}
    messages = prompt.messages(**values)
    assert [message.type for message in messages] in (["system", "human"], ["human"])
    rendered = "\n".join(message.text for message in messages)
    for value in values.values():
        assert value in rendered
    assert "{{" not in rendered
    assert "version:" not in rendered


def test_the_answer_prompt_asks_for_what_the_reader_understands() -> None:
    prompt = load_prompt("answer")
    assert prompt.variables == ("language", "not_in_articles", "passages", "question")
    messages = prompt.messages(question="Who?", passages="p", not_in_articles=NOT_IN_ARTICLES, language="German")
    assert all("in German" in message.text for message in messages)
    assert all(NOT_IN_ARTICLES in message.text for message in messages)
    assert '{KEY "words copied from that passage"}' in messages[0].text


def test_a_missing_value_is_an_error() -> None:
    with pytest.raises(KeyError):
        load_prompt("answer").messages(question="Who?")


def test_an_unknown_prompt_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        load_prompt("none-such")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("# system\na\n# human\nb", "version"),
        ("---\nversion: one\n---\n# system\na", "version"),
        ("---\nversion: 1\n---\nonly words", "part"),
        ("---\nversion: 1\n---\nwords first\n# system\na", "part"),
    ],
)
def test_a_prompt_without_version_or_parts_is_refused(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "odd.md").write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=message):
        load_prompt("odd", tmp_path)


def test_the_reading_prompt_gives_the_turns_and_the_message_as_data() -> None:
    prompt = load_prompt("read")
    assert prompt.variables == ("message", "outlets", "today", "turns")
    system, human = prompt.messages(message="And there?", turns="t", outlets="o", today="Monday 2026-05-11")
    assert "data" in system.text
    assert '{"kind": "...", "questions": ["..."]' in system.text
    assert "<message>\nAnd there?\n</message>" in human.text


def test_the_reading_prompt_explains_every_kind_of_message() -> None:
    system = load_prompt("read").messages(message="", turns="", outlets="", today="")[0].text
    assert [kind for kind in Kind if kind is not Kind.LINK and kind.value not in system] == []


@pytest.mark.parametrize(
    ("name", "variables"),
    [("rerank", ("passages", "question")), ("translate", ("language", "question", "quotes"))],
)
def test_what_is_put_in_order_or_translated_is_data(name: str, variables: tuple[str, ...]) -> None:
    prompt = load_prompt(name)
    assert prompt.variables == variables
    system, human = prompt.messages(**{variable: f"the {variable}" for variable in variables})
    assert "data" in system.text
    for variable in {"passages", "quotes"} & {*variables}:
        assert f"<{variable}>\nthe {variable}\n</{variable}>" in human.text


def test_every_prompt_is_one_that_the_program_loads() -> None:
    program = "\n".join(path.read_text("utf-8") for path in (Path(__file__).parents[1] / "bot").rglob("*.py"))
    assert [name for name in prompt_names() if f'"{name}"' not in program] == []
