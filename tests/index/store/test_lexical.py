from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from index.errors import StoreError
from index.store.lexical import Lexical, LexicalRecord, is_outdated

SHARED = "shared"


def record(key: str, words: str, scope: str = SHARED, day: int = 0, source: str = "") -> LexicalRecord:
    return LexicalRecord(key, scope, words, day, source)


@pytest.fixture
def lexical(tmp_path: Path) -> Lexical:
    lexical = Lexical(tmp_path / "fulltext")
    lexical.update(
        [
            record("bridge", "The mayor reopened the bridges of the harbour.", day=20230512, source="Courier"),
            record("siege", "Heavy fighting near Bachmoet, said Zelenski.", day=20240101, source="Post"),
            record("ferry", "The ferry company sells two boats."),
            record("hidden", "The mayor reopened the harbour bridge in secret.", scope="guild:1"),
        ]
    )
    return lexical


def ask(lexical: Lexical, question: str, scope: str = SHARED, k: int = 10, **filters: Any) -> list[str]:
    return list(lexical.query(scope, lexical.terms(question), k, **filters))


def test_words_are_found_by_their_stems_best_first(lexical: Lexical) -> None:
    assert ask(lexical, "Did a mayor reopen the BRIDGE?") == ["bridge"]
    assert ask(lexical, "sell boat harbour")[0] == "ferry"
    assert ask(lexical, "sell boat harbour", k=1) == ["ferry"]
    assert ask(lexical, "zeppelins") == ask(lexical, "") == ask(lexical, "?!") == []


def test_scopes_are_apart(lexical: Lexical) -> None:
    assert ask(lexical, "mayor harbour", scope="guild:1") == ["hidden"]
    assert ask(lexical, "mayor harbour", scope="guild") == []
    assert lexical.ids("guild:1") == {"hidden"}
    assert lexical.ids() == {"bridge", "siege", "ferry", "hidden"}


@pytest.mark.parametrize("name", ["Bakhmut", "Bachmut", "Bachmoet", "Бахмут", "Bachmuth"])
def test_a_name_is_found_in_any_spelling(lexical: Lexical, name: str) -> None:
    assert ask(lexical, f"What happened near {name}?")[0] == "siege"
    assert ask(lexical, name) == ["siege"]


def test_a_name_that_is_misspelt_is_found_by_likeness(lexical: Lexical) -> None:
    (term,) = lexical.terms("Zelenskyyi")
    assert term.keys
    assert ask(lexical, "Selenskyj") == ["siege"]


def test_words_that_ask_do_not_count(lexical: Lexical) -> None:
    assert [term.word for term in lexical.terms("Who did what to the ferry?")] == ["ferry"]


def test_a_word_counts_once_and_by_how_rare_it_is(lexical: Lexical) -> None:
    mayor, ferry, zeppelin = lexical.terms("mayor mayors ferry zeppelin")
    assert [term.word for term in (mayor, ferry, zeppelin)] == ["mayor", "ferry", "zeppelin"]
    assert mayor.idf == pytest.approx(math.log(1 + 2.5 / 2.5))
    assert ferry.idf == pytest.approx(math.log(1 + 3.5 / 1.5))
    assert zeppelin.idf == pytest.approx(math.log(1 + 4.5 / 0.5))


@pytest.mark.parametrize(
    ("filters", "ids"),
    [
        ({"since": 20230512}, {"bridge", "siege"}),
        ({"since": 20230513}, {"siege"}),
        ({"until": 20231231}, {"bridge"}),
        ({"source": "Post"}, {"siege"}),
        ({"source": "post"}, set()),
        ({"since": 20230101, "until": 20231231, "source": "Courier"}, {"bridge"}),
    ],
)
def test_filters(lexical: Lexical, filters: dict[str, Any], ids: set[str]) -> None:
    assert set(ask(lexical, "harbour fighting ferry", **filters)) == ids


def test_a_replaced_passage_is_found_by_its_new_words_only(lexical: Lexical) -> None:
    lexical.update([record("ferry", "Potatoes are dear.")], ["bridge", "nobody"])
    assert ask(lexical, "ferry") == ask(lexical, "harbour") == []
    assert ask(lexical, "potatoes") == ["ferry"]
    assert lexical.ids(SHARED) == {"siege", "ferry"}


@pytest.mark.parametrize("error", [StoreError, KeyboardInterrupt])
def test_a_rebuild_that_fails_changes_nothing_and_locks_nobody_out(
    lexical: Lexical, error: type[BaseException]
) -> None:
    def records() -> Iterator[LexicalRecord]:
        yield record("new", "Potatoes are dear.")
        raise error("simulated")

    with pytest.raises(error) as kept:
        lexical.rebuild(records())
    assert lexical.ids() == {"bridge", "siege", "ferry", "hidden"}
    lexical.update([record("late", "Onions are cheap.")], ["hidden"])
    assert lexical.ids() == {"bridge", "siege", "ferry", "late"}
    assert kept  # with its traceback, which held the writer


def test_the_full_text_outlives_the_process(lexical: Lexical, tmp_path: Path) -> None:
    lexical.close()
    assert ask(Lexical(tmp_path / "fulltext"), "ferry") == ["ferry"]


def test_what_a_text_covers_of_a_question(lexical: Lexical) -> None:
    terms = lexical.terms("What did Zelensky say near Бахмут?")
    assert lexical.coverage(terms, "Near Bakhmut, Zelensky says:") == pytest.approx(1)
    assert 0 < lexical.coverage(terms, "It happened in Bachmut.") < 1
    assert lexical.coverage(terms, "Potatoes are dear.") == 0
    assert lexical.coverage([], "Potatoes are dear.") == 0
    assert lexical.coverage(terms, "") == 0


def test_a_folder_that_cannot_be_opened(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match="cannot be opened"):
        Lexical(tmp_path / "file")
    (tmp_path / "meta.json").write_text("{")
    with pytest.raises(StoreError, match="delete that folder: it is rebuilt"):
        Lexical(tmp_path)


@pytest.mark.parametrize(
    ("language", "words", "question"),
    [
        ("zh", "黑豹队的防守只丢了 308分，在联赛中排名第六。", "黑豹队丢了多少分？"),
        ("ja", "東京タワーは昨日再び開いた。", "東京タワーはいつ開いた？"),
        ("th", "นายกรัฐมนตรีเปิดสะพานใหม่ในกรุงเทพมหานครเมื่อวานนี้", "ใครเปิดสะพาน?"),
        ("hi", "शर्मा ने कहा कि बारिश हुई थी।", "शर्मा ने क्या कहा?"),
        ("de", "Die Häuser am Hafen wurden verkauft.", "Welches Haus?"),
        ("ru", "Рабочие закрыли мосты.", "Какой мост закрыт?"),
    ],
)
def test_words_of_any_script_are_found(lexical: Lexical, language: str, words: str, question: str) -> None:
    lexical.update([LexicalRecord("new", SHARED, words, 0, "", language)])
    assert ask(lexical, question) == ["new"]
    assert lexical.coverage(lexical.terms(question), words) > 0.3
    assert ask(lexical, "Did a mayor reopen the BRIDGE?")[0] == "bridge"


def test_characters_that_stand_together_by_chance_count_for_nothing(lexical: Lexical) -> None:
    words = "黑豹队的防守只丢了308分，在联赛中排名第六。"
    lexical.update([LexicalRecord("new", SHARED, words, 0, "", "zh")])
    terms = lexical.terms("黑豹队在联赛中排名？")
    assert {term.word for term in terms if not term.weight} >= {"队在", "中排"}
    assert lexical.coverage(terms, words) == 1


@pytest.mark.usefixtures("lexical")
def test_a_full_text_of_an_earlier_version_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "fulltext"
    assert not is_outdated(folder)
    meta = folder / "meta.json"
    meta.write_text(meta.read_text("utf-8").replace("words-2", "words"), "utf-8")
    assert is_outdated(folder)
    assert not is_outdated(tmp_path / "nowhere")
