"""What stands around the words of a mail in HTML: signatures, small print that tells how to get no more."""

from __future__ import annotations

import pytest

from tests.index.reading.test_formats import ONE, TWO, only

HEAD = "Subject: Ferry\n{}MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n"
LEAVE = "List-Unsubscribe: <https://l.example/x/81?k=2>, <mailto:out@bay.example>\n"
STORY = f"<p>{ONE}</p><p>{TWO}</p>"


def told(markup: str, header: str = "") -> str:
    return only(f"{HEAD.format(header)}{markup}", "a.eml").text.strip()


@pytest.mark.parametrize(
    "around",
    [
        '<div class="protonmail_signature_block">{}</div>',
        '<div class="gmail_signature" data-smartmail="gmail_signature"><div>{}</div></div>',
        '<div id="AppleMailSignature">{}</div>',
        '<div id="ms-outlook-mobile-signature">{}</div>',
        '<div class="moz-signature">-- <br>{}</div>',
        '<div id="x_Signature"><p>{}</p></div>',
    ],
)
def test_a_signature_is_left_out(around: str) -> None:
    assert told(STORY + around.format("Sendt med sikker e-mail")) == f"{ONE}\n\n{TWO}"


@pytest.mark.parametrize(
    ("foot", "header"),
    [
        (
            '<p><span style="font-size:8.0pt">Till <a href="mailto:av@b.example?subject=unsub">dig</a></span></p>',
            "",
        ),
        (
            '<p style="font-size:11px">Ön 3, Halm</p><p style="font-size:11px"><a href="https://e.example/unsub?9">Pois</a></p>',
            "",
        ),
        ('<p><font size="1">Halmin Sanomat, <a href="https://l.example/x/81?k=2">peru</a></font></p>', LEAVE),
        ('<div><small>Kézbesítés: <a href="mailto:out@bay.example">leiratkozás</a></small></div>', LEAVE),
        ('<p>Nechcete už? <a href="https://l.example/x/81?k=2">Odhlásit</a></p><p>Halm, 3</p>', LEAVE),
        ("<p>Ej mer? Gå till https://l.example/x/81?k=2</p>", LEAVE),
    ],
)
def test_how_to_get_no_more_is_left_out(foot: str, header: str) -> None:
    assert told(STORY + foot, header) == f"{ONE}\n\n{TWO}"


@pytest.mark.parametrize(
    "rest",
    [
        '<p style="font-size:8pt">The council paid 40 million for it in 2019.</p>',
        '<p style="font-size:8pt">Source: <a href="https://council.example/report">the report</a>.</p>',
        '<p>Write to <a href="mailto:mayor@halm.example">the mayor</a> by Friday.</p>',
        '<p>The law: <a href="https://l.example/unsubscribe-rules">its rules</a>.</p><p>It came in May.</p>',
        '<p class="signature-count">4,000 have signed it by Friday.</p>',
        '<p style="font-size:8pt">* Figures for 2022.</p><p style="font-size:8pt">Press office: '
        '<a href="mailto:press@halm.example">Ann Lee</a></p>',
        '<p style="font-size:8pt">* Figures for 2022, said she.</p><p style="font-size:8pt">'
        '<a href="https://l.example/unsubscribe?u=4">No more</a></p>',
        '<div class="signature-bridge"><p>A third bridge follows.</p></div><p>It ends there.</p>',
    ],
)
def test_what_the_article_ends_with_stays(rest: str) -> None:
    text = told(STORY + rest, LEAVE)
    assert text.startswith(f"{ONE}\n\n{TWO}")
    assert len(text) > len(f"{ONE}\n\n{TWO}") + 10


def test_a_mail_in_small_letters_is_whole() -> None:
    small = f'<div style="font-size:9px">{STORY}<p>Ask <a href="mailto:a@b.example">us</a> there.</p></div>'
    assert told(small).endswith("Ask us there.")


def test_a_mail_that_is_a_signature_is_whole() -> None:
    assert told(f'<div class="signature">{STORY}</div><p>Ann</p>').startswith(ONE)


PLAIN = "Subject: {}\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n{}"


@pytest.mark.parametrize(
    ("head", "foot"),
    [
        ("Se non visualizzi correttamente questa email clicca qui\nhttps://v.example/212", ""),
        ("Nie widzisz tego e-maila? Zobacz w przeglądarce <https://v.example/212>", ""),
        (
            "",
            "Hai ricevuto questa email perché sei abbonato.\nGestisci le preferenze <https://v.example/pref?u=91>",
        ),
        ("", "Saat tämän, koska tilasit newsletterin.\nPeru: https://v.example/p/1"),
        (
            "Otvorte e-mail v prehliadači https://v.example/2",
            "E-mail vám posiela Halm.\nOdhlásiť https://v.example/o/1",
        ),
    ],
)
def test_what_speaks_of_the_mail_in_any_language_is_left_out(head: str, foot: str) -> None:
    body = "\n\n".join(filter(None, (head, ONE, TWO, foot)))
    assert only(PLAIN.format("Ferry", body), "a.eml").text.strip() == f"{ONE}\n\n{TWO}"


@pytest.mark.parametrize(
    ("subject", "first", "last"),
    [
        ("Halm", "An e-mail has cost the mayor her office.", "She did not reply to an e-mail."),
        ("E-mail costs the mayor her office", "The e-mail that cost an office", "It came on Monday."),
        ("Halm", "The mayor goes", "Ask her by e-mail, or see https://halm.example/ask for her hours."),
        ("Halm", "The mayor goes", "Sources:\nhttps://halm.example/minutes"),
        ("Halm", "E-mail scam hits pensioners in Brack", "It came on Monday."),
        ("Halm", "Browser maker fined by regulator", "It came on Monday."),
        ("Halm", "Who still reads e-mail?", "It came on Monday."),
        (
            "Halm",
            "The mayor goes",
            "Comments can be sent by e-mail until 4 June or on the site of the council:\n"
            "https://halm.example/plan?id=3\nThe council decides on 9 June.",
        ),
        (
            "Halm",
            "The mayor goes",
            "Reageren kan per e-mail tot 4 juni, of op\nhttps://halm.example/plan/3\nDe raad besluit dan.",
        ),
        ("Halm", "The mayor goes", "Reply by e-mail until 4 June.\nThe plan: https://halm.example/plan/3"),
        ("Halm", "The mayor goes", "Anyone may write an e-mail.\nThe plan: https://halm.example/plan"),
        ("Halm", "The mayor goes", "She left.\nShe wrote an e-mail.\nThe plan: https://halm.example/plan/3"),
    ],
)
def test_articles_about_mail_are_whole(subject: str, first: str, last: str) -> None:
    body = "\n\n".join((first, ONE, TWO, last))
    assert only(PLAIN.format(subject, body), "a.eml").text.strip() == body


OTHERS = "<p>An older story of somebody else about the ferry that stops at noon.</p>"


@pytest.mark.parametrize(
    "quoted",
    [
        f'<div class="gmail_quote"><p>On Mon, B wrote:</p><blockquote>{OTHERS}</blockquote></div>',
        f'<div class="moz-cite-prefix">Am 3.5. schrieb B:</div><blockquote type="cite">{OTHERS}</blockquote>',
        f'<hr><div id="divRplyFwdMsg"><b>From:</b> B<br><b>Subject:</b> Bridge</div><div>{OTHERS}</div>',
        f'<div class="protonmail_quote">Den 3/5 skrev B:<blockquote>{OTHERS}</blockquote></div>',
        f'<div class="yahoo_quoted" id="ydp81">B ha scritto:{OTHERS}</div>',
    ],
)
def test_the_mail_that_is_answered_is_not_its_text(quoted: str) -> None:
    assert told(STORY + quoted) == f"{ONE}\n\n{TWO}"
    assert "older story" in told(f"<p>Look!</p>{quoted}")
    forward = HEAD.replace("Ferry", "Fwd: Ferry").format("")
    assert "older story" in only(f"{forward}{STORY}{quoted}", "a.eml").text


def test_questions_that_are_answered_one_by_one_stay() -> None:
    asked = [f"Why does the ferry stop on day {n}?" for n in range(3)]
    quotes = [f'<div class="gmail_quote"><blockquote>{one}</blockquote></div>' for one in asked]
    markup = "".join(f"{one}<p>{said}</p>" for one, said in zip(quotes, (ONE, TWO, "Nobody knows."), strict=True))
    text = "\n\n".join((asked[0], ONE, asked[1], TWO, asked[2], "Nobody knows."))
    assert told(markup) == text
    plain = "\n\n".join((f"> {asked[0]}", ONE, f"> > {asked[1]}", TWO, f"> {asked[2]}", "Nobody knows."))
    assert only(PLAIN.format("Ferry", plain), "a.eml").text.strip() == text
    below = f"{ONE}\n\n{TWO}\n\nAnn wrote:\n> {asked[0]}\n\n> {asked[1]}"
    assert asked[0] not in only(PLAIN.format("Ferry", below), "a.eml").text


def test_a_passage_that_is_quoted_stays() -> None:
    assert "I go" in told(f"{STORY}<blockquote><p>I go, said the mayor of Halm.</p></blockquote>")
