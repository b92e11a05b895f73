from __future__ import annotations

import json
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.article import Article, Section
from index.passages import MAX_TOKENS, MIN_TOKENS, TARGET_TOKENS, estimate_tokens, split_passages
from index.reading.cleaning.clean import clean
from index.reading.extracted import Extracted
from index.reading.formats.text import read_text
from index.reading.metadata.fields import read_fields
from index.text.sentences import split_sentences
from tests.properties import examples

BAKHMUT = Path("/work/shared/articles/bakhmut-2023.txt")
NEWS = Path("/work/shared/eval/news/articles.jsonl")
SENTENCE = "The council approved bridge number {} on Friday, after a debate that lasted until midnight."


def text_of(paragraphs: int, sentences: int) -> str:
    return "\n\n".join(
        " ".join(SENTENCE.format(100 * paragraph + number) for number in range(sentences))
        for paragraph in range(paragraphs)
    )


def article(text: str, article_id: str = "a") -> Article:
    return Article(article_id, "A title", text, language="en", sections=(Section(None, 0, len(text)),))


def check(of: Article) -> None:
    """What holds for the passages of every article."""
    passages = split_passages(of, "shared")
    assert [passage.position for passage in passages] == list(range(len(passages)))
    assert len({passage.id for passage in passages}) == len(passages)
    covered = 0
    for section in of.sections:
        inside = [passage for passage in passages if section.start <= passage.start and passage.end <= section.end]
        covered += len(inside)
        assert all(passage.section == section.heading for passage in inside)
        words = "".join("".join(passage.text.split()) for passage in inside)
        assert words == "".join(of.text[section.start : section.end].split())
    assert covered == len(passages)
    for passage in passages:
        assert of.text[passage.start : passage.end] == passage.text == passage.text.strip() != ""
        assert estimate_tokens(passage.text) <= MAX_TOKENS
    for before, after in pairwise(passages):
        assert before.end <= after.start


def test_paragraphs_stay_together_up_to_the_target() -> None:
    passages = split_passages(article(text_of(9, 3)), "shared")
    assert all(passage.text.count("\n\n") == 1 for passage in passages[:-1])
    assert all(passage.text.endswith("midnight.") for passage in passages)


def test_a_long_paragraph_is_cut_between_sentences() -> None:
    of = article(text_of(1, 40))
    starts = {start for start, _ in split_sentences(of.text, "en")}
    passages = split_passages(of, "shared")
    assert len(passages) > 3
    assert {passage.start for passage in passages} <= starts
    assert all(TARGET_TOKENS / 2 < estimate_tokens(passage.text) <= TARGET_TOKENS for passage in passages[:-1])
    check(of)


def test_a_sentence_longer_than_the_limit_is_cut_between_words() -> None:
    of = article("word and " * 800 + "end.")
    passages = split_passages(of, "shared")
    assert len(passages) > 5
    assert {word for passage in passages for word in passage.text.split()} == {"word", "and", "end."}
    check(of)


@pytest.mark.parametrize("text", ["x" * 9000, "漢" * 3000, "😀" * 2000, "!?" * 3000, "1,2," * 3000])
def test_even_text_without_spaces_is_cut(text: str) -> None:
    check(article(text))


def test_a_small_rest_joins_the_passage_before() -> None:
    of = article(text_of(1, 8) + "\n\nThat was all.")
    passages = split_passages(of, "shared")
    assert passages[-1].text.endswith("That was all.")
    assert estimate_tokens(passages[-1].text) > MIN_TOKENS


def test_no_passage_reaches_over_a_heading() -> None:
    of = clean(Extracted(f"{text_of(1, 1)}\n\nHigher and dearer\n\n{text_of(2, 2)}", title="A title"), "a")
    passages = split_passages(of, "shared")
    assert [passage.section for passage in passages] == [None, "Higher and dearer"]
    assert not any("Higher and dearer" in passage.text for passage in passages)
    check(of)


def test_ids_follow_scope_article_words_and_occurrence() -> None:
    text = f"{SENTENCE}\n\n{SENTENCE}"
    twice = Article(
        "a",
        "A title",
        text,
        sections=(Section("One", 0, len(SENTENCE)), Section("Two", len(SENTENCE) + 2, len(text))),
    )
    first, second = split_passages(twice, "shared")
    assert first.text == second.text
    assert first.id != second.id
    assert [passage.id for passage in split_passages(twice, "shared")] == [first.id, second.id]
    assert split_passages(twice, "other")[0].id != first.id
    assert (
        split_passages(article(SENTENCE, "b"), "shared")[0].id != split_passages(article(SENTENCE), "shared")[0].id
    )


def test_an_unchanged_passage_keeps_its_id_when_another_changes() -> None:
    before = {passage.id for passage in split_passages(article(text_of(10, 3)), "shared")}
    after = {passage.id for passage in split_passages(article(text_of(10, 3) + " It is over."), "shared")}
    assert len(before & after) == len(before) - 1


def test_five_megabytes_take_seconds() -> None:
    for text in (text_of(18_000, 3), text_of(1, 54_000)):
        started = time.thread_time()  # what others take of the machine doesn't count
        passages = split_passages(clean(Extracted(text, title="A title"), "a"), "shared")
        assert time.thread_time() - started < 20
        assert len(passages) > 5000


@pytest.mark.skipif(not BAKHMUT.exists(), reason="the real article is not part of the project")
def test_the_real_article() -> None:
    (found,) = read_text(BAKHMUT.read_bytes())
    assert isinstance(found, Extracted)
    of = clean(found, "bakhmut")
    passages = split_passages(of, "shared")
    assert {passage.section for passage in passages} == {None, "Strengthen defenses", "Panic and chaotic"}
    assert not any("©" in passage.text or "two blue areas" in passage.text for passage in passages)
    assert sum("already lost this war" in passage.text for passage in passages) == 1
    check(of)


@pytest.mark.skipif(not NEWS.exists(), reason="the news collection is not part of the project")
def test_real_news() -> None:
    with NEWS.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if number % 10 == 0:
                check(clean(read_fields(json.loads(line)), str(number)))


CREDITS = st.sampled_from(["© AP", "Photo: Ada Roe", "(AP Photo/Ada Roe)", "The bridge opens. © ISW", "Foto: ANP"])
PARAGRAPHS = st.one_of(
    st.text(max_size=80).map(lambda text: text.replace("©", "")),
    st.sampled_from(["Higher and dearer", "What next?", "“We left. They came.” He wept.", "- item"]),
    st.integers(1, 30).map(lambda number: " ".join(SENTENCE.format(n) for n in range(number))),
    CREDITS,
)


@settings(max_examples=examples(300), deadline=None)
@given(st.lists(PARAGRAPHS, max_size=15))
def test_passages_of_any_text(paragraphs: list[str]) -> None:
    of = clean(Extracted("\n\n".join(["A first paragraph stands here.", *paragraphs]), title="A title"), "a")
    check(of)
    quotable = "".join(passage.text for passage in split_passages(of, "shared"))
    assert not any(mark in quotable for mark in ("©", "Ada Roe", "Foto: ANP"))
