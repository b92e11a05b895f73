"""Each kind of file: the articles in it, with the right title, day and words, and what in it is none."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from index.errors import ArticleError
from index.reading.extracted import Extracted, Refused
from index.reading.metadata.titles import document_title, leading_heading
from index.reading.read import read
from tests.index.reading.packages import docx, epub, odt, zipped

ONE = (
    "The harbour council of Oostmeer approved a new ferry line on Tuesday, after two years of arguing over noise."
)
TWO = (
    "The line will cross the bay every twenty minutes and carry up to three hundred passengers, the council said."
)


def articles(data: bytes | str, name: str) -> list[Extracted]:
    found = [one for _, one in read(data.encode() if isinstance(data, str) else data, name)]
    assert all(isinstance(one, Extracted) for one in found), found
    return [one for one in found if isinstance(one, Extracted)]


def only(data: bytes | str, name: str) -> Extracted:
    (found,) = articles(data, name)
    return found


def refused(data: bytes | str, name: str) -> list[Refused]:
    found = [one for _, one in read(data.encode() if isinstance(data, str) else data, name)]
    return [one for one in found if isinstance(one, Refused)]


@pytest.mark.parametrize(
    "header",
    [
        "---\ntitle: Ferry: approved\ndate: 2026-05-04\n---\n",
        "---\ntitle:\tFerry: approved\npublished:\t2026-05-04\n---\n",
        '+++\ntitle = "Ferry: approved"\ndate = 2026-05-04\n[params]\nauthor = "A"\n+++\n',
        '{\n"headline": "Ferry: approved",\n"pubDate": "4 May 2026",\n"draft": false\n}\n',
        "Title: Ferry: approved\nDate: 4 mai 2026\n\n",
        "---\nTitle: >-\n  Ferry:\n  approved\ndatePublished: Monday, May 4th, 2026\n---\n",
        "---\ntitle: 'Ferry: approved'\ncreated: 1\ndate: 2026-05-04T10:00:00+02:00\ntags: [a, b]\n---\n",
    ],
)
def test_headers_of_all_kinds(header: str) -> None:
    found = only(f"{header}\n{ONE}\n", "a.md")
    assert (found.title, found.text) == ("Ferry: approved", ONE)
    assert found.published_at is not None
    assert found.published_at.date() == date(2026, 5, 4)


def test_a_header_with_aliases_is_refused() -> None:
    bomb = "---\na: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n---\n" + ONE
    with pytest.raises(ArticleError, match="front matter is not valid YAML near line"):
        list(read(bomb.encode(), "a.md"))


def test_notes_become_words() -> None:
    note = (
        "---\nsource: https://example.org/clock\nauthor: Ada\n---\n> [!info] Clipped\n> from the web\n\n"
        "![[c.png|300]]\n\n"
        f"See [[Board#Members|the board]] and [[Folder/Old mill]]. {ONE} ==at last== ^id1\n\n"
        "%%\nprivate: call her\n%%\n\nMore %%secret%% to come.[^1]\n\n```dataview\nTABLE x\n```\n\n"
        "<!-- hidden -->\n"
    )
    found = only(note, "a.md")
    assert found.url == "https://example.org/clock"
    assert f"See the board and Old mill. {ONE} at last" in found.text
    for mark in ("private", "secret", "hidden", "TABLE", "[[", "%%", "[!info]", "^id1", "c.png", "[^1]", "=="):
        assert mark not in found.text


@pytest.mark.parametrize(
    "record",
    [
        {"title": "Ferry", "text": ONE, "date": "2026-05-04"},
        {"headline": "Ferry", "articleBody": f"<p>{ONE}</p>", "datePublished": "2026-05-04T10:00:00Z"},
        {"Title": "<em>Ferry</em>", "Content": ONE, "Published": "4 May 2026"},
        {"title": {"rendered": "Ferry"}, "content": {"rendered": f"<p>{ONE}</p>\n"}, "date": "2026-05-04T09:00"},
        {
            "title": "Ferry",
            "maintext": ONE,
            "text": None,
            "date_publish": "2026-05-04 10:00:00",
            "date_modify": None,
        },
        {"title": "Ferry", "body": {"sections": []}, "plaintext": ONE, "publishing_date": "2026-05-04 10:00:00"},
        {"webTitle": "Ferry", "webPublicationDate": "2026-05-04T10:00:00Z", "fields": {"bodyText": ONE}},
        {"_id": 1, "_source": {"title": "Ferry", "text": ONE, "date": "2026-05-04"}},
        {
            "title": "Ferry",
            "published": 1777888800000,
            "content": {"content": f"<p>{ONE}</p>", "direction": "ltr"},
        },
        {"headline": "Ferry", "short_description": ONE, "category": "NEWS", "date": "2026-05-04"},
        {"name": "Ferry", "body_html": f"<div><script>track()</script><p>{ONE}</p></div>", "pub-date": 1777888800},
    ],
)
def test_records_with_the_names_of_other_programs(record: dict[str, object]) -> None:
    found = only(json.dumps(record), "a.json")
    assert (found.title, found.text.strip()) == ("Ferry", ONE)
    assert found.published_at is not None
    assert found.published_at.date() == date(2026, 5, 4)


def test_the_page_and_the_outlet_that_a_reader_keeps_as_objects() -> None:
    links = {"alternate": [{"href": "https://a.example/f", "type": "text/html"}]}
    found = only(json.dumps({"title": "Ferry", "text": ONE, "origin": {"title": "Bay Post"}, **links}), "a.json")
    assert (found.url, found.source) == ("https://a.example/f", "Bay Post")


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_an_object_a_line_under_the_name_of_one_document(ending: str) -> None:
    lines = [json.dumps({"title": "Ferry", "text": ONE}), '{"title": "Bay", "te', json.dumps({"text": TWO}), ""]
    found = list(read(ending.join(lines).encode(), "a.json"))
    assert [label for label, _ in found] == ["#1", "#2", "#3"]
    assert [isinstance(one, Extracted) for _, one in found] == [True, False, True]


def test_one_bad_record_costs_one_article() -> None:
    data = json.dumps([{"text": ONE, "id": "x"}, 5, {"title": "empty"}])
    assert [str(one.reason).partition(":")[0] for one in refused(data, "a.json")] == ["Article 2", "Article 3"]
    assert [label for label, _ in read(data.encode(), "a.json")] == ["#1", "#2", "#3"]


@pytest.mark.parametrize(
    ("text", "is_stub"),
    [
        (
            "wallabag can't retrieve contents for this article. Please <a href='/x'>troubleshoot this issue</a>.",
            True,
        ),
        ("Sorry, we could not extract the full text of this page.", True),
        ("Failed to fetch content", True),
        ("[deleted]", True),
        ("Divers could not retrieve the contents of the wreck on Tuesday.", False),
        (
            "Divers can't retrieve the body of the boat's captain, the harbour council said on Tuesday. " + ONE,
            False,
        ),
    ],
)
def test_what_stands_for_a_text_is_none(text: str, is_stub: bool) -> None:
    data = json.dumps([{"title": "Ferry", "text": text}])
    assert len(refused(data, "a.json")) == is_stub


def test_word_counts_what_was_inserted_only() -> None:
    found = only(docx(ONE, TWO, "deleted by the editor"), "a.docx")
    assert found.text == f"{ONE}\n\n{TWO}"


def test_opendocument() -> None:
    found = only(odt("Ferry approved", ONE, TWO), "a.odt")
    assert (found.title, found.headings) == ("Ferry approved", ("Ferry approved",))
    assert found.text.endswith(TWO)


def test_a_book_is_an_article_a_chapter() -> None:
    found = articles(epub(First=ONE + TWO, Second=TWO + ONE), "a.epub")
    assert [(one.title, one.source) for one in found] == [("First", "Reader"), ("Second", "Reader")]


MAIL = (
    "From: Ferry News <news@example.org>\nTo: me@inbox.example\nSubject: Re: Ferry approved\n"
    "Date: Mon, 04 May 2026 10:00:00 +0200\nContent-Type: text/plain; charset=utf-8\n\n{}\n\n-- \nsigned\n"
)


def test_mail() -> None:
    found = only(MAIL.format(ONE), "a.eml")
    assert (found.title, found.text.strip(), found.source) == ("Ferry approved", ONE, "Ferry News")
    assert found.published_at is not None
    box = (
        f"From a Mon May  4 10:00:00 2026\n{MAIL.format(ONE)}\nFrom b Mon May  4 10:00:00 2026\n{MAIL.format('')}"
    )
    assert [type(one).__name__ for _, one in read(box.encode(), "a.mbox")] == ["Extracted", "Refused"]


@pytest.mark.parametrize(
    "foot",
    [
        "You are receiving this email because you signed up at wire.example.\n\nUnsubscribe | Manage preferences",
        "Vous recevez cette lettre car vous êtes inscrit.\n\nSe désinscrire",
        "Afmelden · Voorkeuren\n\nNieuwsdienst, Kade 3, Oostmeer",
    ],
)
def test_the_foot_of_a_newsletter_is_left_out(foot: str) -> None:
    assert only(MAIL.format(f"{ONE}\n\n{TWO}\n\n{foot}"), "a.eml").text.strip() == f"{ONE}\n\n{TWO}"
    told = "Thousands clicked on unsubscribe, the company said. It had sent them three mails a day."
    assert told in only(MAIL.format(f"{ONE}\n\n{told}"), "a.eml").text


@pytest.mark.parametrize(
    "head",
    [
        *("Überschrift;Text;Datum", "Заголовок;Текст;Дата", "título;contenido;fecha", "Başlık;Metin;Tarih"),
        *(
            "Tytuł;Treść;Data",
            "Název;Obsah;Datum",
            "العنوان;النص;التاريخ",
            "제목;본문;날짜",
            "Título;Conteúdo;Data",
            "titulek;text;datum",
            "Τίτλος;Κείμενο;Ημερομηνία",
            "כותרת;טקסט;תאריך",
            "शीर्षक;पाठ;तारीख",
            "Naslov;Besedilo;Datum",
        ),
    ],
)
def test_the_columns_of_a_table_in_other_languages(head: str) -> None:
    found = only(f"Nr;{head}\n1;Ferry;{ONE};2026-05-04\n", "a.csv")
    assert (found.title, found.text) == ("Ferry", ONE)
    assert found.published_at is not None


@pytest.mark.parametrize("text", [{"content": f"<p>{ONE}</p>"}, {"direction": "ltr", "content": ONE}])
@pytest.mark.parametrize("name", ["summary", "content"])
def test_what_a_feed_reader_starred(name: str, text: dict[str, str]) -> None:
    item = {
        "id": "tag:google.com,2005:reader/item/1",
        "title": "Ferry",
        "published": 1777852800,
        "canonical": [{"href": "https://post.example/ferry"}],
        "origin": {"streamId": "feed/31", "htmlUrl": "https://post.example/", "title": "The Post"},
        name: text,
    }
    found = only(
        json.dumps({"id": "user/-/state/com.google/starred", "title": "Starred", "items": [item]}), "a.json"
    )
    assert (found.title, found.text, found.source) == ("Ferry", ONE, "The Post")
    assert (found.url, str(found.published_at)[:10]) == ("https://post.example/ferry", "2026-05-04")


def test_a_table_names_its_empty_rows() -> None:
    data = f'title;text;date\nFerry;"{ONE}\n\n{TWO}";2026-05-04\nNothing;;\nBridge;{TWO};04/05/2026\n'
    first, second = (one for _, one in read(data.encode(), "a.csv") if isinstance(one, Extracted))
    assert (first.title, first.text) == ("Ferry", f"{ONE}\n\n{TWO}")
    assert (second.title, second.published_at) == ("Bridge", None)  # 4 May, or 5 April
    assert [str(one.reason) for one in refused(data, "a.csv")] == ["Row 2: its text is empty."]
    with pytest.raises(ArticleError, match="No column holds the text"):
        list(read(b"a,b\n1,2\n", "a.csv"))


WXR = (
    '<rss xmlns:wp="http://wordpress.org/export/1.2/" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
    "<channel><title>Oostmeer Post</title><language>en</language>{}</channel></rss>"
)


def test_an_export_of_wordpress() -> None:
    def post(title: str, status: str, kind: str = "post") -> str:
        return (
            f"<item><title>{title}</title><link>https://post.example/{title}</link><wp:post_type>{kind}</wp:post_type>"
            f"<wp:status>{status}</wp:status><wp:post_date_gmt>2026-05-04 08:00:00</wp:post_date_gmt>"
            f"<content:encoded><![CDATA[[caption id=x]<p>{ONE}</p>]]></content:encoded></item>"
        )

    data = WXR.format(post("Ferry", "publish") + post("Draft", "draft") + post("pic", "inherit", "attachment"))
    found = [one for _, one in read(data.encode(), "a.xml")]
    assert isinstance(found[0], Extracted)
    assert (found[0].title, found[0].text, found[0].source) == ("Ferry", ONE, "Oostmeer Post")
    assert [one.left_out for one in found[1:] if isinstance(one, Refused)] == [True, True]


def test_a_zipped_folder() -> None:
    data = zipped(a_dot_md=ONE, sub__b_dot_txt=TWO, photo_dot_jpg=b"\xff\xd8", **{"..__..__up_dot_md": ONE})
    labels = {label: type(one).__name__ for label, one in read(data, "a.zip")}
    assert labels == {
        "/a.md": "Extracted",
        "/sub/b.txt": "Extracted",
        "/photo.jpg": "Refused",
        "/up.md": "Extracted",
    }
    with pytest.raises(ArticleError, match="Unpacked it holds more than 50 MB"):
        list(read(zipped(a_dot_txt=b"\0" * 60_000_000), "a.zip"))


def test_an_archive_in_an_archive() -> None:
    deepest = zipped(c_dot_txt=ONE)
    inner = zipped(b_dot_txt=TWO, deepest_dot_zip=deepest)
    data = zipped(a_dot_md=ONE, old__inner_dot_zip=inner, bad_dot_zip=b"PK\x03\x04 broken")
    found = dict(read(data, "a.zip"))
    assert {label: type(one).__name__ for label, one in found.items()} == {
        "/a.md": "Extracted",
        "/old/inner.zip/b.txt": "Extracted",
        "/old/inner.zip/deepest.zip": "Refused",
        "/bad.zip": "Refused",
    }
    one, other = (zipped(a_dot_txt=b"\0" * 30_000_000) for _ in range(2))
    labels = [label for label, _ in read(zipped(one_dot_zip=one, other_dot_zip=other), "a.zip")]
    assert labels == ["/one.zip/a.txt", "/other.zip"]  # too much together


@pytest.mark.parametrize("encoding", ["utf-8", "cp850", "cp437", "cp1252"])
def test_names_in_an_archive_that_old_programs_wrote(encoding: str) -> None:
    data = zipped(XXXXXXXXXXXXXX_dot_txt=ONE)
    name = "Größe".encode(encoding)
    data = data.replace(b"XXXXXXXXXXXXXX", name + b"_" * (14 - len(name)))
    assert [label.rstrip("_") for label, _ in read(data, "a.zip")] == [f"/Größe{'_' * (14 - len(name))}.txt"]


@pytest.mark.parametrize("name", ["a.docx", "a.odt", "a.epub", "a.zip", "a.pdf", "a.xml", "a.mbox"])
def test_what_is_damaged_is_refused_with_a_reason(name: str) -> None:
    with pytest.raises(ArticleError):
        list(read(b"PK\x03\x04 broken", name))


@pytest.mark.parametrize("told", ["sep=;", '"sep=|"', "SEP=\t"])
def test_a_table_of_excel_says_how_its_columns_are_parted(told: str) -> None:
    mark = told.strip('"')[-1]
    rows = [["Titel", "Link", "Text"], ["Fähre, neu", "https://a.example/f", ONE]]
    text = "\r\n".join([told, *(mark.join(f'"{cell}"' for cell in row) for row in rows)])
    found = only(text.encode("cp1252"), "a.csv")
    assert (found.title, found.url, found.text) == ("Fähre, neu", "https://a.example/f", ONE)


@pytest.mark.parametrize(
    "wrapped",
    [
        lambda posts, tags: {"db": [{"meta": {"version": "5"}, "data": {"newsletters": tags, "posts": posts}}]},
        lambda posts, tags: {"export": {"version": 2, "tags": tags, "content": {"nodes": posts}}},
        lambda posts, tags: {"data": {"tags": {"nodes": tags}, "allArticles": {"edges": posts}}},
    ],
)
def test_articles_that_an_export_wraps(wrapped: Any) -> None:
    posts = [{"title": "Ferry", "html": f"<p>{ONE}</p>"}, {"title": "Bay", "html": f"<p>{TWO}</p>"}]
    tags = [{"name": "News", "description": "What is new."}]
    found = articles(json.dumps(wrapped(posts, tags)), "a.json")
    assert [(one.title, one.text) for one in found] == [("Ferry", ONE), ("Bay", TWO)]


@pytest.mark.parametrize(
    "foot",
    [
        f"{'_' * 47}\nBay-news mailing list\nBay-news@bay.example\nhttps://lists.bay.example/options/bay-news\n",
        f"{'-' * 60}\nBay list: https://bay.example/list\nArchive: https://bay.example/archive\n",
    ],
)
def test_the_foot_of_a_mailing_list_is_left_out(foot: str) -> None:
    found = only(f"From: Bay <a@b.example>\nSubject: Ferry\n\n{ONE}\n\n{TWO}\n\n{foot}", "a.eml")
    assert found.text.strip() == f"{ONE}\n\n{TWO}"


def test_what_stands_below_a_rule_in_a_mail_is_its_text() -> None:
    found = only(f"From: Bay <a@b.example>\nSubject: Ferry\n\n{ONE}\n\n{'_' * 47}\n{TWO}\n", "a.eml")
    assert TWO in found.text


@pytest.mark.parametrize(
    "told",
    [
        f"{ONE}\n\n{'-' * 47}\n港口委员会周二批准了新的渡轮航线。\nhttps://bay.example/",
        f"{ONE}\n\n{'-' * 47}\nपरिषद ने मंगलवार को नई नौका लाइन को मंज़ूरी दी।\na@bay.example",
        f"{ONE}\n\n{'-' * 47}\nสภาท่าเรืออนุมัติเส้นทางเรือข้ามฟากใหม่",
        f"{'-' * 47}\nFerry line approved\nhttps://bay.example/",
    ],
)
def test_what_stands_below_a_rule_is_kept_in_any_script(told: str) -> None:
    assert only(f"From: Bay <a@b.example>\nSubject: Ferry\n\n{told}\n", "a.eml").text.strip() == told


@pytest.mark.parametrize(
    ("stated", "heading", "title"),
    [
        ("Template of press releases", "Ferry line is approved", "Ferry line is approved"),
        ("Ferry line is approved - The Courier", "Ferry line is approved", "Ferry line is approved"),
        ("Ferry line is approved", "Ferry", "Ferry line is approved"),
        ("", "Ferry", "Ferry"),
    ],
)
def test_which_title_a_document_has(stated: str, heading: str, title: str) -> None:
    assert document_title(stated, heading) == title


def test_the_notes_of_an_opendocument_text_are_kept() -> None:
    note = "<text:note-citation>1</text:note-citation><text:note-body><text:p>Five.</text:p></text:note-body>"
    found = only(odt("Ferry", f"{ONE}<text:note>{note}</text:note>", TWO), "a.odt")
    assert found.text == f"Ferry\n\n{ONE}\n\nFive.\n\n{TWO}"


def test_boxes_in_the_html_of_an_export_are_left_out() -> None:
    box = '<div class="kg-card kg-signup-card"><h2>Sign up</h2><p>No spam. Unsubscribe anytime.</p></div>'
    found = only(json.dumps({"title": "Ferry", "html": f"<p>{ONE}</p>{box}<p>{TWO}</p>"}), "a.json")
    assert found.text == f"{ONE}\n\n{TWO}"


def test_a_feed_of_rss_1_is_read_by_its_usual_ending() -> None:
    item = "<item><title>Ferry</title><link>https://a.example/f</link>"
    item += f"<c:encoded>&lt;p&gt;{ONE}&lt;/p&gt;&lt;p&gt;{TWO}&lt;/p&gt;</c:encoded></item>"
    feed = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"'
    feed += ' xmlns:c="http://purl.org/rss/1.0/modules/content/">'
    assert only(f"{feed}<channel><title>A</title></channel>{item}</rdf:RDF>", "index.rdf").title == "Ferry"


@pytest.mark.parametrize("part", ["document", "document2"])
def test_hidden_text_of_a_word_document_is_left_out(part: str) -> None:
    hidden = (
        '</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>INTERNAL</w:t></w:r><w:r><w:rPr><w:vanish w:val="0"/>'
    )
    found = only(docx(f"{ONE}{hidden}</w:rPr><w:t> Shown.", TWO, "deleted", part=part), "a.docx")
    assert found.text == f"{ONE} Shown.\n\n{TWO}"


def test_a_mail_that_carries_another_is_its_envelope() -> None:
    inner = (
        f"From: Bay Post <a@b.example>\nSubject: Ferry\nDate: Thu, 05 Mar 2026 11:00:00 +0100\n\n{ONE}\n\n{TWO}\n"
    )
    outer = (
        "From: Ada <ada@c.example>\nSubject: Fwd: Ferry\nMIME-Version: 1.0\n"
        'Content-Type: multipart/mixed; boundary="x"\n\n--x\nContent-Type: text/plain\n\n{}\n\n--x\n'
        f"Content-Type: message/rfc822\n\n{inner}\n--x--\n"
    )
    found = only(outer.format("Please file this."), "a.eml")
    assert (found.source, found.text.strip()) == ("Bay Post", f"{ONE}\n\n{TWO}")
    told = f"{TWO}\n\n{ONE}\n\nSo it was said at the quay."
    assert only(outer.format(told), "a.eml").source == "Ada"
    rich = outer.replace("text/plain", "text/html").format(f"<p>{TWO}</p><p>{ONE}</p><p>So it was said.</p>")
    assert only(rich, "a.eml").source == "Ada"


def test_entries_of_a_saved_feed_that_share_a_link_are_articles_each() -> None:
    entry = "<item><title>{}</title><link>https://a.example/now</link><description>{}</description></item>"
    entries = entry.format("Ferry", f"{ONE} {TWO} " * 3) + entry.format("Bay", f"{TWO} {ONE} " * 3)
    found = articles(f"<rss version='2.0'><channel><title>A</title>{entries}</channel></rss>", "a.rss")
    assert [one.id for one in found] == [None, "https://a.example/now#Bay"]  # None: its link
    assert {one.url for one in found} == {"https://a.example/now"}


def test_what_a_saved_feed_lists_twice_is_one_article() -> None:
    entry = "<item><title>Ferry</title><link>https://a.example/now</link><description>{}</description></item>"
    texts = (f"{ONE} {TWO} ", f"{ONE} {TWO} ", f"{TWO} {ONE} ", f"{TWO} {TWO} ")
    entries = "".join(entry.format(text * 3) for text in texts)
    found = articles(f"<rss version='2.0'><channel><title>A</title>{entries}</channel></rss>", "a.rss")
    link = "https://a.example/now"
    assert [one.id for one in found] == [None, f"{link}#Ferry", f"{link}#Ferry#4"]


def test_records_of_aggregators() -> None:
    record = {"source": {"name": "Bay Post"}, "title": "Ferry - Bay Post", "content": ONE}
    assert only(json.dumps(record), "a.json").title == "Ferry"
    assert only(json.dumps(record | {"title": "Ferry to Bay Postal"}), "a.json").title == "Ferry to Bay Postal"
    (reason,) = refused(json.dumps([{"title": "[Removed]", "content": "[Removed]"}]), "a.json")
    assert "It has no text." in str(reason.reason)


@pytest.mark.parametrize("key", ["published", "published_at"])
def test_the_day_of_saving_is_no_day_of_publication(key: str) -> None:
    record = {"title": "Ferry", "content": ONE, "created_at": "2026-11-20"}
    assert only(json.dumps(record | {key: None}), "a.json").published_at is None
    assert only(json.dumps(record), "a.json").published_at is not None
    found = only(json.dumps(record | {key: None, "publication_date": "2024-01-02"}), "a.json").published_at
    assert found is not None
    assert found.date() == date(2024, 1, 2)


@pytest.mark.parametrize(
    ("book", "day"),
    [
        ("2016-05-20", date(2016, 5, 15)),
        ("2016", date(2016, 5, 15)),
        ("0101-01-01T00:00:00+00:00", date(2016, 5, 15)),
        ("2025", None),
        ("2025-03-04", date(2025, 3, 4)),
        ("2012-03-04", date(2012, 3, 4)),
    ],
)
def test_a_chapter_opens_with_its_own_day_only_near_the_day_of_the_book(book: str, day: date | None) -> None:
    (found,) = articles(epub(book, Ferry=f"15 May 2016</p><p>{ONE}</p><p>{TWO}"), "a.epub")
    assert (found.published_at and found.published_at.date()) == day


def test_a_chapter_tells_its_own_day() -> None:
    nav = '<div class="navbar"><a href="1">Next</a> | <a href="2">Main menu</a></div>'
    (found,) = articles(epub(Ferry=f"15 May 2026</p><p>{ONE}</p><p>{TWO}</p>{nav}<p>"), "a.epub")
    assert found.published_at is not None
    assert found.published_at.date() == date(2026, 5, 15)
    assert "menu" not in found.text


@pytest.mark.parametrize("story", ["<p>{}</p><p>{}</p>", "<div>{}</div><div>{}</div>", "{}<br><br>{}"])
@pytest.mark.parametrize(
    ("markup", "told"),
    [
        ("More in <a href='#x'>the second part</a> below.", "More in the second part below."),
        ("More in <em><a href='#x'>the second part</a></em>.", "More in the second part."),
        ("<blockquote>It pays.<footer>Said the mayor</footer></blockquote>", "Said the mayor"),
    ],
)
def test_what_is_said_stays_in_the_html_of_an_export(story: str, markup: str, told: str) -> None:
    html = story.format(ONE, TWO).replace(TWO, f"{markup}</div><div>{TWO}" if "<div>" in story else markup + TWO)
    assert told in only(json.dumps({"title": "Ferry", "html": html}), "a.json").text


def test_links_to_parts_of_a_page_are_left_out_where_they_stand_alone() -> None:
    links = (
        '<div><a href="#story">Skip to the story</a></div><div><a href="#a">One</a> | <a href="#b">Two</a></div>'
    )
    found = only(json.dumps({"title": "Ferry", "html": f"{links}<p>{ONE}</p><p>{TWO}</p>"}), "a.json")
    assert found.text == f"{ONE}\n\n{TWO}"


@pytest.mark.parametrize(
    "wrapped",
    [
        lambda one, two: {"2024-01-01": [one], "2024-01-02": [two]},
        lambda one, two: {"sections": [{"articles": [one]}, {"name": "Bay", "articles": [two]}]},
        lambda one, two: {"sections": [{"title": "All", "description": "Now.", "articles": [one, two]}]},
        lambda one, two: {
            "news": [{**one, "related": [{"title": "B", "text": "Short."}]}],
            "talk": {"all": [two]},
        },
    ],
)
def test_articles_in_many_lists_are_all_read(wrapped: Any) -> None:
    told = wrapped({"title": "Ferry", "text": ONE}, {"headline": "Bay", "body": TWO})
    found = {(one.title, one.text) for one in articles(json.dumps(told), "a.json")}
    assert {("Ferry", ONE), ("Bay", TWO)} <= found
    assert ("B", "Short.") not in found


def test_a_list_of_names_is_read_where_there_is_no_other() -> None:
    told = {"export": {"all": [{"name": "Ferry", "description": ONE}]}}
    assert only(json.dumps(told), "a.json").title == "Ferry"


@pytest.mark.parametrize(
    ("above", "stated", "title"),
    [
        ("Kreisblatt, 14. März 2026", "Dokument1", "Die Talsperre bekommt einen Grundablass"),
        ("Kreisblatt|14. März 2026|Seite 3", "Presse", "Die Talsperre bekommt einen Grundablass"),
        ("Kreisblatt", "Die Talsperre bekommt ihren Grundablass", "Die Talsperre bekommt ihren Grundablass"),
        ("Am Montag entschied der Rat darüber, wie es damit weitergeht.", "Rat am Montag", "Rat am Montag"),
    ],
)
def test_the_heading_of_a_document_may_stand_below_its_paper(above: str, stated: str, title: str) -> None:
    heading = "Die Talsperre bekommt einen Grundablass"
    text = "\n\n".join([*above.split("|"), heading, ONE])
    assert document_title(stated, leading_heading(text, [heading])) == title
    if stated == "Dokument1":
        assert only(f"{above}\n\n# {heading}\n\n{ONE}", "a.md").title == heading


def test_a_newspaper_that_calibre_fetched() -> None:
    link = '<div><p>This was downloaded by calibre from <a rel="calibre-downloaded-from" href="https://s.example/{0}">x</a></p></div>'
    long = f"<p>{ONE} {TWO}</p>" * 2
    page = "<html><body><h1>{0}</h1><p class='byline'>Ivone Sabará — {1}</p>" + long + link + "</body></html>"
    data = zipped(
        **{
            "META-INF__container_dot_xml": '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
            '<rootfiles><rootfile full-path="book.opf"/></rootfiles></container>',
            "book_dot_opf": '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">'
            "<metadata><dc:title>Folha [qua, 08 abr 2026]</dc:title><dc:creator>calibre</dc:creator>"
            "<dc:publisher>calibre</dc:publisher><dc:language>pt</dc:language><dc:date>2026-04-08</dc:date>"
            '<meta name="calibre:publication_type" content="periodical:newspaper:Folha da Serra"/></metadata>'
            '<manifest><item id="a" href="a.html"/><item id="b" href="b.html"/></manifest>'
            '<spine><itemref idref="a"/><itemref idref="b"/></spine></package>',
            "a_dot_html": page.format("Ponte", "07/04/2026"),
            "b_dot_html": page.format("Jipe", "08/04/2026"),
        },
    )
    found = articles(data, "a.epub")
    assert [(one.title, one.source, one.author, one.url) for one in found] == [
        ("Ponte", "Folha da Serra", None, "https://s.example/Ponte"),
        ("Jipe", "Folha da Serra", None, "https://s.example/Jipe"),
    ]
    assert [one.published_at and one.published_at.date().isoformat() for one in found] == [
        "2026-04-07",
        "2026-04-08",
    ]


@pytest.mark.parametrize(
    "folder", ["Sauna_tiedostot", "Sauna_files", "Sauna-Dateien", "Sauna.fichiers", "Sauna_pliki"]
)
def test_the_frames_of_a_saved_page_are_no_articles(folder: str) -> None:
    frame = f"<p>{TWO}</p>" * 3
    page = f"<h1>Sauna</h1><p>{ONE}</p><p>{TWO}</p>"
    shown = f'{page}<iframe width=3 src="./{folder}/ad.html"></iframe>'
    data = zipped(**{"Sauna_dot_html": shown, f"{folder}/ad.html": frame})
    found = {label: isinstance(one, Extracted) for label, one in read(data, "a.zip")}
    assert found == {"/Sauna.html": True, f"/{folder}/ad.html": False}
    for apart in ({"Bath_dot_html": shown}, {"Sauna_dot_html": page}):
        data = zipped(**{**apart, f"{folder}/ad.html": frame})
        assert all(isinstance(one, Extracted) for _, one in read(data, "a.zip"))


@pytest.mark.parametrize(
    ("folder", "page"),
    [
        ("sport-2023", '<h1>Sport</h1><a href="sport-2023/final.html">Final</a><img src="sport-2023/a.png">'),
        (
            "sport_archive",
            '<iframe src="sport_archive/top.html"></iframe><a href="sport_archive/final.html">',
        ),
        ("sport_files", '<frameset cols="20%,80%"><frame src="sport_files/final.html"></frameset>'),
        (
            "sport.d",
            '<iframe src="https://b.example/sport.d/final.html" data-src="sport.d/final.html">',
        ),
    ],
)
def test_articles_in_a_folder_named_like_a_page_beside_it_stay(folder: str, page: str) -> None:
    data = zipped(**{"sport_dot_html": page, f"{folder}/final.html": f"<h1>Final</h1><p>{ONE}</p><p>{TWO}</p>"})
    assert isinstance(dict(read(data, "a.zip"))[f"/{folder}/final.html"], Extracted)


def test_a_frame_may_have_spaces_in_its_name() -> None:
    for name in ("a%20b.html", "a b.html"):
        page = f"<h1>Sauna</h1><p>{ONE}</p><p>{TWO}</p><iframe src='Sauna_files/{name}'></iframe>"
        data = zipped(**{"Sauna_dot_html": page, "Sauna_files/a b.html": f"<p>{TWO}</p>" * 3})
        assert isinstance(dict(read(data, "a.zip"))["/Sauna_files/a b.html"], Refused)
