"""The outlet of an article: where it was fetched from, by the page's own name for the site if that fits."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from anyascii import anyascii
from tld import get_tld

from index.errors import ConfigurationError

_SMALL = frozenset("a an and at de der die das del di do el en for het la le les of on the und y".split())
_SHORTEST_INITIALS = 3


def outlet_names(stated: str) -> dict[str, str]:
    """The names in a setting such as "example.org=The Example, news.example.net=Example News", by host.

    Raises ``ConfigurationError`` for what is written otherwise.
    """
    names: dict[str, str] = {}
    for part in filter(None, map(str.strip, stated.split(","))):
        host, mark, name = part.partition("=")
        if not mark or not host.strip() or not name.strip():
            raise ConfigurationError(
                f"NEWSDESK_OUTLETS can't be used: {part!r} is not like example.org=The Example."
            )
        names[host.strip().lower().removeprefix("www.")] = name.strip()
    return names


def site_of(url: str) -> str:
    """The registrable domain of ``url``, private suffixes (alice.blogs.example) included; else its host."""
    host = (urlsplit(url).hostname or "").removesuffix(".")
    found = get_tld(url, as_object=True, fail_silently=True, search_private=True)
    return str(found.fld) if found is not None and not isinstance(found, str) else host


def same_site(url: str, other: str) -> bool:
    """Whether two addresses are of one registrable domain."""
    return site_of(url) == site_of(other) != ""


def outlet_of(url: str, name: str | None, outlets: Mapping[str, str] | None = None) -> str:
    """What to call the outlet at ``url``; ``name`` is what the page calls its site.

    ``outlets`` are the operator's names, by host or registrable domain.
    """
    site = site_of(url)
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    for key in (host, site):
        if outlets and key in outlets:
            return outlets[key]
    return name if name and fits(name, site) else site


def fits(name: str, site: str) -> bool:
    """Whether ``name`` may be that of ``site``: its letters are in the domain's, or the domain's are its initials.

    "BBC News" fits bbc.co.uk, "The New York Times" nytimes.com, "Frankfurter Allgemeine Zeitung" faz.net.
    """
    label = re.sub(r"[^a-z0-9]", "", site.split(".")[0].lower())
    words = re.findall(r"[a-z0-9]+", anyascii(name).lower())
    if "." not in site or not label or not words or site.replace(".", "").isdigit():
        return False
    if anyascii(name).lower().strip() in (site, f"www.{site}"):
        return True
    long = [word for word in words if word not in _SMALL] or words
    if label in ("".join(words), "".join(long)) or label in long:
        return True
    if len(label) >= _SHORTEST_INITIALS and label in (_initials(words), _initials(long)):
        return True
    return any(label == _initials(some[:-1]) + some[-1] and len(some[-1]) > 2 for some in (words, long))


def _initials(words: list[str]) -> str:
    return "".join(word[0] for word in words)
