import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answer.engine import Claim, Draft
from bot.answer.reply import NOT_IN_ARTICLES, ReplyReader

IDS = {"k3f": "A", "k9a": "B"}
Read = list[tuple[str, list[tuple[str, str | None]]]]


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
        '<think>k9a says {k9a "x"}\nno</think>It is open. {k3f "cleared the road"}',
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


def test_several_sentences_on_a_line() -> None:
    assert read('It fell. {k3f "the city fell"} They left. {k9a "they left it"}') == [
        ("It fell.", [("A", "the city fell")]),
        ("They left.", [("B", "they left it")]),
    ]


def test_evidence_behind_two_sentences_is_offered_to_both() -> None:
    assert read('The city fell. The men left it. {k3f "fell and was left"}') == [
        ("The city fell.", [("A", "fell and was left")]),
        ("The men left it.", [("A", "fell and was left")]),
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
        'It is open. {k8z "cleared the road"}',
        'It is open. {1 "cleared the road"}',
        "It is open.",
        'See https://evil.example/now for more. {k3f "cleared the road"}',
        'See www.evil.example for more. {k3f "cleared the road"}',
        'Ask <@123> about it. {k3f "cleared the road"}',
        'Look in <#123> for it. {k3f "cleared the road"}',
        'Wake up @everyone now. {k3f "cleared the road"}',
        'According to k3f it is open. {k3f "cleared the road"}',
    ],
)
def test_a_sentence_without_evidence_or_with_what_models_may_not_write_has_no_claims(line: str) -> None:
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


def test_thinking_that_never_ends_says_nothing() -> None:
    assert drafts('<think>It is open. {k3f "cleared the road"}\n' * 3) == []


def test_a_reply_without_line_ends_is_bounded() -> None:
    reader = ReplyReader(IDS)
    found = [draft for _ in range(100) for draft in reader.feed('It is open. {k3f "cleared the road"} ' * 10)]
    assert len(found) > 500


reply_pieces = st.sampled_from(
    [
        "It is open. ",
        '{k3f "cleared the road"}',
        "\n",
        "<think>",
        "</think>",
        "k9a",
        '"',
        "{",
        "}",
        "[",
        "“a”",
        "- ",
    ]
)


@given(st.lists(reply_pieces, max_size=25).map("".join), st.integers(1, 9))
def test_where_the_stream_is_cut_makes_no_difference(reply: str, size: int) -> None:
    assume_same = drafts(reply, size)
    assert assume_same == drafts(reply, len(reply) + 1)
    assert all(claim.passage_id in IDS.values() for draft in assume_same for claim in draft.claims)
