"""Why a page that was read is no article: a consent wall, a login, a paywall's teaser, an error page, nothing.

Such pages come with status 200 and a few sentences that a search would happily find. The signs are where the
site led, what the page declares about itself, and set phrases; phrases count only where there is little text,
since an article may well be about cookies.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

SHORTEST_ARTICLE = 120
"""Characters of text, without which there is nothing to search or quote."""

_SHORT = 1500
"""Characters; a longer text is an article, whatever else the page asks for."""

_SAVE = "If you may read the article, save it as a file and index the file."


def why_no_article(asked: str, url: str, markup: str, title: str, text: str) -> str | None:
    """What the page is instead of an article, or ``None`` if it is one.

    ``asked`` is the URL asked for and ``url`` where it led; ``markup`` is the page's HTML, ``title`` and
    ``text`` what was found in it (where no article was, all visible text).
    """
    if _leads_to(_LOGIN_PATH, asked, url):
        return f"The site asks for a login first ({url}). {_SAVE}"
    if _leads_to(_CONSENT_PATH, asked, url):
        return f"The site asks for consent to cookies first ({url}), which a program can't give. {_SAVE}"
    if _path(url) == "/" and _path(asked) != "/":
        return "The site leads to its front page instead, as many do when an article is gone. Check the address."
    if len(text) < _SHORT:
        if _NOT_FREE.search(markup):
            return f"The site shows only the beginning to readers without a subscription. {_SAVE}"
        words = f"{title}\n{text}".replace("’", "'")
        for phrases, reason in _PHRASES:
            if phrases.search(words):
                return reason
    if len(text) < SHORTEST_ARTICLE:
        return (
            f"There is almost no text in it ({len(text)} characters). If your browser shows more, the page is "
            f"made by scripts, which are not run. {_SAVE}"
        )
    return None


def _leads_to(pattern: re.Pattern[str], asked: str, url: str) -> bool:
    return bool(pattern.search(_host_and_path(url)) and not pattern.search(_host_and_path(asked)))


def _host_and_path(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.hostname}{parts.path}".lower()


def _path(url: str) -> str:
    parts = urlsplit(url)
    return (parts.path.rstrip("/") + (f"?{parts.query}" if parts.query else "")) or "/"


def _any(phrases: str) -> re.Pattern[str]:
    # The title is the first line, so \A stands for its beginning.
    return re.compile(phrases, re.IGNORECASE | re.MULTILINE)


_LOGIN_PATH = re.compile(r"^(?:login|signin|sso|auth|accounts?|id)\.|/(?:log-?in|sign-?in|signon|sso|sign_in)\b")
_CONSENT_PATH = re.compile(r"^(?:consent|cmp|privacy-?gate|myprivacy)\.|/(?:[\w-]*consent|privacy-?gate)\b")
_NOT_FREE = re.compile(r'"isAccessibleForFree"\s*:\s*"?false', re.IGNORECASE)

_PHRASES = [
    (
        _any(
            r"\A\W*(?:error |fehler |erreur )?404\b|page not found|page (?:can(?:'|no)t be found|does not exist)"
            r"|page you (?:requested|are looking for|were looking for)|pagina niet gevonden"
            r"|seite (?:wurde )?nicht gefunden|page (?:introuvable|non trouvée)|página no encontrada"
            r"|pagina non trovata|nie znaleziono strony|сторінку не знайдено|страница не найдена"
        ),
        "The page says that there is no such article, although the site answered as if there were. "
        "Check the address.",
    ),
    (
        _any(
            r"\A\W*just a moment\W*$|verify (?:that )?you are (?:a )?human|you are not a robot|are you a robot"
            r"|checking your browser|unusual traffic from your|enable javascript (?:and cookies )?to continue"
            r"|\A\W*access (?:to this page has been )?denied\b|\A\W*attention required\b"
        ),
        f"The site shows a check for robots instead of the article. {_SAVE}",
    ),
    (
        _any(
            r"(?:subscribe|sign up|register|log ?in) to (?:continue|keep|read|unlock)|to continue reading"
            r"|(?:article|story|content) is (?:only )?(?:for|available to|reserved for) (?:our )?subscribers"
            r"|already a subscriber|réservé (?:aux|à nos) abonnés|abonnez-vous pour|nur für abonnenten"
            r"|mit (?:\w+ )?(?:abo|plus) weiterlesen|(?:alleen|exclusief) voor abonnees"
            r"|solo para suscriptores|riservato agli abbonati"
            r"|(?:лише|тільки) для передплатників|только для подписчиков"
        ),
        f"The site shows only the beginning to readers without a subscription. {_SAVE}",
    ),
    (
        _any(
            r"we (?:value|care about) your privacy|before you continue to|accept all cookies|we use cookies"
            r"|^(?:accept|allow) all$|alle cookies (?:akzeptieren|accepteren)|^alle (?:akzeptieren|accepteren)$"
            r"|wir verwenden cookies|wij gebruiken cookies|tout accepter|accepter (?:et fermer|les cookies)"
            r"|aceptar (?:todas )?las cookies|aceptar y (?:cerrar|continuar)|accetta (?:tutti )?i cookie"
            r"|accetta e (?:chiudi|continua)|zaakceptuj wszystkie|ми використовуємо (?:файли )?cookie"
        ),
        f"The site asks for consent to cookies first, which a program can't give. {_SAVE}",
    ),
    (
        _any(r"\A\W*(?:log ?in|sign in|anmelden|inloggen|se connecter|iniciar sesión|увійти|войти)\b.{0,60}$"),
        f"The site asks for a login first. {_SAVE}",
    ),
]
