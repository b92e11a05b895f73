"""Pages fit into a Discord message whatever the answer is, and never break a citation."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from discord import ui
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.answer.answer import Answer, Disagreement, ResolvedDay, Sentence, Unsupported
from bot.answer.question.question import Kind
from bot.discord.buttons.page_view import page_view
from bot.discord.buttons.rating import RatingButton
from bot.discord.buttons.views import PassagesButton
from bot.discord.pages import words
from bot.discord.pages.answers import Form, answer_page, waiting
from bot.discord.pages.page import Link, Mood, Page, failure, list_page
from bot.discord.pages.passages import passage_pages
from bot.discord.pages.sources import usable_link
from bot.discord.pages.status import status_page
from index.article import ArticleRef, Passage
from index.failure import Failure
from index.store.sql.runs import Counts, Run
from index.store.sql.sources import SourceInfo
from index.sync.sync import SyncProgress
from tests.bot.discord.examples import answer, answers, citation, passages, texts
from tests.bot.discord.seen import parts

MANY = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
ID = "0123456789abcdef"


def text_of(page: Page) -> str:
    return "\n".join(block.text for block in page.blocks)


def assert_fits(page: Page, *buttons: ui.Item[Any]) -> None:
    """Discord's limits on a message of Components V2."""
    components = page_view(page, *buttons).to_components()  # type: ignore[no-untyped-call]  # discord.py has no types
    found = parts(components)
    assert len(found) <= 40
    contents = [part["content"] for part in found if part["type"] == 10]
    assert contents
    assert all(contents)
    assert sum(map(len, contents)) <= 4000
    for part in found:
        if part["type"] == 2:
            assert 1 <= len(part.get("label") or part["emoji"]["name"]) <= 80
            assert len(part.get("custom_id") or "") <= 100
            assert len(part.get("url") or "") <= 512
        if part["type"] == 1:
            assert 1 <= len(part["components"]) <= 5


@MANY
@given(answers(), st.one_of(st.none(), texts), st.sampled_from(Form))
def test_an_answer_fits_and_lists_every_citation_it_shows(found: Answer, heading: str | None, form: Form) -> None:
    page = answer_page(found, heading, form)
    assert_fits(page, PassagesButton(ID, page.cut), RatingButton(ID, True), RatingButton(ID, False))
    if found.abstained or not found.sentences:
        return
    below = next((block for block in page.blocks if block.text.startswith(words.SOURCES)), None)
    above = "\n".join(block.text for block in page.blocks if block is not below)
    shown = re.findall(r"(?<!\\)\[(\d+)(?<!\\)\]", above)
    listed = re.findall(r"(?<!\\)\[(\d+)(?<!\\)\]", below.text if below else "")
    assert set(shown) == set(listed)


@pytest.mark.parametrize("links", range(10))
def test_the_thumbs_stand_in_one_row(links: int) -> None:
    thumbs = RatingButton(ID, True), RatingButton(ID, False)
    page = replace(
        answer_page(answer(1), None), links=tuple(Link(str(n), f"https://news.example/{n}") for n in range(links))
    )
    view = page_view(page, PassagesButton(ID, False), last=thumbs)
    rows = [part["components"] for part in parts(view.to_components()) if part["type"] == 1]  # type: ignore[no-untyped-call]  # discord.py has no types
    assert all(len(row) <= 5 for row in rows)
    assert [button["emoji"]["name"] for button in rows[-1][-2:]] == [words.HELPFUL, words.UNHELPFUL]
    assert sum(map(len, rows)) == links + 3


@MANY
@given(answers(), passages(), st.booleans())
def test_passages_fit(found: Answer, stored: dict[str, Passage | None], whole: bool) -> None:
    for page in passage_pages(found, stored, whole):
        if page.blocks:
            assert_fits(page, PassagesButton(ID, whole, 1, words.BACK), PassagesButton(ID, whole, 3, words.NEXT))


@MANY
@given(texts, st.lists(texts, max_size=30))
def test_reasons_and_reports_fit(reason: str, items: list[str]) -> None:
    assert_fits(failure("Reason: " + reason))
    assert_fits(list_page(words.report(1, 2, 3, 4, len(items), 5.0), items))
    assert_fits(waiting(reason))


def test_quotes_stand_as_quotes_and_prose_as_prose() -> None:
    quoted = text_of(answer_page(answer(), None))
    told = "> The bridge reopened, part 1. [1]\n\n> The bridge reopened, part 2. [2]"
    assert quoted.startswith(f"{words.CLOSEST}\n{told}")
    assert words.QUOTED in quoted
    prose = text_of(answer_page(answer(engine="openai:gpt"), None))
    assert prose.startswith("The bridge reopened, part 1. [1] The bridge reopened, part 2. [2]")
    assert "Written by openai" in prose
    points = text_of(answer_page(answer(), "Bridge", Form.POINTS))
    assert points.startswith("**Bridge**\n- The bridge reopened, part 1. [1]\n- ")


def test_sources_name_title_outlet_and_day_once_an_article() -> None:
    found = answer(
        3,
        citations=(
            citation(1),
            citation(2, article_id="a1", title="Harbour news 1", link=None, url=None),
            citation(3),
        ),
    )
    page = answer_page(found, None)
    assert "[1] [2] **Harbour news 1**\n-# The Harbour Post · 6 March 2026\n[3] **Harbour news 3**" in text_of(
        page
    )
    assert [link.label for link in page.links] == ["[1]", "[3]"]
    assert words.as_of(found.as_of) in text_of(page) if found.as_of else False


def test_a_growing_answer_says_so_and_has_no_footer() -> None:
    page = answer_page(answer(finished=False), None)
    assert page.mood is Mood.WORKING
    assert words.WRITING in text_of(page)
    assert words.QUOTED not in text_of(page)


def test_a_long_answer_is_cut_behind_a_sentence() -> None:
    sentences = tuple(Sentence(f"Sentence {n} " + "word " * 60 + "ends.", (n,)) for n in range(1, 31))
    page = answer_page(answer(30, sentences=sentences), None)
    kept = text_of(page).count("ends.")
    assert page.cut
    assert 5 < kept < 30
    assert words.rest_behind_button(30 - kept) in text_of(page)
    assert f"[{kept}] **Harbour news {kept}**" in text_of(page)
    assert f"[{kept + 1}]" not in text_of(page)


def test_many_disagreements_fit_and_those_that_do_not_are_told() -> None:
    side = Sentence("23 ships wait for a berth in the harbour. " * 3, (2,))
    few = answer(disagreements=(Disagreement((Sentence("Nine wait.", (1,)), Sentence("Ten wait.", (2,)))),) * 15)
    assert_fits(page := answer_page(few, None), PassagesButton(ID, page.cut))
    assert not page.cut
    many = answer(disagreements=(Disagreement((Sentence("Nine wait.", (1,)), side)),) * 30)
    assert_fits(page := answer_page(many, None), PassagesButton(ID, page.cut))
    shown = text_of(page).count(words.SIDES)
    assert 5 < shown < 30
    assert page.cut
    assert f"{30 - shown} disagreements between articles, behind the button" in text_of(page)
    assert "part 2" in text_of(page)
    behind = "\n".join(text_of(page) for page in passage_pages(many, {}, whole=True))
    assert behind.count(f"{words.SIDES}\nNine wait. [1]\n-# The Harbour Post · 6 March 2026") == 30


def test_the_whole_answer_comes_before_the_passages_when_it_was_cut() -> None:
    sentences = tuple(Sentence(f"Sentence {n} " + "word " * 60 + "ends.", (1,)) for n in range(1, 31))
    pages = passage_pages(answer(30, sentences=sentences, citations=(citation(1),)), {"p1": None}, whole=True)
    together = "\n".join(text_of(page) for page in pages)
    assert together.startswith(words.WHOLE_ANSWER)
    assert together.count("ends.") == 30
    assert words.page_number(1, len(pages)) in text_of(pages[0])


def test_an_abstention_offers_the_nearest_articles() -> None:
    nearest = (
        ArticleRef("a", "A *starred* title", "https://a.example/a", "Post"),
        ArticleRef("b", "Without a link", None, None),
    )
    page = answer_page(Answer("q", abstained=True, nearest=nearest, finished=True), "q")
    assert page.mood is Mood.ABSTAINED
    assert words.ABSTAINED in text_of(page)
    assert "1\\. **A \\*starred\\* title**\n-# Post · no date" in text_of(page)
    assert "2\\. **Without a link**\n-# no date" in text_of(page)
    assert [(link.label, link.url) for link in page.links] == [("1", "https://a.example/a")]
    assert page.choices == nearest


def test_what_is_quoted_is_called_the_closest_words() -> None:
    page = answer_page(answer(), "How long is the bridge?")
    assert text_of(page).startswith(
        f"**How long is the bridge?**\n{words.CLOSEST}\n> The bridge reopened, part 1. [1]"
    )
    assert words.CLOSEST in text_of(answer_page(answer(finished=False), None))
    assert words.CLOSEST in text_of(passage_pages(answer(), {}, whole=True)[0])
    assert words.CLOSEST not in text_of(answer_page(answer(engine="small-1"), None))


@pytest.mark.parametrize("kind", [Kind.SUMMARY, Kind.NEWS, Kind.LINK])
def test_points_are_close_to_no_question(kind: Kind) -> None:
    points = answer(kind=kind)
    assert text_of(answer_page(points, "Bridge")).startswith("**Bridge**\n- The bridge reopened, part 1. [1]\n- ")
    assert words.CLOSEST not in text_of(passage_pages(points, {}, whole=True)[0])


def test_a_title_from_right_to_left_leaves_the_day_behind_it_in_order() -> None:
    found = answer(1, citations=(citation(1, title="افتتاح جسر الميناء", source="صحيفة الساحل"),))
    line = "[1] **\u2068افتتاح جسر الميناء\u2069**\n-# \u2068صحيفة الساحل\u2069 · 6 March 2026"
    assert line in text_of(answer_page(found, None))
    assert "\u2068" not in text_of(answer_page(answer(1), None))


def test_notes_and_what_was_left_out_are_told() -> None:
    page = answer_page(
        answer(notes=("The model was silent.",), unsupported=(Unsupported("It is so.", "it is not"),)), None
    )
    assert "-# The model was silent." in text_of(page)
    assert words.left_out(1) in text_of(page)


def test_a_speaker_stands_in_front_of_the_words() -> None:
    page = answer_page(answer(1, sentences=(Sentence("It holds.", (1,), "The mayor"),)), None)
    assert "> **The mayor:** It holds. [1]" in text_of(page)


def test_each_passage_comes_once_with_all_quoted_words_in_bold() -> None:
    text = "First fact. Second *fact*.\n\nThird fact."
    stored = Passage("p1", "a1", text, 100, 100 + len(text), "Background")
    found = answer(
        2,
        citations=(
            citation(1, quote="First fact.", start=100),
            citation(2, passage_id="p1", quote="Second *fact*.", start=112),
        ),
    )
    (page,) = passage_pages(found, {"p1": stored}, whole=False)
    (block,) = page.blocks
    assert block.text.startswith("[1] [2] **Harbour news 1**\n-# The Harbour Post · 6 March 2026 · Background\n")
    assert r"> **First fact.** **Second \*fact\*.** Third fact." in block.text
    assert block.link is not None
    assert block.link.url == "https://news.example/1#:~:text=The%20bridge"


def test_words_that_are_not_in_the_passage_are_never_bold() -> None:
    stored = Passage("p1", "a1", "Something else.", 0, 15)
    (page,) = passage_pages(answer(1), {"p1": stored}, whole=False)
    assert "**Something" not in text_of(page)
    assert words.NOT_VERBATIM in text_of(page)


def test_a_passage_that_is_gone_leaves_its_quote_and_says_so() -> None:
    (page,) = passage_pages(answer(1), {"p1": None}, whole=False)
    assert "> The bridge reopened on Friday." in text_of(page)
    assert words.PASSAGE_GONE in text_of(page)


def test_a_long_passage_is_cut_around_its_quote() -> None:
    text = "before " * 400 + "The bridge reopened on Friday." + " after" * 400
    stored = Passage("p1", "a1", text, 0, len(text))
    (page,) = passage_pages(answer(1, citations=(citation(1, start=2800),)), {"p1": stored}, whole=False)
    assert "**The bridge reopened on Friday.**" in text_of(page)
    assert "> … " in text_of(page)
    assert text_of(page).rstrip().endswith("…")


def test_only_links_that_discord_takes_become_buttons() -> None:
    assert usable_link("https://a.example/x#:~:text=a%20b") == "https://a.example/x#:~:text=a%20b"
    assert usable_link("https://a.example/" + "x" * 600, "https://a.example/") == "https://a.example/"
    for bad in (
        None,
        "",
        "javascript:alert(1)",
        "http://localhost/x",
        "https://",
        "http://[",
        "https://a b.example",
    ):
        assert usable_link(bad) is None
    page = answer_page(answer(1, citations=(replace(citation(1), link="ftp://x.example", url=None),)), None)
    assert page.links == ()


def test_failures_are_named_up_to_ten_and_the_rest_counted() -> None:
    page = list_page(words.report(0, 0, 0, 0, 12, 1.0), [f"file{n}.pdf: *broken*" for n in range(12)])
    assert text_of(page).count("file") == 10
    assert r"file9.pdf: \*broken\*" in text_of(page)
    assert words.more_failures(2) in text_of(page)


def test_a_report_names_what_there_is_of() -> None:
    assert words.report(2, 0, 7, 0, 0, 1.5) == (
        "**The articles are up to date.**\n2 added · 7 unchanged\n-# in 1.5 seconds"
    )
    assert words.report(1, 0, 0, 0, 1, 1).startswith(
        "**The articles are read, but not all of them.**\n1 added · 1 failed"
    )
    assert words.report(0, 0, 0, 0, 3, 1).startswith("**Nothing could be read.**\n3 failed")


def test_progress_tells_how_far_how_fast_and_how_long_still() -> None:
    found = words.progress(SyncProgress(12, 50, 1, finding=True, source=2, sources=3), seconds=8)
    assert found == (
        "**Looking for articles** … source 2 of 3\n12 of 50 articles · 1.5 a second · 25 s left · 1 failed"
    )
    assert words.progress(SyncProgress(3, None, 0), seconds=0) == "**Reading the articles** …\n3 articles"
    slow = words.progress(SyncProgress(10, 610, 0), seconds=10)
    assert slow == "**Reading the articles** …\n10 of 610 articles · 1.0 a second · 10 min left"


def test_what_came_of_many_sources_fits() -> None:
    items = [f"https://example.org/{'x' * 300}/{n}: *told*" for n in range(30)]
    assert_fits(list_page(words.report(1, 2, 3, 4, 30, 5.0), items, items))


NOW = datetime(2026, 3, 7, 12, tzinfo=UTC)


def source(number: int, failing: timedelta | None = None) -> SourceInfo:
    location = f"https://example.org/{'_' * 9}/{number}"
    since = NOW - failing if failing else None
    error = "*The site* has a fault. " * 10 if failing else None
    hour = timedelta(hours=1)
    return SourceInfo(
        number, "1", location, "feed", hour, None, NOW, NOW, NOW + hour, 3, since, error, paused=False, articles=7
    )


def test_the_status_tells_what_fails_first_and_what_to_do() -> None:
    sources = [source(1), source(2, timedelta(hours=2)), source(3, timedelta(days=4))]
    run = Run("1", "index", "/home/notes.md", NOW, 1.0, Counts(added=2, updated=1), (Failure("x", "y"),))
    page = status_page(22, 3, sources, run, reading=False, now=NOW)
    told = page.blocks[0].text
    assert re.findall(r"(\d) · 7 articles", told) == ["2", "3", "1"]
    assert re.search(r"Last read: notes.md, <t:\d+:R> · 2 added · 1 changed · 1 failed", told)
    assert told.count("It is tried again <t:") == 1
    assert told.count("It fails for days now") == 1
    assert page.mood is Mood.FAILED


def test_a_long_status_fits() -> None:
    page = status_page(1, 1, [source(n, timedelta(days=4)) for n in range(40)], None, reading=True, now=NOW)
    assert_fits(page)
    assert re.search(r"and \d+ more", page.blocks[0].text)


FRIDAY = ResolvedDay("Friday", date(2023, 5, 12), date(2023, 5, 12))


def test_relative_dates_stand_beside_the_quoted_sentence() -> None:
    found = answer(
        sentences=(Sentence("The town fell on Friday.", (1,), days=(FRIDAY,)),), citations=(citation(1),)
    )
    assert "> The town fell on Friday. [1]\n> -# Friday: 12 May 2023" in text_of(answer_page(found, None))


def test_sides_stand_under_one_another_with_outlet_and_day() -> None:
    told = Sentence("Nine ships wait.", (1,))
    other = Sentence("23 ships wait.", (2,))
    found = answer(
        sentences=(told,),
        citations=(citation(1), citation(2)),
        disagreements=(Disagreement((told, other)),),
    )
    shown = text_of(answer_page(found, None))
    assert words.SIDES in shown
    assert shown.count("Nine ships wait.") == 1  # it stands above already
    assert "> [1] The Harbour Post · 6 March 2026\n> [2] The Harbour Post · 6 March 2026: 23 ships wait." in shown
    changed = replace(found, disagreements=(Disagreement((told, other), superseded=True),))
    assert words.SUPERSEDED in text_of(answer_page(changed, None))


def test_what_is_missing_and_what_was_looked_for_is_said() -> None:
    told = Sentence("Nine ships wait.", (1,))
    partly = answer(sentences=(told,), citations=(citation(1),), missing=("Who *owns* them?",))
    assert f"\n\n{words.MISSING} Who \\*owns\\* them?" in text_of(answer_page(partly, None))
    nothing = answer(abstained=True, sentences=(), citations=(), looked_for=("zeppelin", "Marta Quist"))
    assert "Looked for: zeppelin, Marta Quist" in text_of(answer_page(nothing, None))


def test_the_question_as_it_was_understood_stands_above() -> None:
    told = Sentence("Nine ships wait.", (1,))
    found = answer(sentences=(told,), citations=(citation(1),), standalone="How many ships wait outside Varn?")
    assert "-# Understood as: How many ships wait outside Varn?" in text_of(answer_page(found, "And ships?"))
