"""Where articles say things that cannot all be true. May import bot.answer.evidence and bot.answer.question."""
