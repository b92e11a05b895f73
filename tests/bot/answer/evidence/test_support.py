from datetime import date

import pytest

from bot.answer.evidence.attribution import source_of, wrong_sources
from bot.answer.evidence.support import supports

SATURDAY = date(2023, 5, 13)

ATTACKS = "The Russians say they have repelled 26 attacks, Konashenkov said."
NO_POSITIONS = "She added that no positions in the city had been abandoned during the week."
OFFENSIVE = "Ukraine is fighting north of Bachmut with more than a thousand soldiers and at least forty tanks."
TELEGRAM = "Zelensky said on Telegram Friday after a meeting with his general staff."


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("The Russians repelled 26 attacks, they say.", ATTACKS),
        ("The Russians repelled twenty-six attacks.", ATTACKS),
        ("Konashenkov said that the Russians repelled the attacks.", ATTACKS),
        ("No positions in the city were abandoned.", NO_POSITIONS),
        ("Ukraine fights with 1,000 soldiers and 40 tanks north of Bakhmut.", OFFENSIVE),
        ("On Friday 12 May 2023 Zelensky spoke on Telegram after a meeting.", TELEGRAM),
        ("Zelensky spoke on Telegram on 12 May.", TELEGRAM),
        ("Drivers may no longer use the pass.", "Drivers may not use the pass from Monday"),
        ("More than 200 flights were cancelled.", "The airport cancelled 212 flights on Tuesday"),
        ("Nearly 10,000 people signed the letter.", "9,800 people have signed the letter"),
        ("About a third of the pupils use the bus.", "34 per cent of the pupils use the bus"),
        ("The company loses 20 per cent of its water.", "The company loses a fifth of its water"),
        ("The Sunday buses run less often.", "On Sundays the buses run less often"),
        ("It cost 3.5 million euros.", "The work has cost 3,500,000 euros so far."),
        ("In 2022 it cost more euros.", "Last year it cost many more euros than now."),
        ("De Russen sloegen 26 aanvallen af, zei Konasjenkov.", ATTACKS),
        ("Die Russen haben sechsundzwanzig Angriffe abgewehrt, sagte Konaschenkow.", ATTACKS),
        ("Los rusos han repelido veintiséis ataques, dijo Konashénkov.", ATTACKS),
        ("Rusland heeft 26 aanvallen afgeslagen.", ATTACKS.replace("The Russians", "Russia")),
        ("The town is Bakhmut, on the front.", "Das Dorf Bachmut liegt an der Front und ist umkämpft."),
    ],
)
def test_what_the_quote_says_is_supported(sentence: str, quote: str) -> None:
    support = supports(sentence, [quote], published=[SATURDAY])
    assert support.missing == ()
    assert support.ok


@pytest.mark.parametrize(
    ("sentence", "quote", "missing"),
    [
        ("The Russians repelled 62 attacks, they say.", ATTACKS, "62"),
        ("The Russians repelled thirty attacks.", ATTACKS, "thirty"),
        ("The Russians, said Joe Biden, repelled attacks.", ATTACKS, "Biden"),
        ("The Russians did not repel the attacks.", ATTACKS, "the quote denies nothing"),
        ("The Russians haven't repelled the attacks.", ATTACKS, "the quote denies nothing"),
        ("Positions in the city had been abandoned.", NO_POSITIONS, "the quote denies it"),
        ("On 11 May 2023 Zelensky spoke on Telegram.", TELEGRAM, "11 May 2023"),
        ("On 12 May 2022 Zelensky spoke on Telegram.", TELEGRAM, "12 May 2022"),
        ("On Thursday Zelensky spoke on Telegram after a meeting.", TELEGRAM, "Thursday"),
        ("On Friday 19 May 2023 Zelensky spoke on Telegram.", TELEGRAM, "19 May 2023"),
        ("Bananas are grown in the winter.", ATTACKS, "too few words in common with the quote"),
        ("The Russians repelled 26 attacks, and the road was cleared.", ATTACKS, "the road was cleared"),
        ("More than 300 flights were cancelled.", "The airport cancelled 212 flights", "300"),
        ("More than 200 flights were cancelled.", "The airport cancelled 212 trains and flights", "200"),
        (
            "A quarter of the pupils use the bus.",
            "34 per cent of the pupils use the bus",
            "quarter (the passage never mentions it)",
        ),
        ("The company loses 25 per cent of its water.", "The company loses a fifth of its water", "25"),
        ("Lund sold Brandt to Hesse.", "Brandt sold a horse to Lund, not to Hesse", "who did what to whom (sell)"),
        (
            "The union has gathered 300 signatures.",
            "The union agrees; the pupils have gathered 300 signatures",
            "who did what to whom (gathe)",
        ),
        (
            "Tickets to the island are not valid.",
            "Nobody is alarmed: tickets to the island stay valid",
            "the quote denies nothing",
        ),
        (
            "The company will cut the pressure at night.",
            "If it does not rain, the company will cut the pressure at night",
            "the quote says so only under a condition",
        ),
        (
            "The buses will run less often.",
            "Should the drivers not be found, the buses will run less often",
            "the quote says so only under a condition",
        ),
        (
            "Der Rat hat ein Kraftwerk beschlossen.",
            "Über ein Kraftwerk soll der Rat im März beschließen",
            "the quote only says that it may be so",
        ),
        ("More than 1,000 Russians repelled attacks.", ATTACKS + " One of them did.", "1,000"),
        ("It did so.", ATTACKS, "nothing in it can be checked"),
        ("De Russen sloegen 62 aanvallen af.", ATTACKS, "62"),
        ("Volgens Joe Biden sloegen de Russen 26 aanvallen af.", ATTACKS, "Biden"),
    ],
)
def test_what_the_quote_lacks_is_named(sentence: str, quote: str, missing: str) -> None:
    support = supports(sentence, [quote], published=[SATURDAY])
    assert not support.ok
    assert missing in support.missing


def test_two_quotes_support_a_sentence_together() -> None:
    sentence = "The Russians repelled 26 attacks and Ukraine uses 40 tanks."
    assert not supports(sentence, [ATTACKS]).ok
    assert supports(sentence, [ATTACKS, OFFENSIVE]).ok


def test_a_name_may_stand_around_the_quote_and_a_number_may_not() -> None:
    quote, around = "He says the troops are retreating because of losses.", ["Prigozhin counts 300 dead."]
    assert supports("The troops are retreating, said Prigozhin.", [quote], around=around).ok
    assert not supports("The 300 troops are retreating because of losses.", [quote], around=around).ok


def test_a_leading_question_lends_no_name_within_one_language() -> None:
    quote = "He visited the town and spoke to the soldiers there."
    sentence = "In the town the soldiers met Biden, who visited them."
    assert not supports(sentence, [quote], question="Did Biden visit the town?").ok


def test_a_name_of_the_question_counts_when_the_evidence_is_in_another_language() -> None:
    quote = "The hosts of Vienna welcomed the guests on the river."
    sentence = "De gasten werden in de stad Bécs ontvangen."
    assert not supports(sentence, [quote]).ok
    assert supports(sentence, [quote], question="Wie ontving de gasten in Bécs?").ok


def test_a_day_ahead_counts_only_where_the_quote_looks_ahead() -> None:
    sentence = "On 19 May 2023 the leaders meet in Hiroshima."
    assert supports(sentence, ["The leaders will meet in Hiroshima on Friday."], published=[SATURDAY]).ok
    assert not supports(sentence, ["The leaders met in Hiroshima on Friday."], published=[SATURDAY]).ok


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("Six gates of the dam were opened.", "four of the six gates of the dam were opened"),
        ("The mayor puts the number of homes at 340.", "The ministry puts the number of homes at 340"),
        ("The mill has closed its yard in Orle.", "The mill has cranes in its yard in Orle"),
        ("Sarrokh passed his medical in Tervell.", "provided that he passes a medical in Tervell, Sarrokh may go"),
    ],
)
def test_a_whole_an_event_and_a_condition_are_not_told_otherwise(sentence: str, quote: str) -> None:
    support = supports(sentence, [quote], context=[quote], around=[quote])
    sources_differ = bool(
        list(wrong_sources(sentence, [source_of(quote, [(0, len(quote))], 0)], [], [], translated=False))
    )
    assert not support.ok or sources_differ


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("At most 400 people take part in the strike.", "no more than 400 people take part in the strike"),
        ("The driver of the coach was not hurt.", "The driver of the coach was unharmed"),
        ("Nobody died in the fire at the mill.", "Nobody was killed in the fire at the mill"),
    ],
)
def test_the_same_in_other_words_is_kept(sentence: str, quote: str) -> None:
    assert supports(sentence, [quote], context=[quote], around=[quote]).missing == ()
