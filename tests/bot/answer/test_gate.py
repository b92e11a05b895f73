from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import cast

import numpy as np
import pytest

from bot.answer.gate import (
    OTHER_LANGUAGE,
    QUOTED,
    SAME_LANGUAGE,
    WRITTEN,
    Fit,
    Signals,
    is_about,
    likelier_language_first,
    near_enough,
    same_language,
    signals,
)
from bot.answer.question.question import Part
from bot.app import App
from index.article import SHARED
from index.embedding.calibration import Calibration, Matrix, QuestionScale, Scale
from index.library import Library
from index.search import Hit
from tests.fakes.hits import ROAD, hit

FAR, NEAR = Signals(0.1, -0.5, 0.1), Signals(1.5, 0.8, 0.9)


@pytest.mark.parametrize("fit", [SAME_LANGUAGE, OTHER_LANGUAGE])
def test_what_is_near_in_every_way_is_evidence_and_what_is_in_none_is_not(fit: Fit) -> None:
    assert fit.evidence(NEAR) > QUOTED > fit.evidence(FAR)


def test_words_count_less_for_a_question_in_another_language() -> None:
    closer, held = replace(FAR, ahead=1.0, mutual=0.5), replace(FAR, coverage=1.0)
    assert OTHER_LANGUAGE.evidence(closer) > OTHER_LANGUAGE.evidence(held)
    assert SAME_LANGUAGE.evidence(held) - SAME_LANGUAGE.evidence(FAR) > OTHER_LANGUAGE.evidence(
        held
    ) - OTHER_LANGUAGE.evidence(FAR)


def test_a_chat_model_is_asked_sooner_than_anything_is_quoted() -> None:
    assert WRITTEN < QUOTED


def test_an_article_of_unknown_language_counts_as_the_questions() -> None:
    found = hit("road", ROAD, language="nl")
    assert not same_language("en", found)
    assert same_language(None, found)
    assert same_language("en", replace(found, article=replace(found.article, language=None)))


def test_nothing_found_is_not_near(app: App) -> None:
    assert not near_enough(Part("Who cleared the road?"), [], app.library, WRITTEN)


HARBOUR = """---
title: Harbour bridge reopened
language: en
---

The harbour bridge of Tollhaven was reopened on Friday after repairs that had taken eleven weeks. The mayor, Ada
Lindqvist, cut a ribbon. Cars may cross it from six in the morning; lorries have to wait until the spring.
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("question", "passes"),
    [
        ("Wanneer werd de havenbrug van Tollhaven heropend?", True),
        ("Wer hat die Hafenbrücke von Tollhaven wieder eröffnet?", True),
        ("¿Cuánto duraron las obras del puente del puerto de Tollhaven?", True),
        ("Hoeveel appels werden er vorig jaar in Zeeland geplukt?", False),
        ("Wie viele Lehrer unterrichten an der Grundschule von Merle?", False),
        ("¿Qué equipo ganó la final de la copa de balonmano?", False),
    ],
)
def test_questions_in_other_languages(app: App, tmp_path: Path, question: str, passes: bool) -> None:
    (tmp_path / "bridge.md").write_text(HARBOUR, encoding="utf-8")
    app.library.sync([str(tmp_path / "bridge.md")], SHARED)
    hits = app.library.search(question, [SHARED])
    assert near_enough(Part(question), hits, app.library, QUOTED) is passes
    assert is_about(question, hits[0], app.library) is passes


@pytest.mark.slow
@pytest.mark.parametrize(
    ("question", "passes"),
    [
        ("Who reopened the harbour bridge of Tollhaven?", True),
        ("Who reopened the harbour bridge of Tolhaven?", True),
        ("Who reopened the harbour bridge?", True),
        ("When may lorries cross the harbour bridge?", True),
        ("Which ribbon did Ada Lindquist cut?", True),
        ("Who reopened the harbour bridge of Quillmouth?", False),
        ("Which ribbon did Bertrand Osei cut in Tollhaven?", True),  # one of its names is there
        ("Which ribbon did Bertrand Osei cut on Friday?", False),
    ],
)
def test_what_names_only_others_is_not_near(app: App, tmp_path: Path, question: str, passes: bool) -> None:
    path = tmp_path / "harbour.md"
    path.write_text(HARBOUR, "utf-8")
    app.library.sync([str(path)], SHARED)
    hits = app.library.search(question, [SHARED])
    assert near_enough(Part(question), hits, app.library, QUOTED) is passes
    assert near_enough(Part(question), hits, app.library, WRITTEN)


SPRING = """---
title: Boeren wachten op de lente
language: nl
---

In de haven van Grauwerdam werd vorige maand een loods geopend. De aardappelen wachten er op droog weer.
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("Hoelang werd er aan de brug in de haven gewerkt?", "Harbour bridge reopened"),
        ("Waar wachten de aardappelen?", "Boeren wachten op de lente"),
    ],
)
def test_an_article_in_another_language_may_be_the_one_that_answers(
    app: App, tmp_path: Path, question: str, title: str
) -> None:
    for name, text in (("bridge", HARBOUR), ("spring", SPRING)):
        (tmp_path / f"{name}.md").write_text(text, "utf-8")
    app.library.sync([str(tmp_path / "*.md")], SHARED)
    hits = app.library.search(question, [SHARED])
    first = likelier_language_first(question, hits, app.library)
    assert first[0].article.title == title
    assert {one.passage.id for one in first} == {one.passage.id for one in hits}


class Closeness:
    """A library in which a sentence is as close to a question as the number it ends with says.

    Sentences that begin with one word say the same, and others have nothing to do with each other.
    """

    def __init__(self) -> None:
        self.scale = QuestionScale(mean=0.5, spread=0.1, near=0.6)

    def similarities(self, _question: str, texts: Sequence[str]) -> list[float]:
        return [float(text.split()[-1]) for text in texts]

    def question_scale(self, _question: str, _language: str | None) -> QuestionScale:
        return self.scale

    def mutual(self, _question: str, _hit: Hit) -> float:
        return 0.0

    def vectors(self, texts: Sequence[str]) -> Matrix:
        first = [text.split()[0] for text in texts]
        return np.array([[word == one for one in dict.fromkeys(first)] for word in first], np.float32)

    def calibration(self) -> Calibration:
        return Calibration(np.zeros((2, 2), np.float32), (None, None), 2, Scale(mean=0.0, spread=0.1))


def ahead(*texts: str) -> float:
    hits = [hit(f"article{number}", text) for number, text in enumerate(texts)]
    return signals("Who cleared the road?", hits, cast("Library", Closeness())).ahead


@pytest.mark.parametrize(
    ("closest", "found"),
    [
        ((0.8, 0.75, 0.7, 0.6), 1.0),
        ((0.7, 0.6, 0.8, 0.75), 1.0),  # in whatever order they were found
        ((0.8, 0.8, 0.7), 1.0),  # a second one may say the same
        ((0.8, 0.8, 0.8), 0.0),
        ((0.8,), 2.0),  # alone it is seen from the nearest of the background
        ((0.8, 0.7, 0.6, 0.6, 0.5, 0.8), 2.0),  # a sixth is not looked at
    ],
)
def test_the_closest_sentence_is_seen_from_that_of_the_third_article(
    closest: tuple[float, ...], found: float
) -> None:
    texts = [f"{'abcdefgh'[number] * 3} told {cosine}" for number, cosine in enumerate(closest)]
    assert ahead(*texts) == pytest.approx(found)


def test_outlets_that_tell_the_same_are_no_rivals() -> None:
    told = ("crews told 0.8", "crews said 0.8", "crews wrote 0.75", "aaa told 0.6", "bbb told 0.6")
    assert ahead(*told) == pytest.approx(2.0)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("topic", "found"),
    [
        ("Hafenbrücke", True),  # too short to tell its language
        ("havenbrug", True),
        ("Drachenboot", False),
        ("harbour bridge", True),
        ("football", False),
    ],
)
def test_a_bare_name_may_be_in_another_language(app: App, tmp_path: Path, topic: str, found: bool) -> None:
    (tmp_path / "bridge.md").write_text(HARBOUR, encoding="utf-8")
    app.library.sync([str(tmp_path / "bridge.md")], SHARED)
    hits = app.library.search(topic, [SHARED])
    assert is_about(topic, hits[0], app.library) is found
