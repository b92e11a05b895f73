import numpy as np
import pytest

from index.embedding.calibration import ENOUGH, Calibration, Matrix, Scale

DIMENSIONS = 64


def around(centre: Matrix, count: int, seed: int, common: float = 0.0) -> Matrix:
    """``count`` unit vectors about ``centre``, which all share ``common`` of a direction of their own."""
    noise = np.random.default_rng(seed).standard_normal((count, DIMENSIONS)) / np.sqrt(DIMENSIONS)
    shared = np.zeros(DIMENSIONS)
    shared[0] = common
    rows = centre + noise + shared
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)


NOWHERE = np.zeros(DIMENSIONS, np.float32)


def test_a_scale_tells_how_far_above_the_unrelated_a_cosine_is() -> None:
    assert Scale(0.8, 0.02).standard(0.86) == pytest.approx(3)


def test_the_same_texts_stand_alike_with_a_model_whose_cosines_are_all_high() -> None:
    standings = []
    for common in (0.0, 3.0):
        background, texts = around(NOWHERE, 200, 1, common), around(NOWHERE, 3, 2, common)
        question = texts[0] + 0.7 * texts[1]
        question /= np.linalg.norm(question)
        calibration = Calibration.learn(background, background[:0])
        scale = calibration.of_question(question)
        standings.append([scale.standard(float(text @ question)) for text in texts])
        mutual = [calibration.mutual(question, text) for text in texts]
        assert mutual[0] > mutual[1] > 0 > mutual[2]
    assert np.allclose(standings[0], standings[1], atol=2.5)
    assert all(first > second > 3 > third for first, second, third in standings)


def test_what_may_answer_the_question_is_no_background() -> None:
    background = around(NOWHERE, 100, 3)
    calibration = Calibration.learn(background, background[:0])
    scale = calibration.of_question(background[7])
    assert scale.near < 0.6
    assert scale.standard(1.0) > 5


def test_a_passage_is_no_neighbour_of_itself() -> None:
    background = around(NOWHERE, 50, 4)
    calibration = Calibration.learn(background, background[:0])
    assert calibration.mutual(background[0], background[0]) > 2


def test_a_library_without_articles_is_measured_by_general_texts() -> None:
    general = around(NOWHERE, 24, 5)
    calibration = Calibration.learn(general[:0], general)
    assert calibration.articles == 0
    assert calibration.of_question(general[0]).standard(0.9) > 3


def test_general_texts_in_other_languages_do_not_widen_the_scale_of_many_articles() -> None:
    """A calibration that an earlier version kept has them; beside articles in Chinese they are a second heap."""
    chinese = np.zeros(DIMENSIONS, np.float32)
    chinese[1] = 3
    own, general = around(chinese, ENOUGH, 6), around(NOWHERE, 24, 7)
    assert Calibration.learn(own, general).apart == Calibration.learn(own, general[:0]).apart
    assert Calibration.learn(own[:8], general).apart != Calibration.learn(own[:8], general[:0]).apart


def test_a_background_of_texts_that_are_all_alike_divides_by_nothing() -> None:
    same = np.ones((3, DIMENSIONS), np.float32) / np.sqrt(DIMENSIONS, dtype=np.float32)
    scale = Calibration.learn(same, same[:0]).of_question(same[0])
    assert np.isfinite(scale.standard(0.5))


def test_a_question_is_compared_with_the_background_in_the_language_of_what_was_found() -> None:
    """It is closer to all that is in its own, and what it finds in another would be far."""
    chinese, english = np.zeros((2, DIMENSIONS), np.float32)
    chinese[1], english[2] = 2, 2
    own = np.concatenate([around(chinese, 40, 8), around(english, 40, 9)])
    calibration = Calibration.learn(own, own[:0], ["zh"] * 40 + ["en"] * 40)
    question = around(chinese, 1, 10)[0]
    assert calibration.of_question(question, "zh").mean > 0.6 > 0.2 > calibration.of_question(question, "en").mean
    everything = calibration.of_question(question)
    assert calibration.of_question(question, "nl") == everything  # too few to tell
    assert calibration.of_question(question, "en").mean < everything.mean


def test_a_question_is_carried_into_the_other_languages_of_a_library() -> None:
    chinese, english = np.zeros((2, DIMENSIONS), np.float32)
    chinese[1], english[2] = 2, 2
    told = np.random.default_rng(13).standard_normal((80, DIMENSIONS)).astype(np.float32) / np.sqrt(DIMENSIONS)
    heaps = np.concatenate([chinese + told[:40], english + told[40:]])
    texts = heaps / np.linalg.norm(heaps, axis=1, keepdims=True)
    calibration = Calibration.learn(texts, texts[:0], ["zh"] * 40 + ["en"] * 40)
    question = chinese + told[50]  # what the eleventh English text tells
    question /= np.linalg.norm(question)
    assert (texts @ question).argmax() != 50
    (carried,) = calibration.across(question, "zh").values()
    assert (texts @ carried.vector).argmax() == 50
    assert float(texts[50] @ question) + carried.further > (texts[:40] @ question).max()
    assert not calibration.across(question, "nl")  # of a language that the library doesn't have


def test_being_neighbours_is_told_in_how_far_the_nearest_others_reach() -> None:
    """With vectors that spread over fewer directions all cosines are higher, and what is unrelated no nearer."""
    unrelated = []
    for directions in (DIMENSIONS, DIMENSIONS // 4):
        some = around(NOWHERE, 240, 11)
        some[:, directions:] = 0
        texts = some / np.linalg.norm(some, axis=1, keepdims=True)
        calibration = Calibration.learn(texts[:200], texts[:0])
        unrelated.append([calibration.mutual(*pair) for pair in texts[200:].reshape(20, 2, DIMENSIONS)])
        assert calibration.mutual(texts[200], texts[200]) > max(unrelated[-1])
    assert np.ptp(np.mean(unrelated, axis=1)) < 0.2
    assert np.ptp(np.std(unrelated, axis=1)) < 0.2


def test_it_is_kept_and_read_again() -> None:
    own, general = around(NOWHERE, 10, 6), around(NOWHERE, 14, 7)
    calibration = Calibration.learn(own, general, ["en", None] * 12)
    again = Calibration.from_bytes(calibration.to_bytes())
    assert (again.articles, again.apart) == (10, calibration.apart)
    assert again.languages == calibration.languages
    assert np.array_equal(again.background, calibration.background)
    assert np.array_equal(again.general, general)


def test_what_is_no_calibration_is_refused() -> None:
    with pytest.raises(ValueError, match="calibration"):
        Calibration.from_bytes(b"PK nonsense")


def test_the_nearest_of_few_are_put_where_those_of_many_would_be() -> None:
    texts = around(NOWHERE, 400, 14)
    few, many = (Calibration.learn(texts[:count], texts[:0]) for count in (24, 240))
    reach = [[known.of_question(question).reach for question in texts[240:]] for known in (few, many)]
    assert np.mean(reach[0]) == pytest.approx(np.mean(reach[1]), rel=0.3)
