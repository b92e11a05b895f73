"""Whether a passage says what a sentence says: the quote, the facts, the meaning.

May import index and bot.answer.answer.
"""
