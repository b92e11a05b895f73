"""The day that a page shows in a line of its own beside its headline, in many languages; or none."""

from __future__ import annotations

import pytest

from index.reading.metadata.stamps import stamps
from index.reading.pages.html import read_html
from tests.index.reading.test_pages import STORY

TOLD = "".join(f"<p>{one}</p>" for one in STORY)


def _days(body: str, language: str = "en", head: str = "") -> tuple[str, str]:
    page = (
        f"<html lang={language!r}><head><title>Ferry line approved</title>{head}</head><body>{body}</body></html>"
    )
    found = read_html(page.encode())
    return str(found.published_at)[:10], str(found.modified_at)[:10]


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("ar", "نشر في: الثلاثاء ١٨ نوفمبر ٢٠٢٥ - ١٠:٣٠"),
        ("ar", "بيروت – 18 تشرين الثاني 2025"),
        ("ar", "آخر تحديث: ١٩ نوفمبر ٢٠٢٥ | نُشر: ١٨ نوفمبر ٢٠٢٥"),
        ("fa", "تاریخ انتشار: سه‌شنبه ۲۷ آبان ۱۴۰۴ - ۱۰:۳۰"),
        ("fa", "۱۴۰۴/۰۸/۲۷ ۱۰:۳۰"),
        ("ur", "۱۸ نومبر ۲۰۲۵"),
        ("he", "נעמה ברקאי <span>|</span> פורסם: 18.11.25, 18:20"),
        ("he", "יום שלישי, 18 בנובמבר 2025"),
        ("he", "עודכן: 19/11/25 פורסם: 18/11/25"),
        ("ja", "2025年11月18日（火） 10時30分"),
        ("ja", "公開日：2025.11.18 更新日：2025.11.19"),
        ("ja", "掲載 2025/11/18 10:30"),
        ("ko", "<span>입력 2025-11-18 14:02</span><span>수정 2025-11-19 09:00</span>"),
        ("ko", "서지우 기자</li><li>승인 2025.11.18 09:40</li><li>댓글 2"),
        ("ko", "2025.11.18 10:30 입력 2025.11.19 09:00 수정"),
        ("ko", "등록 25.11.18 10:30"),
        ("zh", "2025-11-18 10:30 来源：新华社"),
        ("zh", "发布时间：2025年11月18日 更新时间：2025年11月19日"),
        ("vi", "Thứ ba, 18/11/2025, 10:30 (GMT+7)"),
        ("vi", "Ngày 18 tháng 11 năm 2025"),
        ("th", "วันอังคารที่ 18 พฤศจิกายน พ.ศ. 2568 เวลา 08.30 น."),
        ("th", "เผยแพร่: 18 พ.ย. 2568 10:30"),
        ("th", "18/11/2568"),
        (
            "hi",
            "By: सुधीर | Publish Date: Tue, 18 Nov 2025 07:40:21 AM (IST) | Updated Date: Wed, 19 Nov 2025",
        ),
        ("hi", "प्रकाशित: १८ नवंबर २०२५, १०:३०"),
        ("mr", "१८ नोव्हेंबर २०२५"),
        ("bn", "প্রকাশ: ১৮ নভেম্বর ২০২৫, ১০:৩০ আপডেট: ১৯ নভেম্বর ২০২৫"),
        ("ta", "18 நவம்பர் 2025"),
        ("kn", "18 ನವೆಂಬರ್ 2025"),
        ("el", "Τρίτη, 18 Νοεμβρίου 2025, 10:30"),
        ("el", "Δημοσίευση: 18/11/2025 Ενημέρωση: 19/11/2025"),
        ("hu", "Közzétéve: 2025. november 18. Frissítve: 2025. november 19."),
        ("fi", "ti 18.11.2025 klo 10.30"),
        ("tr", "Giriş: 18 Kasım 2025, Salı 10:30 Güncelleme: 19 Kasım 2025"),
        ("pl", "wtorek, 18 listopada 2025 r., godz. 10:30"),
        ("uk", "18 листопада 2025, 10:30"),
        ("ru", "Обновлено 19.11.2025, опубликовано 18.11.2025"),
        ("id", "Selasa, 18 Nov 2025 10:30 WIB"),
        ("ms", "Oleh Siti Aminah - 18 November 2025"),
        ("pt", "Por Ana Souza — 18/11/2025 10h30"),
        ("es", "Madrid, 18 de noviembre de 2025"),
        ("ro", "Ion Popescu, 18 noiembrie 2025, 10:30"),
        ("ka", "18 ნოემბერი 2025"),
        ("hy", "18 Նոյեմբերի, 2025"),
        ("sw", "18 Novemba 2025"),
        ("lt", "2025 m. lapkričio 18 d. 10:30"),
        ("et", "18. november 2025, 10:30"),
        ("bg", "Иван Петров, 18 ноември 2025"),
        ("en", "November 18, 2025 at 10:30 a.m. EST"),
        ("it", "di Mario Rossi 18 Novembre 2025"),
        ("id", "Kompas.example - 18/11/2025, 10:30 WIB"),
        ("fa", "۲۷ آبان ۱۴۰۴ | ۱۰:۳۰"),
    ],
)
def test_lines_beside_a_headline(language: str, line: str) -> None:
    box = f'<ul class="xyz"><li>{line}</li></ul>'
    assert _days(f"<article><h1>Ferry line approved</h1>{box}{TOLD}</article>", language)[0] == "2025-11-18"
    outside = f'<div><h3>Ferry line approved</h3>{box}</div><article id="view">{TOLD}</article>'
    assert _days(outside, language)[0] == "2025-11-18"


@pytest.mark.parametrize(
    "line",
    [
        "When: 10 May 2025, 7pm",
        "Public meeting: 10 May 2025",
        "Saturday 10 May 2025, 14:00–17:00",
        "10 May 2025, Town Hall",
        "The harbour on 10 May 2025",
        "Open from 4 May 2025 to 10 May 2025",
        "4 May 2025 – 10 May 2025",
        "Photo: Ann Doe, 10 May 2025",
        "© Ann Doe, 10 May 2025",
        "© 10 May 2025 The Paper",
        "The report was published on 10 May 2025 by the ministry of works",
        "Termin: 19. Juni 2025, 18:00 Uhr",
        "ICE 18.11.25",
        "Photo: AP, 3 May 2015",
        "Ort: Berlin, 3. Mai 2015",
        "05/11/2025",
    ],
)
def test_a_line_that_tells_something_else(line: str) -> None:
    assert [one for one in stamps(line, "en") if not one.changed] == []


@pytest.mark.parametrize(
    "body",
    [
        f"<p>Tuesday, 18 November 2025</p><nav><a>Home</a></nav><h1>Ferry line approved</h1>{TOLD}",
        f"<h1>Ferry line approved</h1><aside><p>18 November 2025</p></aside>{TOLD}",
        f"<h1>Ferry line approved</h1><figure><p>18 November 2025</p></figure>{TOLD}",
        f"<h1>Ferry line approved</h1><div><a>The old mill is to be sold</a> <i>18 November 2025</i></div>{TOLD}",
        f"<h1>Ferry line approved</h1><div id='event-box'><p>18 November 2025</p></div>{TOLD}",
        f"<h1>Ferry line approved</h1>{TOLD}{TOLD}<p>18 November 2025</p>",
        f"<h1>Ferry line approved</h1>{TOLD}<footer>© 18 November 2025</footer>",
        f"<h1>Ferry line approved</h1><div><img src=x><div>Photo: AP, 3 May 2015</div></div>{TOLD}",
        f"<h1>Ferry line approved</h1><p>“We can do this.”</p><p>Ada Roe, 31 August 2015</p>{TOLD}",
    ],
    ids=["today", "sidebar", "picture", "other story", "event", "below", "copyright", "credit", "who said it"],
)
def test_days_of_something_else_on_the_page(body: str) -> None:
    assert _days(f"<main>{body}</main>")[0] == "None"


def test_a_day_above_the_headline_of_its_own_article() -> None:
    line = "<div class='k'><span>18 November 2025</span></div>"
    assert _days(f"<article>{line}<h1>Ferry line approved</h1>{TOLD}</article>")[0] == "2025-11-18"


def test_the_earlier_of_two_days_that_no_words_tell_apart() -> None:
    lines = "<p>19 November 2025</p><p>18 November 2025</p>"
    assert _days(f"<article><h1>Ferry line approved</h1>{lines}{TOLD}</article>")[0] == "2025-11-18"


@pytest.mark.parametrize(
    ("script", "day"),
    [
        ('var createTime = "2025-11-05 20:30"; var ct = "1762345800";', "2025-11-05"),
        ('var ct = "1762275600";', "2025-11-05"),  # an hour past midnight in China
        ('window.x = {"publish_time": "2025-11-05 08:00:00", "create_time": "2025-11-01 08:00:00"}', "2025-11-05"),
        ("dataLayer.push({'publishDate': '20251105'})", "2025-11-05"),
        ('{"publishedAt":"2025-11-05T08:00:00Z"}', "2025-11-05"),
        ('[{"publishedAt":"2025-11-05"},{"publishedAt":"2025-11-04"}]', "None"),
        ('f({ct:"1762275600"})', "None"),
        ('{"related":[{"title":"Other story","publishedAt":"2019-05-03T10:00:00Z"}]}', "None"),
        ('{"related":{"items":[{"id":5,"publishedAt":"2019-05-03T10:00:00Z"}]}}', "None"),
        (
            'x = {"post":{"title":"Ferry line approved","publishedAt":"2025-11-05"},'
            '"more":[{"publishedAt":"2019-05-03"}]}',
            "2025-11-05",
        ),
        ('x = {"post":{"slug":"a","u":"https:\\/\\/a.example\\/b","publishedAt":"2025-11-05"}}', "2025-11-05"),
        ('var published_on_pages = "1762275600";', "None"),
    ],
)
def test_a_day_that_scripts_write_into_the_page(script: str, day: str) -> None:
    head = f'<script>{script}</script><link rel="canonical" href="https://a.example/b">'
    assert _days(f"<article><h1>Ferry line approved</h1>{TOLD}</article>", "zh", head)[0] == day
