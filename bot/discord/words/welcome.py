"""The words of the card that greets a server, which /help repeats."""

from __future__ import annotations

from bot.discord.speech.phrase import Phrase, Plural

HELLO = Phrase(
    "### Hello, I’m Newsdesk 👋\n"
    "I answer questions about news articles: every sentence with its source, and “not in the articles” when it "
    "isn’t there."
)
MANAGERS = Phrase("For those who manage this server")
NO_ARTICLES = Phrase("There are no articles to ask about yet.")
TO_ASK_ABOUT = Plural("**{count} article** to ask about.", "**{count} articles** to ask about.")
TO_TRY = Plural("**{count} article** to ask about. Try one:", "**{count} articles** to ask about. Try one:")
HAS_IT, LACKS_IT = "✅", "❌"
PERMISSIONS = {
    "read_messages": Phrase("View Channel"),
    "send_messages": Phrase("Send Messages"),
    "send_messages_in_threads": Phrase("Send Messages in Threads"),
    "read_message_history": Phrase("Read Message History"),
    "create_public_threads": Phrase("Create Public Threads"),
}
"""By discord.py's names, as Discord calls them where they are given."""

ADD_ARTICLES = Phrase("**Next step:** add articles, with **/library add feed** for the feed of a news site.")
ALLOW = Phrase("**Next step:** allow me “{permission}” in {channel} (channel settings, Permissions).")
ALL_SET = Phrase("All is set. **/settings** says where I answer; ask with **/ask**, or mention me.")


def articles(count: int, samples: bool) -> str:
    return (TO_TRY if samples else TO_ASK_ABOUT)(count) if count else NO_ARTICLES()


def allow(permission: str, channel_id: int) -> str:
    return ALLOW(permission=PERMISSIONS[permission](), channel=f"<#{channel_id}>")
