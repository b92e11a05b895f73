"""What servers of models say when they refuse, chat and embeddings alike, whatever its status and shape."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from html import unescape
from urllib.parse import urlsplit

_LONGEST = 20_000
"""Characters of what a server sent that are read."""

_SHOWN = 300
_SHORTEST_SECRET = 5
FIELDS = (
    *("error", "errors", "message", "detail", "msg", "error_message", "error_msg", "errorMessage"),
    *("status_msg", "base_resp", "error_description"),
)
_LESSER = ("title", "description", "reason", "details", "fault", "faultstring")
"""Where servers put their words, and where they do if in none of the others."""

_PAGE = re.compile(r"<(?:!doctype|html|head|body|title|h1)\b", re.IGNORECASE)
_UNSEEN = re.compile(r"<(script|style)\b.*?</\1\s*>|<!--.*?-->", re.IGNORECASE | re.DOTALL)
_ADDRESS = re.compile(r"\bhttps?://[^\s'\"<>)]+")
_TITLE = re.compile(r"<title\b.*?</title\s*>", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_WANTS_HEADER = re.compile(r"\bheaders?\b|\bsubscription[- ]key|\bx-\w+-\w+", re.IGNORECASE)
_KEY_LIKE = re.compile(
    r"\b(?:sk|pk|gsk|xai|hf)[-_][^\s'\",}]{4,}|\bAIza[^\s'\",}]{4,}"
    r"|\b(?:Bearer|key)[-_ :=]+(?=[^\s'\",}]*\d)[^\s'\",}]{4,}|\b(?=\w*\d)(?=\w*[A-Za-z])\w{32,}\b|//[^/\s@]+@",
    re.IGNORECASE,
)
_LOGIN = re.compile(r"(?<=://)[^/?#\s]*@")


def reasons(told: str) -> Iterator[str]:
    """The names of the reasons that a server's own words ``told`` give, the surest first.

    The addresses in them give none: that of a page on billing stands below much.
    """
    told = _ADDRESS.sub(" ", told)
    return (name for name, pattern in _patterns() if pattern.search(told))


def words_in(body: object) -> str:
    """The words for people in what a server sent: JSON of any shape, JSON within a text, a page, a plain text.

    Of a list of what is wrong with a request not the request that it repeats.
    """
    found = dict.fromkeys(filter(None, _said(body)))
    return "; ".join(one for one in found if not any(one != other and one in other for other in found))


def cleaned(words: str, secrets: Iterable[str]) -> str:
    """``words`` in one line of a terminal, without ``secrets`` and what looks like one."""
    for secret in secrets:
        for part in (secret, secret.rpartition(" ")[2]):
            if len(part) >= _SHORTEST_SECRET:
                words = words.replace(part, "***")
    words = "".join(one if one.isprintable() else " " for one in words)
    return " ".join(_KEY_LIKE.sub("***", words).split())


def beside(words: str, status: int | None, url: str, headers: str = "") -> str:
    """What an operator reads beside a cause: the status, where from, and the server's words, cleaned before.

    ``headers``: the setting for those that a server may ask for.
    """
    lead = " from ".join(filter(None, (str(status or ""), shown_address(url))))
    said = f"“{words if len(words) <= _SHOWN else words[:_SHOWN] + '...'}”" if words else ""
    hint = f"; headers go into {headers}" if headers and _WANTS_HEADER.search(words) else ""
    return f"({': '.join(filter(None, (lead, said)))}{hint})" if lead or said else ""


def shown_address(url: str) -> str:
    """``url`` as it may be shown: without the user, the password and the parameters that may be in it."""
    parts = urlsplit(url)
    place = f"{parts.scheme}://{parts.netloc}{parts.path}" if parts.netloc else url
    return without_logins(place)


def without_logins(text: str) -> str:
    """``text`` without the user and the password of the addresses in it."""
    return _LOGIN.sub("", text)


def _said(body: object) -> Iterator[str]:
    if isinstance(body, str):
        text = body[:_LONGEST].strip()
        if text.startswith(("{", "[")):
            try:
                inner = json.loads(text)
            except ValueError:
                pass
            else:
                yield from _said(inner)
                return
        if _PAGE.search(text):
            text = _of_page(text)
        yield " ".join(text.split())
    elif isinstance(body, Mapping):
        if isinstance(body.get("loc"), list | tuple) and body.get("msg"):
            yield f"{'.'.join(map(str, body['loc']))} {body['msg']}"
            return
        told = next((kind for kind in (FIELDS, _LESSER) if any(body.get(name) for name in kind)), body)
        for name in told:
            yield from _said(body.get(name))
    elif isinstance(body, list | tuple):
        for one in body:
            yield from _said(one)


def _of_page(page: str) -> str:
    title, rest = _TITLE.search(page), _seen(_TITLE.sub(" ", page))
    return rest if title and _seen(title[0]) in rest else _seen(page)  # most pages repeat their title


def _seen(page: str) -> str:
    return unescape(_TAG.sub(" ", _UNSEEN.sub(" ", page))).strip()


@cache
def _patterns() -> Sequence[tuple[str, re.Pattern[str]]]:
    import tomllib  # slow to import, for commands that ask no server
    from importlib.resources import files

    words = tomllib.loads(files(__package__).joinpath("refusals.toml").read_text("utf-8"))
    return [(name, re.compile("|".join(ways), re.IGNORECASE)) for name, ways in words.items()]
