"""Answers to render, and hypothesis strategies that make long, odd and hostile ones."""

from __future__ import annotations

from datetime import UTC, date, datetime

from hypothesis import strategies as st

from bot.answer.answer import Answer, Citation, Disagreement, Sentence, Unsupported
from index.article import ArticleRef, Passage

HOSTILE = "@everyone <@1> <@&2> <#3> **b** __u__ ||s|| `c` [x](https://evil.example) <t:0:R> :tada:\n# H\n- i\n> q"


def citation(n: int = 1, **changes: object) -> Citation:
    """A citation of passage ``p<n>``."""
    values: dict[str, object] = {
        "n": n,
        "passage_id": f"p{n}",
        "article_id": f"a{n}",
        "title": f"Harbour news {n}",
        "quote": "The bridge reopened on Friday.",
        "start": 0,
        "end": 30,
        "verified": True,
        "url": f"https://news.example/{n}",
        "link": f"https://news.example/{n}#:~:text=The%20bridge",
        "source": "The Harbour Post",
        "published_at": datetime(2026, 3, 6, tzinfo=UTC),
    }
    return Citation(**{**values, **changes})  # type: ignore[arg-type]  # the tests name real fields


def answer(count: int = 2, **changes: object) -> Answer:
    """A finished answer whose every sentence cites a passage of its own."""
    values: dict[str, object] = {
        "question": "When did the bridge reopen?",
        "sentences": tuple(Sentence(f"The bridge reopened, part {n}.", (n,)) for n in range(1, count + 1)),
        "citations": tuple(citation(n) for n in range(1, count + 1)),
        "as_of": date(2026, 3, 6),
        "finished": True,
    }
    return Answer(**{**values, **changes})  # type: ignore[arg-type]  # the tests name real fields


# Raised digits are what the tests tell marks by.
_CHARACTERS = st.characters(exclude_categories=["Cs"], exclude_characters="⁰¹²³⁴⁵⁶⁷⁸⁹")
texts = st.one_of(
    st.text(_CHARACTERS, max_size=300),
    st.text(alphabet="*_`|~<>@#:[]()\\-+1. \nabc", max_size=400),
    st.builds(
        lambda words, times: words * times, st.sampled_from([HOSTILE, "word. ", "w", "*"]), st.integers(1, 900)
    ),
)
urls = st.one_of(
    st.none(),
    st.sampled_from(
        ["https://a.example/x", "ftp://a.example", "https://a.example/" + "x" * 600, "http://[", "x y"]
    ),
)
moments = st.one_of(st.none(), st.just(datetime(2026, 3, 6, tzinfo=UTC)))


@st.composite
def answers(draw: st.DrawFn) -> Answer:
    """Any answer that the desk's types allow."""
    count = draw(st.integers(0, 30))
    citations = tuple(
        citation(
            n,
            passage_id=f"p{draw(st.integers(0, 9))}",
            article_id=f"a{draw(st.integers(0, 9))}",
            title=draw(texts),
            quote=draw(texts),
            start=draw(st.integers(0, 3000)),
            url=draw(urls),
            link=draw(urls),
            source=draw(st.one_of(st.none(), texts)),
            published_at=draw(moments),
        )
        for n in range(1, count + 1)
    )
    numbers = st.lists(st.integers(1, count), max_size=30, unique=True) if count else st.just([])
    written = st.builds(Sentence, texts, numbers.map(tuple), st.one_of(st.none(), texts))
    sentences = draw(st.lists(written, max_size=12))
    sides = st.lists(written, min_size=2, max_size=3).map(tuple)
    disagreements = draw(st.lists(st.builds(Disagreement, sides, st.booleans()), max_size=12))
    refs = st.builds(ArticleRef, st.text(), texts, urls, st.one_of(st.none(), texts), published_at=moments)
    return Answer(
        question=draw(texts),
        sentences=tuple(sentences),
        citations=citations,
        disagreements=tuple(disagreements),
        abstained=draw(st.booleans()),
        nearest=tuple(draw(st.lists(refs, max_size=8))),
        as_of=draw(st.one_of(st.none(), st.just(date(2026, 3, 6)))),
        engine=draw(st.one_of(st.just("extractive"), texts)),
        notes=tuple(draw(st.lists(texts, max_size=5))),
        unsupported=tuple(Unsupported("It is so.", "it is not") for _ in range(draw(st.integers(0, 9)))),
        finished=draw(st.booleans()),
    )


@st.composite
def passages(draw: st.DrawFn) -> dict[str, Passage | None]:
    """Stored passages for some of the ids that ``answers`` cites; some are gone."""
    found: dict[str, Passage | None] = {}
    for n in range(10):
        text = draw(st.one_of(st.none(), texts))
        section = draw(st.one_of(st.none(), texts))
        found[f"p{n}"] = None if text is None else Passage(f"p{n}", "a", text, 0, len(text), section)
    return found
