"""Measures retrieval, answers and summaries on questions whose right answers are known. May import bot.app."""
