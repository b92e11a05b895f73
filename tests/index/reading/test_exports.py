"""What programs and databases export: each document an article with its own title, day and outlet, and no more."""

from __future__ import annotations

import json
import plistlib
from datetime import date

import pytest

from index.reading.extracted import Extracted
from index.reading.read import read
from tests.index.reading.packages import zipped
from tests.index.reading.test_formats import ONE, TWO, articles, only, refused

Told = tuple[str, str | None, date | None, str]
DAYS = date(2018, 3, 12), date(2018, 3, 24)


def told(found: list[Extracted]) -> list[Told]:
    return [
        (one.title, one.source, one.published_at.date() if one.published_at else None, one.text) for one in found
    ]


LEXIS = (
    "                    {n} of 2 DOCUMENTS\n\n\n              {outlet}\n\n"
    "           {day}\n           First Edition\n\n"
    "{title}\n\nBYLINE: Ann Lee\n\nSECTION: NEWS; Pg. 3\n\nLENGTH: 231 words\n\n\n{text}\n\n"
    "LOAD-DATE: March 30, 2018\n\nLANGUAGE: ENGLISH\n\n"
    "      Copyright 2018 Bay Papers Ltd.\n        All Rights Reserved\n\f"
)
GERMAN = (
    "{n} von 2 DOKUMENTEN\n\n{outlet}\n\n{day}\n\n{title}\n\n"
    "SECTION: WIRTSCHAFT; S. 3\n\nLENGTH: 231 Wörter\n\n{text}\n\n"
    "UPDATE: 30. März 2018\n\nLANGUAGE: GERMAN; DEUTSCH\n\n"
    "PUBLICATION-TYPE: Zeitung\n\nCopyright 2018 Bay\nAlle Rechte\n\n"
)
ACADEMIC = (
    "{n} of 2 DOCUMENTS\n\nCopyright 2018 Bay Papers Ltd.\nAll Rights Reserved\n"
    "{outlet}\n\n{day}\n\nSECTION: NEWS; Pg. 3\n\n"
    "LENGTH: 231 words\n\nHEADLINE: {title}\n\nBYLINE: Ann Lee\n\nBODY:\n\n{text}\n\nLOAD-DATE: March 30, 2018\n\n"
)
UNI = (
    "{title}\n{outlet}\n{day}\n\nCopyright 2018 Bay Papers Ltd. All Rights Reserved\n\nSection: NEWS; Pg. 3\n\n"
    "Length: 231 words\n\nByline: Ann Lee\n\nBody\n\n\n{text}\n\nClassification\n\nLanguage: ENGLISH\n\n"
    "Publication-Type: Newspaper\n\nLoad-Date: March 30, 2018\n\nEnd of Document\n\n"
)
FACTIVA = (
    "{title}\n\nBy Ann Lee\n231 words\n{day}\n04:15\n{outlet}\nBAYPOS\n3\n"
    "English\n(c) 2018 Bay Papers Ltd.\n\n{text}\n\n"
    "Document BAYPOS002018031{n}ee3c0001v\n\n"
)
PROQUEST = (
    "____________________________________________________________\n\n"
    "Document {n} of 2\n\n{title}\n\nAuthor: Ann Lee\n\n"
    "Publication info: {outlet} ; Bay City [Bay City]{day}: A.3.\n\n"
    "Links: http://link.example/1\n\nFull text: {text}\n\n"
    "Subject: Ferries; Harbours\n\nTitle: {title}\n\nPublication title: {outlet}\n\nPublication date: {day}\n\n"
    "First page: A.1\n\nPublisher: Bay LLC\n\n"
    "ProQuest document ID: 2013\n\nCopyright: Copyright Bay Papers Mar 12, 2018\n\nDatabase: U.S. Newsstream\n\n"
)


@pytest.mark.parametrize(
    ("form", "days"),
    [
        (LEXIS, ("March 12, 2018 Monday", "March 24, 2018 Saturday")),
        (ACADEMIC, ("March 12, 2018 Monday", "March 24, 2018 Saturday")),
        (GERMAN, ("12. März 2018 Montag", "24. März 2018 Samstag")),
        (UNI, ("March 12, 2018 Monday", "March 24, 2018 Saturday")),
        (FACTIVA, ("12 March 2018", "24 March 2018")),
        (PROQUEST, ("Mar 12, 2018", "Mar 24, 2018")),
    ],
    ids=["lexis", "academic", "german", "uni", "factiva", "proquest"],
)
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_what_a_database_exports_are_its_documents(form: str, days: tuple[str, str], ending: str) -> None:
    data = "".join(
        form.format(n=number, day=day, outlet=outlet, title=title, text=text)
        for number, day, outlet, title, text in (
            (1, days[0], "The Bay Post", "Ferry approved", f"{ONE}\n\n{TWO}"),
            (2, days[1], "Evening Bay", "Bay freezes over", f"{TWO}\n\nNOTE: {ONE}"),
        )
    )
    if form is PROQUEST:
        data += (
            f"{'_' * 60}\n\nContact us at: http://bay.example/\n\nTerms and Conditions: http://bay.example/terms\n"
        )
    found = articles(data.replace("\n", ending), "results.TXT")
    assert told(found) == [
        ("Ferry approved", "The Bay Post", DAYS[0], f"{ONE}\n\n{TWO}"),
        ("Bay freezes over", "Evening Bay", DAYS[1], f"{TWO}\n\nNOTE: {ONE}"),
    ]


@pytest.mark.parametrize("rule", ["=" * 60, "-----", "* * * * *", "_" * 30, "#####"])
def test_parts_with_a_title_and_a_day_each_are_articles_each(rule: str) -> None:
    parts = (
        f"Ferry approved\nBay Post, 12 March 2018\n\n{ONE}\n\n{TWO}",
        f"Bay freezes\n\n24 March 2018\n\n{TWO}\n\n{ONE}",
    )
    found = articles(f"\n\n{rule}\n\n".join(parts), "a.txt")
    assert [(title, day) for title, _, day, _ in told(found)] == [
        ("Ferry approved", DAYS[0]),
        ("Bay freezes", DAYS[1]),
    ]
    assert found[0].text.endswith(TWO)
    assert found[1].text.endswith(ONE)


@pytest.mark.parametrize(
    "text",
    [
        f"Ferry approved\n==============\n\n12 March 2018\n\n{ONE}\n\n{TWO}",
        f"Ferry approved\n\n12 March 2018\n\n{ONE}\n\n* * * * *\n\n{TWO}\n\n* * * * *\n\nIn 2017 it was refused.",
        f"{ONE}\n\nPage 1 of 2\n\n{TWO}\n\nPage 2 of 2\n",
        f"{ONE}\n\n1 of 2\n\n{TWO}\n\n2 of 2\n",
        f"{ONE}\n\n2 of 3 documents\n\nwere lost, it was said. 3 of 9 documents\n\n{TWO}\n\n5 of 9 documents",
        f"{ONE}\n\nDocument 1 of the inquiry\n\n{TWO}\n\nEnd of the document, it was said.",
        f"Harbour papers\n\n{ONE}\n\nDocument 1 of 3\n\n{TWO}",
    ],
)
def test_other_texts_are_one_article_and_lose_nothing(text: str) -> None:
    assert only(text, "a.txt").text == text


def test_whose_words_they_are_is_no_text() -> None:
    found = articles(f"{ONE}\n\n{TWO}\n\nText: Anna Lee\n\nEnd of Document\n\n{TWO}\n\nEnd of Document\n", "a.txt")
    assert [one.text for one in found] == [f"{ONE}\n\n{TWO}\n\nText: Anna Lee", TWO]


FIELDS = (
    "id: {id}\nparent_id: 5d0c1b7a9e3f4c6f8a2b1d4e6f708192\ncreated_time: 2025-02-03T09:12:44.120Z\nauthor: \n"
    "source_url: {url}\nsource: joplin-clipper\nuser_data: {{}}\ntype_: {kind}"
)


@pytest.mark.parametrize("end", ["", "\n"])
def test_a_note_of_joplin_is_known_by_where_it_was_clipped(end: str) -> None:
    fields = FIELDS.format(id="0a1f33c2d4e5f60718293a4b5c6d7e8f", url="https://bay.example/ferry", kind=1)
    found = only(f"Ferry approved\n\n{ONE}\n\nid: of the line\n\n{TWO}\n\n{fields}{end}", "0a.md")
    assert (found.title, found.url, found.published_at) == ("Ferry approved", "https://bay.example/ferry", None)
    assert found.text == f"{ONE}\n\nid: of the line\n\n{TWO}"


@pytest.mark.parametrize("kind", [2, 4, 5, 6, 13])
def test_what_else_joplin_exports_is_left_out(kind: int) -> None:
    fields = FIELDS.format(id="0a1f33c2d4e5f60718293a4b5c6d7e8f", url="", kind=kind)
    (found,) = refused(f"dam.jpg\n\n{fields}" if kind != 6 else fields, "0a.md")
    assert found.left_out


def test_a_note_that_speaks_of_types_is_whole() -> None:
    text = f"{ONE}\n\nid: 5\ntype_: 1"
    assert only(text, "a.md").text == text


MESSAGE = {"type": "message", "date": "2025-02-19T14:03:22", "date_unixtime": "1739966602", "from": "Bay Live"}
LINKS = [
    {"type": "link", "text": "https://bay.example/1"},
    "\n",
    {"type": "text_link", "text": "Subscribe", "href": "x"},
]


@pytest.mark.parametrize(
    ("text", "title", "words"),
    [
        ([{"type": "bold", "text": "Ferry approved"}, f"\n\n{ONE}\n\n", *LINKS], "Ferry approved", ONE),
        (f"{ONE}\n\n{TWO}", "", f"{ONE}\n\n{TWO}"),
        (
            [f"{ONE} The mayor, ", {"type": "mention", "text": "@ann"}, ", agreed."],
            "",
            f"{ONE} The mayor, @ann, agreed.",
        ),
        (
            [f"{ONE} More: ", {"type": "link", "text": "https://bay.example"}],
            "",
            f"{ONE} More: https://bay.example",
        ),
        ([{"type": "bold", "text": "Ferry"}, f" is {ONE}"], "", f"Ferry is {ONE}"),
        (["Today:\n", {"type": "text_link", "text": ONE, "href": "x"}], "", f"Today:\n{ONE}"),
    ],
)
@pytest.mark.parametrize("whole", [False, True])
def test_messages_of_a_channel_are_articles_each(text: object, title: str, words: str, whole: bool) -> None:
    service = {**MESSAGE, "id": 1, "type": "service", "action": "create_channel", "text": ""}
    chat = {
        "name": "Bay",
        "type": "public_channel",
        "id": 7,
        "messages": [service, {**MESSAGE, "id": 2, "text": text}],
    }
    data = json.dumps({"chats": {"list": [chat]}} if whole else chat)
    (left_out,) = refused(data, "result.json")
    assert left_out.left_out
    found = _last(data)
    assert (found.title, found.text, found.source, found.id) == (title, words, "Bay Live", "7/2")
    assert found.published_at is not None
    assert found.published_at.date() == date(2025, 2, 19)


def _last(data: str) -> Extracted:
    *_, (_, found) = read(data.encode(), "result.json")
    assert isinstance(found, Extracted)
    return found


PAGE = (
    "<html><head><title>Ferry approved | Bay Post</title><meta name='date' content='2026-05-04'></head>"
    "<body><article><h1>Ferry approved</h1>" + f"<p>{ONE}</p><p>{TWO}</p>" * 3 + "</article></body></html>"
)
FRAME = "<html><body><p>Buy two, get one free. Buy two, get one free. Buy two, get one free.</p></body></html>"


def mhtml(page: str, *, chrome: bool = True, start: str = "", frame_first: bool = False) -> bytes:
    parts = [
        f"Content-Type: text/html; charset=utf-8\nContent-ID: <page@x>\nContent-Location: https://bay.example/f\n\n{page}",
        f"Content-Type: text/html\nContent-ID: <ad@x>\nContent-Location: https://ads.example/\n\n{FRAME}",
    ]
    head = "Snapshot-Content-Location: https://bay.example/f\n" if chrome else ""
    body = "".join(f"\n--b\n{part}\n" for part in (parts[::-1] if frame_first else parts))
    kind = f'multipart/related; type="text/html"; {start}boundary="b"'
    return f"From: <Saved>\n{head}MIME-Version: 1.0\nContent-Type: {kind}\n\n{body}\n--b--\n".encode()


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (mhtml(PAGE), "a.mhtml"),
        (mhtml(PAGE, chrome=False), "a.mht"),
        (mhtml(PAGE, start='start="<page@x>"; ', frame_first=True), "a.mhtml"),
        (mhtml(PAGE.replace("</head>", "<link rel='canonical' href='https://other.example/g'></head>")), "a.MHT"),
        (
            plistlib.dumps(
                {"WebMainResource": {"WebResourceData": PAGE.encode(), "WebResourceURL": "https://bay.example/f"}},
                fmt=plistlib.FMT_BINARY,
            ),
            "a.webarchive",
        ),
    ],
)
def test_pages_saved_with_what_they_show(data: bytes, name: str) -> None:
    found = only(data, name)
    assert (found.title, found.url, found.source) == ("Ferry approved", "https://bay.example/f", "bay.example")
    assert ONE in found.text
    assert "Buy two" not in found.text


def test_a_message_that_is_passed_on_is_of_who_wrote_it() -> None:
    message = {**MESSAGE, "id": 2, "text": ONE, "forwarded_from": "Evening Bay"}
    assert only(json.dumps({"name": "Bay", "id": 7, "messages": [message]}), "result.json").source == "Evening Bay"


def test_messages_without_numbers_are_not_one() -> None:
    chat = {"name": "Bay", "messages": [{**MESSAGE, "text": ONE}, {**MESSAGE, "text": TWO}]}
    assert [one.id for one in articles(json.dumps(chat), "result.json")] == [None, None]


@pytest.mark.parametrize(
    "record",
    [
        {"article": "1023", "description": ONE},
        {"article": {"headline": "Ferry", "body": ONE}},
        {"title": "Ferry", "description": "A teaser.", "data": {"content": ONE}},
        {"title": "Ferry", "text": [{"url": "https://bay.example/1", "type": "image"}, {"text": ONE}]},
        {"title": "Ferry", "text": [{"name": "Jane"}, {"html": ONE}]},
    ],
)
def test_what_is_called_an_article_is_its_text_only_if_it_is_one(record: dict[str, object]) -> None:
    assert only(json.dumps(record), "a.json").text == ONE


def test_a_note_that_names_its_source_and_its_end_is_whole() -> None:
    note = f"The ferry\n\n{ONE}\n\nSource: town hall\n\n{TWO}\n\nEnd of document\n"
    found = only(note, "a.txt")
    assert all(told in found.text for told in ("The ferry", ONE, "town hall", TWO))


def test_notes_of_evernote_are_articles_each() -> None:
    content = (
        f"<![CDATA[<?xml version='1.0'?><en-note><h1>Ferry</h1><div>{ONE}</div><en-media type='x'/></en-note>]]>"
    )
    note = (
        f"<note><title>Ferry approved</title><content>{content}</content><created>20250203T091244Z</created>"
        "<note-attributes><author>clipper@bay.example</author><source-url>https://bay.example/f</source-url>"
        "</note-attributes></note>"
    )
    empty = "<note><title>To do</title><content><![CDATA[<en-note/>]]></content></note>"
    data = (
        '<?xml version="1.0"?><!DOCTYPE en-export SYSTEM "http://xml.evernote.com/pub/evernote-export4.dtd">'
        f"<en-export>{note}{empty}</en-export>"
    )
    first, second = (one for _, one in read(data.encode(), "a.enex"))
    assert isinstance(first, Extracted)
    assert (first.title, first.url, first.published_at) == ("Ferry approved", "https://bay.example/f", None)
    assert first.author is None
    assert first.text == f"Ferry\n\n{ONE}"
    assert not isinstance(second, Extracted)


NITF = (
    "<nitf xml:lang='en'{ns}><head><title>FERRY-BAY</title><docdata><doc-id id-string='bay-1'/>"
    "<date.issue norm='20180312T101500Z'/></docdata></head><body><body.head><hedline>"
    "<hl1>Ferry approved</hl1></hedline>"
    "<byline>By <person>Ann Lee</person></byline><distributor>Bay Wire</distributor></body.head><body.content>"
    f"<p>{ONE}</p><hl2>What comes</hl2><media><caption>A boat</caption></media><p>{TWO}"
    f"</p></body.content></body></nitf>"
)
G2 = (
    "<newsItem xmlns='http://iptc.org/std/nar/2006-10-01/' guid='bay-1'><itemMeta>"
    "<provider><name>Bay Wire</name></provider>"
    "<firstCreated>2018-03-12T10:15:00Z</firstCreated><pubStatus qcode='stat:{}'/>"
    "</itemMeta><contentMeta><by>Ann Lee</by>"
    "<headline>Ferry approved</headline><language tag='en'/></contentMeta><contentSet>"
    "<inlineXML>{}</inlineXML></contentSet>"
    "</newsItem>"
)
HTML = (
    "<html xmlns='http://www.w3.org/1999/xhtml'><head><title>x</title></head>"
    f"<body><p>{ONE}</p><h2>What comes</h2><p>{TWO}</p></body></html>"
)


@pytest.mark.parametrize(
    "data",
    [
        NITF.replace("{ns}", ""),
        NITF.replace("{ns}", " xmlns='http://iptc.org/std/NITF/2006-10-18/'"),
        G2.format("usable", HTML),
        G2.format("usable", "")
        .replace("<inlineXML></inlineXML>", "<inlineData contenttype='text/html'>{}</inlineData>")
        .format(f"&lt;p&gt;{ONE}&lt;/p&gt;&lt;h2&gt;What comes&lt;/h2&gt;&lt;p&gt;{TWO}&lt;/p&gt;"),
        G2.format("usable", NITF.replace("{ns}", " xmlns='http://iptc.org/std/NITF/2006-10-18/'")),
        f"<newsMessage><itemSet>{G2.format('usable', HTML)}</itemSet></newsMessage>",
    ],
    ids=["nitf", "nitf-named", "g2", "g2-escaped", "g2-nitf", "message"],
)
def test_what_agencies_send(data: str) -> None:
    found = only(data, "a.xml")
    assert told([found]) == [("Ferry approved", "Bay Wire", DAYS[0], f"{ONE}\n\nWhat comes\n\n{TWO}")]
    assert (found.author, found.language, found.id, found.headings) == ("Ann Lee", "en", "bay-1", ("What comes",))


def test_a_fraction_is_no_part_of_the_number_before_it() -> None:
    data = NITF.replace("{ns}", "").replace(ONE, f"{ONE} It takes 1<frac>1/2</frac> hours.")
    assert "1 1/2 hours" in only(data, "a.xml").text


def test_an_item_that_is_withdrawn_is_left_out() -> None:
    (found,) = refused(G2.format("canceled", HTML), "a.xml")
    assert found.left_out


def test_chapters_have_the_names_that_the_contents_give_to_whole_files() -> None:
    contents = (
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><body>'
        '<nav epub:type="landmarks"><a href="one.xhtml">Start of Content</a></nav>'
        '<nav epub:type="toc"><a href="one.xhtml">The ferry</a><a href="two.xhtml#s1">Section one</a>'
        '<a href="two.xhtml">The line</a></nav></body></html>'
    )
    container = (
        '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="book.opf"/></rootfiles></container>'
    )
    items = "".join(f'<item id="{name}" href="{name}.xhtml"/>' for name in ("one", "two"))
    book = (
        f'<package xmlns="http://www.idpf.org/2007/opf"><manifest><item href="nav.xhtml" properties="nav"/>{items}'
        '</manifest><spine><itemref idref="one"/><itemref idref="two"/></spine></package>'
    )
    data = zipped(
        **{"META-INF__container_dot_xml": container, "book_dot_opf": book, "nav_dot_xhtml": contents},
        one_dot_xhtml=f"<html><body><p>{ONE}</p><p>{TWO}</p></body></html>",
        two_dot_xhtml=f"<html><body><p>{TWO}</p><p>{ONE}</p></body></html>",
    )
    assert [one.title for one in articles(data, "a.epub")] == ["The ferry", "The line"]


def test_an_article_of_a_journal_without_its_references() -> None:
    day = "<pub-date><day>{}</day><month>06</month><year>2014</year></pub-date>"
    data = (
        '<?xml version="1.0"?><!DOCTYPE article PUBLIC "-//NLM//DTD JATS v1.0//EN" "JATS.dtd">'
        "<article xml:lang='en'><front><journal-meta><journal-title-group><journal-title>Bog Letters"
        "</journal-title></journal-title-group></journal-meta><article-meta><title-group><article-title>"
        "A diary of <i>old</i> storms</article-title></title-group><contrib-group><contrib><name>"
        "<surname>Hale</surname><given-names>Nora</given-names></name></contrib></contrib-group>"
        f"{day.format(27)}<history><date><day>2</day><month>5</month><year>2014</year></date></history>"
        f"</article-meta></front><body><sec><p>{ONE}<xref ref-type='bibr'><sup>1</sup></xref> More.</p></sec><sec>"
        f"<title>The sand</title><p>{TWO}</p><table-wrap><table><tr><td>Lines</td><td>22</td></tr></table>"
        "</table-wrap><fig><caption><p>A core.</p></caption></fig></sec></body><back><ref-list><ref>"
        "<article-title>Another one</article-title></ref></ref-list></back></article>"
    )
    found = only(data, "a.xml")
    assert (found.title, found.source, found.author) == ("A diary of old storms", "Bog Letters", "Nora Hale")
    assert str(found.published_at) == "2014-06-27 00:00:00"
    assert found.headings == ("The sand",)
    assert found.text == f"{ONE} More.\n\nThe sand\n\n{TWO}\n\nLines | 22"


CODED = (
    "HD\tFerry approved\nBY\tAnn Lee\nWC\t148 words\nPD\t5 June 2024\nET\t10:15\nSN\tBay Post\nSC\tBAYP\n"
    "LA\tEnglish\nCY\t(c) 2024 Bay\nLP\t{0}\nTD\t{1}\nIN 1987 they tried it, too.\n"
    "CO\tbay : Bay Line\nNS\tc11 : Plans | c1 : Roads\n"
    "AN\tDocument BAYP0000020240605ek6500001\n"
)


@pytest.mark.parametrize("form", ["a.txt", "spaces.txt", "b.rtf"])
def test_fields_with_codes_of_two_letters(form: str) -> None:
    told = (
        "Search: ferries\n\n" + CODED.format(ONE, TWO) + "\n\f" + CODED.replace("Ferry", "Bridge").format(TWO, ONE)
    )
    if form == "spaces.txt":
        told = told.replace("\t", "  ")
    if form == "b.rtf":
        told = (
            "{\\rtf1\\ansi "
            + told.replace("\t", "\\tab ").replace("\n", "\\par\n ").replace("\f", "\\page ")
            + "}"
        )
    first, second = articles(told, form)
    assert (first.title, second.title) == ("Ferry approved", "Bridge approved")
    assert (first.author, first.source) == ("Ann Lee", "Bay Post")
    assert first.published_at is not None
    assert first.published_at.date().isoformat() == "2024-06-05"
    assert [line.strip() for line in first.text.split("\n") if line] == [ONE, TWO, "IN 1987 they tried it, too."]
    assert [line for line in second.text.split("\n") if line][:2] == [TWO, ONE]


def test_a_text_with_a_line_like_a_code_is_whole() -> None:
    told = f"SN Brussels\n\nHD television is here.\n\n{ONE}\n\nTD Bank said: {TWO}"
    assert only(told, "a.txt").text == told
