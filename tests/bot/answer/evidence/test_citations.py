from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answer.engines.engine import Claim, Draft
from bot.answer.evidence.citations import CitationBook
from tests.fakes.hits import DEFENCE, ROAD, hit

QUESTION = "What happened around Bakhmut?"
HITS = [hit("road", ROAD, start=100), hit("defence", DEFENCE, url=None)]


def book() -> CitationBook:
    return CitationBook(QUESTION, HITS)


def draft(text: str, *claims: tuple[str | None, str | None]) -> Draft:
    return Draft(text, tuple(Claim(passage_id, quote) for passage_id, quote in claims))


def test_a_citation_points_at_the_exact_words_in_the_article() -> None:
    citations = book()
    sentence = citations.add(
        draft("The road is open again.", ("road", '"The enemy has completely cleared the road'))
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
    first = citations.add(draft("The enemy has cleared the road.", quote))
    second = citations.add(draft("The road was cleared completely.", quote))
    third = citations.add(draft("They repelled 26 attacks.", ("defence", "they have repelled 26 attacks")))
    assert [sentence and sentence.citations for sentence in (first, second, third)] == [(1,), (1,), (2,)]
    assert [citation.n for citation in citations.citations] == [1, 2]


def test_an_invented_quote_is_counted_and_never_shown() -> None:
    citations = book()
    assert citations.add(draft("Peace was made in Bakhmut.", ("road", "peace was made in the town today"))) is None
    assert (citations.fabricated, citations.left_out, citations.citations) == (1, 1, ())


def test_a_true_sentence_with_an_invented_quote_gets_the_real_words() -> None:
    citations = book()
    sentence = citations.add(
        draft("The Russians repelled 26 attacks.", ("defence", "we beat back twenty-six assaults"))
    )
    assert sentence is not None
    assert citations.fabricated == 1
    assert citations.citations[0].quote == "The Russians say they have repelled 26 attacks on Thursday."


def test_a_quote_from_another_passage_is_cited_from_there() -> None:
    citations = book()
    sentence = citations.add(draft("They repelled 26 attacks.", ("road", "they have repelled 26 attacks")))
    assert sentence is not None
    assert citations.misattributed == 1
    assert citations.citations[0].passage_id == "defence"


def test_a_passage_that_was_not_given_is_no_evidence() -> None:
    citations = book()
    assert citations.add(draft("They repelled 26 attacks.", ("elsewhere", None))) is None
    assert citations.add(draft("They repelled attacks.")) is None
    assert citations.left_out == 2


def test_without_quoted_words_the_passage_named_is_looked_at_first_and_then_the_others() -> None:
    twin = hit("twin", DEFENCE, article_id="later")
    for named, cited in (("twin", "twin"), ("defence", "defence"), ("road", "defence"), (None, "defence")):
        citations = CitationBook(QUESTION, [*HITS, twin])
        assert citations.add(draft("They repelled 26 attacks.", (named, None)))
        (citation,) = citations.citations
        assert citation.passage_id == cited
        assert citation.quote == "The Russians say they have repelled 26 attacks on Thursday."
        assert (citations.misattributed, citations.fabricated) == (0, 0)


def test_quoted_words_without_a_passage_are_cited_from_where_they_stand() -> None:
    citations = book()
    assert citations.add(draft("They repelled 26 attacks.", (None, "they have repelled 26 attacks")))
    assert citations.citations[0].passage_id == "defence"
    assert citations.misattributed == 0
    assert citations.add(draft("They held the town.", (None, "the town was held by them"))) is None
    assert citations.fabricated == 1


def test_what_no_passage_says_is_left_out_however_openly_it_is_offered() -> None:
    citations = book()
    for text in ("They repelled 62 attacks.", "Peace was signed.", "The road is not open to the enemy."):
        assert citations.add(draft(text, ("defence", None), (None, None))) is None
    assert citations.left_out == 3


def test_words_that_say_the_opposite_are_not_made_up_for_by_others() -> None:
    hits = [hit("fell", "Prices fell by 4 per cent in May."), hit("rose", "Prices rose by 4 per cent in May.")]
    citations = CitationBook(QUESTION, hits)
    claims = (("fell", "Prices fell by 4 per cent"), (None, None))
    assert citations.add(draft("Prices rose by 4 per cent.", *claims)) is None


def test_a_claim_without_a_quote_gets_the_sentence_that_says_it() -> None:
    citations = book()
    sentence = citations.add(draft("Forty tanks attacked the town, says Konashenkov.", ("defence", None)))
    assert sentence is not None
    assert citations.citations[0].quote.startswith("According to him, more than a thousand")


def test_a_quote_that_is_too_narrow_is_widened_to_its_sentence() -> None:
    citations = book()
    sentence = citations.add(
        draft("More than 1,000 soldiers and 40 tanks attacked.", ("defence", "at least forty tanks attacked"))
    )
    assert sentence is not None
    assert "more than a thousand soldiers and at least forty tanks" in citations.citations[0].quote


def test_a_true_quote_does_not_carry_a_false_sentence() -> None:
    citations = book()
    quote = ("defence", "The Russians say they have repelled 26 attacks")
    assert citations.add(draft("The Russians repelled 62 attacks.", quote)) is None
    assert citations.add(draft("The Russians repelled no attacks.", quote)) is None
    assert citations.add(draft("Positions were abandoned.", ("defence", "No positions were abandoned"))) is None
    assert citations.left_out == 3
    assert citations.citations == ()


def test_evidence_that_adds_nothing_is_not_cited() -> None:
    citations = book()
    sentence = citations.add(
        draft(
            "The Russians repelled 26 attacks.",
            ("road", "completely cleared the road that we had blocked"),
            ("defence", "they have repelled 26 attacks"),
        )
    )
    assert sentence is not None
    assert [citation.passage_id for citation in citations.citations] == ["defence"]


def test_a_sentence_of_two_facts_keeps_both_citations() -> None:
    citations = book()
    sentence = citations.add(
        draft(
            "The Russians repelled 26 attacks, and the road was cleared.",
            ("defence", "they have repelled 26 attacks"),
            ("road", "The enemy has completely cleared the road that we had blocked"),
        )
    )
    assert sentence is not None
    assert len(sentence.citations) == 2


def test_an_exact_sentence_supports_itself_whatever_it_says() -> None:
    odd = "Nobody never said “it” – or so."
    citations = CitationBook(QUESTION, [hit("odd", f"Before it. {odd} After it.", language="en")])
    sentence = citations.add(draft('Nobody never said "it" - or so.', ("odd", odd)))
    assert sentence is not None
    assert citations.citations[0].quote == odd


def test_a_sentence_is_said_once() -> None:
    citations = book()
    quote = ("road", "has completely cleared the road")
    assert citations.add(draft("The enemy has cleared the road.", quote)) is not None
    assert citations.add(draft("The enemy has cleared the  road.", quote)) is None
    assert citations.left_out == 0


def test_a_dutch_sentence_on_an_english_passage() -> None:
    citations = book()
    sentence = citations.add(
        draft(
            "Volgens Prigozjin is de weg naar Bachmoet weer vrij.",
            ("road", "The enemy has completely cleared the road"),
        )
    )
    assert sentence is not None
    wrong = draft("De Russen hebben 62 aanvallen afgeslagen.", ("defence", "they have repelled 26 attacks"))
    assert citations.add(wrong) is None


def test_a_date_is_read_against_its_own_article() -> None:
    old = hit("old", DEFENCE, published_at=datetime(2022, 3, 5, tzinfo=UTC))
    citations = CitationBook(QUESTION, [*HITS, old])
    text = "On Thursday 11 May 2023 the Russians repelled 26 attacks."
    quote = "The Russians say they have repelled 26 attacks on Thursday"
    assert citations.add(draft(text, ("old", quote))) is None
    assert citations.add(draft(text, ("defence", quote))) is not None


def test_without_a_quote_two_sentences_are_taken_where_one_is_not_enough() -> None:
    passage = hit("p", "The mine closed in 1987. It had 400 workers. The town has shrunk since.")
    citations = CitationBook(QUESTION, [passage])
    assert citations.add(draft("The mine closed in 1987 and had 400 workers.", ("p", None))) is not None
    assert citations.citations[0].quote == "The mine closed in 1987. It had 400 workers."
    assert citations.add(draft("The harbour opened in 1990.", ("p", None))) is None


def test_a_heading_or_a_credit_alone_is_no_evidence() -> None:
    body = "The ferry struck a bank in the night. Nobody on board was hurt."
    passage = hit("p", f"A question of old charts\n\n{body}\n\n© Marta Lind/Reuters", title="Ferry strikes a bank")
    citations = CitationBook(QUESTION, [passage])
    assert citations.add(draft("It is a question of old charts.", ("p", "A question of old charts"))) is None
    assert citations.add(draft("Marta Lind is with Reuters.", ("p", "Marta Lind/Reuters"))) is None
    # The body says what the title says, so that is what is cited.
    assert citations.add(draft("A ferry struck a bank.", ("p", "Ferry strikes a bank"))) is not None
    assert citations.citations[0].quote == "The ferry struck a bank in the night."
    assert (citations.fabricated, citations.misattributed) == (0, 0)
    assert (
        citations.add(draft("The ferry hit a bank in the night.", ("p", "struck a bank in the night"))) is not None
    )


def test_a_long_quote_is_narrowed_to_what_supports_the_sentence() -> None:
    citations = book()
    assert citations.add(draft("The Russians repelled 26 attacks.", ("defence", DEFENCE))) is not None
    assert citations.citations[0].quote == "The Russians say they have repelled 26 attacks on Thursday."


def test_a_refusal_says_what_is_missing_and_a_second_try_makes_up_for_it() -> None:
    citations = book()
    quote = ("defence", "they have repelled 26 attacks")
    assert citations.add(draft("They repelled 62 attacks.", quote)) is None
    assert citations.add(draft("They repelled 27 attacks.", quote)) is None
    (complaint, _) = citations.retry()
    assert (complaint.text, complaint.missing) == ("They repelled 62 attacks.", ("62",))
    assert citations.add(draft("They repelled 28 attacks.", quote)) is None
    assert citations.left_out == 2
    assert citations.add(draft("They repelled 26 attacks.", quote)) is not None
    assert citations.left_out == 1
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
    sentences = [citations.add(draft(text, (passage_id, quote))) for text, passage_id, quote in drafted]
    passages = {one.passage.id: one.passage for one in HITS}
    for citation in citations.citations:
        passage = passages[citation.passage_id]
        assert passage.text[citation.start - passage.start : citation.end - passage.start] == citation.quote
    numbers = {citation.n for citation in citations.citations}
    for sentence in filter(None, sentences):
        assert sentence.citations
        assert set(sentence.citations) <= numbers
