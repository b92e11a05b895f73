from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answer.links import MAX_LINK, text_fragment

URL = "https://news.example/road"


def test_a_short_quote_is_looked_for_whole() -> None:
    assert text_fragment(URL, "two kilometers into the region") == (
        "https://news.example/road#:~:text=two%20kilometers%20into%20the%20region"
    )


def test_characters_with_a_meaning_in_the_syntax_are_encoded() -> None:
    link = text_fragment(URL, "well-known salt, pepper & oil")
    assert link == f"{URL}#:~:text=well%2Dknown%20salt%2C%20pepper%20%26%20oil"


def test_a_long_quote_is_a_range_from_its_first_to_its_last_words() -> None:
    quote = "There has been fierce fighting around the important city for months and it goes on."
    assert text_fragment(URL, quote) == f"{URL}#:~:text=There%20has%20been%20fierce,and%20it%20goes%20on"


def test_a_quote_over_two_paragraphs_is_a_range() -> None:
    link = text_fragment(URL, "the first one\n\nthe next one")
    assert link == f"{URL}#:~:text=the%20first%20one,the%20next%20one"


def test_the_end_of_one_word_is_looked_for_where_others_are_awkward() -> None:
    link = text_fragment(URL, "it carries (almost) everything")
    assert link == f"{URL}#:~:text=it%20carries,everything"


def test_more_words_tell_a_sentence_from_the_heading_that_it_begins_with() -> None:
    quote = "We did not give that order. We were told about it later, and nobody knows why."
    link = text_fragment(URL, quote, before="We did not give that order\n\nShe said: ")
    start = "We%20did%20not%20give%20that%20order.%20We%20were"
    assert link == f"{URL}#:~:text={start},and%20nobody%20knows%20why"


def test_the_words_around_a_quote_tell_it_from_the_same_words_before() -> None:
    before = "The ferry is late, nobody knows why, again.\n\nOn Tuesday, "
    link = text_fragment(URL, "the ferry is late, nobody knows why", before, ", and nobody asks.\n\nMore")
    assert (
        link
        == f"{URL}#:~:text=On%20Tuesday%2C-,the%20ferry%20is%20late%2C%20nobody%20knows%20why,-%2C%20and%20nobody"
    )


def test_a_quote_of_few_words_is_looked_for_among_its_neighbours() -> None:
    link = text_fragment(URL, "the ferry", "They say that ", " is late.")
    assert link == f"{URL}#:~:text=They%20say%20that-,the%20ferry,-is%20late"


def test_where_nothing_tells_two_places_apart_the_link_is_plain() -> None:
    again = "The ferry is late, nobody knows why."
    assert text_fragment(URL, again, before=f"{again}\n\n", after=f"\n\n{again}") == URL


def test_the_end_is_not_looked_for_behind_every_start() -> None:
    # A hundred thousand starts and no end, since the quote is cut in the middle of a word: were each start tried
    # with the rest of the text, it would take a hundred billion steps.
    before = "one two three " * 100_000
    assert text_fragment(URL, "one two three (or) fo", before, "ur") == URL


def test_an_existing_fragment_is_kept_and_an_old_directive_is_not() -> None:
    assert text_fragment(f"{URL}#part", "some words here") == f"{URL}#part:~:text=some%20words%20here"
    assert text_fragment(f"{URL}#:~:text=old", "some words here") == f"{URL}#:~:text=some%20words%20here"


def test_the_ends_avoid_what_masked_links_break_on() -> None:
    quote = "“Don't! (he said) it's the enemy who has cleared 50% of the road and that's (surely) so!”"
    link = text_fragment(URL, quote)
    assert link is not None
    for broken in ("%21", "%25", "%27", "%28", "%29", "%2A", "%E2%80"):
        assert broken not in link
    start, end = (unquote(part) for part in link.split(":~:text=")[1].split(","))
    assert (start, end) == ("he said", "so")


def test_a_link_that_gets_too_long_stays_plain() -> None:
    url = "https://news.example/" + "a" * 470
    assert text_fragment(url, "quite a few words that fill up the rest of the room") == url


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "ftp://news.example/a",
        "/relative",
        "https://user:secret@news.example/",
        "https://news.example/a b",
        "https://news.example/<b>",
        "https://[broken/",
        "https://news.example/" + "a" * 500,
        "",
    ],
)
def test_a_url_that_cannot_be_a_link_gives_none(url: str) -> None:
    assert text_fragment(url, "some words here") is None


def test_other_scripts_are_encoded() -> None:
    link = text_fragment("https://новини.example/стаття?q=ї", "Бахмут наш і буде наш")
    assert link is not None
    assert link.isascii()
    assert link.startswith("https://xn--")
    assert unquote(link.split("text=")[1]) == "Бахмут наш і буде наш"


def test_a_quote_without_words_gives_the_plain_url() -> None:
    assert text_fragment(URL, " — ") == URL


@given(st.text(max_size=300))
def test_any_quote_gives_a_link_that_fits(quote: str) -> None:
    link = text_fragment(URL, quote.encode("utf-8", "ignore").decode())
    assert link is not None
    assert len(link) <= MAX_LINK
    assert link.isascii()
    assert link.startswith(URL)
    if link != URL:
        directive = link.removeprefix(f"{URL}#:~:text=")
        assert directive.count(",") <= 1
        assert "-" not in directive
        assert "&" not in directive
