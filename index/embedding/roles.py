"""What a sentence does in a news article, as a model of meaning tells it."""

ROLES = (
    "worth telling",
    "idle",
    "dangling",
    "main news",
    "other side",
    "limit",
    "next step",
    "outcome",
    "background",
)
"""The roles that are told, in the order of their columns.

``idle`` is what must not be in a summary (the site's words, captions, colour), ``dangling`` what can't be
understood without a sentence before it. ``other side`` is what one who is accused or affected answers, denies or
won't say, or what speaks against the news. ``limit`` is what isn't known or only holds for some; ``next step`` is
to come; ``outcome`` is how it ended or stands at last.
"""
