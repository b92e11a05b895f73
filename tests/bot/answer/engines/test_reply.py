import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answer.engines.engine import Claim, Draft
from bot.answer.engines.reply import NOT_IN_ARTICLES, ReplyReader

IDS = {"k3f": "A", "k9a": "B"}
Read = list[tuple[str, list[tuple[str | None, str | None]]]]
OPEN = (None, None)
"""A claim whose words may stand anywhere."""


def drafts(reply: str, size: int = 1) -> list[Draft]:
    reader = ReplyReader(IDS)
    found = [draft for start in range(0, len(reply), size) for draft in reader.feed(reply[start : start + size])]
    return [*found, *reader.finish()]


def read(reply: str) -> Read:
    return [(draft.text, [(claim.passage_id, claim.quote) for claim in draft.claims]) for draft in drafts(reply)]


def test_the_format_asked_for() -> None:
    reply = 'It is open. {k3f "has cleared the road"} {k9a "is open"}\nHe left. {k9a "he went away"}'
    assert drafts(reply) == [
        Draft("It is open.", (Claim("A", "has cleared the road"), Claim("B", "is open"))),
        Draft("He left.", (Claim("B", "he went away"),)),
    ]


@pytest.mark.parametrize(
    "line",
    [
        'It is open. {k3f "cleared the road"}',
        'It is open. {k3f "cleared the road"',
        'It is open. {k3f "cleared the road}',
        "It is open. {k3f cleared the road}",
        "It is open. {k3f 'cleared the road'}",
        "It is open. {k3f: “cleared the road”}.",
        'It is open {k3f "cleared the road"}.',
        'It is open. [k3f "cleared the road"]',
        'It is open. (k3f, "cleared the road")',
        'It is open. k3f "cleared the road"',
        'It is open. {K3F "cleared the road"}',
        'It is open. {passage k3f "cleared the road"}',
        '- It is open. {k3f "cleared the road"}',
        '1. **It is open.** {k3f "cleared the road"}',
        '> _It is open._ {k3f "cleared the road"}',
        'It is open.\n{k3f "cleared the road"}',
        'It is open.\n\n  {k3f "cleared the road"}',
        'k9a says so\n</think>\nIt is open. {k3f "cleared the road"}',
        'Here is the answer:\nIt is open. {k3f "cleared the road"}',
        '[It is open.](http://evil.example) {k3f "cleared the road"}',
        'It is open. {k3f "cleared the road"; kzz "made up"}',
        'It is open. {k3f "cleared the road", k2b "made up"}',
        'It is open. {k3f "cleared the road"}\r\n',
    ],
)
def test_what_models_make_of_it(line: str) -> None:
    assert read(line) == [("It is open.", [("A", "cleared the road")])]


@pytest.mark.parametrize(
    "line", ["It is open. {k3f}", "It is open. k3f", "It is open {k3f}.", 'It is open. {k3f ""}']
)
def test_a_missing_quote_leaves_the_passage(line: str) -> None:
    assert read(line) == [("It is open.", [("A", None)])]


@pytest.mark.parametrize(
    "line",
    [
        'It is open. [k3f] "cleared the road"',
        'It is open. (passage k3f: "cleared the road")',
        'It is open. {1 "cleared the road"}',
        'It is open. [1: "cleared the road"]',
        'It is open. [Source 1: "cleared the road"]',
        'It is open. [1] "cleared the road"',
        'It is open.\nEvidence: k3f "cleared the road"',
        'It is open.\n**Source:** {k3f "cleared the road"}',
        'It is open. {k3f "cleared the road"}\n\nSources:\n- k9a "another thing"\n- Courier, 12 May',
        'It is open. {k3f "cleared the road"}\n[^1]: k9a "another thing"',
        '## Answer\n\nIt is open. {k3f "cleared the road"}',
        '{"sentence": "It is open.", "key": "k3f", "quote": "cleared the road"}',
        '```json\n[\n  {\n    "text": "It is open.",\n    "evidence": [{"quote": "cleared the road", "id": 2, '
        '"key": "k3f"}]\n  }\n]\n```',
        '{"answer": [{"claim": "It is open.", "confidence": 0.9, "source": 1, "quote": "cleared the road"}]}',
        '{"asked": "Is it?", "sentences": [{"fact": "It is open.", "evidence": "k3f \\"cleared the road\\""}]}',
        '| Claim | Evidence |\n|---|:---:|\n| It is open. | k3f "cleared the road" |',
        "| Nr | Claim | Key | Quote |\n|---|---|---|---|\n| 1 | It is open. | k3f | cleared the road |",
    ],
)
def test_other_forms_of_evidence(line: str) -> None:
    assert read(line) == [("It is open.", [("A", "cleared the road")])]


@pytest.mark.parametrize(
    "line",
    [
        "It is open. [2]",
        "It is open [2].",
        "It is open.[2]",
        "It is open (2).",
        "It is open. 【2】",
        "It is open【2†source】.",
        "It is open.²",
        "It is open².",
        "It is open.<sup>2</sup>",
        "It is open.[^2]",
        "It is open. [Source 2]",
        "It is open (passage 2).",
        "It is open. (Source: k9a)",
        "It is open. **k9a**",
        "It is open `k9a`.",
        '{"sentence": "It is open.", "passage": 2}',
        '[{"sentence": "It is open. [2]"}]',
        "| Claim | Source |\n|---|---|\n| It is open. | 2 |",
    ],
)
def test_numbers_count_the_passages_in_the_order_shown(line: str) -> None:
    assert read(line) == [("It is open.", [("B", None)])]


def test_several_numbers_and_numbers_of_no_passage() -> None:
    assert read("It is open [1, 2].") == [("It is open.", [("A", None), ("B", None)])]
    assert read("It is open [1][2].") == [("It is open.", [("A", None), ("B", None)])]
    assert read("It is open [7].") == [("It is open.", [OPEN])]
    assert read("It fell [1] and was left [2].") == [("It fell and was left.", [("A", None), ("B", None)])]


@pytest.mark.parametrize(
    "text",
    [
        "The driver (52) went home (7).",
        "It has 40 m² of glass.",
        "In 1990 (2) fell.",
        'He said it was "over now" and left.',
        "Sources say that it is open.",
        "In 2 days, it opens.",
    ],
)
def test_numbers_and_words_that_are_no_marks_stay(text: str) -> None:
    assert "".join(draft.text for draft in drafts(text)) == text


@pytest.mark.parametrize(
    ("line", "claim"),
    [
        ("It is open.", OPEN),
        ("It is open. {k8z}", OPEN),
        ('It is open. {k8z "cleared the road"}', (None, "cleared the road")),
        ('It is open ("cleared the road").', (None, "cleared the road")),
        ("According to passage 2, it is open.", OPEN),
        ("According to k3f, it is open.", OPEN),
        ('{"sentence": "It is open.", "quote": "cleared the road"}', (None, "cleared the road")),
    ],
)
def test_words_without_their_passage_may_stand_in_any(line: str, claim: tuple[str | None, str | None]) -> None:
    assert read(line) == [("It is open.", [claim])]


def test_several_sentences_on_a_line() -> None:
    assert read('It fell. {k3f "the city fell"} They left. {k9a "they left it"}') == [
        ("It fell.", [("A", "the city fell")]),
        ("They left.", [("B", "they left it")]),
    ]


def test_evidence_behind_two_sentences_is_offered_to_both() -> None:
    assert read('The city fell. The men left it. {k3f "fell and was left"}') == [
        ("The city fell.", [("A", "fell and was left"), OPEN]),
        ("The men left it.", [("A", "fell and was left"), OPEN]),
    ]


def test_quotations_and_brackets_within_a_quote() -> None:
    reply = 'He spoke. {k3f "he said "the road (M03) is ours", and left"} {k9a "“We will”, he said"}'
    assert read(reply) == [
        ("He spoke.", [("A", 'he said "the road (M03) is ours", and left'), ("B", "“We will”, he said")])
    ]


def test_two_quotes_of_one_passage() -> None:
    assert read('So it is. {k3f "one thing", "another thing"}') == [
        ("So it is.", [("A", "one thing"), ("A", "another thing")])
    ]


@pytest.mark.parametrize(
    "line",
    [
        'See https://evil.example/now for more. {k3f "cleared the road"}',
        'See www.evil.example for more. {k3f "cleared the road"}',
        'Ask <@123> about it. {k3f "cleared the road"}',
        'Look in <#123> for it. {k3f "cleared the road"}',
        'Wake up @everyone now. {k3f "cleared the road"}',
        'According to k3f it is open. {k3f "cleared the road"}',
        "See https://evil.example/now for more. [1]",
        '{"sentence": "Wake up @everyone now.", "key": "k3f", "quote": "cleared the road"}',
        '|-|-|\n| See www.evil.example for more. | k3f "cleared the road" |',
    ],
)
def test_a_sentence_with_what_models_may_not_write_has_no_claims(line: str) -> None:
    assert [claims for _, claims in read(line)] == [[]]


def test_markup_and_images_are_taken_out() -> None:
    assert read('![x](http://a.example/b.png) ||It|| is `open`, *he* says on @x_y. {k3f "it is open"}') == [
        ("It is open, he says on x_y.", [("A", "it is open")])
    ]


@pytest.mark.parametrize(
    "reply", [NOT_IN_ARTICLES, f"  **{NOT_IN_ARTICLES}**", f"{NOT_IN_ARTICLES}: none says so.", "Not in articles."]
)
def test_abstaining(reply: str) -> None:
    reader = ReplyReader(IDS)
    assert [*reader.feed(reply + "\nBut it may be so. {k3f}"), *reader.finish()] == []
    assert reader.abstained


def test_abstaining_after_an_introduction_counts_and_after_a_sentence_does_not() -> None:
    reader = ReplyReader(IDS)
    assert [*reader.feed(f"I looked.\n{NOT_IN_ARTICLES}"), *reader.finish()] == []
    assert reader.abstained
    reader = ReplyReader(IDS)
    found = [*reader.feed(f'It is open. {{k3f "cleared"}}\n{NOT_IN_ARTICLES}'), *reader.finish()]
    assert [draft.text for draft in found] == ["It is open."]
    assert not reader.abstained


def test_a_sentence_comes_as_soon_as_its_line_ends() -> None:
    reader = ReplyReader(IDS)
    assert list(reader.feed('It is open. {k3f "cleared"}')) == []
    assert [draft.text for draft in reader.feed("\nNext")] == ["It is open."]


@pytest.mark.parametrize(
    "reply",
    [
        'It is open. {k3f "cleared"} They',
        "It is open [1]. They",
        '[{"text": "It is open.", "key": "k3f"}, {"te',
        '{"sentences": [{"text": "It is open.", "key": "k3f"}',
    ],
)
def test_a_sentence_does_not_wait_for_those_behind_it_on_its_line(reply: str) -> None:
    reader = ReplyReader(IDS)
    assert [draft.text for draft in reader.feed(reply)] == ["It is open."]


@pytest.mark.parametrize("reply", ['{"sentence": "It is open.', '{"sentence": 5}\n', "| Claim | Key |\n"])
def test_data_that_breaks_off_or_holds_no_sentence_says_nothing(reply: str) -> None:
    assert drafts(reply) == []


def test_an_abstention_in_json() -> None:
    reader = ReplyReader(IDS)
    assert [*reader.feed(f'{{"answer": "{NOT_IN_ARTICLES}"}}'), *reader.finish()] == []
    assert reader.abstained


def test_a_reply_without_line_ends_is_bounded() -> None:
    reader = ReplyReader(IDS)
    found = [draft for _ in range(100) for draft in reader.feed('It is open. {k3f "cleared the road"} ' * 10)]
    assert len(found) > 500


reply_pieces = st.sampled_from(
    [
        "It is open. ",
        '{k3f "cleared the road"}',
        "\n",
        "</think>",
        "k9a",
        '"',
        "{",
        "}",
        "[",
        "“a”",
        "- ",
        "[1]",
        "(2)",
        '{"text": "It fell.", "key": "k3f"}',
        '{"a": [',
        "|",
        "|---|\n",
        "Sources: ",
        "¹",
        " It",
    ]
)


@given(st.lists(reply_pieces, max_size=25).map("".join), st.integers(1, 9))
def test_where_the_stream_is_cut_makes_no_difference(reply: str, size: int) -> None:
    assume_same = drafts(reply, size)
    assert assume_same == drafts(reply, len(reply) + 1)
    assert all(claim.passage_id in (None, *IDS.values()) for draft in assume_same for claim in draft.claims)


@pytest.mark.parametrize("nested", ['{"a":' + "[" * 3000, '[{"text":' + '{"a":' * 900 + "1" + "}" * 900 + "}]"])
def test_brackets_in_brackets_end_no_reply(nested: str) -> None:
    first, *_ = drafts(f"It is open. {{k2a}}\n{nested}", size=50)
    assert first.text == "It is open."
