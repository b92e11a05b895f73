"""What is said of each cause for which a chat model gives no answer: to readers, and to the operator."""

from __future__ import annotations

from bot.chat.causes import Cause
from index.told import tell

FILTERED = tell("The chat model {name} refused to answer: its content filter stopped it.")
SAYS = {
    Cause.ADDRESS: tell(
        "The chat model {name} was not found: there is no chat model at that address. Its operator must check "
        "NEWSDESK_CHAT_BASE_URL, which mostly ends in /v1."
    ),
    Cause.NO_HOST: tell(
        "The chat model {name} cannot be reached: its host is not known. Its operator must check "
        "NEWSDESK_CHAT_BASE_URL."
    ),
    Cause.CLOSED: tell(
        "The chat model {name} cannot be reached: nothing listens there. Its operator must check that the "
        "server runs, and NEWSDESK_CHAT_BASE_URL."
    ),
    Cause.PLAIN: tell(
        "The chat model {name} cannot be reached: no https is spoken there. Its operator must check whether "
        "NEWSDESK_CHAT_BASE_URL should begin with http://."
    ),
    Cause.SECURE: tell(
        "The chat model {name} cannot be reached: only https is spoken there. Its operator must check whether "
        "NEWSDESK_CHAT_BASE_URL should begin with https://."
    ),
    Cause.CERTIFICATE: tell(
        "The chat model {name} cannot be reached: the certificate of its server is not trusted. Its operator "
        "must add it to the system's, name it in SSL_CERT_FILE, or check NEWSDESK_CHAT_BASE_URL."
    ),
    Cause.PROXY: tell(
        "The chat model {name} cannot be reached: the proxy refused, or is not there. Its operator must check "
        "HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY."
    ),
    Cause.PROXY_LOGIN: tell(
        "The chat model {name} cannot be reached: the proxy wants a user and a password. Its operator must "
        "write them into HTTPS_PROXY or HTTP_PROXY, as in http://USER:PASSWORD@HOST:PORT."
    ),
    Cause.UNSENDABLE: tell(
        "The chat model {name} cannot be asked: the key has a character that cannot be sent. Its operator "
        "must check NEWSDESK_CHAT_API_KEY."
    ),
    Cause.KEY: tell("The chat model {name} refused the key. Its operator must check NEWSDESK_CHAT_API_KEY."),
    Cause.PERMISSION: tell(
        "The chat model {name} may not be used with this key. Its operator must check NEWSDESK_CHAT_API_KEY."
    ),
    Cause.BLOCKED: tell(
        "The chat model {name} cannot be reached: something before its server, such as a firewall, turned the "
        "request away. Its operator must check NEWSDESK_CHAT_BASE_URL, and whether this machine is let "
        "through there."
    ),
    Cause.REGION: tell("The chat model {name} may not be used from this country or region, its server says."),
    Cause.MODEL: tell(
        "The chat model {name} is not known to its server, or not loaded there. Its operator must check "
        "NEWSDESK_CHAT_MODEL."
    ),
    Cause.MONEY: tell(
        "The chat model {name} has used up its quota or its money. Its operator must check the account."
    ),
    Cause.MEMORY: tell(
        "The server of the chat model {name} has too little memory for it. Its operator can free some there, "
        "or choose a smaller NEWSDESK_CHAT_MODEL."
    ),
    Cause.TEMPLATE: tell(
        "The server of the chat model {name} has no template that puts the question right. Its operator must "
        "mend the model's chat template there, or choose another NEWSDESK_CHAT_MODEL."
    ),
    Cause.BUSY: tell("The chat model {name} has too many requests to answer. Please ask again in a minute."),
    Cause.LOADING: tell(
        "The chat model {name} is still being loaded by its server. Please ask again in a minute."
    ),
    Cause.TOO_LONG: tell(
        "The articles found are too long for the chat model {name}. Its operator can choose a model with a "
        "larger context."
    ),
    Cause.FILTERED: FILTERED,
    Cause.REQUEST: tell(
        "The chat model {name} refused the request. Its operator must check NEWSDESK_CHAT_MODEL and the account."
    ),
    Cause.SERVER: tell("The server of the chat model {name} has a problem of its own. Please ask again later."),
    Cause.SLOW: tell("The chat model {name} did not answer in time. Please ask again."),
    Cause.LOST: tell(
        "The chat model {name} cannot be reached. Its operator must check NEWSDESK_CHAT_BASE_URL and the server."
    ),
    Cause.UNREADABLE: tell(
        "The server of the chat model {name} sent nothing that can be read. Its operator must check it, and "
        "NEWSDESK_CHAT_BASE_URL."
    ),
    Cause.OTHER: tell("The chat model {name} failed ({kind}). Please ask again."),
}
