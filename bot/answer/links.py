"""Links that open an article at the quoted words.

They use text fragments (``#:~:text=start,end``), see https://wicg.github.io/scroll-to-text-fragment/. A browser
that doesn't know them opens the article at its top.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote as percent_encode
from urllib.parse import urlsplit

MAX_LINK = 512
"""The longest URL that a link button in Discord takes, in characters."""

_EDGE_WORDS = 4
_WHOLE_WORDS = 8
_UNSAFE_URL = re.compile(r"[\s<>\"\\^`{|}\x00-\x1f\x7f]")
# Typography differs between the page and the cleaned article, and Discord's masked links break on the
# percent-encoded forms of !%'()*: the words to look for had better hold none of these.
_AWKWARD = re.compile(r"[^\w.,;:?&/+-]|_")
_EDGES = re.compile(r"^\W+|\W+$")


def text_fragment(url: str, quote: str) -> str | None:
    """``url`` with a text fragment that finds ``quote``.

    The plain ``url`` if the fragment doesn't fit in ``MAX_LINK`` characters or the quote has no words; None if the
    URL itself doesn't fit, is not http(s), holds a password, or cannot be used in a link.
    """
    plain = usable_url(url)
    if plain is None:
        return None
    directive = _directive(quote)
    if directive is None:
        return plain
    base = plain.split(":~:", 1)[0]
    link = f"{base}{'' if '#' in base else '#'}:~:text={directive}"
    return link if len(link) <= MAX_LINK else plain


def usable_url(url: str) -> str | None:
    """``url`` in ASCII if it may be shown as a link (http(s), no password, not too long), else None."""
    try:
        parts = urlsplit(url.strip())
        host = parts.hostname
        ascii_host = parts.netloc.encode("idna").decode() if not parts.netloc.isascii() else parts.netloc
    except ValueError:  # UnicodeError, from an impossible host name, is one
        return None
    if parts.scheme.lower() not in ("http", "https") or not host or "@" in parts.netloc:
        return None
    if _UNSAFE_URL.search(url.strip()):
        return None
    plain = parts._replace(netloc=ascii_host).geturl()
    plain = "".join(character if character.isascii() else percent_encode(character) for character in plain)
    return plain if len(plain) <= MAX_LINK else None


def _directive(quote: str) -> str | None:
    """The part behind ``text=``: the quote's words, or its first and last few words if it is long."""
    words = quote.split()
    # A single term never matches across paragraphs, a range does.
    if len(words) <= _WHOLE_WORDS and "\n" not in quote.strip() and not any(map(_AWKWARD.search, _trimmed(words))):
        return _encode(words) or None
    half = (len(words) + 1) // 2
    start, end = _plain_run(words[:half]), _plain_run(words[half:], from_end=True)
    if start and end:
        return f"{_encode(start)},{_encode(end)}"
    return _encode(start or end or words[:_WHOLE_WORDS]) or None


def _plain_run(words: list[str], from_end: bool = False) -> list[str]:
    """The longest run of up to four words without awkward characters, nearest to the outer end of ``words``."""
    for size in range(min(_EDGE_WORDS, len(words)), 0, -1):
        starts = range(len(words) - size + 1)
        for start in reversed(starts) if from_end else starts:
            run = _trimmed(words[start : start + size])
            if all(run) and not any(map(_AWKWARD.search, run)):
                return run
    return []


def _trimmed(words: Iterable[str]) -> list[str]:
    """The words without punctuation before the first and behind the last."""
    run = list(words)
    if run:
        run[0] = re.sub(r"^\W+", "", run[0])
        run[-1] = re.sub(r"\W+$", "", run[-1])
    return run


def _encode(words: list[str]) -> str:
    return percent_encode(_EDGES.sub("", " ".join(words)), safe="").replace("-", "%2D")
