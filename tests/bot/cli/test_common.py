"""What the commands have in common: what is shown meanwhile, and what is logged."""

import io
import logging
import sys
from pathlib import Path

import pytest

from bot.cli import common
from index.told import SHOWN


class Terminal(io.StringIO):
    """Somebody watches."""

    def isatty(self) -> bool:
        return True


def test_what_takes_long_is_told_where_somebody_watches(monkeypatch: pytest.MonkeyPatch) -> None:
    for stream, told in ((Terminal(), "Opening ..."), (io.StringIO(), "")):
        monkeypatch.setattr(sys, "stderr", stream)
        with common.told_meanwhile("Opening ..."):
            assert stream.getvalue() == told
        assert stream.getvalue() in (f"{told}\r\033[K", "")


@pytest.mark.usefixtures("clean_environment")
def test_warnings_are_told_in_words_and_only_newsdesk_s_own(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logging.getLogger(), "handlers", [])
    common.settings()
    try:
        raise ValueError("inside")
    except ValueError:
        logging.getLogger("bot.app").warning("The disk is slow.", exc_info=True)
    logging.getLogger("chromadb.api").warning("telemetry")
    logging.getLogger("bot.chat").warning("what the answer's note tells", extra={SHOWN: True})
    assert capsys.readouterr().err == "newsdesk: The disk is slow.\n"


@pytest.mark.usefixtures("clean_environment")
def test_a_running_bot_logs(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logging.getLogger(), "handlers", [])
    common.settings(logs=True)
    logging.getLogger("chromadb.api").warning("telemetry")
    logging.getLogger("bot.chat").warning("what the answer's note tells", extra={SHOWN: True})
    told = capsys.readouterr().err
    assert told == "WARNING chromadb.api: telemetry\nWARNING bot.chat: what the answer's note tells\n"


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("news", "{here}/news"),
        ("news/*.md", "{here}/news/*.md"),
        ("/srv/news", "/srv/news"),
        ("~/news", "{home}/news"),
        ("https://example.org/feed", "https://example.org/feed"),
        ("http:/example.org/feed", "http:/example.org/feed"),
        ("~nosuchuser/news", "~nosuchuser/news"),
    ],
)
def test_a_source_is_found_from_any_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: str, found: str
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", "/home/me")
    assert common.located(source) == found.format(here=tmp_path, home="/home/me")


def test_a_log_has_no_login(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(logging.getLogger(), "handlers", [])
    common.begin_log("INFO", words=False)
    logging.getLogger("httpx2").warning("HTTP Request: POST %s", "http://user:very-secret@127.0.0.1/v1")
    assert capsys.readouterr().err == "WARNING httpx2: HTTP Request: POST http://127.0.0.1/v1\n"
