"""The days of a page, as its readers see them."""

from __future__ import annotations

import pytest

from index.reading.pages.html import read_html
from tests.index.reading.test_pages import STORY


def _days(line: str, head: str = "") -> tuple[str, str]:
    told = "".join(f"<p>{one}</p>" for one in STORY)
    body = f"<article><h1>Ferry line approved</h1>{line}{told}</article>"
    found = read_html(f"<html><head>{head}</head><body>{body}</body></html>".encode())
    return str(found.published_at)[:10], str(found.modified_at)[:10]


@pytest.mark.parametrize(
    "lines",
    [
        "Julkaistu 3.12.2025 klo 10.15<br>Päivitetty 9.1.2026 klo 8.00",
        "Közzétéve: 2025. december 3.<br>Frissítve: 2026. január 9.",
        "Δημοσίευση: 3 Δεκεμβρίου 2025<br>Ενημέρωση: 9 Ιανουαρίου 2026",
        "Güncelleme: 9 Ocak 2026<br>Yayınlanma: 3 Aralık 2025",
        "Vydáno 3. 12. 2025 | Aktualizováno 9. 1. 2026",
        "公開 2025年12月3日<br>更新 2026年1月9日",
    ],
)
def test_of_two_days_the_first_is_that_of_publication(lines: str) -> None:
    assert _days(f'<div class="node__meta">{lines}</div>')[0] == "2025-12-03"


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("za 10 mei 2025, 13:22 • Aangepast zo 11 mei 2025, 09:00 • 2 minuten leestijd", "2025-05-10"),
        ("By Ann Doe | 10 May 2025 | 4 min read", "2025-05-10"),
        ("Updated May 11, 2025 | Published May 10, 2025", "2025-05-10"),
        ("10. toukokuuta 2025 klo 10.15", "2025-05-10"),
        ("Issue 62, 10 May 2025", "2025-05-10"),
        ("Vol. 3, No. 2, 10 May 2025", "2025-05-10"),
        ("The harbour on 10 May 2025, before the barge sank", "None"),
        ("Open from 4 May 2025 to 10 May 2025", "None"),
    ],
)
def test_a_line_of_no_name_below_the_headline(line: str, day: str) -> None:
    assert _days(f'<div class="sc-abc">{line}</div>')[0] == day


@pytest.mark.parametrize(
    ("stamp", "shown", "day"),
    [
        ("2025-08-20T01:00:00Z", "Aug. 19, 2025", "2025-08-19"),
        ("2025-08-19T18:00:00+00:00", "Wednesday 20 August 2025, 6am", "2025-08-20"),
        ("2025-08-20T01:00:00Z", "3 hours ago", "2025-08-20"),
        ("2025-08-20T01:00:00Z", "Aug. 17, 2025", "2025-08-20"),
        ("2025-08-20T01:00:00+02:00", "Aug. 19, 2025", "2025-08-20"),
    ],
)
def test_a_moment_in_utc_has_the_day_that_its_readers_see(stamp: str, shown: str, day: str) -> None:
    assert _days(f'<time datetime="{stamp}">{shown}</time>')[0] == day
    meta = f'<meta property="article:published_time" content="{stamp}">'
    assert _days(f'<div class="dateline">{shown}</div>', meta)[0] == day


@pytest.mark.parametrize("stamp", ["2026-03-12T11:00:00Z", "2026-03-12T20:00:00Z"])
def test_the_day_itself_is_a_day_that_a_moment_in_utc_can_have(stamp: str) -> None:
    told = "".join(f"<p>{one}</p>" for one in STORY)
    below = '<p class="event-date">Date: 13 March 2026</p><span class="event-date">13 March 2026</span>'
    head = f'<meta property="article:published_time" content="{stamp}">'
    for shown in ("<time>12 March 2026</time>", ""):
        body = f"<article><h1>Ferry line approved</h1>{shown}{told}{below}</article>"
        found = read_html(f"<html><head>{head}</head><body>{body}</body></html>".encode())
        assert str(found.published_at)[:10] == "2026-03-12"


def test_an_element_of_the_very_moment_shows_its_day_wherever_it_stands() -> None:
    told = "".join(f"<p>{one}</p>" for one in STORY)
    head = '<meta property="article:published_time" content="2025-08-20T01:00:00Z">'
    shown = '<p><time datetime="2025-08-19T21:00:00-04:00">Aug. 19, 2025</time></p>'
    body = f"<article><h1>Ferry line approved</h1>{told}{shown}</article>"
    found = read_html(f"<html><head>{head}</head><body>{body}</body></html>".encode())
    assert str(found.published_at)[:10] == "2025-08-19"
