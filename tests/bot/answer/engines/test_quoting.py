from dataclasses import replace
from pathlib import Path

import pytest

from bot.answer.answer import last_of
from bot.answer.engines.engine import EngineAbstained
from bot.answer.engines.quoting import ExtractiveEngine, _same
from bot.answer.question.question import Part, plain_question
from bot.app import App
from bot.chat.usage import Tally
from index.article import SHARED
from index.search import Hit
from tests.fakes.hits import hit

pytestmark = pytest.mark.slow

PORT = """---
title: Port blockade
date: 2025-11-13
---

Nine ships are waiting outside the port of Varnogorsk this morning, according to the harbour office. The weather
was fine. The dockers say that 23 ships are waiting outside the port of Varnogorsk this morning. Bob Hill counted
them. “I did it twice,” he said. “With my own two eyes.”
"""


def index(app: App, folder: Path, **articles: str) -> None:
    """Index ``articles``, text by name."""
    folder.mkdir(exist_ok=True)
    for name, text in articles.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    assert app.library.sync([str(folder)], SHARED).failures == ()


async def quoted(app: App, question: str, hits: list[Hit] | None = None) -> list[str]:
    """What the engine quotes, in order."""
    hits = app.library.search(question, [SHARED]) if hits is None else hits
    return [
        draft.text async for draft in ExtractiveEngine(app.library).write(plain_question(question), hits, Tally())
    ]


async def test_two_counts_of_one_thing_are_both_quoted(app: App, tmp_path: Path) -> None:
    index(app, tmp_path / "in", port=PORT)
    said = await quoted(app, "How many ships are waiting outside the port of Varnogorsk?")
    assert [text.split()[0] for text in said] == ["Nine", "The"]
    assert "23 ships" in said[1]


async def test_every_draft_is_a_whole_sentence_of_the_passage_it_names(app: App, tmp_path: Path) -> None:
    index(app, tmp_path / "in", port=PORT)
    hits = app.library.search("Who counted the ships?", [SHARED])
    texts = {found.passage.id: found.passage.text for found in hits}
    asked = plain_question("Who counted the ships?")
    async for draft in ExtractiveEngine(app.library).write(asked, hits, Tally()):
        (claim,) = draft.claims
        assert claim.quote == draft.text
        assert draft.text in texts[claim.passage_id or ""]
        assert draft.text[-1] in ".”"


async def test_the_speaker_of_a_quotation_comes_with_it(app: App, tmp_path: Path) -> None:
    index(app, tmp_path / "in", port=PORT)
    hits = app.library.search("Whose own two eyes?", [SHARED])
    asked = plain_question("Whose own two eyes?")
    drafts = [draft async for draft in ExtractiveEngine(app.library).write(asked, hits, Tally())]
    assert [draft.speaker for draft in drafts if "two eyes" in draft.text] == ["Bob Hill"]


async def test_the_same_words_in_two_articles_are_quoted_once(app: App) -> None:
    words = "The dockers chained the gates of the grain terminal on Monday. "
    hits = [hit("one", words + "It rained."), hit("two", "So much is sure. " + words)]
    assert await quoted(app, "Who chained the gates of the grain terminal?", hits) == [words.strip()]


async def test_no_sentence_long_enough_to_be_evidence_is_no_answer(app: App) -> None:
    with pytest.raises(EngineAbstained):
        await quoted(app, "Why?", [hit("short", "No. Why? Rain.")])
    with pytest.raises(EngineAbstained):
        await quoted(app, "Why?", [])


CLAIM = "The Ministry of Water said on Friday that the four gates of the Seldrin dam had been opened by its order."


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (CLAIM, CLAIM, True),
        (CLAIM, CLAIM.replace("Friday", "Friday,").replace(".", " -"), True),
        (CLAIM, CLAIM.replace("Seldrin", "Seldryn"), True),
        (CLAIM, CLAIM.replace("had been", "had not been"), False),
        (CLAIM, CLAIM.replace("had been", "hadn't been"), False),
        (CLAIM, CLAIM.replace("four", "six"), False),
        (CLAIM, CLAIM.replace("Ministry of Water", "Union of Engineers"), False),
        (CLAIM, CLAIM.replace("The Ministry", "Tervell Ministry"), False),
        (CLAIM, "The mayor would not choose between the two counts.", False),
    ],
)
def test_the_same_sentence_is_the_same_claim(one: str, other: str, same: bool) -> None:
    assert _same(one, other) is same
    assert _same(other, one) is same


async def test_a_date_alone_is_not_quoted(app: App, tmp_path: Path) -> None:
    index(
        app, tmp_path / "in", news="Tuesday 20 January 2026.\n\nThe parish of Tollhaven counts its chairs again.\n"
    )
    said = await quoted(app, "What happened in the parish of Tollhaven on Tuesday 20 January 2026?")
    assert said == ["The parish of Tollhaven counts its chairs again."]


STANDFIRSTS = """---
title: Search grows bleak in Orle
date: 2025-11-14
---

AP

A building collapse in Orle has killed at least 42 people

The search for around a dozen people who are missing in the rubble has grown bleak

The cause of the collapse on Friday morning was not known to anybody in the town
"""


async def test_a_line_that_is_no_evidence_is_not_quoted_under_another_ones_words(app: App, tmp_path: Path) -> None:
    index(app, tmp_path / "in", collapse=STANDFIRSTS)
    answer = await last_of(app.desk.ask("How many people did the building collapse in Orle kill?", [SHARED]))
    quotes = {citation.n: citation.quote for citation in answer.citations}
    assert answer.sentences
    for sentence in answer.sentences:
        assert sentence.text in [quotes[number] for number in sentence.citations]


FAQ = """---
title: What parents ask about the vaccine
date: 2025-11-14
---

Should I get my child vaccinated against measles? Yes, says the health office of Orle: every child from the ninth
month on should be vaccinated against measles. “When will the vaccine be there for young children?” The doctors
expect it in March.
"""


async def test_a_question_is_no_answer(app: App, tmp_path: Path) -> None:
    index(app, tmp_path / "in", faq=FAQ)
    said = await quoted(app, "Should I get my child vaccinated against measles?")
    assert any("should be vaccinated" in text for text in said)
    assert not any("?" in text for text in said)


async def test_each_part_of_a_question_is_quoted_for_below_its_own_words(app: App) -> None:
    both = "The bridge of Varn reopened on Monday after repairs that cost nine million crowns."
    ships = "Forty tankers are waiting outside the harbour of Selm this week."
    hits = [hit("bridge", f"{both} The weather was fine."), hit("ships", f"{ships} Nobody knows for how long.")]
    when, cost, many = (
        Part("When did the bridge of Varn reopen?"),
        Part("How much did the repairs of the bridge cost?"),
        Part("How many tankers are waiting outside the harbour of Selm?"),
    )

    async def told(*parts: Part) -> dict[str, str]:
        asked = replace(plain_question(" ".join(part.own for part in parts)), parts=parts)
        return {
            draft.text: draft.part async for draft in ExtractiveEngine(app.library).write(asked, hits, Tally())
        }

    apart = await told(when, many)
    assert (apart[both], apart[ships]) == (when.own, many.own)
    joined = await told(when, cost, many)  # what answers two is said once, below both
    assert joined[both] == f"{when.own} {cost.own}"
    assert set((await told(when, cost)).values()) == {""}
