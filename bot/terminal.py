"""The terminal's face: what a person or a script sees of each command."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime

from rich.console import Console
from rich.padding import Padding
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from bot.answer.answer import Answer, Citation, Disagreement, Sentence, last_of, quotes_another_language
from bot.answer.budget import Asker
from bot.answer.days import days_written_out
from bot.answer.desk import Desk
from bot.answer.standalone import Turn
from bot.app import App
from bot.doctor import Check
from bot.documents import (
    answer_document,
    digest_document,
    hit_document,
    plain_document,
    print_json,
    summary_document,
    timeline_document,
)
from bot.evaluation import Evaluation
from bot.summary import Digest, Style, Summary, Timeline
from index.article import SHARED, ArticleRef
from index.errors import ConfigurationError
from index.search import Filters, Hit
from index.sync import SyncProgress, SyncReport

LOOKED_FOR = "Looked for: {words}"
MISSING = "Not in the articles: {part}"
ABSTAINED = "The articles in the library do not answer this."
DOUBTFUL = "The articles do not say this outright. What comes closest:"
UNDERSTOOD = "Understood as: {question}"
NEAREST = "The nearest articles:"
OTHERS_NEAR = "Other articles that come close:"
LEFT_OUT = "Left out: {count} {sentences} without support in the articles."
AS_OF = ", as of {day}"
EMPTY = "The library is empty. Index some articles: newsdesk index FOLDER"
VANISHED = "its page has vanished from the web since {day}; the article is kept"
NOT_LISTED = "No article has {query!r} in its title or id. `newsdesk articles` lists them all."
SOURCES = "Sources"
ORIGINAL = "Quoted in the language of the articles."
AS_BEFORE = "the same article as [{n}]"
TOO_LITTLE = "The articles in the library say too little of {topic!r} to summarise it."
TRANSLATED = "Translated by a machine: {text}"
SIDES = "The articles disagree:"
SUPERSEDED = "What was reported changed:"
NOT_USED = "Not used: "
NO_EVENTS = "The articles give no day for anything that they tell of it."
REPORTED = "“{written}”, reported {day}"
MORE_EVENTS = "And {count} more; --length shows up to 30."
NOTHING_NEW = "Nothing new since {day}."
MORE_STORIES = "And {count} more stories."

OPERATOR = Asker("cli", "cli")
"""Whose share of the chat model the commands use."""

_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")
_NAMED = 10
_MISSING_NAMED = 20
_CLOSING = {'"': '"', "“": "”", "„": "”", "«": "»"}
_MARKS = frozenset('"“”„«»')


async def ask(desk: Desk, question: str, filters: Filters, turns: Sequence[Turn] = ()) -> Answer:
    """The finished answer to a question about the operator's shared library, asked after ``turns``."""
    return await last_of(desk.ask(question, [SHARED], filters, turns, OPERATOR))


async def summarise(app: App, article: str, style: Style = Style.BULLETS, length: int | None = None) -> Summary:
    """The finished summary of an article, named by its id or by words of its title.

    Raises ``ConfigurationError`` if no article, or more than one, is meant.
    """
    article_id = article
    if app.library.article([SHARED], article) is None:
        found = app.library.articles([SHARED], article, _NAMED)
        exact = [ref for ref in found if ref.title.casefold() == article.strip().casefold()]
        if len(found) != 1 and len(exact) != 1:
            raise ConfigurationError(_which(article, found))
        article_id = (exact or found)[0].id
    return await last_of(app.summariser.summarise(article_id, [SHARED], style, length, OPERATOR))


async def summarise_topic(
    app: App, topic: str, filters: Filters, style: Style, length: int | None, new_since: date | None
) -> Summary:
    """The finished summary of what the shared library says of a topic."""
    told = app.summariser.summarise_topic(topic, [SHARED], filters, style, length, new_since, OPERATOR)
    return await last_of(told)


def _which(article: str, found: Sequence[ArticleRef]) -> str:
    if not found:
        return f"There is no article {article!r} in the library. `newsdesk articles` lists them."
    titles = "; ".join(f"{ref.title} ({ref.id})" for ref in found)
    return f"{article!r} can mean several articles. Name one by its id: {titles}"


@contextmanager
def progress(*, quiet: bool) -> Iterator[Callable[[SyncProgress], None]]:
    """A progress bar on stderr, drawn only where somebody watches."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=quiet or not console.is_terminal) as bar:
        task = bar.add_task("Articles", total=None)
        stage = (1, False)

        def update(state: SyncProgress) -> None:
            nonlocal stage
            if stage != (state.source, state.finding):  # or else the time left would be reckoned from both stages
                stage = (state.source, state.finding)
                bar.reset(task, total=state.total)
            of = f", source {state.source} of {state.sources}" if state.sources > 1 else ""
            failed = f", {state.failed} failed" if state.failed else ""
            what = "Reading" if state.finding else "Articles"
            bar.update(task, completed=state.done, total=state.total, description=f"{what}{of}{failed}")

        yield update


def show_answer(answer: Answer, *, as_json: bool = False) -> None:
    """An answer: its sentences, then the numbered sources with their quotes."""
    if as_json:
        print_json(answer_document(answer))
        return
    console = _console()
    if answer.standalone:
        console.print(Text(UNDERSTOOD.format(question=answer.standalone), style="dim"))
    if answer.abstained:
        console.print(Text(ABSTAINED, style="bold"))
        if answer.looked_for:
            console.print(Text(LOOKED_FOR.format(words=", ".join(answer.looked_for)), "dim"))
        _show_nearest(console, NEAREST, answer.nearest)
    if answer.doubtful:
        console.print(Text(DOUBTFUL, "bold yellow"))
    for sentence in answer.sentences:
        console.print(_sentence(sentence, answer.citations))
    _show_disagreements(console, answer.disagreements, answer.citations, answer.sentences)
    if answer.engine == "extractive" and quotes_another_language(answer):
        console.print(ORIGINAL, style="dim")
    told = [*answer.sentences, *(side for one in answer.disagreements for side in one.sides)]
    for part in answer.missing:
        console.print(Text(MISSING.format(part=part), "yellow"))
    _show_footing(console, told, answer.citations, answer.left_out, answer.notes, answer.as_of)
    if answer.doubtful:
        _show_nearest(console, OTHERS_NEAR, answer.nearest)


def show_summary(summary: Summary, *, as_json: bool = False) -> None:
    """A summary: the headline, its points, then the numbered sources with their quotes."""
    if as_json:
        print_json(summary_document(summary))
        return
    console = _console()
    if summary.abstained:
        _show_nothing(console, summary.title, summary.nearest)
        return
    if summary.article:
        console.print(_article_line(summary.article), style="bold")
    else:
        console.print(Text(summary.headline or summary.title, "bold"))
        console.print(Text(_counted(len(summary.articles), summary.outlets), "dim"))
    if summary.style is Style.PARAGRAPH:
        console.print(Text(" ").join(_sentence(point, summary.citations) for point in summary.points))
    else:
        for point in summary.points:
            console.print(Text("• ").append(_sentence(point, summary.citations)))
    _show_disagreements(console, summary.disagreements, summary.citations, summary.points)
    told = [*summary.points, *(side for one in summary.disagreements for side in one.sides)]
    as_of = None if summary.article else summary.as_of
    _show_footing(console, told, summary.citations, summary.left_out, summary.notes, as_of)
    for unused in summary.unused[:_NAMED]:
        line = Text(NOT_USED, "dim").append(_article_line(unused.article)).append(f". {unused.reason}", "dim")
        console.print(line)


def show_timeline(timeline: Timeline, *, as_json: bool = False) -> None:
    """The events of a story, each on its day, with the day on which it was reported."""
    if as_json:
        print_json(timeline_document(timeline))
        return
    console = _console()
    if timeline.abstained:
        _show_nothing(console, timeline.topic, timeline.nearest)
        return
    console.print(Text(_counted(len(timeline.articles), timeline.outlets), "dim"))
    if not timeline.events:
        console.print(NO_EVENTS)
    for event in timeline.events:
        day = str(event.first) if event.first == event.last else f"{event.first} to {event.last}"
        reported = REPORTED.format(written=event.written, day=event.published.date())
        line = Text(f"{day}  ", "bold").append(_sentence(event.sentence, timeline.citations))
        console.print(line.append(f" ({reported})", "dim not bold"))
    if timeline.more:
        console.print(Text(MORE_EVENTS.format(count=timeline.more), "dim"))
    sentences = [event.sentence for event in timeline.events]
    _show_footing(console, sentences, timeline.citations, 0, (), timeline.as_of)


def show_digest(digest: Digest, *, as_json: bool = False) -> None:
    """The stories of a digest, each with its headline, its points and its outlets."""
    if as_json:
        print_json(digest_document(digest))
        return
    console = _console()
    if digest.empty:
        console.print(NOTHING_NEW.format(day=digest.since.date()))
        return
    console.print(Text(_counted(digest.articles, digest.outlets), "dim"))
    for story in digest.stories:
        console.print()
        console.print(Text(story.headline, "bold"))
        console.print(Text(_counted(len(story.articles), story.outlets), "dim"))
        for point in story.points:
            console.print(Text("• ").append(_sentence(point, digest.citations)))
    if digest.more:
        console.print(Text(MORE_STORIES.format(count=digest.more), "dim"))
    points = [point for story in digest.stories for point in story.points]
    _show_footing(console, points, digest.citations, 0, (), digest.as_of)


def _show_nothing(console: Console, topic: str, nearest: Sequence[ArticleRef]) -> None:
    console.print(Text(TOO_LITTLE.format(topic=topic), "bold"))
    _show_nearest(console, NEAREST, nearest)


def _show_nearest(console: Console, heading: str, nearest: Sequence[ArticleRef]) -> None:
    if nearest:
        console.print(heading)
    for ref in nearest:
        console.print(Padding(_article_line(ref), (0, 0, 0, 2)))


def _counted(articles: int, outlets: Sequence[str]) -> str:
    told = f"{articles} article" + ("" if articles == 1 else "s")
    return f"{told}: {', '.join(outlets)}" if outlets else told


def show_hits(hits: Sequence[Hit], *, as_json: bool = False) -> None:
    """Passages found, best first."""
    if as_json:
        print_json({"hits": [hit_document(hit) for hit in hits]})
        return
    console = _console()
    for number, hit in enumerate(hits, 1):
        console.print(Text(f"{number}. ").append(_article_line(hit.article)).append(f"  {hit.score:.3f}", "dim"))
        console.print(Padding(Text(hit.passage.text), (0, 0, 1, 3)))
    if not hits:
        console.print("Nothing found.")


def show_sync(report: SyncReport, *, as_json: bool = False) -> None:
    """What indexing did."""
    counts = {name: getattr(report, name) for name in ("added", "updated", "unchanged", "removed")}
    if as_json:
        failures = [{"location": failure.location, "reason": failure.reason} for failure in report.failures]
        print_json(
            {
                **counts,
                "failed": len(failures),
                "failures": failures,
                "embedded": report.embedded,
                "seconds": round(report.seconds, 3),
            }
        )
        return
    console = _console()
    parts = [f"{count} {name}" for name, count in counts.items()] + [f"{len(report.failures)} failed"]
    console.print(f"{', '.join(parts)} in {report.seconds:.1f} s.")
    for failure in report.failures:
        console.print(
            Text("  ").append(printable(failure.location), "bold").append(f": {printable(failure.reason)}")
        )


def show_articles(
    articles: Sequence[ArticleRef], query: str, gone: Mapping[str, datetime], *, as_json: bool = False
) -> None:
    """The articles of the library, or those that ``query`` found; ``gone``: since when pages have vanished."""
    if as_json:
        print_json({"articles": [plain_document(ref) | {"gone_since": gone.get(ref.id)} for ref in articles]})
        return
    console = _console()
    for ref in articles:
        console.print(_article_line(ref))
        console.print(Text(f"    {printable(ref.id)}", "dim"), soft_wrap=True)  # whole, to be copied
        if since := gone.get(ref.id):
            console.print(Text(f"    {VANISHED.format(day=since.date())}", "yellow"))
    if not articles:
        console.print(Text(NOT_LISTED.format(query=query) if query else EMPTY))


def show_forgotten(turns: int, *, as_json: bool = False) -> None:
    """How many questions were forgotten, with their answers."""
    if as_json:
        print_json({"forgotten": turns})
        return
    _console().print(f"{turns} {'question' if turns == 1 else 'questions'} forgotten, with what was answered.")


def show_rebuilt(embedded: int, *, as_json: bool = False) -> None:
    """How many texts had to be embedded to make the indexes anew."""
    if as_json:
        print_json({"embedded": embedded})
        return
    _console().print(f"Rebuilt. {embedded} {'text was' if embedded == 1 else 'texts were'} embedded anew.")


def show_removed(count: int, missing: Sequence[str], *, as_json: bool = False) -> None:
    """What was taken out of the library, and what was not there."""
    if as_json:
        print_json({"removed": count, "missing": list(missing)})
        return
    console = _console()
    console.print(f"{count} removed.")
    for article_id in missing:
        console.print(Text(f"  There is no article {article_id}. `newsdesk articles` lists them."))


def show_evaluation(report: Evaluation, what: str = "questions", *, as_json: bool = False) -> None:
    """Metrics with their 95% intervals, then the questions (or ``what`` was asked) whose article was not found."""
    if as_json:
        print_json(plain_document(report))
        return
    table = Table("Metric", "Value", "95% interval", box=None, pad_edge=False)
    for name, value in report.metrics.items():
        low, high = report.intervals.get(name, (value, value))
        table.add_row(name, f"{value:.3f}", f"{low:.3f} to {high:.3f}" if name in report.intervals else "")
    console = _console()
    console.print(f"{report.queries} {what}")
    console.print(table)
    for question in report.missed[:_MISSING_NAMED]:
        console.print(Text("  not found: ", "dim").append(question))


def show_checks(checks: Sequence[Check], *, as_json: bool = False) -> None:
    """What the doctor found."""
    if as_json:
        print_json(
            {"ok": all(check.ok for check in checks), "checks": [plain_document(check) for check in checks]}
        )
        return
    console = _console()
    for check in checks:
        console.print(Text("✓ " if check.ok else "✗ ", "green" if check.ok else "red").append(check.says))


def _show_disagreements(
    console: Console,
    disagreements: Sequence[Disagreement],
    citations: Sequence[Citation],
    told: Sequence[Sentence],
) -> None:
    """The sides of each disagreement; of one that was ``told`` above only who says it."""
    above = {sentence.text for sentence in told}
    known = {citation.n: citation for citation in citations}
    for one in disagreements:
        console.print(Text(SUPERSEDED if one.superseded else SIDES, "bold"))
        for side in one.sides:
            line = Text("– ")
            if side.text in above:
                line.append("".join(f"[{n}] " for n in side.citations), "cyan")
            else:
                line.append(_sentence(side, citations)).append(" ")
            cited = next((known[n] for n in side.citations if n in known), None)
            line.append(_source_and_day(cited) if cited else "", "dim not bold")
            console.print(Padding(line, (0, 0, 0, 2)))


def _source_and_day(citation: Citation) -> str:
    day = citation.published_at.date().isoformat() if citation.published_at else None
    return ", ".join(part for part in (citation.source, day) if part)


def _show_footing(
    console: Console,
    sentences: Sequence[Sentence],
    citations: Sequence[Citation],
    left_out: int,
    notes: Sequence[str],
    as_of: date | None,
) -> None:
    if left_out:
        word = "sentence" if left_out == 1 else "sentences"
        console.print(LEFT_OUT.format(count=left_out, sentences=word), style="dim")
    for note in notes:
        console.print(Text(note, "yellow"))
    if citations:
        console.print(f"\n{SOURCES}{AS_OF.format(day=as_of) if as_of else ''}", style="bold")
    quoted = {sentence.text for sentence in sentences}
    first: dict[str, int] = {}
    for citation in citations:
        ref = ArticleRef(
            citation.article_id, citation.title, citation.url, citation.source, None, citation.published_at
        )
        before = first.setdefault(citation.article_id, citation.n)
        article = _article_line(ref) if before == citation.n else Text(AS_BEFORE.format(n=before), "dim")
        console.print(Text(f"[{citation.n}] ", "cyan").append(article))
        if citation.quote not in quoted:
            console.print(Padding(Text(_in_quotes(citation.quote), "italic"), (0, 0, 0, 4)))
        if citation.translation:
            console.print(Padding(Text(TRANSLATED.format(text=citation.translation), "dim"), (0, 0, 0, 4)))
        if citation.link:
            # On one line however long it is: a link that is broken in two opens nothing.
            console.print(Text(f"    {citation.link}", "dim"), soft_wrap=True)


def _sentence(sentence: Sentence, citations: Sequence[Citation]) -> Text:
    """The sentence with its numbers; in quotation marks if it is the article's own, word for word."""
    own = any(citation.quote == sentence.text for citation in citations)
    text = Text(f"{sentence.speaker}: " if sentence.speaker else "", "bold")
    text.append(_in_quotes(sentence.text) if own else sentence.text, "not bold")
    for number in sentence.citations:
        text.append(f" [{number}]", "cyan not bold")
    if sentence.days:
        text.append(f" ({days_written_out(sentence.days)})", "dim not bold")
    return text


def _in_quotes(text: str) -> str:
    """``text`` in quotation marks, if it has none of its own; a piece of a quotation gets the one it lacks."""
    marks = [character for character in text if character in _MARKS]
    if len(marks) == 1 and marks[0] == text[0]:
        return text + _CLOSING.get(text[0], "”")
    if len(marks) == 1 and marks[0] == text[-1]:
        return ('"' if text[-1] == '"' else "“") + text
    return text if text[0] in _CLOSING else f"“{text}”"


def _article_line(ref: ArticleRef) -> Text:
    parts = [ref.source, ref.published_at.date().isoformat() if ref.published_at else None]
    said = printable(", ".join(part for part in parts if part))
    return Text(printable(ref.title or ref.id)).append(f" ({said})" if said else "", "dim")


def printable(text: str) -> str:
    """``text`` without control characters: file names and what servers say may hold some that a terminal obeys."""
    return _CONTROL.sub("", text)


def _console() -> Console:
    return Console(highlight=False, soft_wrap=False)
