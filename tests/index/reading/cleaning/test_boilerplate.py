import pytest

from index.reading.cleaning.boilerplate import is_boilerplate, is_roundup


@pytest.mark.parametrize(
    "line",
    [
        "More: Everything we know about the old bridges",
        "Read more opinion: Why I stopped cycling to work",
        "Recommended stories: The airfield, then and now",
        "[ RELATED: The airfield, then and now ]",
        "Hide caption 12 of 49",
        "Video Ad Feedback How the old bridge was blown up 2:57 • Source: Tarnside TV",
        "JUST WATCHED How the bridge was blown up Replay More Videos ... MUST WATCH How the bridge was blown up",
        "AI-assisted summary The old bridge of Tarnside was blown up on Monday.",
        "Bekijk foto 5 van 8",
        "Foto 4 de 17",
        "Te puede interesar: Así será el nuevo puerto",
        "Más noticias de Ribalta%2C aquí",
        "Meer nieuws uit Duinrand? Volg ons op WhatsUp",
        "Lesen Sie hier: Die erfolgreichsten Turnerinnen des Landes",
        "Bildunterschrift: Brehm 2019 in Lohfeld",
        "Propos recueillis par Luc Sabatier",
        "Boletín: reciba las noticias cada mañana en su correo",
        "Sign up for our Tarnside Briefing newsletter to get the news each morning.",
        "Get the news in your inbox every morning.",
        "Meld je aan voor de nieuwsbrief van de haven.",
        "The views expressed in this article are those of the author.",
        "The views expressed here do not reflect those of the paper.",
        "This story was updated on 5 May.",
        "Live coverage has moved. Follow the latest here.",
        "This story has been updated with additional information.",
        "Contributing: The Associated Press",
        "View this email in your browser",
        "Newsletter im Browser ansehen",
        "Uitschrijven",
        "You receive this because you signed up. Unsubscribe | Sandbank Media, Pier 3",
        "From staff and wire reports",
        "Have a lovely weekend, and see you on Monday!",
        "Good morning! I'm Ada Quill, and this is the Tarnside Briefing.",
        "Guten Morgen, ich bin Jonas Feld, und das ist wichtig heute:",
        "【打印本页】【关闭窗口】",
        "［字体：大 中 小］ ［列印］",
        "Vous recevez cet e-mail car vous êtes abonné. Se désabonner",
    ],
)
def test_the_site_speaks(line: str) -> None:
    assert is_boilerplate(line)


@pytest.mark.parametrize(
    "line",
    [
        "More than 1,100 structures remain threatened.",
        "You are receiving fewer letters because people unsubscribed, the postmaster told the council.",
        "Readers can now view the paper online.",
        "Follow-up talks are planned in Geneva.",
        "The reporting by the committee took two years.",
        "He said that 20% of 2,000 homes were lost.",
        "Mehr als hundert Menschen kamen.",
        "Meer dan honderd mensen kwamen naar het plein.",
        "Sign-ups for the marathon rose by a fifth.",
        "Contact was lost at 5 p.m.",
        "I'm a welder, and this is my trade, he told the court.",
        '"Hello, I\'m Ada Quill, and this is my house," she told them.',
        "Have a permit ready, the rangers ask of everybody who comes on a weekend.",
    ],
)
def test_the_article_speaks(line: str) -> None:
    assert not is_boilerplate(line)


@pytest.mark.parametrize(
    ("title", "is_one"),
    [
        ("5 things to know for July 14: Covid-19, Biden in Israel", True),
        ("Five things to know on Thursday: Fire, fish and football", True),
        ("Das Wichtigste am Morgen", True),
        ("Mayor found guilty, ferry to be searched: 5 Things podcast", True),
        ("5 things: Friday", True),
        ("10 takeaways", True),
        ("Lost emu, giant pumpkin: News from around our 50 states", True),
        ("Ferry, Ada Quill, strike, jobs, a cold spring ...", True),
        ("5 things to know about the kite show that opens on Friday", False),
        ("Six takeaways from the vote in Tollhaven", False),
        ("Rain, wind and hail, a first in June, hit Tollhaven, Quill and Marsh", False),
        ("Brexit: what you need to know about the vote", False),
        ("Two things the mayor did not know", False),
    ],
)
def test_a_title_that_lists_stories(title: str, is_one: bool) -> None:
    assert is_roundup(title) is is_one


@pytest.mark.parametrize(
    "line",
    [
        "「大変でした」",
        "「小さな一歩」",
        "【中国】",
        "［大阪］",
        "[大阪]",
        "【中】",
        "【大学入試】",
        "【推荐信造假】",
        "「返回」",
    ],
)
def test_words_in_brackets_are_told(line: str) -> None:
    assert not is_boilerplate(line)
