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
from bot.discord.buttons.answer_view import answer_view
from bot.discord.buttons.views import PassagesButton
from bot.discord.components.page_view import page_view
from bot.discord.pages.answers import answer_page, waiting
from bot.discord.pages.heads import Form
from bot.discord.pages.page import Link, Mood, Page, failure, list_page, moved
from bot.discord.pages.passages import passage_pages
from bot.discord.pages.sources import usable_link
from bot.discord.pages.status import status_page
from bot.discord.pages.summaries import digest_shown, timeline_shown
from bot.discord.speech import figures
from bot.discord.words import answering, labels, readings, summaries
from bot.summary import Digest, Event, Story, Timeline
from index.article import ArticleRef, Passage
from index.failure import Failure
from index.search import Filters
from index.store.sql.listed import Counts, Run
from index.store.sql.sources import SourceInfo
from index.sync.sync import SyncProgress
from tests.bot.discord.examples import answer, answers, citation, passages, texts
from tests.bot.discord.seen import parts
from tests.properties import examples

MANY = settings(max_examples=examples(150), deadline=None, suppress_health_check=list(HealthCheck))
ID = "0123456789abcdef"
LOWERED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
STAMP = figures.stamp(date(2026, 3, 6))


def mark(n: int) -> str:
    """The mark of citation ``n`` of an example."""
    return f"[{'⁰¹²³⁴⁵⁶⁷⁸⁹'[n]}](https://news.example/{n}#:~:text=The%20bridge)"


def line(n: int) -> str:
    """The line of the article that citation ``n`` of an example is of."""
    return f"-# {n} · [Harbour news {n}](https://news.example/{n}) · The Harbour Post · {STAMP}"


def text_of(page: Page) -> str:
    return "\n".join(block.text for block in page.blocks)


def assert_fits(page: Page, *buttons: ui.Item[Any]) -> None:
    fits(page_view(page, *buttons))


def fits(view: ui.LayoutView) -> None:
    """Discord's limits on a message of Components V2."""
    components = view.to_components()  # type: ignore[no-untyped-call]  # discord.py has no types
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


@pytest.mark.long
@MANY
@given(answers(), st.one_of(st.none(), texts), st.sampled_from(Form))
def test_an_answer_fits_and_lists_every_article_it_cites(found: Answer, heading: str | None, form: Form) -> None:
    page = answer_page(found, heading, form)
    fits(answer_view(found, ID, 2**63, heading, form))
    if found.abstained or not found.sentences:
        return
    lines = "\n".join(block.text for block in page.blocks).split("\n")
    marked = re.findall(r"(?<= )\[?([⁰¹²³⁴⁵⁶⁷⁸⁹]+)(?=$|[ \](\n])", "\n".join(lines), re.MULTILINE)
    listed = re.findall(r"^-# (\d+) · ", "\n".join(lines), re.MULTILINE)
    assert listed == sorted(set(listed), key=int)
    assert {mark.translate(LOWERED) for mark in marked} <= set(listed)


@pytest.mark.parametrize("count", [1, 30])
def test_the_buttons_of_an_answer_stand_in_one_row_and_read_on_in_its_own(count: int) -> None:
    view = answer_view(answer(count), ID, 7, None)
    rows = [part["components"] for part in parts(view.to_components()) if part["type"] == 1]  # type: ignore[no-untyped-call]  # discord.py has no types
    seen = [[button["label"] for button in row] for row in rows]
    row = [labels.SHOW_PASSAGES(), labels.ASK_ON(), labels.HELPFUL(), labels.UNHELPFUL(), labels.MORE]
    assert seen == ([row] if count == 1 else [[labels.SHOW_ALL()], row])


@MANY
@given(answers(), passages(), st.booleans())
def test_passages_fit(found: Answer, stored: dict[str, Passage | None], whole: bool) -> None:
    for page in passage_pages(found, stored, whole):
        if page.blocks:
            assert_fits(
                page, PassagesButton(ID, whole, 1, labels.BACK()), PassagesButton(ID, whole, 3, labels.NEXT())
            )


@MANY
@given(texts, st.lists(texts, max_size=30))
def test_reasons_and_reports_fit(reason: str, items: list[str]) -> None:
    assert_fits(failure("Reason: " + reason))
    assert_fits(list_page(readings.report(1, 2, 3, 4, len(items), 5.0), items))
    assert_fits(waiting(reason))


def test_quotes_stand_as_quotes_and_prose_a_sentence_a_line() -> None:
    quoted = text_of(answer_page(answer(), None))
    assert f"\n> The bridge reopened, part 1. {mark(1)}\n> The bridge reopened, part 2. {mark(2)}\n" in quoted
    prose = text_of(answer_page(answer(engine="openai:gpt"), None))
    assert f"\nThe bridge reopened, part 1. {mark(1)}\nThe bridge reopened, part 2. {mark(2)}\n" in prose
    assert "Written by openai" in prose
    points = text_of(answer_page(answer(), "Bridge", Form.POINTS))
    assert points.startswith(
        f"### Bridge\n-# 2 sources · as of {STAMP}\n- The bridge reopened, part 1. {mark(1)}\n- "
    )


def test_an_article_is_listed_once_and_has_one_number() -> None:
    same = citation(
        2, article_id="a1", title="Harbour news 1", link="https://news.example/1#:~:text=On%20(Friday)"
    )
    found = answer(3, citations=(citation(1), same, citation(3)))
    told = text_of(answer_page(found, None))
    assert told.count("[Harbour news 1](") == 1
    assert line(1) in told
    assert "-# 2 · [Harbour news 3](https://news.example/3)" in told
    assert "part 2. [¹](https://news.example/1#:~:text=On%20%28Friday%29)" in told
    assert "-# 2 sources · as of" in told


def test_one_mark_opens_all_the_words_of_an_article_that_a_sentence_rests_on() -> None:
    same = citation(2, article_id="a1", title="Harbour news 1", link="https://news.example/1#:~:text=On%20Friday")
    both = answer(sentences=(Sentence("It is so.", (1, 2)),), citations=(citation(1), same))
    told = text_of(answer_page(both, None))
    assert "It is so. [¹](https://news.example/1#:~:text=The%20bridge&text=On%20Friday)\n" in told
    long = replace(same, link=f"https://news.example/1#:~:text={'x' * 480}")
    told = text_of(answer_page(replace(both, citations=(citation(1), long)), None))
    assert f"It is so. {mark(1)}\n" in told  # Discord takes no longer address


def test_a_digest_is_a_line_and_a_link_a_story_and_more_has_the_rest_by_story() -> None:
    article = ArticleRef("a1", "Harbour news 1", "https://news.example/1", "The Harbour Post", published_at=NOW)
    points = Sentence("The bridge is open.", (1,)), Sentence("It cost much.", (1,))
    story = Story("Harbour news 1", points, (article,), ("The Harbour Post",))
    shown = digest_shown(Digest(NOW, (story,), (citation(1),), 1, ("The Harbour Post",), more=2))
    told = text_of(shown.page)
    assert (
        "[**Harbour news 1**](https://news.example/1#:~:text=The%20bridge)\nThe bridge is open.\n-# The H" in told
    )
    assert "It cost much." not in told
    assert told.count("news.example/1") == 1
    assert shown.label == labels.MORE_OF_STORIES()
    assert shown.behind
    [page] = passage_pages(shown.behind, {}, whole=True)
    assert "**Harbour news 1**\nThe bridge is open. " in text_of(page)
    assert "\nIt cost much. " in text_of(page)


def test_a_digest_of_many_stories_opens_with_their_headlines() -> None:
    line = Sentence(
        "The harbour bridge is open again to lorries, after four months of repairs to its cables.", (1,)
    )

    def told(count: int) -> tuple[list[str], str]:
        refs = [ArticleRef(f"a{n}", f"Harbour news {n}", None, "The Post", published_at=NOW) for n in range(count)]
        stories = tuple(Story(ref.title, (line,), (ref,), ("The Post",)) for ref in refs)
        text = text_of(digest_shown(Digest(NOW, stories, (citation(1),), count, ("The Post",))).page)
        return re.findall(r"Harbour news \d+", text), text

    assert told(3)[1].count(line.text) == 3
    headlines, text = told(7)
    assert (len(headlines), text.count(line.text)) == (7, 1)
    headlines, text = told(30)
    assert text.count(line.text) == 0
    assert 8 <= len(headlines) < 30
    assert summaries.MORE_STORIES(30 - len(headlines)) in text


def test_long_points_are_told_by_their_first_sentences_and_read_on() -> None:
    friday = ResolvedDay("Friday", date(2026, 3, 6), date(2026, 3, 6))
    long = (
        "The bridge reopened on Monday. Engineers replaced nine of its cables by Friday. " + "It cost much. " * 9
    )
    points = tuple(Sentence(long.strip(), (1,), days=(friday,)) for _ in range(5))
    found = answer(sentences=points, kind=Kind.SUMMARY)
    told = answer_page(found, "Bridge")
    assert text_of(told).count(f"- The bridge reopened on Monday. {mark(1)}\n") == 5
    assert "cables" not in text_of(told)
    assert "6 March" not in text_of(told)
    assert answering.rest_behind_button(50) in text_of(told)
    assert told.cut
    assert "cables" in text_of(passage_pages(found, {}, whole=True)[0])
    short = answer_page(replace(found, sentences=points[:1]), "Bridge")
    assert "cables" in text_of(short)
    assert not short.cut


@pytest.mark.parametrize(
    ("first", "rest", "language"),
    [
        ("Am 3. Mai eröffnete die Bürgermeisterin die Brücke.", "Sie kostete viele Millionen. ", "de"),
        ("Según la Dra. Gómez, el puente cerró en mayo.", "Costó muchos millones al país. ", "es"),
        ("Am 3. Mai.", "Ja. ", "de"),  # too short to tell its language: it is that of the article
    ],
)
def test_a_point_is_cut_behind_a_sentence_of_its_language(first: str, rest: str, language: str) -> None:
    many = 20
    points = (Sentence(f"{first} {rest * many}".strip(), (1,)),) * 20
    cited = (citation(language=language),)
    told = answer_page(answer(sentences=points, citations=cited, kind=Kind.SUMMARY), None)
    assert text_of(told).count(f"- {first} {mark(1)}\n") == len(points)
    assert answering.rest_behind_button(many * len(points)) in text_of(told)


def test_a_point_on_several_articles_is_told_whole() -> None:
    claim = Sentence("The firm says the bridge is safe. The union denies it. " + "It cost much. " * 30, (1, 2))
    told = answer_page(answer(sentences=(claim, claim), kind=Kind.SUMMARY), None)
    assert text_of(told).count("The union denies it.") == 2


def test_an_event_is_linked_by_its_outlet_and_its_report_dated_where_that_was_another_day() -> None:
    day = date(2026, 3, 5)
    event = Event(day, day, "Thursday", NOW, Sentence("The bridge is open.", (1,)))
    shown = timeline_shown(Timeline("The bridge", (event,), (citation(1),)))
    told = text_of(shown.page)
    link = "[The Harbour Post](https://news.example/1#:~:text=The%20bridge)"
    assert f"**{figures.stamp(day)}**\n- The bridge is open.\n-# {link} · “Thursday”, reported" in told
    assert told.count("news.example/1") == 1


def test_every_mark_opens_something_or_is_plain() -> None:
    bare = citation(2, link=None, url=None)
    told = text_of(answer_page(answer(2, citations=(citation(1), bare)), None))
    assert "part 2. ²\n" in told
    assert "-# 2 · **Harbour news 2** · The Harbour Post" in told
    long = tuple(citation(n, link=f"https://news.example/{n}#:~:text={'x' * 450}") for n in range(1, 7))
    sentences = tuple(Sentence("It is so. " * 3, tuple(range(1, 7))) for _ in range(6))
    told = text_of(answer_page(answer(sentences=sentences, citations=long), None))
    assert told.count("[¹](https://news.example/1)") == 6
    assert len(told) <= 4000


def test_the_filters_in_force_stand_in_the_line_below_the_question() -> None:
    filters = Filters(date(2026, 3, 1), None, "The *Harbour* Post")
    told = text_of(answer_page(answer(filters=filters), "When?")).split("\n")[1]
    assert told.endswith(f"only articles since {figures.stamp(date(2026, 3, 1))}, by The \\*Harbour\\* Post")
    nothing = answer(sentences=(), citations=(), abstained=True, filters=filters)
    assert "-# Searched only articles since" in text_of(answer_page(nothing, "When?"))
    assert "no filter" in text_of(answer_page(replace(nothing, filters=Filters()), "When?"))


def test_a_growing_answer_says_so_and_has_no_footer() -> None:
    page = answer_page(answer(finished=False), None)
    assert page.mood is Mood.WORKING
    assert answering.WRITING() in text_of(page)
    assert "as of" not in text_of(page)


def test_at_most_six_sentences_are_shown_and_the_rest_is_behind_a_button() -> None:
    page = answer_page(answer(30), None)
    assert text_of(page).count("The bridge reopened, part") == 6
    assert page.cut
    assert answering.rest_behind_button(24) in text_of(page)
    assert "· [Harbour news 6](" in text_of(page)
    assert "[Harbour news 7](" not in text_of(page)
    assert not answer_page(answer(6), None).cut


def test_a_long_answer_is_cut_behind_a_sentence() -> None:
    sentences = tuple(Sentence(f"Sentence {n} " + "word " * 160 + "ends.", (n,)) for n in range(1, 7))
    page = answer_page(answer(6, sentences=sentences), None)
    kept = text_of(page).count("ends.")
    assert page.cut
    assert 1 < kept < 6
    assert answering.rest_behind_button(6 - kept) in text_of(page)
    assert f"· [Harbour news {kept}](" in text_of(page)
    assert f"[Harbour news {kept + 1}](" not in text_of(page)


def test_many_disagreements_fit_and_those_that_do_not_are_told() -> None:
    two = Disagreement((Sentence("Nine wait.", (1,)), Sentence("Ten wait.", (2,))))
    fits(answer_view(answer(disagreements=(two,) * 3), ID, 7, None))
    assert not answer_page(answer(disagreements=(two,) * 3), None).cut
    many = answer(disagreements=(two,) * 30)
    fits(answer_view(many, ID, 7, None))
    page = answer_page(many, None)
    assert text_of(page).count("Nine wait.") == 3
    assert page.cut
    assert "27 disagreements between articles: **Read on**" in text_of(page)
    assert "part 2" in text_of(page)
    behind = "\n".join(text_of(page) for page in passage_pages(many, {}, whole=True))
    assert behind.count(f"{answering.SIDES()}\nNine wait. {mark(1)}\n-# The Harbour Post · {STAMP}") == 30


def test_the_whole_answer_comes_before_the_passages_when_it_was_cut() -> None:
    sentences = tuple(Sentence(f"Sentence {n} " + "word " * 60 + "ends.", (1,)) for n in range(1, 31))
    pages = passage_pages(answer(30, sentences=sentences, citations=(citation(1),)), {"p1": None}, whole=True)
    together = "\n".join(text_of(page) for page in pages)
    assert together.startswith(answering.WHOLE_ANSWER())
    assert together.count("ends.") == 30
    assert answering.page_number(1, len(pages)) in text_of(pages[0])


def test_an_abstention_offers_the_nearest_articles() -> None:
    nearest = (
        ArticleRef("a", "A *starred* title", "https://a.example/a", "Post"),
        ArticleRef("b", "Without a link", None, None),
    )
    page = answer_page(Answer("q", abstained=True, nearest=nearest, finished=True), "q")
    assert page.mood is Mood.ABSTAINED
    assert answering.ABSTAINED() in text_of(page)
    assert "-# 1 · [A \\*starred\\* title](https://a.example/a) · Post · no date" in text_of(page)
    assert "-# 2 · **Without a link** · no date" in text_of(page)
    assert page.choices == nearest


def test_what_is_quoted_is_called_the_closest_words() -> None:
    page = answer_page(answer(), "How long is the bridge?")
    head = (
        f"### How long is the bridge?\n-# 2 sources · as of {STAMP}\n{answering.CLOSEST()}\n> The bridge reopened"
    )
    assert text_of(page).startswith(head)
    assert answering.CLOSEST() in text_of(answer_page(answer(finished=False), None))
    assert answering.CLOSEST() in text_of(passage_pages(answer(), {}, whole=True)[0])
    assert answering.CLOSEST() not in text_of(answer_page(answer(engine="small-1"), None))


@pytest.mark.parametrize("kind", [Kind.SUMMARY, Kind.NEWS, Kind.LINK])
def test_points_are_close_to_no_question(kind: Kind) -> None:
    points = answer(kind=kind)
    told = text_of(answer_page(points, "Bridge"))
    assert f"\n- The bridge reopened, part 1. {mark(1)}\n- " in told
    assert answering.CLOSEST() not in told
    assert answering.CLOSEST() not in text_of(passage_pages(points, {}, whole=True)[0])


def test_a_title_from_right_to_left_leaves_the_day_behind_it_in_order() -> None:
    found = answer(1, citations=(citation(1, title="افتتاح جسر الميناء", source="صحيفة الساحل"),))
    told = f"-# 1 · [\u2068افتتاح جسر الميناء\u2069](https://news.example/1) · \u2068صحيفة الساحل\u2069 · {STAMP}"
    assert told in text_of(answer_page(found, None))
    assert "\u2068" not in text_of(answer_page(answer(1), None))


def test_notes_and_what_was_left_out_are_told() -> None:
    page = answer_page(
        answer(notes=("The model was silent.",), unsupported=(Unsupported("It is so.", "it is not"),)), None
    )
    assert "-# The model was silent." in text_of(page)
    assert answering.LEFT_OUT(1) in text_of(page)


def test_a_speaker_stands_in_front_of_the_words() -> None:
    page = answer_page(answer(1, sentences=(Sentence("It holds.", (1,), "The mayor"),)), None)
    assert f"> **The mayor:** It holds. {mark(1)}" in text_of(page)


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
    assert block.text.startswith(f"1 · **Harbour news 1**\n-# The Harbour Post · {STAMP} · Background\n")
    assert r"> **First fact.** **Second \*fact\*.** Third fact." in block.text
    assert block.link is not None
    assert block.link.url == "https://news.example/1#:~:text=The%20bridge"


def test_words_that_are_not_in_the_passage_are_never_bold() -> None:
    stored = Passage("p1", "a1", "Something else.", 0, 15)
    (page,) = passage_pages(answer(1), {"p1": stored}, whole=False)
    assert "**Something" not in text_of(page)
    assert answering.NOT_VERBATIM() in text_of(page)


def test_a_passage_that_is_gone_leaves_its_quote_and_says_so() -> None:
    (page,) = passage_pages(answer(1), {"p1": None}, whole=False)
    assert "> The bridge reopened on Friday." in text_of(page)
    assert answering.PASSAGE_GONE() in text_of(page)


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
    assert "part 1. ¹\n" in text_of(page)
    assert "-# 1 · **Harbour news 1** ·" in text_of(page)


def test_failures_are_named_up_to_ten_and_the_rest_counted() -> None:
    page = list_page(readings.report(0, 0, 0, 0, 12, 1.0), [f"file{n}.pdf: *broken*" for n in range(12)])
    assert text_of(page).count("file") == 10
    assert r"file9.pdf: \*broken\*" in text_of(page)
    assert readings.MORE(count=2) in text_of(page)


def test_a_report_names_what_there_is_of() -> None:
    assert readings.report(2, 0, 7, 0, 0, 1.5) == (
        "**The articles are up to date.**\n2 added · 7 unchanged\n-# in 1.5 seconds"
    )
    assert readings.report(1, 0, 0, 0, 1, 1).startswith(
        "**The articles are read, but not all of them.**\n1 added · 1 failed"
    )
    assert readings.report(0, 0, 0, 0, 3, 1).startswith("**Nothing could be read.**\n3 failed")


def test_progress_tells_how_far_how_fast_and_how_long_still() -> None:
    found = readings.progress(SyncProgress(12, 50, 1, finding=True, source=2, sources=3), seconds=8)
    assert found == (
        "**Looking for articles** … source 2 of 3\n12 of 50 articles · 1.5 a second · 25 s left · 1 failed"
    )
    assert readings.progress(SyncProgress(3, None, 0), seconds=0) == "**Reading the articles** …\n3 articles"
    slow = readings.progress(SyncProgress(10, 610, 0), seconds=10)
    assert slow == "**Reading the articles** …\n10 of 610 articles · 1.0 a second · 10 min left"


def test_what_came_of_many_sources_fits() -> None:
    items = [f"https://example.org/{'x' * 300}/{n}: *told*" for n in range(30)]
    assert_fits(list_page(readings.report(1, 2, 3, 4, 30, 5.0), items, items))


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
    assert f"> The town fell on Friday. {mark(1)}\n> -# Friday: 12 May 2023" in text_of(answer_page(found, None))


def test_sides_are_sections_of_their_own_and_said_nowhere_else() -> None:
    told = Sentence("Nine ships wait.", (1,), "The mayor")
    other = Sentence("23 ships wait.", (2,))
    found = answer(
        sentences=(told, Sentence("The port is open.", (1,))),
        citations=(citation(1), citation(2)),
        disagreements=(Disagreement((told, other)),),
    )
    page = answer_page(found, "How many ships wait?")
    assert page.mood is Mood.DISPUTED
    assert text_of(page).split("\n")[1].startswith(f"-# {answering.SIDES()} · 2 sources · as of")
    assert text_of(page).count("Nine ships wait.") == 1
    assert "> The port is open." in text_of(page)
    first, second = (block for block in page.blocks if block.link)
    assert first.text == f"**The Harbour Post** · {STAMP} · **The mayor**\n> Nine ships wait. {mark(1)}"
    assert second.text == f"**The Harbour Post** · {STAMP}\n> 23 ships wait. {mark(2)}"
    assert first.link == Link(labels.OPEN(), "https://news.example/1#:~:text=The%20bridge")
    fits(answer_view(found, ID, 7, None))
    changed = answer_page(replace(found, disagreements=(Disagreement((told, other), superseded=True),)), None)
    assert answering.SUPERSEDED() in text_of(changed)
    assert changed.mood is Mood.DONE


def test_what_is_missing_and_what_was_looked_for_is_said() -> None:
    told = Sentence("Nine ships wait.", (1,))
    partly = answer(sentences=(told,), citations=(citation(1),), missing=("Who *owns* them?",))
    assert f"**Who \\*owns\\* them?**\n{answering.MISSING()}" in text_of(answer_page(partly, None))
    nothing = answer(abstained=True, sentences=(), citations=(), looked_for=("zeppelin", "Marta Quist"))
    assert "Looked for: zeppelin, Marta Quist" in text_of(answer_page(nothing, None))


def test_each_answered_part_has_its_words_above_its_sentences_once() -> None:
    told = (
        Sentence("Nine ships wait.", (1,), part="How *many* wait?"),
        Sentence("They came on Monday.", (1,), part="How *many* wait?"),
        Sentence("Nordvik owns them.", (1,), part="Who owns them?"),
    )
    lines = text_of(answer_page(answer(sentences=told, citations=(citation(1),)), None)).split("\n")
    at = lines.index("**How \\*many\\* wait?**")
    assert [one.startswith("> ") for one in lines[at : at + 5]] == [False, True, True, False, True]
    assert lines[at + 3] == "**Who owns them?**"


def test_the_question_as_it_was_understood_stands_above() -> None:
    told = Sentence("Nine ships wait.", (1,))
    found = answer(sentences=(told,), citations=(citation(1),), standalone="How many ships wait outside Varn?")
    assert "-# Understood as: How many ships wait outside Varn?" in text_of(answer_page(found, "And ships?"))
    after = replace(found, standalone="And ships (What waits outside Varn)?", context="What waits outside Varn?")
    lines = text_of(answer_page(after, "And ships?")).split("\n")
    assert "-# Going on from: What waits outside Varn?" in lines
    assert not any("Understood" in line for line in lines)


def test_only_what_goes_on_moves_and_the_words_stay() -> None:
    growing = answer_page(answer(finished=False), "How many?")
    steps = [text_of(moved(growing, step)) for step in range(5)]
    writing = answering.WRITING()
    assert steps[0] == text_of(growing)
    assert steps[1:4] == [steps[0].replace(writing, f"{writing} {mark}") for mark in ("·", "· ·", "· · ·")]
    assert steps[4] == steps[1]
    finished = answer_page(answer(), "How many?")
    assert moved(finished, 1) == finished


def test_a_change_on_another_day_is_told_beside_the_day_of_publication() -> None:
    the_same, another = datetime(2026, 3, 6, 20, tzinfo=UTC), datetime(2026, 3, 9, 8, tzinfo=UTC)
    updated = f" · updated {figures.stamp(another.date())}"
    for changed, told in ((the_same, ""), (another, updated)):
        page = answer_page(answer(1, citations=(citation(1, modified_at=changed),)), None)
        assert f"The Harbour Post · {STAMP}{told}\n" in f"{text_of(page)}\n"
    nearest = (ArticleRef("a", "A title", None, "Post", modified_at=another),)
    page = answer_page(Answer("q", abstained=True, nearest=nearest, finished=True), "q")
    assert f"Post · no date{updated}" in text_of(page)
