"""What can be a point of a summary, a timeline or a digest."""

from datetime import UTC, datetime

from bot.answer.disagreement.statements import statements
from index.article import Article
from index.passages import split_passages
from index.search import Hit


def _points(text: str, title: str = "The mill", language: str | None = "en") -> list[str]:
    article = Article("a", title, text, language=language, published_at=datetime(2024, 3, 9, tzinfo=UTC))
    passages = split_passages(article, "s")
    return [one.text for one in statements([Hit(passage, article.ref, 0.0, 0.0, 0.0) for passage in passages])]


def test_where_and_when_one_may_come_is_no_point() -> None:
    told = "The mill at Tarnside opens its doors to guests on Saturday."
    where = "Details: 8 p.m. Sunday, Sept. 1. Mill Hall, 12 Quay St., Tarnside. 602-555-0134, tarnsidemill.org."
    assert _points(f"{told}\n\n{where}") == [told]
    assert _points("Total: Reed 49.2 %, Hale 50.8 %.") == ["Total: Reed 49.2 %, Hale 50.8 %."]


def test_names_alone_are_no_point_nor_is_what_an_article_says_of_itself() -> None:
    told = "The mill at Tarnside opens its doors to guests on Saturday."
    assert _points(f"Serena Hale Of Tarnside Mill. {told} Ada Reed. 12 Oak Street Mill.") == [
        told,
        "12 Oak Street Mill.",
    ]
    assert _points(f"{told} An earlier version of this article said that it was shut.", language=None) == [told]
    assert _points(f"{told} A version of this story appeared in the May 2 edition of Mill News.") == [told]


def test_an_article_in_capitals_makes_points() -> None:
    told = ["THE MILL AT TARNSIDE OPENS ITS DOORS ON SATURDAY.", "GUESTS MAY SEE THE WHEEL AND THE STONES."]
    assert _points(" ".join(told)) == told


def test_captions_of_one_paragraph_are_no_points_though_it_is_cut_into_passages() -> None:
    told = [
        f"The owner of mill number {number} at Tarnside told the council that it had to close."
        for number in range(40)
    ]
    shown = ["Strain: The miller has aged.", "Last sacks: The flour is sold.", "Empty yard: Weeds have grown."]
    for place, caption in zip((30, 20, 10), shown, strict=True):
        told.insert(place, caption)
    assert not set(shown) & set(_points(" ".join(told)))
    assert len(_points(" ".join(told))) == 40


def test_where_there_are_only_captions_they_are_points() -> None:
    assert _points("Mayor Jo Hale of Tarnside opens it. Ada Reed, right, looks at the wheel.", "") == [
        "Mayor Jo Hale of Tarnside opens it."
    ]
    assert _points("The yard of the mill. Hide Caption 2 of 9 The wheel is old.") != []
