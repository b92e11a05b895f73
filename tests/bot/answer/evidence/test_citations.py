from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answer.answer import Sentence
from bot.answer.engines.engine import Claim, Draft
from bot.answer.evidence.citations import CitationBook
from tests.fakes.hits import DEFENCE, ROAD, hit

HITS = [hit("road", ROAD, start=100), hit("defence", DEFENCE, url=None)]


def book() -> CitationBook:
    return CitationBook(HITS)


def draft(text: str, *claims: tuple[str | None, str | None]) -> Draft:
    return Draft(text, tuple(Claim(passage_id, quote) for passage_id, quote in claims))


def add(citations: CitationBook, draft: Draft) -> Sentence | None:
    """The draft as if a judge had found that it follows from its evidence, if its facts are there."""
    found = citations.find(draft)
    if found is None or found.missing:
        if found:
            citations.leave_out(found, found.missing)
        return None
    citations.keep(found)
    return next(one for one in citations.sentences if one.text == draft.text)


def test_a_citation_points_at_the_exact_words_in_the_article() -> None:
    citations = book()
    sentence = add(
        citations, draft("The road is open again.", ("road", '"The enemy has completely cleared the road'))
    )
    assert sentence is not None
    assert sentence.citations == (1,)
    (citation,) = citations.citations
    article = "x" * 100 + ROAD
    assert citation.quote == "The enemy has completely cleared the road"
    assert article[citation.start : citation.end] == citation.quote
    assert citation.verified
    assert citation.link == (
        "https://news.example/bakhmut#:~:text=The%20enemy%20has%20completely%20cleared%20the%20road"
    )
    assert (citation.n, citation.title, citation.source) == (1, "Fighting around Bakhmut", "The Wire")


def test_the_same_words_have_the_same_number() -> None:
    citations = book()
    quote = ("road", "has completely cleared the road")
    first = add(citations, draft("The enemy has cleared the road.", quote))
    second = add(citations, draft("The road was cleared completely.", quote))
    third = add(citations, draft("They repelled 26 attacks.", ("defence", "they have repelled 26 attacks")))
    assert [sentence and sentence.citations for sentence in (first, second, third)] == [(1,), (1,), (2,)]
    assert [citation.n for citation in citations.citations] == [1, 2]


def test_an_invented_quote_is_counted_and_never_shown() -> None:
    citations = book()
    assert add(citations, draft("Peace was made.", ("road", "peace was made in the town today"))) is None
    assert (citations.fabricated, len(citations.unsupported), citations.citations) == (1, 1, ())


def test_a_true_sentence_with_an_invented_quote_gets_the_real_words() -> None:
    citations = book()
    sentence = add(
        citations, draft("The Russians repelled 26 attacks.", ("defence", "we beat back twenty-six assaults"))
    )
    assert sentence is not None
    assert citations.fabricated == 1
    assert citations.citations[0].quote == "The Russians say they have repelled 26 attacks on Thursday."


def test_a_quote_from_another_passage_is_cited_from_there() -> None:
    citations = book()
    sentence = add(citations, draft("They repelled 26 attacks.", ("road", "they have repelled 26 attacks")))
    assert sentence is not None
    assert citations.misattributed == 1
    assert citations.citations[0].passage_id == "defence"


def test_a_passage_that_was_not_given_is_no_evidence() -> None:
    citations = book()
    assert add(citations, draft("They repelled 26 attacks.", ("elsewhere", None))) is None
    assert add(citations, draft("They repelled attacks.")) is None
    assert len(citations.unsupported) == 2


def test_without_quoted_words_the_passage_named_is_looked_at_first_and_then_the_others() -> None:
    twin = hit("twin", DEFENCE, article_id="later")
    for named, cited in (("twin", "twin"), ("defence", "defence"), ("road", "defence"), (None, "defence")):
        citations = CitationBook([*HITS, twin])
        assert add(citations, draft("They repelled 26 attacks.", (named, None)))
        (citation,) = citations.citations
        assert citation.passage_id == cited
        assert citation.quote == "The Russians say they have repelled 26 attacks on Thursday."
        assert (citations.misattributed, citations.fabricated) == (0, 0)


def test_quoted_words_without_a_passage_are_cited_from_where_they_stand() -> None:
    citations = book()
    assert add(citations, draft("They repelled 26 attacks.", (None, "they have repelled 26 attacks")))
    assert citations.citations[0].passage_id == "defence"
    assert citations.misattributed == 0
    assert add(citations, draft("They held the town.", (None, "the town was held by them"))) is None
    assert citations.fabricated == 1


def test_what_no_passage_says_is_left_out_however_openly_it_is_offered() -> None:
    citations = book()
    for text in ("They repelled 62 attacks.", "Peace was signed in Paris.", "In 1987 the road was open."):
        assert add(citations, draft(text, ("defence", None), (None, None))) is None
    assert len(citations.unsupported) == 3


def test_a_claim_without_a_quote_gets_the_sentence_that_says_it() -> None:
    citations = book()
    sentence = add(citations, draft("Forty tanks attacked the town, says Konashenkov.", ("defence", None)))
    assert sentence is not None
    assert citations.citations[0].quote.startswith("According to him, more than a thousand")


def test_a_true_quote_does_not_carry_a_false_fact() -> None:
    citations = book()
    quote = ("defence", "The Russians say they have repelled 26 attacks")
    assert add(citations, draft("The Russians repelled 62 attacks.", quote)) is None
    assert add(citations, draft("The Russians under Gerasimov repelled 26 attacks.", quote)) is None
    assert [one.reason for one in citations.unsupported] == [
        "not in the passage: 62",
        "not in the passage: Gerasimov",
    ]
    assert citations.citations == ()


def test_a_sentence_of_two_facts_keeps_both_citations() -> None:
    citations = book()
    sentence = add(
        citations,
        draft(
            "The Russians repelled 26 attacks, and the road was cleared.",
            ("defence", "they have repelled 26 attacks"),
            ("road", "The enemy has completely cleared the road that we had blocked"),
        ),
    )
    assert sentence is not None
    assert len(sentence.citations) == 2


def test_whole_sentences_of_a_passage_need_no_judge_and_their_parts_do() -> None:
    odd = "Nobody never said “it” – or so."
    citations = CitationBook([hit("odd", f"Before it. {odd} After it.", language="en")])
    whole = citations.find(draft('Nobody never said "it" - or so.', ("odd", odd)))
    part = citations.find(draft("Never said it.", ("odd", "never said “it”")))
    assert whole
    assert part
    assert whole.verbatim
    assert not part.verbatim


def test_a_sentence_is_said_once() -> None:
    citations = book()
    quote = ("road", "has completely cleared the road")
    assert add(citations, draft("The enemy has cleared the road.", quote)) is not None
    assert add(citations, draft("The enemy has cleared the  road.", quote)) is None
    assert len(citations.unsupported) == 0


def test_a_dutch_sentence_on_an_english_passage() -> None:
    citations = book()
    sentence = add(
        citations,
        draft(
            "Volgens Prigozjin is de weg naar Bachmoet weer vrij.",
            ("road", "The enemy has completely cleared the road"),
        ),
    )
    assert sentence is not None
    wrong = draft("De Russen hebben 62 aanvallen afgeslagen.", ("defence", "they have repelled 26 attacks"))
    assert add(citations, wrong) is None


def test_a_date_is_read_against_its_own_article() -> None:
    old = hit("old", DEFENCE, published_at=datetime(2022, 3, 5, tzinfo=UTC))
    citations = CitationBook([*HITS, old])
    text = "On Thursday 11 May 2023 the Russians repelled 26 attacks."
    quote = "The Russians say they have repelled 26 attacks on Thursday"
    assert add(citations, draft(text, ("old", quote))) is None
    assert add(citations, draft(text, ("defence", quote))) is not None


def test_without_a_quote_the_closest_sentence_of_the_passage_named_is_cited() -> None:
    citations = CitationBook([hit("p", "The mine closed in 1987. It had 400 workers. The town has shrunk since.")])
    assert add(citations, draft("Of its 400 workers the mine has none left.", ("p", None))) is not None
    assert add(citations, draft("Die Zeche wurde 1987 geschlossen.", ("p", None))) is not None
    assert [one.quote for one in citations.citations] == ["It had 400 workers.", "The mine closed in 1987."]
    assert add(citations, draft("Die Zeche ist zu.", (None, None))) is None


def test_a_heading_or_a_credit_alone_is_no_evidence() -> None:
    body = "The ferry struck a bank in the night. Nobody on board was hurt."
    passage = hit("p", f"A question of old charts\n\n{body}\n\n© Marta Lind/Reuters", title="Ferry strikes a bank")
    citations = CitationBook([passage])
    assert add(citations, draft("It is a question of old charts.", ("p", "A question of old charts"))) is None
    assert add(citations, draft("Marta Lind is with Reuters.", ("p", "Marta Lind/Reuters"))) is None
    # The body says what the title says, so that is what is cited.
    assert add(citations, draft("A ferry struck a bank.", ("p", "Ferry strikes a bank"))) is not None
    assert citations.citations[0].quote == "The ferry struck a bank in the night."
    assert (citations.fabricated, citations.misattributed) == (0, 0)
    assert (
        add(citations, draft("The ferry hit a bank in the night.", ("p", "struck a bank in the night")))
        is not None
    )


def test_a_long_quote_is_narrowed_to_what_supports_the_sentence() -> None:
    citations = book()
    assert add(citations, draft("The Russians repelled 26 attacks.", ("defence", DEFENCE))) is not None
    assert citations.citations[0].quote == "The Russians say they have repelled 26 attacks on Thursday."


def test_a_sentence_that_is_written_again_takes_its_own_place() -> None:
    citations = book()
    road, attacks = ("road", "has completely cleared the road"), ("defence", "they have repelled 26 attacks")
    assert add(citations, draft("They repelled 62 attacks.", attacks)) is None
    assert add(citations, draft("The enemy has cleared the road.", road)) is not None
    assert add(citations, draft("They lost 27 tanks.", attacks)) is None
    complaints = citations.ask_again()
    assert [(one.text, one.missing) for one in complaints] == [
        ("They repelled 62 attacks.", ("not in the passage: 62",)),
        ("They lost 27 tanks.", ("not in the passage: 27",)),
    ]
    assert add(citations, draft("They lost 28 tanks.", attacks)) is None
    assert add(citations, draft("They repelled 26 attacks.", attacks)) is not None
    assert [one.text for one in citations.sentences] == [
        "They repelled 26 attacks.",
        "The enemy has cleared the road.",
    ]
    assert [one.citations for one in citations.sentences] == [(1,), (2,)]
    assert [one.text for one in citations.unsupported] == ["They lost 27 tanks."]
    assert citations.citations[0].language == "en"


words = st.sampled_from([*ROAD.split(), *DEFENCE.split(), "Biden", "99", "not", "“", "…"])
texts = st.lists(words, min_size=1, max_size=12).map(" ".join)


@settings(deadline=None)  # what is looked for in every passage takes as long as the machine lets it
@given(
    st.lists(st.tuples(texts, st.sampled_from(["road", "defence", "no"]), st.one_of(st.none(), texts)), max_size=4)
)
def test_whatever_a_model_writes_every_citation_is_the_articles_own_words(
    drafted: list[tuple[str, str, str | None]],
) -> None:
    citations = book()
    sentences = [add(citations, draft(text, (passage_id, quote))) for text, passage_id, quote in drafted]
    passages = {one.passage.id: one.passage for one in HITS}
    for citation in citations.citations:
        passage = passages[citation.passage_id]
        assert passage.text[citation.start - passage.start : citation.end - passage.start] == citation.quote
    numbers = {citation.n for citation in citations.citations}
    for sentence in filter(None, sentences):
        assert sentence.citations
        assert set(sentence.citations) <= numbers


def test_a_weekday_is_told_only_if_it_is_the_same_from_the_day_of_a_change() -> None:
    found = hit(
        "road", "The mayor of the town died on Tuesday in the hospital, and the flag was lowered yesterday."
    )

    def days(changed: datetime | None) -> list[str]:
        one = replace(found, article=replace(found.article, modified_at=changed))
        told = add(CitationBook([one]), draft(found.passage.text, ("road", found.passage.text)))
        return [day.written for day in told.days] if told else []

    assert days(None) == ["Tuesday", "yesterday"]
    assert days(datetime(2023, 5, 12, 23, tzinfo=UTC)) == ["Tuesday", "yesterday"]
    assert days(datetime(2023, 5, 13, 9, tzinfo=UTC)) == ["Tuesday"]
    assert days(datetime(2023, 5, 19, 9, tzinfo=UTC)) == []
