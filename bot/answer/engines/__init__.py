"""Drafts of answers: quoting, or writing with a chat model and reading what it wrote.

May import bot.answer.evidence, bot.chat, prompts.
"""
