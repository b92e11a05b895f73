from datetime import date
from pathlib import Path

import pytest

from bot.answer.question.kinds import Kinds
from bot.answer.question.question import Kind
from bot.answer.question.reading import Inquiry, RuleReader
from bot.answer.question.turn import Turn
from index.article import SHARED
from index.library import Library


class Chatter(Kinds):
    """Takes every message for a remark, as samples do with a word that stands alone."""

    def kind_of(self, _text: str) -> Kind:
        return Kind.REMARK


class Lacking(Kinds):
    """Takes every message for a question that lacks its subject."""

    def kind_of(self, _text: str) -> Kind:
        return Kind.UNCLEAR


@pytest.fixture
def reader(library: Library, tmp_path: Path) -> RuleReader:
    article = tmp_path / "road.md"
    article.write_text("An interesting bridge at Kharzyn was closed on Monday, and help came by boat.", "utf-8")
    assert library.sync([str(article)], SHARED).added == 1
    return RuleReader(library, Chatter(library, "words", tmp_path), 1000)


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("bridge", Kind.QUESTION),
        ("help", Kind.QUESTION),
        ("Kharzyn?", Kind.QUESTION),
        ("tunnel", Kind.REMARK),
        ("Interesting!", Kind.REMARK),
        ("interesting bridge that", Kind.REMARK),
    ],
)
def test_a_lone_word_that_an_article_has_is_looked_up(reader: RuleReader, message: str, kind: Kind) -> None:
    question = reader.read(Inquiry(message, [SHARED], date(2026, 5, 13)))
    assert question.kind is kind
    assert bool(question.parts) is (kind is Kind.QUESTION)


def test_what_a_follow_up_took_is_no_part_of_its_own(library: Library, tmp_path: Path) -> None:
    reader = RuleReader(library, Lacking(library, "words", tmp_path), 1000)
    before = Turn("Who won, and how many votes did she get?", "Who won, and how many votes did she get?", "")
    question = reader.read(Inquiry("And why?", [SHARED], date(2026, 5, 13), turns=[before]))
    assert (question.kind, question.text) == (
        Kind.FOLLOW_UP,
        "And why (Who won, and how many votes did she get)?",
    )
    assert [part.meant for part in question.parts] == [question.text]


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("How old is Bruno, the new elephant of the zoo?", Kind.QUESTION),
        ("Quel âge a Bruno, le nouvel éléphant du zoo ?", Kind.QUESTION),
        ("Wie alt ist Bruno, der neue Elefant?", Kind.QUESTION),
        ("What about the mayor of Orle?", Kind.FOLLOW_UP),
        ("Why did Smith vote against it?", Kind.FOLLOW_UP),
        ("How old is the elephant?", Kind.FOLLOW_UP),
        # In these languages every word counts as telling, and none as pointing back.
        ("А коли він повернеться додому до своєї родини?", Kind.FOLLOW_UP),
        ("А коли Залужний повернеться додому?", Kind.QUESTION),
        ("彼はいつ日本に帰ってきますか", Kind.FOLLOW_UP),
    ],
)
def test_who_names_the_subject_goes_on_from_nothing(
    library: Library, tmp_path: Path, message: str, kind: Kind
) -> None:
    reader = RuleReader(library, Lacking(library, "words", tmp_path), 1000)
    turn = Turn("When did the bridge reopen?", "When did the bridge reopen?", "")
    assert reader.read(Inquiry(message, [SHARED], date(2026, 5, 13), turns=[turn])).kind is kind
