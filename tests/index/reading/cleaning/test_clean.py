from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.article import Article
from index.errors import ArticleError
from index.reading.cleaning.clean import clean
from index.reading.cleaning.credits import split_credit
from index.reading.extracted import Extracted
from index.reading.formats.text import read_text
from tests.properties import examples

BAKHMUT = Path("/work/shared/articles/bakhmut-2023.txt")

WIRE = """The Dutch dike at Oosterdam is higher again. Crews closed the last gap on Friday, the water board says.

“We sleep better tonight,” said Mayor Ine Bos. “The water stays out – for now.”

"We sleep better tonight," said Mayor Ine Bos. "The water stays out - for now."

Sandbags lie along the river in the old town, where the water came up to the doors. © ANP

More than a thousand residents had left their homes. The first of them came back on Friday morning.

Higher and dearer

The water board puts the cost at eleven million euros, three more than it had planned a year ago.

© AP

What comes next?

Engineers will measure the dike every week. In June the board decides whether it needs to be higher still.

© AP
"""


def cleaned(text: str, title: str = "A title") -> Article:
    return clean(Extracted(text, title=title), "a")


def paragraphs(text: str) -> list[str]:
    return cleaned(text).text.split("\n\n")


def body(article: Article, number: int) -> str:
    section = article.sections[number]
    return article.text[section.start : section.end]


class TestWireCopy:
    article = cleaned(WIRE)

    def test_a_repeated_paragraph_is_kept_once_as_first_written(self) -> None:
        assert self.article.text.count("We sleep better tonight") == 1
        assert "“We sleep better tonight,” said" in self.article.text

    def test_credits_and_captions_leave_the_text(self) -> None:
        assert "©" not in self.article.text
        assert "Sandbags" not in self.article.text
        assert self.article.credits == (
            "Sandbags lie along the river in the old town, where the water came up to the doors. © ANP",
            "© AP",
        )

    def test_headings_make_sections(self) -> None:
        assert [section.heading for section in self.article.sections] == [
            None,
            "Higher and dearer",
            "What comes next?",
        ]
        assert body(self.article, 1).startswith("The water board puts")
        assert body(self.article, 2).endswith("higher still.")
        assert "\n\nHigher and dearer\n\n" in self.article.text


@pytest.mark.skipif(not BAKHMUT.exists(), reason="the real article is not part of the project")
def test_the_real_article() -> None:
    (found,) = read_text(BAKHMUT.read_bytes())
    assert isinstance(found, Extracted)
    article = clean(found, "bakhmut")
    assert article.title == "The Russians are pushed further and further back at Bachmoet"
    assert article.text.startswith(article.title)
    assert article.text.count("already lost this war") == 1
    assert [section.heading for section in article.sections] == [None, "Strengthen defenses", "Panic and chaotic"]
    assert [credit[-5:] for credit in article.credits] == ["© ISW", "© AP"]
    assert "©" not in article.text
    assert article.language == "en"


@pytest.mark.parametrize(
    "credit",
    [
        "© AP",
        "© ISW",
        "©Ada Roe",
        "© 2023 The Associated Press. All rights reserved.",
        "Photo: Ada Roe",
        "Photo by Ada Roe/AFP",
        "PHOTO: ADA ROE / REUTERS",
        "Picture: Ada Roe",
        "Image source: Getty",
        "Image source, Getty Images",
        "Image caption, The bridge in May",
        "Foto: ANP",
        "Foto ANP / Ada Roe",
        "Beeld: Ada Roe",
        "Bild: dpa",
        "Bildquelle: picture alliance / Ada Roe",
        "Crédit photo : Ada Roe",
        "Crédito: EFE",
        "Фото: Укрінформ",
        "Автор фото, Getty Images",
        "(AP Photo/Ada Roe)",
        "(Photo by Ada Roe / AFP)",
        "Getty Images",
        "AP",
        "Reuters/Ada Roe",
        "Ada Roe/Pool via REUTERS",
        "The mayor opens the bridge on Friday. (AP Photo/Ada Roe)",
        "The mayor opens the bridge on Friday. Ada Roe/AFP/Getty Images",
        "The mayor opens the bridge on Friday (Image credit: Ada Roe/Getty Images)",
        "De burgemeester opent vrijdag de brug. Foto: Ada Roe",
        "Die Brücke am Freitag. © dpa",
        "Мер відкриває міст у пʼятницю. © УНІАН",
        "The first bridge. Ada Roe/AP The second bridge, from the old town. Bo Lee/Reuters The third. Prev Next",
    ],
)
def test_credits_in_many_forms(credit: str) -> None:
    assert split_credit(credit) == ("", credit)


@pytest.mark.parametrize(
    "text",
    [
        "Reuters reported on Friday that the bridge had been closed.",
        "The mayor told Reuters the bridge was safe.",
        "AP photographers were not let onto the bridge.",
        "The label read © Acme Corp and nothing more.",
        "The © symbol stands for copyright.",
        "© stands for copyright, the lawyer said.",
        "The caption said “Photo: Ada Roe”, which was wrong.",
        "She kept one thing: a photo by her bed.",
        "Photo of the day: honouring a star",
        "Picture this: a bridge without a river.",
        "PHOTOS: Best of the opening day",
        "Image matters: voters look at shoes, a study found.",
        "He works for The Courier/Standard group.",
        "(c) the third condition is that the bridge stays open.",
        "The bridge (pictured) opens on Friday.",
        "Foto's van de brug gingen de wereld over.",
        "The poll was done for AP/NORC in May.",
        "Courtesy of the mayor, the party went on.",
        "He said so to Reuters. AP and AFP reported the same.",
    ],
)
def test_sentences_are_no_credits(text: str) -> None:
    assert split_credit(text) == (text, None)


def test_a_long_paragraph_loses_only_the_credit_at_its_end() -> None:
    text = "The council met until late at night and heard forty speakers. " * 6
    article = cleaned(text + "(Photo by Ada Roe / AFP) © AFP")
    assert article.text == text.strip()
    assert article.credits == ("(Photo by Ada Roe / AFP)", "© AFP")


def test_characters_that_hide_or_steer_are_removed() -> None:
    dirty = (
        "Zele\u200bnsky \u202esaid\u202c:\u00a0it\u2009is e\u0301te\u0301\ufeff, "
        "a hy\u00adphen\x07, \t done.\r\nNext one.\u2029Last."
    )
    assert paragraphs(dirty) == ["Zelensky said: it is été, a hyphen, done.", "Next one.", "Last."]


def test_joiners_that_mean_something_stay() -> None:
    text = "👩‍⚕️ می‌خواهم این‌جا بمانم."
    assert paragraphs(text) == [text]


def test_quotation_marks_stay_as_written_and_broken_ones_are_mended() -> None:
    assert paragraphs("“One,” „zwei“, «три», ‘four’ ... ``five''.") == ['“One,” „zwei“, «три», ‘four’ ... "five".']


def test_single_line_ends_part_paragraphs_unless_the_text_is_wrapped() -> None:
    assert paragraphs("The council met on Friday.\nIt approved the bridge.\nWork begins in June.") == [
        "The council met on Friday.",
        "It approved the bridge.",
        "Work begins in June.",
    ]
    wrapped = (
        "The council met on Friday evening in the old town hall and app-\n"
        "roved the bridge after a debate that lasted until well past the\n"
        "middle of the night. Work begins in June.\n"
        "Residents had asked for the bridge ever since the ferry stopped\n"
        "running, and they celebrated on the market square."
    )
    assert paragraphs(wrapped) == [
        "The council met on Friday evening in the old town hall and approved the bridge after a debate that "
        "lasted until well past the middle of the night. Work begins in June.",
        "Residents had asked for the bridge ever since the ferry stopped running, and they celebrated on the "
        "market square.",
    ]


def test_hyphens_that_belong_to_a_word_stay() -> None:
    wrapped = (
        "Der Stadtrat beschloss am Freitag den Bau der neuen Haupt-\n"
        "und Nebenbrücke über den Fluss, sagte der well-known Bürger-\n"
        "meister nach der langen Sitzung, und er lobte den well-\n"
        "known Ingenieur, der die Pläne seit Jahren gezeichnet hat."
    )
    text = cleaned(wrapped).text
    assert "Haupt- und Nebenbrücke" in text
    assert "Bürgermeister" in text
    assert "lobte den well-known Ingenieur" in text


def test_the_title_is_not_repeated_as_the_first_paragraph() -> None:
    article = cleaned("Bridge approved!\n\nThe council met on Friday.", title="“Bridge approved”")
    assert article.text == "The council met on Friday."


@pytest.mark.parametrize(
    ("text", "title", "left"),
    [
        ("Bridge approved\n\nThe council met.", "Bridge approved", "The council met."),
        ("Bridge approved", "Bridge approved", "Bridge approved"),
        ("The council met. It approved.", "The council met", "The council met. It approved."),
        ("The council met.\n\nIt approved.", "The council met", "The council met.\n\nIt approved."),
        ("市议会开会了。\n\n大桥获得批准。", "市议会开会了。", "市议会开会了。\n\n大桥获得批准。"),
        (
            "CNN —\n\nThe council met on Friday.",
            "The council met on Friday",
            "CNN —\n\nThe council met on Friday.",
        ),
        (
            "By Jane Roe\n\nLONDON (AP) — The council met on Friday.",
            "The council met on Friday",
            "By Jane Roe\n\nLONDON (AP) — The council met on Friday.",
        ),
    ],
)
def test_an_article_without_a_title_gets_one(text: str, title: str, left: str) -> None:
    article = cleaned(text, title="")
    assert (article.title, article.text) == (title, left)


@pytest.mark.parametrize("title", ["CNN —", "New York CNN —", "Colombo, Sri Lanka CNN —", "GENEVA (AP) —"])
def test_a_dateline_is_no_title(title: str) -> None:
    assert cleaned(f"{title}\n\nThe council met on Friday.", title=title).title == "The council met on Friday"


@pytest.mark.parametrize(
    "title", ["Von der Leyen", "AP Biology is dropped", "By land — or by sea", "CNN fires its chief"]
)
def test_a_title_that_begins_like_a_dateline_stays(title: str) -> None:
    assert cleaned("The council met on Friday.", title=title).title == title


def test_a_made_title_is_cut_at_a_word() -> None:
    title = cleaned("The council " + "approved the very long bridge " * 10 + "today.", title="").title
    assert (
        title.endswith("bridge…") or title.endswith("long…") or title.endswith("very…") or title.endswith("the…")
    )
    assert len(title) <= 90


REAL = "The council approved the new bridge on Friday after a long debate, the mayor said."


@pytest.mark.parametrize(
    ("text", "headings"),
    [
        (f"{REAL}\n\nHigher and dearer\n\n{REAL}!", [None, "Higher and dearer"]),
        (f"{REAL}\n\nUpper\n\nLower\n\n{REAL}!", [None, "Lower"]),
        (f"{REAL}\n\nWhat next?\n\n{REAL}!", [None, "What next?"]),
        (f"{REAL}\n\nThe end", [None]),
        (f"{REAL}\n\nIowa\n\nOhio\n\nUtah\n\nTexas", [None]),
        (f"{REAL}\n\nIt was over.\n\n{REAL}!", [None]),
        (f"{REAL}\n\n एक छोटा वाक्य है।\n\n{REAL}!", [None]),
        (f"{REAL}\n\n大桥何时建成？\n\n{REAL}!", [None, "大桥何时建成？"]),
        (f"{REAL}\n\n“We are free”\n\n{REAL}!", [None]),
        (f"{REAL}\n\n- Two lanes\n\n{REAL}!", [None]),
        (f"{REAL}\n\n12 May 2023\n\n{REAL}!", [None]),
        (f"By Ada Roe\n\n{REAL}", [None]),
        (f"{REAL}\n\nBy Monday, the bridge was closed\n\n{REAL}!", [None, "By Monday, the bridge was closed"]),
        (f"Ada Roe\n\n{REAL}", [None]),
        (f"{REAL}\n\nTickets: $12 at the door\n\n{REAL}!", [None]),
    ],
)
def test_which_short_lines_are_headings(text: str, headings: list[str | None]) -> None:
    text = text.replace(
        f"{REAL}!", "Work on the bridge begins in June, when the plans are drawn by the engineers."
    )
    assert [section.heading for section in cleaned(text).sections] == headings


def test_headings_in_a_row_are_in_no_body() -> None:
    article = cleaned(
        f"{REAL}\n\nUpper\n\nLower\n\nWork on the bridge begins in June, when the plans are drawn up."
    )
    bodies = [body(article, number) for number in range(2)]
    assert bodies == [REAL, "Work on the bridge begins in June, when the plans are drawn up."]
    assert "Upper" in article.text


def test_boilerplate_is_dropped_and_short_repeats_stay() -> None:
    assert paragraphs("Yes.\n\nRead more\n\nADVERTISEMENT\n\nYes.") == ["Yes.", "Yes."]


def test_what_is_declared_wins_over_what_is_detected() -> None:
    extracted = Extracted(
        REAL, language="nl-BE", published_at=datetime(2023, 5, 1), title="Published: 12 May 2023"
    )
    article = clean(extracted, "a")
    assert (article.language, article.published_at) == ("nl", datetime(2023, 5, 1))
    undeclared = clean(Extracted(f"Kyiv, 12 May 2023\n\n{REAL}", title="x"), "a")
    assert (undeclared.language, undeclared.published_at) == ("en", datetime(2023, 5, 12))


@pytest.mark.parametrize("text", ["", " \n \n", "© AP\n\nPhoto: Ada Roe", "\u200b\x00"])
def test_an_article_without_text_is_an_error(text: str) -> None:
    with pytest.raises(ArticleError, match="no text"):
        cleaned(text)


PIECES = st.one_of(
    st.sampled_from(
        [
            *(
                "© AP",
                "Photo: Ada Roe",
                "The bridge. © ISW",
                "Higher and dearer",
                "``five''",
                "Read more",
                "A title",
            ),
            *(
                REAL,
                REAL.replace("the", "“the”"),
                "\u200b",
                "\u00ad",
                "\n",
                "\r\n",
                "- item",
                "well-\nknown",
                "👩‍⚕️",
            ),
        ]
    ),
    st.text(max_size=60),
)
TEXTS = st.lists(st.tuples(PIECES, st.sampled_from(["\n\n", "\n", " ", ""])), max_size=12).map(
    lambda parts: "".join(piece + end for piece, end in parts)
)


@settings(max_examples=examples(400), deadline=None)
@given(TEXTS)
def test_cleaning_again_changes_nothing(text: str) -> None:
    try:
        once = cleaned(text)
    except ArticleError:
        return
    twice = cleaned(once.text)
    assert twice.text == once.text
    assert twice.sections == once.sections
    assert twice.credits == ()


@pytest.mark.parametrize(
    ("foot", "site"),
    [
        ("O post Feira volta à praça com 80 produtores apareceu primeiro em Diário de Ariri.", "Diário de Ariri"),
        ("Der Beitrag „Feira volta à praça com 80 produtores“ erschien zuerst auf Ariri Heute.", "Ariri Heute"),
        ("La entrada Feira volta à praça com 80 produtores se publicó primero en Ariri.", "Ariri"),
        ("Artykuł Feira volta à praça com 80 produtores pochodzi z serwisu Ariri.", "Ariri"),
        ("Inlägget Feira volta à praça com 80 produtores dök först upp på Ariri", "Ariri"),
    ],
)
def test_a_last_line_that_names_the_article_is_a_feeds(foot: str, site: str) -> None:
    told = "Depois de quatro anos no estacionamento, a feira volta à Praça da Matriz com oitenta produtores."
    title = "Feira volta à praça com 80 produtores"
    assert clean(Extracted(text=f"{told}\n\n{foot}", title=title, source=site), "id").text == told


@pytest.mark.parametrize(
    "last",
    [
        "Feira volta à praça com 80 produtores, dizia a faixa.",
        "A prefeita leu a manchete, “Feira volta à praça com 80 produtores”, e disse que a mudança foi decidida "
        "em plebiscito informal, com urnas de papelão que ficaram semanas nas padarias.",
        "A feira volta à praça.",
        "Ann Lee, Feira volta à praça com 80 produtores (Faber, £12).",
        "Perguntada na Ariri, foi breve: “Feira volta à praça com 80 produtores.”",
        "Lia-se “Feira volta à praça com 80 produtores” na primeira página, que todos na praça leram, do Ariri.",
    ],
)
def test_a_last_line_that_tells_more_stays(last: str) -> None:
    told = "Depois de quatro anos no estacionamento, a feira volta à Praça da Matriz com oitenta produtores."
    assert clean(
        Extracted(text=f"{told}\n\n{last}", title="Feira volta à praça com 80 produtores", source="Ariri"), "id"
    ).text == (f"{told}\n\n{last}")


@pytest.mark.parametrize(
    "heading", ["Czytaj także", "Mehr zum Thema:", "Lea también", "関連記事", "Related stories"]
)
def test_headlines_of_others_that_end_a_text_are_left_out(heading: str) -> None:
    story = [
        "The council of Halm decided on Monday that a bridge will be built.",
        "It costs 40 million, said the mayor.",
    ]
    others = [heading, "Fire at the town hall put out", "School to get a new roof", "© 2026 Halm Post"]
    cleaned = clean(Extracted("\n\n".join(story + others)), "a")
    assert cleaned.text == "\n\n".join(story)
    told = clean(
        Extracted("\n\n".join([*story, *others[:2], "The fire was put out by noon, said the mayor."])), "a"
    )
    assert "by noon" in told.text
    first = clean(Extracted("\n\n".join([heading, *others[1:3], *story])), "a")
    assert first.text.endswith("\n\n".join(story))


@pytest.mark.parametrize(
    "ending",
    [
        ["Recommended", "The grey boat leaves the quay", "A short life of the ferry", "What the river took"],
        ["Don't miss", "Brass band on the market square", "Fireworks above the old harbour"],
        ["See also", "The bridge of Brack and its builders", "A map of the old harbour"],
        ["Related stories", "The grey boat leaves the quay (Faber)", "A short life of the ferry (Knopf)"],
        ["Lees ook", "20.30 uur: fanfare op de markt", "21.15 uur: vuurwerk boven de haven"],
        ["Mehr zum Thema", "Ann Lee", "Ben Roe", "Das graue Boot"],
        ["Czytaj także", *(f"Szary prom odpływa z portu numer {n}" for n in "abcdefg")],
    ],
)
def test_a_list_of_its_own_that_ends_a_text_stays(ending: list[str]) -> None:
    story = ["The council of Halm decided on Monday that a bridge will be built.", f"{REAL} " * 12]
    assert clean(Extracted("\n\n".join(story + ending)), "a").text.endswith("\n\n".join(ending[1:]))
