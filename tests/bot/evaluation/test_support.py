from bot.answer.evidence.evidence import Evidence
from bot.answer.evidence.quotes import Span
from bot.evaluation.support import is_supported
from tests.fakes.hits import hit

PLANS = "The council plans to close the bridge in June, the mayor said. It carries 400 cars a day."
CARS = [Evidence(hit("p", PLANS), Span(63, len(PLANS), "exact"))]


def test_a_finished_answer_is_measured_by_its_facts_and_words() -> None:
    assert is_supported("It carries 400 cars a day.", CARS)
    assert is_supported("400 cars use it each day.", CARS)
    assert not is_supported("600 cars use it each day.", CARS)
    assert not is_supported("Bakers strike over wages since yesterday.", CARS)
