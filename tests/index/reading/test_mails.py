"""Mails: boxes of them, mails that carry others, as parts or as text; what was written around them is left out."""

from __future__ import annotations

from datetime import date

import pytest

from index.reading.extracted import Extracted
from index.reading.read import read
from tests.index.reading.packages import zipped
from tests.index.reading.test_formats import ONE, TWO, articles, only, refused

NOTE = "Have a look, this is what I meant on Saturday! Kisses, Marta"
HEAD = (
    "From: Marta <marta@home.example>\nTo: jo@home.example\nSubject: {}\nDate: Sun, 18 May 2025 21:14:03 +0200\n"
)
TEXT = HEAD + "Content-Type: text/plain; charset=utf-8\n\n{}"

GMAIL = (
    "---------- Forwarded message ---------\n"
    "From: Bay Post <letter@bay.example>\nDate: Thu, 15 May 2025 at 08:30\n"
    "Subject: Ferry approved\nTo: <marta@home.example>\n"
)
GERMAN = (
    "-------- Weitergeleitete Nachricht --------\nBetreff: \tFerry approved\n"
    "Datum: \tThu, 15 May 2025 08:30:00 +0200\n"
    "Von: \tBay Post <letter@bay.example>\nAn: \tmarta@home.example\n"
)
OUTLOOK = (
    "________________________________\nFrom: Bay Post <letter@bay.example>\nSent: Thursday, May 15, 2025 8:30 AM\n"
    "To: Marta <marta@home.example>\nSubject: Ferry approved\n"
)
FRENCH = (
    "*De :* Bay Post <letter@bay.example>\n*Envoyé :* jeudi 15 mai 2025 08:30\n*À :* Marta <marta@home.example>\n"
    "*Objet :* Ferry approved\n"
)
APPLE = (
    "Begin forwarded message:\n\n> From: Bay Post <letter@bay.example>\n> Subject: Ferry approved\n"
    "> Date: 15 May 2025 at 08:30:00 CEST\n> To: marta@home.example\n> "
)


@pytest.mark.parametrize(
    "header", [GMAIL, GERMAN, OUTLOOK, FRENCH, APPLE], ids=["gmail", "de", "outlook", "fr", "apple"]
)
@pytest.mark.parametrize("note", [NOTE, ""])
def test_a_mail_passed_on_as_text_is_the_one_that_was_passed_on(header: str, note: str) -> None:
    quote = "> " if header is APPLE else ""
    body = "\n".join(quote + line for line in f"{ONE}\n\n{TWO}\n".split("\n"))
    found = only(TEXT.format("Fwd: Ferry approved", f"{note}\n\n{header}\n{body}"), "a.eml")
    assert (found.title, found.source) == ("Ferry approved", "Bay Post")
    assert found.text.strip() == f"{ONE}\n\n{TWO}"
    assert found.published_at is not None
    assert found.published_at.date() == date(2025, 5, 15)


def test_who_passed_it_on_stands_where_the_header_tells_nobody() -> None:
    header = "---------- Forwarded message ---------\nFrom: <letter@bay.example>\nSubject: Ferry\nTo: Marta\n"
    found = only(TEXT.format("Fwd: Ferry", f"{header}\n{ONE}\n\n{TWO}\n"), "a.eml")
    assert (found.source, found.text.strip()) == ("Marta", f"{ONE}\n\n{TWO}")
    assert found.published_at is not None
    assert found.published_at.date() == date(2025, 5, 18)


def test_in_html_too() -> None:
    header = GMAIL.replace("<", "&lt;").replace(">", "&gt;").strip().replace("\n", "<br>")
    page = (
        f"<div>{NOTE}<br><br><div>{header}</div><div><h1>Ferry approved</h1><p>{ONE}</p><p>{TWO}</p></div></div>"
    )
    found = only(TEXT.format("Fwd: Ferry approved", page).replace("text/plain", "text/html"), "a.eml")
    assert (found.source, found.text) == ("Bay Post", f"Ferry approved\n\n{ONE}\n\n{TWO}")


@pytest.mark.parametrize(
    ("subject", "body"),
    [
        ("Ferry approved", f"{ONE}\n\nContact: Ann Lee\nPhone: 0123\nEmail: ann@bay.example\n\n{TWO}"),
        ("Ferry approved", f"From: the quay\nTo: the island\nTickets: ann@bay.example\n\n{ONE}\n\n{TWO}"),
        ("Fwd: Ferry approved", f"{ONE} {TWO} {ONE}\n\n{GMAIL}\n{TWO}"),
        ("Re: Ferry approved", f"Correction: it was on Tuesday.\n\n-----Original Message-----\n{OUTLOOK}\n{TWO}"),
        ("BBC: Council", f"A note.\n\nEvent: Fair\nContact: ann@bay.example\nTopic: Council\n\n{ONE} {TWO}"),
    ],
)
def test_other_boxes_of_names_are_its_text(subject: str, body: str) -> None:
    found = only(TEXT.format(subject, body), "a.eml")
    assert (found.source, found.text.strip()) == ("Marta", body)


@pytest.mark.parametrize(
    ("foot", "is_foot"),
    [
        ("Bay Post, 4 Quay Street. Unsubscribe from this list <https://bay.example/u>", True),
        ("Bay Post | 4 Quay Street | Unsubscribe", True),
        ("Bay Post - Unsubscribe from this list", True),
        ("The new button of Bay Mail - unsubscribe with one tap", False),
        ("Bay Post, Hafen 4 – Abmelden", True),
        ("It went well. Unsubscribe rates fell by 4.5 per cent.", False),
        ("The readers were told. Unsubscribe, they said, and be free.", False),
    ],
)
def test_the_foot_may_begin_with_an_address(foot: str, is_foot: bool) -> None:
    found = only(TEXT.format("Ferry", f"{ONE}\n\n{TWO}\n\n{foot}\n"), "a.eml")
    assert (foot not in found.text) == is_foot
    assert TWO in found.text


def carrying(kind: str, *bodies: str, note: str = NOTE) -> str:
    inner = [
        f"From: Bay Post <a@b.example>\nSubject: Part {n}\n\n{body}\n" for n, body in enumerate(bodies, start=1)
    ]
    parts = "".join(f"--y\nContent-Type: message/rfc822\n\n{one}\n" for one in inner)
    if kind == "digest":
        parts = "--x\nContent-Type: multipart/digest; boundary=y\n\n" + parts.replace(
            "Content-Type: message/rfc822\n", ""
        )
        parts += "--y--\n"
    else:
        parts = parts.replace("--y\n", "--x\n")
    head = HEAD.format("Two of them") + "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n"
    return f"{head}--x\nContent-Type: text/plain\n\n{note}\n\n{parts}--x--\n"


@pytest.mark.parametrize("kind", ["parts", "digest"])
def test_a_mail_that_carries_several_is_each_of_them(kind: str) -> None:
    found = articles(carrying(kind, ONE, TWO), "a.eml")
    assert [(one.title, one.text.strip()) for one in found] == [("Part 1", ONE), ("Part 2", TWO)]


def test_what_is_told_beside_several_is_an_article_too_unless_it_is_their_list() -> None:
    note = f"{TWO} {ONE} {TWO}"
    assert [one.title for one in articles(carrying("parts", ONE, TWO, note=note), "a.eml")] == [
        "Two of them",
        "Part 1",
        "Part 2",
    ]
    assert [one.title for one in articles(carrying("digest", ONE, TWO, note=note), "a.eml")] == [
        "Part 1",
        "Part 2",
    ]


def test_one_that_is_empty_is_named() -> None:
    (found,) = refused(carrying("parts", ONE, ""), "a.eml")
    assert "no text in this mail" in str(found.reason)


def test_one_that_is_parts_in_parts_costs_no_other() -> None:
    deep = "".join(f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(1500))
    box = f"From a\nSubject: Ferry\n\n{ONE}\n\nFrom b\n{deep}\nhi\n\nFrom c\nSubject: Line\n\n{TWO}\n"
    found = [one for _, one in read(box.encode(), "a.mbox")]
    assert [type(one).__name__ for one in found] == ["Extracted", "Refused", "Extracted"]


def test_a_mailbox_without_an_ending_in_an_archive() -> None:
    box = f"From a\nSubject: Ferry\n\n{ONE}\n"
    found = [(label, type(one).__name__) for label, one in read(zipped(Inbox=box, LICENSE="Free."), "a.zip")]
    assert found == [("/Inbox", "Extracted"), ("/LICENSE", "Refused")]


@pytest.mark.parametrize("name", ["Newsletters", "Inbox", "mbox", "a.mbox"])
def test_a_mailbox_may_have_no_ending(name: str) -> None:
    one = (
        "From - Mon Mar 03 06:10:00 2025\nX-Mozilla-Status: 0001\n"
        "Subject: {}\n\n{}\n\nFrom the quay it went on.\n\n"
    )
    found = articles(one.format("Ferry", ONE) + one.format("Bay", TWO), name)
    assert [one.title for one in found] == ["Ferry", "Bay"]
    assert all(one.text.strip().endswith("From the quay it went on.") for one in found)


def test_a_file_of_another_kind_is_no_mailbox() -> None:
    found: list[Extracted] = articles('{"text": "From here on"}', "a.json")
    assert len(found) == 1


@pytest.mark.parametrize(
    ("line", "is_head"),
    [
        ("Vous ne voyez pas bien ce message ? https://bay.example/v/212", True),
        ("View this email in your browser <https://bay.example/v>", True),
        ("Probleme mit der Darstellung? https://bay.example/v", True),
        ("Ferry approved: https://bay.example/ferry", False),
        ("The timetable stands at https://bay.example/times", False),
    ],
)
def test_where_it_can_be_read_online_is_left_out(line: str, is_head: bool) -> None:
    found = only(TEXT.format("Ferry", f"Bay Post\n\n{line}\n\n{ONE}\n\n{TWO}"), "a.eml")
    assert (line not in found.text) == is_head
    assert f"{ONE}\n\n{TWO}" in found.text


def test_a_digest_in_plain_text_is_each_of_its_mails() -> None:
    one = "Message: {0}\nDate: Wed, 13 Nov 2019 20:15:00\nFrom: Ann <a@b.example>\nSubject: Part {0}\n\n{1}\n\n"
    parts = f"{'-' * 30}\n\n".join(
        (one.format(1, ONE), one.format(2, f"{TWO}\n\n{'-' * 20}"), "Bay digest\n***\n")
    )
    told = f"Today's Topics:\n\n  1. Part 1\n  2. Part 2\n\n\n{'-' * 70}\n\n{parts}"
    found = articles(TEXT.format("Bay Digest, Vol 88", told), "a.eml")
    assert [(one.title, one.source, one.text.split("\n")[0]) for one in found] == [
        ("Part 1", "Ann", ONE),
        ("Part 2", "Ann", TWO),
    ]


def test_rules_in_a_mail_are_no_digest() -> None:
    body = f"{ONE}\n\n{'-' * 70}\n\n{TWO}\n\n{'-' * 30}\n\nSubject: more to come, said the mayor."
    assert TWO in only(TEXT.format("Ferry", body), "a.eml").text


def test_the_markup_of_a_mail_has_no_signature_and_no_marks_of_quoting() -> None:
    head = "Subject: Ferry\nMIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n"
    body = f"<p>{ONE}</p><p>--</p><p>&gt;50 people came. {TWO}</p>"
    assert only(f"{head}{body}", "a.eml").text == f"{ONE}\n\n>50 people came. {TWO}"


@pytest.mark.parametrize("prefix", ["VB: ", "Odp: ", "Re: VB: ", "İlt: ", "转发："])
def test_a_title_has_no_sign_of_forwarding(prefix: str) -> None:
    assert only(TEXT.format(f"{prefix}Ferry approved", f"{ONE}\n\n{TWO}"), "a.eml").title == "Ferry approved"
